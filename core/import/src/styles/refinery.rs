//! Refinery: `V<version>__<name>.sql`, at any depth.
//!
//! `U` in place of `V` only tells Refinery to apply the file even where later ones are applied.

use super::{Direction, Role, Tool, Version, names};

pub(crate) struct Refinery;

impl Tool for Refinery {
    fn expected(&self) -> &'static str {
        "V<number>__<name>.sql or U<number>__<name>.sql"
    }

    fn role(&self, path: &str) -> Role {
        let (_, file) = names::directory_and_file(path);
        let read = || {
            let (number, rest) = names::number(file.strip_prefix(['V', 'U'])?)?;
            let (name, extension) = rest.strip_prefix("__")?.rsplit_once('.')?;
            let word = |c: char| c.is_alphanumeric() || c == '_';
            if name.is_empty() || !name.chars().all(word) {
                return None;
            }
            let (version, direction) = (Version::number(number), Direction::Up);
            match extension {
                "sql" => Some(Role::Sql { version, name: name.to_owned(), direction }),
                "rs" => Some(Role::Code { version, direction }),
                _ => None,
            }
        };
        read().unwrap_or_else(|| names::unread(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_refinery_does() {
        names::testing::check(
            &Refinery,
            &[
                ("V1__init_schema.sql", "up 1|init_schema"),
                ("U7__late.sql", "up 7|late"),
                ("sub/V2__a.sql", "up 2|a"),
                ("V3__fill.rs", "code 3 up"),
                ("mod.rs", "other"),
                ("V2_create.sql", "unreadable"),
                ("V4__with-dash.sql", "unreadable"),
                ("1__a.sql", "unreadable"),
            ],
        );
    }
}
