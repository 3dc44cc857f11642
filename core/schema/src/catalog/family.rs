//! What goes with a table: its indexes and constraints, the tables that inherit from it.

use super::{Catalog, ColumnNumber, Constraint, Index, Object, ObjectId, Relation};

impl Catalog {
    /// The indexes of a table, the oldest first.
    pub fn indexes(&self, table: ObjectId) -> impl Iterator<Item = (ObjectId, &Index)> {
        self.dependents(table).filter_map(move |id| {
            let index = self.relation(id)?.as_index()?;
            (index.table == table).then_some((id, index))
        })
    }

    /// The constraints of a table or a domain, the oldest first.
    pub fn constraints(&self, on: ObjectId) -> impl Iterator<Item = (ObjectId, &Constraint)> {
        self.dependents(on).filter_map(move |id| match &self.get(id)?.object {
            Object::Constraint(constraint) if constraint.on == on => Some((id, constraint)),
            _ => None,
        })
    }

    /// The partitions of a table, the oldest first.
    pub fn partitions(&self, table: ObjectId) -> Vec<ObjectId> {
        let is_partition = |id: &ObjectId| {
            let relation = self.relation(*id).and_then(Relation::as_table);
            relation.is_some_and(|it| it.partition_of.as_ref().is_some_and(|it| it.0 == table))
        };
        self.dependents(table).filter(is_partition).collect()
    }

    /// The tables that inherit from a table, or are partitions of it, the oldest first.
    pub fn children(&self, table: ObjectId) -> Vec<ObjectId> {
        let is_child = |id: &ObjectId| {
            self.relation(*id).and_then(Relation::as_table).is_some_and(|it| {
                it.inherits.contains(&table)
                    || it.partition_of.as_ref().is_some_and(|it| it.0 == table)
            })
        };
        self.dependents(table).filter(is_child).collect()
    }

    /// A table and all that inherit from it, in any number of steps, each once.
    pub fn with_descendants(&self, table: ObjectId) -> Vec<ObjectId> {
        let mut all = vec![table];
        let mut at = 0;
        while let Some(id) = all.get(at).copied() {
            for child in self.children(id) {
                if !all.contains(&child) {
                    all.push(child);
                }
            }
            at += 1;
        }
        all
    }

    /// The sequence that goes with a column.
    pub fn owned_sequence(&self, table: ObjectId, column: ColumnNumber) -> Option<ObjectId> {
        self.dependents(table).find(|id| {
            let sequence = self.relation(*id).and_then(Relation::as_sequence);
            let owner = sequence.and_then(|it| it.owner);
            owner.is_some_and(|it| it.table == table && it.column == column)
        })
    }
}
