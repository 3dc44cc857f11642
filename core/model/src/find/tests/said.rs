//! What is wrong, and what is not seen.

use super::{findings, found, models, said};

#[test]
fn what_is_missing_is_said() {
    let text = "mod a;\nmod b { mod c; }\n#[path = \"d/e.rs\"] mod d;";
    assert_eq!(
        said(text),
        [
            "Unseen src/lib.rs:1:5: the file of the module `a` is not there: neither src/a.rs nor \
             src/a/mod.rs",
            "Unseen src/lib.rs:2:13: the file of the module `c` is not there: neither src/b/c.rs \
             nor src/b/c/mod.rs",
            "Unseen src/lib.rs:3:24: the file of the module `d`, src/d/e.rs, is not there",
        ]
    );
    let package = super::Package::new("/p", vec!["/p/src/lib.rs".into()]);
    let found = super::find(&package, |_| Ok::<_, String>(None));
    assert_eq!(
        findings(&found),
        ["Error src/lib.rs:1:1: this file is not there, where the root of a crate should be"]
    );
}

#[test]
fn a_mistake_has_its_place() {
    let files = [
        ("src/lib.rs", "mod a;\nmod b; mod c; mod d;\nmod e;"),
        ("src/a.rs", "fn f() {\n    let = 1;\n}"),
        ("src/b.rs", "struct S;\npub"),
        ("src/c.rs", "unreadable"),
        ("src/d.rs", "fn f() { ) }"),
        ("src/e.rs", "#[derive(pgmigrate::Table)] struct A { id: i64 }"),
    ];
    let found = found(&files);
    assert_eq!(models(&found), ["A src/e.rs:1:36"]);
    let findings = findings(&found);
    for (finding, start) in findings.iter().zip([
        "Error src/a.rs:2:9: expected",
        "Error src/b.rs:2:4: ",
        "Error src/c.rs:1:1: this file cannot be read: it is unreadable",
        "Error src/d.rs:1:10: ",
    ]) {
        assert!(finding.starts_with(start), "{findings:#?}");
    }
    assert_eq!(findings.len(), 4);
    // A file with a mistake is one that a build depends on.
    assert_eq!(found.files.len(), 5);
}

#[test]
fn what_the_attributes_get_wrong_is_said() {
    assert_eq!(
        said(
            "#[derive(pgmigrate::Table)]\n#[table(nmae = \"x\")] struct A {}\n\
             #[derive(pgmigrate::Table)] struct B(i32);\n\
             #[derive(pgmigrate::Enum)] enum C { A(i32) }\n\
             #[derive(pgmigrate::Table)] union D { a: i32 }\n\
             #[derive(pgmigrate::Table, =)] struct E;\n\
             #[cfg(1)] struct F;"
        )
        .iter()
        .map(|it| it.split(';').next().unwrap())
        .collect::<Vec<_>>(),
        [
            "Error src/lib.rs:2:9: `nmae` is not known here",
            "Error src/lib.rs:3:38: the fields of a table have names",
            "Error src/lib.rs:4:37: a variant with fields is no label",
            "Error src/lib.rs:5:35: only a struct is a table",
            "Error src/lib.rs:6:28: expected identifier",
            "Error src/lib.rs:7:7: expected ident",
        ]
    );
}

#[test]
fn two_files_of_one_module_and_circles() {
    let files = [
        ("src/lib.rs", "mod a;\n#[path = \"b.rs\"] mod b;"),
        ("src/a.rs", ""),
        ("src/a/mod.rs", ""),
        ("src/b.rs", "include!(\"b.rs\");\n#[path = \"lib.rs\"] mod c;"),
    ];
    assert_eq!(
        findings(&found(&files)),
        [
            "Error src/b.rs:1:1: src/b.rs is in itself by this",
            "Error src/b.rs:2:24: src/lib.rs is in itself by this",
            "Error src/lib.rs:1:5: the module `a` has two files, src/a.rs and src/a/mod.rs",
        ]
    );
}

#[test]
fn bodies_have_no_models() {
    let body = "move it out into a module";
    for text in [
        "fn f() { #[derive(pgmigrate::Table)] struct A {} }",
        "fn f() { if true { use pgmigrate::Table; #[derive(Table)] struct A {} } }",
        "use pgmigrate::Table as T; impl S { fn f() { || { #[derive(T)] struct A {} }; } }",
        "const _: () = { #[derive(pgmigrate::Enum)] enum A {} };",
        "trait T { fn f() { mod m { #[derive(pgmigrate::Table)] struct A {} } } }",
    ] {
        let said = said(text);
        assert!(said.len() == 1 && said[0].ends_with(body), "{text}: {said:?}");
    }
    assert_eq!(
        said("fn f() { #[cfg(test)] mod m { #[derive(pgmigrate::Table)] struct A {} } }"),
        [""; 0]
    );
}

#[test]
fn macros_may_make_models() {
    for text in [
        "m! { #[derive(pgmigrate::Table)] struct A {} }",
        "m! { { x => #[derive(Clone, Table)] struct A {} } }",
        "use pgmigrate::Enum as E; m!(#[derive(E)] enum A {});",
        "macro_rules! m { ($n:ident) => { #[derive(pgmigrate::Table)] struct $n {} } }",
        "macro_rules! m { ($($d:path),*) => { #[derive($($d,)* $crate::Table)] struct A {} } }",
    ] {
        let said = said(text);
        let rest = "write a struct that derives";
        assert!(said.len() == 1 && said[0].contains(rest), "{text}: {said:?}");
    }
    for text in
        ["m! { #[derive(Clone)] struct A {} }", "m! { Table derive }", "m! { derive[Table] }"]
    {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn one_table_has_one_model() {
    let text = "#[cfg(a)] #[derive(pgmigrate::Table)] struct User { id: i32 }\n\
                #[cfg(not(a))] mod m { #[derive(pgmigrate::Table)] struct User { id: i64 } }\n\
                #[derive(pgmigrate::Table)] #[table(schema = \"s\")] struct User {}\n\
                #[derive(pgmigrate::Table)] #[table(name = \"user\")] struct Other {}";
    let found = found(&[("src/lib.rs", text)]);
    assert_eq!(
        findings(&found),
        [
            "Error src/lib.rs:2:59: the table `user` has two models; the other is at \
             src/lib.rs:1:46, under `cfg(a)`, and this one is there under `cfg(not(a))`; models \
             are read for all builds at once",
            "Error src/lib.rs:4:60: the table `user` has two models; the other is at \
             src/lib.rs:1:46, under `cfg(a)`, and this one is there always; models are read for \
             all builds at once",
        ]
    );
    assert_eq!(found.findings[0].other.as_ref(), Some(&found.tables[0].place));
}

#[test]
fn columns_say_one_enum() {
    let enums = "mod a { #[derive(pgmigrate::Enum)] #[enumeration(name = \"x\")] enum Mood {} }\n\
                 mod b { #[derive(pgmigrate::Enum)] enum Mood {} }\n";
    assert_eq!(findings(&found(&[("src/lib.rs", enums)])), [""; 0]);
    let used = format!("{enums} #[derive(pgmigrate::Table)] struct A {{ m: Option<Mood> }}");
    assert_eq!(
        findings(&found(&[("src/lib.rs", &used)])),
        ["Error src/lib.rs:2:41: which `Mood` the columns mean is not known; the other is at \
          src/lib.rs:1:68"]
    );
    let twice = enums.replace('x', "mood");
    assert_eq!(
        findings(&found(&[("src/lib.rs", &twice)])),
        ["Error src/lib.rs:2:41: the type `mood` has two models; the other is at src/lib.rs:1:71"]
    );
}
