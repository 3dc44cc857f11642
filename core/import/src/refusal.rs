//! Why a folder cannot be imported.

use std::fmt;

use crate::{Place, Style};

/// A reason to refuse a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no migration of the style.
    Nothing {
        /// The style that was asked for.
        style: Style,
        /// The style that the folder seems to have.
        detected: Option<Style>,
    },
    /// A file of SQL has a name that the style does not read.
    Name {
        /// The file.
        place: Place,
        /// The style.
        style: Style,
    },
    /// A file has the sections of another style.
    OtherStyle {
        /// The first of these sections.
        place: Place,
        /// That style.
        style: Style,
    },
    /// A file changes a database in a way that a chain of revisions has no place for.
    NoPlace {
        /// The file.
        place: Place,
        /// What it is to its tool.
        what: &'static str,
    },
    /// A migration is written in a programming language.
    Code(Place),
    /// Several migrations have one version.
    DuplicateVersion {
        /// The first of their files.
        place: Place,
        /// The version.
        version: String,
        /// The other files.
        others: Vec<String>,
    },
    /// A way back, or a file of settings, has no way forward.
    Orphan(Place),
    /// A migration of a graph has no file that names its parents.
    NoParents(Place),
    /// A parent that is no migration.
    MissingParent {
        /// The file that names it.
        place: Place,
        /// The parent.
        parent: String,
    },
    /// Migrations that come after one another in a circle.
    Cycle {
        /// The file of one of them.
        place: Place,
        /// Those of the others, each needed by the one before it.
        others: Vec<String>,
    },
    /// Another mistake of the graph.
    Graph {
        /// The migration that has it.
        place: Place,
        /// What it is.
        message: String,
    },
    /// A file is not UTF-8 from this line on.
    NotUtf8(Place),
    /// A line speaks to the tool, and is not understood.
    NotUnderstood {
        /// The line.
        place: Place,
        /// What is wrong with it.
        what: String,
    },
    /// A placeholder has no value.
    Placeholder {
        /// Where it is.
        place: Place,
        /// As it is written.
        hole: String,
    },
    /// A way forward is not in PostgreSQL's grammar.
    Syntax {
        /// The mistake.
        place: Place,
        /// What the server would say.
        message: String,
        /// The hole of a template on that line.
        hole: Option<String>,
    },
    /// A file that is to be left out is not there.
    NothingToSkip(Place),
}

impl Refusal {
    /// What it is about; none for the folder as a whole.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Nothing { .. } => None,
            Self::Code(place)
            | Self::Orphan(place)
            | Self::NoParents(place)
            | Self::NothingToSkip(place)
            | Self::NotUtf8(place)
            | Self::Name { place, .. }
            | Self::OtherStyle { place, .. }
            | Self::NoPlace { place, .. }
            | Self::DuplicateVersion { place, .. }
            | Self::MissingParent { place, .. }
            | Self::Cycle { place, .. }
            | Self::Graph { place, .. }
            | Self::NotUnderstood { place, .. }
            | Self::Placeholder { place, .. }
            | Self::Syntax { place, .. } => Some(place),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "{place}: ")?;
        }
        match self {
            Self::Nothing { style, detected } => {
                write!(f, "there is no migration that {style} would read: ")?;
                f.write_str(style.tool().expected())?;
                match detected {
                    Some(style) => write!(f, "; the folder looks like {style}"),
                    None => Ok(()),
                }
            }
            Self::Name { style, .. } => write!(
                f,
                "{style} does not read this name, but {}; rename the file, or leave it out",
                style.tool().expected()
            ),
            Self::OtherStyle { style, .. } => {
                write!(f, "the file has the sections of {style}; import the folder in that style")
            }
            Self::NoPlace { what, .. } => write!(
                f,
                "is {what}, which a chain of revisions has no place for; leave it out, and write \
                 what it does as a revision where it is needed"
            ),
            Self::Code(_) => f.write_str(
                "is a migration in a programming language, without which the chain has a hole; \
                 put SQL in its place, or leave code out",
            ),
            Self::DuplicateVersion { version, others, .. } => write!(
                f,
                "the version {version} is also that of {}; give one of them another, or leave it \
                 out",
                others.join(", ")
            ),
            Self::Orphan(_) => f.write_str(
                "there is no way forward of that version; add it, or leave this file out",
            ),
            Self::NoParents(_) => {
                f.write_str("no metadata.yaml beside it names its parents; add one")
            }
            Self::MissingParent { parent, .. } => {
                write!(f, "the parent {parent} is not there; add it, or name another")
            }
            Self::Cycle { others, .. } => {
                write!(f, "comes after itself, by way of {}", others.join(", "))
            }
            Self::Graph { message, .. } => f.write_str(message),
            Self::NotUtf8(_) => f.write_str("is not UTF-8; convert the file, or leave it out"),
            Self::NotUnderstood { what, .. } => {
                write!(f, "{what}; change the line, or leave the file out")
            }
            Self::Placeholder { hole, .. } => {
                write!(f, "the placeholder `{hole}` has no value; set one")
            }
            Self::Syntax { message, hole: None, .. } => {
                write!(f, "{message}; correct it, or leave the file out")
            }
            Self::Syntax { message, hole: Some(hole), .. } => {
                write!(f, "{message}; the template's hole `{hole}` is to be filled first")
            }
            Self::NothingToSkip(_) => f.write_str("is to be left out, but is not there"),
        }
    }
}

impl std::error::Error for Refusal {}
