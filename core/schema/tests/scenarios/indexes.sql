-- Indexes: names, expressions, operator classes.

CREATE TABLE t (id int, a int, b text, c timestamptz, j jsonb, js json, arr int[], p point, ts tsvector, u uuid);

CREATE INDEX i ON t (a);
-- ERROR 42P07: relation "i" already exists
CREATE INDEX i ON t (b);
-- ERROR 42703: column "missing" does not exist
CREATE INDEX IF NOT EXISTS i ON t (missing);
-- ERROR 42P01: relation "missing" does not exist
CREATE INDEX IF NOT EXISTS i ON missing (a);
-- ERROR 42P01: relation "missing" does not exist
CREATE INDEX IF NOT EXISTS i2 ON missing (a);
-- ERROR 42P01: relation "missing" does not exist
CREATE INDEX i2 ON missing (a);
-- ERROR 42703: column "missing" does not exist
CREATE INDEX i2 ON t (missing);
-- ERROR 42703: column "missing" does not exist
CREATE INDEX i2 ON t (a, missing);
-- ERROR 42P07: relation "t" already exists
CREATE INDEX t ON t (a);
-- ERROR 42703: column "missing" does not exist
CREATE INDEX i2 ON t (a) INCLUDE (missing);
CREATE INDEX i2 ON t (a) INCLUDE (b, id);
-- ERROR 0A000: access method "hash" does not support included columns
CREATE INDEX i3 ON t USING hash (a) INCLUDE (b);
-- ERROR 0A000: access method "hash" does not support multicolumn indexes
CREATE INDEX i3 ON t USING hash (a, b);
CREATE INDEX i3 ON t (a, a);
-- ERROR 0A000: access method "hash" does not support unique indexes
CREATE UNIQUE INDEX i4 ON t USING hash (a);
-- ERROR 0A000: access method "gin" does not support unique indexes
CREATE UNIQUE INDEX i4 ON t USING gin (arr);
-- ERROR 42704: access method "nope" does not exist
CREATE INDEX i4 ON t USING nope (a);

-- Names that the server gives.
CREATE INDEX ON t (a);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b);
CREATE INDEX ON t (lower(b));
CREATE INDEX ON t (lower(b), upper(b));
CREATE INDEX ON t ((a + 1));
CREATE INDEX ON t ((a + 1), b);
CREATE INDEX ON t ((j ->> 'x'));
CREATE INDEX ON t ((b::varchar));
CREATE INDEX ON t (COALESCE(a, 0));
CREATE INDEX ON t ((CASE WHEN a > 0 THEN 1 END));
CREATE INDEX ON t (a) INCLUDE (b);
CREATE UNIQUE INDEX ON t (a);
DROP INDEX t_a_idx;
DROP INDEX t_a_idx1;
DROP INDEX t_a_b_idx;
DROP INDEX t_lower_idx;
DROP INDEX t_lower_upper_idx;
DROP INDEX t_expr_idx;
DROP INDEX t_expr_b_idx;
DROP INDEX t_expr_idx1;
DROP INDEX t_b_idx;
DROP INDEX t_coalesce_idx;
DROP INDEX t_case_idx;
DROP INDEX t_a_b_idx1;
DROP INDEX t_a_idx2;
-- ERROR 42704: index "t_a_idx3" does not exist
DROP INDEX t_a_idx3;

-- Expressions have to be immutable, of one row.
-- ERROR 42P17: functions in index expression must be marked IMMUTABLE
CREATE INDEX ON t (now());
-- ERROR 42P17: functions in index expression must be marked IMMUTABLE
CREATE INDEX ON t (date_trunc('day', c));
CREATE INDEX ON t (date_trunc('day', c AT TIME ZONE 'UTC'));
-- ERROR 42P17: functions in index expression must be marked IMMUTABLE
CREATE INDEX ON t ((c::date));
-- ERROR 42P17: functions in index expression must be marked IMMUTABLE
CREATE INDEX ON t (random());
-- ERROR 42P17: functions in index expression must be marked IMMUTABLE
CREATE INDEX ON t (to_tsvector(b));
CREATE INDEX ON t USING gin (to_tsvector('english', b));
-- ERROR 42803: aggregate functions are not allowed in index expressions
CREATE INDEX ON t (sum(a));
-- ERROR 42601: syntax error at or near "SELECT"
CREATE INDEX ON t ((SELECT 1));
-- ERROR 0A000: set-returning functions are not allowed in index expressions
CREATE INDEX ON t (generate_series(1, a));
-- ERROR 42883: function no_such_function(text) does not exist
CREATE INDEX ON t (no_such_function(b));
-- ERROR 42883: function lower(integer) does not exist
CREATE INDEX ON t (lower(a));
-- ERROR 42601: syntax error at or near ")"
CREATE INDEX ON t (row_number() OVER ());
-- ERROR 42P17: functions in index predicate must be marked IMMUTABLE
CREATE INDEX ON t (a) WHERE now() > c;
-- ERROR 42804: argument of WHERE must be type boolean, not type integer
CREATE INDEX ON t (a) WHERE a;
-- ERROR 42883: operator does not exist: text = integer
CREATE INDEX ON t (a) WHERE b = 1;
-- ERROR 42703: column "missing" does not exist
CREATE INDEX ON t (a) WHERE missing IS NULL;
-- ERROR 0A000: cannot use subquery in index predicate
CREATE INDEX ON t (a) WHERE EXISTS (SELECT 1);
CREATE INDEX ON t (a) WHERE b = 'x' AND c IS NOT NULL;
CREATE FUNCTION volatile_one(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION immutable_one(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE INDEX ON t (volatile_one(b));
CREATE INDEX ON t (immutable_one(b));
-- ERROR 2BP01: cannot drop function immutable_one(text) because other objects depend on it
DROP FUNCTION immutable_one(text);
-- ERROR 0A000: index creation on system columns is not supported
CREATE INDEX ON t (ctid);
-- ERROR 0A000: index creation on system columns is not supported
CREATE INDEX ON t (tableoid);
-- ERROR 0A000: index creation on system columns is not supported
CREATE INDEX ON t ((xmin::text));

-- Operator classes.
CREATE INDEX ON t (j);
-- ERROR 42704: data type json has no default operator class for access method "btree"
CREATE INDEX ON t (js);
-- ERROR 42704: data type point has no default operator class for access method "btree"
CREATE INDEX ON t (p);
CREATE INDEX ON t USING gist (p);
CREATE INDEX ON t USING gin (j);
-- ERROR 42704: data type json has no default operator class for access method "gin"
CREATE INDEX ON t USING gin (js);
CREATE INDEX ON t USING gin (j jsonb_path_ops);
-- ERROR 42704: data type integer has no default operator class for access method "gin"
CREATE INDEX ON t USING gin (a);
-- ERROR 42704: data type text has no default operator class for access method "gin"
CREATE INDEX ON t USING gin (b);
CREATE INDEX ON t USING gin (arr);
CREATE INDEX ON t USING gin (ts);
CREATE INDEX ON t USING gist (ts);
-- ERROR 42704: data type text has no default operator class for access method "gist"
CREATE INDEX ON t USING gist (b);
CREATE INDEX ON t USING brin (c);
-- ERROR 42704: data type jsonb has no default operator class for access method "brin"
CREATE INDEX ON t USING brin (j);
CREATE INDEX ON t USING spgist (b);
-- ERROR 42704: operator class "gin_trgm_ops" does not exist for access method "gin"
CREATE INDEX ON t USING gin (b gin_trgm_ops);
CREATE EXTENSION pg_trgm;
CREATE INDEX ON t USING gin (b gin_trgm_ops);
CREATE INDEX ON t USING gist (b gist_trgm_ops (siglen = 32));
-- ERROR 42704: operator class "gin_trgm_ops" does not exist for access method "btree"
CREATE INDEX ON t (b gin_trgm_ops);
CREATE INDEX ON t (b text_pattern_ops);
CREATE INDEX ON t (b varchar_pattern_ops);
-- ERROR 42804: operator class "text_pattern_ops" does not accept data type integer
CREATE INDEX ON t (a text_pattern_ops);
-- ERROR 42704: operator class "nope_ops" does not exist for access method "btree"
CREATE INDEX ON t (a nope_ops);
CREATE INDEX ON t (b COLLATE "C" DESC NULLS LAST);
-- ERROR 42704: collation "nope" for encoding "UTF8" does not exist
CREATE INDEX ON t (b COLLATE "nope");
-- ERROR 42804: collations are not supported by type integer
CREATE INDEX ON t (a COLLATE "C");
-- ERROR 0A000: access method "gin" does not support ASC/DESC options
CREATE INDEX ON t USING gin (arr DESC);
-- ERROR 0A000: access method "hash" does not support ASC/DESC options
CREATE INDEX ON t USING hash (a DESC);
CREATE INDEX ON t (a) WITH (fillfactor = 50);
-- ERROR 22023: unrecognized parameter "nope"
CREATE INDEX ON t (a) WITH (nope = 50);
-- ERROR 22023: unrecognized parameter "fillfactor"
CREATE INDEX ON t USING gin (arr) WITH (fillfactor = 50);
CREATE INDEX ON t USING gin (arr) WITH (fastupdate = off);
-- ERROR 42704: tablespace "nope" does not exist
CREATE INDEX ON t (a) TABLESPACE nope;

-- On other relations.
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW mv AS SELECT a FROM t;
CREATE SEQUENCE s;
-- ERROR 42809: cannot create index on relation "v"
CREATE INDEX ON v (a);
CREATE INDEX ON mv (a);
-- ERROR 42809: cannot create index on relation "s"
CREATE INDEX ON s (last_value);
-- ERROR 42809: "i" is an index
CREATE INDEX ON i (a);
-- ERROR 42501: permission denied: "pg_class" is a system catalog
CREATE INDEX ON pg_catalog.pg_class (relname);
-- ERROR 42601: syntax error at or near "."
CREATE INDEX public.named ON t (a);

-- Concurrently: never inside a transaction.
CREATE INDEX CONCURRENTLY conc ON t (a);
DROP INDEX CONCURRENTLY conc;
-- ERROR 42704: index "conc" does not exist
DROP INDEX CONCURRENTLY conc;
-- transaction
-- ERROR 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block
CREATE INDEX CONCURRENTLY conc ON t (a);
-- end
-- transaction
-- ERROR 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block
CREATE INDEX CONCURRENTLY conc ON missing (a);
-- end
-- transaction
-- ERROR 25001: DROP INDEX CONCURRENTLY cannot run inside a transaction block
DROP INDEX CONCURRENTLY i;
-- end
-- transaction
-- ERROR 25001: REINDEX CONCURRENTLY cannot run inside a transaction block
REINDEX INDEX CONCURRENTLY i;
-- end
-- transaction
REINDEX TABLE t;
-- end
REINDEX INDEX CONCURRENTLY i;
-- ERROR 42P01: relation "missing" does not exist
REINDEX INDEX missing;
-- ERROR 42P01: relation "missing" does not exist
REINDEX TABLE missing;
-- ERROR 42809: "i" is not a table or materialized view
REINDEX TABLE i;
-- ERROR 42809: "t" is not an index
REINDEX INDEX t;
-- ERROR 3F000: schema "missing" does not exist
REINDEX SCHEMA missing;
REINDEX SCHEMA public;
-- transaction
-- ERROR 25001: REINDEX SCHEMA cannot run inside a transaction block
REINDEX SCHEMA public;
-- end
CREATE INDEX CONCURRENTLY ON t (a);
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);
-- ERROR 0A000: DROP INDEX CONCURRENTLY does not support dropping multiple objects
DROP INDEX CONCURRENTLY i, i2;
-- ERROR 0A000: DROP INDEX CONCURRENTLY does not support CASCADE
DROP INDEX CONCURRENTLY i CASCADE;

-- ALTER INDEX.
ALTER INDEX i RENAME TO ii;
-- ERROR 42P01: relation "i" does not exist
ALTER INDEX i RENAME TO iii;
ALTER INDEX IF EXISTS i RENAME TO iii;
ALTER INDEX ii SET (fillfactor = 70);
ALTER INDEX ii RESET (fillfactor);
-- ERROR 22023: unrecognized parameter "nope"
ALTER INDEX ii SET (nope = 1);
ALTER INDEX t RENAME TO tt;
-- ERROR 42P01: relation "missing" does not exist
ALTER INDEX missing SET (fillfactor = 70);
-- ERROR 0A000: cannot alter statistics on non-expression column "a" of index "ii"
ALTER INDEX ii ALTER COLUMN 1 SET STATISTICS 10;
-- ERROR 42704: tablespace "nope" does not exist
ALTER INDEX ii SET TABLESPACE nope;
-- ERROR 42P07: relation "tt" already exists
ALTER INDEX ii RENAME TO tt;
