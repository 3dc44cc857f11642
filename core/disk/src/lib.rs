//! Where a chain lies: its settings in `Cargo.toml`, its directory, its lock.
//!
//! The only part of `core` that touches the file system, so that the macro and the command line
//! read a chain in one way. What it reads goes to `pgmigrate_schema::check()` as it is.

mod config;
mod directory;
mod write;

pub use config::{Config, ConfigError, SchemaFile, is_package};
pub use directory::{DirectoryError, SCHEMA_FILE, read};
pub use write::{WriteError, create, replace};

use std::num::NonZeroUsize;
use std::path::Path;

use pgmigrate_schema::{Cache, Checked, Code, Diagnostic, Directory, Settings, Span, check};

/// Checks what was read from a directory, with as many threads as the machine has cores.
///
/// `cache` is the file that keeps what the next check may take from this one; if it cannot be
/// read or written, the next check takes longer, and that is all.
pub fn check_cached(directory: &Directory, settings: &Settings, cache: Option<&Path>) -> Checked {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let bytes = cache.and_then(|file| std::fs::read(file).ok());
    let known = bytes.map_or_else(Cache::default, |bytes| Cache::from_bytes(&bytes));
    let checked = check(directory, settings, threads, &known);
    if let Some(file) = cache.filter(|_| checked.cache != known) {
        let _ = file.parent().map(std::fs::create_dir_all);
        let _ = replace(file, checked.cache.to_bytes());
    }
    checked
}

impl DirectoryError {
    /// The error as a finding.
    pub fn finding(&self) -> Diagnostic {
        let finding = Diagnostic::new(Code::UnreadableDirectory, self.to_string());
        match self.kind() {
            std::io::ErrorKind::NotFound => finding.help(
                "make it with `cargo migrate init`, or name the right one: `dir` under \
                 `[package.metadata.migrate]` in Cargo.toml",
            ),
            std::io::ErrorKind::PermissionDenied => {
                finding.help("give the user who builds the right to read it")
            }
            _ => finding,
        }
    }
}

impl ConfigError {
    /// The error as a finding.
    pub fn finding(&self) -> Diagnostic {
        Diagnostic::new(Code::BadSettings, self.to_string())
            .at(Span::file(self.path().display().to_string()))
    }
}
