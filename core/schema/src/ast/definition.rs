//! Objects made from a list of options, and schemas, databases, tablespaces, statistics.

use super::{
    Expr, Ident, Name, ObjectKind, OperatorName, RoleSpec, SetParameter, Statement, StringConst,
    TypeName,
};

/// One option of a list: `name`, `name = value`, `namespace.name = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefElem {
    pub namespace: Option<Ident>,
    pub name: Ident,
    pub value: Option<DefValue>,
}

/// What an option may be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefValue {
    /// A number, with its sign, as written.
    Number(String),
    String(StringConst),
    /// A type, a function's name, a word: the grammar does not tell them apart.
    Type(TypeName),
    Operator(OperatorName),
    /// A keyword that no type may be, in lower case.
    Keyword(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSchema {
    /// Missing where the owner gives the name.
    pub name: Option<Ident>,
    pub if_not_exists: bool,
    pub owner: Option<RoleSpec>,
    pub elements: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDatabase {
    pub name: Ident,
    pub options: Vec<DatabaseOption>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseOption {
    /// In lower case: `owner`, `encoding`, `connection limit`.
    pub name: String,
    /// As written; `None` for `DEFAULT`.
    pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDatabase {
    pub name: Ident,
    pub action: AlterDatabaseAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterDatabaseAction {
    Options(Vec<DatabaseOption>),
    SetTablespace(Ident),
    RefreshCollationVersion,
    Set(SetParameter),
    /// `None` for `ALL`.
    Reset(Option<Name>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTablespace {
    pub name: Ident,
    pub owner: Option<RoleSpec>,
    pub location: StringConst,
    pub with: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTablespace {
    pub name: Ident,
    /// `SET`; otherwise `RESET`.
    pub set: bool,
    pub options: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCollation {
    pub name: Name,
    pub if_not_exists: bool,
    pub definition: CollationDefinition,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollationDefinition {
    From(Name),
    Options(Vec<DefElem>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateConversion {
    pub name: Name,
    pub default: bool,
    pub from: StringConst,
    pub to: StringConst,
    pub function: Name,
}

/// `CREATE TEXT SEARCH …`, of the four kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTextSearch {
    pub kind: ObjectKind,
    pub name: Name,
    pub options: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTextSearch {
    pub kind: ObjectKind,
    pub name: Name,
    pub action: AlterTextSearchAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterTextSearchAction {
    /// Of a dictionary.
    Options(Vec<DefElem>),
    AddMapping {
        tokens: Vec<Ident>,
        dictionaries: Vec<Name>,
    },
    AlterMapping {
        tokens: Vec<Ident>,
        dictionaries: Vec<Name>,
    },
    ReplaceDictionary {
        tokens: Vec<Ident>,
        from: Name,
        to: Name,
    },
    DropMapping {
        tokens: Vec<Ident>,
        if_exists: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateStatistics {
    /// Where it is missing, the server makes one.
    pub name: Option<Name>,
    pub if_not_exists: bool,
    pub kinds: Vec<Ident>,
    pub exprs: Vec<Expr>,
    pub table: Name,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterStatistics {
    pub name: Name,
    /// `None` for `DEFAULT`.
    pub target: Option<Expr>,
}
