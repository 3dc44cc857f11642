-- INSERT: columns, types, ON CONFLICT.

CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, a int, b text, c boolean, d date, j jsonb, n numeric, arr int[], g int GENERATED ALWAYS AS (a + 1) STORED, s serial, u uuid, PRIMARY KEY (id));
CREATE TABLE k (a int, b int, c text, UNIQUE (a, b));

-- ERROR 42P01: relation "missing" does not exist
INSERT INTO missing VALUES (1);
-- ERROR 42P01: relation "no_schema.t" does not exist
INSERT INTO no_schema.t VALUES (1);
-- ERROR 42703: column "missing" of relation "t" does not exist
INSERT INTO t (missing) VALUES (1);
-- ERROR 42701: column "a" specified more than once
INSERT INTO t (a, a) VALUES (1, 2);
-- ERROR 42601: INSERT has more target columns than expressions
INSERT INTO t (a, b) VALUES (1);
-- ERROR 42601: INSERT has more expressions than target columns
INSERT INTO t (a) VALUES (1, 2);
-- ERROR 42601: VALUES lists must all be the same length
INSERT INTO t (a, b) VALUES (1, 'x'), (2);
-- ERROR 42601: INSERT has more expressions than target columns
INSERT INTO k VALUES (1, 2, 'x', 4);
INSERT INTO k VALUES (1);
-- ERROR 42601: INSERT has more target columns than expressions
INSERT INTO k (a, b) SELECT 1;
-- ERROR 42601: INSERT has more expressions than target columns
INSERT INTO k (a) SELECT 1, 2;
INSERT INTO k SELECT 1, 2, 'x' WHERE false;
-- ERROR 42601: INSERT has more expressions than target columns
INSERT INTO k SELECT 1, 2, 'x', 4;
INSERT INTO k DEFAULT VALUES;
INSERT INTO k VALUES (DEFAULT, 1, DEFAULT);
INSERT INTO k (a, c) VALUES (3, 4);
INSERT INTO k (a, c) SELECT 4, 5;
INSERT INTO k (a, c) SELECT 4, 5::text;
-- ERROR 42601: DEFAULT is not allowed in this context
INSERT INTO k (a) SELECT DEFAULT;
INSERT INTO t DEFAULT VALUES;

-- Types.
-- ERROR 22P02: invalid input syntax for type integer: "x"
INSERT INTO t (a) VALUES ('x');
INSERT INTO t (a) VALUES ('7');
-- ERROR 42804: column "a" is of type integer but expression is of type text
INSERT INTO t (a) VALUES ('7'::text);
INSERT INTO t (a) VALUES (7.5);
INSERT INTO t (a) VALUES (7.5), ('8');
-- ERROR 22P02: invalid input syntax for type integer: "x"
INSERT INTO t (a) VALUES ('x'), (8);
-- ERROR 42804: column "a" is of type integer but expression is of type boolean
INSERT INTO t (a) VALUES (true);
-- ERROR 42804: column "a" is of type integer but expression is of type timestamp with time zone
INSERT INTO t (a) VALUES (now());
INSERT INTO t (a) VALUES (NULL);
INSERT INTO t (b) VALUES (1), ('x');
INSERT INTO t (b) VALUES (now());
INSERT INTO t (b) VALUES (true);
INSERT INTO t (b) VALUES ('{}'::jsonb);
INSERT INTO t (b) VALUES (ARRAY[1]);
-- ERROR 42804: column "c" is of type boolean but expression is of type integer
INSERT INTO t (c) VALUES (1);
INSERT INTO t (c) VALUES ('1'), ('yes'), ('off');
-- ERROR 22P02: invalid input syntax for type boolean: "maybe"
INSERT INTO t (c) VALUES ('maybe');
-- ERROR 42804: column "c" is of type boolean but expression is of type text
INSERT INTO t (c) VALUES ('t'::text);
INSERT INTO t (d) VALUES ('2020-01-01'), (now()), (current_date + 1);
-- ERROR 42804: column "d" is of type date but expression is of type text
INSERT INTO t (d) VALUES ('2020-01-01'::text);
-- ERROR 42804: column "d" is of type date but expression is of type integer
INSERT INTO t (d) VALUES (20200101);
-- ERROR 22008: date/time field value out of range: "2020-02-30"
INSERT INTO t (d) VALUES ('2020-02-30');
INSERT INTO t (j) VALUES ('{}'), ('[1]'), ('"x"'), ('null');
-- ERROR 22P02: invalid input syntax for type json
INSERT INTO t (j) VALUES ('x');
-- ERROR 42804: column "j" is of type jsonb but expression is of type text
INSERT INTO t (j) VALUES ('{}'::text);
INSERT INTO t (j) VALUES ('{}'::json);
INSERT INTO t (j) VALUES (jsonb_build_object('a', 1));
INSERT INTO t (n) VALUES (1), (1.5), (1e5), ('NaN');
-- ERROR 22P02: invalid input syntax for type numeric: "1,5"
INSERT INTO t (n) VALUES ('1,5');
INSERT INTO t (arr) VALUES ('{1,2}'), (ARRAY[1, 2]), ('{}'), (ARRAY[]::int[]);
-- ERROR 22P02: malformed array literal: "1,2"
INSERT INTO t (arr) VALUES ('1,2');
-- ERROR 42804: column "arr" is of type integer[] but expression is of type text[]
INSERT INTO t (arr) VALUES (ARRAY['a']);
INSERT INTO t (arr) VALUES (ARRAY[1.5]);
-- ERROR 42804: column "arr" is of type integer[] but expression is of type integer
INSERT INTO t (arr) VALUES (1);
-- ERROR 42P18: cannot determine type of empty array
INSERT INTO t (arr) VALUES (ARRAY[]);
INSERT INTO t (arr[1]) VALUES (1);
-- ERROR 42804: cannot subscript type integer because it does not support subscripting
INSERT INTO t (a[1]) VALUES (1);
INSERT INTO t (u) VALUES (gen_random_uuid()), ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
-- ERROR 22P02: invalid input syntax for type uuid: "a0eebc99"
INSERT INTO t (u) VALUES ('a0eebc99');
-- ERROR 42804: column "u" is of type uuid but expression is of type text
INSERT INTO t (u) VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::text);

-- Generated and identity columns.
-- ERROR 428C9: cannot insert a non-DEFAULT value into column "id"
INSERT INTO t (id) VALUES (1);
INSERT INTO t (id) VALUES (DEFAULT);
INSERT INTO t (id) OVERRIDING SYSTEM VALUE VALUES (1000);
INSERT INTO t (id) OVERRIDING USER VALUE VALUES (1000);
-- ERROR 428C9: cannot insert a non-DEFAULT value into column "g"
INSERT INTO t (g) VALUES (1);
INSERT INTO t (g) VALUES (DEFAULT);
-- ERROR 428C9: cannot insert a non-DEFAULT value into column "g"
INSERT INTO t (g) OVERRIDING SYSTEM VALUE VALUES (1);
INSERT INTO t (s) VALUES (1), (DEFAULT);
-- ERROR 428C9: cannot insert a non-DEFAULT value into column "id"
INSERT INTO t (a, id) SELECT 1, 2;

-- ON CONFLICT.
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT DO NOTHING;
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO NOTHING;
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (b, a) DO NOTHING;
-- ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a) DO NOTHING;
-- ERROR 42703: column "missing" does not exist
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (missing) DO NOTHING;
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT ON CONSTRAINT k_a_b_key DO NOTHING;
-- ERROR 42704: constraint "missing" for table "k" does not exist
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT ON CONSTRAINT missing DO NOTHING;
-- ERROR 42601: ON CONFLICT DO UPDATE requires inference specification or constraint name
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT DO UPDATE SET c = 'x';
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET c = excluded.c;
-- ERROR 42703: column excluded.missing does not exist
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET c = excluded.missing;
-- ERROR 42703: column "missing" of relation "k" does not exist
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET missing = 1;
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET c = k.c || excluded.c WHERE k.c IS NULL;
-- ERROR 42702: column reference "c" is ambiguous
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET c = c || 'x';
INSERT INTO k AS kk (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET c = kk.c;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "k"
INSERT INTO k AS kk (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET c = k.c;
-- ERROR 42703: column "k" of relation "k" does not exist
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET k.c = 'x';
INSERT INTO k (a, b) VALUES (100, 1) ON CONFLICT (a, b) DO UPDATE SET (b, c) = (excluded.b, 'x');
CREATE TABLE e (a int, b int, c text);
CREATE UNIQUE INDEX e_lower ON e (lower(c));
INSERT INTO e (c) VALUES ('q') ON CONFLICT (lower(c)) DO NOTHING;
-- ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO e (c) VALUES ('q') ON CONFLICT (upper(c)) DO NOTHING;
-- ERROR 42704: constraint "e_lower" for table "e" does not exist
INSERT INTO e (c) VALUES ('q') ON CONFLICT ON CONSTRAINT e_lower DO NOTHING;
CREATE UNIQUE INDEX e_part ON e (a) WHERE b > 0;
-- ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO e (a, b) VALUES (101, 1) ON CONFLICT (a) DO NOTHING;
INSERT INTO e (a, b) VALUES (101, 1) ON CONFLICT (a) WHERE b > 0 DO NOTHING;
INSERT INTO e (a, b) VALUES (101, 1) ON CONFLICT (a) WHERE b > 1 DO NOTHING;
-- ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO e (a, b) VALUES (101, 1) ON CONFLICT (a) WHERE c = 'x' DO NOTHING;
CREATE TABLE deferred (a int UNIQUE DEFERRABLE);
-- ERROR 55000: ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters
INSERT INTO deferred VALUES (1) ON CONFLICT (a) DO NOTHING;

-- RETURNING, WITH, names.
INSERT INTO k (a) VALUES (5) RETURNING a, k.b, c AS x;
-- ERROR 42703: column "missing" does not exist
INSERT INTO k (a) VALUES (5) RETURNING missing;
INSERT INTO k (a) VALUES (5) RETURNING *;
-- ERROR 42803: aggregate functions are not allowed in RETURNING
INSERT INTO k (a) VALUES (5) RETURNING count(*);
INSERT INTO k AS z (a) VALUES (5) RETURNING z.a;
-- ERROR 42P01: invalid reference to FROM-clause entry for table "k"
INSERT INTO k AS z (a) VALUES (5) RETURNING k.a;
-- ERROR 42703: column "z" of relation "k" does not exist
INSERT INTO k (z.a) VALUES (5);
-- ERROR 42703: column "b" does not exist
INSERT INTO k (a) VALUES (b);
INSERT INTO k (a) VALUES ((SELECT max(a) FROM k));
-- ERROR 42601: subquery must return only one column
INSERT INTO k (a) VALUES ((SELECT a, b FROM k));
-- ERROR 42803: aggregate functions are not allowed in VALUES
INSERT INTO k (a) VALUES (count(*));
WITH w AS (SELECT 1 AS x) INSERT INTO k (a) SELECT x FROM w;
WITH w AS (SELECT 1 AS x) INSERT INTO k (a) VALUES ((SELECT x FROM w));
WITH w AS (INSERT INTO k (a) VALUES (9) RETURNING a) INSERT INTO k (b) SELECT a FROM w;
-- ERROR 0A000: WITH query "w" does not have a RETURNING clause
WITH w AS (INSERT INTO k (a) VALUES (9)) SELECT * FROM w;
INSERT INTO k (a) (SELECT 1 UNION SELECT 2);
INSERT INTO k (a, b) VALUES (1, 1), (2, NULL) UNION ALL SELECT 200, 200;
-- ERROR 42601: INSERT has more expressions than target columns
INSERT INTO k (a) TABLE k;
INSERT INTO k SELECT * FROM k WHERE false;
-- ERROR 42601: INSERT has more expressions than target columns
INSERT INTO k (a, b, c) SELECT k.*, 1 FROM k WHERE false;
CREATE SEQUENCE sq;
-- ERROR 42809: cannot change sequence "sq"
INSERT INTO sq VALUES (1);
