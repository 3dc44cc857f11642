//! sqlx: `<version>_<name>.sql`, or `.up.sql` and `.down.sql`, in one flat folder.
//!
//! A file that starts with `-- no-transaction` runs outside a transaction.

use super::{Direction, Migrating, Part, Role, Tool, Version, names};
use crate::Refusal;

pub(crate) struct Sqlx;

impl Tool for Sqlx {
    fn expected(&self) -> &'static str {
        "<number>_<name>.sql, .up.sql or .down.sql"
    }

    fn role(&self, path: &str) -> Role {
        let read = || {
            let (number, rest) = names::number(path)?;
            let rest = rest.strip_prefix('_')?.strip_suffix(".sql")?;
            let (name, direction) = match (rest.strip_suffix(".up"), rest.strip_suffix(".down")) {
                (Some(name), _) => (name, Direction::Up),
                (_, Some(name)) => (name, Direction::Down),
                _ => (rest, Direction::Up),
            };
            let version = Version::number(number);
            (!name.contains('/')).then(|| Role::Sql { version, name: name.to_owned(), direction })
        };
        read().unwrap_or_else(|| names::unread(path))
    }

    fn parts(&self, file: &Migrating<'_>) -> Result<Vec<Part>, Vec<Refusal>> {
        Ok(vec![file.whole(file.file.text.starts_with("-- no-transaction"))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::styles::{Settings, Text};

    #[test]
    fn the_first_line_switches_the_transaction_off() {
        for (text, alone) in [
            ("-- no-transaction\nVACUUM;", true),
            ("\n-- no-transaction\nVACUUM;", false),
            ("VACUUM;", false),
        ] {
            let parts = Sqlx.parts(&Migrating {
                file: Text { path: "1_a.down.sql", text },
                direction: Direction::Down,
                settings: &Settings::default(),
                options: &Options::default(),
            });
            let parts = parts.expect("any text is taken");
            assert_eq!((parts[0].direction, parts[0].alone), (Direction::Down, alone), "{text}");
        }
    }

    #[test]
    fn names_are_read_as_sqlx_does() {
        names::testing::check(
            &Sqlx,
            &[
                ("20210425153745_create_history.sql", "up 20210425153745|create_history"),
                ("20240517094752_create_build.up.sql", "up 20240517094752|create_build"),
                ("20240517094752_create_build.down.sql", "down 20240517094752|create_build"),
                ("01_a.b.sql", "up 01|a.b"),
                ("0002create.sql", "unreadable"),
                ("0003-foo.sql", "unreadable"),
                ("0004_foo.SQL", "unreadable"),
                ("-5_neg.sql", "unreadable"),
                ("1_a/b.sql", "unreadable"),
                ("schema.sql", "unreadable"),
                (".gitkeep", "other"),
            ],
        );
    }
}
