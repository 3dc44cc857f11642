-- Policies and rules: what they can be on, and what they may use.

create table t(a int, b text);
create view v as select * from t;
-- ERROR 42809: "v" is not a table
create policy p on v;
-- ERROR 3F000: schema "nosch" does not exist
create policy p on nosch.t;
-- ERROR 42501: permission denied: "pg_class" is a system catalog
create policy p on pg_class;
create policy p1 on t for insert with check (a > 0) ;
-- ERROR 42601: only WITH CHECK expression allowed for INSERT
create policy p2 on t for insert using (a > 0) ;
-- ERROR 42601: only WITH CHECK expression allowed for INSERT
alter policy p1 on t using (a > 1);
alter policy p1 on t with check (a > 1);
create policy p3 on t for select using (a > 0) ;
-- ERROR 42601: only USING expression allowed for SELECT, DELETE
alter policy p3 on t with check (a > 1);
-- ERROR 42809: "v" is not a table
alter policy p3 on v with check (a > 1);
-- ERROR 42804: argument of POLICY must be type boolean, not type integer
alter policy p3 on t with check (a);
-- ERROR 42804: argument of POLICY must be type boolean, not type integer
alter policy nope on t with check (a);
-- ERROR 42P01: relation "nope" does not exist
create policy p4 on t using (a > 0 and exists (select 1 from nope));
create policy p5 on t using (null);
create policy p6 on t using ('true');
create policy p7 on t using (t.a > 0 and public.t.b = 'x');
-- ERROR 0A000: set-returning functions are not allowed in policy expressions
create policy p8 on t using (generate_series(1,3) > 1);
-- ERROR 42704: role "nobodyx" does not exist
create policy p9 on t to nobodyx;
create policy p10 on t to current_user, session_user;
create index ix on t(a);
-- ERROR 42809: "ix" is not a table
create policy p11 on ix;
create materialized view mv as select * from t;
-- ERROR 0A000: rules on materialized views are not supported
create rule r as on insert to mv do nothing;
-- ERROR 42809: "ix" is an index
create rule r as on insert to ix do nothing;
-- ERROR 42501: permission denied: "pg_class" is a system catalog
create rule r as on insert to pg_class do nothing;
create rule r as on insert to t where new.a > 0 do nothing;
create rule r0 as on insert to t where a > 0 do nothing;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "old"
create rule r1 as on insert to t where old.a > 0 do nothing;
-- ERROR 0A000: rules on SELECT must have action INSTEAD SELECT
create rule r2 as on select to t do instead nothing;
-- ERROR 55000: "v" is already a view
create rule r3 as on select to v do instead select * from t;
-- ERROR 55000: "v" is already a view
create rule "_RETURN" as on select to v do instead select * from t;
create or replace rule "_RETURN" as on select to v do instead select * from t;
-- ERROR 42P17: non-view rule for "v" must not be named "_RETURN"
create rule "_RETURN" as on insert to v do instead nothing;
-- ERROR 0A000: rules on SELECT must have action INSTEAD SELECT
create rule r4 as on select to t do also select * from t;
-- ERROR 42703: column new.nope does not exist
create rule r5 as on insert to t do also select new.nope;
create rule r6 as on insert to t do also select new.a;
create rule r7 as on insert to t do instead notify foo;
create rule r8 as on insert to t do instead insert into t values (new.*) returning *;
-- ERROR 0A000: RETURNING lists are not supported in conditional rules
create rule r9 as on insert to t where new.a > 1 do instead insert into t values (new.*) returning *;
-- ERROR 0A000: RETURNING lists are not supported in non-INSTEAD rules
create rule r10 as on insert to t do also insert into t values (new.*) returning *;
create rule r11 as on update to v do instead update t set a = new.a where a = old.a returning old.a, b;
-- ERROR 42P17: RETURNING list's entry 1 has different type from column "a"
create rule r12 as on update to v do instead update t set a = new.a where a = old.a returning t.b, t.a;
-- ERROR 42P01: relation "nope" does not exist
create rule r13 as on update to v do instead (update t set a = new.a where a = old.a; delete from nope);
-- ERROR 42703: column "nope" does not exist
create rule r14 as on update to v do instead update t set a = new.a where nope = old.a;
-- ERROR 3F000: schema "nosch" does not exist
create rule r15 as on insert to nosch.v do instead nothing;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "new"
create rule r16 as on delete to t where new.a > 1 do instead nothing;
-- ERROR 42P17: ON DELETE rule cannot use NEW
create rule r17 as on delete to t do also insert into t values (new.a);
-- ERROR 42803: aggregate functions are not allowed in WHERE
create rule r18 as on insert to t where count(*) > 1 do also nothing;
-- ERROR 42804: argument of WHERE must be type boolean, not type integer
create rule r19 as on insert to t where new.a do also nothing;
create rule r20 as on insert to t where exists (select 1 from t) do also nothing;
create table p(a int) partition by list(a);
create rule pr as on insert to p do nothing;
-- ERROR 42P17: view rule for "p" must be named "_RETURN"
create rule psr as on select to p do instead select 1 as a;
create table e(a int);
create rule "_RETURN" as on select to e do instead select 1 as a;
create rule r21 as on insert to t do also select new;
create rule r22 as on insert to t do also update t set a = a + 1 where b = new.b;
create or replace rule r22 as on delete to t do also nothing;
