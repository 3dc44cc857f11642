//! Schemas and extensions.

use super::find::{Found, Purpose};
use super::names::plain;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{
    AlterExtension, AlterExtensionAction, CreateExtension, CreateSchema, Ident, Name, ObjectKind,
    ObjectRef, RoleSpec, Signature, Statement, TextRange,
};
use crate::builtin;
use crate::catalog::{
    Catalog, Extension, Lookup, NameSpace, Object, ObjectId, Schema, SchemaRef, Target,
};

impl Run<'_> {
    pub(super) fn create_schema(&mut self, statement: &CreateSchema) -> Outcome {
        let ((Some(name), _) | (None, Some(RoleSpec::Name(name)))) =
            (&statement.name, &statement.owner)
        else {
            return Err(Stop::Unknown);
        };
        schema_name_is_free_for_users(name)?;
        if statement.if_not_exists && !statement.elements.is_empty() {
            return Refusal::new(
                Code::FeatureNotSupported,
                "CREATE SCHEMA IF NOT EXISTS cannot include schema elements",
            )
            .at(name.range)
            .stop();
        }
        if let Lookup::Found(found) = self.catalog.schema(&name.text) {
            let uncertain = matches!(found, SchemaRef::Own(id) if self.catalog.is_uncertain(id));
            if statement.if_not_exists || uncertain {
                return Ok(());
            }
            return self.schema_exists(name).stop();
        }
        let schema = Object::Schema(Schema { name: name.text.clone() });
        let id = self.catalog.insert(schema, self.place);
        if let Some(RoleSpec::Name(owner)) = &statement.owner {
            self.catalog.update(id, |entry| entry.owner = Some(owner.text.clone()));
        }
        self.schema_elements(name, &statement.elements)
    }

    /// The refusal of a second schema of a name.
    pub(super) fn schema_exists(&self, name: &Ident) -> Refusal {
        let found = self.catalog.named(NameSpace::Schema, None, &name.text).first();
        let created = found.and_then(|id| self.catalog.get(*id)).map(|entry| entry.created);
        Refusal::new(Code::DuplicateSchema, format!("schema \"{}\" already exists", name.text))
            .at(name.range)
            .also(created, "created here")
    }

    /// What a schema is created with, in the order in which the server does it.
    fn schema_elements(&mut self, schema: &Ident, elements: &[Statement]) -> Outcome {
        let turn = |statement: &Statement| match statement {
            Statement::CreateSequence(_) => 0,
            Statement::CreateTable(_) => 1,
            Statement::CreateView(_) => 2,
            Statement::CreateIndex(_) => 3,
            Statement::CreateTrigger(_) => 4,
            _ => 5,
        };
        let mut elements: Vec<&Statement> = elements.iter().collect();
        elements.sort_by_key(|statement| turn(statement));
        let before = self.catalog.session.search_path.clone();
        self.catalog.session.search_path.insert(0, schema.text.clone());
        let outcome = elements.into_iter().try_for_each(|statement| {
            if let Some(other) = schema_of(statement).filter(|it| it.text != schema.text) {
                return Refusal::new(
                    Code::InvalidSchemaDefinition,
                    format!(
                        "CREATE specifies a schema ({}) different from the one being created ({})",
                        other.text, schema.text
                    ),
                )
                .at(other.range)
                .stop();
            }
            self.statement(statement)
        });
        self.catalog.session.search_path = before;
        outcome
    }

    pub(super) fn create_extension(&mut self, statement: &CreateExtension) -> Outcome {
        let name = &statement.name;
        if let Found::Own(Target::Object(id)) = self.find_extension(name) {
            if statement.if_not_exists || self.catalog.is_uncertain(id) {
                return Ok(());
            }
            return self.extension_exists(name, Some(id)).stop();
        }
        if name.text == "plpgsql" {
            let may_be_gone =
                self.catalog.opaque.is_some() || self.catalog.doubtful.contains(&name.text);
            if statement.if_not_exists || may_be_gone {
                return Ok(());
            }
            return self.extension_exists(name, None).stop();
        }
        let asked = match &statement.schema {
            Some(schema) => match self.find_schema(schema) {
                Found::Missing(refusal) => return refusal.stop(),
                Found::Own(Target::Object(id)) => Some(Some(id)),
                _ => Some(None),
            },
            None => None,
        };
        let version = statement.version.as_ref();
        self.add_extension(&name.text, name.range, asked, version, statement.cascade, 0)
    }

    /// Adds an extension. `asked` is the schema that the statement names, none in it if that is
    /// one of the system's.
    #[expect(
        clippy::option_option,
        reason = "to ask for none and to ask for one of the system's are not the same"
    )]
    fn add_extension(
        &mut self,
        name: &str,
        range: TextRange,
        asked: Option<Option<ObjectId>>,
        version: Option<&Ident>,
        cascade: bool,
        depth: usize,
    ) -> Outcome {
        let known = self.catalog.builtin().extension(name);
        // Of one that is released apart from PostgreSQL, any release may be there.
        let certain = known.filter(|it| it.bundled);
        if let (Some(known), Some(version)) = (certain, version)
            && !known.versions().any(|it| it == version.text)
        {
            return Refusal::new(
                Code::InvalidParameterValue,
                format!(
                    "extension \"{name}\" has no installation script nor update path for version \
                     \"{}\"",
                    version.text
                ),
            )
            .at(version.range)
            .stop();
        }
        for required in known.iter().flat_map(builtin::Extension::requires) {
            let missing = self.catalog.named(NameSpace::Extension, None, required).is_empty();
            if !missing || self.catalog.opaque.is_some() || depth > 8 {
                continue;
            }
            if cascade {
                self.add_extension(required, range, asked, None, true, depth + 1)?;
            } else if certain.is_some() && !self.catalog.doubtful.contains(required) {
                return Refusal::new(
                    Code::UndefinedObject,
                    format!("required extension \"{required}\" is not installed"),
                )
                .at(range)
                .help("`CREATE EXTENSION … CASCADE` installs required extensions too")
                .stop();
            }
        }
        let schema = match known.and_then(|it| it.schema) {
            Some(fixed) => self.schema_for_extension(fixed),
            None => match asked {
                Some(schema) => schema,
                None => Some(self.default_schema(range)?),
            },
        };
        // One in a schema of the system: its objects are not looked up there.
        if schema.is_none()
            && let Some(known) = known
        {
            doubt_objects(self.catalog, &known);
        }
        let public = self.catalog.named(NameSpace::Schema, None, "public").first().copied();
        let Some(schema) = schema.or(public) else { return Err(Stop::Unknown) };
        let extension = Extension {
            name: name.to_owned(),
            schema,
            version: version.map(|version| version.text.clone()),
        };
        self.catalog.insert(Object::Extension(extension), self.place);
        Ok(())
    }

    fn extension_exists(&self, name: &Ident, id: Option<ObjectId>) -> Refusal {
        let created = id.and_then(|id| self.catalog.get(id)).map(|entry| entry.created);
        Refusal::new(Code::DuplicateObject, format!("extension \"{}\" already exists", name.text))
            .at(name.range)
            .also(created, "created here")
            .help("`CREATE EXTENSION IF NOT EXISTS` leaves one that is there as it is")
    }

    /// The schema that an extension insists on, which the server creates; none for one of the
    /// system's.
    fn schema_for_extension(&mut self, name: &str) -> Option<ObjectId> {
        match self.catalog.schema(name) {
            Lookup::Found(SchemaRef::Own(id)) => Some(id),
            Lookup::Found(SchemaRef::Catalog | SchemaRef::InformationSchema) => None,
            Lookup::Missing | Lookup::Unknown => {
                let schema = Object::Schema(Schema { name: name.to_owned() });
                Some(self.catalog.insert(schema, self.place))
            }
        }
    }

    /// The schema of what is created without one.
    fn default_schema(&self, range: TextRange) -> Outcome<ObjectId> {
        let name = Name::from(Ident::new(String::new(), range));
        self.creation_schema(&name)
    }

    pub(super) fn alter_extension(&mut self, statement: &AlterExtension) -> Outcome {
        let object = ObjectRef {
            kind: ObjectKind::Extension,
            name: Name::from(statement.name.clone()),
            signature: Signature::None,
            range: statement.name.range,
        };
        let Some(Target::Object(id)) = self.existing(&object, Purpose::Alter)? else {
            return Ok(());
        };
        match &statement.action {
            AlterExtensionAction::Update(version) => {
                let version = version.as_ref().map(|version| version.text.clone());
                self.catalog.update(id, |entry| {
                    if let Object::Extension(extension) = &mut entry.object {
                        extension.version = version;
                    }
                });
                Ok(())
            }
            AlterExtensionAction::Add(member) | AlterExtensionAction::Drop(member) => {
                self.existing(member, Purpose::Describe).map(drop)
            }
        }
    }

    /// `ALTER EXTENSION … SET SCHEMA`.
    pub(super) fn move_extension(
        &mut self,
        id: ObjectId,
        name: &Name,
        schema: Option<ObjectId>,
    ) -> Outcome {
        let known = self.catalog.builtin().extension(&name.name.text);
        if known.is_some_and(|it| it.bundled && !it.relocatable) {
            return Refusal::new(
                Code::FeatureNotSupported,
                format!("extension \"{}\" does not support SET SCHEMA", plain(name)),
            )
            .at(name.range)
            .stop();
        }
        match (schema, known) {
            (Some(schema), _) => self.catalog.update(id, |entry| {
                if let Object::Extension(extension) = &mut entry.object {
                    extension.schema = schema;
                }
            }),
            (None, Some(known)) => doubt_objects(self.catalog, &known),
            (None, None) => {}
        }
        Ok(())
    }
}

/// Refuses a name that begins as those of the system do.
pub(super) fn schema_name_is_free_for_users(name: &Ident) -> Outcome {
    if !name.text.starts_with("pg_") {
        return Ok(());
    }
    Refusal::new(Code::ReservedName, format!("unacceptable schema name \"{}\"", name.text))
        .at(name.range)
        .help("the prefix `pg_` is reserved for system schemas")
        .stop()
}

/// Says of the names of an extension's objects that they may be anywhere.
fn doubt_objects(catalog: &mut Catalog, extension: &builtin::Extension) {
    let objects = extension.objects;
    let names = (objects.all_functions().map(|it| it.name))
        .chain(objects.all_operators().map(|it| it.name))
        .chain(objects.types().map(|(it, _)| it.name))
        .chain(objects.relations().map(|(name, _)| name));
    let names: Vec<String> = names.map(str::to_owned).collect();
    catalog.doubtful.extend(names);
}

/// The schema that an element of `CREATE SCHEMA` names.
fn schema_of(statement: &Statement) -> Option<&Ident> {
    match statement {
        Statement::CreateSequence(it) => it.name.schema(),
        Statement::CreateTable(it) => it.name.schema(),
        Statement::CreateView(it) => it.name.schema(),
        Statement::CreateIndex(it) => it.table.name.schema(),
        Statement::CreateTrigger(it) => it.table.schema(),
        _ => None,
    }
}
