//! Indexes.

use super::{DefElem, Expr, Ident, Name, NullsOrder, RelationRef, SortOrder, TextRange};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIndex {
    /// Where it is missing, the server makes one.
    pub name: Option<Name>,
    pub if_not_exists: bool,
    pub unique: bool,
    pub concurrently: bool,
    pub table: RelationRef,
    /// `None` for `btree`.
    pub method: Option<Ident>,
    pub elements: Vec<IndexElement>,
    pub include: Vec<IndexElement>,
    pub nulls_not_distinct: bool,
    pub with: Vec<StorageParameter>,
    pub tablespace: Option<Ident>,
    pub predicate: Option<Expr>,
}

/// One column or expression of an index, a partition key or an exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexElement {
    /// A bare column is a column reference of one field.
    pub expr: Expr,
    pub collation: Option<Name>,
    pub operator_class: Option<Name>,
    pub operator_class_options: Vec<StorageParameter>,
    pub order: Option<SortOrder>,
    pub nulls: Option<NullsOrder>,
    pub range: TextRange,
}

/// `fillfactor = 70`, `toast.autovacuum_enabled = false`.
pub type StorageParameter = DefElem;
