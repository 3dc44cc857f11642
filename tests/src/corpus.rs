//! The migrations of real projects, where they lie beside this repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::ended::Ended;
use crate::workspace::files;

/// One project's migrations, and what is known of them.
#[derive(Debug)]
pub struct Corpus {
    /// The project.
    pub name: String,
    /// The tool that its migrations are for, as `cargo migrate import` calls it.
    pub style: String,
    /// Where its files are.
    pub directory: PathBuf,
    /// The files that upgrade, in the order in which the project applies them, relative to
    /// `directory`.
    pub up: Vec<String>,
    /// The files that downgrade, the last first; none where the project has none.
    pub down: Vec<String>,
    alone: BTreeSet<String>,
    _filled: Option<TempDir>,
}

/// The folder of all corpora.
pub fn folder() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|directory| directory.join("shared/corpora"))
        .find(|directory| directory.is_dir())
}

impl Corpus {
    /// Reads what is known of a project; none where there are no corpora.
    pub fn find(name: &str) -> Option<Self> {
        let mut directory = folder()?.join(name);
        let filled = filled(&directory);
        if let Some(filled) = &filled {
            filled.path().clone_into(&mut directory);
        }
        let meta = fs::read(directory.join("meta.json"))
            .unwrap_or_else(|error| panic!("there is no corpus {name}: {error}"));
        let meta: Value = serde_json::from_slice(&meta).expect("meta.json is JSON");
        Some(Self {
            name: name.to_owned(),
            style: meta["style"].as_str().expect("the style is a text").to_owned(),
            up: lines(&directory.join("order.txt")),
            down: lines(&directory.join("order.down.txt")),
            alone: lines(&directory.join("notx.txt")).into_iter().collect(),
            directory,
            _filled: filled,
        })
    }

    /// The folder that the project's tool would be given.
    pub fn folder(&self) -> PathBuf {
        let file = self.directory.join(&self.up[0]);
        // These tools have a folder a migration.
        let above = if ["diesel", "prisma", "dag-yaml"].contains(&&*self.style) { 2 } else { 1 };
        file.ancestors().nth(above).expect("a file is in its folder").to_owned()
    }

    /// What `cargo migrate import` has to be told beside style and folder.
    pub fn import_options(&self) -> &'static [&'static str] {
        match &*self.name {
            // Its runner has migrations in Go, which the collection left out, and takes two of one
            // version, of which the collection has only the second in its order.
            "concourse" => &[
                "--skip-code",
                "--skip=1626194317_add_job_pauses_table.up.sql",
                "--skip=1626194317_add_job_pauses_table.down.sql",
            ],
            _ => &[],
        }
    }

    /// The oldest major version of PostgreSQL that takes all of it.
    pub fn needs_postgres(&self) -> u32 {
        // It has a subquery in FROM without an alias.
        if self.name == "lemmy" { 16 } else { 15 }
    }

    /// What the project expects to be in a database beforehand.
    pub fn before(&self) -> Option<PathBuf> {
        Some(self.directory.join("pre.sql")).filter(|path| path.exists())
    }

    /// Whether a file must not run in a transaction.
    pub fn is_alone(&self, file: &str) -> bool {
        self.alone.contains(file)
    }

    /// The statements of a file. Goose has both ways in one file, of which the wanted one is given.
    pub fn sql(&self, file: &str, way: Way) -> String {
        let path = self.directory.join(file);
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if self.style == "goose" { goose_section(&text, way) } else { text }
    }
}

/// A copy of a corpus whose holes are filled as its project's own runner fills them; none where it
/// has no holes.
fn filled(directory: &Path) -> Option<TempDir> {
    let script = directory.join("subst.sed");
    if !script.exists() {
        return None;
    }
    let copy = tempfile::tempdir().expect("there is room for files");
    Ended::of(Command::new("cp").arg("-rT").args([directory, copy.path()])).succeeds();
    let mut sed = Command::new("sed");
    sed.args(["-i", "-E", "-f"]).arg(script).args(files(copy.path(), "sql"));
    Ended::of(&mut sed).succeeds();
    Some(copy)
}

/// A direction of a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Forward.
    Up,
    /// Back.
    Down,
}

fn goose_section(text: &str, way: Way) -> String {
    let mut section = None;
    let mut wanted = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("--").map(|it| it.trim().to_lowercase()).as_deref() {
            Some("+goose up") => section = Some(Way::Up),
            Some("+goose down") => section = Some(Way::Down),
            _ if section == Some(way) => wanted.push(line),
            _ => {}
        }
    }
    wanted.join("\n") + "\n"
}

/// The lines of a list, none where there is no such file.
fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goose_files_are_cut() {
        let text = "-- +goose Up\n-- +goose NO TRANSACTION\na;\n-- +goose Down\nb;\n";
        assert_eq!(goose_section(text, Way::Up), "-- +goose NO TRANSACTION\na;\n");
        assert_eq!(goose_section(text, Way::Down), "b;\n");
    }
}
