-- postgres: 18-
-- What PostgreSQL 18 allows and those before it do not.

CREATE TABLE v (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int GENERATED ALWAYS AS (a * 3));
-- ERROR 0A000: indexes on virtual generated columns are not supported
CREATE INDEX ON v (b);
-- ERROR 0A000: primary keys on virtual generated columns are not supported
ALTER TABLE v ADD PRIMARY KEY (b);
ALTER TABLE v ADD CHECK (b > 0);
-- ERROR 428C9: cannot insert a non-DEFAULT value into column "b"
INSERT INTO v (b) VALUES (1);
CREATE FUNCTION mine(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
-- ERROR 0A000: generation expression uses user-defined function
CREATE TABLE v2 (a int, b int GENERATED ALWAYS AS (mine(a)) VIRTUAL);
CREATE DOMAIN whole AS int;
-- ERROR 0A000: virtual generated column "b" cannot have a domain type
CREATE TABLE v2 (a int, b whole GENERATED ALWAYS AS (a) VIRTUAL);
-- ERROR 0A000: ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns
ALTER TABLE v ALTER COLUMN b DROP EXPRESSION;
-- ERROR 0A000: ALTER TABLE / SET EXPRESSION is not supported for virtual generated columns in tables with check constraints
ALTER TABLE v ALTER COLUMN b SET EXPRESSION AS (a + 1);

-- NOT NULL has a name.
CREATE TABLE n (a int NOT NULL, b int CONSTRAINT b_there NOT NULL, c int, id int PRIMARY KEY);
ALTER TABLE n DROP CONSTRAINT n_a_not_null;
-- ERROR 42704: constraint "n_a_not_null" of relation "n" does not exist
ALTER TABLE n DROP CONSTRAINT n_a_not_null;
ALTER TABLE n DROP CONSTRAINT b_there;
ALTER TABLE n ADD CONSTRAINT c_there NOT NULL c;
-- ERROR 55000: cannot create not-null constraint "c_again" on column "c" of table "n"
ALTER TABLE n ADD CONSTRAINT c_again NOT NULL c;
-- ERROR 42703: column "missing" of relation "n" does not exist
ALTER TABLE n ADD CONSTRAINT missing_there NOT NULL missing;
ALTER TABLE n ADD CONSTRAINT a_later NOT NULL a NOT VALID;
ALTER TABLE n VALIDATE CONSTRAINT a_later;
-- ERROR 42P16: column "id" is in a primary key
ALTER TABLE n DROP CONSTRAINT n_id_not_null;
-- ERROR 42P16: column "id" is in a primary key
ALTER TABLE n ALTER COLUMN id DROP NOT NULL;
ALTER TABLE n RENAME CONSTRAINT c_there TO c_not_null;
ALTER TABLE n ALTER COLUMN c DROP NOT NULL;
-- ERROR 42704: constraint "c_not_null" of relation "n" does not exist
ALTER TABLE n DROP CONSTRAINT c_not_null;

-- RETURNING old and new.
UPDATE n SET a = 1 RETURNING old.a, new.a, a;
-- ERROR 42703: column new.missing does not exist
DELETE FROM n RETURNING old.a, new.missing;
INSERT INTO n (id, a) SELECT 1, 2 WHERE false RETURNING WITH (OLD AS o, NEW AS w) o.a, w.a;
-- ERROR 42P01: missing FROM-clause entry for table "old"
INSERT INTO n (id, a) SELECT 1, 2 WHERE false RETURNING WITH (OLD AS o) old.a;

-- Temporal keys.
CREATE EXTENSION btree_gist;
CREATE TABLE room (id int, during tsrange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE booking (room int, during tsrange, FOREIGN KEY (room, PERIOD during) REFERENCES room (id, PERIOD during));
-- ERROR 42830: foreign key must use PERIOD when referencing a primary key using WITHOUT OVERLAPS
CREATE TABLE booking2 (room int, during tsrange, FOREIGN KEY (room, during) REFERENCES room (id, during));
-- ERROR 42804: column "during" in WITHOUT OVERLAPS is not a range or multirange type
CREATE TABLE room2 (id int, during int, PRIMARY KEY (id, during WITHOUT OVERLAPS));

-- Constraints that are not enforced.
CREATE TABLE e (a int CHECK (a > 0) NOT ENFORCED, b int REFERENCES n NOT ENFORCED);
ALTER TABLE e ALTER CONSTRAINT e_b_fkey ENFORCED;
-- ERROR 42809: cannot alter enforceability of constraint "e_a_check" of relation "e"
ALTER TABLE e ALTER CONSTRAINT e_a_check ENFORCED;
-- ERROR 0A000: UNIQUE constraints cannot be marked NOT ENFORCED
ALTER TABLE e ADD UNIQUE (a) NOT ENFORCED;

SELECT uuidv7(), uuidv4(), casefold('X'), array_sort(ARRAY[2, 1]), array_reverse(ARRAY[1, 2]), crc32('x'), gamma(5), reverse('x'::bytea);
SELECT max(ROW(1, 2)), max('x'::bytea);
SELECT json_strip_nulls('{}', true), to_number('XII', 'RN');
ALTER TABLE e SET (autovacuum_vacuum_max_threshold = 100);
ANALYZE ONLY e;
COPY e FROM '/dev/null' WITH (ON_ERROR ignore, REJECT_LIMIT 5);
-- ERROR 42704: server "missing" does not exist
CREATE FOREIGN TABLE ft (LIKE e) SERVER missing;
