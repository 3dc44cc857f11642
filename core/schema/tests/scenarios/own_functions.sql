-- Functions that change the schema, called by the chain. What they do is known only by running
-- them.

CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION add_column(tab text, col text, typ text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN %I %s', tab, col, typ);
END $$;
SELECT add_column('t', 'a', 'int');
SELECT a FROM t;
ALTER TABLE t ADD CHECK (a > 0);
CREATE INDEX ON t (a);
UPDATE t SET a = a + 1;
-- ERROR 42701: column "a" of relation "t" already exists
SELECT add_column('t', 'a', 'int');
-- ERROR 42P01: relation "missing" does not exist
SELECT add_column('missing', 'a', 'int');
-- ERROR 42704: type "nope" does not exist
SELECT add_column('t', 'b', 'nope');
-- ERROR 42883: function add_column(unknown, unknown, integer) does not exist
SELECT add_column('t', 'b', 5);
-- ERROR 42883: function add_column(unknown, unknown) does not exist
SELECT add_column('t', 'b');
DO $$ BEGIN PERFORM add_column('t', 'c', 'text'); END $$;
SELECT c FROM t;

CREATE FUNCTION make_all() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    CREATE TABLE IF NOT EXISTS made (x int, y text);
    CREATE TYPE made_mood AS ENUM ('up', 'down');
    ALTER TABLE made ADD COLUMN z made_mood;
    CREATE VIEW made_view AS SELECT x FROM made;
    RETURN 1;
END $$;
-- ERROR 42P01: relation "made" does not exist
SELECT x FROM made;
SELECT make_all();
SELECT x, y, z FROM made;
SELECT x FROM made_view;
SELECT 'up'::made_mood;
-- ERROR 2BP01: cannot drop column x of table made because other objects depend on it
ALTER TABLE made DROP COLUMN x;
DROP VIEW made_view;
ALTER TABLE made DROP COLUMN x;
-- ERROR 42710: type "made_mood" already exists
SELECT make_all();

-- In SQL.
CREATE FUNCTION sql_drop() RETURNS void LANGUAGE sql AS 'DROP TABLE IF EXISTS t CASCADE';
SELECT sql_drop();
CREATE TABLE t (again int);
SELECT again FROM t;

-- Through a trigger, a default, a view, a generated column.
CREATE FUNCTION next_one() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'CREATE TABLE IF NOT EXISTS by_default (n int)';
    RETURN 1;
END $$;
CREATE TABLE d (a int DEFAULT next_one());
INSERT INTO d DEFAULT VALUES;
SELECT n FROM by_default;
CREATE FUNCTION on_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'CREATE TABLE IF NOT EXISTS by_trigger (n int)';
    RETURN NEW;
END $$;
CREATE TRIGGER tr BEFORE INSERT ON d FOR EACH ROW EXECUTE FUNCTION on_insert();
INSERT INTO d (a) VALUES (5);
SELECT n FROM by_trigger;
CREATE VIEW makes AS SELECT next_one() AS one;
DROP TABLE by_default;
SELECT one FROM makes;
SELECT n FROM by_default;

-- A trigger for every table, from a list.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION manage(tab regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER touch BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION touch()', tab);
END $$;
SELECT manage('t');
-- ERROR 42P01: relation "missing" does not exist
SELECT manage('missing');
DROP TRIGGER touch ON t;
SELECT manage(x::regclass) FROM unnest(ARRAY['t', 'd']) AS x;
DROP TRIGGER touch ON d;
-- ERROR 2BP01: cannot drop function touch() because other objects depend on it
DROP FUNCTION touch();
DROP FUNCTION touch() CASCADE;

-- An event trigger sees every statement.
CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'not now';
END $$;
CREATE EVENT TRIGGER guard ON ddl_command_start WHEN tag IN ('CREATE SEQUENCE') EXECUTE FUNCTION refuse();
-- ERROR P0001: not now
CREATE SEQUENCE s;
DROP EVENT TRIGGER guard;
CREATE SEQUENCE s;

-- Settings and search paths that functions change.
CREATE FUNCTION use_app() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('search_path', 'app, public', false);
END $$;
CREATE SCHEMA app;
CREATE TABLE app.only_there (a int);
-- ERROR 42P01: relation "only_there" does not exist
SELECT a FROM only_there;
SELECT use_app();
SELECT a FROM only_there;

-- For each table that there is.
CREATE PROCEDURE rename_all(suffix text) LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE public.%I RENAME TO %I', r.tablename, r.tablename || suffix);
    END LOOP;
END $$;
CALL rename_all('_old');
SELECT again FROM t_old;
SELECT y FROM made_old;
CREATE TABLE t (fresh int);
SELECT fresh FROM t;
-- ERROR 42883: procedure rename_all() does not exist
CALL rename_all();
