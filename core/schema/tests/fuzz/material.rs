//! The statements that inputs are made of.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pgmigrate_schema::sql;

/// A file with SQL.
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) sql: String,
}

/// Files with SQL: the scenarios, the statements of the lowering's tests, and the corpora where
/// the folder exists.
pub(crate) static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = files(&crate_dir.join("tests/scenarios"));
    let trees = crate_dir.join("src/sql/lower/tests");
    for name in ["statements.txt", "refused.txt"] {
        let lines = fs::read_to_string(trees.join(name)).unwrap();
        let kept = lines.lines().filter(|it| !it.starts_with("=>") && !it.starts_with('#'));
        let sql = kept.map(|it| if it.is_empty() { ";" } else { it });
        texts.push(Text { name: name.to_owned(), sql: sql.collect::<Vec<_>>().join("\n") });
    }
    let above = crate_dir.ancestors().map(|dir| dir.join("shared/corpora"));
    texts.extend(above.filter(|dir| dir.is_dir()).take(1).flat_map(|dir| files(&dir)));
    // What is large takes its time, and teaches nothing new.
    texts.retain(|text| text.sql.len() < 100_000);
    texts
});

/// What was found wrong at some time, and is mended.
pub(crate) fn found() -> Vec<Text> {
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found"))
}

/// What was found wrong, and still is.
pub(crate) fn open() -> Vec<Text> {
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/open"))
}

/// The files below a folder that end in `.sql`, by name.
fn files(dir: &Path) -> Vec<Text> {
    let mut paths = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "sql") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let name = |path: &PathBuf| path.strip_prefix(dir).unwrap().display().to_string();
    paths
        .iter()
        .filter_map(|path| Some(Text { name: name(path), sql: fs::read_to_string(path).ok()? }))
        .collect()
}

/// The statements of a text that PostgreSQL's grammar takes.
pub(crate) fn statements(text: &str) -> Vec<String> {
    let all = sql::read(text).into_iter();
    all.filter(|it| it.tree.is_some()).map(|it| text[it.range].to_owned()).collect()
}
