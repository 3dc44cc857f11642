//! Names that must lead somewhere, with the refusal where they do not.

use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{Ident, Name};
use crate::catalog::{Catalog, ColumnNumber, Lookup, NameSpace, ObjectId, RelationHit, SchemaRef};

impl Run<'_> {
    /// The relation that a name leads to, of whatever kind and origin.
    pub(crate) fn relation_hit(&self, name: &Name) -> Outcome<RelationHit> {
        relation_hit(self.catalog, name)
    }

    /// A relation of the chain. One that the server or an extension brought is
    /// [`Stop::Unknown`].
    pub(crate) fn own_relation(&self, name: &Name) -> Outcome<ObjectId> {
        match self.relation_hit(name)? {
            RelationHit::Own(id) => Ok(id),
            RelationHit::Known(..) => Err(Stop::Unknown),
        }
    }

    /// The column of a relation of the chain.
    pub(crate) fn column(&self, relation: ObjectId, name: &Ident) -> Outcome<ColumnNumber> {
        column(self.catalog, relation, name)
    }

    /// The schema in which an object of that name is to be made.
    pub(crate) fn creation_schema(&self, name: &Name) -> Outcome<ObjectId> {
        match self.catalog.creation_schema(name) {
            Lookup::Found(SchemaRef::Own(id)) => Ok(id),
            Lookup::Found(SchemaRef::Catalog | SchemaRef::InformationSchema) | Lookup::Unknown => {
                Err(Stop::Unknown)
            }
            Lookup::Missing => match name.schema() {
                Some(schema) => no_schema(self.catalog, schema).stop(),
                None => Refusal::new(
                    Code::InvalidSchemaName,
                    "no schema has been selected to create in",
                )
                .at(name.range)
                .stop(),
            },
        }
    }

    /// Refuses a name that a relation of any kind has already.
    pub(crate) fn relation_name_is_free(&self, schema: ObjectId, name: &Ident) -> Outcome {
        if self.catalog.opaque.is_some() || self.catalog.doubtful.contains(&name.text) {
            return Ok(());
        }
        match self.catalog.relation_in(SchemaRef::Own(schema), &name.text) {
            None => Ok(()),
            Some(RelationHit::Own(id)) if self.catalog.is_uncertain(id) => Ok(()),
            Some(hit) => {
                let refusal = Refusal::new(
                    Code::DuplicateTable,
                    format!("relation \"{}\" already exists", name.text),
                )
                .at(name.range);
                let created = match hit {
                    RelationHit::Own(id) => self.catalog.get(id).map(|entry| entry.created),
                    RelationHit::Known(..) => None,
                };
                refusal.also(created, "created here").stop()
            }
        }
    }
}

/// The relation that a name leads to.
pub(crate) fn relation_hit(catalog: &Catalog, name: &Name) -> Outcome<RelationHit> {
    match catalog.find_relation(name) {
        Lookup::Found(hit) => Ok(hit),
        Lookup::Unknown => Err(Stop::Unknown),
        Lookup::Missing => match name.schema().filter(|it| catalog.schema(&it.text).is_missing()) {
            Some(schema) => no_schema(catalog, schema).stop(),
            None => no_relation(catalog, name).stop(),
        },
    }
}

/// The refusal of a relation that is not there.
pub(crate) fn no_relation(catalog: &Catalog, name: &Name) -> Refusal {
    let mut refusal =
        Refusal::new(Code::UndefinedTable, format!("relation \"{}\" does not exist", plain(name)))
            .at(name.range);
    let schemas = catalog.schemas_of(name).found().unwrap_or_default();
    let mut candidates = Vec::new();
    for schema in &schemas {
        if let SchemaRef::Own(id) = schema {
            let went = catalog.former(NameSpace::Relation, Some(*id), &name.name.text);
            refusal = refusal.went(went);
            candidates.extend(catalog.names(NameSpace::Relation, Some(*id)));
        }
    }
    let text = name.name.text.as_str();
    refusal
        .brought_or_similar(catalog, text, |it| it.objects.relation(text).is_some(), candidates)
        .or_assumed("CREATE TABLE …")
}

/// The refusal of a schema that is not there.
pub(crate) fn no_schema(catalog: &Catalog, name: &Ident) -> Refusal {
    Refusal::new(Code::InvalidSchemaName, format!("schema \"{}\" does not exist", name.text))
        .at(name.range)
        .went(catalog.former(NameSpace::Schema, None, &name.text))
        .similar(&name.text, catalog.names(NameSpace::Schema, None))
        .or_assumed(format_args!("CREATE SCHEMA {name}"))
}

/// A column of a relation of the chain, by its name.
pub(crate) fn column(catalog: &Catalog, relation: ObjectId, name: &Ident) -> Outcome<ColumnNumber> {
    let Some(found) = catalog.relation(relation) else { return Err(Stop::Unknown) };
    match found.column(&name.text) {
        Some(column) => Ok(column.number),
        None if catalog.is_uncertain(relation) => Err(Stop::Unknown),
        None => no_column(catalog, relation, name).stop(),
    }
}

/// The refusal of a column that is not there.
pub(crate) fn no_column(catalog: &Catalog, relation: ObjectId, name: &Ident) -> Refusal {
    let found = catalog.relation(relation);
    let table = found.map_or("", |it| it.name.as_str());
    let columns = found.into_iter().flat_map(|it| &it.columns).map(|it| it.name.as_str());
    Refusal::new(
        Code::UndefinedColumn,
        format!("column \"{}\" of relation \"{table}\" does not exist", name.text),
    )
    .at(name.range)
    .went(catalog.former_column(relation, &name.text))
    .one_of(&name.text, columns)
}

/// A name as messages have it: parts with dots between them, without quotes.
pub(crate) fn plain(name: &Name) -> String {
    let parts = name.qualifiers.iter().chain([&name.name]).map(|part| part.text.as_str());
    parts.collect::<Vec<_>>().join(".")
}
