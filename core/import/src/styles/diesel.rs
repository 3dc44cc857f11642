//! Diesel: a directory a migration.
//!
//! The version is the directory's name up to the first `_`, without its dashes, and is compared
//! as text. `metadata.toml` may switch the transaction off; where it has no word on that, Diesel
//! takes it as off.

use super::names::{self, Files};
use super::{Role, Settings, Text, Tool, Version, key_value};
use crate::Refusal;

pub(crate) struct Diesel;

const FILES: Files = Files { up: "up.sql", down: "down.sql", settings: Some("metadata.toml") };

impl Tool for Diesel {
    fn expected(&self) -> &'static str {
        "<version>_<name>/up.sql, down.sql or metadata.toml"
    }

    fn role(&self, path: &str) -> Role {
        names::in_directory(path, FILES, |directory| {
            let (version, name) = directory.split_once('_').unwrap_or((directory, ""));
            let version = version.replace('-', "");
            (!version.is_empty()).then(|| (Version::text(&version, &version), name.to_owned()))
        })
    }

    fn settings(&self, file: Text<'_>) -> Result<Settings, Refusal> {
        let mut settings = Settings { alone: true, ..Settings::default() };
        for entry in key_value::read(file)? {
            settings.alone = match (entry.key, entry.value) {
                ("run_in_transaction", "true") => false,
                ("run_in_transaction", "false") => true,
                _ => return Err(entry.not_understood(file)),
            };
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_migrations() {
        names::testing::check(
            &Diesel,
            &[
                (
                    "00000000000000_diesel_initial_setup/up.sql",
                    "up 00000000000000|diesel_initial_setup",
                ),
                ("2024-02-12-120203_remove-index/down.sql", "down 20240212120203|remove-index"),
                ("2026-07-30-140000-0000_add/metadata.toml", "settings 202607301400000000"),
                ("first/up.sql", "up first|"),
                ("2024-02-12-120203_a/README.md", "other"),
                ("2024-02-12-120203_a/extra.sql", "unreadable"),
                ("2024-02-12-120203_a/b/up.sql", "unreadable"),
                ("schema.sql", "unreadable"),
                (".diesel_lock", "other"),
            ],
        );
    }

    #[test]
    fn metadata_decides_on_the_transaction() {
        for (text, alone) in [
            ("run_in_transaction = false\n", Some(true)),
            ("# why\nrun_in_transaction=true # so\n", Some(false)),
            ("", Some(true)),
            ("run_in_transaction = 0\n", None),
            ("transaction = false\n", None),
            ("run_in_transaction\n", None),
        ] {
            let read = Diesel.settings(Text { path: "a/metadata.toml", text });
            assert_eq!(read.ok().map(|settings| settings.alone), alone, "{text}");
        }
    }
}
