-- CASCADE: what goes, and what stays.

CREATE TABLE root (id int PRIMARY KEY, kind text, n int);
CREATE TABLE leaf (id int PRIMARY KEY, root int REFERENCES root, n int);
CREATE VIEW v1 AS SELECT id, kind FROM root;
CREATE VIEW v2 AS SELECT id FROM v1;
CREATE VIEW v3 AS SELECT leaf.id FROM leaf JOIN v1 ON v1.id = leaf.root;
CREATE VIEW other AS SELECT id FROM leaf;
CREATE MATERIALIZED VIEW m AS SELECT * FROM v2;
CREATE INDEX m_id ON m (id);
CREATE FUNCTION of_view(v v1) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 2BP01: cannot drop view v1 because other objects depend on it
DROP VIEW v1;
DROP VIEW v1 CASCADE;
-- ERROR 42P01: relation "v2" does not exist
SELECT * FROM v2;
-- ERROR 42P01: relation "v3" does not exist
SELECT * FROM v3;
-- ERROR 42P01: relation "m" does not exist
SELECT * FROM m;
-- ERROR 42883: function of_view(unknown) does not exist
SELECT of_view(NULL);
SELECT * FROM other;
SELECT kind FROM root;

-- A column.
CREATE VIEW v1 AS SELECT id FROM root WHERE kind = 'x';
CREATE INDEX root_kind ON root (kind);
CREATE TABLE copy (LIKE root);
ALTER TABLE root DROP COLUMN kind CASCADE;
-- ERROR 42P01: relation "v1" does not exist
SELECT * FROM v1;
-- ERROR 42704: index "root_kind" does not exist
DROP INDEX root_kind;
SELECT kind FROM copy;

-- A key goes with the foreign keys; the columns stay.
ALTER TABLE root DROP CONSTRAINT root_pkey CASCADE;
-- ERROR 42704: constraint "leaf_root_fkey" of relation "leaf" does not exist
ALTER TABLE leaf DROP CONSTRAINT leaf_root_fkey;
SELECT root FROM leaf;

-- A type takes its columns, a column its views.
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE k (id int, kind kind, kinds kind[] DEFAULT '{a}', other text DEFAULT 'a'::kind::text, CHECK (kind <> 'b'));
CREATE VIEW kv AS SELECT kind FROM k;
CREATE VIEW kv2 AS SELECT id FROM k;
CREATE VIEW kv3 AS SELECT 'a'::kind AS x;
CREATE FUNCTION kf(kind) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION kf2() RETURNS SETOF kind LANGUAGE sql AS 'SELECT ''a''::kind';
CREATE FUNCTION kf3() RETURNS void LANGUAGE plpgsql AS 'DECLARE x kind; BEGIN END';
CREATE DOMAIN kd AS kind;
CREATE INDEX k_i ON k (id) WHERE kind = 'a';
DROP TYPE kind CASCADE;
SELECT id, other FROM k;
-- ERROR 42703: column "kind" does not exist
SELECT kind FROM k;
-- ERROR 42703: column "kinds" does not exist
SELECT kinds FROM k;
-- ERROR 42P01: relation "kv" does not exist
SELECT * FROM kv;
SELECT * FROM kv2;
-- ERROR 42P01: relation "kv3" does not exist
SELECT * FROM kv3;
-- ERROR 42883: function kf(unknown) does not exist
SELECT kf(NULL);
-- ERROR 42883: function kf2() does not exist
SELECT * FROM kf2();
-- ERROR 42704: type "kd" does not exist
SELECT NULL::kd;
-- ERROR 42704: index "k_i" does not exist
DROP INDEX k_i;
ALTER TABLE k ALTER COLUMN other DROP DEFAULT;
SELECT kf3();

-- A function takes defaults, checks, triggers, policies, indexes, views, generated columns.
CREATE FUNCTION f() RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE TABLE t (a int DEFAULT f(), b int CONSTRAINT b_f CHECK (b > f()), c int, g int GENERATED ALWAYS AS (f() + c) STORED);
CREATE INDEX t_f ON t ((c + f()));
CREATE POLICY p ON t USING (c = f());
CREATE VIEW vf AS SELECT f() AS x, a FROM t;
CREATE DOMAIN df AS int CHECK (VALUE > f()) DEFAULT f();
CREATE TABLE uses_df (x df);
-- ERROR 2BP01: cannot drop function f() because other objects depend on it
DROP FUNCTION f();
DROP FUNCTION f() CASCADE;
INSERT INTO t (a) VALUES (DEFAULT);
SELECT a, b, c FROM t;
-- ERROR 42703: column "g" does not exist
SELECT g FROM t;
-- ERROR 42704: constraint "b_f" of relation "t" does not exist
ALTER TABLE t DROP CONSTRAINT b_f;
-- ERROR 42704: index "t_f" does not exist
DROP INDEX t_f;
-- ERROR 42704: policy "p" for table "t" does not exist
DROP POLICY p ON t;
-- ERROR 42P01: relation "vf" does not exist
SELECT * FROM vf;
-- ERROR 42703: column "x" does not exist
SELECT x FROM uses_df;
-- ERROR 42704: type "df" does not exist
ALTER DOMAIN df DROP CONSTRAINT df_check;

-- A sequence takes the default, not the column.
CREATE TABLE s (id serial PRIMARY KEY, n int DEFAULT nextval('s_id_seq'));
DROP SEQUENCE s_id_seq CASCADE;
SELECT id, n FROM s;
-- ERROR 42P01: relation "s_id_seq" does not exist
ALTER TABLE s ALTER COLUMN id SET DEFAULT nextval('s_id_seq');
ALTER TABLE s ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
SELECT nextval('s_id_seq');

-- A schema takes everything in it, and what depends on it elsewhere.
CREATE SCHEMA x;
CREATE TABLE x.base (id int PRIMARY KEY);
CREATE TYPE x.colour AS ENUM ('red');
CREATE FUNCTION x.fn() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE SEQUENCE x.seq;
CREATE TABLE uses_x (id int REFERENCES x.base, c x.colour, n int DEFAULT x.fn(), s int DEFAULT nextval('x.seq'));
CREATE VIEW view_x AS SELECT * FROM x.base;
CREATE TABLE inherits_x (z int) INHERITS (x.base);
CREATE EXTENSION citext SCHEMA x;
CREATE TABLE uses_citext (a int, c x.citext);
-- ERROR 2BP01: cannot drop schema x because other objects depend on it
DROP SCHEMA x;
DROP SCHEMA x CASCADE;
SELECT id, n, s FROM uses_x;
-- ERROR 42703: column "c" does not exist
SELECT c FROM uses_x;
-- ERROR 42P01: relation "view_x" does not exist
SELECT * FROM view_x;
-- ERROR 42P01: relation "inherits_x" does not exist
SELECT * FROM inherits_x;
SELECT a FROM uses_citext;
-- ERROR 42703: column "c" does not exist
SELECT c FROM uses_citext;
-- ERROR 42704: constraint "uses_x_id_fkey" of relation "uses_x" does not exist
ALTER TABLE uses_x DROP CONSTRAINT uses_x_id_fkey;
CREATE EXTENSION citext;

-- A parent takes its children, a partitioned table its partitions.
CREATE TABLE pt (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (1) TO (10);
CREATE VIEW on_part AS SELECT b FROM pt1;
CREATE VIEW on_whole AS SELECT b FROM pt;
-- ERROR 2BP01: cannot drop desired object(s) because other objects depend on them
ALTER TABLE pt DROP COLUMN b;
-- ERROR 2BP01: cannot drop table pt because other objects depend on it
DROP TABLE pt;
DROP TABLE pt CASCADE;
-- ERROR 42P01: relation "on_part" does not exist
SELECT * FROM on_part;
-- ERROR 42P01: relation "on_whole" does not exist
SELECT * FROM on_whole;

-- A table with everything on it goes without a word.
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE full_one (id serial PRIMARY KEY, self int REFERENCES full_one, a int GENERATED ALWAYS AS IDENTITY, b int CHECK (b > 0), c int UNIQUE);
CREATE INDEX ON full_one (b);
CREATE TRIGGER tr BEFORE INSERT ON full_one FOR EACH ROW EXECUTE FUNCTION tf();
CREATE POLICY p ON full_one;
CREATE RULE r AS ON DELETE TO full_one DO ALSO NOTHING;
CREATE STATISTICS full_stats ON b, c FROM full_one;
COMMENT ON COLUMN full_one.b IS 'x';
DROP TABLE full_one;
-- ERROR 42704: statistics object "full_stats" does not exist
DROP STATISTICS full_stats;
-- ERROR 42P01: relation "full_one_id_seq" does not exist
SELECT nextval('full_one_id_seq');
DROP FUNCTION tf();
