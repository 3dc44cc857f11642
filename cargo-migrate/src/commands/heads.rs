//! `cargo migrate heads`.

use crate::chain::{OpenChain, Tolerance};
use crate::error::Outcome;
use crate::listing::Listing;
use crate::output::Format;
use crate::{Context, exit};

/// List the heads: the revisions that nothing follows
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Everything about each
    #[arg(long, short, help_heading = "Output")]
    verbose: bool,
    /// Leave out heads that another branch depends on
    #[arg(long)]
    resolve_dependencies: bool,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let graph = open.chain.graph();
    let heads = if arguments.resolve_dependencies {
        graph.effective_heads()
    } else {
        graph.heads().to_vec()
    };
    Listing::new(&open.chain).print(context, &heads, arguments.format, arguments.verbose)?;
    open.note_if_empty(context);
    Ok(exit::OK)
}
