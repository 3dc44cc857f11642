//! Whatever is in a directory, a check ends with findings, and each can be shown.

use std::num::NonZeroUsize;

use pgmigrate_schema::render::{Target, finding};
use pgmigrate_schema::{Cache, Directory, Settings, Source, check};

const REVISION: &str = "-- add profiles\n--\n-- Revision ID: 8f2b61c05d34\n-- Revises: \
    4c1d7e90ab12, base\n-- Create Date: 2026-10-07 14:30:05 UTC\n-- Branch Labels: people, é\n\
    -- Depends On: x\n\n-- migrate:up transaction:false\nBEGIN;\nCREATE TABLE profiles (\n    \
    user_id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,\n    \"naïve\" text NOT \
    NULL CHECK (length('it''s') > 0)\n);\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE \
    WHEN true THEN 1 END; END;\nDO $body$ BEGIN PERFORM 1; END $body$;\n-- migrate:allow \
    mixed-section because tests\nCREATE INDEX CONCURRENTLY i ON profiles (user_id);\nCOMMIT;\n\n\
    -- migrate:down irreversible: gone\n";

const LOCK: &str = "# x\nlock 1\nheads 8f2b61c05d34\n4c1d7e90ab12 base 00.11 sealed\n\
    8f2b61c05d34 4c1d7e90ab12 after:x 22\n";

const PIECES: [&[u8]; 20] = [
    b"'",
    b"$$",
    b"$body$",
    b"\"",
    b"(",
    b")",
    b";",
    b"/*",
    b"*/",
    b"--",
    b"\n-- migrate:up\n",
    b"\n-- migrate:down\n",
    b"\r\n",
    b"BEGIN ATOMIC ",
    b" END ",
    b"E'\\",
    b"\xff",
    b"\xc3\xa9",
    b"\xef\xbb\xbf",
    b"\n<<<<<<< HEAD\n",
];

/// A small generator of numbers (xorshift64), so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }

    /// Breaks a text in one to six places.
    fn broken(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len());
            match self.below(3) {
                0 => drop(bytes.drain(at..(at + self.below(40)).min(bytes.len()))),
                1 => drop(bytes.splice(at..at, PIECES[self.below(PIECES.len())].iter().copied())),
                _ => bytes[at] = u8::try_from(self.below(256)).unwrap_or_default(),
            }
        }
        bytes
    }
}

#[test]
fn a_broken_directory_gives_findings_that_can_be_shown() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut shown = 0;
    for run in 0..1500 {
        let sources = (0..=numbers.below(2)).map(|n| Source {
            path: format!("m/2026-10-0{n}_8f2b61c05d34_x.sql"),
            bytes: numbers.broken(REVISION),
        });
        let sources = sources.collect();
        let lock = (run % 2 == 0)
            .then(|| Source { path: "m/migrations.lock".into(), bytes: numbers.broken(LOCK) });
        let directory = Directory { path: "m".into(), sources, lock, schema_file: None };
        let checked = check(&directory, &Settings::default(), NonZeroUsize::MIN, &Cache::default());
        for it in &checked.findings {
            assert!(finding(it, &checked, Target::Compiler).contains(it.code.name()));
            assert!(finding(it, &checked, Target::Terminal { colour: true }).ends_with('\n'));
            shown += 1;
        }
    }
    assert!(shown > 1500, "{shown}");
}

#[test]
fn deep_and_long_statements_do_not_exhaust_the_stack() {
    for sql in [
        format!("SELECT {}1{}", "(".repeat(50_000), ")".repeat(50_000)),
        format!("SELECT {}1{}", "(".repeat(400), ")".repeat(400)),
        format!("SELECT true{}", " OR true".repeat(5_000)),
        format!("SELECT {}1{}", "CASE WHEN true THEN ".repeat(2_000), " END".repeat(2_000)),
        format!("SELECT {}1{}", "ARRAY[".repeat(2_000), "]".repeat(2_000)),
        format!("SELECT {}true", "NOT ".repeat(100_000)),
        format!("SELECT {}1", "- ".repeat(100_000)),
        format!("SELECT 1{}", " || 1".repeat(100_000)),
        format!("SELECT 1{}", "::int".repeat(100_000)),
        format!("SELECT 1{}", " UNION SELECT 1".repeat(100_000)),
        format!("SELECT a{}", ".a".repeat(100_000)),
    ] {
        let text = format!(
            "-- x\n-- Revision ID: a1\n-- Revises: base\n\n-- migrate:up\n{sql};\n-- migrate:down\n"
        );
        let source = Source { path: "m/2026-10-01_a1_x.sql".into(), bytes: text.into_bytes() };
        let directory =
            Directory { path: "m".into(), sources: vec![source], lock: None, schema_file: None };
        let checked = check(&directory, &Settings::default(), NonZeroUsize::MIN, &Cache::default());
        assert_eq!(checked.errors().count(), 0, "{}", &sql[..60]);
    }
}
