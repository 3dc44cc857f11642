//! Prisma Migrate: a directory a migration, run in the order of the directories' names.
//!
//! Prisma has no way back; `down.sql` beside `migration.sql` is the habit of those who write one.

use super::names::{self, Files};
use super::{Role, Settings, Text, Tool, Version, key_value};
use crate::Refusal;

pub(crate) struct Prisma;

const FILES: Files = Files { up: "migration.sql", down: "down.sql", settings: None };

impl Tool for Prisma {
    fn expected(&self) -> &'static str {
        "<version>_<name>/migration.sql or down.sql"
    }

    fn role(&self, path: &str) -> Role {
        if path == "migration_lock.toml" {
            return Role::Folder;
        }
        names::in_directory(path, FILES, |directory| {
            let (version, name) = match names::number(directory) {
                Some((number, rest)) if rest.starts_with('_') => (number, &rest[1..]),
                _ => (directory, directory),
            };
            Some((Version::text(version, directory), name.to_owned()))
        })
    }

    fn settings(&self, file: Text<'_>) -> Result<Settings, Refusal> {
        for entry in key_value::read(file)? {
            if (entry.key, entry.value) != ("provider", "postgresql") {
                return Err(entry.not_understood(file));
            }
        }
        Ok(Settings::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_migrations() {
        names::testing::check(
            &Prisma,
            &[
                ("20230518191501_init/migration.sql", "up 20230518191501|init"),
                ("01_init/migration.sql", "up 01|init"),
                ("baseline/migration.sql", "up baseline|baseline"),
                ("20230518191501_init/down.sql", "down 20230518191501|init"),
                ("migration_lock.toml", "folder"),
                ("20230518191501_init/notes.md", "other"),
                ("20230518191501_init/seed.sql", "unreadable"),
                ("migration.sql", "unreadable"),
            ],
        );
    }

    #[test]
    fn only_postgresql_is_taken() {
        for (text, taken) in [
            ("# comment\nprovider = \"postgresql\"\n", true),
            ("provider = \"mysql\"\n", false),
            ("provider = \"cockroachdb\"\n", false),
        ] {
            let read = Prisma.settings(Text { path: "migration_lock.toml", text });
            assert_eq!(read.is_ok(), taken, "{text}");
        }
    }
}
