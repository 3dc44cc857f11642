//! The engine: which SQL to send next, and what an answer means.
//!
//! It does no I/O and reads no clock: a driver carries its requests and answers them
//! ([`exchange`]). Each kind of work is one `async` function of a [`Port`] and a [`Job`]:
//!
//! | work | module |
//! |---|---|
//! | apply, undo, and what that would be | [`run`] |
//! | run one revision | [`revision`] |
//! | write the history without running anything | [`mod@stamp`] |
//! | find out where a database stands | [`state`] |
//! | hold the lock, and keep the session as it was | [`lock`], [`session`] |
//! | say what a refused statement of our own means | [`rights`] |

mod exchange;
mod lock;
mod revision;
mod rights;
mod run;
mod session;
mod stamp;
mod state;

use std::sync::Arc;
use std::time::Duration;

use pgmigrate_chain::{Chain, RevisionId};

use crate::history::HistoryTable;

pub(crate) use exchange::{Answer, Engine, Failure, Port, Request, ResultSet, Step};
pub(crate) use run::{downgrade, plan_downgrade, plan_upgrade, upgrade};
pub(crate) use stamp::stamp;
pub(crate) use state::status;

/// What is to be worked on, and how.
pub(crate) struct Job {
    pub(crate) chain: Arc<Chain>,
    pub(crate) table: HistoryTable,
    pub(crate) settings: Settings,
}

/// What a user can set.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Settings {
    pub(crate) target: Option<String>,
    pub(crate) lock_timeout: Timeout,
    pub(crate) statement_timeout: Timeout,
    /// How long to poll for the migration lock.
    pub(crate) patience: Duration,
    pub(crate) allow_ahead: bool,
    pub(crate) allow_diverged: bool,
    pub(crate) allow_edited: bool,
    pub(crate) purge: bool,
}

/// A timeout of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timeout {
    /// The connection's own holds.
    Inherited,
    /// There is none.
    Off,
    /// It fires after this time.
    After(Duration),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            target: None,
            lock_timeout: Timeout::After(Duration::from_secs(3)),
            statement_timeout: Timeout::Inherited,
            patience: Duration::from_mins(10),
            allow_ahead: false,
            allow_diverged: false,
            allow_edited: false,
            purge: false,
        }
    }
}

impl Timeout {
    /// The server's milliseconds, where 0 is for ever; none where its own setting holds.
    fn milliseconds(self) -> Option<u128> {
        match self {
            Self::Inherited => None,
            Self::Off => Some(0),
            // Less than one millisecond would read as none at all, and more than the server can
            // hold is for ever for all that matters.
            Self::After(time) => Some(time.as_millis().clamp(1, i32::MAX.cast_unsigned().into())),
        }
    }
}

impl Job {
    /// The ids of revisions that are named by position.
    fn ids(&self, positions: &[usize]) -> Vec<RevisionId> {
        positions.iter().map(|&at| self.chain.revision(at).id.clone()).collect()
    }

    /// For every position, whether it is one of these.
    fn marks(&self, positions: &[usize]) -> Vec<bool> {
        let mut marks = vec![false; self.chain.graph().len()];
        for &at in positions {
            marks[at] = true;
        }
        marks
    }
}

#[cfg(test)]
mod tests;
