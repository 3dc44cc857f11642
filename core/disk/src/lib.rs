//! Where a chain lies: its settings in `Cargo.toml`, its directory, its lock.
//!
//! The only part of `core` that touches the file system, so that the macro and the command line
//! read a chain in one way. What it reads goes to `pgmigrate_schema::check()` as it is.

mod config;
mod directory;
mod write;

pub use config::{Config, ConfigError, is_package};
pub use directory::{DirectoryError, SCHEMA_FILE, read};
pub use write::{WriteError, create, replace};

use std::num::NonZeroUsize;
use std::path::Path;

use pgmigrate_schema::{Cache, Checked, Code, Diagnostic, Settings, Span, check};

/// Reads a directory and checks it, with as many threads as the machine has cores.
///
/// `shown` is how the directory is called in findings. `cache_dir` is where to keep what the next
/// check may take from this one; a cache that cannot be read or written is done without.
pub fn check_directory(
    dir: &Path,
    shown: &str,
    settings: &Settings,
    cache_dir: Option<&Path>,
) -> Checked {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let directory = match read(dir, shown) {
        Ok(directory) => directory,
        Err(error) => return Checked::failed(vec![error.finding()]),
    };
    let file = cache_dir.map(|dir| dir.join(CACHE_FILE));
    let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
    let cache = text.map_or_else(Cache::default, |text| Cache::parse(&text));
    let checked = check(&directory, settings, threads, &cache);
    if let Some(file) = file.filter(|_| checked.cache != cache) {
        let _ = replace(&file, &checked.cache.render());
    }
    checked
}

/// The name of the cache in `OUT_DIR`.
const CACHE_FILE: &str = "pgmigrate-cache";

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
