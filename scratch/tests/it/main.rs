//! Real servers, real processes, real packages.

mod packages;
mod server;
mod shared;
mod support;

/// What the tests run as a process of its own.
#[test]
#[ignore = "run by other tests"]
fn helper() {
    support::help();
}
