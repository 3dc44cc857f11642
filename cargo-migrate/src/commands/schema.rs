//! `cargo migrate schema`.

use pgmigrate_chain::Purpose;
use pgmigrate_schema::dump;
use pgmigrate_schema::replay::schema_at;

use crate::chain::{OpenChain, Tolerance};
use crate::error::Outcome;
use crate::lookup::Lookup;
use crate::{Context, exit};

/// Print the schema that the revisions make
///
/// It is the chain replayed, without a database. As SQL, it runs on an empty server and makes the
/// same schema; the same schema gives the same text, however the chain came there.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The schema after this revision: an id, a part of one, head-1, LABEL@head, base, …
    #[arg(long, value_name = "REVISION", default_value = "heads", allow_hyphen_values = true)]
    at: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "sql", help_heading = "Output")]
    format: SchemaFormat,
}

/// How a schema is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum SchemaFormat {
    /// The statements that make it.
    #[default]
    Sql,
    /// For programs: one object with `"version": 1`.
    Json,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let positions = Lookup::new(context, &open).revisions(&arguments.at, Purpose::RangeEnd)?;
    let replay = schema_at(&open.chain, &positions, &open.project.config.settings);
    context.output.result(match arguments.format {
        SchemaFormat::Sql => dump::sql(replay.catalog()),
        SchemaFormat::Json => dump::json(replay.catalog()),
    })?;
    Ok(exit::OK)
}
