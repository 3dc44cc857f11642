//! Real servers, real processes, real packages.

// `cfg(test)` holds anyhow; written down, it tells clippy that these are tests.
#[cfg(test)]
mod packages;
#[cfg(test)]
mod server;
#[cfg(test)]
mod shared;
#[cfg(test)]
mod support;

/// What the tests run as a process of its own.
#[test]
#[ignore = "run by other tests"]
fn helper() {
    support::help();
}
