//! The command line, as people see it: the built binary, run in directories of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod sandbox;
mod transcript;

mod behaviour;
mod questions;
mod speed;
