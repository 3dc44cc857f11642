-- Objects beyond tables: partitions, types, operators, foreign data, text search.

-- Partitions as they are kept.
CREATE TABLE measurement (city_id int NOT NULL, logdate date NOT NULL, peak int, PRIMARY KEY (city_id, logdate)) PARTITION BY RANGE (logdate);
CREATE TABLE measurement_y2024m01 PARTITION OF measurement FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE measurement_y2024m02 PARTITION OF measurement (peak DEFAULT 5, CONSTRAINT peak_ok CHECK (peak > 0)) FOR VALUES FROM ('2024-02-01') TO ('2024-03-01') WITH (fillfactor = 70);
CREATE TABLE measurement_old PARTITION OF measurement FOR VALUES FROM (MINVALUE) TO ('2024-01-01') PARTITION BY LIST (city_id);
CREATE TABLE measurement_old_1 PARTITION OF measurement_old FOR VALUES IN (1, 2, NULL);
CREATE TABLE measurement_old_x PARTITION OF measurement_old DEFAULT;
CREATE TABLE measurement_y2024m03 (LIKE measurement INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE measurement_y2024m03 ADD CONSTRAINT y2024m03 CHECK (logdate >= DATE '2024-03-01' AND logdate < DATE '2024-04-01');
ALTER TABLE measurement ATTACH PARTITION measurement_y2024m03 FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
ALTER TABLE measurement_y2024m03 DROP CONSTRAINT y2024m03;
CREATE INDEX measurement_peak ON ONLY measurement (peak);
CREATE INDEX measurement_y2024m01_peak ON measurement_y2024m01 (peak);
ALTER INDEX measurement_peak ATTACH PARTITION measurement_y2024m01_peak;
CREATE INDEX ON measurement (city_id);
ALTER TABLE measurement DETACH PARTITION measurement_y2024m01;
ALTER TABLE measurement DETACH PARTITION measurement_y2024m02 CONCURRENTLY;
DROP TABLE measurement_y2024m01;
ALTER TABLE measurement ADD COLUMN note text DEFAULT 'x', ADD CONSTRAINT peak_pos CHECK (peak >= 0);
INSERT INTO measurement VALUES (1, '2023-01-01', 5), (7, '2024-03-05', 1);
CREATE TABLE hashed (id int, v text) PARTITION BY HASH (id, v);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (modulus 2, remainder 1) TABLESPACE pg_default;
-- ERROR 42P17: functions in partition key expression must be marked IMMUTABLE
CREATE TABLE ev (id bigint, tenant uuid, at timestamptz NOT NULL) PARTITION BY RANGE (date_trunc('day', at), tenant);
CREATE TABLE ev2 (id bigint, tenant uuid, at timestamptz NOT NULL) PARTITION BY RANGE ((at AT TIME ZONE 'UTC'), tenant);
CREATE TABLE ev2_a PARTITION OF ev2 FOR VALUES FROM ('2024-01-01', MINVALUE) TO ('2024-02-01', MAXVALUE);
CREATE OR REPLACE FUNCTION make_partition(parent regclass, day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', parent::text || '_' || to_char(day, 'YYYYMMDD'), parent, day, day + 1);
END $$;
CREATE TABLE inh_parent (a int NOT NULL, b text DEFAULT 'p');
CREATE TABLE inh_child (c int, CHECK (a > 0)) INHERITS (inh_parent);
ALTER TABLE inh_child NO INHERIT inh_parent;
ALTER TABLE inh_child INHERIT inh_parent;
SELECT tableoid::regclass, * FROM ONLY inh_parent;
DROP TABLE inh_parent CASCADE;

-- Types.
CREATE DOMAIN email AS text COLLATE "C" DEFAULT 'a@b' CONSTRAINT has_at CHECK (value ~ '@') NOT NULL;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN positives AS positive[] CHECK (cardinality(VALUE) > 0);
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;
ALTER DOMAIN positive VALIDATE CONSTRAINT small;
ALTER DOMAIN positive RENAME CONSTRAINT small TO little;
-- ERROR 42601: syntax error at or near ","
ALTER DOMAIN positive DROP CONSTRAINT IF EXISTS little, SET DEFAULT 5;
ALTER DOMAIN positive DROP CONSTRAINT IF EXISTS little;
ALTER DOMAIN positive SET DEFAULT 5;
CREATE TYPE address AS (street text, zip varchar(10) COLLATE "C", geo point);
CREATE TYPE nested AS (a address, many address[], n positive);
CREATE TABLE person (id int PRIMARY KEY, addr address, mail email DEFAULT 'x@y', ns positives, full_address nested);
INSERT INTO person VALUES (1, ROW ('s', 'z', point(1, 2)), DEFAULT, '{1,2}', NULL), (2, ('a', 'b', '(1,1)'), 'q@q', ARRAY[1]::positive[], ROW (NULL, '{}', 3));
-- ERROR 42601: multiple assignments to same column "addr"
UPDATE person SET addr.street = 'new', full_address.a.zip = '1', addr = ROW ((addr).street, '2', NULL) WHERE false;
UPDATE person SET addr.street = 'new', full_address.a.zip = '1';
SELECT (addr).street, (full_address).a.zip, ((full_address).many)[1].street, mail || 'x', ns[1] + 1, (addr).* FROM person;
ALTER TYPE address ADD ATTRIBUTE country text CASCADE;
ALTER TYPE address RENAME ATTRIBUTE country TO land;
-- ERROR 0A000: cannot alter type "address" because column "person.full_address" uses it
ALTER TYPE address ALTER ATTRIBUTE land TYPE varchar(2);
ALTER TYPE address ADD ATTRIBUTE land2 text, DROP ATTRIBUTE IF EXISTS geo2;
CREATE TYPE level AS ENUM ();
ALTER TYPE level ADD VALUE 'mid';
ALTER TYPE level ADD VALUE IF NOT EXISTS 'low' BEFORE 'mid';
ALTER TYPE level ADD VALUE 'high' AFTER 'mid';
ALTER TYPE level RENAME VALUE 'mid' TO 'middle';
SELECT enum_range(NULL::level), 'low'::level < 'high', enum_first('high'::level);
CREATE TABLE typed OF address (PRIMARY KEY (street), zip WITH OPTIONS DEFAULT '0');
CREATE TYPE floatrange AS RANGE (subtype = float8, subtype_diff = float8mi, multirange_type_name = floatmulti);
SELECT floatrange(1.5, 2) && '[1,3]', floatmulti(floatrange(1, 2)), '{}'::floatmulti;
CREATE TABLE booking (room int, during tsrange, cancelled boolean DEFAULT false, EXCLUDE USING gist (during WITH &&) WHERE (NOT cancelled));
CREATE EXTENSION btree_gist;
ALTER TABLE booking ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&) DEFERRABLE INITIALLY DEFERRED;
CREATE TYPE shell;
CREATE TYPE int_pair;
DROP TYPE shell, int_pair;

-- Operators, casts, collations.
CREATE FUNCTION addr_eq(address, address) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT ($1).street = ($2).street $$;
CREATE OPERATOR === (LEFTARG = address, RIGHTARG = address, FUNCTION = addr_eq, COMMUTATOR = ===, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
SELECT addr === addr, addr OPERATOR(public.===) addr FROM person;
CREATE FUNCTION to_address(text) RETURNS address LANGUAGE sql IMMUTABLE AS $$ SELECT ROW ($1, NULL, NULL, NULL, NULL)::address $$;
CREATE CAST (text AS address) WITH FUNCTION to_address(text) AS ASSIGNMENT;
SELECT 'x'::text::address, CAST('y'::text AS address);
CREATE CAST (varchar AS level) WITH INOUT AS IMPLICIT;
-- ERROR 42883: operator does not exist: character varying = level
SELECT 'low'::varchar = 'low'::level, 'low'::varchar::level;
CREATE COLLATION german (provider = icu, locale = 'de-u-co-phonebk', deterministic = false);
CREATE COLLATION IF NOT EXISTS ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
-- ERROR 42601: multiple COLLATE clauses not allowed
CREATE TABLE words (w text COLLATE german, v varchar(20) COLLATE "en_US.utf8" DEFAULT 'x' COLLATE "C");
CREATE TABLE words (w text COLLATE german, v varchar(20) COLLATE "C");
SELECT w FROM words WHERE w = 'x' ORDER BY w COLLATE "und-x-icu", v COLLATE pg_catalog."default";
ALTER TABLE words ALTER w TYPE text COLLATE ci;
ALTER COLLATION ci REFRESH VERSION;
CREATE FUNCTION cmp_len(text, text) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT length($1) - length($2) $$;
CREATE FUNCTION len_lt(text, text) RETURNS bool LANGUAGE sql IMMUTABLE AS $$ SELECT length($1) < length($2) $$;
CREATE OPERATOR <# (PROCEDURE = len_lt, LEFTARG = text, RIGHTARG = text);
CREATE OPERATOR CLASS len_ops FOR TYPE text USING btree AS OPERATOR 1 <#, FUNCTION 1 cmp_len(text, text);
CREATE INDEX ON words (v len_ops);
CREATE INDEX ON words (w len_ops);
DROP INDEX words_v_idx, words_w_idx;
CREATE OPERATOR FAMILY fam USING btree;
ALTER OPERATOR FAMILY fam USING btree RENAME TO fam2;
ALTER OPERATOR CLASS len_ops USING btree OWNER TO CURRENT_USER;

-- Text search.
CREATE TEXT SEARCH CONFIGURATION public.mine (COPY = pg_catalog.english);
CREATE EXTENSION unaccent;
ALTER TEXT SEARCH CONFIGURATION mine ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH DICTIONARY my_simple (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
-- ERROR 23505: duplicate key value violates unique constraint "pg_ts_config_map_index"
ALTER TEXT SEARCH CONFIGURATION mine ADD MAPPING FOR email WITH my_simple;
ALTER TEXT SEARCH CONFIGURATION mine ALTER MAPPING REPLACE english_stem WITH my_simple;
ALTER TEXT SEARCH CONFIGURATION mine DROP MAPPING IF EXISTS FOR url, email;
ALTER TEXT SEARCH DICTIONARY my_simple (StopWords);
SELECT to_tsvector('mine', 'Hôtel'), to_tsvector('public.mine'::regconfig, 'x');
CREATE FUNCTION f_unaccent(text) RETURNS text AS $$ SELECT public.unaccent('public.unaccent', $1) $$ LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT;
CREATE EXTENSION pg_trgm;
CREATE INDEX words_trgm ON words USING gin (f_unaccent(lower(v)) gin_trgm_ops);
CREATE INDEX words_gist ON words USING gist (v gist_trgm_ops (siglen = 32));
SELECT v, similarity(v, 'x'), v <-> 'y' FROM words WHERE v % 'x' AND v %> 'x' ORDER BY v <-> 'x' LIMIT 1;
CREATE TRIGGER tsv BEFORE INSERT ON words FOR EACH ROW EXECUTE FUNCTION tsvector_update_trigger(tsv, 'pg_catalog.english', w, v);

-- Foreign data, publications, languages, rules.
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE passwd (username text, pass text OPTIONS (force_null 'true'), uid int4 CHECK (uid >= 0) NOT NULL) SERVER files OPTIONS (filename '/etc/passwd', format 'csv', delimiter ':');
-- ERROR HV00P: foreign-data wrapper "file_fdw" does not support IMPORT FOREIGN SCHEMA
IMPORT FOREIGN SCHEMA remote_schema LIMIT TO (a, b) FROM SERVER files INTO public;
-- ERROR 42P17: partition "part_remote" would overlap partition "hashed_1"
CREATE FOREIGN TABLE part_remote PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 3) SERVER files OPTIONS (filename '/dev/null');
CREATE PUBLICATION pub FOR TABLE person (id, mail), ONLY words WHERE (v <> 'x') WITH (publish = 'insert');
CREATE PUBLICATION pub_all FOR ALL TABLES WITH (publish_via_partition_root);
CREATE PUBLICATION pub_schema FOR TABLES IN SCHEMA public, CURRENT_SCHEMA;
ALTER PUBLICATION pub SET TABLE person;
ALTER PUBLICATION pub ADD TABLES IN SCHEMA public;
ALTER PUBLICATION pub DROP TABLE person;
CREATE OR REPLACE TRUSTED PROCEDURAL LANGUAGE plpgsql;
CREATE RULE no_delete AS ON DELETE TO person DO INSTEAD NOTHING;
-- ERROR 42P17: rules with WHERE conditions can only have SELECT, INSERT, UPDATE, or DELETE actions
CREATE RULE log_words AS ON INSERT TO words WHERE new.v IS NOT NULL DO ALSO (INSERT INTO person (id) VALUES (1); NOTIFY words);
CREATE VIEW word_view AS SELECT v FROM words WHERE v IS NOT NULL WITH CASCADED CHECK OPTION;
CREATE OR REPLACE RULE word_ins AS ON INSERT TO word_view DO INSTEAD INSERT INTO words (v) VALUES (new.v) RETURNING words.v;
CREATE RECURSIVE VIEW nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 5;
CREATE TEMP VIEW tv AS SELECT 1 AS a;
CREATE OR REPLACE VIEW word_view (v, l) WITH (security_barrier) AS SELECT v, length(v) FROM words;
ALTER VIEW word_view RENAME COLUMN l TO len;
COMMENT ON CAST (text AS address) IS 'x';
COMMENT ON OPERATOR === (address, address) IS 'x';
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'x';
COMMENT ON TEXT SEARCH CONFIGURATION mine IS 'x';
COMMENT ON RULE no_delete ON person IS 'x';
COMMENT ON TYPE level IS 'x';
COMMENT ON FUNCTION f_unaccent(text) IS 'x';
COMMENT ON INDEX words_trgm IS 'x';
COMMENT ON EXTENSION pg_trgm IS 'x';
-- ERROR 42704: large object 1 does not exist
COMMENT ON LARGE OBJECT 1 IS 'x';
COMMENT ON ACCESS METHOD heap IS 'x';
-- ERROR 22023: no security label providers have been loaded
SECURITY LABEL ON TABLE person IS NULL;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE with_am (a int) USING heap2;
-- ERROR 42P16: ON COMMIT can only be used on temporary tables
CREATE UNLOGGED TABLE fast (a int) WITH (autovacuum_enabled = false) ON COMMIT PRESERVE ROWS;
CREATE UNLOGGED TABLE fast (a int, b int GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 5 NO CYCLE CACHE 2 SEQUENCE NAME fast_seq)) WITH (autovacuum_enabled = false);
-- ERROR 55000: column "a" of relation "fast" must be declared NOT NULL before identity can be added
ALTER TABLE fast ALTER b SET GENERATED ALWAYS SET INCREMENT BY 2 RESTART WITH 100, ALTER a ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE fast ALTER a SET NOT NULL, ALTER a ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE fast ALTER b DROP IDENTITY IF EXISTS, ALTER b DROP IDENTITY IF EXISTS;
CREATE SEQUENCE IF NOT EXISTS odd AS smallint INCREMENT -2 MINVALUE -100 MAXVALUE 100 START 99 CYCLE OWNED BY NONE;
-- ERROR 22023: START value (99) cannot be greater than MAXVALUE (-1)
ALTER SEQUENCE odd RESTART WITH 5 NO MAXVALUE CACHE 5 OWNED BY person.id;
SELECT nextval('odd'), currval('public.odd'::regclass), lastval(), last_value, is_called FROM odd;

-- Partitions that are made by a function.
DO $$ BEGIN
    FOR i IN 0..3 LOOP
        EXECUTE format('CREATE TABLE logs_%s (id int, at timestamptz CHECK (at IS NOT NULL))', i);
    END LOOP;
END $$;
SELECT make_partition('measurement', d::date) FROM generate_series(date '2024-05-01', '2024-05-03', '1 day') d;
SELECT * FROM measurement_20240502;
DROP TABLE measurement_20240501;
