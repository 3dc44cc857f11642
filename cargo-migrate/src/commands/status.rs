//! `cargo migrate status`.

use std::fmt::Write as _;

use pgmigrate::{HistoryRow, Status};
use pgmigrate_chain::{RevisionId, StandingKind};
use serde::Serialize;

use crate::Context;
use crate::chain::{OpenChain, Tolerance};
use crate::database::Database;
use crate::error::Outcome;
use crate::exit::{self, Exit};
use crate::listing::Listing;
use crate::output::{Format, JSON_VERSION};
use crate::run::{place, positions};
use crate::style::ID;
use crate::text::{below, count};

/// Compare the database with the chain
///
/// Exit code 0: they agree. 3: revisions wait to be applied. 4: the database has revisions that
/// the chain lacks, or applied revisions were edited.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let mut database = Database::connect(context, &open.project, &open.chain)?;
    let status = database.status()?;
    match arguments.format {
        Format::Json => context.output.json(&StatusJson::new(&open, &status))?,
        Format::Text => {
            context.output.result(text(&open, &database.shown, &status))?;
            if let Some(hint) = hint(&status) {
                context.hint(hint);
            }
        }
    }
    Ok(exit(&status))
}

fn exit(status: &Status) -> Exit {
    match (status.unknown.is_empty() && status.edited.is_empty(), status.pending.is_empty()) {
        (false, _) => exit::DRIFT,
        (true, false) => exit::PENDING,
        (true, true) => exit::OK,
    }
}

fn hint(status: &Status) -> Option<&'static str> {
    match status.kind {
        _ if !status.edited.is_empty() => Some(
            "restore what was applied; or, where the database is already as the files say, \
             `cargo migrate stamp current`",
        ),
        StandingKind::UpToDate => None,
        StandingKind::Behind => Some("run `cargo migrate upgrade`"),
        StandingKind::Ahead => Some("get the sources that have these revisions (`git pull`)"),
        StandingKind::Diverged => Some(
            "get the sources that have both (`git pull`), and join them: \
             `cargo migrate merge heads`",
        ),
    }
}

/// `up to date`, and the like.
fn words(status: &Status) -> &'static str {
    match status.kind {
        StandingKind::UpToDate if !status.edited.is_empty() => "as far as the chain, and edited",
        StandingKind::UpToDate => "up to date",
        StandingKind::Behind if status.history.is_empty() => "empty",
        StandingKind::Behind => "behind the chain",
        StandingKind::Ahead => "ahead of the chain",
        StandingKind::Diverged => "diverged from the chain",
    }
}

fn text(open: &OpenChain, database: &str, status: &Status) -> String {
    let listing = Listing::new(&open.chain);
    let current = positions(&open.chain, &status.current);
    let mut text = format!("Database {database}: {}\n", words(status));
    let _ = writeln!(text, "Applied: {}", count(status.history.len(), "revision"));
    if !current.is_empty() {
        let _ = writeln!(text, "Current: {}", place(&listing, &current));
    }
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{title}:{}", below(lines));
        }
    };
    let pending = status.pending.iter().filter_map(|id| {
        let at = open.chain.graph().position(id.as_str())?;
        let skipped = if status.skipped.contains(id) { " (below what is applied)" } else { "" };
        Some(format!("{}{skipped}", listing.step(at)))
    });
    section("Pending", pending.collect());
    let unknown = rows(status, &status.unknown).map(row_line);
    section("Applied, and not in the chain", unknown.collect());
    let edited = rows(status, &status.edited).map(|row| {
        let at = open.chain.graph().position(&row.revision);
        let path = at.map_or("", |at| &open.chain.revision(at).path);
        format!("{path}\n    {}", row_line(row))
    });
    section("Edited after being applied", edited.collect());
    text
}

/// The rows of these revisions, the oldest first.
fn rows<'a>(status: &'a Status, ids: &'a [RevisionId]) -> impl Iterator<Item = &'a HistoryRow> {
    status.history.iter().filter(|row| ids.iter().any(|id| id.as_str() == row.revision))
}

fn row_line(row: &HistoryRow) -> String {
    format!(
        "{ID}{}{ID:#}, {} (applied {} by {} with {})",
        row.revision, row.description, row.applied_at, row.applied_by, row.tool
    )
}

/// What `status --format json` prints.
#[derive(Debug, Serialize)]
struct StatusJson<'a> {
    version: u32,
    /// `up-to-date`, `behind`, `ahead` or `diverged`; edited revisions aside.
    standing: &'static str,
    /// Whether the history table exists.
    has_history: bool,
    /// The applied revisions that no applied one follows.
    current: Vec<&'a str>,
    /// What the history table holds, the oldest first.
    applied: Vec<AppliedJson<'a>>,
    /// The revisions of the chain that are not applied, in the order in which they will be.
    pending: Vec<PendingJson<'a>>,
    /// The applied revisions that the chain lacks.
    unknown: Vec<&'a str>,
    /// The applied revisions whose up section is not what was applied.
    edited: Vec<&'a str>,
}

/// A row of the history table, as JSON has it.
#[derive(Debug, Serialize)]
struct AppliedJson<'a> {
    /// The revision's id.
    id: &'a str,
    /// Its title when it was applied.
    title: &'a str,
    /// When: `2026-11-22 01:15:00 UTC`.
    applied_at: &'a str,
    /// How long its statements took, in milliseconds.
    duration_ms: Option<u64>,
    /// The database user.
    applied_by: &'a str,
    /// The tool and its version.
    tool: &'a str,
    /// The checksum that was recorded.
    checksum: &'a str,
}

/// A revision that waits, as JSON has it.
#[derive(Debug, Serialize)]
struct PendingJson<'a> {
    /// Its id.
    id: &'a str,
    /// What it does.
    title: &'a str,
    /// Its file, relative to where the command ran.
    path: &'a str,
    /// Whether applied revisions are built on it.
    skipped: bool,
}

impl<'a> StatusJson<'a> {
    fn new(open: &'a OpenChain, status: &'a Status) -> Self {
        let names = |ids: &'a [RevisionId]| ids.iter().map(RevisionId::as_str).collect();
        let pending = positions(&open.chain, &status.pending).into_iter().map(|at| {
            let revision = open.chain.revision(at);
            PendingJson {
                id: revision.id.as_str(),
                title: &revision.title,
                path: &revision.path,
                skipped: status.skipped.contains(&revision.id),
            }
        });
        let applied = status.history.iter().map(|row| AppliedJson {
            id: &row.revision,
            title: &row.description,
            applied_at: &row.applied_at,
            duration_ms: u64::try_from(row.duration.as_millis()).ok(),
            applied_by: &row.applied_by,
            tool: &row.tool,
            checksum: &row.checksum,
        });
        Self {
            version: JSON_VERSION,
            standing: match status.kind {
                StandingKind::UpToDate => "up-to-date",
                StandingKind::Behind => "behind",
                StandingKind::Ahead => "ahead",
                StandingKind::Diverged => "diverged",
            },
            has_history: status.has_history,
            current: names(&status.current),
            applied: applied.collect(),
            pending: pending.collect(),
            unknown: names(&status.unknown),
            edited: names(&status.edited),
        }
    }
}
