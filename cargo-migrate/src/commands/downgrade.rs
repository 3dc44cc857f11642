//! `cargo migrate downgrade`.

use pgmigrate_chain::Direction;

use crate::Context;
use crate::chain::{OpenChain, Tolerance};
use crate::error::{CommandError, Outcome};
use crate::run::Settings;

/// Undo revisions of the database
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How far: a revision, which stays; -1; base, which undoes all; LABEL@base, …
    #[arg(value_name = "REVISION", allow_negative_numbers = true)]
    target: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let Some(target) = &arguments.target else {
        return Err(CommandError::from(pgmigrate::Error::NoTarget));
    };
    let open = OpenChain::open(context, Tolerance::Nothing)?;
    arguments.settings.run(context, &open, Direction::Down, |runner| runner.target(target))
}
