//! The documentation: what it shows is what there is.
//!
//! The pages under `docs/checks/` are made from the table of checks, and from examples that are
//! run. `UPDATE_DOCS=1 cargo test -p pgmigrate-schema --test docs` writes them anew.
//!
//! An example is a text, `tests/docs/<check>.txt`:
//!
//! ```text
//! A sentence on the situation, or nothing.
//! === bad
//! --- 2026-11-01_4c1d7e90ab12_create_users.sql
//! The file as it is.
//! === good
//! --- 2026-11-01_4c1d7e90ab12_create_users.sql
//! The file as it should be. Files that stay as they are need not be repeated.
//! ```
//!
//! `--- NAME (removed)` takes a file away, `--- NAME (latin1)` gives one that is not UTF-8. Where
//! an example has no lock, the lack of one is not reported.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use pgmigrate_schema::render::{self, Target};
use pgmigrate_schema::settings::Level;
use pgmigrate_schema::{Cache, Checked, Code, Directory, Settings, Severity, Source, check, lock};

/// Checks that are not about the files of a chain, with why there is nothing to show.
const WITHOUT_EXAMPLE: [(Code, &str); 2] = [
    (Code::UnreadableDirectory, "It is about the directory itself, before any file is read."),
    (
        Code::BadSettings,
        "It is about `Cargo.toml`, and not about a revision: [the guide](../guide/settings.md) has \
         the keys.",
    ),
];

/// The name of the directory in the examples.
const DIRECTORY: &str = "migrations";

#[test]
fn every_check_finds_its_example_and_nothing_in_the_mended_one() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let Some(example) = Example::of(code) else {
            assert!(
                why_without_example(code).is_some(),
                "{code} needs {}",
                fixture(code).display()
            );
            continue;
        };
        let found = |files| {
            let checked = run(code, files);
            checked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        let bad = found(&example.bad);
        if bad.is_empty() || bad.iter().any(|&it| it != code) {
            wrong.push(format!("{code}, bad: {bad:?}"));
        }
        let good = found(&example.good);
        if !good.is_empty() {
            wrong.push(format!("{code}, good: {good:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_pages_are_what_the_checks_say() {
    let pages: BTreeMap<String, String> = Code::ALL
        .iter()
        .map(|&code| (format!("{code}.md"), page(code)))
        .chain([("README.md".to_owned(), index())])
        .collect();
    let directory = root().join("docs/checks");
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut wrong = Vec::new();
    for (name, text) in &pages {
        let path = directory.join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        if update {
            fs::create_dir_all(&directory).expect("docs/checks can be made");
            fs::write(&path, text).expect("docs/checks can be written");
        } else {
            wrong.push(format!("{name} is not what the check says now"));
        }
    }
    for name in names(&directory).into_iter().filter(|name| !pages.contains_key(name)) {
        wrong.push(format!("{name} is the page of no check"));
    }
    assert!(wrong.is_empty(), "{wrong:#?}\nUPDATE_DOCS=1 writes the pages anew");
}

#[test]
fn every_example_is_that_of_a_check() {
    for name in names(&fixtures()) {
        let code = name.strip_suffix(".txt").and_then(Code::from_name);
        assert!(code.is_some_and(|code| why_without_example(code).is_none()), "{name}");
    }
}

/// `<!-- FILE -->` above a block says where its text is from.
#[test]
fn what_the_readme_quotes_is_there() {
    let readme = read("README.md");
    let quotes: Vec<&str> = readme.split("<!-- ").skip(1).collect();
    assert!(!quotes.is_empty());
    for quote in quotes {
        let (file, rest) = quote.split_once(" -->\n```text\n").expect("a block follows");
        let (text, _) = rest.split_once("```").expect("the block ends");
        assert!(read(file).contains(text), "{file} has not\n{text}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    for page in pages() {
        for link in links(&read(&page)).filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { resolved(&page, path) };
            assert!(root().join(&target).exists(), "{page}: {link}");
            let found = anchor.is_empty() || headings(&read(&target)).any(|it| it == anchor);
            assert!(found, "{page}: {target} has no heading for #{anchor}");
        }
    }
}

#[test]
fn the_summary_has_every_page() {
    let summary = read("docs/SUMMARY.md");
    let listed: Vec<String> = links(&summary).map(|it| resolved("docs/SUMMARY.md", it)).collect();
    for page in pages().iter().filter(|page| page.starts_with("docs/")) {
        assert!(page == "docs/SUMMARY.md" || listed.contains(page), "{page} is not listed");
    }
}

/// The page of one check.
fn page(code: Code) -> String {
    let mut page = format!("# {code}\n\n{}\n\n{}", facts(code), explanation(code));
    if let Some(example) = Example::of(code) {
        example.write(code, &mut page);
    } else {
        let why = why_without_example(code).unwrap_or_default();
        let _ = write!(page, "\n{why}\n");
    }
    page.push_str("\n[All checks](README.md)\n");
    page
}

/// How much the check counts, in one line.
fn facts(code: Code) -> String {
    let severity = match code.severity() {
        Severity::Error => "**Error**: the build fails, and no setting changes that.",
        Severity::Warning => "**Warning**: `[package.metadata.migrate.lints]` can change that.",
    };
    match code.sqlstate() {
        Some(state) => format!("{severity} The server would raise SQLSTATE {state}."),
        None => severity.to_owned(),
    }
}

/// The explanation, without the margin that a doc comment has.
fn explanation(code: Code) -> String {
    let lines = code.explanation().split('\n').map(|line| line.trim_start().to_owned() + "\n");
    lines.collect::<String>().trim_end().to_owned() + "\n"
}

/// The list of all checks.
fn index() -> String {
    let mut page = "# Checks\n\n\
        What `cargo build` and `cargo migrate check` look for, one page each. An error fails the \
        build. A warning can be turned off, or into an error, in \
        [`[package.metadata.migrate.lints]`](../guide/settings.md); some can be waived in one \
        section by [`-- migrate:allow CHECK because REASON`](../guide/revision-files.md).\n\n\
        | check | counts as | what it finds |\n|---|---|---|\n"
        .to_owned();
    for &code in Code::ALL {
        let explanation = explanation(code);
        let first = explanation.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let severity = code.severity().name();
        let _ = writeln!(page, "| [`{code}`]({code}.md) | {severity} | {} |", first.trim());
    }
    page
}

fn why_without_example(code: Code) -> Option<&'static str> {
    WITHOUT_EXAMPLE.iter().find(|(other, _)| *other == code).map(|(_, why)| *why)
}

/// A directory with a mistake, and the same without it.
struct Example {
    prose: String,
    bad: Files,
    good: Files,
}

/// The files of a directory, by name.
type Files = BTreeMap<String, Vec<u8>>;

impl Example {
    fn of(code: Code) -> Option<Self> {
        let text = fs::read_to_string(fixture(code)).ok()?;
        let (prose, rest) = text.split_once("=== bad\n").expect("an example has a bad part");
        let (bad, good) = rest.split_once("=== good\n").expect("an example has a good part");
        let bad = overlay(Files::new(), bad);
        let good = overlay(bad.clone(), good);
        Some(Self { prose: prose.to_owned(), bad, good })
    }

    /// The sections of a page: the files, the finding, and what is different without it.
    fn write(&self, code: Code, page: &mut String) {
        page.push_str("\n## Example\n");
        if !self.prose.is_empty() {
            let _ = write!(page, "\n{}", self.prose);
        }
        if self.bad.is_empty() {
            let _ = writeln!(page, "\n`{DIRECTORY}/` is empty.");
        }
        for (name, bytes) in &self.bad {
            write_file(page, name, bytes);
        }
        let checked = run(code, &self.bad);
        for finding in &checked.findings {
            let text = render::finding(finding, &checked, Target::Terminal { colour: false });
            let _ = write!(page, "\n```text\n{}\n```\n", text.trim_end());
        }
        page.push_str("\n## Mended\n");
        for name in self.bad.keys().filter(|name| !self.good.contains_key(*name)) {
            let _ = writeln!(page, "\n`{DIRECTORY}/{name}` is gone.");
        }
        for (name, bytes) in &self.good {
            if self.bad.get(name) != Some(bytes) {
                write_file(page, name, bytes);
            }
        }
    }
}

/// Puts the files of one part of an example over those that are there.
fn overlay(mut files: Files, part: &str) -> Files {
    let mut entries: Vec<(&str, String)> = Vec::new();
    for line in part.split_inclusive('\n') {
        match (line.strip_prefix("--- "), entries.last_mut()) {
            (Some(title), _) => entries.push((title.trim_end(), String::new())),
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => panic!("a part begins with the name of a file: {part}"),
        }
    }
    for (title, body) in entries {
        match title.split_once(" (") {
            None => files.insert(title.to_owned(), body.into_bytes()),
            Some((name, "removed)")) => files.remove(name),
            Some((name, "latin1)")) => files.insert(name.to_owned(), latin1(&body)),
            Some(_) => panic!("{title}"),
        };
    }
    files
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a character of Latin-1")).collect()
}

fn write_file(page: &mut String, name: &str, bytes: &[u8]) {
    let language = match Path::new(name).extension().and_then(|it| it.to_str()) {
        Some("sql") => "sql",
        Some("rs") => "rust",
        _ => "text",
    };
    let text = String::from_utf8_lossy(bytes);
    let _ = write!(page, "\n`{DIRECTORY}/{name}`\n\n```{language}\n{text}```\n");
}

fn run(code: Code, files: &Files) -> Checked {
    let source = |(name, bytes): (&String, &Vec<u8>)| Source {
        path: format!("{DIRECTORY}/{name}"),
        bytes: bytes.clone(),
    };
    let mut settings = Settings::default();
    if code != Code::MissingLock {
        settings.lints.insert(Code::MissingLock, Level::Allow);
    }
    let directory = Directory {
        path: DIRECTORY.to_owned(),
        sources: files.iter().filter(is_revision).map(source).collect(),
        lock: files.get_key_value(lock::FILE_NAME).map(source),
        schema_file: files.get_key_value("schema.sql").map(source),
    };
    check(&directory, &settings, NonZeroUsize::MIN, &Cache::default())
}

fn is_revision((name, _): &(&String, &Vec<u8>)) -> bool {
    !matches!(name.as_str(), lock::FILE_NAME | "schema.sql")
}

fn fixture(code: Code) -> PathBuf {
    fixtures().join(format!("{code}.txt"))
}

fn fixtures() -> PathBuf {
    root().join("core/schema/tests/docs")
}

/// The workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the workspace.
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of the documentation, as paths in the workspace.
fn pages() -> Vec<String> {
    ["", "docs/", "docs/guide/", "docs/checks/"]
        .iter()
        .flat_map(|at| names(&root().join(at)).into_iter().map(move |name| format!("{at}{name}")))
        .filter(|path| path.strip_suffix(".md").is_some())
        .collect()
}

/// Where the links of a page lead.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// A path that a page has, from the workspace.
fn resolved(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The headings of a page, as links name them.
fn headings(text: &str) -> impl Iterator<Item = String> {
    text.split('\n').filter(|line| line.starts_with('#')).map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        title.chars().filter(|&c| c.is_alphanumeric() || "-_".contains(c)).collect()
    })
}

/// The names of the files in a directory, sorted; none where it is not there.
fn names(directory: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
