//! Where the chain is: in a package, or in a bare directory.

use std::path::{Component, Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand};
use pgmigrate_disk::{Config, is_package};

use crate::cli::Global;
use crate::error::{CommandError, Kind};
use crate::text::list;

/// The directory of a chain outside of any package, where none is named.
const USUAL: &str = "migrations";

/// A chain's directory, and what its package says of it.
#[derive(Debug)]
pub(crate) struct Project {
    /// The directory of the chain, which may not exist yet.
    pub(crate) directory: PathBuf,
    /// How it is called in messages: as it was typed, or relative to the current directory.
    pub(crate) shown: String,
    /// The settings.
    pub(crate) config: Config,
    /// The directory of the package; none for a bare directory.
    pub(crate) package: Option<PathBuf>,
}

impl Project {
    /// Finds the chain that the command line means.
    ///
    /// Cargo is asked only where its answer is needed: for a package of a workspace. So commands
    /// are quick, and work while another member's manifest, or the crate itself, is broken.
    pub(crate) fn find(global: &Global) -> Result<Self, CommandError> {
        let named = global.package.is_some() || global.manifest_path.is_some();
        match &global.dir {
            Some(dir) if !named => Ok(Self::bare(dir)),
            dir => {
                let found = match &global.package {
                    Some(name) => Some(package(global, name)?),
                    None => nearest(global)?,
                };
                let mut project = match found {
                    Some(manifest) => Self::of_package(&manifest)?,
                    None if Path::new(USUAL).is_dir() => Self::bare(Path::new(USUAL)),
                    None => return Err(nothing_here()),
                };
                if let Some(dir) = dir {
                    project.directory.clone_from(dir);
                    project.shown = slashes(dir);
                }
                Ok(project)
            }
        }
    }

    /// Finds where a chain is to be made. A directory within a package is the package's chain,
    /// unless it has another already.
    pub(crate) fn find_for_init(global: &Global) -> Result<Self, CommandError> {
        let Some(dir) = &global.dir else { return Self::find(global) };
        let found = match &global.package {
            Some(name) => Some(package(global, name)?),
            None => nearest_manifest(global)?,
        };
        let inside = |manifest: &Path| {
            let root = std::path::absolute(manifest).ok()?.parent()?.to_owned();
            let dir = std::path::absolute(dir).ok()?;
            dir.strip_prefix(&root).ok().map(Path::to_owned)
        };
        let Some(manifest) = found else { return Ok(Self::bare(dir)) };
        let Some(relative) = inside(&manifest).filter(|_| is_package(&manifest).unwrap_or(false))
        else {
            return Ok(Self::bare(dir));
        };
        let mut project = Self::of_package(&manifest)?;
        if project.config.dir != relative && project.directory.is_dir() {
            return Ok(Self::bare(dir));
        }
        project.config.dir = relative;
        project.directory.clone_from(dir);
        project.shown = slashes(dir);
        Ok(project)
    }

    /// The file that keeps the schema of the chain, where the settings ask for one.
    pub(crate) fn schema_file(&self) -> Option<PathBuf> {
        let file = self.config.schema_file.as_ref()?;
        Some(file.path(self.package.as_deref()?, &self.directory))
    }

    fn bare(dir: &Path) -> Self {
        Self {
            directory: dir.to_owned(),
            shown: slashes(dir),
            config: Config::default(),
            package: None,
        }
    }

    fn of_package(manifest: &Path) -> Result<Self, CommandError> {
        let config = Config::read(manifest)?;
        let root = manifest.parent().unwrap_or(Path::new("")).to_owned();
        let directory = root.join(&config.dir);
        let shown = shown(&directory);
        Ok(Self { directory, shown, config, package: Some(root) })
    }
}

/// The manifest of the package of the current directory, or of `--manifest-path`. None where there
/// is no package, and no member of the workspace has a chain.
fn nearest(global: &Global) -> Result<Option<PathBuf>, CommandError> {
    match nearest_manifest(global)? {
        Some(manifest) if is_package(&manifest)? => Ok(Some(manifest)),
        Some(manifest) => only_member_with_chain(&manifest),
        None => Ok(None),
    }
}

/// `--manifest-path`, or the first `Cargo.toml` in the current directory and those above it.
fn nearest_manifest(global: &Global) -> Result<Option<PathBuf>, CommandError> {
    if let Some(path) = &global.manifest_path {
        return Ok(Some(path.clone()));
    }
    let here = std::env::current_dir().map_err(|error| {
        CommandError::new(Kind::Failed, format!("no current directory: {error}"))
            .hint("change to one that exists")
    })?;
    Ok(here.ancestors().map(|dir| dir.join("Cargo.toml")).find(|manifest| manifest.is_file()))
}

/// The one member of a workspace that has a chain.
fn only_member_with_chain(manifest: &Path) -> Result<Option<PathBuf>, CommandError> {
    let mut found = Vec::new();
    for (name, manifest) in members(Some(manifest))? {
        let config = Config::read(&manifest)?;
        let root = manifest.parent().unwrap_or(Path::new(""));
        if root.join(config.dir).is_dir() {
            found.push((name, manifest));
        }
    }
    if found.len() > 1 {
        let names = list(found.iter().map(|(name, _)| name));
        return Err(CommandError::new(
            Kind::Usage,
            format!("several packages of this workspace have migrations: {names}"),
        )
        .hint(format!("name one: `-p {}`", found[0].0)));
    }
    Ok(found.pop().map(|(_, manifest)| manifest))
}

fn package(global: &Global, name: &str) -> Result<PathBuf, CommandError> {
    let members = members(global.manifest_path.as_deref())?;
    let names = list(members.iter().map(|(name, _)| name));
    members.into_iter().find(|(member, _)| member == name).map(|(_, manifest)| manifest).ok_or_else(
        || {
            CommandError::new(Kind::Usage, format!("the workspace has no package `{name}`"))
                .hint(format!("it has {names}"))
        },
    )
}

/// The packages of a workspace with their manifests, by name.
fn members(manifest: Option<&Path>) -> Result<Vec<(String, PathBuf)>, CommandError> {
    let metadata = workspace(manifest)?;
    let mut members: Vec<(String, PathBuf)> = metadata
        .packages
        .into_iter()
        .map(|package| (package.name.to_string(), package.manifest_path.into_std_path_buf()))
        .collect();
    members.sort();
    Ok(members)
}

/// What cargo says of the workspace of a manifest, or of the current directory.
pub(crate) fn workspace(manifest: Option<&Path>) -> Result<Metadata, CommandError> {
    let mut command = MetadataCommand::new();
    command.no_deps();
    if let Some(manifest) = manifest {
        command.manifest_path(manifest);
    }
    command.exec().map_err(|error| {
        let said = match &error {
            cargo_metadata::Error::CargoMetadata { stderr } => {
                stderr.trim().trim_start_matches("error: ").to_owned()
            }
            other => other.to_string(),
        };
        CommandError::new(Kind::Usage, format!("cargo cannot read the workspace: {said}")).hint(
            "mend the manifest that it names, or run this in the directory of the package itself, \
             or with `--dir DIR`",
        )
    })
}

fn nothing_here() -> CommandError {
    CommandError::new(Kind::Usage, "there is no package here, and no directory `migrations`")
        .hint("change to a package, or name one with `-p NAME` or `--manifest-path PATH`")
        .hint("or name a directory: `--dir DIR` (`cargo migrate init --dir DIR` makes one)")
}

/// A path as people write it from the current directory.
pub(crate) fn shown(path: &Path) -> String {
    std::env::current_dir()
        .ok()
        .and_then(|here| relative(&std::path::absolute(path).ok()?, &here))
        .map_or_else(|| slashes(path), |path| slashes(&path))
}

/// A path as people write it.
fn slashes(path: &Path) -> String {
    match path.display().to_string().replace('\\', "/") {
        empty if empty.is_empty() => ".".to_owned(),
        path => path,
    }
}

/// The way from one absolute directory to another path. None where they have nothing in common.
fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let normal = |path: &Path| {
        let mut parts: Vec<Component<'_>> = Vec::new();
        for part in path.components() {
            match (part, parts.last()) {
                (Component::ParentDir, Some(Component::Normal(_))) => {
                    parts.pop();
                }
                _ => parts.push(part),
            }
        }
        parts.iter().map(|part| part.as_os_str().to_owned()).collect::<Vec<_>>()
    };
    let (path, from) = (normal(path), normal(from));
    let shared = path.iter().zip(&from).take_while(|(a, b)| a == b).count();
    // What only has the root in common is better read as an absolute path.
    if shared < 2 {
        return None;
    }
    let up = std::iter::repeat_n("..".into(), from.len() - shared);
    Some(up.chain(path[shared..].iter().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_where_one_is() {
        for (path, from, expected) in [
            ("/w/app/migrations", "/w/app", Some("migrations")),
            ("/w/app/migrations", "/w", Some("app/migrations")),
            ("/w/app/migrations", "/w/app/src/bin", Some("../../migrations")),
            ("/w/app/../db", "/w/app", Some("../db")),
            ("/srv/db", "/w/app", None),
        ] {
            let found = relative(Path::new(path), Path::new(from));
            assert_eq!(found.as_deref(), expected.map(Path::new), "{path} from {from}");
        }
    }
}
