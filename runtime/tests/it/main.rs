//! The runtime against real servers.

mod common;
mod upgrade;
