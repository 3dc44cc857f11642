//! Why an identifier names nothing, and what to type instead.

use std::fmt;

use crate::{Direction, Graph, Label, RevisionId};

/// The most revisions that a message lists.
const LISTED: usize = 8;

/// Why an identifier names nothing, or nothing that its purpose can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierError {
    /// The identifier or range, as typed.
    pub identifier: String,
    /// What is wrong with it.
    pub kind: IdentifierErrorKind,
    /// What can be typed instead.
    pub instead: Vec<String>,
}

/// What is wrong with an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentifierErrorKind {
    /// A name is missing.
    Empty,
    /// A name has a character that it cannot have.
    Character {
        /// The first such character.
        character: char,
    },
    /// What stands before `@` is a word with another meaning.
    NotABranch {
        /// The word.
        word: String,
    },
    /// `+0` or `-0`.
    ZeroSteps,
    /// No id and no label is this name, and no id starts with it.
    Unknown {
        /// The name.
        name: String,
        /// Whether the database has a revision of this id.
        applied: bool,
    },
    /// Several ids start with the name.
    AmbiguousPrefix {
        /// The name.
        prefix: String,
        /// The revisions, in the order of their ids.
        candidates: Vec<Choice>,
    },
    /// The chain has no revisions.
    NoRevisions,
    /// One head is asked for, and there are several.
    SeveralHeads {
        /// The heads.
        heads: Vec<Choice>,
    },
    /// The identifier is relative to what is applied, and that is not known.
    NeedsDatabase,
    /// Nothing is applied, or nothing of the branch.
    NothingApplied,
    /// The identifier goes down from the current revision, and there are several.
    SeveralCurrent {
        /// The current revisions.
        current: Vec<Choice>,
    },
    /// A step up can lead to several revisions.
    SeveralNext {
        /// The revision from which the step leads; none where it is not one.
        after: Option<RevisionId>,
        /// Where it can lead.
        next: Vec<Choice>,
    },
    /// A step down from a merge, after which another would have to choose a parent.
    ThroughMerge {
        /// The merge.
        merge: RevisionId,
        /// Its parents.
        parents: Vec<Choice>,
    },
    /// Steps down a branch lead out of it, to what other applied revisions are built on.
    LeavesBranch {
        /// The revision on which they are built.
        branch_point: RevisionId,
        /// The revisions that stand on it and are on other branches.
        others: Vec<Choice>,
        /// How many steps stay on the branch.
        available: usize,
    },
    /// There are not that many revisions.
    TooFar {
        /// Which way.
        direction: Direction,
        /// How many steps there are.
        available: usize,
        /// Whether they count from what is applied.
        from_applied: bool,
    },
    /// `+N` where everything is applied.
    NothingToUpgrade,
    /// Steps up from a head.
    AboveHead,
    /// Steps down from `base`.
    BelowBase,
    /// The identifier goes the other way than the command.
    WrongWay {
        /// Which way it goes.
        direction: Direction,
    },
    /// A downgrade to where there is nothing above.
    NothingToUndo,
    /// A revision is asked for, and this is the state below a first one.
    NoRevisionThere,
    /// The revision is not on the branch.
    NotOnBranch {
        /// The revision.
        revision: RevisionId,
        /// The branch, as typed.
        branch: String,
    },
    /// A range has no colon, or more than one.
    NotARange,
    /// The upper end of a range is below its lower end.
    Reversed,
    /// No way leads from one end of a range to the other.
    Unrelated,
}

/// A revision that an error offers to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The revision.
    pub position: usize,
    /// Its id.
    pub id: RevisionId,
    /// The labels that cover it, in order.
    pub labels: Vec<Label>,
}

impl Choice {
    pub(super) fn list(graph: &Graph, positions: &[usize]) -> Vec<Self> {
        let choice = |&position: &usize| Self {
            position,
            id: graph.id(position).clone(),
            labels: graph.branch_labels(position).into_iter().cloned().collect(),
        };
        positions.iter().map(choice).collect()
    }

    /// For each choice, a label that only it has.
    pub(super) fn own_labels(choices: &[Self]) -> Vec<Option<&str>> {
        let mut all: Vec<&Label> = choices.iter().flat_map(|choice| &choice.labels).collect();
        all.sort_unstable();
        let count = |label: &Label| {
            all.partition_point(|&other| other <= label)
                - all.partition_point(|&other| other < label)
        };
        let mut own = Vec::with_capacity(choices.len());
        for choice in choices {
            own.push(choice.labels.iter().find(|label| count(label) == 1).map(Label::as_str));
        }
        own
    }
}

impl IdentifierError {
    pub(super) fn new(identifier: &str, kind: IdentifierErrorKind) -> Self {
        Self { identifier: identifier.to_owned(), kind, instead: Vec::new() }
    }

    #[must_use]
    pub(super) fn instead<T: Into<String>>(mut self, instead: impl IntoIterator<Item = T>) -> Self {
        self.instead = instead.into_iter().map(Into::into).collect();
        self
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        use IdentifierErrorKind as Kind;
        match (&self.kind, &*self.instead) {
            (Kind::NeedsDatabase, _) => {
                Some("name a revision, or say which database is meant".to_owned())
            }
            (Kind::ZeroSteps, _) => Some("use `current` for what is applied".to_owned()),
            (_, []) => None,
            (_, instead) => Some(format!("use {}", Alternatives(instead))),
        }
    }

    fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use IdentifierErrorKind as Kind;
        let identifier = &self.identifier;
        match &self.kind {
            Kind::Empty if identifier.is_empty() => {
                f.write_str("the identifier of a revision is empty")
            }
            Kind::Empty => write!(f, "`{identifier}` lacks a name beside its `@`"),
            Kind::Character { character: ':' } => {
                write!(f, "`{identifier}` is a range, and one revision is meant here")
            }
            Kind::Character { character } => {
                write!(f, "`{identifier}` cannot be read: {character:?} is not part of a name")
            }
            Kind::NotABranch { word } => {
                write!(f, "`{identifier}` cannot be read: `{word}` does not name a branch")
            }
            Kind::ZeroSteps => write!(f, "`{identifier}` goes nowhere"),
            Kind::Unknown { name, applied: true } => {
                write!(f, "revision {name} is applied, but not part of this chain")
            }
            Kind::Unknown { name, applied: false } => {
                write!(f, "`{name}` is neither a revision nor a branch")
            }
            Kind::AmbiguousPrefix { prefix, candidates } => {
                write!(f, "several revisions start with `{prefix}`: {}", Listed(candidates))
            }
            Kind::NoRevisions => write!(f, "there is no `{identifier}`: the chain is empty"),
            Kind::SeveralHeads { heads } => {
                write!(f, "`{identifier}` could be any of several heads: {}", Listed(heads))
            }
            Kind::NeedsDatabase => {
                write!(f, "`{identifier}` depends on what a database has applied")
            }
            Kind::NothingApplied if identifier.contains('@') => {
                write!(f, "`{identifier}` names nothing, as nothing is applied there")
            }
            Kind::NothingApplied => {
                write!(f, "`{identifier}` names nothing, as nothing is applied")
            }
            Kind::SeveralCurrent { current } => write!(
                f,
                "`{identifier}` could start from any of several current revisions: {}",
                Listed(current)
            ),
            Kind::SeveralNext { after: Some(after), next } => {
                write!(
                    f,
                    "`{identifier}` is ambiguous: after {after} comes any of {}",
                    Listed(next)
                )
            }
            Kind::SeveralNext { after: None, next } => {
                write!(f, "`{identifier}` is ambiguous: next comes any of {}", Listed(next))
            }
            Kind::ThroughMerge { merge, parents } => write!(
                f,
                "`{identifier}` is ambiguous: it leads through {merge}, which merges {}",
                Listed(parents)
            ),
            Kind::LeavesBranch { branch_point, others, available } => {
                let steps = Only { count: *available, noun: "step", one: "stays", many: "stay" };
                let are = if others.len() == 1 { "is" } else { "are" };
                let others = Listed(others);
                write!(f, "`{identifier}` leaves its branch: {steps} on it, and ")?;
                write!(f, "{others} {are} built on {branch_point} too")
            }
            Kind::TooFar { direction, available, from_applied } => {
                let only = TooFar(*direction, *available, *from_applied);
                write!(f, "`{identifier}` goes too far: {only}")
            }
            Kind::NothingToUpgrade => {
                write!(f, "`{identifier}` names nothing, as nothing is left to apply")
            }
            Kind::AboveHead => write!(f, "`{identifier}` names nothing: nothing is above a head"),
            Kind::BelowBase => write!(f, "`{identifier}` names nothing: nothing is below `base`"),
            Kind::WrongWay { direction: Direction::Down } => write!(f, "`{identifier}` goes down"),
            Kind::WrongWay { direction: Direction::Up } => write!(f, "`{identifier}` goes up"),
            Kind::NothingToUndo => {
                write!(f, "there is nothing to undo above `{identifier}`")
            }
            Kind::NoRevisionThere if identifier.contains('@') => {
                write!(f, "`{identifier}` is the state below a branch, not a revision on it")
            }
            Kind::NoRevisionThere => {
                write!(f, "`{identifier}` is the state below the first revision, not a revision")
            }
            Kind::NotOnBranch { revision, branch } => {
                write!(f, "revision {revision} is not on the branch of `{branch}`")
            }
            Kind::NotARange => write!(f, "`{identifier}` is not a range"),
            Kind::Reversed => write!(f, "the range `{identifier}` ends below its start"),
            Kind::Unrelated => {
                write!(f, "the range `{identifier}` is empty, as its end is not built on its start")
            }
        }
    }
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message(f)?;
        match self.help() {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for IdentifierError {}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id)?;
        for (index, label) in self.labels.iter().enumerate() {
            let before = if index == 0 { " (" } else { ", " };
            write!(f, "{before}{label}")?;
        }
        f.write_str(if self.labels.is_empty() { "" } else { ")" })
    }
}

/// Choices in a row, the first few of many.
struct Listed<'a>(&'a [Choice]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, choice) in self.0.iter().take(LISTED).enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{choice}")?;
        }
        match self.0.len().checked_sub(LISTED) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, " and {more} more"),
        }
    }
}

/// Which way, how many steps there are, and whether from what is applied.
struct TooFar(Direction, usize, bool);

impl fmt::Display for TooFar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(direction, count, from_applied) = *self;
        let (noun, one, many, to) = match (direction, from_applied) {
            (Direction::Up, true) => ("revision", "is", "are", "left to apply"),
            (Direction::Up, false) => ("step", "leads", "lead", "up from there"),
            (Direction::Down, true) => ("step", "leads", "lead", "down from what is applied"),
            (Direction::Down, false) => ("step", "leads", "lead", "down from there"),
        };
        write!(f, "{} {to}", Only { count, noun, one, many })
    }
}

/// A number that is too small, with what it counts and the verb that goes with it.
struct Only {
    count: usize,
    noun: &'static str,
    one: &'static str,
    many: &'static str,
}

impl fmt::Display for Only {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { count, noun, one, many } = self;
        match count {
            0 => write!(f, "no {noun} {one}"),
            1 => write!(f, "only 1 {noun} {one}"),
            _ => write!(f, "only {count} {noun}s {many}"),
        }
    }
}

/// Things to type, the last after an "or", the first few of many.
struct Alternatives<'a>(&'a [String]);

impl fmt::Display for Alternatives<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.0[..self.0.len().min(LISTED)];
        for (index, text) in shown.iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}`{text}`")?;
        }
        f.write_str(if shown.len() < self.0.len() { ", …" } else { "" })
    }
}
