-- After something unknown a name may be free again, so that two relations have it.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE TABLE a AS SELECT * FROM v;
CREATE TABLE a AS SELECT * FROM v;
