-- A table is moved to where its name is taken.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE SCHEMA s;
CREATE TABLE s.a ();
CREATE TABLE a ();
ALTER TABLE a SET SCHEMA s;
