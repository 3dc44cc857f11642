//! The finder, on crates as they lie on the disk: those of this workspace.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use pgmigrate_model::{Found, Package, find, statements};

fn load(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is found in a crate of the workspace.
fn found(directory: &str, root: &str) -> (PathBuf, Found) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let directory = workspace.join(directory);
    let found = find(&Package::new(&directory, vec![directory.join(root)]), load);
    (directory, found)
}

/// The sources below a directory, but for modules of tests.
fn sources(directory: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().and_then(|it| it.to_str()).unwrap();
        let is_test = stem.ends_with("tests") || stem == "testing";
        if path.is_dir() && !is_test {
            sources(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") && !is_test {
            files.insert(path);
        }
    }
}

/// rustc builds these crates, and there is no file among them that it does not read.
#[test]
fn every_file_of_a_crate_is_found() {
    for name in ["core/schema", "core/model", "core/import", "runtime", "cargo-migrate"] {
        let (directory, found) = found(name, "src/lib.rs");
        let mut files = BTreeSet::new();
        sources(&directory.join("src"), &mut files);
        files.remove(&directory.join("src/main.rs"));
        let read: BTreeSet<PathBuf> = found.files.keys().cloned().collect();
        let differ: Vec<_> = files.symmetric_difference(&read).collect();
        assert!(differ.is_empty(), "{name}: {differ:#?}");
        assert_eq!(found.findings, []);
        assert!(found.tables.is_empty() && found.enums.is_empty());
    }
}

/// The models of a case that the compiler builds.
#[test]
fn the_models_that_the_compiler_sees_are_found() {
    let (directory, found) = found("tests/ui", "pass/models.rs");
    assert_eq!(found.findings, []);
    let shown = |path: &Path| path.strip_prefix(&directory).unwrap().display().to_string();
    let tables = found.tables.iter().map(|it| (&it.name, &it.place));
    let models = tables.chain(found.enums.iter().map(|it| (&it.name, &it.place)));
    let models: Vec<_> = models
        .map(|(name, it)| {
            let text = &found.files[&it.path][it.range.clone()];
            format!("{name} {text} {}:{}:{}", shown(&it.path), it.line, it.column)
        })
        .collect();
    assert_eq!(
        models,
        [
            "teams Team pass/models.rs:13:16",
            "users User pass/models.rs:24:12",
            "mood Mood pass/models/mood.rs:7:10",
        ]
    );
    let columns: Vec<_> = found.tables[1].columns.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(columns, ["id", "email", "role", "team_id", "created_at", "mood"]);
    assert_eq!(statements(&found.tables, &found.enums).unwrap().len(), 5);
}
