//! `cargo migrate diff`.

use pgmigrate_schema::diff::{Diff, diff};

use crate::chain::{OpenChain, Tolerance};
use crate::error::{CommandError, Kind, Outcome};
use crate::text::below;
use crate::{Context, exit, models, side};

/// Print the SQL that leads from one schema to another
///
/// Unless said otherwise, from the head of the chain to what the models of the package want: the
/// structs with `#[derive(pgmigrate::Table)]`. Nothing is written, and no database is asked.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The schema to come to: `models`, a revision (an id, head-1, base, …), or a file.sql that
    /// makes a schema on an empty server
    #[arg(value_name = "TO", default_value = "models", allow_hyphen_values = true)]
    to: String,
    /// The schema to start from: a revision or a file.sql
    #[arg(long, value_name = "FROM", default_value = "heads", allow_hyphen_values = true)]
    from: String,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let from = side::read(context, &open, &arguments.from)?;
    let to = match arguments.to.as_str() {
        "models" => models::read(context, &open, &from)?,
        to => side::read(context, &open, to)?,
    };
    let found = diff(&from, to.catalog());
    if found.is_empty() {
        context.note("there is no difference");
        return Ok(exit::OK);
    }
    context.output.result(sql(&found))?;
    complete(&found)?;
    Ok(exit::OK)
}

/// The statements, as a section of a revision has them.
fn sql(found: &Diff) -> String {
    found.steps.iter().fold(String::new(), |sql, step| sql + step + ";\n")
}

/// The error for what the statements do not come to.
fn complete(found: &Diff) -> Result<(), CommandError> {
    let refused = found
        .refused
        .iter()
        .map(|(sql, why)| format!("{why}: {}", sql.lines().next().unwrap_or_default()));
    let left = found.left.iter().map(|left| match (&left.is, &left.wanted) {
        (Some(is), Some(wanted)) => format!("is: {is}; wanted: {wanted}"),
        (Some(is), None) => format!("not wanted: {is}"),
        (None, wanted) => format!("missing: {}", wanted.as_deref().unwrap_or_default()),
    });
    let all: Vec<String> = refused.chain(left).collect();
    if all.is_empty() {
        return Ok(());
    }
    Err(CommandError::new(
        Kind::Failed,
        format!("these statements do not come all the way:{}", below(all)),
    )
    .hint("write what is missing yourself, in a revision of its own"))
}
