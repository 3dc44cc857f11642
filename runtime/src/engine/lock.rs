//! The migration lock: a session advisory lock, taken by polling.
//!
//! Never by waiting inside a statement. A session that waits in `pg_advisory_lock()` holds a
//! snapshot, `CREATE INDEX CONCURRENTLY` of the session that holds the lock waits for that
//! snapshot to go, and the two stand still until the server shoots one of them.

use std::time::Duration;

use crate::Error;
use crate::report::{Event, Holder};

use super::rights::{self, Need};
use super::{Failure, Job, Port, ResultSet};

/// The first pause between two attempts, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(500));

/// How often whoever watches is told that we still wait.
const TELL_EVERY: Duration = Duration::from_secs(5);

/// The migration lock, held.
pub(super) struct Lock {
    key: i64,
    /// The server process that holds it.
    pub(super) pid: String,
    /// How long it took to get.
    pub(super) waited: Duration,
}

impl Lock {
    /// Polls until the lock is held or patience is at its end.
    pub(super) async fn take(port: &Port, job: &Job) -> Result<Self, Error> {
        let key = job.table.lock_key();
        let attempt = format!(
            "SELECT pg_catalog.pg_try_advisory_lock({key}), pg_catalog.pg_backend_pid(), \
             pg_catalog.now() OPERATOR(pg_catalog.<>) pg_catalog.statement_timestamp()"
        );
        let mut waited = Duration::ZERO;
        let mut told = None;
        let mut turn = 0;
        loop {
            let answer = port.query(attempt.as_str()).await;
            waited += answer.elapsed;
            let sets = match answer.outcome {
                Err(Failure::Server(message)) if message.code == "25P02" => {
                    return Err(Error::OpenTransaction);
                }
                Err(failure) => {
                    let doing = "take the migration lock";
                    return Err(rights::refused(port, job, doing, Need::Nothing, failure).await);
                }
                Ok(sets) => sets,
            };
            let (held, pid, in_transaction) = read_attempt(&sets);
            let lock = Self { key, pid, waited };
            if in_transaction {
                // A transaction that was open before us: to work in it would end it.
                if held {
                    lock.release(port).await;
                }
                return Err(Error::OpenTransaction);
            }
            if held {
                port.set_cleanup(Some(lock.cleanup_sql()));
                return Ok(lock);
            }
            let over = waited >= job.settings.patience;
            if over || told.is_none_or(|at| waited.saturating_sub(at) >= TELL_EVERY) {
                told = Some(waited);
                let holder = holder(port, key).await;
                if over {
                    return Err(Error::Locked { waited, holder: holder.map(Box::new) });
                }
                port.tell(Event::Waiting { waited, holder }).await;
            }
            let left = job.settings.patience.saturating_sub(waited);
            waited += port.wait(pause(turn, &lock.pid).min(left)).await;
            turn += 1;
        }
    }

    /// Lets the lock go; says whether it was still held.
    pub(super) async fn release(self, port: &Port) -> bool {
        let answer = port.query(self.release_sql()).await;
        port.set_cleanup(None);
        answer.outcome.is_ok_and(|sets| value(&sets, 0, 0) == Some("t"))
    }

    /// Ends whatever is going on, and lets the lock go.
    pub(super) fn cleanup_sql(&self) -> String {
        format!("ROLLBACK;\n{}", self.release_sql())
    }

    fn release_sql(&self) -> String {
        format!("SELECT pg_catalog.pg_advisory_unlock({})", self.key)
    }
}

/// Whether the lock is held now, by which process, and whether a transaction was open before.
fn read_attempt(sets: &[ResultSet]) -> (bool, String, bool) {
    (
        value(sets, 0, 0) == Some("t"),
        value(sets, 0, 1).unwrap_or_default().to_owned(),
        value(sets, 0, 2) == Some("t"),
    )
}

/// How long to wait after an attempt: longer each time, and by chance more or less, so that those
/// who started at the same time do not come back at the same time.
fn pause(turn: u32, pid: &str) -> Duration {
    let (first, longest) = PAUSES;
    let pause = (first * 3_u32.pow(turn.min(8)) / 2_u32.pow(turn.min(8))).min(longest);
    // The chance is a hash of the server process and the turn: different for every session, and
    // no source of randomness is needed.
    let seed = pid.bytes().fold(u64::from(turn) + 1, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    let share = u32::try_from(seed >> 54).unwrap_or(0); // 0 to 1023
    pause / 2 + pause * share / 1024
}

/// Who holds the lock, as far as the server says.
async fn holder(port: &Port, key: i64) -> Option<Holder> {
    let (high, low) = (key.cast_unsigned() >> 32, key.cast_unsigned() & 0xffff_ffff);
    let seconds = |since: &str| {
        format!(
            "pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() \
             OPERATOR(pg_catalog.-) a.{since})::bigint"
        )
    };
    let query = format!(
        "SELECT a.pid, a.usename, a.application_name, {}, {}, a.query \
         FROM pg_catalog.pg_locks l \
         JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid \
         JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) l.database \
         WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted \
         AND d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() \
         AND l.classid OPERATOR(pg_catalog.=) '{high}' \
         AND l.objid OPERATOR(pg_catalog.=) '{low}' \
         AND l.objsubid OPERATOR(pg_catalog.=) 1",
        seconds("backend_start"),
        seconds("query_start"),
    );
    // Who may not look is none the wiser, and waits all the same.
    let sets = port.query(query).await.outcome.ok()?;
    let text = |column| value(&sets, 0, column).filter(|text| !text.is_empty()).map(str::to_owned);
    let time = |column| text(column)?.parse().ok().map(Duration::from_secs);
    Some(Holder {
        pid: text(0)?.parse().ok()?,
        user: text(1),
        application_name: text(2),
        connected_for: time(3),
        query_age: time(4),
        query: text(5),
    })
}

/// A value of the first row of a result set.
pub(super) fn value(sets: &[ResultSet], set: usize, column: usize) -> Option<&str> {
    sets.get(set)?.first()?.get(column)?.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_their_limit_and_differ_between_sessions() {
        for turn in [0, 1, 5, 9, 100, u32::MAX] {
            let pauses: Vec<Duration> =
                (1000..1100).map(|pid: u32| pause(turn, &pid.to_string())).collect();
            assert!(pauses.iter().all(|&p| p >= PAUSES.0 / 2 && p <= PAUSES.1 * 3 / 2));
            let mut distinct = pauses.clone();
            distinct.sort_unstable();
            distinct.dedup();
            assert!(distinct.len() > 50, "turn {turn}: {} of 100", distinct.len());
        }
        assert!(pause(0, "1") < Duration::from_millis(31));
        assert!(pause(20, "1") >= PAUSES.1 / 2);
    }
}
