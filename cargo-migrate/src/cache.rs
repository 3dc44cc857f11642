//! Where to keep what a command found in files that may not have changed when the next one runs:
//! in cargo's target directory. Where there is none, there is no cache.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use crate::project::Project;

/// One file for each chain, for each way in which its paths are shown, and for each build of this
/// program, as another may check other things.
pub(crate) fn file(project: &Project) -> Option<PathBuf> {
    let directory = std::path::absolute(&project.directory).ok()?;
    let program = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let mut hasher = DefaultHasher::new();
    (&directory, &project.shown).hash(&mut hasher);
    (program.len(), program.modified().ok()?).hash(&mut hasher);
    let name = format!("chain-{:016x}", hasher.finish());
    Some(target(&directory)?.join("pgmigrate").join(name))
}

/// The target directory that cargo made for the package around a directory.
fn target(directory: &Path) -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let around = directory.ancestors().skip(1).map(|dir| dir.join("target"));
    named.into_iter().chain(around).find(|target| target.join("CACHEDIR.TAG").is_file())
}
