//! The SQL type that a Rust type stands for, by its name: how the type is imported does not count.

use syn::{GenericArgument, PathArguments, Type};

/// What a field's type says of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldType {
    /// The SQL type; none where the Rust type stands for none, or for a model of an enum.
    pub(super) sql: Option<String>,
    /// The name of the Rust type, for what is not known here.
    pub(super) name: String,
    /// Whether it is an array of that.
    pub(super) array: bool,
    /// Whether it is an `Option`.
    pub(super) nullable: bool,
}

/// Reads the type of a field.
pub(super) fn of(ty: &Type) -> FieldType {
    if let Some(inner) = within(ty, &["Option"]) {
        return FieldType { nullable: true, ..of(inner) };
    }
    if let Some(inner) = within(ty, &["Box", "Arc", "Rc", "Cow", "Text"]) {
        return of(inner);
    }
    if let Some(inner) = element(ty) {
        let inner = match within(inner, &["Option"]) {
            // Elements of an array may be null whatever the column says.
            Some(inner) => of(inner),
            None => of(inner),
        };
        return FieldType { array: true, nullable: false, ..inner };
    }
    let name = last_segment(ty).map(|segment| segment.ident.to_string()).unwrap_or_default();
    FieldType { sql: scalar(ty).map(str::to_owned), name, array: false, nullable: false }
}

/// The element type of what is an array in SQL. Bytes are no array.
fn element(ty: &Type) -> Option<&Type> {
    let inner = match ty {
        Type::Array(array) => &array.elem,
        Type::Slice(slice) => &slice.elem,
        Type::Reference(reference) => return element(&reference.elem),
        _ => within(ty, &["Vec", "BTreeSet"])?,
    };
    let is_byte = last_segment(inner).is_some_and(|it| it.ident == "u8");
    (!is_byte).then_some(inner)
}

fn is_bytes(ty: &Type) -> bool {
    let inner = match ty {
        Type::Array(array) => Some(&*array.elem),
        Type::Slice(slice) => Some(&*slice.elem),
        _ => within(ty, &["Vec"]),
    };
    inner.and_then(last_segment).is_some_and(|it| it.ident == "u8")
}

fn scalar(ty: &Type) -> Option<&'static str> {
    if let Type::Reference(reference) = ty {
        return scalar(&reference.elem);
    }
    if is_bytes(ty) {
        return Some("bytea");
    }
    let segment = last_segment(ty)?;
    let generic = !matches!(segment.arguments, PathArguments::None);
    Some(match segment.ident.to_string().as_str() {
        "bool" => "boolean",
        "i8" => "\"char\"",
        "i16" => "smallint",
        "i32" => "integer",
        "i64" => "bigint",
        "u32" | "Oid" => "oid",
        "f32" => "real",
        "f64" => "double precision",
        "String" | "str" => "text",
        "Bytes" => "bytea",
        "Uuid" => "uuid",
        // Of chrono with a time zone, of jiff without.
        "DateTime" if generic => "timestamp with time zone",
        "OffsetDateTime" | "Timestamp" => "timestamp with time zone",
        "DateTime" | "NaiveDateTime" | "PrimitiveDateTime" => "timestamp without time zone",
        "NaiveDate" | "Date" => "date",
        "NaiveTime" | "Time" => "time without time zone",
        "PgTimeTz" => "time with time zone",
        "PgInterval" | "Span" | "Duration" | "TimeDelta" => "interval",
        "Value" | "JsonValue" | "Json" => "jsonb",
        "Decimal" | "BigDecimal" => "numeric",
        "PgMoney" => "money",
        "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "IpInet" | "IpNetwork" | "IpNet" => "inet",
        "IpCidr" | "Ipv4Cidr" | "Ipv6Cidr" => "cidr",
        "MacAddress" | "MacAddr6" | "Eui48" => "macaddr",
        "BitVec" => "bit varying",
        "PgLTree" => "ltree",
        "PgHstore" => "hstore",
        _ => return None,
    })
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Reference(reference) => last_segment(&reference.elem),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// The type between the angle brackets of one of these types.
fn within<'t>(ty: &'t Type, names: &[&str]) -> Option<&'t Type> {
    let segment = last_segment(ty)?;
    if !names.iter().any(|name| segment.ident == name) {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stand_for_types() {
        for (rust, sql) in [
            ("i64", "bigint"),
            ("Option<i32>", "integer null"),
            ("Vec<u8>", "bytea"),
            ("Option<Vec<u8>>", "bytea null"),
            ("[u8; 32]", "bytea"),
            ("Vec<String>", "text[]"),
            ("Option<Vec<Option<uuid::Uuid>>>", "uuid[] null"),
            ("Vec<Vec<u8>>", "bytea[]"),
            ("chrono::DateTime<chrono::Utc>", "timestamp with time zone"),
            ("jiff::civil::DateTime", "timestamp without time zone"),
            ("time::OffsetDateTime", "timestamp with time zone"),
            ("std::net::IpAddr", "inet"),
            ("sqlx::types::Json<Profile>", "jsonb"),
            ("Box<str>", "text"),
            ("Cow<'static, str>", "text"),
            ("&'a str", "text"),
            ("rust_decimal::Decimal", "numeric"),
            ("Mood", "? Mood"),
            ("Vec<Mood>", "? Mood[]"),
            ("u64", "? u64"),
        ] {
            let found = of(&syn::parse_str(rust).unwrap());
            let name = found.sql.unwrap_or_else(|| format!("? {}", found.name));
            let array = if found.array { "[]" } else { "" };
            let null = if found.nullable { " null" } else { "" };
            assert_eq!(format!("{name}{array}{null}"), sql, "{rust}");
        }
    }
}
