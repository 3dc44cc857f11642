//! Every lookup of the module `builtin`, for every object that a server has.

use std::collections::BTreeSet;

use pgmigrate_schema::PostgresVersion;
use pgmigrate_schema::builtin::{
    Builtin, CastContext, Mode, Objects, RelationKind, Storage, TypeKind, Volatility,
};
use pgmigrate_scratch::Scratch;
use postgres::Client;

fn compare(major: u8) {
    let server = match Scratch::new().version(major.into()).start() {
        Ok(server) => server,
        Err(error) => return println!("skipped: {error}"),
    };
    let mut client = server.connect("postgres").unwrap();
    let builtin = Builtin::new(PostgresVersion::new(major).unwrap());
    let objects = builtin.objects();
    functions(&mut client, objects);
    types(&mut client, objects);
    columns(&mut client, objects);
    operators(&mut client, objects);
    casts(&mut client, objects);
    operator_classes(&mut client, objects);
    names(&mut client, builtin);
}

/// The rows of a query with one column, as a set that is not empty.
fn rows(client: &mut Client, query: &str) -> BTreeSet<String> {
    let rows: BTreeSet<String> =
        client.query(query, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    assert!(!rows.is_empty(), "{query}");
    rows
}

fn assert_same(found: &BTreeSet<String>, expected: &BTreeSet<String>) {
    let missing: Vec<_> = expected.difference(found).take(10).collect();
    let surplus: Vec<_> = found.difference(expected).take(10).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:#?}, surplus {surplus:#?}");
}

/// Names as the catalogs have them, without schema but for `information_schema`.
const TYPE_NAME: &str = "
    CREATE OR REPLACE FUNCTION pg_temp.t(oid) RETURNS text LANGUAGE sql AS $$
        SELECT CASE WHEN typnamespace = 'information_schema'::regnamespace
                   THEN 'information_schema.' ELSE '' END || typname
        FROM pg_type WHERE oid = $1
    $$";

fn functions(client: &mut Client, objects: Objects) {
    client.batch_execute(TYPE_NAME).unwrap();
    let expected = rows(
        client,
        "SELECT format('%s(%s) %s%s needs %s%s, %s%s',
             CASE WHEN pronamespace = 'information_schema'::regnamespace
                 THEN 'information_schema.' ELSE '' END || proname,
             (SELECT string_agg(pg_temp.t(a), ' ' ORDER BY n)
              FROM unnest(proargtypes) WITH ORDINALITY AS x(a, n)),
             CASE WHEN proretset THEN 'setof ' END,
             CASE prokind WHEN 'p' THEN '' ELSE pg_temp.t(prorettype) END,
             pronargs - pronargdefaults, CASE WHEN provariadic <> 0 THEN ' or more' END,
             provolatile, CASE WHEN proisstrict THEN ' strict' END)
         FROM pg_proc WHERE oid < 16384",
    );
    let mut names = BTreeSet::new();
    for function in objects.all_functions() {
        names.insert(function.name);
    }
    let found = names.into_iter().flat_map(|name| objects.functions(name)).map(|function| {
        let inputs: Vec<_> = function.inputs().map(|input| input.data_type.to_string()).collect();
        let least = (0..=inputs.len()).find(|count| function.accepts(*count)).unwrap();
        let variadic = function.inputs().any(|input| input.mode == Mode::Variadic);
        assert_eq!(function.accepts(inputs.len() + 1), variadic, "{}", function.name);
        format!(
            "{}({}) {}{} needs {least}{}, {}{}",
            function.name,
            inputs.join(" "),
            if function.returns_set { "setof " } else { "" },
            function.result.map(|result| result.to_string()).unwrap_or_default(),
            if variadic { " or more" } else { "" },
            match function.volatility {
                Volatility::Immutable => "i",
                Volatility::Stable => "s",
                Volatility::Volatile => "v",
            },
            if function.strict { " strict" } else { "" },
        )
    });
    assert_same(&found.collect(), &expected);
}

fn types(client: &mut Client, objects: Objects) {
    let expected = client
        .query(
            "SELECT pg_temp.t(oid), typtype::text, typcategory::text, typispreferred, typstorage::text,
                 typcollation <> 0, typmodin <> 0, pg_temp.t(typelem), pg_temp.t(typarray)
             FROM pg_type WHERE oid < 16384 AND typnamespace <> 'pg_toast'::regnamespace",
            &[],
        )
        .unwrap();
    assert!(expected.len() > 500);
    for row in expected {
        let name: &str = row.get(0);
        let found = objects.type_named(name).unwrap_or_else(|| panic!("{name} is there"));
        let kind = match found.kind {
            TypeKind::Base => "b",
            TypeKind::Row => "c",
            TypeKind::Domain(_) => "d",
            TypeKind::Enum => "e",
            TypeKind::Range(_) => "r",
            TypeKind::Multirange(_) => "m",
            TypeKind::Pseudo => "p",
        };
        assert_eq!(kind, row.get::<_, &str>(1), "{name}");
        assert_eq!(found.category.to_string(), row.get::<_, &str>(2), "{name}");
        assert_eq!(found.preferred, row.get::<_, bool>(3), "{name}");
        let storage = match found.storage {
            Storage::Plain => "p",
            Storage::External => "e",
            Storage::Extended => "x",
            Storage::Main => "m",
        };
        assert_eq!(storage, row.get::<_, &str>(4), "{name}");
        assert_eq!(found.collatable, row.get::<_, bool>(5), "{name}");
        assert_eq!(found.modifier.is_some(), row.get::<_, bool>(6), "{name}");
        let element = found.element.map(|element| element.to_string());
        assert_eq!(element.as_deref(), row.get::<_, Option<&str>>(7), "{name}");
        let array = match name.strip_prefix("information_schema.") {
            Some(name) => format!("information_schema._{name}"),
            None => format!("_{name}"),
        };
        let array = found.has_array.then_some(array);
        assert_eq!(array.as_deref(), row.get::<_, Option<&str>>(8), "{name}");
    }
}

fn columns(client: &mut Client, objects: Objects) {
    let expected = rows(
        client,
        "SELECT format('%s.%s %s%s',
             CASE WHEN relnamespace = 'information_schema'::regnamespace
                 THEN 'information_schema.' ELSE '' END || relname,
             attname, pg_temp.t(atttypid), CASE WHEN attnotnull THEN ' not null' END)
         FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0
         WHERE c.oid < 16384 AND relkind IN ('r', 'v') AND relnamespace <> 'pg_toast'::regnamespace",
    );
    let found = objects.relations().flat_map(|(name, _)| {
        let relation = objects.relation(name).unwrap();
        assert!(relation.kind != RelationKind::Index || relation.columns().count() == 0);
        relation.columns().map(move |column| {
            let not_null = if column.not_null { " not null" } else { "" };
            format!("{name}.{} {}{not_null}", column.name, column.data_type)
        })
    });
    assert_same(&found.collect(), &expected);
}

fn operators(client: &mut Client, objects: Objects) {
    let expected = rows(
        client,
        "SELECT format('%s %s %s is %s, commutes with %s', pg_temp.t(oprleft), oprname,
             pg_temp.t(oprright), pg_temp.t(oprresult),
             (SELECT c.oprname FROM pg_operator c WHERE c.oid = o.oprcom))
         FROM pg_operator o WHERE oid < 16384",
    );
    let mut names = BTreeSet::new();
    for operator in objects.all_operators() {
        names.insert(operator.name);
    }
    let found = names.into_iter().flat_map(|name| objects.operators(name)).map(|operator| {
        format!(
            "{} {} {} is {}, commutes with {}",
            operator.left.map(|left| left.to_string()).unwrap_or_default(),
            operator.name,
            operator.right,
            operator.result,
            operator.commutator.unwrap_or_default(),
        )
    });
    assert_same(&found.collect(), &expected);
}

fn casts(client: &mut Client, objects: Objects) {
    let expected = rows(
        client,
        "SELECT format('%s to %s: %s', pg_temp.t(castsource), pg_temp.t(casttarget), castcontext)
         FROM pg_cast WHERE oid < 16384",
    );
    let found = objects.casts().map(|cast| {
        let again = objects.cast(cast.source, cast.target).unwrap();
        assert_eq!(again, cast);
        let context = match again.context {
            CastContext::Explicit => "e",
            CastContext::Assignment => "a",
            CastContext::Implicit => "i",
        };
        format!("{} to {}: {context}", cast.source, cast.target)
    });
    assert_same(&found.collect(), &expected);
}

fn operator_classes(client: &mut Client, objects: Objects) {
    let expected = rows(
        client,
        "SELECT format('%s %s for %s%s', amname, opcname, pg_temp.t(opcintype),
             CASE WHEN opcdefault THEN ' by default' END)
         FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod WHERE c.oid < 16384",
    );
    let found = objects.access_methods().flat_map(|method| {
        objects.operator_classes(method).map(move |class| {
            let again = objects.operator_class(method, class.name);
            assert_eq!(again, Some(class));
            assert!(objects.has_operator_family(method, class.family));
            let default = objects.default_operator_class(method, class.data_type) == again;
            assert_eq!(default, class.default, "{method} {}", class.name);
            let default = if default { " by default" } else { "" };
            format!("{method} {} for {}{default}", class.name, class.data_type)
        })
    });
    assert_same(&found.collect(), &expected);

    let expected = rows(
        client,
        "SELECT format('%s %s: %s %s %s, %s%s', amname, opfname, pg_temp.t(amoplefttype), oprname,
             pg_temp.t(amoprighttype), amopstrategy, CASE amoppurpose WHEN 'o' THEN ' orders' END)
         FROM pg_amop m
         JOIN pg_opfamily f ON f.oid = amopfamily
         JOIN pg_am a ON a.oid = opfmethod
         JOIN pg_operator o ON o.oid = amopopr
         WHERE m.oid < 16384",
    );
    let families = rows(
        client,
        "SELECT amname || ' ' || opfname FROM pg_opfamily JOIN pg_am a ON a.oid = opfmethod",
    );
    let found = families.iter().flat_map(|family| {
        let (method, name) = family.split_once(' ').unwrap();
        objects.operator_family(method, name).map(move |member| {
            format!(
                "{family}: {} {} {}, {}{}",
                member.left,
                member.operator,
                member.right,
                member.strategy,
                if member.orders { " orders" } else { "" },
            )
        })
    });
    assert_same(&found.collect(), &expected);
}

fn names(client: &mut Client, builtin: Builtin) {
    for name in rows(client, "SELECT collname::text FROM pg_collation") {
        let known = builtin.objects().collation(&name).is_some();
        assert!(known || builtin.collation_may_exist(&name), "the collation {name:?}");
    }
    // Debian's own.
    let settings = "SELECT name FROM pg_settings WHERE name <> 'extension_destdir'";
    for name in rows(client, settings) {
        assert!(builtin.setting(&name).is_some(), "the setting {name:?}");
    }
    for name in rows(client, "SELECT rolname::text FROM pg_roles WHERE oid <> 10") {
        assert!(builtin.objects().roles().any(|role| role == name), "the role {name:?}");
    }
}

#[test]
fn the_lookups_find_what_postgres_15_has() {
    compare(15);
}

#[test]
fn the_lookups_find_what_postgres_16_has() {
    compare(16);
}

#[test]
fn the_lookups_find_what_postgres_17_has() {
    compare(17);
}

#[test]
fn the_lookups_find_what_postgres_18_has() {
    compare(18);
}
