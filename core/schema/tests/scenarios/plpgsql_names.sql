-- Variables, types and results in PL/pgSQL, which the server looks at before it runs a body.

CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TYPE pair AS (x int, y int);
CREATE FUNCTION f1(n int, OUT total int, INOUT note text) LANGUAGE plpgsql AS $$
DECLARE
    v t.a%TYPE;
    w v%TYPE;
    r t%ROWTYPE;
    p pair%ROWTYPE;
    rec record;
    arr int[] := '{}';
    num numeric(10, 2) := 5;
    c CURSOR (k int) FOR SELECT id FROM t WHERE id > k;
    al ALIAS FOR $1;
    al2 ALIAS FOR n;
    ref refcursor;
    q CONSTANT int NOT NULL := 3;
    tab regclass := 't'::regclass;
    tbl public.t;
    dom pg_catalog.int4;
    s varchar(20)[] DEFAULT NULL;
BEGIN
    total := 1; note = 'x'; n := n + 1; al := 5; al2 := 6; $1 := 7; f1.n := 8; f1.total := 2;
    r.a := 'x'; p.x := 1; rec := ROW(1, 2); arr[1] := 5; arr[n] := arr[1]; tbl.a := 'y';
    SELECT id, a INTO r FROM t; SELECT 1, 2 INTO p.x, p.y; SELECT count(*) INTO STRICT total FROM t;
    INSERT INTO t VALUES (n, 'x') RETURNING a INTO v;
    UPDATE t SET a = 'z' WHERE id = 1 RETURNING id, a INTO total, note;
    EXECUTE 'SELECT 1' INTO total; EXECUTE 'SELECT $1' INTO rec USING n;
    OPEN c(5); FETCH c INTO total; FETCH NEXT FROM c INTO total; MOVE FORWARD 2 FROM c; CLOSE c;
    OPEN ref FOR SELECT 1; CLOSE ref; OPEN ref FOR EXECUTE 'SELECT 1'; CLOSE ref;
    FOR rec IN SELECT 1 AS one LOOP total := rec.one; END LOOP;
    FOR total, note IN SELECT id, a FROM t LOOP NULL; END LOOP;
    FOR i IN 1..3 LOOP i := i + 1; END LOOP;
    FOR x IN c(1) LOOP total := x.id; END LOOP;
    FOREACH total IN ARRAY arr LOOP NULL; END LOOP;
    <<lab>> DECLARE inside int; BEGIN lab.inside := 1; f1.note := 'q'; EXIT lab; END lab;
    <<rounds>> LOOP EXIT rounds; END LOOP rounds;
    GET DIAGNOSTICS total = ROW_COUNT;
    found := true;
    BEGIN NULL;
    EXCEPTION
        WHEN unique_violation OR SQLSTATE '23503' THEN NULL;
        WHEN data_exception THEN GET STACKED DIAGNOSTICS note = MESSAGE_TEXT;
        WHEN OTHERS THEN RAISE;
    END;
    RETURN;
END $$;
CREATE FUNCTION trig() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.a := TG_OP || TG_TABLE_NAME || TG_ARGV[0]; OLD := NEW; tg_op := 'x';
    RETURN NEW;
END $$;
CREATE FUNCTION evt() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN tg_tag := 'x'; RETURN; END $$;
CREATE FUNCTION sets() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 1; RETURN QUERY SELECT 2; RETURN QUERY EXECUTE 'SELECT 3'; RETURN; END $$;
CREATE FUNCTION tabs() RETURNS TABLE (x int, y text) LANGUAGE plpgsql AS $$ BEGIN x := 1; y := 'a'; RETURN NEXT; RETURN QUERY SELECT 2, 'b'; END $$;
CREATE FUNCTION nothing() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
CREATE PROCEDURE proc(INOUT x int) LANGUAGE plpgsql AS $$ BEGIN x := 1; COMMIT; RETURN; END $$;
CREATE FUNCTION poly(x anyelement) RETURNS anyarray LANGUAGE plpgsql AS $$ DECLARE y x%TYPE; BEGIN y := x; RETURN ARRAY[x]; END $$;

-- Mistakes.
-- ERROR 42601: "total" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE totl int; BEGIN total := 1; RETURN totl; END';
-- ERROR 42601: "y" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x int; BEGIN SELECT 1 INTO y; RETURN x; END';
-- ERROR 42601: "y" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x int; BEGIN SELECT 1, 2 INTO x, y; RETURN x; END';
-- ERROR 42601: "r.a" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN r.a := 1; RETURN 1; END';
-- ERROR 42601: "x" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT 1'' INTO x; RETURN 1; END';
-- ERROR 42601: "new.a" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN NEW.a := 1; RETURN 1; END';
-- ERROR 42601: loop variable of loop over rows must be a record variable or list of scalar variables
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN FOR r IN SELECT 1 LOOP NULL; END LOOP; RETURN 1; END';
-- ERROR 42601: "b" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE a int; BEGIN FOR a, b IN SELECT 1, 2 LOOP NULL; END LOOP; RETURN 1; END';
-- ERROR 42601: loop variable of FOREACH must be a known variable or list of variables
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN FOREACH r IN ARRAY ARRAY[1] LOOP NULL; END LOOP; RETURN 1; END';
-- ERROR 42601: "i" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN FOR i IN 1..2 LOOP NULL; END LOOP; i := 1; RETURN 1; END';
-- ERROR 42601: "c" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN OPEN c; RETURN 1; END';
-- ERROR 42601: "n" is not a known variable
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN GET DIAGNOSTICS n = ROW_COUNT; RETURN 1; END';
-- ERROR 42704: variable "y" does not exist
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x ALIAS FOR y; BEGIN RETURN 1; END';
-- ERROR 42704: type "intger" does not exist
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x intger; BEGIN RETURN 1; END';
-- ERROR 42601: syntax error at or near "%"
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x t.b%TYPE; BEGIN RETURN 1; END';
-- ERROR 42601: syntax error at or near "%"
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x y%TYPE; BEGIN RETURN 1; END';
-- ERROR 42P01: relation "tt" does not exist
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x tt%ROWTYPE; BEGIN RETURN 1; END';
-- ERROR 42601: duplicate declaration at or near "x"
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'DECLARE x int; y text; x text; BEGIN RETURN 1; END';
CREATE FUNCTION g(x int) RETURNS int LANGUAGE plpgsql AS 'DECLARE x int; BEGIN RETURN 1; END';
-- ERROR 42704: unrecognized exception condition "unique_violated"
CREATE FUNCTION h() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; EXCEPTION WHEN unique_violated THEN RETURN 2; END';
-- ERROR 42601: missing expression at or near ";"
CREATE FUNCTION h() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN; END';
-- ERROR 42601: missing expression at or near ";"
CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN; END';
-- ERROR 42804: RETURN cannot have a parameter in function returning void
CREATE FUNCTION h() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- ERROR 42804: RETURN cannot have a parameter in function returning set
CREATE FUNCTION h() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- ERROR 42601: missing expression at or near ";"
CREATE FUNCTION h() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT; END';
-- ERROR 42804: cannot use RETURN NEXT in a non-SETOF function
CREATE FUNCTION h() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; END';
-- ERROR 42804: cannot use RETURN QUERY in a non-SETOF function
CREATE FUNCTION h() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT 1; END';
-- ERROR 42804: RETURN cannot have a parameter in function with OUT parameters
CREATE FUNCTION h(OUT x int) LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- ERROR 42804: RETURN NEXT cannot have a parameter in function with OUT parameters
CREATE FUNCTION h() RETURNS TABLE (x int) LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; END';
-- ERROR 42804: RETURN cannot have a parameter in function returning set
CREATE FUNCTION h() RETURNS TABLE (x int) LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT 1; RETURN 1; END';
-- ERROR 42601: RETURN cannot have a parameter in a procedure
CREATE PROCEDURE h() LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- ERROR 42601: "x" is not a known variable
DO $$ BEGIN x := 1; END $$;
-- ERROR 42704: type "nope" does not exist
DO $$ DECLARE x nope; BEGIN NULL; END $$;
-- ERROR 42704: unrecognized exception condition "nope"
DO $$ BEGIN NULL; EXCEPTION WHEN nope THEN NULL; END $$;
-- ERROR 42804: RETURN cannot have a parameter in function returning void
DO $$ BEGIN RETURN 1; END $$;
-- ERROR 42704: unrecognized exception condition "nope"
DO $$ BEGIN RAISE nope; END $$;
-- ERROR 23505: unique_violation
DO $$ BEGIN RAISE unique_violation; END $$;
SET check_function_bodies = off;
CREATE FUNCTION later() RETURNS int LANGUAGE plpgsql AS 'DECLARE x nope; BEGIN y := 1; RETURN; END';
RESET check_function_bodies;

-- Calls of procedures.
CREATE PROCEDURE two(a int, b text DEFAULT 'x') LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE outs(IN a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END';
CREATE PROCEDURE va(VARIADIC xs int[]) LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE gen(x anyelement, y anyarray) LANGUAGE plpgsql AS 'BEGIN END';
CALL two(1);
CALL two(1, 'y');
CALL two(b => 'z', a => 2);
CALL two('5');
-- ERROR 0A000: cannot use subquery in CALL argument
CALL two((SELECT 1));
-- ERROR 22P02: invalid input syntax for type integer: "x"
CALL two('x');
-- ERROR 42883: procedure two() does not exist
CALL two();
-- ERROR 42883: procedure two(integer, unknown, integer) does not exist
CALL two(1, 'y', 3);
-- ERROR 42883: procedure two(boolean) does not exist
CALL two(true);
-- ERROR 42883: procedure twoo(integer) does not exist
CALL twoo(1);
-- ERROR 3F000: schema "missing" does not exist
CALL missing.two(1);
-- ERROR 42809: nothing() is not a procedure
CALL nothing();
-- ERROR 42809: two(integer) is a procedure
SELECT two(1);
CALL outs(1, NULL);
-- ERROR 42883: procedure outs(integer) does not exist
CALL outs(1);
CALL va(1, 2, 3);
CALL va(VARIADIC ARRAY[1, 2]);
CALL gen(1, ARRAY[2]);
DO $$ DECLARE v int := 1; w int; r record; BEGIN CALL two(v); CALL outs(v + 1, w); CALL outs(5, r.x); EXCEPTION WHEN others THEN NULL; END $$;
DO $$ DECLARE v int := 1; w int; BEGIN CALL two(v, v::text); CALL outs(v, w); CALL outs(b => w, a => v); END $$;
-- ERROR 42883: procedure two(integer, integer, integer) does not exist
DO $$ DECLARE v int := 1; BEGIN CALL two(v, v, v); END $$;
-- ERROR 42703: column "a" does not exist
DO $$ BEGIN CALL two(a); END $$;

-- Rows for nobody.
-- ERROR 42601: query has no destination for result data
DO $$ BEGIN SELECT 1; END $$;
-- ERROR 42601: query has no destination for result data
DO $$ BEGIN INSERT INTO t VALUES (5, 'x') RETURNING id; END $$;
-- ERROR 42601: syntax error at or near "TABLE"
DO $$ BEGIN TABLE t; END $$;
DO $$ BEGIN PERFORM 1; INSERT INTO t VALUES (6, 'x'); EXECUTE 'SELECT 1'; END $$;
DO $$ BEGIN IF false THEN SELECT 1; END IF; END $$;
-- ERROR 25001: VACUUM cannot be executed from a function
DO $$ BEGIN VACUUM t; END $$;
DO $$ BEGIN ANALYZE t; END $$;
