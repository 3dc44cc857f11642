-- Policies, row security, rules.

CREATE TABLE t (id int PRIMARY KEY, owner text, org int);
CREATE TABLE member (org int, who text);
CREATE VIEW v AS SELECT * FROM t;

CREATE POLICY p ON t;
-- ERROR 42710: policy "p" for table "t" already exists
CREATE POLICY p ON t;
-- ERROR 42P01: relation "missing" does not exist
CREATE POLICY p ON missing;
-- ERROR 42809: "v" is not a table
CREATE POLICY p ON v;
CREATE POLICY p2 ON t USING (owner = current_user);
-- ERROR 42703: column "missing" does not exist
CREATE POLICY p3 ON t USING (missing = current_user);
-- ERROR 42804: argument of POLICY must be type boolean, not type text
CREATE POLICY p3 ON t USING (owner);
-- ERROR 42883: operator does not exist: text = integer
CREATE POLICY p3 ON t USING (owner = 1);
-- ERROR 42883: function no_such_function(integer) does not exist
CREATE POLICY p3 ON t USING (no_such_function(id));
-- ERROR 42601: only WITH CHECK expression allowed for INSERT
CREATE POLICY p3 ON t FOR INSERT USING (true);
-- ERROR 42601: WITH CHECK cannot be applied to SELECT or DELETE
CREATE POLICY p3 ON t FOR SELECT WITH CHECK (true);
-- ERROR 42601: WITH CHECK cannot be applied to SELECT or DELETE
CREATE POLICY p3 ON t FOR DELETE WITH CHECK (true);
CREATE POLICY p3 ON t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (org > 0) WITH CHECK (org > 1);
-- ERROR 42601: unrecognized row security option "nonsense"
CREATE POLICY p4 ON t AS NONSENSE USING (true);
-- ERROR 42704: role "no_such_role" does not exist
CREATE POLICY p4 ON t TO no_such_role USING (true);
CREATE POLICY p4 ON t USING (org IN (SELECT m.org FROM member m WHERE m.who = current_user));
-- ERROR 42703: column m.nope does not exist
CREATE POLICY p5 ON t USING (org IN (SELECT m.nope FROM member m));
-- ERROR 42803: aggregate functions are not allowed in policy expressions
CREATE POLICY p5 ON t USING (count(*) > 1);
-- ERROR 42P20: window functions are not allowed in policy expressions
CREATE POLICY p5 ON t USING (row_number() OVER () > 1);
CREATE POLICY p5 ON t USING (current_setting('app.user')::int = id);
-- ERROR 3F000: schema "auth" does not exist
CREATE POLICY p6 ON t USING (auth.uid() = id);

-- ERROR 42710: policy "p2" for table "t" already exists
ALTER POLICY p ON t RENAME TO p2;
ALTER POLICY p ON t RENAME TO p_new;
-- ERROR 42704: policy "p" for table "t" does not exist
ALTER POLICY p ON t USING (true);
-- ERROR 42703: column "missing" does not exist
ALTER POLICY p_new ON t USING (missing);
ALTER POLICY p_new ON t USING (id > 0) WITH CHECK (id > 1);
ALTER POLICY p_new ON t TO CURRENT_USER;
-- ERROR 42704: role "no_such_role" does not exist
ALTER POLICY p_new ON t TO no_such_role;
-- ERROR 42P01: relation "missing" does not exist
ALTER POLICY p_new ON missing TO CURRENT_USER;
ALTER POLICY p3 ON t USING (true);

-- ERROR 2BP01: cannot drop column owner of table t because other objects depend on it
ALTER TABLE t DROP COLUMN owner;
DROP VIEW v;
-- ERROR 2BP01: cannot drop column owner of table t because other objects depend on it
ALTER TABLE t DROP COLUMN owner;
-- ERROR 2BP01: cannot drop column org of table t because other objects depend on it
ALTER TABLE t DROP COLUMN org;
-- ERROR 2BP01: cannot drop column who of table member because other objects depend on it
ALTER TABLE member DROP COLUMN who;
-- ERROR 2BP01: cannot drop table member because other objects depend on it
DROP TABLE member;
ALTER TABLE t RENAME COLUMN owner TO proprietor;
DROP POLICY p2 ON t;
ALTER TABLE t DROP COLUMN proprietor;
-- ERROR 42704: policy "p2" for table "t" does not exist
DROP POLICY p2 ON t;
DROP POLICY IF EXISTS p2 ON t;
DROP TABLE member CASCADE;
-- ERROR 42704: policy "p4" for table "t" does not exist
DROP POLICY p4 ON t;
ALTER TABLE t DROP COLUMN org CASCADE;
-- ERROR 42704: policy "p3" for table "t" does not exist
DROP POLICY p3 ON t;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t DISABLE ROW LEVEL SECURITY;
ALTER TABLE t NO FORCE ROW LEVEL SECURITY;
-- ERROR 42P01: relation "missing" does not exist
ALTER TABLE missing ENABLE ROW LEVEL SECURITY;
CREATE VIEW v AS SELECT * FROM t;
-- ERROR 42809: ALTER action ENABLE ROW SECURITY cannot be performed on relation "v"
ALTER TABLE v ENABLE ROW LEVEL SECURITY;

-- Rules.
CREATE TABLE log (id int, what text);
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'new');
-- ERROR 42710: rule "r" for relation "t" already exists
CREATE RULE r AS ON INSERT TO t DO NOTHING;
CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (id) VALUES (NEW.id);
-- ERROR 42P01: relation "missing" does not exist
CREATE RULE r2 AS ON INSERT TO missing DO NOTHING;
-- ERROR 42P01: relation "missing" does not exist
CREATE RULE r2 AS ON INSERT TO t DO ALSO INSERT INTO missing VALUES (1);
-- ERROR 42703: column new.missing does not exist
CREATE RULE r2 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.missing);
-- ERROR 42P17: ON INSERT rule cannot use OLD
CREATE RULE r2 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (OLD.id);
-- ERROR 42P01: invalid reference to FROM-clause entry for table "new"
CREATE RULE r2 AS ON DELETE TO t WHERE NEW.id > 0 DO NOTHING;
CREATE RULE r2 AS ON DELETE TO t WHERE OLD.id > 0 DO INSTEAD NOTHING;
CREATE RULE r3 AS ON UPDATE TO v DO INSTEAD UPDATE t SET id = NEW.id WHERE id = OLD.id;
-- ERROR 42P17: SELECT rule's target entry 1 has different column name from column "id"
CREATE RULE r4 AS ON SELECT TO t DO INSTEAD SELECT 1;
CREATE RULE r5 AS ON INSERT TO t DO INSTEAD (DELETE FROM log; INSERT INTO log VALUES (NEW.id, 'x'));
-- ERROR 2BP01: cannot drop table log because other objects depend on it
DROP TABLE log;
-- ERROR 2BP01: cannot drop column id of table log because other objects depend on it
ALTER TABLE log DROP COLUMN id;
-- ERROR 2BP01: cannot drop column what of table log because other objects depend on it
ALTER TABLE log DROP COLUMN what;
ALTER RULE r ON t RENAME TO rr;
-- ERROR 42704: rule "r" for relation "t" does not exist
ALTER RULE r ON t RENAME TO rrr;
-- ERROR 42710: rule "r2" for relation "t" already exists
ALTER RULE rr ON t RENAME TO r2;
ALTER TABLE t DISABLE RULE rr;
-- ERROR 42704: rule "missing" for relation "t" does not exist
ALTER TABLE t DISABLE RULE missing;
-- ERROR 42704: rule "r" for relation "t" does not exist
DROP RULE r ON t;
DROP RULE IF EXISTS r ON t;
DROP RULE rr ON t;
DROP RULE r5 ON t;
DROP TABLE log;
-- ERROR 2BP01: cannot drop rule _RETURN on view v because view v requires it
DROP RULE "_RETURN" ON v;
