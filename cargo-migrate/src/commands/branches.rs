//! `cargo migrate branches`.

use std::fmt::Write as _;

use crate::chain::{OpenChain, Tolerance};
use crate::error::Outcome;
use crate::listing::Listing;
use crate::output::Format;
use crate::{Context, exit};

/// List the branch points, and where each leads
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let graph = open.chain.graph();
    let listing = Listing::new(&open.chain);
    let points = graph.branch_points();
    if arguments.format == Format::Json {
        context.output.json(&listing.json_list(&points))?;
        return Ok(exit::OK);
    }
    let mut text = String::new();
    for &point in &points {
        let _ = writeln!(text, "{}", listing.line(point));
        for &child in graph.children(point) {
            let _ = writeln!(
                text,
                "{:>1$} {2}",
                "->",
                graph.id(point).as_str().len() + 3,
                listing.line(child)
            );
        }
    }
    context.output.result(text)?;
    Ok(exit::OK)
}
