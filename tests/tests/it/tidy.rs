//! What holds for the sources as a whole. The invariants are those of `docs/architecture.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use pgmigrate_tests::ended::Ended;
use pgmigrate_tests::workspace::{code, files, root};

/// The crates that `cargo tree` lists, each once, the first aside.
fn tree(package: &str, edges: &str) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["tree", "-p", package, "-e", edges, "--prefix", "none", "--format", "{p}"]);
    let tree = Ended::of(command.arg("--offline").current_dir(root())).succeeds();
    // `name v1.2.3 (/path) (*)`
    let name_and_version = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    tree.stdout.lines().skip(1).map(name_and_version).filter(|line| !line.is_empty()).collect()
}

#[test]
fn an_application_links_few_crates_and_none_that_parses() {
    let linked = tree("pgmigrate", "normal,no-proc-macro");
    assert!(linked.len() < 64, "{} beside pgmigrate: {linked:#?}", linked.len());
    assert!(linked.iter().any(|it| it.starts_with("postgres ")), "{linked:#?}");
    let is_parser = |it: &&String| {
        let name = it.split(' ').next().unwrap_or_default();
        name.starts_with("squawk")
            || ["syn", "quote", "proc-macro2", "sqlparser", "pg_query"].contains(&name)
    };
    let parsers: Vec<_> = linked.iter().filter(is_parser).collect();
    assert!(parsers.is_empty(), "{parsers:?}");
}

#[test]
fn the_chain_depends_on_nothing() {
    assert_eq!(tree("pgmigrate-chain", "normal,build"), BTreeSet::new());
}

/// Fails where a line of code in a directory has one of these words.
fn forbid(directory: &str, words: &[&str]) {
    let mut found = Vec::new();
    let files = files(&root().join(directory), "rs");
    assert!(!files.is_empty(), "{directory} has no sources");
    for path in files {
        // Modules of tests: a file, or a directory of files.
        let is_test = ["tests.rs", "testing.rs"].iter().any(|name| path.ends_with(name))
            || path
                .strip_prefix(root().join(directory))
                .unwrap()
                .components()
                .any(|part| part.as_os_str() == "tests");
        if is_test {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let hits = code(&text).filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|(number, line)| format!("{}:{number}: {line}", path.display())));
    }
    assert!(found.is_empty(), "none of {words:?} belongs here:\n{}", found.join("\n"));
}

/// The members of `core`, which does all the work that needs no machine, and the one that reads
/// files for it.
const CORE: [&str; 5] =
    ["core/chain/src", "core/schema/src", "core/import/src", "core/model/src", "core/disk/src"];

#[test]
fn core_does_no_io_and_knows_no_clock() {
    for directory in &CORE[..4] {
        forbid(
            directory,
            &[
                "std::fs",
                "std::env",
                "std::net",
                "std::process",
                "std::io",
                "SystemTime",
                "Instant",
            ],
        );
    }
}

#[test]
fn the_runtime_parses_neither_sql_nor_rust() {
    forbid("runtime/src", &["squawk", "syn::", "sqlparser", "pgmigrate_schema"]);
}

#[test]
fn only_the_command_line_prints() {
    for directory in CORE.iter().chain(&["macros/src", "runtime/src", "scratch/src"]) {
        forbid(directory, &["println!", "print!(", "dbg!("]);
    }
}

#[test]
fn the_order_of_a_hash_map_reaches_nothing() {
    for directory in ["core", "macros", "runtime", "cargo-migrate/src", "scratch/src"] {
        forbid(directory, &["HashMap", "HashSet"]);
    }
}

#[test]
fn nothing_is_unsafe() {
    for directory in ["core", "macros", "runtime", "cargo-migrate", "scratch", "examples"] {
        forbid(directory, &["unsafe {", "unsafe fn", "unsafe impl", "#[allow("]);
    }
}

/// The names of the files in a directory with this extension, without it.
fn stems(directory: &Path, extension: &str) -> BTreeSet<String> {
    let stem = |path: &std::path::PathBuf| path.file_stem()?.to_str().map(str::to_owned);
    files(directory, extension).iter().filter_map(stem).collect()
}

#[test]
fn every_mistake_has_its_words() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/fail");
    assert_eq!(stems(&cases, "rs"), stems(&cases, "stderr"));
    assert!(stems(&cases, "rs").len() >= 22, "too few kinds of mistakes");
}

/// The tests of a crate that are one program: a file that is no module is not run.
#[test]
fn every_file_of_tests_is_run() {
    for member in ["tests", "runtime", "scratch", "cargo-migrate"] {
        let directory = root().join(member).join("tests/it");
        for path in files(&directory, "rs") {
            let name = path.file_stem().and_then(|it| it.to_str()).unwrap();
            let folder = path.parent().unwrap();
            let above = match (name, folder == directory) {
                ("main", true) => continue,
                ("mod", false) => folder.parent().unwrap(),
                _ => folder,
            };
            let name =
                if name == "mod" { folder.file_name().unwrap().to_str().unwrap() } else { name };
            let parent =
                ["main.rs", "mod.rs"].iter().map(|it| above.join(it)).find(|it| it.exists());
            let text = fs::read_to_string(parent.unwrap()).unwrap();
            assert!(text.contains(&format!("mod {name};")), "{} is not run", path.display());
        }
    }
}
