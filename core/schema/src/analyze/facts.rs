//! What is known of a type, an operator, a cast, a function, in the form that resolution needs.
//!
//! The facts of [`builtin`] are lines of text that are parsed when they are asked for. The same
//! few are asked for over and over: each is kept, for as long as the thread runs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::function::Routine;
use crate::ast::ObjectKind;
use crate::builtin::{self, Builtin, Home, TypeKind, TypeName};
use crate::catalog::{BaseType, Catalog, NameSpace, Object, ObjectId, TypeDefinitionKind, TypeRef};

/// What decides how values of a type are converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) shape: Shape,
    /// The category, by its letter in `pg_type`.
    pub(super) category: char,
    pub(super) preferred: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing is known.
    Unknown,
    /// A base type. Some can be subscripted, to give this.
    Base(Option<TypeRef>),
    Array(TypeRef),
    Row,
    Domain(TypeRef),
    Enum,
    Range(TypeRef),
    /// Of a range type.
    Multirange(TypeRef),
    Pseudo,
}

/// An operator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operator {
    pub(super) left: Option<TypeRef>,
    pub(super) right: TypeRef,
    pub(super) result: TypeRef,
    pub(super) volatility: builtin::Volatility,
}

#[derive(Default)]
struct Memo {
    types: BTreeMap<TypeName<'static>, Facts>,
    operators: BTreeMap<(Home<'static>, String), Rc<[Operator]>>,
    casts: BTreeMap<(Home<'static>, String), Rc<[builtin::Cast]>>,
    routines: BTreeMap<(Home<'static>, String), Rc<[Rc<Routine>]>>,
}

thread_local! {
    static MEMO: RefCell<BTreeMap<u8, Memo>> = const { RefCell::new(BTreeMap::new()) };
}

/// What is kept of a version under a key, or else made and then kept.
fn remembered<K: Ord, V: Clone>(
    builtin: Builtin,
    field: impl Fn(&mut Memo) -> &mut BTreeMap<K, V>,
    key: K,
    make: impl FnOnce(&K) -> V,
) -> V {
    let major = builtin.version().major();
    let found = MEMO.with_borrow_mut(|all| field(all.entry(major).or_default()).get(&key).cloned());
    found.unwrap_or_else(|| {
        let value = make(&key);
        MEMO.with_borrow_mut(|all| {
            field(all.entry(major).or_default()).insert(key, value.clone());
        });
        value
    })
}

fn objects(builtin: Builtin, home: Home<'static>) -> Option<builtin::Objects> {
    match home {
        Home::Catalog | Home::InformationSchema => Some(builtin.objects()),
        Home::Extension(name) => Some(builtin.extension(name)?.objects),
    }
}

/// The operators of a name that have this origin.
pub(super) fn operators(catalog: &Catalog, home: Home<'static>, symbol: &str) -> Rc<[Operator]> {
    let builtin = catalog.builtin();
    let key = (home, symbol.to_owned());
    remembered(
        builtin,
        |memo| &mut memo.operators,
        key,
        |_| {
            let found = objects(builtin, home).into_iter().flat_map(|it| it.operators(symbol));
            found
                .map(|it| Operator {
                    left: it.left.map(|left| catalog.type_of_fact(left)),
                    right: catalog.type_of_fact(it.right),
                    result: catalog.type_of_fact(it.result),
                    volatility: it.volatility,
                })
                .collect()
        },
    )
}

/// The functions of a name that have this origin.
pub(super) fn routines(catalog: &Catalog, home: Home<'static>, name: &str) -> Rc<[Rc<Routine>]> {
    let builtin = catalog.builtin();
    let key = (home, name.to_owned());
    remembered(
        builtin,
        |memo| &mut memo.routines,
        key,
        |_| {
            let name = match home {
                Home::InformationSchema => &format!("information_schema.{name}"),
                Home::Catalog | Home::Extension(_) => name,
            };
            let found = objects(builtin, home).into_iter().flat_map(|it| it.functions(name));
            found.map(|it| Rc::new(Routine::known(catalog, &it, home))).collect()
        },
    )
}

/// The casts that an origin has from a type.
pub(super) fn casts(catalog: &Catalog, home: Home<'static>, from: TypeRef) -> Rc<[builtin::Cast]> {
    let BaseType::Known(known) = from.base else { return Rc::new([]) };
    let name = if from.array { format!("_{}", known.name) } else { known.name.to_owned() };
    let key = match (known.home, home) {
        (Home::Extension(source), Home::Extension(_)) => format!("{source}+{name}"),
        (Home::Extension(_), _) => return Rc::new([]),
        (Home::Catalog, _) => name.clone(),
        (Home::InformationSchema, _) => format!("information_schema.{name}"),
    };
    let builtin = catalog.builtin();
    remembered(
        builtin,
        |memo| &mut memo.casts,
        (home, key),
        |_| {
            let source = TypeName { home: known.home, name: &name };
            objects(builtin, home).into_iter().flat_map(|it| it.casts_from(source)).collect()
        },
    )
}

/// What is known of a type.
pub(super) fn facts(catalog: &Catalog, ty: TypeRef) -> Facts {
    if ty.is_unknown() {
        return Facts { shape: Shape::Unknown, category: 'X', preferred: false };
    }
    if let Some(element) = ty.element() {
        return Facts { shape: Shape::Array(element), category: 'A', preferred: false };
    }
    match ty.base {
        BaseType::Known(name) => {
            let builtin = catalog.builtin();
            remembered(builtin, |memo| &mut memo.types, name, |name| known(catalog, *name))
        }
        BaseType::Own(id) => own(catalog, id),
        BaseType::Multirange(id) => {
            let shape = Shape::Multirange(TypeRef::own(id));
            Facts { shape, category: 'R', preferred: false }
        }
        BaseType::Unknown => Facts { shape: Shape::Unknown, category: 'X', preferred: false },
    }
}

fn known(catalog: &Catalog, name: TypeName<'static>) -> Facts {
    let Some(found) = catalog.known_type(name) else {
        return Facts { shape: Shape::Unknown, category: 'X', preferred: false };
    };
    let shape = match found.kind {
        TypeKind::Base if matches!(name.name, "int2vector" | "oidvector") => {
            let element = if name.name == "oidvector" { "oid" } else { "int2" };
            Shape::Array(TypeRef::catalog(element))
        }
        TypeKind::Base => Shape::Base(found.element.map(|it| catalog.type_of_fact(it))),
        TypeKind::Row => Shape::Row,
        TypeKind::Domain(base) => Shape::Domain(catalog.type_of_fact(base)),
        TypeKind::Enum => Shape::Enum,
        TypeKind::Range(subtype) => Shape::Range(catalog.type_of_fact(subtype)),
        TypeKind::Multirange(range) => Shape::Multirange(catalog.type_of_fact(range)),
        TypeKind::Pseudo => Shape::Pseudo,
    };
    Facts { shape, category: found.category, preferred: found.preferred }
}

fn own(catalog: &Catalog, id: ObjectId) -> Facts {
    let plain = |shape, category| Facts { shape, category, preferred: false };
    let unknown = plain(Shape::Unknown, 'X');
    match catalog.get(id).map(|entry| &entry.object) {
        Some(Object::Relation(_)) => plain(Shape::Row, 'C'),
        Some(Object::Type(definition)) => match &definition.kind {
            TypeDefinitionKind::Enum(_) => plain(Shape::Enum, 'E'),
            TypeDefinitionKind::Domain(domain) => {
                // A domain is made of what was there before it, so this ends.
                let category = facts(catalog, domain.base.ty).category;
                plain(Shape::Domain(domain.base.ty), category)
            }
            TypeDefinitionKind::Range { subtype, .. } => plain(Shape::Range(*subtype), 'R'),
            // What such a type can be converted to is known only to those who made it.
            TypeDefinitionKind::Base(_) | TypeDefinitionKind::Shell => unknown,
        },
        _ => unknown,
    }
}

/// The type that a domain is made of, of whatever depth; any other type as it is.
pub(super) fn base_type(catalog: &Catalog, mut ty: TypeRef) -> TypeRef {
    for _ in 0..64 {
        match facts(catalog, ty).shape {
            Shape::Domain(base) => ty = base,
            _ => break,
        }
    }
    ty
}

/// The extensions of the chain by the schema that their objects lie in.
pub(super) fn extensions_in(catalog: &Catalog, schema: ObjectId) -> Vec<Home<'static>> {
    catalog.extensions_in(schema).map(|it| Home::Extension(it.name)).collect()
}

/// The objects of a kind that the chain defines, and that no module takes apart.
pub(super) fn others(
    catalog: &Catalog,
    kind: ObjectKind,
    schema: Option<ObjectId>,
) -> impl Iterator<Item = &crate::catalog::Other> {
    let space = NameSpace::Other(kind);
    catalog.names(space, schema).flat_map(move |name| {
        catalog.named(space, schema, name).iter().filter_map(|id| match &catalog.get(*id)?.object {
            Object::Other(other) => Some(other),
            _ => None,
        })
    })
}

/// The name of a type as messages have it: `integer`, `character varying[]`, `s.mood`.
pub(crate) fn type_name(catalog: &Catalog, ty: TypeRef) -> String {
    let base = match ty.base {
        BaseType::Unknown => "unknown".to_owned(),
        BaseType::Known(known) => sql_name(known.name).to_owned(),
        BaseType::Own(id) => own_name(catalog, id),
        BaseType::Multirange(id) => match catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(definition)) => match &definition.kind {
                TypeDefinitionKind::Range { multirange, .. } => multirange.clone(),
                _ => String::new(),
            },
            _ => String::new(),
        },
    };
    if ty.array { format!("{base}[]") } else { base }
}

fn own_name(catalog: &Catalog, id: ObjectId) -> String {
    let Some(entry) = catalog.get(id) else { return String::new() };
    let name = entry.object.name();
    let schema = entry.object.schema();
    let visible = catalog.search_path().iter().any(|it| match it {
        crate::catalog::SchemaRef::Own(own) => Some(*own) == schema,
        _ => false,
    });
    match schema.filter(|_| !visible).and_then(|schema| catalog.get(schema)) {
        Some(schema) => format!("{}.{name}", schema.object.name()),
        None => name.to_owned(),
    }
}

/// The name that SQL has for a type of the server, as `format_type` gives it.
fn sql_name(name: &str) -> &str {
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
        "timetz" => "time with time zone",
        "timestamp" => "timestamp without time zone",
        "timestamptz" => "timestamp with time zone",
        "varbit" => "bit varying",
        "varchar" => "character varying",
        other => other,
    }
}
