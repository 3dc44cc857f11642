//! Runs one revision, up or down, and records it.
//!
//! Every statement is a message of its own, so that it is known exactly which one failed.

use std::fmt::Write as _;
use std::time::Duration;

use pgmigrate_chain::{Direction, Mode, Revision, Section, Statement};

use crate::Error;
use crate::error::{Cause, ConnectionLost, Fate, Outcome, RevisionFailure};
use crate::report::{Event, Report};
use crate::server_error::{ServerError, ServerMessage};

use super::lock::value;
use super::rights::{self, Need};
use super::session::Session;
use super::{Failure, Timeout};

/// A revision that is about to be run.
pub(super) struct Turn<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) revision: &'a Revision,
    pub(super) section: &'a Section,
    pub(super) direction: Direction,
    /// What the run has done before, for errors.
    pub(super) before: &'a Report,
}

/// Where a section without a transaction of ours stands: how many statements took effect for
/// good, and how many after those are in a transaction of the section's own.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    stand: usize,
    open: usize,
}

impl Turn<'_> {
    /// Runs the section and writes the history; returns how long the statements took.
    pub(super) async fn run(&self) -> Result<Duration, Error> {
        self.refuse_copy_from_stdin()?;
        match self.section.mode {
            Mode::Transaction => self.run_in_transaction().await,
            Mode::Alone | Mode::OwnTransactions => self.run_bare().await,
        }
    }

    /// `COPY … FROM STDIN` waits for rows that no driver sends, and with it the connection.
    fn refuse_copy_from_stdin(&self) -> Result<(), Error> {
        let is_copy = |statement: &&Statement| copies_from_stdin(self.revision.sql(statement));
        match self.section.statements.iter().find(is_copy) {
            None => Ok(()),
            Some(statement) => {
                let before = self.revision.text.get(..statement.range.start).unwrap_or_default();
                Err(Error::CopyFromStdin {
                    revision: self.revision.id.clone(),
                    path: self.revision.path.clone(),
                    line: before.matches('\n').count() + 1,
                })
            }
        }
    }

    async fn run_in_transaction(&self) -> Result<Duration, Error> {
        let port = self.session.port;
        let mut opening = self.opening();
        let mut took = Duration::ZERO;
        for (index, statement) in self.section.statements.iter().enumerate() {
            self.tell_statement(index).await;
            // The transaction is opened in the same message as its first statement.
            let sql = format!("{opening}{}", self.revision.sql(statement));
            let answer = port.query(sql).await;
            took += answer.elapsed;
            if let Err(failure) = answer.outcome {
                let prefix = opening.chars().count();
                return Err(self
                    .rolled_back(
                        failure,
                        |message| Cause::Statement(self.in_statement(message, statement, prefix)),
                        Some(index),
                    )
                    .await);
            }
            opening.clear();
        }
        if opening.is_empty() {
            // What is deferred is checked now, under the role and the search path that the
            // revision chose, and told apart from what fails in writing the history.
            let answer = port.query("SET CONSTRAINTS ALL IMMEDIATE").await;
            took += answer.elapsed;
            if let Err(failure) = answer.outcome {
                let cause = |message| Cause::AtCommit(Box::new(ServerError::elsewhere(message)));
                return Err(self.rolled_back(failure, cause, None).await);
            }
        }
        let sql = format!("{opening}{};\n{};\nCOMMIT", self.session.restore(), self.record(took));
        match port.query(sql).await.outcome {
            Ok(_) => Ok(took),
            Err(failure) if failure.ends_connection() => {
                Err(self.lost(failure, Fate::CommitUnknown))
            }
            Err(failure) => Err(self.unrecorded(failure, Outcome::RolledBack).await),
        }
    }

    /// Runs a section that is not one transaction: each statement for itself, or with `BEGIN` and
    /// `COMMIT` of its own among them.
    async fn run_bare(&self) -> Result<Duration, Error> {
        let port = self.session.port;
        let has_own = self.section.mode == Mode::OwnTransactions;
        let mut timeouts = None;
        let mut progress = Progress::default();
        let mut transaction = None;
        let mut took = Duration::ZERO;
        for (index, statement) in self.section.statements.iter().enumerate() {
            let sql = self.revision.sql(statement);
            self.set_timeouts(&mut timeouts, sql).await?;
            self.tell_statement(index).await;
            let answer = port.query(sql).await;
            took += answer.elapsed;
            if let Err(failure) = answer.outcome {
                let cause = |message| Cause::Statement(self.in_statement(message, statement, 0));
                return Err(self.stopped(failure, cause, progress, Some(index)).await);
            }
            if has_own {
                let now = self.open_transaction(progress).await?;
                progress = match (&transaction, &now) {
                    (Some(before), Some(now)) if before == now => {
                        Progress { open: progress.open + 1, ..progress }
                    }
                    // This statement began it.
                    (None, Some(_)) => Progress { stand: index, open: 1 },
                    // This statement stands for itself, or ended the transaction before.
                    _ => Progress { stand: index + 1, open: 0 },
                };
                transaction = now;
            } else {
                progress.stand = index + 1;
            }
        }
        // A transaction that the section began and left to its tool to end: ours ends with it, and
        // with the history row.
        let end = if transaction.is_some() { ";\nCOMMIT" } else { "" };
        let sql = format!("{};\n{}{end}", self.session.restore(), self.record(took));
        match port.query(sql).await.outcome {
            Ok(_) => Ok(took),
            Err(failure) if failure.ends_connection() => {
                Err(self.lost(failure, Fate::CommitUnknown))
            }
            Err(failure) => {
                if transaction.is_some() {
                    self.roll_back().await;
                }
                let outcome = self.remains(progress, 0);
                Err(self.unrecorded(failure, outcome).await)
            }
        }
    }

    /// `BEGIN`, and the timeouts that hold in this transaction.
    fn opening(&self) -> String {
        let settings = &self.session.job.settings;
        let mut sql = "BEGIN;\n".to_owned();
        for (name, timeout) in [
            ("lock_timeout", settings.lock_timeout),
            ("statement_timeout", settings.statement_timeout),
        ] {
            if let Some(milliseconds) = timeout.milliseconds() {
                let _ = writeln!(sql, "SET LOCAL {name} = {milliseconds};");
            }
        }
        sql
    }

    /// Sets the timeouts for a statement outside a transaction of ours, where they are not yet
    /// what they should be.
    async fn set_timeouts(&self, set: &mut Option<Timeout>, sql: &str) -> Result<(), Error> {
        let settings = &self.session.job.settings;
        let lock_timeout = if waits_long(sql) { Timeout::Off } else { settings.lock_timeout };
        if *set == Some(lock_timeout) {
            return Ok(());
        }
        let mut statements = Vec::new();
        if let Some(milliseconds) = lock_timeout.milliseconds() {
            statements.push(format!("SET lock_timeout = {milliseconds}"));
        }
        if let Some(milliseconds) = settings.statement_timeout.milliseconds() {
            statements.push(format!("SET statement_timeout = {milliseconds}"));
        }
        *set = Some(lock_timeout);
        if statements.is_empty() {
            return Ok(());
        }
        match self.session.port.query(statements.join(";\n")).await.outcome {
            Ok(_) => Ok(()),
            Err(failure) => {
                let (port, job) = (self.session.port, self.session.job);
                Err(rights::refused(port, job, "set timeouts", Need::Nothing, failure).await)
            }
        }
    }

    /// When the open transaction began; none where none is open.
    async fn open_transaction(&self, progress: Progress) -> Result<Option<String>, Error> {
        // Outside a transaction, every message begins one of its own.
        let probe = "SELECT pg_catalog.now() OPERATOR(pg_catalog.<>) \
                     pg_catalog.statement_timestamp(), \
                     pg_catalog.date_part('epoch', pg_catalog.now())";
        match self.session.port.query(probe).await.outcome {
            Ok(sets) => Ok((value(&sets, 0, 0) == Some("t"))
                .then(|| value(&sets, 0, 1).unwrap_or_default().to_owned())),
            Err(failure) => {
                let cause = |message| Cause::Statement(Box::new(ServerError::elsewhere(message)));
                Err(self.stopped(failure, cause, progress, None).await)
            }
        }
    }

    fn record(&self, took: Duration) -> String {
        let table = &self.session.job.table;
        match self.direction {
            Direction::Up => table.insert(self.revision, took),
            Direction::Down => table.delete(self.revision.id.as_str()),
        }
    }

    async fn tell_statement(&self, index: usize) {
        let event = Event::Statement {
            revision: self.revision.id.clone(),
            number: index + 1,
            total: self.section.statements.len(),
        };
        self.session.port.tell(event).await;
    }

    /// Ends the transaction that failed. Where there is none, the server only warns.
    async fn roll_back(&self) {
        // If it fails, the connection is gone, and the transaction with it.
        let _ = self.session.port.query("ROLLBACK").await;
    }

    /// The error of a revision in a transaction of ours.
    async fn rolled_back(
        &self,
        failure: Failure,
        cause: impl FnOnce(ServerMessage) -> Cause,
        index: Option<usize>,
    ) -> Error {
        match failure {
            Failure::Connection(_) => self.lost(failure, Fate::RolledBack),
            Failure::Server(message) => {
                self.roll_back().await;
                self.failure(cause(*message), index, Outcome::RolledBack)
            }
        }
    }

    /// The error of a revision without a transaction of ours.
    async fn stopped(
        &self,
        failure: Failure,
        cause: impl FnOnce(ServerMessage) -> Cause,
        progress: Progress,
        index: Option<usize>,
    ) -> Error {
        match failure {
            Failure::Connection(_) => self.lost(failure, Fate::Partly(progress.stand)),
            Failure::Server(message) => {
                if self.section.mode == Mode::OwnTransactions {
                    self.roll_back().await;
                }
                let not_run = index.map_or(0, |index| self.section.statements.len() - index - 1);
                self.failure(cause(*message), index, self.remains(progress, not_run))
            }
        }
    }

    /// The error of a revision whose statements were run, and whose row could not be written.
    async fn unrecorded(&self, failure: Failure, outcome: Outcome) -> Error {
        if outcome == Outcome::RolledBack {
            self.roll_back().await;
        }
        let need = match self.direction {
            Direction::Up => Need::Insert,
            Direction::Down => Need::Delete,
        };
        let doing = format!("write the history table {}", self.session.job.table);
        let (port, job) = (self.session.port, self.session.job);
        match rights::refused(port, job, &doing, need, failure).await {
            Error::Server { error, .. } => self.failure(Cause::History(error), None, outcome),
            // With nothing left behind, that a right is missing is all there is to say.
            Error::Permission(permission) if outcome != Outcome::RolledBack => {
                self.failure(Cause::History(Box::new(permission.error)), None, outcome)
            }
            error => error,
        }
    }

    fn remains(&self, progress: Progress, not_run: usize) -> Outcome {
        match progress {
            // Nothing stays, and there was nothing that could have.
            Progress { stand: 0, .. } if self.section.statements.is_empty() => Outcome::RolledBack,
            Progress { stand, open } => Outcome::Partly { stand, rolled_back: open, not_run },
        }
    }

    fn in_statement(
        &self,
        message: ServerMessage,
        statement: &Statement,
        prefix: usize,
    ) -> Box<ServerError> {
        Box::new(ServerError::in_statement(message, self.revision, statement, prefix))
    }

    fn failure(&self, cause: Cause, index: Option<usize>, outcome: Outcome) -> Error {
        let failed = index.and_then(|index| self.section.statements.get(index));
        Error::Revision(Box::new(RevisionFailure {
            revision: self.revision.id.clone(),
            title: self.revision.title.clone(),
            path: self.revision.path.clone(),
            direction: self.direction,
            statement: index.map(|index| (index + 1, self.section.statements.len())),
            cause,
            outcome,
            may_leave_index: outcome != Outcome::RolledBack
                && failed.is_some_and(|statement| waits_long(self.revision.sql(statement))),
            before: self.before.clone(),
        }))
    }

    fn lost(&self, failure: Failure, fate: Fate) -> Error {
        let verb = match self.direction {
            Direction::Up => "apply",
            Direction::Down => "undo",
        };
        Error::Connection(Box::new(ConnectionLost {
            doing: format!("{verb} revision {}", self.revision.id),
            fate: Some(fate),
            before: Some(self.before.clone()),
            cause: match failure {
                Failure::Connection(cause) => cause,
                Failure::Server(message) => Box::new(ServerError::elsewhere(*message)),
            },
        }))
    }
}

/// Whether a statement asks the client for rows.
fn copies_from_stdin(sql: &str) -> bool {
    let mut words = words(sql);
    if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("copy")) {
        return false;
    }
    let mut last = "";
    for word in words {
        if last.eq_ignore_ascii_case("from") {
            return word.eq_ignore_ascii_case("stdin");
        }
        last = word;
    }
    false
}

/// Whether a statement waits for other transactions by its nature. The word may stand in a comment:
/// this is a hint, and no more.
fn waits_long(sql: &str) -> bool {
    words(sql).any(|word| word.eq_ignore_ascii_case("concurrently"))
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_that_ask_the_client_are_found() {
        for (sql, expected) in [
            ("COPY t FROM STDIN", true),
            ("copy \"s\".t (a, b) from stdin with (format csv)", true),
            ("COPY t FROM '/tmp/stdin'", false),
            ("COPY t TO STDOUT", false),
            ("COPY (SELECT a FROM t) TO STDOUT", false),
            ("SELECT 'COPY t FROM STDIN'", false),
            ("INSERT INTO copy SELECT * FROM stdin", false),
        ] {
            assert_eq!(copies_from_stdin(sql), expected, "{sql}");
        }
    }
}
