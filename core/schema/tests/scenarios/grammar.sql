-- What the grammar allows and few write.

SET NAMES 'UTF8';
-- ERROR 42601: syntax error at or near "UTF8"
SET NAMES UTF8;
SET NAMES DEFAULT;
SET SCHEMA 'public';
SET ROLE NONE;
SET SESSION AUTHORIZATION DEFAULT;
SET LOCAL statement_timeout = 0;
SET TIME ZONE 'UTC';
SET TIME ZONE LOCAL;
SET TIME ZONE INTERVAL '+02:00' HOUR TO MINUTE;
SET timezone TO 'Europe/Berlin';
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ;
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE;
SET XML OPTION DOCUMENT;
SET XML OPTION CONTENT;
SET client_min_messages = warning;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET xmloption = content;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
SET search_path TO DEFAULT;
SET search_path = public, pg_catalog;
SET LOCAL search_path TO '';
SET SESSION search_path TO "$user", public;
SET idle_in_transaction_session_timeout = '10min';
SET lock_timeout = '5s';
SET work_mem TO '64MB';
SET datestyle TO ISO, MDY;
SET my.setting = 'x';
SET my.other.setting TO 1;
RESET my.setting;
RESET TIME ZONE;
RESET SESSION AUTHORIZATION;
RESET TRANSACTION ISOLATION LEVEL;
RESET ALL;
SHOW search_path;
SHOW TIME ZONE;
SHOW TRANSACTION ISOLATION LEVEL;
SHOW SESSION AUTHORIZATION;
SHOW ALL;
SELECT pg_catalog.set_config('search_path', '', false);
SELECT set_config('search_path', 'public', false);
-- ERROR 42704: unrecognized configuration parameter "no_such_setting"
SET no_such_setting = 1;

-- Bodies that are not checked.
SET check_function_bodies = off;
CREATE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELEC 1';
CREATE FUNCTION broken2() RETURNS int LANGUAGE plpgsql AS 'BEGI';
-- ERROR 42704: type "missing_table_type" does not exist
CREATE FUNCTION broken3() RETURNS SETOF missing_table_type LANGUAGE sql AS 'SELECT * FROM nowhere';
CREATE FUNCTION broken4() RETURNS int LANGUAGE sql AS 'SELECT * FROM nowhere';
SET check_function_bodies TO false;
CREATE OR REPLACE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELECT SELECT';
SET check_function_bodies = on;
-- ERROR 42601: syntax error at or near "SELEC"
CREATE OR REPLACE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELEC 1';
SET LOCAL check_function_bodies = off;
-- transaction
SET LOCAL check_function_bodies = off;
CREATE OR REPLACE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELEC 1';
-- end
SELECT set_config('check_function_bodies', 'off', false);
CREATE OR REPLACE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELEC 2';
SET check_function_bodies = 0;
CREATE OR REPLACE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELEC 3';
RESET check_function_bodies;
DROP FUNCTION broken, broken2, broken4;

-- Arguments of trigger functions are words.
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t1 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf(id, name, table, select, 'x', 12, 1.5, from, user, end);
CREATE TRIGGER t2 BEFORE UPDATE OF a, b ON t FOR EACH ROW EXECUTE PROCEDURE public.tf(true, null, default);
CREATE TRIGGER t3 AFTER INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE PROCEDURE tf();
CREATE TRIGGER t4 AFTER TRUNCATE ON t EXECUTE FUNCTION tf();
CREATE TRIGGER t5 BEFORE UPDATE ON t FOR ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tf();
CREATE TRIGGER t6 AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION tf();
CREATE OR REPLACE TRIGGER t6 AFTER UPDATE ON t REFERENCING OLD TABLE o NEW TABLE n FOR STATEMENT EXECUTE FUNCTION tf();
ALTER TABLE t DISABLE TRIGGER ALL;
ALTER TABLE t ENABLE TRIGGER USER;
ALTER TABLE t ENABLE ALWAYS TRIGGER t1, ENABLE REPLICA TRIGGER t2;

-- ALTER of what is no table.
CREATE VIEW v AS SELECT id, a, b FROM t;
ALTER VIEW v ALTER COLUMN a SET DEFAULT 5;
ALTER VIEW v ALTER a DROP DEFAULT;
ALTER VIEW v SET (security_barrier = true, check_option = local);
ALTER VIEW v SET (security_invoker);
ALTER VIEW v RESET (security_barrier);
ALTER VIEW v RESET (check_option, security_invoker);
-- ERROR 42809: ALTER action ALTER COLUMN ... RESET cannot be performed on relation "v"
ALTER VIEW v ALTER a RESET (n_distinct);
-- ERROR 42809: ALTER action ALTER COLUMN ... SET cannot be performed on relation "v"
ALTER VIEW v ALTER a SET (n_distinct = 5);
-- ERROR 42809: ALTER action ALTER COLUMN ... SET STATISTICS cannot be performed on relation "v"
ALTER VIEW v ALTER a SET STATISTICS 5;
ALTER VIEW v RENAME COLUMN a TO aa;
ALTER VIEW IF EXISTS nowhere RENAME TO elsewhere;
ALTER TABLE v RENAME TO w;
ALTER TABLE w OWNER TO CURRENT_USER;
ALTER TABLE t ALTER a SET (n_distinct = -0.5, n_distinct_inherited = 3);
ALTER TABLE t ALTER COLUMN a RESET (n_distinct);
ALTER TABLE t ALTER COLUMN b SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz, ALTER b SET COMPRESSION DEFAULT;
-- ERROR 0A000: cannot refer to non-index column by number
ALTER TABLE t ALTER COLUMN 2 SET STATISTICS 100;
ALTER TABLE ONLY t ALTER COLUMN a SET STATISTICS -1;
ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.01);
ALTER TABLE t RESET (fillfactor);
ALTER TABLE t CLUSTER ON t_pkey;
ALTER TABLE t SET WITHOUT CLUSTER;
ALTER TABLE t SET WITHOUT OIDS;
ALTER TABLE t REPLICA IDENTITY FULL;
ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey;
ALTER TABLE t SET LOGGED;
ALTER TABLE t SET ACCESS METHOD heap;
ALTER TABLE t SET TABLESPACE pg_default;
ALTER INDEX t_pkey SET (fillfactor = 50);
ALTER INDEX t_pkey RENAME TO t_pk;
CREATE INDEX expr_idx ON t ((a + 1), lower(b));
ALTER INDEX expr_idx ALTER COLUMN 1 SET STATISTICS 500;
ALTER INDEX expr_idx SET TABLESPACE pg_default;
ALTER INDEX ALL IN TABLESPACE pg_default SET TABLESPACE pg_default;
ALTER INDEX IF EXISTS nope RESET (fillfactor);
ALTER MATERIALIZED VIEW IF EXISTS nope SET SCHEMA public;

-- Rights, and what is for roles.
CREATE ROLE app NOLOGIN;
CREATE ROLE reader;
CREATE USER writer WITH PASSWORD 'x' IN ROLE app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA public GRANT ALL ON TABLES TO app WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR USER app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO app, reader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO reader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL PRIVILEGES ON ROUTINES FROM reader CASCADE;
GRANT SELECT (id, a), UPDATE (a) ON t TO reader;
GRANT ALL ON ALL TABLES IN SCHEMA public TO app;
GRANT ALL PRIVILEGES ON ALL SEQUENCES IN SCHEMA public TO app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO app;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO app GRANTED BY CURRENT_USER;
GRANT app TO writer WITH ADMIN OPTION;
GRANT CONNECT, TEMP ON DATABASE postgres TO app;
GRANT USAGE ON LANGUAGE plpgsql TO app;
GRANT SET ON PARAMETER work_mem TO app;
GRANT USAGE ON SCHEMA public TO app, reader;
GRANT SELECT ON w, t TO reader;
REVOKE GRANT OPTION FOR SELECT ON t FROM reader CASCADE;
REVOKE ALL ON FUNCTION tf() FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE app FROM writer;
ALTER ROLE app SET search_path TO public;
ALTER ROLE app SET statement_timeout = '3s';
ALTER ROLE app IN DATABASE postgres SET work_mem FROM CURRENT;
ALTER ROLE app RESET ALL;
ALTER ROLE ALL SET lock_timeout = '5s';
ALTER ROLE ALL RESET lock_timeout;
ALTER USER writer WITH CONNECTION LIMIT 5 VALID UNTIL 'infinity';
ALTER ROLE writer RENAME TO author;
ALTER GROUP app ADD USER author;
ALTER GROUP app DROP USER author;
CREATE GROUP grp WITH ROLE author;
DROP GROUP grp;
DROP USER author;
ALTER DATABASE postgres SET timezone TO 'UTC';
ALTER DATABASE postgres RESET timezone;
ALTER SYSTEM SET wal_level = 'logical';
ALTER SYSTEM RESET wal_level;
COMMENT ON ROLE app IS 'the application';
COMMENT ON DATABASE postgres IS NULL;

-- Foreign data.
CREATE EXTENSION postgres_fdw;
CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', port '1', dbname 'x');
CREATE USER MAPPING FOR CURRENT_USER SERVER remote OPTIONS (user 'x', password 'y');
CREATE USER MAPPING IF NOT EXISTS FOR PUBLIC SERVER remote;
ALTER SERVER remote OPTIONS (SET port '2', ADD fetch_size '100', DROP host);
CREATE FOREIGN TABLE far (id int OPTIONS (column_name 'ident') NOT NULL, b text) SERVER remote OPTIONS (schema_name 'public', table_name 'near');
ALTER FOREIGN TABLE far ADD COLUMN c int OPTIONS (column_name 'cc'), ALTER COLUMN b OPTIONS (ADD column_name 'bb');
ALTER FOREIGN TABLE far OPTIONS (SET table_name 'other');
ALTER FOREIGN TABLE far RENAME COLUMN c TO d;
DROP FOREIGN TABLE far;
DROP USER MAPPING FOR CURRENT_USER SERVER remote;
DROP SERVER remote CASCADE;
DROP EXTENSION postgres_fdw;
SET NAMES;
SET LOCAL NAMES 'UTF8';
SET SESSION NAMES 'LATIN1';
-- ERROR 42704: unrecognized configuration parameter "names"
SET names = 'UTF8';
-- ERROR 22023: invalid value for parameter "client_encoding": "no such encoding"
SET NAMES 'no such encoding';
RESET client_encoding;

-- What belongs to a role.
CREATE ROLE owner_of_all;
REASSIGN OWNED BY app TO owner_of_all;
DROP OWNED BY app;
DROP OWNED BY reader, owner_of_all CASCADE;
CREATE TABLE after_all (a int);
SELECT a FROM after_all;
