//! `cargo migrate upgrade`.

use pgmigrate_chain::Direction;

use crate::Context;
use crate::chain::{OpenChain, Tolerance};
use crate::error::Outcome;
use crate::run::Settings;

/// Apply revisions to the database
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How far: a revision, head, +1, LABEL@head, …
    #[arg(value_name = "REVISION", default_value = "heads", allow_negative_numbers = true)]
    target: String,
    #[command(flatten)]
    settings: Settings,
    /// Go on although the database has revisions that the chain lacks, with nothing to apply
    #[arg(long)]
    allow_ahead: bool,
    /// Go on although the database and the chain each have revisions that the other lacks
    #[arg(long)]
    allow_diverged: bool,
    /// Go on although applied revisions were edited
    #[arg(long)]
    allow_edited: bool,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Nothing)?;
    arguments.settings.run(context, &open, Direction::Up, |runner| {
        runner
            .target(&arguments.target)
            .allow_ahead(arguments.allow_ahead)
            .allow_diverged(arguments.allow_diverged)
            .allow_edited(arguments.allow_edited)
    })
}
