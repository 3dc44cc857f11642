//! Services that upgrade their database when they boot: several at once, and one that is killed.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pgmigrate_scratch::Database;
use pgmigrate_tests::ended::Ended;
use pgmigrate_tests::servers::{self, advisory_locks, column, connect, history};

/// The revisions of the service.
const CHAIN: [&str; 3] = ["first", "slow", "index"];

/// A service that naps in the middle of its second revision.
fn service(database: &Database, nap: Duration) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_service"));
    let url = format!("{}&options=-c%20service.nap%3D{}", database.url(), nap.as_secs_f64());
    command.env("DATABASE_URL", url).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Boots services at the same time, and gives what they said.
fn boot(database: &Database, count: usize) -> Vec<Ended> {
    let spawn = |_| {
        // Long enough for all to come while the first is at work.
        let mut command = service(database, Duration::from_millis(500));
        (command.spawn().unwrap(), command)
    };
    let booting: Vec<(Child, Command)> = (0..count).map(spawn).collect();
    let end = |(child, command): (Child, Command)| {
        Ended::new(&command, &child.wait_with_output().unwrap()).succeeds()
    };
    booting.into_iter().map(end).collect()
}

/// The whole chain is applied, once, and nothing of the work is left over.
#[track_caller]
fn assert_upgraded(database: &Database) {
    let mut client = connect(database);
    assert_eq!(history(&mut client), CHAIN);
    assert_eq!(column(&mut client, "SELECT count(counted_at) FROM counts"), ["1"]);
    let index = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'visits_at'::regclass";
    assert_eq!(column(&mut client, index), ["t"]);
    assert_eq!(advisory_locks(&mut client), 0);
}

#[test]
fn services_boot_at_once_and_one_upgrades() {
    for count in [2, 8] {
        let database = servers::database();
        let ended = boot(&database, count);
        let worked = |ended: &&Ended| ended.stdout.contains("3 revisions applied in ");
        assert_eq!(ended.iter().filter(worked).count(), 1, "{ended:#?}");
        // How many depends on when it came: a revision may be committed by then.
        let waited = |ended: &&Ended| ended.stdout.ends_with(" applied by another process\n");
        assert_eq!(ended.iter().filter(waited).count(), count - 1, "{ended:#?}");
        assert!(ended.iter().all(|it| it.stderr.is_empty()), "{ended:#?}");
        assert_upgraded(&database);
        for ended in boot(&database, count) {
            assert_eq!(ended.stdout, "nothing to do\n");
        }
    }
}

#[test]
fn a_killed_service_leaves_nothing_half_done() {
    let database = servers::database();
    let mut client = connect(&database);
    let napping = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
                   AND wait_event = 'PgSleep'";
    let mut child = service(&database, Duration::from_mins(2)).spawn().unwrap();
    until(|| column(&mut client, napping).len() == 1);
    assert_eq!(advisory_locks(&mut client), 1);
    // SIGKILL: it cannot clean up.
    child.kill().unwrap();
    child.wait().unwrap();
    // The server finds out by itself, long before the nap is over.
    until(|| column(&mut client, napping).is_empty());
    until(|| advisory_locks(&mut client) == 0);
    assert_eq!(history(&mut client), ["first"]);
    assert_eq!(column(&mut client, "SELECT to_regclass('counts')"), ["NULL"]);

    let ended = Ended::of(&mut service(&database, Duration::ZERO)).succeeds();
    assert!(ended.stdout.starts_with("starts slow\nstarts index\n2 revisions applied"), "{ended}");
    assert_upgraded(&database);
}

#[test]
fn a_service_boots_while_the_one_before_it_dies() {
    let database = servers::database();
    let mut client = connect(&database);
    let mut dying = service(&database, Duration::from_mins(2)).spawn().unwrap();
    until(|| advisory_locks(&mut client) == 1 && history(&mut client) == ["first"]);
    let next = service(&database, Duration::ZERO).spawn().unwrap();
    let waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
                   AND query LIKE '%pg_try_advisory_lock%' AND state = 'idle'";
    until(|| !column(&mut client, waiting).is_empty());
    dying.kill().unwrap();
    dying.wait().unwrap();
    let output = next.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_upgraded(&database);
}

/// Waits for something that comes about in a moment.
#[track_caller]
fn until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not come about");
        thread::sleep(Duration::from_millis(20));
    }
}
