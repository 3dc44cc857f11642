//! `cargo migrate check`.

use pgmigrate_schema::{Checked, Diagnostic};
use serde::Serialize;

use crate::chain::{check_files, try_read, unreadable};
use crate::error::{CommandError, Kind, Outcome};
use crate::findings::{self, FindingJson};
use crate::output::{Format, JSON_VERSION};
use crate::project::Project;
use crate::text::count;
use crate::{Context, exit};

/// Check the chain, as `cargo build` does
///
/// Prints every finding, warnings included. Needs no database.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let project = Project::find(&context.global)?;
    let (checked, revisions) = match try_read(&project) {
        Ok(directory) => (check_files(&project, &directory), directory.sources.len()),
        Err(error) if arguments.format == Format::Json => {
            (Checked::failed(vec![error.finding()]), 0)
        }
        Err(error) => return Err(unreadable(&error, &project)),
    };
    let errors: Vec<&Diagnostic> = checked.errors().collect();
    if arguments.format == Format::Json {
        context.output.json(&CheckJson::new(&project, &checked, revisions))?;
        return Ok(if errors.is_empty() { exit::OK } else { exit::CHAIN });
    }
    context.output.result(findings::render(context, &checked, &checked.findings))?;
    let warned = match checked.findings.len() - errors.len() {
        0 => String::new(),
        warnings => format!(", {}", count(warnings, "warning")),
    };
    if errors.is_empty() {
        context.output.done(format_args!(
            "Checked {} in {}: no mistakes{warned}",
            count(revisions, "revision"),
            project.shown,
        ))?;
        return Ok(exit::OK);
    }
    let found = count(errors.len(), "mistake");
    let message = format!("the chain in {} has {found}{warned}", project.shown);
    Err(CommandError::new(Kind::Chain, message).hint(match findings::mend(&errors) {
        Some(command) => format!("run `{command}`"),
        None => "mend what is shown above, then run `cargo migrate check` again".to_owned(),
    }))
}

/// What `check --format json` prints.
#[derive(Debug, Serialize)]
struct CheckJson<'a> {
    version: u32,
    /// The directory, as it is shown.
    directory: &'a str,
    /// How many revision files there are.
    revisions: usize,
    /// The ids of the heads, ascending; null where the chain cannot be put together.
    heads: Option<Vec<&'a str>>,
    /// How many findings are errors.
    errors: usize,
    /// How many are warnings.
    warnings: usize,
    /// The findings: by file, then those about the chain.
    findings: Vec<FindingJson<'a>>,
}

impl<'a> CheckJson<'a> {
    fn new(project: &'a Project, checked: &'a Checked, revisions: usize) -> Self {
        let errors = checked.errors().count();
        let heads = checked.chain.as_ref().map(|chain| {
            let graph = chain.graph();
            let mut heads: Vec<&str> =
                graph.heads().iter().map(|&at| graph.id(at).as_str()).collect();
            heads.sort_unstable();
            heads
        });
        Self {
            version: JSON_VERSION,
            directory: &project.shown,
            revisions,
            heads,
            errors,
            warnings: checked.findings.len() - errors,
            findings: checked.findings.iter().map(|it| FindingJson::new(it, checked)).collect(),
        }
    }
}
