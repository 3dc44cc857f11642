//! Reads the migrations of another tool as a chain of revisions.
//!
//! Text in, text out: [`import()`] takes the files of a migrations folder, and gives the revision
//! files that say the same, with a [`Note`] for everything that is not as it was. A folder that
//! is not understood, even in one file, gives no chain but every [`Refusal`] there is.
//!
//! The way of a file: [`Style`] names the tool; the tool's rules (`styles`) say what each file is;
//! `gather` puts the files of a migration together; `section` checks their SQL; `chain` orders the
//! migrations and names the revisions; `render` writes them.

mod assume;
mod chain;
mod date;
mod finding;
mod gather;
mod note;
mod place;
mod refusal;
mod render;
mod section;
mod style;
mod styles;
#[cfg(test)]
mod testing;

use std::collections::{BTreeMap, BTreeSet};

use pgmigrate_chain::RevisionId;

pub use note::Note;
pub use place::Place;
pub use refusal::Refusal;
pub use section::Outside;
pub use style::{Style, UnknownStyle};

use finding::Findings;

/// A file of the folder that is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path relative to the folder, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What the user decides about an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The present time, in seconds since 1970-01-01 00:00:00 UTC: the date of revisions whose
    /// versions hold none.
    pub now: i64,
    /// Values for placeholders such as `${schema}`.
    pub set: BTreeMap<String, String>,
    /// Files and directories to leave out.
    pub skip: BTreeSet<String>,
    /// Leaves out migrations written in a programming language.
    pub skip_code: bool,
    /// Joins several heads of a graph by a merge revision.
    pub merge_heads: bool,
    /// SQL of what is there before the first migration; the first revision assumes it.
    pub assume: Option<SourceFile>,
}

/// A folder as a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The revisions, parents before children.
    pub revisions: Vec<Imported>,
    /// What differs from the folder, or is worth knowing.
    pub notes: Vec<Note>,
}

/// One revision, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The files that it was made from, relative to the folder; none for a revision that the
    /// import added.
    pub source: Vec<String>,
    /// Its id: the tool's version where that can be one.
    pub revision_id: RevisionId,
    /// The revisions before it; none for a base.
    pub parents: Vec<RevisionId>,
    /// The name of its file.
    pub file_name: String,
    /// What its file holds.
    pub text: String,
}

/// Reads a folder of another tool's migrations as a chain.
///
/// The order of `files` does not matter. On failure, every reason to refuse the folder is given,
/// in the order of paths.
///
/// ```
/// use pgmigrate_import::{Options, SourceFile, Style, import};
///
/// let file = SourceFile {
///     path: "20240517094752_create_build.sql".into(),
///     bytes: b"CREATE TABLE build ();".into(),
/// };
/// let import = import(Style::Sqlx, &[file], &Options::default()).expect("it is understood");
/// assert_eq!(import.revisions[0].file_name, "2024-05-17_20240517094752_create_build.sql");
/// ```
pub fn import(
    style: Style,
    files: &[SourceFile],
    options: &Options,
) -> Result<Import, Vec<Refusal>> {
    let mut findings = Findings::default();
    let migrations = gather::gather(style, files, options, &mut findings);
    let revisions = chain::assemble(&migrations, options, &mut findings);
    if !findings.is_refused() && revisions.is_empty() {
        let detected = Style::detect(files).filter(|&detected| detected != style);
        findings.refuse(Refusal::Nothing { style, detected });
    }
    findings.into_result().map(|notes| Import { revisions, notes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use testing::{lines, refused, taken};

    #[test]
    fn a_folder_becomes_revision_files() {
        let import = taken(
            Style::SqlxUpdown,
            &[
                ("20240518024921_create_pr.up.sql", "\n-- why\nCREATE TABLE pr ();\n\n"),
                ("20240518024921_create_pr.down.sql", "DROP TABLE pr"),
                ("20240517094752_create_build.up.sql", "CREATE TABLE build ();\r\n"),
                ("README.md", "how to"),
            ],
        );
        let names: Vec<&str> = import.revisions.iter().map(|it| it.file_name.as_str()).collect();
        assert_eq!(
            names,
            [
                "2024-05-17_20240517094752_create_build.sql",
                "2024-05-18_20240518024921_create_pr.sql",
            ]
        );
        assert_eq!(
            import.revisions[1].text,
            "-- create pr\n--\n-- Revision ID: 20240518024921\n-- Revises: 20240517094752\n\
             -- Create Date: 2024-05-18 02:49:21 UTC\n\n-- migrate:up\n-- why\n\
             CREATE TABLE pr ();\n\n-- migrate:down\nDROP TABLE pr\n"
        );
        assert_eq!(
            lines(&import.notes),
            "README.md: is no migration, and was passed over\n\
             1 of 2 migrations have no way back\n"
        );
    }

    #[test]
    fn the_order_of_the_files_does_not_matter() {
        let files = testing::folder(&[
            ("1_a.sql", "SELECT 1"),
            ("2_b.sql", "VACUUM"),
            ("3_c.sql", ""),
            ("notes.txt", ""),
        ]);
        let mut reversed = files.clone();
        reversed.reverse();
        let options = testing::options();
        let one = import(Style::Numbered, &files, &options);
        assert!(one.is_ok());
        assert_eq!(one, import(Style::Numbered, &reversed, &options));
    }

    #[test]
    fn every_reason_to_refuse_is_given_at_once() {
        let refused = refused(
            Style::Sqlx,
            &[
                ("schema.sql", ""),
                ("1_a.sql", "SELECT 1;\nCREATE TABEL t ();\nDROP TABEL t;"),
                ("2_b.down.sql", "DROP TABLE b"),
                ("3_c.sql", "GRANT ${role} TO x"),
            ],
        );
        assert_eq!(
            refused,
            "1_a.sql:2:8: syntax error at or near \"TABEL\"; correct it, or leave the file out\n\
             1_a.sql:3:6: syntax error at or near \"TABEL\"; correct it, or leave the file out\n\
             2_b.down.sql: there is no way forward of that version; add it, or leave this file \
             out\n\
             3_c.sql:1:7: syntax error at or near \"$\"; the template's hole `${role}` is to be \
             filled first\n\
             schema.sql: sqlx does not read this name, but <number>_<name>.sql, .up.sql or \
             .down.sql; rename the file, or leave it out\n"
        );
    }

    #[test]
    fn a_folder_without_migrations_is_refused() {
        assert_eq!(
            refused(Style::Goose, &[("embed.go", "package migrations")]),
            "there is no migration that goose would read: <number>_<name>.sql\n"
        );
        assert_eq!(
            refused(Style::Refinery, &[("1_a/migration.sql", ""), ("2_b/migration.sql", "")]),
            "there is no migration that refinery would read: V<number>__<name>.sql or \
             U<number>__<name>.sql; the folder looks like prisma\n"
        );
        assert_eq!(
            refused(Style::Diesel, &[("1_a/up.sql", "\u{feff}SELECT 1"), ("1_b/up.sql", "")]),
            "1_a/up.sql: the version 1 is also that of 1_b/up.sql; give one of them another, or \
             leave it out\n"
        );
    }
}
