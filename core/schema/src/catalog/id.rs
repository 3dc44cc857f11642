//! What names an object, a column, a place in the chain.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Names an object for as long as a catalog exists. None is used twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ObjectId(pub(super) u32);

/// Names a column of a relation, or an attribute of a composite type, as `attnum` does: a dropped
/// column's number is not used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ColumnNumber(pub u16);

/// Where in the chain something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Which of the texts that were replayed.
    pub source: SourceId,
    /// Where in it: the first byte.
    pub start: u32,
    /// Where in it: the byte after the last.
    pub end: u32,
}

/// Names a text that was replayed, by its position among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// What became of a name, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The statement that did it.
    pub place: Place,
    /// What it did.
    pub went: Went,
}

/// How an object lost its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Went {
    /// It is no more.
    Dropped,
    /// It has another name.
    Renamed,
    /// It is in another schema.
    Moved,
}

impl Place {
    /// What was there before the chain began.
    pub const BEFORE: Self = Self { source: SourceId(u32::MAX), start: 0, end: 0 };

    /// A byte range of a text.
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { source, start: short(range.start), end: short(range.end) }
    }

    /// The byte range in its text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl fmt::Debug for ColumnNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
