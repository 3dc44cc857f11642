-- Operators, casts, collations, statistics, text search, publications, foreign data.

CREATE FUNCTION eq(int, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1::text = $2';
-- ERROR 42883: operator does not exist: integer === text
SELECT 1 === 'x'::text;
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
-- ERROR 42723: operator === already exists
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
-- ERROR 42883: function missing(integer, text) does not exist
CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = text, FUNCTION = missing);
-- ERROR 42P13: operator function must be specified
CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = text);
-- ERROR 42704: type "nope" does not exist
CREATE OPERATOR ==== (LEFTARG = int, RIGHTARG = nope, FUNCTION = eq);
-- ERROR 42883: function eq(text) does not exist
CREATE OPERATOR ==== (RIGHTARG = text, FUNCTION = eq);
-- ERROR 42601: syntax error at or near "=>"
CREATE OPERATOR => (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
SELECT 1 === 'x'::text, 1 === 'x';
-- ERROR 42883: operator does not exist: text === integer
SELECT 'x'::text === 1;
CREATE VIEW uses_operator AS SELECT 1 === 'x'::text AS same;
-- ERROR 2BP01: cannot drop operator ===(integer,text) because other objects depend on it
DROP OPERATOR === (int, text);
-- ERROR 2BP01: cannot drop function eq(integer,text) because other objects depend on it
DROP FUNCTION eq(int, text);
DROP VIEW uses_operator;
-- ERROR 2BP01: cannot drop function eq(integer,text) because other objects depend on it
DROP FUNCTION eq(int, text);
DROP FUNCTION eq(int, text) CASCADE;
-- ERROR 42883: operator does not exist: integer === text
SELECT 1 === 'x'::text;
-- ERROR 42883: operator does not exist: integer === text
DROP OPERATOR === (int, text);
-- ERROR 42883: operator does not exist: integer === text
ALTER OPERATOR === (int, text) OWNER TO CURRENT_USER;

CREATE FUNCTION to_number_of(text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT length($1)';
CREATE TABLE n (i int);
-- ERROR 42804: column "i" is of type integer but expression is of type text
INSERT INTO n VALUES ('x'::text);
CREATE CAST (text AS int) WITH FUNCTION to_number_of(text) AS ASSIGNMENT;
INSERT INTO n SELECT 'x'::text WHERE false;
-- ERROR 42710: cast from type text to type integer already exists
CREATE CAST (text AS int) WITH FUNCTION to_number_of(text);
-- ERROR 42704: type "nope" does not exist
CREATE CAST (text AS nope) WITHOUT FUNCTION;
-- ERROR 42P17: argument of cast function must match or be binary-coercible from source data type
CREATE CAST (int AS text) WITH FUNCTION to_number_of(text);
-- ERROR 42P17: return data type of cast function must match or be binary-coercible to target data type
CREATE CAST (text AS date) WITH FUNCTION to_number_of(text);
-- ERROR 2BP01: cannot drop function to_number_of(text) because other objects depend on it
DROP FUNCTION to_number_of(text);
DROP CAST (text AS int);
-- ERROR 42704: cast from type text to type integer does not exist
DROP CAST (text AS int);
-- ERROR 42804: column "i" is of type integer but expression is of type text
INSERT INTO n SELECT 'x'::text WHERE false;

CREATE COLLATION mine FROM "C";
-- ERROR 42710: collation "mine" already exists
CREATE COLLATION mine FROM "C";
CREATE COLLATION IF NOT EXISTS mine FROM "C";
-- ERROR 42704: collation "nope" for encoding "UTF8" does not exist
CREATE COLLATION other FROM "nope";
CREATE COLLATION insensitive (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
-- ERROR 42P17: unrecognized collation provider: nope
CREATE COLLATION bad (provider = nope, locale = 'x');
CREATE TABLE coll (a text COLLATE mine, b text COLLATE insensitive, c text);
SELECT a || c, a < c FROM coll;
SELECT a < b FROM coll;
SELECT a COLLATE "C" < b FROM coll;
SELECT b LIKE 'x' FROM coll;
-- ERROR 2BP01: cannot drop collation mine because other objects depend on it
DROP COLLATION mine;
ALTER TABLE coll ALTER COLUMN a TYPE text;
DROP COLLATION mine;
DROP COLLATION insensitive CASCADE;
-- ERROR 42703: column "b" does not exist
SELECT b FROM coll;

CREATE TABLE st (a int, b int, c text, j json);
CREATE STATISTICS s1 ON a, b FROM st;
-- ERROR 42710: statistics object "s1" already exists
CREATE STATISTICS s1 ON a, b FROM st;
CREATE STATISTICS IF NOT EXISTS s1 ON a, b FROM st;
-- ERROR 42P17: extended statistics require at least 2 columns
CREATE STATISTICS s2 ON a FROM st;
-- ERROR 42703: column "missing" does not exist
CREATE STATISTICS s2 ON a, missing FROM st;
-- ERROR 42P01: relation "missing" does not exist
CREATE STATISTICS s2 ON a, b FROM missing;
-- ERROR 42701: duplicate column name in statistics definition
CREATE STATISTICS s2 ON a, a FROM st;
-- ERROR 0A000: column "j" cannot be used in statistics because its type json has no default btree operator class
CREATE STATISTICS s2 ON a, j FROM st;
-- ERROR 42601: unrecognized statistics kind "nope"
CREATE STATISTICS s2 (nope) ON a, b FROM st;
CREATE STATISTICS s2 (ndistinct, dependencies) ON a, b FROM st;
CREATE STATISTICS s3 ON lower(c) FROM st;
-- ERROR 42883: function lower(integer) does not exist
CREATE STATISTICS s4 ON lower(a) FROM st;
-- ERROR 42601: syntax error at or near "ON"
CREATE STATISTICS ON a, c FROM st;
-- ERROR 42704: statistics object "st_a_c_stat" does not exist
DROP STATISTICS st_a_c_stat;
ALTER STATISTICS s1 SET STATISTICS 50;
-- ERROR 42710: statistics object "s2" already exists in schema "public"
ALTER STATISTICS s1 RENAME TO s2;
-- ERROR 42704: statistics object "missing" does not exist
ALTER STATISTICS missing RENAME TO s9;
ALTER TABLE st DROP COLUMN a;
-- ERROR 42704: statistics object "s1" does not exist
DROP STATISTICS s1;
DROP STATISTICS s3;

CREATE TEXT SEARCH CONFIGURATION conf (COPY = english);
-- ERROR 23505: duplicate key value violates unique constraint "pg_ts_config_cfgname_index"
CREATE TEXT SEARCH CONFIGURATION conf (COPY = english);
-- ERROR 42704: text search configuration "nope" does not exist
CREATE TEXT SEARCH CONFIGURATION conf2 (COPY = nope);
-- ERROR 42704: text search parser "nope" does not exist
CREATE TEXT SEARCH CONFIGURATION conf2 (PARSER = nope);
CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple, STOPWORDS = english);
-- ERROR 42704: text search template "nope" does not exist
CREATE TEXT SEARCH DICTIONARY dict2 (TEMPLATE = nope);
ALTER TEXT SEARCH CONFIGURATION conf ALTER MAPPING FOR word WITH dict;
-- ERROR 22023: token type "nope" does not exist
ALTER TEXT SEARCH CONFIGURATION conf ALTER MAPPING FOR nope WITH dict;
-- ERROR 42704: text search dictionary "missing" does not exist
ALTER TEXT SEARCH CONFIGURATION conf ALTER MAPPING FOR word WITH missing;
-- ERROR 42704: text search configuration "missing" does not exist
ALTER TEXT SEARCH CONFIGURATION missing ALTER MAPPING FOR word WITH dict;
SELECT to_tsvector('conf', 'x');
SELECT to_tsvector('public.conf', 'x');
CREATE TABLE docs (t text, v tsvector GENERATED ALWAYS AS (to_tsvector('conf', t)) STORED);
-- ERROR 2BP01: cannot drop text search dictionary dict because other objects depend on it
DROP TEXT SEARCH DICTIONARY dict;
-- ERROR 2BP01: cannot drop text search configuration conf because other objects depend on it
DROP TEXT SEARCH CONFIGURATION conf;
DROP TABLE docs;
DROP TEXT SEARCH CONFIGURATION conf;
-- ERROR 42704: text search configuration "conf" does not exist
SELECT to_tsvector('conf', 'x');

CREATE TABLE pub (a int PRIMARY KEY);
CREATE VIEW pub_view AS SELECT a FROM pub;
CREATE PUBLICATION p1 FOR TABLE pub;
-- ERROR 42710: publication "p1" already exists
CREATE PUBLICATION p1 FOR ALL TABLES;
-- ERROR 42P01: relation "missing" does not exist
CREATE PUBLICATION p2 FOR TABLE missing;
-- ERROR 22023: cannot add relation "pub_view" to publication
CREATE PUBLICATION p2 FOR TABLE pub_view;
-- ERROR 42703: column "missing" of relation "pub" does not exist
CREATE PUBLICATION p2 FOR TABLE pub (missing);
-- ERROR 42703: column "missing" does not exist
CREATE PUBLICATION p2 FOR TABLE pub WHERE (missing > 0);
-- ERROR 3F000: schema "nowhere" does not exist
CREATE PUBLICATION p2 FOR TABLES IN SCHEMA nowhere;
CREATE PUBLICATION p2 FOR ALL TABLES;
-- ERROR 42710: relation "pub" is already member of publication "p1"
ALTER PUBLICATION p1 ADD TABLE pub;
ALTER PUBLICATION p1 DROP TABLE pub;
-- ERROR 42704: relation "pub" is not part of the publication
ALTER PUBLICATION p1 DROP TABLE pub;
ALTER PUBLICATION p1 SET TABLE pub;
-- ERROR 55000: publication "p2" is defined as FOR ALL TABLES
ALTER PUBLICATION p2 ADD TABLE pub;
-- ERROR 42704: publication "missing" does not exist
ALTER PUBLICATION missing ADD TABLE pub;
ALTER PUBLICATION p1 RENAME TO p3;
-- ERROR 42601: unrecognized publication parameter: "nope"
ALTER PUBLICATION p3 SET (nope = 1);
-- ERROR 42704: publication "p1" does not exist
DROP PUBLICATION p1;
DROP PUBLICATION p3, p2;
DROP TABLE pub CASCADE;

CREATE FOREIGN DATA WRAPPER w;
-- ERROR 42704: foreign-data wrapper "missing" does not exist
CREATE SERVER srv FOREIGN DATA WRAPPER missing;
CREATE SERVER srv FOREIGN DATA WRAPPER w;
-- ERROR 42710: server "srv" already exists
CREATE SERVER srv FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR CURRENT_USER SERVER srv;
-- ERROR 42710: user mapping for "postgres" already exists for server "srv"
CREATE USER MAPPING FOR CURRENT_USER SERVER srv;
-- ERROR 42704: role "no_such_role" does not exist
CREATE USER MAPPING FOR no_such_role SERVER srv;
-- ERROR 42704: server "missing" does not exist
CREATE USER MAPPING FOR CURRENT_USER SERVER missing;
CREATE FOREIGN TABLE ft (a int, b text NOT NULL) SERVER srv;
-- ERROR 42704: server "missing" does not exist
CREATE FOREIGN TABLE ft2 (a int) SERVER missing;
-- ERROR 0A000: primary key constraints are not supported on foreign tables
CREATE FOREIGN TABLE ft2 (a int PRIMARY KEY) SERVER srv;
-- ERROR 0A000: foreign key constraints are not supported on foreign tables
CREATE FOREIGN TABLE ft2 (a int REFERENCES pub) SERVER srv;
-- ERROR 42809: cannot create index on relation "ft"
CREATE INDEX ON ft (a);
ALTER FOREIGN TABLE ft ADD COLUMN c int;
ALTER TABLE ft DROP COLUMN c;
-- ERROR 42809: "ft" is not a table
DROP TABLE ft;
-- ERROR 2BP01: cannot drop server srv because other objects depend on it
DROP SERVER srv;
-- ERROR 2BP01: cannot drop foreign-data wrapper w because other objects depend on it
DROP FOREIGN DATA WRAPPER w;
DROP FOREIGN TABLE ft;
-- ERROR 2BP01: cannot drop server srv because other objects depend on it
DROP SERVER srv;
DROP SERVER srv CASCADE;
DROP FOREIGN DATA WRAPPER w;

-- ERROR 0A000: extension "nope" is not available
CREATE LANGUAGE nope;
-- ERROR 42710: extension "plpgsql" already exists
CREATE TRUSTED LANGUAGE plpgsql;
CREATE OR REPLACE LANGUAGE plpgsql;
-- ERROR 42883: function missing(internal) does not exist
CREATE ACCESS METHOD am TYPE TABLE HANDLER missing;
CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE with_am (a int) USING am;
-- ERROR 2BP01: cannot drop access method am because other objects depend on it
DROP ACCESS METHOD am;
-- ERROR 42883: function missing(integer, integer, cstring, internal, integer, boolean) does not exist
CREATE CONVERSION conv FOR 'UTF8' TO 'LATIN1' FROM missing;
-- ERROR 42883: function missing(integer, integer) does not exist
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 missing(int, int);
CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
-- ERROR 42704: type "nope" does not exist
CREATE OPERATOR CLASS oc FOR TYPE nope USING btree AS OPERATOR 1 <;
CREATE TABLE with_oc (a int, b text);
CREATE INDEX ON with_oc (a oc);
-- ERROR 42804: operator class "oc" does not accept data type text
CREATE INDEX ON with_oc (b oc);
-- ERROR 2BP01: cannot drop operator class oc for access method btree because other objects depend on it
DROP OPERATOR CLASS oc USING btree;
-- ERROR 42704: operator class "missing" does not exist for access method "btree"
DROP OPERATOR CLASS missing USING btree;
DROP OPERATOR FAMILY oc USING btree CASCADE;
-- ERROR 42704: index "with_oc_a_idx" does not exist
DROP INDEX with_oc_a_idx;
-- ERROR 42704: server "missing" does not exist
IMPORT FOREIGN SCHEMA x FROM SERVER missing INTO public;
-- ERROR 22023: no security label providers have been loaded
SECURITY LABEL ON TABLE with_oc IS 'x';
-- ERROR 42601: invalid connection string syntax: missing "=" after "nonsense" in connection info string 
CREATE SUBSCRIPTION sub CONNECTION 'nonsense' PUBLICATION p;
