//! `cargo migrate current`.

use std::fmt::Write as _;

use crate::chain::{OpenChain, Tolerance};
use crate::database::{Database, applied};
use crate::error::Outcome;
use crate::listing::Listing;
use crate::output::Format;
use crate::run::positions;
use crate::style::{CURRENT, ID};
use crate::{Context, exit};

/// List the revisions that the database is at
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Exit with code 3 where the database is not at all heads
    #[arg(long, short)]
    check_heads: bool,
    /// Everything about each, and which database it is
    #[arg(long, short, help_heading = "Output")]
    verbose: bool,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let mut database = Database::connect(context, &open.project, &open.chain)?;
    if arguments.verbose {
        context.note(format_args!("the database is {}", database.shown));
    }
    let status = database.status()?;
    let listing = Listing::with_applied(&open.chain, &applied(&status));
    let current = positions(&open.chain, &status.current);
    listing.print(context, &current, arguments.format, arguments.verbose)?;
    if arguments.format == Format::Text {
        let mut unknown = String::new();
        for row in &status.history {
            if status.unknown.iter().any(|id| id.as_str() == row.revision) {
                let _ = writeln!(
                    unknown,
                    "{ID}{}{ID:#} {CURRENT}(not in the chain){CURRENT:#}, {}",
                    row.revision, row.description
                );
            }
        }
        context.output.result(unknown)?;
    }
    if status.history.is_empty() {
        context.note("nothing is applied; `cargo migrate upgrade` applies the chain");
    }
    let behind = arguments.check_heads && !status.pending.is_empty();
    if behind {
        context.note("the database is not at all heads; run `cargo migrate upgrade`");
    }
    Ok(if behind { exit::PENDING } else { exit::OK })
}
