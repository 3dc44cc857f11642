//! Tests that need more than one crate: real builds, real servers, real chains.
