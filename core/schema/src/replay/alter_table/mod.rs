//! `ALTER TABLE`, and the same of views, indexes and sequences.
//!
//! All actions of a statement are examined first, in the order of the text; then they are done in
//! the order of their [passes](pass).

mod add_column;
mod again;
mod column;
mod column_type;
mod constraint;
mod identity;
mod inherit;
mod part;
mod partition;
mod pass;
mod rebuild;
mod recheck;
mod storage;
mod typed;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use column_type::NewType;
use pass::{Kinds, Pass, words};

use super::names::{no_relation, no_schema};
use super::table::is_system_column;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{
    AlterColumnAction as OfColumn, AlterTable, AlterTableActionKind as Action, AlteredColumn,
    Ident, ObjectKind, ObjectRef, SetSchema, Signature, TableConstraint, TextRange,
};
use crate::builtin::Home;
use crate::catalog::{
    Column, ColumnNumber, Lookup, Object, ObjectId, Relation, RelationHit, RelationKind,
};

/// A relation that is being altered.
#[derive(Debug, Clone, Copy)]
struct Altered {
    id: ObjectId,
    /// Whether what inherits from it is altered too: no `ONLY`.
    recurse: bool,
    /// Where the statement names it.
    range: TextRange,
}

/// Something that is still to be done.
enum Step<'s> {
    Action(&'s Action, TextRange),
    /// A constraint of a column that the statement added.
    Constraint(Box<TableConstraint>),
}

/// What is still to be done.
#[derive(Default)]
struct Steps<'s> {
    queues: BTreeMap<Pass, VecDeque<Step<'s>>>,
    /// The columns whose type changed.
    retyped: Vec<column_type::Retyped>,
}

impl<'s> Steps<'s> {
    fn push(&mut self, pass: Pass, step: Step<'s>) {
        self.queues.entry(pass).or_default().push_back(step);
    }

    fn next(&mut self) -> Option<Step<'s>> {
        while let Some(mut first) = self.queues.first_entry() {
            match first.get_mut().pop_front() {
                Some(step) => return Some(step),
                None => drop(first.remove()),
            }
        }
        None
    }

    /// Whether all of a pass and of those before it is done.
    fn is_past(&self, pass: Pass) -> bool {
        self.queues.range(..=pass).all(|(_, steps)| steps.is_empty())
    }
}

impl Run<'_> {
    pub(super) fn alter_table(&mut self, statement: &AlterTable) -> Outcome {
        let name = &statement.table.name;
        let id = match self.catalog.find_relation(name) {
            Lookup::Found(RelationHit::Own(id)) => id,
            Lookup::Found(RelationHit::Known(_, home)) => {
                return alter_known(statement, home);
            }
            Lookup::Missing if statement.if_exists => return Ok(()),
            Lookup::Missing => {
                let gone = |schema: &&Ident| self.catalog.schema(&schema.text).is_missing();
                return match name.schema().filter(gone) {
                    Some(schema) => no_schema(self.catalog, schema).stop(),
                    None => no_relation(self.catalog, name).stop(),
                };
            }
            Lookup::Unknown => return Err(Stop::Unknown),
        };
        if self.catalog.is_uncertain(id) {
            return Err(Stop::Unknown);
        }
        let table = Altered { id, recurse: !statement.table.only, range: name.range };
        self.is_called(table, statement.kind)?;
        let mut steps = Steps::default();
        for action in &statement.actions {
            self.examine(table, &action.kind, action.range)?;
            steps.push(Pass::of(&action.kind), Step::Action(&action.kind, action.range));
        }
        loop {
            if !steps.retyped.is_empty() && steps.is_past(Pass::ColumnType) {
                let retyped = std::mem::take(&mut steps.retyped);
                self.rebuild(&retyped)?;
            }
            match steps.next() {
                Some(Step::Action(action, range)) => self.act(table, action, range, &mut steps)?,
                Some(Step::Constraint(constraint)) => self.add_constraint_to(table, &constraint)?,
                None => return Ok(()),
            }
        }
    }

    /// Refuses `ALTER VIEW` of a table and its like.
    fn is_called(&self, table: Altered, kind: ObjectKind) -> Outcome {
        let relation = self.altered(table.id)?;
        let is = |article: &str| {
            wrong_kind(format!("\"{}\" is not {article}", relation.name))
                .label(format!("this is a {}", relation.kind_name()))
        };
        let as_table = relation.as_table();
        let refusal = match (kind, &relation.kind) {
            (ObjectKind::Table, RelationKind::Composite) => {
                let message = format!("\"{}\" is a composite type", relation.name);
                wrong_kind(message).help("use `ALTER TYPE`")
            }
            (ObjectKind::View, RelationKind::View(_))
            | (ObjectKind::MaterializedView, RelationKind::MaterializedView { .. })
            | (ObjectKind::Index, RelationKind::Index(_))
            | (ObjectKind::Sequence, RelationKind::Sequence(_)) => return Ok(()),
            (ObjectKind::View, _) => is("a view"),
            (ObjectKind::MaterializedView, _) => is("a materialized view"),
            (ObjectKind::Index, _) => is("an index"),
            (ObjectKind::Sequence, _) => is("a sequence"),
            (ObjectKind::ForeignTable, _) if as_table.is_none_or(|it| it.foreign.is_none()) => {
                is("a foreign table")
            }
            _ => return Ok(()),
        };
        let created = self.catalog.get(table.id).map(|entry| entry.created);
        refusal.at(table.range).also(created, "created here").stop()
    }

    /// What is refused before anything is done.
    fn examine(&self, table: Altered, action: &Action, range: TextRange) -> Outcome {
        let relation = self.altered(table.id)?;
        if !Kinds::of(action).has(self.catalog, relation) {
            let (words, name) = (words(action), &relation.name);
            let message =
                format!("ALTER action {words} cannot be performed on relation \"{name}\"");
            let kind = match relation.kind_name() {
                "index" => "indexes".to_owned(),
                kind => format!("{kind}s"),
            };
            let created = self.catalog.get(table.id).map(|entry| entry.created);
            return wrong_kind(message)
                .at(range)
                .label(format!("this operation is not supported for {kind}"))
                .also(created, "created here")
                .stop();
        }
        match action {
            Action::AddColumn { column, .. } => {
                self.not_typed(relation, "cannot add column to typed table", column.range)
            }
            Action::DropColumn { column, .. } => {
                self.not_typed(relation, "cannot drop column from typed table", column.range)
            }
            Action::AlterColumn { column: AlteredColumn::Name(column), action } => match action {
                OfColumn::SetType { ty, collation, using } => {
                    self.not_typed(relation, "cannot alter column type of typed table", range)?;
                    let (collation, using) = (collation.as_ref(), using.as_ref());
                    self.examine_type(table, column, &NewType { ty, collation, using })
                }
                OfColumn::DropExpression { .. } => self.examine_drop_expression(table, column),
                _ => Ok(()),
            },
            Action::Inherit(_) | Action::NoInherit(_) => {
                self.not_typed(relation, "cannot change inheritance of typed table", range)?;
                self.examine_inherit(table, action, range)
            }
            _ => Ok(()),
        }
    }

    fn act<'s>(
        &mut self,
        table: Altered,
        action: &'s Action,
        range: TextRange,
        steps: &mut Steps<'s>,
    ) -> Outcome {
        match action {
            Action::AddColumn { column, if_not_exists } => {
                self.add_column(table, column, *if_not_exists, steps)
            }
            Action::DropColumn { column, if_exists, cascade } => {
                self.drop_column(table, column, *if_exists, *cascade)
            }
            Action::AlterColumn { column, action } => {
                self.alter_column(table, column, action, range, steps)
            }
            Action::AddConstraint(constraint) => self.add_constraint_to(table, constraint),
            Action::AlterConstraint { name, attributes } => {
                self.alter_constraint(table, name, attributes)
            }
            Action::ValidateConstraint(name) => self.validate_constraint(table, name),
            Action::DropConstraint { name, if_exists, cascade } => {
                self.drop_constraint(table, name, *if_exists, *cascade)
            }
            Action::AttachPartition { partition, bound: Some(bound) } => {
                self.attach_partition(table, partition, bound)
            }
            Action::AttachPartition { partition, bound: None } => {
                self.attach_index_partition(table, partition)
            }
            Action::DetachPartition { partition, mode } => {
                self.detach_partition(table, partition, *mode, range)
            }
            // Of no version that is known here.
            Action::MergePartitions { .. } | Action::SplitPartition { .. } => Err(Stop::Unknown),
            Action::Inherit(parent) => self.inherit(table, parent),
            Action::NoInherit(parent) => self.no_inherit(table, parent),
            Action::OfType(ty) => self.of_type(table, ty),
            Action::NotOf => self.not_of(table, range),
            Action::OwnerTo(role) => self.alter_owner(table, role),
            Action::SetSchema(schema) => self.set_schema(&SetSchema {
                object: ObjectRef {
                    kind: ObjectKind::Table,
                    name: Ident::new(self.altered(table.id)?.name.clone(), table.range).into(),
                    signature: Signature::None,
                    range: table.range,
                },
                if_exists: false,
                schema: schema.clone(),
            }),
            Action::SetTablespace(space) => self.set_tablespace(table, space),
            Action::SetAccessMethod(method) => {
                self.set_access_method(table, method.as_ref(), range)
            }
            Action::SetLogged | Action::SetUnlogged => {
                self.set_logged(table, matches!(action, Action::SetLogged), range)
            }
            Action::SetOptions(options) => self.set_parameters(table, options),
            Action::ResetOptions(options) => self.reset_parameters(table, options),
            // Nothing of these is in the catalog.
            Action::SetWithoutOids
            | Action::ForeignOptions(_)
            | Action::DependsOnExtension { .. } => Ok(()),
            Action::ClusterOn(index) => self.cluster_on(table, index),
            Action::SetWithoutCluster => self.set_without_cluster(table, range),
            Action::ReplicaIdentity(identity) => self.replica_identity(table, identity),
            Action::RowSecurity(security) => {
                self.row_security(table, *security);
                Ok(())
            }
            Action::Trigger { fires, which } => self.trigger_fires(table, *fires, which),
            Action::Rule { fires, name } => self.rule_fires(table, *fires, name),
        }
    }

    fn alter_column<'s>(
        &mut self,
        table: Altered,
        column: &'s AlteredColumn,
        action: &'s OfColumn,
        range: TextRange,
        steps: &mut Steps<'s>,
    ) -> Outcome {
        let name = match column {
            AlteredColumn::Name(name) => name,
            AlteredColumn::Number(number) => {
                return self.index_statistics(table, number, action, range);
            }
        };
        if let OfColumn::Inherit(inherit) = action {
            return self.constraint_inherits(table, name, *inherit);
        }
        if is_system_column(&name.text) && !self.altered(table.id)?.columns.is_empty() {
            let message = format!("cannot alter system column \"{}\"", name.text);
            return Refusal::new(Code::FeatureNotSupported, message).at(name.range).stop();
        }
        if self.altered(table.id)?.as_index().is_some() {
            // Its columns have the names that they had when it was made, which are not kept.
            return Ok(());
        }
        let number = self.column(table.id, name)?;
        match action {
            OfColumn::SetType { ty, collation, using } => {
                let (collation, using) = (collation.as_ref(), using.as_ref());
                self.set_type(table, name, &NewType { ty, collation, using }, steps)
            }
            OfColumn::SetDefault(expr) => self.set_default(table, name, Some(expr)),
            OfColumn::DropDefault => self.set_default(table, name, None),
            OfColumn::SetNotNull => self.set_not_null(table, name),
            OfColumn::DropNotNull => self.drop_not_null(table, name),
            OfColumn::SetExpression(expr) => self.set_expression(table, name, expr),
            OfColumn::DropExpression { if_exists } => self.drop_expression(table, name, *if_exists),
            OfColumn::AddIdentity { always, options } => {
                self.add_identity(table, name, *always, options)
            }
            OfColumn::SetIdentity { always, options } => {
                self.set_identity(table, name, *always, options)
            }
            OfColumn::DropIdentity { if_exists } => self.drop_identity(table, name, *if_exists),
            OfColumn::SetStatistics(target) => self.set_statistics(table, number, target.as_ref()),
            OfColumn::SetOptions(options) => self.set_column_options(table, number, options),
            OfColumn::ResetOptions(options) => self.reset_column_options(table, number, options),
            OfColumn::SetStorage(storage) => self.set_storage(table, number, storage),
            OfColumn::SetCompression(method) => self.set_compression(table, number, method),
            OfColumn::ForeignOptions(_) | OfColumn::Inherit(_) => Ok(()),
        }
    }

    /// A relation that was there when the statement began.
    fn altered(&self, id: ObjectId) -> Outcome<&Relation> {
        self.catalog.relation(id).ok_or(Stop::Unknown)
    }

    /// A column of it.
    fn altered_column(&self, id: ObjectId, number: ColumnNumber) -> Outcome<&Column> {
        self.altered(id)?.column_numbered(number).ok_or(Stop::Unknown)
    }

    fn update_column(
        &mut self,
        id: ObjectId,
        number: ColumnNumber,
        change: impl FnOnce(&mut Column),
    ) {
        self.catalog.update_relation(id, |relation| {
            if let Some(column) = relation.column_mut(number) {
                change(column);
            }
        });
    }

    /// What an action is done to that goes down to all children without further ado.
    fn reached(&self, table: Altered) -> Vec<ObjectId> {
        if table.recurse { self.catalog.with_descendants(table.id) } else { vec![table.id] }
    }

    fn is_partitioned(&self, id: ObjectId) -> bool {
        let table = self.catalog.relation(id).and_then(Relation::as_table);
        table.is_some_and(|it| it.partition_key.is_some())
    }

    /// What needs a table: its constraints, indexes, triggers, and what else names it.
    fn parts(&self, table: ObjectId) -> impl Iterator<Item = (ObjectId, &Object)> {
        let object = |id| self.catalog.get(id).map(|entry| (id, &entry.object));
        self.catalog.dependents(table).filter_map(object)
    }
}

fn wrong_kind(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::WrongObjectType, message)
}

fn bad_table(message: impl Into<String>, range: TextRange) -> Refusal {
    Refusal::new(Code::InvalidTableDefinition, message).at(range)
}

/// `ALTER` of a relation that the server or an extension brought.
fn alter_known(statement: &AlterTable, home: Home<'_>) -> Outcome {
    let name = &statement.table.name;
    if home == Home::Catalog {
        let message = format!("permission denied: \"{}\" is a system catalog", name.name.text);
        return Refusal::new(Code::InsufficientPrivilege, message).at(name.range).stop();
    }
    let changes_columns = statement.actions.iter().any(|action| {
        matches!(
            action.kind,
            Action::AddColumn { .. } | Action::DropColumn { .. } | Action::AttachPartition { .. }
        )
    });
    // Nothing else of it is in the catalog.
    if changes_columns { Err(Stop::Unknown) } else { Ok(()) }
}
