use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::ast::{self, FuncBody, FuncOption, QueryBody, StringConst};
use crate::sql::{lower, read};

/// The PL/pgSQL bodies of a text.
fn bodies(text: &str) -> Vec<StringConst> {
    let plpgsql = |language: &ast::Ident| language.text == "plpgsql";
    read(text)
        .into_iter()
        .filter_map(|statement| match lower::parse(text, statement.range).0? {
            ast::Statement::Do(code) => {
                code.language.as_ref().is_none_or(plpgsql).then_some(code.body)
            }
            ast::Statement::CreateFunction(function) => {
                let ours = function
                    .options
                    .iter()
                    .any(|option| matches!(option, FuncOption::Language(it) if plpgsql(it)));
                match function.body {
                    Some(FuncBody::Source(source)) if ours => Some(source),
                    _ => None,
                }
            }
            _ => None,
        })
        .collect()
}

/// Reads a body where it stands, or as a text of its own.
fn parse_body(text: &str, body: &StringConst) -> (Option<Block>, Vec<SyntaxError>) {
    match body.verbatim {
        Some(range) => parse(text, range.range()),
        None => parse(&body.value, 0..body.value.len()),
    }
}

/// How many parts of a block the SQL parser did not take.
fn unknown(block: &Block) -> usize {
    let shown = format!("{block:?}");
    ["Sql { statement: None", "Expression { query: None", "DataType { name: None"]
        .iter()
        .map(|part| shown.matches(part).count())
        .sum()
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
fn real_bodies_are_taken_whole() {
    let Some(dir) = corpora() else {
        println!("skipped: no folder with real chains");
        return;
    };
    let mut files = Vec::new();
    sql_files(&dir, &mut files);
    files.sort();
    let mut count = 0;
    let mut wrong = Vec::new();
    for file in &files {
        let Ok(text) = fs::read_to_string(file) else { continue };
        // The others cost time.
        if !text.contains("plpgsql") && !text.to_lowercase().contains("do ") {
            continue;
        }
        for body in bodies(&text) {
            count += 1;
            let (block, errors) = parse_body(&text, &body);
            let unknown = block.as_ref().map(unknown);
            if unknown != Some(0) || !errors.is_empty() {
                wrong.push(format!("{}: {unknown:?} {errors:?}\n{}", file.display(), body.value));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(count > 300, "{count} bodies in {} files", files.len());
}

#[test]
fn deep_bodies_are_left_to_the_server() {
    for (open, close) in [
        ("IF a THEN ", "END IF; "),
        ("LOOP ", "END LOOP; "),
        ("BEGIN ", "END; "),
        ("CASE WHEN a THEN ", "END CASE; "),
    ] {
        let body =
            |depth: usize| format!("BEGIN {}NULL; {}END", open.repeat(depth), close.repeat(depth));
        let text = body(MAX_DEPTH - 1);
        let (block, errors) = parse(&text, 0..text.len());
        assert!(block.is_some() && errors.is_empty(), "{open} {errors:?}");
        let text = body(MAX_DEPTH);
        assert_eq!(parse(&text, 0..text.len()), (None, Vec::new()), "{open}");
        let text = body(10_000);
        assert_eq!(parse(&text, 0..text.len()), (None, Vec::new()), "{open}");
    }
}

#[test]
fn broken_bodies_are_refused_in_the_servers_words() {
    let mut lines = include_str!("refused.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    let mut count = 0;
    let mut wrong = Vec::new();
    while let (Some(body), Some(server)) = (lines.next(), lines.next()) {
        count += 1;
        let server = server.strip_prefix("=> ").unwrap_or_default();
        let errors = parse(body, 0..body.len()).1;
        let first = errors.first().map_or("taken", |error| &error.message);
        if first != server {
            wrong.push(format!("{body}\n  server: {server}\n  here:   {first}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 40, "{count} bodies");
}

#[test]
fn places_are_those_of_the_text() {
    let text = "DO $é$ DECLARE a pg_class.relname%TYPE; BEGIN é := 1 + b; \
                SELECT é.x INTO STRICT a, c.d FROM t é; IF é THEN DROP TABLE q; END IF; END $é$";
    let body = bodies(text).pop().expect("a body");
    let (block, errors) = parse_body(text, &body);
    assert_eq!(errors, []);
    let block = block.expect("a block");
    let at = |range: TextRange| &text[range.range()];
    let DeclarationKind::Variable { ty, .. } = &block.declarations[0].kind else { panic!() };
    assert_eq!(at(ty.range), "pg_class.relname%TYPE");
    let name = ty.name.as_ref().expect("a type");
    assert!(name.percent_type && at(name.name.range) == "pg_class.relname");
    let StatementKind::Assign { target, value, .. } = &block.body[0].kind else { panic!() };
    assert_eq!((at(target.range), at(value.range)), ("é", "1 + b"));
    assert_eq!(at(value.expr().expect("an expression").range), "1 + b");
    let StatementKind::Sql { sql, into: Some(into) } = &block.body[1].kind else { panic!() };
    assert!(into.strict && at(into.targets[1].range) == "c.d");
    let Some(ast::Statement::Query(query)) = sql.statement.as_deref() else { panic!() };
    let QueryBody::Select(select) = &query.body else { panic!() };
    assert_eq!(at(select.targets[0].expr.range), "é.x");
    assert_eq!(select.from.len(), 1);
    let StatementKind::If { branches, .. } = &block.body[2].kind else { panic!() };
    let StatementKind::Sql { sql, .. } = &branches[0].body[0].kind else { panic!() };
    let Some(ast::Statement::Drop(drop)) = sql.statement.as_deref() else { panic!() };
    assert_eq!(at(drop.objects[0].name.range), "q");
}
