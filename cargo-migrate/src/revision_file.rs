//! Writing a new revision, and with it the lock and the schema file.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::SystemTime;

use pgmigrate_chain::{Graph, Label, RevisionId};
use pgmigrate_disk::{create, replace};
use pgmigrate_schema::template::{Body, Template};
use pgmigrate_schema::{Checked, Code, Diagnostic, Lock, Source, lock};

use crate::Context;
use crate::chain::{OpenChain, check_files, with_files};
use crate::error::{CommandError, Kind};
use crate::findings;
use crate::schema_file;
use crate::text::{list, utc};

/// A revision to write.
#[derive(Debug)]
pub(crate) struct NewRevision {
    pub(crate) title: String,
    /// The id, if it is not to be made up.
    pub(crate) id: Option<RevisionId>,
    pub(crate) parents: Vec<RevisionId>,
    pub(crate) labels: Vec<Label>,
    pub(crate) depends_on: Vec<String>,
    /// The text of the sections, and what stands behind `-- migrate:up` and `-- migrate:down`.
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) options: &'static str,
}

/// A revision that was written.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) id: RevisionId,
    /// Its file, as it is shown.
    pub(crate) shown: String,
}

impl NewRevision {
    /// Writes the file and the lock, or neither.
    ///
    /// The chain is checked with the new file before anything is written.
    pub(crate) fn write(
        self,
        context: &Context,
        open: &OpenChain,
    ) -> Result<Written, CommandError> {
        let graph = open.chain.graph();
        let id = match self.id {
            Some(id) => id,
            None => random_id(|id| graph.position(id).is_some()),
        };
        let created = utc(SystemTime::now());
        let template = Template {
            title: &self.title,
            id: &id,
            parents: &self.parents,
            created: &created,
            labels: &self.labels,
            depends_on: &self.depends_on,
            up: Body { options: self.options, sql: self.up },
            down: Some(Body { options: self.options, sql: self.down }),
        };
        let name = template.file_name();
        let text = template.render();
        let shown = match open.directory.path.as_str() {
            "" | "." => name.clone(),
            directory => format!("{directory}/{name}"),
        };
        let source = Source { path: shown.clone(), bytes: text.clone().into_bytes() };
        // The lock was compared when the chain was opened, and is behind by the new file now.
        let mut files = with_files(&open.directory, vec![source]);
        files.lock = None;
        let checked = check_files(&open.project, &files);
        let expected = |finding: &Diagnostic| {
            !finding.is_error()
                || matches!(
                    finding.code,
                    Code::SeveralHeads
                        | Code::SeveralBases
                        | Code::MissingLock
                        | Code::StaleSchemaFile
                )
        };
        let (chain, new_lock) = match &checked.chain {
            Some(chain) if checked.findings.iter().all(expected) => {
                (chain, Lock::of(chain, open.lock.as_ref(), false))
            }
            _ => {
                return Err(findings::error(context, &checked, &open.project, expected)
                    .instead("that would not be a sound chain; nothing was written"));
            }
        };
        let path = open.project.directory.join(&name);
        create(&path, &text)?;
        let lock_path = open.project.directory.join(lock::FILE_NAME);
        replace(&lock_path, new_lock.to_string()).inspect_err(|_| {
            // Without the lock, the file would only be in the way of a second try.
            let _ = std::fs::remove_file(&path);
        })?;
        schema_file::write(&open.project, chain)?;
        note_heads(context, &checked);
        Ok(Written { id, shown })
    }
}

/// Says that the build fails now, where somebody chose to make a second head or base.
fn note_heads(context: &Context, checked: &Checked) {
    for finding in &checked.findings {
        if matches!(finding.code, Code::SeveralHeads | Code::SeveralBases) {
            context
                .note(format_args!("{}; until that is mended, the build fails", finding.message));
        }
    }
}

/// Parses the branch labels that were typed.
pub(crate) fn labels(typed: &[String]) -> Result<Vec<Label>, CommandError> {
    typed
        .iter()
        .map(|label| {
            Label::new(label.as_str()).map_err(|error| {
                CommandError::new(Kind::Usage, format!("`{label}` is no branch label: {error}"))
                    .hint("a label has up to 64 of the characters A-Z a-z 0-9 _ . -")
            })
        })
        .collect()
}

/// Parses the id that was typed.
pub(crate) fn revision_id(
    open: &OpenChain,
    typed: Option<&str>,
) -> Result<Option<RevisionId>, CommandError> {
    let Some(typed) = typed else { return Ok(None) };
    if open.chain.graph().position(typed).is_some() {
        return Err(CommandError::new(Kind::Usage, format!("there is a revision {typed} already"))
            .hint("choose another id, or leave out --rev-id for a random one"));
    }
    RevisionId::new(typed).map(Some).map_err(|error| {
        CommandError::new(Kind::Usage, format!("`{typed}` is no revision id: {error}"))
            .hint("an id has up to 64 of the characters A-Z a-z 0-9 _")
    })
}

/// The error for a parent that others follow already.
pub(crate) fn not_a_head(graph: &Graph, position: usize) -> CommandError {
    let children = graph.children(position);
    let follow = if children.len() == 1 { "follows" } else { "follow" };
    let children = list(children.iter().map(|&at| graph.id(at)));
    CommandError::new(
        Kind::Usage,
        format!("{} is not a head: {children} {follow} it already", graph.id(position)),
    )
}

/// Twelve hexadecimal digits that no revision has. They come from the keys that the operating
/// system seeds every hash map with, and from the clock.
fn random_id(taken: impl Fn(&str) -> bool) -> RevisionId {
    loop {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u32(std::process::id());
        if let Ok(time) = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
            hasher.write_u128(time.as_nanos());
        }
        let id = format!("{:012x}", hasher.finish() >> 16);
        if let (false, Ok(id)) = (taken(&id), RevisionId::new(id.as_str())) {
            return id;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_twelve_digits_and_never_taken() {
        let mut seen = BTreeSet::new();
        for _ in 0..1000 {
            let id = random_id(|id| seen.contains(id));
            assert!(id.as_str().len() == 12, "{id}");
            assert!(id.as_str().bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{id}");
            assert!(seen.insert(id.to_string()), "{id}");
        }
    }
}
