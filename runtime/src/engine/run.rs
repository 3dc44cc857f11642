//! Applies what is pending, or undoes what is above a target.

use pgmigrate_chain::{Direction, Down, Plan, Section};

use crate::Error;
use crate::report::{Done, Event, Planned, Report};

use super::revision::Turn;
use super::session::Session;
use super::state::{self, Decision};
use super::{Job, Port};

/// Applies what the target needs.
pub(crate) async fn upgrade(port: Port, job: Job) -> Result<Report, Error> {
    run(&port, &job, Direction::Up).await
}

/// Undoes what is built on the target.
pub(crate) async fn downgrade(port: Port, job: Job) -> Result<Report, Error> {
    run(&port, &job, Direction::Down).await
}

/// What [`upgrade`] would do.
pub(crate) async fn plan_upgrade(port: Port, job: Job) -> Result<Planned, Error> {
    plan(&port, &job, Direction::Up).await
}

/// What [`downgrade`] would do.
pub(crate) async fn plan_downgrade(port: Port, job: Job) -> Result<Planned, Error> {
    plan(&port, &job, Direction::Down).await
}

async fn plan(port: &Port, job: &Job, direction: Direction) -> Result<Planned, Error> {
    let Decision { plan, out_of_order } = decide(port, job, direction).await?;
    Ok(Planned { direction, revisions: job.ids(&plan.steps), out_of_order: job.ids(&out_of_order) })
}

async fn run(port: &Port, job: &Job, direction: Direction) -> Result<Report, Error> {
    // Looked at first without the lock: with nothing to do, this one query is all there is.
    let seen = decide(port, job, direction).await?.plan;
    if seen.is_empty() {
        return Ok(Report::new(direction));
    }
    let session = Session::open(port, job, &job.ids(&seen.steps)).await?;
    let outcome = run_locked(&session, &seen).await;
    session.close().await;
    outcome
}

/// Decides again now that nobody else can change anything, and runs what is left.
async fn run_locked(session: &Session<'_>, seen: &Plan) -> Result<Report, Error> {
    let Session { port, job, lock, .. } = session;
    port.tell(Event::Locked { waited: lock.waited }).await;
    let Decision { plan, out_of_order } = decide(port, job, seen.direction).await?;
    let mut report = Report::new(seen.direction);
    report.waited = lock.waited;
    report.out_of_order = job.ids(&out_of_order);
    let left = job.marks(&plan.steps);
    let others: Vec<usize> = seen.steps.iter().copied().filter(|&at| !left[at]).collect();
    report.done_by_another = job.ids(&others);
    if !others.is_empty() {
        port.tell(Event::DoneByAnother { revisions: report.done_by_another.clone() }).await;
    }
    if !out_of_order.is_empty() {
        port.tell(Event::OutOfOrder { revisions: report.out_of_order.clone() }).await;
    }
    for (index, &at) in plan.steps.iter().enumerate() {
        let done = run_revision(session, at, (index + 1, plan.steps.len()), &report).await?;
        report.done.push(done);
    }
    Ok(report)
}

async fn run_revision(
    session: &Session<'_>,
    at: usize,
    (number, total): (usize, usize),
    before: &Report,
) -> Result<Done, Error> {
    let revision = session.job.chain.revision(at);
    let direction = before.direction;
    let (id, title) = (revision.id.clone(), revision.title.clone());
    let event =
        Event::Started { revision: id.clone(), title: title.clone(), direction, number, total };
    session.port.tell(event).await;
    let nothing = Section::default();
    let section = match (direction, &revision.down) {
        (Direction::Up, _) => &revision.up,
        (Direction::Down, Down::Section(section)) => section,
        // No plan leads here: a way down that is closed is found before anything runs.
        (Direction::Down, Down::Missing | Down::Irreversible(_)) => &nothing,
    };
    let duration = Turn { session, revision, section, direction, before }.run().await?;
    session.port.tell(Event::Finished { revision: id.clone(), duration }).await;
    Ok(Done { revision: id, title, duration })
}

async fn decide(port: &Port, job: &Job, direction: Direction) -> Result<Decision, Error> {
    match direction {
        Direction::Up => state::decide_upgrade(port, job).await,
        Direction::Down => state::decide_downgrade(port, job).await,
    }
}
