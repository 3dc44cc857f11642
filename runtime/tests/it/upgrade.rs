//! Applying: on an empty database, again, in parts, and past revisions that fail.

use crate::common::wire::{Cut, Wire};
use crate::common::*;
use pgmigrate::chain::{Direction, Mode, RevisionId, index};
use pgmigrate::{Cause, Error, ErrorKind, Event, Fate, Migrations, Outcome};
use std::time::Duration;

fn users() -> Vec<Rev> {
    vec![
        rev("a1", &["CREATE TABLE users (id bigint PRIMARY KEY)"]).down(&["DROP TABLE users"]),
        rev(
            "b2",
            &["ALTER TABLE users ADD email text", "CREATE INDEX users_email ON users (email)"],
        )
        .down(&["ALTER TABLE users DROP email"]),
        rev("c3", &["INSERT INTO users VALUES (1, 'it''s \\ me')"]).down(&["DELETE FROM users"]),
    ]
}

#[test]
fn an_empty_database_gets_everything() {
    let database = database();
    let mut client = database.connect().unwrap();
    let report = chain(users()).upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["a1", "b2", "c3"]);
    assert!(report.done_by_another.is_empty() && report.out_of_order.is_empty());
    assert_eq!(history(&mut client), ["a1", "b2", "c3"]);
    assert_eq!(one(&mut client, "SELECT email FROM users"), "it's \\ me");
    assert!(is_unlocked(&mut client));
    let row = client
        .query_one("SELECT * FROM public.migrate_history WHERE revision = 'b2'", &[])
        .unwrap();
    assert_eq!(row.get::<_, &str>("description"), "title of b2");
    assert_eq!(row.get::<_, &str>("applied_by"), "postgres");
    assert_eq!(row.get::<_, &str>("tool"), concat!("pgmigrate ", env!("CARGO_PKG_VERSION")));
    assert_eq!(row.get::<_, &str>("checksum").len(), 33);
    assert!(row.get::<_, i64>("duration_ms") >= 0);
    let comment = "SELECT obj_description('public.migrate_history'::regclass)";
    assert!(one(&mut client, comment).contains("pgmigrate"));
    assert_eq!(report.to_string().split(" in ").next(), Some("3 revisions applied"));
}

/// What a macro of a later version might write.
const NEWER: Migrations = Migrations::embedded("pgmigrate-index 99", &[]);

#[test]
fn an_embedded_chain_is_applied() {
    let revisions: Vec<_> = users()
        .into_iter()
        .map(Rev::build)
        .enumerate()
        .map(|(i, mut rev)| {
            rev.parents = ["a1", "b2"][..i]
                .last()
                .map(|id| RevisionId::new(*id).unwrap())
                .into_iter()
                .collect();
            rev
        })
        .collect();
    // What a macro writes into the program lives as long as it does.
    let index = Box::leak(index::encode(&revisions).into_boxed_str());
    let texts: Vec<&'static str> = revisions
        .iter()
        .map(|rev| &*Box::leak(rev.text.clone().into_owned().into_boxed_str()))
        .collect();
    let migrations = Migrations::embedded(index, texts.leak());
    let database = database();
    let mut client = database.connect().unwrap();
    assert_eq!(done(&migrations.upgrade(&mut client).unwrap()), ["a1", "b2", "c3"]);
    assert!(chain(users()).upgrade(&mut client).unwrap().is_empty(), "the same chain");

    let error = NEWER.upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Chain);
    assert!(error.to_string().contains("build the program again"), "{error}");
}

#[test]
fn nothing_to_do_is_one_query() {
    let database = database();
    chain(users()).upgrade(&mut database.connect().unwrap()).unwrap();
    let wire = Wire::new(&database, Cut::Never);
    let mut client = wire.connect();
    let report = chain(users()).upgrade(&mut client).unwrap();
    assert!(report.is_empty());
    assert_eq!(report.to_string(), "nothing to do");
    assert_eq!(wire.take(), ["SELECT revision, checksum FROM \"public\".\"migrate_history\""]);
    let status = chain(users()).status(&mut client).unwrap();
    assert_eq!(status.current, [RevisionId::new("c3").unwrap()]);
    assert_eq!(wire.take().len(), 1);
}

#[test]
fn every_revision_is_one_transaction_with_its_row() {
    let database = database();
    let wire = Wire::new(&database, Cut::Never);
    let mut client = wire.connect();
    chain(users()).upgrade(&mut client).unwrap();
    let sent = wire.take();
    let begins = sent.iter().filter(|text| text.starts_with("BEGIN;")).count();
    let ends: Vec<&String> = sent.iter().filter(|text| text.ends_with("COMMIT")).collect();
    assert_eq!((begins, ends.len()), (3, 3));
    assert!(ends.iter().all(|text| text.contains("INSERT INTO \"public\".\"migrate_history\"")));
    let ids = "SELECT xmin FROM public.migrate_history";
    assert_eq!(column(&mut client, ids).len(), 3);
    let same = "SELECT count(*) FROM users u JOIN migrate_history h ON h.xmin = u.xmin";
    assert_eq!(one(&mut client, same), "1", "the row and the data were written together");
}

#[test]
fn targets_are_reached_and_planned() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain(users());
    let plan = migrations.runner().target("+2").plan_upgrade(&mut client).unwrap();
    assert_eq!(plan.direction, Direction::Up);
    assert_eq!(plan.revisions.len(), 2);
    let report = migrations.runner().target("b2").upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["a1", "b2"]);
    let report = migrations.runner().target("+1").upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["c3"]);
    assert!(migrations.runner().target("+1").upgrade(&mut client).unwrap().is_empty());
    let error = migrations.runner().target("nope").upgrade(&mut client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.to_string().contains("nope"), "{error}");
}

#[test]
fn a_program_is_told_what_goes_on() {
    let database = database();
    let mut client = database.connect().unwrap();
    let mut events = Vec::new();
    chain(users())
        .runner()
        .on_progress(|event| {
            events.push(match event {
                Event::Started { revision, number, total, .. } => {
                    format!("{revision} {number}/{total}")
                }
                Event::Statement { revision, number, total } => {
                    format!("{revision} statement {number}/{total}")
                }
                Event::Finished { revision, .. } => format!("{revision} done"),
                Event::Locked { .. } => "locked".to_owned(),
                other => format!("{other:?}"),
            });
        })
        .upgrade(&mut client)
        .unwrap();
    assert_eq!(events[..5], ["locked", "a1 1/3", "a1 statement 1/1", "a1 done", "b2 2/3"]);
    assert_eq!(events[5..8], ["b2 statement 1/2", "b2 statement 2/2", "b2 done"]);
    assert_eq!(events.len(), 11);
}

#[test]
fn a_revision_without_statements_is_recorded() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = graph(vec![
        rev("a", &["CREATE TABLE a ()"]).build(),
        rev("b", &["CREATE TABLE b ()"]).revises(&["a"]).build(),
        rev("c", &["CREATE TABLE c ()"]).revises(&["a"]).build(),
        rev("m", &[]).revises(&["b", "c"]).build(),
    ]);
    let report = migrations.upgrade(&mut client).unwrap();
    assert_eq!(done(&report), ["a", "b", "c", "m"]);
    assert!(migrations.upgrade(&mut client).unwrap().is_empty());
}

#[test]
fn skipped_ancestors_are_applied_and_told() {
    let database = database();
    let mut client = database.connect().unwrap();
    let before = graph(vec![
        rev("a", &["CREATE TABLE a ()"]).build(),
        rev("c", &["CREATE TABLE c ()"]).revises(&["a"]).build(),
    ]);
    before.upgrade(&mut client).unwrap();
    let after = graph(vec![
        rev("a", &["CREATE TABLE a ()"]).build(),
        rev("b", &["CREATE TABLE b ()"]).revises(&["a"]).build(),
        rev("c", &["CREATE TABLE c ()"]).revises(&["b"]).build(),
    ]);
    let mut told = Vec::new();
    let report = after
        .runner()
        .on_progress(|event| {
            if let Event::OutOfOrder { revisions } = event {
                told = revisions.clone();
            }
        })
        .upgrade(&mut client)
        .unwrap();
    assert_eq!(done(&report), ["b"]);
    assert_eq!(report.out_of_order, told);
    assert_eq!(told.len(), 1);
}

#[test]
fn the_first_revision_fails() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([
        rev("a1", &["CREATE TABLE users (email text)", "CREATE INDEX ON users (emial)"]),
        rev("b2", &["CREATE TABLE never ()"]),
    ]);
    let error = migrations.upgrade(&mut client).unwrap_err();
    assert_eq!(
        error.to_string(),
        "revision a1 failed; it was rolled back\n\
         ERROR 42703: column \"emial\" does not exist\n  \
         --> migrations/2026-11-22_a1_x.sql:7:1\n   |\n \
         7 | CREATE INDEX ON users (emial)\n   |\n"
            .trim_end()
            .replace("CREATE INDEX ON users (emial)", "CREATE INDEX ON users (emial);")
    );
    let failure = failure(&error);
    assert_eq!(failure.outcome, Outcome::RolledBack);
    assert_eq!(failure.statement, Some((2, 2)));
    assert!(history(&mut client).is_empty());
    assert_eq!(one(&mut client, "SELECT to_regclass('users')"), "NULL");
    assert!(is_unlocked(&mut client));
    assert_eq!(error.sqlstate(), Some("42703"));
    assert_eq!(format!("{error:?}"), error.to_string(), "`main` prints what people can read");
}

#[test]
fn a_revision_in_the_middle_fails() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([
        rev("a1", &["CREATE TABLE users (email text)"]),
        rev("b2", &["CREATE TABLE other ()"]),
        rev("c3", &["CREATE TABLE half ()", "SELECT '日本é', emial FROM users"]),
        rev("d4", &["CREATE TABLE never ()"]),
    ]);
    let error = migrations.upgrade(&mut client).unwrap_err();
    assert_eq!(
        error.to_string(),
        "revision c3 failed; it was rolled back, 2 revisions before it stand\n\
         ERROR 42703: column \"emial\" does not exist\n  \
         --> migrations/2026-11-22_c3_x.sql:7:15\n   |\n \
         7 | SELECT '日本é', emial FROM users;\n   \
         |                 ^\n  \
         hint: Perhaps you meant to reference the column \"users.email\"."
    );
    assert_eq!(history(&mut client), ["a1", "b2"]);
    assert_eq!(one(&mut client, "SELECT to_regclass('half')"), "NULL");
    assert!(is_unlocked(&mut client));
    let place = error.server().unwrap().place.as_ref().unwrap();
    assert_eq!((place.line, place.column, place.exact), (7, 15, true));
    assert_eq!(done(error.report().unwrap()), ["a1", "b2"]);
    // The mend: edit the file, and run again.
    let mended = chain([
        rev("a1", &["CREATE TABLE users (email text)"]),
        rev("b2", &["CREATE TABLE other ()"]),
        rev("c3", &["CREATE TABLE half ()", "SELECT '日本é', email FROM users"]),
    ]);
    assert_eq!(done(&mended.upgrade(&mut client).unwrap()), ["c3"]);
}

#[test]
fn positions_in_the_first_statement_leave_our_own_words_out() {
    let database = database();
    let mut client = database.connect().unwrap();
    for (sql, line, column, caret) in [
        ("SELECT nope", 6, 8, "        ^"),
        ("SELECT\n  'ü',\n\tnope", 8, 2, "  ^"),
        ("SELECT 1 FRM x y", 6, 14, "              ^"),
        ("SELECT (1", 6, 10, "          ^"),
    ] {
        let error = chain([rev("a1", &[sql])]).upgrade(&mut client).unwrap_err();
        let place = error.server().unwrap().place.clone().unwrap();
        assert_eq!((place.line, place.column), (line, column), "{error}");
        assert_eq!(place.snippet.lines().nth(2), Some(format!("   |{caret}").as_str()), "{error}");
    }
}

#[test]
fn what_the_server_says_of_functions_is_shown() {
    let database = database();
    let mut client = database.connect().unwrap();
    let sql = "DO $$ BEGIN EXECUTE 'SELECT nope'; END $$";
    let error = chain([rev("a1", &[sql])]).upgrade(&mut client).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("in a query of the server's own:\n   |\n 1 | SELECT nope\n"), "{text}");
    assert!(text.contains("where: PL/pgSQL function inline_code_block line 1"), "{text}");
    let sql = "INSERT INTO a1 VALUES (1), (1)";
    let migrations = chain([rev("a1", &["CREATE TABLE a1 (id int PRIMARY KEY)", sql])]);
    let error = migrations.upgrade(&mut client).unwrap_err();
    let server = error.server().unwrap();
    assert_eq!(
        (server.table.as_deref(), server.constraint.as_deref()),
        (Some("a1"), Some("a1_pkey"))
    );
    assert!(error.to_string().contains("\n  detail: Key (id)=(1) already exists."), "{error}");
    assert!(error.to_string().contains("7 | INSERT INTO a1"), "{error}");
}

#[test]
fn a_deferred_constraint_fails_its_revision() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([
        rev("a1", &["CREATE TABLE a (id int PRIMARY KEY)"]),
        rev(
            "b2",
            &[
                "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED)",
                "INSERT INTO b VALUES (7)",
            ],
        ),
    ]);
    let error = migrations.upgrade(&mut client).unwrap_err();
    let failure = failure(&error);
    assert_eq!(failure.revision.as_str(), "b2");
    assert!(matches!(failure.cause, Cause::AtCommit(_)));
    assert!(error.to_string().contains("(a deferred check)\nERROR 23503: "), "{error}");
    assert_eq!(history(&mut client), ["a1"]);
    assert!(is_unlocked(&mut client));
}

#[test]
fn statements_that_run_alone_stay_when_a_later_one_fails() {
    let database = database();
    let mut client = database.connect().unwrap();
    let up = |last: &'static str| {
        chain([
            rev("a1", &["CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (1)"]),
            rev(
                "b2",
                &[
                    "CREATE INDEX CONCURRENTLY t_id ON t (id)",
                    last,
                    "CREATE INDEX CONCURRENTLY never ON t (id)",
                ],
            )
            .mode(Mode::Alone),
        ])
    };
    let failing = up("CREATE UNIQUE INDEX CONCURRENTLY t_unique ON t (id)");
    let error = failing.upgrade(&mut client).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with(
            "revision b2 failed at statement 2 of 3, 1 revision before it stands\nERROR 23505"
        ),
        "{text}"
    );
    assert!(text.contains("statement 1 took effect and stays, statement 3 was not run"), "{text}");
    assert!(text.contains("invalid index"), "{text}");
    assert!(text.contains("cargo migrate stamp b2"), "{text}");
    let expected = Outcome::Partly { stand: 1, rolled_back: 0, not_run: 1 };
    assert_eq!(failure(&error).outcome, expected);
    assert_eq!(history(&mut client), ["a1"]);
    let indexes = "SELECT indexrelid::regclass || ' ' || indisvalid FROM pg_index \
                   WHERE indrelid = 't'::regclass ORDER BY 1";
    assert_eq!(column(&mut client, indexes), ["t_id true", "t_unique false"]);
    assert!(is_unlocked(&mut client));
    assert_eq!(one(&mut client, "SHOW lock_timeout"), "0", "the session is as it was");
    // As the error says: the rest by hand, and recorded.
    client.batch_execute("DROP INDEX t_unique").unwrap();
    failing.runner().target("b2").stamp(&mut client).unwrap();
    assert!(failing.upgrade(&mut client).unwrap().is_empty());
}

#[test]
fn sections_with_transactions_of_their_own_say_what_stands() {
    let database = database();
    let mut client = database.connect().unwrap();
    let run = |client: &mut _, statements: &[&str]| {
        chain([rev("a1", statements).mode(Mode::OwnTransactions)]).upgrade(client)
    };
    let error = run(
        &mut client,
        &[
            "CREATE TABLE x1 ()",
            "BEGIN",
            "CREATE TABLE x2 ()",
            "COMMIT",
            "BEGIN",
            "CREATE TABLE x3 ()",
            "SELECT nope",
            "COMMIT",
        ],
    )
    .unwrap_err();
    let expected = Outcome::Partly { stand: 4, rolled_back: 2, not_run: 1 };
    assert_eq!(failure(&error).outcome, expected, "{error}");
    assert!(error.to_string().contains("statements 1 to 4 took effect and stay, statements 5 to 6 were rolled back, statement 8 was not run"), "{error}");
    let tables = "SELECT relname FROM pg_class WHERE relname LIKE 'x_' ORDER BY 1";
    assert_eq!(column(&mut client, tables), ["x1", "x2"]);
    assert!(history(&mut client).is_empty() && is_unlocked(&mut client));

    let chained =
        ["BEGIN", "CREATE TABLE z1 ()", "COMMIT AND CHAIN", "CREATE TABLE z2 ()", "SELECT nope"];
    let error = run(&mut client, &chained).unwrap_err();
    let expected = Outcome::Partly { stand: 3, rolled_back: 1, not_run: 0 };
    assert_eq!(failure(&error).outcome, expected, "{error}");

    let fine = ["BEGIN", "CREATE TABLE w1 ()", "COMMIT", "BEGIN", "CREATE TABLE w2 ()", "COMMIT"];
    assert_eq!(done(&run(&mut client, &fine).unwrap()), ["a1"]);
    assert_eq!(history(&mut client), ["a1"]);
}

#[test]
fn a_transaction_that_a_section_leaves_open_is_committed_with_its_history_row() {
    let database = database();
    let mut client = database.connect().unwrap();
    let left_open = ["CREATE TABLE y1 ()", "BEGIN", "CREATE TABLE y2 ()"];
    let report = chain([rev("a1", &left_open).mode(Mode::OwnTransactions)]).upgrade(&mut client);
    assert_eq!(done(&report.unwrap()), ["a1"]);
    let tables = "SELECT relname FROM pg_class WHERE relname LIKE 'y_' ORDER BY 1";
    assert_eq!(column(&mut client, tables), ["y1", "y2"]);
    assert_eq!(history(&mut client), ["a1"]);
    assert!(is_unlocked(&mut client));
    assert_eq!(column(&mut client, "SELECT (now() = statement_timestamp())::text"), ["true"]);
}

#[test]
fn rows_from_the_client_are_refused_before_anything_runs() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations =
        chain([rev("a1", &["CREATE TABLE t (id int)", "COPY public.t (id) FROM stdin"])]);
    let error = migrations.upgrade(&mut client).unwrap_err();
    assert!(error.to_string().contains("migrations/2026-11-22_a1_x.sql:7"), "{error}");
    assert_eq!(error.kind(), ErrorKind::Chain);
    assert!(is_unlocked(&mut client));
    assert_eq!(one(&mut client, "SELECT to_regclass('t')"), "NULL");
}

#[test]
fn waiting_for_a_table_lock_ends_with_the_revision() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations =
        chain([rev("a1", &["CREATE TABLE t (id int)"]), rev("b2", &["ALTER TABLE t ADD x int"])]);
    migrations.runner().target("a1").upgrade(&mut client).unwrap();
    let mut other = database.connect().unwrap();
    other.batch_execute("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE").unwrap();
    let start = std::time::Instant::now();
    let error = migrations
        .runner()
        .lock_timeout(Duration::from_millis(200))
        .upgrade(&mut client)
        .unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(error.sqlstate(), Some("55P03"));
    assert!(error.to_string().contains("note: another session held a lock"), "{error}");
    other.batch_execute("COMMIT").unwrap();
    assert_eq!(done(&migrations.upgrade(&mut client).unwrap()), ["b2"]);
    let slow = chain([rev("z", &["SELECT pg_sleep(5)"])]);
    let error = slow
        .runner()
        .history_table("slow")
        .statement_timeout(Duration::from_millis(50))
        .upgrade(&mut client)
        .unwrap_err();
    assert_eq!(error.sqlstate(), Some("57014"), "{error}");
}

#[test]
fn a_lost_connection_says_what_became_of_the_revision() {
    let migrations = || {
        chain([
            rev("a1", &["CREATE TABLE a ()"]),
            rev("b2", &["CREATE TABLE b ()", "SELECT 12345"]),
        ])
    };
    for (cut, fate, applied) in [
        (Cut::Before("12345"), Fate::RolledBack, vec!["a1"]),
        (Cut::Before("'title of b2'"), Fate::CommitUnknown, vec!["a1"]),
        (Cut::After("'title of b2'"), Fate::CommitUnknown, vec!["a1", "b2"]),
    ] {
        let database = database();
        let wire = Wire::new(&database, cut);
        let error = migrations().upgrade(&mut wire.connect()).unwrap_err();
        let Error::Connection(lost) = &error else { panic!("{error}") };
        assert_eq!(lost.fate, Some(fate), "{error}");
        assert_eq!(done(error.report().unwrap()), ["a1"]);
        assert!(
            error.to_string().starts_with("lost the connection, trying to apply revision b2: "),
            "{error}"
        );
        assert!(!error.to_string().ends_with("db error"), "{error}");
        let mut client = database.connect().unwrap();
        wait_until(|| is_unlocked(&mut client));
        assert_eq!(history(&mut client), applied);
        // Running again finds out, and finishes.
        migrations().upgrade(&mut client).unwrap();
        assert_eq!(history(&mut client), ["a1", "b2"]);
    }
}

#[test]
fn a_session_that_the_server_ends_is_rolled_back() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([rev("a1", &["SELECT pg_terminate_backend(pg_backend_pid())"])]);
    let error = migrations.upgrade(&mut client).unwrap_err();
    // The client forgets the server's last words when the end of the connection comes with them.
    match &error {
        Error::Connection(lost) => assert_eq!(lost.fate, Some(Fate::RolledBack), "{error}"),
        error => {
            assert_eq!(error.sqlstate(), Some("57P01"), "{error}");
            assert_eq!(failure(error).outcome, Outcome::RolledBack);
        }
    }
    let mut other = database.connect().unwrap();
    wait_until(|| is_unlocked(&mut other));
    assert!(history(&mut other).is_empty());
}
