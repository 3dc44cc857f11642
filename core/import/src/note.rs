//! What differs from the folder that was imported.

use std::fmt;

use pgmigrate_chain::RevisionId;

use crate::{Outside, Place};

/// What differs from the folder that was imported, or is worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A file that is no migration was passed over.
    Ignored(Place),
    /// A file was left out because the user asked for it.
    Skipped(Place),
    /// A migration in a programming language was left out because the user asked for it.
    SkippedCode(Place),
    /// A way back, or a file of settings, was left out as it has no way forward.
    Orphan {
        /// The file.
        place: Place,
        /// The migration of the same name, but another version, that lacks a way back.
        twin: Option<String>,
    },
    /// A way back is not in PostgreSQL's grammar; the revision is irreversible, and the text is
    /// kept as a comment.
    Irreversible {
        /// The mistake.
        place: Place,
        /// What the server would say.
        message: String,
    },
    /// A section runs outside a transaction.
    Outside {
        /// The file, and the line where its section starts.
        place: Place,
        /// The reason.
        why: Outside,
    },
    /// A way forward has no statement.
    EmptyUp(Place),
    /// A way back has no statement.
    EmptyDown(Place),
    /// A comment that would have been read as a marker of this format was rewritten.
    MarkerRewritten(Place),
    /// A script that its tool runs again after each change is run once.
    Repeatable(Place),
    /// A migration asks for the rights of a superuser.
    Privileged(Place),
    /// The version cannot be a revision id, or not of one revision alone.
    NewId {
        /// The migration.
        place: Place,
        /// Its version; may be empty.
        version: String,
        /// The id that it has now.
        revision_id: RevisionId,
    },
    /// A parent was taken out, as another parent descends from it, or as it was named twice.
    RedundantParent {
        /// The file that names it.
        place: Place,
        /// The parent.
        parent: RevisionId,
    },
    /// Some migrations have no way back.
    NoDown {
        /// How many.
        count: usize,
        /// How many migrations there are.
        of: usize,
    },
    /// The graph has several revisions without a child.
    Heads(Vec<RevisionId>),
    /// The graph has several revisions without a parent.
    Bases(Vec<RevisionId>),
    /// A revision that joins all heads was added.
    Merged {
        /// Its id.
        revision_id: RevisionId,
        /// The heads that it joins.
        heads: Vec<RevisionId>,
    },
}

impl Note {
    /// What it is about; none for the folder as a whole.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Ignored(place)
            | Self::Skipped(place)
            | Self::SkippedCode(place)
            | Self::Orphan { place, .. }
            | Self::Irreversible { place, .. }
            | Self::Outside { place, .. }
            | Self::EmptyUp(place)
            | Self::EmptyDown(place)
            | Self::MarkerRewritten(place)
            | Self::Repeatable(place)
            | Self::Privileged(place)
            | Self::NewId { place, .. }
            | Self::RedundantParent { place, .. } => Some(place),
            Self::NoDown { .. } | Self::Heads(_) | Self::Bases(_) | Self::Merged { .. } => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "{place}: ")?;
        }
        match self {
            Self::Ignored(_) => f.write_str("is no migration, and was passed over"),
            Self::Skipped(_) => f.write_str("was left out, as you asked"),
            Self::SkippedCode(_) => {
                f.write_str("was left out, as you asked; write what it does as a revision")
            }
            Self::Orphan { twin: None, .. } => {
                f.write_str("was left out, as there is no way forward of that version")
            }
            Self::Orphan { twin: Some(twin), .. } => write!(
                f,
                "was left out, as there is no way forward of that version; perhaps it is the way \
                 back of {twin}"
            ),
            Self::Irreversible { message, .. } => {
                write!(
                    f,
                    "{message}; the revision is irreversible, and keeps the text as a comment"
                )
            }
            Self::Outside { why: Outside::Marked, .. } => {
                f.write_str("runs outside a transaction, as it was marked")
            }
            Self::Outside { why: Outside::Needs(command), .. } => {
                write!(f, "runs outside a transaction, as {command} must")
            }
            Self::EmptyUp(_) => f.write_str("has no statement"),
            Self::EmptyDown(_) => f.write_str("has no statement, so the way back does nothing"),
            Self::MarkerRewritten(_) => {
                f.write_str("the comment read as a marker of this format, and was rewritten")
            }
            Self::Repeatable(_) => f.write_str(
                "runs once, where it was run again after each change; put changes into new \
                 revisions",
            ),
            Self::Privileged(_) => f.write_str("asks for the rights of a superuser"),
            Self::NewId { version, revision_id, .. } if version.is_empty() => {
                write!(f, "has no version; it is the revision {revision_id}")
            }
            Self::NewId { version, revision_id, .. } => {
                write!(f, "`{version}` cannot name one revision; it is the revision {revision_id}")
            }
            Self::RedundantParent { parent, .. } => {
                write!(f, "the parent {parent} was taken out, as another parent leads to it")
            }
            Self::NoDown { count, of } => write!(f, "{count} of {of} migrations have no way back"),
            Self::Heads(heads) => {
                write!(f, "there are {} heads, {}; ", heads.len(), list(heads))?;
                f.write_str("join them by a merge revision, or give them branch labels")
            }
            Self::Bases(bases) => {
                write!(f, "there are {} bases, {}; ", bases.len(), list(bases))?;
                f.write_str("give all but one of them a line `Branch Labels`")
            }
            Self::Merged { revision_id, heads } => {
                write!(f, "the revision {revision_id} was added to join {}", list(heads))
            }
        }
    }
}

fn list(ids: &[RevisionId]) -> String {
    ids.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(", ")
}
