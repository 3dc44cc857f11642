//! Materialized views, and `REFRESH`.
//!
//! Source: `ExecCreateTableAs` in PostgreSQL's `commands/createas.c`, `ExecRefreshMatView` in
//! `commands/matview.c`.

use crate::Code;
use crate::ast::{CreateMaterializedView, Persistence, Refresh};
use crate::builtin;
use crate::catalog::{ObjectId, RelationHit, RelationKind};
use crate::replay::options::Owner;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(in super::super) fn create_materialized_view(
        &mut self,
        statement: &CreateMaterializedView,
    ) -> Outcome {
        let name = &statement.name;
        let mut body = self.view_body(&statement.query, "materialized views")?;
        if body.is_temporary(self.catalog) {
            return refused(
                Code::FeatureNotSupported,
                "materialized views must not use temporary tables or views",
                statement.query.range,
            );
        }
        let (schema, persistence) = self.creation_place(name, Persistence::Permanent)?;
        if statement.if_not_exists && self.relation_exists(schema, &name.name) {
            return Ok(());
        }
        body.rename(&statement.columns, "too many column names were specified")?;
        let options = self.options(&statement.with, Owner::Table)?;
        body.has_no_duplicates()?;
        body.have_types(self)?;
        let kind = RelationKind::MaterializedView {
            query: body.text.clone(),
            populated: !statement.with_no_data,
        };
        let access_method = statement.access_method.as_ref().map(|it| it.text.clone());
        let tablespace = statement.tablespace.as_ref().map(|it| it.text.clone());
        self.make_view(schema, name, persistence, body, kind, |it| {
            it.options = options;
            it.access_method = access_method.filter(|it| it != "heap");
            it.tablespace = tablespace;
        })
    }

    pub(in super::super) fn refresh(&mut self, statement: &Refresh) -> Outcome {
        let name = &statement.view;
        let refuse = |code: Code, message: String| refused(code, message, name.range);
        if let Some(schema) = name.schema()
            && self.catalog.schema(&schema.text).is_missing()
        {
            return crate::replay::names::no_schema(self.catalog, schema).stop();
        }
        let id = match self.relation_hit(name)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(relation, _) => {
                let text = &name.name.text;
                return match relation.kind {
                    builtin::RelationKind::MaterializedView => Ok(()),
                    builtin::RelationKind::Table => not_materialized(text, name.range).stop(),
                    _ => refuse(
                        Code::WrongObjectType,
                        format!("\"{text}\" is not a table or materialized view"),
                    ),
                };
            }
        };
        let Some(found) = self.catalog.relation(id) else { return Ok(()) };
        if self.catalog.is_uncertain(id) {
            return Ok(());
        }
        let populated = match &found.kind {
            RelationKind::MaterializedView { populated, .. } => *populated,
            RelationKind::Table(_) => {
                return not_materialized(&found.name, name.range)
                    .also(self.catalog.get(id).map(|it| it.created), "created here")
                    .stop();
            }
            _ => {
                return refuse(
                    Code::WrongObjectType,
                    format!("\"{}\" is not a table or materialized view", found.name),
                );
            }
        };
        if statement.concurrently {
            if !populated {
                return refuse(
                    Code::FeatureNotSupported,
                    "CONCURRENTLY cannot be used when the materialized view is not populated"
                        .to_owned(),
                );
            }
            if statement.with_no_data {
                return refuse(
                    Code::SyntaxError,
                    "CONCURRENTLY and WITH NO DATA options cannot be used together".to_owned(),
                );
            }
            self.can_refresh_concurrently(id, name)?;
        }
        let populated = !statement.with_no_data;
        self.catalog.update_relation(id, |relation| {
            if let RelationKind::MaterializedView { populated: it, .. } = &mut relation.kind {
                *it = populated;
            }
        });
        Ok(())
    }

    /// There must be a unique index of all rows, on columns.
    fn can_refresh_concurrently(&self, id: ObjectId, name: &crate::ast::Name) -> Outcome {
        let usable = self.catalog.dependents(id).any(|it| {
            let index = self.catalog.relation(it).and_then(|it| it.as_index());
            index.is_some_and(|index| {
                index.table == id
                    && index.unique
                    && index.valid
                    && index.predicate.is_none()
                    && !index.keys.is_empty()
                    && index.keys.iter().all(|key| key.column.is_some())
            })
        });
        // Of an index that may be there, nothing is known.
        let uncertain = self.catalog.dependents(id).any(|it| self.catalog.is_uncertain(it));
        if usable || uncertain {
            return Ok(());
        }
        let schema = self.catalog.relation(id).and_then(|it| self.catalog.get(it.schema));
        let schema = schema.map_or("", |it| it.object.name());
        let view = format!("{schema}.{}", name.name);
        Refusal::new(
            Code::NotInPrerequisiteState,
            format!("cannot refresh materialized view \"{view}\" concurrently"),
        )
        .at(name.range)
        .help(
            "create a unique index with no WHERE clause on one or more columns of the \
             materialized view",
        )
        .stop()
    }
}

fn not_materialized(name: &str, range: crate::ast::TextRange) -> Refusal {
    Refusal::new(Code::FeatureNotSupported, format!("\"{name}\" is not a materialized view"))
        .at(range)
}
