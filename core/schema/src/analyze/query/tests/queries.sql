-- What a server says to queries over this schema: the columns of the result, or the SQLSTATE.

CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (x int, y text);
CREATE DOMAIN positive AS int;
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c varchar(10), n numeric(10,2), ts timestamptz(3), d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid);
CREATE TABLE u (id bigint PRIMARY KEY, t_id int, b text, x real);
CREATE TABLE k (a int, b int, c text, UNIQUE (a, b), PRIMARY KEY (b, c));
CREATE TABLE g (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int, w int GENERATED ALWAYS AS (v + 1) STORED);
CREATE VIEW v AS SELECT id, a FROM t;

-- Names of results.
--> ?column? integer, ?column? text, ?column? numeric, ?column? text, ?column? boolean
SELECT 1, 'x', 1.5, NULL, true;
--> a integer, a integer, a integer, ?column? integer, ?column? integer, a text, b8 bigint, a integer
SELECT a, t.a, public.t.a, a + 1, -a, a::text, a::bigint AS b8, (a) FROM t;
--> lower text, up text, now timestamp with time zone, current_date date, count bigint
SELECT lower(b), upper(b) AS up, now(), current_date, count(*) FROM t GROUP BY b;
--> case integer, a integer, case integer
SELECT CASE WHEN f THEN 1 END, CASE WHEN f THEN 1 ELSE a END, CASE WHEN f THEN 1 ELSE 2 END FROM t;
--> coalesce integer, greatest integer, least integer, nullif integer
SELECT coalesce(a, 1), greatest(a, 1), least(a, 2), nullif(a, 1) FROM t;
--> array integer[], row record, row record, arr text, arr text[], x integer, y text
SELECT ARRAY[1, 2], ROW(1, 2), (1, 2), arr[1], arr[1:2], (p).x, (p).y FROM t;
--> exists boolean, array integer[], a integer, ?column? integer, z integer, ?column? boolean
SELECT EXISTS (SELECT 1), ARRAY(SELECT 1), (SELECT a FROM t), (SELECT 1), (SELECT 1 AS z), 1 IN (SELECT 1);
--> deep integer
SELECT (SELECT * FROM (SELECT 1 AS deep) s);
--> date date, interval interval, int4 integer, varchar character varying(5), numeric numeric(5,1)
SELECT date '2020-01-01', interval '1 day', int '1', '1'::varchar(5), CAST('1' AS numeric(5,1));
--> extract numeric, substring text, position integer, btrim text, timezone timestamp without time zone, overlay text
SELECT extract(year FROM d), substring(b FROM 1 FOR 2), position('a' IN b), trim(b), ts AT TIME ZONE 'UTC', overlay(b PLACING 'x' FROM 1) FROM t;
--> b text, ?column? text, ?column? boolean, ?column? boolean, ?column? boolean, ?column? boolean, ?column? boolean
SELECT b COLLATE "C", b || 'x', NOT f, a = 1, a IS NULL, a BETWEEN 1 AND 2, b LIKE 'x' FROM t;
--> ?column? jsonb, ?column? text, ?column? text
SELECT j -> 'x', j ->> 'y', j #>> '{a}' FROM t;
--> current_user name, session_user name, current_timestamp timestamp with time zone, localtime time without time zone, user name, current_schema name
SELECT current_user, session_user, current_timestamp, localtime, user, current_schema;
--> sum bigint, avg numeric, max text, array_agg integer[], string_agg text, jsonb_agg jsonb, count bigint
SELECT sum(a), avg(a), max(b), array_agg(a), string_agg(b, ','), jsonb_agg(j), count(DISTINCT a) FILTER (WHERE f) FROM t;
--> t t
SELECT t FROM t;
--> id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid
SELECT t.* FROM t;
--> id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid
SELECT * FROM t;
--> id bigint, t_id integer, b text, x real
SELECT x.* FROM u x;
--> id bigint, t_id integer, b text, x real, id integer
SELECT u.*, t.id FROM t, u;
--> x integer, y text
SELECT (p).* FROM t;
--> a integer
SELECT (t).a FROM t;
--> id bigint, t_id integer, b text, x real, ?column? integer
SELECT *, 1 FROM u;
--> id bigint, t_id integer, b text, x real
TABLE u;
--> column1 integer, column2 text
VALUES (1, 'x'), (2, NULL);
--> column1 text
VALUES ('a'), ('b');

-- FROM.
--! 42703
SELECT missing FROM t;
--! 42703
SELECT t.missing FROM t;
--! 42P01
SELECT z.a FROM t;
--! 42P01
SELECT t.a FROM t z;
--> a integer
SELECT z.a FROM t z;
--! 42P01
SELECT * FROM missing;
--! 42P01
SELECT * FROM nowhere.t;
--! 42702
SELECT id FROM t, u;
--> id bigint
SELECT id FROM t JOIN u USING (id);
--> id bigint, b text, a integer, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid, t_id integer, x real
SELECT * FROM t JOIN u USING (id, b);
--> id integer, id bigint
SELECT t.id, u.id FROM t JOIN u USING (id);
--! 42702
SELECT b FROM t JOIN u USING (id);
--> t_id integer, id bigint, b text, x real, y text
SELECT * FROM u NATURAL JOIN (SELECT 1 AS t_id, 'x' AS y) s;
--> c integer, b integer, a integer, e integer
SELECT * FROM (SELECT 1 AS a, 2 AS b) q NATURAL JOIN (SELECT 2 AS b, 3 AS c) r NATURAL JOIN (SELECT 3 AS c, 4 AS e) s;
--> b integer, a integer, c integer
SELECT * FROM (SELECT 1 AS a, 2 AS b) q FULL JOIN (SELECT 2 AS b, 3 AS c) r USING (b);
--> b bigint, b integer, b bigint
SELECT b, q.b, r.b FROM (SELECT 1 AS a, 2 AS b) q FULL JOIN (SELECT 2::bigint AS b, 3 AS c) r USING (b);
--> b integer
SELECT j.b FROM (SELECT 1 AS a, 2 AS b) q JOIN (SELECT 2 AS b) r USING (b) AS j;
--! 42703
SELECT j.a FROM (SELECT 1 AS a, 2 AS b) q JOIN (SELECT 2 AS b) r USING (b) AS j;
--> id integer
SELECT x.id FROM (t CROSS JOIN (SELECT 1 AS one) o) AS x;
--! 42P01
SELECT t.id FROM (t CROSS JOIN (SELECT 1 AS one) o) AS x;
--! 42703
SELECT * FROM t JOIN u USING (missing);
--! 42703
SELECT * FROM t JOIN u USING (a);
--! 42701
SELECT * FROM t JOIN u USING (id, id);
--! 42712
SELECT * FROM t, t;
--! 42712
SELECT * FROM t a, u a;
--> id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid, id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid, id bigint, t_id integer, b text, x real
SELECT * FROM t a JOIN t b ON a.id = b.id JOIN u ON u.t_id = a.id WHERE b.a > 1;
--! 42P01
SELECT * FROM t JOIN u ON u.t_id = z.id;
--> ?column? integer
SELECT 1 FROM t JOIN u ON t.id = u.t_id AND u.x > 0 LEFT JOIN k ON k.a = t.id WHERE k.a IS NULL;
--! 42P01
SELECT * FROM t, (SELECT t.a) z;
--> a integer, y integer
SELECT t.a, y FROM t, LATERAL (SELECT t.a + 1 AS y) z;
--> a integer, i integer
SELECT t.a, g.i FROM t CROSS JOIN LATERAL (SELECT t.id AS i) g;
--! 42P01
SELECT t.a FROM t JOIN (SELECT t.a) z ON true;
--> ?column? integer
SELECT * FROM (SELECT 1) s;
--> a integer, a integer
SELECT * FROM (SELECT 1 AS a, 2 AS a) s;
--! 42702
SELECT a FROM (SELECT 1 AS a, 2 AS a) s;
--> y integer
SELECT s.y FROM (SELECT 1 AS x) s (y);
--! 42P10
SELECT * FROM (SELECT 1 AS x) s (y, z);
--> one bigint, two integer, b text, x real
SELECT * FROM u AS w (one, two);
--! 42703
SELECT w.id FROM u AS w (one, two);
--> one bigint, b text
SELECT w.one, w.b FROM u AS w (one, two);
--! 42P10
SELECT * FROM u AS w (one, two, three, four, five);
--> x integer, y text
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v (x, y);
--> column1 integer, column2 text
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v;
--! 42601
SELECT * FROM (VALUES (1, 'a'), (2)) v;
--> last_value bigint, is_called boolean
SELECT last_value, is_called FROM g_id_seq;
--> id integer, a integer
SELECT * FROM v;
--! 42809
SELECT * FROM pair;
--! 42809
SELECT * FROM t_pkey;
--> ctid tid, tableoid oid, xmin xid
SELECT ctid, tableoid, xmin FROM t;
--> ctid tid, tableoid regclass
SELECT t.ctid, t.tableoid::regclass FROM t;
--! 42703
SELECT v.ctid FROM v;
--> relname name, oid oid
SELECT relname, oid FROM pg_class;
--> column_name name
SELECT column_name FROM information_schema.columns;
--! 42703
SELECT c.missing FROM pg_class c;
--> table_name name
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public';
--! 42601
SELECT *;
--! 42P01
SELECT z.* FROM t;
-->
SELECT FROM t;
--> b text
SELECT b FROM t TABLESAMPLE system (10);

-- Functions in FROM.
--> generate_series integer
SELECT * FROM generate_series(1, 3);
--> g integer
SELECT * FROM generate_series(1, 3) g;
--> i integer
SELECT * FROM generate_series(1, 3) g (i);
--> g integer, ?column? integer
SELECT g, g + 1 FROM generate_series(1, 3) g;
--> g integer
SELECT g.g FROM generate_series(1, 3) g;
--> generate_series integer, ordinality bigint
SELECT * FROM generate_series(1, 3) WITH ORDINALITY;
--> i integer, n bigint
SELECT * FROM generate_series(1, 3) WITH ORDINALITY g (i, n);
--> unnest text
SELECT * FROM unnest(ARRAY['a', 'b']);
--> x text
SELECT * FROM unnest(ARRAY['a', 'b']) x;
--> a text, b integer
SELECT * FROM unnest(ARRAY['a', 'b'], ARRAY[1, 2]) x (a, b);
--> unnest text, unnest integer
SELECT * FROM unnest(ARRAY['a', 'b'], ARRAY[1, 2]);
--> id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid, x text
SELECT * FROM t, unnest(t.arr) x;
--! 42703
SELECT * FROM t, unnest(t.missing) x;
--> key text, value jsonb
SELECT * FROM jsonb_each('{}');
--> key text, value text
SELECT key, value FROM t, jsonb_each_text(j);
--> value jsonb
SELECT * FROM jsonb_array_elements('[]');
--> ?column? text
SELECT e ->> 'x' FROM t, jsonb_array_elements(t.j) e;
--> value jsonb
SELECT e.value FROM t, jsonb_array_elements(t.j) e;
--> a integer, b text
SELECT * FROM json_to_record('{}') AS x (a int, b text);
--> a integer, b character varying(3)
SELECT * FROM json_to_recordset('[]') AS x (a int, b varchar(3));
--! 42601
SELECT * FROM json_to_record('{}') AS x;
--> x integer, y text
SELECT * FROM jsonb_populate_record(NULL::pair, '{}');
--> x integer
SELECT x FROM jsonb_populate_record(NULL::pair, '{}');
--> a integer
SELECT * FROM jsonb_to_record('{}') AS (a int);
--> n integer, s text
SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a'])) AS r (n, s);
--> generate_series integer, z integer
SELECT * FROM ROWS FROM (generate_series(1, 2), json_to_record('{}') AS (z int)) r;
--> m text[]
SELECT * FROM regexp_matches('a', 'b') m;
--> current_date date
SELECT * FROM current_date;
--> word text, catcode "char", barelabel boolean, catdesc text, baredesc text
SELECT * FROM pg_get_keywords();
--! 42883
SELECT * FROM missing_function(1);
--> x integer, o integer
SELECT * FROM XMLTABLE('/a' PASSING ('<a/>'::xml) COLUMNS x int PATH 'b', o FOR ORDINALITY);
--> y text
SELECT x.y FROM XMLTABLE('/a' PASSING ('<a/>'::xml) COLUMNS y text PATH 'b') x;

-- ORDER BY, GROUP BY, DISTINCT.
--> z integer
SELECT a AS z FROM t ORDER BY z;
--! 42703
SELECT a AS z FROM t ORDER BY z + 1;
--! 42703
SELECT a AS z FROM t WHERE z = 1;
--> z integer
SELECT a AS z FROM t GROUP BY z;
--! 42803
SELECT a AS b FROM t GROUP BY b;
--> z integer, count bigint
SELECT a AS z, count(*) FROM t GROUP BY 1 ORDER BY 2;
--! 42P10
SELECT a FROM t ORDER BY 2;
--! 42P10
SELECT a FROM t ORDER BY 0;
--! 42P10
SELECT a FROM t ORDER BY -1;
--! 42P10
SELECT a FROM t GROUP BY 2;
--! 42601
SELECT a FROM t ORDER BY 'x';
--! 42601
SELECT a FROM t ORDER BY 1.5;
--! 42601
SELECT a FROM t ORDER BY NULL;
--> a integer
SELECT a FROM t ORDER BY b;
--! 42703
SELECT a FROM t ORDER BY missing;
--! 42702
SELECT a AS x, id AS x FROM t ORDER BY x;
--> x integer, x integer
SELECT a AS x, a AS x FROM t ORDER BY x;
--! 42P10
SELECT DISTINCT a FROM t ORDER BY b;
--! 42P10
SELECT DISTINCT a FROM t ORDER BY a + 1;
--> ?column? integer
SELECT DISTINCT a + 1 FROM t ORDER BY a + 1;
--> l text
SELECT DISTINCT lower(b) AS l FROM t ORDER BY lower(b);
--> a integer
SELECT DISTINCT a FROM t ORDER BY t.a;
--> id bigint, t_id integer, b text, x real
SELECT DISTINCT * FROM u ORDER BY x;
--> a integer, b text
SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b;
--! 42P10
SELECT DISTINCT ON (a) a, b FROM t ORDER BY b;
--! 42P10
SELECT DISTINCT ON (a) a, b FROM t ORDER BY b, a;
--> a integer
SELECT DISTINCT ON (a, b) a FROM t ORDER BY b, a, id;
--! 42P10
SELECT DISTINCT ON (a, b) a FROM t ORDER BY b, id, a;
--> b text
SELECT DISTINCT ON (lower(b)) b FROM t ORDER BY lower(b), id;
--> b text
SELECT DISTINCT ON (1) b FROM t ORDER BY 1;
--> z integer
SELECT DISTINCT ON (z) a AS z FROM t;
--> a integer
SELECT DISTINCT ON (a) a FROM t;
--! 42803
SELECT a, count(*) FROM t;
--! 42803
SELECT a, b, count(*) FROM t GROUP BY a;
--> a integer, count bigint
SELECT a, count(*) FROM t GROUP BY a, b;
--> id integer, a integer, b text
SELECT id, a, b FROM t GROUP BY id;
--> id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid, count bigint
SELECT t.*, count(u.id) FROM t LEFT JOIN u ON u.t_id = t.id GROUP BY t.id;
--! 42803
SELECT t.*, u.b FROM t LEFT JOIN u ON u.t_id = t.id GROUP BY t.id;
--> a integer, b integer, c text
SELECT k.a, k.b, k.c FROM k GROUP BY b, c;
--! 42803
SELECT k.a, k.b, k.c FROM k GROUP BY a, b;
--! 42803
SELECT v.a FROM v GROUP BY v.id;
--! 42803
SELECT s.a FROM (SELECT * FROM t) s GROUP BY s.id;
--> ?column? integer, count bigint
SELECT a + 1, count(*) FROM t GROUP BY a + 1;
--! 42803
SELECT a + 2, count(*) FROM t GROUP BY a + 1;
--> a integer, count bigint
SELECT a, count(*) FROM t GROUP BY a::int;
--> a integer, count bigint
SELECT a::int, count(*) FROM t GROUP BY a;
--! 42803
SELECT a, count(*) FROM t GROUP BY a::text;
--! 42803
SELECT b, count(*) FROM t GROUP BY (b COLLATE "C");
--> d date, date date, count bigint
SELECT d::date, date(d), count(*) FROM t GROUP BY date(d);
--> n integer, count bigint
SELECT n::int, count(*) FROM t GROUP BY int4(n);
--> ?column? integer, count bigint
SELECT a + '1', count(*) FROM t GROUP BY a + 1;
--> ?column? integer, count bigint
SELECT a + 1, count(*) FROM t GROUP BY a;
--> lower text
SELECT lower(b) FROM t GROUP BY lower(t.b);
--! 42803
SELECT upper(b) FROM t GROUP BY lower(b);
--> date_trunc timestamp with time zone, count bigint
SELECT date_trunc('day', ts), count(*) FROM t GROUP BY date_trunc('day', ts) ORDER BY date_trunc('day', ts);
--> day timestamp with time zone, count bigint
SELECT date_trunc('day', ts) AS day, count(*) FROM t GROUP BY day ORDER BY day DESC;
--> d text, count bigint
SELECT d::text, count(*) FROM t GROUP BY d::text;
--! 42803
SELECT count(*) FROM t HAVING a > 1;
--> count bigint
SELECT count(*) FROM t HAVING count(*) > 1;
--! 42803
SELECT a FROM t HAVING true;
--> a integer
SELECT a FROM t GROUP BY a HAVING max(b) > 'x' ORDER BY max(id);
--! 42803
SELECT a FROM t GROUP BY a ORDER BY b;
--> a integer, b text
SELECT a, b FROM t GROUP BY ROLLUP (a, b);
--! 42803
SELECT a, b, c FROM t GROUP BY ROLLUP (a, b);
--> a integer, grouping integer
SELECT a, GROUPING(a, b) FROM t GROUP BY CUBE (a, b);
--! 42803
SELECT a, GROUPING(c) FROM t GROUP BY a;
--> a integer, b text
SELECT a, b FROM t GROUP BY GROUPING SETS ((a), (b), ());
--! 42803
SELECT (SELECT t.a) FROM t GROUP BY t.b;
--> a integer
SELECT (SELECT t.a) FROM t GROUP BY t.a;
--! 42803
SELECT t.b, (SELECT max(u.id) FROM u WHERE u.t_id = t.a) FROM t GROUP BY t.b;
--> b text, max bigint
SELECT t.b, (SELECT max(u.id) FROM u WHERE u.t_id = max(t.a)) FROM t GROUP BY t.b;
--! 42803
SELECT count(*), EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id) FROM t;
--! 42803
SELECT count(*) FROM t WHERE count(*) > 1;
--> sum numeric
SELECT sum(count(*)) OVER () FROM t;
--> a integer, sum bigint
SELECT a, sum(a) OVER (PARTITION BY b) FROM t;
--> a integer, sum numeric
SELECT a, sum(count(*)) OVER (ORDER BY a) FROM t GROUP BY a;
--! 42803
SELECT b, sum(count(*)) OVER (ORDER BY a) FROM t GROUP BY b;
--> sum bigint
SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b ORDER BY id);
--! 42704
SELECT sum(a) OVER w FROM t;
--> sum bigint
SELECT sum(a) OVER (w ORDER BY id) FROM t WINDOW w AS (PARTITION BY b);
--! 42704
SELECT sum(a) OVER (w) FROM t WINDOW x AS (PARTITION BY b);
--! 42703
SELECT 1 FROM t WINDOW w AS (ORDER BY missing);
--! 42P20
SELECT 1 FROM t WINDOW w AS (ORDER BY a), w AS (ORDER BY b);
--> rank bigint, rn bigint
SELECT rank() OVER (ORDER BY a), row_number() OVER () AS rn FROM t;
--! 42P10
SELECT a FROM t LIMIT a;
--> a integer
SELECT a FROM t LIMIT 10 OFFSET (SELECT 1);
--! 22P02
SELECT a FROM t LIMIT 'x';
--> a integer
SELECT a FROM t LIMIT ALL;
--> a integer
SELECT a FROM t FETCH FIRST ROW ONLY;
--> a integer
SELECT a FROM t FOR UPDATE;
--! 0A000
SELECT count(*) FROM t FOR UPDATE;
--! 0A000
SELECT DISTINCT a FROM t FOR UPDATE;
--! 0A000
SELECT a FROM t GROUP BY a FOR SHARE;
--! 42P01
SELECT a FROM t FOR UPDATE OF u;
--> a integer
SELECT t.a FROM t, u FOR NO KEY UPDATE OF u SKIP LOCKED;
--! 0A000
SELECT a FROM t UNION SELECT 1 FOR UPDATE;

-- Set operations.
--> a bigint
SELECT a FROM t UNION SELECT id FROM u;
--> a numeric
SELECT a FROM t UNION ALL SELECT n FROM t;
--> c character varying(10)
SELECT c FROM t UNION SELECT c FROM t;
--> c character varying
SELECT c FROM t UNION SELECT b FROM t;
--> c character varying
SELECT c FROM t UNION SELECT 'x';
--> ?column? integer
SELECT NULL UNION SELECT 1;
--! 42804
SELECT NULL UNION SELECT NULL UNION SELECT 1;
--! 42601
SELECT a, b FROM t UNION SELECT a FROM t;
--! 42804
SELECT a FROM t UNION SELECT b FROM t;
--> x bigint
SELECT a AS x FROM t UNION SELECT id AS y FROM u ORDER BY x;
--! 42703
SELECT a AS x FROM t UNION SELECT id AS y FROM u ORDER BY y;
--! 0A000
SELECT a AS x FROM t UNION SELECT id AS y FROM u ORDER BY x + 1;
--> x bigint
SELECT a AS x FROM t UNION SELECT id AS y FROM u ORDER BY 1 LIMIT 3;
--! 42P10
SELECT a AS x FROM t UNION SELECT id AS y FROM u ORDER BY 2;
--> a integer
SELECT a FROM t INTERSECT SELECT 1 EXCEPT SELECT 2;
--> a integer
(SELECT a FROM t ORDER BY b LIMIT 1) UNION ALL (SELECT a FROM t ORDER BY b DESC LIMIT 1);
--> id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid
SELECT * FROM t WHERE a IN (SELECT id FROM u UNION SELECT 3);
--> column1 integer
VALUES (1), (2) ORDER BY column1 + 1;
--! 42601
VALUES (1, 2), (3);
--! 22P02
VALUES (1), ('x');
--! 42804
VALUES (1), (true);
--> column1 numeric
VALUES (1), (2.5), (NULL);
--> a numeric
SELECT 1 AS a UNION SELECT 2 UNION SELECT 3.5;

-- WITH.
--> a integer
WITH w AS (SELECT a FROM t) SELECT * FROM w;
--> z integer, b text
WITH w (z) AS (SELECT a, b FROM t) SELECT * FROM w;
--! 42P10
WITH w (z, y, x) AS (SELECT a, b FROM t) SELECT * FROM w;
--> ?column? text
WITH w AS (SELECT 'x' AS s) SELECT s || s FROM w;
--> a integer, b integer
WITH w AS (SELECT 1 AS a), x AS (SELECT a + 1 AS b FROM w) SELECT w.a, x.b FROM w, x;
--! 42P01
WITH x AS (SELECT * FROM y), y AS (SELECT 1 AS a) SELECT * FROM x;
--> a integer
WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1 AS a) SELECT * FROM x;
--! 42712
WITH w AS (SELECT 1), w AS (SELECT 2) SELECT 1;
--! 42703
WITH t AS (SELECT 1 AS only_this) SELECT a FROM t;
--> a integer
WITH t AS (SELECT a FROM t) SELECT a FROM t;
--> a integer
WITH t AS (SELECT 1 AS q) SELECT a FROM public.t;
--> z integer
SELECT (WITH w AS (SELECT t.a AS z) SELECT z FROM w) FROM t;
--> a integer
WITH w AS (SELECT 1 AS a) SELECT (SELECT a FROM w) FROM w;
--> a integer, a integer
WITH w AS (SELECT 1 AS a) SELECT * FROM (SELECT * FROM w) s, LATERAL (SELECT a FROM w) r;
--> a integer
WITH w AS (SELECT 1 AS a) SELECT * FROM w UNION SELECT * FROM w;
--> n integer
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r;
--> n integer, path integer[]
WITH RECURSIVE r (n, path) AS (SELECT id, ARRAY[id] FROM t UNION ALL SELECT t.id, path || t.id FROM t JOIN r ON t.a = r.n) SELECT * FROM r;
--! 42804
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1.5 FROM r) SELECT n FROM r;
--> n text
WITH RECURSIVE r AS (SELECT 'x' AS n UNION ALL SELECT n || 'y' FROM r) SELECT n FROM r;
--! 42804
WITH RECURSIVE r AS (SELECT c FROM t UNION ALL SELECT c || 'y' FROM r) SELECT c FROM r;
--> c character varying(10)
WITH RECURSIVE r AS (SELECT c FROM t UNION ALL SELECT t.c FROM t, r) SELECT c FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT n FROM r UNION ALL SELECT 1) SELECT n FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT n FROM r) SELECT n FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT a.n FROM r a, r b) SELECT n FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT t.id FROM t LEFT JOIN r ON r.n = t.id) SELECT n FROM r;
--> n integer
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT t.id FROM t RIGHT JOIN r ON r.n = t.id) SELECT n FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT id FROM t WHERE id IN (SELECT n FROM r)) SELECT n FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT max(n) FROM r) SELECT n FROM r;
--> n integer
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT s.n FROM (SELECT n FROM r) s) SELECT n FROM r;
--> n integer
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL (SELECT n + 1 FROM r UNION SELECT 3)) SELECT n FROM r;
--! 42P19
WITH RECURSIVE r AS (SELECT 1 AS n EXCEPT SELECT n + 1 FROM r) SELECT n FROM r;
--! 0A000
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r ORDER BY 1) SELECT n FROM r;
--! 0A000
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r LIMIT 10) SELECT n FROM r;
--! 42601
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n, n FROM r) SELECT n FROM r;
--! 0A000
WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n FROM b), b AS (SELECT 1 AS n UNION ALL SELECT n FROM a) SELECT n FROM a;
--> n integer
WITH RECURSIVE w AS (SELECT 1 AS n) SELECT * FROM w;
--> n integer
WITH RECURSIVE w AS (SELECT 1 AS n UNION SELECT 2) SELECT * FROM w;
--> id integer, a integer, o record[]
WITH RECURSIVE r (id, a) AS (SELECT id, a FROM t UNION ALL SELECT t.id, t.a FROM t JOIN r ON r.a = t.id) SEARCH DEPTH FIRST BY id SET o SELECT * FROM r ORDER BY o;
--> id integer, a integer, is_cycle boolean, path record[]
WITH RECURSIVE r (id, a) AS (SELECT id, a FROM t UNION ALL SELECT t.id, t.a FROM t JOIN r ON r.a = t.id) CYCLE id SET is_cycle USING path SELECT * FROM r;
--> id integer, a integer, c text, path record[]
WITH RECURSIVE r (id, a) AS (SELECT id, a FROM t UNION ALL SELECT t.id, t.a FROM t JOIN r ON r.a = t.id) CYCLE id SET c TO 'Y' DEFAULT 'N' USING path SELECT * FROM r;
--! 42601
WITH RECURSIVE r (id, a) AS (SELECT id, a FROM t UNION ALL SELECT t.id, t.a FROM t JOIN r ON r.a = t.id) SEARCH BREADTH FIRST BY missing SET o SELECT * FROM r;
--> id bigint, b text
WITH d AS (DELETE FROM u RETURNING id, b) SELECT * FROM d;
--> ?column? integer
WITH d AS (DELETE FROM u) SELECT 1;
--! 0A000
WITH d AS (DELETE FROM u) SELECT * FROM d;
--> x real
WITH d AS (INSERT INTO u (id) VALUES (1) RETURNING *) SELECT x FROM d;
-->
WITH d AS (UPDATE t SET a = 1 RETURNING id) INSERT INTO u (id) SELECT id FROM d;
--! 0A000
SELECT * FROM (WITH d AS (DELETE FROM u RETURNING id) SELECT * FROM d) s;

-- Correlation and subqueries.
--> ?column? integer
SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id AND a = 1);
--! 42703
SELECT 1 FROM t WHERE EXISTS (SELECT missing FROM u);
--! 42P01
SELECT 1 FROM t WHERE u.id = 1 AND EXISTS (SELECT 1 FROM u);
--> b text, b text
SELECT (SELECT b FROM u LIMIT 1), (SELECT u.b FROM u WHERE u.id = t.id) FROM t;
--! 42601
SELECT (SELECT id, b FROM u) FROM t;
--! 42601
SELECT 1 FROM t WHERE a IN (SELECT id, t_id FROM u);
--> ?column? integer
SELECT 1 FROM t WHERE (a, id) IN (SELECT id, t_id FROM u);
--! 42803
SELECT t.id FROM t WHERE t.id = (SELECT max(t.id) FROM u);
--> q integer
SELECT x.q FROM (SELECT t.a AS q FROM t WHERE t.id IN (SELECT t_id FROM u WHERE u.b = t.b)) x;

-- INSERT.
-->
INSERT INTO k VALUES (1, 2, 'x');
--! 42601
INSERT INTO k VALUES (1, 2, 'x', 4);
-->
INSERT INTO k VALUES (1);
--! 42601
INSERT INTO k (a) VALUES (1, 2);
--! 42601
INSERT INTO k (a, b) VALUES (1);
--! 42601
INSERT INTO k (a, b) VALUES (1, 2), (3);
--! 42703
INSERT INTO k (a, missing) VALUES (1, 2);
--! 42701
INSERT INTO k (a, a) VALUES (1, 2);
--! 42703
INSERT INTO k (a) VALUES (b);
-->
INSERT INTO k (a, c) VALUES (DEFAULT, 4);
-->
INSERT INTO k DEFAULT VALUES;
--! 42P01
INSERT INTO missing VALUES (1);
--! 42804
INSERT INTO k (a) SELECT b FROM t;
-->
INSERT INTO k (a) SELECT a FROM t;
-->
INSERT INTO k (c) SELECT a FROM t;
--! 22P02
INSERT INTO k (a) SELECT 'x' FROM t;
-->
INSERT INTO k (a) SELECT '7' FROM t;
-->
INSERT INTO k SELECT * FROM k;
--! 42601
INSERT INTO k SELECT k.*, 1 FROM k;
--! 42601
INSERT INTO k (a, b) SELECT a FROM t;
-->
INSERT INTO t (id, arr[1], arr[2]) VALUES (1, 'a', 'b');
-->
INSERT INTO t (id, p.x, p.y) VALUES (1, 2, 'b');
--! 42804
INSERT INTO t (id, a[1]) VALUES (1, 2);
--! 42804
INSERT INTO t (id, f) VALUES (1, 1);
-->
INSERT INTO t (id, f) VALUES (1, 'yes');
-->
INSERT INTO t (id, m) VALUES (1, 'sad');
--! 22P02
INSERT INTO t (id, m) VALUES (1, 'angry');
--! 42804
INSERT INTO t (id, m) VALUES (1, 'sad'::text);
--! 42804
INSERT INTO t (id, j) VALUES (1, '{}'::text);
-->
INSERT INTO t (id, d) VALUES (1, now());
--! 428C9
INSERT INTO g (id) VALUES (1);
-->
INSERT INTO g (id) VALUES (DEFAULT);
-->
INSERT INTO g (id) OVERRIDING SYSTEM VALUE VALUES (1);
--! 428C9
INSERT INTO g (id, v) SELECT 1, 2;
--! 428C9
INSERT INTO g (w) VALUES (1);
--! 428C9
INSERT INTO g (w) OVERRIDING SYSTEM VALUE VALUES (1);
-->
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT DO NOTHING;
-->
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (b, a) DO NOTHING;
--> a integer, b integer, c text
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (a, b) DO UPDATE SET c = excluded.c RETURNING *;
-->
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (a, b) DO UPDATE SET c = k.c || excluded.c WHERE k.a > excluded.a;
--! 42702
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (a, b) DO UPDATE SET c = c;
--! 42703
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (a, b) DO UPDATE SET missing = 1;
--! 42703
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (a, b) DO UPDATE SET c = excluded.missing;
--! 42703
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT (missing) DO NOTHING;
--! 42601
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT DO UPDATE SET c = 'x';
-->
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT ON CONSTRAINT k_pkey DO NOTHING;
--! 42704
INSERT INTO k (a, b, c) VALUES (1, 2, 'x') ON CONFLICT ON CONSTRAINT missing DO NOTHING;
--> a integer, ?column? integer, x text
INSERT INTO k AS z (a) VALUES (1) RETURNING z.a, a + 1, c AS x;
--! 42P01
INSERT INTO k AS z (a) VALUES (1) RETURNING k.a;
--! 42703
INSERT INTO k (a) VALUES (1) RETURNING missing;
-->
INSERT INTO k (a) VALUES ((SELECT max(a) FROM t));
--! 42601
INSERT INTO k (a) VALUES ((SELECT a, id FROM t));
-->
INSERT INTO v (id, a) VALUES (1, 2);
--! 42703
INSERT INTO v (missing) VALUES (1);
-->
WITH w AS (SELECT 1 AS z) INSERT INTO k (a) SELECT z FROM w;
-->
WITH w AS (SELECT 1 AS z) INSERT INTO k (a) VALUES ((SELECT z FROM w));
-->
INSERT INTO k (a) WITH w AS (SELECT 1 AS z) SELECT z FROM w;
-->
INSERT INTO k (a, b) VALUES (1, 1), (2, NULL) ORDER BY 1;

-- UPDATE, DELETE, MERGE.
-->
UPDATE t SET a = 1;
--! 42703
UPDATE t SET missing = 1;
--! 42P01
UPDATE missing SET a = 1;
--! 42804
UPDATE t SET a = b;
-->
UPDATE t SET b = a;
--! 22P02
UPDATE t SET a = 'x';
-->
UPDATE t SET a = DEFAULT WHERE id = 1;
--! 42601
UPDATE t SET a = 1, a = 2;
--! 42703
UPDATE t SET t.a = 1;
-->
UPDATE t z SET a = z.a + 1 WHERE z.id = 1;
--! 42P01
UPDATE t z SET a = t.a + 1;
-->
UPDATE t SET (a, b) = (1, 'x');
--! 42601
UPDATE t SET (a, b) = (1, 2, 3);
-->
UPDATE t SET (a, b) = (SELECT id, b FROM u WHERE u.t_id = t.id);
--! 42601
UPDATE t SET (a, b) = (SELECT t_id FROM u);
--> id integer, b text, id integer, a integer, b text, c character varying(10), n numeric(10,2), ts timestamp(3) with time zone, d date, j jsonb, arr text[], f boolean, m mood, p pair, u uuid, id bigint, t_id integer, b text, x real
UPDATE t SET a = u.t_id FROM u WHERE u.t_id = t.id RETURNING t.id, u.b, *;
--! 42712
UPDATE t SET a = 1 FROM t;
-->
UPDATE t SET a = z.a FROM t z WHERE z.id = t.id;
--! 42P01
UPDATE t SET a = z.q FROM (SELECT t.a AS q) z;
--! 42804
UPDATE t SET a = 1 WHERE a;
-->
UPDATE t SET arr[1] = 'x', arr[2] = 'y', p.x = 3;
--! 42804
UPDATE t SET a[1] = 2;
--! 428C9
UPDATE g SET id = 5;
--! 428C9
UPDATE g SET w = 5;
-->
UPDATE g SET w = DEFAULT;
--! 42803
UPDATE t SET a = count(*);
-->
UPDATE v SET a = 1;
-->
DELETE FROM t WHERE id = 1;
--! 42703
DELETE FROM t WHERE missing = 1;
--> id integer, x real
DELETE FROM t USING u WHERE u.t_id = t.id RETURNING t.id, u.x;
--! 42712
DELETE FROM t USING t WHERE true;
--! 42P01
DELETE FROM t z WHERE t.id = 1;
--! 42P01
DELETE FROM missing;
-->
DELETE FROM t WHERE id IN (SELECT t_id FROM u);
-->
MERGE INTO t USING u ON t.id = u.t_id WHEN MATCHED THEN UPDATE SET a = u.t_id WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.t_id, u.b);
--! 42P01
MERGE INTO t USING u ON t.id = u.t_id WHEN NOT MATCHED THEN INSERT (id, b) VALUES (t.id, u.b);
--! 42703
MERGE INTO t USING u ON t.id = u.t_id WHEN MATCHED THEN UPDATE SET missing = 1;
--! 42601
MERGE INTO t USING u ON t.id = u.t_id WHEN NOT MATCHED THEN INSERT (id, b) VALUES (1);
-->
MERGE INTO t z USING (SELECT 1 AS q) s ON z.id = s.q WHEN MATCHED AND z.a > s.q THEN DELETE WHEN MATCHED THEN DO NOTHING;
