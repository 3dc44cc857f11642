//! Flyway: `V<version>__<name>.sql`, at any depth.
//!
//! `U` undoes the version of the same number; `R` is run again whenever it changes, after all
//! versions, in the order of the descriptions. `<file>.conf` may switch the transaction off.
//! Placeholders are filled everywhere, comments and literals included.

use super::placeholder::{self, Syntax};
use super::{Direction, Migrating, Part, Role, Settings, Text, Tool, Version, key_value, names};
use crate::Refusal;

pub(crate) struct Flyway;

impl Tool for Flyway {
    fn expected(&self) -> &'static str {
        "V<version>__<name>.sql, U<version>__<name>.sql or R__<name>.sql"
    }

    fn role(&self, path: &str) -> Role {
        let (_, file) = names::directory_and_file(path);
        let read = || {
            let (stem, kind) = match file.strip_suffix(".sql.conf") {
                Some(stem) => (stem, "conf"),
                None => file.rsplit_once('.')?,
            };
            if kind == "sql" && is_callback(stem) {
                return Some(Role::NoPlace("a callback"));
            }
            let (version, name) = stem.split_once("__").unwrap_or((stem, ""));
            let name = name.to_owned();
            let (prefix, number) = version.split_at_checked(1)?;
            let direction = if prefix == "U" { Direction::Down } else { Direction::Up };
            let version = match prefix {
                "R" if number.is_empty() && !name.is_empty() => {
                    Version::last(&name.replace('_', " "))
                }
                "V" | "U" | "B" if is_version(number) => Version::dotted(number),
                _ => return None,
            };
            match kind {
                "sql" if prefix == "B" => Some(Role::NoPlace("a baseline")),
                "sql" => Some(Role::Sql { version, name, direction }),
                "conf" if prefix == "U" => Some(Role::NoPlace("the setting of an undo script")),
                "conf" => Some(Role::Settings { version }),
                code if names::is_code(code) => Some(Role::Code { version, direction }),
                _ => None,
            }
        };
        read().unwrap_or_else(|| names::unread(path))
    }

    fn settings(&self, file: Text<'_>) -> Result<Settings, Refusal> {
        let mut settings = Settings::default();
        for entry in key_value::read(file)? {
            match (entry.key, entry.value) {
                ("executeInTransaction", "false") => settings.alone = true,
                ("placeholderReplacement", "false") => settings.placeholders = false,
                ("executeInTransaction" | "placeholderReplacement", "true")
                | ("encoding", "UTF-8") => {}
                _ => return Err(entry.not_understood(file)),
            }
        }
        Ok(settings)
    }

    fn parts(&self, file: &Migrating<'_>) -> Result<Vec<Part>, Vec<Refusal>> {
        let mut part = file.whole(file.settings.alone);
        if file.settings.placeholders {
            let Text { path, text } = file.file;
            let filled = placeholder::fill(path, 0, text, &file.options.set, Syntax::Braces);
            if !filled.refusals.is_empty() {
                return Err(filled.refusals);
            }
            part.text = filled.text;
        }
        Ok(vec![part])
    }
}

/// Numbers between `.` or `_`.
fn is_version(text: &str) -> bool {
    text.split(['.', '_'])
        .all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `afterMigrate`, `beforeEachMigrate__name` and the like.
fn is_callback(stem: &str) -> bool {
    ["before", "after", "create"].iter().any(|when| {
        stem.strip_prefix(when).is_some_and(|event| event.starts_with(|c: char| c.is_uppercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn names_are_read_as_flyway_does() {
        names::testing::check(
            &Flyway,
            &[
                ("V1_0__create_initial_referral.sql", "up 1_0|create_initial_referral"),
                ("postgres/V1.2.1__a.sql", "up 1.2.1|a"),
                ("V221__rules_d&r.sql", "up 221|rules_d&r"),
                ("V3.sql", "up 3|"),
                ("U1_0__create_initial_referral.sql", "down 1_0|create_initial_referral"),
                ("R__views.sql", "up |views"),
                ("V1__a.sql.conf", "settings 1"),
                ("U1__a.sql.conf", "no place: the setting of an undo script"),
                ("V2__fill.java", "code 2 up"),
                ("B5__base.sql", "no place: a baseline"),
                ("afterMigrate.sql", "no place: a callback"),
                ("beforeEachMigrate__roles.sql", "no place: a callback"),
                ("V1_a__x.sql", "unreadable"),
                ("V__x.sql", "unreadable"),
                ("v1__x.sql", "unreadable"),
                ("flyway.conf", "other"),
            ],
        );
    }

    #[test]
    fn script_settings_are_read() {
        for (text, expected) in [
            ("executeInTransaction=false\n", Some((true, true))),
            ("placeholderReplacement = false\nencoding=UTF-8\n", Some((false, false))),
            ("shouldExecute=${x}\n", None),
        ] {
            let read = Flyway.settings(Text { path: "V1__a.sql.conf", text });
            assert_eq!(read.ok().map(|s| (s.alone, s.placeholders)), expected, "{text}");
        }
    }

    #[test]
    fn placeholders_need_values_unless_they_are_switched_off() {
        let parts = |placeholders| {
            Flyway.parts(&Migrating {
                file: Text { path: "V1__a.sql", text: "SELECT 1;\n-- ${owner}\n" },
                direction: Direction::Up,
                settings: &Settings { placeholders, ..Settings::default() },
                options: &Options::default(),
            })
        };
        assert!(parts(false).is_ok());
        let refusals = parts(true).expect_err("the hole has no value");
        assert!(refusals[0].to_string().starts_with("V1__a.sql:2:4: the placeholder `${owner}`"));
    }
}
