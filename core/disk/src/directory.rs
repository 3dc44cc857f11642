//! The files of a chain's directory.

use std::io;
use std::path::{Path, PathBuf};

use pgmigrate_schema::{Directory, Source, lock};

/// The canonical schema, which may lie beside the revisions and is none.
pub const SCHEMA_FILE: &str = "schema.sql";

/// What in a directory could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {shown}: {source}")]
pub struct DirectoryError {
    shown: String,
    path: PathBuf,
    source: io::Error,
}

impl DirectoryError {
    /// What the system says of it.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    /// The file or directory.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads a chain's directory: every `.sql` and `.rs` file in it (hidden files and
/// [`SCHEMA_FILE`] aside), sorted by name, and the lock.
///
/// `shown` is how the directory is called in findings. `schema_file` is the file that keeps the
/// schema, where the settings ask for one; it is no revision, wherever it lies.
pub fn read(
    dir: &Path,
    shown: &str,
    schema_file: Option<&Path>,
) -> Result<Directory, DirectoryError> {
    let shown = shown.trim_end_matches('/');
    let error = |name: Option<&str>, source| DirectoryError {
        shown: name.map_or(shown.to_owned(), |name| join(shown, name)),
        path: name.map_or(dir.to_owned(), |name| dir.join(name)),
        source,
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(|source| error(None, source))? {
        let entry = entry.map_err(|source| error(None, source))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if is_revision(&name) && !path.is_dir() && schema_file.is_none_or(|file| file != path) {
            names.push((name, path));
        }
    }
    names.sort();
    let mut sources = Vec::with_capacity(names.len());
    for (name, path) in names {
        let bytes = std::fs::read(&path).map_err(|source| error(Some(&name), source))?;
        sources.push(Source { path: join(shown, &name), bytes });
    }
    let lock = match std::fs::read(dir.join(lock::FILE_NAME)) {
        Ok(bytes) => Some(Source { path: join(shown, lock::FILE_NAME), bytes }),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => None,
        Err(source) => return Err(error(Some(lock::FILE_NAME), source)),
    };
    let schema_file = match schema_file {
        None => None,
        Some(path) => Some(read_schema_file(dir, shown, path)?),
    };
    Ok(Directory { path: shown.to_owned(), sources, lock, schema_file })
}

/// Reads the file that keeps the schema; one that is not there yet is empty.
fn read_schema_file(dir: &Path, shown: &str, path: &Path) -> Result<Source, DirectoryError> {
    let shown = match path.strip_prefix(dir) {
        Ok(inside) => join(shown, &inside.display().to_string()),
        Err(_) => path.display().to_string(),
    };
    match std::fs::read(path) {
        Ok(bytes) => Ok(Source { path: shown, bytes }),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
            Ok(Source { path: shown, bytes: Vec::new() })
        }
        Err(source) => Err(DirectoryError { shown, path: path.to_owned(), source }),
    }
}

fn join(dir: &str, name: &str) -> String {
    if dir.is_empty() || dir == "." { name.to_owned() } else { format!("{dir}/{name}") }
}

fn is_revision(name: &str) -> bool {
    let extension = Path::new(name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let revision = extension.is_some_and(|ext| ext == "sql" || ext == "rs");
    revision && !name.starts_with('.') && name != SCHEMA_FILE
}
