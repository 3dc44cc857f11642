-- Services of many tenants: row security, audit, triggers, as Supabase, Hasura and PostgREST have it.

-- Supabase and PostgREST.
CREATE SCHEMA IF NOT EXISTS auth;
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE SCHEMA api AUTHORIZATION CURRENT_USER;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anon') THEN CREATE ROLE anon NOLOGIN NOINHERIT; END IF; END $$;
DO $$ BEGIN CREATE ROLE authenticated NOLOGIN; EXCEPTION WHEN duplicate_object THEN RAISE NOTICE '%, skipping', SQLERRM USING ERRCODE = SQLSTATE; END $$;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
CREATE ROLE authenticator LOGIN NOINHERIT PASSWORD 'x';
GRANT anon, authenticated, service_role TO authenticator;
GRANT USAGE ON SCHEMA api TO anon, authenticated;
CREATE TABLE auth.users (instance_id uuid NULL, id uuid NOT NULL UNIQUE, aud varchar(255) NULL, email citext UNIQUE, encrypted_password varchar(255), raw_user_meta_data jsonb NULL, created_at timestamptz NULL, CONSTRAINT users_pkey PRIMARY KEY (id));
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
  )::uuid
$$;
CREATE FUNCTION auth.role() RETURNS text AS $$ SELECT nullif(current_setting('request.jwt.claim.role', true), '')::text; $$ LANGUAGE sql STABLE;
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS $$ select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb $$;
create table public.profiles (
  id uuid references auth.users on delete cascade not null primary key,
  updated_at timestamp with time zone,
  username text unique,
  full_name text,
  avatar_url text,
  website text,
  constraint username_length check (char_length(username) >= 3)
);
alter table profiles enable row level security;
alter table profiles force row level security;
create policy "Public profiles are viewable by everyone." on profiles for select using (true);
create policy "Users can insert their own profile." on profiles for insert with check ((select auth.uid()) = id);
create policy "Users can update own profile." on profiles for update to authenticated using (auth.uid() = id) with check (auth.uid() = id);
create policy admins on profiles as restrictive for all to authenticated, service_role using ((auth.jwt() ->> 'aal') = 'aal2' or (auth.jwt() -> 'app_metadata' ->> 'role') = any (array['admin', 'owner']));
alter policy admins on profiles rename to "Admins only";
alter policy "Admins only" on profiles using (exists (select 1 from auth.users u where u.id = profiles.id and u.email = 'x@y.z'));
drop policy if exists nothing on profiles;
create function public.handle_new_user() returns trigger set search_path = '' language plpgsql security definer as $$
begin
  insert into public.profiles (id, full_name, avatar_url)
  values (new.id, new.raw_user_meta_data->>'full_name', new.raw_user_meta_data->>'avatar_url');
  return new;
end;
$$;
create trigger on_auth_user_created after insert on auth.users for each row execute procedure public.handle_new_user();
revoke all on function public.handle_new_user() from public, anon, authenticated;
create or replace view api.people with (security_invoker = on) as select id, username as name, website is not null as has_site from public.profiles;
grant select on api.people to anon;
comment on view api.people is $$People

Everybody there is.$$;
create or replace function api.search_people(query text default '', lim int = 10) returns setof api.people language sql stable as $$
  select * from api.people where name ilike '%' || query || '%' order by name limit lim;
$$;
create function api.has_site(api.people) returns boolean language sql stable as $$ select $1.has_site $$;
create function api.login(email text, pass text, out token text) as $$
declare
  _role name;
  result record;
begin
  select auth.role() into _role;
  if _role is null then
    raise invalid_password using message = 'invalid user or password';
  end if;
  select 'x' as a, extract(epoch from now())::integer + 60 * 60 as exp into result;
  token := encode(extensions.digest(result.a || pass, 'sha256'), 'hex');
end;
$$ language plpgsql security definer;
create type api.jwt_token as (token text, expires timestamptz);
create function api.tok() returns api.jwt_token language sql as $$ select row('x', now())::api.jwt_token $$;
create function api.pre() returns void language plpgsql as $$ begin perform set_config('response.headers', '[{"X": "y"}]', true); end $$;
NOTIFY pgrst, 'reload schema';
select pg_notify('pgrst', 'reload config');
do $$ begin execute format('grant usage on schema %I to anon', 'api'); end $$;
create publication supabase_realtime;
alter publication supabase_realtime add table public.profiles;
alter publication supabase_realtime set (publish = 'insert, update');
alter publication supabase_realtime owner to current_user;
begin;
drop publication if exists supabase_realtime;
create publication supabase_realtime with (publish = 'insert');
commit;
alter table profiles replica identity full;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role current_user in schema public revoke execute on functions from public;

-- Hasura.
create or replace function public.set_current_timestamp_updated_at() returns trigger as $$
declare
  _new record;
begin
  _new := new;
  _new."updated_at" = now();
  return _new;
end;
$$ language plpgsql;
create table "public"."orders" ("id" uuid not null default gen_random_uuid(), "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "status" text not null default 'new', "user_id" uuid, primary key ("id") , foreign key ("user_id") references "public"."profiles"("id") on update restrict on delete cascade, unique ("id"));
comment on table "public"."orders" is e'Orders\nof users';
create trigger "set_public_orders_updated_at" before update on "public"."orders" for each row execute procedure "public"."set_current_timestamp_updated_at"();
comment on trigger "set_public_orders_updated_at" on "public"."orders" is 'trigger to set value of column "updated_at" to current timestamp on row update';
create table "public"."order_status" ("value" text not null, "comment" text, primary key ("value"));
insert into "public"."order_status"("value", "comment") values (E'new', null), (E'done', E'It\'s done');
alter table "public"."orders" add constraint "orders_status_fkey" foreign key ("status") references "public"."order_status"("value") on update cascade on delete restrict;
alter table "public"."orders" alter column "status" drop not null, add column "note" text null default 'x';
alter table "public"."orders" drop constraint "orders_status_fkey", add constraint "orders_status_fkey" foreign key ("status") references "public"."order_status" ("value") on update restrict on delete set null;
alter table "public"."orders" rename column "note" to "remark";
create function public.order_total(o public.orders) returns numeric as $$ select 1.0 * length(o.status) $$ language sql stable;
create view public.active_orders as select o.*, public.order_total(o) as total, o.order_total from public.orders o where o.status <> 'done';
drop view public.active_orders;
drop function public.order_total(public.orders);

-- Audit by one trigger for all tables.
CREATE SCHEMA audit;
REVOKE ALL ON SCHEMA audit FROM public;
CREATE TYPE audit.action AS ENUM ('I', 'U', 'D', 'T');
CREATE TABLE audit.logged_actions (
    event_id bigserial PRIMARY KEY,
    schema_name text NOT NULL,
    table_name text NOT NULL,
    relid oid NOT NULL,
    session_user_name text DEFAULT session_user,
    action_tstamp_tx timestamptz NOT NULL DEFAULT transaction_timestamp(),
    transaction_id bigint DEFAULT txid_current(),
    client_addr inet DEFAULT inet_client_addr(),
    application_name text DEFAULT current_setting('application_name'),
    client_query text,
    action audit.action NOT NULL,
    row_data jsonb,
    changed_fields jsonb,
    statement_only boolean NOT NULL DEFAULT false CHECK (statement_only IN (false, true))
);
CREATE INDEX logged_actions_action_tstamp_tx_idx ON audit.logged_actions USING brin (action_tstamp_tx) WITH (pages_per_range = 32);
CREATE INDEX ON audit.logged_actions (relid, action) WHERE action <> 'T'::audit.action;
CREATE OR REPLACE FUNCTION audit.if_modified_func() RETURNS TRIGGER AS $body$
DECLARE
    audit_row audit.logged_actions;
    include_values boolean;
    excluded_cols text[] = ARRAY[]::text[];
BEGIN
    IF TG_WHEN <> 'AFTER' THEN
        RAISE EXCEPTION 'audit.if_modified_func() may only run as an AFTER trigger';
    END IF;
    audit_row = ROW(
        nextval('audit.logged_actions_event_id_seq'), TG_TABLE_SCHEMA::text, TG_TABLE_NAME::text, TG_RELID,
        session_user::text, current_timestamp, txid_current(), inet_client_addr(),
        current_setting('application_name'), current_query(), substring(TG_OP,1,1), NULL, NULL, 'f'
    );
    IF NOT TG_ARGV[0]::boolean IS DISTINCT FROM 'f'::boolean THEN
        audit_row.client_query = NULL;
    END IF;
    IF TG_ARGV[1] IS NOT NULL THEN
        excluded_cols = TG_ARGV[1]::text[];
    END IF;
    IF (TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW') THEN
        audit_row.row_data = to_jsonb(OLD.*) - excluded_cols;
        audit_row.changed_fields = (to_jsonb(NEW.*) - excluded_cols);
        IF audit_row.changed_fields = '{}'::jsonb THEN
            RETURN NULL;
        END IF;
    ELSIF (TG_OP = 'DELETE' AND TG_LEVEL = 'ROW') THEN
        audit_row.row_data = to_jsonb(OLD.*) - excluded_cols;
    ELSIF (TG_LEVEL = 'STATEMENT' AND TG_OP IN ('INSERT','UPDATE','DELETE','TRUNCATE')) THEN
        audit_row.statement_only = 't';
    ELSE
        RAISE EXCEPTION '[audit.if_modified_func] - Trigger func added as trigger for unhandled case: %, %', TG_OP, TG_LEVEL;
        RETURN NULL;
    END IF;
    INSERT INTO audit.logged_actions VALUES (audit_row.*);
    RETURN NULL;
END;
$body$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public;
CREATE OR REPLACE FUNCTION audit.audit_table(target_table regclass, audit_rows boolean, audit_query_text boolean, ignored_cols text[]) RETURNS void AS $body$
DECLARE
  stm_targets text = 'INSERT OR UPDATE OR DELETE OR TRUNCATE';
  _q_txt text;
  _ignored_cols_snip text = '';
BEGIN
    EXECUTE 'DROP TRIGGER IF EXISTS audit_trigger_row ON ' || target_table;
    EXECUTE 'DROP TRIGGER IF EXISTS audit_trigger_stm ON ' || target_table;
    IF audit_rows THEN
        IF array_length(ignored_cols,1) > 0 THEN
            _ignored_cols_snip = ', ' || quote_literal(ignored_cols);
        END IF;
        _q_txt = 'CREATE TRIGGER audit_trigger_row AFTER INSERT OR UPDATE OR DELETE ON ' || target_table ||
                 ' FOR EACH ROW EXECUTE PROCEDURE audit.if_modified_func(' || quote_literal(audit_query_text) || _ignored_cols_snip || ');';
        RAISE NOTICE '%',_q_txt;
        EXECUTE _q_txt;
        stm_targets = 'TRUNCATE';
    END IF;
    _q_txt = 'CREATE TRIGGER audit_trigger_stm AFTER ' || stm_targets || ' ON ' || target_table || ' FOR EACH STATEMENT EXECUTE PROCEDURE audit.if_modified_func('|| quote_literal(audit_query_text) || ');';
    EXECUTE _q_txt;
END;
$body$ language 'plpgsql';
CREATE OR REPLACE FUNCTION audit.audit_table(target_table regclass) RETURNS void AS $body$
SELECT audit.audit_table($1, BOOLEAN 't', BOOLEAN 't', ARRAY[]::text[]);
$body$ LANGUAGE 'sql';
SELECT audit.audit_table('public.orders');
SELECT audit.audit_table('orders', true, false, '{remark}'::text[]);
DROP TRIGGER audit_trigger_row ON orders;
CREATE TRIGGER audit_trigger_row AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION audit.if_modified_func('true', '{a,b}');
UPDATE orders SET remark = 'y' WHERE id IS NULL;
