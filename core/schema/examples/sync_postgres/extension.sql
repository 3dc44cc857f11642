-- The fields of an extension's own line: version, versions, what it requires, fixed schema, traits.
SELECT concat_ws(E'\t', v.version,
           coalesce((SELECT string_agg(o.version, ',' ORDER BY o.version COLLATE "C")
                     FROM pg_available_extension_versions o WHERE o.name = v.name), ''),
           coalesce(array_to_string(v.requires, ','), ''),
           coalesce(v.schema, ''),
           concat(CASE WHEN v.relocatable THEN 'r' END, CASE WHEN v.trusted THEN 't' END,
                  CASE WHEN NOT $2::boolean THEN 'a' END))
FROM pg_available_extension_versions v
WHERE v.name = $1::text AND v.installed
