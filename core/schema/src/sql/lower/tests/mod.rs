//! What statements become, what is refused, and that real chains are taken whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ast::Statement;
use crate::sql;

/// Statements, each with the tree that it becomes.
const STATEMENTS: &str = include_str!("statements.txt");
/// Statements that PostgreSQL refuses and the parser does not, each with PostgreSQL's words.
const REFUSED: &str = include_str!("refused.txt");

fn lowered(text: &str) -> Statement {
    let mut statements = sql::read(text);
    assert_eq!(statements.len(), 1, "{text}");
    let statement = statements.remove(0);
    assert_eq!(statement.error, None, "{text}");
    statement.tree.expect(text)
}

/// A tree on one line: without ranges, and without what a statement does not say.
fn dump(statement: &Statement) -> String {
    let mut text = format!("{statement:?}");
    // Inner lists become empty when their parts go, so this is done until nothing changes.
    loop {
        let before = text.len();
        text = without_silent_fields(&text);
        if text.len() == before {
            return text;
        }
    }
}

/// Cuts `name: value, ` where the value says nothing.
fn without_silent_fields(text: &str) -> String {
    const SILENT: [&str; 5] = ["None", "false", "[]", "{ }", "Permanent"];
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(": ") {
        let (head, tail) = rest.split_at(at);
        let value = &tail[2..];
        let field =
            head.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |i| i + 1);
        let end = value
            .char_indices()
            .scan(0, |depth, (i, c)| {
                match c {
                    '(' | '[' | '{' => *depth += 1,
                    ')' | ']' | '}' if *depth > 0 => *depth -= 1,
                    _ => {}
                }
                Some((i, c, *depth))
            })
            .find(|(_, c, depth)| *depth == 0 && matches!(c, ',' | '}' | ' '))
            .map_or(value.len(), |(i, ..)| i);
        let said = &value[..end];
        let range = matches!(&head[field..], "range" | "verbatim");
        if !range && !SILENT.contains(&said) {
            out.push_str(head);
            out.push_str(": ");
            rest = value;
            continue;
        }
        out.push_str(&head[..field]);
        let after = value[end..].strip_prefix(',').unwrap_or(&value[end..]);
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    out.push_str(rest);
    out.replace(", }", " }").replace(" { }", "").replace(" {}", "")
}

/// The pairs of a file: a line of SQL, and below it a line that starts with `=> `.
fn pairs(file: &str) -> Vec<(&str, &str)> {
    let mut lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut pairs = Vec::new();
    while let Some(sql) = lines.next() {
        let expected = lines.next().and_then(|line| line.strip_prefix("=> "));
        pairs.push((sql, expected.unwrap_or_default()));
    }
    pairs
}

/// With `BLESS` set, the file is written anew from what is found; the change is then read.
fn bless(file: &str, text: &str, found: &[(&str, String)]) {
    if std::env::var_os("BLESS").is_none() {
        return;
    }
    let mut out = String::new();
    for note in text.lines().take_while(|line| line.starts_with('#')) {
        out.extend([note, "\n"]);
    }
    for (sql, result) in found {
        out.extend(["\n", sql, "\n=> ", result, "\n"]);
    }
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql/lower/tests");
    fs::write(dir.join(file), out).expect("the file can be written");
}

#[test]
fn statements_become_trees() {
    let pairs = pairs(STATEMENTS);
    let found: Vec<(&str, String)> =
        pairs.iter().map(|(sql, _)| (*sql, dump(&lowered(sql)))).collect();
    bless("statements.txt", STATEMENTS, &found);
    for ((sql, expected), (_, found)) in pairs.iter().zip(&found) {
        assert_eq!(found, expected, "{sql}");
    }
    assert!(pairs.len() >= 150, "{} statements", pairs.len());
}

#[test]
fn what_lacks_a_part_is_refused_in_postgresqls_words() {
    let pairs = pairs(REFUSED);
    let found: Vec<(&str, String)> = pairs
        .iter()
        .map(|(sql, _)| {
            let error = sql::read(sql).into_iter().find_map(|it| it.error);
            (*sql, error.map_or_else(|| "taken".to_owned(), |error| error.message))
        })
        .collect();
    for ((sql, expected), (_, found)) in pairs.iter().zip(&found) {
        assert_eq!(found, expected, "{sql}");
    }
    assert!(pairs.len() >= 40, "{} statements", pairs.len());
}

#[test]
fn ranges_are_those_of_the_file() {
    let text =
        "SELECT 1;\n/* é */ ALTER TABLE \"Ü\".t ADD COLUMN c int DEFAULT f(b);\nDROP TABLE ;";
    let statements = sql::read(text);
    let Some(Statement::AlterTable(alter)) = &statements[1].tree else { panic!("{statements:?}") };
    assert_eq!(statements[1].error, None);
    assert_eq!(&text[alter.table.name.range.range()], "\"Ü\".t");
    assert_eq!(&text[alter.actions[0].range.range()], "ADD COLUMN c int DEFAULT f(b)");

    let error = statements[2].error.as_ref().expect("a name is missing");
    assert_eq!(error.message, "syntax error at or near \";\"");
    assert_eq!(error.range, text.len() - 1..text.len());
    assert_eq!(statements[2].tree, None);
}

#[test]
fn the_range_of_an_operation_has_whole_parentheses() {
    for operation in [
        "(a) + (b)",
        "(a >= 0) AND (a <= 9)",
        "((a) || (b)) || ((c) || d) || (e)",
        "(a) IS NULL",
        "((a)) IN (1, 2)",
        "(a) IS NOT TRUE OR (b)",
        "(a)::int + (b)::int",
        "((a) + 1) AT TIME ZONE ('x')",
        "(a) NOT LIKE ('x') ESCAPE ('y')",
    ] {
        let text = format!("SELECT {operation} FROM t");
        let Some(Statement::Query(query)) = sql::read(&text).remove(0).tree else {
            panic!("{text}")
        };
        let crate::ast::QueryBody::Select(select) = query.body else { panic!("{text}") };
        assert_eq!(&text[select.targets[0].expr.range.range()], operation);
    }
}

#[test]
fn a_body_is_a_place_in_the_text() {
    for (text, body) in [
        ("DO $x$ BEGIN é; END $x$", Some(" BEGIN é; END ")),
        ("DO 'BEGIN END'", Some("BEGIN END")),
        ("DO 'RAISE ''x'''", None),
        ("DO E'a\\nb'", None),
    ] {
        let Statement::Do(code) = lowered(text) else { panic!("{text}") };
        assert_eq!(code.body.verbatim.map(|at| &text[at.range()]), body, "{text}");
    }
}

#[test]
fn names_are_folded_and_cut_as_the_server_does() {
    let long = "é".repeat(40);
    for (written, kept) in [
        ("Foo".to_owned(), "foo"),
        ("\"Foo\"\"x\"".to_owned(), "Foo\"x"),
        ("U&\"d!0061t\\\" UESCAPE '!'".to_owned(), "dat\\"),
        ("U&\"\\0441\\+00043B\"".to_owned(), "сл"),
        ("ÀB".to_owned(), "Àb"),
        (long.clone(), &long[..62]),
    ] {
        let text = format!("DROP TABLE {written}");
        let Statement::Drop(drop) = lowered(&text) else { panic!("{text}") };
        assert_eq!(drop.objects[0].name.name.text, kept, "{text}");
    }
}

#[test]
fn trees_are_equal_if_they_say_the_same() {
    let spaced = lowered("create  table T ( A integer default( 1 ) )");
    assert_eq!(lowered("CREATE TABLE t (a int DEFAULT 1)"), spaced);
    assert_ne!(lowered("CREATE TABLE t (a int DEFAULT 2)"), spaced);
}

/// The folder of real chains, beside a folder above this crate.
fn corpora() -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|dir| dir.join("shared/corpora")).find(|dir| dir.is_dir())
}

fn sql_files(dir: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sql_files(&path, found);
        } else if path.extension().is_some_and(|it| it == "sql") {
            found.push(path);
        }
    }
}

#[test]
fn real_chains_are_taken_whole() {
    let Some(dir) = corpora() else {
        println!("skipped: no folder with real chains");
        return;
    };
    let mut files = Vec::new();
    sql_files(&dir, &mut files);
    files.sort();
    let mut statements = 0;
    for file in &files {
        let Ok(text) = fs::read_to_string(file) else { continue };
        for statement in sql::read(&text) {
            statements += 1;
            let at = || format!("{}: {}", file.display(), &text[statement.range.clone()]);
            // Nobody runs the way back before it is needed, and some of it is no SQL.
            if statement.error.is_none() || !file.to_string_lossy().contains("down") {
                assert_eq!(statement.error, None, "{}", at());
                let known = !matches!(statement.tree, None | Some(Statement::Unknown { .. }));
                assert!(known, "{}", at());
            }
        }
    }
    assert!(statements > 10_000, "{statements} statements in {} files", files.len());
}
