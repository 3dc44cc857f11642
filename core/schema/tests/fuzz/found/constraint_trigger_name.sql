-- A constraint trigger gets the name of a constraint; the server refuses that.
create table t(a int, b text);
create function tf() returns trigger language plpgsql as 'begin return new; end';
alter table t add constraint kk check (a > 0);
create constraint trigger kk after insert on t for each row execute function tf();
