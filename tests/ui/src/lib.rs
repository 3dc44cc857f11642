//! Nothing but the tests in `tests/ui.rs`, and what they compile.
