//! What is done alike to objects of any kind: drop, rename, comment, move, give away.

use super::{FuncParam, Ident, Name, OperatorName, RoleSpec, StringConst, TextRange, TypeName};

/// The kinds of objects, as statements call them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum ObjectKind {
    AccessMethod,
    Aggregate,
    Attribute,
    Cast,
    Collation,
    Column,
    Constraint,
    Conversion,
    Database,
    Domain,
    DomainConstraint,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignServer,
    ForeignTable,
    Function,
    Index,
    Language,
    LargeObject,
    MaterializedView,
    Operator,
    OperatorClass,
    OperatorFamily,
    Parameter,
    Policy,
    Procedure,
    PropertyGraph,
    Publication,
    Role,
    Routine,
    Rule,
    Schema,
    Sequence,
    Statistics,
    Subscription,
    Table,
    Tablespace,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Transform,
    Trigger,
    Type,
    UserMapping,
    View,
}

/// An object where a statement names one that should be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRef {
    pub kind: ObjectKind,
    /// Of a column, with its table before it. Of a large object, its number. Of a cast and a
    /// transform, the (first) type's name.
    pub name: Name,
    pub signature: Signature,
    pub range: TextRange,
}

/// What tells objects of one name apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// Nothing does.
    None,
    /// A function, procedure, routine or aggregate with its parameters.
    Params { params: Vec<FuncParam>, star: bool, ordered: Vec<FuncParam> },
    /// An operator and its operands. The left is missing for a prefix operator, the right for a
    /// postfix one, which no server has any more.
    Operands { left: Option<TypeName>, right: Option<TypeName>, symbol: OperatorName },
    /// A cast.
    Types { from: TypeName, to: TypeName },
    /// A transform.
    Language { ty: TypeName, language: Ident },
    /// An operator class or family.
    AccessMethod(Ident),
    /// A trigger, rule, policy or constraint: the relation or domain that it is on.
    On(Name),
}

/// `DROP`, of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    pub kind: ObjectKind,
    pub objects: Vec<ObjectRef>,
    pub if_exists: bool,
    /// `RESTRICT` is the default, and leaves no trace.
    pub cascade: bool,
    pub concurrently: bool,
}

/// `RENAME`, of any kind. Of a column, attribute, constraint, the object names it with its
/// table, type or domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    pub object: ObjectRef,
    /// How the statement calls the relation whose part is renamed.
    pub relation: Option<ObjectKind>,
    pub if_exists: bool,
    pub only: bool,
    pub to: Ident,
    pub cascade: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSchema {
    pub object: ObjectRef,
    pub if_exists: bool,
    pub schema: Ident,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerTo {
    pub object: ObjectRef,
    pub owner: RoleSpec,
}

/// `[NO] DEPENDS ON EXTENSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependsOnExtension {
    pub object: ObjectRef,
    pub extension: Ident,
    pub depends: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub object: ObjectRef,
    /// `None` for `NULL`.
    pub text: Option<StringConst>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityLabel {
    pub object: ObjectRef,
    pub provider: Option<Ident>,
    /// `None` for `NULL`.
    pub label: Option<StringConst>,
}
