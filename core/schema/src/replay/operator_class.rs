//! Access methods, and the operator classes with which they treat types.
//!
//! Source: `ResolveOpClass` and `GetDefaultOpClass` in PostgreSQL's `commands/indexcmds.c`,
//! `IsBinaryCoercible` in `parser/parse_coerce.c`.

use super::names::plain;
use super::{Outcome, Refusal};
use crate::Code;
use crate::ast::{Ident, Name, ObjectKind, TextRange};
use crate::builtin::{
    AccessMethod, CastContext, CastMethod, Home, Objects, OperatorClass, TypeKind, TypeName,
};
use crate::catalog::{
    BaseType, Catalog, Lookup, Object, RelationKind, TypeDefinitionKind, TypeRef,
};

/// The objects of the server and of the extensions that are there.
pub(crate) fn origins(catalog: &Catalog) -> impl Iterator<Item = Objects> {
    let extensions = catalog.extensions().filter_map(|(_, known)| Some(known?.objects));
    std::iter::once(catalog.builtin().objects()).chain(extensions)
}

/// An access method. One that the chain makes is unknown.
pub(crate) fn access_method(catalog: &Catalog, name: &Ident) -> Outcome<Option<AccessMethod>> {
    if let Some(found) = origins(catalog).find_map(|it| it.access_method(&name.text)) {
        return Ok(Some(found));
    }
    let own = others(catalog, ObjectKind::AccessMethod).any(|(it, ..)| it == name.text);
    if own || !catalog.missing_routine::<()>(&name.text).is_missing() {
        return Ok(None);
    }
    Refusal::new(Code::UndefinedObject, format!("access method \"{}\" does not exist", name.text))
        .at(name.range)
        .brought_or_similar(
            catalog,
            &name.text,
            |it| it.objects.access_method(&name.text).is_some(),
            catalog.builtin().objects().access_methods(),
        )
        .stop()
}

/// The operator class with which an index of a method treats a type, the named one or the
/// default one; none where it cannot be known.
pub(crate) fn operator_class(
    catalog: &Catalog,
    method: &str,
    ty: TypeRef,
    named: Option<&Name>,
    range: TextRange,
) -> Outcome<Option<OperatorClass>> {
    let Some(name) = named.filter(|name| !is_historic(name)) else {
        return match default_operator_class(catalog, method, ty) {
            Lookup::Found(class) => Ok(Some(class)),
            Lookup::Unknown => Ok(None),
            Lookup::Missing => Refusal::new(
                Code::UndefinedObject,
                format!(
                    "data type {} has no default operator class for access method \"{method}\"",
                    catalog.bare_type_name(ty)
                ),
            )
            .at(range)
            .brought(catalog, "a default one for this type", |it| {
                let mut classes = it.objects.operator_classes(method);
                classes.any(|class| class.default && is_type(catalog, ty, class.data_type))
            })
            .help("an operator class may be named behind the column")
            .stop(),
        };
    };
    let text = name.name.text.as_str();
    let Some(class) = origins(catalog).find_map(|it| it.operator_class(method, text)) else {
        let mut own = others(catalog, ObjectKind::OperatorClass);
        if own.any(|(it, ..)| it == text) || !catalog.missing_routine::<()>(text).is_missing() {
            return Ok(None);
        }
        let known = origins(catalog).flat_map(|it| it.operator_classes(method));
        return Refusal::new(
            Code::UndefinedObject,
            format!(
                "operator class \"{}\" does not exist for access method \"{method}\"",
                plain(name)
            ),
        )
        .at(name.range)
        .brought_or_similar(
            catalog,
            text,
            |it| it.objects.operator_class(method, text).is_some(),
            known.map(|class| class.name),
        )
        .stop();
    };
    if binary_coercible(catalog, ty, class.data_type) == Some(false) {
        return Refusal::new(
            Code::DatatypeMismatch,
            format!(
                "operator class \"{}\" does not accept data type {}",
                plain(name),
                catalog.bare_type_name(ty)
            ),
        )
        .at(name.range)
        .stop();
    }
    Ok(Some(class))
}

/// The operator class that is taken where none is named.
pub(crate) fn default_operator_class(
    catalog: &Catalog,
    method: &str,
    ty: TypeRef,
) -> Lookup<OperatorClass> {
    let ty = underlying(catalog, ty);
    if ty.is_unknown() {
        return Lookup::Unknown;
    }
    let defaults = || {
        origins(catalog).flat_map(|it| it.operator_classes(method)).filter(|class| class.default)
    };
    if let Some(class) = defaults().find(|class| is_type(catalog, ty, class.data_type)) {
        return Lookup::Found(class);
    }
    let fits = |class: &OperatorClass| binary_coercible(catalog, ty, class.data_type) == Some(true);
    let preferred = |class: &OperatorClass| {
        catalog.known_type(class.data_type).is_some_and(|known| known.preferred)
    };
    let compatible = || defaults().filter(fits);
    if let Some(class) = compatible().find(preferred).or_else(|| compatible().next()) {
        return Lookup::Found(class);
    }
    if others(catalog, ObjectKind::OperatorClass).any(|(_, detail, _)| detail == method)
        || casts_of_the_chain(catalog, ty)
    {
        return Lookup::Unknown;
    }
    catalog.missing_routine("")
}

/// Whether a value of a type is one of another as it is; none where it cannot be known.
pub(crate) fn binary_coercible(
    catalog: &Catalog,
    from: TypeRef,
    to: TypeName<'static>,
) -> Option<bool> {
    let from = underlying(catalog, from);
    if from.is_unknown() {
        return None;
    }
    if is_type(catalog, from, to) {
        return Some(true);
    }
    if to.home == Home::Catalog {
        let kind = kind(catalog, from);
        match to.name {
            "any" | "anyelement" => return Some(true),
            "anynonarray" => return Some(!from.array),
            "anyarray" => return Some(from.array),
            "anyenum" => return Some(kind == Kind::Enum),
            "anyrange" => return Some(kind == Kind::Range),
            "anymultirange" => return Some(kind == Kind::Multirange),
            "record" => return Some(kind == Kind::Row),
            _ => {}
        }
    }
    let BaseType::Known(known) = from.base else {
        return if casts_of_the_chain(catalog, from) { None } else { Some(false) };
    };
    let binary = !from.array
        && origins(catalog)
            .filter_map(|it| it.cast(known, to))
            .any(|cast| cast.method == CastMethod::Binary && cast.context == CastContext::Implicit);
    if !binary && casts_of_the_chain(catalog, from) { None } else { Some(binary) }
}

/// The type that a domain is made of, in the end; any other type as it is.
pub(crate) fn underlying(catalog: &Catalog, ty: TypeRef) -> TypeRef {
    let mut ty = ty;
    // No domain can be made of itself; a chain of them is only so long.
    for _ in 0..64 {
        let below = match ty.base {
            _ if ty.array => return ty,
            BaseType::Own(id) => match catalog.get(id).map(|entry| &entry.object) {
                Some(Object::Type(definition)) => match &definition.kind {
                    TypeDefinitionKind::Domain(domain) => domain.base.ty,
                    _ => return ty,
                },
                _ => return ty,
            },
            BaseType::Known(name) => match catalog.known_type(name).map(|it| it.kind) {
                Some(TypeKind::Domain(base)) => catalog.type_of_fact(base),
                _ => return ty,
            },
            BaseType::Multirange(_) | BaseType::Unknown => return ty,
        };
        ty = below;
    }
    ty
}

/// Whether it is the type that the facts call so.
fn is_type(catalog: &Catalog, ty: TypeRef, fact: TypeName<'static>) -> bool {
    catalog.type_of_fact(fact) == ty
}

#[derive(PartialEq, Eq)]
enum Kind {
    Enum,
    Range,
    Multirange,
    Row,
    Other,
}

fn kind(catalog: &Catalog, ty: TypeRef) -> Kind {
    match ty.base {
        _ if ty.array => Kind::Other,
        BaseType::Known(name) => match catalog.known_type(name).map(|it| it.kind) {
            Some(TypeKind::Enum) => Kind::Enum,
            Some(TypeKind::Range(_)) => Kind::Range,
            Some(TypeKind::Multirange(_)) => Kind::Multirange,
            Some(TypeKind::Row) => Kind::Row,
            _ => Kind::Other,
        },
        BaseType::Own(id) => match catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(definition)) => match definition.kind {
                TypeDefinitionKind::Enum(_) => Kind::Enum,
                TypeDefinitionKind::Range { .. } => Kind::Range,
                _ => Kind::Other,
            },
            Some(Object::Relation(relation))
                if !matches!(relation.kind, RelationKind::Index(_) | RelationKind::Sequence(_)) =>
            {
                Kind::Row
            }
            _ => Kind::Other,
        },
        BaseType::Multirange(_) => Kind::Multirange,
        BaseType::Unknown => Kind::Other,
    }
}

/// Whether the chain defines a cast of the type.
pub(crate) fn casts_of_the_chain(catalog: &Catalog, ty: TypeRef) -> bool {
    others(catalog, ObjectKind::Cast).any(|(_, _, types)| types.contains(&Some(ty)))
}

/// What the chain made of a kind: name, detail and types.
fn others(
    catalog: &Catalog,
    kind: ObjectKind,
) -> impl Iterator<Item = (&str, &str, &[Option<TypeRef>])> {
    catalog.others(kind).map(|it| (it.name.as_str(), it.detail.as_str(), it.types.as_slice()))
}

/// Names of operator classes from long ago, which stand for the default.
fn is_historic(name: &Name) -> bool {
    const HISTORIC: [&str; 6] = [
        "network_ops",
        "timespan_ops",
        "datetime_ops",
        "lztext_ops",
        "timestamp_ops",
        "bigbox_ops",
    ];
    name.qualifiers.is_empty() && HISTORIC.contains(&name.name.text.as_str())
}

/// Whether a foreign key column of a type can point to a key column of another, in a btree.
/// `true` where it cannot be known.
pub(crate) fn implicitly_comparable(catalog: &Catalog, from: TypeRef, to: TypeRef) -> bool {
    let Lookup::Found(class) = default_operator_class(catalog, "btree", to) else { return true };
    let (from, to) = (underlying(catalog, from), underlying(catalog, to));
    if from.is_unknown() || from == to || casts_of_the_chain(catalog, from) {
        return true;
    }
    let polymorphic = class.data_type.home == Home::Catalog
        && (class.data_type.name.starts_with("any") || class.data_type.name == "record");
    if polymorphic {
        // Both must be of the same type, and rows need not.
        return class.data_type.name == "record"
            && binary_coercible(catalog, from, class.data_type) != Some(false);
    }
    let is = |name: TypeName<'static>| is_type(catalog, from, name);
    let has_equality = origins(catalog)
        .flat_map(|it| it.operator_family("btree", class.family))
        .any(|it| it.strategy == 3 && it.left == class.data_type && is(it.right));
    if has_equality || binary_coercible(catalog, from, class.data_type) != Some(false) {
        return true;
    }
    let BaseType::Known(known) = from.base else { return false };
    !from.array
        && origins(catalog)
            .filter_map(|it| it.cast(known, class.data_type))
            .any(|cast| cast.context == CastContext::Implicit)
}
