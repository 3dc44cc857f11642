-- What looks wrong, and is not: the server accepts every statement here.

-- Forward and missing references that nobody looks at yet.
CREATE FUNCTION later() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM not_yet); END';
CREATE FUNCTION drops() RETURNS void LANGUAGE plpgsql AS 'BEGIN DROP TABLE not_there; PERFORM nothing(1, 2); END';
DO $$ BEGIN IF 1 = 2 THEN PERFORM * FROM not_there; END IF; END $$;
CREATE TABLE not_yet (a int);
SELECT later();
DROP TABLE not_yet;

-- IF EXISTS of everything.
DROP TABLE IF EXISTS a, b.c, "D";
DROP TABLE IF EXISTS nowhere.t CASCADE;
DROP VIEW IF EXISTS nowhere.v;
DROP INDEX IF EXISTS nowhere.i;
DROP SEQUENCE IF EXISTS s;
DROP TYPE IF EXISTS nowhere.t, u;
DROP DOMAIN IF EXISTS d;
DROP FUNCTION IF EXISTS f, g(int), h(nowhere.t), i(nope[]);
DROP AGGREGATE IF EXISTS agg(int);
DROP PROCEDURE IF EXISTS p();
DROP OPERATOR IF EXISTS @@@@ (nope, int);
DROP OPERATOR CLASS IF EXISTS oc USING btree;
DROP CAST IF EXISTS (nope AS nope2);
DROP TRIGGER IF EXISTS tr ON nowhere.t;
DROP POLICY IF EXISTS p ON t;
DROP RULE IF EXISTS r ON t;
DROP SCHEMA IF EXISTS nowhere CASCADE;
DROP EXTENSION IF EXISTS nope;
DROP EVENT TRIGGER IF EXISTS et;
DROP PUBLICATION IF EXISTS p;
DROP SUBSCRIPTION IF EXISTS s;
DROP COLLATION IF EXISTS c;
DROP STATISTICS IF EXISTS st;
DROP TEXT SEARCH CONFIGURATION IF EXISTS c;
DROP SERVER IF EXISTS s;
DROP FOREIGN DATA WRAPPER IF EXISTS w;
DROP FOREIGN TABLE IF EXISTS ft;
DROP MATERIALIZED VIEW IF EXISTS mv;
DROP ROLE IF EXISTS nobody;
DROP USER MAPPING IF EXISTS FOR CURRENT_USER SERVER s;
DROP LANGUAGE IF EXISTS nope;
DROP ACCESS METHOD IF EXISTS am;
ALTER TABLE IF EXISTS t ADD COLUMN a nope REFERENCES nothing;
ALTER TABLE IF EXISTS t DROP CONSTRAINT c, ALTER COLUMN b TYPE nope;
ALTER TABLE IF EXISTS nowhere.t RENAME TO u;
ALTER INDEX IF EXISTS i RENAME TO j;
ALTER VIEW IF EXISTS v ALTER COLUMN a SET DEFAULT 1;
ALTER MATERIALIZED VIEW IF EXISTS mv RENAME TO mw;
ALTER SEQUENCE IF EXISTS s RESTART;

-- IF NOT EXISTS does not compare.
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE TABLE IF NOT EXISTS t (something nope REFERENCES nothing, CHECK (x > y));
CREATE VIEW v AS SELECT a FROM t;
CREATE TABLE IF NOT EXISTS v (x int);
CREATE SEQUENCE IF NOT EXISTS t;
CREATE INDEX t_a ON t (a);
CREATE INDEX IF NOT EXISTS t_a ON t (b) WHERE a > 0;
CREATE INDEX IF NOT EXISTS t ON t (a);
CREATE MATERIALIZED VIEW IF NOT EXISTS t AS SELECT 1;
ALTER TABLE t ADD COLUMN IF NOT EXISTS a nope;
ALTER TABLE t ADD COLUMN IF NOT EXISTS a text UNIQUE;
CREATE SCHEMA IF NOT EXISTS public;

-- Done twice.
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE t ALTER COLUMN b TYPE text;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t DISABLE TRIGGER ALL;
CREATE INDEX ON t (a);
CREATE INDEX ON t (a);
ALTER TABLE t ADD UNIQUE (a);
ALTER TABLE t ADD UNIQUE (a);
ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (a > 0);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t, ADD FOREIGN KEY (a) REFERENCES t;
ALTER TABLE t DROP CONSTRAINT t_a_fkey, DROP CONSTRAINT t_a_fkey1;
ALTER TABLE t SET SCHEMA public;
ALTER TABLE t OWNER TO CURRENT_USER;
CREATE OR REPLACE VIEW v AS SELECT a FROM t;
GRANT SELECT ON t TO PUBLIC;
GRANT SELECT ON t TO PUBLIC;
REVOKE INSERT ON t FROM PUBLIC;
COMMENT ON TABLE t IS NULL;

-- Names that meet without harm.
CREATE TABLE t2 (t2 int, "T2" int, a int);
CREATE FUNCTION t(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION t2(x t2) RETURNS int LANGUAGE sql AS 'SELECT x.a';
SELECT t2.t2, t2(t2.*) FROM t2;
CREATE TRIGGER t BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TRIGGER t BEFORE UPDATE ON t2 FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
ALTER TABLE t ADD CONSTRAINT same CHECK (a > 1);
ALTER TABLE t2 ADD CONSTRAINT same CHECK (a > 1);
CREATE POLICY t ON t;
CREATE SCHEMA t;
CREATE TABLE t.t (t int);
SELECT t.t.t FROM t.t;
CREATE ROLE t;
CREATE TABLE now (now timestamptz DEFAULT now());
SELECT now, now() FROM now;
SELECT count, max FROM (SELECT count(*), max(a) FROM t) AS x;

-- Types that meet without a cast.
INSERT INTO t2 (t2, a) VALUES ('1', 2.7), (2, '4');
UPDATE t SET b = id, a = '7', id = id + 10.2 WHERE false;
UPDATE t SET b = now(), a = 1::bigint;
SELECT * FROM t WHERE id = '1' AND b > 'x' AND a IN ('1', 2, 3.5) AND id BETWEEN '1' AND 5;
SELECT 1 + '1', '2020-01-01'::date + 1, 'a' || 1, 1 || 'a', NULL || 1, '{}'::jsonb -> 'a' -> 'b';
SELECT COALESCE(NULL, NULL, 1), COALESCE(1, '2'), NULLIF(1, '2'), GREATEST(1, '2', 3.5);
SELECT CASE WHEN true THEN 1 ELSE '2' END, CASE WHEN 't' THEN 1 END;
SELECT ARRAY[1, '2'], ARRAY[1, 2.5], '{1}'::int[] || 1, ARRAY[NULL];
SELECT 1 UNION SELECT '2' UNION SELECT 2.5 UNION SELECT NULL;
SELECT * FROM (VALUES (1, NULL), ('2', 'x')) AS x;
SELECT NULL, NULL::int, 'x', pg_typeof('x'), pg_typeof(NULL);
SELECT round(1.5), round(1.5::float8), ceil(1), mod(5, 2), power(2, 3), trunc(1.5, 1);
SELECT lower('X'), length('x'), substr('abc', 2), to_char(1, '9'), to_char(now(), 'YYYY'), concat(1, true, NULL);
SELECT sum(x), avg(x), string_agg(x::text, ',') FROM generate_series(1, 3) AS x;
SELECT x, x + 1 FROM generate_series(1, 3) x;
SELECT x.* FROM unnest(ARRAY[1, 2], ARRAY['a']) WITH ORDINALITY AS x (a, b, n);
SELECT (x).n FROM (SELECT ROW(1, 2)::record AS r, t AS x FROM (SELECT 1 AS n) t) y;
SELECT date '2020-01-01', timestamp 'now', interval '1' day, time '10:00', 'today'::date, 'infinity'::timestamptz, 'epoch'::timestamp;
SELECT * FROM t WHERE (id, a) IN ((1, 2), (3, 4)) AND (id, a) > (1, 2) AND ROW(id) = ROW(1);
SELECT '1'::varchar::int, 5::char, '5'::char(3)::int, 'x'::name, 1::text::int::bigint::numeric;

-- Grouping and ordering.
SELECT id, a, b FROM t GROUP BY id;
SELECT a + 1 FROM t GROUP BY a + 1 ORDER BY a + 1;
SELECT a AS x FROM t GROUP BY x HAVING count(*) > 0 ORDER BY x, count(*) DESC;
SELECT a FROM t ORDER BY b, id;
SELECT DISTINCT a + 1 AS n FROM t ORDER BY n;
SELECT count(*) FROM t HAVING true;
SELECT 1 FROM t GROUP BY ();
SELECT (SELECT max(t2.a) FROM t2 WHERE t2.a = t.a) FROM t GROUP BY a;
SELECT a, sum(count(*)) OVER (ORDER BY a) FROM t GROUP BY a;
SELECT * FROM t x JOIN t y USING (id) ORDER BY id;
SELECT FROM t;
SELECT;
SELECT 1 WHERE false;
TABLE t;
VALUES (1), (2) ORDER BY 1 LIMIT 1;

-- Odd, but grammar.
CREATE TABLE no_columns ();
ALTER TABLE no_columns ADD a int, ADD COLUMN b int, ADD CHECK (b > a);
ALTER TABLE no_columns DROP a, ADD a text;
CREATE TABLE commas (a int, b int DEFAULT (1), c numeric DEFAULT -1, d text DEFAULT 'it''s', e text DEFAULT E'a\nb', f interval DEFAULT '1 day', g boolean DEFAULT (NOT true), h int DEFAULT NULL::int, i text DEFAULT ('x'::text), j timestamptz DEFAULT (now() at time zone 'utc'), k text[] DEFAULT array[]::varchar[], l int DEFAULT extract(year from now()), m jsonb DEFAULT json_build_object('a', 1)::jsonb, n bytea DEFAULT '\x00', o float DEFAULT 'NaN', p char DEFAULT 'x', q "char" DEFAULT 'y', r numeric(3) DEFAULT 99999);
CREATE TABLE constraints (a int CONSTRAINT c1 NOT NULL CONSTRAINT c2 DEFAULT 1 CONSTRAINT c3 CHECK (a > 0) NO INHERIT UNIQUE, b int REFERENCES constraints (a) ON DELETE CASCADE ON UPDATE SET NULL NOT DEFERRABLE INITIALLY IMMEDIATE, CONSTRAINT c4 UNIQUE (a, b) INCLUDE (b), EXCLUDE USING btree (a WITH =));
SELECT 1;;
SELECT $$a;b$$, $x$ $$ $x$, 'a'
'b', /* nested /* comment */ */ 1 -- end
;
