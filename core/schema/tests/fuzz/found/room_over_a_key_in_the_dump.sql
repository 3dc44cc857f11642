-- As room_over_a_key, after a call: the dump has an ALTER DOMAIN without a name.
CREATE TABLE t (id int PRIMARY KEY);
CREATE PROCEDURE rename_all(suffix text) LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE public.%I RENAME TO %I', r.tablename, r.tablename || suffix);
    END LOOP;
END $$;
CALL rename_all('_old');
CREATE TABLE t (fresh int);
