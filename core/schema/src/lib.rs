//! What a chain of migrations means: revision files, their SQL, and the checks that say whether
//! the chain will work.
//!
//! Nothing here does I/O or reads a clock or the environment: [`check()`] takes the files of a
//! directory as text, and gives the chain and every finding. It never stops at the first
//! mistake, and it never panics.

mod analyze;
pub mod ast;
pub mod builtin;
pub mod cache;
pub mod catalog;
pub mod check;
pub mod checksum;
pub mod code;
pub mod diagnostic;
pub mod diff;
pub mod dump;
pub mod file;
pub mod lock;
pub mod plpgsql;
pub mod render;
pub mod replay;
pub mod settings;
pub mod sql;
pub mod template;

pub use cache::Cache;
pub use check::{Checked, Directory, Source, check};
pub use code::Code;
pub use diagnostic::{Diagnostic, Severity, Span};
pub use lock::Lock;
pub use settings::{PostgresVersion, Settings};
