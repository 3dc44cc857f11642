//! SQL files with a number in front, as many home-made runners have them.
//!
//! The way back may stand in `<n>_<name>.down.sql`, `<n>_<name>_down.sql` or
//! `down/<n>_<name>.sql`, and the way forward be named likewise.

use super::{Direction, Role, Tool, Version, names};

pub(crate) struct Numbered;

impl Tool for Numbered {
    fn expected(&self) -> &'static str {
        "<number>_<name>.sql, or .down.sql, _down.sql or down/ for the way back"
    }

    fn role(&self, path: &str) -> Role {
        let (directory, file) = names::directory_and_file(path);
        let read = || {
            let (number, rest) = names::number(file)?;
            let (rest, extension) = rest.strip_prefix(['_', '-', '.'])?.rsplit_once('.')?;
            let by_name = [".down", "_down", "-down"].iter().find_map(|end| rest.strip_suffix(end));
            let by_name = by_name.map(|name| (name, Direction::Down));
            let (name, direction) = by_name
                .or_else(|| {
                    let ends = [".up", "_up", "-up"];
                    let name = ends.iter().find_map(|end| rest.strip_suffix(end))?;
                    Some((name, Direction::Up))
                })
                .unwrap_or((rest, Direction::Up));
            let direction = match directory {
                "" => direction,
                "up" if direction == Direction::Up => Direction::Up,
                "down" => Direction::Down,
                _ => return None,
            };
            let version = Version::number(number);
            match extension {
                "sql" => Some(Role::Sql { version, name: name.to_owned(), direction }),
                code if names::is_code(code) && !name.ends_with("_test") => {
                    Some(Role::Code { version, direction })
                }
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
    fn numbers_in_front_are_versions() {
        names::testing::check(
            &Numbered,
            &[
                ("001_init.sql", "up 001|init"),
                ("2-add-users.sql", "up 2|add-users"),
                ("3.views.sql", "up 3|views"),
                ("001_init.up.sql", "up 001|init"),
                ("001_init.down.sql", "down 001|init"),
                ("001_init_down.sql", "down 001|init"),
                ("down/001_init.sql", "down 001|init"),
                ("down/001_init.down.sql", "down 001|init"),
                ("up/001_init.sql", "up 001|init"),
                ("004_fill.py", "code 004 up"),
                ("004_fill_test.py", "other"),
                ("run.sh", "other"),
                ("up/001_init.down.sql", "unreadable"),
                ("old/001_init.sql", "unreadable"),
                ("init.sql", "unreadable"),
                ("5init.sql", "unreadable"),
            ],
        );
    }
}
