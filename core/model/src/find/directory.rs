//! Where the file of a module is, as rustc looks for it.

use std::path::{Component, Path, PathBuf};

/// Where the modules of a piece of source are looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Directory {
    path: PathBuf,
    /// In `x.rs`, which is no `mod.rs`: the modules are in `x`, but for what a `#[path]` says.
    relative: Option<String>,
}

impl Directory {
    /// Of the root of a crate, of a `mod.rs`, of what `#[path]` and `include!` name.
    pub(super) fn beside(file: &Path) -> Self {
        Self { path: parent(file), relative: None }
    }

    /// Of `mod name { … }`, with the `#[path]` that it may have.
    pub(super) fn inline(&self, name: &str, explicit: Option<&str>) -> Self {
        let path = match (explicit, &self.relative) {
            (Some(explicit), _) => self.path.join(explicit),
            (None, Some(relative)) => self.path.join(relative).join(name),
            (None, None) => self.path.join(name),
        };
        Self { path: normal(&path), relative: None }
    }

    /// The file of `#[path = "…"] mod name;`.
    pub(super) fn explicit(&self, path: &str) -> (PathBuf, Self) {
        let file = normal(&self.path.join(path));
        let directory = Self::beside(&file);
        (file, directory)
    }

    /// The two files that `mod name;` may have.
    pub(super) fn usual(&self, name: &str) -> [(PathBuf, Self); 2] {
        let folder = match &self.relative {
            Some(relative) => self.path.join(relative),
            None => self.path.clone(),
        };
        let (own, nested) = (folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs"));
        let of_nested = Self::beside(&nested);
        [(own, Self { path: folder, relative: Some(name.to_owned()) }), (nested, of_nested)]
    }
}

fn parent(file: &Path) -> PathBuf {
    file.parent().map(Path::to_owned).unwrap_or_default()
}

/// A path without `.` and `..`, as far as its text tells: one file has one path.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(result.components().next_back(), Some(Component::Normal(_))) =>
            {
                result.pop();
            }
            _ => result.push(part),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_path() {
        assert_eq!(normal(Path::new("/a/./b/../c.rs")), Path::new("/a/c.rs"));
        assert_eq!(normal(Path::new("../a/../../b")), Path::new("../../b"));
    }
}
