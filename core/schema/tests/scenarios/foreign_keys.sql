-- Foreign keys: what they refer to, and the types.

CREATE TABLE parent (id int PRIMARY KEY, code text UNIQUE, a int, b int, plain int, UNIQUE (a, b));
CREATE UNIQUE INDEX parent_partial ON parent (plain) WHERE plain > 0;
CREATE VIEW v AS SELECT * FROM parent;
CREATE TABLE keyless (a int);

-- ERROR 42P01: relation "missing" does not exist
CREATE TABLE c (p int REFERENCES missing);
-- ERROR 3F000: schema "no_schema" does not exist
CREATE TABLE c (p int REFERENCES no_schema.parent);
-- ERROR 42809: referenced relation "v" is not a table
CREATE TABLE c (p int REFERENCES v);
-- ERROR 42704: there is no primary key for referenced table "keyless"
CREATE TABLE c (p int REFERENCES keyless);
-- ERROR 42703: column "missing" referenced in foreign key constraint does not exist
CREATE TABLE c (p int REFERENCES parent (missing));
-- ERROR 42830: there is no unique constraint matching given keys for referenced table "parent"
CREATE TABLE c (p int REFERENCES parent (plain));
-- ERROR 42830: there is no unique constraint matching given keys for referenced table "parent"
CREATE TABLE c (p int REFERENCES parent (a));
-- ERROR 42804: foreign key constraint "c_p_fkey" cannot be implemented
CREATE TABLE c (p text REFERENCES parent);
-- ERROR 42804: foreign key constraint "c_p_fkey" cannot be implemented
CREATE TABLE c (p int REFERENCES parent (code));
-- ERROR 42804: foreign key constraint "c_p_fkey" cannot be implemented
CREATE TABLE c (p uuid REFERENCES parent);
-- ERROR 42804: foreign key constraint "c_p_fkey" cannot be implemented
CREATE TABLE c (p boolean REFERENCES parent);
-- ERROR 42830: number of referencing and referenced columns for foreign key disagree
CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES parent);
-- ERROR 42830: number of referencing and referenced columns for foreign key disagree
CREATE TABLE c (x int, y int, FOREIGN KEY (x) REFERENCES parent (a, b));
-- ERROR 42830: there is no unique constraint matching given keys for referenced table "parent"
CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES parent (a));
-- ERROR 42703: column "missing" referenced in foreign key constraint does not exist
CREATE TABLE c (x int, FOREIGN KEY (missing) REFERENCES parent);
CREATE TABLE twice (x int, y int, FOREIGN KEY (x, x) REFERENCES parent (a, b));
-- ERROR 42830: foreign key referenced-columns list must not contain duplicates
CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES parent (a, a));
-- ERROR 0A000: MATCH PARTIAL not yet implemented
CREATE TABLE c (p int REFERENCES parent (id) MATCH PARTIAL);
-- ERROR 42804: foreign key constraint "c_n_fkey" cannot be implemented
CREATE TABLE c (
    self int PRIMARY KEY REFERENCES c,
    p bigint REFERENCES parent,
    s smallint REFERENCES parent (id),
    n numeric REFERENCES parent,
    code varchar(10) REFERENCES parent (code),
    x int,
    y int,
    FOREIGN KEY (y, x) REFERENCES parent (b, a) MATCH FULL ON DELETE SET NULL (x) ON UPDATE CASCADE
);
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c DROP CONSTRAINT c_y_x_fkey;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD FOREIGN KEY (x, y) REFERENCES parent (b, a);
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c DROP CONSTRAINT c_x_y_fkey;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD FOREIGN KEY (x, y) REFERENCES parent (a, b) ON DELETE SET NULL (p);
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD FOREIGN KEY (x, y) REFERENCES parent (a, b) ON DELETE SET DEFAULT (x);
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD CONSTRAINT again FOREIGN KEY (p) REFERENCES parent;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD CONSTRAINT again FOREIGN KEY (s) REFERENCES parent;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES parent NOT VALID;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c VALIDATE CONSTRAINT c_p_fkey1;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ALTER CONSTRAINT again DEFERRABLE INITIALLY DEFERRED;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ALTER CONSTRAINT c_pkey DEFERRABLE;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD COLUMN q int CONSTRAINT to_parent REFERENCES parent ON DELETE CASCADE DEFERRABLE;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD COLUMN r int, ADD CONSTRAINT r_fk FOREIGN KEY (r) REFERENCES parent;
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c DROP CONSTRAINT to_parent, ADD CONSTRAINT to_parent FOREIGN KEY (q) REFERENCES parent (id);
-- ERROR 42P01: relation "c" does not exist
ALTER TABLE c ADD COLUMN bad int NOT NULL REFERENCES parent INITIALLY DEFERRED NOT DEFERRABLE;
-- ERROR 42704: constraint "again" does not exist
SET CONSTRAINTS again DEFERRED;
-- ERROR 42704: constraint "c_pkey" does not exist
SET CONSTRAINTS c_pkey DEFERRED;
-- ERROR 42704: constraint "missing" does not exist
SET CONSTRAINTS missing DEFERRED;
SET CONSTRAINTS ALL IMMEDIATE;

-- A deferrable key cannot be referred to.
CREATE TABLE d (id int PRIMARY KEY DEFERRABLE);
-- ERROR 55000: cannot use a deferrable primary key for referenced table "d"
CREATE TABLE e (d int REFERENCES d);

-- A unique index that is no constraint will do, unless it is partial or on expressions.
CREATE UNIQUE INDEX keyless_a ON keyless (a);
CREATE TABLE e (a int REFERENCES keyless (a));
-- ERROR 42704: there is no primary key for referenced table "keyless"
CREATE TABLE e2 (a int REFERENCES keyless);
-- ERROR 2BP01: cannot drop index keyless_a because other objects depend on it
DROP INDEX keyless_a;
DROP TABLE e;
DROP INDEX keyless_a;

-- Temporary and unlogged.
CREATE TEMPORARY TABLE temp_parent (id int PRIMARY KEY);
-- ERROR 42P16: constraints on permanent tables may reference only permanent tables
CREATE TABLE to_temp (p int REFERENCES temp_parent);
-- ERROR 42P16: constraints on temporary tables may reference only temporary tables
CREATE TEMPORARY TABLE temp_child (p int REFERENCES parent);
CREATE TEMPORARY TABLE temp_child (p int REFERENCES temp_parent);
CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY);
-- ERROR 42P16: constraints on permanent tables may reference only permanent tables
CREATE TABLE to_unlogged (p int REFERENCES unlogged);
CREATE UNLOGGED TABLE unlogged_child (p int REFERENCES parent);
-- ERROR 42P16: could not change table "parent" to unlogged because it references logged table "twice"
ALTER TABLE parent SET UNLOGGED;

-- Both ways.
CREATE TABLE left_side (id int PRIMARY KEY, r int);
CREATE TABLE right_side (id int PRIMARY KEY, l int REFERENCES left_side);
ALTER TABLE left_side ADD FOREIGN KEY (r) REFERENCES right_side;
-- ERROR 2BP01: cannot drop table right_side because other objects depend on it
DROP TABLE right_side;
DROP TABLE left_side, right_side;

-- Partitioned.
CREATE TABLE measure (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE measure_1 PARTITION OF measure FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE note (m int, at date, FOREIGN KEY (m, at) REFERENCES measure);
-- ERROR 42601: syntax error at or near "ONLY"
CREATE TABLE note2 (m int, at date, FOREIGN KEY (m, at) REFERENCES ONLY measure);
ALTER TABLE ONLY note ADD FOREIGN KEY (m, at) REFERENCES measure NOT VALID;
-- ERROR 2BP01: cannot drop table measure_1 because other objects depend on it
DROP TABLE measure_1;
-- ERROR 2BP01: cannot drop table measure because other objects depend on it
DROP TABLE measure;
DROP TABLE measure CASCADE;
-- ERROR 42704: constraint "note_m_at_fkey" of relation "note" does not exist
ALTER TABLE note DROP CONSTRAINT note_m_at_fkey;
-- ERROR 0A000: cannot truncate a table referenced in a foreign key constraint
TRUNCATE parent;
-- ERROR 42P01: relation "c" does not exist
TRUNCATE parent, c;
TRUNCATE parent CASCADE;
