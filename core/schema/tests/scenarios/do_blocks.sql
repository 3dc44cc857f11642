-- DO blocks.

DO $$ BEGIN CREATE TABLE t (a int); END $$;
SELECT a FROM t;
-- ERROR 42P07: relation "t" already exists
DO $$ BEGIN CREATE TABLE t (a int); END $$;
DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
-- ERROR 42P07: relation "t" already exists
DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN OTHERS THEN NULL; END $$;
DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN SQLSTATE '42P07' THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
SELECT 'a'::mood;
-- ERROR 42710: type "mood" already exists
DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); END $$;
DO $$ BEGIN ALTER TABLE t ADD COLUMN b int; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$;
DO $$ BEGIN ALTER TABLE t ADD COLUMN b int; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$;
SELECT b FROM t;
DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE t DROP CONSTRAINT missing; EXCEPTION WHEN undefined_object THEN NULL; END $$;
-- ERROR 42P01: relation "missing" does not exist
DO $$ BEGIN ALTER TABLE missing DROP CONSTRAINT missing; EXCEPTION WHEN undefined_object THEN NULL; END $$;
DO $$ BEGIN ALTER TABLE missing DROP CONSTRAINT missing; EXCEPTION WHEN undefined_object OR undefined_table THEN NULL; END $$;

-- What came before the exception is undone with it.
DO $$ BEGIN CREATE TABLE undone (a int); CREATE TABLE t (a int); EXCEPTION WHEN duplicate_table THEN NULL; END $$;
-- ERROR 42P01: relation "undone" does not exist
SELECT * FROM undone;
DO $$ BEGIN CREATE TABLE kept (a int); BEGIN CREATE TABLE t (a int); EXCEPTION WHEN duplicate_table THEN NULL; END; END $$;
SELECT * FROM kept;
DO $$ BEGIN CREATE TABLE t (a int); EXCEPTION WHEN duplicate_table THEN CREATE TABLE instead (a int); END $$;
SELECT * FROM instead;

-- Conditions.
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('a'); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'other') THEN CREATE TYPE other AS ENUM ('a'); END IF; END $$;
SELECT 'a'::other;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'gone') THEN ALTER TABLE t DROP COLUMN gone; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b') THEN ALTER TABLE t RENAME COLUMN b TO bb; END IF; END $$;
SELECT bb FROM t;
-- ERROR 42703: column "b" does not exist
SELECT b FROM t;
DO $$ BEGIN IF to_regclass('public.t') IS NULL THEN CREATE TABLE t (a int); END IF; END $$;
DO $$ BEGIN IF false THEN SELECT nonsense FROM nowhere; END IF; END $$;
DO $$ BEGIN IF true THEN PERFORM 1; ELSE DROP TABLE missing; END IF; END $$;
DO $$ BEGIN IF current_setting('server_version_num')::int >= 100000 THEN CREATE TABLE new_enough (a int); END IF; END $$;
SELECT * FROM new_enough;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app; END IF; END $$;
GRANT SELECT ON t TO app;
-- ERROR 42703: column "missing" does not exist
DO $$ BEGIN IF missing THEN NULL; END IF; END $$;
-- ERROR 42703: column "missing" does not exist
DO $$ BEGIN IF (SELECT missing FROM t) THEN NULL; END IF; END $$;
-- ERROR 42P01: relation "missing" does not exist
DO $$ BEGIN IF EXISTS (SELECT 1 FROM missing) THEN NULL; END IF; END $$;
-- ERROR 22P02: invalid input syntax for type boolean: "x"
DO $$ BEGIN IF 'x' THEN NULL; END IF; END $$;

-- Dynamic.
DO $$ BEGIN EXECUTE 'CREATE TABLE dyn (a int)'; END $$;
SELECT a FROM dyn;
-- ERROR 42P07: relation "dyn" already exists
DO $$ BEGIN EXECUTE 'CREATE TABLE dyn (a int)'; END $$;
-- ERROR 42601: syntax error at or near "TABEL"
DO $$ BEGIN EXECUTE 'CREATE TABEL dyn (a int)'; END $$;
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', 'dyn2'); END $$;
SELECT a FROM dyn2;
DO $$ DECLARE n text; BEGIN FOREACH n IN ARRAY ARRAY['p1', 'p2'] LOOP EXECUTE 'CREATE TABLE ' || n || ' (a int)'; END LOOP; END $$;
SELECT * FROM p1, p2;
DO $$ BEGIN EXECUTE 'ALTER TABLE t DROP COLUMN missing'; EXCEPTION WHEN undefined_column THEN NULL; END $$;
DO $$ DECLARE name text := 'made'; BEGIN EXECUTE 'CREATE TABLE ' || quote_ident(name) || ' (id int)'; EXECUTE 'INSERT INTO made VALUES ($1)' USING 5; END $$;
SELECT id FROM made;

-- Errors in it.
-- ERROR 42601: syntax error at or near "TABEL"
DO $$ BEGIN CREATE TABEL x (a int); END $$;
-- ERROR 42601: query has no destination for result data
DO $$ BEGIN SELECT 1; END $$;
-- ERROR 42703: column "missing" does not exist
DO $$ BEGIN PERFORM missing FROM t; END $$;
-- ERROR 42883: function no_such_function() does not exist
DO $$ BEGIN PERFORM no_such_function(); END $$;
-- ERROR 42703: column "missing" of relation "t" does not exist
DO $$ BEGIN UPDATE t SET missing = 1; END $$;
-- ERROR 42703: column "missing" of relation "t" does not exist
DO $$ BEGIN INSERT INTO t (missing) VALUES (1); END $$;
-- ERROR 42P01: table "missing" does not exist
DO $$ BEGIN DROP TABLE missing; END $$;
DO $$ BEGIN DROP TABLE IF EXISTS missing; END $$;
-- ERROR P0001: stop
DO $$ BEGIN RAISE EXCEPTION 'stop'; END $$;
-- ERROR 23505: stop
DO $$ BEGIN RAISE EXCEPTION 'stop' USING ERRCODE = 'unique_violation'; END $$;
DO $$ BEGIN RAISE NOTICE 'hello %', 1; END $$;
-- ERROR P0004: no
DO $$ BEGIN ASSERT 1 = 2, 'no'; END $$;
DO $$ BEGIN ASSERT 1 = 1; END $$;
-- ERROR 22P02: invalid input syntax for type integer: "abc"
DO $$ DECLARE x int; BEGIN x := 'abc'; END $$;
DO $$ DECLARE x int := 1; y text; BEGIN x := x + 1; SELECT a::text INTO y FROM t LIMIT 1; END $$;
DO $$ DECLARE x t%ROWTYPE; BEGIN SELECT * INTO x FROM t; x.a := 5; END $$;
-- ERROR 42703: record "x" has no field "missing"
DO $$ DECLARE x t%ROWTYPE; BEGIN x.missing := 5; END $$;
DO $$ DECLARE x t.a%TYPE; BEGIN x := 1; END $$;
-- ERROR 42601: syntax error at or near "%"
DO $$ DECLARE x t.missing%TYPE; BEGIN x := 1; END $$;
-- ERROR 22005: variable "x" is declared CONSTANT
DO $$ DECLARE x constant int := 1; BEGIN x := 2; END $$;
-- ERROR 22004: variable "x" must have a default value, since it's declared NOT NULL
DO $$ DECLARE x int NOT NULL; BEGIN NULL; END $$;
-- ERROR 42702: column reference "a" is ambiguous
DO $$ DECLARE a int; BEGIN PERFORM a FROM t; END $$;
DO $$ DECLARE i int; BEGIN FOR i IN 1..3 LOOP INSERT INTO kept VALUES (i); END LOOP; END $$;
DO $$ BEGIN RETURN; END $$;
-- ERROR 42804: RETURN cannot have a parameter in function returning void
DO $$ BEGIN RETURN 1; END $$;
DO LANGUAGE plpgsql $$ BEGIN NULL; END $$;
-- ERROR 0A000: language "sql" does not support inline code execution
DO LANGUAGE sql $$ SELECT 1 $$;
-- ERROR 42704: language "nope" does not exist
DO LANGUAGE nope $$ x $$;
DO $$ BEGIN COMMIT; END $$;
DO $$ BEGIN CREATE TABLE committed (a int); COMMIT; CREATE TABLE committed2 (a int); END $$;
SELECT * FROM committed, committed2;
-- transaction
-- ERROR 2D000: invalid transaction termination
DO $$ BEGIN COMMIT; END $$;
-- end
-- ERROR 25001: VACUUM cannot be executed from a function
DO $$ BEGIN VACUUM t; END $$;
-- ERROR 25001: CREATE INDEX CONCURRENTLY cannot be executed from a function
DO $$ BEGIN CREATE INDEX CONCURRENTLY ON t (a); END $$;
DO $$ BEGIN ALTER TYPE mood ADD VALUE 'in_do'; END $$;
SELECT 'in_do'::mood;
-- ERROR 42883: procedure missing() does not exist
DO $$ BEGIN CALL missing(); END $$;
DO $x$ DECLARE body text := $$quoted$$; BEGIN NULL; END $x$;
DO $$ <<outer_block>> DECLARE v int := 1; BEGIN DECLARE v int := 2; BEGIN PERFORM outer_block.v + v; END; END $$;
DO $$ DECLARE c CURSOR FOR SELECT a FROM t; r record; BEGIN FOR r IN c LOOP NULL; END LOOP; END $$;
-- ERROR 42703: column "missing" does not exist
DO $$ DECLARE c CURSOR FOR SELECT missing FROM t; BEGIN OPEN c; END $$;
DO $$ BEGIN CASE 1 WHEN 1 THEN NULL; END CASE; END $$;
-- ERROR 20000: case not found
DO $$ BEGIN CASE 1 WHEN 2 THEN NULL; END CASE; END $$;
DO $$ BEGIN WHILE false LOOP NULL; END LOOP; LOOP EXIT; END LOOP; END $$;
DO $$ DECLARE n int; BEGIN GET DIAGNOSTICS n = ROW_COUNT; EXECUTE 'SELECT 1' INTO n; END $$;

-- Ways that end early.
CREATE TABLE ways (n int);
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM ways WHERE n > 0) THEN
        RETURN;
    END IF;
    CREATE TABLE early (a int);
END $$;
DROP TABLE early;
INSERT INTO ways VALUES (1);
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM ways WHERE n > 0) THEN
        RETURN;
    END IF;
    CREATE TABLE early (a int);
END $$;
CREATE TABLE early (b int);
SELECT b FROM early;
DO $$ BEGIN
    FOR i IN 1..5 LOOP
        EXIT WHEN i > 2;
        EXECUTE 'CREATE TABLE w' || i || ' (a int)';
    END LOOP;
    FOR i IN 1..4 LOOP
        CONTINUE WHEN i % 2 = 0;
        EXECUTE format('CREATE TABLE x%s (a int)', i + 10);
    END LOOP;
    <<outer_loop>>
    FOR i IN 1..3 LOOP
        FOR j IN 1..3 LOOP
            EXIT outer_loop;
        END LOOP;
        EXECUTE format('CREATE TABLE never%s (a int)', i);
    END LOOP;
    <<whole>>
    BEGIN
        EXIT whole;
        CREATE TABLE never (a int);
    END;
    FOR i IN REVERSE 6..2 BY 2 LOOP
        EXECUTE format('CREATE TABLE r%s (a int)', i);
    END LOOP;
END $$;
CREATE TABLE w4 (b int);
CREATE TABLE never (b int);
CREATE TABLE never1 (b int);
CREATE TABLE x12 (b int);
SELECT r6.a FROM r6, r4, r2, x11, x13, w1;
CREATE TABLE r5 (b int);
DO $$
DECLARE
    list text[] := '{one,"two words",three}';
    item text;
BEGIN
    FOREACH item IN ARRAY list LOOP
        EXECUTE format('CREATE TABLE %I (a int)', item || '_t');
    END LOOP;
    FOREACH item IN ARRAY ARRAY['one', 'three']::text[] LOOP
        EXECUTE 'ALTER TABLE ' || item || '_t ADD COLUMN ' || item || ' int';
    END LOOP;
END $$;
SELECT one FROM one_t;
-- ERROR 42703: column "three" does not exist
SELECT three FROM one_t;
SELECT a FROM "two words_t";
-- ERROR 42P01: relation "two_t" does not exist
SELECT a FROM two_t;

-- Conditions with variables.
CREATE SCHEMA side;
SET search_path = side, public;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'soon') THEN
        CREATE TABLE soon (c int);
    END IF;
END $$;
SELECT c FROM soon;
RESET search_path;
DO $$ DECLARE tab text := 'soon'; col text := 'd'; BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = 'side' AND table_name = tab AND c.column_name = col) THEN
        EXECUTE format('ALTER TABLE side.%I ADD COLUMN %I int', tab, col);
    END IF;
    IF EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = 'side' AND table_name = tab AND c.column_name = col) THEN
        EXECUTE format('ALTER TABLE side.%I RENAME COLUMN %I TO e', tab, col);
    END IF;
END $$;
SELECT e FROM side.soon;
-- ERROR 42703: column "d" does not exist
SELECT d FROM side.soon;
DO $$ BEGIN
    IF to_regclass('side.soon') IS NOT NULL AND to_regclass('side.late') IS NULL THEN
        ALTER TABLE side.soon RENAME TO late;
    END IF;
END $$;
-- ERROR 42P01: relation "side.soon" does not exist
SELECT c FROM side.soon;

-- For each table that there is.
DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN extra int', r.tablename); END LOOP; END $$;
SELECT extra FROM dyn;
SELECT extra FROM w1;
-- ERROR 42703: column "extra2" does not exist
SELECT extra2 FROM w1;
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT t.table_schema AS s, t.table_name FROM information_schema.tables AS t WHERE t.table_schema IN ('side', 'public') AND table_type = 'BASE TABLE' AND table_name LIKE 'w%' LOOP
        EXECUTE format('ALTER TABLE %I.%I ADD COLUMN listed int', r.s, r.table_name);
    END LOOP;
END $$;
-- ERROR 42702: column reference "listed" is ambiguous
SELECT listed FROM w1, w2;
ALTER TABLE x11 ADD COLUMN listed text;
DO $$ DECLARE stmt text; BEGIN
    FOR stmt IN SELECT format('ALTER TABLE %I RENAME TO %I', tablename, tablename || '_old') FROM pg_tables WHERE schemaname = 'public' AND tablename = 'r4' LOOP
        EXECUTE stmt;
    END LOOP;
    FOR stmt IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'side' LOOP
        EXECUTE 'DROP TABLE side.' || stmt || ' CASCADE';
    END LOOP;
END $$;
-- ERROR 42P01: relation "r4" does not exist
SELECT a FROM r4;
SELECT a FROM r4_old;
DROP SCHEMA side;
