-- Enums: labels, and where a literal must be one of them.

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
-- ERROR 42710: type "mood" already exists
CREATE TYPE mood AS ENUM ('x');
-- ERROR 23505: duplicate key value violates unique constraint "pg_enum_typid_label_index"
CREATE TYPE twice AS ENUM ('a', 'a');
CREATE TYPE empty AS ENUM ();
-- ERROR 3F000: schema "no_schema" does not exist
CREATE TYPE no_schema.mood AS ENUM ('a');
-- ERROR 42602: invalid enum label "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg"
CREATE TYPE long_label AS ENUM ('aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg');

ALTER TYPE mood ADD VALUE 'great';
-- ERROR 42710: enum label "great" already exists
ALTER TYPE mood ADD VALUE 'great';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great';
ALTER TYPE mood ADD VALUE 'awful' BEFORE 'sad';
-- ERROR 22023: "missing" is not an existing enum label
ALTER TYPE mood ADD VALUE 'meh' AFTER 'missing';
ALTER TYPE mood ADD VALUE 'meh' AFTER 'ok';
-- ERROR 42704: type "missing" does not exist
ALTER TYPE missing ADD VALUE 'x';
ALTER TYPE mood RENAME VALUE 'meh' TO 'fine';
-- ERROR 22023: "meh" is not an existing enum label
ALTER TYPE mood RENAME VALUE 'meh' TO 'fine';
-- ERROR 42710: enum label "fine" already exists
ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';

SELECT 'fine'::mood;
-- ERROR 22P02: invalid input value for enum mood: "meh"
SELECT 'meh'::mood;
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT CAST('nope' AS mood);
SELECT mood 'sad';
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT mood 'nope';
-- ERROR 22P02: invalid input value for enum mood: "Sad"
SELECT 'Sad'::mood;
-- ERROR 22P02: invalid input value for enum mood: " sad"
SELECT ' sad'::mood;
-- ERROR 22P02: invalid input value for enum mood: ""
SELECT ''::mood;
SELECT NULL::mood;

CREATE TABLE t (id int, m mood DEFAULT 'ok', ms mood[] DEFAULT '{sad,ok}', s text);
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE TABLE t2 (m mood DEFAULT 'nope');
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE TABLE t2 (m mood DEFAULT 'nope'::mood);
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE TABLE t2 (ms mood[] DEFAULT '{sad,nope}');
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE TABLE t2 (ms mood[] DEFAULT ARRAY['sad', 'nope']::mood[]);
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE TABLE t2 (m mood CHECK (m <> 'nope'));
CREATE TABLE t2 (m mood CHECK (m IN ('sad', 'ok')));
-- ERROR 22P02: invalid input value for enum mood: "nope"
ALTER TABLE t ALTER COLUMN m SET DEFAULT 'nope';
ALTER TABLE t ALTER COLUMN m SET DEFAULT 'happy';
-- ERROR 22P02: invalid input value for enum mood: "nope"
ALTER TABLE t ADD COLUMN n mood DEFAULT 'nope';
-- ERROR 22P02: invalid input value for enum mood: "nope"
INSERT INTO t (id, m) SELECT 1, 'nope' WHERE false;
-- ERROR 22P02: invalid input value for enum mood: "nope"
INSERT INTO t (id, m) VALUES (1, 'nope');
-- ERROR 22P02: invalid input value for enum mood: "nope"
INSERT INTO t (id, m) VALUES (1, 'sad'), (2, 'nope');
-- ERROR 42703: column "s" does not exist
INSERT INTO t (id, m) VALUES (1, s);
-- ERROR 42804: column "m" is of type mood but expression is of type text
INSERT INTO t (id, m) VALUES (1, 'sad'::text);
-- ERROR 22P02: invalid input value for enum mood: "nope"
UPDATE t SET m = 'nope';
UPDATE t SET m = 'ok';
-- ERROR 42804: column "m" is of type mood but expression is of type text
UPDATE t SET m = s;
UPDATE t SET m = s::mood;
-- ERROR 42804: column "m" is of type mood but expression is of type text
UPDATE t SET m = CASE WHEN id > 1 THEN 'sad' ELSE 'ok' END;
-- ERROR 42804: column "m" is of type mood but expression is of type text
UPDATE t SET m = CASE WHEN id > 1 THEN 'sad' ELSE 'nope' END;
UPDATE t SET m = (CASE WHEN id > 1 THEN 'sad' ELSE 'ok' END)::mood;
-- ERROR 22P02: invalid input value for enum mood: "nope"
UPDATE t SET m = COALESCE(m, 'nope');
UPDATE t SET m = COALESCE(m, 'ok');
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT * FROM t WHERE m = 'nope';
SELECT * FROM t WHERE m = 'sad';
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT * FROM t WHERE 'nope' = m;
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT * FROM t WHERE m IN ('sad', 'nope');
SELECT * FROM t WHERE m NOT IN ('sad', 'ok');
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT * FROM t WHERE m = ANY ('{sad,nope}');
-- ERROR 42883: operator does not exist: mood = text
SELECT * FROM t WHERE m = ANY (ARRAY['sad', 'ok']);
SELECT * FROM t WHERE m = ANY (ARRAY['sad', 'ok']::mood[]);
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT * FROM t WHERE m BETWEEN 'sad' AND 'nope';
-- ERROR 42883: operator does not exist: mood = text
SELECT * FROM t WHERE m = s;
SELECT * FROM t WHERE m::text = s;
SELECT * FROM t WHERE m::text = 'nope';
-- ERROR 42883: operator does not exist: mood ~~ unknown
SELECT * FROM t WHERE m LIKE 's%';
-- ERROR 42883: operator does not exist: mood = integer
SELECT * FROM t WHERE m = 1;
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT CASE m WHEN 'sad' THEN 1 WHEN 'nope' THEN 2 END FROM t;
SELECT m || 'x' FROM t;
-- ERROR 42846: cannot cast type mood to integer
SELECT m::int FROM t;
SELECT max(m), min(m) FROM t;
-- ERROR 42883: function sum(mood) does not exist
SELECT sum(m) FROM t;
SELECT enum_range(NULL::mood), enum_first(NULL::mood);
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT enum_range('sad'::mood, 'nope');
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT NULLIF(m, 'nope') FROM t;
SELECT GREATEST(m, 'sad') FROM t;
SELECT 'sad' UNION SELECT m FROM t;
CREATE VIEW sad AS SELECT * FROM t WHERE m = 'sad';
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE VIEW nope AS SELECT * FROM t WHERE m = 'nope';
CREATE INDEX ON t (id) WHERE m = 'sad';
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE INDEX ON t (id) WHERE m = 'nope';
-- ERROR 22P02: invalid input value for enum mood: "nope"
CREATE FUNCTION by_mood(x mood DEFAULT 'nope') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION by_mood(x mood DEFAULT 'sad') RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 22P02: invalid input value for enum mood: "nope"
SELECT by_mood('nope');
SELECT by_mood('sad');
-- ERROR 42883: function by_mood(text) does not exist
SELECT by_mood('sad'::text);
SELECT by_mood();

-- A new value cannot be used before it is committed.
-- transaction
ALTER TYPE mood ADD VALUE 'new';
-- ERROR 55P04: unsafe use of new value "new" of enum type mood
SELECT 'new'::mood;
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'new2';
-- ERROR 55P04: unsafe use of new value "new2" of enum type mood
ALTER TABLE t ALTER COLUMN m SET DEFAULT 'new2';
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'new3';
-- ERROR 55P04: unsafe use of new value "new3" of enum type mood
INSERT INTO t (m) VALUES ('new3');
-- end
-- transaction
CREATE TYPE fresh AS ENUM ('a');
ALTER TYPE fresh ADD VALUE 'b';
-- ERROR 55P04: unsafe use of new value "b" of enum type fresh
SELECT 'b'::fresh;
-- end
-- transaction
ALTER TYPE mood RENAME VALUE 'great' TO 'super';
SELECT 'super'::mood;
-- end
-- transaction
ALTER TYPE mood ADD VALUE 'later';
CREATE TABLE t3 (m mood);
-- end
SELECT 'later'::mood;
-- ERROR 22P02: invalid input value for enum mood: "new"
SELECT 'new'::mood;

ALTER TYPE mood RENAME TO feeling;
-- ERROR 42704: type "mood" does not exist
SELECT 'sad'::mood;
SELECT 'sad'::feeling;
-- ERROR 2BP01: cannot drop type feeling because other objects depend on it
DROP TYPE feeling;
-- ERROR 0A000: cannot alter type of a column used by a view or rule
ALTER TABLE t ALTER COLUMN m TYPE text USING m::text;
ALTER TABLE t ALTER COLUMN m DROP DEFAULT;
-- ERROR 0A000: cannot alter type of a column used by a view or rule
ALTER TABLE t ALTER COLUMN m TYPE text USING m::text;
DROP TYPE feeling CASCADE;
-- ERROR 42703: column "m" does not exist
SELECT m, id FROM t;
-- ERROR 42703: column "ms" does not exist
SELECT ms FROM t;
-- ERROR 42P01: relation "sad" does not exist
SELECT * FROM sad;

-- The usual way to take a value away.
CREATE TYPE state AS ENUM ('on', 'off', 'broken');
CREATE TABLE machine (state state NOT NULL DEFAULT 'on');
-- transaction
ALTER TYPE state RENAME TO state_old;
CREATE TYPE state AS ENUM ('on', 'off');
ALTER TABLE machine ALTER COLUMN state DROP DEFAULT;
ALTER TABLE machine ALTER COLUMN state TYPE state USING state::text::state;
ALTER TABLE machine ALTER COLUMN state SET DEFAULT 'on';
DROP TYPE state_old;
-- end
-- ERROR 22P02: invalid input value for enum state: "broken"
INSERT INTO machine VALUES ('broken');
-- Without dropping the default, the cast is missing.
-- transaction
ALTER TYPE state RENAME TO state_old;
CREATE TYPE state AS ENUM ('on');
-- ERROR 42804: default for column "state" cannot be cast automatically to type state
ALTER TABLE machine ALTER COLUMN state TYPE state USING state::text::state;
-- end
