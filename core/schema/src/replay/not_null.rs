//! Rows without a value where the table wants one.
//!
//! Only rows that a statement spells out are looked at: of a query, it is not known whether it
//! gives any.

use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{Constant, Expr, ExprKind, Insert, QueryBody, TextRange, TriggerTiming};
use crate::catalog::{
    Column, ColumnDefault, Object, ObjectId, Relation, RelationHit, TypeDefinitionKind,
};

impl Run<'_> {
    /// Refuses an `INSERT` that is being run, if one of its rows lacks a value.
    pub(super) fn check_nulls(&self, insert: &Insert, range: TextRange) -> Outcome {
        let Some(RelationHit::Own(id)) = self.catalog.find_relation(&insert.table).found() else {
            return Ok(());
        };
        let Some(relation) = self.catalog.relation(id) else { return Ok(()) };
        let plain = relation
            .as_table()
            .is_some_and(|it| it.partition_key.is_none() && it.foreign.is_none());
        if !plain || self.may_be_other(id, relation) || self.is_intercepted(id) {
            return Ok(());
        }
        let rows: Vec<&[Expr]> = match insert.source.as_ref().map(|it| &it.body) {
            None => vec![&[]],
            Some(QueryBody::Values(rows)) => rows.iter().map(Vec::as_slice).collect(),
            Some(_) => return Ok(()),
        };
        let limited =
            insert.source.as_ref().is_some_and(|it| it.limit.is_some() || it.offset.is_some());
        if limited {
            return Ok(());
        }
        for column in relation.columns.iter().filter(|it| it.not_null && !it.uncertain) {
            let at = if insert.columns.is_empty() {
                relation.columns.iter().position(|it| it.number == column.number)
            } else {
                insert.columns.iter().position(|it| it.name.text == column.name)
            };
            for row in &rows {
                let given = at.and_then(|at| row.get(at));
                let is_null = match given.map(|it| &it.kind) {
                    None | Some(ExprKind::Default) => self.has_no_default(column),
                    Some(ExprKind::Constant(Constant::Null)) => !is_generated(column),
                    Some(_) => false,
                };
                if is_null {
                    return lacks_value(relation, column, given.map_or(range, |it| it.range));
                }
            }
        }
        Ok(())
    }

    fn may_be_other(&self, id: ObjectId, relation: &Relation) -> bool {
        self.catalog.is_uncertain(id) || self.catalog.doubtful.contains(&relation.name)
    }

    /// Whether a trigger or a rule may see to it that there is a value.
    fn is_intercepted(&self, id: ObjectId) -> bool {
        self.catalog.dependents(id).any(|it| match self.catalog.get(it).map(|it| &it.object) {
            Some(Object::Trigger(it)) => it.on == id && it.timing != TriggerTiming::After,
            Some(Object::Rule(it)) => it.on == id,
            _ => false,
        })
    }

    /// Whether a column that is left out is null; a domain may have a default of its own.
    fn has_no_default(&self, column: &Column) -> bool {
        let crate::catalog::BaseType::Own(ty) = column.ty.ty.base else {
            return column.default == ColumnDefault::None && !column.ty.ty.is_unknown();
        };
        let is_domain = !column.ty.ty.array
            && matches!(
                self.catalog.get(ty).map(|it| &it.object),
                Some(Object::Type(it)) if matches!(it.kind, TypeDefinitionKind::Domain(_))
            );
        column.default == ColumnDefault::None && !is_domain
    }
}

fn is_generated(column: &Column) -> bool {
    matches!(column.default, ColumnDefault::Generated { .. } | ColumnDefault::Identity { .. })
}

fn lacks_value(relation: &Relation, column: &Column, range: TextRange) -> Outcome {
    Refusal::new(
        Code::NotNullViolation,
        format!(
            "null value in column \"{}\" of relation \"{}\" violates not-null constraint",
            column.name, relation.name
        ),
    )
    .at(range)
    .also(Some(column.created), "the column is created here")
    .stop()
}
