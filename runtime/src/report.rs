//! What a run says: events while it goes on, and a report when it is over.

use std::fmt;
use std::time::Duration;

use pgmigrate_chain::{Direction, RevisionId, StandingKind};

use crate::HistoryRow;

/// Something that happened while revisions were applied.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// Another process holds the migration lock. Told at once, and then every few seconds.
    Waiting {
        /// How long this process has waited.
        waited: Duration,
        /// Who holds the lock; none where it was let go in this moment.
        holder: Option<Holder>,
    },
    /// The migration lock is held.
    Locked {
        /// How long this process has waited.
        waited: Duration,
    },
    /// Another process applied or undid revisions while this one waited for the lock.
    DoneByAnother {
        /// Those revisions.
        revisions: Vec<RevisionId>,
    },
    /// Revisions are about to be applied although revisions built on them already are.
    OutOfOrder {
        /// Those revisions.
        revisions: Vec<RevisionId>,
    },
    /// A revision begins.
    Started {
        /// The revision.
        revision: RevisionId,
        /// Its title.
        title: String,
        /// Whether it is applied or undone.
        direction: Direction,
        /// Which one of this run it is, from 1.
        number: usize,
        /// How many this run has.
        total: usize,
    },
    /// A statement of a revision begins.
    Statement {
        /// The revision.
        revision: RevisionId,
        /// Which one of the revision it is, from 1.
        number: usize,
        /// How many the revision has.
        total: usize,
    },
    /// A revision is done and recorded.
    Finished {
        /// The revision.
        revision: RevisionId,
        /// How long it took.
        duration: Duration,
    },
    /// The migration lock was let go by something in a revision, such as `DISCARD ALL`, before
    /// the run was over. Another process may have run at the same time.
    LockLost,
}

/// The session that holds the migration lock, as the server knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder {
    /// Its process id on the server.
    pub pid: i32,
    /// The user that it logged in as; none where the server does not say.
    pub user: Option<String>,
    /// Its `application_name`; none where it is empty or the server does not say.
    pub application_name: Option<String>,
    /// How long it has been connected.
    pub connected_for: Option<Duration>,
    /// How long ago its latest query began.
    pub query_age: Option<Duration>,
    /// Its latest query, which may be over.
    pub query: Option<String>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "server process {}", self.pid)?;
        if let Some(user) = &self.user {
            write!(f, ", user {user}")?;
        }
        if let Some(name) = &self.application_name {
            write!(f, ", application {name}")?;
        }
        if let Some(time) = self.connected_for {
            write!(f, ", connected for {} s", time.as_secs())?;
        }
        if let Some(query) = &self.query {
            // The first line tells which statement it is; whole texts would flood a log.
            let line = query.trim().lines().next().unwrap_or_default();
            let cut: String = line.chars().take(100).collect();
            let dots = if cut.len() < query.trim().len() { "…" } else { "" };
            let age = self.query_age.unwrap_or_default().as_secs();
            write!(f, ", whose latest query began {age} s ago: {cut}{dots}")?;
        }
        Ok(())
    }
}

/// One revision that a run applied or undid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Done {
    /// The revision.
    pub revision: RevisionId,
    /// Its title.
    pub title: String,
    /// How long its statements took.
    pub duration: Duration,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Whether revisions were applied or undone.
    pub direction: Direction,
    /// The revisions that this run applied or undid, in their order.
    pub done: Vec<Done>,
    /// Revisions that this run would have done, and that another process did while this one
    /// waited for the lock.
    pub done_by_another: Vec<RevisionId>,
    /// Revisions of `done` that were applied although revisions built on them already were.
    pub out_of_order: Vec<RevisionId>,
    /// How long the run waited for the lock.
    pub waited: Duration,
}

impl Report {
    pub(crate) fn new(direction: Direction) -> Self {
        Self {
            direction,
            done: Vec::new(),
            done_by_another: Vec::new(),
            out_of_order: Vec::new(),
            waited: Duration::ZERO,
        }
    }

    /// Whether there was nothing to do for this run.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.direction {
            Direction::Up => "applied",
            Direction::Down => "undone",
        };
        if !self.done.is_empty() {
            let time: Duration = self.done.iter().map(|done| done.duration).sum();
            write!(f, "{} {verb} in {:.2} s", count(self.done.len()), time.as_secs_f64())
        } else if self.done_by_another.is_empty() {
            f.write_str("nothing to do")
        } else {
            write!(f, "{} {verb} by another process", count(self.done_by_another.len()))
        }
    }
}

/// What a run would do now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Planned {
    /// Whether revisions would be applied or undone.
    pub direction: Direction,
    /// The revisions, in the order in which they would be run.
    pub revisions: Vec<RevisionId>,
    /// Those of them on which applied revisions are already built.
    pub out_of_order: Vec<RevisionId>,
}

/// What a stamp changed in the history table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Stamped {
    /// Revisions that are now recorded as applied.
    pub inserted: Vec<RevisionId>,
    /// Revisions that are no longer recorded as applied; ids, as they may be unknown to the chain.
    pub deleted: Vec<String>,
    /// Revisions that were recorded with another checksum.
    pub renewed: Vec<RevisionId>,
}

impl Stamped {
    /// Whether nothing had to be changed.
    pub fn is_empty(&self) -> bool {
        self.inserted.is_empty() && self.deleted.is_empty() && self.renewed.is_empty()
    }
}

/// Where a database stands against a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// How the two compare.
    pub kind: StandingKind,
    /// Whether there is a history table.
    pub has_history: bool,
    /// The rows of the history table, the oldest first.
    pub history: Vec<HistoryRow>,
    /// The applied revisions without an applied child.
    pub current: Vec<RevisionId>,
    /// The revisions of the chain that are not applied, in their order.
    pub pending: Vec<RevisionId>,
    /// The pending revisions on which applied ones are built.
    pub skipped: Vec<RevisionId>,
    /// The applied revisions whose file has been edited since.
    pub edited: Vec<RevisionId>,
    /// The applied revisions that the chain does not have.
    pub unknown: Vec<RevisionId>,
}

/// `1 revision`, `2 revisions`.
pub(crate) fn count(revisions: usize) -> String {
    if revisions == 1 { "1 revision".to_owned() } else { format!("{revisions} revisions") }
}
