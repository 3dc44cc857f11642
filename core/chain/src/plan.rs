//! What leads from the revisions that are applied to those that should be.

use std::fmt;

use crate::{Applied, Chain, Down, Graph, Links, Resolved, RevisionId};

/// Which way a plan leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up sections are run.
    Up,
    /// Down sections are run.
    Down,
}

/// Revisions to run, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which section of each is run.
    pub direction: Direction,
    /// The revisions, in the order in which they are run.
    pub steps: Vec<usize>,
}

/// Rows of the history to write without running anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Revisions to record as applied, in the order of the graph.
    pub insert: Vec<usize>,
    /// Revisions to record as not applied, the last of the graph first.
    pub delete: Vec<usize>,
    /// Rows of revisions that the chain does not have, in the order of their ids. Whether they
    /// go is for the caller to say: they may be another build's.
    pub unknown: Vec<RevisionId>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// The way down leads to revisions that are not applied.
    NotApplied {
        /// Those revisions, ascending.
        positions: Vec<usize>,
        /// Their ids, in the same order.
        ids: Vec<RevisionId>,
    },
    /// Revisions would have to be undone that cannot be.
    Irreversible {
        /// All of them, in the order in which they would be undone.
        revisions: Vec<OneWay>,
    },
    /// The database has revisions that the chain does not: what they are built on cannot be
    /// known, and so nothing can be undone below them.
    Unknown {
        /// Those revisions, in the order of their ids.
        revisions: Vec<RevisionId>,
    },
}

/// A revision that cannot be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneWay {
    /// The revision.
    pub position: usize,
    /// Its id.
    pub id: RevisionId,
    /// What its file says: the reason given, or none where there is no down section.
    pub reason: Option<String>,
}

impl Plan {
    /// Applies the target and all that it needs, dependencies included, as far as they are not
    /// applied. Applied revisions that the chain does not have are left alone.
    pub fn upgrade(graph: &Graph, applied: &Applied, target: &Resolved) -> Self {
        let done = applied.marks(graph);
        let needed = graph.mark_below(&target.revisions, Links::All);
        let steps = graph.order().iter().copied().filter(|&at| needed[at] && !done[at]).collect();
        Self { direction: Direction::Up, steps }
    }

    /// Undoes every applied revision above the target, and those that depend on one of them, in
    /// reverse order. Where the target names a branch, only that branch is undone, and what is
    /// built on it; the revisions of the target itself stay. Above a base is everything.
    pub fn downgrade(
        chain: &Chain,
        applied: &Applied,
        target: &Resolved,
    ) -> Result<Self, PlanError> {
        let graph = chain.graph();
        let done = applied.marks(graph);
        let positions: Vec<usize> =
            target.revisions.iter().copied().filter(|&at| !done[at]).collect();
        if !positions.is_empty() {
            let ids = positions.iter().map(|&at| graph.id(at).clone()).collect();
            return Err(PlanError::NotApplied { positions, ids });
        }
        let undone = graph.mark_above(&above(graph, target), Links::All);
        let steps: Vec<usize> =
            graph.order().iter().rev().copied().filter(|&at| undone[at] && done[at]).collect();
        let unknown = applied.unknown(graph);
        if !unknown.is_empty() {
            return Err(PlanError::Unknown { revisions: unknown });
        }
        let revisions: Vec<OneWay> = steps.iter().filter_map(|&at| one_way(chain, at)).collect();
        if !revisions.is_empty() {
            return Err(PlanError::Irreversible { revisions });
        }
        Ok(Self { direction: Direction::Down, steps })
    }

    /// Makes the target and all that it needs, dependencies included, what is recorded as
    /// applied, and nothing else. Where the target names a branch, revisions that are neither
    /// above nor below it keep their rows.
    pub fn stamp(graph: &Graph, applied: &Applied, target: &Resolved) -> Stamp {
        let done = applied.marks(graph);
        let wanted = graph.mark_below(&target.revisions, Links::All);
        let unwanted = match target.branch {
            Some(_) => graph.mark_above(&above(graph, target), Links::All),
            None => vec![true; graph.len()],
        };
        let order = graph.order().iter().copied();
        Stamp {
            insert: order.clone().filter(|&at| wanted[at] && !done[at]).collect(),
            delete: order.rev().filter(|&at| done[at] && unwanted[at] && !wanted[at]).collect(),
            unknown: applied.unknown(graph),
        }
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// The revisions right above a target, on its branch where it names one.
fn above(graph: &Graph, target: &Resolved) -> Vec<usize> {
    let mut above = if target.revisions.is_empty() {
        graph.bases().to_vec()
    } else {
        target.revisions.iter().flat_map(|&at| graph.children(at)).copied().collect()
    };
    if let Some(branch) = target.branch {
        let lineage = graph.mark_lineage(branch);
        above.retain(|&at| lineage[at]);
    }
    above
}

fn one_way(chain: &Chain, position: usize) -> Option<OneWay> {
    let revision = chain.revision(position);
    let reason = match &revision.down {
        Down::Section(_) => return None,
        Down::Missing => None,
        Down::Irreversible(reason) => Some(reason.clone()),
    };
    Some(OneWay { position, id: revision.id.clone(), reason })
}

impl fmt::Display for OneWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Some(reason) => write!(f, "{} is irreversible: {reason}", self.id),
            None => write!(f, "{} has no down section", self.id),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotApplied { ids, .. } => {
                write!(f, "{} not applied, so there is no way down to it", Listed(ids))
            }
            Self::Irreversible { revisions } => {
                f.write_str("the way down is closed: ")?;
                for (index, revision) in revisions.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "; " };
                    write!(f, "{comma}{revision}")?;
                }
                Ok(())
            }
            Self::Unknown { revisions } => write!(
                f,
                "{} applied but not part of this chain, so what is built on what cannot be known",
                Listed(revisions)
            ),
        }
    }
}

impl std::error::Error for PlanError {}

/// Ids and the verb that goes with their number.
struct Listed<'a>(&'a [RevisionId]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, id) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{id}")?;
        }
        f.write_str(if self.0.len() == 1 { " is" } else { " are" })
    }
}
