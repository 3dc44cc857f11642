//! Many processes at once, and processes that die.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use pgmigrate::chain::Mode;
use pgmigrate::{Error, ErrorKind, Event, Report};
use pgmigrate_scratch::Database;
use postgres::{Client, NoTls};

use crate::common::wire::{Cut, Wire};
use crate::common::*;

/// Upgrades from `count` threads at the same moment.
fn boot(
    database: &Database,
    count: usize,
    migrations: fn() -> pgmigrate::Migrations,
) -> Vec<Report> {
    let barrier = Barrier::new(count);
    let boot_one = || {
        let mut client = database.connect().unwrap();
        barrier.wait();
        migrations().upgrade(&mut client).unwrap()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(boot_one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn eight_boot_on_an_empty_database_and_one_works() {
    let database = database();
    let reports = boot(&database, 8, || {
        chain([
            rev("a1", &["CREATE TABLE t (id int)", "SELECT pg_sleep(0.2)"]),
            rev("b2", &["INSERT INTO t VALUES (1)"]),
        ])
    });
    let workers: Vec<_> = reports.iter().filter(|report| !report.is_empty()).collect();
    assert_eq!(workers.len(), 1);
    assert_eq!(done(workers[0]), ["a1", "b2"]);
    let waited = reports.iter().filter(|report| !report.done_by_another.is_empty()).count();
    assert!(waited >= 1, "nobody waited");
    let mut client = database.connect().unwrap();
    assert_eq!(one(&mut client, "SELECT count(*) FROM t"), "1");
    assert!(is_unlocked(&mut client));
}

#[test]
fn indexes_are_built_concurrently_while_others_wait() {
    let database = database();
    let reports = boot(&database, 8, || {
        chain([
            rev("a1", &["CREATE TABLE t AS SELECT generate_series(1, 50000) AS id"]),
            rev(
                "b2",
                &[
                    "CREATE INDEX CONCURRENTLY t_id ON t (id)",
                    "CREATE INDEX CONCURRENTLY t_id2 ON t (id DESC)",
                ],
            )
            .mode(Mode::Alone),
        ])
    });
    assert_eq!(reports.iter().filter(|report| !report.is_empty()).count(), 1);
    let mut client = database.connect().unwrap();
    let valid = "SELECT bool_and(indisvalid)::text || count(*) FROM pg_index \
                 WHERE indrelid = 't'::regclass";
    assert_eq!(one(&mut client, valid), "true2");
}

#[test]
fn who_waits_is_told_for_whom() {
    let database = database();
    let mut config = database.config();
    config.application_name("the other one");
    let mut other = config.connect(NoTls).unwrap();
    let migrations = chain([rev("a1", &["CREATE TABLE t ()"])]);
    // The key is fixed: programs of all versions have to meet at the same lock.
    other.batch_execute("SELECT pg_advisory_lock(2526730102701465200)").unwrap();
    let mut client = database.connect().unwrap();
    let mut told = Vec::new();
    let start = Instant::now();
    let error = migrations
        .runner()
        .wait_for_lock(Duration::from_millis(300))
        .on_progress(|event| {
            if let Event::Waiting { holder, .. } = event {
                told.push(holder.clone().unwrap());
            }
        })
        .upgrade(&mut client)
        .unwrap_err();
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(300) && waited < Duration::from_secs(3), "{waited:?}");
    assert_eq!(error.kind(), ErrorKind::Locked);
    let text = error.to_string();
    assert!(text.contains("application the other one"), "{text}");
    assert!(text.contains("SELECT pg_advisory_lock(2526730102701465200)"), "{text}");
    assert!(text.contains("SELECT pg_terminate_backend("), "{text}");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].application_name.as_deref(), Some("the other one"));
    assert_eq!(told[0].user.as_deref(), Some("postgres"));
    assert_eq!(one(&mut client, "SELECT to_regclass('t')"), "NULL");
    // Gone, the way is free.
    drop(other);
    wait_until(|| is_unlocked(&mut client));
    assert_eq!(done(&migrations.upgrade(&mut client).unwrap()), ["a1"]);
}

#[test]
fn waiting_holds_no_statement_open() {
    let database = database();
    let mut other = database.connect().unwrap();
    other.batch_execute("SELECT pg_advisory_lock(2526730102701465200)").unwrap();
    let wire = Wire::new(&database, Cut::Never);
    let mut client = wire.connect();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| {
            let migrations = chain([rev("a1", &["CREATE TABLE t ()"])]);
            migrations.upgrade(&mut client).unwrap()
        });
        let mut snapshots = 0;
        for _ in 0..50 {
            let active = "SELECT count(*) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL \
                          AND datname = current_database() AND pid <> pg_backend_pid()";
            snapshots += usize::from(one(&mut other, active) != "0");
            thread::sleep(Duration::from_millis(10));
        }
        other.batch_execute("SELECT pg_advisory_unlock_all()").unwrap();
        assert!(snapshots < 10, "{snapshots} of 50 looks found a snapshot");
        assert_eq!(done(&waiter.join().unwrap()), ["a1"]);
    });
    let polls = wire.take().iter().filter(|sql| sql.contains("pg_try_advisory_lock")).count();
    assert!((3..=30).contains(&polls), "{polls} polls");
}

#[test]
fn the_lock_of_a_killed_process_goes_with_it() {
    let database = database();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "locking::a_process_to_be_killed", "--ignored", "--nocapture"])
        .env("PGMIGRATE_TEST_URL", database.url())
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("statement begins")));
    let mut client = database.connect().unwrap();
    wait_until(|| one(&mut client, RUNNING) == "1");
    assert!(!is_unlocked(&mut client));
    child.kill().unwrap();
    child.wait().unwrap();
    let start = Instant::now();
    // The statement would run for another minute.
    wait_until(|| is_unlocked(&mut client));
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(one(&mut client, RUNNING), "0");
    assert!(history(&mut client).is_empty());
    let quick = chain([rev("a1", &["CREATE TABLE t ()"])]);
    assert_eq!(done(&quick.upgrade(&mut client).unwrap()), ["a1"]);
}

const RUNNING: &str = "SELECT count(*) FROM pg_stat_activity \
                       WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)'";

#[test]
#[ignore = "not a test: `the_lock_of_a_killed_process_goes_with_it` runs and kills it"]
fn a_process_to_be_killed() {
    let Ok(url) = std::env::var("PGMIGRATE_TEST_URL") else { return };
    // When the parent dies first, this process goes too.
    thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(1);
    });
    let mut client = Client::connect(&url, NoTls).unwrap();
    let migrations = chain([rev("a1", &["CREATE TABLE t ()", "SELECT pg_sleep(60)"])]);
    let _ = migrations
        .runner()
        .on_progress(|event| {
            if let Event::Statement { number: 2, .. } = event {
                println!("statement begins");
            }
        })
        .upgrade(&mut client);
}

#[test]
fn a_panic_in_a_callback_gives_the_connection_back_clean() {
    let database = database();
    let mut client = database.connect().unwrap();
    client.batch_execute("SET search_path = mine").unwrap();
    let migrations = chain([rev("a1", &["CREATE TABLE public.t ()", "SELECT 1"])]);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        migrations
            .runner()
            .on_progress(|event| {
                assert!(!matches!(event, Event::Statement { number: 2, .. }), "on purpose");
            })
            .upgrade(&mut client)
    }));
    assert!(panicked.is_err());
    assert!(is_unlocked(&mut database.connect().unwrap()));
    let in_transaction = "SELECT now() <> statement_timestamp()";
    assert_eq!(one(&mut client, in_transaction), "f");
    assert_eq!(one(&mut client, "SHOW search_path"), "mine");
    assert_eq!(done(&migrations.upgrade(&mut client).unwrap()), ["a1"]);
}

#[test]
fn a_revision_that_lets_the_lock_go_is_told() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([rev("a1", &["SELECT 1", "DISCARD ALL"]).mode(Mode::Alone)]);
    let mut lost = false;
    let report = migrations
        .runner()
        .on_progress(|event| lost |= matches!(event, Event::LockLost))
        .upgrade(&mut client)
        .unwrap();
    assert_eq!(done(&report), ["a1"]);
    assert!(lost);
}

#[test]
fn an_open_transaction_is_left_alone() {
    let database = database();
    let mut client = database.connect().unwrap();
    let migrations = chain([rev("a1", &["CREATE TABLE t ()"])]);
    migrations.runner().target("a1").stamp(&mut client).unwrap();
    client.batch_execute("DELETE FROM migrate_history; BEGIN; CREATE TABLE mine ()").unwrap();
    let error = migrations.upgrade(&mut client).unwrap_err();
    assert!(matches!(error, Error::OpenTransaction), "{error}");
    client.batch_execute("COMMIT").unwrap();
    assert_eq!(one(&mut client, "SELECT to_regclass('mine')"), "mine");
    assert!(is_unlocked(&mut client));
    // Without a history table, the first look already fails, and the transaction with it.
    client.batch_execute("DROP TABLE migrate_history; BEGIN").unwrap();
    let error = migrations.upgrade(&mut client).unwrap_err();
    assert!(matches!(error, Error::OpenTransaction), "{error}");
}
