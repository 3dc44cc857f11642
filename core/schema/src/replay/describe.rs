//! Objects as the server's messages call them.

use crate::ast::ObjectKind;
use crate::builtin::Home;
use crate::catalog::{
    BaseType, Catalog, Function, NameSpace, Object, ObjectId, Other, RelationKind, SchemaRef,
    Target, TypeDefinitionKind, TypeRef,
};

/// An object or a column, as in `cannot drop view v …`, with its schema where that is not in the
/// search path.
pub(crate) fn describe(catalog: &Catalog, target: Target) -> String {
    match target {
        Target::Object(id) => object(catalog, id),
        Target::Column(id, number) => {
            let column = catalog.relation(id).and_then(|it| it.column_numbered(number));
            let column = column.map_or("", |it| it.name.as_str());
            format!("column {column} of {}", relation(catalog, id))
        }
        Target::Extension(name) => format!("extension {name}"),
    }
}

fn object(catalog: &Catalog, id: ObjectId) -> String {
    let Some(entry) = catalog.get(id) else { return "an object".to_owned() };
    let on = |what: &str, name: &str, on: ObjectId| {
        format!("{what} {name} on {}", relation(catalog, on))
    };
    let named = |what: &str| format!("{what} {}", qualified(catalog, id));
    match &entry.object {
        Object::Schema(it) => format!("schema {}", it.name),
        Object::Relation(it) if matches!(it.kind, RelationKind::Composite) => named("type"),
        Object::Relation(_) => relation(catalog, id),
        Object::Type(_) => named("type"),
        Object::Constraint(it) => match catalog.relation(it.on) {
            Some(_) => on("constraint", &it.name, it.on),
            None => format!("constraint {}", it.name),
        },
        Object::Function(it) => format!("function {}", signature(catalog, id, it)),
        Object::Trigger(it) => on("trigger", &it.name, it.on),
        Object::Rule(it) => on("rule", &it.name, it.on),
        Object::Policy(it) => on("policy", &it.name, it.on),
        Object::Statistics(_) => named("statistics object"),
        Object::Extension(it) => format!("extension {}", it.name),
        Object::Other(it) => other(catalog, id, it),
    }
}

fn other(catalog: &Catalog, id: ObjectId, it: &Other) -> String {
    let ty = |at: usize| match it.types.get(at) {
        Some(Some(ty)) => type_name(catalog, *ty),
        _ => "none".to_owned(),
    };
    match it.kind {
        ObjectKind::Cast => format!("cast from {} to {}", ty(0), ty(1)),
        ObjectKind::Operator => {
            format!("operator {}({},{})", qualified(catalog, id), ty(0), ty(1))
        }
        ObjectKind::OperatorClass | ObjectKind::OperatorFamily => format!(
            "{} {} for access method {}",
            kind_name(it.kind),
            qualified(catalog, id),
            it.detail
        ),
        ObjectKind::UserMapping => format!("user mapping for {} on server {}", it.name, it.detail),
        ObjectKind::Transform => format!("transform for {} language {}", ty(0), it.detail),
        kind => format!("{} {}", kind_name(kind), qualified(catalog, id)),
    }
}

/// A relation with its kind: `materialized view m`.
pub(crate) fn relation(catalog: &Catalog, id: ObjectId) -> String {
    let kind = catalog.relation(id).map_or("type", |it| it.kind_name());
    format!("{kind} {}", qualified(catalog, id))
}

/// A function with the types of its input parameters: `f(integer,text)`.
pub(crate) fn signature(catalog: &Catalog, id: ObjectId, function: &Function) -> String {
    let inputs: Vec<String> =
        function.inputs().map(|param| type_name(catalog, param.ty.ty)).collect();
    format!("{}({})", qualified(catalog, id), inputs.join(","))
}

/// The server's word for a kind of objects.
pub(crate) fn kind_name(kind: ObjectKind) -> &'static str {
    use ObjectKind as K;
    match kind {
        K::AccessMethod => "access method",
        K::Aggregate => "aggregate",
        K::Attribute | K::Column => "column",
        K::Cast => "cast",
        K::Collation => "collation",
        K::Constraint | K::DomainConstraint => "constraint",
        K::Conversion => "conversion",
        K::Database => "database",
        K::Domain => "domain",
        K::EventTrigger => "event trigger",
        K::Extension => "extension",
        K::ForeignDataWrapper => "foreign-data wrapper",
        K::ForeignServer => "server",
        K::ForeignTable => "foreign table",
        K::Function => "function",
        K::Index => "index",
        K::Language => "language",
        K::LargeObject => "large object",
        K::MaterializedView => "materialized view",
        K::Operator => "operator",
        K::OperatorClass => "operator class",
        K::OperatorFamily => "operator family",
        K::Parameter => "parameter",
        K::Policy => "policy",
        K::Procedure => "procedure",
        K::PropertyGraph => "property graph",
        K::Publication => "publication",
        K::Role => "role",
        K::Routine => "routine",
        K::Rule => "rule",
        K::Schema => "schema",
        K::Sequence => "sequence",
        K::Statistics => "statistics object",
        K::Subscription => "subscription",
        K::Table => "table",
        K::Tablespace => "tablespace",
        K::TextSearchConfiguration => "text search configuration",
        K::TextSearchDictionary => "text search dictionary",
        K::TextSearchParser => "text search parser",
        K::TextSearchTemplate => "text search template",
        K::Transform => "transform",
        K::Trigger => "trigger",
        K::Type => "type",
        K::UserMapping => "user mapping",
        K::View => "view",
    }
}

/// A type as `format_type` writes it: `integer`, `mood[]`.
pub(crate) fn type_name(catalog: &Catalog, ty: TypeRef) -> String {
    let base = match ty.base {
        BaseType::Known(known) => match known.home {
            Home::Catalog => standard_name(known.name).to_owned(),
            Home::InformationSchema => format!("information_schema.{}", known.name),
            Home::Extension(extension) => {
                let found = catalog.named(NameSpace::Extension, None, extension).first();
                let schema = found.and_then(|id| catalog.get(*id)?.object.schema());
                with_schema(catalog, schema, known.name)
            }
        },
        BaseType::Own(id) => qualified(catalog, id),
        BaseType::Multirange(id) => match catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(it)) => match &it.kind {
                TypeDefinitionKind::Range { multirange, .. } => {
                    with_schema(catalog, Some(it.schema), multirange)
                }
                _ => it.name.clone(),
            },
            _ => String::new(),
        },
        BaseType::Unknown => "unknown".to_owned(),
    };
    if ty.array { format!("{base}[]") } else { base }
}

/// The name that the SQL standard has for a type of `pg_catalog`.
fn standard_name(name: &str) -> &str {
    match name {
        "bool" => "boolean",
        "bpchar" => "character",
        "char" => "\"char\"",
        "float4" => "real",
        "float8" => "double precision",
        "int2" => "smallint",
        "int4" => "integer",
        "int8" => "bigint",
        "time" => "time without time zone",
        "timestamp" => "timestamp without time zone",
        "timestamptz" => "timestamp with time zone",
        "timetz" => "time with time zone",
        "varbit" => "bit varying",
        "varchar" => "character varying",
        name => name,
    }
}

/// An object's name, with its schema where that is not in the search path.
pub(crate) fn qualified(catalog: &Catalog, id: ObjectId) -> String {
    catalog.get(id).map_or_else(String::new, |entry| {
        with_schema(catalog, entry.object.schema(), entry.object.name())
    })
}

fn with_schema(catalog: &Catalog, schema: Option<ObjectId>, name: &str) -> String {
    match schema.and_then(|id| Some((id, catalog.get(id)?))) {
        Some((id, entry)) if !catalog.search_path().contains(&SchemaRef::Own(id)) => {
            format!("{}.{}", quoted(entry.object.name()), quoted(name))
        }
        _ => quoted(name),
    }
}

fn quoted(name: &str) -> String {
    let plain = |c: char| c == '_' || c.is_ascii_lowercase();
    let simple = name.starts_with(plain) && name.chars().all(|c| plain(c) || c.is_ascii_digit());
    // An operator is a name of its own kind.
    let operator = name.chars().all(|c| c.is_ascii_punctuation() && c != '"' && c != '_');
    if simple || operator { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}
