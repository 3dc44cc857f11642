//! `FOREIGN KEY`.
//!
//! Source: `ATAddForeignKeyConstraint` and its helpers in PostgreSQL's `commands/tablecmds.c`.

use crate::Code;
use crate::ast::{Ident, MatchType, Persistence, RefAction, Reference, TableConstraint, TextRange};
use crate::catalog::{
    Action, ColumnNumber, Constraint, ConstraintKind, ForeignKey, Index, Object, ObjectId,
    RelationHit, RelationKind, TypeRef,
};
use crate::replay::choose_name::foreign_key_name;
use crate::replay::index::{Correspondence, MAX_COLUMNS, is_partitioned, not_system};
use crate::replay::names::no_column;
use crate::replay::operator_class::implicitly_comparable;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};

impl Run<'_> {
    pub(super) fn add_foreign_key(
        &mut self,
        table: ObjectId,
        constraint: &TableConstraint,
        columns: &[Ident],
        period: bool,
        reference: &Reference,
        only: bool,
    ) -> Outcome<Option<ObjectId>> {
        if reference.matching == MatchType::Partial {
            return refused(
                Code::FeatureNotSupported,
                "MATCH PARTIAL not yet implemented",
                constraint.range,
            );
        }
        if let Some(name) = &constraint.name {
            self.constraint_is_new(table, name)?;
        }
        let Some(target) = self.referenced_table(table, reference)? else { return Ok(None) };
        self.refuse_on_partitioned(table, constraint, reference, only)?;
        let numbers = self.referring_columns(table, columns)?;
        let to_set = |columns: &[Ident]| self.columns_to_set(table, &numbers, columns);
        let on_delete = action(reference.on_delete.as_ref(), &to_set)?;
        let on_update = action(reference.on_update.as_ref(), &to_set)?;
        let (index, referenced) = self.referenced_key(target, reference)?;
        if numbers.len() != referenced.len() {
            return refused(
                Code::InvalidForeignKey,
                "number of referencing and referenced columns for foreign key disagree",
                constraint.range,
            );
        }
        let name = if let Some(name) = &constraint.name {
            name.text.clone()
        } else {
            let Some(relation) = self.catalog.relation(table) else {
                return Err(Stop::Unknown);
            };
            let names: Vec<String> = columns.iter().map(|it| it.text.clone()).collect();
            foreign_key_name(self.catalog, relation.schema, &relation.name, &names)
        };
        for (at, (from, to)) in numbers.iter().zip(&referenced).enumerate() {
            let range = columns.get(at).map_or(constraint.range, |it| it.range);
            self.types_can_be_compared((table, *from), (target, *to), &name, range)?;
        }
        let attributes = &constraint.attributes;
        let deferred = attributes.initially_deferred == Some(true);
        let draft = Constraint {
            columns: numbers,
            deferrable: attributes.deferrable.unwrap_or(deferred),
            deferred,
            validated: !attributes.not_valid && attributes.enforced != Some(false),
            enforced: attributes.enforced != Some(false),
            ..Constraint::new(
                table,
                name,
                ConstraintKind::ForeignKey(ForeignKey {
                    table: target,
                    columns: referenced,
                    index,
                    matching: reference.matching,
                    on_delete,
                    on_update,
                    period,
                    parent: None,
                }),
            )
        };
        let id = self.catalog.insert(Object::Constraint(draft), self.place);
        self.foreign_key_to_partitions(id, 0);
        if !only {
            self.foreign_key_on_partitions(id, 0);
        }
        Ok(Some(id))
    }

    /// The table that a foreign key points to; none where an extension brought it.
    fn referenced_table(
        &self,
        table: ObjectId,
        reference: &Reference,
    ) -> Outcome<Option<ObjectId>> {
        let name = &reference.table;
        let target = match self.relation_hit(name)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(relation, home) => {
                return not_system(name, relation, home).map(|()| None);
            }
        };
        let (Some(from), Some(to)) = (self.catalog.relation(table), self.catalog.relation(target))
        else {
            return Err(Stop::Unknown);
        };
        if !matches!(&to.kind, RelationKind::Table(it) if it.foreign.is_none()) {
            return refused(
                Code::WrongObjectType,
                format!("referenced relation \"{}\" is not a table", to.name),
                name.range,
            );
        }
        let only = match (from.persistence, to.persistence) {
            (Persistence::Permanent, Persistence::Unlogged | Persistence::Temporary) => {
                "permanent tables may reference only permanent tables"
            }
            (Persistence::Unlogged, Persistence::Temporary) => {
                "unlogged tables may reference only permanent or unlogged tables"
            }
            (Persistence::Temporary, Persistence::Permanent | Persistence::Unlogged) => {
                "temporary tables may reference only temporary tables"
            }
            _ => return Ok(Some(target)),
        };
        refused(Code::InvalidTableDefinition, format!("constraints on {only}"), name.range)
    }

    fn refuse_on_partitioned(
        &self,
        table: ObjectId,
        constraint: &TableConstraint,
        reference: &Reference,
        only: bool,
    ) -> Outcome {
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        if !is_partitioned(&relation.kind) {
            return Ok(());
        }
        let what = if only {
            "cannot use ONLY for foreign key on"
        } else if constraint.attributes.not_valid && self.catalog.version().major() < 18 {
            "cannot add NOT VALID foreign key on"
        } else {
            return Ok(());
        };
        let (from, to) = (&relation.name, &reference.table.name.text);
        refused(
            Code::WrongObjectType,
            format!("{what} partitioned table \"{from}\" referencing relation \"{to}\""),
            constraint.range,
        )
    }

    fn referring_columns(&self, table: ObjectId, columns: &[Ident]) -> Outcome<Vec<ColumnNumber>> {
        too_many(columns)?;
        columns.iter().map(|it| self.foreign_key_column(table, it)).collect()
    }

    fn foreign_key_column(&self, table: ObjectId, name: &Ident) -> Outcome<ColumnNumber> {
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        match relation.column(&name.text) {
            Some(column) => Ok(column.number),
            None if self.catalog.is_uncertain(table) => Err(Stop::Unknown),
            None => {
                let message = format!(
                    "column \"{}\" referenced in foreign key constraint does not exist",
                    name.text
                );
                Refusal { message, ..no_column(self.catalog, table, name) }.stop()
            }
        }
    }

    /// The columns of `SET NULL (…)`, which must be among those that refer.
    fn columns_to_set(
        &self,
        table: ObjectId,
        referring: &[ColumnNumber],
        columns: &[Ident],
    ) -> Outcome<Vec<ColumnNumber>> {
        let mut numbers = Vec::new();
        for name in columns {
            let number = self.foreign_key_column(table, name)?;
            if !referring.contains(&number) {
                return refused(
                    Code::InvalidColumnReference,
                    format!(
                        "column \"{}\" referenced in ON DELETE SET action must be part of foreign key",
                        name.text
                    ),
                    name.range,
                );
            }
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// The unique index that makes a reference possible, and the columns in the reference's order.
    fn referenced_key(
        &self,
        target: ObjectId,
        reference: &Reference,
    ) -> Outcome<(ObjectId, Vec<ColumnNumber>)> {
        let name = self.catalog.get(target).map_or("", |entry| entry.object.name());
        let (range, uncertain) = (reference.table.range, self.catalog.is_uncertain(target));
        if reference.columns.is_empty() {
            let Some((constraint, index)) = self.catalog.primary_key(target) else {
                if uncertain {
                    return Err(Stop::Unknown);
                }
                let message = format!("there is no primary key for referenced table \"{name}\"");
                return Refusal::new(Code::UndefinedObject, message)
                    .at(range)
                    .also(self.created(target), "the table is created here")
                    .stop();
            };
            if self.is_deferrable(Some(constraint)) {
                let message =
                    format!("cannot use a deferrable primary key for referenced table \"{name}\"");
                return refused(Code::NotInPrerequisiteState, message, range);
            }
            return Ok((index, self.index_columns(index)));
        }
        too_many(&reference.columns)?;
        let mut columns = Vec::new();
        for name in &reference.columns {
            let column = self.foreign_key_column(target, name)?;
            if columns.contains(&column) {
                return refused(
                    Code::InvalidForeignKey,
                    "foreign key referenced-columns list must not contain duplicates",
                    name.range,
                );
            }
            columns.push(column);
        }
        let mut deferrable = None;
        for (id, index) in self.catalog.indexes(target) {
            if !covers(index, &columns) {
                continue;
            }
            if self.is_deferrable(index.constraint) {
                deferrable = Some(id);
                continue;
            }
            return Ok((id, columns));
        }
        if uncertain {
            return Err(Stop::Unknown);
        }
        if deferrable.is_some() {
            let message = format!(
                "cannot use a deferrable unique constraint for referenced table \"{name}\""
            );
            return refused(Code::NotInPrerequisiteState, message, range);
        }
        let names: Vec<&str> = reference.columns.iter().map(|it| it.text.as_str()).collect();
        let end = reference.columns.last().map_or(range, |it| it.range);
        let range = reference.columns.first().map_or(range, |it| it.range.to(end));
        Refusal::new(
            Code::InvalidForeignKey,
            format!(
                "there is no unique constraint matching given keys for referenced table \"{name}\""
            ),
        )
        .at(range)
        .also(self.created(target), "the table is created here")
        .help(format!("add a unique constraint on ({}) to \"{name}\"", names.join(", ")))
        .stop()
    }

    /// Refuses columns whose types the key's operator family has no equality for.
    pub(crate) fn types_can_be_compared(
        &self,
        (table, from): (ObjectId, ColumnNumber),
        (target, to): (ObjectId, ColumnNumber),
        name: &str,
        range: TextRange,
    ) -> Outcome {
        let found = |id, number| {
            let column = self.catalog.relation(id)?.column_numbered(number)?;
            Some((column.name.clone(), column.ty.ty, column.created, column.uncertain))
        };
        let (Some(from), Some(to)) = (found(table, from), found(target, to)) else {
            return Err(Stop::Unknown);
        };
        let certain = !from.3 && !to.3 && !self.catalog.is_uncertain(target);
        if !certain || implicitly_comparable(self.catalog, from.1, to.1) {
            return Ok(());
        }
        let ty = |ty: TypeRef| self.catalog.bare_type_name(ty);
        Refusal::new(
            Code::DatatypeMismatch,
            format!("foreign key constraint \"{name}\" cannot be implemented"),
        )
        .at(range)
        .label(format!("the key column \"{}\" has the type {}", from.0, ty(from.1)))
        .also(Some(to.2), format!("\"{}\" has the type {}", to.0, ty(to.1)))
        .stop()
    }

    /// What points to a partitioned table points to each of its partitions.
    fn foreign_key_to_partitions(&mut self, id: ObjectId, depth: u8) {
        let Some((_, key)) = self.foreign_key(id) else { return };
        for partition in self.catalog.partitions(key.table) {
            if let Some(made) = self.foreign_key_to_partition(id, partition)
                && depth < 64
            {
                self.foreign_key_to_partitions(made, depth + 1);
            }
        }
    }

    /// What points to a partitioned table points to this partition of it.
    pub(crate) fn foreign_key_to_partition(
        &mut self,
        id: ObjectId,
        partition: ObjectId,
    ) -> Option<ObjectId> {
        let (constraint, key) = self.foreign_key(id)?;
        let relation = self.catalog.relation(constraint.on)?;
        let columns = constraint.columns.iter().filter_map(|it| relation.column_numbered(*it));
        let columns: Vec<String> = columns.map(|it| it.name.clone()).collect();
        let draft = self.key_to_partition(id, &key, partition)?;
        let name = foreign_key_name(self.catalog, relation.schema, &relation.name, &columns);
        let draft = Constraint {
            name,
            kind: ConstraintKind::ForeignKey(draft),
            local: false,
            inherited: 1,
            ..constraint
        };
        Some(self.catalog.insert(Object::Constraint(draft), self.place))
    }

    /// A foreign key to a table, as one to its partition.
    fn key_to_partition(
        &self,
        id: ObjectId,
        key: &ForeignKey,
        partition: ObjectId,
    ) -> Option<ForeignKey> {
        let mut indexes = self.catalog.indexes(partition);
        let index = indexes.find(|(_, index)| index.parent == Some(key.index))?.0;
        let columns = Correspondence { catalog: self.catalog, from: key.table, to: partition };
        let columns: Option<Vec<_>> = key.columns.iter().map(|it| columns.column(*it)).collect();
        Some(ForeignKey {
            table: partition,
            columns: columns?,
            index,
            parent: Some(id),
            ..key.clone()
        })
    }

    /// A foreign key of a partitioned table is one of each of its partitions.
    fn foreign_key_on_partitions(&mut self, id: ObjectId, depth: u8) {
        let Some((constraint, _)) = self.foreign_key(id) else { return };
        for partition in self.catalog.partitions(constraint.on) {
            if let Some(made) = self.foreign_key_on_partition(id, partition)
                && depth < 64
            {
                self.foreign_key_on_partitions(made, depth + 1);
            }
        }
    }

    /// Gives a partition a foreign key of its parent: one that it has, or a new one, which is
    /// given.
    pub(crate) fn foreign_key_on_partition(
        &mut self,
        id: ObjectId,
        partition: ObjectId,
    ) -> Option<ObjectId> {
        let (constraint, key) = self.foreign_key(id)?;
        let columns = Correspondence { catalog: self.catalog, from: constraint.on, to: partition };
        let columns: Option<Vec<_>> =
            constraint.columns.iter().map(|it| columns.column(*it)).collect();
        let columns = columns?;
        let is_like = |it: &Constraint| {
            it.columns == columns
                && it.foreign_key().is_some_and(|it| {
                    it.parent.is_none() && ForeignKey { parent: None, ..key.clone() } == *it
                })
        };
        let there = self.catalog.constraints(partition).find(|(_, it)| is_like(it));
        if let Some((there, _)) = there {
            self.catalog.update(there, |entry| {
                if let Object::Constraint(constraint) = &mut entry.object {
                    (constraint.local, constraint.inherited) = (false, 1);
                    if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
                        key.parent = Some(id);
                    }
                }
            });
            return None;
        }
        let relation = self.catalog.relation(partition)?;
        let taken = self.catalog.constraints(partition).any(|(_, it)| it.name == constraint.name);
        let name = if taken {
            let names = columns.iter().filter_map(|it| relation.column_numbered(*it));
            let names: Vec<String> = names.map(|it| it.name.clone()).collect();
            foreign_key_name(self.catalog, relation.schema, &relation.name, &names)
        } else {
            constraint.name.clone()
        };
        let draft = Constraint {
            on: partition,
            name,
            columns,
            kind: ConstraintKind::ForeignKey(ForeignKey { parent: Some(id), ..key }),
            local: false,
            inherited: 1,
            ..constraint
        };
        Some(self.catalog.insert(Object::Constraint(draft), self.place))
    }

    /// A constraint that is a foreign key.
    pub(crate) fn foreign_key(&self, id: ObjectId) -> Option<(Constraint, ForeignKey)> {
        match &self.catalog.get(id)?.object {
            Object::Constraint(constraint) => {
                Some((constraint.clone(), constraint.foreign_key()?.clone()))
            }
            _ => None,
        }
    }

    fn is_deferrable(&self, constraint: Option<ObjectId>) -> bool {
        let entry = constraint.and_then(|id| self.catalog.get(id));
        matches!(entry.map(|it| &it.object), Some(Object::Constraint(it)) if it.deferrable)
    }

    fn index_columns(&self, index: ObjectId) -> Vec<ColumnNumber> {
        let index = self.catalog.relation(index).and_then(|it| it.as_index());
        index.into_iter().flat_map(|it| &it.keys).filter_map(|key| key.column).collect()
    }

    fn created(&self, id: ObjectId) -> Option<crate::catalog::Place> {
        self.catalog.get(id).map(|entry| entry.created)
    }
}

/// Whether an index makes just these columns a key, in any order.
fn covers(index: &Index, columns: &[ColumnNumber]) -> bool {
    index.unique
        && index.valid
        && index.predicate.is_none()
        && index.keys.len() == columns.len()
        && index.keys.iter().all(|key| key.column.is_some_and(|it| columns.contains(&it)))
        && columns.iter().all(|it| index.keys.iter().any(|key| key.column == Some(*it)))
}

fn action(
    action: Option<&RefAction>,
    columns: &impl Fn(&[Ident]) -> Outcome<Vec<ColumnNumber>>,
) -> Outcome<Action> {
    Ok(match action {
        None | Some(RefAction::NoAction) => Action::NoAction,
        Some(RefAction::Restrict) => Action::Restrict,
        Some(RefAction::Cascade) => Action::Cascade,
        Some(RefAction::SetNull(names)) => Action::SetNull(columns(names)?),
        Some(RefAction::SetDefault(names)) => Action::SetDefault(columns(names)?),
    })
}

fn too_many(columns: &[Ident]) -> Outcome {
    match columns.get(MAX_COLUMNS) {
        Some(column) => refused(
            Code::TooManyColumns,
            format!("cannot have more than {MAX_COLUMNS} keys in a foreign key"),
            column.range,
        ),
        None => Ok(()),
    }
}
