//! What several tools' file names have in common.

use super::{Direction, Role, Version};

/// The digits that a name starts with, and the rest; none without digits.
pub(super) fn number(name: &str) -> Option<(&str, &str)> {
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    (end > 0).then(|| name.split_at(end))
}

/// The path cut into the directories above and the file's name.
pub(super) fn directory_and_file(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Whether files of this extension are programs.
pub(super) fn is_code(extension: &str) -> bool {
    const CODE: [&str; 20] = [
        "class", "cjs", "cs", "ex", "exs", "go", "groovy", "java", "js", "jsx", "kt", "mjs", "php",
        "pl", "py", "rb", "rs", "scala", "sh", "ts",
    ];
    CODE.contains(&extension)
}

/// What a file is whose name the tool does not read.
///
/// SQL is never passed over in silence; a README, an editor's file or the code that embeds the
/// folder is.
pub(super) fn unread(path: &str) -> Role {
    let hidden = path.split('/').any(|part| part.starts_with(['.', '#']));
    let (_, extension) = path.rsplit_once('.').unwrap_or_default();
    if extension.eq_ignore_ascii_case("sql") && !hidden { Role::Unreadable } else { Role::Other }
}

/// What a file is in a folder of directories, one a migration.
///
/// `version` reads the directory's name, and gives the version and the migration's name.
pub(super) fn in_directory(
    path: &str,
    files: Files,
    version: impl Fn(&str) -> Option<(Version, String)>,
) -> Role {
    let (directory, file) = directory_and_file(path);
    if directory.is_empty() || directory.contains('/') || directory.starts_with('.') {
        return unread(path);
    }
    let Some((version, name)) = version(directory) else {
        return unread(path);
    };
    if file == files.up {
        Role::Sql { version, name, direction: Direction::Up }
    } else if file == files.down {
        Role::Sql { version, name, direction: Direction::Down }
    } else if Some(file) == files.settings {
        Role::Settings { version }
    } else {
        unread(path)
    }
}

/// The names of the files in a migration's directory.
#[derive(Clone, Copy)]
pub(super) struct Files {
    pub(super) up: &'static str,
    pub(super) down: &'static str,
    pub(super) settings: Option<&'static str>,
}

#[cfg(test)]
pub(super) mod testing {
    use crate::styles::{Direction, Role, Tool};

    /// What a tool says of a path, in one line.
    pub(in crate::styles) fn shown(tool: &dyn Tool, path: &str) -> String {
        match tool.role(path) {
            Role::Sql { version, name, direction: Direction::Up } => {
                format!("up {}|{name}", version.text)
            }
            Role::Sql { version, name, direction: Direction::Down } => {
                format!("down {}|{name}", version.text)
            }
            Role::Code { version, direction } => {
                format!("code {} {direction:?}", version.text).to_lowercase()
            }
            Role::Settings { version } => format!("settings {}", version.text),
            Role::Folder => "folder".to_owned(),
            Role::Other => "other".to_owned(),
            Role::NoPlace(what) => format!("no place: {what}"),
            Role::Unreadable => "unreadable".to_owned(),
        }
    }

    /// Checks what a tool says of each of the paths.
    pub(in crate::styles) fn check(tool: &dyn Tool, table: &[(&str, &str)]) {
        for (path, expected) in table {
            assert_eq!(shown(tool, path), *expected, "{path}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sql_is_missed() {
        for path in ["README.md", ".gitkeep", "embed.go", ".001_a.sql", "sub/.git/x.sql", "a.sql~"]
        {
            assert_eq!(unread(path), Role::Other, "{path}");
        }
        for path in ["schema.sql", "a/b.SQL"] {
            assert_eq!(unread(path), Role::Unreadable, "{path}");
        }
    }
}
