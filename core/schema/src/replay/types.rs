//! The types that statements name.
//!
//! Source: `typenameType` and `typenameTypeMod` in PostgreSQL's `parser/parse_type.c`,
//! `CheckAttributeType` in `catalog/heap.c`.

use super::names::{no_schema, plain};
use super::type_modifier::{self, Modified};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{Ident, Name, ObjectKind, TypeName};
use crate::builtin::{Extension, TypeKind};
use crate::catalog::{
    BaseType, Catalog, ColumnType, Hole, Lookup, NameSpace, Object, ObjectId, RelationHit,
    SchemaRef, Text, TypeDefinition, TypeDefinitionKind, TypeRef,
};
use crate::dump::quote_ident;

/// The types that stand for an integer with a sequence, where a column is declared.
pub(crate) const SERIAL: [(&str, &str); 6] = [
    ("bigserial", "int8"),
    ("serial", "int4"),
    ("serial2", "int2"),
    ("serial4", "int4"),
    ("serial8", "int8"),
    ("smallserial", "int2"),
];

impl Run<'_> {
    /// The type that a statement names.
    pub(crate) fn column_type(&self, name: &TypeName) -> Outcome<ColumnType> {
        column_type(self.catalog, name)
    }

    /// The collation that is named for a value of a type; none where it is the type's own.
    pub(crate) fn collation_of(&self, name: &Name, ty: TypeRef) -> Outcome<Option<Text>> {
        let found = collation(self.catalog, name)?;
        if is_collatable(self.catalog, ty) == Some(false) {
            return Refusal::new(
                Code::DatatypeMismatch,
                format!("collations are not supported by type {}", self.catalog.bare_type_name(ty)),
            )
            .at(name.range)
            .stop();
        }
        Ok(found)
    }

    /// Refuses a type that a column cannot have. `within` are the relations that the column is a
    /// part of.
    pub(crate) fn type_fits_a_column(
        &self,
        column: &Ident,
        ty: TypeRef,
        within: Option<ObjectId>,
    ) -> Outcome {
        if is_pseudo(self.catalog, ty) {
            return Refusal::new(
                Code::InvalidTableDefinition,
                format!(
                    "column \"{}\" has pseudo-type {}",
                    column.text,
                    self.catalog.bare_type_name(ty)
                ),
            )
            .at(column.range)
            .stop();
        }
        match within.filter(|within| contains(self.catalog, ty, *within, 0)) {
            Some(within) => {
                let name = self.catalog.bare_type_name(TypeRef::own(within));
                Refusal::new(
                    Code::InvalidTableDefinition,
                    format!("composite type {name} cannot be made a member of itself"),
                )
                .at(column.range)
                .stop()
            }
            None => Ok(()),
        }
    }
}

/// The type that a statement names. One that cannot be known is [`TypeRef::UNKNOWN`].
pub(crate) fn column_type(catalog: &Catalog, name: &TypeName) -> Outcome<ColumnType> {
    if name.percent_type {
        return type_of_column(catalog, name);
    }
    let ty = match catalog.find_type(&name.name) {
        Lookup::Found(ty) => ty,
        Lookup::Unknown => return Ok(ColumnType::plain(TypeRef::UNKNOWN)),
        Lookup::Missing => return no_type(catalog, name).stop(),
    };
    let definition = own_definition(catalog, ty);
    if name.is_array() {
        let known = match ty.base {
            BaseType::Known(known) if !ty.array => catalog.known_type(known),
            _ => None,
        };
        let shell = matches!(definition, Some(TypeDefinitionKind::Shell));
        if ty.array || shell || known.is_some_and(|known| !known.has_array) {
            return no_type(catalog, name).stop();
        }
    }
    if matches!(definition, Some(TypeDefinitionKind::Shell)) && !ty.array {
        let message = format!("type \"{}\" is only a shell", plain(&name.name));
        return Refusal::new(Code::UndefinedObject, message).at(name.range).stop();
    }
    let Modified { modifier, fields } = type_modifier::modified(catalog, ty, name)?;
    let ty = if name.is_array() { ty.array_of() } else { ty };
    Ok(ColumnType { ty, modifier, fields })
}

/// `t.a%TYPE`.
fn type_of_column(catalog: &Catalog, name: &TypeName) -> Outcome<ColumnType> {
    let mut table = name.name.clone();
    let Some(last) = table.qualifiers.pop() else { return Err(Stop::Unknown) };
    let column = std::mem::replace(&mut table.name, last);
    match super::names::relation_hit(catalog, &table)? {
        RelationHit::Own(id) => {
            let number = super::names::column(catalog, id, &column)?;
            let found = catalog.relation(id).and_then(|it| it.column_numbered(number));
            let ty = found.map_or(TypeRef::UNKNOWN, |it| it.ty.ty);
            Ok(ColumnType::plain(if name.is_array() { ty.array_of() } else { ty }))
        }
        RelationHit::Known(..) => Ok(ColumnType::plain(TypeRef::UNKNOWN)),
    }
}

/// The refusal of a type that is not there.
pub(crate) fn no_type(catalog: &Catalog, name: &TypeName) -> Refusal {
    if let Some(schema) = name.name.schema()
        && catalog.schema(&schema.text).is_missing()
    {
        return no_schema(catalog, schema);
    }
    let known = [
        "text",
        "integer",
        "bigint",
        "boolean",
        "timestamptz",
        "numeric",
        "varchar",
        "jsonb",
        "uuid",
        "date",
        "timestamp",
        "smallint",
        "real",
        "bytea",
        "json",
        "serial",
        "bigserial",
    ];
    let array = if name.is_array() { "[]" } else { "" };
    let mut refusal = Refusal::new(
        Code::UndefinedObject,
        format!("type \"{}{array}\" does not exist", plain(&name.name)),
    )
    .at(name.range);
    let mut own = Vec::new();
    for schema in catalog.schemas_of(&name.name).found().unwrap_or_default() {
        if let SchemaRef::Own(id) = schema {
            let went = catalog.former(NameSpace::Type, Some(id), &name.name.name.text);
            refusal = refusal.went(went);
            own.extend(catalog.names(NameSpace::Type, Some(id)));
        }
    }
    let text = name.name.name.text.as_str();
    let brings = |it: &Extension| it.objects.type_name(text).is_some();
    refusal
        .brought_or_similar(catalog, text, brings, own.into_iter().chain(known))
        .or_assumed("CREATE TYPE …")
}

/// A collation; none for `"default"`, which is the type's own.
fn collation(catalog: &Catalog, name: &Name) -> Outcome<Option<Text>> {
    let text = name.name.text.as_str();
    let schemas = match catalog.schemas_of(name) {
        Lookup::Found(schemas) => schemas,
        Lookup::Unknown => return Ok(Some(Text::plain(quote_ident(text)))),
        Lookup::Missing => match name.schema() {
            Some(schema) => return no_schema(catalog, schema).stop(),
            None => return Err(Stop::Unknown),
        },
    };
    let space = NameSpace::Other(ObjectKind::Collation);
    for schema in schemas {
        match schema {
            SchemaRef::Own(id) => {
                if let Some(found) = catalog.named(space, Some(id), text).first() {
                    return Ok(Some(Text::hole(Hole::Object(*found))));
                }
            }
            SchemaRef::Catalog if text == "default" => return Ok(None),
            SchemaRef::Catalog => {
                let builtin = catalog.builtin();
                if builtin.objects().collation(text).is_some() || builtin.collation_may_exist(text)
                {
                    return Ok(Some(Text::plain(quote_ident(text))));
                }
            }
            SchemaRef::InformationSchema => {}
        }
    }
    if !catalog.missing_routine::<()>(text).is_missing() {
        return Ok(Some(Text::plain(quote_ident(text))));
    }
    Refusal::new(
        Code::UndefinedObject,
        format!("collation \"{}\" for encoding \"UTF8\" does not exist", plain(name)),
    )
    .at(name.range)
    .stop()
}

/// Whether values of a type have a collation; none where it cannot be known.
pub(crate) fn is_collatable(catalog: &Catalog, ty: TypeRef) -> Option<bool> {
    let element = ty.element().unwrap_or(ty);
    match super::operator_class::underlying(catalog, element).base {
        BaseType::Known(known) => catalog.known_type(known).map(|known| known.collatable),
        BaseType::Own(id) => match catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(TypeDefinition { kind: TypeDefinitionKind::Base(_), .. })) => None,
            _ => Some(false),
        },
        BaseType::Multirange(_) => Some(false),
        BaseType::Unknown => None,
    }
}

/// Whether it is a type that no column can have.
fn is_pseudo(catalog: &Catalog, ty: TypeRef) -> bool {
    match ty.base {
        BaseType::Known(known) => {
            catalog.known_type(known).is_some_and(|known| known.kind == TypeKind::Pseudo)
        }
        _ => false,
    }
}

/// Whether values of a type have values of another in them.
fn contains(catalog: &Catalog, ty: TypeRef, part: ObjectId, depth: u8) -> bool {
    let BaseType::Own(id) = ty.base else { return false };
    if id == part {
        return true;
    }
    if depth > 32 {
        return false;
    }
    match catalog.get(id).map(|entry| &entry.object) {
        Some(Object::Relation(relation)) => {
            relation.columns.iter().any(|it| contains(catalog, it.ty.ty, part, depth + 1))
        }
        Some(Object::Type(definition)) => match &definition.kind {
            TypeDefinitionKind::Domain(it) => contains(catalog, it.base.ty, part, depth + 1),
            TypeDefinitionKind::Range { subtype, .. } => {
                contains(catalog, *subtype, part, depth + 1)
            }
            _ => false,
        },
        _ => false,
    }
}

fn own_definition(catalog: &Catalog, ty: TypeRef) -> Option<&TypeDefinitionKind> {
    match ty.base {
        BaseType::Own(id) => match &catalog.get(id)?.object {
            Object::Type(definition) => Some(&definition.kind),
            _ => None,
        },
        _ => None,
    }
}

/// The integer type that a `serial` stands for.
pub(crate) fn serial(name: &TypeName) -> Option<&'static str> {
    let plain = name.name.qualifiers.is_empty() && !name.percent_type;
    let found = SERIAL.iter().find(|(serial, _)| plain && name.name.name.text == *serial);
    found.map(|(_, integer)| *integer)
}
