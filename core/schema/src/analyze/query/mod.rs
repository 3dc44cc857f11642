//! What queries mean: where their columns come from, what their results are called, and what
//! type they have.
//!
//! Source: PostgreSQL manual, chapter "Queries" and the pages `SELECT` and `VALUES`.

mod from;
mod function;
mod group;
mod join;
mod name;
mod select;
mod set;
mod sort;
mod source;
mod star;
mod walk;
mod with;

pub(crate) use source::{Merged, Namespace, Part, Source, SourceColumns, Visible};
pub(crate) use with::WithTables;

use super::{Analyzer, Clause, Level, Output, Scope, Typed};
use crate::Code;
use crate::ast::{Query, QueryBody, TextRange, With};
use crate::builtin::CastContext;
use crate::catalog::{ColumnType, NameSpace, Object, TypeRef};
use crate::replay::{Outcome, Refusal, Stop};

/// How deep queries may stand in each other, and joins. A server has its own limit, by the size of
/// its stack.
const MAX_NESTING: usize = 128;

/// The result of a query, while it is not settled what its literals are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub(crate) fields: Vec<Field>,
    /// Whether there are columns that are not known, anywhere among the others.
    pub(crate) open: bool,
    /// How many of the last fields are not among those of `*`.
    pub(crate) tail: usize,
}

/// A column of a result.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) value: Typed,
}

impl Rows {
    /// Whether there is a column.
    pub(crate) fn has_fields(&self) -> bool {
        self.open || !self.fields.is_empty()
    }
}

impl Analyzer<'_> {
    /// The columns of a result, at last. [`Stop::Unknown`] where they are not known.
    pub(super) fn outputs(rows: Rows) -> Outcome<Vec<Output>> {
        if rows.open {
            return Err(Stop::Unknown);
        }
        let outputs =
            rows.fields.into_iter().map(|it| Output { ty: Self::settle(&it.value), name: it.name });
        Ok(outputs.collect())
    }

    /// Reads a query in a level of its own.
    pub(crate) fn run_query(&mut self, query: &Query, outer: Option<&Scope<'_>>) -> Outcome<Rows> {
        self.nested(|it| {
            it.levels.push(Level::new(Clause::Any));
            let rows = it.with(query.with.as_ref(), outer, |it, outer| it.query_body(query, outer));
            it.levels.pop();
            let rows = rows?;
            if let Some(first) = rows.fields.first().filter(|_| !rows.open) {
                it.first_names.insert(query.range.start, first.name.clone());
            }
            Ok(rows)
        })
    }

    /// Reads a `WITH`, and then what it stands in front of, in the innermost level.
    pub(crate) fn with<T>(
        &mut self,
        with: Option<&With>,
        outer: Option<&Scope<'_>>,
        read: impl FnOnce(&mut Self, Option<&Scope<'_>>) -> Outcome<T>,
    ) -> Outcome<T> {
        let Some(with) = with else { return read(self, outer) };
        let tables = WithTables::new(with);
        let scope = Scope::of_with(&tables, self.depth(), outer);
        self.common_tables(&tables, &scope)?;
        read(self, Some(&scope))
    }

    fn query_body(&mut self, query: &Query, outer: Option<&Scope<'_>>) -> Outcome<Rows> {
        match &query.body {
            QueryBody::Select(select) => self.select(query, select, outer),
            QueryBody::Values(rows) => {
                let rows = self.values(rows, query.range, outer)?;
                self.query_tail(query, rows, outer)
            }
            QueryBody::SetOperation { .. } => {
                let rows = self.set_operation(query, outer)?;
                self.query_tail(query, rows, outer)
            }
        }
    }

    /// `LIMIT` and `OFFSET`: numbers, without columns of the query.
    pub(super) fn limits(&mut self, query: &Query, scope: &Scope<'_>) -> Outcome {
        let int8 = ColumnType::plain(TypeRef::catalog("int8"));
        let limit = query.limit.as_ref().and_then(|it| it.count.as_ref());
        let parts =
            [(query.offset.as_ref(), Clause::Offset, "OFFSET"), (limit, Clause::Limit, "LIMIT")];
        for (expr, clause, what) in parts {
            let Some(expr) = expr else { continue };
            let before = self.enter(scope.depth, clause);
            let value = self.expr(expr, scope)?;
            self.enter(scope.depth, before);
            self.coerce(&value, &int8, CastContext::Assignment)?;
            if self.references_in(expr.range).any(|it| it.depth == scope.depth) {
                let message = format!("argument of {what} must not contain variables");
                return Refusal::new(Code::InvalidColumnReference, message).at(expr.range).stop();
            }
        }
        Ok(())
    }

    /// The columns that were named in a part of the text.
    pub(super) fn references_in(&self, range: TextRange) -> impl Iterator<Item = super::Reference> {
        self.references.range(range.range()).map(|(_, it)| *it)
    }

    /// Sets the clause that is being read; gives the one before.
    pub(super) fn enter(&mut self, depth: usize, clause: Clause) -> Clause {
        match self.levels.get_mut(depth) {
            Some(level) => std::mem::replace(&mut level.clause, clause),
            None => clause,
        }
    }

    /// The innermost level.
    pub(crate) fn depth(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }

    /// A number for a source that no other has.
    pub(super) fn next_source(&mut self) -> usize {
        self.sources += 1;
        self.sources
    }

    /// Goes a step deeper, as far as that is allowed.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        if self.nesting >= MAX_NESTING {
            return Err(Stop::Unknown);
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }

    /// Reads a part in which a recursive query cannot name itself, if it is one.
    pub(super) fn hidden_from_recursion<T>(
        &mut self,
        hidden: bool,
        read: impl FnOnce(&mut Self) -> Outcome<T>,
    ) -> Outcome<T> {
        self.hidden += usize::from(hidden);
        let result = read(self);
        self.hidden -= usize::from(hidden);
        result
    }

    /// A query in an expression.
    pub(super) fn sublink(&mut self, query: &Query, scope: &Scope<'_>) -> Outcome<Vec<Output>> {
        let rows = self.hidden_from_recursion(true, |it| it.run_query(query, Some(scope)))?;
        Self::outputs(rows)
    }
}

/// Whether `t.name` can only be a column: there is no function of that name that takes a row.
pub(crate) fn only_columns(analyzer: &Analyzer<'_>, _source: &Source, name: &str) -> bool {
    let catalog = analyzer.catalog;
    // A function of one argument; which type it has is not looked at.
    let own = catalog.search_path().into_iter().any(|schema| match schema {
        crate::catalog::SchemaRef::Own(id) => {
            catalog.named(NameSpace::Function, Some(id), name).iter().any(|id| {
                matches!(catalog.get(*id).map(|it| &it.object), Some(Object::Function(it)) if
                    it.inputs().next().is_some())
            })
        }
        _ => false,
    });
    let row = ["record", "any", "anyelement", "anycompatible"];
    let known = catalog.builtin().objects().functions(name).any(|it| {
        it.accepts(1) && it.inputs().next().is_some_and(|it| row.contains(&it.data_type.name))
    });
    !own && !known
}

#[cfg(test)]
mod tests;
