//! Transcripts: what is typed, and what is then on the screen.
//!
//! A file under `transcripts/` is a session of `sh`. A line that starts with `$ ` is a command,
//! lines with `> ` continue it, and what follows is all that it printed, to both streams, up to
//! the next command or a line that starts with `# `. `[exit 2]` is the exit code, if it is not 0.
//! `cargo migrate` is the binary that is tested; `revision FILE ID PARENT [UP [DOWN]]` writes a
//! revision file. A first line `# database` gives the session an empty database.
//!
//! What differs from run to run is replaced: the date, times, durations, made-up ids, and
//! addresses. `BLESS=1` writes what was printed into the files, for `git diff` to show.

use std::path::{Path, PathBuf};

use crate::sandbox::{BINARY, Sandbox};

/// One test a file, so that they run side by side.
macro_rules! transcripts {
    ($($name:ident)+) => {
        $(#[test] fn $name() { play(stringify!($name)); })+

        #[test]
        fn no_file_is_forgotten() {
            let mut files: Vec<String> = std::fs::read_dir(directory())
                .unwrap()
                .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            files.sort();
            assert_eq!(files, [$(stringify!($name)),+]);
        }
    };
}

transcripts! {
    branches
    check
    current
    database
    diff
    diff_models
    dotenv
    downgrade
    edit
    heads
    help
    history
    import
    init
    lock
    merge
    new
    project
    schema
    schema_file
    scratch
    show
    stamp
    status
    upgrade
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/transcripts")
}

const PRELUDE: &str = r#"
cargo() { shift; "$BINARY" migrate "$@"; }
revision() {
    mkdir -p "$(dirname "$1")"
    {
        printf -- '-- %s\n--\n' "$(basename "$1" .sql | cut -d_ -f3- | tr _ ' ')"
        printf -- '-- Revision ID: %s\n-- Revises: %s\n' "$2" "$3"
        printf -- '-- Create Date: 2026-01-02 03:04:05 UTC\n\n-- migrate:up\n%s\n' "$4"
        printf -- '\n-- migrate:down\n%s\n' "$5"
    } > "$1"
}
"#;

/// A part of a transcript.
enum Part {
    /// A line of prose, or an empty one.
    Prose(String),
    /// A command, and whether its output has begun.
    Command { script: String, printed: bool },
}

fn play(name: &str) {
    let file = directory().join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&file).unwrap();
    let with_database = text.starts_with("# database\n");
    let sandbox = if with_database { Sandbox::with_database() } else { Sandbox::new() };
    let play = |part| match part {
        Part::Prose(line) => format!("{line}\n"),
        Part::Command { script, .. } => {
            format!("$ {}\n{}", script.replace('\n', "\n> "), run(&sandbox, &script))
        }
    };
    let actual: String = parts(&text).into_iter().map(play).collect();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &actual).unwrap();
        return;
    }
    if text != actual {
        let at = text.lines().zip(actual.lines()).take_while(|(a, b)| a == b).count();
        panic!(
            "{name}.txt differs from line {}\n--- is\n{}\n--- should be\n{}\n\n{actual}",
            at + 1,
            actual.lines().nth(at).unwrap_or_default(),
            text.lines().nth(at).unwrap_or_default(),
        );
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for line in text.lines() {
        match (line.get(..2), parts.last_mut()) {
            (Some("$ "), _) => {
                parts.push(Part::Command { script: line[2..].to_owned(), printed: false });
            }
            (Some("> "), Some(Part::Command { script, printed: false })) => {
                script.push('\n');
                script.push_str(&line[2..]);
            }
            (Some("# "), _) | (_, None | Some(Part::Prose(_))) => {
                parts.push(Part::Prose(line.to_owned()));
            }
            (_, Some(Part::Command { printed, .. })) => *printed = true,
        }
    }
    parts
}

/// Runs a command, and gives what is on the screen.
fn run(sandbox: &Sandbox, script: &str) -> String {
    let output = sandbox
        .command("sh")
        .env("BINARY", BINARY)
        .args(["-c", &format!("{PRELUDE}\nexec 2>&1 </dev/null\n{script}")])
        .output()
        .unwrap();
    let mut screen = String::from_utf8(output.stdout).unwrap();
    if !screen.is_empty() && !screen.ends_with('\n') {
        screen.push('\n');
    }
    let end = match output.status.code() {
        Some(0) => String::new(),
        Some(code) => format!("[exit {code}]\n"),
        None => "[killed]\n".to_owned(),
    };
    stable(&(screen + &end), sandbox)
}

/// The screen without what differs from run to run.
fn stable(screen: &str, sandbox: &Sandbox) -> String {
    let mut screen = screen.replace(&sandbox.path().display().to_string(), "[DIR]");
    if let Some(database) = sandbox.database() {
        screen = screen.replace(&database.url(), "[URL]").replace(database.name(), "[DATABASE]");
    }
    let lines = screen.split_inclusive('\n').map(|line| durations(&times(&ids(line))));
    lines.collect()
}

/// Twelve hexadecimal digits in a row are an id that was made up; ids of transcripts are shorter.
fn ids(line: &str) -> String {
    replace_runs(
        line,
        |c| c.is_ascii_digit() || ('a'..='f').contains(&c),
        |run| (run.len() == 12).then_some("[ID]"),
    )
}

/// Dates and times of today's kind; transcripts have dates of January 2026.
fn times(line: &str) -> String {
    replace_runs(
        line,
        |c| c.is_ascii_digit() || c == '-' || c == ':',
        |run| {
            let mask: String =
                run.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            match mask.as_str() {
                "0000-00-00" if !run.starts_with("2026-01-") => Some("[DATE]"),
                "00:00:00" if run != "03:04:05" && run != "00:00:00" => Some("[TIME]"),
                _ => None,
            }
        },
    )
}

/// Times that something took: `12 ms`, `1.3 s`, and numbers behind `duration_ms`.
fn durations(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let is_unit = |word: &str| matches!(word.trim_end_matches(['\n', ':']), "ms" | "s");
    let is_number =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let stable = words.iter().enumerate().map(|(at, word)| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let after = words.get(at + 1).copied().unwrap_or_default();
        if is_number(word) && is_unit(after) {
            "[N]".to_owned()
        } else if is_number(before) && is_unit(word) {
            format!("ms{}", word.trim_start_matches(['m', 's']))
        } else if before == "\"duration_ms\":" && !word.starts_with("null") {
            format!("[N]{}", word.trim_start_matches(|c: char| c.is_ascii_digit()))
        } else {
            (*word).to_owned()
        }
    });
    stable.collect::<Vec<_>>().join(" ")
}

/// Replaces runs of characters of one kind.
fn replace_runs(
    line: &str,
    kind: impl Fn(char) -> bool,
    replace: impl Fn(&str) -> Option<&'static str>,
) -> String {
    let mut new = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(&kind) {
        let (before, run) = rest.split_at(start);
        let (run, after) = run.split_at(run.find(|c| !kind(c)).unwrap_or(run.len()));
        new.push_str(before);
        new.push_str(replace(run).unwrap_or(run));
        rest = after;
    }
    new + rest
}
