-- Inheritance and partitions.

CREATE TABLE base (a int, b text NOT NULL, CHECK (a > 0));
CREATE TABLE child (c int) INHERITS (base);
-- ERROR 42804: column "a" has a type conflict
CREATE TABLE child2 (a bigint) INHERITS (base);
CREATE TABLE child2 (a int DEFAULT 5) INHERITS (base);
-- ERROR 42P01: relation "missing" does not exist
CREATE TABLE child3 () INHERITS (missing);
-- ERROR 42P07: relation "base" would be inherited from more than once
CREATE TABLE child3 () INHERITS (base, base);
SELECT a, b, c FROM child;
ALTER TABLE base ADD COLUMN d int;
SELECT d FROM child;
-- ERROR 42P16: cannot drop inherited column "d"
ALTER TABLE child DROP COLUMN d;
-- ERROR 42P16: cannot alter inherited column "a"
ALTER TABLE child ALTER COLUMN a TYPE bigint;
-- ERROR 42P16: cannot rename inherited column "a"
ALTER TABLE child RENAME COLUMN a TO z;
-- ERROR 42P16: cannot drop inherited constraint "base_a_check" of relation "child"
ALTER TABLE child DROP CONSTRAINT base_a_check;
ALTER TABLE base RENAME COLUMN a TO z;
SELECT z FROM child;
-- ERROR 42P16: inherited column "z" must be renamed in child tables too
ALTER TABLE ONLY base RENAME COLUMN z TO y;
-- ERROR 42P16: column must be added to child tables too
ALTER TABLE ONLY base ADD COLUMN e int;
-- ERROR 42P16: constraint must be added to child tables too
ALTER TABLE ONLY base ADD CHECK (z < 100);
ALTER TABLE ONLY base ADD CONSTRAINT just_me CHECK (z < 100) NO INHERIT;
ALTER TABLE base ADD CONSTRAINT everyone CHECK (z < 100);
-- ERROR 42P16: cannot drop inherited constraint "everyone" of relation "child"
ALTER TABLE child DROP CONSTRAINT everyone;
ALTER TABLE base DROP CONSTRAINT everyone;
-- ERROR 42704: constraint "everyone" of relation "child" does not exist
ALTER TABLE child DROP CONSTRAINT everyone;
-- ERROR 42804: child table "child" has different type for column "c"
ALTER TABLE base ADD COLUMN c text;
ALTER TABLE base ADD COLUMN c int;
-- ERROR 42P16: cannot drop inherited column "c"
ALTER TABLE child DROP COLUMN c;
ALTER TABLE base DROP COLUMN c;
SELECT c FROM child;
ALTER TABLE base DROP COLUMN d;
-- ERROR 42703: column "d" does not exist
SELECT d FROM child;
ALTER TABLE child NO INHERIT base;
-- ERROR 42P01: relation "base" is not a parent of relation "child"
ALTER TABLE child NO INHERIT base;
ALTER TABLE child INHERIT base;
-- ERROR 42P07: relation "base" would be inherited from more than once
ALTER TABLE child INHERIT base;
-- ERROR 42P07: circular inheritance not allowed
ALTER TABLE base INHERIT child;
CREATE TABLE stranger (x int);
-- ERROR 42804: child table is missing column "z"
ALTER TABLE stranger INHERIT base;
CREATE TABLE wrong_type (z bigint, b text NOT NULL, CONSTRAINT base_a_check CHECK (z > 0));
-- ERROR 42804: child table "wrong_type" has different type for column "z"
ALTER TABLE wrong_type INHERIT base;
CREATE TABLE no_check (z int, b text NOT NULL);
-- ERROR 42804: child table is missing constraint "base_a_check"
ALTER TABLE no_check INHERIT base;
CREATE TABLE left_one (a int, b int);
CREATE TABLE right_one (b int, c text);
CREATE TABLE both_ones () INHERITS (left_one, right_one);
SELECT a, b, c FROM both_ones;
CREATE TABLE clash (b text);
-- ERROR 42804: inherited column "b" has a type conflict
CREATE TABLE both_clash () INHERITS (left_one, clash);
-- ERROR 2BP01: cannot drop table left_one because other objects depend on it
DROP TABLE left_one;
DROP TABLE both_ones, left_one;
SELECT * FROM base*;
SELECT tableoid::regclass FROM ONLY base;

-- Partitions.
CREATE TABLE p (id int NOT NULL, at date NOT NULL, region text) PARTITION BY RANGE (at);
CREATE TABLE p_2020 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- ERROR 42P17: partition "p_2020b" would overlap partition "p_2020"
CREATE TABLE p_2020b PARTITION OF p FOR VALUES FROM ('2020-06-01') TO ('2020-07-01');
-- ERROR 42P17: empty range bound specified for partition "p_2021"
CREATE TABLE p_2021 PARTITION OF p FOR VALUES FROM ('2022-01-01') TO ('2021-01-01');
-- ERROR 22007: invalid input syntax for type date: "nonsense"
CREATE TABLE p_2021 PARTITION OF p FOR VALUES FROM ('nonsense') TO ('2021-01-01');
-- ERROR 42P16: invalid bound specification for a range partition
CREATE TABLE p_2021 PARTITION OF p FOR VALUES IN ('2021-01-01');
-- ERROR 42P16: FROM must specify exactly one value per partitioning column
CREATE TABLE p_2021 PARTITION OF p FOR VALUES FROM ('2021-01-01', 1) TO ('2022-01-01', 1);
CREATE TABLE p_2021 PARTITION OF p FOR VALUES FROM ('2021-01-01') TO (MAXVALUE);
CREATE TABLE p_default PARTITION OF p DEFAULT;
-- ERROR 42P17: partition "p_default2" conflicts with existing default partition "p_default"
CREATE TABLE p_default2 PARTITION OF p DEFAULT;
-- ERROR 42P17: "p_2020" is not partitioned
CREATE TABLE p_x PARTITION OF p_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- ERROR 42P01: relation "missing" does not exist
CREATE TABLE p_x PARTITION OF missing DEFAULT;
-- ERROR 42601: syntax error at or near "BY"
CREATE TABLE bad PARTITION BY RANGE (at);
-- ERROR 42703: column "missing" named in partition key does not exist
CREATE TABLE bad (a int) PARTITION BY RANGE (missing);
-- ERROR 42P17: cannot use "list" partition strategy with more than one column
CREATE TABLE bad (a int, b int) PARTITION BY LIST (a, b);
-- ERROR 22023: unrecognized partitioning strategy "nonsense"
CREATE TABLE bad (a int) PARTITION BY NONSENSE (a);
-- ERROR 42704: data type json has no default operator class for access method "btree"
CREATE TABLE bad (a json) PARTITION BY RANGE (a);
-- ERROR 42P17: functions in partition key expression must be marked IMMUTABLE
CREATE TABLE bad (a timestamptz) PARTITION BY RANGE (date_trunc('day', a));
-- ERROR 0A000: unique constraint on partitioned table must include all partitioning columns
CREATE TABLE bad (a int, b int PRIMARY KEY) PARTITION BY RANGE (a);
-- ERROR 0A000: unique constraint on partitioned table must include all partitioning columns
CREATE TABLE bad (a int, b int UNIQUE) PARTITION BY RANGE (a);
-- ERROR 42601: syntax error at or near "INHERITS"
CREATE TABLE bad (a int) PARTITION BY RANGE (a) INHERITS (base);
-- ERROR 0A000: unique constraint on partitioned table must include all partitioning columns
ALTER TABLE p ADD PRIMARY KEY (id);
ALTER TABLE p ADD PRIMARY KEY (id, at);
-- ERROR 42P16: cannot drop inherited constraint "p_2020_pkey" of relation "p_2020"
ALTER TABLE p_2020 DROP CONSTRAINT p_2020_pkey;
-- ERROR 0A000: unique constraint on partitioned table must include all partitioning columns
CREATE UNIQUE INDEX p_region ON p (region);
CREATE INDEX p_region ON p (region);
-- ERROR 2BP01: cannot drop index p_2020_region_idx because index p_region requires it
DROP INDEX p_2020_region_idx;
-- ERROR 0A000: cannot create index on partitioned table "p" concurrently
CREATE INDEX CONCURRENTLY p_region2 ON p (region);
CREATE INDEX p_only ON ONLY p (id);
CREATE INDEX p_2020_only ON p_2020 (id);
ALTER INDEX p_only ATTACH PARTITION p_2020_only;
-- ERROR 42P01: relation "missing" does not exist
ALTER INDEX p_only ATTACH PARTITION missing;
-- ERROR 42809: cannot add column to a partition
ALTER TABLE p_2020 ADD COLUMN x int;
ALTER TABLE p ADD COLUMN x int;
-- ERROR 42P16: cannot drop inherited column "x"
ALTER TABLE p_2020 DROP COLUMN x;
-- ERROR 42P16: cannot drop column "at" because it is part of the partition key of relation "p"
ALTER TABLE p DROP COLUMN at;
-- ERROR 42P16: cannot alter column "at" because it is part of the partition key of relation "p"
ALTER TABLE p ALTER COLUMN at TYPE timestamp;
-- ERROR 42P01: relation "missing" does not exist
ALTER TABLE p DETACH PARTITION missing;
ALTER TABLE p DETACH PARTITION p_2020;
-- ERROR 42P01: relation "p_2020" is not a partition of relation "p"
ALTER TABLE p DETACH PARTITION p_2020;
ALTER TABLE p ATTACH PARTITION p_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- ERROR 42809: "p_2020" is already a partition
ALTER TABLE p ATTACH PARTITION p_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- ERROR 42804: child table is missing column "id"
ALTER TABLE p ATTACH PARTITION stranger FOR VALUES FROM ('2010-01-01') TO ('2011-01-01');
-- ERROR 42P17: table "stranger" is not partitioned
ALTER TABLE stranger ATTACH PARTITION p_2020 DEFAULT;
-- ERROR 42809: cannot change inheritance of a partition
ALTER TABLE p_2020 NO INHERIT p;
-- ERROR 42809: cannot inherit from partitioned table "p"
ALTER TABLE child INHERIT p;
-- transaction
-- ERROR 25001: ALTER TABLE ... DETACH CONCURRENTLY cannot run inside a transaction block
ALTER TABLE p DETACH PARTITION p_2021 CONCURRENTLY;
-- end
CREATE TABLE l (a text) PARTITION BY LIST (a);
CREATE TABLE l_a PARTITION OF l FOR VALUES IN ('a', 'b');
-- ERROR 42P17: partition "l_b" would overlap partition "l_a"
CREATE TABLE l_b PARTITION OF l FOR VALUES IN ('b', 'c');
CREATE TABLE l_n PARTITION OF l FOR VALUES IN (NULL);
-- ERROR 42P17: partition "l_n2" would overlap partition "l_n"
CREATE TABLE l_n2 PARTITION OF l FOR VALUES IN (NULL, 'z');
-- ERROR 42P16: invalid bound specification for a list partition
CREATE TABLE l_r PARTITION OF l FOR VALUES FROM ('x') TO ('y');
CREATE TABLE l_sub PARTITION OF l FOR VALUES IN ('s') PARTITION BY LIST (a);
CREATE TABLE l_sub_1 PARTITION OF l_sub FOR VALUES IN ('s');
CREATE TABLE h (a int) PARTITION BY HASH (a);
CREATE TABLE h_0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
-- ERROR 42P16: remainder for hash partition must be less than modulus
CREATE TABLE h_1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 2);
-- ERROR 42P17: partition "h_1" would overlap partition "h_0"
CREATE TABLE h_1 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE h_1 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 1);
-- ERROR 42P17: every hash partition modulus must be a factor of the next larger modulus
CREATE TABLE h_2 PARTITION OF h FOR VALUES WITH (MODULUS 6, REMAINDER 3);
-- ERROR 42P16: a hash-partitioned table may not have a default partition
CREATE TABLE h_d PARTITION OF h DEFAULT;
-- ERROR 42883: function missing() does not exist
CREATE TRIGGER tr BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION missing();
DROP TABLE p_2020;
DROP TABLE p CASCADE;
-- ERROR 42P01: relation "p_2021" does not exist
SELECT * FROM p_2021;
