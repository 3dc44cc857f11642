//! Which files the modules of a crate are in.

use super::{all, findings, found, models, of};

/// A file with a model.
fn model(name: &str) -> String {
    format!("#[derive(pgmigrate::Table)] struct {name} {{ id: i64 }}")
}

const A: &str = "#[derive(pgmigrate::Table)] struct A { id: i64 }";
const B: &str = "#[derive(pgmigrate::Table)] struct B { id: i64 }";

#[test]
fn modules_are_where_rustc_looks_for_them() {
    for (files, path) in [
        (&[("src/lib.rs", "mod x;"), ("src/x.rs", A)][..], "src/x.rs"),
        (&[("src/main.rs", "mod x;"), ("src/x/mod.rs", A)], "src/x/mod.rs"),
        (&[("src/lib.rs", "mod x;"), ("src/x.rs", "mod y;"), ("src/x/y.rs", A)], "src/x/y.rs"),
        (
            &[("src/lib.rs", "mod x;"), ("src/x.rs", "mod y;"), ("src/x/y/mod.rs", A)],
            "src/x/y/mod.rs",
        ),
        (&[("src/lib.rs", "mod x;"), ("src/x/mod.rs", "mod y;"), ("src/x/y.rs", A)], "src/x/y.rs"),
        (
            &[
                ("src/lib.rs", "mod x;"),
                ("src/x.rs", "mod y;"),
                ("src/x/y.rs", "mod z;"),
                ("src/x/y/z.rs", A),
            ],
            "src/x/y/z.rs",
        ),
        (&[("src/lib.rs", "mod x { mod y; }"), ("src/x/y.rs", A)], "src/x/y.rs"),
        (
            &[("src/lib.rs", "mod x;"), ("src/x.rs", "mod y { mod z; }"), ("src/x/y/z.rs", A)],
            "src/x/y/z.rs",
        ),
        (&[("src/lib.rs", "mod r#async;"), ("src/async.rs", A)], "src/async.rs"),
    ] {
        assert_eq!(all(files), [format!("A {path}:1:36")], "{files:?}");
    }
}

#[test]
fn a_path_is_followed() {
    for (files, path) in [
        (&[("src/lib.rs", "#[path = \"o/p.rs\"] mod x;"), ("src/o/p.rs", A)][..], "src/o/p.rs"),
        (&[("src/lib.rs", "#[path = \"../o.rs\"] mod x;"), ("o.rs", A)], "o.rs"),
        // What `#[path]` names is as a `mod.rs`.
        (
            &[
                ("src/lib.rs", "#[path = \"o/p.rs\"] mod x;"),
                ("src/o/p.rs", "mod y;"),
                ("src/o/y.rs", A),
            ],
            "src/o/y.rs",
        ),
        // Outside of inline modules, it is relative to the file, wherever its modules are.
        (
            &[("src/lib.rs", "mod x;"), ("src/x.rs", "#[path = \"o.rs\"] mod y;"), ("src/o.rs", A)],
            "src/o.rs",
        ),
        (
            &[
                ("src/lib.rs", "mod x;"),
                ("src/x.rs", "mod i { #[path = \"o.rs\"] mod y; }"),
                ("src/x/i/o.rs", A),
            ],
            "src/x/i/o.rs",
        ),
        (&[("src/lib.rs", "#[path = \"t\"] mod x { mod y; }"), ("src/t/y.rs", A)], "src/t/y.rs"),
        (
            &[("src/lib.rs", "#[cfg_attr(unix, path = \"u.rs\")] mod x;"), ("src/u.rs", A)],
            "src/u.rs",
        ),
        (
            &[("src/lib.rs", "#[cfg_attr(test, path = \"t.rs\")] mod x;"), ("src/x.rs", A)],
            "src/x.rs",
        ),
    ] {
        assert_eq!(all(files), [format!("A {path}:1:36")], "{files:?}");
    }
    let text = "#[cfg_attr(unix, path = \"u.rs\")] #[path = \"v.rs\"] #[path = \"w.rs\"] mod x;";
    let files = [("src/lib.rs", text), ("src/u.rs", A), ("src/v.rs", B)];
    assert_eq!(all(&files), ["A src/u.rs:1:36", "B src/v.rs:1:36"]);
}

#[test]
fn includes_are_followed_where_they_can_be() {
    for include in [
        "include!(\"m/a.rs\");",
        "std::include! { concat!(\"m/\", 'a', \".rs\") }",
        "include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/m/a.rs\"));",
        "mod x { include!(\"m/a.rs\"); }",
    ] {
        let files = [("src/lib.rs", include), ("src/m/a.rs", A)];
        assert_eq!(all(&files), ["A src/m/a.rs:1:36"], "{include}");
    }
    let files = [
        ("src/lib.rs", "include!(\"m/a.rs\"); use pgmigrate::Table;"),
        ("src/m/a.rs", "mod y; #[derive(Table)] struct A {}"),
        ("src/m/y.rs", B),
    ];
    assert_eq!(all(&files), ["A src/m/a.rs:1:32", "B src/m/y.rs:1:36"]);
    let include = "include!(concat!(env!(\"OUT_DIR\"), \"/a.rs\"));\n include!(\"b.rs\");";
    assert_eq!(
        findings(&found(&[("src/lib.rs", include)])),
        [
            "Unseen src/lib.rs:1:1: which file this includes is known to a build only; models in \
             it are not seen",
            "Unseen src/lib.rs:2:2: src/b.rs, which this includes, is not there",
        ]
    );
}

#[test]
fn two_crates_may_have_a_module_in_common() {
    let files = [
        ("src/lib.rs", "pub mod x;"),
        ("src/main.rs", "mod x; #[path = \"../src/x.rs\"] mod y;"),
        ("src/x.rs", A),
    ];
    assert_eq!(all(&files), ["A src/x.rs:1:36"]);
    let files = found(&files).files;
    let paths: Vec<_> = files.keys().map(|it| it.display().to_string()).collect();
    assert_eq!(paths, ["/p/src/lib.rs", "/p/src/main.rs", "/p/src/x.rs"]);
    assert_eq!(files.values().next().unwrap(), "pub mod x;");
}

#[test]
fn what_only_a_test_has_does_not_count() {
    let table = model("A");
    for text in [
        format!("#[cfg(test)] {table}"),
        format!("#[cfg(all(test, unix))] mod x {{ {table} }}"),
        format!("mod x {{ #![cfg(test)] {table} }}"),
        format!("#![cfg(test)] {table}"),
        "#[cfg(test)] mod x;".to_owned(),
        "#[cfg_attr(test, derive(pgmigrate::Table))] struct A {}".to_owned(),
        format!("#[test] fn f() {{ {table} }}"),
        format!("#[cfg(test)] fn f() {{ {table} }}"),
        format!("#[cfg(test)] m! {{ {table} }}"),
    ] {
        assert_eq!(of(&text), [""; 0], "{text}");
    }
    for text in [
        format!("#[cfg(not(test))] {table}"),
        format!("#[cfg(any(test, feature = \"x\"))] {table}"),
        format!("#[cfg(windows)] mod x {{ {table} }}"),
        "#[cfg_attr(feature = \"x\", derive(pgmigrate::Table))] struct A {}".to_owned(),
        "#[cfg_attr(all(), cfg_attr(unix, derive(pgmigrate::Table)))] struct A {}".to_owned(),
    ] {
        assert_eq!(of(&text).len(), 1, "{text}");
    }
}

#[test]
fn a_model_is_read_as_the_derive_reads_it() {
    let text = "#[cfg_attr(unix, derive(pgmigrate::Table), table(name = \"as\"))]\n\
                pub struct A<'a> {\n\
                \x20   #[cfg_attr(unix, column(primary_key))] pub id: i64,\n\
                \x20   #[cfg(test)] pub no: i64,\n\
                \x20   #[cfg_attr(test, column(nonsense))] pub é: &'a str, pub end: i32,\n\
                }\n\
                #[derive(Clone, pgmigrate::Enum)] enum Mood { Ok, #[cfg(test)] No, Sad }";
    let found = found(&[("src/lib.rs", text)]);
    assert_eq!(models(&found), ["A src/lib.rs:2:12", "Mood src/lib.rs:7:40"]);
    let table = &found.tables[0];
    assert_eq!((table.name.as_str(), &*table.primary_key), ("as", &["id".to_owned()][..]));
    let places = table.columns.iter().map(|it| &it.place);
    let places = places.chain(found.enums[0].labels.iter().map(|it| &it.place));
    let places: Vec<String> =
        places.map(|it| format!("{} {}:{}", &text[it.range.clone()], it.line, it.column)).collect();
    assert_eq!(places, ["id 3:48", "é 5:45", "end 5:61", "Ok 7:47", "Sad 7:68"]);
}

#[test]
fn what_stands_before_the_code_moves_nothing() {
    for before in ["\u{feff}", "#!/usr/bin/env x\n", "\u{feff}#!x\r\n", "#![no_std]\n"] {
        let text = format!("{before}\n{A}");
        let found = found(&[("src/lib.rs", &text)]);
        let place = &found.tables[0].place;
        assert_eq!(&text[place.range.clone()], "A", "{before}");
        assert_eq!((place.line, place.column), (text.lines().count(), 36));
    }
}
