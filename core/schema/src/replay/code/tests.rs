//! Blocks, and what is known behind them. What is certain here is what a server of version 15 does.

use crate::replay::Replay;
use crate::{Diagnostic, PostgresVersion, sql};

/// What is said of statements: `SQLSTATE message`, or the name of the check.
fn said(text: &str) -> Vec<String> {
    let mut replay = Replay::new(PostgresVersion::default());
    replay.source("test.sql");
    let say = |it: Diagnostic| match it.code.sqlstate() {
        Some(state) => format!("{state} {}", it.message),
        None => it.code.name().to_owned(),
    };
    let run = |statement: &sql::Statement| {
        assert_eq!(statement.error, None, "{text}");
        let tree = statement.tree.as_ref().expect(text);
        replay.run(text, statement.range.clone(), tree)
    };
    sql::read(text).iter().flat_map(run).map(say).collect()
}

const TABLES: &str = "CREATE TABLE t (a int, b varchar(5) DEFAULT 7); CREATE TABLE u (x int);\n";

/// Runs a body, and then statements that are refused as said, or not at all.
#[track_caller]
fn body(body: &str, then: &str, expected: &[&str]) {
    let text =
        format!("{TABLES}DO $$ DECLARE r record; n int; s text; BEGIN {body} END $$;\n{then}");
    assert_eq!(said(&text), expected, "{text}");
}

#[test]
fn the_systems_views_say_what_is_there() {
    let there = "SELECT x FROM made";
    for condition in [
        "EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'a')",
        "NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'v')",
        "(SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname IN ('a', 'b')) = 2",
        "to_regclass('public.v') IS NULL AND to_regclass('t') IS NOT NULL",
        "EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE n.nspname = current_schema() AND c.relname = 'u' AND c.relkind = 'r')",
        "(SELECT character_maximum_length FROM information_schema.columns \
         WHERE table_name = 't' AND column_name = 'b') < 10",
        "'u' = ANY (ARRAY(SELECT relname FROM pg_class WHERE relname = 'u'))",
        "NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'p')",
    ] {
        let text = format!("IF {condition} THEN CREATE TABLE made (x int); END IF;");
        body(&text, there, &[]);
        let text = format!("IF NOT ({condition}) THEN CREATE TABLE made (x int); END IF;");
        body(&text, there, &["42P01 relation \"made\" does not exist"]);
    }
    // Nothing is said of rows, of what the server has, and of what it may have.
    for condition in [
        "EXISTS (SELECT 1 FROM t)",
        "EXISTS (SELECT 1 FROM pg_class WHERE relname LIKE 'sql%')",
        "(SELECT count(*) FROM pg_tables) = 2",
        "EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'r')",
    ] {
        let text = format!("IF {condition} THEN CREATE TABLE made (x int); END IF;");
        body(&text, "SELECT x FROM made; CREATE TABLE made (y int); SELECT y FROM made", &[]);
    }
}

#[test]
fn variables_have_what_was_found() {
    let gone = &["42703 column \"a\" does not exist"];
    for statements in [
        "SELECT attname INTO s FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 1 AND NOT attisdropped; \
         EXECUTE format('ALTER TABLE t DROP COLUMN %I', s);",
        "PERFORM 1 FROM pg_class WHERE relname = 't'; \
         IF FOUND THEN ALTER TABLE t DROP COLUMN a; END IF;",
        "FOR r IN SELECT tablename, schemaname FROM pg_tables WHERE schemaname = 'public' \
         AND tablename = 't' LOOP \
         EXECUTE 'ALTER TABLE ' || quote_ident(r.tablename) || ' DROP COLUMN a'; END LOOP;",
        "FOREACH s IN ARRAY ARRAY['t'] LOOP \
         EXECUTE 'ALTER TABLE ' || s || ' DROP COLUMN IF EXISTS a'; END LOOP;",
        "s := 'a'; IF s = 'a' THEN ALTER TABLE t DROP COLUMN a; END IF;",
    ] {
        body(statements, "SELECT a FROM t", gone);
    }
    for statements in [
        "SELECT a INTO s FROM t; IF s IS NULL THEN ALTER TABLE t DROP COLUMN a; END IF;",
        "FOR r IN SELECT a FROM t LOOP ALTER TABLE t DROP COLUMN a; END LOOP;",
        "s := 'x'; FOR r IN SELECT a FROM t LOOP s := 'a'; END LOOP; \
         IF s = 'a' THEN ALTER TABLE t DROP COLUMN a; END IF;",
        "IF EXISTS (SELECT 1 FROM t) THEN RETURN; END IF; ALTER TABLE t DROP COLUMN a;",
    ] {
        body(statements, "SELECT a FROM t; ALTER TABLE t ADD COLUMN a int;", &[]);
    }
}

#[test]
fn sql_that_is_known_in_part_is_about_what_it_names() {
    let wrong = "SELECT z FROM u";
    let refused = "42703 column \"z\" does not exist";
    for statement in [
        "EXECUTE 'DROP TABLE IF EXISTS part_' || n",
        "EXECUTE format('CREATE TABLE part_%s () INHERITS (u)', n)",
        "EXECUTE format('ALTER TABLE t ADD COLUMN %I int', s)",
        "EXECUTE format('GRANT SELECT ON t TO %I', s)",
        "EXECUTE 'SELECT * FROM ' || s INTO n",
        "EXECUTE format('CREATE INDEX i_%s ON part_%s (x)', n, n)",
    ] {
        let unknown = format!("SELECT a, b INTO n, s FROM t; {statement};");
        body(&unknown, wrong, &[refused]);
        body(
            &unknown,
            "SELECT q FROM t; SELECT q FROM part_7; DROP INDEX i_7",
            match statement {
                it if it.contains("part_") && !it.contains("i_%s") => {
                    &["42703 column \"q\" does not exist", "42704 index \"i_7\" does not exist"]
                }
                it if it.contains("i_%s") => &["42703 column \"q\" does not exist"],
                it if it.contains("ADD COLUMN") => &[
                    "42P01 relation \"part_7\" does not exist",
                    "42704 index \"i_7\" does not exist",
                ],
                _ => &[
                    "42703 column \"q\" does not exist",
                    "42P01 relation \"part_7\" does not exist",
                    "42704 index \"i_7\" does not exist",
                ],
            },
        );
    }
    let anything = "SELECT b INTO s FROM t; EXECUTE s;";
    body(anything, wrong, &["opaque-statement"]);
    let any_table = "SELECT b INTO s FROM t; EXECUTE 'ALTER TABLE ' || s || ' ADD COLUMN z int';";
    body(any_table, wrong, &["opaque-statement"]);
}

#[test]
fn what_is_uncertain_stays_so() {
    // A table with an uncertain constraint has an uncertain index, too.
    body(
        "SELECT b INTO s FROM t; ALTER TABLE u ADD CONSTRAINT k UNIQUE (x); \
         EXECUTE 'ALTER TABLE u DROP CONSTRAINT ' || s;",
        "CREATE INDEX k ON u (x); ALTER TABLE u DROP CONSTRAINT k",
        &[],
    );
    // A branch that changes nothing leaves nothing uncertain.
    body(
        "IF EXISTS (SELECT 1 FROM t) THEN ALTER TABLE t ALTER COLUMN b TYPE varchar(5); END IF;",
        "SELECT z FROM t",
        &["42703 column \"z\" does not exist"],
    );
}
