//! What a new table takes from the tables that it inherits from, or is a partition of.
//!
//! Source: `MergeAttributes` in PostgreSQL's `commands/tablecmds.c`.

use super::{Plan, is_partitioned, repeated};
use crate::Code;
use crate::ast::{CreateTable, Ident, Name, Persistence};
use crate::catalog::{
    Column, ColumnDefault, ColumnType, ConstraintKind, ObjectId, RelationHit, RelationKind,
};
use crate::replay::index::Correspondence;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};

impl Run<'_> {
    /// The tables of `INHERITS` or of `PARTITION OF`.
    pub(super) fn parents_of(&self, statement: &CreateTable) -> Outcome<Vec<ObjectId>> {
        let partition_of = statement.partition_of.as_ref().map(|(name, _)| name);
        let mut parents = Vec::new();
        for name in partition_of.into_iter().chain(&statement.inherits) {
            let RelationHit::Own(id) = self.relation_hit(name)? else {
                return Err(Stop::Unknown);
            };
            self.can_be_parent(id, name, partition_of.is_some(), statement)?;
            if parents.contains(&id) {
                return refused(
                    Code::DuplicateTable,
                    format!(
                        "relation \"{}\" would be inherited from more than once",
                        name.name.text
                    ),
                    name.range,
                );
            }
            parents.push(id);
        }
        Ok(parents)
    }

    fn can_be_parent(
        &self,
        id: ObjectId,
        name: &Name,
        partition: bool,
        statement: &CreateTable,
    ) -> Outcome {
        let Some(relation) = self.catalog.relation(id) else { return Err(Stop::Unknown) };
        if self.catalog.is_uncertain(id) {
            return Ok(());
        }
        let text = &relation.name;
        let wrong = |message: String| refused(Code::WrongObjectType, message, name.range);
        let RelationKind::Table(table) = &relation.kind else {
            return wrong(format!("inherited relation \"{text}\" is not a table or foreign table"));
        };
        let partitioned = is_partitioned(&relation.kind);
        if partition && !partitioned {
            return refused(
                Code::InvalidObjectDefinition,
                format!("\"{text}\" is not partitioned"),
                name.range,
            );
        }
        if !partition && partitioned {
            return wrong(format!("cannot inherit from partitioned table \"{text}\""));
        }
        if !partition && table.partition_of.is_some() {
            return wrong(format!("cannot inherit from partition \"{text}\""));
        }
        if relation.persistence == Persistence::Temporary
            && statement.persistence != Persistence::Temporary
        {
            let what = if partition {
                format!(
                    "cannot create a permanent relation as partition of temporary relation \"{text}\""
                )
            } else {
                format!("cannot inherit from temporary relation \"{text}\"")
            };
            return wrong(what);
        }
        Ok(())
    }

    /// The columns of a new table: those of its parents, with what the statement says of them, and
    /// then its own.
    pub(super) fn merge_parents(
        &self,
        statement: &CreateTable,
        parents: &[ObjectId],
        plan: &mut Plan<'_>,
    ) -> Outcome<Vec<Column>> {
        let mut columns: Vec<Column> = Vec::new();
        for (&parent, name) in parents.iter().zip(parent_names(statement)) {
            let Some(relation) = self.catalog.relation(parent) else { return Err(Stop::Unknown) };
            for inherited in &relation.columns {
                match columns.iter_mut().find(|it| it.name == inherited.name) {
                    Some(there) => {
                        self.same_type(
                            &there.ty,
                            &inherited.ty,
                            &format!("inherited column \"{}\" has a type conflict", there.name),
                            name,
                        )?;
                        there.inherited += 1;
                        there.not_null |= inherited.not_null;
                        if there.default == ColumnDefault::None {
                            there.default = inherited_default(inherited);
                        }
                    }
                    None => columns.push(self.inherited_column(inherited)),
                }
            }
        }
        let merges = statement.partition_of.is_some();
        for planned in &mut plan.columns {
            let own = &mut planned.column;
            match columns.iter_mut().find(|it| it.name == own.name) {
                Some(there) => {
                    if there.local {
                        let name = Ident::new(own.name.clone(), planned.range);
                        return repeated(&name, planned.range, there);
                    }
                    if !own.ty.ty.is_unknown() || !merges {
                        let message = format!("column \"{}\" has a type conflict", own.name);
                        let name = Name::from(Ident::new(own.name.clone(), planned.range));
                        self.same_type(&there.ty, &own.ty, &message, &name)?;
                    }
                    there.local = !merges;
                    there.not_null |= own.not_null;
                    there.created = own.created;
                }
                None if merges => {
                    return Refusal::new(
                        Code::UndefinedColumn,
                        format!("column \"{}\" does not exist", own.name),
                    )
                    .at(planned.range)
                    .similar(&own.name, columns.iter().map(|it| it.name.as_str()))
                    .stop();
                }
                None => columns.push(own.clone()),
            }
        }
        // What of generated columns is taken over knows the columns of this table only later.
        Ok(columns)
    }

    /// A column of a parent, as its child has it.
    fn inherited_column(&self, column: &Column) -> Column {
        Column {
            default: inherited_default(column),
            statistics: None,
            options: Vec::new(),
            local: false,
            inherited: 1,
            comment: None,
            created: self.place,
            ..column.clone()
        }
    }

    fn same_type(
        &self,
        one: &ColumnType,
        other: &ColumnType,
        message: &str,
        name: &Name,
    ) -> Outcome {
        if one == other || one.ty.is_unknown() || other.ty.is_unknown() {
            return Ok(());
        }
        let (one, other) = (self.catalog.type_name(one), self.catalog.type_name(other));
        Refusal::new(Code::DatatypeMismatch, message)
            .at(name.range)
            .label(format!("{one} and {other}"))
            .stop()
    }

    /// The checks of a parent, on its child.
    pub(super) fn inherit_checks(
        &mut self,
        table: ObjectId,
        parent: ObjectId,
        name: &Ident,
    ) -> Outcome {
        self.inherit_generated(table, parent);
        let checks: Vec<_> = self
            .catalog
            .constraints(parent)
            .filter(|(_, it)| matches!(it.kind, ConstraintKind::Check(_)) && !it.no_inherit)
            .map(|(id, _)| id)
            .collect();
        for id in checks {
            if let Some((check, text)) = self.check_numbered(id) {
                let draft = self.inherited_check(&check, &text, table);
                self.put_check(draft, name)?;
            }
        }
        Ok(())
    }

    /// The expressions of generated columns, which speak of the parent's columns.
    fn inherit_generated(&mut self, table: ObjectId, parent: ObjectId) {
        let columns = Correspondence { catalog: self.catalog, from: parent, to: table };
        let Some(relation) = self.catalog.relation(table) else { return };
        let defaults: Vec<_> = relation
            .columns
            .iter()
            .filter_map(|column| match &column.default {
                ColumnDefault::Generated { expression, stored } => Some((
                    column.number,
                    ColumnDefault::Generated {
                        expression: columns.text(expression),
                        stored: *stored,
                    },
                )),
                _ => None,
            })
            .collect();
        self.catalog.update_relation(table, |it| {
            for (number, default) in defaults {
                if let Some(column) = it.column_mut(number) {
                    column.default = default;
                }
            }
        });
    }
}

/// A default goes along, and an identity does not.
fn inherited_default(column: &Column) -> ColumnDefault {
    match &column.default {
        ColumnDefault::Identity { .. } => ColumnDefault::None,
        other => other.clone(),
    }
}

fn parent_names(statement: &CreateTable) -> impl Iterator<Item = &Name> {
    statement.partition_of.iter().map(|(name, _)| name).chain(&statement.inherits)
}
