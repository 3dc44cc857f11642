//! Constraints of tables and of domains.

use super::{ColumnNumber, ObjectId, Text};
use crate::ast::MatchType;
use serde::{Deserialize, Serialize};

/// A constraint. NOT NULL is not among them: it is a property of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of PostgreSQL's own catalog")]
pub struct Constraint {
    /// The table or the domain.
    pub on: ObjectId,
    /// The name, unique on its table.
    pub name: String,
    /// What it demands.
    pub kind: ConstraintKind,
    /// The columns that it speaks of, in its order; of a check, those in its expression.
    pub columns: Vec<ColumnNumber>,
    /// Whether it can be deferred.
    pub deferrable: bool,
    /// Whether it is deferred unless told otherwise.
    pub deferred: bool,
    /// Whether old rows are known to obey it.
    pub validated: bool,
    /// Whether it is enforced at all (version 18).
    pub enforced: bool,
    /// Whether children do not have it.
    pub no_inherit: bool,
    /// Whether the table declares it, and does not only inherit it.
    pub local: bool,
    /// From how many parents it is inherited.
    pub inherited: u16,
}

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConstraintKind {
    /// `CHECK`; the expression without its parentheses.
    Check(Text),
    /// `PRIMARY KEY`, by an index.
    PrimaryKey(ObjectId),
    /// `UNIQUE`, by an index.
    Unique(ObjectId),
    /// `EXCLUDE`, by an index.
    Exclusion {
        /// The index, which holds the elements.
        index: ObjectId,
        /// The operator of each element.
        operators: Vec<Text>,
    },
    /// `FOREIGN KEY`.
    ForeignKey(ForeignKey),
    /// A constraint trigger.
    Trigger(ObjectId),
}

/// What a foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The table.
    pub table: ObjectId,
    /// Its columns, one for each of [`Constraint::columns`].
    pub columns: Vec<ColumnNumber>,
    /// The unique index of that table which makes it possible.
    pub index: ObjectId,
    /// How rows with nulls match.
    pub matching: MatchType,
    /// What happens when the row is deleted.
    pub on_delete: Action,
    /// What happens when the key is changed.
    pub on_update: Action,
    /// Whether the last column is a `PERIOD` (version 18).
    pub period: bool,
    /// The constraint of the partitioned table that this one stands for in a partition.
    pub parent: Option<ObjectId>,
}

/// What happens to the row that points.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Action {
    /// The change is refused, at the end.
    #[default]
    NoAction,
    /// The change is refused, at once.
    Restrict,
    /// It goes along.
    Cascade,
    /// It points nowhere: these columns, or all of them.
    SetNull(Vec<ColumnNumber>),
    /// It points to the default: these columns, or all of them.
    SetDefault(Vec<ColumnNumber>),
}

impl Constraint {
    /// One with what is usual.
    pub fn new(on: ObjectId, name: impl Into<String>, kind: ConstraintKind) -> Self {
        Self {
            on,
            name: name.into(),
            kind,
            columns: Vec::new(),
            deferrable: false,
            deferred: false,
            validated: true,
            enforced: true,
            no_inherit: false,
            local: true,
            inherited: 0,
        }
    }

    /// The index that enforces it.
    pub fn index(&self) -> Option<ObjectId> {
        match &self.kind {
            ConstraintKind::PrimaryKey(index)
            | ConstraintKind::Unique(index)
            | ConstraintKind::Exclusion { index, .. } => Some(*index),
            _ => None,
        }
    }

    /// Where it points.
    pub fn foreign_key(&self) -> Option<&ForeignKey> {
        match &self.kind {
            ConstraintKind::ForeignKey(key) => Some(key),
            _ => None,
        }
    }
}
