-- Queries: names, types, grouping.

CREATE TABLE t (id int PRIMARY KEY, a int, b text, c timestamptz, d date, j jsonb, arr text[], n numeric, f boolean);
CREATE TABLE u (id int, t_id int, b text, x real);

-- ERROR 42703: column "missing" does not exist
SELECT missing FROM t;
-- ERROR 42703: column t.missing does not exist
SELECT t.missing FROM t;
-- ERROR 42P01: missing FROM-clause entry for table "u"
SELECT u.id FROM t;
-- ERROR 42P01: relation "missing" does not exist
SELECT * FROM missing;
-- ERROR 42P01: relation "no_schema.t" does not exist
SELECT * FROM no_schema.t;
SELECT * FROM public.t;
SELECT public.t.a FROM t;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "t"
SELECT public.t.a FROM public.t x;
SELECT x.a FROM t x;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "t"
SELECT t.a FROM t x;
-- ERROR 42702: column reference "id" is ambiguous
SELECT id FROM t, u;
SELECT id FROM t JOIN u USING (id);
-- ERROR 42702: column reference "b" is ambiguous
SELECT b FROM t JOIN u USING (id);
SELECT t.b, u.b FROM t JOIN u USING (id);
-- ERROR 42703: column "missing" specified in USING clause does not exist in left table
SELECT * FROM t JOIN u USING (missing);
-- ERROR 42703: column "x" specified in USING clause does not exist in left table
SELECT * FROM t JOIN u USING (x);
SELECT * FROM t NATURAL JOIN u;
-- ERROR 42712: table name "t" specified more than once
SELECT * FROM t, t;
SELECT * FROM t, t AS t2;
-- ERROR 42712: table name "a" specified more than once
SELECT * FROM t a, u a;
-- ERROR 42703: column u.missing does not exist
SELECT * FROM t JOIN u ON t.id = u.missing;
-- ERROR 42804: argument of JOIN/ON must be type boolean, not type integer
SELECT * FROM t JOIN u ON t.id;
-- ERROR 42883: operator does not exist: integer = text
SELECT * FROM t JOIN u ON t.id = u.b;
SELECT * FROM t LEFT JOIN u ON u.t_id = t.id AND u.x > 0 CROSS JOIN LATERAL (SELECT t.a + u.x AS y) z;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "t"
SELECT * FROM t, (SELECT t.a) z;
SELECT * FROM t, LATERAL (SELECT t.a) z;
SELECT * FROM t, generate_series(1, t.a) g;
SELECT g + 1 FROM generate_series(1, 3) g;
-- ERROR 42601: subquery in FROM must have an alias
SELECT * FROM (SELECT 1);
SELECT * FROM (SELECT 1) AS s;
SELECT s.x FROM (SELECT 1 AS x) s;
-- ERROR 42703: column s.y does not exist
SELECT s.y FROM (SELECT 1 AS x) s;
SELECT s.y FROM (SELECT 1 AS x) s (y);
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v (x, y) WHERE v.x = 1;
-- ERROR 42601: VALUES lists must all be the same length
SELECT * FROM (VALUES (1, 'a'), (2)) v;
-- ERROR 22P02: invalid input syntax for type integer: "a"
SELECT * FROM (VALUES (1), ('a')) v;
VALUES (1), ('2');
-- ERROR 42804: VALUES types integer and boolean cannot be matched
VALUES (1), (true);
SELECT t FROM t;
SELECT t.*, u.* FROM t, u;
-- ERROR 42P01: missing FROM-clause entry for table "missing"
SELECT missing.* FROM t;
-- ERROR 42601: SELECT * with no tables specified is not valid
SELECT *;
SELECT a b FROM t ORDER BY b;
-- ERROR 42703: column "z" does not exist
SELECT a AS z FROM t WHERE z > 0;
SELECT a AS z FROM t ORDER BY z;
-- ERROR 42703: column "z" does not exist
SELECT a AS z FROM t ORDER BY z + 1;
SELECT a AS z, count(*) FROM t GROUP BY z;
-- ERROR 42703: column "z" does not exist
SELECT a AS z, count(*) FROM t GROUP BY a HAVING z > 1;
SELECT a FROM t ORDER BY 1;
-- ERROR 42P10: ORDER BY position 2 is not in select list
SELECT a FROM t ORDER BY 2;
-- ERROR 42P10: GROUP BY position 2 is not in select list
SELECT a FROM t GROUP BY 2;
-- ERROR 42703: column "missing" does not exist
SELECT a FROM t ORDER BY missing;
-- ERROR 42702: ORDER BY "x" is ambiguous
SELECT a AS x, id AS x FROM t ORDER BY x;

-- WHERE, types.
-- ERROR 42804: argument of WHERE must be type boolean, not type integer
SELECT 1 FROM t WHERE a;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT 1 FROM t WHERE a = 'x';
SELECT 1 FROM t WHERE a = '5';
-- ERROR 42883: operator does not exist: integer = text
SELECT 1 FROM t WHERE a = b;
-- ERROR 42883: operator does not exist: text = integer
SELECT 1 FROM t WHERE b = 5;
SELECT 1 FROM t WHERE a = 5.5 AND n = 1 AND n > a;
SELECT 1 FROM t WHERE c > '2020-01-01' AND d < now() AND c::date = d;
-- ERROR 42883: operator does not exist: timestamp with time zone > integer
SELECT 1 FROM t WHERE c > 5;
SELECT 1 FROM t WHERE f;
-- ERROR 42883: operator does not exist: boolean = integer
SELECT 1 FROM t WHERE f = 1;
SELECT 1 FROM t WHERE f = 'true' OR f IS NOT TRUE;
-- ERROR 42804: argument of IS TRUE must be type boolean, not type integer
SELECT 1 FROM t WHERE a IS TRUE;
-- ERROR 42804: argument of NOT must be type boolean, not type text
SELECT 1 FROM t WHERE NOT b;
SELECT 1 FROM t WHERE a IN (1, 2, '3');
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT 1 FROM t WHERE a IN (1, 'x');
-- ERROR 42883: operator does not exist: integer = text
SELECT 1 FROM t WHERE a IN ('1'::text);
-- ERROR 42883: operator does not exist: integer = text
SELECT 1 FROM t WHERE a IN (SELECT b FROM u);
SELECT 1 FROM t WHERE a IN (SELECT t_id FROM u);
-- ERROR 42601: subquery has too many columns
SELECT 1 FROM t WHERE a IN (SELECT id, t_id FROM u);
SELECT 1 FROM t WHERE (a, b) IN (SELECT id, b FROM u);
SELECT 1 FROM t WHERE (a, b) = (1, 'x');
-- ERROR 42601: unequal number of entries in row expressions
SELECT 1 FROM t WHERE (a, b) = (1, 2, 3);
-- ERROR 42883: operator does not exist: text = integer
SELECT 1 FROM t WHERE (a, b) = (1, 2);
-- ERROR 42601: subquery must return only one column
SELECT 1 FROM t WHERE a = (SELECT id, t_id FROM u);
-- ERROR 42883: operator does not exist: integer = text
SELECT 1 FROM t WHERE a = (SELECT b FROM u);
SELECT 1 FROM t WHERE a = ANY (ARRAY[1, 2]);
-- ERROR 42809: op ANY/ALL (array) requires array on right side
SELECT 1 FROM t WHERE a = ANY (1);
SELECT 1 FROM t WHERE b = ANY (arr);
-- ERROR 42883: operator does not exist: integer = text
SELECT 1 FROM t WHERE a = ANY (arr);
SELECT 1 FROM t WHERE b LIKE 'x%' AND b ILIKE '%y' AND b ~ 'z' AND b SIMILAR TO 'q';
-- ERROR 42883: operator does not exist: integer ~~ unknown
SELECT 1 FROM t WHERE a LIKE 'x%';
SELECT 1 FROM t WHERE a::text LIKE 'x%';
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT 1 FROM t WHERE a BETWEEN 1 AND 'x';
-- ERROR 42883: operator does not exist: text >= integer
SELECT 1 FROM t WHERE b BETWEEN 1 AND 2;
SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id);
-- ERROR 42703: column "missing" does not exist
SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE missing = t.id);
-- ERROR 42P01: missing FROM-clause entry for table "u"
SELECT 1 FROM t WHERE u.t_id = t.id AND EXISTS (SELECT 1 FROM u);
-- ERROR 42883: operator does not exist: integer = text
SELECT 1 FROM t WHERE a IS DISTINCT FROM 1 AND a IS NOT DISTINCT FROM b;
SELECT 1 FROM t WHERE a = NULL OR b = NULL;

-- Aggregates and groups.
-- ERROR 42803: column "t.a" must appear in the GROUP BY clause or be used in an aggregate function
SELECT a, count(*) FROM t;
-- ERROR 42803: column "t.a" must appear in the GROUP BY clause or be used in an aggregate function
SELECT a, count(*) FROM t GROUP BY b;
SELECT a, count(*) FROM t GROUP BY a;
SELECT id, a, b FROM t GROUP BY id;
-- ERROR 42803: column "u.b" must appear in the GROUP BY clause or be used in an aggregate function
SELECT t_id, b FROM u GROUP BY t_id;
SELECT * FROM t GROUP BY id;
-- ERROR 42803: aggregate functions are not allowed in WHERE
SELECT count(*) FROM t WHERE count(*) > 1;
SELECT count(*) FROM t HAVING count(*) > 1;
-- ERROR 42803: column "t.a" must appear in the GROUP BY clause or be used in an aggregate function
SELECT a FROM t HAVING count(*) > 1;
-- ERROR 42803: column "t.b" must appear in the GROUP BY clause or be used in an aggregate function
SELECT a FROM t GROUP BY a HAVING b > 'x';
-- ERROR 42883: function sum(text) does not exist
SELECT sum(b) FROM t;
SELECT sum(a), avg(n), max(b), min(d), bool_and(f), string_agg(b, ','), array_agg(a), jsonb_agg(j), count(DISTINCT a) FROM t;
-- ERROR 42883: function string_agg(text) does not exist
SELECT string_agg(b) FROM t;
-- ERROR 42883: function string_agg(integer, unknown) does not exist
SELECT string_agg(a, ',') FROM t;
-- ERROR 42803: aggregate function calls cannot be nested
SELECT sum(sum(a)) FROM t;
SELECT sum(DISTINCT a ORDER BY a) FILTER (WHERE a > 0) FROM t;
-- ERROR 42804: argument of FILTER must be type boolean, not type text
SELECT sum(a) FILTER (WHERE b) FROM t;
-- ERROR 42883: function max(boolean) does not exist
SELECT max(f) FROM t;
SELECT lower(b), count(*) FROM t GROUP BY lower(b);
SELECT lower(b), count(*) FROM t GROUP BY b;
-- ERROR 42803: column "t.b" must appear in the GROUP BY clause or be used in an aggregate function
SELECT upper(b), count(*) FROM t GROUP BY lower(b);
SELECT a, b, count(*) FROM t GROUP BY GROUPING SETS ((a), (b));
SELECT a, GROUPING(a) FROM t GROUP BY ROLLUP (a);
-- ERROR 42803: arguments to GROUPING must be grouping expressions of the associated query level
SELECT a, GROUPING(b) FROM t GROUP BY ROLLUP (a);
-- ERROR 42803: column "t.b" must appear in the GROUP BY clause or be used in an aggregate function
SELECT a FROM t GROUP BY a ORDER BY b;
SELECT a FROM t GROUP BY a ORDER BY count(*);
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t;
-- ERROR 42883: function percentile_cont(numeric) does not exist
SELECT percentile_cont(0.5) FROM t;

-- Windows.
SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM t;
-- ERROR 42809: window function row_number requires an OVER clause
SELECT row_number() FROM t;
SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY id);
-- ERROR 42704: window "missing" does not exist
SELECT sum(a) OVER missing FROM t;
-- ERROR 42P20: window functions are not allowed in WHERE
SELECT 1 FROM t WHERE row_number() OVER () = 1;
-- ERROR 42809: OVER specified, but lower is not a window function nor an aggregate function
SELECT lower(b) OVER () FROM t;
-- ERROR 42703: column "missing" does not exist
SELECT rank() OVER (ORDER BY missing) FROM t;
SELECT lag(a, 1) OVER (ORDER BY id), first_value(b) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;
SELECT sum(count(*)) OVER () FROM t;

-- DISTINCT, LIMIT.
-- ERROR 42P10: for SELECT DISTINCT, ORDER BY expressions must appear in select list
SELECT DISTINCT a FROM t ORDER BY b;
SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b;
-- ERROR 42P10: SELECT DISTINCT ON expressions must match initial ORDER BY expressions
SELECT DISTINCT ON (a) a, b FROM t ORDER BY b;
SELECT DISTINCT j FROM t;
-- ERROR 22P02: invalid input syntax for type bigint: "x"
SELECT a FROM t LIMIT 'x';
-- ERROR 42P10: argument of LIMIT must not contain variables
SELECT a FROM t LIMIT a;
SELECT a FROM t LIMIT 1 + 1 OFFSET 2;
SELECT a FROM t FETCH FIRST 3 ROWS ONLY;
SELECT a FROM t FOR UPDATE;
-- ERROR 0A000: FOR UPDATE is not allowed with aggregate functions
SELECT count(*) FROM t FOR UPDATE;
-- ERROR 42P01: relation "u" in FOR UPDATE clause not found in FROM clause
SELECT a FROM t FOR UPDATE OF u;
SELECT a FROM t FOR UPDATE OF t SKIP LOCKED;
-- ERROR 0A000: FOR UPDATE is not allowed with DISTINCT clause
SELECT DISTINCT a FROM t FOR UPDATE;

-- Set operations.
SELECT a FROM t UNION SELECT id FROM u;
-- ERROR 42601: each UNION query must have the same number of columns
SELECT a, b FROM t UNION SELECT id FROM u;
-- ERROR 42804: UNION types integer and text cannot be matched
SELECT a FROM t UNION SELECT b FROM u;
SELECT a FROM t UNION ALL SELECT x FROM u;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT a FROM t UNION SELECT 'x';
SELECT a FROM t UNION SELECT '5';
SELECT a FROM t UNION SELECT NULL;
-- ERROR 42804: UNION types text and integer cannot be matched
SELECT NULL UNION SELECT NULL UNION SELECT a FROM t;
SELECT a FROM t UNION SELECT id FROM u ORDER BY a;
-- ERROR 42703: column "id" does not exist
SELECT a FROM t UNION SELECT id FROM u ORDER BY id;
-- ERROR 0A000: invalid UNION/INTERSECT/EXCEPT ORDER BY clause
SELECT a FROM t UNION SELECT id FROM u ORDER BY a + 1;
SELECT a FROM t INTERSECT SELECT id FROM u EXCEPT SELECT 5;
-- ERROR 42601: syntax error at or near "UNION"
SELECT a FROM t ORDER BY a UNION SELECT 1;
(SELECT a FROM t ORDER BY a LIMIT 1) UNION SELECT 1;

-- WITH.
WITH w AS (SELECT a FROM t) SELECT a FROM w;
-- ERROR 42703: column "b" does not exist
WITH w AS (SELECT a FROM t) SELECT b FROM w;
WITH w (z) AS (SELECT a FROM t) SELECT z FROM w;
-- ERROR 42P10: WITH query "w" has 1 columns available but 2 columns specified
WITH w (z, y) AS (SELECT a FROM t) SELECT z FROM w;
-- ERROR 42712: WITH query name "w" specified more than once
WITH w AS (SELECT 1), w AS (SELECT 2) SELECT * FROM w;
-- ERROR 42P01: relation "y" does not exist
WITH x AS (SELECT * FROM y), y AS (SELECT 1 AS a) SELECT * FROM x;
WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1 AS a) SELECT * FROM x;
WITH t AS (SELECT 1 AS only_this) SELECT only_this FROM t;
-- ERROR 42703: column "a" does not exist
WITH t AS (SELECT 1 AS only_this) SELECT a FROM t;
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r;
-- ERROR 42804: recursive query "r" column 1 has type integer in non-recursive term but type numeric overall
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1.5 FROM r WHERE n < 5) SELECT n FROM r;
-- ERROR 42703: column "missing" does not exist
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT missing FROM r) SELECT n FROM r;
-- ERROR 42P19: recursive reference to query "r" must not appear within its non-recursive term
WITH RECURSIVE r (n) AS (SELECT n FROM r UNION ALL SELECT 1) SELECT n FROM r;
-- ERROR 42P19: aggregate functions are not allowed in a recursive query's recursive term
WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT sum(n) FROM r) SELECT n FROM r;
WITH d AS (DELETE FROM u RETURNING id, b) SELECT id FROM d;
-- ERROR 42703: column "b" does not exist
WITH d AS (DELETE FROM u RETURNING id) SELECT b FROM d;
-- ERROR 0A000: WITH clause containing a data-modifying statement must be at the top level
SELECT * FROM (WITH d AS (DELETE FROM u RETURNING id) SELECT * FROM d) x;
WITH w AS MATERIALIZED (SELECT 1 AS x) SELECT x FROM w;
