-- Functions and procedures: signatures, overloads, bodies.

CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';
-- ERROR 42723: function "f" already exists with same argument types
CREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT b + 1';
CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
-- ERROR 42P13: no language specified
CREATE FUNCTION f(a int) RETURNS int AS 'SELECT 1';
-- ERROR 42704: language "nope" does not exist
CREATE FUNCTION f2(a int) RETURNS int LANGUAGE nope AS 'SELECT 1';
-- ERROR 42704: language "plpython3u" does not exist
CREATE FUNCTION f2(a int) RETURNS int LANGUAGE plpython3u AS 'return 1';
-- ERROR 42704: type nope does not exist
CREATE FUNCTION f2(a nope) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42704: type "nope" does not exist
CREATE FUNCTION f2(a int) RETURNS nope LANGUAGE sql AS 'SELECT 1';
-- ERROR 3F000: schema "no_schema" does not exist
CREATE FUNCTION no_schema.f2(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: parameter name "a" used more than once
CREATE FUNCTION f2(a int, a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: input parameters after one with a default value must also have defaults
CREATE FUNCTION f2(a int DEFAULT 1, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 22P02: invalid input syntax for type integer: "x"
CREATE FUNCTION f2(a int DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42804: argument of DEFAULT must be type integer, not type boolean
CREATE FUNCTION f2(a int DEFAULT true) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: function result type must be record because of OUT parameters
CREATE FUNCTION f2(OUT a int, OUT b int) RETURNS int LANGUAGE sql AS 'SELECT 1, 2';
-- ERROR 42P13: function result type must be specified
CREATE FUNCTION f2(a int) LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: VARIADIC parameter must be an array
CREATE FUNCTION f2(VARIADIC a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: VARIADIC parameter must be the last input parameter
CREATE FUNCTION f2(VARIADIC a int[], b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: cannot determine result data type
CREATE FUNCTION f2() RETURNS anyelement LANGUAGE sql AS 'SELECT 1';
-- ERROR 42601: conflicting or redundant options
CREATE FUNCTION f2() RETURNS int IMMUTABLE STABLE LANGUAGE sql AS 'SELECT 1';
-- ERROR 42601: conflicting or redundant options
CREATE FUNCTION f2() RETURNS int LANGUAGE sql LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: no function body specified
CREATE FUNCTION f2() RETURNS int LANGUAGE sql;

-- Bodies in SQL are checked.
-- ERROR 42703: column "missing" does not exist
CREATE FUNCTION s1() RETURNS int LANGUAGE sql AS 'SELECT missing';
-- ERROR 42P01: relation "missing" does not exist
CREATE FUNCTION s1() RETURNS int LANGUAGE sql AS 'SELECT a FROM missing';
-- ERROR 42601: syntax error at or near "SELEC"
CREATE FUNCTION s1() RETURNS int LANGUAGE sql AS 'SELEC 1';
-- ERROR 42P13: return type mismatch in function declared to return integer
CREATE FUNCTION s1() RETURNS int LANGUAGE sql AS 'SELECT ''x''::text';
-- ERROR 42P13: return type mismatch in function declared to return integer
CREATE FUNCTION s1() RETURNS int LANGUAGE sql AS 'SELECT 1, 2';
-- ERROR 42P13: return type mismatch in function declared to return integer
CREATE FUNCTION s1() RETURNS int LANGUAGE sql AS '';
CREATE FUNCTION s1() RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION s2() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2';
CREATE FUNCTION s3() RETURNS int LANGUAGE sql AS 'CREATE TABLE made (a int); SELECT 1';
-- ERROR 42P01: relation "made" does not exist
CREATE FUNCTION s4() RETURNS int LANGUAGE sql AS 'CREATE TABLE made (a int); SELECT a FROM made';
CREATE FUNCTION s5(x int) RETURNS int LANGUAGE sql AS 'SELECT $1 + x';
-- ERROR 42P02: there is no parameter $2
CREATE FUNCTION s6(x int) RETURNS int LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION s6(x int) RETURNS text LANGUAGE sql AS 'SELECT x';
-- ERROR 42723: function "s6" already exists with same argument types
CREATE FUNCTION s6(x int) RETURNS bigint LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION s7(x bigint) RETURNS int LANGUAGE sql AS 'SELECT x';
-- ERROR 42883: operator does not exist: text = integer
CREATE FUNCTION s8(x text) RETURNS boolean LANGUAGE sql AS 'SELECT x = 1';
CREATE FUNCTION s9() RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series(1, 3)';
-- ERROR 22P02: invalid input syntax for type integer: "x"
CREATE FUNCTION s10() RETURNS int LANGUAGE sql RETURN 1 + 'x';
CREATE FUNCTION s10(x int) RETURNS int LANGUAGE sql RETURN x * 2;
-- ERROR 42703: column "missing" does not exist
CREATE FUNCTION s11(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT missing; END;
CREATE FUNCTION s11(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT x; END;
SET check_function_bodies = off;
CREATE FUNCTION s12() RETURNS int LANGUAGE sql AS 'SELECT a FROM missing';
-- ERROR 42703: column "missing" does not exist
CREATE FUNCTION s14() RETURNS int LANGUAGE sql RETURN missing;
RESET check_function_bodies;

-- Bodies in plpgsql are only parsed.
CREATE FUNCTION p1() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT a FROM missing); END';
CREATE FUNCTION p2() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN missing; END';
-- ERROR 42601: syntax error at or near "RETUR"
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETUR 1; END';
-- ERROR 42601: syntax error at end of input
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1;';
-- ERROR 42601: missing "THEN" at end of SQL expression
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN IF true RETURN 1; END IF; END';
-- ERROR 42601: syntax error at or near "1"
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN SELEC 1; END';
-- ERROR 42704: type "nope" does not exist
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'DECLARE x nope; BEGIN RETURN 1; END';
-- ERROR 42601: syntax error at or near "%"
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'DECLARE x missing.a%TYPE; BEGIN RETURN 1; END';
-- ERROR 42P01: relation "missing" does not exist
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'DECLARE x missing%ROWTYPE; BEGIN RETURN 1; END';
-- ERROR 42601: "x" is not a known variable
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN x := 1; RETURN 1; END';
-- ERROR 42601: duplicate declaration at or near "x"
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'DECLARE x int; x int; BEGIN RETURN 1; END';
-- ERROR 42601: missing expression at or near ";"
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN; END';
-- ERROR 42804: RETURN cannot have a parameter in function returning void
CREATE FUNCTION p3() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- ERROR 42804: cannot use RETURN NEXT in a non-SETOF function
CREATE FUNCTION p3() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; END';
-- ERROR 42601: loop variable of loop over rows must be a record variable or list of scalar variables
CREATE FUNCTION p3() RETURNS void LANGUAGE plpgsql AS 'BEGIN FOR r IN SELECT 1 LOOP NULL; END LOOP; END';
CREATE FUNCTION p3() RETURNS void LANGUAGE plpgsql AS 'BEGIN FOR i IN 1..3 LOOP NULL; END LOOP; END';
-- ERROR 42601: EXIT cannot be used outside a loop, unless it has a label
CREATE FUNCTION p4() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXIT; END';
-- ERROR 42601: too few parameters specified for RAISE
CREATE FUNCTION p4() RETURNS void LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''% %'', 1; END';
-- ERROR 42704: unrecognized exception condition "no_such_condition"
CREATE FUNCTION p4() RETURNS void LANGUAGE plpgsql AS 'BEGIN NULL; EXCEPTION WHEN no_such_condition THEN NULL; END';
-- ERROR 42601: "missing" is not a known variable
CREATE FUNCTION p4() RETURNS void LANGUAGE plpgsql AS 'BEGIN SELECT 1 INTO missing; END';
-- ERROR 42601: syntax error at or near "TABEL"
CREATE FUNCTION p4() RETURNS void LANGUAGE plpgsql AS 'BEGIN CREATE TABEL x (); END';

-- Calls.
SELECT f(1), f('x'::text);
SELECT f('x');
-- ERROR 42883: function f(integer, integer) does not exist
SELECT f(1, 2);
-- ERROR 42883: function f() does not exist
SELECT f();
-- ERROR 42883: function f(numeric) does not exist
SELECT f(1.5);
-- ERROR 42883: function f(boolean) does not exist
SELECT f(true);
SELECT f(NULL);
SELECT f(a => 1);
-- ERROR 42883: function f(z => integer) does not exist
SELECT f(z => 1);
-- ERROR 42883: function nope(integer) does not exist
SELECT nope(1);
SELECT public.f(1);
-- ERROR 42883: function pg_catalog.f(integer) does not exist
SELECT pg_catalog.f(1);
-- ERROR 3F000: schema "no_schema" does not exist
SELECT no_schema.f(1);
CREATE FUNCTION d(a int, b int DEFAULT 2, c text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT a + b';
SELECT d(1), d(1, 2), d(1, 2, 'y'), d(1, c => 'z'), d(b => 1, a => 2);
-- ERROR 42883: function d() does not exist
SELECT d();
-- ERROR 42883: function d(integer, integer, unknown, integer) does not exist
SELECT d(1, 2, 'y', 4);
-- ERROR 42601: positional argument cannot follow named argument
SELECT d(1, c => 'z', 5);
-- ERROR 42883: function d(integer, a => integer) does not exist
SELECT d(1, a => 2);
CREATE FUNCTION va(first text, VARIADIC rest int[]) RETURNS int LANGUAGE sql AS 'SELECT array_length(rest, 1)';
SELECT va('x', 1), va('x', 1, 2, 3), va('x', VARIADIC ARRAY[1, 2]);
-- ERROR 42883: function va(unknown) does not exist
SELECT va('x');
-- ERROR 22P02: invalid input syntax for type integer: "y"
SELECT va('x', 'y');
CREATE FUNCTION one_of(int, bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION one_of(bigint, int) RETURNS int LANGUAGE sql AS 'SELECT 2';
-- ERROR 42725: function one_of(integer, integer) is not unique
SELECT one_of(1, 2);
SELECT one_of(1, 2::bigint);
CREATE FUNCTION two_d(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION two_d(a int, c text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42725: function two_d(integer) is not unique
SELECT two_d(1);
SELECT two_d(1, 2);
CREATE FUNCTION outs(IN a int, OUT b int, OUT c text) LANGUAGE sql AS 'SELECT a, ''x''::text';
SELECT b, c FROM outs(1);
SELECT (outs(1)).b;
-- ERROR 42703: could not identify column "nope" in record data type
SELECT (outs(1)).nope;
-- ERROR 42703: column "d" does not exist
SELECT d FROM outs(1);
CREATE FUNCTION tab(a int) RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT a, ''z''::text';
SELECT x, y FROM tab(1);
-- ERROR 42703: column "z" does not exist
SELECT z FROM tab(1);
SELECT a.x FROM tab(1) a;
SELECT q FROM tab(1) AS r (q, s);
-- ERROR 42P10: table "r" has 2 columns available but 3 columns specified
SELECT q FROM tab(1) AS r (q, s, t);
CREATE FUNCTION tab2(x int) RETURNS TABLE (x int) LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: return type mismatch in function declared to return record
CREATE FUNCTION tab2() RETURNS TABLE (x int, y int) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION rec() RETURNS record LANGUAGE sql AS 'SELECT 1, 2';
-- ERROR 42601: a column definition list is required for functions returning "record"
SELECT * FROM rec();
SELECT x FROM rec() AS (x int, y int);
-- ERROR 42601: a column definition list is redundant for a function with OUT parameters
SELECT x FROM tab(1) AS (x int, y int);
CREATE FUNCTION poly(anyelement, anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
SELECT poly(1, 2), poly('x'::text, 'y');
-- ERROR 42883: function poly(integer, text) does not exist
SELECT poly(1, 'x'::text);
-- ERROR 42804: could not determine polymorphic type because input has type unknown
SELECT poly('x', 'y');
-- ERROR 22P02: invalid input syntax for type integer: "x"
SELECT poly(1, 'x');
CREATE FUNCTION first_of(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1]';
SELECT first_of(ARRAY[1]) + 1, first_of(ARRAY['x']) || 'y';
-- ERROR 42883: function first_of(integer) does not exist
SELECT first_of(1);
-- ERROR 42883: operator does not exist: text + integer
SELECT first_of(ARRAY['x']) + 1;
SELECT * FROM f(1);
SELECT f FROM f(1);
SELECT x FROM f(1) x;

-- OR REPLACE.
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 2';
-- ERROR 42P13: cannot change return type of existing function
CREATE OR REPLACE FUNCTION f(a int) RETURNS bigint LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: cannot change name of input parameter "a"
CREATE OR REPLACE FUNCTION f(z int) RETURNS int LANGUAGE sql AS 'SELECT z';
-- ERROR 42P13: cannot change name of input parameter "a"
CREATE OR REPLACE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
-- ERROR 42P13: cannot change return type of existing function
CREATE OR REPLACE FUNCTION f(a int) RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE FUNCTION f(a int, OUT b int) LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE FUNCTION f(a bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: cannot remove parameter defaults from existing function
CREATE OR REPLACE FUNCTION d(a int, b int, c text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE OR REPLACE FUNCTION d(a int, b int DEFAULT 3, c text DEFAULT 'y') RETURNS int LANGUAGE sql AS 'SELECT a';
-- ERROR 42809: cannot change routine kind
CREATE OR REPLACE PROCEDURE f(a int) LANGUAGE sql AS 'SELECT 1';
-- ERROR 42P13: cannot change return type of existing function
CREATE OR REPLACE FUNCTION tab(a int) RETURNS TABLE (x int, z text) LANGUAGE sql AS 'SELECT a, ''z''::text';
-- ERROR 42P13: cannot change return type of existing function
CREATE OR REPLACE FUNCTION outs(IN a int, OUT b int, OUT d text) LANGUAGE sql AS 'SELECT a, ''x''::text';

-- Procedures.
CREATE PROCEDURE pr(a int) LANGUAGE sql AS 'SELECT a';
-- ERROR 42601: syntax error at or near "int"
CREATE PROCEDURE pr2(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE PROCEDURE pr2(a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END';
CALL pr(1);
-- ERROR 42883: procedure pr() does not exist
CALL pr();
-- ERROR 42883: procedure pr(text) does not exist
CALL pr('x'::text);
-- ERROR 42883: procedure nope(integer) does not exist
CALL nope(1);
-- ERROR 42809: f(integer) is not a procedure
CALL f(1);
-- ERROR 42809: pr(integer) is a procedure
SELECT pr(1);
CALL pr2(1, NULL);
-- ERROR 42883: procedure pr2(integer) does not exist
CALL pr2(1);
DROP PROCEDURE pr2(int);

-- ALTER and DROP.
ALTER FUNCTION f(int) RENAME TO g;
SELECT f(1);
SELECT g(1);
-- ERROR 42725: function name "f" is not unique
ALTER FUNCTION f RENAME TO g2;
ALTER FUNCTION d RENAME TO dd;
ALTER FUNCTION g(int) RENAME TO one_of;
-- ERROR 42883: function nope(integer) does not exist
ALTER FUNCTION nope(int) STABLE;
-- ERROR 42883: function g(integer) does not exist
ALTER FUNCTION g(int) IMMUTABLE STRICT;
-- ERROR 42883: function g(integer) does not exist
ALTER FUNCTION g(int) SET search_path = public;
-- ERROR 42883: function g(integer) does not exist
ALTER FUNCTION g(int) SET no_such_setting = 1;
-- ERROR 42704: role "nobody_there" does not exist
ALTER FUNCTION g(int) OWNER TO nobody_there;
-- ERROR 42883: function g(integer) does not exist
ALTER FUNCTION g(int) SET SCHEMA nope;
-- ERROR 42883: procedure g(integer) does not exist
ALTER PROCEDURE g(int) RENAME TO x;
-- ERROR 42883: function g(text) does not exist
DROP FUNCTION g(text);
-- ERROR 42883: function g(integer, integer) does not exist
DROP FUNCTION g(integer, int);
-- ERROR 42725: function name "one_of" is not unique
DROP FUNCTION one_of;
DROP FUNCTION one_of(int, bigint);
-- ERROR 42725: function name "one_of" is not unique
DROP FUNCTION one_of;
-- ERROR 42725: function name "one_of" is not unique
DROP FUNCTION one_of;
-- ERROR 42883: function dd(integer) does not exist
DROP FUNCTION dd(int);
DROP FUNCTION dd(int, int, text);
DROP FUNCTION outs(int);
-- ERROR 42883: function g(integer) does not exist
DROP FUNCTION tab(int), g(int);
DROP FUNCTION IF EXISTS tab(int), va;

-- Aggregates.
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
SELECT total(x) FROM (VALUES (1), (2)) AS v (x);
-- ERROR 42883: function total(text) does not exist
SELECT total('x'::text);
-- ERROR 42883: function nope(integer, integer) does not exist
CREATE AGGREGATE total2(int) (SFUNC = nope, STYPE = int);
-- ERROR 42P13: aggregate stype must be specified
CREATE AGGREGATE total2(int) (SFUNC = int4pl);
-- ERROR 42704: type "nope" does not exist
CREATE AGGREGATE total2(int) (SFUNC = int4pl, STYPE = nope);
-- ERROR 42723: function "total" already exists with same argument types
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
CREATE OR REPLACE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
ALTER AGGREGATE total(int) RENAME TO sum_up;
-- ERROR 42883: aggregate sum_up(text) does not exist
DROP AGGREGATE sum_up(text);
-- ERROR 42809: "sum_up" is an aggregate function
DROP FUNCTION sum_up(int);
DROP AGGREGATE sum_up(int);
