//! Statements that change rows.
//!
//! Source: PostgreSQL manual, pages `INSERT`, `UPDATE`, `DELETE`, `MERGE`.

mod conflict;
mod insert;
mod merge;
mod update;

use std::rc::Rc;

use super::query::{Namespace, Rows, Source};
use super::{Analyzer, Clause, Level, Scope, Typed};
use crate::Code;
use crate::ast::{
    Alias, CommonTableQuery, Delete, ExprKind, Ident, InsertColumn, Name, PathStep, Statement,
    Target, TextRange, With,
};
use crate::builtin::CastContext;
use crate::catalog::{Column, ColumnDefault, ColumnType, Hole, ObjectId, Relation, RelationKind};
use crate::replay::{Outcome, Refusal, Stop, names};

/// The table whose rows are changed.
pub(super) struct Changed {
    source: Rc<Source>,
    /// Where it is of the chain.
    relation: Option<ObjectId>,
}

impl<'a> Analyzer<'a> {
    /// Checks a statement that reads or changes rows.
    pub(super) fn statement(
        &mut self,
        statement: &Statement,
        outer: Option<&Scope<'_>>,
    ) -> Outcome<Rows> {
        match statement {
            Statement::Query(it) => self.run_query(it, outer),
            Statement::Insert(it) => self.insert(it, outer),
            Statement::Update(it) => self.update(it, outer),
            Statement::Delete(it) => self.delete(it, outer),
            Statement::Merge(it) => self.merge_rows(it, outer),
            _ => Err(Stop::Unknown),
        }
    }

    /// A statement in a `WITH`.
    pub(super) fn changing(
        &mut self,
        query: &CommonTableQuery,
        outer: &Scope<'_>,
    ) -> Outcome<Rows> {
        match query {
            CommonTableQuery::Query(it) => self.run_query(it, Some(outer)),
            CommonTableQuery::Insert(it) => self.insert(it, Some(outer)),
            CommonTableQuery::Update(it) => self.update(it, Some(outer)),
            CommonTableQuery::Delete(it) => self.delete(it, Some(outer)),
            CommonTableQuery::Merge(it) => self.merge_rows(it, Some(outer)),
        }
    }

    /// Reads a statement in a level of its own, with its `WITH` around it.
    fn changes(
        &mut self,
        with: Option<&With>,
        outer: Option<&Scope<'_>>,
        read: impl FnOnce(&mut Self, Option<&Scope<'_>>) -> Outcome<Rows>,
    ) -> Outcome<Rows> {
        self.nested(|it| {
            it.levels.push(Level::new(Clause::Any));
            let rows = it.with(with, outer, read);
            it.levels.pop();
            rows
        })
    }

    /// The table that a statement changes.
    fn changed(&mut self, name: &Name, alias: Option<&Ident>) -> Outcome<Changed> {
        let alias = alias.map(|name| Alias {
            name: Some(name.clone()),
            columns: Vec::new(),
            definitions: Vec::new(),
        });
        let source = self.table(name, alias.as_ref())?;
        let relation = source.relation;
        if let Some(found) = relation.and_then(|id| self.catalog.relation(id))
            && matches!(
                found.kind,
                RelationKind::MaterializedView { .. } | RelationKind::Sequence(_)
            )
        {
            let message = format!("cannot change {} \"{}\"", found.kind_name(), found.name);
            return Refusal::new(Code::WrongObjectType, message).at(name.range).stop();
        }
        Ok(Changed { source: Rc::new(source), relation })
    }

    fn relation_of(&self, changed: &Changed) -> Option<&'a Relation> {
        self.catalog.relation(changed.relation?)
    }

    /// The column that gets a value. None where it is not known.
    fn target_column(&mut self, changed: &Changed, name: &Ident) -> Outcome<Option<&'a Column>> {
        let Some(relation) = self.relation_of(changed) else {
            let known = changed.source.is_open(self.catalog)
                || changed.source.names(self.catalog).any(|it| it == name.text);
            if known {
                return Ok(None);
            }
            let table = changed.source.name.as_deref().unwrap_or_default();
            let message =
                format!("column \"{}\" of relation \"{table}\" does not exist", name.text);
            return Refusal::new(Code::UndefinedColumn, message)
                .at(name.range)
                .one_of(&name.text, changed.source.names(self.catalog))
                .stop();
        };
        match (relation.column(&name.text), changed.relation) {
            (Some(column), Some(id)) => {
                self.bind(name.range, Hole::Column(id, column.number));
                Ok(Some(column))
            }
            (None, Some(id)) if !self.catalog.is_uncertain(id) => {
                names::no_column(self.catalog, id, name).stop()
            }
            (found, _) => Ok(found),
        }
    }

    /// Checks that a column can have a value.
    fn assign(&mut self, value: &Typed, column: &Column, path: &[PathStep]) -> Outcome {
        if column.uncertain {
            return Ok(());
        }
        if let Some(step) = path.first() {
            let plain = ["int2", "int4", "int8", "text", "varchar", "bool", "uuid", "date"];
            if matches!(step, PathStep::Subscript(_)) && plain.iter().any(|it| column.ty.ty.is(it))
            {
                let message = format!(
                    "cannot subscript type {} because it does not support subscripting",
                    self.type_name(&ColumnType::plain(column.ty.ty))
                );
                return Refusal::new(Code::DatatypeMismatch, message).at(value.range).stop();
            }
            return Ok(());
        }
        if value.literal.is_some() {
            return self.coerce(value, &column.ty, CastContext::Assignment);
        }
        if self.assignable(value.ty.ty, column.ty.ty) {
            return Ok(());
        }
        let message = format!(
            "column \"{}\" is of type {} but expression is of type {}",
            column.name,
            self.type_name(&ColumnType::plain(column.ty.ty)),
            self.type_name(&ColumnType::plain(value.ty.ty)),
        );
        Refusal::new(Code::DatatypeMismatch, message).at(value.range).stop()
    }

    /// `RETURNING`.
    fn returning(
        &mut self,
        targets: &[Target],
        scope: &Scope<'_>,
        names: &Namespace,
    ) -> Outcome<Rows> {
        if targets.is_empty() {
            return Ok(Rows::default());
        }
        self.enter(scope.depth, Clause::Returning);
        let (rows, _) = self.targets(targets, names, scope)?;
        Ok(rows)
    }

    pub(super) fn delete(&mut self, delete: &Delete, outer: Option<&Scope<'_>>) -> Outcome<Rows> {
        self.changes(delete.with.as_ref(), outer, |it, outer| {
            let changed = it.changed(&delete.table.name, delete.alias.as_ref())?;
            let depth = it.depth();
            let mut names = Namespace::of(changed.source.clone());
            let mut using = Namespace::default();
            it.range_list(&delete.using, outer, depth, &mut using)?;
            Self::check_names(&names, &using)?;
            names.extend(using);
            let scope = Scope::of_tables(&names, depth, outer);
            it.filter(delete.filter.as_ref(), &scope)?;
            it.returning(&delete.returning, &scope, &names)
        })
    }

    fn filter(&mut self, filter: Option<&crate::ast::Expr>, scope: &Scope<'_>) -> Outcome {
        let Some(filter) = filter else { return Ok(()) };
        if let ExprKind::CurrentOf(_) = filter.kind {
            return Ok(());
        }
        self.enter(scope.depth, Clause::Where);
        self.boolean(filter, scope, "WHERE")?;
        self.enter(scope.depth, Clause::Any);
        Ok(())
    }
}

/// How the value of a column that the server makes itself may be given.
pub(super) fn only_default(column: &Column, overriding: bool) -> bool {
    match column.default {
        ColumnDefault::Generated { .. } => true,
        ColumnDefault::Identity { always } => always && !overriding,
        ColumnDefault::None | ColumnDefault::Expression(_) => false,
    }
}

/// The refusal of a row with a value for a column that the server makes itself.
pub(super) fn generated_always(column: &Column, message: String, range: TextRange) -> Refusal {
    let refusal = Refusal::new(Code::GeneratedAlways, message)
        .at(range)
        .also(Some(column.created), "the column is created here");
    match column.default {
        ColumnDefault::Generated { .. } => {
            refusal.help("leave the column out: it is computed from others")
        }
        _ => refusal.help(
            "leave the column out; for a value of your own, `INSERT … OVERRIDING SYSTEM VALUE`",
        ),
    }
}

/// The name of what is assigned, and the part of it.
pub(super) fn whole(column: &InsertColumn) -> bool {
    column.path.is_empty()
}
