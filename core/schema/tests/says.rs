//! What the check says of a chain that is replayed: help, other places, waivers, assumptions.

use std::num::NonZeroUsize;

use pgmigrate_schema::settings::Level;
use pgmigrate_schema::{Cache, Checked, Code, Diagnostic, Directory, Settings, Source, check};

/// Checks revisions that follow each other, each given as its sections.
fn checked(revisions: &[&str]) -> Checked {
    let source = |(number, sections): (usize, &&str)| {
        let parent = number.checked_sub(1).map_or("base".to_owned(), |it| format!("r{it}"));
        let text = format!("-- x\n-- Revision ID: r{number}\n-- Revises: {parent}\n\n{sections}\n");
        let path = format!("m/2026-11-{:02}_r{number}_x.sql", number + 1);
        Source { path, bytes: text.into_bytes() }
    };
    let directory = Directory {
        path: "m".to_owned(),
        sources: revisions.iter().enumerate().map(source).collect(),
        lock: None,
        schema_file: None,
    };
    let mut settings = Settings::default();
    settings.lints.insert(Code::MissingLock, Level::Allow);
    settings.lints.insert(Code::MissingDown, Level::Allow);
    check(&directory, &settings, NonZeroUsize::MIN, &Cache::default())
}

fn codes(revisions: &[&str]) -> Vec<Code> {
    checked(revisions).findings.iter().map(|it| it.code).collect()
}

/// The one finding of a chain without ways back.
fn finding(ups: &[&str]) -> Diagnostic {
    let revisions: Vec<String> = ups.iter().map(|up| format!("-- migrate:up\n{up}")).collect();
    let revisions: Vec<&str> = revisions.iter().map(String::as_str).collect();
    let mut found = checked(&revisions).findings;
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn what_an_extension_brings() {
    let table = "CREATE TABLE t (id int, name text, v varchar(9), during tstzrange);";
    for (sql, what, extension) in [
        ("ALTER TABLE t ADD email citext;", "`citext`", "citext"),
        ("ALTER TABLE t ADD emails citext[];", "`citext`", "citext"),
        ("ALTER TABLE t ADD at earth;", "`earth`", "earthdistance CASCADE"),
        ("SELECT similarity(name, 'x') FROM t;", "`similarity`", "pg_trgm"),
        ("SELECT * FROM t WHERE name % 'x';", "such a `%`", "pg_trgm"),
        ("SELECT * FROM t WHERE v % v;", "such a `%`", "pg_trgm"),
        ("SELECT * FROM pg_stat_statements;", "`pg_stat_statements`", "pg_stat_statements"),
        ("CREATE INDEX ON t USING gin (name gin_trgm_ops);", "`gin_trgm_ops`", "pg_trgm"),
        ("CREATE INDEX ON t USING bloom (id);", "`bloom`", "bloom"),
        (
            "ALTER TABLE t ADD EXCLUDE USING gist (id WITH =, during WITH &&);",
            "a default one for this type",
            "btree_gist",
        ),
        ("SELECT uuid_generate_v4();", "`uuid_generate_v4`", "\"uuid-ossp\""),
    ] {
        let help = finding(&[table, sql]).help;
        let name = extension.trim_end_matches(" CASCADE").trim_matches('"');
        let first = format!(
            "{what} comes with the extension {name}: `CREATE EXTENSION {extension}` in a revision"
        );
        assert!(help.contains(&first), "{sql}: {help:#?}");
        assert!(
            help.iter().any(|it| it.contains(&format!("assume CREATE EXTENSION {extension};")))
        );
        assert_eq!(
            codes(&[&format!(
                "-- migrate:up\n-- migrate:assume CREATE EXTENSION {extension};\n{table}\n{sql}"
            )]),
            [],
            "{sql}"
        );
    }
    let elsewhere = "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext;";
    assert_eq!(
        finding(&[elsewhere, "CREATE TABLE t (email citext);"]).help,
        [
            "the extension citext has `citext` in the schema `ext`, which must be named, or be in the \
          search path"
        ]
    );
    let nothing = finding(&[table, "SELECT id -> 'x' FROM t;"]);
    assert_eq!(nothing.help, ["write a cast"]);
}

#[test]
fn names_that_are_not_there() {
    let table = "CREATE TABLE t (id int, name text, CONSTRAINT short CHECK (length(name) < 9));";
    for (ups, help) in [
        (vec!["DROP TABLE tt;"], "a similar name exists: `t`"),
        (vec!["ALTER TABLE t DROP nam;"], "a similar name exists: `name`"),
        (vec!["ALTER TABLE t DROP email;"], "there are: `id`, `name`"),
        (vec!["ALTER TABLE t DROP CONSTRAINT long_enough;"], "there is: `short`"),
        (
            vec!["INSERT INTO people VALUES (1);"],
            "if it is there before the chain begins, say so above the first statement: \
             `-- migrate:assume CREATE TABLE …;`",
        ),
    ] {
        let ups: Vec<&str> = [table].into_iter().chain(ups).collect();
        assert_eq!(finding(&ups).help, [help], "{ups:?}");
    }
    for (change, use_of_it, went) in [
        ("ALTER TABLE t DROP name;", "UPDATE t SET name = '';", "dropped here"),
        ("ALTER TABLE t RENAME name TO n;", "SELECT name FROM t;", "renamed here"),
        ("DROP TABLE t;", "SELECT FROM t;", "dropped here"),
        ("ALTER TABLE t RENAME TO people;", "SELECT FROM t;", "renamed here"),
        (
            "CREATE SCHEMA s; ALTER TABLE t SET SCHEMA s;",
            "TABLE t;",
            "moved to another schema here",
        ),
    ] {
        let finding = finding(&[table, change, use_of_it]);
        let labels: Vec<&str> = finding.secondary.iter().map(|it| it.label.as_str()).collect();
        assert_eq!((labels, finding.help.as_slice()), (vec![went], &[][..]), "{use_of_it}");
    }
}

const OPAQUE: &str = "DO $$ BEGIN EXECUTE (SELECT name FROM t); END $$;";

#[test]
fn after_a_statement_that_is_not_known() {
    let revision = |up: &str| format!("-- migrate:up\nCREATE TABLE t (name text);\n{up}");
    let wrong = "CREATE TABLE u (n int DEFAULT 'x');";
    for (up, found) in [
        (OPAQUE.to_owned(), vec![Code::OpaqueStatement]),
        // What is there is not known.
        (format!("{OPAQUE}\nDROP TABLE u;"), vec![Code::OpaqueStatement]),
        (format!("{OPAQUE}\n{wrong}"), vec![Code::OpaqueStatement, Code::Doubtful]),
        // All is known again.
        (format!("{OPAQUE}\n-- migrate:assume CREATE TABLE u (a int);\nDROP TABLE u;"), vec![]),
        (
            format!("{OPAQUE}\n-- migrate:assume SELECT 1;\nDROP TABLE u;"),
            vec![Code::UndefinedTable],
        ),
        // What is said stands in place of what is found out, but of what code does only.
        (
            "DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD n int'; END $$;\n\
             -- migrate:assume ALTER TABLE t ADD n int;\nSELECT n FROM t;"
                .to_owned(),
            vec![],
        ),
        (
            "CREATE TABLE u (a int);\n-- migrate:assume CREATE TABLE v (a int);\nDROP TABLE u, v;"
                .to_owned(),
            vec![],
        ),
        // A waiver is of a finding, and does not make anything known.
        (
            format!("-- migrate:allow opaque-statement because of this\n{OPAQUE}\nDROP TABLE u;"),
            vec![],
        ),
        (
            format!("{OPAQUE}\n-- migrate:allow doubtful because of that\n{wrong}"),
            vec![Code::OpaqueStatement],
        ),
    ] {
        assert_eq!(codes(&[&revision(&up)]), found, "{up}");
    }
}

#[test]
fn what_is_taken_for_granted_is_no_change() {
    let revision = "-- migrate:up\n\
        -- migrate:assume CREATE EXTENSION citext;\n\
        -- migrate:assume CREATE TABLE people (id bigint PRIMARY KEY);\n\
        CREATE TABLE t (email citext, person bigint REFERENCES people);\n\
        -- migrate:down\nDROP TABLE t;";
    assert_eq!(codes(&[revision]), []);
    // Nor is it gone after the way back.
    assert_eq!(codes(&[revision, "-- migrate:up\nALTER TABLE people ADD name text;"]), []);
}

#[test]
fn a_way_back_is_waived_where_it_is_written() {
    let up = "-- migrate:up\nCREATE TABLE t (a int, b int);\n-- migrate:down\n";
    assert_eq!(codes(&[&format!("{up}DROP TABLE u;")]), [Code::WayBack]);
    assert_eq!(codes(&[&format!("{up}SELECT 1;")]), [Code::WayBack]);
    let waived = format!("{up}-- migrate:allow way-back because the table may stay\nSELECT 1;");
    assert_eq!(codes(&[&waived]), []);
}
