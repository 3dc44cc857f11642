//! Identifiers of revisions, as people type them.
//!
//! | form | names |
//! |---|---|
//! | `3f2a9c1b7d4e`, `3f2` | the revision with that id, or with the only id that starts so |
//! | `head`, `heads` | the one head; all heads |
//! | `base` | the state before the first revision |
//! | `current` | what is applied, and nothing that descends from it is |
//! | `+2`, `-2` | two revisions up or down from what is applied |
//! | `ID+2`, `head-2`, `base+2`, `current+2` | so many revisions up or down from there |
//! | `LABEL` | the head of that branch |
//! | `LABEL@head`, `LABEL@base`, `LABEL@-2`, `LABEL@head-2`, `LABEL@ID`, … | the same, on that branch |
//! | `ID@head`, … | the same, on the branch of that revision |
//!
//! A name is looked up as an id, then as a label, then as the start of an id. The branch of a
//! label is the line of the revision that carries it: that revision, its ancestors and its
//! descendants. Its base is the point where it leaves other branches.
//!
//! Steps follow parents and children; dependencies do not count. A step down from a merge leads
//! to all of its parents, and a second one would have to choose between them, which is an error.
//! `+2` goes up from the current revisions, and where nothing is above them, to what else can be
//! applied next.

mod error;
mod range;
mod resolve;

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

pub use error::{Choice, IdentifierError, IdentifierErrorKind};
pub use range::Range;

use crate::revision::RESERVED;
use crate::{Applied, Direction, Graph};

/// What an identifier is for: which forms can mean something depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The target of an upgrade.
    Upgrade,
    /// The target of a downgrade.
    Downgrade,
    /// Revisions to print or to open.
    Show,
    /// What to record as applied.
    Stamp,
    /// Parents of a new revision or of a merge.
    Parent,
    /// The lower end of a range, itself included.
    RangeStart,
    /// The upper end of a range, itself included.
    RangeEnd,
}

/// An identifier, read but not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    text: String,
    /// What stands before `@`.
    branch: Option<String>,
    point: Point,
    steps: Option<Steps>,
}

/// Where an identifier starts to count.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Point {
    Head,
    Heads,
    Base,
    Current,
    Name {
        /// The name without steps.
        name: String,
        /// The name and its steps: a label can look like that.
        whole: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Steps {
    direction: Direction,
    /// At least 1.
    count: usize,
}

/// What an identifier names in a chain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// The revisions, ascending. None means the state before the first revision.
    pub revisions: Vec<usize>,
    /// A revision of the branch that the identifier names, as in `LABEL@base`. Plans then leave
    /// other branches alone.
    pub branch: Option<usize>,
}

impl Identifier {
    /// Reads an identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let error = |kind| IdentifierError::new(text, kind);
        let (branch, rest) = match text.split_once('@') {
            Some((branch, rest)) => (Some(branch), rest),
            None => (None, text),
        };
        if let Some(branch) = branch {
            check_name(branch).map_err(error)?;
            if RESERVED.contains(&branch) {
                return Err(error(IdentifierErrorKind::NotABranch { word: branch.to_owned() }));
            }
        }
        let (name, steps) = split_steps(rest);
        if steps.is_some_and(|steps| steps.count == 0) {
            return Err(error(IdentifierErrorKind::ZeroSteps));
        }
        let point = match name {
            "" if steps.is_some() => Point::Current,
            "head" => Point::Head,
            "heads" => Point::Heads,
            "base" => Point::Base,
            "current" => Point::Current,
            _ => {
                check_name(name).map_err(error)?;
                Point::Name { name: name.to_owned(), whole: rest.to_owned() }
            }
        };
        Ok(Self { text: text.to_owned(), branch: branch.map(str::to_owned), point, steps })
    }

    /// The identifier as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Looks the identifier up in a chain. What is applied is needed for `current`, `+N` and
    /// `-N`.
    ///
    /// A form that can mean nothing for the purpose is an error that says what to type instead,
    /// and so is one that names nothing, or one of several.
    pub fn resolve(
        &self,
        graph: &Graph,
        applied: Option<&Applied>,
        purpose: Purpose,
    ) -> Result<Resolved, IdentifierError> {
        resolve::resolve(self, graph, applied, purpose)
    }
}

fn check_name(name: &str) -> Result<(), IdentifierErrorKind> {
    if name.is_empty() {
        return Err(IdentifierErrorKind::Empty);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    match name.chars().find(|&c| !allowed(c)) {
        Some(character) => Err(IdentifierErrorKind::Character { character }),
        None if name.starts_with('-') => Err(IdentifierErrorKind::Character { character: '-' }),
        None => Ok(()),
    }
}

/// Splits `NAME+2` and `NAME-2`; what does not end in a sign and a number is all name.
fn split_steps(text: &str) -> (&str, Option<Steps>) {
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let direction = match name.bytes().next_back() {
        Some(b'+') => Direction::Up,
        Some(b'-') => Direction::Down,
        _ => return (text, None),
    };
    let digits = &text[name.len()..];
    if digits.is_empty() {
        return (text, None);
    }
    // More than fits is more than any chain has.
    let count = digits.parse().unwrap_or(usize::MAX);
    (&name[..name.len() - 1], Some(Steps { direction, count }))
}

impl Resolved {
    /// These revisions.
    pub fn revisions(mut revisions: Vec<usize>) -> Self {
        revisions.sort_unstable();
        revisions.dedup();
        Self { revisions, branch: None }
    }

    /// All heads of a chain.
    pub fn heads(graph: &Graph) -> Self {
        Self::revisions(graph.heads().to_vec())
    }

    /// The state before the first revision.
    pub fn base() -> Self {
        Self::default()
    }

    /// Whether this is the state before the first revision.
    pub fn is_base(&self) -> bool {
        self.revisions.is_empty()
    }

    /// The revision, where it is one.
    pub fn one(&self) -> Option<usize> {
        match *self.revisions {
            [revision] => Some(revision),
            _ => None,
        }
    }
}

impl FromStr for Identifier {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
