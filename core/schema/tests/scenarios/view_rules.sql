-- Views: what kinds of queries and options they may have, and whose names they may take.

create table t(a int, b text);
create view z0 as select;
-- ERROR 42P16: column "row" has pseudo-type record
create view z1 as select row(1,2);
create view z2 as select null::anyelement as q;
-- ERROR 42601: views cannot be unlogged because they do not have storage
create unlogged view z3 as select 1;
-- ERROR 22023: invalid value for enum option "check_option": foo
create view z4 with (check_option=foo) as select a from t;
-- ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
create view z5 as select ctid from t with check option;
-- ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
create view z6 as select t from t with check option;
create view z7 as select (t).a from t with check option;
create view z8 as select a from z7 with check option;
-- ERROR 42501: permission denied to create "pg_catalog.z9"
create view pg_catalog.z9 as select 1 as a;
-- ERROR 22023: invalid value for boolean option "security_barrier": 3
create view z10 with (security_barrier=3) as select 1 as a;
-- ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
create view z11 as select * from (values (1)) v(a) with check option;
-- ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
create view z12 with (check_option=local) as select count(*) as c from t;
create temp table tt(a int);
create view z13 as select a from t where exists (select from tt);
-- ERROR 42P16: cannot create temporary relation in non-temporary schema
create view public.z14 as select a from t where exists (select from tt);
create view z15 as select a as "ctid" from t;
create type comp as (a int);
-- ERROR 42P07: relation "comp" already exists
create view comp as select 1 as x;
-- ERROR 42809: "comp" is not a view
create or replace view comp as select 1 as x;
create type en as enum ('a');
-- ERROR 42710: type "en" already exists
create view en as select 1 as x;
create materialized view m1 as select;
-- ERROR 42601: too many column names were specified
create materialized view m2(a,b) as select 1;
-- ERROR 42P16: column "row" has pseudo-type record
create materialized view m3 as select row(1,2);
-- ERROR 42701: column "a" specified more than once
create materialized view m4 as select a, a from t;
-- ERROR 0A000: materialized views must not use data-modifying statements in WITH
create materialized view m5 as with w as (delete from t returning *) select * from w;
-- ERROR 22023: unrecognized parameter "nope"
create materialized view m6 with (nope=1) as select 1;
-- ERROR 22023: unrecognized parameter "security_barrier"
create materialized view m7 with (security_barrier=true) as select 1;
-- ERROR 42704: access method "nope" does not exist
create materialized view m8 using nope as select 1;
-- ERROR 42704: tablespace "nope" does not exist
create materialized view m9 tablespace nope as select 1;
-- ERROR 42710: type "en" already exists
create materialized view en as select 1 as x;
-- ERROR 42P07: relation "z7" already exists
create materialized view z7 as select 1 as x;
create materialized view if not exists z7 as select 1 as x;
create index ix on t(a);
-- ERROR 42809: "ix" is not a table or materialized view
refresh materialized view ix;
-- ERROR 0A000: "t" is not a materialized view
refresh materialized view t;
-- ERROR 0A000: "t" is not a materialized view
refresh materialized view concurrently t;
-- ERROR 0A000: "pg_class" is not a materialized view
refresh materialized view pg_class;
-- ERROR 3F000: schema "nosch" does not exist
refresh materialized view nosch.x;
-- ERROR 42P01: relation "en" does not exist
refresh materialized view en;
-- ERROR 42809: "ix" is not a view
create or replace view ix as select 1 as a;
create or replace view pg_class as select 1 as a;
-- ERROR 42701: column "a" of relation "z7" already exists
create or replace view z7 as select a, a as a from t;
-- ERROR 42701: column "a" of relation "z7" already exists
create or replace view z7 as select a, b as a from t;
create or replace view z7 with(security_barrier) as select a, b from t;
create or replace view z7  as select a, b from t with check option;
-- ERROR 42P16: cannot change name of view column "a" to "x"
create or replace view z7(x,y)  as select a, b from t with check option;
create recursive view rv(n) as select 1 union all select n+1 from rv where n < 3;
-- ERROR 42P10: WITH query "rv2" has 1 columns available but 2 columns specified
create recursive view rv2(n,m) as select 1 union all select n+1 from rv2 where n < 3;
-- ERROR 0A000: WITH CHECK OPTION not supported on recursive views
create recursive view rv3(n) as select 1 union all select n+1 from rv3 where n < 3 with check option;
-- ERROR 42P02: there is no parameter $1
create view vv as select $1;
-- ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
create view vl as select 'x' || 'y' as a, a from t limit 1 with local check option;
create view vw as table t;
create view vx as (select * from t);
create view vy as values (1, 2);
-- ERROR 0A000: views must not contain SELECT INTO
create view vz as select 1 as a, 2 as b into foo;
-- ERROR 22023: parameter "check_option" specified more than once
create view va with (check_option=local, check_option=cascaded) as select a from t;
-- ERROR 22023: unrecognized parameter namespace "foo"
create view vb with (foo.check_option=local) as select a from t;
-- ERROR 22023: parameter "check_option" specified more than once
create view vc with (check_option=local) as select a from t with cascaded check option;
create materialized view mm as select * from t with no data;
-- ERROR 0A000: CONCURRENTLY cannot be used when the materialized view is not populated
refresh materialized view concurrently mm;
refresh materialized view mm;
-- ERROR 55000: cannot refresh materialized view "public.mm" concurrently
refresh materialized view concurrently mm;
