//! `cargo migrate stamp`.

use crate::chain::{OpenChain, Tolerance};
use crate::database::Database;
use crate::error::Outcome;
use crate::listing::Listing;
use crate::run::{place, positions};
use crate::text::count;
use crate::{Context, exit};

/// Record revisions as applied without running them
///
/// Afterwards the given revision, and all that it is built on, is what is recorded, with the
/// checksums that the files have now. `base` records nothing as applied.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Which: a revision, heads, base, current, LABEL@head, …
    #[arg(value_name = "REVISION", allow_negative_numbers = true)]
    target: String,
    /// First forget all that is recorded, revisions that the chain lacks included
    #[arg(long)]
    purge: bool,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Nothing)?;
    let mut database = Database::connect(context, &open.project, &open.chain)?;
    let (runner, client) = database.runner();
    let stamped = runner.target(&arguments.target).purge(arguments.purge).stamp(client)?;
    let status = database.status()?;
    let place = place(&Listing::new(&open.chain), &positions(&open.chain, &status.current));
    if stamped.is_empty() {
        context.output.done(format_args!("Nothing to do: the database is at {place}"))?;
        return Ok(exit::OK);
    }
    let changes: Vec<String> = [
        (stamped.inserted.len(), "recorded as applied"),
        (stamped.deleted.len(), "no longer recorded"),
        (stamped.renewed.len(), "recorded anew"),
    ]
    .iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{} {what}", count(*number, "revision")))
    .collect();
    context.output.done(format_args!("Stamped: {}", changes.join(", ")))?;
    context.output.done(format_args!("The database is at {place}"))?;
    Ok(exit::OK)
}
