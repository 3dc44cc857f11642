//! Statements about objects of any kind, each with what a real server of version 15 says to it.

use super::Replay;
use crate::ast::Persistence;
use crate::catalog::{
    Column, ColumnDefault, ColumnNumber, ColumnType, Constraint, ConstraintKind, ForeignKey, Hole,
    Index, IndexKey, NameSpace, Object, ObjectId, Place, Relation, RelationKind, Sequence,
    SequenceOwner, Table, Text, TypeRef, View,
};
use crate::{Diagnostic, PostgresVersion, sql};

fn run(replay: &mut Replay, text: &str) -> Vec<Diagnostic> {
    let statements = sql::read(text);
    let mut found = Vec::new();
    for statement in &statements {
        assert_eq!(statement.error, None, "{text}");
        let tree = statement.tree.as_ref().expect(text);
        found.extend(replay.run(text, statement.range.clone(), tree));
    }
    found
}

fn new() -> Replay {
    let mut replay = Replay::new(PostgresVersion::default());
    replay.source("test.sql");
    replay
}

/// Runs statements. What is to be refused, `SQLSTATE message`, is tried on a copy.
fn check(replay: &mut Replay, steps: &[(&str, &str)]) {
    for (statement, expected) in steps {
        let mut copy = replay.clone();
        let said = run(if expected.is_empty() { replay } else { &mut copy }, statement);
        let said: Vec<String> = said
            .iter()
            .map(|it| format!("{} {}", it.code.sqlstate().unwrap_or_default(), it.message))
            .collect();
        assert_eq!(said.join("; "), *expected, "{statement}");
        assert_eq!(replay.catalog().opaque, None, "{statement}");
    }
}

#[test]
fn types() {
    check(
        &mut new(),
        &[
            ("CREATE TYPE mood AS ENUM ('sad', 'ok')", ""),
            ("CREATE TYPE mood AS ENUM ('x')", "42710 type \"mood\" already exists"),
            ("CREATE TYPE mood AS (a int)", "42710 type \"mood\" already exists"),
            ("CREATE DOMAIN mood AS int", "42710 type \"mood\" already exists"),
            ("ALTER TYPE mood ADD VALUE 'ok'", "42710 enum label \"ok\" already exists"),
            ("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'", ""),
            (
                "ALTER TYPE mood ADD VALUE 'x' BEFORE 'y'",
                "22023 \"y\" is not an existing enum label",
            ),
            ("ALTER TYPE mood ADD VALUE 'meh' AFTER 'sad'", ""),
            (
                "ALTER TYPE mood RENAME VALUE 'y' TO 'z'",
                "22023 \"y\" is not an existing enum label",
            ),
            (
                "ALTER TYPE mood RENAME VALUE 'ok' TO 'sad'",
                "42710 enum label \"sad\" already exists",
            ),
            ("ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'", ""),
            ("ALTER TYPE nope ADD VALUE 'x'", "42704 type \"nope\" does not exist"),
            ("ALTER TYPE nope.t ADD VALUE 'x'", "3F000 schema \"nope\" does not exist"),
            ("CREATE TYPE nope.t AS ENUM ()", "3F000 schema \"nope\" does not exist"),
            ("CREATE TYPE c AS (a int, b mood)", ""),
            ("CREATE TYPE d AS (a int, a text)", "42701 column \"a\" specified more than once"),
            ("CREATE TYPE d AS (a nope)", "42704 type \"nope\" does not exist"),
            ("ALTER TYPE c ADD VALUE 'x'", "42809 c is not an enum"),
            (
                "ALTER TYPE c ADD ATTRIBUTE a int",
                "42701 column \"a\" of relation \"c\" already exists",
            ),
            (
                "ALTER TYPE c DROP ATTRIBUTE x",
                "42703 column \"x\" of relation \"c\" does not exist",
            ),
            ("ALTER TYPE c DROP ATTRIBUTE IF EXISTS x", ""),
            ("ALTER TYPE c RENAME ATTRIBUTE x TO y", "42703 column \"x\" does not exist"),
            (
                "ALTER TYPE c RENAME ATTRIBUTE a TO b",
                "42701 column \"b\" of relation \"c\" already exists",
            ),
        ],
    );
    check(
        &mut new(),
        &[
            ("CREATE TYPE r AS RANGE (subtype = float8)", ""),
            ("CREATE TYPE r_multirange AS ENUM ()", "42710 type \"r_multirange\" already exists"),
            ("CREATE TYPE myrange AS RANGE (subtype = int4)", ""),
            ("CREATE TYPE mymultirange AS ENUM ()", "42710 type \"mymultirange\" already exists"),
            ("CREATE TYPE r2 AS RANGE (subtype = nope)", "42704 type \"nope\" does not exist"),
            ("CREATE TYPE sh", ""),
            ("CREATE TYPE sh", "42710 type \"sh\" already exists"),
            ("CREATE TYPE b (input = int4in, output = int4out)", "42710 type \"b\" does not exist"),
            ("DROP TYPE r", ""),
            ("CREATE TYPE r_multirange AS ENUM ()", ""),
        ],
    );
}

#[test]
fn domains() {
    let mut replay = new();
    check(
        &mut replay,
        &[
            (
                "CREATE DOMAIN d AS int CHECK (VALUE > 0) CHECK (VALUE < 9) CONSTRAINT c CHECK (VALUE <> 5)",
                "",
            ),
            ("CREATE DOMAIN x AS nope", "42704 type \"nope\" does not exist"),
            ("CREATE DOMAIN x AS record", "42804 \"record\" is not a valid base type for a domain"),
            ("CREATE DOMAIN x AS int NOT NULL NULL", "42601 conflicting NULL/NOT NULL constraints"),
            ("CREATE DOMAIN x AS int DEFAULT 1 DEFAULT 2", "42601 multiple default expressions"),
            (
                "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 1)",
                "42710 constraint \"c\" for domain \"d\" already exists",
            ),
            (
                "ALTER DOMAIN d DROP CONSTRAINT x",
                "42704 constraint \"x\" of domain \"d\" does not exist",
            ),
            ("ALTER DOMAIN d DROP CONSTRAINT IF EXISTS x", ""),
            (
                "ALTER DOMAIN d RENAME CONSTRAINT c TO d_check",
                "42710 constraint \"d_check\" for domain d already exists",
            ),
            ("ALTER DOMAIN d RENAME CONSTRAINT c TO cc", ""),
            (
                "COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'",
                "42704 constraint \"c\" for domain d does not exist",
            ),
            ("COMMENT ON CONSTRAINT cc ON DOMAIN d IS 'x'", ""),
            ("ALTER DOMAIN nope SET NOT NULL", "42704 type \"nope\" does not exist"),
            ("CREATE DOMAIN e AS d[]", ""),
            ("DROP DOMAIN d", "2BP01 cannot drop type d because other objects depend on it"),
            ("DROP TYPE _d", "2BP01 cannot drop type d[] because type d requires it"),
            ("DROP DOMAIN d, e", ""),
            ("DROP DOMAIN d", "42704 type \"d\" does not exist"),
            (
                "DROP TYPE int4",
                "2BP01 cannot drop type integer because it is required by the database system",
            ),
        ],
    );
    let mut replay = new();
    run(&mut replay, "CREATE DOMAIN d AS int CHECK (VALUE > 0) CHECK (VALUE < 9)");
    let public = replay.catalog().named(NameSpace::Schema, None, "public")[0];
    let d = replay.catalog().named(NameSpace::Type, Some(public), "d")[0];
    let names: Vec<&str> = replay.catalog().names(NameSpace::Constraint, Some(d)).collect();
    assert_eq!(names, ["d_check", "d_check1"]);
}

#[test]
fn schemas_and_extensions() {
    check(
        &mut new(),
        &[
            ("CREATE SCHEMA s", ""),
            ("CREATE SCHEMA s", "42P06 schema \"s\" already exists"),
            ("CREATE SCHEMA IF NOT EXISTS s", ""),
            ("CREATE SCHEMA pg_x", "42939 unacceptable schema name \"pg_x\""),
            ("ALTER SCHEMA s RENAME TO public", "42P06 schema \"public\" already exists"),
            ("ALTER SCHEMA nope RENAME TO x", "3F000 schema \"nope\" does not exist"),
            ("CREATE TYPE s.e AS ENUM ('a')", ""),
            ("DROP SCHEMA s", "2BP01 cannot drop schema s because other objects depend on it"),
            ("CREATE EXTENSION citext SCHEMA s", ""),
            ("CREATE EXTENSION citext", "42710 extension \"citext\" already exists"),
            ("CREATE EXTENSION IF NOT EXISTS citext", ""),
            ("CREATE EXTENSION hstore SCHEMA nope", "3F000 schema \"nope\" does not exist"),
            (
                "CREATE EXTENSION earthdistance",
                "42704 required extension \"cube\" is not installed",
            ),
            ("CREATE EXTENSION earthdistance CASCADE", ""),
            ("CREATE EXTENSION cube", "42710 extension \"cube\" already exists"),
            ("CREATE EXTENSION plpgsql", "42710 extension \"plpgsql\" already exists"),
            ("CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog", ""),
            ("CREATE TYPE c AS (a s.citext)", ""),
            (
                "DROP EXTENSION citext",
                "2BP01 cannot drop extension citext because other objects depend on it",
            ),
            ("ALTER EXTENSION citext SET SCHEMA public", ""),
            ("DROP EXTENSION nope", "42704 extension \"nope\" does not exist"),
            ("ALTER SCHEMA s RENAME TO s2", ""),
            ("DROP SCHEMA s", "3F000 schema \"s\" does not exist"),
            ("DROP SCHEMA IF EXISTS s", ""),
            ("DROP SCHEMA s2 CASCADE", ""),
            ("CREATE EXTENSION not_known_here", ""),
        ],
    );
}

#[test]
fn names_and_their_clashes() {
    check(
        &mut new(),
        &[
            ("CREATE TYPE mood AS ENUM ('a')", ""),
            ("CREATE TYPE c AS (a int)", ""),
            ("ALTER TYPE mood RENAME TO c", "42710 type \"c\" already exists"),
            ("ALTER DOMAIN mood RENAME TO x", "42809 mood is not a domain"),
            ("ALTER TABLE c RENAME TO x", "42809 \"c\" is a composite type"),
            ("COMMENT ON TABLE c IS 'x'", "42809 \"c\" is not a table"),
            ("DROP TABLE c", "42809 \"c\" is not a table"),
            ("COMMENT ON COLUMN c.a IS 'x'", ""),
            ("COMMENT ON COLUMN c.b IS 'x'", "42703 column \"b\" of relation \"c\" does not exist"),
            ("COMMENT ON COLUMN nope.b IS 'x'", "42P01 relation \"nope\" does not exist"),
            ("COMMENT ON TABLE nope IS 'x'", "42P01 relation \"nope\" does not exist"),
            ("COMMENT ON TABLE nope.t IS 'x'", "3F000 schema \"nope\" does not exist"),
            ("GRANT SELECT ON nope TO u", "42P01 relation \"nope\" does not exist"),
            ("GRANT SELECT ON c TO u", "42809 \"c\" is a composite type"),
            ("GRANT USAGE ON TYPE mood TO u", ""),
            ("GRANT USAGE ON SCHEMA nope TO u", "3F000 schema \"nope\" does not exist"),
            ("GRANT EXECUTE ON FUNCTION nope() TO u", "42883 function nope() does not exist"),
            ("CREATE SCHEMA s", ""),
            ("CREATE TYPE s.mood AS ENUM ()", ""),
            ("ALTER TYPE mood SET SCHEMA s", "42710 type \"mood\" already exists in schema \"s\""),
            ("ALTER TYPE mood SET SCHEMA nope", "3F000 schema \"nope\" does not exist"),
            ("ALTER TYPE c SET SCHEMA s", ""),
            ("DROP TYPE c", "42704 type \"c\" does not exist"),
            ("DROP TYPE s.c", ""),
            ("DROP TABLE pg_class", "42501 permission denied: \"pg_class\" is a system catalog"),
            ("DROP FUNCTION nope", "42883 could not find a function named \"nope\""),
            (
                "DROP FUNCTION nope(int, varchar)",
                "42883 function nope(integer, character varying) does not exist",
            ),
            ("DROP FUNCTION IF EXISTS nope.f(int), g(nope)", ""),
            ("DROP PROCEDURE now()", "42809 now() is not a procedure"),
            ("DROP TRIGGER x ON nope", "42P01 relation \"nope\" does not exist"),
            ("DROP TRIGGER IF EXISTS x ON nope", ""),
        ],
    );
}

#[test]
fn other_objects() {
    check(
        &mut new(),
        &[
            ("CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq)", ""),
            (
                "CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq)",
                "42723 operator === already exists",
            ),
            (
                "CREATE OPERATOR ==== (leftarg = int, rightarg = int, function = nope)",
                "42883 function nope(integer, integer) does not exist",
            ),
            (
                "DROP OPERATOR ==== (int, int)",
                "42883 operator does not exist: integer ==== integer",
            ),
            ("COMMENT ON OPERATOR === (int, int) IS 'x'", ""),
            ("DROP OPERATOR === (int, int)", ""),
            ("DROP COLLATION \"de_DE\"", ""),
            ("CREATE COLLATION c FROM \"C\"", ""),
            ("CREATE COLLATION c FROM \"C\"", "42710 collation \"c\" already exists"),
            ("CREATE COLLATION IF NOT EXISTS c FROM \"C\"", ""),
            ("CREATE FOREIGN DATA WRAPPER w", ""),
            ("CREATE SERVER s FOREIGN DATA WRAPPER w", ""),
            ("CREATE SERVER s FOREIGN DATA WRAPPER w", "42710 server \"s\" already exists"),
            (
                "CREATE SERVER s2 FOREIGN DATA WRAPPER nope",
                "42704 foreign-data wrapper \"nope\" does not exist",
            ),
            ("CREATE USER MAPPING FOR u SERVER s", ""),
            (
                "CREATE USER MAPPING FOR u SERVER s",
                "42710 user mapping for \"u\" already exists for server \"s\"",
            ),
            ("CREATE TYPE mood AS ENUM ('a')", ""),
            ("CREATE CAST (mood AS int) WITH INOUT", ""),
            (
                "CREATE CAST (mood AS int) WITH INOUT",
                "42710 cast from type mood to type integer already exists",
            ),
            ("DROP CAST (int AS mood)", "42704 cast from type integer to type mood does not exist"),
            ("DROP TYPE mood", "2BP01 cannot drop type mood because other objects depend on it"),
            ("DROP CAST (mood AS int)", ""),
            ("DROP TYPE mood", ""),
            ("CREATE PUBLICATION p", ""),
            ("CREATE PUBLICATION p", "42710 publication \"p\" already exists"),
            ("CREATE PUBLICATION q FOR TABLE nope", "42P01 relation \"nope\" does not exist"),
            ("ALTER PUBLICATION nope ADD TABLE t", "42704 publication \"nope\" does not exist"),
            ("CREATE OPERATOR FAMILY f USING btree", ""),
            (
                "CREATE OPERATOR FAMILY f USING btree",
                "42710 operator family \"f\" for access method \"btree\" already exists",
            ),
            ("CREATE OPERATOR FAMILY f USING nope", "42704 access method \"nope\" does not exist"),
            ("CREATE ROLE r", ""),
            ("CREATE ROLE r", ""),
            ("DROP ROLE r", ""),
            (
                "ALTER DEFAULT PRIVILEGES IN SCHEMA nope GRANT SELECT ON TABLES TO r",
                "3F000 schema \"nope\" does not exist",
            ),
            (
                "CREATE TEXT SEARCH CONFIGURATION tc (copy = nope)",
                "42704 text search configuration \"nope\" does not exist",
            ),
            ("CREATE TEXT SEARCH CONFIGURATION tc (copy = simple)", ""),
            ("CREATE STATISTICS st ON a, b FROM nope", "42P01 relation \"nope\" does not exist"),
        ],
    );
}

#[test]
#[ignore = "texts have no holes yet"]
fn what_a_statement_names_is_needed() {
    check(
        &mut new(),
        &[
            ("CREATE FOREIGN DATA WRAPPER w", ""),
            ("CREATE SERVER s FOREIGN DATA WRAPPER w", ""),
            ("CREATE USER MAPPING FOR u SERVER s", ""),
            ("DROP SERVER s", "2BP01 cannot drop server s because other objects depend on it"),
            (
                "DROP FOREIGN DATA WRAPPER w",
                "2BP01 cannot drop foreign-data wrapper w because other objects depend on it",
            ),
            ("DROP FOREIGN DATA WRAPPER w CASCADE", ""),
            ("DROP SERVER s", "42704 server \"s\" does not exist"),
        ],
    );
}

/// Tables as they are after `CREATE TABLE t (id serial PRIMARY KEY, a int)`,
/// `CREATE TABLE u (t int REFERENCES t)`, `CREATE INDEX i ON t (a)`,
/// `CREATE VIEW v AS SELECT a FROM t`.
struct Made {
    replay: Replay,
    t: ObjectId,
    u: ObjectId,
}

fn made() -> Made {
    let mut replay = new();
    let catalog = replay.catalog_mut();
    let schema = catalog.named(NameSpace::Schema, None, "public")[0];
    let place = Place::BEFORE;
    let int = || ColumnType::plain(TypeRef::catalog("int4"));
    let column = |number, name: &str| Column::new(ColumnNumber(number), name, int(), place);
    let relation = |name: &str, kind, columns: Vec<Column>| {
        Object::Relation(Relation {
            schema,
            name: name.to_owned(),
            kind,
            next_column: 9,
            columns,
            persistence: Persistence::Permanent,
            options: Vec::new(),
            access_method: None,
            tablespace: None,
        })
    };
    let table = || RelationKind::Table(Table::default());
    let t = catalog.insert(relation("t", table(), vec![column(1, "id"), column(2, "a")]), place);
    let u = catalog.insert(relation("u", table(), vec![column(1, "t")]), place);
    let (id, a) = (ColumnNumber(1), ColumnNumber(2));
    let owner = Some(SequenceOwner { table: t, column: id, identity: false });
    let sequence = RelationKind::Sequence(Sequence {
        data_type: "int4",
        start: 1,
        increment: 1,
        min: 1,
        max: 9,
        cache: 1,
        cycle: false,
        owner,
    });
    let sequence = catalog.insert(relation("t_id_seq", sequence, Vec::new()), place);
    let index = |column, constraint| {
        let text = Text::hole(Hole::Column(t, column));
        let name = String::new();
        let key = IndexKey { column: Some(column), name, ty: TypeRef::UNKNOWN, text, plain: true };
        RelationKind::Index(Index {
            table: t,
            method: "btree".to_owned(),
            unique: true,
            nulls_not_distinct: false,
            keys: vec![key],
            include: Vec::new(),
            predicate: None,
            valid: true,
            constraint,
            parent: None,
        })
    };
    let pkey = catalog.insert(relation("t_pkey", index(id, None), Vec::new()), place);
    let mut primary = Constraint::new(t, "t_pkey", ConstraintKind::PrimaryKey(pkey));
    primary.columns = vec![id];
    let primary = catalog.insert(Object::Constraint(primary), place);
    catalog.update_relation(pkey, |it| it.kind = index(id, Some(primary)));
    catalog.insert(relation("i", index(a, None), Vec::new()), place);
    let key = ConstraintKind::ForeignKey(ForeignKey {
        table: t,
        columns: vec![id],
        index: pkey,
        matching: crate::ast::MatchType::Simple,
        on_delete: crate::catalog::Action::NoAction,
        on_update: crate::catalog::Action::NoAction,
        period: false,
        parent: None,
    });
    let mut key = Constraint::new(u, "u_t_fkey", key);
    key.columns = vec![id];
    catalog.insert(Object::Constraint(key), place);
    let mut query = Text::plain("SELECT ");
    query.push_hole(Hole::Column(t, a));
    query.push(" FROM ");
    query.push_hole(Hole::Object(t));
    let view = RelationKind::View(View { query, check_option: None });
    catalog.insert(relation("v", view, vec![column(1, "a")]), place);
    let mut default = Text::plain("nextval(");
    default.push_hole(Hole::Literal(sequence));
    default.push("::regclass)");
    catalog.update_relation(t, |it| {
        if let Some(column) = it.column_mut(id) {
            column.default = ColumnDefault::Expression(default);
        }
    });
    Made { replay, t, u }
}

#[test]
fn what_stands_in_the_way() {
    let Made { mut replay, .. } = made();
    check(
        &mut replay,
        &[
            ("DROP TABLE t", "2BP01 cannot drop table t because other objects depend on it"),
            (
                "DROP TABLE t, u",
                "2BP01 cannot drop desired object(s) because other objects depend on them",
            ),
            (
                "DROP SEQUENCE t_id_seq",
                "2BP01 cannot drop sequence t_id_seq because other objects depend on it",
            ),
            (
                "DROP INDEX t_pkey",
                "2BP01 cannot drop index t_pkey because constraint t_pkey on table t requires it",
            ),
            ("DROP TYPE t", "2BP01 cannot drop type t because table t requires it"),
            ("DROP VIEW t", "42809 \"t\" is not a view"),
            ("DROP INDEX v", "42809 \"v\" is not an index"),
            ("ALTER TABLE t RENAME COLUMN x TO y", "42703 column \"x\" does not exist"),
            (
                "ALTER TABLE t RENAME COLUMN a TO id",
                "42701 column \"id\" of relation \"t\" already exists",
            ),
            (
                "ALTER TABLE t RENAME COLUMN a TO ctid",
                "42701 column name \"ctid\" conflicts with a system column name",
            ),
            ("ALTER TABLE t RENAME TO u", "42P07 relation \"u\" already exists"),
            ("ALTER TABLE t RENAME TO t_id_seq", "42P07 relation \"t_id_seq\" already exists"),
            (
                "ALTER TABLE t RENAME CONSTRAINT x TO y",
                "42704 constraint \"x\" for table \"t\" does not exist",
            ),
            ("ALTER SEQUENCE t_id_seq SET SCHEMA public", ""),
            ("ALTER TYPE t RENAME TO x", "42809 t is a table's row type"),
            ("ALTER VIEW t RENAME TO x", "42809 \"t\" is not a view"),
            (
                "DROP INDEX CONCURRENTLY i, t_pkey",
                "0A000 DROP INDEX CONCURRENTLY does not support dropping multiple objects",
            ),
            ("GRANT SELECT (x) ON t TO r", "42703 column \"x\" of relation \"t\" does not exist"),
            ("GRANT USAGE ON SEQUENCE t TO r", "42809 \"t\" is not a sequence"),
            ("DROP VIEW v", ""),
            ("DROP TABLE t, u", ""),
            ("DROP SEQUENCE t_id_seq", "42P01 sequence \"t_id_seq\" does not exist"),
            ("DROP INDEX i", "42704 index \"i\" does not exist"),
        ],
    );
}

#[test]
fn cascade_takes_the_dependents_and_no_more() {
    let Made { mut replay, t, u } = made();
    check(&mut replay, &[("DROP SEQUENCE t_id_seq CASCADE", ""), ("DROP TABLE t CASCADE", "")]);
    let catalog = replay.catalog();
    assert!(catalog.get(t).is_none());
    assert_eq!(catalog.names(NameSpace::Constraint, Some(u)).count(), 0);
    let schema = catalog.named(NameSpace::Schema, None, "public")[0];
    let left: Vec<&str> = catalog.names(NameSpace::Relation, Some(schema)).collect();
    assert_eq!(left, ["u"]);

    let Made { mut replay, t, .. } = made();
    check(&mut replay, &[("DROP SEQUENCE t_id_seq CASCADE", "")]);
    let id = replay.catalog().relation(t).and_then(|it| it.column("id")).expect("a column");
    assert_eq!(id.default, ColumnDefault::None);
}

#[test]
fn what_moves_and_changes_its_name_along() {
    let Made { mut replay, t, .. } = made();
    check(
        &mut replay,
        &[
            ("CREATE SCHEMA s", ""),
            ("ALTER INDEX t_pkey RENAME TO pk", ""),
            ("ALTER TABLE t RENAME CONSTRAINT pk TO key", ""),
            ("ALTER TABLE t SET SCHEMA s", ""),
            (
                "DROP INDEX s.key",
                "2BP01 cannot drop index s.key because constraint key on table s.t requires it",
            ),
            (
                "ALTER SEQUENCE s.t_id_seq SET SCHEMA public",
                "0A000 cannot move an owned sequence into another schema",
            ),
            ("CREATE PUBLICATION p FOR TABLE s.t, u", ""),
            (
                "ALTER PUBLICATION p ADD TABLE u",
                "42710 relation \"u\" is already member of publication \"p\"",
            ),
            ("ALTER PUBLICATION p DROP TABLE u", ""),
            (
                "ALTER PUBLICATION p DROP TABLE u",
                "42704 relation \"u\" is not part of the publication",
            ),
            ("DROP VIEW v", ""),
            ("DROP TABLE u", ""),
            ("COMMENT ON TABLE s.t IS 'x'", ""),
            ("GRANT SELECT, INSERT ON s.t TO r, PUBLIC", ""),
            ("REVOKE INSERT ON s.t FROM r", ""),
        ],
    );
    let entry = replay.catalog().get(t).expect("the table");
    assert_eq!(entry.comment.as_deref(), Some("x"));
    let grants: Vec<String> = entry
        .grants
        .iter()
        .map(|it| format!("{}: {}", it.role, it.privileges.join(", ")))
        .collect();
    assert_eq!(grants, ["PUBLIC: INSERT, SELECT", "r: SELECT"]);
    check(&mut replay, &[("DROP TABLE s.t", ""), ("DROP SCHEMA s", "")]);
}
