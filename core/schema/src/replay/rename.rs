//! `RENAME`, `OWNER TO`.

use super::describe::{kind_name, signature};
use super::find::{Found, Purpose, is_system_column, parent};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{Ident, ObjectKind, OwnerTo, Rename, RoleSpec};
use crate::catalog::{
    Constraint, ConstraintKind, Former, Function, Lookup, NameSpace, Object, ObjectId, RelationHit,
    RelationKind, SchemaRef, Target, Went,
};

impl Run<'_> {
    pub(super) fn rename(&mut self, statement: &Rename) -> Outcome {
        let object = &statement.object;
        if object.kind == ObjectKind::Column {
            return self.rename_column(statement);
        }
        let to = &statement.to;
        let id = match self.find(object, Purpose::Alter)? {
            Found::Own(Target::Object(id)) => id,
            Found::Missing(_) if statement.if_exists && self.only_relation_missing(statement) => {
                return Ok(());
            }
            Found::Missing(refusal) => return refusal.stop(),
            // What it is called from here on may be anything's name.
            _ => {
                self.catalog.doubtful.insert(to.text.clone());
                return Ok(());
            }
        };
        let Some(entry) = self.catalog.get(id) else { return Err(Stop::Unknown) };
        match &entry.object {
            Object::Schema(_) => {
                super::schema::schema_name_is_free_for_users(to)?;
                if self.catalog.schema(&to.text).found().is_some() {
                    return self.schema_exists(to).stop();
                }
            }
            Object::Relation(relation) => {
                let (schema, kind) = (relation.schema, &relation.kind);
                let rows = !matches!(kind, RelationKind::Index(_) | RelationKind::Sequence(_));
                let constraint = relation.as_index().and_then(|it| it.constraint);
                self.relation_name_is_free(schema, to)?;
                if rows {
                    self.type_name_is_free(schema, to)?;
                }
                if let Some(constraint) = constraint {
                    self.constraint_name_is_free(constraint, to)?;
                    self.catalog.rename(constraint, &to.text, self.place);
                }
            }
            Object::Type(it) => self.type_name_is_free(it.schema, to)?,
            Object::Constraint(it) => {
                let it = it.clone();
                return self.rename_constraint(id, &it, statement.only, to);
            }
            Object::Function(it) => self.function_is_free(it, it.schema, to)?,
            Object::Trigger(it) => {
                if it.parent.is_some() {
                    return Refusal::new(
                        Code::FeatureNotSupported,
                        format!("cannot rename trigger \"{}\"", it.name),
                    )
                    .at(object.range)
                    .stop();
                }
                return self.rename_trigger(id, to);
            }
            Object::Rule(it) => self.part_name_is_free(NameSpace::Rule, it.on, to)?,
            Object::Policy(it) => self.part_name_is_free(NameSpace::Policy, it.on, to)?,
            Object::Statistics(_) | Object::Other(_) | Object::Extension(_) => {
                self.name_is_free(id, entry.object.schema(), to)?;
            }
        }
        self.catalog.rename(id, &to.text, self.place);
        Ok(())
    }

    /// `IF EXISTS` is about the relation, and not about its part.
    fn only_relation_missing(&self, statement: &Rename) -> bool {
        match &statement.object.signature {
            crate::ast::Signature::On(on) => {
                !matches!(self.find_relation(on), Ok(Lookup::Found(_) | Lookup::Unknown))
            }
            _ => true,
        }
    }

    fn rename_column(&mut self, statement: &Rename) -> Outcome {
        let (from, to) = (&statement.object.name.name, &statement.to);
        let Some(relation) = parent(&statement.object.name) else { return Err(Stop::Unknown) };
        if statement.if_exists && self.missing_schema(&relation).is_some() {
            return Ok(());
        }
        let id = match self.find_relation(&relation)? {
            Lookup::Found(RelationHit::Own(id)) => id,
            Lookup::Found(RelationHit::Known(..)) | Lookup::Unknown => return Ok(()),
            Lookup::Missing if statement.if_exists => return Ok(()),
            Lookup::Missing => return super::names::no_relation(self.catalog, &relation).stop(),
        };
        let Some(found) = self.catalog.relation(id) else { return Err(Stop::Unknown) };
        let refuse = |code, message: String| Refusal::new(code, message).at(from.range).stop();
        match &found.kind {
            RelationKind::Index(_) => return Ok(()),
            RelationKind::Sequence(_) => {
                let message = format!("cannot rename columns of relation \"{}\"", found.name);
                return refuse(Code::WrongObjectType, message);
            }
            RelationKind::Composite => {
                let message = format!("\"{}\" is a composite type", found.name);
                return refuse(Code::WrongObjectType, message);
            }
            RelationKind::Table(table) if table.of_type.is_some() => {
                let message = "cannot rename column of typed table".to_owned();
                return refuse(Code::WrongObjectType, message);
            }
            _ => {}
        }
        let family = self.with_children(id);
        if statement.only && family.len() > 1 {
            return refuse(
                Code::InvalidTableDefinition,
                format!("inherited column \"{}\" must be renamed in child tables too", from.text),
            );
        }
        for (relation, parents) in family {
            let inherited = self.catalog.relation(relation).and_then(|it| it.column(&from.text));
            if inherited.is_some_and(|it| usize::from(it.inherited) > parents) {
                return refuse(
                    Code::InvalidTableDefinition,
                    format!("cannot rename inherited column \"{}\"", from.text),
                );
            }
            self.rename_column_of(relation, from, to)?;
        }
        Ok(())
    }

    /// A relation and all that inherit from it, each with how many of its parents are among them.
    fn with_children(&self, id: ObjectId) -> Vec<(ObjectId, usize)> {
        let mut family = vec![(id, 0)];
        let mut at = 0;
        while let Some((parent, _)) = family.get(at).copied() {
            for child in self.catalog.dependents(parent) {
                let table = self.catalog.relation(child).and_then(|it| it.as_table());
                let inherits = table.is_some_and(|it| {
                    it.inherits.contains(&parent)
                        || it.partition_of.as_ref().is_some_and(|(of, _)| *of == parent)
                });
                if !inherits {
                    continue;
                }
                match family.iter_mut().find(|(it, _)| *it == child) {
                    Some((_, parents)) => *parents += 1,
                    None => family.push((child, 1)),
                }
            }
            at += 1;
        }
        family
    }

    /// Renames a column of one relation, and nothing else.
    pub(super) fn rename_column_of(&mut self, id: ObjectId, from: &Ident, to: &Ident) -> Outcome {
        let Some(relation) = self.catalog.relation(id) else { return Err(Stop::Unknown) };
        let uncertain = self.catalog.is_uncertain(id);
        let Some(column) = relation.column(&from.text) else {
            if uncertain {
                return Ok(());
            }
            if is_system_column(&from.text) {
                return Refusal::new(
                    Code::FeatureNotSupported,
                    format!("cannot rename system column \"{}\"", from.text),
                )
                .at(from.range)
                .stop();
            }
            let refusal = super::names::no_column(self.catalog, id, from);
            let message = format!("column \"{}\" does not exist", from.text);
            return Refusal { message, ..refusal }.stop();
        };
        let number = column.number;
        if is_system_column(&to.text) && !matches!(relation.kind, RelationKind::Composite) {
            return Refusal::new(
                Code::DuplicateColumn,
                format!("column name \"{}\" conflicts with a system column name", to.text),
            )
            .at(to.range)
            .stop();
        }
        if let Some(other) = relation.column(&to.text)
            && !uncertain
            && !other.uncertain
        {
            return column_exists(&relation.name, to)
                .also(Some(other.created), "added here")
                .stop();
        }
        self.catalog.update_relation(id, |it| {
            if let Some(column) = it.column_mut(number) {
                column.name.clone_from(&to.text);
            }
        });
        let former = Former { place: self.place, went: Went::Renamed };
        self.catalog.column_went(id, &from.text, former);
        Ok(())
    }

    fn rename_constraint(
        &mut self,
        id: ObjectId,
        it: &Constraint,
        only: bool,
        to: &Ident,
    ) -> Outcome {
        let refuse = |message: String| {
            Refusal::new(Code::InvalidTableDefinition, message).at(to.range).stop()
        };
        let mut renamed = vec![id];
        if matches!(it.kind, ConstraintKind::Check(_)) && !it.no_inherit {
            for (child, parents) in self.with_children(it.on).into_iter().skip(1) {
                if only {
                    return refuse(format!(
                        "inherited constraint \"{}\" must be renamed in child tables too",
                        it.name
                    ));
                }
                let found = self.catalog.named(NameSpace::Constraint, Some(child), &it.name);
                let Some(found) = found.first().copied() else { continue };
                if let Some(Object::Constraint(found)) = self.catalog.get(found).map(|e| &e.object)
                    && usize::from(found.inherited) > parents
                {
                    return refuse(format!("cannot rename inherited constraint \"{}\"", it.name));
                }
                renamed.push(found);
            }
            if it.inherited > 0 {
                return refuse(format!("cannot rename inherited constraint \"{}\"", it.name));
            }
        }
        for id in renamed {
            self.constraint_name_is_free(id, to)?;
            let index = match self.catalog.get(id).map(|entry| &entry.object) {
                Some(Object::Constraint(it)) => it.index(),
                _ => None,
            };
            if let Some(index) = index
                && let Some(schema) = self.catalog.relation(index).map(|it| it.schema)
            {
                self.relation_name_is_free(schema, to)?;
                self.catalog.rename(index, &to.text, self.place);
            }
            self.catalog.rename(id, &to.text, self.place);
        }
        Ok(())
    }

    /// A trigger, and those that stand for it in partitions.
    fn rename_trigger(&mut self, id: ObjectId, to: &Ident) -> Outcome {
        let mut triggers = vec![id];
        let mut at = 0;
        while let Some(parent) = triggers.get(at).copied() {
            let Some(Object::Trigger(it)) = self.catalog.get(parent).map(|entry| &entry.object)
            else {
                return Err(Stop::Unknown);
            };
            self.part_name_is_free(NameSpace::Trigger, it.on, to)?;
            triggers.extend(self.catalog.dependents(parent).filter(|child| {
                matches!(
                    self.catalog.get(*child).map(|entry| &entry.object),
                    Some(Object::Trigger(it)) if it.parent == Some(parent)
                )
            }));
            self.catalog.rename(parent, &to.text, self.place);
            at += 1;
        }
        Ok(())
    }

    fn constraint_name_is_free(&self, id: ObjectId, to: &Ident) -> Outcome {
        match self.catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Constraint(it)) => {
                self.part_name_is_free(NameSpace::Constraint, it.on, to)
            }
            _ => Ok(()),
        }
    }

    /// Refuses a name that another part of the same kind of a relation has.
    fn part_name_is_free(&self, space: NameSpace, on: ObjectId, to: &Ident) -> Outcome {
        let Some(found) = self.catalog.named(space, Some(on), &to.text).first() else {
            return Ok(());
        };
        if self.catalog.is_uncertain(*found) || self.catalog.doubtful.contains(&to.text) {
            return Ok(());
        }
        let (kind, what) = match space {
            NameSpace::Trigger => ("trigger", "relation"),
            NameSpace::Rule => ("rule", "relation"),
            NameSpace::Policy => ("policy", "table"),
            _ => ("constraint", "relation"),
        };
        let table = self.catalog.get(on).map_or("", |entry| entry.object.name());
        Refusal::new(
            Code::DuplicateObject,
            format!("{kind} \"{}\" for {what} \"{table}\" already exists", to.text),
        )
        .at(to.range)
        .also(self.catalog.get(*found).map(|entry| entry.created), "created here")
        .stop()
    }

    /// Refuses a name that a function with the same parameters has in a schema.
    pub(super) fn function_is_free(
        &self,
        function: &Function,
        schema: ObjectId,
        to: &Ident,
    ) -> Outcome {
        let inputs = |it: &Function| it.inputs().map(|it| it.ty.ty).collect::<Vec<_>>();
        let wanted = inputs(function);
        for id in self.catalog.named(NameSpace::Function, Some(schema), &to.text) {
            let Some(Object::Function(other)) = self.catalog.get(*id).map(|entry| &entry.object)
            else {
                continue;
            };
            if inputs(other) != wanted
                || wanted.iter().any(|ty| ty.is_unknown())
                || self.catalog.is_uncertain(*id)
                || self.catalog.doubtful.contains(&to.text)
            {
                continue;
            }
            return Refusal::new(
                Code::DuplicateFunction,
                format!(
                    "function {} already exists in schema \"{}\"",
                    signature(self.catalog, *id, other),
                    self.catalog.get(schema).map_or("", |entry| entry.object.name())
                ),
            )
            .at(to.range)
            .also(self.catalog.get(*id).map(|entry| entry.created), "created here")
            .stop();
        }
        Ok(())
    }

    /// Refuses a name that another object of the same kind has in a schema, or in the database.
    pub(super) fn name_is_free(
        &self,
        id: ObjectId,
        schema: Option<ObjectId>,
        to: &Ident,
    ) -> Outcome {
        let Some(entry) = self.catalog.get(id) else { return Ok(()) };
        let (space, _) = entry.object.name_space();
        let (kind, mine) = match &entry.object {
            Object::Other(it) => (it.kind, Some(it)),
            Object::Statistics(_) => (ObjectKind::Statistics, None),
            _ => (ObjectKind::Extension, None),
        };
        let same = |other: &ObjectId| match (self.catalog.get(*other).map(|it| &it.object), mine) {
            (Some(Object::Other(other)), Some(mine)) => {
                other.detail == mine.detail
                    && (kind != ObjectKind::Operator || other.types == mine.types)
            }
            _ => true,
        };
        let found = self.catalog.named(space, schema, &to.text).iter().find(|it| same(it));
        let Some(found) = found.filter(|it| !self.catalog.is_uncertain(**it)) else {
            return Ok(());
        };
        if kind == ObjectKind::Role || self.catalog.doubtful.contains(&to.text) {
            return Ok(());
        }
        let place = match schema.and_then(|id| self.catalog.get(id)) {
            Some(schema) => format!(" in schema \"{}\"", schema.object.name()),
            None => String::new(),
        };
        Refusal::new(
            Code::DuplicateObject,
            format!("{} \"{}\" already exists{place}", kind_name(kind), to.text),
        )
        .at(to.range)
        .also(self.catalog.get(*found).map(|entry| entry.created), "created here")
        .stop()
    }

    pub(super) fn owner_to(&mut self, statement: &OwnerTo) -> Outcome {
        let target = self.existing(&statement.object, Purpose::Alter)?;
        if let (Some(Target::Object(id)), RoleSpec::Name(owner)) = (target, &statement.owner) {
            self.catalog.update(id, |entry| entry.owner = Some(owner.text.clone()));
        }
        Ok(())
    }

    /// Whether a schema is one in which a chain can create.
    pub(super) fn own_schema(&self, name: &Ident) -> Outcome<Option<ObjectId>> {
        match self.catalog.schema(&name.text) {
            Lookup::Found(SchemaRef::Own(id)) => Ok(Some(id)),
            Lookup::Found(SchemaRef::Catalog | SchemaRef::InformationSchema) | Lookup::Unknown => {
                Ok(None)
            }
            Lookup::Missing => super::names::no_schema(self.catalog, name).stop(),
        }
    }
}

/// The refusal of a second column of a name.
pub(super) fn column_exists(relation: &str, name: &Ident) -> Refusal {
    Refusal::new(
        Code::DuplicateColumn,
        format!("column \"{}\" of relation \"{relation}\" already exists", name.text),
    )
    .at(name.range)
}
