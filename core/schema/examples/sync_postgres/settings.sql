-- Whether a setting takes a value, in this session.
CREATE FUNCTION pg_temp.takes(name text, value text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config(name, value, true);
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END
$$;

-- The words that a setting with a choice of words may be set to: those that it lists, and
-- those of others that it takes all the same.
CREATE TEMP TABLE words AS
WITH choice AS (
    SELECT name, context, unnest(enumvals) AS word FROM pg_settings WHERE vartype = 'enum'
), candidate AS (
    SELECT word FROM choice
    UNION SELECT unnest(ARRAY['on', 'off', 'true', 'false', 'yes', 'no', '1', '0', 'debug'])
)
SELECT name, word FROM choice
UNION
SELECT choice.name, candidate.word
FROM (SELECT DISTINCT name FROM choice WHERE context IN ('user', 'superuser')) choice, candidate
WHERE pg_temp.takes(choice.name, candidate.word)
UNION
-- What a server takes when it was built with the library for it.
SELECT s.name, library.word
FROM (VALUES ('default_toast_compression', 'lz4'), ('wal_compression', 'lz4'),
             ('wal_compression', 'zstd'), ('io_method', 'io_uring')) AS library(name, word)
JOIN pg_settings s USING (name);

-- Settings that pg_settings leaves out, and names from before that are still understood.
CREATE TEMP TABLE unlisted AS
SELECT * FROM (VALUES
    ('default_with_oids', 'bool', 'user', NULL, NULL, NULL),
    ('is_superuser', 'bool', 'internal', NULL, NULL, NULL),
    ('role', 'string', 'user', NULL, NULL, NULL),
    ('seed', 'real', 'user', '-1', '1', NULL),
    ('session_authorization', 'string', 'user', NULL, NULL, NULL),
    ('ssl_renegotiation_limit', 'integer', 'user', '0', '0', NULL),
    ('sort_mem', NULL, NULL, NULL, NULL, 'work_mem'),
    ('vacuum_mem', NULL, NULL, NULL, NULL, 'maintenance_work_mem'),
    ('force_parallel_mode', NULL, NULL, NULL, NULL, 'debug_parallel_query'),
    ('ssl_ecdh_curve', NULL, NULL, NULL, NULL, 'ssl_groups')
) AS u(name, vartype, context, min_val, max_val, now)
WHERE current_setting(u.name, true) IS NOT NULL
  AND NOT EXISTS (SELECT FROM pg_settings s WHERE s.name = u.name);
