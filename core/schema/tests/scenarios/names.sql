-- Names: case, quotes, reserved words, length, qualification.

CREATE TABLE Users (Id int, "Name" text, "order" int, "select" int, "a b" int, "é" int, été int);
SELECT id, ID, "id" FROM users;
-- ERROR 42703: column "Id" does not exist
SELECT "Id" FROM users;
-- ERROR 42703: column "name" does not exist
SELECT name FROM users;
SELECT "Name" FROM USERS;
-- ERROR 42P01: relation "Users" does not exist
SELECT "Name" FROM "Users";
SELECT "order", "select", "a b", "é", été FROM users;
-- ERROR 42601: syntax error at or near "FROM"
SELECT order FROM users;
SELECT users."order" FROM users;
SELECT users.order FROM users;
-- ERROR 42703: column "ÉtÉ" does not exist
SELECT ÉTÉ FROM users;
-- ERROR 42601: syntax error at or near "user"
CREATE TABLE user (a int);
CREATE TABLE "user" (a int);
SELECT * FROM user;
SELECT a FROM "user";
-- ERROR 42703: column "a" does not exist
SELECT a FROM user;
-- ERROR 42601: syntax error at or near "order"
CREATE TABLE order (a int);
-- ERROR 42601: syntax error at or near "user"
CREATE TABLE "order" (a int, user int);
CREATE TABLE "order" (a int, "user" int);
SELECT user FROM "order";
-- ERROR 42601: syntax error at or near "table"
CREATE TABLE table (a int);
CREATE TABLE groups (a int);
CREATE TABLE t1 (type text, value int, key text, name text, date date, timestamp timestamp, text text, data jsonb, status text, position int, time time, level int, action text, comment text, role text, year int, index int, language text, password text, schema text, session text, owner text, version int);
SELECT type, value, key, name, date, timestamp, text, data, status, position, time, level, action, comment, role, year, index, language, password, schema, session, owner, version FROM t1;
-- ERROR 42601: syntax error at or near "desc"
CREATE TABLE t2 (desc text);
-- ERROR 42601: syntax error at or near "end"
CREATE TABLE t2 (end int);
-- ERROR 42601: syntax error at or near "default"
CREATE TABLE t2 (default int);
-- ERROR 42601: syntax error at or near "int"
CREATE TABLE t2 (check int);
-- ERROR 42601: syntax error at or near "column"
CREATE TABLE t2 (column int);
-- ERROR 42601: syntax error at or near "limit"
CREATE TABLE t2 (limit int);
-- ERROR 42601: syntax error at or near "left"
CREATE TABLE t2 (left int);
-- ERROR 42601: syntax error at or near "references"
CREATE TABLE t2 (references int);
-- ERROR 42601: syntax error at or near "all"
CREATE TABLE t2 (all int);
-- ERROR 42601: syntax error at or near "analyze"
CREATE TABLE t2 (analyze int);
-- ERROR 42601: syntax error at or near "both"
CREATE TABLE t2 (both int);
-- ERROR 42601: syntax error at or near "offset"
CREATE TABLE t2 (offset int);
CREATE TABLE t2 (interval int, values int, precision int, row int, between int);
SELECT t2.interval, t2.values, t2.row FROM t2;
-- ERROR 42601: syntax error at or near "year"
SELECT a year FROM (SELECT 1 AS a) x;
SELECT a AS order FROM (SELECT 1 AS a) x;
-- ERROR 42601: syntax error at or near "FROM"
SELECT a order FROM (SELECT 1 AS a) x;
SELECT a name, a value, a type FROM (SELECT 1 AS a) x;
-- ERROR 42601: syntax error at or near "month"
SELECT a month FROM (SELECT 1 AS a) x;
CREATE FUNCTION left(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42601: syntax error at or near "("
CREATE FUNCTION coalesce(int) RETURNS int LANGUAGE sql AS 'SELECT 1';

-- Longer than 63 bytes: cut, with a notice.
CREATE TABLE a123456789b123456789c123456789d123456789e123456789f123456789g123456789 (a int);
SELECT * FROM a123456789b123456789c123456789d123456789e123456789f123456789g123;
SELECT * FROM a123456789b123456789c123456789d123456789e123456789f123456789g1234567;
-- ERROR 42P07: relation "a123456789b123456789c123456789d123456789e123456789f123456789g12" already exists
CREATE TABLE a123456789b123456789c123456789d123456789e123456789f123456789g123XXX (a int);
-- ERROR 42701: column "a123456789b123456789c123456789d123456789e123456789f123456789g12" of relation "a123456789b123456789c123456789d123456789e123456789f123456789g12" already exists
ALTER TABLE a123456789b123456789c123456789d123456789e123456789f123456789g123 ADD COLUMN a123456789b123456789c123456789d123456789e123456789f123456789g1234 int, ADD COLUMN a123456789b123456789c123456789d123456789e123456789f123456789g1235 int;
ALTER TABLE a123456789b123456789c123456789d123456789e123456789f123456789g123 ADD CHECK (a > 0);
-- ERROR 42704: constraint "a123456789b123456789c123456789d123456789e123456789f12345_a_chec" of relation "a123456789b123456789c123456789d123456789e123456789f123456789g12" does not exist
ALTER TABLE a123456789b123456789c123456789d123456789e123456789f123456789g123 DROP CONSTRAINT a123456789b123456789c123456789d123456789e123456789f12345_a_check;
ALTER TABLE a123456789b123456789c123456789d123456789e123456789f123456789g123 DROP CONSTRAINT a123456789b123456789c123456789d123456789e123456789f1234_a_check;
CREATE INDEX ON a123456789b123456789c123456789d123456789e123456789f123456789g123 (a);
DROP INDEX a123456789b123456789c123456789d123456789e123456789f123456_a_idx;
CREATE TABLE "ééééééééééééééééééééééééééééééé1é" (id serial);
-- ERROR 42P01: relation "ééééééééééééééééééééééééééé_id_seq" does not exist
SELECT nextval('ééééééééééééééééééééééééééé_id_seq');
SELECT nextval('éééééééééééééééééééééééééééé_id_seq');
SELECT id FROM "ééééééééééééééééééééééééééééééé1";

-- Qualification and the search path.
SELECT public.users.id FROM users;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "users"
SELECT other.users.id FROM users;
-- ERROR 42P01: missing FROM-clause entry for table "id"
SELECT users.id.x FROM users;
-- ERROR 0A000: cross-database references are not implemented: postgres.public.users.id
SELECT postgres.public.users.id FROM users;
-- ERROR 42601: improper qualified name (too many dotted names): public.x.y.z
CREATE TABLE public.x.y.z (a int);
SELECT * FROM pg_catalog.pg_class WHERE false;
SELECT * FROM pg_class WHERE false;
-- ERROR 42703: column "missing" does not exist
SELECT oid, relname, reltuples, missing FROM pg_class WHERE false;
SELECT * FROM information_schema.tables WHERE false;
SELECT table_name, column_name, data_type FROM information_schema.columns WHERE false;
-- ERROR 42703: column "nope" does not exist
SELECT nope FROM information_schema.columns WHERE false;
-- ERROR 42P01: relation "information_schema.nope" does not exist
SELECT * FROM information_schema.nope;
-- ERROR 42P01: relation "columns" does not exist
SELECT * FROM columns;
CREATE TABLE pg_class (a int);
-- ERROR 42703: column "a" does not exist
SELECT a FROM pg_class;
SELECT a FROM public.pg_class;
CREATE FUNCTION lower(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT lower('X') || 'y';
SELECT public.lower('X'::text) + 1;
-- ERROR 42883: operator does not exist: text + integer
SELECT lower('X'::text) + 1;
CREATE TYPE int4 AS ENUM ('a');
SELECT 5::int4, 'a'::public.int4;
-- ERROR 22P02: invalid input syntax for type integer: "a"
SELECT 'a'::int4;
CREATE SCHEMA "Mixed";
CREATE TABLE "Mixed"."Table" ("Id" serial PRIMARY KEY, "OtherId" int REFERENCES "Mixed"."Table" ("Id"));
SELECT nextval('"Mixed"."Table_Id_seq"');
-- ERROR 3F000: schema "mixed" does not exist
SELECT nextval('Mixed.Table_Id_seq');
SELECT '"Mixed"."Table"'::regclass;
-- ERROR 3F000: schema "mixed" does not exist
SELECT 'Mixed.Table'::regclass;
ALTER TABLE "Mixed"."Table" DROP CONSTRAINT "Table_OtherId_fkey";
-- ERROR 42704: constraint "table_pkey" of relation "Table" does not exist
ALTER TABLE "Mixed"."Table" DROP CONSTRAINT Table_pkey;
ALTER TABLE "Mixed"."Table" DROP CONSTRAINT "Table_pkey";
-- ERROR 42704: index "missing" does not exist
DROP INDEX "Mixed".missing;
CREATE INDEX "Mixed Idx" ON "Mixed"."Table" ("OtherId");
-- ERROR 42704: index "Mixed Idx" does not exist
DROP INDEX "Mixed Idx";
DROP INDEX "Mixed"."Mixed Idx";
-- ERROR 42601: zero-length delimited identifier at or near """"
CREATE TABLE "" (a int);
CREATE TABLE "with ""quotes""" (a int);
SELECT * FROM "with ""quotes""";
SELECT 1 AS "?", 2 AS "?";
SELECT U&"\0061" FROM (SELECT 1 AS a) x;
COMMENT ON COLUMN public.users."Name" IS 'x';
-- ERROR 0A000: cross-database references are not implemented: "postgres.public.users"
COMMENT ON COLUMN postgres.public.users.id IS 'x';
SELECT * FROM users AS "U" WHERE "U".id = 1;
-- ERROR 42P01: missing FROM-clause entry for table "u"
SELECT * FROM users AS "U" WHERE U.id = 1;
SELECT * FROM users U WHERE u.id = 1 AND U."Name" = 'x';
SELECT x.y FROM (VALUES (1)) AS X (Y);
