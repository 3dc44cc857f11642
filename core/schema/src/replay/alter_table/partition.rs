//! `ATTACH PARTITION` and `DETACH PARTITION`, of tables and of indexes.
//!
//! Source: PostgreSQL's `ATExecAttachPartition`, `ATExecDetachPartition`,
//! `ATExecAttachPartitionIdx`.

use super::{Altered, wrong_kind};
use crate::Code;
use crate::ast::{DetachMode, Name, PartitionBound, Persistence, TextRange};
use crate::catalog::{
    ConstraintKind, Index, Object, ObjectId, Relation, RelationHit, RelationKind, Target, Text,
};
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn attach_partition(
        &mut self,
        parent: Altered,
        partition: &Name,
        bound: &PartitionBound,
    ) -> Outcome {
        self.must_be_partitioned(parent)?;
        let id = self.own_relation(partition)?;
        if self.catalog.is_uncertain(id) {
            return Ok(());
        }
        self.can_be_attached(parent, id, partition)?;
        let text = self.partition_bound(parent.id, bound, &partition.name)?;
        self.bound_is_free(parent.id, &text, &partition.name)?;
        self.merge_columns(id, parent.id, partition.range)?;
        self.catalog.update_relation(id, |relation| {
            for column in &mut relation.columns {
                column.local = false;
            }
            if let Some(table) = relation.as_table_mut() {
                table.partition_of = Some((parent.id, text));
            }
        });
        self.merge_checks(id, parent.id, partition.range)?;
        self.primary_keys_agree(parent.id, id, partition.range)?;
        self.partition_like_parent(id, parent.id, partition.range)
    }

    fn must_be_partitioned(&self, parent: Altered) -> Outcome {
        if self.is_partitioned(parent.id) {
            return Ok(());
        }
        let message = format!("table \"{}\" is not partitioned", self.altered(parent.id)?.name);
        let created = self.catalog.get(parent.id).map(|entry| entry.created);
        Refusal::new(Code::InvalidObjectDefinition, message)
            .at(parent.range)
            .also(created, "created here")
            .stop()
    }

    /// A partition gets the primary key of its parent, and so can have no other.
    fn primary_keys_agree(&self, parent: ObjectId, id: ObjectId, range: TextRange) -> Outcome {
        let columns = |table: ObjectId| {
            let (_, index) = self.catalog.primary_key(table)?;
            let (relation, index) = (self.catalog.relation(table)?, self.catalog.relation(index)?);
            let numbers = index.as_index()?.keys.iter().map(|key| key.column);
            let name = |number| Some(relation.column_numbered(number?)?.name.as_str());
            Some(numbers.map(name).collect::<Vec<_>>())
        };
        match (columns(parent), columns(id)) {
            (Some(theirs), Some(its)) if theirs != its => self.has_no_primary_key(id, range),
            _ => Ok(()),
        }
    }

    fn can_be_attached(&self, parent: Altered, id: ObjectId, partition: &Name) -> Outcome {
        let relation = self.altered(id)?;
        let created = self.catalog.get(id).map(|entry| entry.created);
        let name = &relation.name;
        let over = self.altered(parent.id)?;
        let refused = |message: String| {
            wrong_kind(message).at(partition.range).also(created, "created here").stop()
        };
        let Some(table) = relation.as_table() else {
            return refused(format!(
                "ALTER action ATTACH PARTITION cannot be performed on relation \"{name}\""
            ));
        };
        if table.partition_of.is_some() {
            return refused(format!("\"{name}\" is already a partition"));
        }
        if table.of_type.is_some() {
            return refused("cannot attach a typed table as partition".to_owned());
        }
        if !table.inherits.is_empty() {
            return refused("cannot attach inheritance child as partition".to_owned());
        }
        if table.partition_key.is_none() && !self.catalog.children(id).is_empty() {
            return refused("cannot attach inheritance parent as partition".to_owned());
        }
        if self.catalog.with_descendants(id).contains(&parent.id) {
            return self.circular(parent.id, id, partition.range);
        }
        let temporary = |it: &Relation| it.persistence == Persistence::Temporary;
        match (temporary(over), temporary(relation)) {
            (false, true) => {
                return refused(format!(
                    "cannot attach a temporary relation as partition of permanent relation \"{}\"",
                    over.name
                ));
            }
            (true, false) => {
                return refused(format!(
                    "cannot attach a permanent relation as partition of temporary relation \"{}\"",
                    over.name
                ));
            }
            _ => {}
        }
        let extra = relation.columns.iter().find(|it| over.column(&it.name).is_none());
        if let Some(extra) = extra {
            let message = format!(
                "table \"{name}\" contains column \"{}\" not found in parent \"{}\"",
                extra.name, over.name
            );
            return Refusal::new(Code::DatatypeMismatch, message)
                .at(partition.range)
                .also(Some(extra.created), "the column is created here")
                .stop();
        }
        Ok(())
    }

    pub(super) fn detach_partition(
        &mut self,
        parent: Altered,
        partition: &Name,
        mode: DetachMode,
        range: TextRange,
    ) -> Outcome {
        if mode == DetachMode::Finalize {
            // Of a detachment that was interrupted, of which no chain knows.
            return Ok(());
        }
        self.must_be_partitioned(parent)?;
        let id = self.own_relation(partition)?;
        let relation = self.altered(id)?;
        let of = relation.as_table().and_then(|it| it.partition_of.as_ref()).map(|it| it.0);
        if of != Some(parent.id) {
            let message = format!(
                "relation \"{}\" is not a partition of relation \"{}\"",
                relation.name,
                self.altered(parent.id)?.name
            );
            let created = self.catalog.get(id).map(|entry| entry.created);
            return Refusal::new(Code::UndefinedTable, message)
                .at(partition.range)
                .also(created, "created here")
                .stop();
        }
        let default = self.catalog.children(parent.id).into_iter().find(|it| {
            let table = self.catalog.relation(*it).and_then(Relation::as_table);
            let bound = table.and_then(|it| it.partition_of.as_ref()).map(|it| &it.1);
            bound.is_some_and(|it| *it == Text::plain("DEFAULT"))
        });
        if mode == DetachMode::Concurrently && default.is_some() {
            let message = "cannot detach partitions concurrently when a default partition exists";
            return Refusal::new(Code::NotInPrerequisiteState, message).at(range).stop();
        }
        self.catalog.update_relation(id, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.partition_of = None;
            }
        });
        self.leave(id, parent.id);
        self.release_parts(id, range)
    }

    /// What the partition had for the parent's sake is its own from there on. Only the copies of
    /// triggers go.
    fn release_parts(&mut self, partition: ObjectId, range: TextRange) -> Outcome {
        let parts: Vec<(ObjectId, Object)> =
            self.parts(partition).map(|(id, object)| (id, object.clone())).collect();
        let mut going = Vec::new();
        for (id, object) in parts {
            match object {
                Object::Relation(relation)
                    if relation.as_index().is_some_and(|it| it.table == partition) =>
                {
                    let constraint = relation.as_index().and_then(|it| it.constraint);
                    self.set_index_parent(id, None);
                    if let Some(constraint) = constraint {
                        self.update_constraint(constraint, |it| {
                            (it.local, it.inherited) = (true, 0);
                        });
                    }
                }
                Object::Constraint(constraint)
                    if constraint.on == partition
                        && constraint.foreign_key().is_some_and(|key| key.parent.is_some()) =>
                {
                    self.update_constraint(id, |it| {
                        (it.local, it.inherited) = (true, 0);
                        if let ConstraintKind::ForeignKey(key) = &mut it.kind {
                            key.parent = None;
                        }
                    });
                }
                Object::Trigger(trigger) if trigger.on == partition && trigger.parent.is_some() => {
                    self.catalog.update(id, |entry| {
                        if let Object::Trigger(trigger) = &mut entry.object {
                            trigger.parent = None;
                        }
                    });
                    going.push(Target::Object(id));
                }
                _ => {}
            }
        }
        if going.is_empty() { Ok(()) } else { self.delete(&going, true, range) }
    }

    pub(super) fn set_index_parent(&mut self, index: ObjectId, parent: Option<ObjectId>) {
        self.catalog.update_relation(index, |relation| {
            if let RelationKind::Index(index) = &mut relation.kind {
                index.parent = parent;
            }
        });
    }

    /// `ALTER INDEX … ATTACH PARTITION`.
    pub(super) fn attach_index_partition(&mut self, parent: Altered, name: &Name) -> Outcome {
        let id = match self.relation_hit(name)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(..) => return Ok(()),
        };
        let (relation, over) = (self.altered(id)?, self.altered(parent.id)?);
        let created = self.catalog.get(id).map(|entry| entry.created);
        let (Some(index), Some(over_index)) = (relation.as_index(), over.as_index()) else {
            let message = format!("\"{}\" is not an index", relation.name);
            return Refusal::new(Code::InvalidObjectDefinition, message)
                .at(name.range)
                .also(created, "created here")
                .stop();
        };
        if index.parent == Some(parent.id) {
            return Ok(());
        }
        let (one, other) = (&relation.name, &over.name);
        let cannot = |code: Code, why: String| {
            let message =
                format!("cannot attach index \"{one}\" as a partition of index \"{other}\"");
            Refusal::new(code, message)
                .at(name.range)
                .label(why)
                .also(created, "the index is created here")
                .stop()
        };
        if index.parent.is_some() {
            let why = format!("index \"{one}\" is already attached to another index");
            return cannot(Code::NotInPrerequisiteState, why);
        }
        let partitions = self.catalog.children(over_index.table);
        if !partitions.contains(&index.table) {
            let why = "it is not an index on any partition of the table".to_owned();
            return cannot(Code::NotInPrerequisiteState, why);
        }
        let other_index = self.parts(parent.id).any(|(_, object)| {
            matches!(object, Object::Relation(it)
            if it.as_index().is_some_and(|it| {
                it.parent == Some(parent.id) && it.table == index.table
            }))
        });
        if other_index {
            let why = "another index is already attached for the partition".to_owned();
            return cannot(Code::NotInPrerequisiteState, why);
        }
        if self.indexes_differ(over_index, index) {
            let why = "the index definitions do not match".to_owned();
            return cannot(Code::InvalidObjectDefinition, why);
        }
        if over_index.constraint.is_some() && index.constraint.is_none() {
            let why = "the index on the parent belongs to a constraint".to_owned();
            return cannot(Code::InvalidObjectDefinition, why);
        }
        let constraint = index.constraint.filter(|_| over_index.constraint.is_some());
        self.set_index_parent(id, Some(parent.id));
        if let Some(constraint) = constraint {
            self.update_constraint(constraint, |it| (it.local, it.inherited) = (false, 1));
        }
        self.validate_index(parent.id);
        Ok(())
    }

    /// Whether two indexes are certainly not alike: in their method, whether they are unique, or
    /// the columns that they are of.
    fn indexes_differ(&self, parent: &Index, index: &Index) -> bool {
        let columns = |index: &Index| -> Vec<Option<&str>> {
            let table = self.catalog.relation(index.table);
            let name = |number| Some(table?.column_numbered(number)?.name.as_str());
            index.keys.iter().map(|key| key.column.and_then(name)).collect()
        };
        parent.method != index.method
            || parent.unique != index.unique
            || columns(parent) != columns(index)
            || parent.predicate.is_some() != index.predicate.is_some()
    }

    /// The index of a partitioned table can be used once all partitions have theirs.
    fn validate_index(&mut self, index: ObjectId) {
        let Some(of) = self.catalog.relation(index).and_then(Relation::as_index) else { return };
        let has = |partition: &ObjectId| {
            self.parts(index).any(|(_, object)| {
                matches!(object, Object::Relation(it)
                if it.as_index().is_some_and(|it| {
                    it.parent == Some(index) && it.table == *partition && it.valid
                }))
            })
        };
        if self.catalog.children(of.table).iter().all(has) {
            self.catalog.update_relation(index, |relation| {
                if let RelationKind::Index(index) = &mut relation.kind {
                    index.valid = true;
                }
            });
        }
    }
}
