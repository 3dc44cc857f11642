-- Views: their columns, OR REPLACE, what they depend on.

CREATE TABLE t (id int PRIMARY KEY, a int, b text, c varchar(10), n numeric(5, 2));

CREATE VIEW v AS SELECT id, a FROM t;
-- ERROR 42P07: relation "v" already exists
CREATE VIEW v AS SELECT 1 AS x;
-- ERROR 42P07: relation "t" already exists
CREATE VIEW t AS SELECT 1 AS x;
-- ERROR 42703: column "missing" does not exist
CREATE VIEW v2 AS SELECT missing FROM t;
-- ERROR 42P01: relation "missing" does not exist
CREATE VIEW v2 AS SELECT * FROM missing;
-- ERROR 42701: column "a" specified more than once
CREATE VIEW v2 AS SELECT a, a FROM t;
CREATE VIEW v2 (x, y) AS SELECT a, a FROM t;
-- ERROR 42601: CREATE VIEW specifies more column names than columns
CREATE VIEW v3 (x, y) AS SELECT a FROM t;
CREATE VIEW v3 (x) AS SELECT a, b FROM t;
SELECT x, b FROM v3;
-- ERROR 42703: column "a" does not exist
SELECT a FROM v3;
-- ERROR 42701: column "x" specified more than once
CREATE VIEW v4 (x, x) AS SELECT a, b FROM t;
-- ERROR 42701: column "?column?" specified more than once
CREATE VIEW v4 AS SELECT count(*), max(a), a + 1, b || 'x', CASE WHEN a > 0 THEN 1 END, a::text, 'lit' FROM t GROUP BY a, b;
CREATE VIEW v4 AS SELECT count(*), max(a), CASE WHEN a > 0 THEN 1 END, a::text, now(), coalesce(b, ''), EXISTS (SELECT 1), ARRAY[a], (SELECT b FROM t LIMIT 1) AS sub FROM t GROUP BY a, b;
SELECT count, max, "case", a, now, coalesce, exists, "array", sub FROM v4;
-- ERROR 42701: column "?column?" specified more than once
CREATE VIEW v5 AS SELECT a + 1, NULL, 'x' FROM t;
CREATE VIEW v5 AS SELECT a + 1 FROM t;
SELECT "?column?" FROM v5;
CREATE VIEW v6 AS SELECT 'x' AS lit, NULL AS nothing;
SELECT lit || 'x', upper(nothing) FROM v6;
-- ERROR 42701: column "a" specified more than once
CREATE VIEW v7 AS SELECT (t).a, t.*, t AS whole FROM t;
CREATE VIEW v7 AS SELECT t.*, t AS whole FROM t;
SELECT (whole).a, id FROM v7;

-- OR REPLACE: the columns stay, in order, name and type; more may follow.
CREATE OR REPLACE VIEW v AS SELECT id, a, b FROM t;
SELECT b FROM v;
-- ERROR 42P16: cannot drop columns from view
CREATE OR REPLACE VIEW v AS SELECT id, a FROM t;
-- ERROR 42P16: cannot change name of view column "id" to "a"
CREATE OR REPLACE VIEW v AS SELECT a, id, b FROM t;
-- ERROR 42P16: cannot change name of view column "a" to "z"
CREATE OR REPLACE VIEW v AS SELECT id, a AS z, b FROM t;
-- ERROR 42P16: cannot change data type of view column "a" from integer to bigint
CREATE OR REPLACE VIEW v AS SELECT id, a::bigint AS a, b FROM t;
-- ERROR 42P16: cannot change data type of view column "b" from text to character varying(10)
CREATE OR REPLACE VIEW v AS SELECT id, a, c AS b FROM t;
CREATE OR REPLACE VIEW v AS SELECT id, a, c::text AS b FROM t;
-- ERROR 42P16: cannot change collation of view column "b" from "default" to "C"
CREATE OR REPLACE VIEW v AS SELECT id, a, b COLLATE "C" AS b FROM t;
CREATE OR REPLACE VIEW v AS SELECT 1 AS id, 2 AS a, 'x' AS b;
-- ERROR 42809: "t" is not a view
CREATE OR REPLACE VIEW t AS SELECT 1 AS id;
-- ERROR 42703: column "missing" does not exist
CREATE OR REPLACE VIEW v AS SELECT id, a, b, missing FROM t;
CREATE OR REPLACE VIEW v AS SELECT * FROM v;
CREATE VIEW nn AS SELECT n FROM t;
-- ERROR 42P16: cannot change data type of view column "n" from numeric(5,2) to numeric
CREATE OR REPLACE VIEW nn AS SELECT n::numeric AS n FROM t;
CREATE OR REPLACE VIEW fresh AS SELECT 1 AS x;

-- A star is expanded when the view is made.
CREATE VIEW star AS SELECT * FROM t;
ALTER TABLE t ADD COLUMN d int;
-- ERROR 42703: column "d" does not exist
SELECT d FROM star;
CREATE OR REPLACE VIEW star AS SELECT * FROM t;
SELECT d FROM star;
-- ERROR 2BP01: cannot drop column d of table t because other objects depend on it
ALTER TABLE t DROP COLUMN d;
ALTER TABLE t RENAME COLUMN c TO cc;
SELECT c FROM star;
-- ERROR 42703: column "cc" does not exist
SELECT cc FROM star;
-- ERROR 42P16: cannot change name of view column "c" to "cc"
CREATE OR REPLACE VIEW star AS SELECT * FROM t;
ALTER VIEW star RENAME COLUMN c TO cc;
CREATE OR REPLACE VIEW star AS SELECT * FROM t;
DROP VIEW star;
ALTER TABLE t DROP COLUMN d;

-- What a view depends on.
CREATE TABLE u (id int PRIMARY KEY, a int, b int, c int, d int);
CREATE VIEW uses AS SELECT a FROM u WHERE b > 0 ORDER BY c;
-- ERROR 2BP01: cannot drop column a of table u because other objects depend on it
ALTER TABLE u DROP COLUMN a;
-- ERROR 2BP01: cannot drop column b of table u because other objects depend on it
ALTER TABLE u DROP COLUMN b;
-- ERROR 2BP01: cannot drop column c of table u because other objects depend on it
ALTER TABLE u DROP COLUMN c;
ALTER TABLE u DROP COLUMN d;
CREATE VIEW grouped AS SELECT id, a, b FROM u GROUP BY id;
-- ERROR 2BP01: cannot drop constraint u_pkey on table u because other objects depend on it
ALTER TABLE u DROP CONSTRAINT u_pkey;
DROP VIEW grouped;
ALTER TABLE u DROP CONSTRAINT u_pkey;
-- ERROR 42803: column "u.a" must appear in the GROUP BY clause or be used in an aggregate function
CREATE VIEW grouped AS SELECT id, a, b FROM u GROUP BY id;
CREATE VIEW counted AS SELECT count(*) FROM u;
ALTER TABLE u DROP COLUMN id;
-- ERROR 2BP01: cannot drop table u because other objects depend on it
DROP TABLE u;
CREATE VIEW joined AS SELECT t.id FROM t JOIN u USING (a);
-- ERROR 2BP01: cannot drop column a of table u because other objects depend on it
ALTER TABLE u DROP COLUMN a;
ALTER TABLE u DROP COLUMN b CASCADE;
-- ERROR 42P01: relation "uses" does not exist
SELECT * FROM uses;
DROP TABLE u CASCADE;
-- ERROR 42P01: relation "joined" does not exist
SELECT * FROM joined;

-- Kinds and options.
CREATE VIEW checked AS SELECT id, a FROM t WHERE a > 0 WITH CHECK OPTION;
-- ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
CREATE VIEW checked2 AS SELECT count(*) AS n FROM t WITH CHECK OPTION;
CREATE VIEW checked3 WITH (check_option = local, security_barrier) AS SELECT id FROM t;
-- ERROR 22023: unrecognized parameter "nope"
CREATE VIEW checked4 WITH (nope = 1) AS SELECT id FROM t;
CREATE VIEW checked4 WITH (security_invoker = true) AS SELECT id FROM t;
ALTER VIEW checked4 SET (security_invoker = false);
-- ERROR 22023: unrecognized parameter "nope"
ALTER VIEW checked4 SET (nope = false);
ALTER VIEW checked4 ALTER COLUMN id SET DEFAULT 5;
-- ERROR 42703: column "missing" of relation "checked4" does not exist
ALTER VIEW checked4 ALTER COLUMN missing SET DEFAULT 5;
ALTER VIEW checked4 RENAME COLUMN id TO id2;
-- ERROR 42703: column "id" does not exist
ALTER VIEW checked4 RENAME COLUMN id TO id3;
ALTER VIEW checked4 RENAME TO checked5;
-- ERROR 42P01: relation "checked4" does not exist
ALTER VIEW checked4 OWNER TO CURRENT_USER;
ALTER VIEW IF EXISTS checked4 RENAME TO x;
-- ERROR 42809: "t" is not a view
ALTER VIEW t RENAME TO tt;
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 10;
-- ERROR 42P01: relation "missing" does not exist
CREATE RECURSIVE VIEW numbers2 (n) AS SELECT n FROM missing;
CREATE TEMP VIEW temporary AS SELECT 1 AS x;
CREATE TEMP TABLE tt (a int);
CREATE VIEW over_temp AS SELECT * FROM tt;
DROP VIEW over_temp;
-- ERROR 42P02: there is no parameter $1
CREATE VIEW parameters AS SELECT $1;
-- ERROR 0A000: views must not contain SELECT INTO
CREATE VIEW into_view AS SELECT 1 INTO x;
-- ERROR 0A000: views must not contain data-modifying statements in WITH
CREATE VIEW writes AS WITH w AS (DELETE FROM t RETURNING *) SELECT * FROM w;

-- Writing through a view.
INSERT INTO checked (id, a) VALUES (1, 1);
DELETE FROM checked;
CREATE VIEW counted AS SELECT count(*) FROM t;
-- ERROR 55000: cannot insert into view "counted"
INSERT INTO counted VALUES (1);
-- ERROR 55000: cannot insert into view "v4"
INSERT INTO v4 (max) VALUES (1);
-- ERROR 42703: column "missing" of relation "v" does not exist
UPDATE v SET missing = 1;
CREATE VIEW partly AS SELECT id, a + 1 AS next FROM t;
INSERT INTO partly (id) VALUES (2);
-- ERROR 0A000: cannot insert into column "next" of view "partly"
INSERT INTO partly (next) VALUES (2);
-- ERROR 0A000: cannot update column "next" of view "partly"
UPDATE partly SET next = 5;
DELETE FROM partly;
-- ERROR 55000: cannot insert into view "numbers"
INSERT INTO numbers VALUES (1);

-- Materialized.
CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t;
-- ERROR 42P07: relation "mv" already exists
CREATE MATERIALIZED VIEW mv AS SELECT id FROM t;
-- ERROR 42703: column "nothing" does not exist
CREATE MATERIALIZED VIEW IF NOT EXISTS mv AS SELECT nothing;
-- ERROR 42601: syntax error at or near "MATERIALIZED"
CREATE OR REPLACE MATERIALIZED VIEW mv AS SELECT id FROM t;
REFRESH MATERIALIZED VIEW mv;
-- ERROR 55000: cannot refresh materialized view "public.mv" concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
CREATE INDEX ON mv (id);
-- ERROR 55000: cannot refresh materialized view "public.mv" concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
CREATE UNIQUE INDEX mv_part ON mv (id) WHERE a > 0;
-- ERROR 55000: cannot refresh materialized view "public.mv" concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
CREATE UNIQUE INDEX mv_expr ON mv ((id + 1));
-- ERROR 55000: cannot refresh materialized view "public.mv" concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
CREATE UNIQUE INDEX mv_id ON mv (id);
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
-- transaction
REFRESH MATERIALIZED VIEW CONCURRENTLY mv;
-- end
-- ERROR 42601: CONCURRENTLY and WITH NO DATA options cannot be used together
REFRESH MATERIALIZED VIEW CONCURRENTLY mv WITH NO DATA;
-- ERROR 42P01: relation "missing" does not exist
REFRESH MATERIALIZED VIEW missing;
-- ERROR 42809: "v" is not a table or materialized view
REFRESH MATERIALIZED VIEW v;
-- ERROR 42809: cannot change materialized view "mv"
INSERT INTO mv VALUES (1, 2);
-- ERROR 42809: cannot change materialized view "mv"
UPDATE mv SET a = 1;
-- ERROR 42809: cannot change materialized view "mv"
DELETE FROM mv;
-- ERROR 42809: "mv" is not a table
TRUNCATE mv;
-- ERROR 2BP01: cannot drop column a of table t because other objects depend on it
ALTER TABLE t DROP COLUMN a;
ALTER MATERIALIZED VIEW mv RENAME COLUMN a TO z;
SELECT z FROM mv;
-- ERROR 42809: ALTER action ADD COLUMN cannot be performed on relation "mv"
ALTER MATERIALIZED VIEW mv ADD COLUMN q int;
ALTER MATERIALIZED VIEW mv RENAME TO mv2;
-- ERROR 42809: "mv2" is not a view
DROP VIEW mv2;
CREATE MATERIALIZED VIEW empty_one AS SELECT 1 AS x WITH NO DATA;
-- ERROR 55000: materialized view "empty_one" has not been populated
SELECT * FROM empty_one;
CREATE UNIQUE INDEX ON empty_one (x);
-- ERROR 0A000: CONCURRENTLY cannot be used when the materialized view is not populated
REFRESH MATERIALIZED VIEW CONCURRENTLY empty_one;
-- ERROR 0A000: materialized views must not use temporary tables or views
CREATE MATERIALIZED VIEW over_temp_mv AS SELECT * FROM tt;
DROP MATERIALIZED VIEW mv2;
