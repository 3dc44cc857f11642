//! golang-migrate, and the runners that read its names: `<version>_<name>.up.sql` and `.down.sql`
//! in one flat folder.
//!
//! Some of these runners write `V0001.Name.up.sql`, and have migrations in Go.

use super::{Direction, Role, Tool, Version, names};

pub(crate) struct GolangMigrate;

impl Tool for GolangMigrate {
    fn expected(&self) -> &'static str {
        "<number>_<name>.up.sql or .down.sql"
    }

    fn role(&self, path: &str) -> Role {
        let read = || {
            let (number, rest) = names::number(path.strip_prefix('V').unwrap_or(path))?;
            let rest = rest.strip_prefix(['_', '.', '-'])?;
            let (rest, extension) = rest.rsplit_once('.')?;
            let (name, direction) = match rest.strip_suffix(".up") {
                Some(name) => (name, Direction::Up),
                None => (rest.strip_suffix(".down")?, Direction::Down),
            };
            if name.contains('/') {
                return None;
            }
            let version = Version::number(number);
            match extension {
                "sql" => Some(Role::Sql { version, name: name.to_owned(), direction }),
                code if names::is_code(code) => Some(Role::Code { version, direction }),
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
    fn names_are_read_as_golang_migrate_does() {
        names::testing::check(
            &GolangMigrate,
            &[
                ("000001_create_teams.up.sql", "up 000001|create_teams"),
                ("000001_create_teams.down.sql", "down 000001|create_teams"),
                ("V0001.Initial_Schema.up.sql", "up 0001|Initial_Schema"),
                ("1522178770_add_job_tags.up.go", "code 1522178770 up"),
                ("1522178770_add_job_tags.down.go", "code 1522178770 down"),
                ("1_a.sql", "unreadable"),
                ("sub/1_a.up.sql", "unreadable"),
                ("embed.go", "other"),
                ("README.md", "other"),
            ],
        );
    }
}
