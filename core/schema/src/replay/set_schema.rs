//! `SET SCHEMA`, and what moves along.

use super::describe::describe;
use super::find::{Found, Purpose};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{Ident, SetSchema};
use crate::catalog::{
    Former, Object, ObjectId, RelationHit, RelationKind, SchemaRef, Target, TypeDefinitionKind,
    Went,
};

impl Run<'_> {
    pub(super) fn set_schema(&mut self, statement: &SetSchema) -> Outcome {
        let object = &statement.object;
        let id = match self.find(object, Purpose::Alter)? {
            Found::Own(Target::Object(id)) => Some(id),
            Found::Missing(_) if statement.if_exists => return Ok(()),
            Found::Missing(refusal) => return refusal.stop(),
            _ => None,
        };
        let schema = self.own_schema(&statement.schema)?;
        let Some(id) = id else {
            self.catalog.doubtful.insert(object.name.name.text.clone());
            return Ok(());
        };
        if let Some(Object::Extension(_)) = self.catalog.get(id).map(|entry| &entry.object) {
            return self.move_extension(id, &object.name, schema);
        }
        let Some(schema) = schema else {
            // Into a schema of the system, where it is not looked for.
            self.catalog.doubtful.insert(object.name.name.text.clone());
            self.catalog.update(id, |entry| entry.uncertain = true);
            return Ok(());
        };
        let Some(entry) = self.catalog.get(id) else { return Err(Stop::Unknown) };
        if entry.object.schema() == Some(schema) {
            return Ok(());
        }
        match &entry.object {
            Object::Relation(relation) => {
                let refuse = |code, message: String| {
                    Refusal::new(code, message).at(object.name.range).stop()
                };
                match &relation.kind {
                    RelationKind::Index(_) => {
                        return refuse(
                            Code::WrongObjectType,
                            format!("cannot change schema of index \"{}\"", relation.name),
                        );
                    }
                    RelationKind::Sequence(sequence) if sequence.owner.is_some() => {
                        return refuse(
                            Code::FeatureNotSupported,
                            "cannot move an owned sequence into another schema".to_owned(),
                        );
                    }
                    _ => {}
                }
                return self.move_relation(id, schema, &statement.schema);
            }
            Object::Type(it) => {
                let names = match &it.kind {
                    TypeDefinitionKind::Range { multirange, .. } => {
                        vec![it.name.clone(), multirange.clone()]
                    }
                    _ => vec![it.name.clone()],
                };
                for name in names {
                    self.type_can_move(schema, &name, &statement.schema)?;
                }
            }
            Object::Function(it) => {
                let name = Ident::new(it.name.clone(), statement.schema.range);
                self.function_is_free(it, schema, &name)?;
            }
            Object::Statistics(_) | Object::Other(_) => {
                let name = Ident::new(entry.object.name().to_owned(), statement.schema.range);
                self.name_is_free(id, Some(schema), &name)?;
            }
            _ => return Ok(()),
        }
        self.put_into(id, schema);
        Ok(())
    }

    /// A relation, with its indexes and the sequences of its columns.
    pub(super) fn move_relation(&mut self, id: ObjectId, schema: ObjectId, to: &Ident) -> Outcome {
        let along = self.catalog.dependents(id).filter(|dependent| {
            self.catalog.relation(*dependent).is_some_and(|it| match &it.kind {
                RelationKind::Index(index) => index.table == id,
                RelationKind::Sequence(sequence) => {
                    sequence.owner.is_some_and(|owner| owner.table == id)
                }
                _ => false,
            })
        });
        let moved: Vec<ObjectId> = [id].into_iter().chain(along).collect();
        for id in moved {
            let Some(relation) = self.catalog.relation(id) else { continue };
            let name = relation.name.clone();
            let rows = !matches!(relation.kind, RelationKind::Index(_) | RelationKind::Sequence(_));
            if relation.schema == schema {
                continue;
            }
            if let Some(RelationHit::Own(other)) =
                self.catalog.relation_in(SchemaRef::Own(schema), &name)
                && !self.may_be_elsewhere(other, &name)
            {
                return Refusal::new(
                    Code::DuplicateTable,
                    format!("relation \"{name}\" already exists in schema \"{}\"", to.text),
                )
                .at(to.range)
                .also(self.catalog.get(other).map(|entry| entry.created), "created here")
                .stop();
            }
            if rows {
                self.type_can_move(schema, &name, to)?;
            }
            self.put_into(id, schema);
        }
        Ok(())
    }

    fn may_be_elsewhere(&self, id: ObjectId, name: &str) -> bool {
        self.catalog.is_uncertain(id) || self.catalog.doubtful.contains(name)
    }

    fn type_can_move(&self, schema: ObjectId, name: &str, to: &Ident) -> Outcome {
        let Some(ty) = self.catalog.type_in(SchemaRef::Own(schema), name) else { return Ok(()) };
        let crate::catalog::BaseType::Own(other) = ty.base else { return Ok(()) };
        if ty.array || self.may_be_elsewhere(other, name) {
            return Ok(());
        }
        Refusal::new(
            Code::DuplicateObject,
            format!("type \"{name}\" already exists in schema \"{}\"", to.text),
        )
        .at(to.range)
        .also(
            self.catalog.get(other).map(|entry| entry.created),
            format!("{} is created here", describe(self.catalog, Target::Object(other))),
        )
        .stop()
    }

    fn put_into(&mut self, id: ObjectId, schema: ObjectId) {
        self.catalog.went(id, Former { place: self.place, went: Went::Moved });
        self.catalog.update(id, |entry| match &mut entry.object {
            Object::Relation(it) => it.schema = schema,
            Object::Type(it) => it.schema = schema,
            Object::Function(it) => it.schema = schema,
            Object::Statistics(it) => it.schema = schema,
            Object::Other(it) => it.schema = Some(schema),
            _ => {}
        });
    }
}
