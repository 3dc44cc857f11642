-- postgres: 17-
-- What PostgreSQL 17 allows and those before it do not.

CREATE TABLE t (id int PRIMARY KEY, a int, b text, j jsonb);
CREATE TABLE u (id int PRIMARY KEY, a int);
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT (id) VALUES (u.id) RETURNING merge_action(), t.id;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "u"
MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = u.a;
WITH m AS (MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE RETURNING t.id) SELECT id FROM m;
-- ERROR 42601: MERGE_ACTION() can only be used in the RETURNING list of a MERGE command
SELECT merge_action() FROM t;
SELECT * FROM JSON_TABLE('[{"a": 1}]', '$[*]' COLUMNS (a int PATH '$.a', n FOR ORDINALITY)) AS jt;
-- ERROR 42703: column jt.missing does not exist
SELECT jt.missing FROM JSON_TABLE('[{"a": 1}]', '$[*]' COLUMNS (a int PATH '$.a')) AS jt;
SELECT JSON_VALUE(j, '$.a'), JSON_QUERY(j, '$.a'), JSON_EXISTS(j, '$.a') FROM t;
SELECT JSON('{}'), JSON_SCALAR(1), JSON_SERIALIZE('{}');
SELECT random(1, 10), random(1.5, 2.5), to_bin(5), to_oct(8), xmltext('x');
SELECT uuid_extract_timestamp(gen_random_uuid());
ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (a + 1) STORED;
ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (a + 2);
-- ERROR 55000: column "a" of relation "t" is not a generated column
ALTER TABLE t ALTER COLUMN a SET EXPRESSION AS (1);
-- ERROR 42703: column "missing" does not exist
ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (missing);
ALTER TABLE t ALTER COLUMN a SET STATISTICS DEFAULT;
ALTER TABLE t SET ACCESS METHOD DEFAULT;
COPY t FROM '/dev/null' WITH (FORMAT csv, ON_ERROR ignore);
CREATE TABLE p (a int, id int GENERATED ALWAYS AS IDENTITY) PARTITION BY LIST (a);
CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
-- ERROR 0A000: unique constraint on partitioned table must include all partitioning columns
CREATE TABLE ex (a int, r int4range, EXCLUDE USING gist (r WITH &&)) PARTITION BY LIST (a);
SELECT now() - interval 'infinity', interval '-infinity';
-- A new value of an enum that is as new can be used at once.
-- transaction
CREATE TYPE fresh AS ENUM ('a');
ALTER TYPE fresh ADD VALUE 'b';
SELECT 'b'::fresh;
-- end
-- transaction
ALTER TYPE fresh ADD VALUE 'c';
-- ERROR 55P04: unsafe use of new value "c" of enum type fresh
SELECT 'c'::fresh;
-- end
GRANT MAINTAIN ON t TO PUBLIC;
EXPLAIN (MEMORY, SERIALIZE, ANALYZE) SELECT 1;
