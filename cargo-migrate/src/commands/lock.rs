//! `cargo migrate lock`.

use pgmigrate_chain::{Chain, RevisionId};
use pgmigrate_schema::{Checked, Code, Diagnostic, Directory, Lock, Source, lock};

use crate::error::{CommandError, Kind, Outcome};
use crate::project::Project;
use crate::text::{count, list};
use crate::{Context, chain, conflict, exit, findings, schema_file};

/// Write migrations.lock: what the chain is, for git and for the checks
///
/// A revision that another follows is sealed: others may have applied it. Where the SQL of a
/// sealed revision was edited, or its file deleted, or its place in the chain changed, the lock
/// is not written.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Seal the heads, too: they are released
    #[arg(long)]
    seal: bool,
    /// Take the change of a sealed revision, which no database has applied
    #[arg(long, value_name = "REVISION", num_args = 1.., value_delimiter = ',')]
    accept: Vec<String>,
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let project = Project::find(&context.global)?;
    let mut directory = chain::read(&project)?;
    if let Some(both) = directory.lock.as_ref().and_then(unresolved) {
        context.note("the lock has git's conflict markers; the lines of both sides count");
        directory.lock = Some(both);
    }
    let mut checked = chain::check_files(&project, &directory);
    let none = || directory.sources.is_empty().then(|| Chain::new(Vec::new()).ok()).flatten();
    let Some(chain) = checked.chain.take().or_else(none) else {
        return Err(findings::error(context, &checked, &project, |it| is_about_lock(it.code)));
    };
    let lock = new_lock(context, &chain, &checked, &project, arguments)?;
    if directory.lock.is_some() && checked.lock.is_none() {
        context.note(
            "the old lock could not be read: whether sealed revisions were changed is not known",
        );
    }
    let shown = format!("{}/{}", project.shown.trim_end_matches('/'), lock::FILE_NAME);
    let text = lock.to_string();
    let up_to_date = same(&directory, &text);
    pgmigrate_disk::replace(&project.directory.join(lock::FILE_NAME), &text)?;
    let revisions = count(directory.sources.len(), "revision");
    context.output.done(if up_to_date {
        format!("{shown} is up to date: {revisions}")
    } else {
        format!("Wrote {shown}: {revisions}")
    })?;
    let others: Vec<&Diagnostic> = checked
        .errors()
        .filter(|it| !is_about_lock(it.code) && it.code != Code::EmptyChain)
        .collect();
    if others.is_empty()
        && let Some(shown) = schema_file::write(&project, &chain)?
    {
        context.output.done(format_args!("Wrote {shown}"))?;
    }
    chain::note_mistakes(context, &others);
    Ok(exit::OK)
}

fn is_about_lock(code: Code) -> bool {
    use Code::{
        BadLock, LockConflict, MissingLock, SealedDeleted, SealedEdited, SealedReparented,
        StaleLock, StaleSchemaFile,
    };
    matches!(
        code,
        BadLock
            | LockConflict
            | MissingLock
            | SealedDeleted
            | SealedEdited
            | SealedReparented
            | StaleLock
            | StaleSchemaFile
    )
}

fn same(directory: &Directory, text: &str) -> bool {
    directory.lock.as_ref().is_some_and(|old| old.bytes == text.as_bytes())
}

/// The lock without its conflict, if it has one.
fn unresolved(lock: &Source) -> Option<Source> {
    let both = conflict::both_sides(str::from_utf8(&lock.bytes).ok()?)?;
    Some(Source { path: lock.path.clone(), bytes: both.into_bytes() })
}

/// The lock of a chain, if nothing sealed stands against it.
fn new_lock(
    context: &Context,
    chain: &Chain,
    checked: &Checked,
    project: &Project,
    arguments: &Arguments,
) -> Result<Lock, CommandError> {
    let changes: Vec<(&Diagnostic, &str)> = checked
        .findings
        .iter()
        .filter_map(|finding| Some((finding, sealed_revision(finding)?)))
        .collect();
    let accepted = |id: &str| arguments.accept.iter().any(|typed| id.starts_with(typed.as_str()));
    if let Some(typed) = arguments.accept.iter().find(|typed| {
        typed.is_empty() || !changes.iter().any(|(_, id)| id.starts_with(typed.as_str()))
    }) {
        return Err(CommandError::new(
            Kind::Usage,
            format!("there is no change of a sealed revision `{typed}` to accept"),
        )
        .hint("`cargo migrate check` shows the changes of sealed revisions"));
    }
    let refused: Vec<&(&Diagnostic, &str)> =
        changes.iter().filter(|(_, id)| !accepted(id)).collect();
    if refused.is_empty() {
        return Ok(Lock::of(chain, checked.lock.as_ref(), arguments.seal));
    }
    let mut ids: Vec<&str> = refused.iter().map(|(_, id)| *id).collect();
    ids.dedup();
    let shown = findings::render(context, checked, refused.iter().map(|(finding, _)| *finding));
    let number = count(ids.len(), "sealed revision");
    Err(CommandError::new(
        Kind::Refused,
        format!("{number} of {} changed; the lock was not written", project.shown),
    )
    .hint("restore what was sealed, and put the change into a new revision")
    .hint(format!(
        "or, if no database has applied it: `cargo migrate lock --accept {}`",
        list(&ids).replace(", ", " ")
    ))
    .findings(shown))
}

/// The sealed revision whose change a finding is about.
fn sealed_revision(finding: &Diagnostic) -> Option<&str> {
    use Code::{SealedDeleted, SealedEdited, SealedReparented};
    let sealed = matches!(finding.code, SealedDeleted | SealedEdited | SealedReparented);
    finding.revision.as_ref().filter(|_| sealed).map(RevisionId::as_str)
}
