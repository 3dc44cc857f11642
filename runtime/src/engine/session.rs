//! The session in which revisions run: locked, looked over, and left as it was found.
//!
//! What a revision sets must not reach the next one, nor the program that lent us its connection:
//! a dump that empties `search_path` is the classic. So what the client had set is noted once, and
//! put back after each revision and at the end.

use std::fmt::Write as _;

use pgmigrate_chain::RevisionId;

use crate::Error;
use crate::report::Event;
use crate::sql::{identifier, literal};

use super::lock::{Lock, value};
use super::rights::{self, Need};
use super::{Failure, Job, Port, ResultSet};

/// How often the server looks whether the client is still there while it runs a statement. If it
/// is not, the statement ends, and the migration lock goes with the session.
const CHECK_INTERVAL: (&str, &str) = ("client_connection_check_interval", "2000");

/// A session that holds the migration lock.
pub(super) struct Session<'a> {
    pub(super) port: &'a Port,
    pub(super) job: &'a Job,
    pub(super) lock: Lock,
    found: Found,
}

/// What the session was like before us.
struct Found {
    /// `SET` statements for the session user and the role.
    roles: String,
    /// The settings that the client had made, and the one that we make.
    settings: Vec<(String, String)>,
    /// Whether the last of `settings` is ours.
    is_last_ours: bool,
}

/// What the server has, and lets us do.
struct Surroundings {
    is_standby: bool,
    is_read_only: bool,
    has_schema: bool,
    has_table: bool,
}

impl<'a> Session<'a> {
    /// Takes the lock and looks around. `pending` is what there is to do, for an error that says
    /// that it cannot be done here.
    pub(super) async fn open(
        port: &'a Port,
        job: &'a Job,
        pending: &[RevisionId],
    ) -> Result<Self, Error> {
        let lock = Lock::take(port, job).await?;
        match prepare(port, job, &lock, pending).await {
            Ok(found) => Ok(Self { port, job, lock, found }),
            Err(error) => {
                lock.release(port).await;
                Err(error)
            }
        }
    }

    /// Lets the lock go and puts back what was set. What fails here is not worth an error: the
    /// work is done or has failed before, and a connection that broke has cleaned up.
    pub(super) async fn close(self) {
        // Not all in one message: that the lock is free must not hang on anything else.
        let (port, restore) = (self.port, self.restore_all());
        let is_held = self.lock.release(port).await;
        if port.query(restore).await.outcome.is_ok() && !is_held {
            port.tell(Event::LockLost).await;
        }
    }

    /// Puts roles and settings back to what they should be between two revisions. Without it, our
    /// own statements could run as whoever the revision became.
    pub(super) fn restore(&self) -> String {
        format!("{}{}", self.found.roles, restore(&self.found.settings))
    }

    fn restore_all(&self) -> String {
        let settings = &self.found.settings;
        let theirs = settings.len() - usize::from(self.found.is_last_ours);
        format!("{}{}", self.found.roles, restore(&settings[..theirs]))
    }
}

/// Looks around and makes the history table where there is none.
async fn prepare(
    port: &Port,
    job: &Job,
    lock: &Lock,
    pending: &[RevisionId],
) -> Result<Found, Error> {
    let (found, surroundings) = look_around(port, job, lock).await?;
    let Surroundings { is_standby, is_read_only, has_schema, has_table } = surroundings;
    if is_standby || is_read_only {
        return Err(Error::ReadOnly { standby: is_standby, pending: pending.to_vec() });
    }
    if !has_schema {
        let doing = format!("make the schema of the history table {}", job.table);
        run(port, job, job.table.create_schema(), &doing, Need::MakeSchema).await?;
    }
    if !has_table {
        let doing = format!("make the history table {}", job.table);
        run(port, job, job.table.create(), &doing, Need::MakeTable).await?;
    }
    Ok(found)
}

async fn run(port: &Port, job: &Job, sql: String, doing: &str, need: Need) -> Result<(), Error> {
    match port.query(sql).await.outcome {
        Ok(_) => Ok(()),
        Err(failure) => Err(rights::refused(port, job, doing, need, failure).await),
    }
}

async fn look_around(port: &Port, job: &Job, lock: &Lock) -> Result<(Found, Surroundings), Error> {
    let query = format!("{};\n{SETTINGS}", facts(job));
    // Not every server has the setting, and not every platform lets it be set.
    let mut answer = port.query(format!("{query};\n{}", set_check_interval())).await;
    if let Err(Failure::Server(_)) = answer.outcome {
        answer = port.query(query).await;
    }
    let sets = match answer.outcome {
        Ok(sets) => sets,
        Err(failure) => {
            let doing = "read the session's settings";
            return Err(rights::refused(port, job, doing, Need::Nothing, failure).await);
        }
    };
    if value(&sets, 0, 0) != Some(lock.pid.as_str()) {
        return Err(Error::Pooled);
    }
    Ok((read_found(&sets), read_surroundings(&sets)))
}

fn facts(job: &Job) -> String {
    let schema = literal(job.table.schema());
    let table = literal(job.table.table());
    format!(
        "SELECT pg_catalog.pg_backend_pid(), session_user, pg_catalog.current_setting('role'), \
         pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only'), \
         EXISTS (SELECT FROM pg_catalog.pg_namespace n \
         WHERE n.nspname OPERATOR(pg_catalog.=) {schema}), \
         EXISTS (SELECT FROM pg_catalog.pg_class c \
         JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace \
         WHERE n.nspname OPERATOR(pg_catalog.=) {schema} \
         AND c.relname OPERATOR(pg_catalog.=) {table})"
    )
}

const SETTINGS: &str = "SELECT name, setting FROM pg_catalog.pg_settings \
    WHERE source OPERATOR(pg_catalog.=) 'session' ORDER BY name";

fn set_check_interval() -> String {
    let (name, value) = CHECK_INTERVAL;
    format!(
        "SELECT pg_catalog.set_config(name, '{value}', false) FROM pg_catalog.pg_settings \
         WHERE name OPERATOR(pg_catalog.=) '{name}' AND setting OPERATOR(pg_catalog.=) '0' \
         AND source OPERATOR(pg_catalog.<>) 'session'"
    )
}

fn read_found(sets: &[ResultSet]) -> Found {
    let user = value(sets, 0, 1).unwrap_or_default();
    let role = value(sets, 0, 2).unwrap_or("none");
    let role = if role == "none" { "NONE".to_owned() } else { identifier(role) };
    let mut settings: Vec<(String, String)> = sets
        .get(1)
        .into_iter()
        .flatten()
        .filter_map(|row| match row.as_slice() {
            [Some(name), Some(setting)] => Some((name.clone(), setting.clone())),
            _ => None,
        })
        .collect();
    let is_last_ours = sets.get(2).is_some_and(|set| !set.is_empty());
    if is_last_ours {
        settings.push((CHECK_INTERVAL.0.to_owned(), CHECK_INTERVAL.1.to_owned()));
    }
    Found {
        roles: format!("SET SESSION AUTHORIZATION {};\nSET ROLE {role};\n", identifier(user)),
        settings,
        is_last_ours,
    }
}

fn read_surroundings(sets: &[ResultSet]) -> Surroundings {
    Surroundings {
        is_standby: value(sets, 0, 3) == Some("t"),
        is_read_only: value(sets, 0, 4) == Some("on"),
        has_schema: value(sets, 0, 5) == Some("t"),
        has_table: value(sets, 0, 6) == Some("t"),
    }
}

/// One statement that makes the session's settings those that are given, and touches no other:
/// `RESET ALL` would also drop what the client has set under names of its own (`app.user`), which
/// the catalog does not list. The settings of a transaction end with it, and cannot be set late.
fn restore(settings: &[(String, String)]) -> String {
    let mut wanted = "(NULL::pg_catalog.text, NULL::pg_catalog.text)".to_owned();
    for (name, setting) in settings {
        let _ = write!(wanted, ", ({}, {})", literal(name), literal(setting));
    }
    format!(
        "SELECT pg_catalog.set_config(s.name, w.setting, false) FROM pg_catalog.pg_settings s \
         LEFT JOIN (VALUES {wanted}) AS w(name, setting) ON w.name OPERATOR(pg_catalog.=) s.name \
         WHERE (s.source OPERATOR(pg_catalog.=) 'session' OR w.name IS NOT NULL) \
         AND s.name OPERATOR(pg_catalog.!~) '^transaction_' \
         AND COALESCE(s.setting, '') OPERATOR(pg_catalog.<>) \
         COALESCE(w.setting, s.reset_val, '')"
    )
}
