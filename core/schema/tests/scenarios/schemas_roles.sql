-- Schemas, roles, grants, comments, sequences.

CREATE SCHEMA app;
-- ERROR 42P06: schema "app" already exists
CREATE SCHEMA app;
CREATE SCHEMA IF NOT EXISTS app;
-- ERROR 42939: unacceptable schema name "pg_mine"
CREATE SCHEMA pg_mine;
-- ERROR 42704: role "no_such_role" does not exist
CREATE SCHEMA other AUTHORIZATION no_such_role;
CREATE SCHEMA IF NOT EXISTS app2 AUTHORIZATION CURRENT_USER;
CREATE SCHEMA whole CREATE TABLE a (id int PRIMARY KEY) CREATE TABLE b (a int REFERENCES a) CREATE VIEW v AS SELECT * FROM b;
SELECT * FROM whole.v;
-- ERROR 42P01: relation "b" does not exist
SELECT * FROM b;
-- ERROR 42704: type "nope" does not exist
CREATE SCHEMA broken CREATE TABLE a (id nope);
-- ERROR 42P01: relation "broken.a" does not exist
SELECT * FROM broken.a;
-- ERROR 42P15: CREATE specifies a schema (app) different from the one being created (wrong)
CREATE SCHEMA wrong CREATE TABLE app.t (a int);
CREATE TABLE app.t (id int, b text);
SELECT * FROM app.t;
SELECT app.t.id FROM app.t;
-- ERROR 42P01: relation "t" does not exist
SELECT * FROM t;
-- ERROR 42704: role "no_such_role" does not exist
ALTER SCHEMA app OWNER TO no_such_role;
DROP SCHEMA app2;
-- ERROR 3F000: schema "app2" does not exist
DROP SCHEMA app2;
-- ERROR 2BP01: cannot drop desired object(s) because other objects depend on them
DROP SCHEMA app, whole;
DROP SCHEMA whole CASCADE;
-- ERROR 2BP01: cannot drop schema information_schema because other objects depend on it
DROP SCHEMA information_schema;

-- Roles and grants.
CREATE ROLE reader;
-- ERROR 42710: role "reader" already exists
CREATE ROLE reader;
CREATE USER writer PASSWORD 'x' IN ROLE reader;
-- ERROR 42939: role name "pg_reader" is reserved
CREATE ROLE pg_reader;
-- ERROR 42704: role "no_such_role" does not exist
CREATE ROLE bad IN ROLE no_such_role;
-- ERROR 42939: role name "public" is reserved
CREATE ROLE "public";
GRANT SELECT ON app.t TO reader;
-- ERROR 42P01: relation "app.missing" does not exist
GRANT SELECT ON app.missing TO reader;
-- ERROR 42704: role "no_such_role" does not exist
GRANT SELECT ON app.t TO no_such_role;
GRANT SELECT (id, b) ON app.t TO reader;
-- ERROR 42703: column "missing" of relation "t" does not exist
GRANT SELECT (missing) ON app.t TO reader;
-- ERROR 42601: unrecognized privilege type "nonsense"
GRANT NONSENSE ON app.t TO reader;
-- ERROR 0LP01: invalid privilege type EXECUTE for relation
GRANT EXECUTE ON app.t TO reader;
GRANT ALL ON ALL TABLES IN SCHEMA app TO reader, writer WITH GRANT OPTION;
-- ERROR 3F000: schema "nowhere" does not exist
GRANT ALL ON ALL TABLES IN SCHEMA nowhere TO reader;
GRANT USAGE ON SCHEMA app TO PUBLIC;
-- ERROR 3F000: schema "nowhere" does not exist
GRANT USAGE ON SCHEMA nowhere TO PUBLIC;
-- ERROR 42P01: relation "missing" does not exist
GRANT USAGE ON SEQUENCE missing TO reader;
-- ERROR 42883: function missing() does not exist
GRANT EXECUTE ON FUNCTION missing() TO reader;
GRANT EXECUTE ON FUNCTION now() TO reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO reader;
-- ERROR 42704: type "missing" does not exist
GRANT USAGE ON TYPE missing TO reader;
GRANT USAGE ON TYPE int4 TO reader;
-- ERROR 42704: language "nope" does not exist
GRANT USAGE ON LANGUAGE nope TO reader;
-- ERROR 3D000: database "no_such_database" does not exist
GRANT CONNECT ON DATABASE no_such_database TO reader;
GRANT reader TO writer;
-- ERROR 0LP01: role "writer" is a member of role "reader"
GRANT writer TO reader;
-- ERROR 42704: role "no_such_role" does not exist
GRANT no_such_role TO reader;
-- ERROR 42704: role "no_such_role" does not exist
GRANT reader TO no_such_role;
REVOKE SELECT ON app.t FROM reader;
-- ERROR 42P01: relation "app.missing" does not exist
REVOKE SELECT ON app.missing FROM reader;
REVOKE reader FROM writer;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader;
-- ERROR 3F000: schema "nowhere" does not exist
ALTER DEFAULT PRIVILEGES IN SCHEMA nowhere GRANT SELECT ON TABLES TO reader;
-- ERROR 42704: role "no_such_role" does not exist
ALTER DEFAULT PRIVILEGES FOR ROLE no_such_role GRANT SELECT ON TABLES TO reader;
-- ERROR 42601: unrecognized privilege type "nonsense"
ALTER DEFAULT PRIVILEGES GRANT NONSENSE ON TABLES TO reader;
-- ERROR 2BP01: role "reader" cannot be dropped because some objects depend on it
DROP ROLE reader;
-- ERROR 2BP01: role "writer" cannot be dropped because some objects depend on it
DROP ROLE writer;
REASSIGN OWNED BY reader TO CURRENT_USER;
-- ERROR 42704: role "no_such_role" does not exist
REASSIGN OWNED BY no_such_role TO CURRENT_USER;
DROP OWNED BY reader, writer;
DROP ROLE reader, writer;
-- ERROR 42704: role "no_such_role" does not exist
DROP OWNED BY no_such_role;
-- ERROR 42704: role "reader" does not exist
ALTER ROLE reader LOGIN;
CREATE ROLE other_role;
ALTER ROLE other_role NOLOGIN CREATEDB;
-- ERROR 22007: invalid input syntax for type timestamp with time zone: "nonsense"
ALTER ROLE other_role VALID UNTIL 'nonsense';
ALTER TABLE app.t OWNER TO other_role;
-- ERROR 2BP01: role "other_role" cannot be dropped because some objects depend on it
DROP ROLE other_role;
DROP TABLE app.t;
DROP ROLE other_role;

-- In it, all that has no schema of its own would be made.
CREATE SCHEMA AUTHORIZATION CURRENT_USER;
