//! Commands that look after relations, and change no definition: `TRUNCATE`, `LOCK`, `VACUUM`,
//! `COPY`, `REINDEX`, `CLUSTER`, `EXPLAIN`.

use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{
    Cluster, Copy, CopySource, Ident, Lock, Name, Reindex, ReindexTarget, RelationRef, Statement,
    Truncate, Vacuum,
};
use crate::catalog::{ConstraintKind, Lookup, NameSpace, Object, ObjectId, RelationHit};

impl Run<'_> {
    /// The relation of the chain that a name leads to; none for one of the server's.
    fn own(&self, name: &Name) -> Outcome<Option<ObjectId>> {
        Ok(match self.relation_hit(name)? {
            RelationHit::Own(id) => Some(id),
            RelationHit::Known(..) => None,
        })
    }

    fn wrong_kind(&self, id: ObjectId, name: &Name, wanted: &str) -> Outcome {
        let _ = self.catalog.relation(id);
        Refusal::new(Code::WrongObjectType, format!("\"{}\" is not {wanted}", name.name.text))
            .at(name.range)
            .stop()
    }

    /// `TRUNCATE`.
    pub(super) fn truncate(&mut self, statement: &Truncate) -> Outcome {
        let mut tables = Vec::new();
        for RelationRef { name, .. } in &statement.tables {
            let Some(id) = self.own(name)? else { continue };
            if self.catalog.relation(id).is_some_and(|it| it.as_table().is_none()) {
                return self.wrong_kind(id, name, "a table");
            }
            tables.push((id, name));
        }
        if statement.cascade {
            return Ok(());
        }
        for (id, name) in &tables {
            let foreign = self.catalog.dependents(*id).find(|dependent| {
                match self.catalog.get(*dependent).map(|entry| (&entry.object, entry.uncertain)) {
                    Some((Object::Constraint(it), false)) => match &it.kind {
                        ConstraintKind::ForeignKey(key) => {
                            key.table == *id && !tables.iter().any(|(table, _)| *table == it.on)
                        }
                        _ => false,
                    },
                    _ => false,
                }
            });
            if let Some(foreign) = foreign.filter(|_| !self.catalog.is_uncertain(*id)) {
                let created = self.catalog.get(foreign).map(|entry| entry.created);
                return Refusal::new(
                    Code::FeatureNotSupported,
                    "cannot truncate a table referenced in a foreign key constraint",
                )
                .at(name.range)
                .also(created, "the foreign key")
                .help("truncate both tables in one statement, or write `CASCADE`")
                .stop();
            }
        }
        Ok(())
    }

    /// `LOCK`.
    pub(super) fn lock(&mut self, statement: &Lock) -> Outcome {
        for RelationRef { name, .. } in &statement.tables {
            if let Some(id) = self.own(name)?
                && self.catalog.relation(id).is_some_and(|it| {
                    it.as_table().is_none()
                        && !matches!(it.kind, crate::catalog::RelationKind::View(_))
                })
            {
                return self.wrong_kind(id, name, "a table or view");
            }
        }
        Ok(())
    }

    /// `VACUUM` and `ANALYZE`.
    pub(super) fn vacuum(&mut self, statement: &Vacuum) -> Outcome {
        for table in &statement.tables {
            if let Some(id) = self.own(&table.table.name)? {
                for column in &table.columns {
                    self.column(id, column)?;
                }
            }
        }
        Ok(())
    }

    /// `COPY`.
    pub(super) fn copy(&mut self, statement: &Copy) -> Outcome {
        match &statement.source {
            CopySource::Table { name, columns } => {
                if let Some(id) = self.own(name)? {
                    for column in columns {
                        self.column(id, column)?;
                    }
                }
                Ok(())
            }
            CopySource::Query(statement) => self.query_only(statement),
        }
    }

    /// `REINDEX`.
    pub(super) fn reindex(&mut self, statement: &Reindex) -> Outcome {
        match &statement.target {
            ReindexTarget::Index(name) => {
                if let Some(id) = self.own(name)?
                    && self.catalog.relation(id).is_some_and(|it| it.as_index().is_none())
                {
                    return self.wrong_kind(id, name, "an index");
                }
                Ok(())
            }
            ReindexTarget::Table(name) => {
                if let Some(id) = self.own(name)?
                    && self
                        .catalog
                        .relation(id)
                        .is_some_and(|it| it.as_index().is_some() || it.as_sequence().is_some())
                {
                    return self.wrong_kind(id, name, "a table or materialized view");
                }
                Ok(())
            }
            ReindexTarget::Schema(name) => match self.catalog.schema(&name.text) {
                Lookup::Missing => super::names::no_schema(self.catalog, name).stop(),
                Lookup::Found(_) | Lookup::Unknown => Ok(()),
            },
            ReindexTarget::Database(_) | ReindexTarget::System(_) => Ok(()),
        }
    }

    /// `CLUSTER`.
    pub(super) fn cluster(&mut self, statement: &Cluster) -> Outcome {
        let Some(table) = &statement.table else { return Ok(()) };
        let Some(id) = self.own(table)? else { return Ok(()) };
        let Some(index) = &statement.index else { return Ok(()) };
        let index_id = self.index_of(id, index)?;
        self.catalog.update_relation(id, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.clustered_on = index_id;
            }
        });
        Ok(())
    }

    /// An index of a table, by its name; none where it is not certain.
    fn index_of(&self, table: ObjectId, name: &Ident) -> Outcome<Option<ObjectId>> {
        let Some(schema) = self.catalog.relation(table).map(|it| it.schema) else {
            return Ok(None);
        };
        let found = self.catalog.named(NameSpace::Relation, Some(schema), &name.text).first();
        match found {
            Some(id) => {
                let of = self.catalog.relation(*id).and_then(|it| it.as_index()).map(|it| it.table);
                if of == Some(table) {
                    Ok(Some(*id))
                } else {
                    Refusal::new(
                        Code::WrongObjectType,
                        format!("\"{}\" is not an index for this table", name.text),
                    )
                    .at(name.range)
                    .stop()
                }
            }
            None if self.catalog.is_uncertain(table) => Ok(None),
            None => Refusal::new(
                Code::UndefinedObject,
                format!("index \"{}\" for table does not exist", name.text),
            )
            .at(name.range)
            .went(self.catalog.former(NameSpace::Relation, Some(schema), &name.text))
            .stop(),
        }
    }

    /// `EXPLAIN`, which runs nothing unless it is to `ANALYZE`.
    pub(super) fn explain(&mut self, analyze: bool, statement: &Statement) -> Outcome {
        if analyze { self.statement(statement) } else { self.query_only(statement) }
    }
}
