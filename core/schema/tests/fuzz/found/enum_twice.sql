-- An enum gets a name that is taken.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE TYPE e AS ENUM ('x');
CREATE TYPE e AS ENUM ('y');
