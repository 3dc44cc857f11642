-- What functions do to the schema when they are called by others.

CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION inner_one() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE IF NOT EXISTS made (a int)'; END $$;
CREATE FUNCTION outer_one() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM inner_one(); END $$;
CREATE FUNCTION outermost() RETURNS void LANGUAGE sql AS 'SELECT outer_one()';
SELECT outermost();
SELECT a FROM made;
DROP TABLE made;
SELECT count(*) FROM (SELECT outer_one()) x;
DROP TABLE made;

-- For no row, nothing is called.
SELECT outer_one() FROM t;
CREATE TABLE made (b int);
SELECT b FROM made;
DROP TABLE made;
SELECT outer_one() WHERE false;
CREATE TABLE made (c int);
SELECT c FROM made;
DROP TABLE made;

-- Through a view, a policy, a domain, a check, an index.
CREATE FUNCTION checks(int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM inner_one(); RETURN true; END $$;
CREATE VIEW v AS SELECT checks(1) AS one;
CREATE VIEW w AS SELECT * FROM v;
SELECT * FROM w;
DROP TABLE made;
DROP VIEW w, v;
CREATE DOMAIN d AS int CHECK (checks(value));
SELECT 1::d;
DROP TABLE made;
CREATE TABLE with_d (x d);
INSERT INTO with_d VALUES (5);
DROP TABLE made;
DROP TABLE with_d;
DROP DOMAIN d;
INSERT INTO t VALUES (1, 'a');
ALTER TABLE t ADD CONSTRAINT checked CHECK (checks(id));
DROP TABLE made;
ALTER TABLE t DROP CONSTRAINT checked;
CREATE TABLE i (x int);
INSERT INTO i VALUES (1);
CREATE INDEX ON i ((checks(x)));
DROP TABLE made;
INSERT INTO i VALUES (2);
DROP TABLE made;
DROP TABLE i;
CREATE MATERIALIZED VIEW m AS SELECT checks(2) AS c;
DROP TABLE made;
REFRESH MATERIALIZED VIEW m;
DROP TABLE made;
DROP MATERIALIZED VIEW m;
PREPARE p AS SELECT inner_one();
EXECUTE p;
DROP TABLE made;

-- A trigger that calls another function.
CREATE FUNCTION trigger_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM outer_one(); RETURN NEW; END $$;
CREATE TRIGGER tr AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION trigger_one();
UPDATE t SET a = 'b';
DROP TABLE made;
DROP TRIGGER tr ON t;

-- An event trigger adds to what statements do.
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TAG = 'CREATE TABLE' THEN
        PERFORM inner_one();
    END IF;
END $$;
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN tag IN ('CREATE TABLE', 'CREATE VIEW') EXECUTE FUNCTION watch();
CREATE VIEW v AS SELECT 1 AS one;
ALTER EVENT TRIGGER watching DISABLE;
CREATE TABLE made (d int);
