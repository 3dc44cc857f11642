-- UPDATE, DELETE, MERGE.

CREATE TABLE t (id int PRIMARY KEY, a int, b text, c timestamptz, j jsonb, arr int[], f boolean, g int GENERATED ALWAYS AS (a * 2) STORED, i int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE u (id int, t_id int, b text);

UPDATE t SET a = 1;
-- ERROR 42P01: relation "missing" does not exist
UPDATE missing SET a = 1;
-- ERROR 42703: column "missing" of relation "t" does not exist
UPDATE t SET missing = 1;
-- ERROR 42703: column "missing" does not exist
UPDATE t SET a = missing;
-- ERROR 42601: multiple assignments to same column "a"
UPDATE t SET a = 1, a = 2;
-- ERROR 22P02: invalid input syntax for type integer: "x"
UPDATE t SET a = 'x';
UPDATE t SET a = '5';
-- ERROR 42804: column "a" is of type integer but expression is of type text
UPDATE t SET a = b;
UPDATE t SET b = a;
UPDATE t SET b = now();
UPDATE t SET a = 1.5;
-- ERROR 42804: column "a" is of type integer but expression is of type boolean
UPDATE t SET a = true;
-- ERROR 42804: column "f" is of type boolean but expression is of type integer
UPDATE t SET f = 1;
UPDATE t SET f = a = 1;
UPDATE t SET c = '2020-01-01', j = '{}', arr = '{}';
-- ERROR 42804: column "c" is of type timestamp with time zone but expression is of type integer
UPDATE t SET c = 5;
-- ERROR 42804: column "j" is of type jsonb but expression is of type text
UPDATE t SET j = b;
UPDATE t SET j = b::jsonb;
UPDATE t SET j = jsonb_set(j, '{a}', '1');
UPDATE t SET j['a'] = '1';
UPDATE t SET arr[1] = 5, arr[2] = 6;
-- ERROR 22P02: invalid input syntax for type integer: "x"
UPDATE t SET arr[1] = 'x';
-- ERROR 42804: cannot subscript type integer because it does not support subscripting
UPDATE t SET a[1] = 5;
UPDATE t SET a = DEFAULT, id = DEFAULT;
-- ERROR 428C9: column "g" can only be updated to DEFAULT
UPDATE t SET g = 5;
UPDATE t SET g = DEFAULT;
-- ERROR 428C9: column "i" can only be updated to DEFAULT
UPDATE t SET i = 5;
UPDATE t SET i = DEFAULT;
UPDATE t SET (a, b) = (1, 'x');
-- ERROR 42601: number of columns does not match number of values
UPDATE t SET (a, b) = (1, 2, 3);
UPDATE t SET (a, b) = (SELECT 1, 'x');
-- ERROR 42601: number of columns does not match number of values
UPDATE t SET (a, b) = (SELECT 1);
-- ERROR 42703: column "missing" of relation "t" does not exist
UPDATE t SET (a, missing) = (1, 2);
UPDATE t SET (a) = ROW (1);
-- ERROR 42703: column "t" of relation "t" does not exist
UPDATE t SET t.a = 1;
UPDATE t x SET a = x.id;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "t"
UPDATE t x SET a = t.id;
-- ERROR 42703: column "x" of relation "t" does not exist
UPDATE t x SET x.a = 1;
UPDATE t SET a = u.t_id FROM u WHERE u.id = t.id;
-- ERROR 42702: column reference "id" is ambiguous
UPDATE t SET a = t_id FROM u WHERE u.id = id;
-- ERROR 42703: column u.missing does not exist
UPDATE t SET a = u.missing FROM u;
-- ERROR 42P01: missing FROM-clause entry for table "u"
UPDATE t SET a = u.id WHERE u.id = 1;
-- ERROR 42712: table name "t" specified more than once
UPDATE t SET a = 1 FROM t;
UPDATE t SET a = t2.a FROM t t2 WHERE t2.id = t.id;
UPDATE t SET a = (SELECT max(u.id) FROM u WHERE u.t_id = t.id);
-- ERROR 42803: aggregate functions are not allowed in UPDATE
UPDATE t SET a = max(id);
-- ERROR 42P20: window functions are not allowed in UPDATE
UPDATE t SET a = row_number() OVER ();
-- ERROR 42804: argument of WHERE must be type boolean, not type text
UPDATE t SET a = 1 WHERE b;
-- ERROR 22P02: invalid input syntax for type integer: "x"
UPDATE t SET a = 1 WHERE id = 'x';
-- ERROR 42803: aggregate functions are not allowed in WHERE
UPDATE t SET a = 1 WHERE count(*) > 1;
UPDATE t SET a = 1 RETURNING id, b;
-- ERROR 42703: column "missing" does not exist
UPDATE t SET a = 1 RETURNING missing;
UPDATE t SET a = 1 FROM u RETURNING u.b, t.*;
UPDATE ONLY t SET a = 1;
-- ERROR 34000: cursor "missing" does not exist
UPDATE t SET a = 1 WHERE CURRENT OF missing;
WITH w AS (SELECT 1 AS x) UPDATE t SET a = w.x FROM w;
WITH w AS (UPDATE t SET a = 1 RETURNING id) SELECT id FROM w;
-- ERROR 0A000: set-returning functions are not allowed in UPDATE
UPDATE t SET a = generate_series(1, 2);

DELETE FROM t;
-- ERROR 42P01: relation "missing" does not exist
DELETE FROM missing;
-- ERROR 42703: column "missing" does not exist
DELETE FROM t WHERE missing = 1;
-- ERROR 42804: argument of WHERE must be type boolean, not type integer
DELETE FROM t WHERE a;
-- ERROR 22P02: invalid input syntax for type integer: "x"
DELETE FROM t WHERE id = 'x';
DELETE FROM t USING u WHERE u.t_id = t.id;
-- ERROR 42703: column u.missing does not exist
DELETE FROM t USING u WHERE u.missing = t.id;
-- ERROR 42712: table name "t" specified more than once
DELETE FROM t USING t WHERE true;
DELETE FROM t USING t t2 WHERE t.id = t2.id;
DELETE FROM t x WHERE x.id = 1;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "t"
DELETE FROM t x WHERE t.id = 1;
DELETE FROM t WHERE id IN (SELECT t_id FROM u);
-- ERROR 42883: operator does not exist: integer = text
DELETE FROM t WHERE id IN (SELECT b FROM u);
DELETE FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id) RETURNING *;
-- ERROR 42703: column "missing" does not exist
DELETE FROM t RETURNING missing;
-- ERROR 42601: syntax error at or near "t"
DELETE t WHERE id = 1;
WITH gone AS (DELETE FROM t RETURNING *) INSERT INTO u (id) SELECT id FROM gone;

MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET b = u.b WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.id, u.b);
-- ERROR 42703: column u.missing does not exist
MERGE INTO t USING u ON t.id = u.missing WHEN MATCHED THEN DELETE;
-- ERROR 42P01: relation "missing" does not exist
MERGE INTO t USING missing ON true WHEN MATCHED THEN DELETE;
-- ERROR 42P01: relation "missing" does not exist
MERGE INTO missing USING u ON true WHEN MATCHED THEN DELETE;
-- ERROR 42703: column "missing" of relation "t" does not exist
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET missing = 1;
-- ERROR 42804: column "a" is of type integer but expression is of type text
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.b;
-- ERROR 42601: INSERT has more target columns than expressions
MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.id);
-- ERROR 42P01: invalid reference to FROM-clause entry for table "t"
MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id);
-- ERROR 42804: column "id" is of type integer but expression is of type text
MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (id) VALUES (u.b);
-- ERROR 42804: argument of WHEN must be type boolean, not type text
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.b THEN DELETE;
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.b = 'x' THEN DO NOTHING WHEN NOT MATCHED THEN DO NOTHING;
-- ERROR 42601: unreachable WHEN clause specified after unconditional WHEN clause
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DO NOTHING;
MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);
MERGE INTO t x USING u ON x.id = u.id WHEN MATCHED THEN UPDATE SET a = x.a + 1;
-- ERROR 42712: name "t" specified more than once
MERGE INTO t USING t ON true WHEN MATCHED THEN DELETE;
MERGE INTO t USING u ON t.id WHEN MATCHED THEN DELETE;
