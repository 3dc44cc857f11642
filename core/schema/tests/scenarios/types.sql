-- Domains, composite types, ranges, base types.

CREATE DOMAIN positive AS int CHECK (VALUE > 0);
-- ERROR 42710: type "positive" already exists
CREATE DOMAIN positive AS text;
-- ERROR 42704: type "missing" does not exist
CREATE DOMAIN d1 AS missing;
-- ERROR 42703: column "missing" does not exist
CREATE DOMAIN d1 AS int CHECK (missing > 0);
-- ERROR 22P02: invalid input syntax for type integer: "x"
CREATE DOMAIN d1 AS int CHECK (VALUE = 'x');
-- ERROR 42804: argument of CHECK must be type boolean, not type integer
CREATE DOMAIN d1 AS int CHECK (VALUE);
-- ERROR 0A000: cannot use subquery in check constraint
CREATE DOMAIN d1 AS int CHECK (VALUE > (SELECT 1));
-- ERROR 22P02: invalid input syntax for type integer: "x"
CREATE DOMAIN d1 AS int DEFAULT 'x';
CREATE DOMAIN d1 AS int DEFAULT 5 NOT NULL;
-- ERROR 42601: conflicting NULL/NOT NULL constraints
CREATE DOMAIN d2 AS int NOT NULL NULL;
-- ERROR 42601: foreign key constraints not possible for domains
CREATE DOMAIN d2 AS int REFERENCES t;
-- ERROR 42601: unique constraints not possible for domains
CREATE DOMAIN d2 AS int UNIQUE;
-- ERROR 42804: collations are not supported by type integer
CREATE DOMAIN d2 AS int COLLATE "C";
CREATE DOMAIN d2 AS varchar(10) COLLATE "C" CHECK (VALUE ~ '^a') CHECK (length(VALUE) > 2);
CREATE DOMAIN d3 AS positive CHECK (VALUE < 100);
CREATE DOMAIN d4 AS int[];
-- ERROR 42804: "anyelement" is not a valid base type for a domain
CREATE DOMAIN d5 AS anyelement;
CREATE TABLE t (a positive, b d2, c d3[], d d4);

SELECT 1::positive;
-- ERROR 23514: value for domain positive violates check constraint "positive_check"
SELECT 0::positive;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT 'x'::positive;
-- ERROR 23514: value for domain d2 violates check constraint "d2_check"
SELECT 'x'::d2;
-- ERROR 23502: domain d1 does not allow null values
SELECT NULL::d1;
SELECT a + 1, b || 'x' FROM t;
SELECT * FROM t WHERE a = '5' AND b = 'abc' AND d[1] = 2;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT * FROM t WHERE a = 'x';
INSERT INTO t (a) VALUES ('7'), (8);
-- ERROR 22P02: invalid input syntax for type integer: "x"
INSERT INTO t (a) VALUES ('x');
-- ERROR 42804: column "a" is of type positive but expression is of type boolean
INSERT INTO t (a) VALUES (true);
-- ERROR 23514: value for domain positive violates check constraint "positive_check"
INSERT INTO t (a) VALUES (-1);
ALTER DOMAIN positive SET DEFAULT 5;
-- ERROR 22P02: invalid input syntax for type integer: "x"
ALTER DOMAIN positive SET DEFAULT 'x';
ALTER DOMAIN positive DROP DEFAULT;
TRUNCATE t;
ALTER DOMAIN d4 SET NOT NULL;
ALTER DOMAIN d4 DROP NOT NULL;
-- ERROR 0A000: cannot alter type "d3" because column "t.c" uses it
ALTER DOMAIN positive ADD CHECK (VALUE < 1000);
ALTER TABLE t DROP COLUMN c;
ALTER DOMAIN positive ADD CHECK (VALUE < 1000);
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 500) NOT VALID;
-- ERROR 42710: constraint "small" for domain "positive" already exists
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 400);
ALTER DOMAIN positive VALIDATE CONSTRAINT small;
-- ERROR 42704: constraint "missing" of domain "positive" does not exist
ALTER DOMAIN positive VALIDATE CONSTRAINT missing;
ALTER DOMAIN positive DROP CONSTRAINT positive_check1;
ALTER DOMAIN positive DROP CONSTRAINT positive_check;
-- ERROR 42704: constraint "positive_check" of domain "positive" does not exist
ALTER DOMAIN positive DROP CONSTRAINT positive_check;
ALTER DOMAIN positive DROP CONSTRAINT IF EXISTS positive_check;
-- ERROR 42704: type "missing" does not exist
ALTER DOMAIN missing DROP NOT NULL;
-- ERROR 42704: role "no_such_role" does not exist
ALTER DOMAIN d1 OWNER TO no_such_role;
-- ERROR 2BP01: cannot drop type positive because other objects depend on it
DROP DOMAIN positive;
DROP DOMAIN d3;
DROP DOMAIN positive CASCADE;
-- ERROR 42703: column "a" does not exist
SELECT a FROM t;
SELECT b FROM t;

-- Composite types.
CREATE TYPE pair AS (x int, y text);
-- ERROR 42710: type "pair" already exists
CREATE TYPE pair AS (x int);
-- ERROR 42701: column "x" specified more than once
CREATE TYPE bad AS (x int, x int);
-- ERROR 42704: type "missing" does not exist
CREATE TYPE bad AS (x missing);
CREATE TYPE nothing AS ();
CREATE TYPE deep AS (p pair, ps pair[]);
CREATE TABLE c (id int, p pair, ps pair[], d deep);
SELECT (p).x, (p).y, (ps[1]).x, (d).p, ((d).p).x, (d).ps[1] FROM c;
-- ERROR 42703: column "z" not found in data type pair
SELECT (p).z FROM c;
-- ERROR 42P01: missing FROM-clause entry for table "p"
SELECT p.x FROM c;
-- ERROR 42703: column "z" not found in data type pair
SELECT ((d).p).z FROM c;
-- ERROR 42809: column notation .x applied to type integer, which is not a composite type
SELECT (id).x FROM c;
SELECT (p).* FROM c;
SELECT (c).id, c.p FROM c;
SELECT ROW(1, 'x')::pair;
-- ERROR 42846: cannot cast type record to pair
SELECT ROW(1)::pair;
-- ERROR 42846: cannot cast type record to pair
SELECT ROW(1, 2, 3)::pair;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT ROW('x', 'y')::pair;
SELECT (1, 'x')::pair = p FROM c;
SELECT '(1,x)'::pair;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT '(x,x)'::pair;
-- ERROR 22P02: malformed record literal: "(1)"
SELECT '(1)'::pair;
INSERT INTO c (p) VALUES (ROW(1, 'x')), ('(2,y)');
-- ERROR 42846: cannot cast type record to pair
INSERT INTO c (p) VALUES (ROW(1, 'x', 2));
INSERT INTO c (p.x, p.y) VALUES (1, 'x');
-- ERROR 42703: cannot assign to field "z" of column "p" because there is no such column in data type pair
INSERT INTO c (p.z) VALUES (1);
UPDATE c SET p.x = 5;
-- ERROR 42703: cannot assign to field "z" of column "p" because there is no such column in data type pair
UPDATE c SET p.z = 5;
-- ERROR 22P02: invalid input syntax for type integer: "x"
UPDATE c SET p.x = 'x';
ALTER TYPE pair ADD ATTRIBUTE z int;
SELECT (p).z FROM c;
-- ERROR 42701: column "z" of relation "pair" already exists
ALTER TYPE pair ADD ATTRIBUTE z int;
ALTER TYPE pair DROP ATTRIBUTE z;
-- ERROR 42703: column "z" of relation "pair" does not exist
ALTER TYPE pair DROP ATTRIBUTE z;
ALTER TYPE pair DROP ATTRIBUTE IF EXISTS z;
-- ERROR 0A000: cannot alter type "pair" because column "c.d" uses it
ALTER TYPE pair ALTER ATTRIBUTE x TYPE bigint;
-- ERROR 42703: column "missing" of relation "pair" does not exist
ALTER TYPE pair ALTER ATTRIBUTE missing TYPE bigint;
ALTER TYPE deep ADD ATTRIBUTE q int;
-- ERROR 42704: type "nope" does not exist
ALTER TYPE deep ADD ATTRIBUTE q2 nope;
-- ERROR 42P01: relation "missing" does not exist
ALTER TYPE missing ADD ATTRIBUTE q int;
CREATE TYPE unused AS (a int);
ALTER TYPE unused ALTER ATTRIBUTE a TYPE text, ADD ATTRIBUTE b int;
-- ERROR 42809: unused is not an enum
ALTER TYPE unused ADD VALUE 'x';
-- ERROR 2BP01: cannot drop type pair because other objects depend on it
DROP TYPE pair;
DROP TABLE c;
-- ERROR 2BP01: cannot drop type pair because other objects depend on it
DROP TYPE pair;
DROP TYPE deep, pair;
-- A table's row type.
CREATE TABLE row_of (a int, b text);
CREATE TABLE uses_row (r row_of);
ALTER TABLE row_of ADD COLUMN c int;
-- ERROR 0A000: cannot alter table "row_of" because column "uses_row.r" uses its row type
ALTER TABLE row_of ALTER COLUMN a TYPE bigint;
ALTER TABLE row_of DROP COLUMN c;
-- ERROR 2BP01: cannot drop table row_of because other objects depend on it
DROP TABLE row_of;
SELECT (r).b FROM uses_row;
DROP TABLE row_of CASCADE;
-- ERROR 42703: column "r" does not exist
SELECT r FROM uses_row;
CREATE FUNCTION takes_row(x uses_row) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 2BP01: cannot drop table uses_row because other objects depend on it
DROP TABLE uses_row;
DROP TABLE uses_row CASCADE;
-- ERROR 42883: function takes_row(unknown) does not exist
SELECT takes_row(NULL);

-- Ranges.
CREATE TYPE float_range AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
SELECT float_range(1, 2), '[1,2)'::float_range, float_multirange(float_range(1, 2));
-- ERROR 42704: type "missing" does not exist
CREATE TYPE bad_range AS RANGE (SUBTYPE = missing);
-- ERROR 42601: type attribute "subtype" is required
CREATE TYPE bad_range AS RANGE (SUBTYPE_DIFF = float8mi);
-- ERROR 42704: data type json has no default operator class for access method "btree"
CREATE TYPE bad_range AS RANGE (SUBTYPE = json);
-- ERROR 42601: type attribute "nope" not recognized
CREATE TYPE bad_range AS RANGE (SUBTYPE = int, NOPE = 1);
CREATE TYPE named_range AS RANGE (SUBTYPE = text, MULTIRANGE_TYPE_NAME = many);
SELECT many(named_range('a', 'b'));
-- ERROR 22000: range lower bound must be less than or equal to range upper bound
SELECT '[2,1)'::int4range;
-- ERROR 22P02: malformed range literal: "x"
SELECT 'x'::int4range;
SELECT int4range(1, 5) @> 3, int4range(1, 5) && int4range(2, 3), lower(int4range(1, 5));
-- ERROR 22P02: malformed range literal: "x"
SELECT int4range(1, 5) @> 'x';
-- ERROR 42883: operator does not exist: int4range && int8range
SELECT int4range(1, 5) && int8range(1, 5);
DROP TYPE float_range;
-- ERROR 42704: type "float_multirange" does not exist
DROP TYPE float_multirange;

-- Base types, shells.
CREATE TYPE shell;
-- ERROR 42704: type "shell" is only a shell
CREATE TABLE with_shell (a shell);
CREATE TYPE shell AS ENUM ('x');
CREATE TABLE with_shell (a shell);
-- ERROR 42710: type "base" does not exist
CREATE TYPE base (INPUT = missing_in, OUTPUT = missing_out);
CREATE CAST (text AS shell) WITH INOUT AS IMPLICIT;
-- ERROR 42710: cast from type text to type shell already exists
CREATE CAST (text AS shell) WITH INOUT;
-- ERROR 42883: function missing(text) does not exist
CREATE CAST (text AS shell) WITH FUNCTION missing(text);
SELECT 'x'::text::shell;
INSERT INTO with_shell VALUES ('x'::text);
DROP TYPE shell CASCADE;
-- ERROR 42704: cast from type text to type bigint does not exist
DROP CAST (text AS int8);
