//! What can go wrong, in words that say what to do about it.
//!
//! Displayed, an error is complete: causes, the server's words and the place in the file are part
//! of the text, which can have several lines. [`std::error::Error::source`] is there for code that
//! looks for a certain type; nothing of it is missing from the text.

use std::fmt;
use std::time::Duration;

use pgmigrate_chain::{Direction, GraphError, IdentifierError, IndexError, PlanError, RevisionId};

use crate::history::{HistoryRow, HistoryTableError};
use crate::report::{Holder, Report, count};
use crate::server_error::ServerError;

/// Why revisions were not applied, or a database's standing not found out.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The embedded chain cannot be read: it was written by another version of the macro.
    #[error("the embedded chain cannot be read: {0}; build the program again")]
    Embedded(#[source] IndexError),

    /// The chain is not one that can be applied.
    #[error("the chain of revisions is broken{}", indented(.0))]
    Chain(Vec<GraphError>),

    /// The name of the history table cannot be one.
    #[error("`{name}` cannot name the history table: {source}")]
    HistoryTable {
        /// The name as it was given.
        name: String,
        /// What is wrong with it.
        source: HistoryTableError,
    },

    /// A downgrade has to say how far.
    #[error("a downgrade needs a target, such as `-1`, `base`, or a revision")]
    NoTarget,

    /// The target names nothing.
    #[error("{0}")]
    Target(#[source] IdentifierError),

    /// There is no way to the target.
    #[error("{0}")]
    Plan(#[source] PlanError),

    /// The database has revisions that this program does not know, and nothing is pending: a newer
    /// program has upgraded it.
    #[error("{}", ahead(.0))]
    Ahead(Vec<HistoryRow>),

    /// The database has revisions that this program does not know, and lacks others.
    #[error("{}", diverged(.pending, .unknown))]
    Diverged {
        /// What only this program has.
        pending: Vec<RevisionId>,
        /// What only the database has.
        unknown: Vec<HistoryRow>,
    },

    /// Revisions were edited after they had been applied.
    #[error("{}", edited(.0))]
    Edited(Vec<Edited>),

    /// Another process kept the migration lock for too long.
    #[error("{}", locked(*.waited, .holder.as_deref()))]
    Locked {
        /// How long this process waited.
        waited: Duration,
        /// Who holds the lock.
        holder: Option<Box<Holder>>,
    },

    /// There is something to do, and the server does not take writes.
    #[error("{}", read_only(*.standby, .pending))]
    ReadOnly {
        /// Whether the server is a standby; if not, `default_transaction_read_only` is on.
        standby: bool,
        /// The revisions that wait.
        pending: Vec<RevisionId>,
    },

    /// The database role lacks a right on the history table or its schema.
    #[error("{0}")]
    Permission(Box<Permission>),

    /// The connection was handed over in the middle of a transaction.
    #[error("the connection is in an open transaction; migrations need one that is not")]
    OpenTransaction,

    /// Messages of this connection reach different server processes, so that no lock can be held.
    #[error(
        "the connection goes through a pooler in transaction mode, where no lock can be held; \
         connect migrations to the server itself, or to a pool in session mode"
    )]
    Pooled,

    /// The history table holds something that is not a history.
    #[error("the history table {table} cannot be read: {problem}")]
    History {
        /// The table.
        table: String,
        /// What is wrong with it.
        problem: String,
    },

    /// A revision holds a statement that cannot be sent as SQL text.
    #[error(
        "revision {revision} cannot be run: `COPY … FROM STDIN` takes its rows from the client, \
         and a migration has none; write the rows as INSERT (pg_dump has `--inserts`)\n  \
         --> {path}:{line}"
    )]
    CopyFromStdin {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: String,
        /// The line on which the statement begins, from 1.
        line: usize,
    },

    /// A revision failed.
    #[error("{0}")]
    Revision(Box<RevisionFailure>),

    /// The server refused one of our own statements.
    #[error("cannot {doing}\n{error}")]
    Server {
        /// What the statement was for.
        doing: String,
        /// What the server said.
        error: Box<ServerError>,
    },

    /// The connection broke.
    #[error("{0}")]
    Connection(Box<ConnectionLost>),
}

/// What kind of error it is, for exit codes and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The target, the history table's name, or another setting.
    Usage,
    /// The chain cannot be applied by anyone.
    Chain,
    /// The database has more than the chain.
    Ahead,
    /// The database and the chain both have what the other has not.
    Diverged,
    /// Applied revisions have been edited.
    Edited,
    /// The migration lock was not to be had.
    Locked,
    /// The server does not take writes.
    ReadOnly,
    /// A right is missing.
    Permission,
    /// The connection is not one on which migrations can be run.
    Session,
    /// A revision failed.
    Revision,
    /// The history table, or a statement on it.
    History,
    /// The connection broke.
    Connection,
}

impl Error {
    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::HistoryTable { .. } | Self::NoTarget | Self::Target(_) | Self::Plan(_) => {
                ErrorKind::Usage
            }
            Self::Embedded(_) | Self::Chain(_) | Self::CopyFromStdin { .. } => ErrorKind::Chain,
            Self::Ahead(_) => ErrorKind::Ahead,
            Self::Diverged { .. } => ErrorKind::Diverged,
            Self::Edited(_) => ErrorKind::Edited,
            Self::Locked { .. } => ErrorKind::Locked,
            Self::ReadOnly { .. } => ErrorKind::ReadOnly,
            Self::Permission(_) => ErrorKind::Permission,
            Self::OpenTransaction | Self::Pooled => ErrorKind::Session,
            Self::Revision(_) => ErrorKind::Revision,
            Self::History { .. } | Self::Server { .. } => ErrorKind::History,
            Self::Connection(_) => ErrorKind::Connection,
        }
    }

    /// What the server said, where it said something.
    pub fn server(&self) -> Option<&ServerError> {
        match self {
            Self::Permission(permission) => Some(&permission.error),
            Self::Revision(failure) => Some(failure.cause.server()),
            Self::Server { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The SQLSTATE, where the server gave one or would have.
    pub fn sqlstate(&self) -> Option<&str> {
        match self {
            Self::ReadOnly { .. } => Some("25006"),
            _ => self.server().map(|error| error.code.as_str()),
        }
    }

    /// What the run had done before it failed. None where it failed before the first revision
    /// began.
    pub fn report(&self) -> Option<&Report> {
        match self {
            Self::Revision(failure) => Some(&failure.before),
            Self::Connection(lost) => lost.before.as_ref(),
            _ => None,
        }
    }
}

// `main` and `unwrap` print an error by `Debug`: there too, it is to be read by people.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An applied revision whose file is not what was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edited {
    /// Its file.
    pub path: String,
    /// Its checksum now.
    pub checksum: String,
    /// What the database recorded when it was applied.
    pub applied: HistoryRow,
}

/// A right that is missing.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Permission {
    /// The role that lacks it.
    pub role: String,
    /// What the role wanted to do.
    pub doing: String,
    /// The statements that give the right.
    pub grants: Vec<String>,
    /// What the server said.
    pub error: ServerError,
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "role {} may not {}\n{}", self.role, self.doing, self.error)?;
        f.write_str("\n  who owns it, or a superuser, can allow it:")?;
        for grant in &self.grants {
            write!(f, "\n    {grant};")?;
        }
        Ok(())
    }
}

/// The connection broke.
#[derive(Debug)]
#[non_exhaustive]
pub struct ConnectionLost {
    /// What was going on.
    pub doing: String,
    /// What has become of the revision that was running; none where none was.
    pub fate: Option<Fate>,
    /// What had been done before; none where no revision had begun.
    pub before: Option<Report>,
    /// The driver's error.
    pub cause: Box<dyn std::error::Error + Send + Sync>,
}

/// What has become of a revision whose connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// It was in a transaction that was not committed.
    RolledBack,
    /// It was being committed.
    CommitUnknown,
    /// It ran outside a transaction; this many of its statements are known to have taken effect,
    /// and the next one may have.
    Partly(usize),
}

impl fmt::Display for ConnectionLost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "lost the connection, trying to {}", self.doing)?;
        write!(f, ": {}", self.cause)?;
        let mut source = self.cause.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        match self.fate {
            None => Ok(()),
            Some(Fate::RolledBack) => f.write_str("\n  the server rolls the revision back"),
            Some(Fate::CommitUnknown) => f.write_str(
                "\n  whether the revision was committed is not known; run again to find out",
            ),
            Some(Fate::Partly(stand)) => write!(
                f,
                "\n  {}; whether the next one took effect is not known",
                took_effect(stand)
            ),
        }
    }
}

impl std::error::Error for ConnectionLost {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.cause)
    }
}

/// A revision that failed, and what that leaves behind.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RevisionFailure {
    /// The revision.
    pub revision: RevisionId,
    /// Its title.
    pub title: String,
    /// Its file.
    pub path: String,
    /// Whether it was to be applied or undone.
    pub direction: Direction,
    /// The statement that failed, from 1, and how many the section has.
    pub statement: Option<(usize, usize)>,
    /// Why it failed.
    pub cause: Cause,
    /// What the database is left with.
    pub outcome: Outcome,
    /// Whether the statement that failed may have left an invalid index behind, as
    /// `CREATE INDEX CONCURRENTLY` does.
    pub may_leave_index: bool,
    /// What the run had done before.
    pub before: Report,
}

/// Why a revision failed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Cause {
    /// A statement failed.
    Statement(Box<ServerError>),
    /// What is checked at the end of a transaction, such as a deferred constraint, failed.
    AtCommit(Box<ServerError>),
    /// The statements were run, and the history row could not be written.
    History(Box<ServerError>),
}

impl Cause {
    /// What the server said.
    pub fn server(&self) -> &ServerError {
        match self {
            Self::Statement(error) | Self::AtCommit(error) | Self::History(error) => error,
        }
    }
}

/// What a failed revision leaves behind. Statements are counted from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing: it was rolled back.
    RolledBack,
    /// It is not in one transaction, and a part of it stays.
    Partly {
        /// How many statements took effect and stay.
        stand: usize,
        /// How many after those were rolled back, the failing one left out.
        rolled_back: usize,
        /// How many were not run.
        not_run: usize,
    },
}

impl fmt::Display for RevisionFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.direction {
            Direction::Up => write!(f, "revision {} failed", self.revision)?,
            Direction::Down => write!(f, "undoing revision {} failed", self.revision)?,
        }
        if self.outcome == Outcome::RolledBack {
            f.write_str("; it was rolled back")?;
        } else if let Some((number, total)) = self.statement {
            write!(f, " at statement {number} of {total}")?;
        }
        match (self.before.done.len(), self.before.direction) {
            (0, _) => {}
            (1, Direction::Up) => f.write_str(", 1 revision before it stands")?,
            (n, Direction::Up) => write!(f, ", {n} revisions before it stand")?,
            (1, Direction::Down) => f.write_str(", 1 revision before it stays undone")?,
            (n, Direction::Down) => write!(f, ", {n} revisions before it stay undone")?,
        }
        match &self.cause {
            Cause::Statement(error) => write!(f, "\n{error}")?,
            Cause::AtCommit(error) => write!(
                f,
                "\nin {}, at the end of its transaction (a deferred check)\n{error}",
                self.path
            )?,
            Cause::History(error) => {
                write!(f, "\nits row in the history table could not be written\n{error}")?;
            }
        }
        if self.cause.server().code == "55P03" {
            f.write_str(
                "\n  note: another session held a lock for longer than `lock_timeout`; \
                 run again when it is gone",
            )?;
        }
        if self.may_leave_index {
            f.write_str(
                "\n  note: what is built concurrently and fails can leave an invalid index; \
                 drop it before running again",
            )?;
        }
        match self.outcome {
            Outcome::RolledBack => Ok(()),
            Outcome::Partly { stand, rolled_back, not_run } => {
                self.write_remains(f, stand, rolled_back, not_run)
            }
        }
    }
}

impl RevisionFailure {
    fn write_remains(
        &self,
        f: &mut fmt::Formatter<'_>,
        stand: usize,
        rolled_back: usize,
        not_run: usize,
    ) -> fmt::Result {
        write!(f, "\n  note: the section is not one transaction; {}", took_effect(stand))?;
        if rolled_back > 0 {
            write!(f, ", {} rolled back", statements(stand + 1, rolled_back))?;
        }
        if let Some((number, _)) = self.statement.filter(|_| not_run > 0) {
            write!(f, ", {} not run", statements(number + 1, not_run))?;
        }
        if stand == 0 {
            return Ok(());
        }
        let mend = match self.direction {
            Direction::Up => format!(
                "undo by hand what took effect and run again, or do the rest by hand and record it \
                 with `cargo migrate stamp {}`",
                self.revision
            ),
            Direction::Down => {
                "do the rest by hand, and record it with `cargo migrate stamp`".to_owned()
            }
        };
        write!(f, "\n  help: {mend}")
    }
}

/// `nothing of it took effect`, `statement 1 took effect`, `statements 1 to 3 took effect`.
fn took_effect(stand: usize) -> String {
    match stand {
        0 => "nothing of it took effect".to_owned(),
        1 => "statement 1 took effect and stays".to_owned(),
        _ => format!("statements 1 to {stand} took effect and stay"),
    }
}

/// `statement 3 was`, `statements 3 to 5 were`.
fn statements(first: usize, count: usize) -> String {
    if count == 1 {
        format!("statement {first} was")
    } else {
        format!("statements {first} to {} were", first + count - 1)
    }
}

/// One item a line, below a headline.
fn indented<T: fmt::Display>(items: &[T]) -> String {
    items.iter().fold(String::new(), |text, item| text + &format!("\n  {item}"))
}

fn ahead(unknown: &[HistoryRow]) -> String {
    format!(
        "the database is ahead of this program: it has {} that this program does not know{}\n\
         deploy the program that brought {}, or let this one run on the newer schema with \
         `allow_ahead(true)`",
        count(unknown.len()),
        indented(unknown),
        if unknown.len() == 1 { "it" } else { "them" },
    )
}

fn diverged(pending: &[RevisionId], unknown: &[HistoryRow]) -> String {
    format!(
        "the database and this program have diverged\n\
         only the database has{}\n\
         only this program has{}\n\
         bring both lines into one chain (`cargo migrate merge`) and deploy that, or apply what is \
         pending all the same with `allow_diverged(true)`",
        indented(unknown),
        indented(pending),
    )
}

fn edited(edited: &[Edited]) -> String {
    let lines: Vec<String> =
        edited.iter().map(|edit| format!("{}\n    {}", edit.path, edit.applied)).collect();
    format!(
        "{} edited after being applied{}\n\
         restore what was applied and put the change in a new revision; or, where the database \
         already is as the files say, record them as they are with `cargo migrate stamp current`",
        match edited.len() {
            1 => "1 revision was".to_owned(),
            n => format!("{n} revisions were"),
        },
        indented(&lines),
    )
}

fn locked(waited: Duration, holder: Option<&Holder>) -> String {
    let held = holder.map_or_else(String::new, |holder| {
        format!(
            "\n  held by {holder}\n  if that process is gone for good, end its session: \
             SELECT pg_terminate_backend({});",
            holder.pid
        )
    });
    format!("the migration lock was not to be had within {:.1} s{held}", waited.as_secs_f64())
}

fn read_only(standby: bool, pending: &[RevisionId]) -> String {
    let why = if standby {
        "the server is a read-only standby; connect to the primary"
    } else {
        "`default_transaction_read_only` is on for this connection; turn it off"
    };
    format!("{} to run, and {why}{}", count(pending.len()), indented(pending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_can_be_sent_and_boxed() {
        fn is_sendable<T: Send + Sync + 'static>() {}
        is_sendable::<Error>();
    }
}
