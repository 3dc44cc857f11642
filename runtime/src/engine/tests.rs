//! What no real server can be made to do: answers that are written by hand.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use pgmigrate_chain::{Chain, Checksum, Down, Revision, RevisionId, Section, Statement};

use super::*;
use crate::error::{Error, Fate};
use crate::history::HistoryTable;
use crate::report::{Event, Report};
use crate::server_error::ServerMessage;

type Outcome = Result<Vec<ResultSet>, Failure>;

/// One revision with one statement, `SELECT 1`.
fn job() -> Job {
    let revision = Revision {
        id: RevisionId::new("a1").unwrap(),
        parents: vec![],
        depends_on: vec![],
        labels: vec![],
        title: "one".into(),
        created: String::new(),
        path: "a1.sql".into(),
        text: "SELECT 1".into(),
        checksum: Checksum { up: "a".into(), down: None },
        up: Section { statements: vec![Statement { range: 0..8 }], ..Section::default() },
        down: Down::Missing,
    };
    Job {
        chain: Arc::new(Chain::new(vec![revision]).unwrap()),
        table: HistoryTable::parse("migrate_history").unwrap(),
        settings: Settings::default(),
    }
}

/// Plays an upgrade against a server that is a function, each answer of which takes a
/// millisecond. Returns the result, the messages, the events, and how long was waited.
fn play(server: impl Fn(&str) -> Outcome) -> (Result<Report, Error>, Vec<String>, Vec<Event>) {
    let mut engine = Engine::new(|port| upgrade(port, job()));
    let (mut sent, mut told) = (Vec::new(), Vec::new());
    let mut answer = Answer::nothing(Duration::ZERO);
    loop {
        match engine.step(answer) {
            Step::Done(result) => {
                assert_eq!(engine.cleanup(), None, "nothing is left to clean up");
                return (result, sent, told);
            }
            Step::Ask(Request::Query(sql)) => {
                let outcome = server(&sql);
                sent.push(sql);
                answer = Answer { outcome, elapsed: Duration::from_millis(1) };
            }
            Step::Ask(Request::Wait(time)) => answer = Answer::nothing(time),
            Step::Ask(Request::Tell(event)) => {
                told.push(event);
                answer = Answer::nothing(Duration::ZERO);
            }
        }
    }
}

/// A server on which everything goes well.
fn server(sql: &str) -> Outcome {
    if sql.starts_with("SELECT revision, checksum") {
        refusal("42P01")
    } else if sql.contains("pg_try_advisory_lock") {
        Ok(row(&["t", "77", "f"]))
    } else if sql.contains("pg_is_in_recovery") {
        Ok(row(&["77", "me", "none", "f", "f", "t", "t"]))
    } else if sql.contains("pg_advisory_unlock") {
        Ok(row(&["t"]))
    } else {
        Ok(Vec::new())
    }
}

fn row(values: &[&str]) -> Vec<ResultSet> {
    vec![vec![values.iter().map(|value| Some((*value).to_owned())).collect()]]
}

fn refusal(code: &str) -> Outcome {
    let severity = "ERROR".to_owned();
    let message = ServerMessage { severity, code: code.to_owned(), ..ServerMessage::default() };
    Err(Failure::Server(Box::new(message)))
}

fn broken() -> Outcome {
    Err(Failure::Connection(Box::new(io::Error::other("cut"))))
}

fn count(sent: &[String], part: &str) -> usize {
    sent.iter().filter(|sql| sql.contains(part)).count()
}

#[test]
fn a_pooler_that_changes_servers_is_noticed() {
    let (result, sent, _) = play(|sql| match sql {
        sql if sql.contains("pg_is_in_recovery") => {
            Ok(row(&["78", "me", "none", "f", "f", "t", "t"]))
        }
        sql => server(sql),
    });
    assert!(matches!(result, Err(Error::Pooled)));
    assert_eq!(count(&sent, "pg_advisory_unlock"), 1);
    assert_eq!(count(&sent, "BEGIN"), 0);
}

#[test]
fn a_server_without_the_check_interval_is_asked_without_it() {
    let (result, sent, _) = play(|sql| match sql {
        sql if sql.contains("'2000', false") => refusal("22023"),
        sql => server(sql),
    });
    assert_eq!(result.unwrap().done.len(), 1);
    assert_eq!(count(&sent, "pg_is_in_recovery"), 2);
}

#[test]
fn patience_is_measured_by_the_driver_s_clock() {
    let (result, sent, told) = play(|sql| match sql {
        sql if sql.contains("pg_try_advisory_lock") => Ok(row(&["f", "77", "f"])),
        sql if sql.contains("pg_stat_activity") => Ok(row(&["9", "me", "", "60", "5", "SELECT 2"])),
        sql => server(sql),
    });
    let Err(Error::Locked { waited, holder }) = result else { panic!("not locked") };
    assert!(waited >= Duration::from_mins(10) && waited < Duration::from_secs(601), "{waited:?}");
    let holder = holder.unwrap();
    assert_eq!((holder.pid, holder.application_name.as_deref()), (9, None));
    assert_eq!(holder.query_age, Some(Duration::from_secs(5)));
    let polls = count(&sent, "pg_try_advisory_lock");
    assert!((800..3000).contains(&polls), "{polls} polls in 10 minutes");
    assert!((100..=121).contains(&told.len()), "told {} times", told.len());
}

#[test]
fn nothing_is_sent_on_a_broken_connection() {
    for (part, fate) in [
        ("SELECT revision, checksum", None),
        ("pg_try_advisory_lock", None),
        ("pg_is_in_recovery", None),
        ("SELECT 1", Some(Fate::RolledBack)),
        ("SET CONSTRAINTS", Some(Fate::RolledBack)),
        ("COMMIT", Some(Fate::CommitUnknown)),
    ] {
        let (result, sent, _) = play(|sql| if sql.contains(part) { broken() } else { server(sql) });
        let Err(Error::Connection(lost)) = result else { panic!("{part}: {result:?}") };
        assert_eq!(lost.fate, fate, "{part}");
        assert!(sent.last().unwrap().contains(part), "{part}: {sent:#?}");
    }
}

#[test]
fn the_lock_is_let_go_whatever_is_refused() {
    let (result, all, _) = play(server);
    assert_eq!(result.unwrap().done.len(), 1);
    let first = all.iter().position(|sql| sql.contains("pg_is_in_recovery")).unwrap();
    let unlock = all.iter().position(|sql| sql.contains("pg_advisory_unlock")).unwrap();
    assert!(unlock > first + 3, "{all:#?}");
    let is_ours = |sql: &&String| !sql.starts_with("SELECT revision, checksum");
    for refused in all[first..unlock].iter().filter(is_ours) {
        let (result, sent, _) =
            play(|sql| if sql == refused { refusal("XX000") } else { server(sql) });
        // The first message has a second try; all others are the end.
        let is_retried = refused.contains("'2000', false");
        assert_eq!(result.is_ok(), is_retried, "{refused}: {result:?}");
        assert_eq!(count(&sent, "pg_advisory_unlock"), 1, "{refused}: {sent:#?}");
        if refused.contains("SELECT 1") || refused.contains("COMMIT") {
            assert_eq!(count(&sent, "ROLLBACK"), 1, "{refused}");
        }
    }
}
