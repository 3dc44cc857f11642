-- DROP: what stands in the way, and what CASCADE takes along.

-- ERROR 42P01: table "missing" does not exist
DROP TABLE missing;
DROP TABLE IF EXISTS missing;
DROP TABLE IF EXISTS no_schema.missing;
-- ERROR 42P01: view "missing" does not exist
DROP VIEW missing;
-- ERROR 42P01: sequence "missing" does not exist
DROP SEQUENCE missing;
-- ERROR 42704: index "missing" does not exist
DROP INDEX missing;
-- ERROR 42704: type "missing" does not exist
DROP TYPE missing;
-- ERROR 42704: type "missing" does not exist
DROP DOMAIN missing;
-- ERROR 42883: function missing() does not exist
DROP FUNCTION missing();
-- ERROR 42883: could not find a function named "missing"
DROP FUNCTION missing;
DROP FUNCTION IF EXISTS missing(int);
DROP FUNCTION IF EXISTS missing(no_such_type);
-- ERROR 3F000: schema "missing" does not exist
DROP SCHEMA missing;
DROP SCHEMA IF EXISTS missing;
-- ERROR 42704: extension "missing" does not exist
DROP EXTENSION missing;
DROP EXTENSION IF EXISTS missing;
-- ERROR 42704: role "missing" does not exist
DROP ROLE missing;
DROP ROLE IF EXISTS missing;
-- ERROR 42P01: relation "missing" does not exist
DROP TRIGGER x ON missing;
DROP TRIGGER IF EXISTS x ON missing;
-- ERROR 42P01: relation "missing" does not exist
DROP POLICY x ON missing;
DROP POLICY IF EXISTS x ON missing;
-- ERROR 42P01: relation "missing" does not exist
DROP RULE x ON missing;
-- ERROR 42883: aggregate missing(integer) does not exist
DROP AGGREGATE missing(int);
-- ERROR 42883: operator does not exist: integer ===== integer
DROP OPERATOR ===== (int, int);
-- ERROR 42704: cast from type text to type integer does not exist
DROP CAST (text AS int);
DROP CAST IF EXISTS (text AS int);
-- ERROR 42704: collation "missing" for encoding "UTF8" does not exist
DROP COLLATION missing;
-- ERROR 42P01: materialized view "missing" does not exist
DROP MATERIALIZED VIEW missing;
-- ERROR 42704: foreign table "missing" does not exist
DROP FOREIGN TABLE missing;
-- ERROR 42704: statistics object "missing" does not exist
DROP STATISTICS missing;
-- ERROR 42704: publication "missing" does not exist
DROP PUBLICATION missing;
-- ERROR 42704: event trigger "missing" does not exist
DROP EVENT TRIGGER missing;
-- ERROR 42704: language "missing" does not exist
DROP LANGUAGE missing;
-- ERROR 42704: access method "missing" does not exist
DROP ACCESS METHOD missing;
-- ERROR 42704: server "missing" does not exist
DROP SERVER missing;
-- ERROR 42704: foreign-data wrapper "missing" does not exist
DROP FOREIGN DATA WRAPPER missing;
-- ERROR 42704: text search configuration "missing" does not exist
DROP TEXT SEARCH CONFIGURATION missing;
-- ERROR 42704: text search dictionary "missing" does not exist
DROP TEXT SEARCH DICTIONARY missing;
-- ERROR 3D000: database "missing" does not exist
DROP DATABASE missing;
-- ERROR 42704: tablespace "missing" does not exist
DROP TABLESPACE missing;
-- ERROR 42883: procedure missing() does not exist
DROP PROCEDURE missing();
-- ERROR 42883: function missing() does not exist
DROP ROUTINE missing();

-- The wrong kind.
CREATE TABLE t (id serial PRIMARY KEY, a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE INDEX t_a ON t (a);
CREATE TYPE mood AS ENUM ('ok');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1';
-- ERROR 42809: "v" is not a table
DROP TABLE v;
-- ERROR 42809: "t" is not a view
DROP VIEW t;
-- ERROR 42809: "t" is not an index
DROP INDEX t;
-- ERROR 42809: "t_a" is not a table
DROP TABLE t_a;
-- ERROR 42809: "t" is not a sequence
DROP SEQUENCE t;
-- ERROR 42809: "v" is not a materialized view
DROP MATERIALIZED VIEW v;
-- ERROR 2BP01: cannot drop type t because table t requires it
DROP TYPE t;
-- ERROR 42809: "mood" is not a domain
DROP DOMAIN mood;
DROP TYPE positive;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
-- ERROR 42809: f() is not a procedure
DROP PROCEDURE f();
-- ERROR 42809: pr() is not a function
DROP FUNCTION pr();
-- ERROR 42601: syntax error at or near ")"
DROP AGGREGATE f();
DROP ROUTINE pr();
-- ERROR 42809: "t" is not a view
DROP VIEW IF EXISTS t;

-- Views.
-- ERROR 2BP01: cannot drop table t because other objects depend on it
DROP TABLE t;
-- ERROR 2BP01: cannot drop column a of table t because other objects depend on it
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP COLUMN b;
CREATE VIEW vv AS SELECT * FROM v;
-- ERROR 2BP01: cannot drop view v because other objects depend on it
DROP VIEW v;
-- ERROR 2BP01: cannot drop view v because other objects depend on it
DROP VIEW v RESTRICT;
DROP VIEW vv, v;
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW vv AS SELECT * FROM v;
DROP TABLE t CASCADE;
-- ERROR 42P01: relation "vv" does not exist
SELECT * FROM vv;
-- ERROR 42704: index "t_a" does not exist
DROP INDEX t_a;
-- ERROR 42P01: sequence "t_id_seq" does not exist
DROP SEQUENCE t_id_seq;

-- Several at once: that they depend on each other is no matter.
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a);
-- ERROR 2BP01: cannot drop table a because other objects depend on it
DROP TABLE a;
DROP TABLE a, b;
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a);
-- ERROR 42P01: table "missing" does not exist
DROP TABLE b, missing;
DROP TABLE IF EXISTS b, missing;
DROP TABLE a, a;

-- Foreign keys depend on the unique constraint, and CASCADE takes only the key.
CREATE TABLE a (id int CONSTRAINT a_key PRIMARY KEY, u int CONSTRAINT a_u UNIQUE);
CREATE TABLE b (a int CONSTRAINT b_a REFERENCES a, u int CONSTRAINT b_u REFERENCES a (u));
-- ERROR 2BP01: cannot drop constraint a_key on table a because other objects depend on it
ALTER TABLE a DROP CONSTRAINT a_key;
-- ERROR 2BP01: cannot drop constraint a_u on table a because other objects depend on it
ALTER TABLE a DROP CONSTRAINT a_u;
-- ERROR 2BP01: cannot drop index a_u because constraint a_u on table a requires it
DROP INDEX a_u;
-- ERROR 2BP01: cannot drop column u of table a because other objects depend on it
ALTER TABLE a DROP COLUMN u;
ALTER TABLE a DROP COLUMN u CASCADE;
-- ERROR 42704: constraint "b_u" of relation "b" does not exist
ALTER TABLE b DROP CONSTRAINT b_u;
DROP TABLE a CASCADE;
-- ERROR 42704: constraint "b_a" of relation "b" does not exist
ALTER TABLE b DROP CONSTRAINT b_a;
DROP TABLE b;

-- Functions.
CREATE FUNCTION g() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE t (a int DEFAULT g(), b int CHECK (b > g()), c int);
CREATE INDEX t_c ON t ((c + g()));
CREATE VIEW v AS SELECT g() AS one;
-- ERROR 2BP01: cannot drop function g() because other objects depend on it
DROP FUNCTION g();
-- ERROR 2BP01: cannot drop function g() because other objects depend on it
DROP FUNCTION g;
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
-- ERROR 2BP01: cannot drop function g() because other objects depend on it
DROP FUNCTION g;
ALTER TABLE t DROP CONSTRAINT t_b_check;
DROP INDEX t_c;
-- ERROR 2BP01: cannot drop function g() because other objects depend on it
DROP FUNCTION g;
DROP VIEW v;
DROP FUNCTION g;
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
-- ERROR 2BP01: cannot drop function g() because other objects depend on it
DROP FUNCTION g();
DROP FUNCTION g() CASCADE;
-- ERROR 42704: trigger "tg" for table "t" does not exist
DROP TRIGGER tg ON t;
CREATE FUNCTION allowed(int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE POLICY pol ON t USING (allowed(c));
-- ERROR 2BP01: cannot drop function allowed(integer) because other objects depend on it
DROP FUNCTION allowed(int);
DROP POLICY pol ON t;
DROP FUNCTION allowed(int);
-- A body that is a string depends on nothing.
CREATE FUNCTION inner_one() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION outer_one() RETURNS int LANGUAGE sql AS 'SELECT inner_one()';
CREATE FUNCTION atomic_one() RETURNS int LANGUAGE sql RETURN inner_one();
-- ERROR 2BP01: cannot drop function inner_one() because other objects depend on it
DROP FUNCTION inner_one();
DROP FUNCTION atomic_one();
DROP FUNCTION inner_one();
-- ERROR 42883: function inner_one() does not exist
SELECT outer_one();

-- Types.
CREATE TYPE colour AS ENUM ('red');
CREATE TABLE u (c colour, cs colour[]);
-- ERROR 2BP01: cannot drop type colour because other objects depend on it
DROP TYPE colour;
ALTER TABLE u DROP COLUMN c;
-- ERROR 2BP01: cannot drop type colour because other objects depend on it
DROP TYPE colour;
DROP TYPE colour CASCADE;
-- ERROR 42703: column "cs" does not exist
SELECT cs FROM u;
CREATE TYPE colour AS ENUM ('red');
CREATE FUNCTION paint(colour) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 2BP01: cannot drop type colour because other objects depend on it
DROP TYPE colour;
DROP FUNCTION paint(colour);
CREATE FUNCTION paint() RETURNS colour LANGUAGE sql AS 'SELECT NULL::colour';
-- ERROR 2BP01: cannot drop type colour because other objects depend on it
DROP TYPE colour;
DROP TYPE colour CASCADE;
-- ERROR 42883: function paint() does not exist
SELECT paint();
CREATE DOMAIN whole AS int;
CREATE TABLE w (a whole, b int);
CREATE VIEW wv AS SELECT b::whole AS x FROM w;
ALTER TABLE w DROP COLUMN a;
-- ERROR 2BP01: cannot drop type whole because other objects depend on it
DROP DOMAIN whole;
DROP VIEW wv;
DROP DOMAIN whole;

-- Sequences.
CREATE SEQUENCE s;
CREATE TABLE q (a int DEFAULT nextval('s'), b serial, c int GENERATED ALWAYS AS IDENTITY);
-- ERROR 2BP01: cannot drop sequence s because other objects depend on it
DROP SEQUENCE s;
-- ERROR 2BP01: cannot drop sequence q_b_seq because other objects depend on it
DROP SEQUENCE q_b_seq;
-- ERROR 2BP01: cannot drop sequence q_c_seq because column c of table q requires it
DROP SEQUENCE q_c_seq;
DROP SEQUENCE s CASCADE;
INSERT INTO q DEFAULT VALUES;
ALTER TABLE q DROP COLUMN b;
-- ERROR 42P01: sequence "q_b_seq" does not exist
DROP SEQUENCE q_b_seq;
-- The default as text does not hold the sequence.
CREATE SEQUENCE s;
ALTER TABLE q ALTER COLUMN a SET DEFAULT nextval('s'::text);
DROP SEQUENCE s;

-- Schemas.
CREATE SCHEMA app;
CREATE TABLE app.t (a int);
-- ERROR 2BP01: cannot drop schema app because other objects depend on it
DROP SCHEMA app;
-- ERROR 2BP01: cannot drop schema app because other objects depend on it
DROP SCHEMA app RESTRICT;
DROP SCHEMA app CASCADE;
-- ERROR 42P01: relation "app.t" does not exist
SELECT * FROM app.t;
CREATE SCHEMA app;
CREATE TYPE app.e AS ENUM ('x');
CREATE TABLE uses_app (e app.e, n int);
DROP SCHEMA app CASCADE;
-- ERROR 42703: column "e" does not exist
SELECT e FROM uses_app;
SELECT n FROM uses_app;

-- Columns with what hangs on them.
CREATE TABLE h (a int UNIQUE, b int CHECK (b > 0), c int, d int, UNIQUE (b, c));
CREATE INDEX h_d ON h (c, d);
CREATE INDEX h_p ON h (c) WHERE d > 0;
ALTER TABLE h DROP COLUMN d;
-- ERROR 42704: index "h_d" does not exist
DROP INDEX h_d;
-- ERROR 42704: index "h_p" does not exist
DROP INDEX h_p;
ALTER TABLE h DROP COLUMN c;
-- ERROR 42704: constraint "h_b_c_key" of relation "h" does not exist
ALTER TABLE h DROP CONSTRAINT h_b_c_key;
ALTER TABLE h DROP COLUMN b;
-- ERROR 42704: constraint "h_b_check" of relation "h" does not exist
ALTER TABLE h DROP CONSTRAINT h_b_check;
-- ERROR 2BP01: cannot drop index h_a_key because constraint h_a_key on table h requires it
DROP INDEX h_a_key;
ALTER TABLE h DROP CONSTRAINT h_a_key;

-- Partitions, children.
CREATE TABLE parent (a int);
CREATE TABLE child () INHERITS (parent);
-- ERROR 2BP01: cannot drop table parent because other objects depend on it
DROP TABLE parent;
DROP TABLE parent CASCADE;
-- ERROR 42P01: table "child" does not exist
DROP TABLE child;
CREATE TABLE part (a int) PARTITION BY LIST (a);
CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
DROP TABLE part;
-- ERROR 42P01: table "part_1" does not exist
DROP TABLE part_1;

-- What the system owns.
-- ERROR 42501: permission denied: "pg_class" is a system catalog
DROP TABLE pg_catalog.pg_class;
-- ERROR 2BP01: cannot drop schema pg_catalog because it is required by the database system
DROP SCHEMA pg_catalog;
-- ERROR 2BP01: cannot drop function now() because it is required by the database system
DROP FUNCTION now();
-- ERROR 2BP01: cannot drop type integer because it is required by the database system
DROP TYPE int4;
DROP VIEW pg_catalog.pg_tables;
-- ERROR 2BP01: cannot drop schema public because other objects depend on it
DROP SCHEMA public;
