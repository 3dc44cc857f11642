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
    /// The settings that the client had made.
    theirs: Vec<(String, String)>,
    /// Whether we set [`CHECK_INTERVAL`].
    has_ours: bool,
}

impl<'a> Session<'a> {
    /// Takes the lock, looks around, and makes the history table where there is none. `pending` is
    /// what there is to do, for an error that says that it cannot be done here.
    pub(super) async fn open(
        port: &'a Port,
        job: &'a Job,
        pending: &[RevisionId],
    ) -> Result<Self, Error> {
        let lock = Lock::take(port, job).await?;
        let sets = match look_around(port, job, &lock).await {
            Ok(sets) => sets,
            Err(error) => {
                lock.release(port).await;
                return Err(error);
            }
        };
        let session = Self { port, job, lock, found: Found::read(&sets) };
        port.set_cleanup(Some(format!(
            "{};\n{}",
            session.lock.cleanup_sql(),
            session.found.restore_all()
        )));
        match session.prepare(&sets, pending).await {
            Ok(()) => Ok(session),
            Err(error) => {
                session.close().await;
                Err(error)
            }
        }
    }

    /// Lets the lock go and puts back what was set. What fails here is not worth an error: the
    /// work is done or has failed before, and a connection that broke has cleaned up.
    pub(super) async fn close(self) {
        // Not all in one message: that the lock is free must not hang on anything else.
        let is_held = self.lock.release(self.port).await;
        let restored = self.port.query(self.found.restore_all()).await;
        if restored.outcome.is_ok() && !is_held {
            self.port.tell(Event::LockLost).await;
        }
    }

    /// Puts roles and settings back to what they should be between two revisions. Without it, our
    /// own statements could run as whoever the revision became.
    pub(super) fn restore(&self) -> String {
        self.found.restore()
    }

    /// Makes sure that the server takes writes and that there is a history table.
    async fn prepare(&self, sets: &[ResultSet], pending: &[RevisionId]) -> Result<(), Error> {
        let is = |column| value(sets, 0, column) == Some("t");
        let [is_standby, is_read_only, has_schema, has_table] = [is(3), is(4), is(5), is(6)];
        let table = &self.job.table;
        if is_standby || is_read_only {
            return Err(Error::ReadOnly { standby: is_standby, pending: pending.to_vec() });
        }
        if !has_schema {
            let doing = format!("create the schema of the history table {table}");
            self.make(table.create_schema(), &doing, Need::MakeSchema).await?;
        }
        if !has_table {
            let doing = format!("create the history table {table}");
            self.make(table.create(), &doing, Need::MakeTable).await?;
        }
        Ok(())
    }

    async fn make(&self, sql: String, doing: &str, need: Need) -> Result<(), Error> {
        match self.port.query(sql).await.outcome {
            Ok(_) => Ok(()),
            Err(failure) => Err(rights::refused(self.port, self.job, doing, need, failure).await),
        }
    }
}

impl Found {
    fn read(sets: &[ResultSet]) -> Self {
        let user = value(sets, 0, 1).unwrap_or_default();
        let role = value(sets, 0, 2).unwrap_or("none");
        let role = if role == "none" { "NONE".to_owned() } else { identifier(role) };
        let rows = sets.get(1).into_iter().flatten();
        let pair = |row: &Vec<Option<String>>| match row.as_slice() {
            [Some(name), Some(setting)] => Some((name.clone(), setting.clone())),
            _ => None,
        };
        Self {
            roles: format!("SET SESSION AUTHORIZATION {};\nSET ROLE {role};\n", identifier(user)),
            theirs: rows.filter_map(pair).collect(),
            has_ours: sets.get(2).is_some_and(|set| !set.is_empty()),
        }
    }

    /// What holds between two revisions.
    fn restore(&self) -> String {
        let theirs = self.theirs.iter().map(|(name, setting)| (name.as_str(), setting.as_str()));
        let ours = self.has_ours.then_some(CHECK_INTERVAL);
        format!("{}{}", self.roles, restore(theirs.chain(ours)))
    }

    /// What held before the run.
    fn restore_all(&self) -> String {
        let theirs = self.theirs.iter().map(|(name, setting)| (name.as_str(), setting.as_str()));
        format!("{}{}", self.roles, restore(theirs))
    }
}

/// Asks for all that has to be known: [`facts`], the client's settings, and whether we set ours.
async fn look_around(port: &Port, job: &Job, lock: &Lock) -> Result<Vec<ResultSet>, Error> {
    let query = format!("{};\n{SETTINGS}", facts(job));
    // Not every server has the setting, and not every platform lets it be set.
    let mut answer = port.query(format!("{query};\n{}", set_check_interval())).await;
    if let Err(Failure::Server(_)) = answer.outcome {
        answer = port.query(query).await;
    }
    match answer.outcome {
        Ok(sets) if value(&sets, 0, 0) == Some(lock.pid.as_str()) => Ok(sets),
        Ok(_) => Err(Error::Pooled),
        Err(failure) => {
            let doing = "read the session's settings";
            Err(rights::refused(port, job, doing, Need::Nothing, failure).await)
        }
    }
}

/// Which process this is, who we are, and what there is.
fn facts(job: &Job) -> String {
    let schema = literal(job.table.schema());
    let table = literal(job.table.table());
    format!(
        "SELECT pg_catalog.pg_backend_pid(), session_user, pg_catalog.current_setting('role'), \
         pg_catalog.pg_is_in_recovery(), \
         pg_catalog.current_setting('transaction_read_only') OPERATOR(pg_catalog.=) 'on', \
         EXISTS (SELECT FROM pg_catalog.pg_namespace n \
         WHERE n.nspname OPERATOR(pg_catalog.=) {schema}), \
         EXISTS (SELECT FROM pg_catalog.pg_class c \
         JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace \
         WHERE n.nspname OPERATOR(pg_catalog.=) {schema} \
         AND c.relname OPERATOR(pg_catalog.=) {table})"
    )
}

const SETTINGS: &str = "SELECT name, setting FROM pg_catalog.pg_settings \
    WHERE source OPERATOR(pg_catalog.=) 'session' \
    AND name OPERATOR(pg_catalog.!~) '^transaction_' ORDER BY name";

fn set_check_interval() -> String {
    let (name, value) = CHECK_INTERVAL;
    format!(
        "SELECT pg_catalog.set_config(name, '{value}', false) FROM pg_catalog.pg_settings \
         WHERE name OPERATOR(pg_catalog.=) '{name}' AND setting OPERATOR(pg_catalog.=) '0' \
         AND source OPERATOR(pg_catalog.<>) 'session'"
    )
}

/// One statement that makes the session's settings those that are given, and touches no other:
/// `RESET ALL` would also drop what the client has set under names of its own (`app.user`), which
/// the catalog does not list. The settings of a transaction end with it, and cannot be set late.
fn restore<'s>(settings: impl Iterator<Item = (&'s str, &'s str)>) -> String {
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
