//! The files of this repository.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is a member of a workspace")
}

/// Every file with this extension in a directory and those below it, sorted.
pub fn files(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        let entries = fs::read_dir(&directory)
            .unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        for entry in entries {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The code of a Rust file, a number and a text a line: comments and tests are left out.
///
/// Tests stand at the end of a file here, so all from the first `#[cfg(test)]` before a module with
/// a body is left out.
pub fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests]
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_neither_comment_nor_test() {
        let text = "//! a\nb // c\n#[cfg(test)]\nmod testing;\n#[cfg(test)]\nmod tests {\nd\n}\n";
        let lines: Vec<_> = code(text).filter(|(_, line)| !line.is_empty()).collect();
        assert_eq!(lines, [(2, "b "), (3, "#[cfg(test)]"), (4, "mod testing;")]);
    }
}
