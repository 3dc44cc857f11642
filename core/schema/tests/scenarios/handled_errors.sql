-- What a handled error takes back depends on the rows.

CREATE TABLE t (id int PRIMARY KEY, a text);
INSERT INTO t VALUES (1, 'a');
DO $$ BEGIN
    ALTER TABLE t ADD COLUMN extra int;
    INSERT INTO t (id) VALUES (1);
EXCEPTION WHEN unique_violation THEN NULL;
END $$;
ALTER TABLE t ADD COLUMN extra int;
DO $$ BEGIN
    ALTER TABLE t ADD CONSTRAINT short CHECK (length(a) < 1);
EXCEPTION WHEN others THEN RAISE NOTICE 'left out';
END $$;
ALTER TABLE t ADD CONSTRAINT short CHECK (length(a) < 10);
DO $$ BEGIN
    ALTER TABLE t ALTER COLUMN a TYPE int USING a::int;
EXCEPTION WHEN OTHERS THEN CREATE TABLE instead (x int);
END $$;
SELECT x FROM instead;
SELECT length(a) FROM t;
