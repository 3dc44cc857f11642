//! What earlier commands found in files that have not changed since, kept in cargo's target
//! directory: parsing SQL is most of what a command costs.
//!
//! There is a cache where there is a target directory, and none elsewhere; a cache that cannot be
//! read or written is done without.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use pgmigrate_schema::Cache;

use crate::project::Project;

/// What is kept for a chain.
pub(crate) fn load(project: &Project) -> Cache {
    let text = file(project).and_then(|file| std::fs::read_to_string(file).ok());
    text.map_or_else(Cache::default, |text| Cache::parse(&text))
}

/// Keeps what a check found, if it differs from what was kept before.
pub(crate) fn store(project: &Project, before: &Cache, now: &Cache) {
    if before == now {
        return;
    }
    if let Some(file) = file(project) {
        let directory = file.parent().unwrap_or(Path::new(""));
        let written = std::fs::create_dir_all(directory).is_ok()
            && pgmigrate_disk::replace(&file, &now.render()).is_ok();
        // The next command is slower, that is all.
        let _ = written;
    }
}

/// One file for each chain, for each way in which its paths are shown, and for each build of this
/// program, as another may check other things.
fn file(project: &Project) -> Option<PathBuf> {
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
