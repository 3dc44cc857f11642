-- Triggers.

CREATE TABLE t (a int, b text, c int);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION not_trigger() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: trigger functions cannot have declared arguments
CREATE FUNCTION with_argument(x int) RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION with_argument2(x int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';

CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42710: trigger "x" for relation "t" already exists
CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE OR REPLACE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42P01: relation "missing" does not exist
CREATE TRIGGER y BEFORE INSERT ON missing FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42883: function missing() does not exist
CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION missing();
-- ERROR 42P17: function not_trigger must return type trigger
CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION not_trigger();
-- ERROR 42883: function with_argument() does not exist
CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION with_argument(1);
-- ERROR 42883: function with_argument2() does not exist
CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION with_argument2(1);
CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW EXECUTE PROCEDURE tf('an argument', 5, x);
-- ERROR 42P17: function ef must return type trigger
CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION ef();
CREATE TRIGGER z BEFORE UPDATE OF a, b ON t FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42703: column "missing" of relation "t" does not exist
CREATE TRIGGER z2 BEFORE UPDATE OF missing ON t FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42701: column "a" specified more than once
CREATE TRIGGER z2 BEFORE UPDATE OF a, a ON t FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42601: duplicate trigger events specified at or near "INSERT"
CREATE TRIGGER z2 BEFORE INSERT OR INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TRIGGER z2 BEFORE INSERT OR UPDATE OR DELETE ON t EXECUTE FUNCTION tf();
-- ERROR 0A000: TRUNCATE FOR EACH ROW triggers are not supported
CREATE TRIGGER z3 AFTER TRUNCATE ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TRIGGER z3 AFTER TRUNCATE ON t FOR EACH STATEMENT EXECUTE FUNCTION tf();

-- Conditions.
CREATE TRIGGER w1 BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION tf();
-- ERROR 42P17: INSERT trigger's WHEN condition cannot reference OLD values
CREATE TRIGGER w2 BEFORE INSERT ON t FOR EACH ROW WHEN (OLD.a > 0) EXECUTE FUNCTION tf();
-- ERROR 42P17: DELETE trigger's WHEN condition cannot reference NEW values
CREATE TRIGGER w2 BEFORE DELETE ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION tf();
-- ERROR 42703: column new.missing does not exist
CREATE TRIGGER w2 BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.missing > 0) EXECUTE FUNCTION tf();
-- ERROR 42702: column reference "a" is ambiguous
CREATE TRIGGER w2 BEFORE UPDATE ON t FOR EACH ROW WHEN (a > 0) EXECUTE FUNCTION tf();
-- ERROR 42804: argument of WHEN must be type boolean, not type integer
CREATE TRIGGER w2 BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.a) EXECUTE FUNCTION tf();
-- ERROR 22P02: invalid input syntax for type integer: "x"
CREATE TRIGGER w2 BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.a = 'x') EXECUTE FUNCTION tf();
-- ERROR 0A000: cannot use subquery in trigger WHEN condition
CREATE TRIGGER w2 BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.a > (SELECT 1)) EXECUTE FUNCTION tf();
-- ERROR 42P17: statement trigger's WHEN condition cannot reference column values
CREATE TRIGGER w2 AFTER UPDATE ON t FOR EACH STATEMENT WHEN (NEW.a > 0) EXECUTE FUNCTION tf();
CREATE TRIGGER w2 AFTER UPDATE ON t FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION tf();
CREATE TRIGGER w3 BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tf();

-- Views.
-- ERROR 42809: "v" is a view
CREATE TRIGGER v1 BEFORE INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TRIGGER v1 INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 0A000: INSTEAD OF triggers must be FOR EACH ROW
CREATE TRIGGER v2 INSTEAD OF INSERT ON v EXECUTE FUNCTION tf();
-- ERROR 0A000: INSTEAD OF triggers cannot have WHEN conditions
CREATE TRIGGER v2 INSTEAD OF INSERT ON v FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION tf();
-- ERROR 0A000: INSTEAD OF triggers cannot have column lists
CREATE TRIGGER v2 INSTEAD OF UPDATE OF a ON v FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42809: "t" is a table
CREATE TRIGGER v2 INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TRIGGER v2 AFTER INSERT ON v FOR EACH STATEMENT EXECUTE FUNCTION tf();
CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a;
-- ERROR 42809: relation "mv" cannot have triggers
CREATE TRIGGER mv1 AFTER INSERT ON mv FOR EACH ROW EXECUTE FUNCTION tf();

-- Transition tables.
CREATE TRIGGER tt1 AFTER INSERT ON t REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tf();
-- ERROR 42P17: transition table name can only be specified for an AFTER trigger
CREATE TRIGGER tt2 BEFORE INSERT ON t REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tf();
-- ERROR 42P17: OLD TABLE can only be specified for a DELETE or UPDATE trigger
CREATE TRIGGER tt2 AFTER INSERT ON t REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tf();
-- ERROR 0A000: transition tables cannot be specified for triggers with more than one event
CREATE TRIGGER tt2 AFTER INSERT OR UPDATE ON t REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tf();
-- ERROR 0A000: transition tables cannot be specified for triggers with column lists
CREATE TRIGGER tt2 AFTER UPDATE OF a ON t REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tf();
-- ERROR 42P17: OLD TABLE name and NEW TABLE name cannot be the same
CREATE TRIGGER tt2 AFTER UPDATE ON t REFERENCING NEW TABLE AS same OLD TABLE AS same FOR EACH STATEMENT EXECUTE FUNCTION tf();

-- Constraint triggers.
CREATE CONSTRAINT TRIGGER c1 AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42601: syntax error at or near "BEFORE"
CREATE CONSTRAINT TRIGGER c2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 42601: syntax error at or near "STATEMENT"
CREATE CONSTRAINT TRIGGER c2 AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION tf();
-- ERROR 42P01: relation "missing" does not exist
CREATE CONSTRAINT TRIGGER c2 AFTER INSERT ON t FROM missing FOR EACH ROW EXECUTE FUNCTION tf();
-- ERROR 0A000: CREATE OR REPLACE CONSTRAINT TRIGGER is not supported
CREATE OR REPLACE CONSTRAINT TRIGGER c1 AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
SET CONSTRAINTS c1 IMMEDIATE;
-- ERROR 2BP01: cannot drop constraint c1 on table t because trigger c1 on table t requires it
ALTER TABLE t DROP CONSTRAINT c1;
DROP TRIGGER c1 ON t;

-- ALTER, DROP.
ALTER TABLE t DISABLE TRIGGER x;
ALTER TABLE t ENABLE TRIGGER x;
-- ERROR 42704: trigger "missing" for table "t" does not exist
ALTER TABLE t DISABLE TRIGGER missing;
ALTER TABLE t DISABLE TRIGGER ALL;
ALTER TABLE t ENABLE ALWAYS TRIGGER x;
-- ERROR 42704: trigger "missing" for table "t" does not exist
ALTER TABLE t ENABLE REPLICA TRIGGER missing;
-- ERROR 42P01: relation "missing" does not exist
ALTER TABLE missing DISABLE TRIGGER x;
ALTER TRIGGER x ON t RENAME TO xx;
-- ERROR 42704: trigger "x" for table "t" does not exist
ALTER TRIGGER x ON t RENAME TO xxx;
-- ERROR 42710: trigger "y" for relation "t" already exists
ALTER TRIGGER xx ON t RENAME TO y;
-- ERROR 42P01: relation "missing" does not exist
ALTER TRIGGER xx ON missing RENAME TO y;
-- ERROR 42704: extension "missing" does not exist
ALTER TRIGGER xx ON t DEPENDS ON EXTENSION missing;
-- ERROR 42704: trigger "x" for table "t" does not exist
DROP TRIGGER x ON t;
-- ERROR 42704: trigger "xx" for table "v" does not exist
DROP TRIGGER xx ON v;
DROP TRIGGER IF EXISTS xx ON v;
DROP TRIGGER xx ON t;
-- ERROR 2BP01: cannot drop function tf() because other objects depend on it
DROP FUNCTION tf();
DROP TRIGGER y ON t CASCADE;
-- ERROR 2BP01: cannot drop column a of table t because other objects depend on it
ALTER TABLE t DROP COLUMN a;
DROP VIEW v;
-- ERROR 2BP01: cannot drop column a of table t because other objects depend on it
ALTER TABLE t DROP COLUMN a;
DROP TRIGGER z ON t;
DROP TRIGGER w1 ON t;
ALTER TABLE t DROP COLUMN a;
-- ERROR 42704: trigger "w1" for table "t" does not exist
DROP TRIGGER w1 ON t;
ALTER TABLE t DROP COLUMN c;
DROP FUNCTION tf() CASCADE;
-- ERROR 42704: trigger "w3" for table "t" does not exist
DROP TRIGGER w3 ON t;

-- Functions for triggers cannot be called, and the table may go with its triggers.
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- ERROR 0A000: trigger functions can only be called as triggers
SELECT tf();
CREATE TRIGGER last BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
DROP TABLE t CASCADE;
DROP FUNCTION tf();

-- Event triggers.
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION ef();
-- ERROR 42710: event trigger "et" already exists
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION ef();
-- ERROR 42601: unrecognized event name "no_such_event"
CREATE EVENT TRIGGER et2 ON no_such_event EXECUTE FUNCTION ef();
-- ERROR 42P17: function not_trigger must return type event_trigger
CREATE EVENT TRIGGER et2 ON ddl_command_start EXECUTE FUNCTION not_trigger();
-- ERROR 42883: function missing() does not exist
CREATE EVENT TRIGGER et2 ON ddl_command_start EXECUTE FUNCTION missing();
CREATE EVENT TRIGGER et2 ON ddl_command_start WHEN tag IN ('CREATE TABLE') EXECUTE FUNCTION ef();
-- ERROR 42601: filter value "NO SUCH TAG" not recognized for filter variable "tag"
CREATE EVENT TRIGGER et3 ON ddl_command_start WHEN tag IN ('NO SUCH TAG') EXECUTE FUNCTION ef();
-- ERROR 42601: unrecognized filter variable "nope"
CREATE EVENT TRIGGER et3 ON ddl_command_start WHEN nope IN ('CREATE TABLE') EXECUTE FUNCTION ef();
ALTER EVENT TRIGGER et DISABLE;
-- ERROR 42704: event trigger "missing" does not exist
ALTER EVENT TRIGGER missing DISABLE;
ALTER EVENT TRIGGER et RENAME TO et_new;
-- ERROR 2BP01: cannot drop function ef() because other objects depend on it
DROP FUNCTION ef();
-- ERROR 42704: event trigger "et" does not exist
DROP EVENT TRIGGER et;
DROP EVENT TRIGGER et_new;

-- A constraint trigger is a constraint.
CREATE TABLE ct (a int, CONSTRAINT kk CHECK (a > 0));
CREATE FUNCTION ctf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- ERROR 23505: duplicate key value violates unique constraint "pg_constraint_conrelid_contypid_conname_index"
CREATE CONSTRAINT TRIGGER kk AFTER INSERT ON ct FOR EACH ROW EXECUTE FUNCTION ctf();
CREATE TRIGGER kk AFTER INSERT ON ct FOR EACH ROW EXECUTE FUNCTION ctf();
CREATE CONSTRAINT TRIGGER kk2 AFTER INSERT ON ct DEFERRABLE FOR EACH ROW EXECUTE FUNCTION ctf();
-- ERROR 42710: constraint "kk2" for relation "ct" already exists
ALTER TABLE ct ADD CONSTRAINT kk2 CHECK (a < 10);
ALTER TRIGGER kk2 ON ct RENAME TO kk3;
ALTER TABLE ct ADD CONSTRAINT kk3 CHECK (a < 10);
-- ERROR 23505: duplicate key value violates unique constraint "pg_constraint_conrelid_contypid_conname_index"
CREATE CONSTRAINT TRIGGER kk2 AFTER INSERT ON ct FOR EACH ROW EXECUTE FUNCTION ctf();
ALTER TABLE ct RENAME CONSTRAINT kk2 TO kk4;
-- ERROR 2BP01: cannot drop constraint kk4 on table ct because trigger kk3 on table ct requires it
ALTER TABLE ct DROP CONSTRAINT kk4;
-- ERROR 42704: constraint "kk2" of relation "ct" does not exist
ALTER TABLE ct DROP CONSTRAINT kk2;
DROP TRIGGER kk3 ON ct;
ALTER TABLE ct ADD CONSTRAINT kk2 CHECK (a < 10);
