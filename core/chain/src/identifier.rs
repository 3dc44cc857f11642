//! Identifiers of revisions, as people type them.

use std::fmt;
use std::str::FromStr;

use crate::{Applied, Graph, Label, RevisionId};

/// What an identifier is for: what a form means, and whether it can mean anything, depends on it.
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
    /// The lower end of a range.
    RangeStart,
    /// The upper end of a range.
    RangeEnd,
}

/// An identifier, read but not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    text: String,
}

/// What an identifier names in a chain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// The revisions, ascending. None means the state before the first revision.
    pub revisions: Vec<usize>,
    /// A revision of the branch that the identifier names (`LABEL@...`). Plans then leave other
    /// branches alone.
    pub branch: Option<usize>,
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

/// A revision that an error offers to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The revision.
    pub position: usize,
    /// Its id.
    pub id: RevisionId,
    /// The labels that cover it.
    pub labels: Vec<Label>,
}

/// Why an identifier names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierError {
    /// The identifier, as typed.
    pub identifier: String,
    /// What is wrong with it.
    pub kind: IdentifierErrorKind,
}

/// What is wrong with an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentifierErrorKind {
    /// There is nothing there.
    Empty,
    /// No revision and no label has this name.
    Unknown,
    /// The text starts several ids.
    Ambiguous(Vec<Choice>),
    /// There are several heads.
    SeveralHeads(Vec<Choice>),
    /// What is applied has to be known.
    NeedsDatabase,
    /// Everything is applied already.
    NothingToUpgrade,
}

impl Identifier {
    /// Reads an identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        if text.is_empty() {
            return Err(IdentifierError {
                identifier: text.to_owned(),
                kind: IdentifierErrorKind::Empty,
            });
        }
        Ok(Self { text: text.to_owned() })
    }

    /// The identifier as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Looks the identifier up.
    pub fn resolve(
        &self,
        graph: &Graph,
        applied: Option<&Applied>,
        purpose: Purpose,
    ) -> Result<Resolved, IdentifierError> {
        let _ = purpose;
        let error = |kind| Err(IdentifierError { identifier: self.text.clone(), kind });
        let choices = |positions: &[usize]| {
            positions
                .iter()
                .map(|&position| Choice {
                    position,
                    id: graph.id(position).clone(),
                    labels: graph.branch_labels(position).into_iter().cloned().collect(),
                })
                .collect()
        };
        match self.text.as_str() {
            "head" if graph.heads().len() > 1 => {
                error(IdentifierErrorKind::SeveralHeads(choices(graph.heads())))
            }
            "head" | "heads" => Ok(Resolved::heads(graph)),
            "base" => Ok(Resolved::base()),
            "current" => match applied {
                Some(applied) => Ok(Resolved::revisions(applied.current(graph))),
                None => error(IdentifierErrorKind::NeedsDatabase),
            },
            name => match graph.position(name).or_else(|| graph.label_position(name)) {
                Some(position) => Ok(Resolved::revisions(vec![position])),
                None => match graph.with_prefix(name) {
                    [] => error(IdentifierErrorKind::Unknown),
                    &[position] => Ok(Resolved::revisions(vec![position])),
                    several => error(IdentifierErrorKind::Ambiguous(choices(several))),
                },
            },
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
        f.write_str(&self.text)
    }
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {:?}", self.identifier, self.kind)
    }
}

impl std::error::Error for IdentifierError {}

/// Part of a chain: `FROM:TO`, both included; an end that is left out is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub start: Option<Identifier>,
    /// The upper end.
    pub end: Option<Identifier>,
}

impl Range {
    /// Reads a range.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let (start, end) = text.split_once(':').unwrap_or((text, text));
        let side = |side: &str| {
            if side.is_empty() { Ok(None) } else { Identifier::parse(side).map(Some) }
        };
        Ok(Self { start: side(start)?, end: side(end)? })
    }

    /// The revisions of the range, in the order of the graph.
    pub fn resolve(
        &self,
        graph: &Graph,
        applied: Option<&Applied>,
    ) -> Result<Vec<usize>, IdentifierError> {
        let start = self.start.as_ref();
        let start = start.map(|side| side.resolve(graph, applied, Purpose::RangeStart));
        let end = self.end.as_ref();
        let end = end.map(|side| side.resolve(graph, applied, Purpose::RangeEnd));
        let above = match start.transpose()? {
            Some(start) if !start.is_base() => {
                graph.mark_above(&start.revisions, crate::Links::All)
            }
            _ => vec![true; graph.len()],
        };
        let below = match end.transpose()? {
            Some(end) => graph.mark_below(&end.revisions, crate::Links::All),
            None => vec![true; graph.len()],
        };
        Ok(graph.order().iter().copied().filter(|&at| above[at] && below[at]).collect())
    }
}

impl FromStr for Range {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
