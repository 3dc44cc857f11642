//! What upgrade and downgrade have in common: settings, progress, and the report.

use std::time::Duration;

use pgmigrate::{Error, Event, Planned, Report, Runner};
use pgmigrate_chain::{Chain, Direction, RevisionId};
use postgres::Client;
use serde::Serialize;

use crate::Context;
use crate::chain::OpenChain;
use crate::database::Database;
use crate::error::Outcome;
use crate::exit;
use crate::listing::Listing;
use crate::output::{Format, JSON_VERSION, Output};
use crate::style::{DIM, ID};
use crate::text::{below, count, duration, list, parse_duration};

/// How revisions are run.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// Print what would be run, and run nothing
    #[arg(long)]
    dry_run: bool,
    /// How long a statement may wait for a lock: 500ms, 3s, 1min, off [default: 3s]
    #[arg(long, value_name = "TIME", value_parser = Timeout::parse)]
    lock_timeout: Option<Timeout>,
    /// How long a statement may take [default: what the server says]
    #[arg(long, value_name = "TIME", value_parser = Timeout::parse)]
    statement_timeout: Option<Timeout>,
    /// How long to wait while another process migrates this database [default: 10min]
    #[arg(long, value_name = "TIME", value_parser = Timeout::parse)]
    wait: Option<Timeout>,
    /// Say which database it is, and count the statements
    #[arg(long, short, help_heading = "Output")]
    verbose: bool,
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

/// A time that was typed; none is for ever.
#[derive(Debug, Clone, Copy)]
struct Timeout(Option<Duration>);

impl Timeout {
    fn parse(text: &str) -> Result<Self, String> {
        parse_duration(text).map(Self)
    }
}

impl Settings {
    fn apply<'a>(&self, mut runner: Runner<'a>) -> Runner<'a> {
        if let Some(Timeout(time)) = self.lock_timeout {
            runner = runner.lock_timeout(time);
        }
        if let Some(Timeout(time)) = self.statement_timeout {
            runner = runner.statement_timeout(time);
        }
        match self.wait {
            Some(Timeout(time)) => runner.wait_for_lock(time.unwrap_or_default()),
            None => runner,
        }
    }

    /// Runs revisions, or says which would be run. `prepare` adds what only one of the two
    /// commands has.
    pub(crate) fn run(
        &self,
        context: &Context,
        open: &OpenChain,
        direction: Direction,
        prepare: impl Fn(Runner<'_>) -> Runner<'_>,
    ) -> Outcome {
        let mut database = Database::connect(context, &open.project, &open.chain)?;
        if self.verbose {
            context.note(format_args!("the database is {}", database.shown));
        }
        let (runner, client) = database.runner();
        let mut runner = prepare(self.apply(runner));
        if self.dry_run {
            let planned = match direction {
                Direction::Up => runner.plan_upgrade(client)?,
                Direction::Down => runner.plan_downgrade(client)?,
            };
            return self.print_plan(context, &open.chain, &planned);
        }
        let mut progress = Progress::new(context.output, &open.chain, self.verbose);
        let report = run(runner, client, direction, &mut progress);
        progress.fail();
        let report = report?;
        self.print_report(context, open, &mut database, &report)
    }

    fn print_plan(&self, context: &Context, chain: &Chain, planned: &Planned) -> Outcome {
        let positions = positions(chain, &planned.revisions);
        if self.format == Format::Json {
            let revisions = positions.iter().map(|&at| {
                let revision = chain.revision(at);
                RanJson { id: revision.id.as_str(), title: &revision.title, duration_ms: None }
            });
            context.output.json(&RunJson {
                version: JSON_VERSION,
                direction: direction_name(planned.direction),
                dry_run: true,
                revisions: revisions.collect(),
                done_by_another: Vec::new(),
                out_of_order: ids(&planned.out_of_order),
                current: None,
            })?;
            return Ok(exit::OK);
        }
        let verb = match planned.direction {
            Direction::Up => "Would upgrade",
            Direction::Down => "Would downgrade",
        };
        let lines =
            positions.iter().map(|&at| format!("{verb} {}\n", step(chain, at, planned.direction)));
        context.output.result(lines.collect::<String>())?;
        if positions.is_empty() {
            context.output.done("Nothing to do")?;
        }
        Ok(exit::OK)
    }

    fn print_report(
        &self,
        context: &Context,
        open: &OpenChain,
        database: &mut Database,
        report: &Report,
    ) -> Outcome {
        let status = database.status()?;
        if self.format == Format::Json {
            let revisions = report.done.iter().map(|done| RanJson {
                id: done.revision.as_str(),
                title: &done.title,
                duration_ms: u64::try_from(done.duration.as_millis()).ok(),
            });
            context.output.json(&RunJson {
                version: JSON_VERSION,
                direction: direction_name(report.direction),
                dry_run: false,
                revisions: revisions.collect(),
                done_by_another: ids(&report.done_by_another),
                out_of_order: ids(&report.out_of_order),
                current: Some(ids(&status.current)),
            })?;
            return Ok(exit::OK);
        }
        let place = place(&Listing::new(&open.chain), &positions(&open.chain, &status.current));
        context.output.done(match (report.is_empty(), report.done_by_another.is_empty()) {
            (true, true) => format!("Nothing to do: the database is at {place}"),
            (true, false) => format!("Another process has done it: the database is at {place}"),
            (false, _) => {
                let verb = match report.direction {
                    Direction::Up => "Applied",
                    Direction::Down => "Undid",
                };
                let time = duration(report.done.iter().map(|done| done.duration).sum());
                let number = count(report.done.len(), "revision");
                format!("{verb} {number} in {time}: the database is at {place}")
            }
        })?;
        Ok(exit::OK)
    }
}

fn run<'a>(
    runner: Runner<'a>,
    client: &mut Client,
    direction: Direction,
    progress: &'a mut Progress<'_>,
) -> Result<Report, Error> {
    let mut runner = runner.on_progress(|event| progress.tell(event));
    match direction {
        Direction::Up => runner.upgrade(client),
        Direction::Down => runner.downgrade(client),
    }
}

/// Where a database is, in words: `3f2a9c1b7d4e (head), add user profile`.
pub(crate) fn place(listing: &Listing<'_>, current: &[usize]) -> String {
    match current {
        [] => "base (nothing is applied)".to_owned(),
        [one] => listing.line(*one),
        several => below(several.iter().map(|&at| listing.line(at))),
    }
}

/// The positions of revisions of the chain.
pub(crate) fn positions(chain: &Chain, ids: &[RevisionId]) -> Vec<usize> {
    ids.iter().filter_map(|id| chain.graph().position(id.as_str())).collect()
}

fn ids(ids: &[RevisionId]) -> Vec<&str> {
    ids.iter().map(RevisionId::as_str).collect()
}

fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

/// `91b0c2d3e4f5 -> 3f2a9c1b7d4e, add user profile`, or the other way round.
fn step(chain: &Chain, position: usize, direction: Direction) -> String {
    let revision = chain.revision(position);
    let below = if revision.is_base() { "<base>".to_owned() } else { list(&revision.parents) };
    let here = format!("{ID}{}{ID:#}", revision.id);
    let title = match revision.title.as_str() {
        "" => String::new(),
        title => format!(", {title}"),
    };
    match direction {
        Direction::Up => format!("{DIM}{below} ->{DIM:#} {here}{title}"),
        Direction::Down => format!("{here} {DIM}-> {below}{DIM:#}{title}"),
    }
}

/// Prints what happens while revisions are run, a line a revision.
struct Progress<'a> {
    output: Output,
    chain: &'a Chain,
    verbose: bool,
    /// Whether the line of a revision waits for its end.
    open_line: bool,
}

impl<'a> Progress<'a> {
    fn new(output: Output, chain: &'a Chain, verbose: bool) -> Self {
        Self { output, chain, verbose, open_line: false }
    }

    fn end_line(&mut self) {
        if std::mem::take(&mut self.open_line) {
            self.output.progress("\n");
        }
    }

    /// Ends the line of a revision that did not end.
    fn fail(&mut self) {
        if self.open_line {
            self.output.progress("failed");
            self.end_line();
        }
    }

    fn note(&mut self, note: impl std::fmt::Display) {
        self.end_line();
        self.output.note(note);
    }

    fn tell(&mut self, event: &Event) {
        match event {
            Event::Waiting { waited, holder } => {
                let who = holder.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
                self.note(format_args!(
                    "waiting for another process that migrates this database (for {}){who}",
                    duration(*waited)
                ));
            }
            Event::DoneByAnother { revisions } => {
                self.note(format_args!("another process has run {}", list(revisions)));
            }
            Event::OutOfOrder { revisions } => self.note(format_args!(
                "{} below what is applied already; running {} now",
                match revisions.len() {
                    1 => format!("{} is", list(revisions)),
                    _ => format!("{} are", list(revisions)),
                },
                if revisions.len() == 1 { "it" } else { "them" },
            )),
            Event::Started { revision, direction, .. } => {
                let verb = match direction {
                    Direction::Up => "Upgrading",
                    Direction::Down => "Downgrading",
                };
                if let Some(at) = self.chain.graph().position(revision.as_str()) {
                    self.end_line();
                    let step = step(self.chain, at, *direction);
                    self.output.progress(format_args!("{verb} {step} … "));
                    self.open_line = true;
                }
            }
            Event::Statement { number, total, .. } if self.verbose => {
                self.end_line();
                self.output.progress(format_args!("  statement {number} of {total}"));
                self.open_line = true;
            }
            Event::Finished { duration: time, .. } => {
                let space = if self.verbose { " … " } else { "" };
                self.output.progress(format_args!("{space}{DIM}{}{DIM:#}", duration(*time)));
                self.open_line = true;
                self.end_line();
            }
            Event::LockLost => self.note(
                "a revision let the migration lock go; another process may have run meanwhile",
            ),
            _ => {}
        }
    }
}

/// What a run did or would do, as JSON has it.
#[derive(Debug, Serialize)]
struct RunJson<'a> {
    version: u32,
    /// `up` or `down`.
    direction: &'static str,
    /// Whether nothing was run.
    dry_run: bool,
    /// The revisions, in the order in which they were or would be run.
    revisions: Vec<RanJson<'a>>,
    /// Revisions that another process ran while this one waited for it.
    done_by_another: Vec<&'a str>,
    /// Those of the revisions on which applied ones were built already.
    out_of_order: Vec<&'a str>,
    /// Where the database is now; null for a dry run.
    current: Option<Vec<&'a str>>,
}

/// A revision that was run, as JSON has it.
#[derive(Debug, Serialize)]
struct RanJson<'a> {
    /// Its id.
    id: &'a str,
    /// What it does.
    title: &'a str,
    /// How long its statements took, in milliseconds; null for a dry run.
    duration_ms: Option<u64>,
}
