//! What lies outside: extensions, foreign data, publications, subscriptions.

use super::{DefElem, Expr, Ident, Name, ObjectRef, RelationRef, StringConst};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExtension {
    pub name: Ident,
    pub if_not_exists: bool,
    pub schema: Option<Ident>,
    pub version: Option<Ident>,
    pub cascade: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterExtension {
    pub name: Ident,
    pub action: AlterExtensionAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterExtensionAction {
    Update(Option<Ident>),
    Add(ObjectRef),
    Drop(ObjectRef),
}

/// One of `OPTIONS (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignOption {
    pub action: OptionAction,
    pub name: Ident,
    /// `None` for `DROP`.
    pub value: Option<StringConst>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionAction {
    Add,
    Set,
    Drop,
}

/// `CREATE` or `ALTER FOREIGN DATA WRAPPER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignDataWrapper {
    pub alter: bool,
    pub name: Ident,
    /// Handler, validator and connection functions, where they are named.
    pub functions: Vec<Name>,
    pub options: Vec<ForeignOption>,
}

/// `CREATE` or `ALTER SERVER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignServer {
    pub alter: bool,
    pub name: Ident,
    pub if_not_exists: bool,
    /// Missing in `ALTER`.
    pub wrapper: Option<Ident>,
    pub ty: Option<StringConst>,
    pub version: Option<StringConst>,
    pub options: Vec<ForeignOption>,
}

/// `CREATE`, `ALTER` or `DROP USER MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserMapping {
    pub command: UserMappingCommand,
    /// `None` for `USER`, the current one.
    pub role: Option<super::RoleSpec>,
    pub server: Ident,
    /// `IF NOT EXISTS` or `IF EXISTS`.
    pub if_exists: bool,
    pub options: Vec<ForeignOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserMappingCommand {
    Create,
    Alter,
    Drop,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportForeignSchema {
    pub remote: Ident,
    pub filter: ImportFilter,
    pub server: Ident,
    pub into: Ident,
    pub options: Vec<ForeignOption>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportFilter {
    All,
    LimitTo(Vec<Ident>),
    Except(Vec<Ident>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePublication {
    pub name: Ident,
    pub objects: Vec<PublicationObject>,
    pub with: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterPublication {
    pub name: Ident,
    pub action: AlterPublicationAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterPublicationAction {
    Add(Vec<PublicationObject>),
    Set(Vec<PublicationObject>),
    Drop(Vec<PublicationObject>),
    SetOptions(Vec<DefElem>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicationObject {
    AllTables,
    AllSequences,
    Table {
        table: RelationRef,
        columns: Vec<Ident>,
        filter: Option<Expr>,
    },
    /// `None` for `CURRENT_SCHEMA`.
    TablesInSchema(Option<Ident>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSubscription {
    pub name: Ident,
    pub source: SubscriptionSource,
    pub publications: Vec<Ident>,
    pub with: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionSource {
    Connection(StringConst),
    Server(Ident),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSubscription {
    pub name: Ident,
    pub action: AlterSubscriptionAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterSubscriptionAction {
    Source(SubscriptionSource),
    AddPublications(Vec<Ident>),
    SetPublications(Vec<Ident>),
    DropPublications(Vec<Ident>),
    Refresh,
    Enable(bool),
    Options(Vec<DefElem>),
    Skip(Vec<DefElem>),
}
