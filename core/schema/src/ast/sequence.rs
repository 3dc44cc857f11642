//! Sequences.

use super::{Expr, Name, Persistence, TypeName};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSequence {
    pub name: Name,
    pub if_not_exists: bool,
    pub persistence: Persistence,
    pub options: Vec<SequenceOption>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterSequence {
    pub name: Name,
    pub if_exists: bool,
    pub options: Vec<SequenceOption>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SequenceOption {
    As(TypeName),
    Cache(Expr),
    Increment(Expr),
    Start(Expr),
    Restart(Option<Expr>),
    /// `None` for `NO MAXVALUE`.
    MaxValue(Option<Expr>),
    MinValue(Option<Expr>),
    Cycle(bool),
    /// A column, or `None` for `OWNED BY NONE`.
    OwnedBy(Option<Name>),
    /// The name of an identity column's sequence.
    SequenceName(Name),
    Logged,
    Unlogged,
}
