//! Tests that need more than one crate: real builds, real servers, real chains.
//!
//! Here is what they share. The tests are in `tests/it`, what the compiler says of each kind of
//! mistake is in `tests/ui`.

#![expect(
    clippy::missing_panics_doc,
    reason = "helpers of tests: what does not work fails the test"
)]
#![expect(
    clippy::return_self_not_must_use,
    reason = "an `Ended` that was asked what it should be has served"
)]

pub mod chain;
pub mod corpus;
pub mod ended;
pub mod project;
pub mod psql;
pub mod servers;
pub mod workspace;
