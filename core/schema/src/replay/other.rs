//! What is used too rarely to be taken apart: operators, casts, collations, text search, foreign
//! servers, languages, roles. The catalog keeps their names, what they are about, and the
//! statement that makes them.

use super::describe::{kind_name, type_name};
use super::find::{Found, Purpose};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::Analyzer;
use crate::ast::{
    CastMethod, CollationDefinition, CreateCast, CreateCollation, CreateOperator,
    CreateOperatorClass, CreateRole, CreateTextSearch, CreateTransform, DefElem, DefValue,
    DropRole, ForeignServer, Ident, Name, ObjectKind, ObjectRef, OperatorClassItem, Signature,
    Statement, TextRange, TypeName, UserMapping, UserMappingCommand,
};
use crate::catalog::{BaseType, Hole, NameSpace, Object, ObjectId, Other, Target, Text, TypeRef};

impl Run<'_> {
    /// A statement that has no place of its own.
    pub(super) fn other(&mut self, statement: &Statement) -> Outcome {
        use Statement as S;
        match statement {
            S::CreateCast(it) => self.create_cast(it),
            S::CreateCollation(it) => self.create_collation(it),
            S::CreateConversion(it) => {
                self.create_in_schema(ObjectKind::Conversion, &it.name, false)
            }
            S::CreateTextSearch(it) => self.create_text_search(it),
            S::AlterTextSearch(it) => self.must_exist(it.kind, &it.name),
            S::CreateOperator(it) => self.create_operator(it),
            S::AlterOperator(it) => self.existing(&it.operator, Purpose::Alter).map(drop),
            S::CreateOperatorClass(it) => self.create_operator_class(it),
            S::CreateOperatorFamily(it) => self.create_operator_family(&it.name, &it.method),
            S::AlterOperatorFamily(it) => {
                let object = with_method(ObjectKind::OperatorFamily, &it.name, &it.method);
                self.existing(&object, Purpose::Alter).map(drop)
            }
            S::CreateTransform(it) => self.create_transform(it),
            S::CreateAccessMethod(it) => {
                self.create_in_database(ObjectKind::AccessMethod, &it.name, false)
            }
            S::CreateLanguage(it) if it.handler.is_some() => {
                self.create_in_database(ObjectKind::Language, &it.name, it.or_replace)
            }
            // Once, that was how; today the server makes an extension of it.
            S::CreateLanguage(it) => self.create_extension(&crate::ast::CreateExtension {
                name: it.name.clone(),
                if_not_exists: it.or_replace,
                schema: None,
                version: None,
                cascade: false,
            }),
            S::ForeignDataWrapper(it) if it.alter => {
                self.must_exist(ObjectKind::ForeignDataWrapper, &Name::from(it.name.clone()))
            }
            S::ForeignDataWrapper(it) => {
                self.create_in_database(ObjectKind::ForeignDataWrapper, &it.name, false)
            }
            S::ForeignServer(it) => self.foreign_server(it),
            S::UserMapping(it) => self.user_mapping(it),
            S::ImportForeignSchema(it) => {
                self.must_exist(ObjectKind::ForeignServer, &Name::from(it.server.clone()))?;
                self.own_schema(&it.into)?;
                // Which tables come of it, only the other server knows.
                Err(Stop::Unknown)
            }
            S::CreatePublication(it) => self.create_publication(it),
            S::AlterPublication(it) => self.alter_publication(it),
            S::CreateSubscription(it) => {
                self.create_in_database(ObjectKind::Subscription, &it.name, false)
            }
            S::AlterSubscription(it) => {
                self.must_exist(ObjectKind::Subscription, &Name::from(it.name.clone()))
            }
            S::CreateStatistics(it) => self.create_statistics(it),
            S::AlterStatistics(it) => self.alter_statistics(it),
            S::CreateRole(it) => {
                self.create_role(it);
                Ok(())
            }
            S::DropRole(it) => {
                self.drop_role(it);
                Ok(())
            }
            S::RefreshVersion(it) => self.existing(it, Purpose::Alter).map(drop),
            S::SecurityLabel(it) => self.existing(&it.object, Purpose::Describe).map(drop),
            S::DependsOnExtension(it) => {
                self.existing(&it.object, Purpose::Alter)?;
                match self.find_extension(&it.extension) {
                    Found::Missing(refusal) => refusal.stop(),
                    _ => Ok(()),
                }
            }
            S::AlterDefaultPrivileges(it) => self.alter_default_privileges(it),
            // These change nothing that a schema is made of. Who owns what is not known well
            // enough to say what DROP OWNED takes: only what the chain itself gave away.
            S::AlterDatabase(_)
            | S::AlterRole(_)
            | S::AlterSystem(_)
            | S::AlterTablespace(_)
            | S::CreateDatabase(_)
            | S::CreateTablespace(_)
            | S::GrantRole(_)
            | S::MoveAll(_)
            | S::ReassignOwned(_) => Ok(()),
            _ => Err(Stop::Unknown),
        }
    }

    /// Refuses a name that leads nowhere.
    pub(super) fn must_exist(&self, kind: ObjectKind, name: &Name) -> Outcome {
        self.existing(&named(kind, name), Purpose::Alter).map(drop)
    }

    /// Adds an object that is kept as its statement.
    fn add(&mut self, other: Other) -> ObjectId {
        self.catalog.insert(Object::Other(other), self.place)
    }

    /// The statement from a place on.
    pub(super) fn rest(&self, analyzer: &Analyzer<'_>, start: usize) -> Text {
        analyzer.text(TextRange { start, end: self.range.end })
    }

    fn analyzer(&self) -> Analyzer<'_> {
        Analyzer::new(self.catalog, self.text)
    }

    /// The refusal of a second object of a name.
    pub(super) fn exists(&self, kind: ObjectKind, name: &Ident, id: ObjectId) -> Refusal {
        let message = format!("{} \"{}\" already exists", kind_name(kind), name.text);
        Refusal::new(Code::DuplicateObject, message)
            .at(name.range)
            .also(self.catalog.get(id).map(|entry| entry.created), "created here")
    }

    /// Whether the object that has a name is certain to have it.
    pub(super) fn is_taken(&self, id: ObjectId, name: &Ident) -> bool {
        !self.catalog.is_uncertain(id) && !self.catalog.doubtful.contains(&name.text)
    }

    /// What needs a name in a schema, and nothing else to be told apart. `lenient`: it may exist.
    fn create_in_schema(&mut self, kind: ObjectKind, name: &Name, lenient: bool) -> Outcome {
        let schema = self.creation_schema(name)?;
        let space = NameSpace::Other(kind);
        let found = self.catalog.named(space, Some(schema), &name.name.text).first().copied();
        if let Some(id) = found {
            if lenient || !self.is_taken(id, &name.name) {
                return Ok(());
            }
            return self.exists(kind, &name.name, id).stop();
        }
        let text = self.rest(&self.analyzer(), name.range.end);
        self.add(Other {
            kind,
            schema: Some(schema),
            name: name.name.text.clone(),
            types: Vec::new(),
            detail: String::new(),
            text,
        });
        Ok(())
    }

    /// What needs a name in the database.
    fn create_in_database(&mut self, kind: ObjectKind, name: &Ident, lenient: bool) -> Outcome {
        let text = self.rest(&self.analyzer(), name.range.end);
        self.create_with_text(kind, name, lenient, text)
    }

    pub(super) fn create_with_text(
        &mut self,
        kind: ObjectKind,
        name: &Ident,
        lenient: bool,
        text: Text,
    ) -> Outcome {
        let found = self.catalog.named(NameSpace::Other(kind), None, &name.text).first().copied();
        if let Some(id) = found {
            if lenient || !self.is_taken(id, name) {
                return Ok(());
            }
            return self.exists(kind, name, id).stop();
        }
        if !lenient
            && matches!(
                self.find(&named(kind, &name.clone().into()), Purpose::Describe)?,
                Found::System
            )
        {
            let message = format!("{} \"{}\" already exists", kind_name(kind), name.text);
            return Refusal::new(Code::DuplicateObject, message).at(name.range).stop();
        }
        let name = name.text.clone();
        let (types, detail) = (Vec::new(), String::new());
        self.add(Other { kind, schema: None, name, types, detail, text });
        Ok(())
    }

    fn create_collation(&mut self, statement: &CreateCollation) -> Outcome {
        if let CollationDefinition::From(from) = &statement.definition {
            self.collation(Some(from))?;
        }
        self.create_in_schema(ObjectKind::Collation, &statement.name, statement.if_not_exists)
    }

    fn create_text_search(&mut self, statement: &CreateTextSearch) -> Outcome {
        for option in &statement.options {
            let kind = match option.name.text.as_str() {
                "copy" => ObjectKind::TextSearchConfiguration,
                "parser" if statement.kind == ObjectKind::TextSearchConfiguration => {
                    ObjectKind::TextSearchParser
                }
                "template" => ObjectKind::TextSearchTemplate,
                _ => continue,
            };
            if let Some(DefValue::Type(ty)) = &option.value {
                self.must_exist(kind, &ty.name)?;
            }
        }
        self.create_in_schema(statement.kind, &statement.name, false)
    }

    fn create_operator(&mut self, statement: &CreateOperator) -> Outcome {
        let symbol = &statement.name;
        let name = Ident::new(symbol.symbol.clone(), symbol.range);
        let qualifiers = symbol.schema.iter().cloned().collect();
        let name = Name { qualifiers, name, range: symbol.range };
        let schema = self.creation_schema(&name)?;
        let operand = |option: &str| -> Outcome<Option<TypeRef>> {
            match value(&statement.options, option) {
                Some(DefValue::Type(ty)) => Ok(Some(self.column_type(ty)?.ty)),
                _ => Ok(None),
            }
        };
        let (left, right) = (operand("leftarg")?, operand("rightarg")?);
        let refuse = |code, message: String| Refusal::new(code, message).at(symbol.range);
        if right.is_none() {
            let message = if left.is_some() {
                "operator right argument type must be specified"
            } else {
                "operator argument types must be specified"
            };
            return refuse(Code::InvalidFunctionDefinition, message.to_owned()).stop();
        }
        let function = ["function", "procedure"]
            .into_iter()
            .find_map(|option| value(&statement.options, option));
        let mut analyzer = self.analyzer();
        let mut result = None;
        match function {
            None => {
                let message = "operator function must be specified".to_owned();
                return refuse(Code::InvalidFunctionDefinition, message).stop();
            }
            Some(DefValue::Type(function)) => {
                let inputs: Vec<TypeRef> = [left, right].into_iter().flatten().collect();
                if let Some(id) = self.function_of(function, &inputs)? {
                    analyzer.bind(function.name.range, Hole::Object(id));
                    if let Some(Object::Function(it)) = self.catalog.get(id).map(|it| &it.object) {
                        result = it.returns.as_ref().map(|it| it.ty);
                    }
                }
            }
            Some(_) => {}
        }
        for option in ["leftarg", "rightarg"] {
            if let Some(DefValue::Type(ty)) = value(&statement.options, option) {
                self.bind_type(&mut analyzer, ty);
            }
        }
        let text = self.rest(&analyzer, symbol.range.end);
        let types = vec![left, right, result];
        let space = NameSpace::Other(ObjectKind::Operator);
        let same = |id: &&ObjectId| match self.catalog.get(**id).map(|entry| &entry.object) {
            Some(Object::Other(it)) => it.types.get(..2) == types.get(..2),
            _ => false,
        };
        let found = self.catalog.named(space, Some(schema), &symbol.symbol).iter().find(same);
        if let Some(id) = found {
            if !self.is_taken(*id, &name.name) || types.contains(&Some(TypeRef::UNKNOWN)) {
                return Ok(());
            }
            let message = format!("operator {} already exists", symbol.symbol);
            return refuse(Code::DuplicateFunction, message)
                .also(self.catalog.get(*id).map(|entry| entry.created), "created here")
                .stop();
        }
        self.add(Other {
            kind: ObjectKind::Operator,
            schema: Some(schema),
            name: symbol.symbol.clone(),
            types,
            detail: String::new(),
            text,
        });
        Ok(())
    }

    /// The function of just these parameters that an option names; none for one of the server's.
    fn function_of(&self, name: &TypeName, inputs: &[TypeRef]) -> Outcome<Option<ObjectId>> {
        let object = named(ObjectKind::Function, &name.name);
        match self.find_by_inputs(&object, inputs) {
            Found::Own(Target::Object(id)) => Ok(Some(id)),
            // Polymorphic and binary coercible parameters fit too: then it is looked for in vain.
            Found::Missing(refusal) if !self.has_function(&object) => refusal.stop(),
            _ => Ok(None),
        }
    }

    /// Says that a type's name stands for a type of the chain.
    pub(super) fn bind_type(&self, analyzer: &mut Analyzer<'_>, ty: &TypeName) {
        if let Ok(found) = self.column_type(ty)
            && let BaseType::Own(id) = found.ty.base
            && (ty.is_array() || !found.ty.array)
        {
            analyzer.bind(ty.name.range, Hole::Object(id));
        }
    }

    fn create_cast(&mut self, statement: &CreateCast) -> Outcome {
        let (from, to) =
            (self.column_type(&statement.from)?.ty, self.column_type(&statement.to)?.ty);
        let types = vec![Some(from), Some(to)];
        let name =
            format!("({} AS {})", type_name(self.catalog, from), type_name(self.catalog, to));
        let range = statement.from.range.to(statement.to.range);
        let mut analyzer = self.analyzer();
        if let CastMethod::Function(function) = &statement.method
            && let Some(Target::Object(id)) = self.existing(function, Purpose::Describe)?
        {
            analyzer.bind(function.name.range, Hole::Object(id));
        }
        // Up to the parenthesis is its name.
        let end = statement.to.range.end;
        let gap = self.text.get(end..).and_then(|rest| rest.find(')')).map_or(0, |at| at + 1);
        let text = self.rest(&analyzer, end + gap);
        let found = self.own_by_types(ObjectKind::Cast, &types, "");
        if let Some(id) = found.filter(|_| !types.contains(&Some(TypeRef::UNKNOWN))) {
            if self.catalog.is_uncertain(id) {
                return Ok(());
            }
            let (from, to) = (type_name(self.catalog, from), type_name(self.catalog, to));
            let message = format!("cast from type {from} to type {to} already exists");
            return Refusal::new(Code::DuplicateObject, message)
                .at(range)
                .also(self.catalog.get(id).map(|entry| entry.created), "created here")
                .stop();
        }
        let detail = String::new();
        self.add(Other { kind: ObjectKind::Cast, schema: None, name, types, detail, text });
        Ok(())
    }

    fn create_transform(&mut self, statement: &CreateTransform) -> Outcome {
        let ty = self.column_type(&statement.ty)?.ty;
        self.must_exist(ObjectKind::Language, &statement.language.clone().into())?;
        let mut analyzer = self.analyzer();
        for function in [&statement.from_sql, &statement.to_sql].into_iter().flatten() {
            if let Some(Target::Object(id)) = self.existing(function, Purpose::Describe)? {
                analyzer.bind(function.name.range, Hole::Object(id));
            }
        }
        let language = &statement.language;
        let text = self.rest(&analyzer, language.range.end);
        let name = format!("FOR {} LANGUAGE {language}", type_name(self.catalog, ty));
        let (types, detail) = (vec![Some(ty)], language.text.clone());
        self.add(Other { kind: ObjectKind::Transform, schema: None, name, types, detail, text });
        Ok(())
    }

    fn create_operator_class(&mut self, statement: &CreateOperatorClass) -> Outcome {
        let (name, method) = (&statement.name, &statement.method);
        let schema = self.creation_schema(name)?;
        self.must_exist(ObjectKind::AccessMethod, &method.clone().into())?;
        let ty = self.column_type(&statement.ty)?.ty;
        let mut analyzer = self.analyzer();
        self.bind_type(&mut analyzer, &statement.ty);
        for item in &statement.items {
            if let OperatorClassItem::Function { function, .. } = item
                && let Ok(Some(Target::Object(id))) = self.existing(function, Purpose::Describe)
            {
                analyzer.bind(function.name.range, Hole::Object(id));
            }
        }
        if let Some(family) = &statement.family {
            let object = with_method(ObjectKind::OperatorFamily, family, method);
            if let Some(Target::Object(id)) = self.existing(&object, Purpose::Describe)? {
                analyzer.bind(family.range, Hole::Object(id));
            }
        }
        let text = self.rest(&analyzer, name.range.end);
        self.add_with_method(ObjectKind::OperatorClass, schema, name, method, vec![Some(ty)], text)
    }

    fn create_operator_family(&mut self, name: &Name, method: &Ident) -> Outcome {
        let schema = self.creation_schema(name)?;
        self.must_exist(ObjectKind::AccessMethod, &method.clone().into())?;
        let text = self.rest(&self.analyzer(), name.range.end);
        self.add_with_method(ObjectKind::OperatorFamily, schema, name, method, Vec::new(), text)
    }

    fn add_with_method(
        &mut self,
        kind: ObjectKind,
        schema: ObjectId,
        name: &Name,
        method: &Ident,
        types: Vec<Option<TypeRef>>,
        text: Text,
    ) -> Outcome {
        let found = self.catalog.named(NameSpace::Other(kind), Some(schema), &name.name.text);
        let found = found.iter().find(|id| match self.catalog.get(**id).map(|it| &it.object) {
            Some(Object::Other(it)) => it.detail == method.text,
            _ => false,
        });
        if let Some(id) = found.copied() {
            if !self.is_taken(id, &name.name) {
                return Ok(());
            }
            let refusal = self.exists(kind, &name.name, id);
            let message = format!(
                "{} \"{}\" for access method \"{}\" already exists",
                kind_name(kind),
                name.name.text,
                method.text
            );
            return Refusal { message, ..refusal }.stop();
        }
        let (name, detail) = (name.name.text.clone(), method.text.clone());
        self.add(Other { kind, schema: Some(schema), name, types, detail, text });
        Ok(())
    }

    fn foreign_server(&mut self, statement: &ForeignServer) -> Outcome {
        let name = &statement.name;
        if statement.alter {
            return self.must_exist(ObjectKind::ForeignServer, &name.clone().into());
        }
        let mut analyzer = self.analyzer();
        if let Some(wrapper) = &statement.wrapper {
            let object = named(ObjectKind::ForeignDataWrapper, &wrapper.clone().into());
            if let Some(Target::Object(id)) = self.existing(&object, Purpose::Describe)? {
                analyzer.bind(wrapper.range, Hole::Object(id));
            } else if let Some(extension) = self.catalog.builtin().extension(&wrapper.text) {
                // Each extension of PostgreSQL's own that has a wrapper has its name.
                let name = wrapper.to_string();
                let hole = Hole::Extension { extension: extension.name, name };
                analyzer.bind(wrapper.range, hole);
            }
        }
        let text = self.rest(&analyzer, name.range.end);
        self.create_with_text(ObjectKind::ForeignServer, name, statement.if_not_exists, text)
    }

    fn user_mapping(&mut self, statement: &UserMapping) -> Outcome {
        let server = named(ObjectKind::ForeignServer, &statement.server.clone().into());
        let server = match self.find(&server, Purpose::Alter)? {
            Found::Missing(_)
                if statement.command == UserMappingCommand::Drop && statement.if_exists =>
            {
                return Ok(());
            }
            Found::Missing(refusal) => return refusal.stop(),
            Found::Own(Target::Object(id)) => id,
            _ => return Ok(()),
        };
        let role = super::comment::role_name(statement.role.as_ref());
        let space = NameSpace::Other(ObjectKind::UserMapping);
        let same = |id: &&ObjectId| match self.catalog.get(**id).map(|entry| &entry.object) {
            Some(Object::Other(it)) => it.detail == statement.server.text,
            _ => false,
        };
        let found = self.catalog.named(space, None, &role).iter().find(same).copied();
        match (statement.command, found) {
            (UserMappingCommand::Create, None) => {
                let mut analyzer = self.analyzer();
                analyzer.bind(statement.server.range, Hole::Object(server));
                let start = self.text.get(..statement.server.range.start).unwrap_or_default();
                let start = start.to_ascii_lowercase().rfind("server").unwrap_or(start.len());
                let text = self.rest(&analyzer, start);
                self.add(Other {
                    kind: ObjectKind::UserMapping,
                    schema: None,
                    name: role,
                    types: Vec::new(),
                    detail: statement.server.text.clone(),
                    text,
                });
                Ok(())
            }
            (UserMappingCommand::Create, Some(id)) => {
                if statement.if_exists || self.catalog.is_uncertain(id) {
                    return Ok(());
                }
                Refusal::new(
                    Code::DuplicateObject,
                    format!(
                        "user mapping for \"{role}\" already exists for server \"{}\"",
                        statement.server.text
                    ),
                )
                .at(statement.server.range)
                .also(self.catalog.get(id).map(|entry| entry.created), "created here")
                .stop()
            }
            (UserMappingCommand::Drop, Some(id)) => {
                self.delete(&[Target::Object(id)], false, statement.server.range)
            }
            // Which roles are the same is not known.
            (UserMappingCommand::Alter, _) | (UserMappingCommand::Drop, None) => Ok(()),
        }
    }

    /// Roles belong to the server, not to the database: any may be there already, or still.
    fn create_role(&mut self, statement: &CreateRole) {
        let space = NameSpace::Other(ObjectKind::Role);
        if self.catalog.named(space, None, &statement.name.text).is_empty() {
            let text = self.rest(&self.analyzer(), statement.name.range.end);
            self.add(Other {
                kind: ObjectKind::Role,
                schema: None,
                name: statement.name.text.clone(),
                types: Vec::new(),
                detail: String::new(),
                text,
            });
        }
    }

    fn drop_role(&mut self, statement: &DropRole) {
        for role in &statement.roles {
            let crate::ast::RoleSpec::Name(name) = role else { continue };
            let space = NameSpace::Other(ObjectKind::Role);
            if let Some(id) = self.catalog.named(space, None, &name.text).first().copied() {
                self.catalog.remove(id, self.place);
            }
        }
    }
}

/// A reference to an object that only has a name.
pub(super) fn named(kind: ObjectKind, name: &Name) -> ObjectRef {
    ObjectRef { kind, name: name.clone(), signature: Signature::None, range: name.range }
}

fn with_method(kind: ObjectKind, name: &Name, method: &Ident) -> ObjectRef {
    ObjectRef { signature: Signature::AccessMethod(method.clone()), ..named(kind, name) }
}

fn value<'a>(options: &'a [DefElem], name: &str) -> Option<&'a DefValue> {
    options.iter().find(|it| it.name.text == name)?.value.as_ref()
}
