//! The bounds of the partitions of one table: no two may hold the same row.
//!
//! Only values whose order is known here are compared: whole numbers, dates and times as ISO 8601
//! writes them, and for lists also text. Of all others nothing is said.
//!
//! Source: `check_new_partition_bound` in PostgreSQL's `partitioning/partbounds.c`.

use std::cmp::Ordering;

use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{
    AlterTableActionKind, Constant, Expr, ExprKind, Ident, PartitionBound, Statement,
};
use crate::catalog::{ObjectId, Relation, Text, TypeRef};
use crate::dump::Names;
use crate::sql::lower;

/// A value in a bound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Least,
    Number(i64),
    /// A date, or a date and a time, to the second.
    Moment(String),
    Text(String),
    Null,
    Greatest,
}

impl Run<'_> {
    /// Refuses a bound that holds rows which another partition's holds too.
    pub(super) fn bound_is_free(&self, parent: ObjectId, bound: &Text, name: &Ident) -> Outcome {
        let Some(new) = self.read_bound(bound) else { return Ok(()) };
        let types = self.key_types(parent);
        if let PartitionBound::Range { from, to } = &new
            && let (Some(from), Some(to)) = (values(from, &types), values(to, &types))
            && from >= to
        {
            let message = format!("empty range bound specified for partition \"{}\"", name.text);
            return Refusal::new(Code::InvalidObjectDefinition, message).at(name.range).stop();
        }
        let mut moduli = Vec::new();
        for id in self.catalog.partitions(parent) {
            let Some(partition) = self.catalog.relation(id) else { continue };
            let its = partition.as_table().and_then(|it| it.partition_of.as_ref());
            let Some(other) = its.and_then(|(_, text)| self.read_bound(text)) else { continue };
            if self.catalog.is_uncertain(id) {
                continue;
            }
            if let PartitionBound::Hash { modulus, .. } = other {
                moduli.push(modulus);
            }
            let message = match (&new, &other) {
                (PartitionBound::Default, PartitionBound::Default) => format!(
                    "partition \"{}\" conflicts with existing default partition \"{}\"",
                    name.text, partition.name
                ),
                _ if overlap(&new, &other, &types) => {
                    format!(
                        "partition \"{}\" would overlap partition \"{}\"",
                        name.text, partition.name
                    )
                }
                _ => continue,
            };
            let created = self.catalog.get(id).map(|entry| entry.created);
            return Refusal::new(Code::InvalidObjectDefinition, message)
                .at(name.range)
                .also(created, "the other partition is created here")
                .stop();
        }
        if let PartitionBound::Hash { modulus, .. } = new {
            moduli.push(modulus);
        }
        moduli.sort_unstable();
        if moduli.windows(2).any(|pair| matches!(pair, [less, more] if more % less != 0)) {
            let message =
                "every hash partition modulus must be a factor of the next larger modulus";
            return Refusal::new(Code::InvalidObjectDefinition, message).at(name.range).stop();
        }
        Ok(())
    }

    /// A bound as it was read when it was made.
    fn read_bound(&self, bound: &Text) -> Option<PartitionBound> {
        let bound = Names { catalog: self.catalog }.text(bound);
        let sql = format!("ALTER TABLE p ATTACH PARTITION q {bound}");
        let Some(Statement::AlterTable(statement)) = lower::parse(&sql, 0..sql.len()).0 else {
            return None;
        };
        match statement.actions.into_iter().next()?.kind {
            AlterTableActionKind::AttachPartition { bound, .. } => bound,
            _ => None,
        }
    }

    /// The types of a partition key; unknown for an expression.
    fn key_types(&self, table: ObjectId) -> Vec<TypeRef> {
        let relation = self.catalog.relation(table);
        let key = relation.and_then(Relation::as_table).and_then(|it| it.partition_key.as_ref());
        let columns = key.map(|it| it.columns.as_slice()).unwrap_or_default();
        let ty = |number| Some(relation?.column_numbered(number)?.ty.ty);
        columns.iter().map(|it| it.and_then(ty).unwrap_or(TypeRef::UNKNOWN)).collect()
    }
}

/// Whether two bounds certainly hold a row in common.
fn overlap(one: &PartitionBound, other: &PartitionBound, types: &[TypeRef]) -> bool {
    match (one, other) {
        (
            PartitionBound::Hash { modulus: one, remainder: first },
            PartitionBound::Hash { modulus: other, remainder: second },
        ) => {
            let least = *one.min(other);
            least != 0 && one.max(other) % least == 0 && first % least == second % least
        }
        (PartitionBound::List(one), PartitionBound::List(other)) => {
            let Some(ty) = types.first() else { return false };
            let known = |exprs: &[Expr]| -> Vec<Value> {
                exprs.iter().filter_map(|it| value(it, *ty)).collect()
            };
            let other = known(other);
            known(one).iter().any(|it| other.contains(it))
        }
        (
            PartitionBound::Range { from, to },
            PartitionBound::Range { from: other_from, to: other_to },
        ) => {
            let all = (
                values(from, types),
                values(to, types),
                values(other_from, types),
                values(other_to, types),
            );
            let (Some(from), Some(to), Some(other_from), Some(other_to)) = all else {
                return false;
            };
            is_before(&from, &other_to) && is_before(&other_from, &to)
        }
        _ => false,
    }
}

/// Whether a lower limit, which is in the range, comes before an upper one, which is not.
fn is_before(lower: &[Value], upper: &[Value]) -> bool {
    lower.cmp(upper) == Ordering::Less
}

/// The values of a limit, if the order of all of them is known.
fn values(exprs: &[Expr], types: &[TypeRef]) -> Option<Vec<Value>> {
    let ordered = |it: &Value| !matches!(it, Value::Text(_) | Value::Null);
    exprs
        .iter()
        .zip(types)
        .map(|(expr, ty)| value(expr, *ty).filter(ordered))
        .collect::<Option<_>>()
}

fn value(expr: &Expr, ty: TypeRef) -> Option<Value> {
    let text = match &expr.kind {
        ExprKind::Column(column) => {
            return match column.fields.first()?.text.as_str() {
                "minvalue" => Some(Value::Least),
                "maxvalue" => Some(Value::Greatest),
                _ => None,
            };
        }
        ExprKind::Constant(Constant::Null) => return Some(Value::Null),
        ExprKind::Constant(Constant::Integer(text) | Constant::String(text)) => text,
        _ => return None,
    };
    let is = |names: &[&str]| names.iter().any(|name| ty.is(name));
    if is(&["int2", "int4", "int8"]) {
        text.trim().parse().ok().map(Value::Number)
    } else if is(&["date", "timestamp", "timestamptz"]) {
        moment(text).map(Value::Moment)
    } else if is(&["text", "varchar"]) {
        Some(Value::Text(text.clone()))
    } else {
        None
    }
}

/// `2020-01-31`, with a time or without, to the second and without a zone.
fn moment(text: &str) -> Option<String> {
    const PATTERN: &str = "dddd-dd-dd dd:dd:dd";
    let full = match text.len() {
        10 => format!("{text} 00:00:00"),
        16 => format!("{text}:00"),
        19 => text.to_owned(),
        _ => return None,
    };
    let fits = |(at, pattern): (char, char)| match pattern {
        'd' => at.is_ascii_digit(),
        other => at == other,
    };
    (full.len() == PATTERN.len() && full.chars().zip(PATTERN.chars()).all(fits)).then_some(full)
}
