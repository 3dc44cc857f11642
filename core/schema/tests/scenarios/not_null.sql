-- Rows without a value where there must be one.

CREATE DOMAIN d AS int DEFAULT 5;
CREATE DOMAIN nn AS int NOT NULL;
CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b int NOT NULL DEFAULT 5, c serial, e int GENERATED ALWAYS AS IDENTITY, f int GENERATED ALWAYS AS (1) STORED NOT NULL, g d NOT NULL, h int);
INSERT INTO t (id, a) VALUES (1, 'x');
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t (id) VALUES (2);
-- ERROR 23502: null value in column "id" of relation "t" violates not-null constraint
INSERT INTO t (a) VALUES ('x');
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t (id, a) VALUES (3, NULL);
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t (id, a) VALUES (3, DEFAULT);
INSERT INTO t (id, a, b) VALUES (4, 'x', DEFAULT);
-- ERROR 23502: null value in column "b" of relation "t" violates not-null constraint
INSERT INTO t (id, a, b) VALUES (5, 'x', NULL);
-- ERROR 23502: null value in column "c" of relation "t" violates not-null constraint
INSERT INTO t (id, a, c) VALUES (6, 'x', NULL);
-- ERROR 23502: null value in column "e" of relation "t" violates not-null constraint
INSERT INTO t (id, a, e) OVERRIDING SYSTEM VALUE VALUES (7, 'x', NULL);
INSERT INTO t (id, a, e) OVERRIDING USER VALUE VALUES (8, 'x', NULL);
INSERT INTO t (id, a, f) VALUES (9, 'x', DEFAULT);
-- ERROR 23502: null value in column "g" of relation "t" violates not-null constraint
INSERT INTO t (id, a, g) VALUES (10, 'x', NULL);
INSERT INTO t VALUES (11, 'x');
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t VALUES (12);
-- ERROR 23502: null value in column "id" of relation "t" violates not-null constraint
INSERT INTO t DEFAULT VALUES;
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t (id, a) VALUES (13, 'x'), (14, NULL);
INSERT INTO t (id, a) SELECT 15, NULL WHERE false;
INSERT INTO t (id, a) VALUES (16, NULL) LIMIT 0;
INSERT INTO t (id) SELECT 17 WHERE false;
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t (id) VALUES (1) ON CONFLICT DO NOTHING;
INSERT INTO t (id, a, h) VALUES (18, 'x', NULL);
CREATE TABLE u (x nn, y int);
-- ERROR 23502: domain nn does not allow null values
INSERT INTO u (y) VALUES (1);
EXPLAIN INSERT INTO t (id) VALUES (2);
PREPARE p AS INSERT INTO t (id) VALUES (2);
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'INSERT INTO t (id) VALUES (2)';
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
DO $$ BEGIN INSERT INTO t (id) VALUES (2); END $$;
DO $$ BEGIN INSERT INTO t (id) VALUES (2); EXCEPTION WHEN not_null_violation THEN NULL; END $$;
DO $$ BEGIN IF (SELECT count(*) FROM t) > 100 THEN INSERT INTO t (id) VALUES (2); END IF; END $$;
CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.a := coalesce(NEW.a, ''filled''); RETURN NEW; END';
CREATE TRIGGER fill BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill();
INSERT INTO t (id) VALUES (30);
DROP TRIGGER fill ON t;
CREATE TRIGGER fill AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill();
-- ERROR 23502: null value in column "a" of relation "t" violates not-null constraint
INSERT INTO t (id) VALUES (31);
CREATE RULE r AS ON INSERT TO u WHERE new.y IS NULL DO INSTEAD NOTHING;
ALTER TABLE u ALTER y SET NOT NULL;
INSERT INTO u VALUES (1, NULL);
ALTER TABLE t ALTER a DROP NOT NULL;
INSERT INTO t (id) VALUES (32);
CREATE TABLE part (a int NOT NULL, b int) PARTITION BY LIST (b);
CREATE TABLE part_1 PARTITION OF part DEFAULT;
-- ERROR 23502: null value in column "a" of relation "part_1" violates not-null constraint
INSERT INTO part (b) VALUES (1);
-- ERROR 23502: null value in column "a" of relation "part_1" violates not-null constraint
INSERT INTO part_1 (b) VALUES (1);
CREATE VIEW v AS SELECT id, h FROM t;
-- ERROR 23502: null value in column "id" of relation "t" violates not-null constraint
INSERT INTO v VALUES (NULL, 1);
