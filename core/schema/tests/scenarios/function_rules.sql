-- Functions: attributes, parameters, results, bodies.

-- Bodies are read in the search path that the function sets, and may call the function itself.
CREATE SCHEMA app;
CREATE TABLE app.hidden (a int);
CREATE FUNCTION sees() RETURNS bigint LANGUAGE sql SET search_path = app AS $$SELECT count(*) FROM hidden$$;
-- ERROR 42P01: relation "hidden" does not exist
CREATE FUNCTION sees_not() RETURNS bigint LANGUAGE sql AS $$SELECT count(*) FROM hidden$$;
CREATE FUNCTION recursive(n int) RETURNS int LANGUAGE sql AS $$SELECT CASE WHEN n > 0 THEN recursive(n - 1) ELSE 0 END$$;
-- ERROR 42883: function recursive2(integer) does not exist
CREATE FUNCTION recursive2(n int) RETURNS int LANGUAGE sql RETURN recursive2(n - 1);


create table t(a int, b text);
-- ERROR 42704: language "SQL" does not exist
create function a1() returns int language 'SQL' as 'select 1';
create function a2() returns int language "plpgsql" as 'begin return 1; end';
-- ERROR 42P13: invalid attribute in procedure definition
create procedure a3() language sql immutable as 'select 1';
-- ERROR 42P13: invalid attribute in procedure definition
create procedure a4() language sql strict as 'select 1';
-- ERROR 22023: COST must be positive
create function a5() returns int language sql cost 0 as 'select 1';
-- ERROR 22023: ROWS is not applicable when function does not return a set
create function a6() returns int language sql rows 10 as 'select 1';
-- ERROR 42P13: only input parameters can have default values
create function a7(out a int default 1) language sql as 'select 1';
-- ERROR 0A000: cannot use subquery in DEFAULT expression
create function a8(a int default (select 1)) returns int language sql as 'select 1';
-- ERROR 42703: column "x" does not exist
create function a9(a int default x) returns int language sql as 'select 1';
-- ERROR 42703: column "a" does not exist
create function a10(a int, b int default a) returns int language sql as 'select 1';
create function a11(variadic a int[], out b int) language sql as 'select 1';
-- ERROR 42P13: VARIADIC parameter must be the last parameter
create procedure a12(variadic a int[], out b int) language sql as 'select 1';
-- ERROR 42P13: procedure OUT parameters cannot appear after one with a default value
create procedure a13(a int default 1, out b int) language sql as 'select 1';
-- ERROR 42P13: functions cannot accept set arguments
create function a14(a setof int) returns int language sql as 'select 1';
-- ERROR 42P13: SQL functions cannot return type trigger
create function a15() returns trigger language sql as 'select 1';
-- ERROR 42P13: SQL functions cannot have arguments of type trigger
create function a16(a trigger) returns int language sql as 'select 1';
-- ERROR 0A000: PL/pgSQL functions cannot return type cstring
create function a17() returns cstring language plpgsql as 'begin return 1; end';
-- ERROR 0A000: PL/pgSQL functions cannot accept type cstring
create function a18(a cstring) returns int language plpgsql as 'begin return 1; end';
-- ERROR 42P13: inline SQL function body only valid for language SQL
create function a19() returns int language plpgsql return 1;
-- ERROR 42P13: only one AS item needed for language "sql"
create function a20() returns int language sql as 'a','b';
-- ERROR 42P13: cannot determine result data type
create function a21() returns anyarray language plpgsql as 'begin return 1; end';
create function a22(a anyelement) returns anyarray language plpgsql as 'begin return 1; end';
-- ERROR 42P13: cannot determine result data type
create function a23(a anyelement) returns anyrange language plpgsql as 'begin return 1; end';
-- ERROR 42P13: cannot determine result data type
create function a24(a anycompatible) returns anyelement language plpgsql as 'begin return 1; end';
-- ERROR 42601: syntax error at or near "int"
create function a25() returns table(a int) returns int language sql as 'select 1';
-- ERROR 42601: OUT and INOUT arguments aren't allowed in TABLE functions
create function a26(out b int) returns table(a int) language sql as 'select 1';
-- ERROR 42704: unrecognized configuration parameter "foo"
create function a27() returns int language sql set foo = 1 as 'select 1';
create function a28() returns int language sql set foo.bar = 1 as 'select 1';
-- ERROR 42P01: relation "t" does not exist
create function a29() returns int language sql set search_path = nosuch as 'select a from t limit 1';
-- ERROR 22023: invalid value for parameter "work_mem": "x"
create function a30() returns int language sql set work_mem = 'x' as 'select 1';
-- ERROR 42601: parameter "parallel" must be SAFE, RESTRICTED, or UNSAFE
create function a31() returns int language sql parallel foo as 'select 1';
-- ERROR 42883: function nosuch(internal) does not exist
create function a32() returns int language sql support nosuch as 'select 1';
create function a33() returns shelly language internal as 'int4in';
-- ERROR 42883: there is no built-in function named "nosuch"
create function a34() returns int language internal as 'nosuch';
create function a36(int, a int) returns int language sql as 'select $1 + a';
create or replace function a36(b int, a int) returns int language sql as 'select $1 + a';
-- ERROR 42P13: cannot change name of input parameter "a"
create or replace function a36(b int, c int) returns int language sql as 'select $1 + a';
create function t1() returns t language sql as 'select 1, ''x''::text';
-- ERROR 42P13: return type mismatch in function declared to return t
create function t2() returns t language sql as 'select 1';
create function t3() returns t language sql as 'select t from t';
create function t4() returns setof t language sql as 'select * from t';
-- ERROR 42P13: return type mismatch in function declared to return t
create function t5() returns setof t language sql as 'select * from t; update t set a = 1';
create function t6() returns setof t language sql as 'update t set a = 1 returning *';
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t7() returns int language sql as 'insert into t values (1)';
create function t8() returns void language sql as 'select 1, 2';
-- ERROR 42P13: return type mismatch in function declared to return record
create function t9() returns record language sql as 'insert into t values (1)';
create function t10(out a int, out b text) language sql as 'select 1, 2';
-- ERROR 42P13: return type mismatch in function declared to return record
create function t11(out a int, out b int) language sql as 'select 1, ''x''::text';
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t12() returns int language sql as 'select 1; create table q(a int)';
create function t13() returns int language sql as 'commit; select 1';
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t14() returns int language sql as 'select ''x''';
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t15() returns int language sql as 'select null';
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t16() returns int language sql return 'x';
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t17() returns int language sql return 'x'::text;
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t18() returns int language sql begin atomic end;
-- ERROR 0A000: CREATE TABLE is not yet supported in unquoted SQL function body
create function t19() returns int language sql begin atomic create table q2(a int); end;
-- ERROR 42P13: return type mismatch in function declared to return integer
create function t20() returns int language sql begin atomic select 1; insert into t values (1); end;
create function t21(out x int) returns setof int language sql begin atomic select 1; end;
create procedure t22(x int) language sql begin atomic insert into t values (x); end;
-- ERROR 42P13: return type mismatch in function declared to return record
create procedure t23(out x int) language sql as 'select 1, 2';
create procedure t24(x int, inout y text) language sql as 'select 1';
-- ERROR 42723: function "t24" already exists with same argument types
create procedure t24(x int, y text, out z int) language sql as 'select 1';
-- ERROR 42P13: cannot change return type of existing function
create or replace procedure t24(x int, y text, out z int) language sql as 'select 1';
-- ERROR 42P13: cannot change whether a procedure has output parameters
create or replace procedure t22(x int, out z int) language sql as 'select 1';
create function pg_catalog.zz() returns int language sql as 'select 1';
create function information_schema.zz() returns int language sql as 'select 1';
-- ERROR 42P13: parameter name "b" used more than once
create function dup(a int, out b int, out b int) language sql as 'select 1,2';
-- ERROR 42P13: parameter name "a" used more than once
create function dup2(a int, inout a int) language sql as 'select 1,2';
create function dup3(a int, out a int) language sql as 'select 1';
-- ERROR 42704: type nosuch[] does not exist
create function shell1(a nosuch[]) returns int language sql as 'select 1';
-- ERROR 42P01: missing FROM-clause entry for table "b"
create function ff(a text) returns int language sql as 'select a.b.c';
create function fg(a t) returns int language sql as 'select a.a';
-- ERROR 42703: column "zz" not found in data type t
create function fh(a t) returns int language sql as 'select (a).zz';
-- ERROR 42P01: missing FROM-clause entry for table "a"
create function fi(a t) returns int language sql as 'select a.zz';
-- ERROR 42P01: missing FROM-clause entry for table "fj"
create function fj(a int) returns int language sql as 'select fj.a + fj.b';
-- ERROR 42P13: trigger functions cannot have declared arguments
create function tr1(a int) returns trigger language plpgsql as 'begin return new; end';
set check_function_bodies = off;
create function tr2(a int) returns trigger language plpgsql as 'begin return new; end';
-- ERROR 0A000: PL/pgSQL functions cannot return type cstring
create function tr3() returns cstring language plpgsql as 'beg';
-- ERROR 42P13: SQL functions cannot return type cstring
create function tr4() returns cstring language sql as 'beg';
create function tr5() returns int language plpgsql as 'beg';
