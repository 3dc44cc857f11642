//! `cargo migrate show`.

use pgmigrate_chain::Purpose;

use crate::chain::{OpenChain, Tolerance};
use crate::error::Outcome;
use crate::listing::Listing;
use crate::lookup::Lookup;
use crate::output::Format;
use crate::{Context, exit};

/// Show everything about revisions
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Which: an id, a part of one, head, head-1, LABEL@head, current, …
    #[arg(value_name = "REVISION", default_value = "heads", allow_negative_numbers = true)]
    revisions: Vec<String>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let mut lookup = Lookup::new(context, &open);
    let mut positions: Vec<usize> = Vec::new();
    for typed in &arguments.revisions {
        positions.extend(lookup.revisions(typed, Purpose::Show)?);
    }
    Listing::new(&open.chain).print(context, &positions, arguments.format, true)?;
    Ok(exit::OK)
}
