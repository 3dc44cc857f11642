//! An object of any kind: its name, where the name counts, and what it needs.

use super::{
    BaseType, ColumnDefault, ColumnNumber, ColumnType, Constraint, ConstraintKind, Function,
    FunctionBody, Hole, ObjectId, Place, Policy, Relation, RelationKind, Rule, Statistics, Text,
    Trigger, TypeDefinition, TypeDefinitionKind, TypeRef,
};
use crate::ast::ObjectKind;
use crate::builtin::Home;
use serde::{Deserialize, Serialize};

/// An object, and what every object has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The object.
    pub object: Object,
    /// The statement that made it.
    pub created: Place,
    /// The comment on it.
    pub comment: Option<String>,
    /// The owner, where the chain set one.
    pub owner: Option<String>,
    /// Rights that the chain gave, each as the statement that gives it but for the object's name.
    pub grants: Vec<Grant>,
    /// Whether it may be missing, or other than it is here: it came from code whose way is not
    /// known. Nothing that depends on it is an error.
    pub uncertain: bool,
}

/// Rights on an object, as `GRANT` gave them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// The role as written, `PUBLIC` among them.
    pub role: String,
    /// `SELECT`, `UPDATE (a)`, …, sorted.
    pub privileges: Vec<String>,
    /// `WITH GRANT OPTION`.
    pub grant_option: bool,
}

/// An object of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Object {
    /// A schema.
    Schema(Schema),
    /// A table, view, index, sequence, composite type.
    Relation(Relation),
    /// An enum, domain, range, base type.
    Type(TypeDefinition),
    /// A constraint.
    Constraint(Constraint),
    /// A function, procedure, aggregate.
    Function(Function),
    /// A trigger.
    Trigger(Trigger),
    /// A rule.
    Rule(Rule),
    /// A policy.
    Policy(Policy),
    /// Extended statistics.
    Statistics(Statistics),
    /// An extension.
    Extension(Extension),
    /// What is used too rarely to be taken apart.
    Other(Other),
}

/// A schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// The name.
    pub name: String,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The name.
    pub name: String,
    /// The schema that its objects lie in.
    pub schema: ObjectId,
    /// The version, where the chain asked for one.
    pub version: Option<String>,
}

/// An operator, a cast, a collation, a role, …: its name, and the statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// What it is.
    pub kind: ObjectKind,
    /// The schema, of what lies in one.
    pub schema: Option<ObjectId>,
    /// The name; of what has no name of its own, what tells it apart: `int4 AS text`.
    pub name: String,
    /// The types that it is about: the operands and then the result of an operator, source and
    /// target of a cast, the type of an operator class.
    pub types: Vec<Option<TypeRef>>,
    /// More that tells it apart: the access method of an operator class.
    pub detail: String,
    /// The statement that makes it, from after its name on.
    pub text: Text,
}

/// In what a name must be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NameSpace {
    /// The database.
    Schema,
    /// The database.
    Extension,
    /// A schema: relations of all kinds.
    Relation,
    /// A schema: types that are no relations. The rows of relations are types too.
    Type,
    /// A schema: functions, by name and then by the types of their parameters.
    Function,
    /// A schema.
    Statistics,
    /// A table or a domain.
    Constraint,
    /// A table.
    Trigger,
    /// A table.
    Rule,
    /// A table.
    Policy,
    /// Whatever it is for that kind.
    Other(ObjectKind),
}

/// What an object needs: without it, it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// What is needed.
    pub target: Target,
    /// How it holds on to it.
    pub strength: Strength,
    /// The part of the object that needs it.
    pub part: Part,
}

/// What can be needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An object as a whole.
    Object(ObjectId),
    /// A column.
    Column(ObjectId, ColumnNumber),
    /// What an extension brought.
    Extension(&'static str),
}

/// What happens when what is needed is dropped, as `deptype` in `pg_depend` says.
///
/// Source: PostgreSQL manual, "`pg_depend`".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The drop is refused, unless it is `CASCADE`.
    Normal,
    /// The object goes too.
    Auto,
    /// The object is a part of what it needs: it goes too, and cannot be dropped alone.
    Internal,
}

/// The part of an object that needs something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The object as a whole.
    Whole,
    /// A column of it.
    Column(ColumnNumber),
    /// The default of a column; `CASCADE` drops the default and not the column.
    Default(ColumnNumber),
}

impl Object {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::Schema(it) => &it.name,
            Self::Relation(it) => &it.name,
            Self::Type(it) => &it.name,
            Self::Constraint(it) => &it.name,
            Self::Function(it) => &it.name,
            Self::Trigger(it) => &it.name,
            Self::Rule(it) => &it.name,
            Self::Policy(it) => &it.name,
            Self::Statistics(it) => &it.name,
            Self::Extension(it) => &it.name,
            Self::Other(it) => &it.name,
        }
    }

    pub(super) fn name_mut(&mut self) -> &mut String {
        match self {
            Self::Schema(it) => &mut it.name,
            Self::Relation(it) => &mut it.name,
            Self::Type(it) => &mut it.name,
            Self::Constraint(it) => &mut it.name,
            Self::Function(it) => &mut it.name,
            Self::Trigger(it) => &mut it.name,
            Self::Rule(it) => &mut it.name,
            Self::Policy(it) => &mut it.name,
            Self::Statistics(it) => &mut it.name,
            Self::Extension(it) => &mut it.name,
            Self::Other(it) => &mut it.name,
        }
    }

    /// Where the name counts: the space, and the schema or table that it is in.
    pub fn name_space(&self) -> (NameSpace, Option<ObjectId>) {
        match self {
            Self::Schema(_) => (NameSpace::Schema, None),
            Self::Relation(it) => (NameSpace::Relation, Some(it.schema)),
            Self::Type(it) => (NameSpace::Type, Some(it.schema)),
            Self::Constraint(it) => (NameSpace::Constraint, Some(it.on)),
            Self::Function(it) => (NameSpace::Function, Some(it.schema)),
            Self::Trigger(it) => (NameSpace::Trigger, Some(it.on)),
            Self::Rule(it) => (NameSpace::Rule, Some(it.on)),
            Self::Policy(it) => (NameSpace::Policy, Some(it.on)),
            Self::Statistics(it) => (NameSpace::Statistics, Some(it.schema)),
            Self::Extension(_) => (NameSpace::Extension, None),
            Self::Other(it) => (NameSpace::Other(it.kind), it.schema),
        }
    }

    /// The schema that it lies in, itself or with its table.
    pub fn schema(&self) -> Option<ObjectId> {
        match self {
            Self::Relation(it) => Some(it.schema),
            Self::Type(it) => Some(it.schema),
            Self::Function(it) => Some(it.schema),
            Self::Statistics(it) => Some(it.schema),
            Self::Extension(it) => Some(it.schema),
            Self::Other(it) => it.schema,
            Self::Schema(_)
            | Self::Constraint(_)
            | Self::Trigger(_)
            | Self::Rule(_)
            | Self::Policy(_) => None,
        }
    }

    /// What it needs, as `pg_depend` has it.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = Needs::default();
        if let Some(schema) = self.schema() {
            needs.whole(schema, Strength::Normal);
        }
        match self {
            Self::Schema(_) | Self::Extension(_) => {}
            Self::Relation(it) => needs.relation(it),
            Self::Type(it) => needs.type_definition(it),
            Self::Constraint(it) => needs.constraint(it),
            Self::Function(it) => needs.function(it),
            Self::Trigger(it) => {
                needs.whole(it.on, Strength::Auto);
                needs.columns(it.on, &it.columns, Strength::Normal);
                needs.text(&it.function, Part::Whole, None);
                needs.texts(it.when.as_ref(), None);
                if let Some(from) = it.from {
                    needs.whole(from, Strength::Auto);
                }
                if let Some(parent) = it.parent {
                    needs.whole(parent, Strength::Internal);
                }
            }
            Self::Rule(it) => {
                needs.whole(it.on, Strength::Auto);
                needs.text(&it.text, Part::Whole, None);
            }
            Self::Policy(it) => {
                needs.whole(it.on, Strength::Auto);
                needs.texts(it.using.as_ref(), None);
                needs.texts(it.check.as_ref(), None);
            }
            Self::Statistics(it) => {
                needs.whole(it.table, Strength::Auto);
                needs.columns(it.table, &it.columns, Strength::Auto);
                needs.text(&it.text, Part::Whole, Some(it.table));
            }
            Self::Other(it) => {
                for ty in it.types.iter().flatten() {
                    needs.ty(*ty, Part::Whole);
                }
                needs.text(&it.text, Part::Whole, None);
            }
        }
        needs.0
    }
}

#[derive(Default)]
struct Needs(Vec<Need>);

impl Needs {
    fn add(&mut self, target: Target, strength: Strength, part: Part) {
        self.0.push(Need { target, strength, part });
    }

    fn whole(&mut self, id: ObjectId, strength: Strength) {
        self.add(Target::Object(id), strength, Part::Whole);
    }

    fn columns(&mut self, id: ObjectId, columns: &[ColumnNumber], strength: Strength) {
        for &column in columns {
            self.add(Target::Column(id, column), strength, Part::Whole);
        }
    }

    fn ty(&mut self, ty: TypeRef, part: Part) {
        match ty.base {
            BaseType::Own(id) | BaseType::Multirange(id) => {
                self.add(Target::Object(id), Strength::Normal, part);
            }
            BaseType::Known(known) => {
                if let Home::Extension(extension) = known.home {
                    self.add(Target::Extension(extension), Strength::Normal, part);
                }
            }
            BaseType::Unknown => {}
        }
    }

    fn column_type(&mut self, ty: &ColumnType, part: Part) {
        self.ty(ty.ty, part);
    }

    fn texts(&mut self, text: Option<&Text>, auto: Option<ObjectId>) {
        if let Some(text) = text {
            self.text(text, Part::Whole, auto);
        }
    }

    /// What a text names. Columns of `auto` are held on to by [`Strength::Auto`].
    fn text(&mut self, text: &Text, part: Part, auto: Option<ObjectId>) {
        for hole in text.holes() {
            match hole {
                Hole::Object(id) | Hole::Bare(id) | Hole::Literal(id) | Hole::Label(id, _) => {
                    if auto != Some(*id) {
                        self.add(Target::Object(*id), Strength::Normal, part);
                    }
                }
                Hole::Column(id, column) | Hole::Result(id, column, _) => {
                    let strength =
                        if auto == Some(*id) { Strength::Auto } else { Strength::Normal };
                    self.add(Target::Column(*id, *column), strength, part);
                }
                Hole::Extension { extension, .. } => {
                    self.add(Target::Extension(extension), Strength::Normal, part);
                }
            }
        }
    }

    fn relation(&mut self, it: &Relation) {
        for column in &it.columns {
            let part = Part::Column(column.number);
            self.column_type(&column.ty, part);
            if let Some(collation) = &column.collation {
                self.text(collation, part, None);
            }
            match &column.default {
                ColumnDefault::Expression(text) => {
                    self.text(text, Part::Default(column.number), None);
                }
                ColumnDefault::Generated { expression, .. } => self.text(expression, part, None),
                ColumnDefault::None | ColumnDefault::Identity { .. } => {}
            }
        }
        match &it.kind {
            RelationKind::Table(table) => {
                for &parent in &table.inherits {
                    self.whole(parent, Strength::Normal);
                }
                if let Some((parent, bound)) = &table.partition_of {
                    self.whole(*parent, Strength::Auto);
                    self.text(bound, Part::Whole, None);
                }
                if let Some(ty) = table.of_type {
                    self.whole(ty, Strength::Normal);
                }
                if let Some(key) = &table.partition_key {
                    self.text(&key.text, Part::Whole, None);
                }
                self.texts(table.foreign.as_ref(), None);
            }
            RelationKind::View(view) => self.text(&view.query, Part::Whole, None),
            RelationKind::MaterializedView { query, .. } => self.text(query, Part::Whole, None),
            RelationKind::Index(index) => {
                self.whole(index.table, Strength::Auto);
                for key in &index.keys {
                    self.text(&key.text, Part::Whole, Some(index.table));
                }
                self.columns(index.table, &index.include, Strength::Auto);
                self.texts(index.predicate.as_ref(), Some(index.table));
                if let Some(constraint) = index.constraint {
                    self.whole(constraint, Strength::Internal);
                }
                if let Some(parent) = index.parent {
                    self.whole(parent, Strength::Internal);
                }
            }
            RelationKind::Sequence(sequence) => {
                if let Some(owner) = sequence.owner {
                    let strength = if owner.identity { Strength::Internal } else { Strength::Auto };
                    self.add(Target::Column(owner.table, owner.column), strength, Part::Whole);
                }
            }
            RelationKind::Composite => {}
        }
    }

    fn type_definition(&mut self, it: &TypeDefinition) {
        match &it.kind {
            TypeDefinitionKind::Domain(domain) => {
                self.column_type(&domain.base, Part::Whole);
                self.texts(domain.collation.as_ref(), None);
                self.texts(domain.default.as_ref(), None);
            }
            TypeDefinitionKind::Range { subtype, options, .. } => {
                self.ty(*subtype, Part::Whole);
                self.text(options, Part::Whole, None);
            }
            TypeDefinitionKind::Base(options) => self.text(options, Part::Whole, None),
            TypeDefinitionKind::Enum(_) | TypeDefinitionKind::Shell => {}
        }
    }

    fn constraint(&mut self, it: &Constraint) {
        self.whole(it.on, Strength::Auto);
        self.columns(it.on, &it.columns, Strength::Auto);
        match &it.kind {
            ConstraintKind::Check(text) => self.text(text, Part::Whole, Some(it.on)),
            // The index is a part of the constraint, and not the other way round.
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) => {}
            ConstraintKind::Exclusion { operators, .. } => {
                for operator in operators {
                    self.text(operator, Part::Whole, None);
                }
            }
            ConstraintKind::ForeignKey(key) => {
                self.whole(key.table, Strength::Normal);
                self.columns(key.table, &key.columns, Strength::Normal);
                self.whole(key.index, Strength::Normal);
                if let Some(parent) = key.parent {
                    self.whole(parent, Strength::Internal);
                }
            }
            ConstraintKind::Trigger(trigger) => self.whole(*trigger, Strength::Internal),
        }
    }

    fn function(&mut self, it: &Function) {
        for param in &it.params {
            self.column_type(&param.ty, Part::Whole);
            self.texts(param.default.as_ref(), None);
        }
        if let Some(returns) = &it.returns {
            self.column_type(returns, Part::Whole);
        }
        match &it.body {
            FunctionBody::Sql(text) | FunctionBody::Aggregate(text) => {
                self.text(text, Part::Whole, None);
            }
            FunctionBody::Source(_) | FunctionBody::Library { .. } => {}
        }
    }
}
