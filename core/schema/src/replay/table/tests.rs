//! What statements make, compared with what a server made of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::PostgresVersion;
use crate::catalog::{Catalog, ConstraintKind, Object, RelationKind};
use crate::diagnostic::Diagnostic;
use crate::replay::Replay;
use crate::sql;

/// Statements, and after `=>` what a server (version 15) has then: columns, constraints, indexes
/// and sequences, each with the name that it chose.
const MADE: &str = include_str!("tests.txt");

fn replayed(text: &str) -> (Replay, Vec<Diagnostic>) {
    let mut replay = Replay::new(PostgresVersion::default());
    replay.source("test.sql");
    let mut findings = Vec::new();
    for statement in sql::read(text) {
        let tree = statement.tree.unwrap_or_else(|| panic!("{text}: {:?}", statement.error));
        findings.extend(replay.run(text, statement.range, &tree));
    }
    (replay, findings)
}

/// The catalog as lines, sorted.
fn lines(catalog: &Catalog) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (_, entry) in catalog.iter() {
        match &entry.object {
            Object::Relation(it) => match &it.kind {
                RelationKind::Index(_) => lines.extend([format!("index {}", it.name)]),
                RelationKind::Sequence(_) => lines.extend([format!("sequence {}", it.name)]),
                RelationKind::Table(_) => lines.extend(it.columns.iter().map(|column| {
                    let null = if column.not_null { " not null" } else { "" };
                    let local = if column.local { "" } else { " inherited" };
                    let ty = catalog.type_name(&column.ty);
                    format!("column {}.{} {ty}{null}{local}", it.name, column.name)
                })),
                _ => {}
            },
            Object::Constraint(it) => {
                let Some(table) = catalog.relation(it.on) else { continue };
                let letter = match it.kind {
                    ConstraintKind::Check(_) => 'c',
                    ConstraintKind::PrimaryKey(_) => 'p',
                    ConstraintKind::Unique(_) => 'u',
                    ConstraintKind::Exclusion { .. } => 'x',
                    ConstraintKind::ForeignKey(_) => 'f',
                    ConstraintKind::Trigger(_) => 't',
                };
                let local = if it.local { "" } else { " inherited" };
                lines.insert(format!("constraint {}.{} {letter}{local}", table.name, it.name));
            }
            _ => {}
        }
    }
    lines
}

#[test]
fn tables_are_what_the_server_makes_of_them() {
    let mut wrong = String::new();
    for case in MADE.split("\n\n") {
        let (statements, expected) =
            case.split_once("\n=>\n").expect("statements and what is made");
        let (replay, findings) = replayed(statements);
        let expected: BTreeSet<String> = expected.trim().lines().map(str::to_owned).collect();
        let found = lines(replay.catalog());
        let lacks: Vec<_> = expected.difference(&found).collect();
        let has: Vec<_> = found.difference(&expected).collect();
        if !findings.is_empty() || found != expected {
            let _ =
                write!(wrong, "{statements}\nlacks {lacks:#?}\nhas {has:#?}\n{findings:#?}\n\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
