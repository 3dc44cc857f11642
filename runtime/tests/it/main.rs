//! The runtime against real servers.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;
mod locking;
mod rights;
mod session;
mod standing;
mod upgrade;
