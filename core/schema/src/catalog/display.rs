//! Names and types as the server prints them.
//!
//! Source: `quote_identifier` and `format_type_extended` in PostgreSQL's `utils/adt`.

use super::{
    BaseType, Catalog, ColumnType, Object, ObjectId, SchemaRef, TypeDefinitionKind, TypeRef,
};
use crate::builtin::Home;
use crate::dump::quote_ident;

impl Catalog {
    /// A type as the server prints it: `character varying(10)[]`, `app.mood`.
    pub fn type_name(&self, ty: &ColumnType) -> String {
        let mut name = match ty.ty.base {
            BaseType::Known(known) if known.home == Home::Catalog => {
                system_type(known.name, &ty.modifier, ty.fields)
            }
            BaseType::Known(known) => {
                with_modifier(self.qualified(self.home_of(known.home), known.name), &ty.modifier)
            }
            BaseType::Own(id) => {
                let object = self.get(id).map(|entry| &entry.object);
                let schema = object.and_then(Object::schema).map(SchemaRef::Own);
                let name = object.map_or("???", Object::name);
                with_modifier(self.qualified(schema, name), &ty.modifier)
            }
            BaseType::Multirange(id) => match self.get(id).map(|entry| &entry.object) {
                Some(Object::Type(ty)) => match &ty.kind {
                    TypeDefinitionKind::Range { multirange, .. } => {
                        self.qualified(Some(SchemaRef::Own(ty.schema)), multirange)
                    }
                    _ => "???".to_owned(),
                },
                _ => "???".to_owned(),
            },
            BaseType::Unknown => "???".to_owned(),
        };
        if ty.ty.array {
            name.push_str("[]");
        }
        name
    }

    /// A type without what may stand in parentheses behind it, as messages have it.
    pub fn bare_type_name(&self, ty: TypeRef) -> String {
        // The parser takes `character` and `bit` without a length for a length of 1.
        if ty.element().unwrap_or(ty).is("bpchar") {
            return format!("character{}", if ty.array { "[]" } else { "" });
        }
        self.type_name(&ColumnType::plain(ty))
    }

    fn home_of(&self, home: Home<'static>) -> Option<SchemaRef> {
        match home {
            Home::Catalog => Some(SchemaRef::Catalog),
            Home::InformationSchema => Some(SchemaRef::InformationSchema),
            Home::Extension(name) => {
                let found = |id: &ObjectId| match &self.get(*id)?.object {
                    Object::Extension(extension) => Some(SchemaRef::Own(extension.schema)),
                    _ => None,
                };
                self.named(super::NameSpace::Extension, None, name).first().and_then(found)
            }
        }
    }

    /// A type's name, with its schema unless the search path leads to it.
    fn qualified(&self, schema: Option<SchemaRef>, name: &str) -> String {
        let first = self.search_path().into_iter().find(|it| self.type_in(*it, name).is_some());
        if schema.is_none() || first == schema {
            return quote_ident(name);
        }
        let schema = match schema {
            Some(SchemaRef::Own(id)) => self.get(id).map_or("", |entry| entry.object.name()),
            Some(SchemaRef::InformationSchema) => "information_schema",
            Some(SchemaRef::Catalog) | None => "pg_catalog",
        };
        format!("{}.{}", quote_ident(schema), quote_ident(name))
    }
}

/// A type of `pg_catalog`, most of the standard's by the standard's name.
fn system_type(name: &str, modifier: &str, fields: &str) -> String {
    let zoned = |name: &str, zone: &str| with_modifier(name.to_owned(), modifier) + zone;
    let name = match name {
        "bool" => "boolean",
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "float4" => "real",
        "float8" => "double precision",
        "bpchar" if !modifier.is_empty() => "character",
        "varchar" => "character varying",
        "varbit" => "bit varying",
        "bit" if modifier.is_empty() => "\"bit\"",
        "bit" | "numeric" | "json" | "interval" if fields.is_empty() => name,
        "time" => return zoned("time", " without time zone"),
        "timetz" => return zoned("time", " with time zone"),
        "timestamp" => return zoned("timestamp", " without time zone"),
        "timestamptz" => return zoned("timestamp", " with time zone"),
        "interval" => return with_modifier(format!("interval {fields}"), modifier),
        _ => return with_modifier(quote_ident(name), modifier),
    };
    with_modifier(name.to_owned(), modifier)
}

fn with_modifier(name: String, modifier: &str) -> String {
    if modifier.is_empty() { name } else { format!("{name}({modifier})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PostgresVersion;

    #[test]
    fn types_of_the_server_have_the_names_of_the_standard() {
        let catalog = Catalog::new(PostgresVersion::default());
        for (name, modifier, fields, array, expected) in [
            ("int4", "", "", false, "integer"),
            ("int8", "", "", true, "bigint[]"),
            ("varchar", "10", "", true, "character varying(10)[]"),
            ("bpchar", "1", "", false, "character(1)"),
            ("bpchar", "", "", false, "bpchar"),
            ("bit", "", "", false, "\"bit\""),
            ("bit", "3", "", false, "bit(3)"),
            ("numeric", "10,2", "", false, "numeric(10,2)"),
            ("timestamptz", "3", "", true, "timestamp(3) with time zone[]"),
            ("time", "", "", false, "time without time zone"),
            ("interval", "3", "day to second", false, "interval day to second(3)"),
            ("interval", "3", "", false, "interval(3)"),
            ("char", "", "", false, "\"char\""),
            ("json", "", "", false, "json"),
            ("text", "", "", false, "text"),
        ] {
            let ty = TypeRef { array, ..TypeRef::catalog(name) };
            let ty = ColumnType { ty, modifier: modifier.to_owned(), fields };
            assert_eq!(catalog.type_name(&ty), expected);
        }
    }
}
