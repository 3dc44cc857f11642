-- CREATE TABLE: columns, types, defaults, LIKE, OF, AS.

-- ERROR 42701: column "a" specified more than once
CREATE TABLE t (a int, a text);
CREATE TABLE t (a int, "A" text, A2 text);
-- ERROR 42P07: relation "t" already exists
CREATE TABLE t (b int);
-- ERROR 42P07: relation "t" already exists
CREATE TABLE T (b int);
CREATE TABLE "T" (b int);
CREATE TABLE IF NOT EXISTS t (b no_such_type);
-- ERROR 42704: type "no_such_type" does not exist
CREATE TABLE IF NOT EXISTS t2 (b no_such_type);
-- ERROR 3F000: schema "no_schema" does not exist
CREATE TABLE no_schema.t (a int);
-- ERROR 42501: permission denied to create "pg_catalog.t"
CREATE TABLE pg_catalog.t (a int);
-- ERROR 0A000: cross-database references are not implemented: "other_db.public.t3"
CREATE TABLE other_db.public.t3 (a int);
CREATE TABLE nothing ();
CREATE VIEW a_view AS SELECT 1 AS x;
CREATE SEQUENCE a_sequence;
CREATE TYPE a_type AS (x int);
CREATE TYPE an_enum AS ENUM ('x');
CREATE INDEX an_index ON t (a);
-- ERROR 42P07: relation "a_view" already exists
CREATE TABLE a_view (a int);
CREATE TABLE IF NOT EXISTS a_view (a int);
-- ERROR 42P07: relation "a_sequence" already exists
CREATE TABLE a_sequence (a int);
-- ERROR 42P07: relation "an_index" already exists
CREATE TABLE an_index (a int);
-- ERROR 42P07: relation "a_type" already exists
CREATE TABLE a_type (a int);
-- ERROR 42710: type "an_enum" already exists
CREATE TABLE an_enum (a int);
-- ERROR 42701: column name "xmin" conflicts with a system column name
CREATE TABLE xmin_table (xmin int);
CREATE TABLE oid_table (oid int);

-- Types.
CREATE TABLE types (a int4, b "char", c character varying(10), d numeric(5, 2), e timestamp(3) with time zone, f interval day to second, g bit varying(5), h int[][], i text[3], j double precision, k float(10), l time without time zone, m national character varying(3), n dec(3), o xml, p jsonb, q inet, r tsvector, s int4range, t int4multirange, u oid, v regclass, w money, x pg_lsn, y bytea, z "timestamp");
-- ERROR 22023: length for type varchar must be at least 1
CREATE TABLE types2 (a varchar(0));
-- ERROR 22023: NUMERIC precision 0 must be between 1 and 1000
CREATE TABLE types2 (a numeric(0));
CREATE TABLE types2 (a numeric(5, 7));
-- ERROR 42601: syntax error at or near "("
CREATE TABLE types2 (a int(4));
-- ERROR 42601: type modifier is not allowed for type "text"
CREATE TABLE types2 (a text(4));
-- ERROR 22023: precision for type float must be less than 54 bits
CREATE TABLE types3 (a float(60));
-- ERROR 42704: type "datetime" does not exist
CREATE TABLE types3 (a datetime);
-- ERROR 42704: type "string" does not exist
CREATE TABLE types3 (a string);
-- ERROR 42704: type "INT" does not exist
CREATE TABLE types3 (a "INT");
-- ERROR 42704: type "tinyint" does not exist
CREATE TABLE types3 (a tinyint);
-- ERROR 3F000: schema "no_schema" does not exist
CREATE TABLE types3 (a no_schema.thing);
-- ERROR 42704: type "pg_catalog.no_such" does not exist
CREATE TABLE types3 (a pg_catalog.int4, b pg_catalog.no_such);
-- ERROR 42704: type "pg_catalog.int" does not exist
CREATE TABLE types3 (a pg_catalog.int);
-- ERROR 42704: type "uuid_generate_v4" does not exist
CREATE TABLE types3 (a uuid_generate_v4);
-- ERROR 42P16: column "a" has pseudo-type anyelement
CREATE TABLE types3 (a anyelement);
-- ERROR 42P16: column "a" has pseudo-type trigger
CREATE TABLE types3 (a trigger);
-- ERROR 42P16: column "a" has pseudo-type unknown
CREATE TABLE types3 (a unknown);
CREATE TABLE types3 (a t, b t[], c a_type, d an_enum);
-- ERROR 42704: type "types4" does not exist
CREATE TABLE types4 (a types4);
-- ERROR 42601: syntax error at or near "%"
CREATE TABLE types4 (a t.a%TYPE);
CREATE TABLE types4 (a timestamp(7));
-- ERROR 22023: length for type char cannot exceed 10485760
CREATE TABLE types5 (a char(10485761));
-- ERROR 42704: collation "nope" for encoding "UTF8" does not exist
CREATE TABLE types5 (a text COLLATE "C", b text COLLATE "nope");
-- ERROR 42804: collations are not supported by type integer
CREATE TABLE types5 (a int COLLATE "C");
CREATE TABLE types5 (a text COLLATE pg_catalog."default");

-- Defaults.
CREATE TABLE d (a int DEFAULT 1 + 1, b text DEFAULT 'x' || 'y', c timestamptz DEFAULT now(), d date DEFAULT current_date, e date DEFAULT now(), f uuid DEFAULT gen_random_uuid(), g int DEFAULT '5', h int[] DEFAULT '{}', i jsonb DEFAULT '{}', j varchar(3) DEFAULT 'long', k boolean DEFAULT 't', l int DEFAULT NULL, m text DEFAULT 5, n text DEFAULT current_user);
-- ERROR 22P02: invalid input syntax for type integer: "five"
CREATE TABLE d2 (a int DEFAULT 'five');
-- ERROR 42804: column "a" is of type integer but default expression is of type boolean
CREATE TABLE d2 (a int DEFAULT true);
-- ERROR 42804: column "a" is of type boolean but default expression is of type integer
CREATE TABLE d2 (a boolean DEFAULT 1);
-- ERROR 22P02: invalid input syntax for type boolean: "yess"
CREATE TABLE d2 (a boolean DEFAULT 'yess');
-- ERROR 22007: invalid input syntax for type date: "nodate"
CREATE TABLE d2 (a date DEFAULT 'nodate');
-- ERROR 22008: date/time field value out of range: "2020-13-01"
CREATE TABLE d2 (a timestamp DEFAULT '2020-13-01');
-- ERROR 22P02: invalid input syntax for type json
CREATE TABLE d2 (a jsonb DEFAULT '{');
-- ERROR 22P02: invalid input syntax for type uuid: "x"
CREATE TABLE d2 (a uuid DEFAULT 'x');
-- ERROR 22P02: malformed array literal: "5"
CREATE TABLE d2 (a int[] DEFAULT '5');
-- ERROR 42804: column "a" is of type integer[] but default expression is of type text[]
CREATE TABLE d2 (a int[] DEFAULT ARRAY['a']);
-- ERROR 42P18: cannot determine type of empty array
CREATE TABLE d2 (a text[] DEFAULT ARRAY[]);
CREATE TABLE d2 (a text[] DEFAULT ARRAY[]::text[]);
-- ERROR 42883: function uuid_generate_v4() does not exist
CREATE TABLE d3 (a uuid DEFAULT uuid_generate_v4());
-- ERROR 42P01: relation "missing_seq" does not exist
CREATE TABLE d3 (a int DEFAULT nextval('missing_seq'));
CREATE TABLE d3 (a int DEFAULT nextval('missing_seq'::text));
-- ERROR 42601: multiple default values specified for column "a" of table "d4"
CREATE TABLE d4 (a int DEFAULT 1 DEFAULT 2);
-- ERROR 0A000: cannot use column reference in DEFAULT expression
CREATE TABLE d4 (a int, b int DEFAULT a);
-- ERROR 0A000: cannot use column reference in DEFAULT expression
CREATE TABLE d4 (a int DEFAULT "five");
-- ERROR 0A000: set-returning functions are not allowed in DEFAULT expressions
CREATE TABLE d4 (a int DEFAULT generate_series(1, 2));
CREATE TABLE d4 (a jsonb DEFAULT '{}'::json);
CREATE TABLE d5 (a smallint DEFAULT 100000);
CREATE TABLE d6 (a int DEFAULT 10000000000);

-- Generated.
CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c text GENERATED ALWAYS AS ('x' || a) STORED);
-- ERROR 42P17: cannot use generated column "b" in column generation expression
CREATE TABLE g2 (a int, b int GENERATED ALWAYS AS (b * 2) STORED);
-- ERROR 42703: column "c" does not exist
CREATE TABLE g2 (a int, b int GENERATED ALWAYS AS (c * 2) STORED);
-- ERROR 42601: both default and generation expression specified for column "b" of table "g2"
CREATE TABLE g2 (a int, b int DEFAULT 1 GENERATED ALWAYS AS (a * 2) STORED);
-- ERROR 42601: multiple generation clauses specified for column "b" of table "g2"
CREATE TABLE g2 (a int, b int GENERATED ALWAYS AS (a * 2) STORED GENERATED ALWAYS AS (a) STORED);
-- ERROR 42P17: generation expression is not immutable
CREATE TABLE g2 (a timestamptz, b text GENERATED ALWAYS AS (to_char(a, 'YYYY')) STORED);
-- ERROR 42P17: generation expression is not immutable
CREATE TABLE g2 (a timestamptz, b date GENERATED ALWAYS AS (a::date) STORED);
CREATE TABLE g2 (a timestamp, b date GENERATED ALWAYS AS (a::date) STORED);
-- ERROR 42P17: generation expression is not immutable
CREATE TABLE g3 (a text, b tsvector GENERATED ALWAYS AS (to_tsvector(a)) STORED);
CREATE TABLE g3 (a text, b tsvector GENERATED ALWAYS AS (to_tsvector('english', a)) STORED);
-- ERROR 42P17: generation expression is not immutable
CREATE TABLE g4 (a text, b text GENERATED ALWAYS AS (concat(a, 'x')) STORED);
CREATE TABLE g4 (a text, b text GENERATED ALWAYS AS (a || 'x' || lower(a)) STORED);
-- ERROR 0A000: cannot use subquery in column generation expression
CREATE TABLE g5 (a int GENERATED ALWAYS AS ((SELECT 1)) STORED);
-- ERROR 42803: aggregate functions are not allowed in column generation expressions
CREATE TABLE g5 (a int GENERATED ALWAYS AS (sum(1)) STORED);
-- ERROR 22P02: invalid input syntax for type integer: "x"
CREATE TABLE g5 (a int, b int GENERATED ALWAYS AS ('x') STORED);
-- ERROR 42804: column "b" is of type integer but default expression is of type text
CREATE TABLE g5 (a int, b int GENERATED ALWAYS AS (a::text) STORED);

-- Identity and serial.
CREATE TABLE i (a int GENERATED ALWAYS AS IDENTITY, b serial, c bigserial, d smallserial);
SELECT nextval('i_a_seq'), nextval('i_b_seq'), nextval('i_c_seq');
-- ERROR 22023: identity column type must be smallint, integer, or bigint
CREATE TABLE i2 (a text GENERATED ALWAYS AS IDENTITY);
-- ERROR 42601: both default and identity specified for column "a" of table "i2"
CREATE TABLE i2 (a int GENERATED ALWAYS AS IDENTITY DEFAULT 1);
-- ERROR 42601: conflicting NULL/NOT NULL declarations for column "a" of table "i2"
CREATE TABLE i2 (a int NULL GENERATED ALWAYS AS IDENTITY);
-- ERROR 42601: multiple default values specified for column "a" of table "i2"
CREATE TABLE i2 (a serial DEFAULT 1);
-- ERROR 0A000: array of serial is not implemented
CREATE TABLE i2 (a serial[]);
-- ERROR 22023: INCREMENT must not be zero
CREATE TABLE i2 (a int GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 0));
CREATE TABLE i2 (a int GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME my_seq START WITH 10));
SELECT nextval('my_seq');
CREATE TABLE x_id_seq (a int);
CREATE TABLE x (id serial);
SELECT nextval('x_id_seq1');
-- ERROR 42809: "x_id_seq" is not a sequence
SELECT nextval('x_id_seq');

-- LIKE.
CREATE TABLE source (a int PRIMARY KEY, b text DEFAULT 'x' NOT NULL CHECK (b <> ''), c int GENERATED ALWAYS AS (a + 1) STORED);
CREATE INDEX source_b ON source (b);
CREATE TABLE like_1 (LIKE source);
-- ERROR 42704: constraint "source_b_check" of relation "like_1" does not exist
ALTER TABLE like_1 DROP CONSTRAINT source_b_check;
CREATE TABLE like_2 (LIKE source INCLUDING ALL, d int);
ALTER TABLE like_2 DROP CONSTRAINT source_b_check;
ALTER TABLE like_2 DROP CONSTRAINT like_2_pkey;
DROP INDEX like_2_b_idx;
-- ERROR 42701: column "a" specified more than once
CREATE TABLE like_3 (LIKE source, a int);
-- ERROR 42P01: relation "missing" does not exist
CREATE TABLE like_3 (LIKE missing);
-- ERROR 42701: column "x" specified more than once
CREATE TABLE like_3 (LIKE a_view, LIKE a_type);
-- ERROR 42809: relation "a_sequence" is invalid in LIKE clause
CREATE TABLE like_4 (LIKE a_sequence);
-- ERROR 42P01: relation "an_enum" does not exist
CREATE TABLE like_5 (LIKE an_enum);
CREATE TABLE like_5 (LIKE source INCLUDING DEFAULTS EXCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING GENERATED);

-- OF a type.
CREATE TABLE of_1 OF a_type;
CREATE TABLE of_2 OF a_type (PRIMARY KEY (x), x WITH OPTIONS DEFAULT 5);
-- ERROR 42703: column "y" does not exist
CREATE TABLE of_3 OF a_type (y WITH OPTIONS DEFAULT 5);
-- ERROR 42704: type "missing" does not exist
CREATE TABLE of_3 OF missing;
-- ERROR 42809: type an_enum is not a composite type
CREATE TABLE of_3 OF an_enum;
-- ERROR 42809: type t is not a composite type
CREATE TABLE of_3 OF t;
-- ERROR 42809: cannot add column to typed table
ALTER TABLE of_1 ADD COLUMN z int;
-- ERROR 42809: cannot drop column from typed table
ALTER TABLE of_1 DROP COLUMN x;
ALTER TABLE of_1 NOT OF;
ALTER TABLE of_1 ADD COLUMN z int;
-- ERROR 2BP01: cannot alter type "a_type" because it is the type of a typed table
ALTER TYPE a_type ADD ATTRIBUTE y int;
ALTER TYPE a_type ADD ATTRIBUTE y int CASCADE;

-- AS a query.
CREATE TABLE as_1 AS SELECT 1 AS a, 'x' AS b, NULL AS c;
SELECT a + 1, b || 'y', c || 'z' FROM as_1;
CREATE TABLE as_2 (x, y) AS SELECT a, b FROM as_1;
CREATE TABLE as_3 (x) AS SELECT a, b FROM as_1;
SELECT x, b FROM as_3;
-- ERROR 42601: too many column names were specified
CREATE TABLE as_4 (x, y, z) AS SELECT a, b FROM as_1;
-- ERROR 42701: column "a" specified more than once
CREATE TABLE as_4 AS SELECT a, a FROM as_1;
-- ERROR 42703: column "missing" does not exist
CREATE TABLE as_4 AS SELECT missing FROM as_1;
-- ERROR 42P07: relation "as_1" already exists
CREATE TABLE as_1 AS SELECT 1 AS z;
CREATE TABLE IF NOT EXISTS as_1 AS SELECT 1 AS z;
CREATE TABLE as_4 AS TABLE as_1 WITH NO DATA;
CREATE TABLE as_5 AS VALUES (1, 'x'), (2, 'y');
SELECT column1, column2 FROM as_5;
SELECT a, count(*) INTO as_6 FROM as_1 GROUP BY a;
SELECT count FROM as_6;
-- ERROR 42P07: relation "as_6" already exists
SELECT 1 INTO as_6;
CREATE TEMPORARY TABLE t_temp ON COMMIT DROP AS SELECT 1;
-- ERROR 42P01: relation "t_temp" does not exist
SELECT * FROM t_temp;

-- Temporary tables, options.
CREATE TEMP TABLE t (only_temp int);
SELECT only_temp FROM t;
SELECT a FROM public.t;
DROP TABLE t;
SELECT a FROM t;
-- ERROR 42P16: cannot create temporary relation in non-temporary schema
CREATE TEMP TABLE public.tt (a int);
CREATE TEMP TABLE pg_temp.tt (a int) ON COMMIT DELETE ROWS;
-- ERROR 42P16: ON COMMIT can only be used on temporary tables
CREATE TABLE tt2 (a int) ON COMMIT DROP;
CREATE TABLE opts (a int) WITH (fillfactor = 50, autovacuum_enabled = false, toast.autovacuum_enabled = false);
-- ERROR 0A000: tables declared WITH OIDS are not supported
CREATE TABLE opts2 (a int) WITH (oids);
-- ERROR 22023: unrecognized parameter "nope"
CREATE TABLE opts2 (a int) WITH (nope = 1);
CREATE TABLE opts2 (a int) USING heap;
-- ERROR 42704: access method "nope" does not exist
CREATE TABLE opts3 (a int) USING nope;
CREATE TABLE opts3 (a int) TABLESPACE pg_default;
-- ERROR 42704: tablespace "nope" does not exist
CREATE TABLE opts4 (a int) TABLESPACE nope;
-- ERROR 42601: syntax error at or near "STORAGE"
CREATE TABLE opts4 (a text STORAGE main);
CREATE TABLE opts4 (a text COMPRESSION pglz);
