//! What a real server says to queries, and what is said here.
//!
//! `queries.sql` begins with a schema. Above each statement behind it stands what a server says:
//! `--> name type, …` for the columns of the result, `--! SQLSTATE` for a refusal.
//! `BLESS=1 cargo test -p pgmigrate-schema --lib analyze::query` asks one, and writes its answers
//! into the file and into `known.txt` what is not answered in the same way here. To refuse what
//! the server accepts is never allowed.

mod schema;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pgmigrate_scratch::Scratch;

use crate::analyze::{Analyzer, Output};
use crate::builtin::TypeKind;
use crate::catalog::{BaseType, Catalog, ColumnType};
use crate::dump::Names;
use crate::replay::Stop;
use crate::sql::{self, Statement};

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analyze/query/tests").join(file)
}

fn is_schema(sql: &str) -> bool {
    sql.starts_with("CREATE")
}

/// What is said here; none where nothing is known.
fn answer(catalog: &Catalog, text: &str, statement: &Statement) -> Option<String> {
    let Some(tree) = &statement.tree else { return Some("--! 42601".to_owned()) };
    let mut analyzer = Analyzer::new(catalog, text);
    match analyzer.rows(tree) {
        Ok(outputs) => Some(columns(catalog, &outputs)),
        Err(Stop::Unknown) => None,
        Err(Stop::Refused(refusal)) => {
            Some(format!("--! {}", refusal.code.sqlstate().unwrap_or_default()))
        }
    }
}

fn columns(catalog: &Catalog, outputs: &[Output]) -> String {
    let names = Names { catalog };
    // A server describes a domain as the type that it is made of.
    let base = |it: &Output| match it.ty.ty.base {
        BaseType::Known(name) if !it.ty.ty.array => match catalog.known_type(name)?.kind {
            TypeKind::Domain(base) => Some(ColumnType::plain(catalog.type_of_fact(base))),
            _ => None,
        },
        _ => None,
    };
    let ty = |it: &Output| base(it).unwrap_or_else(|| it.ty.clone());
    let columns = outputs.iter().map(|it| format!("{} {}", it.name, names.column_type(&ty(it))));
    format!("--> {}", columns.collect::<Vec<_>>().join(", ")).trim_end().to_owned()
}

/// The line above a statement.
fn expected(text: &str, statement: &Statement) -> String {
    let before = text[..statement.range.start].trim_end();
    let line = before.lines().next_back().unwrap_or_default();
    if line.starts_with("--> ") || line.starts_with("--!") || line == "-->" {
        line.to_owned()
    } else {
        String::new()
    }
}

#[test]
fn queries_are_answered_as_a_server_does() {
    let mut text = std::fs::read_to_string(path("queries.sql")).unwrap();
    let blessing = std::env::var_os("BLESS").is_some();
    if blessing {
        text = bless(&text);
        std::fs::write(path("queries.sql"), &text).unwrap();
    }
    let statements = sql::read(&text);
    let catalog =
        schema::catalog(&text, statements.iter().filter(|it| is_schema(&text[it.range.clone()])));
    let mut known = String::new();
    let mut refused = String::new();
    for statement in statements.iter().filter(|it| !is_schema(&text[it.range.clone()])) {
        let (server, sql) = (expected(&text, statement), &text[statement.range.clone()]);
        let here = answer(&catalog, &text, statement);
        if here.as_ref() == Some(&server) {
            continue;
        }
        let here = here.unwrap_or_else(|| "unknown".to_owned());
        writeln!(known, "{sql}\n  server {server}\n  here   {here}").unwrap();
        if here.starts_with("--!") && !server.starts_with("--!") {
            writeln!(refused, "{sql}\n  server {server}\n  here   {here}").unwrap();
        }
    }
    assert!(refused.is_empty(), "refused here, and not by a server:\n{refused}");
    if blessing {
        std::fs::write(path("known.txt"), &known).unwrap();
    }
    let before = std::fs::read_to_string(path("known.txt")).unwrap_or_default();
    assert_eq!(before, known, "the list of what is not known here has changed");
}

/// The file with a server's answers.
fn bless(text: &str) -> String {
    let server = Scratch::new().start().unwrap();
    let database = server.fresh_database().unwrap();
    let psql = server.bin("psql").unwrap();
    let ask = |sql: &str| {
        let mut child = Command::new(&psql)
            .args(["-X", "-At", "-F", "\t", "-v", "VERBOSITY=sqlstate"])
            .arg(database.url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let mut out = String::new();
    let mut end = 0;
    for statement in sql::read(text) {
        let sql = &text[statement.range.clone()];
        for line in text[end..statement.range.start].split_inclusive('\n') {
            if !line.starts_with("--> ") && !line.starts_with("--!") && line.trim() != "-->" {
                out.push_str(line);
            }
        }
        end = statement.range.end;
        if is_schema(sql) {
            let made = ask(&format!("{sql};\n"));
            assert!(made.stderr.is_empty(), "{sql}: {}", String::from_utf8_lossy(&made.stderr));
        } else {
            let said = ask(&format!("{sql} \\gdesc\n"));
            let error = String::from_utf8(said.stderr).unwrap();
            if let Some(code) = error.strip_prefix("ERROR:  ") {
                writeln!(out, "--! {}", code.trim()).unwrap();
            } else {
                let said = String::from_utf8(said.stdout).unwrap();
                let columns = said.lines().filter(|it| it.contains('\t'));
                let columns: Vec<_> = columns.map(|it| it.replace('\t', " ")).collect();
                writeln!(out, "{}", format!("--> {}", columns.join(", ")).trim_end()).unwrap();
            }
        }
        out.push_str(sql);
    }
    out.push_str(&text[end..]);
    out
}
