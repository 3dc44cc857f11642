//! Writes the history without running anything.

use std::time::Duration;

use pgmigrate_chain::{Applied, Plan, Purpose};

use crate::Error;
use crate::report::{Event, Stamped};

use super::rights::{self, Need};
use super::session::Session;
use super::{Job, Port, state};

/// Records the target, and all that it needs, as what is applied.
pub(crate) async fn stamp(port: Port, job: Job) -> Result<Stamped, Error> {
    let (changes, _) = decide(&port, &job).await?;
    if changes.is_empty() {
        return Ok(changes);
    }
    let session = Session::open(&port, &job, &changes.inserted).await?;
    let outcome = stamp_locked(&session).await;
    session.close().await;
    outcome
}

async fn stamp_locked(session: &Session<'_>) -> Result<Stamped, Error> {
    let (port, job) = (session.port, session.job);
    port.tell(Event::Locked { waited: session.lock.waited }).await;
    let (changes, statements) = decide(port, job).await?;
    if changes.is_empty() {
        return Ok(changes);
    }
    // One message without a `BEGIN` is one transaction.
    match port.query(statements.join(";\n")).await.outcome {
        Ok(_) => Ok(changes),
        Err(failure) => {
            let doing = format!("write the history table {}", job.table);
            Err(rights::refused(port, job, &doing, Need::Change, failure).await)
        }
    }
}

/// What has to change, and the statements that change it.
async fn decide(port: &Port, job: &Job) -> Result<(Stamped, Vec<String>), Error> {
    let text = job.settings.target.as_deref().ok_or(Error::NoTarget)?;
    let (graph, table) = (job.chain.graph(), &job.table);
    let applied = state::applied(port, job).await?;
    let target = state::resolve(job, text, &applied, Purpose::Stamp)?;
    let mut changes = Stamped::default();
    let mut statements = Vec::new();
    let kept = if job.settings.purge {
        changes.deleted = applied.rows().map(|(id, _)| id.to_string()).collect();
        statements.push(table.purge());
        Applied::default()
    } else {
        applied
    };
    let plan = Plan::stamp(graph, &kept, &target);
    for &at in &plan.delete {
        let id = graph.id(at).to_string();
        statements.push(table.delete(&id));
        changes.deleted.push(id);
    }
    for &at in &plan.insert {
        let revision = job.chain.revision(at);
        statements.push(table.insert(revision, Duration::ZERO));
        changes.inserted.push(revision.id.clone());
    }
    // Stamped on nothing, the target and all that it needs would be inserted.
    for at in Plan::stamp(graph, &Applied::default(), &target).insert {
        let revision = job.chain.revision(at);
        let recorded = kept.checksum(&revision.id);
        if kept.contains(&revision.id) && recorded != Some(revision.checksum.to_string().as_str()) {
            statements.push(table.renew(revision));
            changes.renewed.push(revision.id.clone());
        }
    }
    Ok((changes, statements))
}
