//! Chains that tests write.

use std::fs;
use std::path::{Path, PathBuf};

/// The text of a revision file.
pub fn revision(id: &str, parent: &str, up: &str, down: &str) -> String {
    format!(
        "-- revision {id}\n--\n-- Revision ID: {id}\n-- Revises: {parent}\n\
         -- Create Date: 2026-11-22 01:15:00 UTC\n\n\
         -- migrate:up\n{up}\n\n-- migrate:down\n{down}\n"
    )
}

/// Writes a revision that makes a table of its name, and gives the path of its file.
pub fn write_table(directory: &Path, id: &str, parent: &str) -> PathBuf {
    let (up, down) = (format!("CREATE TABLE {id} (id int);"), format!("DROP TABLE {id};"));
    write(directory, id, revision(id, parent, &up, &down))
}

/// Writes the file of a revision, and gives its path.
pub fn write(directory: &Path, id: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = directory.join(format!("2026-11-22_{id}_x.sql"));
    fs::create_dir_all(directory).expect("the directory can be made");
    fs::write(&path, text).expect("the file can be written");
    path
}

/// The line, from 1, on which a text first has these words.
#[track_caller]
pub fn line_of(text: &str, words: &str) -> usize {
    let before = text.lines().take_while(|line| !line.contains(words)).count();
    assert!(before < text.lines().count(), "`{words}` is not in\n{text}");
    before + 1
}
