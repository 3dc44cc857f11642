//! The product as its users have it: the command line, real builds, real servers.

#![expect(clippy::print_stdout, reason = "a test that tests nothing has to say so")]
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod boot;
mod builds;
mod command;
mod corpora;
mod mistakes;
mod parity;
mod tidy;
