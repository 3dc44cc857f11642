//! goose: `<version>_<name>.sql`, both directions in one file.
//!
//! Lines of the form `-- +goose WORD` cut the file. `StatementBegin` and `StatementEnd` only tell
//! goose where a statement with semicolons inside ends, which the SQL itself tells.

use super::placeholder::{self, Syntax};
use super::sectioned::{self, Line};
use super::{Direction, Migrating, Part, Role, Tool, Version, names};
use crate::Refusal;

pub(crate) struct Goose;

impl Tool for Goose {
    fn expected(&self) -> &'static str {
        "<number>_<name>.sql"
    }

    fn role(&self, path: &str) -> Role {
        let read = || {
            let (number, rest) = names::number(path)?;
            let (name, extension) = rest.strip_prefix('_')?.rsplit_once('.')?;
            if name.contains('/') {
                return None;
            }
            let (version, direction) = (Version::number(number), Direction::Up);
            match extension {
                "sql" => Some(Role::Sql { version, name: name.to_owned(), direction }),
                "go" if !name.ends_with("_test") => Some(Role::Code { version, direction }),
                _ => None,
            }
        };
        read().unwrap_or_else(|| names::unread(path))
    }

    fn parts(&self, file: &Migrating<'_>) -> Result<Vec<Part>, Vec<Refusal>> {
        let mut alone = false;
        let mut substitutes = false;
        let mut holes = Vec::new();
        let cut = sectioned::cut(file, |number, line| {
            let Some(words) = sectioned::goose_words(line) else {
                if !substitutes {
                    return Line::Sql(line.into());
                }
                let (path, set) = (file.file.path, &file.options.set);
                let filled = placeholder::fill(path, number - 1, line, set, Syntax::Environment);
                holes.extend(filled.refusals);
                return Line::Sql(filled.text.into());
            };
            match words.to_ascii_lowercase().as_str() {
                "up" => return Line::Start(Direction::Up, false),
                "down" => return Line::Start(Direction::Down, false),
                "statementbegin" | "statementend" => {}
                "no transaction" => alone = true,
                "envsub on" => substitutes = true,
                "envsub off" => substitutes = false,
                _ => return Line::NotUnderstood,
            }
            Line::Nothing
        });
        match cut {
            Ok(parts) if holes.is_empty() => {
                Ok(parts.into_iter().map(|part| Part { alone, ..part }).collect())
            }
            cut => Err(cut.err().into_iter().flatten().chain(holes).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Options;
    use crate::styles::{Settings, Text};

    fn cut(text: &str) -> Result<Vec<Part>, Vec<String>> {
        let set = BTreeMap::from([("ROLE".to_owned(), "app".to_owned())]);
        let file = Migrating {
            file: Text { path: "1_a.sql", text },
            direction: Direction::Up,
            settings: &Settings::default(),
            options: &Options { set, ..Options::default() },
        };
        let shown = |refusals: Vec<Refusal>| refusals.iter().map(ToString::to_string).collect();
        Goose.parts(&file).map_err(shown)
    }

    #[test]
    fn names_are_read_as_goose_does() {
        names::testing::check(
            &Goose,
            &[
                ("001_initialize_schema.sql", "up 001|initialize_schema"),
                ("20240101000000_fill.go", "code 20240101000000 up"),
                ("20240101000000_fill_test.go", "other"),
                ("migrations.go", "other"),
                ("init.sql", "unreadable"),
                ("sub/1_a.sql", "unreadable"),
            ],
        );
    }

    #[test]
    fn annotations_cut_the_file_and_keep_the_lines() {
        let parts = cut("-- why\n-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n\
                         -- +goose StatementEnd\n--+goose down\nSELECT 2;\n");
        let parts = parts.expect("it is well formed");
        let shown: Vec<_> =
            parts.iter().map(|p| (p.direction, p.text.as_str(), p.lines_above, p.alone)).collect();
        assert_eq!(
            shown,
            [
                (Direction::Up, "-- why\n\n\nSELECT 1;\n\n", 0, false),
                (Direction::Down, "\nSELECT 2;\n", 5, false),
            ]
        );
    }

    #[test]
    fn no_transaction_counts_for_the_whole_file() {
        let parts = cut("-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose Down\n");
        assert!(parts.expect("it is well formed").iter().all(|part| part.alone));
    }

    #[test]
    fn the_environment_is_substituted_between_on_and_off() {
        let text = "-- +goose Up\n-- +goose ENVSUB ON\nGRANT ${ROLE} TO x;\n-- +goose ENVSUB OFF\n\
                    SELECT '${ROLE}';\n";
        let parts = cut(text).expect("it is well formed");
        assert_eq!(parts[0].text, "\n\nGRANT app TO x;\n\nSELECT '${ROLE}';\n");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, expected) in [
            ("SELECT 1;\n", "1_a.sql:1: there is no section for the way forward"),
            ("-- +goose Down\n", "1_a.sql:1: `-- +goose Down` is out of order"),
            (
                "-- +goose Up\n-- +goose Sideways\n",
                "1_a.sql:2: `-- +goose Sideways` is not understood",
            ),
            ("-- a\nSELECT 1;\n-- +goose Up\n", "1_a.sql:2: there is SQL above the first section"),
            (
                "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${X}';\n",
                "1_a.sql:3:9: the placeholder `${X}` has no value",
            ),
            (
                "-- +goose Up\n-- +goose ENVSUB ON\nSELECT $HOME;\n",
                "1_a.sql:3:8: the placeholder `$HOME` has no value",
            ),
        ] {
            let refusals = cut(text).expect_err(text);
            assert!(refusals[0].starts_with(expected), "{refusals:?}");
        }
    }
}
