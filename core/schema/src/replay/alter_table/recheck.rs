//! Whether a condition still means something once a column of it has another type.
//!
//! When the server reads a condition, it decides what type each literal and each operand has, and
//! writes casts where it converts. Those stay when the condition is read again with another type
//! of the column. Only what follows from that for certain is refused: a column that stands where a
//! condition must, and a column that is compared with what has its former type.

use super::column_type::Retyped;
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{Constant, Expr, ExprKind, OperatorName, QueryBody, Statement};
use crate::catalog::{BaseType, Catalog, Column, Object, TypeDefinitionKind, TypeRef};
use crate::dump::Names;
use crate::replay::operator_class::underlying;
use crate::replay::{Outcome, Refusal, Stop};
use crate::sql::lower;

/// How deep a condition is looked into.
const MAX_DEPTH: u8 = 64;

/// A column with its new type, and what it was.
pub(super) struct Recheck<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) change: &'a Retyped,
    pub(super) column: &'a Column,
}

impl Recheck<'_> {
    /// A part of the condition that must be a condition itself. `what` begins the refusal.
    pub(super) fn boolean(&self, expr: &Expr, what: &str, depth: u8) -> Outcome {
        if depth > MAX_DEPTH {
            return Ok(());
        }
        match &expr.kind {
            ExprKind::And(left, right) => {
                self.boolean(left, "argument of AND", depth + 1)?;
                self.boolean(right, "argument of AND", depth + 1)
            }
            ExprKind::Or(left, right) => {
                self.boolean(left, "argument of OR", depth + 1)?;
                self.boolean(right, "argument of OR", depth + 1)
            }
            ExprKind::Not(expr) => self.boolean(expr, "argument of NOT", depth + 1),
            ExprKind::Operator { op, left: Some(left), right } => self.comparison(op, left, right),
            ExprKind::Column(_) if self.is_it(expr) => {
                let ty = self.column.ty.ty;
                if underlying(self.catalog, ty).is("bool") {
                    return Ok(());
                }
                let ty = self.catalog.bare_type_name(ty);
                self.refuse(
                    Code::DatatypeMismatch,
                    format!("{what} must be type boolean, not type {ty}"),
                )
            }
            _ => Ok(()),
        }
    }

    /// The column beside an operand of its former type: the operator between them is looked up
    /// anew, and the operand keeps its type.
    fn comparison(&self, op: &OperatorName, left: &Expr, right: &Expr) -> Outcome {
        let (is_left, other) = match (self.is_it(left), self.is_it(right)) {
            (true, false) => (true, right),
            (false, true) => (false, left),
            _ => return Ok(()),
        };
        let former = self.change.from.ty;
        let operand = match &other.kind {
            ExprKind::Constant(Constant::String(_)) if self.has_own_operator(op) => former,
            ExprKind::Constant(Constant::Integer(digits)) if digits.parse::<i32>().is_ok() => {
                // The server converts the number where there is no operator between the two.
                if !["int2", "int4", "int8"].iter().any(|it| former.is(it)) {
                    return Ok(());
                }
                TypeRef::catalog("int4")
            }
            _ => return Ok(()),
        };
        let names = Names { catalog: self.catalog };
        let (column, operand) = (names.ty(self.column.ty.ty), names.ty(operand));
        let (first, second) = if is_left { (&column, &operand) } else { (&operand, &column) };
        let sql = format!("SELECT NULL::{first} {} NULL::{second}", op.symbol);
        let Some(Statement::Query(query)) = lower::parse(&sql, 0..sql.len()).0 else {
            return Ok(());
        };
        let QueryBody::Select(select) = query.body else { return Ok(()) };
        let Some(target) = select.targets.first() else { return Ok(()) };
        let mut analyzer = Analyzer::new(self.catalog, &sql);
        match analyzer.expression(&target.expr, &Columns::default(), Site::Check) {
            Err(Stop::Refused(refusal)) if refusal.code == Code::UndefinedFunction => {
                self.refuse(refusal.code, refusal.message)
            }
            _ => Ok(()),
        }
    }

    /// Whether the former type has this operator between two values of it, so that a literal
    /// beside the column had that type.
    fn has_own_operator(&self, op: &OperatorName) -> bool {
        let former = self.change.from.ty;
        if former.array || op.schema.is_some() {
            return false;
        }
        match former.base {
            BaseType::Known(ty) => self
                .catalog
                .builtin()
                .objects()
                .operators(&op.symbol)
                .any(|it| it.left == Some(ty) && it.right == ty),
            BaseType::Own(id) => {
                let is_enum = self.catalog.get(id).is_some_and(|entry| {
                    matches!(&entry.object, Object::Type(it)
                        if matches!(it.kind, TypeDefinitionKind::Enum(_)))
                });
                is_enum && ["=", "<>", "<", ">", "<=", ">="].contains(&op.symbol.as_str())
            }
            BaseType::Multirange(_) | BaseType::Unknown => false,
        }
    }

    /// Whether it is the column.
    fn is_it(&self, expr: &Expr) -> bool {
        let ExprKind::Column(column) = &expr.kind else { return false };
        !column.star && column.fields.last().is_some_and(|it| it.text == self.column.name)
    }

    fn refuse(&self, code: Code, message: String) -> Outcome {
        let column = &self.column.name;
        Refusal::new(code, message)
            .at(self.change.range)
            .label(format!("a condition on \"{column}\" does not work with this type"))
            .stop()
    }
}
