//! Broken texts, checked as revisions of a chain.

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use pgmigrate_schema::render::{Target, finding};
use pgmigrate_schema::{Cache, Directory, Settings, Source, check};

use super::material::{self, TEXTS};
use super::numbers::{Numbers, Rounds};

/// Parts that open, close, nest or separate something.
const PIECES: [&str; 40] = [
    "'",
    "\"",
    "$$",
    "$x$",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    ".",
    "::",
    ":",
    "/*",
    "*/",
    "--",
    "\n",
    "E'\\",
    "U&'\\",
    "\0",
    "é",
    "𝄞",
    "\u{feff}",
    " AS ",
    " NOT ",
    " - ",
    " || ",
    " AND ",
    " CASE ",
    " WHEN ",
    " END ",
    " BEGIN ATOMIC ",
    " IN (",
    " SELECT ",
    " FROM ",
    " JOIN ",
    " UNION ",
    " NULL ",
    "99999999999999999999",
    "\n-- migrate:up\n",
];

/// A statement's share of the time that a check may take, on a slow machine without optimisation.
const LIMIT: Duration = Duration::from_secs(20);

/// Breaks a text in one to six places.
fn break_up(numbers: &mut Numbers, text: &mut Vec<u8>, other: &str) {
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(text.len());
        let end = (at + numbers.below(60)).min(text.len());
        match numbers.below(6) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..at, numbers.pick(&PIECES).bytes())),
            2 if at < text.len() => text[at] = u8::try_from(numbers.below(256)).unwrap_or_default(),
            3 => {
                let part = text[at..end].repeat(1 + numbers.below(4));
                drop(text.splice(at..at, part));
            }
            4 => {
                let times = 1 << numbers.below(12);
                drop(text.splice(at..at, numbers.pick(&PIECES).repeat(times).into_bytes()));
            }
            _ => {
                let from = numbers.below(other.len());
                let to = (from + numbers.below(200)).min(other.len());
                drop(text.splice(at..end, other.as_bytes()[from..to].iter().copied()));
            }
        }
    }
}

/// Checks a text as the only revision; every finding can be shown.
fn check_text(name: &str, text: &[u8]) {
    let head = "-- x\n-- Revision ID: a1\n-- Revises: base\n\n-- migrate:up\n";
    let bytes = [head.as_bytes(), text, b"\n-- migrate:down\n"].concat();
    let source = Source { path: "m/2026-10-01_a1_x.sql".into(), bytes };
    let directory =
        Directory { path: "m".into(), sources: vec![source], lock: None, schema_file: None };
    let started = Instant::now();
    let checked = check(&directory, &Settings::default(), NonZeroUsize::MIN, &Cache::default());
    let took = started.elapsed();
    let shown = String::from_utf8_lossy(text);
    assert!(took < LIMIT, "{name}: {took:?}\n{shown}");
    for it in &checked.findings {
        assert!(finding(it, &checked, Target::Compiler).contains(it.code.name()), "{name}");
        assert!(finding(it, &checked, Target::Terminal { colour: true }).ends_with('\n'));
    }
}

/// Says which input it was, if the check panics.
struct Running<'a>(&'a str, &'a [u8]);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{} became:\n{}", self.0, String::from_utf8_lossy(self.1));
        }
    }
}

#[test]
fn broken_texts_are_checked_to_the_end() {
    let mut numbers = Numbers::new();
    let mut rounds = Rounds::new(250);
    while rounds.next() {
        let text = numbers.pick(&TEXTS);
        let other = numbers.pick(&TEXTS);
        let all = material::statements(&text.sql);
        if all.is_empty() {
            continue;
        }
        let some = (0..=numbers.below(8)).map(|_| numbers.pick(&all).as_str());
        let mut broken = some.collect::<Vec<_>>().join(";\n").into_bytes();
        break_up(&mut numbers, &mut broken, &other.sql);
        let _running = Running(&text.name, &broken);
        check_text(&text.name, &broken);
    }
}

#[test]
fn what_was_found_is_checked_to_the_end() {
    for text in material::found() {
        check_text(&text.name, text.sql.as_bytes());
    }
}
