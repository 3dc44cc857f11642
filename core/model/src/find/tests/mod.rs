//! The finder, on sets of files in memory.

mod files;
mod names;
mod said;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Found, Package, find};

/// What is found in files, from `src/lib.rs` and, if it is there, `src/main.rs`.
fn found(files: &[(&str, &str)]) -> Found {
    let files: BTreeMap<PathBuf, &str> =
        files.iter().map(|(path, text)| (Path::new("/p").join(path), *text)).collect();
    let roots = ["/p/src/lib.rs", "/p/src/main.rs"].map(PathBuf::from);
    let roots = roots.into_iter().filter(|it| files.contains_key(it)).collect();
    find(&Package::new("/p", roots), |path| match files.get(path) {
        Some(&"unreadable") => Err("it is unreadable"),
        text => Ok(text.map(|it| (*it).to_owned())),
    })
}

/// `User src/lib.rs:2:8`, of each table and enum.
fn models(found: &Found) -> Vec<String> {
    let tables = found.tables.iter().map(|it| (&it.ident, &it.place));
    let enums = found.enums.iter().map(|it| (&it.ident, &it.place));
    tables.chain(enums).map(|(name, place)| shown(&format!("{name} {place}"))).collect()
}

fn findings(found: &Found) -> Vec<String> {
    found.findings.iter().map(|it| shown(&format!("{:?} {it}", it.kind))).collect()
}

fn shown(text: &str) -> String {
    text.replace("/p/", "")
}

/// The models where nothing else is to be said.
#[track_caller]
fn all(files: &[(&str, &str)]) -> Vec<String> {
    let found = found(files);
    assert_eq!(findings(&found), [""; 0]);
    models(&found)
}

/// The same, of one file.
#[track_caller]
fn of(text: &str) -> Vec<String> {
    all(&[("src/lib.rs", text)]).into_iter().map(|it| it.replace(" src/lib.rs", "")).collect()
}

/// What is said of one file that has no models.
#[track_caller]
fn said(text: &str) -> Vec<String> {
    let found = found(&[("src/lib.rs", text)]);
    assert_eq!(models(&found), [""; 0]);
    findings(&found)
}
