//! Where a relation is made, and whether its name is free there.
//!
//! Source: `RangeVarGetAndCheckCreationNamespace` in PostgreSQL's `catalog/namespace.c`,
//! `heap_create_with_catalog` in `catalog/heap.c`.

use super::names::plain;
use super::refusal::refused;
use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{Ident, Name, Persistence};
use crate::catalog::{Catalog, NameSpace, Object, ObjectId, Schema, SchemaRef};

impl Run<'_> {
    /// The schema in which a relation is made, and whether it is temporary: it is too where the
    /// name says so.
    pub(crate) fn creation_place(
        &mut self,
        name: &Name,
        persistence: Persistence,
    ) -> Outcome<(ObjectId, Persistence)> {
        if name.qualifiers.len() > 2 {
            return refused(
                Code::SyntaxError,
                format!("improper qualified name (too many dotted names): {}", plain(name)),
                name.range,
            );
        }
        let in_temporary = name.schema().is_some_and(|it| it.text == Catalog::TEMPORARY);
        match (persistence, name.schema()) {
            (Persistence::Unlogged, Some(schema)) if in_temporary => refused(
                Code::InvalidTableDefinition,
                "only temporary relations may be created in temporary schemas",
                schema.range,
            ),
            (Persistence::Temporary, Some(schema)) if !in_temporary => refused(
                Code::InvalidTableDefinition,
                "cannot create temporary relation in non-temporary schema",
                schema.range,
            ),
            (Persistence::Temporary, _) => Ok((self.temporary_schema(), Persistence::Temporary)),
            _ if in_temporary => Ok((self.temporary_schema(), Persistence::Temporary)),
            (_, Some(schema)) if schema.text == "pg_catalog" => refused(
                Code::InsufficientPrivilege,
                format!("permission denied to create \"{}\"", plain(name)),
                name.range,
            ),
            _ => Ok((self.creation_schema(name)?, persistence)),
        }
    }

    /// The schema of temporary objects, which comes with the first of them.
    pub(crate) fn temporary_schema(&mut self) -> ObjectId {
        let found = self.catalog.named(NameSpace::Schema, None, Catalog::TEMPORARY).first();
        found.copied().unwrap_or_else(|| {
            let schema = Schema { name: Catalog::TEMPORARY.to_owned() };
            self.catalog.insert(Object::Schema(schema), self.place)
        })
    }

    /// Whether there is a relation of this name, so that `IF NOT EXISTS` makes none.
    pub(crate) fn relation_exists(&self, schema: ObjectId, name: &Ident) -> bool {
        self.catalog.relation_in(SchemaRef::Own(schema), &name.text).is_some()
    }

    /// Refuses a name that a relation or a type has already. Relations with rows are types too.
    /// Gives what has the name, where that is not certain, so that it makes room.
    pub(crate) fn relation_and_type_name_is_free(
        &mut self,
        schema: ObjectId,
        name: &Ident,
    ) -> Outcome {
        self.relation_name_is_free(schema, name)?;
        self.make_room(schema, name);
        let space = NameSpace::Type;
        let Some(&taken) = self.catalog.named(space, Some(schema), &name.text).first() else {
            return Ok(());
        };
        if self.catalog.is_uncertain(taken) || self.catalog.doubtful.contains(&name.text) {
            return Ok(());
        }
        Refusal::new(Code::DuplicateObject, format!("type \"{}\" already exists", name.text))
            .at(name.range)
            .also(self.catalog.get(taken).map(|entry| entry.created), "created here")
            .stop()
    }
}
