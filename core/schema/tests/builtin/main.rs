//! The module `builtin` beside real servers.

// `cfg(test)` holds anyhow; written down, it tells clippy that these are tests.
#[cfg(test)]
mod lookups;
