//! What can be wrong with the graph.

use std::fmt;

use crate::{Label, RevisionId};

/// A mistake in how revisions refer to one another. Numbers are positions in the input, or
/// indices into the lists of a revision there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphError {
    /// Two revisions have one id.
    DuplicateRevision {
        /// The revision that has the id.
        first: usize,
        /// The one that has it again.
        second: usize,
        /// The id.
        id: RevisionId,
    },
    /// A revision revises one that does not exist.
    MissingParent {
        /// The revision.
        node: usize,
        /// Which of its parents.
        parent_index: usize,
        /// The id that names nothing.
        parent: RevisionId,
    },
    /// A revision revises itself.
    SelfParent {
        /// The revision.
        node: usize,
        /// Which of its parents.
        parent_index: usize,
        /// Its id.
        id: RevisionId,
    },
    /// A revision names one parent twice.
    RepeatedParent {
        /// The revision.
        node: usize,
        /// Which of its parents is the repetition.
        parent_index: usize,
        /// The parent.
        parent: RevisionId,
    },
    /// Revisions that need one another, by parents or dependencies.
    Cycle {
        /// Each needs the next, and the last needs the first. The smallest position comes first.
        nodes: Vec<usize>,
        /// Their ids, in the same order.
        ids: Vec<RevisionId>,
    },
    /// A merge has a parent that another of its parents is already built on.
    RedundantParent {
        /// The merge.
        node: usize,
        /// Which of its parents.
        parent_index: usize,
        /// That parent.
        parent: RevisionId,
        /// The other parent, which descends from it.
        reached_through: RevisionId,
    },
    /// A revision depends on what is neither a revision id nor a label.
    MissingDependency {
        /// The revision.
        node: usize,
        /// Which of its dependencies.
        dependency_index: usize,
        /// What names nothing.
        name: String,
    },
    /// A revision depends on itself.
    SelfDependency {
        /// The revision.
        node: usize,
        /// Which of its dependencies.
        dependency_index: usize,
        /// Its id, or a label that it carries.
        name: String,
    },
    /// A label stands twice.
    DuplicateLabel {
        /// The revision that carries the label.
        first: usize,
        /// The one that carries it again; the same, where it is repeated in one header.
        second: usize,
        /// Which of the labels of `second`.
        label_index: usize,
        /// The label.
        label: Label,
    },
    /// A label is also the id of a revision.
    LabelIsRevision {
        /// The revision that carries the label.
        node: usize,
        /// Which of its labels.
        label_index: usize,
        /// The label.
        label: Label,
        /// The revision with that id.
        revision: usize,
    },
}

impl GraphError {
    /// The revision to point at: the one whose header has to change.
    pub fn node(&self) -> usize {
        match self {
            Self::DuplicateRevision { second, .. } | Self::DuplicateLabel { second, .. } => *second,
            Self::Cycle { nodes, .. } => nodes.first().copied().unwrap_or_default(),
            Self::MissingParent { node, .. }
            | Self::SelfParent { node, .. }
            | Self::RepeatedParent { node, .. }
            | Self::RedundantParent { node, .. }
            | Self::MissingDependency { node, .. }
            | Self::SelfDependency { node, .. }
            | Self::LabelIsRevision { node, .. } => *node,
        }
    }
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateRevision { id, .. } => {
                write!(f, "revision {id} is present more than once")
            }
            Self::MissingParent { parent, .. } => {
                write!(f, "the parent revision {parent} does not exist")
            }
            Self::SelfParent { id, .. } => write!(f, "revision {id} revises itself"),
            Self::RepeatedParent { parent, .. } => {
                write!(f, "the parent revision {parent} is named twice")
            }
            Self::Cycle { ids, .. } => {
                f.write_str("revisions need one another in a circle: ")?;
                for id in ids {
                    write!(f, "{id} needs ")?;
                }
                match ids.first() {
                    Some(first) => write!(f, "{first}"),
                    None => Ok(()),
                }
            }
            Self::RedundantParent { parent, reached_through, .. } => write!(
                f,
                "there is nothing to merge: {reached_through} already descends from {parent}"
            ),
            Self::MissingDependency { name, .. } => {
                write!(f, "the dependency `{name}` is neither a revision nor a branch label")
            }
            Self::SelfDependency { name, .. } => {
                write!(f, "the dependency `{name}` is the revision itself")
            }
            Self::DuplicateLabel { label, .. } => {
                write!(f, "the branch label `{label}` is used more than once")
            }
            Self::LabelIsRevision { label, .. } => {
                write!(f, "the branch label `{label}` is also the id of a revision")
            }
        }
    }
}

impl std::error::Error for GraphError {}
