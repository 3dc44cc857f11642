-- Which objects are asked for, and how the data names types. The setting `sync.extension` names
-- the extension; when it is empty, what a fresh cluster has is asked for.

-- The objects. Oids below 16384 are those that initdb gave. What belongs to plpgsql is there from
-- the start too, and counts as the server's.
CREATE TEMP TABLE asked AS
WITH everything(class, object) AS (
    SELECT 'pg_proc'::regclass, oid FROM pg_proc
    UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
    UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type
    UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
    UNION ALL SELECT 'pg_class'::regclass, oid FROM pg_class
    UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
    UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
    UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
    UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
    UNION ALL SELECT 'pg_authid'::regclass, oid FROM pg_roles
    UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_namespace
    UNION ALL SELECT 'pg_tablespace'::regclass, oid FROM pg_tablespace
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
)
SELECT class, object
FROM everything
WHERE current_setting('sync.extension') = '' AND object < 16384
UNION ALL
SELECT d.classid, d.objid
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e' AND e.extname = current_setting('sync.extension');

-- A type is an extension's by itself, or as the array, multirange or row type of something that is.
CREATE TEMP TABLE type_extension AS
WITH RECURSIVE owned(class, object, extension) AS (
    SELECT d.classid, d.objid, e.extname
    FROM pg_depend d
    JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
    WHERE d.deptype = 'e'
    UNION
    SELECT d.classid, d.objid, owned.extension
    FROM pg_depend d
    JOIN owned ON d.refclassid = owned.class AND d.refobjid = owned.object
    WHERE d.deptype = 'i' AND d.classid = 'pg_type'::regclass
)
SELECT object AS oid, extension FROM owned WHERE class = 'pg_type'::regclass;

INSERT INTO asked
SELECT 'pg_type'::regclass, oid FROM type_extension
WHERE extension = current_setting('sync.extension')
EXCEPT SELECT * FROM asked;

-- The key of an object that lies in a schema.
CREATE FUNCTION pg_temp.key(schema oid, name name) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN schema = 'information_schema'::regnamespace
               THEN 'information_schema.' || name ELSE name::text END
$$;

CREATE TEMP TABLE type_name AS
SELECT t.oid,
       CASE WHEN x.extension = current_setting('sync.extension') THEN '+' || t.typname
            WHEN x.extension IS NOT NULL THEN x.extension || '+' || t.typname
            ELSE pg_temp.key(t.typnamespace, t.typname)
       END AS name
FROM pg_type t
LEFT JOIN type_extension x ON x.oid = t.oid;
CREATE UNIQUE INDEX ON type_name (oid);
ANALYZE type_name;
