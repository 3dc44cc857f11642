use super::*;
use crate::PostgresVersion;
use crate::sql;

fn schema(text: &str) -> Replay {
    let mut replay = Replay::new(PostgresVersion::default());
    replay.source("x.sql");
    for statement in sql::read(text) {
        let tree = statement.tree.unwrap_or_else(|| panic!("{:?} of {text}", statement.error));
        let found = replay.run(text, statement.range, &tree);
        assert!(found.is_empty(), "{found:?}");
    }
    replay
}

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    let (a, b) = (schema(from), schema(to));
    let found = diff(&a, b.catalog());
    assert_eq!((&found.left, &found.refused), (&vec![], &vec![]), "{:#?}", found.steps);
    assert_eq!(found.steps, expected);
    let back = diff(&b, a.catalog());
    assert_eq!((&back.left, &back.refused), (&vec![], &vec![]), "{:#?}", back.steps);
    assert!(diff(&b, b.catalog()).is_empty());
}

#[test]
fn columns() {
    check(
        "CREATE TABLE t (a int, b text DEFAULT 'x', c int)",
        "CREATE TABLE t (a bigint NOT NULL, b text DEFAULT 'y', d boolean)",
        &[
            "ALTER TABLE t DROP COLUMN c",
            "ALTER TABLE t ALTER COLUMN a TYPE bigint",
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'y'",
            "ALTER TABLE t ADD COLUMN d boolean",
        ],
    );
}

#[test]
fn a_view_over_a_column_goes_and_comes_back() {
    check(
        "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v",
        "CREATE TABLE t (a text); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v",
        &[
            "DROP VIEW w",
            "DROP VIEW v",
            "ALTER TABLE t ALTER COLUMN a TYPE text",
            "CREATE VIEW v (a) AS\nSELECT a FROM t",
            "CREATE VIEW w (a) AS\nSELECT a FROM v",
        ],
    );
}

#[test]
fn labels() {
    check(
        "CREATE TYPE m AS ENUM ('b', 'd'); CREATE TABLE t (m m DEFAULT 'b')",
        "CREATE TYPE m AS ENUM ('a', 'b', 'c', 'd', 'e'); CREATE TABLE t (m m DEFAULT 'b')",
        &[
            "ALTER TYPE m ADD VALUE 'a' BEFORE 'b'",
            "ALTER TYPE m ADD VALUE 'c' AFTER 'b'",
            "ALTER TYPE m ADD VALUE 'e'",
        ],
    );
}
