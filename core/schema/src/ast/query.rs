//! Queries.

use super::{
    Delete, Expr, Ident, Insert, Merge, Name, OnCommit, Persistence, SortBy, TextRange, TypeName,
    Update, Window,
};

/// A query: `SELECT`, `VALUES`, `TABLE`, a set operation, with what may stand around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub with: Option<With>,
    pub body: QueryBody,
    pub order_by: Vec<SortBy>,
    pub limit: Option<Limit>,
    pub offset: Option<Expr>,
    pub locking: Vec<Locking>,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryBody {
    /// `TABLE t` is `SELECT * FROM t`.
    Select(Box<Select>),
    Values(Vec<Vec<Expr>>),
    SetOperation {
        op: SetOperator,
        all: bool,
        left: Box<Query>,
        right: Box<Query>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperator {
    Union,
    Intersect,
    Except,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    pub distinct: Option<Distinct>,
    pub targets: Vec<Target>,
    /// `SELECT … INTO t`.
    pub into: Option<IntoClause>,
    pub from: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub group_by: Option<GroupBy>,
    pub having: Option<Expr>,
    pub windows: Vec<NamedWindow>,
}

/// The table that a query makes: of `SELECT … INTO` and of `CREATE TABLE … AS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntoClause {
    pub name: Name,
    pub persistence: Persistence,
    pub columns: Vec<Ident>,
    pub access_method: Option<Ident>,
    pub tablespace: Option<Ident>,
    pub on_commit: Option<OnCommit>,
    pub with_no_data: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distinct {
    All,
    On(Vec<Expr>),
}

/// One column of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// A bare `*` is a column reference of no field.
    pub expr: Expr,
    pub alias: Option<Ident>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupBy {
    pub distinct: bool,
    pub items: Vec<GroupingItem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupingItem {
    /// `()`.
    Empty,
    Expr(Expr),
    Rollup(Vec<Expr>),
    Cube(Vec<Expr>),
    Sets(Vec<GroupingItem>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedWindow {
    pub name: Ident,
    pub window: Window,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// `None` for `LIMIT ALL`.
    pub count: Option<Expr>,
    pub with_ties: bool,
}

/// `FOR UPDATE OF t NOWAIT` and its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locking {
    pub strength: LockStrength,
    pub tables: Vec<Name>,
    pub wait: LockWait,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockStrength {
    Update,
    NoKeyUpdate,
    Share,
    KeyShare,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockWait {
    Block,
    Skip,
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct With {
    pub recursive: bool,
    pub tables: Vec<CommonTable>,
}

/// One query of a `WITH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonTable {
    pub name: Ident,
    pub columns: Vec<Ident>,
    pub materialized: Option<bool>,
    pub query: CommonTableQuery,
    pub search: Option<Search>,
    pub cycle: Option<Cycle>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommonTableQuery {
    Query(Query),
    Insert(Insert),
    Update(Update),
    Delete(Delete),
    Merge(Merge),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    pub breadth_first: bool,
    pub columns: Vec<Ident>,
    pub sequence: Ident,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    pub columns: Vec<Ident>,
    pub mark: Ident,
    /// The two values of the mark, where they are not true and false.
    pub values: Option<(Expr, Expr)>,
    pub path: Ident,
}

/// A relation that a statement works on, with or without its descendants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationRef {
    pub name: Name,
    pub only: bool,
}

/// What stands in `FROM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromItem {
    Table(RangeTable),
    Subquery(RangeSubquery),
    Function(RangeFunction),
    TableFunction(RangeTableFunction),
    Join(Box<Join>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeTable {
    pub relation: RelationRef,
    pub alias: Option<Alias>,
    pub sample: Option<TableSample>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSample {
    pub method: Name,
    pub args: Vec<Expr>,
    pub repeatable: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeSubquery {
    pub lateral: bool,
    pub query: Query,
    pub alias: Option<Alias>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeFunction {
    pub lateral: bool,
    /// `ROWS FROM (…)`; otherwise there is one function.
    pub rows_from: bool,
    pub functions: Vec<RowsFrom>,
    pub ordinality: bool,
    pub alias: Option<Alias>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsFrom {
    /// A call, or another expression that the grammar takes for one, such as `CAST` or
    /// `CURRENT_DATE`.
    pub call: Expr,
    pub columns: Vec<ColumnDefinition>,
}

/// `XMLTABLE`, `JSON_TABLE`, and `GRAPH_TABLE` of servers to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeTableFunction {
    pub lateral: bool,
    pub function: TableFunction,
    /// Every expression within but those of the columns, in the order of the text.
    pub args: Vec<Expr>,
    /// Those of a nested path stand where it does.
    pub columns: Vec<TableFunctionColumn>,
    pub alias: Option<Alias>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableFunction {
    XmlTable,
    JsonTable,
    /// Holds the property graph's name.
    GraphTable(Name),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFunctionColumn {
    pub name: Ident,
    /// `None` for `FOR ORDINALITY`, and for a graph's columns, which are expressions.
    pub ty: Option<TypeName>,
    /// What stands after the type: path, default.
    pub exprs: Vec<Expr>,
}

/// An alias, with names for columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Missing only in `f() AS (a int)`.
    pub name: Option<Ident>,
    pub columns: Vec<Ident>,
    /// `AS t(a int, b text)`, of a function that returns records.
    pub definitions: Vec<ColumnDefinition>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDefinition {
    pub name: Ident,
    pub ty: TypeName,
    pub collation: Option<Name>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    pub kind: JoinKind,
    pub natural: bool,
    pub left: FromItem,
    pub right: FromItem,
    pub condition: Option<JoinCondition>,
    /// `(a JOIN b …) AS x`.
    pub alias: Option<Alias>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
    Cross,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinCondition {
    On(Expr),
    Using { columns: Vec<Ident>, alias: Option<Ident> },
}
