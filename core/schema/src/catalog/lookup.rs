//! Finding what a name means: schemas, the search path, relations, types.
//!
//! Source: PostgreSQL manual, "The Schema Search Path".

use super::{
    BaseType, Catalog, Function, NameSpace, Object, ObjectId, Other, Relation, RelationKind,
    TypeRef,
};
use crate::ast::{Name, ObjectKind};
use crate::builtin::{self, Extension, Home, Objects};

/// What a name led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It is certain that it is not there.
    Missing,
    /// It may be there: something happened that is not known.
    Unknown,
}

/// A schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaRef {
    /// One of the chain, or `public`.
    Own(ObjectId),
    /// `pg_catalog`.
    Catalog,
    /// `information_schema`.
    InformationSchema,
}

/// A relation that a name led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationHit {
    /// One of the chain.
    Own(ObjectId),
    /// One that the server or an extension brought.
    Known(builtin::Relation, Home<'static>),
}

impl<T> Lookup<T> {
    /// What was found.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(it) => Some(it),
            Self::Missing | Self::Unknown => None,
        }
    }

    /// Whether it is certain that there is nothing.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The same of something made of what was found.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Lookup<U> {
        match self {
            Self::Found(it) => Lookup::Found(map(it)),
            Self::Missing => Lookup::Missing,
            Self::Unknown => Lookup::Unknown,
        }
    }
}

impl Catalog {
    /// The name of the schema in which temporary objects lie.
    pub const TEMPORARY: &'static str = "pg_temp";

    /// A relation of the chain.
    pub fn relation(&self, id: ObjectId) -> Option<&Relation> {
        match &self.get(id)?.object {
            Object::Relation(relation) => Some(relation),
            _ => None,
        }
    }

    /// Whether an object, or the schema or table that it is in, may be other than it is here.
    pub fn is_uncertain(&self, id: ObjectId) -> bool {
        self.opaque.is_some() || self.get(id).is_some_and(|entry| entry.uncertain)
    }

    /// `Missing`, unless something unknown happened, to objects of this name or to any.
    pub fn missing<T>(&self, name: &str) -> Lookup<T> {
        let open = self.opaque.is_some() || self.doubtful.contains(name);
        if open || self.has_unknown_extension() { Lookup::Unknown } else { Lookup::Missing }
    }

    /// `Missing` of a function, type or operator: an extension that is released apart from
    /// PostgreSQL may bring more of them than is known here.
    pub fn missing_routine<T>(&self, name: &str) -> Lookup<T> {
        let open = self.extensions().any(|(_, known)| known.is_none_or(|it| !it.bundled));
        if open { Lookup::Unknown } else { self.missing(name) }
    }

    /// Whether there is an extension of which nothing is known.
    pub fn has_unknown_extension(&self) -> bool {
        self.extensions().any(|(_, known)| known.is_none())
    }

    /// The extensions of the chain, with the schema that the objects of each lie in.
    pub fn extensions(&self) -> impl Iterator<Item = (ObjectId, Option<Extension>)> {
        self.names.get(&(NameSpace::Extension, None)).into_iter().flatten().filter_map(
            |(name, ids)| {
                let Object::Extension(extension) = &self.get(*ids.first()?)?.object else {
                    return None;
                };
                Some((extension.schema, self.builtin().extension(name)))
            },
        )
    }

    /// The known extensions whose objects lie in this schema.
    pub fn extensions_in(&self, schema: ObjectId) -> impl Iterator<Item = Extension> {
        self.extensions().filter(move |(at, _)| *at == schema).filter_map(|(_, known)| known)
    }

    /// What the chain made of a kind that has no table of its own: casts, operator classes, …
    pub fn others(&self, kind: ObjectKind) -> impl Iterator<Item = &Other> {
        self.all_in(NameSpace::Other(kind)).filter_map(|id| match &self.get(id)?.object {
            Object::Other(other) => Some(other),
            _ => None,
        })
    }

    /// The functions of the chain, procedures and aggregates among them.
    pub fn functions(&self) -> impl Iterator<Item = (ObjectId, &Function)> {
        self.all_in(NameSpace::Function).filter_map(|id| match &self.get(id)?.object {
            Object::Function(function) => Some((id, function)),
            _ => None,
        })
    }

    /// What has a name in a space of this sort, wherever that is.
    fn all_in(&self, space: NameSpace) -> impl Iterator<Item = ObjectId> {
        let spaces = self.names.range((space, None)..).take_while(move |((it, _), _)| *it == space);
        spaces.flat_map(|(_, names)| names.values().flatten().copied())
    }

    /// A schema by its name.
    pub fn schema(&self, name: &str) -> Lookup<SchemaRef> {
        match name {
            "pg_catalog" => Lookup::Found(SchemaRef::Catalog),
            "information_schema" => Lookup::Found(SchemaRef::InformationSchema),
            _ => match self.named(NameSpace::Schema, None, name).first() {
                Some(id) => Lookup::Found(SchemaRef::Own(*id)),
                None if name.starts_with("pg_toast") => Lookup::Unknown,
                None => self.missing(name),
            },
        }
    }

    /// The schemas in which a name without one is looked up, in order.
    pub fn search_path(&self) -> Vec<SchemaRef> {
        let mut path: Vec<SchemaRef> = Vec::new();
        let named = &self.session.search_path;
        let implicit = |name: &str| !named.iter().any(|it| it == name);
        if implicit(Self::TEMPORARY) {
            path.extend(self.schema(Self::TEMPORARY).found());
        }
        if implicit("pg_catalog") {
            path.push(SchemaRef::Catalog);
        }
        for name in named {
            if let Lookup::Found(schema) = self.schema(name)
                && !path.contains(&schema)
            {
                path.push(schema);
            }
        }
        path
    }

    /// The schemas in which a name is looked up: that which it names, or the search path.
    /// `Missing` where it names one that is not there.
    pub fn schemas_of(&self, name: &Name) -> Lookup<Vec<SchemaRef>> {
        match name.schema() {
            Some(schema) => self.schema(&schema.text).map(|schema| vec![schema]),
            None => Lookup::Found(self.search_path()),
        }
    }

    /// The schema in which an object of that name would be made; not a temporary one. `Missing`
    /// where there is none.
    pub fn creation_schema(&self, name: &Name) -> Lookup<SchemaRef> {
        let schema = match name.schema() {
            Some(schema) => return self.schema(&schema.text),
            None => self.session.search_path.iter().find_map(|name| self.schema(name).found()),
        };
        match schema {
            Some(schema) => Lookup::Found(schema),
            None => self.missing(""),
        }
    }

    /// A relation of any kind by its name.
    pub fn find_relation(&self, name: &Name) -> Lookup<RelationHit> {
        let schemas = match self.schemas_of(name) {
            Lookup::Found(schemas) => schemas,
            Lookup::Missing => return Lookup::Missing,
            Lookup::Unknown => return Lookup::Unknown,
        };
        let text = name.name.text.as_str();
        let hit = schemas.iter().find_map(|schema| self.relation_in(*schema, text));
        hit.map_or_else(|| self.missing(text), Lookup::Found)
    }

    /// A relation of this name in a schema.
    pub fn relation_in(&self, schema: SchemaRef, name: &str) -> Option<RelationHit> {
        let known = |objects: Objects, name: &str, home| {
            objects.relation(name).map(|relation| RelationHit::Known(relation, home))
        };
        match schema {
            SchemaRef::Own(id) => {
                let own = self.named(NameSpace::Relation, Some(id), name).first();
                own.map(|id| RelationHit::Own(*id)).or_else(|| {
                    self.extensions_in(id)
                        .find_map(|it| known(it.objects, name, Home::Extension(it.name)))
                })
            }
            SchemaRef::Catalog => known(self.builtin().objects(), name, Home::Catalog),
            SchemaRef::InformationSchema => {
                let name = format!("information_schema.{name}");
                known(self.builtin().objects(), &name, Home::InformationSchema)
            }
        }
    }

    /// A type by its name, without modifiers and brackets: `pg_catalog.int4`, `mood`, `_text`.
    pub fn find_type(&self, name: &Name) -> Lookup<TypeRef> {
        let schemas = match self.schemas_of(name) {
            Lookup::Found(schemas) => schemas,
            Lookup::Missing => return Lookup::Missing,
            Lookup::Unknown => return Lookup::Unknown,
        };
        let text = name.name.text.as_str();
        let hit = schemas.iter().find_map(|schema| self.type_in(*schema, text));
        hit.map_or_else(|| self.missing_routine(text), Lookup::Found)
    }

    /// A type of this name in a schema.
    pub fn type_in(&self, schema: SchemaRef, name: &str) -> Option<TypeRef> {
        let array = |name: &str| name.strip_prefix('_').map(str::to_owned);
        self.plain_type_in(schema, name).or_else(|| {
            let element = self.plain_type_in(schema, &array(name)?)?;
            Some(element.array_of())
        })
    }

    fn plain_type_in(&self, schema: SchemaRef, name: &str) -> Option<TypeRef> {
        let known = |name: builtin::TypeName<'static>| TypeRef::plain(BaseType::Known(name));
        match schema {
            SchemaRef::Own(id) => {
                if let Some(id) = self.named(NameSpace::Type, Some(id), name).first() {
                    return Some(TypeRef::own(*id));
                }
                let relation = self.named(NameSpace::Relation, Some(id), name).first();
                let relation = relation.filter(|id| {
                    self.relation(**id).is_some_and(|it| {
                        !matches!(it.kind, RelationKind::Index(_) | RelationKind::Sequence(_))
                    })
                });
                relation.map(|id| TypeRef::own(*id)).or_else(|| {
                    self.multirange_in(id, name).or_else(|| {
                        self.extensions_in(id).find_map(|it| it.objects.type_name(name).map(known))
                    })
                })
            }
            SchemaRef::Catalog => self.builtin().objects().type_name(name).map(known),
            SchemaRef::InformationSchema => {
                let name = format!("information_schema.{name}");
                self.builtin().objects().type_name(&name).map(known)
            }
        }
    }

    fn multirange_in(&self, schema: ObjectId, name: &str) -> Option<TypeRef> {
        let types = self.names.get(&(NameSpace::Type, Some(schema)))?;
        types.values().flatten().find_map(|id| match &self.get(*id)?.object {
            Object::Type(super::TypeDefinition {
                kind: super::TypeDefinitionKind::Range { multirange, .. },
                ..
            }) if multirange == name => Some(TypeRef::plain(BaseType::Multirange(*id))),
            _ => None,
        })
    }

    /// The facts of a type that the server or an extension brought.
    pub fn known_type(&self, name: builtin::TypeName<'static>) -> Option<builtin::Type> {
        match name.home {
            Home::Catalog => self.builtin().objects().type_named(name.name),
            Home::InformationSchema => {
                let name = format!("information_schema.{}", name.name);
                self.builtin().objects().type_named(&name)
            }
            Home::Extension(extension) => {
                self.builtin().extension(extension)?.objects.type_named(name.name)
            }
        }
    }

    /// A type as the facts of [`builtin`] name it: there, `_int4` is that of arrays of `int4`.
    pub fn type_of_fact(&self, name: builtin::TypeName<'static>) -> TypeRef {
        let element = name
            .name
            .strip_prefix('_')
            .map(|element| builtin::TypeName { home: name.home, name: element });
        match element.filter(|element| self.known_type(*element).is_some()) {
            Some(element) => TypeRef::plain(BaseType::Known(element)).array_of(),
            None => TypeRef::plain(BaseType::Known(name)),
        }
    }
}
