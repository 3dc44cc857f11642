//! Databases that are not what the chain expects.

use pgmigrate::chain::StandingKind;
use pgmigrate::{Error, ErrorKind};

use crate::common::*;

fn base() -> Rev {
    rev("a1", &["CREATE TABLE a ()"]).down(&["DROP TABLE a"])
}

fn newer() -> Rev {
    rev("b2", &["CREATE TABLE b ()"]).down(&["DROP TABLE b"])
}

fn other() -> Rev {
    rev("c3", &["CREATE TABLE c ()"])
}

#[test]
fn an_older_program_is_told_that_the_database_is_ahead() {
    let database = database();
    let mut client = database.connect().unwrap();
    chain([base(), newer()]).upgrade(&mut client).unwrap();
    let old = chain([base()]);
    let error = old.upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ahead);
    let text = error.to_string();
    assert!(text.starts_with("the database is ahead of this program: it has 1 revision that this program does not know\n  b2 (title of b2), applied 20"), "{text}");
    assert!(
        text.contains(concat!(" UTC by postgres with pgmigrate ", env!("CARGO_PKG_VERSION"))),
        "{text}"
    );
    assert!(text.contains("allow_ahead(true)"), "{text}");
    assert!(old.runner().allow_ahead(true).upgrade(&mut client).unwrap().is_empty());
    let status = old.status(&mut client).unwrap();
    assert_eq!(status.kind, StandingKind::Ahead);
    assert_eq!(status.unknown.len(), 1);
    assert_eq!(status.history.len(), 2);
}

#[test]
fn lines_that_have_diverged_are_both_named() {
    let database = database();
    let mut client = database.connect().unwrap();
    chain([base(), newer()]).upgrade(&mut client).unwrap();
    let sibling = chain([base(), other()]);
    let error = sibling.upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Diverged);
    let text = error.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "only the database has");
    assert!(lines[2].starts_with("  b2 (title of b2), applied "), "{text}");
    assert_eq!(lines[3..5], ["only this program has", "  c3"]);
    assert!(sibling.runner().allow_ahead(true).upgrade(&mut client).is_err());
    let report = sibling.runner().allow_diverged(true).upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["c3"]);
    assert_eq!(sibling.status(&mut client).unwrap().kind, StandingKind::Ahead);
}

#[test]
fn an_edited_revision_is_named_with_its_mend() {
    let database = database();
    let mut client = database.connect().unwrap();
    chain([base(), newer()]).upgrade(&mut client).unwrap();
    let edited = chain([rev("a1", &["CREATE TABLE a (id int)"]), newer(), other()]);
    let error = edited.upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Edited);
    let text = error.to_string();
    assert!(text.starts_with("1 revision was edited after being applied\n  migrations/2026-11-22_a1_x.sql\n    a1 (title of a1), applied "), "{text}");
    assert_eq!(history(&mut client), ["a1", "b2"], "nothing was run");
    assert_eq!(edited.status(&mut client).unwrap().edited.len(), 1);
    let report = edited.runner().allow_edited(true).upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["c3"]);
    // The mend that the error names.
    let stamped = edited.runner().target("current").stamp(&mut client).unwrap();
    assert_eq!(stamped.renewed.len(), 1);
    assert!(stamped.inserted.is_empty() && stamped.deleted.is_empty());
    assert!(edited.upgrade(&mut client).unwrap().is_empty());
}

#[test]
fn an_edited_down_section_is_no_matter() {
    let database = database();
    let mut client = database.connect().unwrap();
    chain([base()]).upgrade(&mut client).unwrap();
    let edited = chain([rev("a1", &["CREATE TABLE a ()"]).down(&["DROP TABLE IF EXISTS a"])]);
    assert!(edited.upgrade(&mut client).unwrap().is_empty());
}

#[test]
fn an_empty_database_has_a_status() {
    let database = database();
    let mut client = database.connect().unwrap();
    let status = chain([base(), newer()]).status(&mut client).unwrap();
    assert!(!status.has_history && status.history.is_empty() && status.current.is_empty());
    assert_eq!(status.kind, StandingKind::Behind);
    assert_eq!(status.pending.len(), 2);
    assert_eq!(one(&mut client, "SELECT to_regclass('migrate_history')"), "NULL");
}

#[test]
fn a_table_that_is_no_history_is_not_touched() {
    let database = database();
    let mut client = database.connect().unwrap();
    client.batch_execute("CREATE TABLE migrate_history (version int)").unwrap();
    let error = chain([base()]).upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::History);
    assert!(
        error
            .to_string()
            .contains("public.migrate_history cannot be read: it is not one of pgmigrate's"),
        "{error}"
    );
    client
        .batch_execute(
            "DROP TABLE migrate_history; CREATE TABLE migrate_history AS \
             SELECT 'not an id' AS revision, 'x' AS checksum",
        )
        .unwrap();
    let error = chain([base()]).upgrade(&mut client).unwrap_err();
    assert!(error.to_string().contains("`not an id` is no revision id"), "{error}");
}

#[test]
fn undoing_goes_the_way_back() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations =
        chain([base(), newer(), rev("c3", &["CREATE TABLE c ()"]).down(&["DROP TABLE c"])]);
    migrations.upgrade(&mut client).unwrap();
    let plan = migrations.runner().target("a1").plan_downgrade(&mut client).unwrap();
    assert_eq!(plan.revisions.len(), 2);
    let report = migrations.runner().target("-1").downgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["c3"]);
    assert_eq!(report.to_string().split(" in ").next(), Some("1 revision undone"));
    assert_eq!(history(&mut client), ["a1", "b2"]);
    let report = migrations.runner().target("base").downgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["b2", "a1"]);
    assert!(history(&mut client).is_empty());
    assert_eq!(one(&mut client, "SELECT to_regclass('a')"), "NULL");
    assert_eq!(migrations.upgrade(&mut client).unwrap().done.len(), 3, "and up again");
    let error = migrations.runner().downgrade(&mut client).unwrap_err();
    assert!(matches!(error, Error::NoTarget));
}

#[test]
fn a_way_down_that_fails_is_rolled_back() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([
        rev("a1", &["CREATE TABLE a ()"]).down(&["DROP TABLE a", "DROP TABLE nope"]),
        newer(),
    ]);
    migrations.upgrade(&mut client).unwrap();
    let error = migrations.runner().target("base").downgrade(&mut client).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("undoing revision a1 failed; it was rolled back, 1 revision before it stays undone\nERROR 42P01: "), "{text}");
    assert!(text.contains("--> migrations/2026-11-22_a1_x.sql:10:1"), "{text}");
    assert_eq!(history(&mut client), ["a1"]);
    assert_eq!(one(&mut client, "SELECT to_regclass('a')"), "a");
}

#[test]
fn what_cannot_be_undone_is_found_before_anything_runs() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([
        rev("a1", &["CREATE TABLE a ()"]).irreversible("the old data is gone"),
        rev("b2", &["CREATE TABLE b ()"]),
        rev("c3", &["CREATE TABLE c ()"]).down(&["DROP TABLE c"]),
    ]);
    migrations.upgrade(&mut client).unwrap();
    let error = migrations.runner().target("base").downgrade(&mut client).unwrap_err();
    assert!(matches!(error, Error::Plan(_)));
    let text = error.to_string();
    assert!(
        text.contains("a1 is irreversible: the old data is gone")
            && text.contains("b2 has no down section"),
        "{text}"
    );
    assert_eq!(history(&mut client).len(), 3);
}

#[test]
fn stamps_write_the_history_only() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([base(), newer(), other()]);
    let stamped = migrations.runner().target("b2").stamp(&mut client).unwrap();
    assert_eq!(stamped.inserted.len(), 2);
    assert_eq!(history(&mut client), ["a1", "b2"]);
    assert_eq!(one(&mut client, "SELECT to_regclass('a')"), "NULL");
    assert!(migrations.runner().target("b2").stamp(&mut client).unwrap().is_empty());
    let stamped = migrations.runner().target("a1").stamp(&mut client).unwrap();
    assert_eq!(stamped.deleted, ["b2"]);
    // Foreign rows stay, but for a purge.
    chain([base(), rev("z9", &["SELECT 1"])]).upgrade(&mut client).unwrap();
    let stamped = migrations.runner().target("heads").stamp(&mut client).unwrap();
    assert_eq!((stamped.inserted.len(), stamped.deleted.len()), (2, 0));
    let stamped = migrations.runner().target("a1").purge(true).stamp(&mut client).unwrap();
    assert_eq!((stamped.inserted.len(), stamped.deleted.len()), (1, 4));
    assert_eq!(history(&mut client), ["a1"]);
    migrations.runner().target("base").stamp(&mut client).unwrap();
    assert!(history(&mut client).is_empty());
    assert!(is_unlocked(&mut client));
    assert!(matches!(migrations.runner().stamp(&mut client), Err(Error::NoTarget)));
}

#[test]
fn branches_are_upgraded_by_their_label() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = graph(vec![
        rev("a", &["CREATE TABLE a ()"]).down(&["DROP TABLE a"]).build(),
        rev("b", &["CREATE TABLE b ()"])
            .revises(&["a"])
            .label("left")
            .down(&["DROP TABLE b"])
            .build(),
        rev("c", &["CREATE TABLE c ()"])
            .revises(&["a"])
            .label("right")
            .down(&["DROP TABLE c"])
            .build(),
    ]);
    let report = migrations.runner().target("right@head").upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["a", "c"]);
    assert_eq!(done(&migrations.upgrade(&mut client).unwrap()), ["b"]);
    let report = migrations.runner().target("left@-1").downgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["b"]);
}
