//! Whatever SQL there is, checking it ends, in time, and says something that can be shown; and
//! whatever statements are replayed, the catalog stays whole.
//!
//! The inputs are real statements, broken and shuffled by a generator of numbers, so that a run
//! can be repeated. `FUZZ_SEED` is another run, and `FUZZ_SECONDS` a longer one. What was ever
//! found stands in `found/`: each file is read as a text and replayed as a sequence. What is found
//! and not yet mended stands in `open/`; a mended one moves, as its test then demands.

// `cfg(test)` holds anyhow; written down, it tells clippy that these are tests.
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod material;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod texts;
