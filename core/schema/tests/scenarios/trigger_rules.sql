-- Triggers: on what they can be, on partitions, and what a condition may use.

create table t(a int, b text);
create view v as select * from t;
create materialized view mv as select * from t;
create function tf() returns trigger language plpgsql as 'begin return new; end';
create table p(a int) partition by list(a);
create table p1 partition of p for values in (1);
create table p2 partition of p for values in (2) partition by list(a);
create table p21 partition of p2 for values in (2);
create trigger pt after insert on p for each row execute function tf();
-- ERROR 2BP01: cannot drop trigger pt on table p1 because trigger pt on table p requires it
drop trigger pt on p1;
create trigger pb before insert on p for each row execute function tf();
-- ERROR 0A000: "p" is a partitioned table
create trigger pu after insert on p referencing new table as x for each row execute function tf();
create trigger pu after insert on p referencing new table as x for each statement execute function tf();
-- ERROR 0A000: ROW triggers with transition tables are not supported on partitions
create trigger pv after insert on p1 referencing new table as x for each row execute function tf();
create trigger ps after insert on p for each statement execute function tf();
-- ERROR 42710: trigger "pt" for relation "p1" already exists
create trigger pt after insert on p1 for each row execute function tf();
-- ERROR 42710: trigger "pt" for relation "p1" is an internal or a child trigger
create or replace trigger pt after update on p1 for each row execute function tf();
create trigger q1 after insert on p1 for each row execute function tf();
-- ERROR 42710: trigger "q1" for relation "p1" already exists
create trigger q1 after insert on p for each row execute function tf();
create index ix on t(a);
-- ERROR 42809: "ix" is an index
create trigger i1 after insert on ix for each row execute function tf();
-- ERROR 42501: permission denied: "pg_class" is a system catalog
create trigger i1 after insert on pg_class for each row execute function tf();
-- ERROR 42809: relation "mv" cannot have triggers
create trigger i1 after insert on mv for each row execute function tf();
create sequence s;
-- ERROR 42809: relation "s" cannot have triggers
create trigger i1 after insert on s for each row execute function tf();
-- ERROR 42809: "v" is a view
create trigger v1 instead of insert or truncate on v for each row execute function tf();
-- ERROR 42809: "v" is a view
create trigger v1 after truncate on v for each statement execute function tf();
create trigger v1 after insert on v for each statement execute function tf();
-- ERROR 42809: "v" is a view
create constraint trigger c1 after insert on v for each row execute function tf();
create constraint trigger c2 after insert on t from v for each row execute function tf();
-- ERROR 42601: constraint declared INITIALLY DEFERRED must be DEFERRABLE
create constraint trigger c3 after insert on t not deferrable initially deferred for each row execute function tf();
create constraint trigger c4 after insert on t initially deferred for each row execute function tf();
-- ERROR 42710: trigger "c4" for relation "t" already exists
create constraint trigger c4 after insert on t for each row execute function tf();
-- ERROR 42710: trigger "c4" for relation "t" already exists
create trigger c4 after insert on t for each row execute function tf();
-- ERROR 42710: trigger "c4" for relation "t" is a constraint trigger
create or replace trigger c4 after insert on t for each row execute function tf();
alter table t add constraint kk check (a > 0);
-- ERROR 23505: duplicate key value violates unique constraint "pg_constraint_conrelid_contypid_conname_index"
create constraint trigger kk after insert on t for each row execute function tf();
-- ERROR 3F000: schema "nosch" does not exist
create trigger x1 after insert on t for each row execute function nosch.tf();
-- ERROR 3F000: schema "nosch" does not exist
create trigger x1 after insert on nosch.t for each row execute function tf();
-- ERROR 42P17: DELETE trigger's WHEN condition cannot reference NEW values
create trigger x2 before insert or update or delete on t for each row when (new.a is null) execute function tf();
-- ERROR 0A000: BEFORE trigger's WHEN condition cannot reference NEW system columns
create trigger x3 before update on t for each row when (new.ctid is null) execute function tf();
-- ERROR 0A000: BEFORE trigger's WHEN condition cannot reference NEW system columns
create trigger x4 before update on t for each row when (new.tableoid > 0) execute function tf();
create trigger x5 after update on t for each row when (new.tableoid > 0) execute function tf();
-- ERROR 42703: column "ctid" of relation "t" does not exist
create trigger x6 after update of ctid on t for each row execute function tf();
-- ERROR 42803: aggregate functions are not allowed in trigger WHEN conditions
create trigger x7 after insert on t for each row when (count(*) > 1) execute function tf();
-- ERROR 42P01: missing FROM-clause entry for table "nope"
create trigger x8 after insert on t for each row when (nope.a > 1) execute function tf();
-- ERROR 42702: column reference "a" is ambiguous
create trigger x9 after insert on t for each row when (a > 1) execute function tf();
alter table t add column g int generated always as (a + 1) stored;
-- ERROR 42P17: BEFORE trigger's WHEN condition cannot reference NEW generated columns
create trigger x10 before insert on t for each row when (new.g > 1) execute function tf();
-- ERROR 42P17: BEFORE trigger's WHEN condition cannot reference NEW generated columns
create trigger x11 before insert on t for each row when (new is not null) execute function tf();
create trigger x12 after insert on t for each row execute function suppress_redundant_updates_trigger();
-- ERROR 42P17: function now must return type trigger
create trigger x13 after insert on t for each row execute function now();
-- ERROR 42601: syntax error at or near "."
create trigger x14 after insert on t for each row execute function tf(a.b, 1.50, 'x', "Q", null);
create trigger x14 after insert on t for each row execute function tf(a, 1.50, 'x', "Q", true);
-- ERROR 0A000: ROW variable naming in the REFERENCING clause is not supported
create trigger x15 after insert on t referencing old row as o for each row execute function tf();
create procedure pp() language sql as 'select 1';
-- ERROR 42883: function pp() does not exist
create trigger x16 after insert on t for each row execute function pp();
