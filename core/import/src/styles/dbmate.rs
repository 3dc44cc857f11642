//! dbmate: `<version>_<name>.sql`, cut by `-- migrate:up` and `-- migrate:down`.
//!
//! Either line may say `transaction:false`.

use super::sectioned::{self, Line};
use super::{Direction, Migrating, Part, Role, Tool, Version, names};
use crate::Refusal;

pub(crate) struct Dbmate;

impl Tool for Dbmate {
    fn expected(&self) -> &'static str {
        "<number>_<name>.sql"
    }

    fn role(&self, path: &str) -> Role {
        let read = || {
            let (number, rest) = names::number(path)?;
            let name = rest.strip_suffix(".sql").filter(|name| !name.contains('/'))?;
            // Files are run in the order of their names, and `_` sorts after the digits.
            let version = Version::text(number, &format!("{number}_"));
            let name = name.trim_start_matches(['_', '-', '.']).to_owned();
            Some(Role::Sql { version, name, direction: Direction::Up })
        };
        read().unwrap_or_else(|| names::unread(path))
    }

    fn parts(&self, file: &Migrating<'_>) -> Result<Vec<Part>, Vec<Refusal>> {
        sectioned::cut(file, |_, line| {
            let Some(words) = sectioned::dbmate_words(line) else {
                return Line::Sql(line.into());
            };
            let mut words = words.split_whitespace();
            let direction = match words.next() {
                Some("up") => Direction::Up,
                Some("down") => Direction::Down,
                _ => return Line::NotUnderstood,
            };
            let mut alone = false;
            for option in words {
                match option {
                    "transaction:false" => alone = true,
                    "transaction:true" => {}
                    _ => return Line::NotUnderstood,
                }
            }
            Line::Start(direction, alone)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::styles::{Settings, Text};

    #[test]
    fn names_are_read_as_dbmate_does() {
        names::testing::check(
            &Dbmate,
            &[
                ("20200227231541_create_users.sql", "up 20200227231541|create_users"),
                ("001.sql", "up 001|"),
                ("schema.sql", "unreadable"),
                ("sub/001_a.sql", "unreadable"),
            ],
        );
    }

    #[test]
    fn markers_cut_the_file() {
        for (text, expected) in [
            (
                "-- migrate:up transaction:false\nA;\n-- migrate:down\nB;\n",
                Ok(vec![(true, "\nA;\n"), (false, "\nB;\n")]),
            ),
            ("-- migrate:up\nA;\n", Ok(vec![(false, "\nA;\n")])),
            ("-- migrate:up lock:none\n", Err("`-- migrate:up lock:none` is not understood")),
            ("-- migrate:down\n-- migrate:up\n", Err("`-- migrate:down` is out of order")),
            ("A;\n", Err("there is no section for the way forward")),
        ] {
            let cut = Dbmate.parts(&Migrating {
                file: Text { path: "1_a.sql", text },
                direction: Direction::Up,
                settings: &Settings::default(),
                options: &Options::default(),
            });
            match (cut, expected) {
                (Ok(parts), Ok(expected)) => {
                    let shown: Vec<_> = parts.iter().map(|p| (p.alone, p.text.as_str())).collect();
                    assert_eq!(shown, expected);
                }
                (Err(refusals), Err(expected)) => {
                    assert!(refusals[0].to_string().contains(expected), "{refusals:?}");
                }
                (cut, _) => panic!("{text}: {cut:?}"),
            }
        }
    }
}
