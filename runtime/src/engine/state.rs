//! Where a database stands, read from its history table in one query and without a lock.

use std::collections::BTreeSet;

use pgmigrate_chain::{
    Applied, Identifier, IdentifierErrorKind, Plan, Purpose, Resolved, RevisionId, Standing,
};

use crate::error::Edited;
use crate::history::HistoryRow;
use crate::report::Status;
use crate::{Error, history::HistoryTable};

use super::rights::{self, Need};
use super::{Failure, Job, Port, ResultSet};

/// The SQLSTATEs of a table, and of a schema, that is not there.
const NO_TABLE: [&str; 2] = ["42P01", "3F000"];

/// What there is to do, and what it is based on.
pub(super) struct Decision {
    pub(super) plan: Plan,
    /// Revisions to apply on which applied ones are built.
    pub(super) out_of_order: Vec<usize>,
}

/// Finds out where the database stands.
pub(crate) async fn status(port: Port, job: Job) -> Result<Status, Error> {
    let rows = select(&port, &job, job.table.read_all()).await?;
    let has_history = rows.is_some();
    let history = history_rows(&job.table, &rows.unwrap_or_default())?;
    let applied: Applied = history
        .iter()
        .map(|row| Ok((id(&job.table, &row.revision)?, Some(row.checksum.clone()))))
        .collect::<Result<_, Error>>()?;
    let standing = Standing::of(&job.chain, &applied);
    Ok(Status {
        kind: standing.kind,
        has_history,
        history,
        current: job.ids(&standing.current),
        pending: job.ids(&standing.pending),
        skipped: job.ids(&standing.skipped),
        edited: job.ids(&standing.edited),
        unknown: standing.unknown,
    })
}

/// What is applied. A history table that is not there holds nothing.
pub(super) async fn applied(port: &Port, job: &Job) -> Result<Applied, Error> {
    let rows = select(port, job, job.table.read()).await?.unwrap_or_default();
    rows.iter()
        .map(|row| match row.as_slice() {
            [Some(revision), checksum] => Ok((id(&job.table, revision)?, checksum.clone())),
            _ => Err(unreadable(&job.table, "a row has no revision")),
        })
        .collect()
}

/// What an upgrade has to do, or why it must not.
pub(super) async fn decide_upgrade(port: &Port, job: &Job) -> Result<Decision, Error> {
    let applied = applied(port, job).await?;
    let graph = job.chain.graph();
    let standing = Standing::of(&job.chain, &applied);
    let target = match &job.settings.target {
        None => Resolved::heads(graph),
        Some(text) => match resolve(job, text, &applied, Purpose::Upgrade) {
            // `+1` at the head: as good as done.
            Err(Error::Target(error)) if error.kind == IdentifierErrorKind::NothingToUpgrade => {
                Resolved::base()
            }
            resolved => resolved?,
        },
    };
    let plan = Plan::upgrade(graph, &applied, &target);
    let settings = &job.settings;
    if !standing.edited.is_empty() && !settings.allow_edited {
        return Err(edited(port, job, &standing.edited).await?);
    }
    let tolerated = if plan.is_empty() { settings.allow_ahead } else { settings.allow_diverged };
    if !standing.unknown.is_empty() && !tolerated {
        let unknown = details(port, job, &standing.unknown).await?;
        return Err(if plan.is_empty() {
            Error::Ahead(unknown)
        } else {
            Error::Diverged { pending: job.ids(&plan.steps), unknown }
        });
    }
    let skipped = job.marks(&standing.skipped);
    let out_of_order = plan.steps.iter().copied().filter(|&at| skipped[at]).collect();
    Ok(Decision { plan, out_of_order })
}

/// What a downgrade has to do, or why it cannot.
pub(super) async fn decide_downgrade(port: &Port, job: &Job) -> Result<Decision, Error> {
    let text = job.settings.target.as_deref().ok_or(Error::NoTarget)?;
    let applied = applied(port, job).await?;
    let target = resolve(job, text, &applied, Purpose::Downgrade)?;
    let plan = Plan::downgrade(&job.chain, &applied, &target).map_err(Error::Plan)?;
    Ok(Decision { plan, out_of_order: Vec::new() })
}

/// What an identifier names.
pub(super) fn resolve(
    job: &Job,
    text: &str,
    applied: &Applied,
    purpose: Purpose,
) -> Result<Resolved, Error> {
    Identifier::parse(text)
        .and_then(|identifier| identifier.resolve(job.chain.graph(), Some(applied), purpose))
        .map_err(Error::Target)
}

/// The rows of a query on the history table; none where there is no such table.
async fn select(port: &Port, job: &Job, sql: String) -> Result<Option<ResultSet>, Error> {
    match port.query(sql).await.outcome {
        Ok(sets) => Ok(Some(sets.into_iter().next().unwrap_or_default())),
        Err(Failure::Server(message)) if NO_TABLE.contains(&message.code.as_str()) => Ok(None),
        Err(Failure::Server(message)) if message.code == "42703" => Err(unreadable(
            &job.table,
            &format!("it is not one of pgmigrate's ({})", message.message),
        )),
        Err(failure) => {
            let doing = format!("read the history table {}", job.table);
            Err(rights::refused(port, job, &doing, Need::Read, failure).await)
        }
    }
}

/// The whole rows of some revisions.
async fn details(port: &Port, job: &Job, ids: &[RevisionId]) -> Result<Vec<HistoryRow>, Error> {
    let rows = select(port, job, job.table.read_all()).await?.unwrap_or_default();
    let mut rows = history_rows(&job.table, &rows)?;
    let ids: BTreeSet<&str> = ids.iter().map(RevisionId::as_str).collect();
    rows.retain(|row| ids.contains(row.revision.as_str()));
    Ok(rows)
}

async fn edited(port: &Port, job: &Job, positions: &[usize]) -> Result<Error, Error> {
    let rows = details(port, job, &job.ids(positions)).await?;
    let pairs = rows.into_iter().filter_map(|applied| {
        let at = job.chain.graph().position(&applied.revision)?;
        let revision = job.chain.revision(at);
        Some(Edited {
            path: revision.path.clone(),
            checksum: revision.checksum.to_string(),
            applied,
        })
    });
    Ok(Error::Edited(pairs.collect()))
}

fn history_rows(table: &HistoryTable, rows: &ResultSet) -> Result<Vec<HistoryRow>, Error> {
    rows.iter()
        .map(|row| HistoryRow::read(row).ok_or_else(|| unreadable(table, "a row is incomplete")))
        .collect()
}

fn id(table: &HistoryTable, text: &str) -> Result<RevisionId, Error> {
    RevisionId::new(text)
        .map_err(|error| unreadable(table, &format!("`{text}` is no revision id: {error}")))
}

fn unreadable(table: &HistoryTable, problem: &str) -> Error {
    Error::History { table: table.to_string(), problem: problem.to_owned() }
}
