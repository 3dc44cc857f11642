-- A table is given a name that is taken.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE TABLE a (b int);
CREATE TABLE c (b int);
ALTER TABLE a RENAME TO c;
