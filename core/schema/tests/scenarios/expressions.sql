-- Expressions: operators, functions, casts, types.

CREATE TABLE t (i int, b bigint, n numeric, d float8, s text, v varchar(10), c char(3), f boolean, dt date, ts timestamp, tz timestamptz, tm time, iv interval, j json, jb jsonb, a int[], sa text[], u uuid, by bytea, r int4range, ip inet, x xml, tv tsvector, p point);

SELECT i + 1, i + 1.5, i + b, n * d, i / 2, i % 2, -i, i ^ 2, |/ i, @ i, i & 1, i << 2, ~i FROM t;
-- ERROR 42883: operator does not exist: text + integer
SELECT s + 1 FROM t;
-- ERROR 42883: operator does not exist: integer + text
SELECT i + s FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT i + '1', i + 'x' FROM t;
SELECT i || s, s || i, s || 'x', 'x' || 5 FROM t;
-- ERROR 42883: operator does not exist: integer || integer
SELECT i || i FROM t;
-- ERROR 42883: operator does not exist: boolean + boolean
SELECT f + f FROM t;
-- ERROR 42883: operator does not exist: - text
SELECT -s FROM t;
-- ERROR 42883: operator does not exist: numeric % double precision
SELECT n % d FROM t;
SELECT NOT f, f AND true, f OR NULL FROM t;
-- ERROR 42804: argument of AND must be type boolean, not type integer
SELECT i AND f FROM t;
-- ERROR 42804: argument of NOT must be type boolean, not type integer
SELECT NOT i FROM t;
SELECT i = b, i < n, d >= i, s = v, v = c, s < 'x' FROM t;
-- ERROR 42883: operator does not exist: integer = text
SELECT i = s FROM t;
-- ERROR 42883: operator does not exist: boolean = text
SELECT f = 'true', f = 't'::text FROM t;
-- ERROR 42883: operator does not exist: json = json
SELECT j = j FROM t;
SELECT jb = jb, jb < jb FROM t;
-- ERROR 42883: operator does not exist: xml = xml
SELECT x = x FROM t;
-- ERROR 42883: operator does not exist: point = point
SELECT p = p FROM t;
SELECT i <> ALL (a), i = ANY (a), s = ANY (sa) FROM t;
-- ERROR 42883: operator does not exist: text = integer
SELECT s = ANY (a) FROM t;
-- ERROR 42883: operator does not exist: integer === integer
SELECT i === 1 FROM t;
SELECT i OPERATOR(pg_catalog.+) 1 FROM t;
-- ERROR 42883: operator does not exist: integer public.+ integer
SELECT i OPERATOR(public.+) 1 FROM t;
-- ERROR 42601: syntax error at or near "FROM"
SELECT i ! FROM t;

-- Dates.
SELECT dt + 1, dt - 1, dt - dt, dt + iv, ts - ts, tz + iv, ts - iv, dt + tm, iv * 2, iv / 2, tm - tm FROM t;
-- ERROR 42883: operator does not exist: date + date
SELECT dt + dt FROM t;
-- ERROR 42883: operator does not exist: timestamp with time zone + integer
SELECT tz + 1 FROM t;
-- ERROR 42883: operator does not exist: timestamp without time zone + timestamp without time zone
SELECT ts + ts FROM t;
-- ERROR 42725: operator is not unique: date + unknown
SELECT dt + '1 day' FROM t;
SELECT dt + '1 day'::interval, now() - '1 day'::interval, now() - interval '1 day', CURRENT_TIMESTAMP - interval '1' day FROM t;
-- ERROR 22007: invalid input syntax for type timestamp with time zone: "1 day"
SELECT now() - '1 day' FROM t;
-- ERROR 42883: operator does not exist: timestamp with time zone - integer
SELECT now() - 1 FROM t;
-- ERROR 22007: invalid input syntax for type interval: "1 dya"
SELECT interval '1 dya';
-- ERROR 22008: date/time field value out of range: "2020-02-30"
SELECT date '2020-02-30';
-- ERROR 22008: date/time field value out of range: "2020-01-01 25:00"
SELECT timestamp '2020-01-01 25:00';
-- ERROR 22023: time zone "nowhere/land" not recognized
SELECT timestamptz '2020-01-01 00:00 Nowhere/Land';
SELECT extract(year FROM dt), extract(epoch FROM iv), date_part('month', ts), date_trunc('day', tz), age(ts, ts), to_char(tz, 'YYYY') FROM t;
-- ERROR 42883: function pg_catalog.extract(unknown, text) does not exist
SELECT extract(year FROM s) FROM t;
-- ERROR 42883: function pg_catalog.extract(unknown, integer) does not exist
SELECT extract(year FROM i) FROM t;
SELECT extract(nonsense FROM dt) FROM t;
-- ERROR 42883: function date_trunc(unknown, text) does not exist
SELECT date_trunc('day', s) FROM t;
SELECT ts AT TIME ZONE 'UTC', tz AT TIME ZONE 'UTC', (dt::timestamp) AT TIME ZONE 'UTC' FROM t;
-- ERROR 42883: function pg_catalog.timezone(unknown, text) does not exist
SELECT s AT TIME ZONE 'UTC' FROM t;
SELECT (ts, ts) OVERLAPS (ts, iv) FROM t;
-- ERROR 42883: function to_char(text, unknown) does not exist
SELECT to_char(s, 'YYYY') FROM t;
SELECT make_interval(days => i), make_date(2020, 1, 1), to_timestamp(i), justify_days(iv) FROM t;
-- ERROR 42883: function make_interval(dayz => integer) does not exist
SELECT make_interval(dayz => i) FROM t;

-- Text.
SELECT length(s), lower(v), upper(c), trim(s), substring(s FROM 1 FOR 2), substring(s, 1), position('x' IN s), overlay(s PLACING 'x' FROM 1), replace(s, 'a', 'b'), split_part(s, ',', 1), left(s, 2), concat(s, i, f), concat_ws(',', s, i), format('%s', i), md5(s), repeat(s, 2), initcap(s), char_length(s), regexp_replace(s, 'a', 'b', 'g'), string_to_array(s, ','), encode(by, 'hex'), to_hex(i), chr(65), ascii(s), reverse(s), strpos(s, 'x'), quote_ident(s), translate(s, 'a', 'b') FROM t;
-- ERROR 42883: function length(integer) does not exist
SELECT length(i) FROM t;
-- ERROR 42883: function lower(integer) does not exist
SELECT lower(i) FROM t;
-- ERROR 42883: function pg_catalog.btrim(integer) does not exist
SELECT trim(i) FROM t;
-- ERROR 42883: function substring(integer, integer, integer) does not exist
SELECT substring(i, 1, 2) FROM t;
-- ERROR 42883: function replace(text, unknown) does not exist
SELECT replace(s, 'a') FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT left(s, 'x') FROM t;
-- ERROR 42883: function left(text) does not exist
SELECT left(s) FROM t;
-- ERROR 42883: function md5(integer) does not exist
SELECT md5(i) FROM t;
SELECT md5(i::text) FROM t;
-- ERROR 42883: function pg_catalog.position(text, integer) does not exist
SELECT position(1 IN s) FROM t;
SELECT s LIKE 'x', s NOT LIKE 'x' ESCAPE '\', s ~* 'x', s !~ 'x', s ^@ 'x' FROM t;
-- ERROR 42883: operator does not exist: integer ~ unknown
SELECT i ~ 'x' FROM t;
SELECT by LIKE 'x' FROM t;
SELECT upper(NULL), length('x'), upper(current_user) FROM t;
-- ERROR 42704: collation "nope" for encoding "UTF8" does not exist
SELECT s COLLATE "C", s COLLATE "nope" FROM t;
-- ERROR 42804: collations are not supported by type integer
SELECT i COLLATE "C" FROM t;

-- JSON.
SELECT j -> 'a', j ->> 'a', j -> 0, j #> '{a,b}', j #>> '{a}', jb -> 'a' -> 'b' ->> 'c', jb @> '{}', jb ? 'a', jb ?| array['a'], jb || jb, jb - 'a', jb - 1, jb #- '{a}', jb @? '$.a', jb['a'] FROM t;
-- ERROR 42883: operator does not exist: json @> unknown
SELECT j @> '{}' FROM t;
-- ERROR 42883: operator does not exist: json ? unknown
SELECT j ? 'a' FROM t;
-- ERROR 42883: operator does not exist: text -> unknown
SELECT s -> 'a' FROM t;
-- ERROR 42883: operator does not exist: text = integer
SELECT jb ->> 'a' = 5 FROM t;
SELECT (jb ->> 'a')::int = 5 FROM t;
-- ERROR 42883: operator does not exist: jsonb = integer
SELECT jb -> 'a' = 5 FROM t;
SELECT jb -> 'a' = '5' FROM t;
-- ERROR 42883: operator does not exist: jsonb + integer
SELECT jb + 1 FROM t;
-- ERROR 22P02: invalid input syntax for type json
SELECT jb @> 'x' FROM t;
-- ERROR 42883: operator does not exist: jsonb @> text
SELECT jb @> s FROM t;
-- ERROR 42804: cannot subscript type json because it does not support subscripting
SELECT j['a'] FROM t;
SELECT jsonb_build_object('a', i, 'b', s), json_build_array(1, 'x'), to_jsonb(t), row_to_json(t), jsonb_array_elements(jb), jsonb_each(jb), jsonb_typeof(jb), jsonb_array_length(jb), jsonb_object_keys(jb) FROM t;
-- ERROR 42883: function jsonb_array_length(json) does not exist
SELECT jsonb_array_length(j) FROM t;
-- ERROR 42883: function json_array_length(jsonb) does not exist
SELECT json_array_length(jb) FROM t;
-- ERROR 42883: function jsonb_typeof(text) does not exist
SELECT jsonb_typeof(s) FROM t;
SELECT e.key, e.value FROM t, jsonb_each(t.jb) e;
-- ERROR 42703: column e.nope does not exist
SELECT e.nope FROM t, jsonb_each(t.jb) e;
SELECT * FROM t, jsonb_to_recordset(jb) AS r (a int, b text);
-- ERROR 42601: a column definition list is required for functions returning "record"
SELECT * FROM t, jsonb_to_recordset(jb);
SELECT jsonb_agg(t), json_object_agg(s, i) FROM t;

-- Arrays.
SELECT a[1], a[1:2], sa[1] || 'x', array_length(a, 1), a || 5, 5 || a, a || a, array_append(a, 5), array_remove(sa, 'x'), cardinality(a), a @> ARRAY[1], a && '{1}', unnest(a), array_to_string(a, ','), array_position(a, 5), ARRAY(SELECT i FROM t), ARRAY[[1, 2], [3, 4]] FROM t;
-- ERROR 42804: cannot subscript type integer because it does not support subscripting
SELECT i[1] FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT a['x'] FROM t;
-- ERROR 42883: operator does not exist: integer[] || text
SELECT a || s FROM t;
-- ERROR 22P02: malformed array literal: "x"
SELECT a || 'x' FROM t;
-- ERROR 42883: operator does not exist: integer[] && text[]
SELECT a && sa FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT array_append(a, 'x') FROM t;
-- ERROR 42883: function array_append(integer[], text) does not exist
SELECT array_append(a, s) FROM t;
-- ERROR 42883: function array_length(integer[]) does not exist
SELECT array_length(a) FROM t;
-- ERROR 42883: function array_length(integer, integer) does not exist
SELECT array_length(i, 1) FROM t;
-- ERROR 42883: function unnest(integer) does not exist
SELECT unnest(i) FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT ARRAY[1, 'x'];
SELECT ARRAY[1, '2', 3.5];
-- ERROR 42804: ARRAY types integer and boolean cannot be matched
SELECT ARRAY[1, true];
-- ERROR 2202E: multidimensional arrays must have array expressions with matching dimensions
SELECT ARRAY[[1, 2], [3]];
-- ERROR 42P18: cannot determine type of empty array
SELECT ARRAY[];
-- ERROR 42601: subquery must return only one column
SELECT ARRAY(SELECT i, b FROM t);
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT a = '{1,2}', a = '{x}' FROM t;

-- Casts.
SELECT i::text, s::int, i::boolean, f::int, b::int, d::int, n::text, dt::timestamp, tz::date, jb::text, jb::int, s::jsonb, by::text, a::text, a::bigint[], i::numeric(5, 2), s::varchar(3), s::bytea, r::text, ip::text, i::oid, 't'::regclass FROM t;
-- ERROR 42846: cannot cast type integer to uuid
SELECT i::uuid FROM t;
-- ERROR 42846: cannot cast type integer to date
SELECT i::date FROM t;
-- ERROR 42846: cannot cast type bigint to boolean
SELECT b::boolean FROM t;
-- ERROR 42846: cannot cast type date to integer
SELECT dt::int FROM t;
-- ERROR 42846: cannot cast type integer[] to integer
SELECT a::int FROM t;
-- ERROR 42846: cannot cast type integer to integer[]
SELECT i::int[] FROM t;
-- ERROR 42846: cannot cast type uuid to integer
SELECT u::int FROM t;
-- ERROR 42846: cannot cast type uuid to bytea
SELECT u::bytea FROM t;
-- ERROR 42846: cannot cast type time without time zone to date
SELECT tm::date FROM t;
-- ERROR 42704: type "nope" does not exist
SELECT i::nope FROM t;
-- ERROR 42704: type "nope" does not exist
SELECT CAST(i AS text), CAST(s AS nope) FROM t;
-- ERROR 42P01: relation "missing" does not exist
SELECT 'missing'::regclass;
-- ERROR 42704: type "nope" does not exist
SELECT 'nope'::regtype;
-- ERROR 42883: function "nope()" does not exist
SELECT 'nope()'::regprocedure;
SELECT 'lower(text)'::regprocedure, 'int4'::regtype, 'public'::regnamespace;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT text 'x', int '5', int 'x';
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT '5'::int + 1, 'x'::int;
-- ERROR 22003: value "2147483648" is out of range for type integer
SELECT '2147483648'::int;
-- ERROR 22003: integer out of range
SELECT 2147483648::int;
-- ERROR 22P02: invalid input syntax for type integer: "1.5"
SELECT '1.5'::int;
-- ERROR 22P02: invalid input syntax for type boolean: "maybe"
SELECT 'yes'::boolean, 'maybe'::boolean;
-- ERROR 22P02: invalid input syntax for type inet: "192.168.0.300"
SELECT '192.168.0.300'::inet;
-- ERROR 22P02: invalid input syntax for type json
SELECT '{"a": }'::json;
-- ERROR 2200N: invalid XML content
SELECT '<a>'::xml;
-- ERROR 22P02: "2" is not a valid binary digit
SELECT B'102';
-- ERROR 42601: syntax error at or near "'b'"
SELECT E'\x41', U&'\0041', $$x$$, 'a' 'b';
SELECT 1e10, 0.5, .5, 5., 99999999999, 1/2;
-- ERROR 22012: division by zero
SELECT 1 / 0;
SELECT i / 0 FROM t;

-- Conditionals.
SELECT CASE WHEN f THEN 1 ELSE 2.5 END, CASE i WHEN 1 THEN 'a' ELSE 'b' END, COALESCE(i, 0), COALESCE(s, 'x'), NULLIF(i, 0), GREATEST(i, b), LEAST(n, i) FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT CASE WHEN f THEN 1 ELSE 'x' END FROM t;
-- ERROR 42804: CASE types text and integer cannot be matched
SELECT CASE WHEN f THEN i ELSE s END FROM t;
-- ERROR 42804: argument of CASE/WHEN must be type boolean, not type integer
SELECT CASE WHEN i THEN 1 END FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT CASE i WHEN 'x' THEN 1 END FROM t;
-- ERROR 42883: operator does not exist: integer = text
SELECT CASE i WHEN s THEN 1 END FROM t;
SELECT CASE WHEN f THEN i ELSE n END + 1 FROM t;
-- ERROR 42804: COALESCE types integer and text cannot be matched
SELECT COALESCE(i, s) FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT COALESCE(i, 'x') FROM t;
-- ERROR 42804: COALESCE types text and integer cannot be matched
SELECT COALESCE(s, 5) FROM t;
SELECT COALESCE(dt, tz) FROM t;
-- ERROR 42804: COALESCE types date and integer cannot be matched
SELECT COALESCE(dt, i) FROM t;
SELECT COALESCE(j, '{}'), COALESCE(jb, '[]'::jsonb) FROM t;
-- ERROR 42846: COALESCE could not convert type jsonb to json
SELECT COALESCE(j, jb) FROM t;
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT NULLIF(i, 'x') FROM t;
-- ERROR 42883: operator does not exist: integer = text
SELECT NULLIF(i, s) FROM t;
SELECT NULLIF(s, '') FROM t;
-- ERROR 42804: GREATEST types integer and text cannot be matched
SELECT GREATEST(i, s) FROM t;
SELECT GREATEST(dt, ts), GREATEST(v, s) FROM t;
SELECT i IS NULL, s IS NOT NULL, f IS UNKNOWN, i ISNULL, t IS NULL FROM t;
-- ERROR 42601: syntax error at or near "OF"
SELECT i IS OF (int) FROM t;
-- ERROR 42601: syntax error at or near "JSON"
SELECT i IS JSON FROM t;

-- Ranges, network, text search, geometry.
SELECT r @> 5, r && '[1,2)', lower(r), upper_inf(r), r * r, isempty(r) FROM t;
-- ERROR 22P02: malformed range literal: "x"
SELECT r @> 'x' FROM t;
-- ERROR 42883: operator does not exist: int4range @> text
SELECT r @> s FROM t;
-- ERROR 42883: operator does not exist: int4range && integer[]
SELECT r && a FROM t;
SELECT ip << '10.0.0.0/8', host(ip), ip + 1, family(ip) FROM t;
-- ERROR 22P02: invalid input syntax for type inet: "x"
SELECT ip << 'x' FROM t;
SELECT tv @@ to_tsquery('x'), tv @@ plainto_tsquery('english', s), ts_rank(tv, to_tsquery('x')), setweight(tv, 'A'), tv || tv FROM t;
-- ERROR 42883: operator does not exist: tsvector @@ integer
SELECT tv @@ 5 FROM t;
-- ERROR 42704: text search configuration "nope" does not exist
SELECT to_tsvector('nope', s) FROM t;
-- ERROR 42883: function to_tsvector(integer) does not exist
SELECT to_tsvector(i) FROM t;
SELECT p <-> p, p[0], point(1, 2) ~= p FROM t;
-- ERROR 42883: operator does not exist: point <-> integer
SELECT p <-> i FROM t;

-- Functions of all kinds.
SELECT abs(i), round(n, 2), ceil(d), floor(n), mod(i, 2), power(i, 2), sqrt(d), random(), trunc(d), sign(n), greatest(1), gen_random_uuid(), now(), clock_timestamp(), version(), current_database(), pg_typeof(i), txid_current(), pg_sleep(0) FROM t;
-- ERROR 42883: function round(double precision, integer) does not exist
SELECT round(d, 2) FROM t;
-- ERROR 42883: function abs(text) does not exist
SELECT abs(s) FROM t;
-- ERROR 22P02: invalid input syntax for type double precision: "x"
SELECT abs('x') FROM t;
-- ERROR 42883: function abs() does not exist
SELECT abs() FROM t;
-- ERROR 42883: function now(integer) does not exist
SELECT now(1);
-- ERROR 42883: function mod(double precision, integer) does not exist
SELECT mod(d, 2) FROM t;
-- ERROR 42883: function power(text, integer) does not exist
SELECT power(s, 2) FROM t;
-- ERROR 42883: function random(integer, integer) does not exist
SELECT random(1, 2);
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT generate_series(1, 5), generate_series('2020-01-01'::date, '2020-02-01', '1 day'), generate_series(1, 'x');
-- ERROR 42883: function generate_series(date, date) does not exist
SELECT generate_series(dt, dt) FROM t;
-- ERROR 42883: function ifnull(integer, integer) does not exist
SELECT ifnull(i, 1) FROM t;
-- ERROR 42883: function isnull(integer, integer) does not exist
SELECT isnull(i, 1) FROM t;
-- ERROR 42883: function nvl(integer, integer) does not exist
SELECT nvl(i, 1) FROM t;
-- ERROR 42883: function if(boolean, integer, integer) does not exist
SELECT if(f, 1, 2) FROM t;
-- ERROR 42883: function len(text) does not exist
SELECT len(s) FROM t;
-- ERROR 42883: function getdate() does not exist
SELECT getdate();
-- ERROR 42883: function date_add(date, integer) does not exist
SELECT date_add(dt, 1) FROM t;
-- ERROR 42703: column "day" does not exist
SELECT datediff(day, dt, dt) FROM t;
SELECT current_date, current_time(0), localtimestamp, current_role, session_user, current_schema, current_catalog;
-- ERROR 42601: syntax error at or near "("
SELECT current_date();
SELECT pg_get_functiondef('lower(text)'::regprocedure), has_table_privilege('t', 'select'), obj_description('t'::regclass), pg_table_size('t'), to_regclass('missing');
-- ERROR 42P01: relation "missing" does not exist
SELECT pg_table_size('missing');
-- ERROR 42P01: relation "missing" does not exist
SELECT col_description('missing'::regclass, 1);
SELECT (ROW(1, 2)).f1, ROW(1, 'x') = ROW(1, 'y'), (t).i, t.* FROM t;
-- ERROR 42703: column t.missing does not exist
SELECT (t).missing FROM t;
-- ERROR 42809: column notation .x applied to type integer, which is not a composite type
SELECT (i).x FROM t;
SELECT i(t), t.s FROM t;
-- ERROR 42883: function missing(t) does not exist
SELECT missing(t) FROM t;
SELECT xmlelement(name a, s), xmlforest(s AS b), xpath('/a', x) FROM t;
-- ERROR 42809: count(*) must be used to call a parameterless aggregate function
SELECT count(*) FILTER (WHERE f), count(i), count() FROM t;
SELECT mode() WITHIN GROUP (ORDER BY s), rank(5) WITHIN GROUP (ORDER BY i) FROM t;
SELECT corr(i, d), stddev(n), var_pop(i), bit_and(i), every(f), json_agg(s ORDER BY i DESC), string_agg(DISTINCT s, ',' ORDER BY s) FROM t;
-- ERROR 42P10: in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list
SELECT string_agg(DISTINCT s, ',' ORDER BY i) FROM t;
-- ERROR 42883: function avg(text) does not exist
SELECT avg(s) FROM t;
-- ERROR 42883: function max(uuid) does not exist
SELECT avg(iv), sum(iv), max(a), min(tz), max(u) FROM t;
-- ERROR 42883: function max(jsonb) does not exist
SELECT max(jb) FROM t;
