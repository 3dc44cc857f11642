//! Tables: `CREATE TABLE`, `ALTER TABLE`, columns and constraints.

use super::{
    Expr, ForeignOption, Ident, IndexElement, IntoClause, Name, ObjectKind, Query, RelationRef,
    RoleSpec, SequenceOption, StorageParameter, TextRange, TypeName,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTable {
    pub name: Name,
    pub if_not_exists: bool,
    pub persistence: Persistence,
    pub elements: Vec<TableElement>,
    pub inherits: Vec<Name>,
    /// `OF type`.
    pub of_type: Option<TypeName>,
    /// `PARTITION OF parent bound`.
    pub partition_of: Option<(Name, PartitionBound)>,
    pub partition_by: Option<PartitionBy>,
    pub access_method: Option<Ident>,
    pub with: Vec<StorageParameter>,
    pub on_commit: Option<OnCommit>,
    pub tablespace: Option<Ident>,
    /// Of a foreign table.
    pub foreign: Option<ForeignTable>,
}

/// What makes a table a foreign one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignTable {
    pub server: Ident,
    pub options: Vec<ForeignOption>,
}

/// `CREATE TABLE … AS`, of a query or of `EXECUTE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTableAs {
    pub into: IntoClause,
    pub if_not_exists: bool,
    pub with: Vec<StorageParameter>,
    pub source: TableSource,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableSource {
    Query(Query),
    Execute { name: Ident, args: Vec<Expr> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Persistence {
    #[default]
    Permanent,
    Temporary,
    Unlogged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCommit {
    PreserveRows,
    DeleteRows,
    Drop,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableElement {
    Column(ColumnDef),
    Constraint(TableConstraint),
    Like(TableLike),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLike {
    pub relation: Name,
    pub including: Vec<LikeProperty>,
    /// Read after `including`, in the order of the text: the last one named wins.
    pub excluding: Vec<LikeProperty>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LikeProperty {
    All,
    Comments,
    Compression,
    Constraints,
    Defaults,
    Generated,
    Identity,
    Indexes,
    Statistics,
    Storage,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDef {
    pub name: Ident,
    /// Missing only in a typed table or a partition, whose columns have their types already.
    pub ty: Option<TypeName>,
    pub collation: Option<Name>,
    pub storage: Option<Ident>,
    pub compression: Option<Ident>,
    pub options: Vec<ForeignOption>,
    pub constraints: Vec<ColumnConstraint>,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnConstraint {
    pub name: Option<Ident>,
    pub kind: ColumnConstraintKind,
    pub attributes: ConstraintAttributes,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnConstraintKind {
    NotNull,
    Null,
    Default(Expr),
    Check(Expr),
    Generated {
        expr: Expr,
        stored: bool,
    },
    Identity {
        always: bool,
        options: Vec<SequenceOption>,
    },
    PrimaryKey(IndexParameters),
    Unique {
        nulls_not_distinct: bool,
        index: IndexParameters,
    },
    /// `columns` of the reference holds one name at most.
    References(Reference),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableConstraint {
    pub name: Option<Ident>,
    pub kind: TableConstraintKind,
    pub attributes: ConstraintAttributes,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableConstraintKind {
    Check(Expr),
    /// `NOT NULL column`, from version 18 on.
    NotNull(Ident),
    PrimaryKey(KeyConstraint),
    Unique {
        nulls_not_distinct: bool,
        key: KeyConstraint,
    },
    /// `PRIMARY KEY USING INDEX i`, or `UNIQUE USING INDEX i`.
    UsingIndex {
        primary: bool,
        index: Ident,
    },
    Exclude {
        method: Option<Ident>,
        elements: Vec<ExcludeElement>,
        index: IndexParameters,
        predicate: Option<Expr>,
    },
    ForeignKey {
        columns: Vec<Ident>,
        /// The last column is a `PERIOD`.
        period: bool,
        reference: Reference,
    },
}

/// The columns of a primary key or a unique constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyConstraint {
    pub columns: Vec<Ident>,
    pub without_overlaps: bool,
    pub index: IndexParameters,
}

/// How the index behind a constraint is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexParameters {
    pub include: Vec<Ident>,
    pub with: Vec<StorageParameter>,
    pub tablespace: Option<Ident>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludeElement {
    pub element: IndexElement,
    pub operator: super::OperatorName,
}

/// What a foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub table: Name,
    /// Empty for the primary key.
    pub columns: Vec<Ident>,
    /// The last column is a `PERIOD`.
    pub period: bool,
    pub matching: MatchType,
    pub on_delete: Option<RefAction>,
    pub on_update: Option<RefAction>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MatchType {
    Simple,
    Full,
    Partial,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefAction {
    NoAction,
    Restrict,
    Cascade,
    /// With the columns to set, where not all are.
    SetNull(Vec<Ident>),
    SetDefault(Vec<Ident>),
}

/// What may stand after a constraint. `None` where the statement does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConstraintAttributes {
    pub deferrable: Option<bool>,
    pub initially_deferred: Option<bool>,
    pub not_valid: bool,
    pub no_inherit: bool,
    pub inherit: bool,
    pub enforced: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionBy {
    pub strategy: PartitionStrategy,
    pub elements: Vec<IndexElement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PartitionStrategy {
    Range,
    List,
    Hash,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartitionBound {
    Default,
    List(Vec<Expr>),
    /// `MINVALUE` and `MAXVALUE` are column references of that name.
    Range {
        from: Vec<Expr>,
        to: Vec<Expr>,
    },
    Hash {
        modulus: u32,
        remainder: u32,
    },
}

/// `ALTER TABLE`, and the same of a view, an index, a sequence, a materialized view, a foreign
/// table, where it is neither a rename nor a change of schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTable {
    /// As the statement calls it.
    pub kind: ObjectKind,
    pub table: RelationRef,
    pub if_exists: bool,
    pub actions: Vec<AlterTableAction>,
}

/// `ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b`, and the same of indexes and
/// materialized views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveAll {
    pub kind: ObjectKind,
    pub from: Ident,
    pub owned_by: Vec<RoleSpec>,
    pub to: Ident,
    pub nowait: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTableAction {
    pub kind: AlterTableActionKind,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterTableActionKind {
    AddColumn {
        column: ColumnDef,
        if_not_exists: bool,
    },
    DropColumn {
        column: Ident,
        if_exists: bool,
        cascade: bool,
    },
    AlterColumn {
        column: AlteredColumn,
        action: AlterColumnAction,
    },
    AddConstraint(TableConstraint),
    AlterConstraint {
        name: Ident,
        attributes: ConstraintAttributes,
    },
    ValidateConstraint(Ident),
    DropConstraint {
        name: Ident,
        if_exists: bool,
        cascade: bool,
    },
    AttachPartition {
        partition: Name,
        /// `None` for the partition of an index.
        bound: Option<PartitionBound>,
    },
    DetachPartition {
        partition: Name,
        mode: DetachMode,
    },
    MergePartitions {
        partitions: Vec<Name>,
        into: Name,
    },
    SplitPartition {
        partition: Name,
        into: Vec<(Name, PartitionBound)>,
    },
    Inherit(Name),
    NoInherit(Name),
    OfType(TypeName),
    NotOf,
    OwnerTo(RoleSpec),
    SetSchema(Ident),
    SetTablespace(Ident),
    SetWithoutCluster,
    SetWithoutOids,
    /// `None` for `DEFAULT`.
    SetAccessMethod(Option<Ident>),
    SetLogged,
    SetUnlogged,
    SetOptions(Vec<StorageParameter>),
    ResetOptions(Vec<StorageParameter>),
    ForeignOptions(Vec<ForeignOption>),
    ClusterOn(Ident),
    ReplicaIdentity(ReplicaIdentity),
    RowSecurity(RowSecurity),
    Trigger {
        fires: Fires,
        which: TriggerTarget,
    },
    Rule {
        fires: Fires,
        name: Ident,
    },
    DependsOnExtension {
        extension: Ident,
        depends: bool,
    },
}

/// A column in `ALTER … COLUMN`: an index has numbers instead of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlteredColumn {
    Name(Ident),
    Number(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterColumnAction {
    SetType {
        ty: TypeName,
        collation: Option<Name>,
        using: Option<Expr>,
    },
    SetDefault(Expr),
    DropDefault,
    SetNotNull,
    DropNotNull,
    SetExpression(Expr),
    DropExpression {
        if_exists: bool,
    },
    AddIdentity {
        always: bool,
        options: Vec<SequenceOption>,
    },
    SetIdentity {
        always: Option<bool>,
        options: Vec<SequenceOption>,
    },
    DropIdentity {
        if_exists: bool,
    },
    /// `None` for `DEFAULT`.
    SetStatistics(Option<Expr>),
    SetOptions(Vec<StorageParameter>),
    ResetOptions(Vec<StorageParameter>),
    SetStorage(Ident),
    SetCompression(Ident),
    ForeignOptions(Vec<ForeignOption>),
    /// `ALTER CONSTRAINT … [NO] INHERIT`, which squats among the columns' actions.
    Inherit(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetachMode {
    Plain,
    Concurrently,
    Finalize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplicaIdentity {
    Default,
    Full,
    Nothing,
    Index(Ident),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSecurity {
    Enable,
    Disable,
    Force,
    NoForce,
}

/// When a trigger or a rule fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Fires {
    Enabled,
    Disabled,
    Always,
    Replica,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriggerTarget {
    All,
    User,
    Name(Ident),
}
