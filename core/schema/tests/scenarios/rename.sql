-- RENAME: afterwards the new name is there and the old one is not, and what depends follows.

CREATE TABLE t (id serial PRIMARY KEY, a int CHECK (a > 0), b text DEFAULT 'x');
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';

ALTER TABLE t RENAME TO u;
-- ERROR 42P01: relation "t" does not exist
SELECT * FROM t;
SELECT * FROM u;
SELECT * FROM v;
-- ERROR 42P01: relation "t" does not exist
SELECT * FROM f();
-- ERROR 42P01: relation "t" does not exist
ALTER TABLE t ADD COLUMN c int;
ALTER TABLE u ADD COLUMN c int;
-- ERROR 42P01: relation "missing" does not exist
ALTER TABLE missing RENAME TO x;
ALTER TABLE IF EXISTS missing RENAME TO x;
-- ERROR 42P07: relation "v" already exists
ALTER TABLE u RENAME TO v;
-- ERROR 42P07: relation "t_a" already exists
ALTER TABLE u RENAME TO t_a;
-- ERROR 42P07: relation "u" already exists
ALTER TABLE u RENAME TO u;
-- ERROR 42601: syntax error at or near "."
ALTER TABLE u RENAME TO public.w;

ALTER TABLE u RENAME COLUMN a TO aa;
-- ERROR 42703: column "a" does not exist
SELECT a FROM u;
SELECT aa FROM u;
SELECT a FROM v;
-- ERROR 42703: column "aa" does not exist
SELECT aa FROM v;
-- ERROR 42701: column "b" of relation "u" already exists
ALTER TABLE u RENAME aa TO b;
-- ERROR 42703: column "missing" does not exist
ALTER TABLE u RENAME missing TO c2;
-- ERROR 42701: column name "ctid" conflicts with a system column name
ALTER TABLE u RENAME aa TO ctid;
-- ERROR 0A000: cannot rename system column "ctid"
ALTER TABLE u RENAME ctid TO aa2;
-- ERROR 42P01: relation "missing" does not exist
ALTER TABLE missing RENAME COLUMN a TO b;
ALTER TABLE IF EXISTS missing RENAME COLUMN a TO b;
ALTER TABLE u ADD CHECK (aa < 100);
ALTER TABLE u DROP CONSTRAINT u_aa_check;
ALTER TABLE u DROP CONSTRAINT t_a_check;

ALTER TABLE u RENAME CONSTRAINT t_pkey TO u_pkey;
-- ERROR 42P01: relation "t_pkey" does not exist
ALTER INDEX t_pkey RENAME TO x;
ALTER INDEX u_pkey RENAME TO u_key;
-- ERROR 42704: constraint "u_pkey" of relation "u" does not exist
ALTER TABLE u DROP CONSTRAINT u_pkey;
-- ERROR 42704: constraint "missing" for table "u" does not exist
ALTER TABLE u RENAME CONSTRAINT missing TO x;
ALTER TABLE u ADD CONSTRAINT one CHECK (id > 0), ADD CONSTRAINT two CHECK (id > 1);
-- ERROR 42710: constraint "two" for relation "u" already exists
ALTER TABLE u RENAME CONSTRAINT one TO two;
ALTER TABLE u RENAME CONSTRAINT one TO three;
ALTER TABLE u DROP CONSTRAINT three;
-- ERROR 42P07: relation "t_a" already exists
ALTER TABLE u RENAME CONSTRAINT u_key TO t_a;
CREATE TABLE rel (u int CONSTRAINT rel_fk REFERENCES u);
ALTER TABLE rel RENAME CONSTRAINT rel_fk TO rel_u_fkey;
ALTER TABLE rel DROP CONSTRAINT rel_u_fkey;

ALTER SEQUENCE t_id_seq RENAME TO u_id_seq;
INSERT INTO u (id, aa) SELECT 1, 2 WHERE false;
-- ERROR 42P01: relation "t_id_seq" does not exist
SELECT nextval('t_id_seq');
SELECT nextval('u_id_seq');
SELECT pg_get_serial_sequence('u', 'id');
-- ERROR 42P01: relation "t" does not exist
SELECT pg_get_serial_sequence('t', 'id');
-- ERROR 42703: column "missing" of relation "u" does not exist
SELECT pg_get_serial_sequence('u', 'missing');
-- ERROR 42P01: relation "missing" does not exist
ALTER SEQUENCE missing RENAME TO x;
ALTER SEQUENCE IF EXISTS missing RENAME TO x;
-- ERROR 42809: "u" is not a sequence
ALTER SEQUENCE u RENAME TO x;

ALTER INDEX t_a RENAME TO u_a;
-- ERROR 42704: index "t_a" does not exist
DROP INDEX t_a;
DROP INDEX u_a;

ALTER VIEW v RENAME COLUMN a TO z;
SELECT z FROM v;
-- ERROR 42703: column "missing" does not exist
ALTER VIEW v RENAME COLUMN missing TO z2;
-- ERROR 42701: column "id" of relation "v" already exists
ALTER VIEW v RENAME COLUMN z TO id;
ALTER VIEW v RENAME TO w;
-- ERROR 42P01: relation "v" does not exist
SELECT * FROM v;

CREATE TYPE e AS ENUM ('x');
CREATE TYPE c AS (x int, y int);
CREATE DOMAIN d AS int CONSTRAINT positive CHECK (VALUE > 0);
CREATE TABLE typed (e e, c c, d d);
ALTER TYPE e RENAME TO e2;
-- ERROR 42704: type "e" does not exist
CREATE TABLE typed2 (e e);
CREATE TABLE typed2 (e e2);
-- ERROR 42710: type "c" already exists
ALTER TYPE e2 RENAME TO c;
-- ERROR 42710: type "typed" already exists
ALTER TYPE e2 RENAME TO typed;
-- ERROR 42704: type "missing" does not exist
ALTER TYPE missing RENAME TO x;
ALTER TYPE c RENAME ATTRIBUTE x TO z;
SELECT (c).z FROM typed;
-- ERROR 42703: column "x" not found in data type c
SELECT (c).x FROM typed;
-- ERROR 42703: column "missing" does not exist
ALTER TYPE c RENAME ATTRIBUTE missing TO q;
-- ERROR 42701: column "y" of relation "c" already exists
ALTER TYPE c RENAME ATTRIBUTE z TO y;
ALTER TYPE c RENAME TO cc;
ALTER TYPE d RENAME TO dd;
-- ERROR 42704: type "d" does not exist
ALTER DOMAIN d RENAME TO dd;
ALTER DOMAIN dd RENAME TO ddd;
ALTER DOMAIN ddd RENAME CONSTRAINT positive TO above_zero;
-- ERROR 42704: constraint "positive" for domain ddd does not exist
ALTER DOMAIN ddd RENAME CONSTRAINT positive TO above_zero;
ALTER DOMAIN ddd DROP CONSTRAINT above_zero;
-- ERROR 42809: e2 is not a domain
ALTER DOMAIN e2 RENAME TO x;
-- ERROR 42809: typed is a table's row type
ALTER TYPE typed RENAME TO x;
-- ERROR 42809: "cc" is a composite type
ALTER TABLE cc RENAME TO x;

CREATE SCHEMA s;
CREATE TABLE s.t (a int);
ALTER SCHEMA s RENAME TO s2;
-- ERROR 42P01: relation "s.t" does not exist
SELECT * FROM s.t;
SELECT * FROM s2.t;
-- ERROR 3F000: schema "missing" does not exist
ALTER SCHEMA missing RENAME TO x;
-- ERROR 42P06: schema "public" already exists
ALTER SCHEMA s2 RENAME TO public;
-- ERROR 42939: unacceptable schema name "pg_x"
ALTER SCHEMA s2 RENAME TO pg_x;
ALTER TABLE s2.t SET SCHEMA public;
SELECT * FROM t;
-- ERROR 42P01: relation "s2.t" does not exist
SELECT * FROM s2.t;
-- ERROR 3F000: schema "missing" does not exist
ALTER TABLE t SET SCHEMA missing;
CREATE TABLE s2.t (a int);
-- ERROR 42P07: relation "t" already exists in schema "s2"
ALTER TABLE t SET SCHEMA s2;
-- ERROR 0A000: cannot move an owned sequence into another schema
ALTER SEQUENCE u_id_seq SET SCHEMA s2;
ALTER TABLE u SET SCHEMA s2;
SELECT nextval('s2.u_id_seq');
-- ERROR 42P01: relation "u_id_seq" does not exist
SELECT nextval('u_id_seq');
ALTER TYPE e2 SET SCHEMA s2;
-- ERROR 42704: type "e2" does not exist
SELECT 'x'::e2;
SELECT 'x'::s2.e2;
ALTER FUNCTION f() SET SCHEMA s2;
-- ERROR 42883: function f() does not exist
SELECT * FROM f();
ALTER VIEW w SET SCHEMA s2;
SELECT * FROM s2.w;
-- ERROR 0A000: extension "plpgsql" does not support SET SCHEMA
ALTER EXTENSION plpgsql SET SCHEMA s2;

CREATE ROLE one;
CREATE ROLE two;
-- ERROR 42710: role "two" already exists
ALTER ROLE one RENAME TO two;
ALTER ROLE one RENAME TO three;
-- ERROR 42704: role "one" does not exist
ALTER ROLE one RENAME TO four;
ALTER TABLE t OWNER TO three;
-- ERROR 2BP01: role "three" cannot be dropped because some objects depend on it
DROP ROLE three;
ALTER TABLE t OWNER TO CURRENT_USER;
DROP ROLE three;
CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a;
ALTER MATERIALIZED VIEW mv RENAME COLUMN a TO b;
ALTER MATERIALIZED VIEW mv RENAME TO mv2;
-- ERROR 42809: "mv2" is not a view
ALTER VIEW mv2 RENAME TO mv3;
ALTER TABLE mv2 RENAME TO mv3;
SELECT b FROM mv3;
-- ERROR 42703: column "a" does not exist
CREATE STATISTICS st ON a, b FROM typed2;
CREATE COLLATION coll FROM "C";
ALTER COLLATION coll RENAME TO coll2;
-- ERROR 42704: collation "coll" for encoding "UTF8" does not exist
ALTER COLLATION coll RENAME TO coll3;
SELECT 'x' COLLATE coll2;
-- ERROR 42704: collation "coll" for encoding "UTF8" does not exist
SELECT 'x' COLLATE coll;
-- ERROR 3D000: database "missing" does not exist
ALTER DATABASE missing RENAME TO x;
-- ERROR 42704: tablespace "missing" does not exist
ALTER TABLESPACE missing RENAME TO x;
-- ERROR 42704: language "missing" does not exist
ALTER LANGUAGE missing RENAME TO x;
-- ERROR 42P01: relation "missing" does not exist
ALTER POLICY p ON missing RENAME TO q;
