//! Expressions as parts of tables: read against the columns, and kept as text.

use super::{Outcome, Run, Stop};
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{Constant, Expr, ExprKind};
use crate::catalog::{ColumnNumber, ColumnType, Hole, ObjectId, Text, TypeRef};

/// An expression that was read.
pub(crate) struct Read {
    pub(crate) text: Text,
    pub(crate) ty: TypeRef,
}

impl Run<'_> {
    /// Reads an expression over the columns of a table. Where it has something of which nothing is
    /// known, it is kept as it is written.
    pub(crate) fn read(&self, table: ObjectId, expr: &Expr, site: Site) -> Outcome<Read> {
        self.read_by(Some(table), expr, |analyzer, columns| {
            analyzer.expression(expr, columns, site)
        })
    }

    /// As [`Run::read`], of a condition.
    pub(crate) fn read_condition(&self, table: ObjectId, expr: &Expr, site: Site) -> Outcome<Read> {
        self.read_by(Some(table), expr, |analyzer, columns| analyzer.condition(expr, columns, site))
    }

    /// As [`Run::read`], of the default or the generation expression of a column. A default sees
    /// no columns.
    pub(crate) fn read_assigned(
        &self,
        table: ObjectId,
        expr: &Expr,
        site: Site,
        to: &ColumnType,
        column: &str,
    ) -> Outcome<Read> {
        let sees = (site == Site::Generated).then_some(table);
        let what = format!("column \"{column}\"");
        self.read_by(sees, expr, |analyzer, columns| {
            analyzer.assigned(expr, columns, site, to, &what)
        })
    }

    fn read_by(
        &self,
        table: Option<ObjectId>,
        expr: &Expr,
        read: impl FnOnce(&mut Analyzer<'_>, &Columns<'_>) -> Outcome<TypeRef>,
    ) -> Outcome<Read> {
        let relation = table.and_then(|id| Some((self.catalog.relation(id)?.name.as_str(), id)));
        let columns =
            Columns { relations: relation.into_iter().collect(), bare: true, ..Columns::default() };
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let ty = match read(&mut analyzer, &columns) {
            Ok(ty) => ty,
            Err(Stop::Unknown) => TypeRef::UNKNOWN,
            Err(stop) => return Err(stop),
        };
        Ok(Read { text: analyzer.text(expr.range), ty })
    }
}

/// The columns of a relation that a text names, in order, each once.
pub(crate) fn columns_in(text: &Text, relation: ObjectId) -> Vec<ColumnNumber> {
    let mut columns: Vec<ColumnNumber> = Vec::new();
    for hole in text.holes() {
        if let Hole::Column(id, column) | Hole::Result(id, column, _) = hole
            && *id == relation
            && !columns.contains(column)
        {
            columns.push(*column);
        }
    }
    columns
}

/// Whether it is null, with a cast or without, and a constant for the server too. A cast to a type
/// with something in its parentheses is the call of a function, but for `interval`.
pub(crate) fn is_null(expr: &Expr) -> bool {
    let mut expr = expr;
    loop {
        match &expr.kind {
            ExprKind::Constant(Constant::Null) => return true,
            ExprKind::Cast { expr: inner, ty } => {
                if !ty.modifiers.is_empty() && ty.name.name.text != "interval" {
                    return false;
                }
                expr = inner;
            }
            _ => return false,
        }
    }
}
