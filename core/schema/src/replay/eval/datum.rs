//! Values, as far as the catalog and the text of a block are enough to know them.

use std::collections::BTreeMap;

use crate::builtin::Home;
use crate::catalog::{BaseType, Catalog, ObjectId, RelationHit, SchemaRef};
use crate::dump::quote_ident;

/// The values of parameters and variables that are known; a field of a record is `record.field`.
pub(in crate::replay) type Values = BTreeMap<String, Datum>;

/// A value that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::replay) enum Datum {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Datum>),
    /// The `oid` of an object.
    Oid(ObjectId),
    /// The same as `regclass` or `regtype`, whose text is its name.
    Named(ObjectId),
    /// What objects have that the catalog does not list: those of the server and of extensions,
    /// and those that may be there.
    Elsewhere(Elsewhere),
}

/// Of what an object that is not listed is the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::replay) enum Elsewhere {
    /// Its name.
    Name,
    /// The name or the `oid` of the schema that it is in.
    Schema,
    /// Its `oid`, or that of the object that it is on.
    Oid,
}

impl Datum {
    /// A text, or a truth, where it can be read as one.
    pub(super) fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) => match text.to_ascii_lowercase().as_str() {
                "t" | "true" | "yes" | "on" | "1" => Some(true),
                "f" | "false" | "no" | "off" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    pub(in crate::replay) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// As the server writes it where it is made a text; none of null, and where it is not known.
    pub(in crate::replay) fn text(&self, catalog: &Catalog) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Int(value) => Some(value.to_string()),
            Self::Named(id) => name(catalog, *id),
            // A truth is `t` to some functions, and `true` to others.
            Self::Null | Self::Bool(_) | Self::List(_) | Self::Oid(_) | Self::Elsewhere(_) => None,
        }
    }

    /// Whether two values that are not null are equal.
    pub(super) fn equals(&self, other: &Self, catalog: &Catalog) -> Option<bool> {
        use Datum as D;
        match (self, other) {
            (D::Text(left), D::Text(right)) => Some(left == right),
            (D::Bool(left), right) | (right, D::Bool(left)) => Some(*left == right.bool()?),
            (D::Int(left), right) | (right, D::Int(left)) => Some(*left == right.int()?),
            (D::Oid(left) | D::Named(left), D::Oid(right) | D::Named(right)) => Some(left == right),
            (D::Elsewhere(what), D::Text(text)) | (D::Text(text), D::Elsewhere(what)) => {
                let may = match what {
                    Elsewhere::Name => may_be_elsewhere(catalog, text),
                    Elsewhere::Schema => schema_may_hold_more(catalog, text),
                    Elsewhere::Oid => true,
                };
                (!may).then_some(false)
            }
            (D::Elsewhere(what), D::Oid(id) | D::Named(id))
            | (D::Oid(id) | D::Named(id), D::Elsewhere(what)) => {
                let may = match (what, catalog.get(*id)) {
                    (Elsewhere::Schema, Some(entry)) => {
                        schema_may_hold_more(catalog, entry.object.name())
                    }
                    _ => catalog.is_uncertain(*id),
                };
                (!may).then_some(false)
            }
            (D::List(left), D::List(right)) => {
                if left.len() != right.len() {
                    return Some(false);
                }
                let all = left.iter().zip(right).map(|(left, right)| left.equals(right, catalog));
                all.collect::<Option<Vec<bool>>>().map(|all| all.into_iter().all(|it| it))
            }
            _ => None,
        }
    }
}

/// The name of a relation or a type, with its schema where the search path does not lead to it.
fn name(catalog: &Catalog, id: ObjectId) -> Option<String> {
    let entry = catalog.get(id)?;
    let name = entry.object.name();
    let own = quote_ident(name);
    let first = catalog.search_path().into_iter().find_map(|it| catalog.relation_in(it, name));
    if first == Some(RelationHit::Own(id)) {
        return Some(own);
    }
    let schema = catalog.get(entry.object.schema()?)?;
    Some(format!("{}.{own}", quote_ident(schema.object.name())))
}

/// Whether something of this name may be there that the catalog does not list.
fn may_be_elsewhere(catalog: &Catalog, name: &str) -> bool {
    let known = |schema| {
        let relation = catalog.relation_in(schema, name);
        let ty = catalog.type_in(schema, name).is_some_and(
            |ty| matches!(ty.base, BaseType::Known(known) if known.home != Home::InformationSchema),
        );
        matches!(relation, Some(RelationHit::Known(..))) || ty
    };
    let homes = [SchemaRef::Catalog, SchemaRef::InformationSchema];
    let extensions = catalog.extensions().map(|(schema, _)| SchemaRef::Own(schema));
    // The server's own indexes, constraints and triggers; the arrays of types.
    ["pg_", "_", "RI_", "cardinal_number", "yes_or_no"].iter().any(|it| name.starts_with(it))
        || ["information_schema", "plpgsql"].contains(&name)
        || homes.into_iter().chain(extensions).any(known)
        || has_function(catalog, name)
        || !catalog.missing::<()>(name).is_missing()
}

fn has_function(catalog: &Catalog, name: &str) -> bool {
    let brought = catalog.extensions().filter_map(|(_, known)| known).map(|it| it.objects);
    let mut homes = [catalog.builtin().objects()].into_iter().chain(brought);
    homes.any(|it| it.functions(name).next().is_some())
}

/// Whether a schema may hold what the catalog does not list.
fn schema_may_hold_more(catalog: &Catalog, name: &str) -> bool {
    // In `public` is the history of the migrations.
    name.starts_with("pg_")
        || ["information_schema", "public"].contains(&name)
        || catalog.extensions().next().is_some()
        || !catalog.doubtful.is_empty()
        || catalog.opaque.is_some()
}
