use super::*;

fn server(major: u8) -> Objects {
    Builtin::new(PostgresVersion::new(major).unwrap()).objects()
}

fn newest() -> Builtin {
    Builtin::new(PostgresVersion::new(18).unwrap())
}

/// The input types and the result, as in `lower(text) text`.
fn shown(signature: &Signature) -> String {
    let inputs: Vec<_> = signature.inputs().map(|input| input.data_type.to_string()).collect();
    let set = if signature.returns_set { "setof " } else { "" };
    let result = signature.result.map(|result| format!(" {set}{result}")).unwrap_or_default();
    format!("{}({}){result}", signature.name, inputs.join(", "))
}

#[test]
fn functions_have_their_signatures() {
    for (name, major, expected) in [
        ("md5", 15, &["md5(bytea) text", "md5(text) text"][..]),
        ("now", 15, &["now() timestamptz"]),
        ("count", 15, &["count() int8", "count(any) int8"]),
        ("any_value", 15, &[]),
        ("any_value", 16, &["any_value(anyelement) anyelement"]),
        ("uuidv7", 17, &[]),
        ("uuidv7", 18, &["uuidv7() uuid", "uuidv7(interval) uuid"]),
        ("jsonb_each", 15, &["jsonb_each(jsonb) setof record"]),
        ("format", 15, &["format(text) text", "format(text, any) text"]),
        (
            "information_schema._pg_truetypid",
            15,
            &["information_schema._pg_truetypid(pg_attribute, pg_type) oid"],
        ),
        ("Now", 15, &[]),
        ("", 15, &[]),
    ] {
        let mut found: Vec<_> = server(major).functions(name).map(|found| shown(&found)).collect();
        found.sort();
        assert_eq!(found, expected, "{name} in {major}");
    }
}

#[test]
fn the_number_of_arguments_decides() {
    for (name, arguments, expected) in [
        ("now", 0, true),
        ("now", 1, false),
        ("make_interval", 0, true),
        ("make_interval", 7, true),
        ("make_interval", 8, false),
        ("concat", 0, false),
        ("concat", 1, true),
        ("concat", 9, true),
        ("jsonb_set", 2, false),
        ("jsonb_set", 3, true),
        ("jsonb_set", 4, true),
        ("jsonb_each", 1, true),
        ("jsonb_each", 3, false),
        ("num_nonnulls", 3, true),
        ("percentile_cont", 2, true),
        ("percentile_cont", 1, false),
        ("rank", 0, true),
    ] {
        let found = server(15).functions(name).any(|found| found.accepts(arguments));
        assert_eq!(found, expected, "{name} with {arguments}");
    }
}

#[test]
fn a_signature_has_all_details() {
    let only = |name| {
        let mut found: Vec<_> = server(15).functions(name).collect();
        assert_eq!(found.len(), 1, "{name}");
        found.remove(0)
    };
    let each = only("json_each");
    let modes: Vec<_> = each.arguments.iter().map(|a| (a.mode, a.name)).collect();
    let expected =
        [(Mode::In, Some("from_json")), (Mode::Out, Some("key")), (Mode::Out, Some("value"))];
    assert_eq!(modes, expected);
    assert!(each.returns_set && each.strict);

    for (name, volatility) in [
        ("lower", Volatility::Immutable),
        ("to_char", Volatility::Stable),
        ("random", Volatility::Volatile),
    ] {
        assert!(server(15).functions(name).any(|found| found.volatility == volatility), "{name}");
    }
    assert_eq!(only("row_number").kind, FunctionKind::Window);
    assert_eq!(only("bool_and").kind, FunctionKind::Aggregate);
    assert_eq!(only("mode").kind, FunctionKind::OrderedSet { direct: 0 });
    let mut ranks = server(15).functions("rank").map(|found| found.kind);
    assert!(ranks.any(|kind| kind == FunctionKind::HypotheticalSet { direct: 1 }));
}

#[test]
fn types_have_their_nature() {
    let type_named = |name| server(15).type_named(name).unwrap();
    let catalog = TypeName::catalog;

    let int4 = type_named("int4");
    assert_eq!((int4.kind, int4.category, int4.preferred), (TypeKind::Base, 'N', false));
    assert_eq!((int4.storage, int4.collatable, int4.modifier), (Storage::Plain, false, None));
    let text = type_named("text");
    assert_eq!((text.category, text.preferred, text.collatable), ('S', true, true));
    assert_eq!(text.storage, Storage::Extended);

    for (name, kind) in [
        ("int4range", TypeKind::Range(catalog("int4"))),
        ("int4multirange", TypeKind::Multirange(catalog("int4range"))),
        ("anyelement", TypeKind::Pseudo),
        ("record", TypeKind::Pseudo),
        ("_record", TypeKind::Pseudo),
        ("pg_class", TypeKind::Row),
        ("information_schema.yes_or_no", TypeKind::Domain(catalog("varchar"))),
    ] {
        assert_eq!(type_named(name).kind, kind, "{name}");
    }
    for (name, modifier) in [
        ("varchar", Some(Modifier::Length)),
        ("_varchar", Some(Modifier::Length)),
        ("numeric", Some(Modifier::PrecisionAndScale)),
        ("timestamptz", Some(Modifier::Precision)),
        ("interval", Some(Modifier::Interval)),
        ("uuid", None),
    ] {
        assert_eq!(type_named(name).modifier, modifier, "{name}");
    }
    for (name, element) in [
        ("_int4", Some(catalog("int4"))),
        ("_pg_class", Some(catalog("pg_class"))),
        ("point", Some(catalog("float8"))),
        ("int4", None),
    ] {
        assert_eq!(type_named(name).element, element, "{name}");
    }
    for absent in ["integer", "__int4", "_anyelement", "_void", "", "_", "pg_class_oid_index"] {
        assert_eq!(server(15).type_named(absent), None, "{absent}");
    }
}

#[test]
fn operators_and_casts_are_found_by_type() {
    let catalog = TypeName::catalog;
    let with = |name: &str, left: Option<&str>, right: &str| {
        let mut operators = server(15).operators(name);
        operators.find(|found| {
            found.left == left.map(TypeName::catalog) && found.right == TypeName::catalog(right)
        })
    };
    let equal = with("=", Some("int4"), "int8").unwrap();
    assert_eq!(
        (equal.result, equal.commutator, equal.negator),
        (catalog("bool"), Some("="), Some("<>"))
    );
    assert_eq!(with("-", None, "int4").unwrap().result, catalog("int4"));
    assert_eq!(with("->>", Some("jsonb"), "text").unwrap().result, catalog("text"));
    assert_eq!(with("+", Some("timestamptz"), "interval").unwrap().volatility, Volatility::Stable);
    assert_eq!(with("=", Some("int4"), "text"), None);
    assert_eq!(with("=", Some("json"), "json"), None);

    let cast = |source, target| server(15).cast(catalog(source), catalog(target));
    for (source, target, context) in [
        ("int4", "int8", Some(CastContext::Implicit)),
        ("int8", "int4", Some(CastContext::Assignment)),
        ("int4", "bool", Some(CastContext::Explicit)),
        ("text", "int4", None),
        ("int4", "bytea", None),
    ] {
        assert_eq!(cast(source, target).map(|cast| cast.context), context, "{source} to {target}");
    }
    assert_eq!(cast("varchar", "text").unwrap().method, CastMethod::Binary);
    assert_eq!(
        cast("timestamptz", "date").unwrap().method,
        CastMethod::Function(Volatility::Stable)
    );
    let newer = server(18).cast(catalog("int4"), catalog("bytea"));
    assert_eq!(newer.unwrap().context, CastContext::Explicit);
}

#[test]
fn indexes_are_decided_by_method_class_and_family() {
    let objects = server(15);
    let btree = objects.access_method("btree").unwrap();
    assert!(btree.ordered && btree.unique && btree.include && btree.exclusion);
    let gin = objects.access_method("gin").unwrap();
    assert!(!gin.unique && !gin.include && !gin.ordered && gin.multi_column);
    assert_eq!(objects.access_method("heap").unwrap().kind, AccessMethodKind::Table);
    assert_eq!(objects.access_method("hnsw"), None);

    let default = |method, name| {
        objects.default_operator_class(method, TypeName::catalog(name)).map(|class| class.name)
    };
    for (method, name, expected) in [
        ("btree", "int4", Some("int4_ops")),
        ("btree", "json", None),
        ("btree", "point", None),
        ("gist", "point", Some("point_ops")),
        ("gist", "int4", None),
        ("gin", "jsonb", Some("jsonb_ops")),
        ("gin", "anyarray", Some("array_ops")),
        ("gin", "text", None),
        ("hash", "uuid", Some("uuid_ops")),
    ] {
        assert_eq!(default(method, name), expected, "{method} {name}");
    }
    let class = objects.operator_class("gin", "jsonb_path_ops").unwrap();
    assert!(!class.default);
    assert_eq!(objects.operator_class("btree", "gin_trgm_ops"), None);

    let int4 = TypeName::catalog("int4");
    let mut members = objects.operator_family("btree", "integer_ops");
    let equal = members.find(|member| member.strategy == 3 && member.left == int4).unwrap();
    assert_eq!(equal.operator, "=");
    assert!(objects.operator_family("gist", "point_ops").any(|member| member.orders));
    assert!(objects.has_operator_family("btree", "integer_ops"));
    assert!(!objects.has_operator_family("btree", "int4_ops"));
    assert_eq!(objects.operator_family("btree", "int4_ops").count(), 0);
}

#[test]
fn relations_have_their_columns() {
    let columns = |major, name: &str| -> Vec<&'static str> {
        server(major).relation(name).unwrap().columns().map(|column| column.name).collect()
    };
    assert_eq!(columns(15, "pg_namespace"), ["oid", "nspname", "nspowner", "nspacl"]);
    assert!(columns(15, "information_schema.columns").contains(&"is_nullable"));
    assert!(columns(16, "pg_stat_activity").contains(&"query_id"));
    assert!(!columns(15, "pg_stat_all_tables").contains(&"last_seq_scan"));
    assert!(columns(16, "pg_stat_all_tables").contains(&"last_seq_scan"));
    assert!(
        server(15).relation("pg_stat_io").is_none() && server(16).relation("pg_stat_io").is_some()
    );
    assert!(server(15).relation("columns").is_none());

    let class = server(15).relation("pg_class").unwrap();
    assert_eq!(class.kind, RelationKind::Table);
    let name = class.columns().nth(1).unwrap();
    assert_eq!(
        (name.name, name.data_type, name.not_null),
        ("relname", TypeName::catalog("name"), true)
    );
    let index = server(15).relation("pg_class_oid_index").unwrap();
    assert_eq!((index.kind, index.columns().count()), (RelationKind::Index, 0));
    let domain =
        server(15).relation("information_schema.tables").unwrap().columns().next().unwrap();
    assert_eq!(domain.data_type.to_string(), "information_schema.sql_identifier");
}

#[test]
fn settings_say_what_they_take() {
    let setting = |major, name| Builtin::new(PostgresVersion::new(major).unwrap()).setting(name);
    let timeout = setting(15, "Lock_Timeout").unwrap();
    assert_eq!(timeout.value, SettingType::Integer { min: 0, max: i64::from(i32::MAX) });
    assert_eq!((timeout.unit, timeout.context), (Some("ms"), SettingContext::User));
    assert!(!setting(15, "max_connections").unwrap().context.in_session());
    for (major, name, there) in [
        (15, "transaction_timeout", false),
        (17, "transaction_timeout", true),
        (15, "default_with_oids", true),
        (15, "role", true),
        (15, "sort_mem", true),
        (15, "force_parallel_mode", true),
        (16, "force_parallel_mode", false),
        (15, "debug_parallel_query", false),
        (15, "TimeZone", true),
        (15, "lock_timeou", false),
    ] {
        assert_eq!(setting(major, name).is_some(), there, "{name} in {major}");
    }
    let SettingType::Enum(words) = setting(15, "synchronous_commit").unwrap().value else {
        panic!()
    };
    assert!(words.contains(&"remote_apply") && words.contains(&"true"));
}

#[test]
fn the_small_kinds() {
    let objects = server(15);
    assert_eq!(objects.language("plpgsql"), Some(Language { trusted: true }));
    assert_eq!(objects.language("c"), Some(Language { trusted: false }));
    assert_eq!(objects.language("plpython3u"), None);
    assert!(objects.collation("C").is_some() && objects.collation("unicode").is_none());
    assert!(server(16).collation("unicode").is_some());
    assert!(objects.has_text_search(TextSearch::Configuration, "english"));
    assert!(!objects.has_text_search(TextSearch::Dictionary, "english"));
    assert!(objects.schemas().eq(["information_schema", "pg_catalog", "pg_toast", "public"]));
    assert!(objects.roles().any(|role| role == "pg_monitor"));
    assert!(objects.tablespaces().eq(["pg_default", "pg_global"]));
    assert_eq!(objects.foreign_data_wrappers().count(), 0);
}

#[test]
fn extensions_bring_their_objects() {
    let extension = |name| newest().extension(name).unwrap();
    let own = |extension, name| TypeName::extension(extension, name);

    let citext = extension("citext");
    assert!(citext.trusted && citext.relocatable && citext.bundled && citext.schema.is_none());
    assert!(citext.versions().any(|version| version == citext.version));
    let text = TypeName::catalog("text");
    let cast = citext.objects.cast(own("citext", "citext"), text).unwrap();
    assert_eq!((cast.context, cast.method), (CastContext::Implicit, CastMethod::Binary));
    assert_eq!(
        citext.objects.type_named("_citext").unwrap().element,
        Some(own("citext", "citext"))
    );

    let trigram = extension("pg_trgm").objects;
    assert_eq!(trigram.operator_class("gin", "gin_trgm_ops").unwrap().data_type, text);
    assert!(trigram.functions("similarity").any(|found| found.accepts(2)));

    let earth = extension("earthdistance");
    assert!(earth.requires().eq(["cube"]));
    let kind = earth.objects.type_named("earth").unwrap().kind;
    assert_eq!(kind, TypeKind::Domain(own("cube", "cube")));
    let radius = earth.objects.functions("earth_box").next().unwrap();
    assert_eq!(radius.result, Some(own("cube", "cube")));

    let vector = extension("vector");
    assert!(!vector.bundled);
    assert!(vector.objects.access_method("hnsw").is_some());
    let float4s = TypeName::catalog("_float4");
    assert!(vector.objects.cast(float4s, own("vector", "vector")).is_some());
    let class = vector.objects.operator_class("hnsw", "vector_cosine_ops").unwrap();
    assert_eq!(class.data_type, own("vector", "vector"));

    let postgis = extension("postgis").objects;
    assert!(postgis.functions("st_distance").any(|found| found.accepts(2)));
    assert!(postgis.relation("spatial_ref_sys").is_some());
    let geometry = postgis.type_named("geometry").unwrap();
    assert_eq!(geometry.modifier, Some(Modifier::Other("geometry_typmod_in")));

    let statements = extension("pg_stat_statements").objects;
    assert_eq!(statements.relation("pg_stat_statements").unwrap().kind, RelationKind::View);
    assert!(extension("uuid-ossp").objects.functions("uuid_generate_v4").next().is_some());
    assert!(extension("pgcrypto").objects.functions("crypt").next().is_some());
    assert!(extension("postgres_fdw").objects.foreign_data_wrappers().eq(["postgres_fdw"]));
    assert!(extension("unaccent").objects.has_text_search(TextSearch::Dictionary, "unaccent"));

    assert!(newest().extension("timescaledb").is_none());
    assert!(newest().extension("adminpack").is_none());
    assert!(Builtin::new(PostgresVersion::default()).extension("adminpack").is_some());
    assert!(newest().extensions().count() > 40);
}

#[test]
fn every_line_is_understood() {
    for major in PostgresVersion::KNOWN {
        let builtin = Builtin::new(PostgresVersion::new(major).unwrap());
        let extensions = builtin.extensions().map(|extension| (extension.name, extension.objects));
        for (name, objects) in [("", builtin.objects())].into_iter().chain(extensions) {
            let lines: Vec<String> = objects.lines().collect();
            let count = |kind: &str| lines.iter().filter(|line| line.starts_with(kind)).count();
            let place = format!("{name} in {major}");
            assert_eq!(objects.all_functions().count(), count("f\t"), "{place}");
            assert_eq!(objects.all_operators().count(), count("o\t"), "{place}");
            assert_eq!(objects.casts().count(), count("c\t"), "{place}");
            assert_eq!(objects.types().count(), count("t\t"), "{place}");
            assert_eq!(objects.relations().count(), count("r\t"), "{place}");
            assert_eq!(objects.settings().count(), count("g\t"), "{place}");
            let classes =
                ["brin", "btree", "gin", "gist", "hash", "hnsw", "ivfflat", "spgist", "bloom"];
            let classes = classes.iter().map(|method| objects.operator_classes(method).count());
            assert_eq!(classes.sum::<usize>(), count("k\t"), "{place}");
            for line in lines.iter().filter(|line| line.starts_with("i\t")) {
                let mut parts = line.split('\t').skip(1);
                let (method, family) = parts.next().unwrap().split_once('/').unwrap();
                let written = parts.next().map_or(0, |members| members.split(' ').count());
                assert_eq!(objects.operator_family(method, family).count(), written, "{line}");
            }
            for line in lines.iter().filter(|line| line.starts_with("r\t")) {
                let mut parts = line.split('\t').skip(1);
                let (relation, columns) = (parts.next().unwrap(), parts.nth(1));
                let written = columns.map_or(0, |columns| columns.split(',').count());
                assert_eq!(
                    objects.relation(relation).unwrap().columns().count(),
                    written,
                    "{line}"
                );
            }
        }
    }
}

#[test]
fn lines_are_sorted_and_extensions_are_all_there() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files: Vec<_> = std::fs::read_dir(dir.join("extensions"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let names: Vec<_> =
        files.iter().map(|file| file.file_stem().unwrap().to_str().unwrap()).collect();
    assert!(extension::names().eq(names), "the list in extension.rs");
    assert!(extension::names().is_sorted());
    files.push(dir.join("postgres.txt"));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.is_ascii() && text.ends_with('\n') && text.lines().is_sorted(), "{file:?}");
    }
}
