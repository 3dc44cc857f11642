//! The objects that statements of any kind name: `DROP`, `ALTER … RENAME`, `COMMENT`, `GRANT`.

use super::describe::{describe, kind_name, type_name};
use super::names::{no_schema, plain};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{Ident, Name, ObjectKind, ObjectRef, OperatorName, Signature, TypeName};
use crate::builtin::{self, Home, TextSearch};
use crate::catalog::{
    BaseType, Lookup, NameSpace, Object, ObjectId, Relation, RelationHit, RelationKind, SchemaRef,
    Target, TypeDefinitionKind, TypeRef,
};

/// What a name of an object leads to.
#[derive(Debug)]
pub(super) enum Found {
    /// To an object of the chain, or a column of one.
    Own(Target),
    /// To one that the server or an extension brought, or to one that may be there.
    Known,
    /// To one that a fresh server has and needs.
    System,
    /// Nowhere. What the server would say.
    Missing(Refusal),
}

/// What is about to be done: the server looks names up in several ways, and says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Drop,
    /// `RENAME`, `SET SCHEMA`, `OWNER TO`.
    Alter,
    /// `COMMENT`, `SECURITY LABEL`.
    Describe,
}

impl Run<'_> {
    /// As [`Run::find`], of what must be there.
    pub(super) fn existing(&self, object: &ObjectRef, purpose: Purpose) -> Outcome<Option<Target>> {
        match self.find(object, purpose)? {
            Found::Own(target) => Ok(Some(target)),
            Found::Known | Found::System => Ok(None),
            Found::Missing(refusal) => refusal.stop(),
        }
    }

    /// The object that a statement names.
    pub(super) fn find(&self, object: &ObjectRef, purpose: Purpose) -> Outcome<Found> {
        use ObjectKind as K;
        match object.kind {
            K::Table | K::View | K::MaterializedView | K::Index | K::Sequence | K::ForeignTable => {
                self.find_relation_of_kind(object, purpose)
            }
            K::Column | K::Attribute => self.find_column(object),
            K::Type | K::Domain => self.find_type_of_kind(object, purpose),
            K::Function | K::Procedure | K::Routine | K::Aggregate => self.find_function(object),
            K::Trigger | K::Rule | K::Policy | K::Constraint => self.find_on_relation(object),
            K::DomainConstraint => self.find_domain_constraint(object),
            K::Schema => Ok(self.find_schema(&object.name.name)),
            K::Extension => Ok(self.find_extension(&object.name.name)),
            K::Operator => self.find_operator(object),
            K::Cast => self.find_cast(object),
            K::OperatorClass | K::OperatorFamily => self.find_operator_class(object),
            K::Statistics => Ok(self.find_in_schema(object, NameSpace::Statistics, |_| false)),
            K::Collation => {
                let builtin = self.catalog.builtin();
                let known = |name: &str| builtin.objects().collation(name).is_some();
                match self.find_in_schema(object, NameSpace::Other(K::Collation), known) {
                    // Of those that a machine brings, a server can do without.
                    Found::Missing(_) if builtin.collation_may_exist(&object.name.name.text) => {
                        Ok(Found::Known)
                    }
                    found => Ok(found),
                }
            }
            K::TextSearchConfiguration
            | K::TextSearchDictionary
            | K::TextSearchParser
            | K::TextSearchTemplate => Ok(self.find_text_search(object)),
            // Of these, it is not known which a fresh server has.
            K::Conversion => {
                match self.find_in_schema(object, NameSpace::Other(K::Conversion), |_| true) {
                    Found::System => Ok(Found::Known),
                    found => Ok(found),
                }
            }
            K::AccessMethod
            | K::EventTrigger
            | K::ForeignDataWrapper
            | K::ForeignServer
            | K::Language
            | K::Publication
            | K::Subscription => Ok(self.find_in_database(object)),
            K::Database
            | K::LargeObject
            | K::Parameter
            | K::PropertyGraph
            | K::Role
            | K::Tablespace
            | K::Transform
            | K::UserMapping => Ok(self.own_in_database(object).map_or(Found::Known, Found::Own)),
        }
    }

    /// A relation that is to be changed. A missing schema is said to be that.
    pub(super) fn find_relation(&self, name: &Name) -> Outcome<Lookup<RelationHit>> {
        if let Some(schema) = name.schema()
            && self.catalog.schema(&schema.text).is_missing()
        {
            return no_schema(self.catalog, schema).stop();
        }
        Ok(self.catalog.find_relation(name))
    }

    fn find_relation_of_kind(&self, object: &ObjectRef, purpose: Purpose) -> Outcome<Found> {
        let name = &object.name;
        if let Some(missing) = self.missing_schema(name) {
            return Ok(Found::Missing(missing));
        }
        match self.catalog.find_relation(name) {
            Lookup::Unknown => Ok(Found::Known),
            Lookup::Missing => {
                let refusal = super::names::no_relation(self.catalog, name);
                if purpose != Purpose::Drop {
                    return Ok(Found::Missing(refusal));
                }
                let code = match object.kind {
                    ObjectKind::Index | ObjectKind::ForeignTable => Code::UndefinedObject,
                    _ => Code::UndefinedTable,
                };
                let message =
                    format!("{} \"{}\" does not exist", kind_name(object.kind), name.name.text);
                Ok(Found::Missing(Refusal { code, message, ..refusal }))
            }
            Lookup::Found(RelationHit::Own(id)) => {
                let uncertain = self.catalog.is_uncertain(id);
                let Some(relation) = self.catalog.relation(id) else { return Ok(Found::Known) };
                if let Some(refusal) = wrong_kind(relation, object, purpose) {
                    return if uncertain { Ok(Found::Known) } else { refusal.stop() };
                }
                Ok(Found::Own(Target::Object(id)))
            }
            Lookup::Found(RelationHit::Known(relation, home)) => {
                let view = relation.kind == builtin::RelationKind::View;
                match home {
                    Home::Catalog if purpose == Purpose::Drop && !view => Ok(Found::System),
                    _ => Ok(Found::Known),
                }
            }
        }
    }

    fn find_column(&self, object: &ObjectRef) -> Outcome<Found> {
        let Some(relation) = parent(&object.name) else { return Err(Stop::Unknown) };
        match self.find_relation(&relation)? {
            Lookup::Unknown | Lookup::Found(RelationHit::Known(..)) => Ok(Found::Known),
            Lookup::Missing => {
                Ok(Found::Missing(super::names::no_relation(self.catalog, &relation)))
            }
            Lookup::Found(RelationHit::Own(id)) => {
                let Some(found) = self.catalog.relation(id) else { return Ok(Found::Known) };
                if !found.has_rows() && !matches!(found.kind, RelationKind::Composite)
                    || matches!(found.kind, RelationKind::Sequence(_))
                {
                    return Ok(Found::Known);
                }
                match found.column(&object.name.name.text) {
                    Some(column) => Ok(Found::Own(Target::Column(id, column.number))),
                    None if self.catalog.is_uncertain(id)
                        || is_system_column(&object.name.name.text) =>
                    {
                        Ok(Found::Known)
                    }
                    None => Ok(Found::Missing(super::names::no_column(
                        self.catalog,
                        id,
                        &object.name.name,
                    ))),
                }
            }
        }
    }

    fn find_type_of_kind(&self, object: &ObjectRef, purpose: Purpose) -> Outcome<Found> {
        let name = &object.name;
        if let Some(missing) = self.missing_schema(name) {
            return Ok(Found::Missing(missing));
        }
        let ty = match self.catalog.find_type(name) {
            Lookup::Unknown => return Ok(Found::Known),
            Lookup::Missing => {
                let message = format!("type \"{}\" does not exist", plain(name));
                let refusal = self.gone(object, Code::UndefinedObject, NameSpace::Type);
                return Ok(Found::Missing(refusal.message(message)));
            }
            Lookup::Found(ty) => ty,
        };
        let drops = purpose == Purpose::Drop;
        let id = match ty.base {
            BaseType::Known(known) if known.home == Home::Catalog => return Ok(Found::System),
            BaseType::Own(id) if !ty.array => id,
            BaseType::Own(id) | BaseType::Multirange(id) if drops => {
                return self.owned_type(object, ty, id).stop();
            }
            BaseType::Known(_) | BaseType::Unknown | BaseType::Own(_) | BaseType::Multirange(_) => {
                return Ok(Found::Known);
            }
        };
        let wrong = |message: String| Refusal::new(Code::WrongObjectType, message).at(name.range);
        let uncertain = self.catalog.is_uncertain(id);
        let domain = self.catalog.get(id).is_some_and(|entry| match &entry.object {
            Object::Type(it) => matches!(it.kind, TypeDefinitionKind::Domain(_)),
            _ => false,
        });
        if object.kind == ObjectKind::Domain && !domain {
            let words = match purpose {
                Purpose::Alter => format!("{} is not a domain", plain(name)),
                Purpose::Drop | Purpose::Describe => {
                    format!("\"{}\" is not a domain", plain(name))
                }
            };
            return if uncertain { Ok(Found::Known) } else { wrong(words).stop() };
        }
        let table =
            self.catalog.relation(id).is_some_and(|it| !matches!(it.kind, RelationKind::Composite));
        match purpose {
            _ if !table => Ok(Found::Own(Target::Object(id))),
            _ if uncertain => Ok(Found::Known),
            Purpose::Drop => self.owned_type(object, ty, id).stop(),
            Purpose::Alter => wrong(format!("{} is a table's row type", plain(name)))
                .help("use `ALTER TABLE` instead")
                .stop(),
            // The type of a table's rows has a comment of its own, which is not kept.
            Purpose::Describe => Ok(Found::Known),
        }
    }

    /// The refusal of dropping a type that is a part of something: of arrays, of a table's rows.
    fn owned_type(&self, object: &ObjectRef, ty: TypeRef, owner: ObjectId) -> Refusal {
        let owner = describe(self.catalog, Target::Object(owner));
        let ty = type_name(self.catalog, ty);
        let message = format!("cannot drop type {ty} because {owner} requires it");
        Refusal::new(Code::DependentObjects, message)
            .at(object.name.range)
            .help(format!("drop {owner} instead"))
    }

    fn find_on_relation(&self, object: &ObjectRef) -> Outcome<Found> {
        let Signature::On(on) = &object.signature else { return Err(Stop::Unknown) };
        if let Some(missing) = self.missing_schema(on) {
            return Ok(Found::Missing(missing));
        }
        let id = match self.catalog.find_relation(on) {
            Lookup::Unknown | Lookup::Found(RelationHit::Known(..)) => return Ok(Found::Known),
            Lookup::Missing => {
                return Ok(Found::Missing(super::names::no_relation(self.catalog, on)));
            }
            Lookup::Found(RelationHit::Own(id)) => id,
        };
        let space = match object.kind {
            ObjectKind::Trigger => NameSpace::Trigger,
            ObjectKind::Rule => NameSpace::Rule,
            ObjectKind::Policy => NameSpace::Policy,
            _ => NameSpace::Constraint,
        };
        let name = &object.name.name;
        if let Some(found) = self.catalog.named(space, Some(id), &name.text).first() {
            return Ok(Found::Own(Target::Object(*found)));
        }
        if self.catalog.is_uncertain(id) || !self.catalog.missing::<()>(&name.text).is_missing() {
            return Ok(Found::Known);
        }
        // The rule that makes a view, and since version 18 the names of NOT NULL, are not kept.
        if space == NameSpace::Rule && name.text == "_RETURN"
            || space == NameSpace::Constraint && self.catalog.version().major() >= 18
        {
            return Ok(Found::Known);
        }
        let what = if space == NameSpace::Rule { "relation" } else { "table" };
        let table = self.catalog.relation(id).map_or("", |it| it.name.as_str());
        let kind = kind_name(object.kind);
        let message = format!("{kind} \"{}\" for {what} \"{table}\" does not exist", name.text);
        Ok(Found::Missing(
            Refusal::new(Code::UndefinedObject, message)
                .at(name.range)
                .went(self.catalog.former(space, Some(id), &name.text))
                .one_of(&name.text, self.catalog.names(space, Some(id))),
        ))
    }

    fn find_domain_constraint(&self, object: &ObjectRef) -> Outcome<Found> {
        let Signature::On(on) = &object.signature else { return Err(Stop::Unknown) };
        let domain = ObjectRef {
            kind: ObjectKind::Domain,
            name: on.clone(),
            signature: Signature::None,
            range: on.range,
        };
        let id = match self.find(&domain, Purpose::Describe)? {
            Found::Own(Target::Object(id)) => id,
            Found::Missing(refusal) => return Ok(Found::Missing(refusal)),
            _ => return Ok(Found::Known),
        };
        let name = &object.name.name;
        match self.catalog.named(NameSpace::Constraint, Some(id), &name.text).first() {
            Some(found) => Ok(Found::Own(Target::Object(*found))),
            None if self.catalog.is_uncertain(id)
                || !self.catalog.missing::<()>(&name.text).is_missing()
                || self.catalog.version().major() >= 17 =>
            {
                Ok(Found::Known)
            }
            None => {
                let message = format!(
                    "constraint \"{}\" for domain {} does not exist",
                    name.text, on.name.text
                );
                Ok(Found::Missing(Refusal::new(Code::UndefinedObject, message).at(name.range)))
            }
        }
    }

    pub(super) fn find_schema(&self, name: &Ident) -> Found {
        match self.catalog.schema(&name.text) {
            Lookup::Found(SchemaRef::Own(id)) => Found::Own(Target::Object(id)),
            Lookup::Found(SchemaRef::Catalog) => Found::System,
            Lookup::Found(SchemaRef::InformationSchema) | Lookup::Unknown => Found::Known,
            Lookup::Missing => Found::Missing(no_schema(self.catalog, name)),
        }
    }

    pub(super) fn find_extension(&self, name: &Ident) -> Found {
        match self.catalog.named(NameSpace::Extension, None, &name.text).first() {
            Some(id) => Found::Own(Target::Object(*id)),
            None if name.text == "plpgsql" => Found::Known,
            // That there is one of which nothing is known says nothing of the names of others.
            None if self.catalog.opaque.is_some() || self.catalog.doubtful.contains(&name.text) => {
                Found::Known
            }
            None => Found::Missing(
                Refusal::new(
                    Code::UndefinedObject,
                    format!("extension \"{}\" does not exist", name.text),
                )
                .at(name.range)
                .went(self.catalog.former(NameSpace::Extension, None, &name.text)),
            ),
        }
    }

    fn find_text_search(&self, object: &ObjectRef) -> Found {
        let kind = match object.kind {
            ObjectKind::TextSearchConfiguration => TextSearch::Configuration,
            ObjectKind::TextSearchDictionary => TextSearch::Dictionary,
            ObjectKind::TextSearchParser => TextSearch::Parser,
            _ => TextSearch::Template,
        };
        let objects = self.catalog.builtin().objects();
        self.find_in_schema(object, NameSpace::Other(object.kind), |name| {
            objects.has_text_search(kind, name)
        })
    }

    /// What lies in a schema and needs nothing but a name.
    fn find_in_schema(
        &self,
        object: &ObjectRef,
        space: NameSpace,
        known: impl Fn(&str) -> bool,
    ) -> Found {
        let name = &object.name;
        let schemas = match self.catalog.schemas_of(name) {
            Lookup::Found(schemas) => schemas,
            Lookup::Unknown => return Found::Known,
            Lookup::Missing => {
                return self.missing_schema(name).map_or(Found::Known, Found::Missing);
            }
        };
        let text = name.name.text.as_str();
        for schema in schemas {
            match schema {
                SchemaRef::Own(id) => {
                    if let Some(found) = self.catalog.named(space, Some(id), text).first() {
                        return Found::Own(Target::Object(*found));
                    }
                }
                SchemaRef::Catalog if known(text) => return Found::System,
                SchemaRef::Catalog | SchemaRef::InformationSchema => {}
            }
        }
        // Extensions may bring any of these.
        if self.catalog.extensions().next().is_some()
            || !self.catalog.missing::<()>(text).is_missing()
        {
            return Found::Known;
        }
        let encoding =
            if object.kind == ObjectKind::Collation { " for encoding \"UTF8\"" } else { "" };
        Found::Missing(self.gone(object, Code::UndefinedObject, space).message(format!(
            "{} \"{}\"{encoding} does not exist",
            kind_name(object.kind),
            plain(name)
        )))
    }

    fn own_in_database(&self, object: &ObjectRef) -> Option<Target> {
        let space = NameSpace::Other(object.kind);
        let found = self.catalog.named(space, None, &object.name.name.text).first();
        found.map(|id| Target::Object(*id))
    }

    /// What lies in no schema.
    fn find_in_database(&self, object: &ObjectRef) -> Found {
        use ObjectKind as K;
        let name = object.name.name.text.as_str();
        if let Some(target) = self.own_in_database(object) {
            return Found::Own(target);
        }
        let objects = self.catalog.builtin().objects();
        let known = match object.kind {
            K::AccessMethod => objects.access_method(name).is_some(),
            K::ForeignDataWrapper => objects.foreign_data_wrappers().any(|it| it == name),
            K::Language => objects.language(name).is_some(),
            _ => false,
        };
        if known {
            return Found::System;
        }
        let brought = matches!(object.kind, K::AccessMethod | K::ForeignDataWrapper | K::Language);
        let extensions = brought && self.catalog.extensions().next().is_some();
        if extensions || !self.catalog.missing::<()>(name).is_missing() {
            return Found::Known;
        }
        let space = NameSpace::Other(object.kind);
        let message = format!("{} \"{name}\" does not exist", kind_name(object.kind));
        Found::Missing(self.gone(object, Code::UndefinedObject, space).message(message))
    }

    fn find_operator_class(&self, object: &ObjectRef) -> Outcome<Found> {
        let Signature::AccessMethod(method) = &object.signature else {
            return Err(Stop::Unknown);
        };
        let name = object.name.name.text.as_str();
        let schemas = match self.catalog.schemas_of(&object.name) {
            Lookup::Found(schemas) => schemas,
            Lookup::Unknown => return Ok(Found::Known),
            Lookup::Missing => {
                return Ok(self.missing_schema(&object.name).map_or(Found::Known, Found::Missing));
            }
        };
        let space = NameSpace::Other(object.kind);
        for schema in schemas {
            if let SchemaRef::Own(id) = schema {
                for found in self.catalog.named(space, Some(id), name) {
                    if let Some(Object::Other(it)) = self.catalog.get(*found).map(|it| &it.object)
                        && it.detail == method.text
                    {
                        return Ok(Found::Own(Target::Object(*found)));
                    }
                }
            } else {
                let objects = self.catalog.builtin().objects();
                let known = if object.kind == ObjectKind::OperatorClass {
                    objects.operator_class(&method.text, name).is_some()
                } else {
                    objects.has_operator_family(&method.text, name)
                };
                if known {
                    return Ok(Found::System);
                }
            }
        }
        // A class without a family makes one of its name.
        let class = ObjectRef { kind: ObjectKind::OperatorClass, ..object.clone() };
        if object.kind == ObjectKind::OperatorFamily
            && !matches!(self.find_operator_class(&class)?, Found::Missing(_))
        {
            return Ok(Found::Known);
        }
        if self.catalog.extensions().next().is_some()
            || !self.catalog.missing::<()>(name).is_missing()
        {
            return Ok(Found::Known);
        }
        let message = format!(
            "{} \"{}\" does not exist for access method \"{}\"",
            kind_name(object.kind),
            plain(&object.name),
            method.text
        );
        Ok(Found::Missing(self.gone(object, Code::UndefinedObject, space).message(message)))
    }

    fn find_operator(&self, object: &ObjectRef) -> Outcome<Found> {
        let Signature::Operands { left, right, symbol } = &object.signature else {
            return Err(Stop::Unknown);
        };
        let operand = |ty: &Option<TypeName>| -> Outcome<Option<TypeRef>> {
            ty.as_ref().map(|ty| self.column_type(ty).map(|it| it.ty)).transpose()
        };
        let operands = match (operand(left), operand(right)) {
            (Ok(left), Ok(right)) => [left, right],
            (Err(stop), _) | (_, Err(stop)) => return Ok(missing_or(stop)),
        };
        let Lookup::Found(schemas) = self.catalog.schemas_of(&object.name) else {
            return Ok(self.missing_schema(&object.name).map_or(Found::Known, Found::Missing));
        };
        for schema in schemas {
            if let SchemaRef::Own(id) = schema {
                let space = NameSpace::Other(ObjectKind::Operator);
                for found in self.catalog.named(space, Some(id), &symbol.symbol) {
                    if let Some(Object::Other(it)) = self.catalog.get(*found).map(|it| &it.object)
                        && it.types.get(..2) == Some(&operands)
                    {
                        return Ok(Found::Own(Target::Object(*found)));
                    }
                }
            } else if schema == SchemaRef::Catalog {
                for it in self.catalog.builtin().objects().operators(&symbol.symbol) {
                    let left = it.left.map(|ty| self.catalog.type_of_fact(ty));
                    if operands == [left, Some(self.catalog.type_of_fact(it.right))] {
                        return Ok(Found::System);
                    }
                }
            }
        }
        if self.catalog.extensions().next().is_some()
            || operands.iter().flatten().any(|ty| ty.is_unknown())
            || !self.catalog.missing::<()>(&symbol.symbol).is_missing()
        {
            return Ok(Found::Known);
        }
        Ok(Found::Missing(self.no_operator(symbol, &operands)))
    }

    fn no_operator(&self, symbol: &OperatorName, operands: &[Option<TypeRef>; 2]) -> Refusal {
        let name = |ty: &TypeRef| type_name(self.catalog, *ty);
        let words: Vec<String> = [operands[0].as_ref().map(name), Some(symbol.symbol.clone())]
            .into_iter()
            .chain([operands[1].as_ref().map(name)])
            .flatten()
            .collect();
        let message = format!("operator does not exist: {}", words.join(" "));
        Refusal::new(Code::UndefinedFunction, message).at(symbol.range)
    }

    fn find_cast(&self, object: &ObjectRef) -> Outcome<Found> {
        let Signature::Types { from, to } = &object.signature else { return Err(Stop::Unknown) };
        let types = match (self.column_type(from), self.column_type(to)) {
            (Ok(from), Ok(to)) => [from.ty, to.ty],
            (Err(stop), _) | (_, Err(stop)) => return Ok(missing_or(stop)),
        };
        let between = [Some(types[0]), Some(types[1])];
        if let Some(found) = self.own_by_types(ObjectKind::Cast, &between, "") {
            return Ok(Found::Own(Target::Object(found)));
        }
        if let [BaseType::Known(from), BaseType::Known(to)] = types.map(|ty| ty.base)
            && types.iter().all(|ty| !ty.array)
            && self.catalog.builtin().objects().cast(from, to).is_some()
        {
            return Ok(Found::System);
        }
        if self.catalog.extensions().next().is_some()
            || types.iter().any(|ty| ty.is_unknown())
            || self.catalog.opaque.is_some()
        {
            return Ok(Found::Known);
        }
        let [from, to] = types.map(|ty| type_name(self.catalog, ty));
        let message = format!("cast from type {from} to type {to} does not exist");
        Ok(Found::Missing(Refusal::new(Code::UndefinedObject, message).at(object.range)))
    }

    /// An object that has no name of its own but is about these types.
    pub(super) fn own_by_types(
        &self,
        kind: ObjectKind,
        types: &[Option<TypeRef>],
        detail: &str,
    ) -> Option<ObjectId> {
        let space = NameSpace::Other(kind);
        let ids =
            self.catalog.names(space, None).flat_map(|name| self.catalog.named(space, None, name));
        ids.copied().find(|id| match self.catalog.get(*id).map(|entry| &entry.object) {
            Some(Object::Other(it)) => it.types == types && it.detail == detail,
            _ => false,
        })
    }

    /// The refusal of a schema that is named and not there.
    pub(super) fn missing_schema(&self, name: &Name) -> Option<Refusal> {
        let schema = name.schema()?;
        let missing = self.catalog.schema(&schema.text).is_missing();
        missing.then(|| no_schema(self.catalog, schema))
    }

    /// The refusal of an object that is not there, with where it went, but for its message.
    pub(super) fn gone(&self, object: &ObjectRef, code: Code, space: NameSpace) -> Refusal {
        let name = &object.name.name;
        let mut refusal = Refusal::new(code, "").at(object.name.range);
        let parents: Vec<Option<ObjectId>> = match self.catalog.schemas_of(&object.name) {
            Lookup::Found(schemas) => schemas
                .into_iter()
                .filter_map(|schema| match schema {
                    SchemaRef::Own(id) => Some(Some(id)),
                    _ => None,
                })
                .chain([None])
                .collect(),
            _ => vec![None],
        };
        for parent in &parents {
            let went = self.catalog.former(space, *parent, &name.text);
            refusal = refusal.went(went);
        }
        let names = parents.iter().flat_map(|parent| self.catalog.names(space, *parent));
        refusal.similar(&name.text, names)
    }
}

impl Refusal {
    fn message(self, message: String) -> Self {
        Self { message, ..self }
    }
}

/// A refusal of a type, a schema inside of a signature counts as the object's being missing.
pub(super) fn missing_or(stop: Stop) -> Found {
    match stop {
        Stop::Refused(refusal) => Found::Missing(*refusal),
        Stop::Unknown => Found::Known,
    }
}

/// The relation that a column's name is qualified by.
pub(super) fn parent(name: &Name) -> Option<Name> {
    let (last, before) = name.qualifiers.split_last()?;
    let first = before.first().unwrap_or(last);
    Some(Name {
        qualifiers: before.to_vec(),
        name: last.clone(),
        range: first.range.to(last.range),
    })
}

pub(super) fn is_system_column(name: &str) -> bool {
    matches!(name, "ctid" | "xmin" | "xmax" | "cmin" | "cmax" | "tableoid")
}

/// The refusal of a statement about a kind of relation that may not be about this one.
fn wrong_kind(relation: &Relation, object: &ObjectRef, purpose: Purpose) -> Option<Refusal> {
    use ObjectKind as K;
    let foreign = relation.as_table().is_some_and(|it| it.foreign.is_some());
    let right = match (&relation.kind, object.kind) {
        (RelationKind::Table(_), K::Table) => !foreign,
        (RelationKind::Table(_), K::ForeignTable) => foreign,
        (RelationKind::View(_), K::View)
        | (RelationKind::MaterializedView { .. }, K::MaterializedView)
        | (RelationKind::Index(_), K::Index)
        | (RelationKind::Sequence(_), K::Sequence) => true,
        _ => false,
    };
    let composite = matches!(relation.kind, RelationKind::Composite);
    // ALTER TABLE is for relations of any kind, and ALTER INDEX … RENAME has always been lenient.
    let lenient = purpose == Purpose::Alter && matches!(object.kind, K::Table | K::Index);
    if right || lenient && !composite {
        return None;
    }
    let name = &object.name.name;
    let refuse =
        |message: String| Refusal::new(Code::WrongObjectType, message).at(object.name.range);
    if composite && purpose == Purpose::Alter {
        return Some(
            refuse(format!("\"{}\" is a composite type", name.text))
                .help("use `ALTER TYPE` instead"),
        );
    }
    let article = if object.kind == K::Index { "an" } else { "a" };
    let refusal = refuse(format!("\"{}\" is not {article} {}", name.text, kind_name(object.kind)));
    if purpose != Purpose::Drop {
        return Some(refusal);
    }
    let kind = if composite { "type" } else { relation.kind_name() };
    Some(refusal.help(format!("use `DROP {}` to remove it", kind.to_uppercase())))
}
