-- Groups: what one statement leaves for the next, and what a failure takes back.

-- transaction
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int REFERENCES a);
ALTER TABLE b ADD COLUMN c int;
CREATE INDEX b_c ON b (c);
-- end
SELECT c FROM b;

-- A failure in the middle undoes everything.
-- transaction
CREATE TABLE gone (id int);
ALTER TABLE b DROP COLUMN c;
-- ERROR 42P01: relation "missing" does not exist
ALTER TABLE missing ADD COLUMN x int;
CREATE TABLE never (id int);
-- end
-- ERROR 42P01: relation "gone" does not exist
SELECT * FROM gone;
-- ERROR 42P01: relation "never" does not exist
SELECT * FROM never;
SELECT c FROM b;
-- transaction
ALTER TABLE a RENAME TO a2;
-- ERROR 42P01: table "a" does not exist
DROP TABLE a;
-- end
SELECT * FROM a;
-- ERROR 42P01: relation "a2" does not exist
SELECT * FROM a2;
-- transaction
CREATE TYPE mood AS ENUM ('x');
SET search_path = nowhere;
-- ERROR 3F000: no schema has been selected to create in
CREATE TABLE nothing (a int);
-- end
SHOW search_path;
SELECT * FROM a;
-- ERROR 42704: type "mood" does not exist
SELECT 'x'::mood;

-- Made and dropped in one.
-- transaction
CREATE TABLE a2 (id int);
DROP TABLE a2;
CREATE TABLE a2 (other int);
-- end
SELECT other FROM a2;
-- transaction
CREATE TEMP TABLE scratch (a int) ON COMMIT DROP;
SELECT a FROM scratch;
INSERT INTO scratch VALUES (1);
-- end
-- ERROR 42P01: relation "scratch" does not exist
SELECT a FROM scratch;
-- transaction
CREATE TEMP TABLE scratch ON COMMIT DROP AS SELECT 1 AS a;
CREATE VIEW on_scratch AS SELECT a FROM scratch;
-- end
-- ERROR 42P01: relation "on_scratch" does not exist
SELECT a FROM on_scratch;

-- An enum's new value, again: what is allowed in the same transaction.
CREATE TYPE mood AS ENUM ('x');
CREATE TABLE m (mood mood);
-- transaction
ALTER TYPE mood ADD VALUE 'y';
ALTER TABLE m ADD COLUMN other mood DEFAULT 'x';
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'z';
-- ERROR 55P04: unsafe use of new value "z" of enum type mood
ALTER TABLE m ADD COLUMN z mood DEFAULT 'z';
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'w';
-- ERROR 55P04: unsafe use of new value "w" of enum type mood
ALTER TABLE m ADD CHECK (mood <> 'w');
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'w';
-- ERROR 55P04: unsafe use of new value "w" of enum type mood
CREATE VIEW mv AS SELECT * FROM m WHERE mood = 'w';
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'w';
CREATE FUNCTION mf() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'w'; END $$;
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'v';
ALTER TYPE mood ADD VALUE 'u' AFTER 'v';
ALTER TYPE mood RENAME VALUE 'v' TO 'vv';
-- end
SELECT 'vv'::mood, 'u'::mood;
-- transaction
ALTER TYPE mood ADD VALUE 'in_text';
SELECT mood::text = 'in_text' FROM m;
-- end
-- transaction
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'x';
SELECT 'x'::mood;
-- end
DROP FUNCTION mf();
-- transaction
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('x', 'brand_new');
ALTER TABLE m ALTER COLUMN other DROP DEFAULT;
ALTER TABLE m ALTER COLUMN mood TYPE mood USING mood::text::mood, ALTER COLUMN other TYPE mood USING other::text::mood;
ALTER TABLE m ALTER COLUMN other SET DEFAULT 'brand_new';
DROP TYPE mood_old;
-- end
SELECT 'brand_new'::mood;

-- Savepoints.
-- transaction
CREATE TABLE s1 (a int);
SAVEPOINT one;
CREATE TABLE s2 (a int);
SAVEPOINT two;
CREATE TABLE s3 (a int);
ROLLBACK TO one;
CREATE TABLE s4 (a int);
-- end
SELECT * FROM s1, s4;
-- ERROR 42P01: relation "s2" does not exist
SELECT * FROM s2;
-- ERROR 42P01: relation "s3" does not exist
SELECT * FROM s3;
-- transaction
SAVEPOINT one;
ALTER TABLE s1 ADD COLUMN b int;
RELEASE one;
-- ERROR 3B001: savepoint "one" does not exist
ROLLBACK TO one;
-- end
-- ERROR 42703: column "b" does not exist
SELECT b FROM s1;

-- Constraints that wait.
CREATE TABLE d1 (id int PRIMARY KEY, other int);
CREATE TABLE d2 (id int PRIMARY KEY, d1 int REFERENCES d1 DEFERRABLE INITIALLY DEFERRED);
-- transaction
SET CONSTRAINTS ALL DEFERRED;
SET CONSTRAINTS d2_d1_fkey IMMEDIATE;
-- end
-- transaction
SET CONSTRAINTS d1_pkey IMMEDIATE;
-- end
-- transaction
-- ERROR 3F000: schema "nowhere" does not exist
SET CONSTRAINTS nowhere.d2_d1_fkey IMMEDIATE;
-- end

-- What cannot be in a transaction, and what can only be in one.
-- transaction
-- ERROR 25001: ALTER DATABASE SET TABLESPACE cannot run inside a transaction block
ALTER DATABASE postgres SET TABLESPACE pg_default;
-- end
-- transaction
-- ERROR 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS d1_other ON d1 (other);
-- end
-- transaction
-- ERROR 42601: syntax error at end of input
REINDEX DATABASE CONCURRENTLY;
-- end
-- transaction
-- ERROR 25001: CLUSTER cannot run inside a transaction block
CLUSTER;
-- end
-- transaction
CLUSTER d1 USING d1_pkey;
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'fine_in_a_transaction';
-- end
-- transaction
-- ERROR 25001: DROP INDEX CONCURRENTLY cannot run inside a transaction block
DROP INDEX CONCURRENTLY IF EXISTS nothing;
-- end
-- transaction
-- ERROR 42P01: relation "nothing" does not exist
REFRESH MATERIALIZED VIEW CONCURRENTLY nothing;
-- end
-- transaction
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SELECT 1;
-- end
-- transaction
SELECT 1;
-- ERROR 25001: SET TRANSACTION ISOLATION LEVEL must be called before any query
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
-- end
-- transaction
SET TRANSACTION READ ONLY;
-- ERROR 25006: cannot execute CREATE TABLE in a read-only transaction
CREATE TABLE not_now (a int);
-- end
