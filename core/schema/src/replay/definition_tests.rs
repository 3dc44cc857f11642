//! Views, functions, triggers, rules and policies: what a real server of version 15 says to them,
//! and where the finding points.

use super::Replay;
use crate::catalog::{Object, RelationKind};
use crate::{PostgresVersion, sql};

/// A replay in which these statements were run, and nothing was refused.
fn after(text: &str) -> Replay {
    let mut replay = Replay::new(PostgresVersion::default());
    replay.source("test.sql");
    for (statement, said) in run(&mut replay, text) {
        assert_eq!(said, "", "{statement}");
    }
    replay
}

/// Runs statements; gives each with its finding: `SQLSTATE message @ place`.
fn run(replay: &mut Replay, text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for statement in sql::read(text) {
        assert_eq!(statement.error, None, "{text}");
        let tree = statement.tree.as_ref().expect(text);
        let found = replay.run(text, statement.range.clone(), tree);
        let said = found.iter().map(|it| {
            let state = it.code.sqlstate().unwrap_or(it.code.name());
            let place = it.primary.as_ref().map_or("", |it| &text[it.range.clone()]);
            format!("{state} {} @ {place}", it.message)
        });
        all.push((text[statement.range].to_owned(), said.collect::<Vec<_>>().join("; ")));
    }
    all
}

/// Tries each statement on its own, after the same others.
fn check(before: &str, steps: &[(&str, &str)]) {
    let replay = after(before);
    for (statement, expected) in steps {
        let said = run(&mut replay.clone(), statement);
        let said: Vec<&str> = said.iter().map(|(_, said)| said.as_str()).collect();
        assert_eq!(said.join(" | ").trim_matches([' ', '|']), *expected, "{statement}");
    }
}

const TABLES: &str = "
    CREATE TABLE t (id int PRIMARY KEY, a int, b text);
    CREATE TABLE log (id int, what text);
    CREATE VIEW v AS SELECT id, a FROM t;
    CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE FUNCTION f(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT a + b';
";

#[test]
fn views() {
    check(
        TABLES,
        &[
            (
                "CREATE VIEW w AS SELECT a, a FROM t",
                "42701 column \"a\" specified more than once @ a",
            ),
            (
                "CREATE VIEW w (x, y) AS SELECT a FROM t",
                "42601 CREATE VIEW specifies more column names than columns @ y",
            ),
            ("CREATE VIEW w AS SELECT nope FROM t", "42703 column \"nope\" does not exist @ nope"),
            ("CREATE VIEW v AS SELECT 1", "42P07 relation \"v\" already exists @ v"),
            ("CREATE OR REPLACE VIEW v AS SELECT id, a, b FROM t", ""),
            ("CREATE OR REPLACE VIEW v AS SELECT * FROM v; DROP VIEW v", ""),
            (
                "CREATE OR REPLACE VIEW v AS SELECT id FROM t",
                "42P16 cannot drop columns from view @ SELECT id FROM t",
            ),
            (
                "CREATE OR REPLACE VIEW v AS SELECT id, a AS z FROM t",
                "42P16 cannot change name of view column \"a\" to \"z\" @ z",
            ),
            (
                "CREATE OR REPLACE VIEW v AS SELECT id, b AS a FROM t",
                "42P16 cannot change data type of view column \"a\" from integer to text @ a",
            ),
            ("CREATE OR REPLACE VIEW t AS SELECT 1", "42809 \"t\" is not a view @ t"),
            (
                "CREATE VIEW w AS SELECT count(*) FROM t WITH CHECK OPTION",
                "0A000 WITH CHECK OPTION is supported only on automatically updatable views @ \
                 SELECT count(*) FROM t",
            ),
            (
                "CREATE VIEW w WITH (nope) AS SELECT 1",
                "22023 unrecognized parameter \"nope\" @ nope",
            ),
            ("CREATE RECURSIVE VIEW w (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM w", ""),
        ],
    );
}

#[test]
fn views_have_the_columns_of_their_queries() {
    let replay = after(
        "CREATE TABLE t (a numeric(5, 2), b text);
         CREATE VIEW v (x) AS SELECT *, 1 AS one, 'lit' AS lit FROM t;
         CREATE TEMP TABLE s (a int);
         CREATE VIEW over_temporary AS SELECT * FROM s;",
    );
    let catalog = replay.catalog();
    let view = |name: &str| {
        catalog.iter().find_map(|(_, entry)| match &entry.object {
            Object::Relation(it) if it.name == name => Some(it.clone()),
            _ => None,
        })
    };
    let found = view("v").expect("the view");
    assert!(matches!(found.kind, RelationKind::View(_)));
    let columns: Vec<(&str, bool)> = found
        .columns
        .iter()
        .zip(["numeric", "text", "int4", "text"])
        .map(|(column, ty)| (column.name.as_str(), column.ty.ty.is(ty)))
        .collect();
    assert_eq!(columns, [("x", true), ("b", true), ("one", true), ("lit", true)]);
    assert_eq!(found.columns[0].ty.modifier, "5,2");
    let found = view("over_temporary").expect("the temporary view");
    assert_eq!(found.persistence, crate::ast::Persistence::Temporary);
}

#[test]
fn materialized_views() {
    let before = format!(
        "{TABLES} CREATE MATERIALIZED VIEW m AS SELECT * FROM t;
         CREATE MATERIALIZED VIEW empty AS SELECT * FROM t WITH NO DATA;
         CREATE INDEX ON m (id);"
    );
    let not_yet = "55000 cannot refresh materialized view \"public.m\" concurrently @ m";
    check(
        &before,
        &[
            ("REFRESH MATERIALIZED VIEW m", ""),
            ("REFRESH MATERIALIZED VIEW CONCURRENTLY m", not_yet),
            (
                "CREATE UNIQUE INDEX ON m (id) WHERE a > 0; REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                not_yet,
            ),
            ("CREATE UNIQUE INDEX ON m (id); REFRESH MATERIALIZED VIEW CONCURRENTLY m", ""),
            (
                "REFRESH MATERIALIZED VIEW CONCURRENTLY empty",
                "0A000 CONCURRENTLY cannot be used when the materialized view is not populated @ \
                 empty",
            ),
            ("REFRESH MATERIALIZED VIEW t", "0A000 \"t\" is not a materialized view @ t"),
            ("REFRESH MATERIALIZED VIEW v", "42809 \"v\" is not a table or materialized view @ v"),
            ("CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1", ""),
            (
                "CREATE MATERIALIZED VIEW n (a, b) AS SELECT 1",
                "42601 too many column names were specified @ b",
            ),
        ],
    );
}

#[test]
fn functions() {
    check(
        TABLES,
        &[
            (
                "CREATE FUNCTION f(x int, y int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "42723 function \"f\" already exists with same argument types @ f",
            ),
            (
                "CREATE OR REPLACE FUNCTION f(a int, b int DEFAULT 1) RETURNS text LANGUAGE sql \
                 AS 'SELECT 1'",
                "42P13 cannot change return type of existing function @ f",
            ),
            (
                "CREATE OR REPLACE FUNCTION f(z int, b int DEFAULT 1) RETURNS int LANGUAGE sql \
                 AS 'SELECT 1'",
                "42P13 cannot change name of input parameter \"a\" @ f",
            ),
            (
                "CREATE OR REPLACE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "42P13 cannot remove parameter defaults from existing function @ f",
            ),
            (
                "CREATE FUNCTION g(a nope) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "42704 type nope does not exist @ nope",
            ),
            (
                "CREATE FUNCTION g() RETURNS int LANGUAGE nope AS 'SELECT 1'",
                "42704 language \"nope\" does not exist @ nope",
            ),
            (
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql COST 0 AS 'SELECT 1'",
                "22023 COST must be positive @ 0",
            ),
        ],
    );
}

#[test]
fn bodies() {
    check(
        TABLES,
        &[
            (
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS $$SELECT nope FROM t$$",
                "42703 column \"nope\" does not exist @ nope",
            ),
            // In a body with escapes, the place is the whole of it.
            (
                "CREATE FUNCTION g() RETURNS text LANGUAGE sql AS 'SELECT '''' || nope FROM t'",
                "42703 column \"nope\" does not exist @ 'SELECT '''' || nope FROM t'",
            ),
            (
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS $$SELECT 1; SELECT b FROM t$$",
                "42P13 return type mismatch in function declared to return integer @ SELECT b FROM t",
            ),
            (
                "CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS $$SELECT id, a FROM t$$",
                "42P13 return type mismatch in function declared to return t @ SELECT id, a FROM t",
            ),
            (
                "CREATE FUNCTION g(x int) RETURNS int LANGUAGE sql RETURN nope + x",
                "42703 column \"nope\" does not exist @ nope",
            ),
            (
                "CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $$BEGIN RETUR 1; END$$",
                "42601 syntax error at or near \"RETUR\" @ RETUR",
            ),
            ("CREATE FUNCTION g(a t) RETURNS int LANGUAGE sql AS 'SELECT a.a'", ""),
            ("CREATE FUNCTION g(x int) RETURNS int LANGUAGE sql AS 'SELECT g.x'", ""),
            (
                "CREATE FUNCTION g(a t) RETURNS int LANGUAGE sql AS $$SELECT a.b$$",
                "42P13 return type mismatch in function declared to return integer @ SELECT a.b",
            ),
            (
                "SET check_function_bodies = off;
                 CREATE FUNCTION g() RETURNS int LANGUAGE sql AS $$SELECT nope FROM t$$",
                "",
            ),
            (
                "CREATE SCHEMA app; CREATE TABLE app.hidden (a int);
                 CREATE FUNCTION g() RETURNS int LANGUAGE sql SET search_path = app
                 AS $$SELECT a FROM hidden$$",
                "",
            ),
            // What a standard body names cannot be dropped; what a string names can.
            (
                "CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM log);
                 DROP TABLE log",
                "2BP01 cannot drop table log because other objects depend on it @ log",
            ),
            (
                "CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM log';
                 DROP TABLE log",
                "",
            ),
        ],
    );
}

#[test]
fn aggregates() {
    check(
        TABLES,
        &[
            (
                "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int); SELECT total(a) FROM t",
                "",
            ),
            (
                "CREATE AGGREGATE g(int) (SFUNC = nope, STYPE = int)",
                "42883 function nope(integer, integer) does not exist @ nope",
            ),
            (
                "CREATE AGGREGATE g(int) (SFUNC = int4pl)",
                "42P13 aggregate stype must be specified @ g",
            ),
            (
                "CREATE AGGREGATE g(int) (SFUNC = f, STYPE = int); DROP FUNCTION f",
                "2BP01 cannot drop function f(integer,integer) because other objects depend on it @ f",
            ),
        ],
    );
}

#[test]
fn triggers() {
    check(
        TABLES,
        &[
            (
                "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION nope()",
                "42883 function nope() does not exist @ nope",
            ),
            (
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
                 CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()",
                "42P17 function g must return type trigger @ g",
            ),
            (
                "CREATE TRIGGER x BEFORE INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf()",
                "42809 \"v\" is a view @ v",
            ),
            (
                "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW WHEN (OLD.a > 0) \
                 EXECUTE FUNCTION tf()",
                "42P17 INSERT trigger's WHEN condition cannot reference OLD values @ OLD.a",
            ),
            (
                "CREATE TRIGGER x BEFORE UPDATE OF nope ON t FOR EACH ROW EXECUTE FUNCTION tf()",
                "42703 column \"nope\" of relation \"t\" does not exist @ nope",
            ),
            (
                "CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.b = OLD.b) \
                 EXECUTE FUNCTION tf(); ALTER TABLE t DROP COLUMN b",
                "2BP01 cannot drop column b of table t because other objects depend on it @ b",
            ),
            (
                "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
                 DROP FUNCTION tf()",
                "2BP01 cannot drop function tf() because other objects depend on it @ tf()",
            ),
            (
                "CREATE TABLE p (a int) PARTITION BY LIST (a);
                 CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
                 CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION tf();
                 CREATE TRIGGER x AFTER INSERT ON p1 FOR EACH ROW EXECUTE FUNCTION tf()",
                "42710 trigger \"x\" for relation \"p1\" already exists @ x",
            ),
        ],
    );
}

#[test]
fn rules_and_policies() {
    let column =
        "2BP01 cannot drop column what of table log because other objects depend on it @ what";
    let needed = "2BP01 cannot drop table log because other objects depend on it @ log";
    check(
        TABLES,
        &[
            (
                "CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'new');
                 DROP TABLE log",
                needed,
            ),
            (
                "CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (what) VALUES ('new');
                 ALTER TABLE log DROP COLUMN what",
                column,
            ),
            (
                "CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.nope, 'new')",
                "42703 column new.nope does not exist @ nope",
            ),
            (
                "CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (OLD.id, 'x')",
                "42P17 ON INSERT rule cannot use OLD @ OLD.id",
            ),
            (
                "CREATE POLICY p ON t USING (nope = 1)",
                "42703 column \"nope\" does not exist @ nope",
            ),
            (
                "CREATE POLICY p ON t USING (a)",
                "42804 argument of POLICY must be type boolean, not type integer @ a",
            ),
            ("CREATE POLICY p ON t USING (id IN (SELECT id FROM log)); DROP TABLE log", needed),
            (
                "ALTER POLICY p ON t USING (true)",
                "42704 policy \"p\" for table \"t\" does not exist @ p",
            ),
        ],
    );
}
