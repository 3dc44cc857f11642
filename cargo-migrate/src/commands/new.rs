//! `cargo migrate new`.

use pgmigrate_chain::{Purpose, Resolved, RevisionId};

use crate::Context;
use crate::chain::{OpenChain, Tolerance};
use crate::error::{CommandError, Kind, Outcome};
use crate::revision_file::{self, NewRevision};
use crate::text::{below, list};
use crate::{exit, output};

/// Write a new revision file
///
/// It follows the head of the chain, unless --head says otherwise. Write the statements into its
/// two sections; `cargo build` and `cargo migrate check` tell whether they are right.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// What the revision does, in one line; asked for on a terminal
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// The revision that it follows; `base` starts another chain
    #[arg(long, value_name = "REVISION")]
    head: Option<String>,
    /// Allow a revision that is not a head to be followed
    #[arg(long)]
    splice: bool,
    /// A name for the branch that starts here
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,
    /// A revision or branch that must be applied before, without being followed
    #[arg(long, value_name = "REVISION")]
    depends_on: Vec<String>,
    /// The id, instead of a random one
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,
    /// The statements cannot run in a transaction (CREATE INDEX CONCURRENTLY, …)
    #[arg(long)]
    no_transaction: bool,
}

const UP: &str = "\
-- Write the SQL that makes the change. It runs in one transaction; statements that cannot
-- (CREATE INDEX CONCURRENTLY, …) need `transaction:false` behind `migrate:up`.";
const DOWN: &str = "\
-- Write the SQL that undoes it; or, where there is no way back, put
-- `irreversible: REASON` behind `migrate:down`.";

pub(crate) fn run(context: &Context, arguments: Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Heads)?;
    let labels = revision_file::labels(&arguments.branch_label)?;
    let id = revision_file::revision_id(&open, arguments.rev_id.as_deref())?;
    let parents = parents(&open, &arguments)?;
    let depends_on = depends_on(&open, &arguments.depends_on)?;
    let title = title(arguments.message)?;
    let follows = match &parents[..] {
        [] => "starts a chain".to_owned(),
        parents => format!("follows {}", list(parents)),
    };
    let options = if arguments.no_transaction { "transaction:false" } else { "" };
    let revision =
        NewRevision { title, id, parents, labels, depends_on, up: UP, down: DOWN, options };
    let written = revision.write(context, &open)?;
    context
        .output
        .done(format_args!("Created {} (revision {}, {follows})", written.shown, written.id))?;
    Ok(exit::OK)
}

/// What the revision does; asked for, if there is somebody to ask.
fn title(message: Option<String>) -> Result<String, CommandError> {
    message
        .or_else(|| output::ask("What does the revision do?"))
        .filter(|title| !title.trim().is_empty())
        .ok_or_else(|| {
            CommandError::new(Kind::Usage, "a revision needs a message")
                .hint("say in one line what it does: `cargo migrate new -m \"add user profile\"`")
        })
}

/// The revision that is followed; none for a new chain.
fn parents(open: &OpenChain, arguments: &Arguments) -> Result<Vec<RevisionId>, CommandError> {
    let graph = open.chain.graph();
    let parent = match arguments.head.as_deref() {
        None if open.is_empty() => Resolved::base(),
        None if graph.heads().len() > 1 => return Err(several_heads(open)),
        head => open.resolve(head.unwrap_or("head"), Purpose::Parent)?,
    };
    if parent.is_base() {
        return Ok(Vec::new());
    }
    let Some(position) = parent.one() else {
        let heads = list(parent.revisions.iter().map(|&at| graph.id(at)));
        return Err(CommandError::new(
            Kind::Usage,
            format!("a new revision follows one revision, and not {heads}"),
        )
        .hint("join them first: `cargo migrate merge heads`"));
    };
    let id = graph.id(position);
    if !graph.is_head(position) && !arguments.splice {
        return Err(revision_file::not_a_head(graph, position)
            .hint("leave out --head to follow the head; or start a branch here with --splice"));
    }
    Ok(vec![id.clone()])
}

fn several_heads(open: &OpenChain) -> CommandError {
    let listing = crate::listing::Listing::new(&open.chain);
    let heads = open.chain.graph().heads();
    let lines = below(heads.iter().map(|&at| listing.line(at)));
    let example = open.chain.graph().id(heads[0]);
    CommandError::new(Kind::Usage, format!("the chain has {} heads:{lines}", heads.len()))
        .hint(format!("follow one of them (`--head {example}`), or join them first"))
        .hint("run `cargo migrate merge heads`")
}

/// Dependencies as a header has them: full ids, and labels as they are.
fn depends_on(open: &OpenChain, typed: &[String]) -> Result<Vec<String>, CommandError> {
    let graph = open.chain.graph();
    let mut depends_on = Vec::new();
    for name in typed {
        if graph.label_position(name).is_some() {
            depends_on.push(name.clone());
            continue;
        }
        let resolved = open.resolve(name, Purpose::Parent)?;
        if resolved.is_base() {
            return Err(CommandError::new(Kind::Usage, format!("`{name}` is no revision"))
                .hint("`cargo migrate history` lists the revisions"));
        }
        depends_on.extend(resolved.revisions.iter().map(|&at| graph.id(at).to_string()));
    }
    Ok(depends_on)
}
