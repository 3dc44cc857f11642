-- postgres: 16-
-- What PostgreSQL 16 allows and 15 does not.

CREATE TABLE t (id int PRIMARY KEY, a int, b text, j jsonb, tz timestamptz);
SELECT * FROM (SELECT a FROM t);
SELECT any_value(b) FROM t;
SELECT a, any_value(b) FROM t GROUP BY a;
-- ERROR 42804: cannot use type integer in IS JSON predicate
SELECT j IS JSON, b IS JSON OBJECT, a IS JSON FROM t;
SELECT JSON_OBJECT('a': 1), JSON_ARRAY(1, 2), JSON_ARRAYAGG(a), JSON_OBJECTAGG(b: a) FROM t;
SELECT date_add(tz, '1 day'), date_subtract(tz, '1 day') FROM t;
SELECT 1_000_000, 0xFF, 0o17, 0b11;
-- ERROR 42601: trailing junk after numeric literal at or near "1__000"
SELECT 1__000;
SELECT array_sample(ARRAY[1, 2], 1), array_shuffle(ARRAY[1, 2]);
SELECT random_normal(), erf(1);
CREATE TABLE s (a text STORAGE EXTERNAL);
-- ERROR 0A000: column data type integer can only have storage PLAIN
CREATE TABLE s2 (a int STORAGE EXTERNAL);
ALTER TABLE s ALTER COLUMN a SET STORAGE DEFAULT;
CREATE INDEX ON t (a) WHERE b = 'x';
CREATE STATISTICS ON a, b FROM t;
GRANT pg_read_all_data TO CURRENT_USER;
REINDEX DATABASE;
VACUUM (SKIP_DATABASE_STATS) t;
COPY t FROM '/dev/null' WITH (DEFAULT 'x');
