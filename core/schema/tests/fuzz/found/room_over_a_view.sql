-- The new table takes the place of the old one, and the view on that is left hanging.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE TABLE a (b int);
CREATE VIEW v AS SELECT b FROM a;
CREATE TABLE a (b int);
