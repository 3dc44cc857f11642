//! What a chain of migrations is: revisions, the graph they form, the identifiers that name
//! them, and the plans that lead from one set of applied revisions to another.
//!
//! Nothing here does I/O, and nothing here knows SQL: a [`Revision`] carries its statements as
//! ranges of its own text, found by whoever read the file. The crate has no dependencies, as
//! every application that embeds a chain links it.

pub mod graph;
pub mod identifier;
pub mod index;
pub mod plan;
pub mod revision;
pub mod standing;

pub use graph::{Graph, GraphError, Links, Node};
pub use identifier::{
    Choice, Identifier, IdentifierError, IdentifierErrorKind, Purpose, Range, Resolved,
};
pub use index::IndexError;
pub use plan::{Direction, OneWay, Plan, PlanError, Stamp};
pub use revision::{
    Checksum, Down, Label, Mode, NameError, Revision, RevisionId, Section, Statement,
};
pub use standing::{Applied, Standing, StandingKind};

mod chain;
#[cfg(test)]
mod testing;

pub use chain::Chain;
