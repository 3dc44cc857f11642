//! Revisions in lists: one line each, one block each, or JSON.

use std::fmt::Write as _;

use pgmigrate_chain::{Applied, Chain, Down, Label, Mode, RevisionId, Section};
use serde::Serialize;

use crate::Context;
use crate::error::CommandError;
use crate::output::Format;
use crate::style::{CURRENT, DIM, HEAD, ID, LABEL, POINT};
use crate::text::{count, list};

/// Prints revisions of a chain.
pub(crate) struct Listing<'a> {
    chain: &'a Chain,
    /// For every position, whether it is a current revision; none where no database was asked.
    current: Option<Vec<bool>>,
}

impl<'a> Listing<'a> {
    /// Without a database.
    pub(crate) fn new(chain: &'a Chain) -> Self {
        Self { chain, current: None }
    }

    /// With what a database has applied.
    pub(crate) fn with_applied(chain: &'a Chain, applied: &Applied) -> Self {
        let graph = chain.graph();
        let mut current = vec![false; graph.len()];
        for position in applied.current(graph) {
            current[position] = true;
        }
        Self { chain, current: Some(current) }
    }

    fn is_current(&self, position: usize) -> Option<bool> {
        self.current.as_ref().map(|current| current[position])
    }

    /// Prints revisions: a line each, a block each, or JSON.
    pub(crate) fn print(
        &self,
        context: &Context,
        positions: &[usize],
        format: Format,
        verbose: bool,
    ) -> Result<(), CommandError> {
        match format {
            Format::Json => context.output.json(&self.json_list(positions)),
            Format::Text if verbose => {
                let blocks: Vec<String> = positions.iter().map(|&at| self.block(at)).collect();
                context.output.result(blocks.join("\n"))
            }
            Format::Text => {
                let lines: String = positions.iter().map(|&at| self.line(at) + "\n").collect();
                context.output.result(lines)
            }
        }
    }

    /// `3f2a9c1b7d4e (billing) (head)`.
    pub(crate) fn name(&self, position: usize) -> String {
        let graph = self.chain.graph();
        let mut text = format!("{ID}{}{ID:#}", graph.id(position));
        for label in graph.branch_labels(position) {
            let _ = write!(text, " {LABEL}({label}){LABEL:#}");
        }
        let marks = [
            (graph.is_head(position), HEAD, "head"),
            (graph.is_branch_point(position), POINT, "branchpoint"),
            (graph.is_merge_point(position), POINT, "mergepoint"),
            (self.is_current(position) == Some(true), CURRENT, "current"),
        ];
        for (_, style, mark) in marks.iter().filter(|(holds, ..)| *holds) {
            let _ = write!(text, " {style}({mark}){style:#}");
        }
        text
    }

    /// `3f2a9c1b7d4e (head), add user profile`.
    pub(crate) fn line(&self, position: usize) -> String {
        match self.chain.revision(position).title.as_str() {
            "" => self.name(position),
            title => format!("{}, {title}", self.name(position)),
        }
    }

    /// `91b0c2d3e4f5 -> 3f2a9c1b7d4e (head), add user profile`.
    pub(crate) fn step(&self, position: usize) -> String {
        let revision = self.chain.revision(position);
        let mut from = match &revision.parents[..] {
            [] => "<base>".to_owned(),
            parents => list(parents),
        };
        if !revision.depends_on.is_empty() {
            let _ = write!(from, " ({})", list(&revision.depends_on));
        }
        format!("{DIM}{from} ->{DIM:#} {}", self.line(position))
    }

    /// Everything about a revision, on lines of its own.
    pub(crate) fn block(&self, position: usize) -> String {
        let graph = self.chain.graph();
        let revision = self.chain.revision(position);
        let mut text = format!("Revision: {}\n", self.name(position));
        let mut line = |key: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(text, "{key}: {value}");
            }
        };
        let parents =
            if revision.is_base() { "<base>".to_owned() } else { list(&revision.parents) };
        line("Parents", &parents);
        line("Depends on", &list(&revision.depends_on));
        line("Children", &list(graph.children(position).iter().map(|&it| graph.id(it))));
        line("Branch labels", &list(&revision.labels));
        line("Created", &revision.created);
        line("File", &revision.path);
        line("Up", &section(&revision.up));
        let down = match &revision.down {
            Down::Missing => "missing".to_owned(),
            Down::Irreversible(reason) => format!("irreversible: {reason}"),
            Down::Section(down) => section(down),
        };
        line("Down", &down);
        if !revision.title.is_empty() {
            let _ = writeln!(text, "\n    {}", revision.title);
        }
        text
    }

    /// A revision, as JSON has it.
    pub(crate) fn json(&self, position: usize) -> RevisionJson<'a> {
        let graph = self.chain.graph();
        let revision = self.chain.revision(position);
        let down = match &revision.down {
            Down::Missing => DownJson { kind: "missing", statements: None, reason: None },
            Down::Irreversible(reason) => {
                DownJson { kind: "irreversible", statements: None, reason: Some(reason) }
            }
            Down::Section(section) => DownJson {
                kind: "section",
                statements: Some(section.statements.len()),
                reason: None,
            },
        };
        RevisionJson {
            id: revision.id.as_str(),
            title: &revision.title,
            parents: revision.parents.iter().map(RevisionId::as_str).collect(),
            children: graph.children(position).iter().map(|&it| graph.id(it).as_str()).collect(),
            depends_on: &revision.depends_on,
            labels: revision.labels.iter().map(Label::as_str).collect(),
            branches: graph.branch_labels(position).into_iter().map(Label::as_str).collect(),
            created: &revision.created,
            path: &revision.path,
            up: UpJson { statements: revision.up.statements.len() },
            down,
            head: graph.is_head(position),
            base: graph.is_base(position),
            branch_point: graph.is_branch_point(position),
            merge_point: graph.is_merge_point(position),
            current: self.is_current(position),
        }
    }

    /// An object with a list of revisions.
    pub(crate) fn json_list(&self, positions: &[usize]) -> RevisionsJson<'a> {
        RevisionsJson {
            version: crate::output::JSON_VERSION,
            revisions: positions.iter().map(|&position| self.json(position)).collect(),
        }
    }
}

/// `3 statements, in one transaction`.
fn section(section: &Section) -> String {
    let how = match section.mode {
        Mode::Transaction => "in one transaction",
        Mode::Alone => "outside a transaction, each for itself",
        Mode::OwnTransactions => "in transactions of their own",
    };
    match section.statements.len() {
        0 => "no statements".to_owned(),
        number => format!("{}, {how}", count(number, "statement")),
    }
}

/// A list of revisions, as JSON has it.
#[derive(Debug, Serialize)]
pub(crate) struct RevisionsJson<'a> {
    version: u32,
    /// In the order of the text form of the same command.
    revisions: Vec<RevisionJson<'a>>,
}

/// A revision, as JSON has it.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct RevisionJson<'a> {
    /// Its id.
    id: &'a str,
    /// What it does.
    title: &'a str,
    /// The revisions that it follows; none for a base.
    parents: Vec<&'a str>,
    /// The revisions that follow it; none for a head.
    children: Vec<&'a str>,
    /// Revisions or labels that are applied before it, without being parents.
    depends_on: &'a [String],
    /// The branch labels that stand in its header.
    labels: Vec<&'a str>,
    /// The branch labels that cover it, its own included.
    branches: Vec<&'a str>,
    /// `Create Date`, as written.
    created: &'a str,
    /// Its file, relative to where the command ran.
    path: &'a str,
    /// The way up.
    up: UpJson,
    /// The way down.
    down: DownJson<'a>,
    /// Whether nothing follows it.
    head: bool,
    /// Whether it follows nothing.
    base: bool,
    /// Whether several revisions follow it.
    branch_point: bool,
    /// Whether it follows several revisions.
    merge_point: bool,
    /// Whether the database is at it; null where no database was asked.
    current: Option<bool>,
}

#[derive(Debug, Serialize)]
struct UpJson {
    /// How many statements it has.
    statements: usize,
}

#[derive(Debug, Serialize)]
struct DownJson<'a> {
    /// `section`, `irreversible` or `missing`.
    kind: &'static str,
    /// How many statements it has; null where it has no section.
    statements: Option<usize>,
    /// Why it is irreversible.
    reason: Option<&'a str>,
}
