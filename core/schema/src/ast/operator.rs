//! Operators, operator classes and families, casts, transforms, access methods.

use super::{DefElem, Ident, Name, ObjectRef, OperatorName, TypeName};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperator {
    pub name: OperatorName,
    pub options: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterOperator {
    pub operator: ObjectRef,
    pub options: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperatorClass {
    pub name: Name,
    pub default: bool,
    pub ty: TypeName,
    pub method: Ident,
    pub family: Option<Name>,
    pub items: Vec<OperatorClassItem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorClassItem {
    Operator {
        number: String,
        name: OperatorName,
        types: Option<(TypeName, TypeName)>,
        /// `FOR ORDER BY family`.
        order_by: Option<Name>,
    },
    Function {
        number: String,
        /// The types it is for, where they are written.
        types: Vec<TypeName>,
        function: ObjectRef,
    },
    Storage(TypeName),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperatorFamily {
    pub name: Name,
    pub method: Ident,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterOperatorFamily {
    pub name: Name,
    pub method: Ident,
    pub action: OperatorFamilyAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorFamilyAction {
    Add(Vec<OperatorClassItem>),
    Drop(Vec<OperatorFamilyMember>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorFamilyMember {
    /// A function; otherwise an operator.
    pub function: bool,
    pub number: String,
    pub types: Vec<TypeName>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCast {
    pub from: TypeName,
    pub to: TypeName,
    pub method: CastMethod,
    pub context: CastContext,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CastMethod {
    Function(ObjectRef),
    Inout,
    Binary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastContext {
    Explicit,
    Assignment,
    Implicit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTransform {
    pub or_replace: bool,
    pub ty: TypeName,
    pub language: Ident,
    pub from_sql: Option<ObjectRef>,
    pub to_sql: Option<ObjectRef>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAccessMethod {
    pub name: Ident,
    /// For indexes; otherwise for tables.
    pub index: bool,
    pub handler: Name,
}
