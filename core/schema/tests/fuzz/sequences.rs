//! Statements of many files in any order, replayed.

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use pgmigrate_schema::replay::Replay;
use pgmigrate_schema::{PostgresVersion, dump, sql};

use super::invariants;
use super::material::{self, TEXTS};
use super::numbers::{Numbers, Rounds};

/// A statement may take so long, on a slow machine without optimisation.
const LIMIT: Duration = Duration::from_secs(10);

/// As [`pgmigrate_schema::check()`] has it.
const STACK: usize = 256 << 20;

/// Replays a text, statement by statement; says what did not hold, and where.
fn replay(text: &str, version: PostgresVersion) -> Option<String> {
    let mut replay = Replay::new(version);
    replay.source("x.sql");
    for statement in sql::read(text) {
        let Some(tree) = &statement.tree else { continue };
        let is_transaction = matches!(tree, pgmigrate_schema::ast::Statement::Transaction(_));
        let before = dump::all_parts(replay.catalog());
        let started = Instant::now();
        let findings = replay.run(text, statement.range.clone(), tree);
        let took = started.elapsed();
        let mut wrong = invariants::broken(replay.catalog());
        if took > LIMIT {
            wrong.push(format!("it took {took:?}"));
        }
        let refused = findings.iter().any(pgmigrate_schema::Diagnostic::is_error);
        if refused && !is_transaction && dump::all_parts(replay.catalog()) != before {
            wrong.push("it was refused, and changed the catalog".to_owned());
        }
        if !wrong.is_empty() {
            return Some(format!("{}\nafter {}", wrong.join("\n"), &text[statement.range]));
        }
    }
    let all = dump::sql(replay.catalog());
    let mistake = sql::read(&all).into_iter().find(|it| it.error.is_some())?;
    Some(format!("in the dump, {:?}: {}", mistake.error, &all[mistake.range]))
}

/// The same on a stack as large as in use; a panic is a finding like others.
fn replay_apart(text: &str, version: PostgresVersion) -> Option<String> {
    thread::scope(|scope| {
        let apart = thread::Builder::new().stack_size(STACK);
        let handle = apart.spawn_scoped(scope, move || replay(text, version)).unwrap();
        handle.join().unwrap_or_else(|_| Some("a panic".to_owned()))
    })
}

/// Some statements of one file or of two, mixed up, some of them more than once, with some names
/// in place of others.
fn sequence(numbers: &mut Numbers) -> String {
    let mut all = Vec::new();
    for _ in 0..=numbers.below(2) {
        let of_one = material::statements(&numbers.pick(&TEXTS).sql);
        // From the top: what comes later stands on it.
        all.extend(of_one.into_iter().take(20 + numbers.below(60)));
    }
    for _ in 0..numbers.below(1 + all.len() / 4) {
        match (numbers.below(4), numbers.below(all.len()), numbers.below(all.len())) {
            (0, a, b) => all.swap(a, b),
            (1, a, b) => all.insert(a, all[b].clone()),
            (2, a, _) if all.len() > 1 => drop(all.remove(a)),
            (_, a, b) => all[a] = with_a_name_of(numbers, &all[a], &all[b]),
        }
    }
    let mut text = String::new();
    for statement in all {
        match numbers.below(30) {
            0 => text.push_str("BEGIN;\n"),
            1 => text.push_str("COMMIT;\n"),
            2 => text.push_str("ROLLBACK;\n"),
            _ => {}
        }
        let _ = writeln!(text, "{statement};");
    }
    text
}

/// A statement with a word of another in place of one of its own.
fn with_a_name_of(numbers: &mut Numbers, statement: &str, other: &str) -> String {
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        split.filter(|it| it.len() > 1).map(str::to_owned).collect()
    };
    let (own, others) = (words(statement), words(other));
    if own.is_empty() || others.is_empty() {
        return statement.to_owned();
    }
    statement.replacen(
        numbers.pick(&own).as_str(),
        numbers.pick(&others).as_str(),
        1 + numbers.below(2),
    )
}

/// The part of a sequence that is enough for something to be wrong.
fn smallest(text: &str, version: PostgresVersion) -> String {
    let range = |it: sql::Statement| text[it.range].to_owned();
    let mut kept: Vec<String> = sql::read(text).into_iter().map(range).collect();
    let mut size = kept.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < kept.len() {
            let mut fewer = kept.clone();
            drop(fewer.drain(at..(at + size).min(kept.len())));
            if replay_apart(&fewer.join(";\n"), version).is_some() {
                kept = fewer;
            } else {
                at += size;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    kept.join(";\n")
}

#[test]
fn shuffled_statements_leave_the_catalog_whole() {
    let mut numbers = Numbers::new();
    let mut rounds = Rounds::new(60);
    let versions: Vec<_> = PostgresVersion::KNOWN.filter_map(PostgresVersion::new).collect();
    while rounds.next() {
        let text = sequence(&mut numbers);
        let version = *numbers.pick(&versions);
        if replay_apart(&text, version).is_some() {
            let small = smallest(&text, version);
            let wrong = replay_apart(&small, version).unwrap_or_default();
            panic!("{wrong}\n\nwith\n\n{small};\n");
        }
    }
}

#[test]
fn what_was_found_leaves_the_catalog_whole() {
    let version = PostgresVersion::default();
    for text in material::found() {
        assert_eq!(replay_apart(&text.sql, version), None, "{}", text.name);
    }
}

#[test]
fn what_is_open_is_still_wrong() {
    let version = PostgresVersion::default();
    for text in material::open() {
        let wrong = replay_apart(&text.sql, version);
        assert!(wrong.is_some(), "open/{} is mended: move it to found/", text.name);
    }
}
