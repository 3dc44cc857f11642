-- ALTER COLUMN … TYPE: which casts the server finds by itself, and what depends on the column.

CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (
    id int PRIMARY KEY,
    i int DEFAULT 1,
    s text DEFAULT 'x',
    v varchar(20),
    b boolean DEFAULT false,
    j text,
    m mood DEFAULT 'ok',
    a int[],
    n numeric,
    w timestamp,
    u uuid
);

ALTER TABLE t ALTER COLUMN i TYPE bigint;
ALTER TABLE t ALTER i SET DATA TYPE text;
-- ERROR 42804: column "i" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN i TYPE int;
ALTER TABLE t ALTER COLUMN i TYPE int USING i::int;
ALTER TABLE t ALTER COLUMN i DROP DEFAULT, ALTER COLUMN i TYPE int USING i::int;
ALTER TABLE t ALTER COLUMN v TYPE text;
ALTER TABLE t ALTER COLUMN v TYPE varchar(10);
-- ERROR 42804: column "v" cannot be cast automatically to type uuid
ALTER TABLE t ALTER COLUMN v TYPE uuid;
ALTER TABLE t ALTER COLUMN v TYPE uuid USING v::uuid;
-- ERROR 42804: column "b" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN b TYPE int;
-- ERROR 42804: default for column "b" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN b TYPE int USING b::int;
-- ERROR 42804: default for column "b" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN b TYPE int USING CASE WHEN b THEN 1 ELSE 0 END;
ALTER TABLE t ALTER COLUMN b DROP DEFAULT;
ALTER TABLE t ALTER COLUMN b TYPE int USING CASE WHEN b THEN 1 ELSE 0 END;
-- ERROR 42804: column "b" cannot be cast automatically to type boolean
ALTER TABLE t ALTER COLUMN b TYPE boolean;
ALTER TABLE t ALTER COLUMN b TYPE boolean USING b <> 0;
-- ERROR 42804: column "j" cannot be cast automatically to type jsonb
ALTER TABLE t ALTER COLUMN j TYPE jsonb;
ALTER TABLE t ALTER COLUMN j TYPE jsonb USING j::jsonb;
ALTER TABLE t ALTER COLUMN j TYPE json;
-- ERROR 42804: column "s" cannot be cast automatically to type mood
ALTER TABLE t ALTER COLUMN s TYPE mood;
-- ERROR 42804: default for column "s" cannot be cast automatically to type mood
ALTER TABLE t ALTER COLUMN s TYPE mood USING s::mood;
ALTER TABLE t ALTER COLUMN s DROP DEFAULT, ALTER COLUMN s TYPE mood USING s::mood, ALTER COLUMN s SET DEFAULT 'ok';
ALTER TABLE t ALTER COLUMN m TYPE text;
ALTER TABLE t ALTER COLUMN m TYPE mood USING m::mood;
ALTER TABLE t ALTER COLUMN a TYPE bigint[];
-- ERROR 42804: column "a" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN a TYPE int;
ALTER TABLE t ALTER COLUMN n TYPE numeric(10, 2);
-- ERROR 22023: NUMERIC precision 2000 must be between 1 and 1000
ALTER TABLE t ALTER COLUMN n TYPE numeric(2000, 2);
ALTER TABLE t ALTER COLUMN n TYPE real;
ALTER TABLE t ALTER COLUMN n TYPE int;
ALTER TABLE t ALTER COLUMN w TYPE timestamptz USING w AT TIME ZONE 'UTC';
ALTER TABLE t ALTER COLUMN w TYPE date;
-- ERROR 42804: column "w" cannot be cast automatically to type integer
ALTER TABLE t ALTER COLUMN w TYPE int;
ALTER TABLE t ALTER COLUMN u TYPE text;
-- ERROR 42703: column "missing" of relation "t" does not exist
ALTER TABLE t ALTER COLUMN missing TYPE text;
-- ERROR 42704: type "missing_type" does not exist
ALTER TABLE t ALTER COLUMN i TYPE missing_type;
-- ERROR 42703: column "missing_column" does not exist
ALTER TABLE t ALTER COLUMN i TYPE int USING missing_column;
-- ERROR 0A000: cannot use subquery in transform expression
ALTER TABLE t ALTER COLUMN i TYPE int USING (SELECT 1);
-- ERROR 42803: aggregate functions are not allowed in transform expressions
ALTER TABLE t ALTER COLUMN i TYPE int USING count(*);
-- ERROR 42704: type "serial" does not exist
ALTER TABLE t ALTER COLUMN i TYPE serial;
-- ERROR 42804: collations are not supported by type integer
ALTER TABLE t ALTER COLUMN i TYPE int COLLATE "C";
ALTER TABLE t ALTER COLUMN v TYPE text COLLATE "C";
-- ERROR 42704: collation "no_such" for encoding "UTF8" does not exist
ALTER TABLE t ALTER COLUMN v TYPE text COLLATE "no_such";
-- ERROR 0A000: cannot alter type of column "i" twice
ALTER TABLE t ALTER COLUMN i TYPE bigint, ALTER COLUMN i TYPE bigint;
-- ERROR 42P16: column "i" has pseudo-type record
ALTER TABLE t ALTER COLUMN i TYPE record;

-- A view, a policy, a trigger's column list or a generated column stand in the way.
CREATE VIEW on_i AS SELECT i + 1 AS x FROM t;
-- ERROR 0A000: cannot alter type of a column used by a view or rule
ALTER TABLE t ALTER COLUMN i TYPE numeric;
ALTER TABLE t ALTER COLUMN n TYPE numeric;
DROP VIEW on_i;
ALTER TABLE t ALTER COLUMN i TYPE numeric;
CREATE VIEW everything AS SELECT * FROM t;
-- ERROR 0A000: cannot alter type of a column used by a view or rule
ALTER TABLE t ALTER COLUMN v TYPE varchar(30);
DROP VIEW everything;
CREATE TABLE p (a int, b int, g int GENERATED ALWAYS AS (b + 1) STORED);
CREATE POLICY only_small ON p USING (a < 10);
-- ERROR 0A000: cannot alter type of a column used in a policy definition
ALTER TABLE p ALTER COLUMN a TYPE bigint;
DROP POLICY only_small ON p;
ALTER TABLE p ALTER COLUMN a TYPE bigint;
-- ERROR 0A000: cannot alter type of a column used by a generated column
ALTER TABLE p ALTER COLUMN b TYPE bigint;
ALTER TABLE p ALTER COLUMN g TYPE bigint;
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER on_a BEFORE UPDATE OF a ON p FOR EACH ROW EXECUTE FUNCTION noop();
-- ERROR 0A000: cannot alter type of a column used in a trigger definition
ALTER TABLE p ALTER COLUMN a TYPE numeric;
DROP TRIGGER on_a ON p;
CREATE TRIGGER when_a BEFORE UPDATE ON p FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION noop();
-- ERROR 0A000: cannot alter type of a column used in a trigger definition
ALTER TABLE p ALTER COLUMN a TYPE numeric;
DROP TRIGGER when_a ON p;
ALTER TABLE p ALTER COLUMN a TYPE numeric;

-- Checks, indexes and foreign keys are made anew with the new type.
CREATE TABLE k (id int PRIMARY KEY, name text CHECK (name <> ''), flag boolean);
CREATE TABLE r (k int REFERENCES k);
CREATE INDEX k_flag ON k (id) WHERE flag;
ALTER TABLE k ALTER COLUMN id TYPE bigint;
-- ERROR 42804: foreign key constraint "r_k_fkey" cannot be implemented
ALTER TABLE k ALTER COLUMN id TYPE text;
-- ERROR 42804: foreign key constraint "r_k_fkey" cannot be implemented
ALTER TABLE r ALTER COLUMN k TYPE text;
-- ERROR 42883: operator does not exist: integer <> text
ALTER TABLE k ALTER COLUMN name TYPE int USING length(name);
-- ERROR 42804: argument of WHERE must be type boolean, not type integer
ALTER TABLE k ALTER COLUMN flag TYPE int USING 1;
ALTER TABLE k DROP CONSTRAINT k_name_check;
ALTER TABLE k ALTER COLUMN name TYPE int USING length(name);
CREATE INDEX k_trigger ON r USING hash (k);
ALTER TABLE r ALTER COLUMN k TYPE smallint;
CREATE TABLE ident (id int GENERATED ALWAYS AS IDENTITY, s serial);
ALTER TABLE ident ALTER COLUMN id TYPE bigint;
-- ERROR 22023: identity column type must be smallint, integer, or bigint
ALTER TABLE ident ALTER COLUMN id TYPE text;
ALTER TABLE ident ALTER COLUMN s TYPE text;
-- ERROR 42804: default for column "s" cannot be cast automatically to type uuid
ALTER TABLE ident ALTER COLUMN s TYPE uuid USING NULL;
