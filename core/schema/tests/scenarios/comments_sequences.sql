-- Comments and sequences.

-- Comments.
CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > 0));
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT * FROM t;
CREATE SEQUENCE s;
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TYPE e AS ENUM ('x');
COMMENT ON TABLE t IS 'x';
-- ERROR 42P01: relation "missing" does not exist
COMMENT ON TABLE missing IS 'x';
-- ERROR 42809: "v" is not a table
COMMENT ON TABLE v IS 'x';
COMMENT ON VIEW v IS 'x';
-- ERROR 42809: "t" is not a view
COMMENT ON VIEW t IS NULL;
COMMENT ON COLUMN t.a IS 'x';
-- ERROR 42703: column "missing" of relation "t" does not exist
COMMENT ON COLUMN t.missing IS 'x';
-- ERROR 42P01: relation "missing" does not exist
COMMENT ON COLUMN missing.a IS 'x';
COMMENT ON COLUMN v.a IS 'x';
-- ERROR 42809: cannot set comment on relation "t_a"
COMMENT ON COLUMN t_a.a IS 'x';
-- ERROR 42601: column name must be qualified
COMMENT ON COLUMN a IS 'x';
COMMENT ON INDEX t_a IS 'x';
-- ERROR 42809: "t" is not an index
COMMENT ON INDEX t IS 'x';
COMMENT ON SEQUENCE s IS 'x';
-- ERROR 42P01: relation "missing" does not exist
COMMENT ON SEQUENCE missing IS 'x';
COMMENT ON CONSTRAINT t_a_check ON t IS 'x';
-- ERROR 42704: constraint "missing" for table "t" does not exist
COMMENT ON CONSTRAINT missing ON t IS 'x';
-- ERROR 42P01: relation "missing" does not exist
COMMENT ON CONSTRAINT t_a_check ON missing IS 'x';
COMMENT ON FUNCTION f(int) IS 'x';
COMMENT ON FUNCTION f IS 'x';
-- ERROR 42883: function f(text) does not exist
COMMENT ON FUNCTION f(text) IS 'x';
COMMENT ON TYPE e IS 'x';
-- ERROR 42704: type "missing" does not exist
COMMENT ON TYPE missing IS 'x';
-- ERROR 42809: "e" is not a domain
COMMENT ON DOMAIN e IS 'x';
COMMENT ON SCHEMA public IS 'x';
-- ERROR 3F000: schema "nowhere" does not exist
COMMENT ON SCHEMA nowhere IS 'x';
-- ERROR 42704: trigger "tr" for table "t" does not exist
COMMENT ON TRIGGER tr ON t IS 'x';
-- ERROR 42704: policy "p" for table "t" does not exist
COMMENT ON POLICY p ON t IS 'x';
-- ERROR 42704: rule "r" for relation "t" does not exist
COMMENT ON RULE r ON t IS 'x';
-- ERROR 42704: role "no_such_role" does not exist
COMMENT ON ROLE no_such_role IS 'x';
COMMENT ON DATABASE no_such_database IS 'x';
-- ERROR 42809: function f(integer) is not an aggregate
COMMENT ON AGGREGATE f(int) IS 'x';
-- ERROR 42704: cast from type integer to type text does not exist
COMMENT ON CAST (int AS text) IS 'x';
COMMENT ON CAST (int4 AS int8) IS 'x';
-- ERROR 42704: collation "nope" for encoding "UTF8" does not exist
COMMENT ON COLLATION nope IS 'x';
COMMENT ON LANGUAGE plpgsql IS 'x';
COMMENT ON OPERATOR + (int, int) IS 'x';
-- ERROR 42883: operator does not exist: integer + e
COMMENT ON OPERATOR + (int, e) IS 'x';
-- ERROR 42809: "v" is not a materialized view
COMMENT ON MATERIALIZED VIEW v IS 'x';
-- ERROR 42809: f(integer) is not a procedure
COMMENT ON PROCEDURE f(int) IS 'x';
-- ERROR 42704: large object 5 does not exist
COMMENT ON LARGE OBJECT 5 IS 'x';

-- Sequences.
-- ERROR 42P07: relation "s" already exists
CREATE SEQUENCE s;
CREATE SEQUENCE IF NOT EXISTS s;
-- ERROR 22023: INCREMENT must not be zero
CREATE SEQUENCE s2 INCREMENT 0;
-- ERROR 22023: MINVALUE (10) must be less than MAXVALUE (5)
CREATE SEQUENCE s2 MINVALUE 10 MAXVALUE 5;
-- ERROR 22023: START value (1) cannot be less than MINVALUE (5)
CREATE SEQUENCE s2 START 1 MINVALUE 5;
-- ERROR 22023: sequence type must be smallint, integer, or bigint
CREATE SEQUENCE s2 AS text;
-- ERROR 22023: MAXVALUE (100000) is out of range for sequence data type smallint
CREATE SEQUENCE s2 AS smallint MAXVALUE 100000;
-- ERROR 22023: CACHE (0) must be greater than zero
CREATE SEQUENCE s2 AS smallint CACHE 0;
-- ERROR 42601: conflicting or redundant options
CREATE SEQUENCE s2 INCREMENT 1 INCREMENT 2;
-- ERROR 42P01: relation "missing" does not exist
CREATE SEQUENCE s2 OWNED BY missing.a;
-- ERROR 42703: column "missing" of relation "t" does not exist
CREATE SEQUENCE s2 OWNED BY t.missing;
CREATE SEQUENCE s2 OWNED BY v.id;
DROP SEQUENCE s2;
-- ERROR 42601: invalid OWNED BY option
CREATE SEQUENCE s2 OWNED BY app;
CREATE SEQUENCE s2 OWNED BY NONE;
-- ERROR 42P07: relation "t" already exists
CREATE SEQUENCE t;
CREATE SEQUENCE s3 INCREMENT BY -1 MINVALUE -100 START -1 CYCLE;
SELECT nextval('s'), currval('s'), lastval(), setval('s', 5), setval('s', 6, false);
-- ERROR 42P01: relation "missing" does not exist
SELECT nextval('missing');
-- ERROR 42809: "t" is not a sequence
SELECT nextval('t');
-- ERROR 42P01: relation "missing" does not exist
SELECT setval('missing', 1);
-- ERROR 55000: currval of sequence "s3" is not yet defined in this session
SELECT currval('s3');
SELECT last_value FROM s;
SELECT * FROM s, s2;
ALTER SEQUENCE s OWNED BY t.id;
-- ERROR 42703: column "missing" of relation "t" does not exist
ALTER SEQUENCE s OWNED BY t.missing;
-- ERROR 42P01: relation "missing" does not exist
ALTER SEQUENCE missing OWNED BY t.id;
ALTER SEQUENCE IF EXISTS missing OWNED BY t.id;
ALTER SEQUENCE s RESTART WITH 10 INCREMENT 5;
-- ERROR 22023: MINVALUE (1) must be less than MAXVALUE (1)
ALTER SEQUENCE s MAXVALUE 1;
ALTER SEQUENCE s AS bigint;
-- ERROR 0A000: cannot move an owned sequence into another schema
ALTER SEQUENCE s SET SCHEMA app;
-- ERROR 3F000: schema "app" does not exist
ALTER SEQUENCE s2 SET SCHEMA app;
-- ERROR 3F000: schema "app" does not exist
SELECT nextval('app.s2');
SELECT nextval('s2');
-- ERROR 3F000: schema "app" does not exist
ALTER TABLE t ALTER COLUMN a SET DEFAULT nextval('app.s2');
-- ERROR 3F000: schema "app" does not exist
DROP SEQUENCE app.s2;
-- ERROR 3F000: schema "app" does not exist
DROP SCHEMA app;
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
-- ERROR 3F000: schema "app" does not exist
DROP SCHEMA app CASCADE;
DROP TABLE t CASCADE;
-- ERROR 42P01: relation "s" does not exist
SELECT nextval('s');
CREATE TABLE ser (id serial, n int);
ALTER SEQUENCE ser_id_seq OWNED BY ser.n;
ALTER TABLE ser DROP COLUMN id;
SELECT nextval('ser_id_seq');
ALTER TABLE ser DROP COLUMN n;
-- ERROR 42P01: relation "ser_id_seq" does not exist
SELECT nextval('ser_id_seq');
CREATE TABLE ident (id int GENERATED ALWAYS AS IDENTITY);
-- ERROR 0A000: cannot change ownership of identity sequence
ALTER SEQUENCE ident_id_seq OWNED BY NONE;
ALTER SEQUENCE ident_id_seq RESTART;
ALTER SEQUENCE ident_id_seq RENAME TO other_seq;
SELECT nextval('other_seq');
-- ERROR 2BP01: cannot drop sequence other_seq because column id of table ident requires it
DROP SEQUENCE other_seq;
DROP TABLE ident;
-- ERROR 42P01: sequence "other_seq" does not exist
DROP SEQUENCE other_seq;
