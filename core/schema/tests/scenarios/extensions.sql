-- Extensions: what they bring is there after CREATE EXTENSION, and not before.

-- ERROR 42704: type "citext" does not exist
CREATE TABLE t (a citext);
-- ERROR 42883: function uuid_generate_v4() does not exist
SELECT uuid_generate_v4();
-- ERROR 42883: function digest(unknown, unknown) does not exist
SELECT digest('x', 'sha256');
-- ERROR 42704: type "hstore" does not exist
SELECT 'a=>1'::hstore;
-- ERROR 42883: function similarity(unknown, unknown) does not exist
SELECT similarity('a', 'b');
-- ERROR 42883: function unaccent(unknown) does not exist
SELECT unaccent('x');
-- ERROR 0A000: extension "no_such_extension" is not available
CREATE EXTENSION no_such_extension;
-- ERROR 0A000: extension "no_such_extension" is not available
CREATE EXTENSION IF NOT EXISTS no_such_extension;
CREATE EXTENSION citext;
-- ERROR 42710: extension "citext" already exists
CREATE EXTENSION citext;
CREATE EXTENSION IF NOT EXISTS citext;
-- ERROR 42710: extension "citext" already exists
CREATE EXTENSION CITEXT;
CREATE EXTENSION "uuid-ossp";
-- ERROR 0A000: extension "uuid_ossp" is not available
CREATE EXTENSION uuid_ossp;
-- ERROR 22023: extension "pgcrypto" has no installation script nor update path for version "99"
CREATE EXTENSION pgcrypto VERSION '99';
-- ERROR 3F000: schema "missing" does not exist
CREATE EXTENSION pgcrypto SCHEMA missing;
CREATE EXTENSION pgcrypto;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION ltree;
CREATE EXTENSION intarray;
CREATE EXTENSION btree_gin;
-- ERROR 42710: extension "plpgsql" already exists
CREATE EXTENSION plpgsql;
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;

SELECT uuid_generate_v4(), uuid_nil(), uuid_generate_v5(uuid_ns_dns(), 'x');
SELECT digest('x', 'sha256'), crypt('x', gen_salt('bf')), encode(hmac('a', 'b', 'sha1'), 'hex'), gen_random_bytes(4);
-- ERROR 42883: function digest(unknown) does not exist
SELECT digest('x');
SELECT 'a=>1'::hstore -> 'a', hstore('a', 'b') || hstore('c', 'd'), akeys('a=>1');
-- ERROR 42883: operator does not exist: hstore -> integer
SELECT 'a=>1'::hstore -> 5;
SELECT similarity('a', 'b'), 'a' % 'b', 'a' <-> 'b';
SELECT unaccent('x');
SELECT 'a.b.c'::ltree @> 'a.b', nlevel('a.b');
-- ERROR 42601: ltree syntax error at character 2
SELECT 'a b'::ltree;
SELECT ARRAY[1, 2] & ARRAY[2], sort(ARRAY[2, 1]), ARRAY[1, 2] @@ '1'::query_int;
CREATE TABLE t (id uuid DEFAULT uuid_generate_v4() PRIMARY KEY, email citext UNIQUE, attrs hstore DEFAULT '', path ltree, tags int[], name text);
SELECT * FROM t WHERE email = 'x' AND email LIKE 'y%' AND email::text = 'z' AND lower(email) = 'a';
-- ERROR 42883: operator does not exist: citext = integer
SELECT * FROM t WHERE email = 5;
SELECT * FROM t WHERE attrs ? 'x' AND attrs -> 'a' = 'b' AND attrs @> 'a=>1';
SELECT * FROM t WHERE path <@ 'a.b' AND path ~ '*.x'::lquery;
INSERT INTO t (email, attrs, path) VALUES ('x', 'a=>1', 'a.b');
-- ERROR 23505: duplicate key value violates unique constraint "t_email_key"
INSERT INTO t (email) VALUES ('x'::text);
-- ERROR XX000: Unexpected end of string
INSERT INTO t (attrs) VALUES ('nonsense');
-- ERROR 42804: column "attrs" is of type hstore but expression is of type jsonb
INSERT INTO t (attrs) VALUES ('{}'::jsonb);
CREATE INDEX ON t USING gin (attrs);
CREATE INDEX ON t USING gist (path);
CREATE INDEX ON t USING gin (tags gin__int_ops);
CREATE INDEX ON t USING gin (name gin_trgm_ops);
CREATE INDEX ON t USING gin (tags, id);
CREATE INDEX ON t (email);
ALTER TABLE t ALTER COLUMN email TYPE text;
ALTER TABLE t ALTER COLUMN email TYPE citext;
CREATE VIEW v AS SELECT email || 'x' AS e, attrs -> 'x' AS a FROM t;

-- ERROR 2BP01: cannot drop extension citext because other objects depend on it
DROP EXTENSION citext;
-- ERROR 2BP01: cannot drop extension uuid-ossp because other objects depend on it
DROP EXTENSION "uuid-ossp";
-- ERROR 2BP01: cannot drop extension hstore because other objects depend on it
DROP EXTENSION hstore;
-- ERROR 2BP01: cannot drop extension pg_trgm because other objects depend on it
DROP EXTENSION pg_trgm;
-- ERROR 2BP01: cannot drop extension btree_gin because other objects depend on it
DROP EXTENSION btree_gin;
DROP EXTENSION unaccent;
-- ERROR 42883: function unaccent(unknown) does not exist
SELECT unaccent('x');
DROP EXTENSION pgcrypto;
SELECT gen_random_uuid();
-- ERROR 42883: function gen_random_bytes(integer) does not exist
SELECT gen_random_bytes(4);
-- ERROR 2BP01: cannot drop function uuid_nil() because extension uuid-ossp requires it
DROP FUNCTION uuid_nil();
-- ERROR 2BP01: cannot drop function similarity(text,text) because extension pg_trgm requires it
DROP FUNCTION similarity(text, text);
-- ERROR 2BP01: cannot drop type hstore because extension hstore requires it
DROP TYPE hstore;
ALTER FUNCTION uuid_nil() RENAME TO nil;
DROP EXTENSION "uuid-ossp" CASCADE;
-- ERROR 23502: null value in column "id" of relation "t" violates not-null constraint
INSERT INTO t (email) VALUES ('x');
-- ERROR 42883: function uuid_generate_v4() does not exist
SELECT uuid_generate_v4();
DROP EXTENSION citext CASCADE;
-- ERROR 42703: column "email" does not exist
SELECT email FROM t;
-- ERROR 42P01: relation "v" does not exist
SELECT * FROM v;
DROP EXTENSION hstore, ltree CASCADE;
-- ERROR 42703: column "attrs" does not exist
SELECT attrs FROM t;

CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
-- ERROR 42704: type "citext" does not exist
CREATE TABLE t2 (a citext);
CREATE TABLE t2 (a ext.citext);
SET search_path = public, ext;
CREATE TABLE t3 (a citext);
RESET search_path;
ALTER EXTENSION citext SET SCHEMA public;
CREATE TABLE t4 (a citext);
-- ERROR 42704: type "ext.citext" does not exist
CREATE TABLE t5 (a ext.citext);
ALTER EXTENSION citext UPDATE;
-- ERROR 42704: extension "missing" does not exist
ALTER EXTENSION missing UPDATE;
DROP SCHEMA ext;
-- ERROR 3F000: schema "ext" does not exist
CREATE EXTENSION hstore SCHEMA ext;
-- ERROR 3F000: schema "ext" does not exist
DROP SCHEMA ext;
-- ERROR 3F000: schema "ext" does not exist
DROP SCHEMA ext CASCADE;
SELECT extname FROM pg_extension WHERE extname = 'hstore';
-- ERROR 42704: required extension "cube" is not installed
CREATE EXTENSION earthdistance;
CREATE EXTENSION earthdistance CASCADE;
-- ERROR 2BP01: cannot drop extension cube because other objects depend on it
DROP EXTENSION cube;
COMMENT ON EXTENSION citext IS 'case';
-- ERROR 42704: extension "hstore" does not exist
COMMENT ON EXTENSION hstore IS 'gone';
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_stat_statements;
SELECT query FROM pg_stat_statements WHERE false;
