-- What reports ask: windows, grouping sets, recursion, JSON, ranges, full-text search.

CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, parent_id bigint REFERENCES customer, tags text[] NOT NULL DEFAULT '{}', doc jsonb, born date, active boolean DEFAULT true, search tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', coalesce(name, '')), 'A') || setweight(to_tsvector('english'::regconfig, coalesce(doc ->> 'bio', '')), 'B')) STORED);
CREATE TABLE sale (id serial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE, amount numeric(12, 2) NOT NULL, qty int DEFAULT 1, total numeric GENERATED ALWAYS AS (amount * qty) STORED, sold_at timestamptz NOT NULL DEFAULT now(), period tstzrange, region text);
CREATE INDEX ON customer USING gin (search);
CREATE INDEX ON customer USING gin (tags array_ops);
CREATE INDEX ON customer USING gin (doc jsonb_path_ops);
CREATE INDEX ON customer ((doc ->> 'email')) WHERE doc ? 'email';
CREATE INDEX ON customer (lower(name) text_pattern_ops, born DESC NULLS LAST);
CREATE INDEX ON sale USING gist (period);
CREATE INDEX ON sale USING brin (sold_at) WITH (autosummarize = on);
CREATE INDEX ON sale USING hash (region);
CREATE INDEX ON sale (date_trunc('day', sold_at AT TIME ZONE 'UTC'));
CREATE INDEX ON sale (customer_id) INCLUDE (amount, qty);
CREATE STATISTICS sale_stats (dependencies, mcv) ON region, customer_id FROM sale;
-- ERROR 42601: syntax error at or near "ON"
CREATE STATISTICS ON (lower(name)) FROM customer;
CREATE STATISTICS IF NOT EXISTS name_stats ON (lower(name)), (upper(name)) FROM customer;
ALTER STATISTICS sale_stats SET STATISTICS 500;

CREATE MATERIALIZED VIEW monthly AS
    SELECT date_trunc('month', s.sold_at)::date AS month, c.name, count(*) AS n, sum(s.total) AS revenue, avg(s.amount)::numeric(10, 2) AS mean,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY s.amount) AS median, mode() WITHIN GROUP (ORDER BY s.region) AS favourite,
           string_agg(DISTINCT s.region, ', ' ORDER BY s.region) AS regions, array_agg(s.id ORDER BY s.sold_at DESC) AS ids,
           jsonb_object_agg(s.id, s.amount) AS amounts, bool_or(s.qty > 5) AS bulk, count(*) FILTER (WHERE s.qty > 1) AS many
    FROM sale s JOIN customer c ON c.id = s.customer_id
    GROUP BY 1, c.id
    HAVING sum(s.total) > 0
    ORDER BY month DESC, revenue DESC NULLS LAST
WITH NO DATA;
CREATE UNIQUE INDEX ON monthly (month, name);
REFRESH MATERIALIZED VIEW monthly;
REFRESH MATERIALIZED VIEW CONCURRENTLY monthly WITH DATA;
SELECT month, name, revenue, rank() OVER w, dense_rank() OVER (w), lag(revenue, 1, 0) OVER w, first_value(name) OVER (w ROWS UNBOUNDED PRECEDING), ntile(4) OVER w,
       sum(revenue) OVER (PARTITION BY name ORDER BY month RANGE BETWEEN '1 month' PRECEDING AND CURRENT ROW EXCLUDE TIES), revenue / sum(revenue) OVER () AS share,
       nth_value(revenue, 2) OVER (w GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING), cume_dist() OVER w, count(*) FILTER (WHERE bulk) OVER w
FROM monthly WINDOW w AS (PARTITION BY month ORDER BY revenue DESC);
SELECT region, customer_id, grouping(region, customer_id) AS g, sum(amount) FROM sale GROUP BY GROUPING SETS ((region, customer_id), region, ()) ORDER BY g, region NULLS FIRST;
SELECT region, qty, count(*) FROM sale GROUP BY ROLLUP (region, qty);
SELECT region, qty, count(*) FROM sale GROUP BY CUBE (region, (qty, id)), customer_id;
SELECT DISTINCT ON (customer_id) customer_id, amount FROM sale ORDER BY customer_id, sold_at DESC;
SELECT region FROM sale GROUP BY DISTINCT region;
WITH RECURSIVE tree (id, name, depth, path, cycle_mark) AS (
    SELECT id, name, 0, ARRAY[id], false FROM customer WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, c.name, t.depth + 1, t.path || c.id, c.id = ANY (t.path) FROM customer c JOIN tree t ON c.parent_id = t.id WHERE NOT t.cycle_mark
) SELECT repeat('  ', depth) || name AS label, path[1] AS root, array_length(path, 1) FROM tree ORDER BY path;
WITH RECURSIVE t AS (SELECT id, parent_id FROM customer UNION SELECT c.id, c.parent_id FROM customer c, t WHERE c.parent_id = t.id) SEARCH DEPTH FIRST BY id SET ord CYCLE id SET looped USING way SELECT id, ord, looped, way FROM t;
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT sum(i) FROM n;
WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT a.x, b.y FROM a CROSS JOIN b;
SELECT c.name, top.amount FROM customer c LEFT JOIN LATERAL (SELECT s.amount FROM sale s WHERE s.customer_id = c.id ORDER BY s.amount DESC LIMIT 1) top ON true;
SELECT c.id, t.tag, t.n FROM customer c, unnest(c.tags) WITH ORDINALITY AS t (tag, n);
SELECT d.day::date, coalesce(sum(s.amount), 0) FROM generate_series(now() - interval '30 days', now(), '1 day') AS d (day) LEFT JOIN sale s ON s.sold_at >= d.day AND s.sold_at < d.day + '1 day' GROUP BY d.day;
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS r (i, t);
SELECT k.key, k.value, e.value ->> 'x', jsonb_typeof(k.value) FROM customer c, jsonb_each(c.doc) k, jsonb_array_elements(CASE jsonb_typeof(c.doc -> 'list') WHEN 'array' THEN c.doc -> 'list' ELSE '[]' END) e;
SELECT doc -> 'a' -> 0 ->> 'b', doc #> '{a,0}', doc #>> ARRAY['a', '0'], doc @> '{"a": 1}', doc ?| ARRAY['a'], doc ?& '{a,b}', doc || '{"x": 1}', doc - 'a', doc - '{a,b}'::text[], doc #- '{a,b}', doc @? '$.a[*] ? (@ > 1)', doc @@ '$.a == 1', doc['a']['b'], jsonb_set(doc, '{a,b}', '1', true), jsonb_path_query_first(doc, '$.a'), (doc ->> 'n')::int + 1 FROM customer;
SELECT r.* FROM customer c, jsonb_to_recordset(c.doc) AS r (a int, b text, c jsonb), jsonb_to_record(c.doc) AS q (z numeric(5, 2));
SELECT (jsonb_populate_record(NULL::customer, '{"name": "x"}')).name, row_to_json(c), to_jsonb(c.*) - 'search', json_build_object('id', c.id, 'kids', (SELECT json_agg(k ORDER BY k.id) FROM customer k WHERE k.parent_id = c.id)), json_agg(c) FILTER (WHERE c.active) OVER () FROM customer c;
-- ERROR 42601: multiple assignments to same column "doc"
UPDATE customer SET doc['a']['b'] = '1', tags[2] = 'x', doc = jsonb_strip_nulls(doc) WHERE false;
UPDATE customer SET doc['a']['b'] = '1', tags[2] = 'x' WHERE doc IS NOT NULL;
SELECT name, ts_rank(search, q), ts_headline('english', name, q, 'MaxWords=5') FROM customer, websearch_to_tsquery('english', 'foo -bar "x y"') q WHERE search @@ q ORDER BY 2 DESC;
SELECT to_tsvector('simple', 'a b') @@ 'a & b'::tsquery, plainto_tsquery('x') || phraseto_tsquery('a b'), 'fat:2 cat:3'::tsvector @@ to_tsquery('fat <-> cat');
SELECT id FROM sale WHERE period && tstzrange(now(), now() + '1 hour', '[)') AND period @> now() AND lower(period) < upper(period) AND NOT isempty(period) AND period -|- '[2020-01-01,2020-01-02)';
SELECT '[1,5)'::int4range * '[3,8)'::int4range, int4range(1, 5) + int4range(5, 9), range_agg(period), numrange(1.5, NULL, '(]'), '{[1,2),[3,4)}'::int4multirange @> 1, daterange('2020-01-01', 'infinity') FROM sale;
SELECT extract(year FROM sold_at)::int, date_part('dow', sold_at), sold_at::date - born, age(sold_at, born), sold_at - interval '1 day' * qty, to_char(sold_at, 'YYYY-MM'), sold_at AT TIME ZONE 'Europe/Berlin', make_interval(days => qty), now()::time, date '2020-01-01' + 3, timestamp '2020-01-01' + '1:00', justify_days(sold_at - now()), (sold_at, sold_at) OVERLAPS (now(), interval '1 day'), current_date - 1, localtimestamp FROM sale JOIN customer ON customer.id = customer_id;
-- ERROR 42883: operator does not exist: integer !~ unknown
SELECT CASE WHEN amount > 100 THEN 'big' WHEN amount IS NULL THEN NULL ELSE amount::text END, nullif(qty, 0), greatest(amount, qty, 1.5), coalesce(region, 'none'), amount BETWEEN SYMMETRIC 5 AND 1, region IS DISTINCT FROM 'x', region SIMILAR TO '(a|b)%', region ~* '^a', region NOT LIKE 'a\_%' ESCAPE '\', qty IN (1, 2, 3), (qty, id) IN (SELECT 1, 2), qty = ANY ('{1,2}'), amount > ALL (SELECT amount FROM sale), EXISTS (SELECT FROM sale), (qty, id) < (1, 2), ROW (1, NULL) IS NULL, amount::int::bit(8), qty << 2 | 1 # 3 & ~qty, |/ 4.0, @ -5, 5 !~ 'x' IS UNKNOWN FROM sale;
SELECT CASE WHEN amount > 100 THEN 'big' WHEN amount IS NULL THEN NULL ELSE amount::text END, nullif(qty, 0), greatest(amount, qty, 1.5), coalesce(region, 'none'), amount BETWEEN SYMMETRIC 5 AND 1, region IS DISTINCT FROM 'x', region SIMILAR TO '(a|b)%', region ~* '^a', region NOT LIKE 'a\_%' ESCAPE '\', qty IN (1, 2, 3), (qty, id) IN (SELECT 1, 2), qty = ANY ('{1,2}'), amount > ALL (SELECT amount FROM sale), EXISTS (SELECT FROM sale), (qty, id) < (1, 2), ROW (1, NULL) IS NULL, amount::int::bit(8), qty << 2 | 1 # 3 & ~qty, |/ 4.0, @ -5, (qty > 1) IS NOT UNKNOWN FROM sale;
SELECT overlay(name PLACING 'x' FROM 1 FOR 2), substring(name FROM 2 FOR 3), substring(name, '^(.)'), trim(BOTH 'x' FROM name), trim(LEADING FROM name), position('a' IN name), format('%s %I %L %2$s', name, name, name), concat_ws(',', name, id, NULL), name || id, left(name, -1), regexp_replace(name, '(.)', '\1\1', 'g'), split_part(name, ' ', 1), regexp_split_to_array(name, '\s+'), string_to_array(name, NULL), translate(name, 'a', 'b'), md5(name), encode(sha256(name::bytea), 'hex'), name COLLATE "C" < 'x', initcap(name), quote_nullable(NULL), to_hex(255), chr(65), ascii('A'), lpad(id::text, 5, '0'), convert_from(convert_to(name, 'UTF8'), 'UTF8'), length(name::bytea), name ^@ 'a', normalize(name, NFC), name IS NFC NORMALIZED, U&'\0441' || E'\n' FROM customer;
SELECT xmlelement(name a, xmlattributes(id AS b), name), xmlforest(name, id AS x), xmlagg(xmlelement(name c)), xpath('/a', '<a/>') FROM customer GROUP BY id;
SELECT count(*), corr(amount, qty), stddev(amount), variance(qty), every(qty > 0), bit_and(qty), min(sold_at), max(region), regr_slope(amount, qty), array_agg(ARRAY[qty]), json_agg(row(id, qty)), xmlagg(NULL), rank(5) WITHIN GROUP (ORDER BY qty), percentile_disc(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY amount) FROM sale;
(SELECT id FROM sale ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM customer OFFSET 1 ROW FETCH NEXT 2 ROWS ONLY) INTERSECT SELECT 1 EXCEPT ALL SELECT 2 ORDER BY 1;
-- ERROR 42601: SKIP LOCKED and WITH TIES options cannot be used together
SELECT name FROM customer ORDER BY name COLLATE "C" USING <, length(name) DESC FETCH FIRST 3 ROWS WITH TIES FOR UPDATE OF customer SKIP LOCKED;
VALUES (1, 'a'), (2, NULL) ORDER BY column1 LIMIT 1;
TABLE customer;
-- ERROR 42601: subquery must return only one column
SELECT FROM customer WHERE (TABLE sale LIMIT 0) IS NULL;
SELECT * FROM customer AS c (ident) NATURAL JOIN sale USING_IT;
-- ERROR 42702: column reference "id" is ambiguous
SELECT j.id, j.n, c.name FROM (customer c JOIN sale s ON s.customer_id = c.id) AS j (id, n), customer c;
SELECT c.id, s.id, x.customer_id FROM customer c FULL JOIN (sale s RIGHT JOIN sale x USING (id)) USING (id) WHERE c.ctid IS NOT NULL AND c.tableoid::regclass = 'customer'::regclass;
SELECT u.id, sale.region FROM sale JOIN customer USING (id) AS u;
SELECT * FROM sale TABLESAMPLE BERNOULLI (10) REPEATABLE (5);
SELECT t FROM customer t WHERE t IS NOT NULL AND t.* <> t AND (t).name = name(t);
CREATE TABLE sales_copy AS SELECT s.*, c.name AS customer_name FROM sale s JOIN customer c ON c.id = s.customer_id WITH NO DATA;
CREATE TABLE cube (a, b) AS VALUES (1, 'x'), (2, 'y');
INSERT INTO cube SELECT 3, unnest(ARRAY['p', 'q']) RETURNING a + 1 AS next, b;
-- ERROR 23502: null value in column "name" of relation "customer" violates not-null constraint
INSERT INTO customer (name, tags, doc) VALUES ('a', '{x,y}', '{}'), (DEFAULT, DEFAULT, NULL);
INSERT INTO customer (name, tags, doc) VALUES ('a', '{x,y}', '{}'), ('b', DEFAULT, NULL), ('c', ARRAY['z'], jsonb_build_object('k', 1));
INSERT INTO customer AS c (id, name) OVERRIDING SYSTEM VALUE VALUES (100, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name || c.name, active = DEFAULT WHERE c.active RETURNING (xmax = 0) AS inserted;
INSERT INTO sale (customer_id, amount) SELECT c.id, v.a FROM customer c CROSS JOIN (VALUES (1.5), (2)) AS v (a) WHERE c.name = 'a';
UPDATE sale s SET (amount, qty) = (SELECT max(x.amount), min(x.qty) FROM sale x WHERE x.customer_id = s.customer_id), region = 'r' FROM customer c WHERE c.id = s.customer_id AND c.active RETURNING s.id, c.name;
UPDATE sale SET (amount, qty) = ROW (1, DEFAULT), region = DEFAULT;
UPDATE ONLY sale SET qty = qty + 1 WHERE id = ANY (ARRAY(SELECT id FROM sale FOR UPDATE));
DELETE FROM sale USING customer c WHERE c.id = customer_id AND NOT c.active RETURNING *;
MERGE INTO sale s USING (SELECT id, name FROM customer) c ON s.customer_id = c.id
    WHEN MATCHED AND s.qty > 100 THEN DELETE
    WHEN MATCHED THEN UPDATE SET region = c.name, qty = s.qty + 1
    WHEN NOT MATCHED AND c.name IS NOT NULL THEN INSERT (customer_id, amount) VALUES (c.id, 0)
    WHEN NOT MATCHED THEN DO NOTHING;
WITH up AS (UPDATE sale SET qty = 1 RETURNING id, customer_id), ins AS (INSERT INTO cube VALUES (9, 'z') RETURNING a) SELECT up.id, ins.a FROM up, ins;
EXPLAIN (ANALYZE, COSTS off, FORMAT json) SELECT 1 FROM sale;
PREPARE by_id (int) AS SELECT name FROM customer WHERE id = $1;
EXECUTE by_id(5);
DEALLOCATE by_id;
COPY sale (id, region) TO '/dev/null' WITH (FORMAT csv, HEADER, DELIMITER ';');
COPY (SELECT id FROM sale) TO '/dev/null' CSV;
TRUNCATE sale, customer RESTART IDENTITY CASCADE;
ANALYZE customer (name, id), sale;
VACUUM (ANALYZE, VERBOSE) sale;
CLUSTER customer USING customer_pkey;
REINDEX TABLE customer;
-- ERROR 25P01: LOCK TABLE can only be used in transaction blocks
LOCK TABLE customer, ONLY sale IN ACCESS EXCLUSIVE MODE NOWAIT;
