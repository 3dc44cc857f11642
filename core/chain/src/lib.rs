//! What a chain of migrations is: revisions, the graph they form, the identifiers that name
//! them, and the plans that lead from one set of applied revisions to another.
//!
//! Nothing here does I/O, and nothing here knows SQL: a [`Revision`] carries its statements as
//! ranges of its own text, found by whoever read the file. The crate has no dependencies, as
//! every application that embeds a chain links it.
//!
//! ```
//! use pgmigrate_chain::{Applied, Graph, Identifier, Node, Plan, Purpose, RevisionId};
//!
//! let ids = ["91b0c2d3e4f5", "3f2a9c1b7d4e"].map(|id| RevisionId::new(id).unwrap());
//! let node = |id, parents| Node { id, parents, depends_on: &[], labels: &[] };
//! let (graph, mistakes) =
//!     Graph::build(vec![node(&ids[0], &[]), node(&ids[1], std::slice::from_ref(&ids[0]))]);
//! assert!(mistakes.is_empty());
//!
//! let applied = Applied::new([(ids[0].clone(), None)]);
//! let target = Identifier::parse("+1")?.resolve(&graph, Some(&applied), Purpose::Upgrade)?;
//! assert_eq!(Plan::upgrade(&graph, &applied, &target).steps, [1]);
//!
//! let error = Identifier::parse("-1")?.resolve(&graph, Some(&applied), Purpose::Upgrade);
//! assert_eq!(error.unwrap_err().to_string(), "`-1` goes down; use `downgrade -1`");
//! # Ok::<(), pgmigrate_chain::IdentifierError>(())
//! ```

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
