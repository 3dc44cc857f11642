-- A composite type gets a name that is taken.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE TYPE a AS (b int);
CREATE TYPE a AS (b int);
