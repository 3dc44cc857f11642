//! Statements that change rows.

use super::{
    Expr, FromItem, Ident, Name, Query, RelationRef, StringConst, Subscript, Target, With,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    pub with: Option<With>,
    pub table: Name,
    pub alias: Option<Ident>,
    pub columns: Vec<InsertColumn>,
    pub overriding: Option<Overriding>,
    /// `None` for `DEFAULT VALUES`.
    pub source: Option<Query>,
    pub on_conflict: Option<OnConflict>,
    pub returning: Vec<Target>,
}

/// A column that gets a value, or a part of one: `a`, `a.b`, `a[1]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsertColumn {
    pub name: Ident,
    pub path: Vec<PathStep>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    Field(Ident),
    Subscript(Subscript),
    Star,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overriding {
    SystemValue,
    UserValue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnConflict {
    pub target: Option<ConflictTarget>,
    pub action: ConflictAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictTarget {
    Constraint(Ident),
    Index { items: Vec<ConflictItem>, predicate: Option<Expr> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictItem {
    pub expr: Expr,
    pub collation: Option<Name>,
    pub operator_class: Option<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictAction {
    Nothing,
    Update { set: Vec<Assignment>, filter: Option<Expr> },
    Select { filter: Option<Expr> },
}

/// One item of `SET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Several in `(a, b) = …`.
    pub columns: Vec<InsertColumn>,
    pub value: AssignmentValue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssignmentValue {
    /// `a = x`.
    Expr(Expr),
    /// `(a, b) = (x, y)`, with or without `ROW`.
    Row(Vec<Expr>),
    /// `(a, b) = (SELECT …)`.
    Query(Query),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub with: Option<With>,
    pub table: RelationRef,
    pub alias: Option<Ident>,
    pub set: Vec<Assignment>,
    pub from: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub returning: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    pub with: Option<With>,
    pub table: RelationRef,
    pub alias: Option<Ident>,
    pub using: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub returning: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub with: Option<With>,
    pub table: RelationRef,
    pub alias: Option<Ident>,
    pub source: FromItem,
    pub on: Expr,
    pub whens: Vec<MergeWhen>,
    pub returning: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeWhen {
    pub matched: MergeMatch,
    pub condition: Option<Expr>,
    pub action: MergeAction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeMatch {
    Matched,
    NotMatchedBySource,
    NotMatchedByTarget,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeAction {
    Nothing,
    Delete,
    Update(Vec<Assignment>),
    Insert {
        columns: Vec<InsertColumn>,
        overriding: Option<Overriding>,
        /// `None` for `DEFAULT VALUES`.
        values: Option<Vec<Expr>>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truncate {
    pub tables: Vec<RelationRef>,
    pub restart_identity: bool,
    pub cascade: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    pub source: CopySource,
    /// `COPY … FROM`; otherwise it reads the table.
    pub from: bool,
    pub peer: CopyPeer,
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopySource {
    Table {
        name: Name,
        columns: Vec<Ident>,
    },
    /// A query, or a statement with `RETURNING`.
    Query(Box<super::Statement>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyPeer {
    /// `STDIN` or `STDOUT`.
    Client,
    File(StringConst),
    Program(StringConst),
}
