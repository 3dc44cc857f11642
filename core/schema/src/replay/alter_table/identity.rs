//! Identity columns: made so, changed, made plain again.

use super::Altered;
use crate::Code;
use crate::ast::{Ident, SequenceOption};
use crate::catalog::{
    Column, ColumnDefault, ColumnNumber, Object, ObjectId, Relation, RelationKind, Target,
};
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn add_identity(
        &mut self,
        table: Altered,
        name: &Ident,
        always: bool,
        options: &[SequenceOption],
    ) -> Outcome {
        let number = self.column(table.id, name)?;
        let (relation, column) = (self.altered(table.id)?, self.altered_column(table.id, number)?);
        let ty = column.ty.ty;
        if !ty.is_unknown() && !["int2", "int4", "int8"].iter().any(|it| ty.is(it)) {
            let message = "identity column type must be smallint, integer, or bigint";
            return Refusal::new(Code::InvalidParameterValue, message)
                .at(name.range)
                .also(Some(column.created), "the column is created here")
                .stop();
        }
        let problem = match &column.default {
            _ if !column.not_null => "must be declared NOT NULL before identity can be added",
            ColumnDefault::Identity { .. } => "is already an identity column",
            ColumnDefault::Expression(_) | ColumnDefault::Generated { .. } => {
                "already has a default value"
            }
            ColumnDefault::None => "",
        };
        if !problem.is_empty() {
            return state(relation, column, problem, name).stop();
        }
        self.update_column(table.id, number, |column| {
            column.default = ColumnDefault::Identity { always };
        });
        self.identity_sequence(table.id, number, options)
    }

    pub(super) fn set_identity(
        &mut self,
        table: Altered,
        name: &Ident,
        always: Option<bool>,
        options: &[SequenceOption],
    ) -> Outcome {
        let number = self.column(table.id, name)?;
        let (relation, column) = (self.altered(table.id)?, self.altered_column(table.id, number)?);
        let ColumnDefault::Identity { .. } = column.default else {
            return state(relation, column, "is not an identity column", name).stop();
        };
        if let Some(always) = always {
            self.update_column(table.id, number, |column| {
                column.default = ColumnDefault::Identity { always };
            });
        }
        match self.sequence_of(table.id, number) {
            Some(sequence) if !options.is_empty() => self.change_sequence(sequence, options),
            _ => Ok(()),
        }
    }

    pub(super) fn drop_identity(
        &mut self,
        table: Altered,
        name: &Ident,
        if_exists: bool,
    ) -> Outcome {
        let number = self.column(table.id, name)?;
        let (relation, column) = (self.altered(table.id)?, self.altered_column(table.id, number)?);
        let ColumnDefault::Identity { .. } = column.default else {
            if if_exists {
                return Ok(());
            }
            return state(relation, column, "is not an identity column", name).stop();
        };
        self.update_column(table.id, number, |column| column.default = ColumnDefault::None);
        let Some(sequence) = self.sequence_of(table.id, number) else { return Ok(()) };
        // It is a part of the column no more, and can be dropped alone.
        self.catalog.update_relation(sequence, |relation| {
            if let RelationKind::Sequence(sequence) = &mut relation.kind {
                sequence.owner = None;
            }
        });
        self.delete(&[Target::Object(sequence)], false, name.range)
    }

    /// The sequence of an identity column.
    pub(super) fn sequence_of(&self, table: ObjectId, column: ColumnNumber) -> Option<ObjectId> {
        let is_its = |object: &Object| match object {
            Object::Relation(relation) => relation
                .as_sequence()
                .and_then(|it| it.owner)
                .is_some_and(|it| it.identity && it.table == table && it.column == column),
            _ => false,
        };
        self.parts(table).find(|(_, object)| is_its(object)).map(|(id, _)| id)
    }
}

fn state(relation: &Relation, column: &Column, problem: &str, name: &Ident) -> Refusal {
    let message = format!("column \"{}\" of relation \"{}\" {problem}", column.name, relation.name);
    Refusal::new(Code::NotInPrerequisiteState, message)
        .at(name.range)
        .also(Some(column.created), "created here")
}
