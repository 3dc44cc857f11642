//! Relations: tables, views, sequences, indexes, composite types, and their columns.

use super::{ColumnNumber, ColumnType, ObjectId, Place, Text, Word};
use crate::ast::{PartitionStrategy, Persistence};
use serde::{Deserialize, Serialize};

/// What is in `pg_class`. All relations of a schema share one space of names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The schema.
    pub schema: ObjectId,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: RelationKind,
    /// The columns, in order. Those of an index are its keys, without a place here; a sequence
    /// has none here.
    pub columns: Vec<Column>,
    /// The number that the next column gets.
    pub next_column: u16,
    /// Whether it is temporary or unlogged.
    pub persistence: Persistence,
    /// `WITH (…)`: name and value, sorted by name.
    pub options: Vec<(String, String)>,
    /// The access method of a table or a materialized view, where it is not the default one.
    pub access_method: Option<String>,
    /// The tablespace, where it is not the default one.
    pub tablespace: Option<String>,
}

/// What a relation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationKind {
    /// A table, a foreign one too.
    Table(Table),
    /// A view.
    View(View),
    /// A materialized view.
    MaterializedView {
        /// Its query.
        query: Text,
        /// Whether it holds rows yet.
        populated: bool,
    },
    /// An index.
    Index(Index),
    /// A sequence.
    Sequence(Sequence),
    /// A composite type.
    Composite,
}

/// What a table has beyond its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// How it is partitioned.
    pub partition_key: Option<PartitionKey>,
    /// The table that it is a partition of.
    pub partition_of: Option<(ObjectId, Text)>,
    /// The tables that it inherits from, in order.
    pub inherits: Vec<ObjectId>,
    /// The composite type that it was made `OF`.
    pub of_type: Option<ObjectId>,
    /// Whether its policies count.
    pub row_security: bool,
    /// Whether they count for its owner too.
    pub force_row_security: bool,
    /// `FULL`, `NOTHING`, or `USING INDEX` and the index; none for the default.
    pub replica_identity: Option<Text>,
    /// The index that `CLUSTER` takes.
    pub clustered_on: Option<ObjectId>,
    /// What a foreign table says of its server and its options.
    pub foreign: Option<Text>,
}

/// `PARTITION BY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartitionKey {
    /// By range, list or hash.
    pub strategy: PartitionStrategy,
    /// The columns, each with the expression where it is none.
    pub columns: Vec<Option<ColumnNumber>>,
    /// What stands in the parentheses.
    pub text: Text,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its query.
    pub query: Text,
    /// `LOCAL` or `CASCADED`.
    #[serde(with = "super::snapshot::optional")]
    pub check_option: Option<Word>,
}

/// A column, or an attribute of a composite type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its number.
    pub number: ColumnNumber,
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: ColumnType,
    /// A collation other than the type's own.
    pub collation: Option<Text>,
    /// Whether null is refused.
    pub not_null: bool,
    /// What a column has where a row does not say.
    pub default: ColumnDefault,
    /// How it is stored, if that was said: `external`.
    pub storage: Option<String>,
    /// How it is compressed, if that was said: `lz4`.
    pub compression: Option<String>,
    /// The statistics target, if that was said.
    pub statistics: Option<i32>,
    /// `SET (n_distinct = …)`, sorted by name.
    pub options: Vec<(String, String)>,
    /// Whether the table declares it, and does not only inherit it.
    pub local: bool,
    /// From how many parents it is inherited.
    pub inherited: u16,
    /// The comment on it.
    pub comment: Option<String>,
    /// What declared it, or added it.
    pub created: Place,
    /// Whether it may be missing: it came from code whose way is not known.
    pub uncertain: bool,
}

/// Where the value of a column comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ColumnDefault {
    /// From nowhere: it is null.
    #[default]
    None,
    /// `DEFAULT`.
    Expression(Text),
    /// `GENERATED … AS IDENTITY`, whose sequence belongs to the column.
    Identity {
        /// `ALWAYS`; otherwise `BY DEFAULT`.
        always: bool,
    },
    /// `GENERATED ALWAYS AS (…)`.
    Generated {
        /// The expression, without its parentheses.
        expression: Text,
        /// `STORED`; otherwise `VIRTUAL`.
        stored: bool,
    },
}

/// A sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// `int2`, `int4` or `int8`.
    #[serde(with = "super::snapshot::one")]
    pub data_type: Word,
    /// The first value.
    pub start: i64,
    /// The step.
    pub increment: i64,
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// How many values are taken at once.
    pub cache: i64,
    /// Whether it starts anew.
    pub cycle: bool,
    /// The column that it goes with.
    pub owner: Option<SequenceOwner>,
}

/// The column that a sequence goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceOwner {
    /// The table.
    pub table: ObjectId,
    /// The column.
    pub column: ColumnNumber,
    /// Whether it is that of an identity column; otherwise it is `OWNED BY`.
    pub identity: bool,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The table or materialized view.
    pub table: ObjectId,
    /// The access method: `btree`.
    pub method: String,
    /// Whether it is unique.
    pub unique: bool,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// Columns and expressions.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE`.
    pub include: Vec<ColumnNumber>,
    /// `WHERE`.
    pub predicate: Option<Text>,
    /// Whether it can be used: one on a partitioned table is not before all partitions have it,
    /// and one on `ONLY` such a table never begins to be.
    pub valid: bool,
    /// The constraint that it enforces: it goes with it, and cannot be dropped alone.
    pub constraint: Option<ObjectId>,
    /// The index of the partitioned table that this one is a partition of.
    pub parent: Option<ObjectId>,
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexKey {
    /// The column, unless it is an expression.
    pub column: Option<ColumnNumber>,
    /// What the key was called when it was made, from which the names of copies are made: the
    /// column's name then, or `lower`, `expr`.
    pub name: String,
    /// The type of the key.
    pub ty: super::TypeRef,
    /// Column or expression with collation, operator class and order, as in `CREATE INDEX`.
    pub text: Text,
    /// Whether it has the default order, collation and operator class: only such keys can back
    /// a foreign key or become a constraint.
    pub plain: bool,
}

impl Relation {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column of that number.
    pub fn column_numbered(&self, number: ColumnNumber) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    /// The column of that number, to be changed.
    pub fn column_mut(&mut self, number: ColumnNumber) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.number == number)
    }

    /// The table that it is.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.kind {
            RelationKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The table that it is, to be changed.
    pub fn as_table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.kind {
            RelationKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The index that it is.
    pub fn as_index(&self) -> Option<&Index> {
        match &self.kind {
            RelationKind::Index(index) => Some(index),
            _ => None,
        }
    }

    /// The sequence that it is.
    pub fn as_sequence(&self) -> Option<&Sequence> {
        match &self.kind {
            RelationKind::Sequence(sequence) => Some(sequence),
            _ => None,
        }
    }

    /// Whether a query can read it.
    pub fn has_rows(&self) -> bool {
        !matches!(self.kind, RelationKind::Index(_) | RelationKind::Composite)
    }

    /// The server's word for what it is: `table`, `view`, `index`.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            RelationKind::Table(table) if table.foreign.is_some() => "foreign table",
            RelationKind::Table(_) => "table",
            RelationKind::View(_) => "view",
            RelationKind::MaterializedView { .. } => "materialized view",
            RelationKind::Index(_) => "index",
            RelationKind::Sequence(_) => "sequence",
            RelationKind::Composite => "composite type",
        }
    }
}

impl Column {
    /// A column that was declared, and nothing more.
    pub fn new(
        number: ColumnNumber,
        name: impl Into<String>,
        ty: ColumnType,
        created: Place,
    ) -> Self {
        Self {
            number,
            name: name.into(),
            ty,
            collation: None,
            not_null: false,
            default: ColumnDefault::None,
            storage: None,
            compression: None,
            statistics: None,
            options: Vec::new(),
            local: true,
            inherited: 0,
            comment: None,
            created,
            uncertain: false,
        }
    }
}

impl ColumnDefault {
    /// The expression, of a default or of a generated column.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Expression(text) | Self::Generated { expression: text, .. } => Some(text),
            Self::None | Self::Identity { .. } => None,
        }
    }
}
