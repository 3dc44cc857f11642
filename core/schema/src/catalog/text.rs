//! SQL that the catalog keeps: an expression, a query, a body.
//!
//! PostgreSQL keeps trees in which tables and columns are numbers, so that a rename changes what
//! it prints. Here, that is SQL as it was written, without comments, with holes where a name
//! stands: what is in a hole is printed with the name that the object has by then.

use super::{ColumnNumber, ObjectId, Word};
use serde::{Deserialize, Serialize};

/// SQL with holes for names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    pieces: Vec<Piece>,
}

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Words that stay as they are.
    Sql(String),
    /// A name.
    Hole(Hole),
}

/// A name in a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hole {
    /// A relation, type, function, … with its schema where that is needed.
    Object(ObjectId),
    /// The name alone, as in `t.a` where `t` is a table without an alias.
    Bare(ObjectId),
    /// A column's name.
    Column(ObjectId, ColumnNumber),
    /// A column as one of the results of a query that other parts of the text know by the name
    /// that it had: `b AS a` after a rename.
    Result(ObjectId, ColumnNumber, String),
    /// A string literal that names an object: `'s.t'` of type `regclass`, `regtype`, …
    Literal(ObjectId),
    /// A string literal that is a label of an enum, which has this number.
    Label(ObjectId, u32),
    /// What an extension brought, with the extension's schema where that is needed.
    Extension {
        /// The extension.
        #[serde(with = "super::snapshot::one")]
        extension: Word,
        /// The name, as it is printed.
        name: String,
    },
}

impl Text {
    /// A text without a name in it.
    pub fn plain(sql: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Sql(sql.into())] }
    }

    /// A text that is one name.
    pub fn hole(hole: Hole) -> Self {
        Self { pieces: vec![Piece::Hole(hole)] }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The parts, in their order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The names in it.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(hole),
            Piece::Sql(_) => None,
        })
    }

    /// Adds words.
    pub fn push(&mut self, sql: &str) {
        if let Some(Piece::Sql(last)) = self.pieces.last_mut() {
            last.push_str(sql);
        } else if !sql.is_empty() {
            self.pieces.push(Piece::Sql(sql.to_owned()));
        }
    }

    /// Adds a name.
    pub fn push_hole(&mut self, hole: Hole) {
        self.pieces.push(Piece::Hole(hole));
    }

    /// Adds another text.
    pub fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            match piece {
                Piece::Sql(sql) => self.push(sql),
                Piece::Hole(hole) => self.push_hole(hole.clone()),
            }
        }
    }

    /// The same text about another relation: `LIKE`, and what partitions take from their parent.
    #[must_use]
    pub fn map_holes(&self, map: impl Fn(&Hole) -> Hole) -> Self {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Sql(sql) => Piece::Sql(sql.clone()),
            Piece::Hole(hole) => Piece::Hole(map(hole)),
        });
        Self { pieces: pieces.collect() }
    }

    /// Whether it names this column.
    pub fn mentions(&self, relation: ObjectId, column: ColumnNumber) -> bool {
        self.holes().any(|hole| match hole {
            Hole::Column(id, number) | Hole::Result(id, number, _) => {
                *id == relation && *number == column
            }
            _ => false,
        })
    }
}
