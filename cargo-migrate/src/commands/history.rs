//! `cargo migrate history`.

use crate::chain::{OpenChain, Tolerance};
use crate::error::Outcome;
use crate::listing::Listing;
use crate::lookup::Lookup;
use crate::output::Format;
use crate::{Context, exit};

/// List the revisions, the newest first
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only a part of the chain, both ends included: FROM:TO, FROM:, :TO
    #[arg(long, short, value_name = "RANGE", allow_hyphen_values = true)]
    rev_range: Option<String>,
    /// Mark what the database is at
    #[arg(long, short)]
    indicate_current: bool,
    /// Everything about each
    #[arg(long, short, help_heading = "Output")]
    verbose: bool,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let mut lookup = Lookup::new(context, &open);
    let mut positions = match &arguments.rev_range {
        Some(range) => lookup.range(range)?,
        None => open.chain.graph().order().to_vec(),
    };
    positions.reverse();
    let listing = if arguments.indicate_current {
        Listing::with_applied(&open.chain, lookup.applied()?)
    } else {
        Listing::new(&open.chain)
    };
    match (arguments.format, arguments.verbose) {
        (Format::Text, false) => {
            let lines: String = positions.iter().map(|&at| listing.step(at) + "\n").collect();
            context.output.result(lines)?;
        }
        (format, verbose) => listing.print(context, &positions, format, verbose)?,
    }
    open.note_if_empty(context);
    Ok(exit::OK)
}
