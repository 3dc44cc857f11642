-- As with a view: the constraint and the index of the old table are left hanging.
DO $$ BEGIN EXECUTE current_setting('my.code'); END $$;
CREATE TABLE a (b int PRIMARY KEY);
CREATE TABLE c (b int REFERENCES a);
CREATE TABLE a (b int);
