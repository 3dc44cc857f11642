//! The query of a view, and the columns that it gives.

use crate::Code;
use crate::analyze::{Analyzer, Output};
use crate::ast::{CommonTableQuery, Expr, ExprKind, Ident, Query, QueryBody, Select, TextRange};
use crate::catalog::{
    Catalog, Column, ColumnNumber, ColumnType, Hole, Place, Relation, Text, TypeRef,
};
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};

/// A query that was read.
pub(super) struct Body {
    pub(super) text: Text,
    pub(super) columns: Vec<Named>,
    /// Whether columns and text are known: otherwise the columns are those that the query names.
    pub(super) certain: bool,
    range: TextRange,
}

/// A column, and where it gets its name.
#[derive(Clone)]
pub(super) struct Named {
    pub(super) name: Ident,
    pub(super) ty: ColumnType,
}

impl Run<'_> {
    /// Reads the query of a view. `what` begins the refusals: `views`, `materialized views`.
    pub(super) fn view_body(&self, query: &Query, what: &str) -> Outcome<Body> {
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let outputs = match analyzer.query(query) {
            Ok(outputs) => Some(outputs),
            Err(Stop::Unknown) => None,
            Err(refused) => return Err(refused),
        };
        if let Some(into) = first_select(query).and_then(|it| it.into.as_ref()) {
            let message = format!("{what} must not contain SELECT INTO");
            return refused(Code::FeatureNotSupported, message, into.name.range);
        }
        if let Some(range) = modifies(query) {
            let verb = if what == "views" { "contain" } else { "use" };
            let message = format!("{what} must not {verb} data-modifying statements in WITH");
            return refused(Code::FeatureNotSupported, message, range);
        }
        Ok(Body::new(analyzer.text(query.range), outputs, query))
    }
}

impl Body {
    pub(super) fn new(text: Text, outputs: Option<Vec<Output>>, query: &Query) -> Self {
        let targets = targets(query);
        let certain = outputs.is_some();
        let columns = match outputs {
            Some(outputs) => {
                let ranges: Vec<TextRange> = targets.iter().map(|it| it.range).collect();
                let exact = ranges.len() == outputs.len() && targets.iter().all(|it| !it.star);
                let range = |at: usize| match ranges.get(at) {
                    Some(range) if exact => *range,
                    _ => query.range,
                };
                let outputs = outputs.into_iter().enumerate();
                outputs
                    .map(|(at, it)| Named { name: Ident::new(it.name, range(at)), ty: it.ty })
                    .collect()
            }
            None => targets
                .into_iter()
                .filter_map(|it| {
                    let name = Ident::new(it.name?, it.range);
                    Some(Named { name, ty: ColumnType::plain(TypeRef::UNKNOWN) })
                })
                .collect(),
        };
        Self { text, columns, certain, range: query.range }
    }

    /// Gives the first columns other names. `too_many` is what the server says where there are
    /// fewer columns.
    pub(super) fn rename(&mut self, names: &[Ident], too_many: &str) -> Outcome {
        if !self.certain && names.len() >= self.columns.len() {
            self.columns = names
                .iter()
                .map(|name| Named { name: name.clone(), ty: ColumnType::plain(TypeRef::UNKNOWN) })
                .collect();
        }
        if let Some(extra) = names.get(self.columns.len()) {
            return refused(Code::SyntaxError, too_many, extra.range);
        }
        for (column, name) in self.columns.iter_mut().zip(names) {
            column.name.clone_from(name);
        }
        Ok(())
    }

    /// Refuses a type that no column can have.
    pub(super) fn have_types(&self, run: &Run<'_>) -> Outcome {
        let settled = self.columns.iter().filter(|it| !it.ty.ty.is("unknown"));
        settled
            // A polymorphic type is refused in a table, and not in a view.
            .filter(|it| !run.catalog.bare_type_name(it.ty.ty).starts_with("any"))
            .try_for_each(|it| run.type_fits_a_column(&it.name, it.ty.ty, None))
    }

    pub(super) fn has_no_duplicates(&self) -> Outcome {
        let twice = self.columns.iter().enumerate().find(|(at, column)| {
            self.certain && self.columns[..*at].iter().any(|it| it.name == column.name)
        });
        match twice {
            Some((_, column)) => Refusal::new(
                Code::DuplicateColumn,
                format!("column \"{}\" specified more than once", column.name.text),
            )
            .at(column.name.range)
            .help("give one of them another name: `AS name`")
            .stop(),
            None => Ok(()),
        }
    }

    /// Whether the query reads something temporary.
    pub(super) fn is_temporary(&self, catalog: &Catalog) -> bool {
        self.text.holes().any(|hole| match hole {
            Hole::Object(id) | Hole::Bare(id) => catalog.relation(*id).is_some_and(|it| {
                it.has_rows() && it.persistence == crate::ast::Persistence::Temporary
            }),
            _ => false,
        })
    }

    /// Gives a relation the columns.
    pub(super) fn add_columns(self, relation: &mut Relation, place: Place) {
        for column in self.columns {
            add_column(relation, column, place);
        }
    }

    pub(super) fn range(&self) -> TextRange {
        self.range
    }
}

/// Adds a column after the others.
pub(super) fn add_column(relation: &mut Relation, column: Named, place: Place) {
    let number = ColumnNumber(relation.next_column);
    relation.next_column = relation.next_column.saturating_add(1);
    relation.columns.push(Column::new(number, column.name.text, column.ty, place));
}

/// An item of a target list.
struct Item {
    /// The name, where it can be told without knowing what the query reads.
    name: Option<String>,
    range: TextRange,
    star: bool,
}

fn targets(query: &Query) -> Vec<Item> {
    let of_expr =
        |expr: &Expr| Item { name: plain_name(expr), range: expr.range, star: is_star(expr) };
    match &query.body {
        QueryBody::Select(select) => select
            .targets
            .iter()
            .map(|target| match &target.alias {
                Some(alias) => {
                    Item { name: Some(alias.text.clone()), range: alias.range, star: false }
                }
                None => of_expr(&target.expr),
            })
            .collect(),
        QueryBody::Values(rows) => rows.first().into_iter().flatten().map(of_expr).collect(),
        QueryBody::SetOperation { left, .. } => targets(left),
    }
}

fn is_star(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Column(column) => column.star,
        ExprKind::FieldStar(_) => true,
        _ => false,
    }
}

fn plain_name(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Column(column) if !column.star => Some(column.fields.last()?.text.clone()),
        ExprKind::Field { field, .. } => Some(field.text.clone()),
        ExprKind::Call(call) => Some(call.name.name.text.clone()),
        ExprKind::Cast { expr, .. } => plain_name(expr),
        _ => None,
    }
}

/// The first `SELECT` of a set operation.
fn first_select(query: &Query) -> Option<&Select> {
    match &query.body {
        QueryBody::Select(select) => Some(select),
        QueryBody::SetOperation { left, .. } => first_select(left),
        QueryBody::Values(_) => None,
    }
}

/// Where a `WITH` changes rows.
fn modifies(query: &Query) -> Option<TextRange> {
    let mut tables = query.with.iter().flat_map(|it| &it.tables);
    let found = tables.find(|it| !matches!(it.query, CommonTableQuery::Query(_)))?;
    Some(found.name.range)
}
