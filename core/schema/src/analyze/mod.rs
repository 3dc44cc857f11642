//! What expressions and queries mean: names resolved against a catalog, types inferred.
//!
//! Everything here reads the catalog and changes nothing. What cannot be known has the type
//! [`TypeRef::UNKNOWN`], which fits everywhere, or stops with [`Stop::Unknown`].
//!
//! While it resolves names, an [`Analyzer`] notes where they stand; [`Analyzer::text`] makes a
//! [`Text`] of a part of the statement, with a hole for each of them.

mod alone;
mod coerce;
mod dml;
mod expr;
mod facts;
mod function;
mod level;
mod literal;
mod operator;
mod polymorphic;
mod query;
mod scope;
mod text;

pub(crate) use coerce::CastContext;
pub(crate) use expr::{Literal, Typed};
pub(crate) use level::{Clause, Level};
pub(crate) use literal::all_elements;
pub(crate) use scope::{Reference, Scope, quoted};

use std::collections::BTreeMap;

use crate::ast::{Query, Statement, TextRange};
use crate::catalog::{Catalog, ColumnType, Hole, ObjectId, Text, TypeRef};
use crate::replay::Outcome;

/// Analyses the expressions and queries of one statement.
pub(crate) struct Analyzer<'a> {
    pub(crate) catalog: &'a Catalog,
    /// The text that all ranges are in.
    pub(crate) text: &'a str,
    /// The names that were resolved.
    pub(crate) bindings: Vec<Binding>,
    /// The functions of the chain that are called, directly, with the place of the call.
    pub(crate) calls: Vec<(ObjectId, TextRange)>,
    /// What is being read, the outermost query or expression first: a [`Scope`] says which of
    /// them it belongs to.
    pub(crate) levels: Vec<Level>,
    /// Whether [`Analyzer::bindings`] are noted.
    pub(crate) record: bool,
    /// The columns that were named, by the place of the reference.
    references: BTreeMap<usize, Reference>,
    /// The columns that the last star stands for.
    star_references: Vec<Reference>,
    /// The names of the first columns of queries, by the place of the query.
    first_names: BTreeMap<usize, String>,
    /// How many sources there are.
    sources: usize,
    /// How deep in queries and joins it is.
    nesting: usize,
    /// In how many parts it is in which a recursive query cannot name itself.
    hidden: usize,
    /// The queries whose columns were named, a bit for each by its depth.
    seen: u64,
    /// How deep the expression that is being read is nested in others.
    depth: usize,
}

/// A name in the text, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) range: TextRange,
    /// What takes the place of the text in that range; several pieces for `*`.
    pub(crate) with: Text,
}

/// Where an expression stands, which decides what it may hold (subqueries, aggregates, set
/// returning functions, columns, volatile functions).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    Check,
    DomainCheck,
    Default,
    Generated,
    IndexExpression,
    IndexPredicate,
    PartitionKey,
    PartitionBound,
    Policy,
    TriggerWhen,
    Using,
    Statistics,
    ParameterDefault,
}

/// The relations whose columns an expression outside of a query can name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns<'a> {
    /// Each with the name that it goes by.
    pub(crate) relations: Vec<(&'a str, ObjectId)>,
    /// Whether a column may be named without its relation.
    pub(crate) bare: bool,
    /// `VALUE`, of a domain.
    pub(crate) value: Option<TypeRef>,
    /// Names of parameters, and `$1`…, of a function.
    pub(crate) params: Vec<(Option<String>, TypeRef)>,
}

/// One column of a query's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) ty: ColumnType,
}

impl<'a> Analyzer<'a> {
    pub(crate) fn new(catalog: &'a Catalog, text: &'a str) -> Self {
        Self {
            catalog,
            text,
            bindings: Vec::new(),
            calls: Vec::new(),
            levels: Vec::new(),
            record: true,
            references: BTreeMap::new(),
            star_references: Vec::new(),
            first_names: BTreeMap::new(),
            sources: 0,
            nesting: 0,
            hidden: 0,
            seen: 0,
            depth: 0,
        }
    }

    /// The result of a query in an expression, which sees the columns of `scope`.
    pub(crate) fn subquery(&mut self, query: &Query, scope: &Scope<'_>) -> Outcome<Vec<Output>> {
        self.sublink(query, scope)
    }

    /// The result of a query.
    pub(crate) fn query(&mut self, query: &Query) -> Outcome<Vec<Output>> {
        let rows = self.run_query(query, None)?;
        Self::outputs(rows)
    }

    /// Checks a statement that reads or changes rows: a query, `INSERT`, `UPDATE`, `DELETE`,
    /// `MERGE`. Gives the columns of its result.
    pub(crate) fn rows(&mut self, statement: &Statement) -> Outcome<Vec<Output>> {
        self.record = false;
        let rows = self.statement(statement, None)?;
        Self::outputs(rows)
    }

    /// As [`Analyzer::query`], in the body of a function: its parameters, and the variables of a
    /// block (`r.a` of a variable `r` is a field of it, of unknown type), are known where no column
    /// has the name.
    pub(crate) fn query_with(
        &mut self,
        query: &Query,
        columns: &Columns<'_>,
    ) -> Outcome<Vec<Output>> {
        let rows = self.outside(columns, |it, scope| it.run_query(query, Some(scope)))?;
        Self::outputs(rows)
    }

    /// As [`Analyzer::rows`], in the body of a function, as [`Analyzer::query_with`].
    pub(crate) fn rows_with(
        &mut self,
        statement: &Statement,
        columns: &Columns<'_>,
    ) -> Outcome<Vec<Output>> {
        self.record = false;
        self.kept_rows_with(statement, columns)
    }

    /// As [`Analyzer::rows_with`], of a statement that the catalog keeps: in [`Analyzer::text`],
    /// there are holes for its names.
    pub(crate) fn kept_rows_with(
        &mut self,
        statement: &Statement,
        columns: &Columns<'_>,
    ) -> Outcome<Vec<Output>> {
        let rows = self.outside(columns, |it, scope| it.statement(statement, Some(scope)))?;
        Self::outputs(rows)
    }

    /// Reads a statement that has names of its own around it.
    fn outside<T>(
        &mut self,
        columns: &Columns<'_>,
        read: impl FnOnce(&mut Self, &Scope<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        let depth = self.levels.len();
        self.levels.push(Level::new(Clause::Any));
        let result = read(self, &Scope::of_columns(columns, depth));
        self.levels.truncate(depth);
        result
    }

    /// Says that a name stands for an object.
    pub(crate) fn bind(&mut self, range: TextRange, hole: Hole) {
        if !self.record {
            return;
        }
        self.bindings.push(Binding { range, with: Text::hole(hole) });
    }
}
