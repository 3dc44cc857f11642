//! What is noted of the expressions of one query while they are read.

use super::Site;
use crate::ast::TextRange;

/// A query that is being read, or an expression that stands outside of one.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    /// The clause that is being read; it decides what an expression may hold.
    pub(crate) clause: Clause,
    /// The calls of aggregates that belong to this query.
    pub(crate) aggregates: Vec<TextRange>,
    /// The calls of window functions.
    pub(crate) windows: Vec<TextRange>,
    /// The calls of functions that return sets.
    pub(crate) sets: Vec<TextRange>,
    /// Whether it reads the recursive query that it is a part of.
    pub(crate) reads_itself: bool,
    /// Calls of which it is not known what is called: it may be an aggregate.
    pub(crate) vague: Vec<TextRange>,
    /// The first part that depends on more than what it is made of.
    pub(crate) mutable: Option<TextRange>,
}

/// A part of a statement, as far as it matters what its expressions may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clause {
    /// An expression outside of a query.
    Site(Site),
    /// Anything may stand there, or it is not known what may.
    Any,
    Targets,
    Where,
    Having,
    JoinOn,
    FromFunction,
    GroupBy,
    OrderBy,
    DistinctOn,
    Limit,
    Offset,
    Values,
    Returning,
    UpdateSource,
    MergeWhen,
    /// `FILTER` of an aggregate.
    Filter,
    WindowPartition,
    WindowOrder,
    WindowFrame,
}

impl Level {
    pub(crate) fn new(clause: Clause) -> Self {
        Self {
            clause,
            aggregates: Vec::new(),
            windows: Vec::new(),
            sets: Vec::new(),
            reads_itself: false,
            vague: Vec::new(),
            mutable: None,
        }
    }
}
