//! Enums, composite types, ranges, base types.

use super::describe::type_name;
use super::find::Purpose;
use super::names::plain;
use super::{Outcome, Refusal, Run, Stop};
use crate::analyze::Analyzer;
use crate::ast::{
    AlterType, AlterTypeAction, ColumnDefinition, CreateType, DefElem, DefValue, Ident, Name,
    ObjectKind, ObjectRef, Persistence, Signature, StringConst, TextRange, TypeKind, TypeName,
    ValuePosition,
};
use crate::catalog::{
    BaseType, Column, ColumnNumber, Hole, Label, NameSpace, Object, ObjectId, Relation,
    RelationKind, SchemaRef, Target, Text, TypeDefinition, TypeDefinitionKind, TypeRef,
};
use crate::{Code, catalog::Lookup};

impl Run<'_> {
    pub(super) fn create_type(&mut self, statement: &CreateType) -> Outcome {
        let name = &statement.name;
        let schema = self.creation_schema(name)?;
        let kind = match &statement.kind {
            TypeKind::Composite(fields) => return self.create_composite(schema, name, fields),
            TypeKind::Base(options) => return self.create_base(schema, name, options),
            TypeKind::Shell => {
                if self.shell_type(schema, &name.name).is_some() {
                    return type_exists(&name.name).stop();
                }
                TypeDefinitionKind::Shell
            }
            TypeKind::Enum(labels) => {
                self.type_name_is_free(schema, &name.name)?;
                TypeDefinitionKind::Enum(enum_labels(labels)?)
            }
            TypeKind::Range(options) => {
                self.type_name_is_free(schema, &name.name)?;
                self.range(schema, name, options)?
            }
        };
        self.type_name_is_free(schema, &name.name)?;
        self.insert_type(schema, &name.name, kind);
        Ok(())
    }

    pub(super) fn insert_type(
        &mut self,
        schema: ObjectId,
        name: &Ident,
        kind: TypeDefinitionKind,
    ) -> ObjectId {
        if let Some(shell) = self.shell_type(schema, name) {
            // What names the shell names the type from now on.
            self.catalog.update(shell, |entry| {
                if let Object::Type(definition) = &mut entry.object {
                    definition.kind = kind;
                }
            });
            return shell;
        }
        let definition = TypeDefinition { schema, name: name.text.clone(), kind };
        self.catalog.insert(Object::Type(definition), self.place)
    }

    /// The type of this name that is named, and not defined yet.
    fn shell_type(&self, schema: ObjectId, name: &Ident) -> Option<ObjectId> {
        let named = self.catalog.named(NameSpace::Type, Some(schema), &name.text);
        named.iter().copied().find(|id| self.is_shell(*id))
    }

    fn is_shell(&self, id: ObjectId) -> bool {
        match self.catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(it)) => it.kind == TypeDefinitionKind::Shell,
            _ => false,
        }
    }

    /// Refuses a name that a type has already, or a relation with rows.
    pub(super) fn type_name_is_free(&self, schema: ObjectId, name: &Ident) -> Outcome {
        if self.catalog.opaque.is_some() || self.catalog.doubtful.contains(&name.text) {
            return Ok(());
        }
        match self.catalog.type_in(SchemaRef::Own(schema), &name.text) {
            // The type of arrays makes room for another.
            Some(ty) if ty.array => Ok(()),
            Some(TypeRef { base: BaseType::Own(id) | BaseType::Multirange(id), .. }) => {
                if self.catalog.is_uncertain(id) || self.is_shell(id) {
                    return Ok(());
                }
                let created = self.catalog.get(id).map(|entry| entry.created);
                type_exists(name).also(created, "created here").stop()
            }
            Some(_) => type_exists(name).stop(),
            None => Ok(()),
        }
    }

    fn create_composite(
        &mut self,
        schema: ObjectId,
        name: &Name,
        fields: &[ColumnDefinition],
    ) -> Outcome {
        self.type_name_is_free(schema, &name.name)?;
        self.relation_name_is_free(schema, &name.name)?;
        let mut columns: Vec<Column> = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            if columns.iter().any(|it| it.name == field.name.text) {
                return Refusal::new(
                    Code::DuplicateColumn,
                    format!("column \"{}\" specified more than once", field.name.text),
                )
                .at(field.name.range)
                .stop();
            }
            let number = ColumnNumber(u16::try_from(at + 1).map_err(|_| Stop::Unknown)?);
            columns.push(self.attribute(number, field)?);
        }
        let relation = Relation {
            schema,
            name: name.name.text.clone(),
            kind: RelationKind::Composite,
            next_column: u16::try_from(columns.len() + 1).map_err(|_| Stop::Unknown)?,
            columns,
            persistence: Persistence::Permanent,
            options: Vec::new(),
            access_method: None,
            tablespace: None,
        };
        self.catalog.insert(Object::Relation(relation), self.place);
        Ok(())
    }

    /// An attribute of a composite type.
    pub(super) fn attribute(
        &self,
        number: ColumnNumber,
        field: &ColumnDefinition,
    ) -> Outcome<Column> {
        let ty = self.column_type(&field.ty)?;
        let mut column = Column::new(number, field.name.text.clone(), ty, self.place);
        column.collation = self.collation(field.collation.as_ref())?;
        Ok(column)
    }

    /// A collation that a statement names.
    pub(super) fn collation(&self, name: Option<&Name>) -> Outcome<Option<Text>> {
        let Some(name) = name else { return Ok(None) };
        let object = ObjectRef {
            kind: ObjectKind::Collation,
            name: name.clone(),
            signature: Signature::None,
            range: name.range,
        };
        Ok(Some(match self.existing(&object, Purpose::Describe)? {
            Some(Target::Object(id)) => Text::hole(Hole::Object(id)),
            _ => Text::plain(self.text.get(name.range.range()).unwrap_or_default()),
        }))
    }

    fn create_base(&mut self, schema: ObjectId, name: &Name, options: &[DefElem]) -> Outcome {
        let text = self.options_text(options);
        let kind = TypeDefinitionKind::Base(text);
        let found = self.catalog.named(NameSpace::Type, Some(schema), &name.name.text).first();
        let shell = found.copied().filter(|id| match self.catalog.get(*id).map(|it| &it.object) {
            Some(Object::Type(it)) => it.kind == TypeDefinitionKind::Shell,
            _ => false,
        });
        if let Some(id) = shell {
            self.catalog.update(id, |entry| {
                if let Object::Type(it) = &mut entry.object {
                    it.kind = kind;
                }
            });
            return Ok(());
        }
        self.type_name_is_free(schema, &name.name)?;
        if self.catalog.missing::<()>(&name.name.text).is_missing() {
            return Refusal::new(
                Code::DuplicateObject,
                format!("type \"{}\" does not exist", plain(name)),
            )
            .at(name.range)
            .help("create it as a shell type first, then the functions for input and output")
            .stop();
        }
        self.insert_type(schema, &name.name, kind);
        Ok(())
    }

    fn range(
        &self,
        schema: ObjectId,
        name: &Name,
        options: &[DefElem],
    ) -> Outcome<TypeDefinitionKind> {
        let option = |wanted: &str| {
            options.iter().find(|it| it.name.text == wanted).and_then(|it| it.value.as_ref())
        };
        let subtype = match option("subtype") {
            Some(DefValue::Type(ty)) => self.column_type(ty)?.ty,
            Some(_) => TypeRef::UNKNOWN,
            None => {
                return Refusal::new(Code::SyntaxError, "type attribute \"subtype\" is required")
                    .at(name.range)
                    .stop();
            }
        };
        let multirange = match option("multirange_type_name") {
            Some(DefValue::Type(ty)) => {
                self.type_name_is_free(schema, &ty.name.name)?;
                ty.name.name.text.clone()
            }
            _ => self.multirange_name(schema, name)?,
        };
        Ok(TypeDefinitionKind::Range { subtype, multirange, options: self.options_text(options) })
    }

    /// The name that the server makes: `multi` in front of `range`, else `_multirange` behind.
    fn multirange_name(&self, schema: ObjectId, name: &Name) -> Outcome<String> {
        let text = name.name.text.as_str();
        let chosen = if let Some(at) = text.find("range") {
            format!("{}multi{}", &text[..at], &text[at..])
        } else {
            let room = Ident::MAX_BYTES - "_multirange".len();
            let cut = Ident::new(text.to_owned(), name.range).text;
            let mut end = cut.len().min(room);
            while !cut.is_char_boundary(end) {
                end -= 1;
            }
            format!("{}_multirange", &cut[..end])
        };
        let chosen = Ident::new(chosen, name.name.range);
        self.type_name_is_free(schema, &chosen)?;
        Ok(chosen.text)
    }

    /// A list of options as it stands, with holes for the types and functions that it names.
    pub(super) fn options_text(&self, options: &[DefElem]) -> Text {
        let Some(first) = options.first() else { return Text::default() };
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        for option in options {
            if let Some(DefValue::Type(ty)) = &option.value
                && let Some(hole) = self.hole_of(ty)
            {
                analyzer.bind(ty.name.range, hole);
            }
        }
        let end = self.range.end;
        let written = self.text.get(first.name.range.start..end).unwrap_or_default();
        let length = written.rfind(')').unwrap_or(written.len());
        let start = first.name.range.start;
        analyzer.text(TextRange { start, end: start + length })
    }

    /// What a word in a list of options stands for: a type of the chain, or its only function of
    /// that name.
    fn hole_of(&self, ty: &TypeName) -> Option<Hole> {
        if let Lookup::Found(TypeRef { base: BaseType::Own(id), array: false }) =
            self.catalog.find_type(&ty.name)
        {
            return Some(Hole::Object(id));
        }
        let function = ObjectRef {
            kind: ObjectKind::Function,
            name: ty.name.clone(),
            signature: Signature::None,
            range: ty.range,
        };
        match self.existing(&function, Purpose::Describe) {
            Ok(Some(Target::Object(id))) => Some(Hole::Object(id)),
            _ => None,
        }
    }

    pub(super) fn alter_type(&mut self, statement: &AlterType) -> Outcome {
        match &statement.action {
            AlterTypeAction::AddValue { value, if_not_exists, position } => {
                let Some((id, labels)) = self.enum_to_alter(&statement.name)? else {
                    return Ok(());
                };
                self.add_value(id, labels, value, *if_not_exists, position.as_ref())
            }
            AlterTypeAction::RenameValue { from, to } => {
                let Some((id, labels)) = self.enum_to_alter(&statement.name)? else {
                    return Ok(());
                };
                self.rename_value(id, labels, from, to)
            }
            AlterTypeAction::RenameAttribute { from, to, cascade } => {
                self.rename_attribute(&statement.name, from, to, *cascade)
            }
            AlterTypeAction::Attributes(actions) => self.alter_attributes(&statement.name, actions),
            AlterTypeAction::SetOptions(_) => {
                self.existing(&type_ref(&statement.name), Purpose::Describe).map(drop)
            }
        }
    }

    /// An enum of the chain and its labels; none where it is not known.
    fn enum_to_alter(&self, name: &Name) -> Outcome<Option<(ObjectId, Vec<Label>)>> {
        let wrong = || {
            Refusal::new(Code::WrongObjectType, format!("{} is not an enum", plain(name)))
                .at(name.range)
                .stop()
        };
        let Some(Target::Object(id)) = self.existing(&type_ref(name), Purpose::Describe)? else {
            return Ok(None);
        };
        match self.catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(TypeDefinition {
                kind: TypeDefinitionKind::Enum(labels), ..
            })) => Ok(Some((id, labels.clone()))),
            _ if self.catalog.is_uncertain(id) => Ok(None),
            _ => wrong(),
        }
    }

    fn set_labels(&mut self, id: ObjectId, labels: Vec<Label>) {
        self.catalog.update(id, |entry| {
            if let Object::Type(it) = &mut entry.object {
                it.kind = TypeDefinitionKind::Enum(labels);
            }
        });
    }

    fn add_value(
        &mut self,
        id: ObjectId,
        mut labels: Vec<Label>,
        value: &StringConst,
        if_not_exists: bool,
        position: Option<&ValuePosition>,
    ) -> Outcome {
        check_label(value)?;
        let uncertain = self.catalog.is_uncertain(id);
        if labels.iter().any(|label| label.name == value.value) {
            return if if_not_exists || uncertain { Ok(()) } else { label_exists(value).stop() };
        }
        let at = match position {
            None => labels.len(),
            Some(ValuePosition::Before(near) | ValuePosition::After(near)) => {
                let found = labels.iter().position(|label| label.name == near.value);
                let after = usize::from(matches!(position, Some(ValuePosition::After(_))));
                match found {
                    Some(found) => found + after,
                    None if uncertain => labels.len(),
                    None => return no_label(near, &labels).stop(),
                }
            }
        };
        let number = labels.iter().map(|label| label.number + 1).max().unwrap_or(0);
        // Since version 17, a type of the same transaction can be used with all its labels.
        let same = self.catalog.get(id).is_some_and(|it| it.created.source == self.place.source);
        let usable = same && self.in_transaction && self.catalog.version().major() >= 17;
        let added_in = (!usable).then_some(self.catalog.session.transaction);
        let label = Label { number, name: value.value.clone(), added_in };
        labels.insert(at, label);
        self.set_labels(id, labels);
        Ok(())
    }

    fn rename_value(
        &mut self,
        id: ObjectId,
        mut labels: Vec<Label>,
        from: &StringConst,
        to: &StringConst,
    ) -> Outcome {
        check_label(to)?;
        let uncertain = self.catalog.is_uncertain(id);
        let Some(at) = labels.iter().position(|label| label.name == from.value) else {
            return if uncertain { Ok(()) } else { no_label(from, &labels).stop() };
        };
        if labels.iter().any(|label| label.name == to.value) {
            return if uncertain { Ok(()) } else { label_exists(to).stop() };
        }
        if let Some(label) = labels.get_mut(at) {
            label.name.clone_from(&to.value);
        }
        self.set_labels(id, labels);
        Ok(())
    }

    /// A column of a table whose values would have to be changed with a type, which the server
    /// does not do. `direct` says whether a column of just that type is one.
    pub(super) fn stored_in(&self, id: ObjectId, direct: bool) -> Option<String> {
        let mut types = vec![(id, direct)];
        let mut seen = vec![id];
        while let Some((ty, direct)) = types.pop() {
            for user in self.catalog.dependents(ty) {
                let next = match self.catalog.get(user).map(|entry| &entry.object) {
                    Some(Object::Relation(it)) => {
                        let holds = |it: &&Column| it.ty.ty.base == BaseType::Own(ty);
                        let mut columns = it.columns.iter().filter(holds);
                        let stored = matches!(
                            it.kind,
                            RelationKind::Table(_) | RelationKind::MaterializedView { .. }
                        );
                        let hit =
                            it.columns.iter().filter(holds).find(|it| direct || it.ty.ty.array);
                        match hit {
                            Some(column) if stored => {
                                return Some(format!("{}.{}", it.name, column.name));
                            }
                            // What holds its rows holds it too.
                            _ => columns.next().map(|_| true),
                        }
                    }
                    Some(Object::Type(it)) => match &it.kind {
                        TypeDefinitionKind::Range { .. } => Some(true),
                        TypeDefinitionKind::Domain(domain) => Some(direct || domain.base.ty.array),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(direct) = next
                    && !seen.contains(&user)
                {
                    seen.push(user);
                    types.push((user, direct));
                }
            }
        }
        None
    }

    /// The refusal of a change that would reach into stored values.
    pub(super) fn type_in_use(&self, id: ObjectId, column: &str, range: TextRange) -> Refusal {
        let ty = type_name(self.catalog, TypeRef::own(id));
        Refusal::new(
            Code::FeatureNotSupported,
            format!("cannot alter type \"{ty}\" because column \"{column}\" uses it"),
        )
        .at(range)
    }
}

/// A type as a statement about objects of any kind names it.
pub(super) fn type_ref(name: &Name) -> ObjectRef {
    ObjectRef {
        kind: ObjectKind::Type,
        name: name.clone(),
        signature: Signature::None,
        range: name.range,
    }
}

fn type_exists(name: &Ident) -> Refusal {
    Refusal::new(Code::DuplicateObject, format!("type \"{}\" already exists", name.text))
        .at(name.range)
}

fn enum_labels(written: &[StringConst]) -> Outcome<Vec<Label>> {
    let mut labels: Vec<Label> = Vec::new();
    for (number, label) in (0..).zip(written) {
        check_label(label)?;
        if labels.iter().any(|it| it.name == label.value) {
            return label_exists(label).stop();
        }
        labels.push(Label { number, name: label.value.clone(), added_in: None });
    }
    Ok(labels)
}

fn check_label(label: &StringConst) -> Outcome {
    if label.value.len() <= Ident::MAX_BYTES {
        return Ok(());
    }
    Refusal::new(Code::InvalidParameterValue, format!("invalid enum label \"{}\"", label.value))
        .at(label.range)
        .help("labels can have 63 bytes")
        .stop()
}

fn label_exists(label: &StringConst) -> Refusal {
    Refusal::new(Code::DuplicateObject, format!("enum label \"{}\" already exists", label.value))
        .at(label.range)
}

fn no_label(label: &StringConst, labels: &[Label]) -> Refusal {
    Refusal::new(
        Code::InvalidParameterValue,
        format!("\"{}\" is not an existing enum label", label.value),
    )
    .at(label.range)
    .one_of(&label.value, labels.iter().map(|label| label.name.as_str()))
}
