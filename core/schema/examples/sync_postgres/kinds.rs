//! One query for each kind of object: the key, then the fields of the data's lines.
//!
//! `data/README.md` says what the fields mean.

/// A kind of object, by the letter of its lines.
pub(crate) struct Kind {
    pub(crate) letter: char,
    pub(crate) query: &'static str,
}

/// All kinds that servers and extensions have.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        letter: 'a',
        query: "SELECT a.amname, a.amtype,
                   concat_ws('',
                       CASE WHEN pg_indexam_has_property(a.oid, 'can_order') THEN 'o' END,
                       CASE WHEN pg_indexam_has_property(a.oid, 'can_unique') THEN 'u' END,
                       CASE WHEN pg_indexam_has_property(a.oid, 'can_multi_col') THEN 'm' END,
                       CASE WHEN pg_indexam_has_property(a.oid, 'can_exclude') THEN 'x' END,
                       CASE WHEN pg_indexam_has_property(a.oid, 'can_include') THEN 'i' END)
                FROM pg_am a JOIN asked ON class = 'pg_am'::regclass AND object = a.oid",
    },
    Kind {
        letter: 'b',
        query: "SELECT t.spcname
                FROM pg_tablespace t
                JOIN asked ON class = 'pg_tablespace'::regclass AND object = t.oid",
    },
    Kind {
        letter: 'c',
        query: "SELECT source.name, target.name, c.castcontext, c.castmethod, p.provolatile
                FROM pg_cast c JOIN asked ON class = 'pg_cast'::regclass AND object = c.oid
                JOIN type_name source ON source.oid = c.castsource
                JOIN type_name target ON target.oid = c.casttarget
                LEFT JOIN pg_proc p ON p.oid = c.castfunc",
    },
    // In front of a type: the argument's mode, where it is not IN, and its name.
    // Behind it: `=` where there is a default. Defaults are the last ones of the input arguments.
    Kind {
        letter: 'f',
        query: "SELECT pg_temp.key(p.pronamespace, p.proname),
                   coalesce(a.aggkind::text || nullif(a.aggnumdirectargs, 0), a.aggkind::text,
                            p.prokind::text),
                   p.provolatile,
                   CASE WHEN p.proisstrict THEN 's' END,
                   (SELECT string_agg(concat(i.mode, i.name || ':', t.name, i.has_default), ','
                                      ORDER BY i.position)
                    FROM (SELECT x.position, x.type,
                              CASE x.mode WHEN 'o' THEN '>' WHEN 't' THEN '>' WHEN 'b' THEN '&'
                                          WHEN 'v' THEN '^' END AS mode,
                              nullif(x.name, '') AS name,
                              CASE WHEN coalesce(x.mode, 'i') NOT IN ('o', 't')
                                        AND p.pronargs - p.pronargdefaults
                                            < count(*) FILTER (
                                                  WHERE coalesce(x.mode, 'i') NOT IN ('o', 't'))
                                              OVER (ORDER BY x.position)
                                   THEN '=' END AS has_default
                          FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]),
                                      p.proargmodes, p.proargnames)
                               WITH ORDINALITY AS x(type, mode, name, position)) i
                    JOIN type_name t ON t.oid = i.type),
                   CASE WHEN p.proretset THEN '*' ELSE '' END
                       || CASE WHEN p.prokind = 'p' THEN '' ELSE result.name END
                FROM pg_proc p JOIN asked ON class = 'pg_proc'::regclass AND object = p.oid
                LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
                JOIN type_name result ON result.oid = p.prorettype",
    },
    // Members: strategy, operator, operand types; `^` where the operator orders and does not search.
    Kind {
        letter: 'i',
        query: "SELECT a.amname || '/' || f.opfname,
                   (SELECT string_agg(concat_ws(':', m.amopstrategy, o.oprname, l.name, r.name)
                                          || CASE m.amoppurpose WHEN 'o' THEN '^' ELSE '' END, ' '
                                      ORDER BY l.name COLLATE \"C\", r.name COLLATE \"C\", m.amopstrategy,
                                               o.oprname COLLATE \"C\")
                    FROM pg_amop m
                    JOIN pg_operator o ON o.oid = m.amopopr
                    JOIN type_name l ON l.oid = m.amoplefttype
                    JOIN type_name r ON r.oid = m.amoprighttype
                    WHERE m.amopfamily = f.oid)
                FROM pg_opfamily f
                JOIN asked ON class = 'pg_opfamily'::regclass AND object = f.oid
                JOIN pg_am a ON a.oid = f.opfmethod",
    },
    Kind {
        letter: 'k',
        query: "SELECT a.amname || '/' || k.opcname, input.name,
                   CASE WHEN k.opcdefault THEN 'd' END, f.opfname
                FROM pg_opclass k
                JOIN asked ON class = 'pg_opclass'::regclass AND object = k.oid
                JOIN pg_am a ON a.oid = k.opcmethod
                JOIN pg_opfamily f ON f.oid = k.opcfamily
                JOIN type_name input ON input.oid = k.opcintype",
    },
    Kind {
        letter: 'l',
        query: "SELECT l.lanname, CASE WHEN l.lanpltrusted THEN 't' END
                FROM pg_language l
                JOIN asked ON class = 'pg_language'::regclass AND object = l.oid",
    },
    // The others are the operating system's and ICU's, and differ between machines.
    Kind {
        letter: 'n',
        query: "SELECT c.collname, CASE WHEN c.collisdeterministic THEN 'd' END
                FROM pg_collation c
                JOIN asked ON class = 'pg_collation'::regclass AND object = c.oid
                WHERE c.oid < 10000 OR c.collname = 'ucs_basic'",
    },
    Kind {
        letter: 'o',
        query: "SELECT o.oprname, l.name, r.name, result.name, p.provolatile,
                   CASE WHEN p.proisstrict THEN 's' END, c.oprname, n.oprname
                FROM pg_operator o
                JOIN asked ON class = 'pg_operator'::regclass AND object = o.oid
                LEFT JOIN type_name l ON l.oid = o.oprleft
                JOIN type_name r ON r.oid = o.oprright
                JOIN type_name result ON result.oid = o.oprresult
                JOIN pg_proc p ON p.oid = o.oprcode
                LEFT JOIN pg_operator c ON c.oid = o.oprcom
                LEFT JOIN pg_operator n ON n.oid = o.oprnegate",
    },
    Kind {
        letter: 'q',
        query: "SELECT 'configuration/' || c.cfgname FROM pg_ts_config c
                JOIN asked ON class = 'pg_ts_config'::regclass AND object = c.oid
                UNION ALL SELECT 'dictionary/' || d.dictname FROM pg_ts_dict d
                JOIN asked ON class = 'pg_ts_dict'::regclass AND object = d.oid
                UNION ALL SELECT 'parser/' || p.prsname FROM pg_ts_parser p
                JOIN asked ON class = 'pg_ts_parser'::regclass AND object = p.oid
                UNION ALL SELECT 'template/' || t.tmplname FROM pg_ts_template t
                JOIN asked ON class = 'pg_ts_template'::regclass AND object = t.oid",
    },
    // Behind a column's type: `!` where it is not null. An index's columns have no use here.
    Kind {
        letter: 'r',
        query: "SELECT pg_temp.key(c.relnamespace, c.relname), c.relkind,
                   (SELECT string_agg(a.attname || ':' || t.name
                                          || CASE WHEN a.attnotnull THEN '!' ELSE '' END, ','
                                      ORDER BY a.attnum)
                    FROM pg_attribute a JOIN type_name t ON t.oid = a.atttypid
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND c.relkind NOT IN ('i', 'S'))
                FROM pg_class c JOIN asked ON class = 'pg_class'::regclass AND object = c.oid
                WHERE c.relnamespace <> 'pg_toast'::regnamespace",
    },
    Kind {
        letter: 's',
        query: "SELECT n.nspname FROM pg_namespace n
                JOIN asked ON class = 'pg_namespace'::regclass AND object = n.oid",
    },
    // Neither row types, which relations have, nor arrays, which types have; but for those that
    // are not like the others.
    Kind {
        letter: 't',
        query: "SELECT pg_temp.key(t.typnamespace, t.typname),
                   concat(t.typtype, t.typcategory, CASE WHEN t.typispreferred THEN '!' END),
                   concat(t.typstorage, CASE WHEN t.typcollation <> 0 THEN '@' END,
                       CASE WHEN t.typarray <> 0 THEN '[' END),
                   CASE t.typtype
                       WHEN 'd' THEN (SELECT name FROM type_name WHERE oid = t.typbasetype)
                       WHEN 'r' THEN (SELECT name FROM type_name n JOIN pg_range r ON r.rngsubtype = n.oid
                                      WHERE r.rngtypid = t.oid)
                       WHEN 'm' THEN (SELECT name FROM type_name n JOIN pg_range r ON r.rngtypid = n.oid
                                      WHERE r.rngmultitypid = t.oid)
                       ELSE (SELECT name FROM type_name WHERE oid = t.typelem)
                   END,
                   (SELECT proname FROM pg_proc WHERE oid = t.typmodin)
                FROM pg_type t
                JOIN asked ON class = 'pg_type'::regclass AND object = t.oid
                LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
                WHERE t.typtype <> 'c' AND (e.oid IS NULL OR t.typname = '_record')
                  AND t.typnamespace <> 'pg_toast'::regnamespace",
    },
    Kind {
        letter: 'u',
        query: "SELECT r.rolname FROM pg_roles r
                JOIN asked ON class = 'pg_authid'::regclass AND object = r.oid
                WHERE r.oid <> 10",
    },
    Kind {
        letter: 'w',
        query: "SELECT w.fdwname FROM pg_foreign_data_wrapper w
                JOIN asked ON class = 'pg_foreign_data_wrapper'::regclass AND object = w.oid",
    },
];

/// The settings, which no extension has a part in; `settings.sql` prepares what this reads.
pub(crate) const SETTINGS: &str = "
    WITH listed AS (
        SELECT s.name, s.vartype, s.context, s.unit,
            -- What nobody can set differs between builds.
            CASE WHEN s.context = 'internal' AND s.vartype IN ('integer', 'real')
                 THEN '0' ELSE s.min_val END AS min_val,
            CASE WHEN s.context = 'internal' AND s.vartype IN ('integer', 'real')
                 THEN '2147483647' ELSE s.max_val END AS max_val,
            (SELECT string_agg(w.word, ',' ORDER BY w.word COLLATE \"C\")
             FROM words w WHERE w.name = s.name) AS words
        FROM pg_settings s
        -- The last one is Debian's own.
        WHERE s.name NOT LIKE '%.%' AND s.name <> 'extension_destdir'
    )
    SELECT lower(name), vartype, context, unit, min_val, max_val, words FROM listed
    UNION ALL
    SELECT u.name, coalesce(u.vartype, l.vartype), coalesce(u.context, l.context), l.unit,
        coalesce(u.min_val, l.min_val), coalesce(u.max_val, l.max_val), l.words
    FROM unlisted u LEFT JOIN listed l ON l.name = u.now";
