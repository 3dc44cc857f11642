//! Making an index, the constraint that it enforces, and the same on all partitions.
//!
//! Source: `DefineIndex` in PostgreSQL's `commands/indexcmds.c`, `index_create` in
//! `catalog/index.c`.

use super::draft::IndexDraft;
use super::is_partitioned;
use crate::Code;
use crate::ast::{Ident, TextRange};
use crate::catalog::{
    ColumnNumber, Constraint, ConstraintKind, Index, Object, ObjectId, Relation, RelationKind,
};
use crate::replay::choose_name::{self, IndexPurpose};
use crate::replay::{Outcome, Refusal, Run, Stop};

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Built {
    pub(crate) index: ObjectId,
    pub(crate) constraint: Option<ObjectId>,
}

impl Run<'_> {
    /// Makes an index, with its constraint, and on partitions too unless it is on the table
    /// `only`.
    pub(crate) fn build_index(&mut self, draft: IndexDraft, only: bool) -> Outcome<Built> {
        self.build_index_under(draft, None, only)
    }

    fn build_index_under(
        &mut self,
        mut draft: IndexDraft,
        parent: Option<ObjectId>,
        only: bool,
    ) -> Outcome<Built> {
        let table = draft.index.table;
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        let (schema, table_name) = (relation.schema, relation.name.clone());
        let (persistence, partitioned) = (relation.persistence, is_partitioned(&relation.kind));
        if draft.index.unique || draft.purpose.is_constraint() {
            self.key_has_partition_key(&draft)?;
        }
        let name = if let Some(name) = &draft.name {
            self.relation_name_is_free(schema, name)?;
            if draft.purpose.is_constraint() {
                self.constraint_is_new(table, name)?;
            }
            self.make_room(schema, name);
            name.text.clone()
        } else {
            let names = self.key_names(&draft.index);
            choose_name::index_name(self.catalog, schema, &table_name, &names, draft.purpose)
        };
        draft.index.parent = parent;
        draft.index.valid = !(partitioned && only);
        let columns: Vec<ColumnNumber> =
            draft.index.keys.iter().filter_map(|it| it.column).collect();
        let index = self.catalog.insert(
            Object::Relation(Relation {
                schema,
                name: name.clone(),
                kind: RelationKind::Index(draft.index.clone()),
                columns: Vec::new(),
                next_column: 1,
                persistence,
                options: draft.options.clone(),
                access_method: None,
                tablespace: draft.tablespace.clone(),
            }),
            self.place,
        );
        let constraint = draft.purpose.is_constraint().then(|| {
            let kind = match draft.purpose {
                IndexPurpose::PrimaryKey => ConstraintKind::PrimaryKey(index),
                IndexPurpose::Exclusion => {
                    ConstraintKind::Exclusion { index, operators: draft.enforced.operators.clone() }
                }
                IndexPurpose::Unique | IndexPurpose::Plain => ConstraintKind::Unique(index),
            };
            self.catalog.insert(
                Object::Constraint(Constraint {
                    columns: columns.clone(),
                    deferrable: draft.enforced.deferrable,
                    deferred: draft.enforced.deferred,
                    local: parent.is_none(),
                    inherited: u16::from(parent.is_some()),
                    ..Constraint::new(table, name, kind)
                }),
                self.place,
            )
        });
        self.catalog.update_relation(index, |it| {
            if let RelationKind::Index(index) = &mut it.kind {
                index.constraint = constraint;
            }
        });
        if draft.purpose == IndexPurpose::PrimaryKey {
            for column in columns {
                self.forbid_null(table, column);
            }
        }
        if partitioned && !only {
            for partition in self.catalog.partitions(table) {
                self.index_on_partition(index, partition, draft.range)?;
            }
        }
        Ok(Built { index, constraint })
    }

    /// Gives a partition the index that its parent has: one that it has already, if it is like
    /// it, or a new one.
    pub(crate) fn index_on_partition(
        &mut self,
        parent: ObjectId,
        partition: ObjectId,
        range: TextRange,
    ) -> Outcome {
        let foreign = |it: &Relation| it.as_table().is_some_and(|it| it.foreign.is_some());
        if self.catalog.relation(partition).is_none_or(foreign) {
            return Ok(());
        }
        let Some(draft) = IndexDraft::copy_of(self.catalog, parent, partition, range) else {
            return Ok(());
        };
        let found = self
            .catalog
            .indexes(partition)
            .find(|(_, index)| index.parent.is_none() && draft.is_like(self.catalog, index));
        let Some((found, constraint)) = found.map(|(id, index)| (id, index.constraint)) else {
            self.build_index_under(draft, Some(parent), false)?;
            return Ok(());
        };
        self.make_partition_of(found, constraint.filter(|_| draft.purpose.is_constraint()), parent);
        Ok(())
    }

    /// Makes an index the partition of another, and its constraint one that is inherited.
    pub(crate) fn make_partition_of(
        &mut self,
        index: ObjectId,
        constraint: Option<ObjectId>,
        parent: ObjectId,
    ) {
        self.catalog.update_relation(index, |it| {
            if let RelationKind::Index(index) = &mut it.kind {
                index.parent = Some(parent);
            }
        });
        if let Some(constraint) = constraint {
            self.catalog.update(constraint, |entry| {
                if let Object::Constraint(constraint) = &mut entry.object {
                    (constraint.local, constraint.inherited) = (false, 1);
                }
            });
        }
    }

    /// Says that a column of a table, and of those that inherit it, is never null.
    pub(crate) fn forbid_null(&mut self, table: ObjectId, column: ColumnNumber) {
        let Some(name) = self
            .catalog
            .relation(table)
            .and_then(|it| it.column_numbered(column))
            .map(|it| it.name.clone())
        else {
            return;
        };
        for id in self.catalog.with_descendants(table) {
            let nullable = |it: &Relation| it.column(&name).is_some_and(|it| !it.not_null);
            if self.catalog.relation(id).is_some_and(nullable) {
                self.catalog.update_relation(id, |it| {
                    if let Some(column) = it.columns.iter_mut().find(|it| it.name == name) {
                        column.not_null = true;
                    }
                });
            }
        }
    }

    /// The names from which that of an index is made.
    fn key_names(&self, index: &Index) -> Vec<String> {
        let column = |number: &ColumnNumber| {
            let relation = self.catalog.relation(index.table)?;
            Some(relation.column_numbered(*number)?.name.clone())
        };
        let keys = index
            .keys
            .iter()
            .map(|key| key.column.as_ref().and_then(column).unwrap_or_else(|| key.name.clone()));
        keys.chain(index.include.iter().filter_map(column)).collect()
    }

    /// Refuses a key of a partitioned table that does not tell its partitions apart.
    fn key_has_partition_key(&self, draft: &IndexDraft) -> Outcome {
        let relation = self.catalog.relation(draft.index.table);
        let Some(key) = relation.and_then(|it| it.as_table()?.partition_key.as_ref()) else {
            return Ok(());
        };
        let what = match draft.purpose {
            IndexPurpose::PrimaryKey => "PRIMARY KEY",
            IndexPurpose::Unique | IndexPurpose::Plain => "UNIQUE",
            IndexPurpose::Exclusion if self.catalog.version().major() < 17 => {
                return Refusal::new(
                    Code::FeatureNotSupported,
                    "cannot create exclusion constraints on partitioned table",
                )
                .at(draft.range)
                .stop();
            }
            IndexPurpose::Exclusion => "EXCLUDE",
        };
        let has =
            |column: &ColumnNumber| draft.index.keys.iter().any(|key| key.column == Some(*column));
        let columns: Option<Vec<ColumnNumber>> = key.columns.iter().copied().collect();
        let Some(columns) = columns else {
            return Refusal::new(
                Code::FeatureNotSupported,
                format!("unsupported {what} constraint with partition key definition"),
            )
            .at(draft.range)
            .help(format!(
                "{what} constraints cannot be used when partition keys include expressions"
            ))
            .stop();
        };
        let Some(missing) = columns.iter().find(|column| !has(column)) else { return Ok(()) };
        let missing = relation.and_then(|it| it.column_numbered(*missing));
        let missing = missing.map_or("", |it| it.name.as_str());
        Refusal::new(
            Code::FeatureNotSupported,
            "unique constraint on partitioned table must include all partitioning columns",
        )
        .at(draft.range)
        .label(format!("lacks the column \"{missing}\" of the partition key"))
        .stop()
    }

    /// Refuses a name that a constraint of the table or domain has already.
    pub(crate) fn constraint_is_new(&self, on: ObjectId, name: &Ident) -> Outcome {
        let space = crate::catalog::NameSpace::Constraint;
        let Some(&taken) = self.catalog.named(space, Some(on), &name.text).first() else {
            return Ok(());
        };
        if self.catalog.is_uncertain(taken) || self.catalog.is_uncertain(on) {
            return Ok(());
        }
        let table = self.catalog.get(on).map_or("", |entry| entry.object.name());
        Refusal::new(
            Code::DuplicateObject,
            format!("constraint \"{}\" for relation \"{table}\" already exists", name.text),
        )
        .at(name.range)
        .also(self.catalog.get(taken).map(|entry| entry.created), "created here")
        .stop()
    }
}
