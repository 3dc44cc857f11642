-- Aggregates, and ALTER FUNCTION.

create function sf(int, int) returns int language sql as 'select 1';
create function sf2(int, int) returns text language sql as 'select null::text';
create function ff(int) returns text language sql as 'select null::text';
-- ERROR 42804: return type of transition function sf2 is not integer
create aggregate a1(int) (sfunc = sf2, stype = int);
create aggregate a2(int) (sfunc = sf, stype = int, finalfunc = ff);
-- ERROR 42883: function nope(integer) does not exist
create aggregate a3(int) (sfunc = sf, stype = int, finalfunc = nope);
-- ERROR 42883: function sf(integer) does not exist
create aggregate a4(*) (sfunc = sf, stype = int);
-- ERROR 42P13: aggregate sfunc must be specified
create aggregate a5(int) (stype = int);
create aggregate a6 (basetype = int, sfunc = sf, stype = int);
-- ERROR 42P13: aggregate input type must be specified
create aggregate a7 (sfunc = sf, stype = int);
-- ERROR 42P13: basetype is redundant with aggregate input type specification
create aggregate a8(int) (sfunc = sf, stype = int, basetype = int);
create aggregate a9(int) (sfunc = sf, stype = int, foo = int);
-- ERROR 42P13: cannot determine transition data type
create aggregate a10(int) (sfunc = sf, stype = anyelement);
-- ERROR 42883: function sf(integer, text) does not exist
create aggregate a11(text) (sfunc = sf, stype = int);
create aggregate a12(int) (sfunc = sf, stype = int, sortop = '<');
-- ERROR 22P02: invalid input syntax for type integer: "x"
create aggregate a13(int) (sfunc = sf, stype = int, initcond = 'x');
-- ERROR 42704: type nope does not exist
create aggregate a14(nope) (sfunc = sf, stype = int);
-- ERROR 42883: function nope(integer, integer) does not exist
create aggregate a15(int) (sfunc = sf, stype = int, combinefunc = nope);
-- ERROR 42883: function sf(integer, integer, integer) does not exist
create aggregate sf(int, int) (sfunc = sf, stype = int);
-- ERROR 0A000: aggregates cannot have output arguments
create aggregate a16(out int) (sfunc = sf, stype = int);
-- ERROR 42704: type "int" does not exist
create aggregate a17(int) (sfunc = 'sf', stype = 'int');
-- ERROR 42804: function sf(integer, integer) requires run-time type coercion
create aggregate a18(smallint) (sfunc = sf, stype = int);
-- ERROR 42883: function sf(integer, double precision) does not exist
create aggregate a19(float) (sfunc = sf, stype = int);
-- ERROR 42883: function array_append(anyarray, anyelement) does not exist
create aggregate a20(anyelement) (sfunc = array_append, stype = anyarray, initcond='{}');
-- ERROR 42883: function a20(anyelement) does not exist
alter function a20(anyelement) immutable;
-- ERROR 22023: ROWS is not applicable when function does not return a set
alter function sf(int,int) rows 3;
-- ERROR 42601: conflicting or redundant options
alter function sf(int,int) immutable stable;
-- ERROR 22023: COST must be positive
alter function sf(int,int) cost 0;
-- ERROR 42809: sf(integer, integer) is not a procedure
alter procedure sf(int,int) cost 3;
alter function sf(int,int) reset all;
-- ERROR 42704: unrecognized configuration parameter "foo"
alter function sf(int,int) set foo = 3;
