-- What is not DDL: settings, prepared statements, cursors, locks, COPY, maintenance.

CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE SCHEMA app;

SET work_mem = '8MB';
-- ERROR 22023: invalid value for parameter "work_mem": "lots"
SET work_mem = 'lots';
SET work_mem TO DEFAULT;
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
SET no_such_setting = 1;
SET app.anything = 'x';
SET statement_timeout = 0;
SET statement_timeout = '5s';
-- ERROR 22023: invalid value for parameter "statement_timeout": "x"
SET statement_timeout = 'x';
SET lock_timeout TO '2 s';
SET LOCAL lock_timeout = '1s';
SET SESSION lock_timeout = '1s';
SET client_min_messages = warning;
-- ERROR 22023: invalid value for parameter "client_min_messages": "shouting"
SET client_min_messages = shouting;
SET default_tablespace = '';
SET row_security = off;
SET search_path = nowhere, "$user", public;
SET search_path TO '';
-- ERROR 42P01: relation "t" does not exist
SELECT * FROM t;
SELECT * FROM public.t;
RESET search_path;
SELECT * FROM t;
SET search_path = app;
CREATE TABLE u (a int);
-- ERROR 42P01: relation "t" does not exist
SELECT * FROM t;
SET search_path = public;
-- ERROR 42P01: relation "u" does not exist
SELECT * FROM u;
SELECT * FROM app.u;
SET search_path TO app, public;
SELECT * FROM t, u;
CREATE TABLE first_one (a int);
SELECT * FROM app.first_one;
RESET ALL;
-- ERROR 42P01: relation "u" does not exist
SELECT * FROM u;
SELECT set_config('search_path', 'app', false);
SELECT * FROM u;
SELECT set_config('search_path', 'public', false);
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
SELECT set_config('no_such_setting', 'x', false);
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
SELECT current_setting('no_such_setting');
SELECT current_setting('no_such_setting', true);
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
RESET no_such_setting;
SHOW search_path;
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
SHOW no_such_setting;
SHOW ALL;
SET TIME ZONE 'UTC';
-- ERROR 22023: invalid value for parameter "TimeZone": "Nowhere/Land"
SET TIME ZONE 'Nowhere/Land';
SET timezone = 'Europe/Berlin';
-- ERROR 22023: invalid value for parameter "client_encoding": "nope"
SET NAMES 'nope';
-- ERROR 22023: role "no_such_role" does not exist
SET ROLE no_such_role;
SET ROLE NONE;
RESET ROLE;
-- ERROR 22023: role "no_such_role" does not exist
SET SESSION AUTHORIZATION no_such_role;
SET SESSION AUTHORIZATION DEFAULT;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
-- ERROR 55P02: parameter "server_version" cannot be changed
SET server_version = '1';
-- ERROR 55P02: parameter "shared_buffers" cannot be changed without restarting the server
SET shared_buffers = '1GB';
SET default_transaction_read_only = on;
-- ERROR 25006: cannot execute CREATE TABLE in a read-only transaction
CREATE TABLE read_only (a int);
RESET default_transaction_read_only;
-- ERROR 3D000: database "no_such_database" does not exist
ALTER DATABASE no_such_database SET work_mem = '8MB';
-- ERROR 42704: role "no_such_role" does not exist
ALTER ROLE no_such_role SET work_mem = '8MB';
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
ALTER ROLE CURRENT_USER SET no_such_setting = 1;
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
ALTER SYSTEM SET no_such_setting = 1;
-- transaction
SET LOCAL search_path = app;
SELECT * FROM u;
-- end
-- ERROR 42P01: relation "u" does not exist
SELECT * FROM u;
-- transaction
SET search_path = app;
-- ERROR 42703: column "nothing" does not exist
SELECT nothing FROM u;
-- end
-- ERROR 42P01: relation "u" does not exist
SELECT * FROM u;

-- Prepared statements.
PREPARE p AS SELECT a FROM t WHERE b = $1;
-- ERROR 42P05: prepared statement "p" already exists
PREPARE p AS SELECT 1;
PREPARE p2 (int) AS SELECT b FROM t WHERE a = $1;
-- ERROR 42883: operator does not exist: text = integer
PREPARE p3 (int) AS SELECT b FROM t WHERE b = $1;
-- ERROR 42703: column "missing" does not exist
PREPARE p3 AS SELECT missing FROM t;
-- ERROR 42704: type "nope" does not exist
PREPARE p3 (nope) AS SELECT 1;
PREPARE p3 (int) AS INSERT INTO t (a) VALUES ($1);
PREPARE p4 AS SELECT $1;
PREPARE p5 (int) AS SELECT $2;
EXECUTE p ('x');
-- ERROR 42601: wrong number of parameters for prepared statement "p"
EXECUTE p;
-- ERROR 42601: wrong number of parameters for prepared statement "p"
EXECUTE p (1, 2);
EXECUTE p2 ('1');
-- ERROR 22P02: invalid input syntax for type integer: "x"
EXECUTE p2 ('x');
-- ERROR 42804: parameter $1 of type boolean cannot be coerced to the expected type integer
EXECUTE p2 (true);
-- ERROR 26000: prepared statement "missing" does not exist
EXECUTE missing;
DEALLOCATE p;
-- ERROR 26000: prepared statement "p" does not exist
DEALLOCATE p;
-- ERROR 26000: prepared statement "p" does not exist
EXECUTE p ('x');
DEALLOCATE ALL;
-- ERROR 26000: prepared statement "p2" does not exist
EXECUTE p2 (1);
DISCARD ALL;
-- transaction
-- ERROR 25001: DISCARD ALL cannot run inside a transaction block
DISCARD ALL;
-- end
DISCARD TEMP;

-- Cursors.
-- ERROR 25P01: DECLARE CURSOR can only be used in transaction blocks
DECLARE c CURSOR FOR SELECT * FROM t;
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM t;
FETCH 1 FROM c;
MOVE FORWARD 1 IN c;
CLOSE c;
-- ERROR 34000: cursor "c" does not exist
CLOSE c;
-- ERROR 34000: cursor "missing" does not exist
FETCH 1 FROM missing;
-- transaction
DECLARE c CURSOR FOR SELECT * FROM t;
FETCH ALL FROM c;
CLOSE c;
-- end
-- transaction
-- ERROR 42703: column "missing" does not exist
DECLARE c CURSOR FOR SELECT missing FROM t;
-- end
CLOSE ALL;

-- Locks, savepoints.
-- ERROR 25P01: LOCK TABLE can only be used in transaction blocks
LOCK TABLE t;
-- transaction
LOCK TABLE t IN ACCESS EXCLUSIVE MODE;
LOCK t, v IN SHARE MODE NOWAIT;
-- end
-- transaction
-- ERROR 42P01: relation "missing" does not exist
LOCK TABLE missing;
-- end
-- ERROR 25P01: SAVEPOINT can only be used in transaction blocks
SAVEPOINT s;
-- ERROR 25P01: ROLLBACK TO SAVEPOINT can only be used in transaction blocks
ROLLBACK TO s;
-- ERROR 25P01: RELEASE SAVEPOINT can only be used in transaction blocks
RELEASE s;
-- transaction
SAVEPOINT s;
CREATE TABLE saved (a int);
ROLLBACK TO SAVEPOINT s;
CREATE TABLE saved2 (a int);
RELEASE SAVEPOINT s;
-- end
-- ERROR 42P01: relation "saved" does not exist
SELECT * FROM saved;
SELECT * FROM saved2;
-- transaction
-- ERROR 3B001: savepoint "missing" does not exist
ROLLBACK TO missing;
-- end
-- transaction
-- ERROR 3B001: savepoint "missing" does not exist
RELEASE missing;
-- end

-- Maintenance.
VACUUM;
VACUUM t;
VACUUM (ANALYZE, VERBOSE) t (a);
-- ERROR 42P01: relation "missing" does not exist
VACUUM missing;
VACUUM v;
-- ERROR 42601: unrecognized VACUUM option "nope"
VACUUM (nope) t;
-- ERROR 42703: column "missing" of relation "t" does not exist
VACUUM ANALYZE t (missing);
-- transaction
-- ERROR 25001: VACUUM cannot run inside a transaction block
VACUUM t;
-- end
-- transaction
ANALYZE t;
-- end
ANALYZE t (a, b);
-- ERROR 42703: column "missing" of relation "t" does not exist
ANALYZE t (missing);
-- ERROR 42701: column "a" of relation "t" appears more than once
ANALYZE t (a, a);
-- ERROR 42P01: relation "missing" does not exist
ANALYZE missing;
CLUSTER t USING t_pkey;
-- ERROR 42704: index "missing" for table "t" does not exist
CLUSTER t USING missing;
-- ERROR 42P01: relation "missing" does not exist
CLUSTER missing;
CLUSTER t;
CHECKPOINT;
TRUNCATE t;
-- ERROR 42P01: relation "missing" does not exist
TRUNCATE t, missing;
TRUNCATE TABLE ONLY t RESTART IDENTITY CASCADE;
-- ERROR 42809: "v" is not a table
TRUNCATE v;
TRUNCATE app.u, t;
LISTEN channel;
NOTIFY channel, 'payload';
UNLISTEN *;
EXPLAIN SELECT * FROM t;
-- ERROR 42703: column "missing" does not exist
EXPLAIN SELECT missing FROM t;
EXPLAIN (ANALYZE, FORMAT json) SELECT * FROM t;
-- ERROR 42601: unrecognized EXPLAIN option "nope"
EXPLAIN (NOPE) SELECT 1;
-- ERROR 58P01: could not access file "no_such_library": No such file or directory
LOAD 'no_such_library';
SET CONSTRAINTS ALL DEFERRED;

-- COPY.
-- ERROR 42P01: relation "missing" does not exist
COPY missing FROM '/dev/null';
COPY t FROM '/dev/null';
-- ERROR 42703: column "missing" of relation "t" does not exist
COPY t (a, missing) FROM '/dev/null';
-- ERROR 42701: column "a" specified more than once
COPY t (a, a) FROM '/dev/null';
COPY t FROM '/dev/null' WITH (FORMAT csv, HEADER);
-- ERROR 22023: COPY format "nope" not recognized
COPY t FROM '/dev/null' WITH (FORMAT nope);
-- ERROR 42601: option "nope" not recognized
COPY t FROM '/dev/null' WITH (NOPE);
-- ERROR 0A000: COPY delimiter must be a single one-byte character
COPY t FROM '/dev/null' WITH (DELIMITER ',,');
-- ERROR 42809: cannot copy to view "v"
COPY v FROM '/dev/null';
-- ERROR 42809: cannot copy from view "v"
COPY v TO '/dev/null';
-- ERROR 42703: column "missing" does not exist
COPY (SELECT missing FROM t) TO '/dev/null';
COPY (SELECT * FROM t) TO '/dev/null';
COPY t FROM '/dev/null' WHERE a > 0;
-- ERROR 42703: column "missing" does not exist
COPY t FROM '/dev/null' WHERE missing > 0;

-- What cannot be in a transaction.
-- transaction
-- ERROR 25001: CREATE DATABASE cannot run inside a transaction block
CREATE DATABASE other;
-- end
-- transaction
-- ERROR 25001: DROP DATABASE cannot run inside a transaction block
DROP DATABASE missing;
-- end
-- transaction
-- ERROR 25001: ALTER SYSTEM cannot run inside a transaction block
ALTER SYSTEM SET work_mem = '8MB';
-- end
-- transaction
-- ERROR 25001: CREATE TABLESPACE cannot run inside a transaction block
CREATE TABLESPACE ts LOCATION '/nowhere';
-- end
DROP DATABASE IF EXISTS missing;
