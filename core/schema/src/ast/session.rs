//! What concerns the session, the transaction, or the server as a whole.

use super::{Expr, FuncParam, Ident, Name, Query, RelationRef, Statement, StringConst};

/// `SET name TO value`, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetParameter {
    /// `search_path`, `app.tenant`; of the special forms the parameter that they set:
    /// `TimeZone`, `xmloption`.
    pub name: Name,
    pub value: SetValue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetValue {
    Default,
    FromCurrent,
    Values(Vec<SettingValue>),
}

/// One value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// A word or a string, which mean the same.
    Text(StringConst),
    /// As written.
    Number(String),
    /// `INTERVAL '1' HOUR`, of a time zone.
    Expr(Expr),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// `SET LOCAL`.
    pub local: bool,
    pub what: SetWhat,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetWhat {
    Parameter(SetParameter),
    /// `SET ROLE`; `None` for `NONE`.
    Role(Option<Ident>),
    /// `SET SESSION AUTHORIZATION`; `None` for `DEFAULT`.
    SessionAuthorization(Option<Ident>),
    /// `SET TRANSACTION`.
    Transaction,
    /// `SET SESSION CHARACTERISTICS AS TRANSACTION`.
    SessionCharacteristics,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    All,
    Parameter(Name),
    Role,
    SessionAuthorization,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetConstraints {
    /// Empty for `ALL`.
    pub constraints: Vec<Name>,
    pub deferred: bool,
}

/// What starts, ends or marks a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transaction {
    Begin,
    Commit { chain: bool },
    Rollback { chain: bool },
    Savepoint(Ident),
    Release(Ident),
    RollbackTo(Ident),
    Prepare(StringConst),
    CommitPrepared(StringConst),
    RollbackPrepared(StringConst),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    pub tables: Vec<RelationRef>,
    /// `None` for `ACCESS EXCLUSIVE`.
    pub mode: Option<LockMode>,
    pub nowait: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockMode {
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}

/// `VACUUM` and `ANALYZE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacuum {
    /// `VACUUM`; otherwise `ANALYZE` alone.
    pub vacuum: bool,
    pub full: bool,
    /// Empty for the whole database.
    pub tables: Vec<VacuumTable>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VacuumTable {
    pub table: RelationRef,
    pub columns: Vec<Ident>,
}

/// `CLUSTER`, and `REPACK` of servers to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// `None` for all tables that were clustered before.
    pub table: Option<Name>,
    pub index: Option<Ident>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reindex {
    pub target: ReindexTarget,
    pub concurrently: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReindexTarget {
    Index(Name),
    Table(Name),
    Schema(Ident),
    /// `None` for the current one.
    Database(Option<Ident>),
    System(Option<Ident>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explain {
    pub analyze: bool,
    pub statement: Box<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepare {
    pub name: Ident,
    pub params: Vec<FuncParam>,
    pub statement: Box<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execute {
    pub name: Ident,
    pub args: Vec<Expr>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclareCursor {
    pub name: Ident,
    pub hold: bool,
    pub query: Query,
}

/// `FETCH` or `MOVE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    pub cursor: Ident,
    pub moves: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    pub channel: Ident,
    pub payload: Option<StringConst>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discard {
    All,
    Plans,
    Sequences,
    Temp,
}

/// `ALTER SYSTEM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterSystem {
    Set(SetParameter),
    /// `None` for `ALL`.
    Reset(Option<Name>),
}

/// A property graph, of servers to come: what is kept is that it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyGraph {
    pub name: Name,
    pub alter: bool,
}
