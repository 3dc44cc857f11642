//! `cargo migrate merge`.

use pgmigrate_chain::{Purpose, RevisionId};

use crate::chain::{OpenChain, Tolerance};
use crate::error::{CommandError, Kind, Outcome};
use crate::revision_file::{self, NewRevision};
use crate::text::list;
use crate::{Context, exit};

/// Join branches: write a revision that follows several heads
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The heads to join
    #[arg(value_name = "REVISION", default_value = "heads")]
    revisions: Vec<String>,
    /// What the revision does [default: which revisions it merges]
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// A name for the branch that starts here
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,
    /// The id, instead of a random one
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,
    /// Allow revisions that are not heads to be joined
    #[arg(long)]
    splice: bool,
}

const UP: &str = "-- A merge needs no statements of its own.";

pub(crate) fn run(context: &Context, arguments: Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Heads)?;
    let graph = open.chain.graph();
    let mut positions: Vec<usize> = Vec::new();
    for typed in &arguments.revisions {
        let resolved = open.resolve(typed, Purpose::Parent)?;
        positions.extend(
            resolved.revisions.into_iter().filter(|it| !positions.contains(it)).collect::<Vec<_>>(),
        );
    }
    let ids: Vec<RevisionId> = positions.iter().map(|&at| graph.id(at).clone()).collect();
    if let [] | [_] = &ids[..] {
        return nothing_to_merge(context, &open, &ids);
    }
    if let Some(&inner) = positions.iter().find(|&&at| !graph.is_head(at) && !arguments.splice) {
        return Err(revision_file::not_a_head(graph, inner)
            .hint("join the heads with `cargo migrate merge heads`, or add --splice"));
    }
    let title = arguments.message.unwrap_or_else(|| match &ids[..] {
        [rest @ .., last] => format!("merge {} and {last}", list(rest)),
        [] => String::new(),
    });
    let labels = revision_file::labels(&arguments.branch_label)?;
    let id = revision_file::revision_id(&open, arguments.rev_id.as_deref())?;
    let revision = NewRevision {
        title,
        id,
        parents: ids.clone(),
        labels,
        depends_on: Vec::new(),
        up: UP,
        down: UP,
        options: "",
    };
    let written = revision.write(context, &open)?;
    context.output.done(format_args!(
        "Created {} (revision {}, merges {})",
        written.shown,
        written.id,
        list(&ids)
    ))?;
    Ok(exit::OK)
}

/// One head and `heads` is what a script may meet; anything else is a mistake.
fn nothing_to_merge(context: &Context, open: &OpenChain, ids: &[RevisionId]) -> Outcome {
    let graph = open.chain.graph();
    match (graph.heads(), ids) {
        ([head], [id]) if graph.id(*head) == id => {
            context.output.done(format_args!("There is one head, {id}: nothing to merge"))?;
            Ok(exit::OK)
        }
        (_, [id]) => Err(CommandError::new(Kind::Usage, format!("{id} alone is nothing to merge"))
            .hint("name two revisions at least, or run `cargo migrate merge heads`")),
        _ => Err(CommandError::new(Kind::Usage, "the chain has nothing to merge")
            .hint("write the first revision: `cargo migrate new -m \"what it does\"`")),
    }
}
