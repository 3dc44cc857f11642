-- Constraints: the names that the server chooses, keys, checks, and what they need.

-- Names. Each is seen by dropping it.
CREATE TABLE t (
    id int PRIMARY KEY,
    a int UNIQUE,
    b int CHECK (b > 0),
    c int REFERENCES t,
    d int,
    CHECK (d > b),
    CHECK (d > 0),
    CHECK (true),
    UNIQUE (a, b),
    UNIQUE (b, a),
    FOREIGN KEY (a, b) REFERENCES t (a, b)
);
ALTER TABLE t DROP CONSTRAINT t_c_fkey;
ALTER TABLE t DROP CONSTRAINT t_a_b_fkey;
ALTER TABLE t DROP CONSTRAINT t_a_key;
ALTER TABLE t DROP CONSTRAINT t_a_b_key;
ALTER TABLE t DROP CONSTRAINT t_b_a_key;
ALTER TABLE t DROP CONSTRAINT t_b_check;
ALTER TABLE t DROP CONSTRAINT t_check;
ALTER TABLE t DROP CONSTRAINT t_d_check;
ALTER TABLE t DROP CONSTRAINT t_check1;
ALTER TABLE t DROP CONSTRAINT t_pkey;
-- ERROR 42704: constraint "t_pkey" of relation "t" does not exist
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t DROP CONSTRAINT IF EXISTS t_pkey;
-- ERROR 42710: check constraint "n_a_check1" already exists
CREATE TABLE n (a int CHECK (a > 0) CHECK (a < 10), CHECK (a <> 5), CONSTRAINT n_a_check1 CHECK (a <> 6));
CREATE TABLE n (a int CHECK (a > 0) CHECK (a < 10), CHECK (a <> 5), CONSTRAINT mine CHECK (a <> 6), CHECK (1 > 0));
ALTER TABLE n DROP CONSTRAINT n_a_check;
ALTER TABLE n DROP CONSTRAINT n_a_check1;
ALTER TABLE n DROP CONSTRAINT n_a_check2;
-- ERROR 42704: constraint "n_a_check3" of relation "n" does not exist
ALTER TABLE n DROP CONSTRAINT n_a_check3;
ALTER TABLE n DROP CONSTRAINT n_check;
-- Names longer than 63 bytes are shortened: the table's and the column's part alike.
CREATE TABLE a_table_with_a_name_that_is_nearly_as_long_as_can_be_sixty (a_column_with_a_long_name_too int UNIQUE);
-- ERROR 42704: constraint "a_table_with_a_name_that_is_near_a_column_with_a_long_name_key" of relation "a_table_with_a_name_that_is_nearly_as_long_as_can_be_sixty" does not exist
ALTER TABLE a_table_with_a_name_that_is_nearly_as_long_as_can_be_sixty DROP CONSTRAINT a_table_with_a_name_that_is_near_a_column_with_a_long_name_key;
ALTER TABLE a_table_with_a_name_that_is_nearly_as_long_as_can_be_sixty DROP CONSTRAINT a_table_with_a_name_that_is_n_a_column_with_a_long_name_too_key;
-- A name that is taken gets a number: by a relation for a key, by a constraint for a check.
CREATE TABLE x_a_key (z int);
CREATE TABLE x (a int UNIQUE, CONSTRAINT x_a_fkey CHECK (a > 0));
ALTER TABLE x ADD FOREIGN KEY (a) REFERENCES x (a);
ALTER TABLE x DROP CONSTRAINT x_a_fkey1;
-- ERROR 42704: constraint "x_a_key" of relation "x" does not exist
ALTER TABLE x DROP CONSTRAINT x_a_key;
ALTER TABLE x DROP CONSTRAINT x_a_key1;
-- Renaming the table or the column does not rename the constraint.
CREATE TABLE y (a int UNIQUE CHECK (a > 0));
ALTER TABLE y RENAME TO yy;
ALTER TABLE yy RENAME COLUMN a TO b;
-- ERROR 42704: constraint "yy_b_key" of relation "yy" does not exist
ALTER TABLE yy DROP CONSTRAINT yy_b_key;
ALTER TABLE yy DROP CONSTRAINT y_a_key;
ALTER TABLE yy ADD UNIQUE (b);
ALTER TABLE yy DROP CONSTRAINT yy_b_key;
ALTER TABLE yy RENAME CONSTRAINT y_a_check TO positive;
ALTER TABLE yy DROP CONSTRAINT positive;

-- Keys.
DROP TABLE t, n, x, x_a_key, yy;
CREATE TABLE t (id int, a int, b text, j json, p point);
ALTER TABLE t ADD PRIMARY KEY (id);
-- ERROR 42P16: multiple primary keys for table "t" are not allowed
ALTER TABLE t ADD PRIMARY KEY (a);
-- ERROR 42703: column "missing" named in key does not exist
ALTER TABLE t ADD UNIQUE (missing);
-- ERROR 42701: column "a" appears twice in unique constraint
ALTER TABLE t ADD UNIQUE (a, a);
-- ERROR 42704: data type json has no default operator class for access method "btree"
ALTER TABLE t ADD UNIQUE (j);
-- ERROR 42704: data type point has no default operator class for access method "btree"
ALTER TABLE t ADD UNIQUE (p);
-- ERROR 42P07: relation "t_pkey" already exists
ALTER TABLE t ADD CONSTRAINT t_pkey UNIQUE (a);
ALTER TABLE t ADD CONSTRAINT a_unique UNIQUE (a) INCLUDE (b);
-- ERROR 42P07: relation "a_unique" already exists
ALTER TABLE t ADD CONSTRAINT a_unique UNIQUE (a, b);
-- ERROR 42710: constraint "a_unique" for relation "t" already exists
ALTER TABLE t ADD CONSTRAINT a_unique CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT t_b UNIQUE NULLS NOT DISTINCT (b) DEFERRABLE INITIALLY DEFERRED;
-- ERROR 42P16: multiple primary keys for table "two_keys" are not allowed
CREATE TABLE two_keys (a int PRIMARY KEY, b int PRIMARY KEY);
-- ERROR 42P16: multiple primary keys for table "two_keys" are not allowed
CREATE TABLE two_keys (a int PRIMARY KEY, b int, PRIMARY KEY (b));
-- ERROR 42703: column "b" named in key does not exist
CREATE TABLE bad_key (a int, PRIMARY KEY (b));
CREATE TABLE null_key (a int NULL PRIMARY KEY);
-- ERROR 42601: conflicting NULL/NOT NULL declarations for column "a" of table "either_way"
CREATE TABLE either_way (a int NULL NOT NULL);
-- ERROR 42710: constraint "same" for relation "dup" already exists
CREATE TABLE dup (a int CONSTRAINT same UNIQUE, b int CONSTRAINT same CHECK (b > 0));
-- ERROR 42710: check constraint "same" already exists
CREATE TABLE dup (a int CONSTRAINT same CHECK (a > 0), b int CONSTRAINT same CHECK (b > 0));

-- Using an index.
CREATE UNIQUE INDEX u1 ON t (a);
CREATE INDEX i1 ON t (a);
CREATE UNIQUE INDEX u2 ON t (lower(b));
CREATE UNIQUE INDEX u3 ON t (a) WHERE a > 0;
CREATE UNIQUE INDEX u4 ON t (b DESC);
-- ERROR 42704: index "missing" does not exist
ALTER TABLE t ADD CONSTRAINT k1 UNIQUE USING INDEX missing;
-- ERROR 42809: "i1" is not a unique index
ALTER TABLE t ADD CONSTRAINT k1 UNIQUE USING INDEX i1;
-- ERROR 42809: index "u2" contains expressions
ALTER TABLE t ADD CONSTRAINT k1 UNIQUE USING INDEX u2;
-- ERROR 42809: "u3" is a partial index
ALTER TABLE t ADD CONSTRAINT k1 UNIQUE USING INDEX u3;
-- ERROR 42809: index "u4" column number 1 does not have default sorting behavior
ALTER TABLE t ADD CONSTRAINT k1 UNIQUE USING INDEX u4;
ALTER TABLE t ADD CONSTRAINT k1 UNIQUE USING INDEX u1;
-- ERROR 42704: index "u1" does not exist
ALTER TABLE t ADD CONSTRAINT k2 UNIQUE USING INDEX u1;
-- ERROR 55000: index "k1" is already associated with a constraint
ALTER TABLE t ADD CONSTRAINT k2 UNIQUE USING INDEX k1;
-- ERROR 42704: index "u1" does not exist
DROP INDEX u1;
-- ERROR 2BP01: cannot drop index k1 because constraint k1 on table t requires it
DROP INDEX k1;
ALTER TABLE t DROP CONSTRAINT k1;
CREATE UNIQUE INDEX u5 ON t (a);
-- ERROR 42P16: multiple primary keys for table "t" are not allowed
ALTER TABLE t ADD PRIMARY KEY USING INDEX u5;
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY USING INDEX u5;
-- ERROR 42704: constraint "t_pkey" of relation "t" does not exist
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t DROP CONSTRAINT u5;

-- Checks.
-- ERROR 22P02: invalid input syntax for type integer: "x"
ALTER TABLE t ADD CHECK (a > 'x');
-- ERROR 42804: argument of CHECK must be type boolean, not type integer
ALTER TABLE t ADD CHECK (a);
-- ERROR 42703: column "missing" does not exist
ALTER TABLE t ADD CHECK (missing > 0);
-- ERROR 42P01: missing FROM-clause entry for table "other"
ALTER TABLE t ADD CHECK (other.a > 0);
ALTER TABLE t ADD CHECK (t.a > 0);
-- ERROR 0A000: cannot use subquery in check constraint
ALTER TABLE t ADD CHECK (a > (SELECT 1));
-- ERROR 42803: aggregate functions are not allowed in check constraints
ALTER TABLE t ADD CHECK (max(a) > 0);
-- ERROR 42P20: window functions are not allowed in check constraints
ALTER TABLE t ADD CHECK (row_number() OVER () > 0);
-- ERROR 42883: function no_such_function(integer) does not exist
ALTER TABLE t ADD CHECK (no_such_function(a));
-- ERROR 42883: function length(integer) does not exist
ALTER TABLE t ADD CHECK (length(a) > 0);
-- ERROR 42804: argument of AND must be type boolean, not type text
ALTER TABLE t ADD CHECK (a > 0 AND b);
ALTER TABLE t ADD CONSTRAINT later CHECK (b <> '') NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT later;
-- ERROR 42704: constraint "missing" of relation "t" does not exist
ALTER TABLE t VALIDATE CONSTRAINT missing;
-- ERROR 42809: constraint "t_b" of relation "t" is not a foreign key or check constraint
ALTER TABLE t VALIDATE CONSTRAINT t_b;
ALTER TABLE t ADD CONSTRAINT no_inherit CHECK (a > 0) NO INHERIT;
-- ERROR 42809: constraint "later" of relation "t" is not a foreign key constraint
ALTER TABLE t ALTER CONSTRAINT later DEFERRABLE;
-- ERROR 42704: constraint "missing" of relation "t" does not exist
ALTER TABLE t ALTER CONSTRAINT missing DEFERRABLE;
-- ERROR 0A000: CHECK constraints cannot be marked DEFERRABLE
ALTER TABLE t ADD CONSTRAINT deferred CHECK (a > 0) DEFERRABLE;

-- Exclusion.
CREATE TABLE room (id int, during tsrange, EXCLUDE USING gist (during WITH &&));
ALTER TABLE room DROP CONSTRAINT room_during_excl;
-- ERROR 42704: data type integer has no default operator class for access method "gist"
ALTER TABLE room ADD EXCLUDE USING gist (id WITH =, during WITH &&);
CREATE EXTENSION btree_gist;
ALTER TABLE room ADD EXCLUDE USING gist (id WITH =, during WITH &&);
ALTER TABLE room DROP CONSTRAINT room_id_during_excl;
ALTER TABLE room ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (id > 0);
ALTER TABLE room ADD EXCLUDE (id WITH =);
-- ERROR 42883: operator does not exist: integer && integer
ALTER TABLE room ADD EXCLUDE (id WITH &&);
-- ERROR 42703: column "missing" named in key does not exist
ALTER TABLE room ADD EXCLUDE USING gist (missing WITH =);
-- ERROR 42P17: functions in index expression must be marked IMMUTABLE
ALTER TABLE room ADD EXCLUDE USING gist (tsrange(now()::timestamp, null) WITH &&);
-- ERROR 0A000: access method "brin" does not support exclusion constraints
ALTER TABLE room ADD EXCLUDE USING brin (id WITH =);
