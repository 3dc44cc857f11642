//! Crates with a chain, built by cargo: what is wrong fails the build, and what changes is noticed.

use std::fs;
use std::path::Path;

use pgmigrate_tests::chain::{line_of, revision, write, write_table};
use pgmigrate_tests::corpus::Corpus;
use pgmigrate_tests::ended::Ended;
use pgmigrate_tests::project::Project;
use pgmigrate_tests::servers;

use crate::command::migrate;

fn project(name: &str) -> Project {
    Project::new(Path::new(env!("CARGO_TARGET_TMPDIR")), name)
}

/// What the program of a project applies to an empty database.
#[track_caller]
fn applied(project: &Project) -> Vec<String> {
    project.build().succeeds();
    project.boot("debug", &servers::database().url())
}

/// The path of a revision of an imported chain, relative to its crate.
fn file(project: &Project, id: &str) -> String {
    let entries = fs::read_dir(project.migrations()).unwrap();
    let name = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.contains(&format!("_{id}_")));
    format!("migrations/{}", name.unwrap_or_else(|| panic!("no file of revision {id}")))
}

#[test]
fn a_long_chain_builds_and_its_mistakes_do_not() {
    let Some(corpus) = Corpus::find("crates_io") else {
        return println!("skipped: there is no folder shared/corpora");
    };
    let project = project("long-chain");
    let folder = corpus.folder();
    let import = ["import", &*corpus.style, folder.to_str().unwrap()];
    migrate(project.directory(), &import).succeeds();
    let ids = applied(&project);
    assert_eq!(ids.len(), corpus.up.len());

    let (middle, after) = (&ids[140], &ids[141]);
    let path = file(&project, after);
    let text = fs::read_to_string(project.directory().join(&path)).unwrap();
    let place = |text: &str, words: &str| format!("--> {path}:{}:", line_of(text, words));

    // A parent that is not there.
    let parent = format!("-- Revises: {middle}");
    let broken = text.replace(&parent, "-- Revises: 20991231000000");
    project.write(&path, &broken);
    refused(&project, &place(&broken, "20991231000000")).complains("20991231000000");
    project.write(&path, &text);

    // A misspelt keyword.
    let statement = line_of(&text, "-- migrate:up") + 1;
    let statement = text.lines().skip(statement - 1).find(|line| is_statement(line)).unwrap();
    let broken = text.replacen(statement, &format!("X{statement}"), 1);
    project.write(&path, &broken);
    refused(&project, &place(&broken, &format!("X{statement}")));
    project.write(&path, &text);

    // A second head, as two merged branches leave it.
    let second = write_table(&project.migrations(), "second", middle);
    migrate(project.directory(), &["lock"]).succeeds();
    let last = file(&project, &ids[ids.len() - 1]);
    refused(&project, "--> migrations/2026-11-22_second_x.sql:3:").complains(&last);
    fs::remove_file(second).unwrap();
    // Its line in the lock went with it, so nothing is missed.
    migrate(project.directory(), &["lock"]).succeeds();

    assert_eq!(applied(&project), ids);
}

fn is_statement(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// The build fails at this place.
#[track_caller]
fn refused(project: &Project, place: &str) -> Ended {
    project.build().exits(101).complains(place).complains("error: ")
}

/// A crate with one revision, and no build script.
fn small(name: &str) -> Project {
    let project = project(name);
    write_table(&project.migrations(), "one", "base");
    migrate(project.directory(), &["lock"]).succeeds();
    project
}

#[test]
fn changes_are_noticed_without_a_build_script() {
    let project = small("changes");
    assert_eq!(applied(&project), ["one"]);
    let again = project.build().succeeds();
    assert!(!again.stderr.contains("Compiling"), "nothing had changed: {again}");

    // A new revision.
    migrate(project.directory(), &["new", "-m", "two", "--rev-id", "two"]).succeeds();
    assert_eq!(applied(&project), ["one", "two"]);

    // An edit of the head, which is a draft.
    let path = file(&project, "two");
    let draft = revision("two", "one", "CREATE TABLE two ();\nCREATE TABEL t ();", "SELECT 1;");
    project.write(&path, &draft);
    refused(&project, &format!("--> {path}:{}:8", line_of(&draft, "TABEL")));
    project.write(&path, draft.replace("CREATE TABEL t ();", "SELECT pg_sleep(0);"));
    assert_eq!(applied(&project), ["one", "two"]);

    // An edit of a sealed revision.
    let path = file(&project, "one");
    let text = fs::read_to_string(project.directory().join(&path)).unwrap();
    project.write(&path, text.replace("id int", "id bigint"));
    refused(&project, &path);
    project.write(&path, &text);
    project.build().succeeds();

    // A pull: a file and a lock that others wrote.
    let here = fs::read(project.migrations().join("migrations.lock")).unwrap();
    let pulled = write_table(&project.migrations(), "three", "two");
    migrate(project.directory(), &["lock"]).succeeds();
    let lock = fs::read(project.migrations().join("migrations.lock")).unwrap();
    fs::remove_file(&pulled).unwrap();
    project.write("migrations/migrations.lock", here);
    assert_eq!(applied(&project), ["one", "two"]);
    write_table(&project.migrations(), "three", "two");
    project.write("migrations/migrations.lock", &lock);
    assert_eq!(applied(&project), ["one", "two", "three"]);

    // A file that is gone.
    fs::remove_file(&pulled).unwrap();
    refused(&project, "migrations/migrations.lock").complains("three");
}

#[test]
fn files_put_there_by_hand_are_noticed_with_the_build_script_of_init() {
    let project = project("by-hand");
    migrate(project.directory(), &["init"]).succeeds();
    assert!(project.directory().join("build.rs").exists());
    migrate(project.directory(), &["new", "-m", "one", "--rev-id", "one"]).succeeds();
    assert_eq!(applied(&project), ["one"]);
    let again = project.build().succeeds();
    assert!(!again.stderr.contains("Compiling"), "nothing had changed: {again}");

    let path = write_table(&project.migrations(), "two", "one");
    refused(&project, "migrations/2026-11-22_two_x.sql").complains("cargo migrate lock");
    migrate(project.directory(), &["lock"]).succeeds();
    assert_eq!(applied(&project), ["one", "two"]);

    fs::remove_file(path).unwrap();
    refused(&project, "migrations/migrations.lock");
    migrate(project.directory(), &["lock"]);
    // What the lock does not know yet is noticed as soon as it is there.
    write(&project.migrations(), "three", "not a revision");
    refused(&project, "migrations/2026-11-22_three_x.sql");
}

#[test]
fn the_expansion_suits_the_strictest_crate() {
    let project = small("strict");
    migrate(project.directory(), &["new", "-m", "two", "--rev-id", "two"]).succeeds();
    let main = fs::read_to_string(project.directory().join("src/main.rs")).unwrap();
    let strict = "//! A strict crate.\n#![deny(warnings, clippy::all, clippy::pedantic)]\n\
                  #![forbid(unsafe_code)]\n\n";
    project.write("src/main.rs", format!("{strict}{main}"));
    project.build().succeeds();
    project.clippy().succeeds();
    project.cargo(&["build", "--release"]).succeeds();
    assert_eq!(project.boot("release", &servers::database().url()), ["one", "two"]);
}
