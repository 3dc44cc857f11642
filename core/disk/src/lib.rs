//! Where a chain lies: its settings in `Cargo.toml`, its directory, its lock.
//!
//! The only part of `core` that touches the file system, so that the macro and the command line
//! read a chain in one way. What it reads goes to `pgmigrate_schema::check()` as it is.

mod config;
mod directory;
mod write;

pub use config::{Config, ConfigError};
pub use directory::{DirectoryError, SCHEMA_FILE, read};
pub use write::{WriteError, create, replace};

use std::num::NonZeroUsize;

use pgmigrate_schema::{Checked, Code, Diagnostic, Settings, Span, check};

/// Reads a directory and checks it, with as many threads as the machine has cores.
///
/// `shown` is how the directory is called in findings.
pub fn check_directory(dir: &std::path::Path, shown: &str, settings: &Settings) -> Checked {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    match read(dir, shown) {
        Ok(directory) => check(&directory, settings, threads),
        Err(error) => Checked::failed(vec![error.finding()]),
    }
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
