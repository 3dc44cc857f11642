-- What a database holds, a row an object: its kind, its name, and its properties as JSON.
-- Left out are what the server brought, and what an extension brought.
--
-- Names are qualified, as the search path is empty; numbers of objects do not appear.
WITH
own_schema AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
),
of_extension AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
relation AS (
    SELECT c.* FROM pg_class c
    JOIN own_schema s ON s.oid = c.relnamespace
    WHERE (
        'pg_class'::regclass, CASE c.relkind
            WHEN 'i' THEN (SELECT indrelid FROM pg_index WHERE indexrelid = c.oid)
            WHEN 'I' THEN (SELECT indrelid FROM pg_index WHERE indexrelid = c.oid)
            ELSE c.oid
        END
    ) NOT IN (SELECT classid, objid FROM of_extension)
),
own_type AS (
    SELECT t.* FROM pg_type t
    JOIN own_schema s ON s.oid = t.typnamespace
    WHERE ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM of_extension)
),
routine AS (
    SELECT p.* FROM pg_proc p
    JOIN own_schema s ON s.oid = p.pronamespace
    WHERE ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM of_extension)
    -- A range type brings its constructors.
    AND NOT EXISTS (
        SELECT FROM pg_depend
        WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'i'
    )
),
fact (kind, name, properties) AS (
    SELECT 'schema', nspname::text, jsonb_build_object(
        'owner', pg_get_userbyid(nspowner),
        'grants', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(nspacl) a),
        'comment', obj_description(oid, 'pg_namespace')
    )
    FROM own_schema
UNION ALL
    SELECT 'extension', extname::text, jsonb_build_object(
        'schema', extnamespace::regnamespace,
        'version', extversion
    )
    FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
    SELECT
        CASE typtype
            WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'base type'
        END,
        t.oid::regtype::text,
        jsonb_build_object(
            'labels', (
                SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum
                WHERE enumtypid = t.oid
            ),
            'type', format_type(nullif(typbasetype, 0), typtypmod),
            'not null', typnotnull,
            'default', typdefault,
            'collation', CASE WHEN typtype = 'd' THEN nullif(typcollation, 0)::regcollation END,
            'subtype', rngsubtype::regtype,
            'multirange', rngmultitypid::regtype,
            'subtype collation', nullif(rngcollation, 0)::regcollation,
            'subtype order', (
                SELECT opcnamespace::regnamespace || '.' || opcname FROM pg_opclass
                WHERE oid = rngsubopc
            ),
            'canonical', nullif(rngcanonical, 0)::regproc,
            'difference', nullif(rngsubdiff, 0)::regproc,
            'input', CASE WHEN typtype = 'b' THEN typinput::regproc END,
            'length', CASE WHEN typtype = 'b' THEN typlen END,
            'defined', typisdefined,
            'owner', pg_get_userbyid(typowner),
            'grants', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(typacl) a),
            'comment', obj_description(t.oid, 'pg_type')
        )
    FROM own_type t
    LEFT JOIN pg_range ON rngtypid = t.oid
    -- Neither the rows of a relation, nor arrays, nor multiranges.
    WHERE typtype IN ('e', 'd', 'r', 'p')
    OR typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
UNION ALL
    SELECT
        CASE relkind
            WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'f' THEN 'foreign table'
            WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'composite type'
        END,
        c.oid::regclass::text,
        jsonb_build_object(
            'persistence', relpersistence,
            'partition key', CASE WHEN relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
            'partition bound', pg_get_expr(relpartbound, c.oid),
            'parents', (
                SELECT array_agg(inhparent::regclass ORDER BY inhseqno) FROM pg_inherits
                WHERE inhrelid = c.oid
            ),
            'of type', nullif(reloftype, 0)::regtype,
            'options', (SELECT array_agg(o ORDER BY o) FROM unnest(reloptions) o),
            'access method', (SELECT amname FROM pg_am WHERE oid = relam),
            'row security', relrowsecurity,
            'forced row security', relforcerowsecurity,
            'replica identity', relreplident,
            'populated', relispopulated,
            'query', CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
            'server', (
                SELECT srvname FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver
                WHERE ftrelid = c.oid
            ),
            'foreign options', (SELECT ftoptions FROM pg_foreign_table WHERE ftrelid = c.oid),
            'owner', pg_get_userbyid(relowner),
            'grants', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(relacl) a),
            'comment', obj_description(c.oid, 'pg_class'),
            'type comment', obj_description(reltype, 'pg_type')
        )
    FROM relation c WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
UNION ALL
    SELECT 'column', c.oid::regclass || '.' || quote_ident(attname), jsonb_build_object(
        'position', row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
        'type', format_type(atttypid, atttypmod),
        'not null', attnotnull,
        'default', pg_get_expr(adbin, adrelid),
        'identity', attidentity,
        'generated', attgenerated,
        'storage', attstorage,
        'compression', attcompression,
        'collation', CASE WHEN attcollation <> typcollation THEN attcollation::regcollation END,
        'statistics', coalesce(attstattarget, -1),
        'options', (SELECT array_agg(o ORDER BY o) FROM unnest(attoptions) o),
        'foreign options', attfdwoptions,
        'local', attislocal,
        'inherited', attinhcount,
        'grants', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(attacl) a),
        'comment', col_description(c.oid, attnum)
    )
    FROM relation c
    JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    JOIN pg_type t ON t.oid = atttypid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
UNION ALL
    SELECT
        'constraint',
        CASE WHEN contypid <> 0 THEN contypid::regtype::text ELSE conrelid::regclass::text END
            || ' ' || quote_ident(conname),
        jsonb_build_object(
            'definition', pg_get_constraintdef(k.oid),
            'validated', convalidated,
            'deferrable', condeferrable,
            'deferred', condeferred,
            'local', conislocal,
            'inherited', coninhcount,
            'not inherited', connoinherit,
            'of a parent', conparentid <> 0,
            'index', nullif(conindid, 0)::regclass,
            'comment', obj_description(k.oid, 'pg_constraint')
        )
    FROM pg_constraint k
    -- NOT NULL is a property of its column.
    WHERE contype <> 'n'
    AND (conrelid IN (SELECT oid FROM relation) OR contypid IN (SELECT oid FROM own_type))
UNION ALL
    SELECT 'index', c.oid::regclass::text, jsonb_build_object(
        'table', indrelid::regclass,
        'definition', pg_get_indexdef(c.oid),
        'valid', indisvalid,
        'unique', indisunique,
        'primary', indisprimary,
        'immediate', indimmediate,
        'clustered', indisclustered,
        'replica identity', indisreplident,
        'parent', (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = c.oid),
        'tablespace', reltablespace,
        'comment', obj_description(c.oid, 'pg_class')
    )
    FROM relation c JOIN pg_index ON indexrelid = c.oid
UNION ALL
    SELECT 'sequence', c.oid::regclass::text, jsonb_build_object(
        'type', seqtypid::regtype,
        'start', seqstart,
        'increment', seqincrement,
        'min', seqmin,
        'max', seqmax,
        'cache', seqcache,
        'cycle', seqcycle,
        'persistence', relpersistence,
        'owned by', (
            SELECT refobjid::regclass || '.' || attname || ' ' || deptype::text FROM pg_depend
            JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
            WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i')
            AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
        ),
        'owner', pg_get_userbyid(relowner),
        'grants', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(relacl) a),
        'comment', obj_description(c.oid, 'pg_class')
    )
    FROM relation c JOIN pg_sequence ON seqrelid = c.oid
UNION ALL
    SELECT 'trigger', c.oid::regclass || ' ' || quote_ident(tgname), jsonb_build_object(
        'definition', pg_get_triggerdef(g.oid),
        'enabled', tgenabled,
        'of a parent', tgparentid <> 0,
        'comment', obj_description(g.oid, 'pg_trigger')
    )
    FROM relation c JOIN pg_trigger g ON tgrelid = c.oid AND NOT tgisinternal
UNION ALL
    SELECT 'rule', c.oid::regclass || ' ' || quote_ident(rulename), jsonb_build_object(
        'definition', pg_get_ruledef(r.oid),
        'enabled', ev_enabled,
        'comment', obj_description(r.oid, 'pg_rewrite')
    )
    FROM relation c JOIN pg_rewrite r ON ev_class = c.oid AND rulename <> '_RETURN'
UNION ALL
    SELECT 'policy', c.oid::regclass || ' ' || quote_ident(polname), jsonb_build_object(
        'command', polcmd,
        'permissive', polpermissive,
        'roles', (
            SELECT array_agg(CASE role WHEN 0 THEN 'public' ELSE pg_get_userbyid(role) END)
            FROM unnest(polroles) role
        ),
        'using', pg_get_expr(polqual, polrelid),
        'check', pg_get_expr(polwithcheck, polrelid),
        'comment', obj_description(p.oid, 'pg_policy')
    )
    FROM relation c JOIN pg_policy p ON polrelid = c.oid
UNION ALL
    SELECT
        CASE prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END,
        p.oid::regprocedure::text,
        jsonb_build_object(
            'kind', prokind,
            'arguments', pg_get_function_arguments(p.oid),
            'result', pg_get_function_result(p.oid),
            'language', (SELECT lanname FROM pg_language l WHERE l.oid = prolang),
            'volatility', provolatile,
            'strict', proisstrict,
            'security definer', prosecdef,
            'leakproof', proleakproof,
            'parallel', proparallel,
            'cost', procost,
            'rows', prorows,
            'settings', proconfig,
            'body', md5(prosrc),
            'library', probin,
            'sql body', pg_get_function_sqlbody(p.oid),
            'support', nullif(prosupport, 0)::regproc,
            'owner', pg_get_userbyid(proowner),
            'grants', (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(proacl) a),
            'comment', obj_description(p.oid, 'pg_proc')
        )
    FROM routine p
UNION ALL
    SELECT 'aggregate form', p.oid::regprocedure::text, jsonb_build_object(
        'kind', aggkind,
        'direct arguments', aggnumdirectargs,
        'transition', aggtransfn::regprocedure,
        'final', aggfinalfn::regproc,
        'combine', aggcombinefn::regproc,
        'state', aggtranstype::regtype,
        'initial', agginitval,
        'sort', nullif(aggsortop, 0)::regoperator
    )
    FROM routine p JOIN pg_aggregate ON aggfnoid = p.oid
UNION ALL
    SELECT 'statistics', quote_ident(nspname) || '.' || quote_ident(stxname), jsonb_build_object(
        'definition', pg_get_statisticsobjdef(x.oid),
        'target', coalesce(stxstattarget, -1),
        'comment', obj_description(x.oid, 'pg_statistic_ext')
    )
    FROM pg_statistic_ext x JOIN own_schema s ON s.oid = stxnamespace
UNION ALL
    SELECT 'operator', o.oid::regoperator::text, jsonb_build_object(
        'function', oprcode::regprocedure,
        'result', oprresult::regtype,
        'commutator', nullif(oprcom, 0)::regoperator,
        'negator', nullif(oprnegate, 0)::regoperator,
        'merges', oprcanmerge,
        'hashes', oprcanhash
    )
    FROM pg_operator o JOIN own_schema s ON s.oid = oprnamespace
    WHERE ('pg_operator'::regclass, o.oid) NOT IN (SELECT classid, objid FROM of_extension)
UNION ALL
    SELECT 'cast', castsource::regtype || ' AS ' || casttarget::regtype, jsonb_build_object(
        'function', nullif(castfunc, 0)::regprocedure,
        'context', castcontext,
        'method', castmethod
    )
    FROM pg_cast c
    WHERE c.oid >= 16384
    AND ('pg_cast'::regclass, c.oid) NOT IN (SELECT classid, objid FROM of_extension)
    -- A range type brings one to its multirange type.
    AND NOT EXISTS (SELECT FROM pg_range WHERE rngtypid = castsource AND rngmultitypid = casttarget)
UNION ALL
    SELECT 'collation', c.oid::regcollation::text, jsonb_build_object(
        'provider', collprovider,
        'deterministic', collisdeterministic
    )
    FROM pg_collation c JOIN own_schema s ON s.oid = collnamespace
UNION ALL
    SELECT 'operator class', quote_ident(nspname) || '.' || opcname, jsonb_build_object(
        'type', opcintype::regtype,
        'default', opcdefault
    )
    FROM pg_opclass o JOIN own_schema s ON s.oid = opcnamespace
    WHERE ('pg_opclass'::regclass, o.oid) NOT IN (SELECT classid, objid FROM of_extension)
UNION ALL
    SELECT 'text search configuration', c.oid::regconfig::text, jsonb_build_object(
        'mapping', (
            SELECT jsonb_agg(
                jsonb_build_array(maptokentype, mapseqno, mapdict::regdictionary)
                ORDER BY maptokentype, mapseqno
            )
            FROM pg_ts_config_map WHERE mapcfg = c.oid
        )
    )
    FROM pg_ts_config c JOIN own_schema s ON s.oid = cfgnamespace
    WHERE ('pg_ts_config'::regclass, c.oid) NOT IN (SELECT classid, objid FROM of_extension)
UNION ALL
    SELECT 'text search dictionary', d.oid::regdictionary::text, jsonb_build_object(
        'options', dictinitoption
    )
    FROM pg_ts_dict d JOIN own_schema s ON s.oid = dictnamespace
    WHERE ('pg_ts_dict'::regclass, d.oid) NOT IN (SELECT classid, objid FROM of_extension)
UNION ALL
    SELECT 'publication', pubname::text, jsonb_build_object(
        'all tables', puballtables,
        'tables', (
            SELECT array_agg(schemaname || '.' || tablename ORDER BY 1) FROM pg_publication_tables t
            WHERE t.pubname = p.pubname
        )
    )
    FROM pg_publication p
UNION ALL
    SELECT 'event trigger', evtname::text, jsonb_build_object(
        'event', evtevent,
        'function', evtfoid::regproc,
        'enabled', evtenabled
    )
    FROM pg_event_trigger
)
SELECT kind, name, jsonb_strip_nulls(properties)::text FROM fact ORDER BY kind, name
