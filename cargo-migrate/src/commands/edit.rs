//! `cargo migrate edit`.

use std::path::PathBuf;
use std::process::Command;

use pgmigrate_chain::Purpose;

use crate::chain::{OpenChain, Tolerance};
use crate::error::{CommandError, Kind, Outcome};
use crate::lookup::Lookup;
use crate::{Context, exit};

/// Open the file of a revision in $VISUAL or $EDITOR
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Which: an id, a part of one, head, head-1, LABEL@head, current, …
    #[arg(value_name = "REVISION", default_value = "head", allow_negative_numbers = true)]
    revision: String,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let open = OpenChain::open(context, Tolerance::Reading)?;
    let graph = open.chain.graph();
    let revisions = Lookup::new(context, &open).revisions(&arguments.revision, Purpose::Show)?;
    for &position in revisions.iter().filter(|&&at| !graph.is_head(at)) {
        context.note(format_args!(
            "{} is sealed, as others follow it: a change of its SQL fails the check",
            graph.id(position)
        ));
    }
    let files: Vec<PathBuf> = revisions
        .iter()
        .filter_map(|&at| open.chain.revision(at).path.rsplit('/').next())
        .map(|name| open.project.directory.join(name))
        .collect();
    if files.is_empty() {
        return Err(CommandError::new(Kind::Usage, "that names no revision")
            .hint("`cargo migrate history` lists the revisions"));
    }
    edit(&files)?;
    Ok(exit::OK)
}

fn edit(files: &[PathBuf]) -> Result<(), CommandError> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|editor| !editor.trim().is_empty())
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    let failed = |why: String| {
        CommandError::new(Kind::Failed, format!("the editor `{editor}` {why}"))
            .hint("set VISUAL or EDITOR to the editor of your choice")
    };
    // The variable may hold options, and so is for a shell to read, as with git.
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.arg("/C").arg(&editor);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{editor} \"$@\""), "sh"]);
        command
    };
    let status = command
        .args(files)
        .status()
        .map_err(|error| failed(format!("could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(failed(format!("ended with {status}"))) }
}
