//! Types that a chain defines: enums, composite types, ranges, base types, domains.

use super::{
    ColumnConstraint, ColumnDefinition, DefElem, Expr, Ident, Name, StringConst, TypeName,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateType {
    pub name: Name,
    pub kind: TypeKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind {
    /// `CREATE TYPE t`, to be defined later.
    Shell,
    Base(Vec<DefElem>),
    Composite(Vec<ColumnDefinition>),
    Enum(Vec<StringConst>),
    Range(Vec<DefElem>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterType {
    pub name: Name,
    pub action: AlterTypeAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterTypeAction {
    AddValue { value: StringConst, if_not_exists: bool, position: Option<ValuePosition> },
    RenameValue { from: StringConst, to: StringConst },
    RenameAttribute { from: Ident, to: Ident, cascade: bool },
    Attributes(Vec<AttributeAction>),
    SetOptions(Vec<DefElem>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValuePosition {
    Before(StringConst),
    After(StringConst),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeAction {
    Add { field: ColumnDefinition, cascade: bool },
    Alter { field: ColumnDefinition, cascade: bool },
    Drop { name: Ident, if_exists: bool, cascade: bool },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDomain {
    pub name: Name,
    pub ty: TypeName,
    pub collation: Option<Name>,
    pub constraints: Vec<ColumnConstraint>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDomain {
    pub name: Name,
    pub action: AlterDomainAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterDomainAction {
    SetDefault(Expr),
    DropDefault,
    SetNotNull,
    DropNotNull,
    /// A check, or `NOT NULL`.
    AddConstraint(ColumnConstraint),
    DropConstraint {
        name: Ident,
        if_exists: bool,
        cascade: bool,
    },
    RenameConstraint {
        from: Ident,
        to: Ident,
    },
    ValidateConstraint(Ident),
}
