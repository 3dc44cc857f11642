-- Helpers that a chain makes for itself, and code that is run once.

CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION add_column(tbl text, col text, typ text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = tbl AND column_name = col) THEN
        EXECUTE 'ALTER TABLE ' || quote_ident(tbl) || ' ADD COLUMN ' || quote_ident(col) || ' ' || typ;
    END IF;
END $$;
SELECT add_column('t', 'c', 'int');
UPDATE t SET c = 5;
SELECT add_column('t', 'c', 'int');
ALTER TABLE t DROP COLUMN c;
SELECT add_column('t', 'd', 'text NOT NULL DEFAULT ''x''');
INSERT INTO t (id, a, d) VALUES (1, 'a', 'd');
DROP FUNCTION add_column(text, text, text);

DO $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' LOOP
        EXECUTE format('ALTER TABLE %I.%I ADD COLUMN IF NOT EXISTS tenant_id int', r.table_schema, r.table_name);
    END LOOP;
END $$;
CREATE INDEX ON t (tenant_id);
ALTER TABLE t ALTER COLUMN tenant_id SET DEFAULT 1;
SELECT id, a, d, tenant_id FROM t;

DO $do$
DECLARE
    names text[] := ARRAY['x1', 'x2', 'x3'];
    n text;
    i int;
BEGIN
    FOREACH n IN ARRAY names LOOP
        EXECUTE format($f$CREATE TABLE %1$I (id serial PRIMARY KEY, t_id int REFERENCES t, note text DEFAULT %2$L)$f$, n, n || ' note');
    END LOOP;
    FOR i IN 1..3 LOOP
        EXECUTE 'CREATE TABLE y' || i || ' (LIKE x1 INCLUDING ALL)';
    END LOOP;
    FOR i IN REVERSE 3..2 BY 1 LOOP
        EXECUTE 'DROP TABLE y' || i;
    END LOOP;
END $do$;
INSERT INTO x1 (t_id) VALUES (1);
INSERT INTO x3 (t_id, note) SELECT id, a FROM t;
INSERT INTO y1 (note) VALUES ('x');
ALTER TABLE x2 ADD COLUMN more int;
-- ERROR 2BP01: cannot drop desired object(s) because other objects depend on them
DROP TABLE x1, x2, x3;
DROP TABLE IF EXISTS y1, y2;

DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_a_key') THEN
        ALTER TABLE t DROP CONSTRAINT t_a_key;
    END IF;
END $$;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'colour') THEN
        CREATE TYPE colour AS ENUM ('red', 'green');
    END IF;
    ALTER TABLE t ADD COLUMN colour colour DEFAULT 'red';
END $$;
UPDATE t SET colour = 'green';
DO $$ BEGIN
    CREATE TYPE colour AS ENUM ('red');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO $$ BEGIN
    ALTER TABLE t ADD COLUMN colour text;
EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'column colour already exists in t.';
END $$;
DO $$ BEGIN
    ALTER TABLE t ADD CONSTRAINT t_uq UNIQUE (a);
    ALTER TABLE t ADD CONSTRAINT t_uq UNIQUE (a);
EXCEPTION WHEN duplicate_table THEN NULL; WHEN others THEN RAISE NOTICE '% %', SQLERRM, SQLSTATE;
END $$;
ALTER TABLE t ADD CONSTRAINT t_uq UNIQUE (a);
DO $$
DECLARE
    cnt integer := 0;
    v_name text;
    v_row t%ROWTYPE;
    v_id t.id%TYPE;
    cur CURSOR (lim int) FOR SELECT * FROM t WHERE id < lim ORDER BY id;
BEGIN
    SELECT count(*) INTO cnt FROM t;
    SELECT a INTO STRICT v_name FROM t WHERE id = 1;
    SELECT * INTO v_row FROM t LIMIT 1;
    v_id := v_row.id + 1;
    OPEN cur(10);
    LOOP
        FETCH cur INTO v_row;
        EXIT WHEN NOT FOUND;
        UPDATE t SET a = v_row.a || cnt::text WHERE CURRENT OF cur;
    END LOOP;
    CLOSE cur;
    FOR v_row IN cur(20) LOOP
        RAISE NOTICE 'row %', v_row.id;
    END LOOP;
    WHILE cnt < 10 LOOP
        cnt := cnt + 1;
        CONTINUE WHEN cnt % 2 = 0;
    END LOOP;
    GET DIAGNOSTICS cnt = ROW_COUNT;
    <<outer_one>>
    FOR i IN 1..2 LOOP
        FOR j IN 1..2 LOOP
            EXIT outer_one WHEN i = j;
        END LOOP;
    END LOOP;
    CASE cnt WHEN 1, 2 THEN NULL; ELSE NULL; END CASE;
    CASE WHEN cnt > 1 THEN RAISE DEBUG 'x'; ELSE RAISE LOG 'y'; END CASE;
    ASSERT cnt IS NOT NULL, 'count';
    PERFORM 1 FROM t WHERE id = v_id;
    IF FOUND THEN RAISE WARNING USING MESSAGE = 'x', HINT = 'y'; END IF;
    RETURN;
END $$;

-- Dynamic SQL with parameters.
CREATE FUNCTION count_of(tbl regclass, lim int) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %s WHERE id < $1', tbl) INTO n USING lim;
    RETURN n;
END $$;
SELECT count_of('t', 10), count_of('public.t'::regclass, lim => 5);
CREATE FUNCTION rows_of(lim int DEFAULT 5, OUT id int, OUT txt text) RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT t.id, t.a FROM t LIMIT lim;
    FOR id, txt IN SELECT t.id, t.a FROM t LOOP
        RETURN NEXT;
    END LOOP;
    RETURN QUERY EXECUTE 'SELECT 1, $1' USING 'x'::text;
END $$;
SELECT r.id, r.txt FROM rows_of() r JOIN rows_of(lim := 3) s USING (id) WHERE r.txt IS NOT NULL;
CREATE FUNCTION tab(n int) RETURNS TABLE (x int, y text) LANGUAGE sql AS $$ SELECT n, repeat('y', n) UNION ALL SELECT 1, 'z' $$;
SELECT t.*, u.x, upper(u.y) FROM t, tab(t.id) AS u;
SELECT * FROM tab(1) WITH ORDINALITY AS w (x, y, n) WHERE n > 0;
SELECT (tab(2)).*, (rows_of()).txt;
CREATE PROCEDURE p(INOUT n int, VARIADIC rest text[] DEFAULT '{}') LANGUAGE plpgsql AS $$ BEGIN n := n + cardinality(rest); END $$;
CALL p(1);
CALL p(1, 'a', 'b');
-- ERROR 42883: procedure p(n => integer) does not exist
CALL p(n => 2);
DO $$ DECLARE v int := 1; BEGIN CALL p(v, 'x'); END $$;
CREATE FUNCTION poly(VARIADIC xs anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS $$ SELECT max(x) FROM unnest(xs) x $$;
SELECT poly(1, 2, 3) + 1, poly('a'::text, 'b') || 'x', poly(VARIADIC ARRAY[1.5, 2]);
CREATE FUNCTION first_agg(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT $1';
CREATE AGGREGATE first (anyelement) (sfunc = first_agg, stype = anyelement, parallel = safe);
SELECT first(a ORDER BY id), first(id) FILTER (WHERE id > 0) FROM t;
CREATE OR REPLACE AGGREGATE product(double precision) (SFUNC = float8mul, STYPE = double precision, INITCOND = '1');
SELECT product(id) OVER (PARTITION BY a ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t;
CREATE FUNCTION fact(n int) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN IF n < 2 THEN RETURN 1; END IF; RETURN n * fact(n - 1); END $$;
SELECT fact(5);
CREATE FUNCTION atomic(n int) RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t WHERE id = n; END;
CREATE FUNCTION one() RETURNS int RETURN 1;
CREATE FUNCTION evt() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE obj record;
BEGIN
    FOR obj IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
        RAISE NOTICE '% %', obj.command_tag, obj.object_identity;
    END LOOP;
END $$;
CREATE EVENT TRIGGER et ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION evt();
ALTER EVENT TRIGGER et DISABLE;
ALTER EVENT TRIGGER et RENAME TO et2;
DROP EVENT TRIGGER et2;

-- Temporary tables, paths, settings.
CREATE TEMP TABLE tmp AS SELECT id, a FROM t WHERE id > 0;
CREATE TEMPORARY TABLE IF NOT EXISTS tmp2 ON COMMIT DELETE ROWS AS TABLE tmp WITH NO DATA;
CREATE TEMP TABLE tmp3 (LIKE t INCLUDING DEFAULTS INCLUDING CONSTRAINTS EXCLUDING INDEXES) ON COMMIT PRESERVE ROWS;
INSERT INTO tmp3 SELECT * FROM t;
-- ERROR 23503: update or delete on table "t" violates foreign key constraint "x1_t_id_fkey" on table "x1"
WITH moved AS (DELETE FROM t WHERE id IN (SELECT id FROM tmp) RETURNING *) INSERT INTO tmp3 SELECT * FROM moved;
SELECT * INTO TEMP tmp4 FROM tmp;
SELECT id INTO UNLOGGED kept FROM tmp4;
DROP TABLE tmp, tmp3, pg_temp.tmp4;
CREATE SCHEMA other;
SET search_path = other, public;
CREATE TABLE t (only_here int);
SELECT only_here FROM t;
SELECT a FROM public.t;
SET search_path TO public;
SELECT a FROM t;
ALTER TABLE other.t SET SCHEMA other;
ALTER TABLE other.t RENAME TO tt;
ALTER TABLE other.tt SET SCHEMA public;
ALTER ROLE CURRENT_USER SET search_path = public;
-- transaction
SET LOCAL search_path = other;
CREATE TABLE u (a int);
SELECT set_config('search_path', 'public', true);
SELECT only_here FROM tt;
-- end
SELECT a FROM other.u;
DROP SCHEMA other CASCADE;
CREATE SCHEMA tenant_1
    CREATE TABLE a (id int PRIMARY KEY, b_id int)
    CREATE VIEW v AS SELECT id FROM a
    CREATE INDEX ON a (b_id)
    CREATE SEQUENCE s
    GRANT SELECT ON v TO PUBLIC;
SELECT id FROM tenant_1.v WHERE nextval('tenant_1.s') > 0;
CREATE SCHEMA IF NOT EXISTS tenant_1;
ALTER SCHEMA tenant_1 RENAME TO tenant_2;
SELECT nextval('tenant_2.s');
DROP SCHEMA IF EXISTS tenant_1, tenant_2 CASCADE;
