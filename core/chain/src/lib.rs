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

pub use graph::{Graph, GraphError, Node};
pub use identifier::{Identifier, IdentifierError, Range};
pub use plan::{Direction, Plan, PlanError};
pub use revision::{
    Checksum, Down, Label, Mode, NameError, Revision, RevisionId, Section, Statement,
};
pub use standing::{Applied, Standing};

mod chain;
pub use chain::Chain;
