//! The names of objects and types, and texts with their holes filled.

use super::quote::{ident, literal};
use crate::builtin::{Home, TypeName};
use crate::catalog::{
    BaseType, Catalog, ColumnNumber, ColumnType, Hole, NameSpace, Object, ObjectId, Piece, Text,
    TypeDefinitionKind, TypeRef,
};

/// Renders names so that they mean the same with the default search path.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) catalog: &'a Catalog,
}

impl Names<'_> {
    /// The name of an object, with its schema unless that is `public`.
    pub(crate) fn object(self, id: ObjectId) -> String {
        let Some(entry) = self.catalog.get(id) else { return String::new() };
        self.in_schema(entry.object.schema(), entry.object.name())
    }

    /// A name in a schema.
    pub(crate) fn in_schema(self, schema: Option<ObjectId>, name: &str) -> String {
        match schema.map(|schema| self.bare(schema)) {
            Some(schema) if schema != "public" || self.hidden(name) => {
                format!("{}.{}", ident(schema), ident(name))
            }
            _ => ident(name),
        }
    }

    /// Whether `pg_catalog` has something of this name, which is found first.
    fn hidden(self, name: &str) -> bool {
        let objects = self.catalog.builtin().objects();
        objects.relation(name).is_some()
            || objects.type_name(name).is_some()
            || objects.functions(name).next().is_some()
    }

    /// The name alone, without quotes.
    pub(crate) fn bare(&self, id: ObjectId) -> &str {
        self.catalog.get(id).map_or("", |entry| entry.object.name())
    }

    /// The name of a column.
    pub(crate) fn column(self, relation: ObjectId, column: ColumnNumber) -> String {
        let found = self.catalog.relation(relation).and_then(|it| it.column_numbered(column));
        found.map_or_else(String::new, |column| ident(&column.name))
    }

    /// Names of columns, with commas between them.
    pub(crate) fn columns(self, relation: ObjectId, columns: &[ColumnNumber]) -> String {
        let names: Vec<String> = columns.iter().map(|it| self.column(relation, *it)).collect();
        names.join(", ")
    }

    /// A text as SQL.
    pub(crate) fn text(self, text: &Text) -> String {
        text.pieces()
            .iter()
            .map(|piece| match piece {
                Piece::Sql(sql) => sql.clone(),
                Piece::Hole(hole) => self.hole(hole),
            })
            .collect()
    }

    fn hole(self, hole: &Hole) -> String {
        match hole {
            Hole::Object(id) => self.object(*id),
            Hole::Bare(id) => ident(self.bare(*id)),
            Hole::Column(id, column) => self.column(*id, *column),
            Hole::Result(id, column, name) => {
                let (now, then) = (self.column(*id, *column), ident(name));
                if now == then { now } else { format!("{now} AS {then}") }
            }
            Hole::Literal(id) => literal(&self.object(*id)),
            Hole::Label(id, number) => {
                let labels = match self.catalog.get(*id).map(|entry| &entry.object) {
                    Some(Object::Type(it)) => match &it.kind {
                        TypeDefinitionKind::Enum(labels) => labels.as_slice(),
                        _ => &[],
                    },
                    _ => &[],
                };
                let label = labels.iter().find(|label| label.number == *number);
                literal(label.map_or("", |label| label.name.as_str()))
            }
            Hole::Extension { extension, name } => match self.extension_schema(extension) {
                Some(schema) => format!("{}.{name}", ident(schema)),
                None => name.clone(),
            },
        }
    }

    /// The schema of an extension's objects, if they must be named with it.
    fn extension_schema(&self, extension: &str) -> Option<&str> {
        let id = *self.catalog.named(NameSpace::Extension, None, extension).first()?;
        let schema = self.catalog.get(id)?.object.schema()?;
        Some(self.bare(schema)).filter(|schema| *schema != "public")
    }

    /// A type with what stands in its parentheses.
    pub(crate) fn column_type(self, ty: &ColumnType) -> String {
        let base = self.ty(TypeRef { array: false, ..ty.ty });
        let brackets = if ty.ty.array { "[]" } else { "" };
        let fields = if ty.fields.is_empty() { String::new() } else { format!(" {}", ty.fields) };
        let modifier = match ty.modifier.as_str() {
            "" => String::new(),
            modifier => format!("({modifier})"),
        };
        match base.strip_suffix(" with time zone").map(|base| (base, " with time zone")).or_else(
            || base.strip_suffix(" without time zone").map(|base| (base, " without time zone")),
        ) {
            Some((base, zone)) => format!("{base}{modifier}{zone}{brackets}"),
            // `char` alone is `char(1)`; without a length it has another name.
            None if base == "character" && modifier.is_empty() => format!("bpchar{brackets}"),
            None => format!("{base}{fields}{modifier}{brackets}"),
        }
    }

    /// A type.
    pub(crate) fn ty(self, ty: TypeRef) -> String {
        let base = match ty.base {
            BaseType::Known(known) => self.known_type(known),
            BaseType::Own(id) => self.object(id),
            BaseType::Multirange(id) => match self.catalog.get(id).map(|entry| &entry.object) {
                Some(Object::Type(it)) => match &it.kind {
                    TypeDefinitionKind::Range { multirange, .. } => {
                        self.in_schema(Some(it.schema), multirange)
                    }
                    _ => String::new(),
                },
                _ => String::new(),
            },
            BaseType::Unknown => "unknown".to_owned(),
        };
        if ty.array { format!("{base}[]") } else { base }
    }

    fn known_type(self, known: TypeName<'static>) -> String {
        match known.home {
            Home::Catalog => {
                standard_name(known.name).map_or_else(|| ident(known.name), str::to_owned)
            }
            Home::InformationSchema => format!("information_schema.{}", ident(known.name)),
            Home::Extension(extension) => match self.extension_schema(extension) {
                Some(schema) => format!("{}.{}", ident(schema), ident(known.name)),
                None => ident(known.name),
            },
        }
    }
}

/// The name that the SQL standard has for a type, as the server prints it.
pub(crate) fn standard_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "bit" => "bit",
        "bool" => "boolean",
        "bpchar" => "character",
        "char" => "\"char\"",
        "float4" => "real",
        "float8" => "double precision",
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "interval" => "interval",
        "numeric" => "numeric",
        "time" => "time without time zone",
        "timetz" => "time with time zone",
        "timestamp" => "timestamp without time zone",
        "timestamptz" => "timestamp with time zone",
        "varbit" => "bit varying",
        "varchar" => "character varying",
        "json" => "json",
        _ => return None,
    })
}
