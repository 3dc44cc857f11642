//! The styles of migrations that can be imported.

use std::fmt;
use std::str::FromStr;

use crate::SourceFile;
use crate::styles::{
    Tool, dag_yaml::DagYaml, dbmate::Dbmate, diesel::Diesel, flyway::Flyway,
    golang_migrate::GolangMigrate, goose::Goose, numbered::Numbered, prisma::Prisma,
    refinery::Refinery, sectioned, sqlx::Sqlx,
};

/// A tool, or a habit, by which a folder of migrations is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Diesel.
    Diesel,
    /// sqlx, one file a migration.
    Sqlx,
    /// sqlx, with files for the way back. Either of the two reads both.
    SqlxUpdown,
    /// golang-migrate.
    GolangMigrate,
    /// goose.
    Goose,
    /// dbmate.
    Dbmate,
    /// Flyway.
    Flyway,
    /// Refinery.
    Refinery,
    /// Prisma Migrate.
    Prisma,
    /// SQL files with a number in front, run by whatever tool.
    Numbered,
    /// A graph: directories with their parents in `metadata.yaml`.
    DagYaml,
}

/// A text that names no [`Style`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStyle(pub String);

impl Style {
    /// Every style.
    pub const ALL: [Self; 11] = [
        Self::Diesel,
        Self::Sqlx,
        Self::SqlxUpdown,
        Self::GolangMigrate,
        Self::Goose,
        Self::Dbmate,
        Self::Flyway,
        Self::Refinery,
        Self::Prisma,
        Self::Numbered,
        Self::DagYaml,
    ];

    /// How the style is named on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Diesel => "diesel",
            Self::Sqlx => "sqlx",
            Self::SqlxUpdown => "sqlx-updown",
            Self::GolangMigrate => "golang-migrate",
            Self::Goose => "goose",
            Self::Dbmate => "dbmate",
            Self::Flyway => "flyway",
            Self::Refinery => "refinery",
            Self::Prisma => "prisma",
            Self::Numbered => "numbered",
            Self::DagYaml => "dag-yaml",
        }
    }

    /// What a folder of the style looks like, in one line.
    pub fn description(self) -> &'static str {
        match self {
            Self::Diesel => "<version>_<name>/up.sql and down.sql, metadata.toml",
            Self::Sqlx => "<version>_<name>.sql",
            Self::SqlxUpdown | Self::GolangMigrate => "<version>_<name>.up.sql and .down.sql",
            Self::Goose => "<version>_<name>.sql with `-- +goose Up` and `-- +goose Down`",
            Self::Dbmate => "<version>_<name>.sql with `-- migrate:up` and `-- migrate:down`",
            Self::Flyway => "V<version>__<name>.sql, U for undo, R for repeatable, .sql.conf",
            Self::Refinery => "V<version>__<name>.sql or U<version>__<name>.sql",
            Self::Prisma => "<version>_<name>/migration.sql, migration_lock.toml",
            Self::Numbered => "<number>_<name>.sql, `-` or `.` for `_`, with optional down files",
            Self::DagYaml => "<id>/up.sql and down.sql, parents in <id>/metadata.yaml",
        }
    }

    /// The style of a folder, where its files leave no doubt.
    ///
    /// No answer where two styles would read the folder, as `sqlx-updown` and `golang-migrate`
    /// often would, and none for a chain that is in this project's own format.
    pub fn detect(files: &[SourceFile]) -> Option<Self> {
        let texts: Vec<(&str, &str)> = files
            .iter()
            .filter_map(|file| Some((file.path.as_str(), std::str::from_utf8(&file.bytes).ok()?)))
            .filter(|(path, _)| !path.split('/').any(|part| part.starts_with('.')))
            .collect();
        let has_line = |test: fn(&str) -> bool| {
            texts.iter().any(|(path, text)| is_sql(path) && text.lines().any(test))
        };
        if has_line(|line| line.starts_with("-- Revision ID:")) {
            return None;
        }
        let read_all = |style: Self| {
            let tool = style.tool();
            let mut sql = texts.iter().filter(|(path, _)| is_sql(path)).peekable();
            sql.peek().is_some() && sql.all(|(path, _)| tool.role(path).is_sql())
        };
        let any = |test: fn(&str) -> bool| texts.iter().any(|(path, _)| test(path));
        let told = [
            (Self::Goose, has_line(sectioned::is_goose_up)),
            (Self::Dbmate, has_line(sectioned::is_dbmate_up)),
            (Self::Prisma, any(|path| path.ends_with("/migration.sql"))),
            (Self::DagYaml, any(|path| path.ends_with("/metadata.yaml"))),
            (
                Self::Diesel,
                any(|path| path.ends_with("/up.sql"))
                    && !any(|path| path.ends_with("/metadata.yaml")),
            ),
            (Self::Flyway, read_all(Self::Flyway) && !read_all(Self::Refinery)),
        ];
        let mut styles = told
            .into_iter()
            .filter(|&(style, told)| told && read_all(style))
            .map(|(style, _)| style);
        let first = styles.next()?;
        styles.next().is_none().then_some(first)
    }

    pub(crate) fn tool(self) -> &'static dyn Tool {
        match self {
            Self::Diesel => &Diesel,
            Self::Sqlx | Self::SqlxUpdown => &Sqlx,
            Self::GolangMigrate => &GolangMigrate,
            Self::Goose => &Goose,
            Self::Dbmate => &Dbmate,
            Self::Flyway => &Flyway,
            Self::Refinery => &Refinery,
            Self::Prisma => &Prisma,
            Self::Numbered => &Numbered,
            Self::DagYaml => &DagYaml,
        }
    }
}

fn is_sql(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "sql")
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Style {
    type Err = UnknownStyle;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|style| style.name() == text)
            .ok_or_else(|| UnknownStyle(text.to_owned()))
    }
}

impl fmt::Display for UnknownStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Style::ALL.map(Style::name).join(", ");
        write!(f, "`{}` is no style; the styles are {names}", self.0)
    }
}

impl std::error::Error for UnknownStyle {}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<SourceFile> {
        files
            .iter()
            .map(|(path, text)| SourceFile { path: (*path).into(), bytes: (*text).into() })
            .collect()
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for style in Style::ALL {
            assert_eq!(style.to_string().parse(), Ok(style));
        }
        let error = "rails".parse::<Style>().expect_err("no such style");
        assert!(error.to_string().starts_with("`rails` is no style; the styles are diesel, sqlx,"));
    }

    #[test]
    fn a_style_is_detected_only_where_there_is_no_doubt() {
        type Case<'a> = (&'a [(&'a str, &'a str)], Option<Style>);
        let table: [Case<'_>; 13] = [
            (&[("2020-01-01-000000_a/up.sql", "")], Some(Style::Diesel)),
            (&[("20200101_a/migration.sql", ""), ("migration_lock.toml", "")], Some(Style::Prisma)),
            (&[("1/up.sql", ""), ("1/metadata.yaml", "")], Some(Style::DagYaml)),
            (&[("1_a.sql", "-- +goose Up\n")], Some(Style::Goose)),
            (&[("1_a.sql", "-- migrate:up\n")], Some(Style::Dbmate)),
            (&[("1_a.sql", "-- Revision ID: 1\n\n-- migrate:up\n")], None),
            (&[("1_a.up.sql", ""), ("1_a.down.sql", "")], None),
            (&[("V1__a.sql", "")], None),
            (&[("V1_1__a.sql", "")], Some(Style::Flyway)),
            (&[("V1__a.sql", ""), ("R__views.sql", "")], Some(Style::Flyway)),
            (&[("1_a.sql", "")], None),
            (&[("1_a.sql", "-- +goose Up\n"), ("b/up.sql", "")], None),
            (&[], None),
        ];
        for (given, expected) in table {
            assert_eq!(Style::detect(&files(given)), expected, "{given:?}");
        }
    }
}
