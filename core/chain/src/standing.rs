//! Where a database stands against a chain.

use std::collections::BTreeMap;

use crate::{Chain, Graph, RevisionId};

/// What a database says: the revisions that are applied, and the checksum recorded with each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    checksums: BTreeMap<RevisionId, Option<String>>,
}

impl Applied {
    /// Takes the rows of a history table. A checksum is `UP` or `UP.DOWN`, or none where the
    /// database does not know it.
    pub fn new(rows: impl IntoIterator<Item = (RevisionId, Option<String>)>) -> Self {
        Self { checksums: rows.into_iter().collect() }
    }

    /// How many revisions are applied, those unknown to the chain included.
    pub fn len(&self) -> usize {
        self.checksums.len()
    }

    /// Whether nothing is applied.
    pub fn is_empty(&self) -> bool {
        self.checksums.is_empty()
    }

    /// Whether a revision is applied.
    pub fn contains(&self, id: &RevisionId) -> bool {
        self.checksums.contains_key(id)
    }

    /// The checksum recorded with a revision.
    pub fn checksum(&self, id: &RevisionId) -> Option<&str> {
        self.checksums.get(id)?.as_deref()
    }

    /// The rows, in the order of their ids.
    pub fn rows(&self) -> impl Iterator<Item = (&RevisionId, Option<&str>)> {
        self.checksums.iter().map(|(id, checksum)| (id, checksum.as_deref()))
    }

    /// For every position of a chain, whether its revision is applied.
    pub fn marks(&self, graph: &Graph) -> Vec<bool> {
        let mut marks = vec![false; graph.len()];
        for id in self.checksums.keys() {
            if let Some(position) = graph.position(id.as_str()) {
                marks[position] = true;
            }
        }
        marks
    }

    /// The revisions of a chain that are applied, in the order of the graph.
    pub fn positions(&self, graph: &Graph) -> Vec<usize> {
        let marks = self.marks(graph);
        graph.order().iter().copied().filter(|&position| marks[position]).collect()
    }

    /// The revisions of a chain that are not applied, in the order of the graph.
    pub fn pending(&self, graph: &Graph) -> Vec<usize> {
        let marks = self.marks(graph);
        graph.order().iter().copied().filter(|&position| !marks[position]).collect()
    }

    /// The current revisions: applied, and no child of theirs is. Ascending.
    pub fn current(&self, graph: &Graph) -> Vec<usize> {
        let marks = self.marks(graph);
        let is_tip = |at: usize| marks[at] && !graph.children(at).iter().any(|&next| marks[next]);
        (0..graph.len()).filter(|&at| is_tip(at)).collect()
    }

    /// The applied revisions that a chain does not have, in the order of their ids.
    pub fn unknown(&self, graph: &Graph) -> Vec<RevisionId> {
        let unknown = |id: &&RevisionId| graph.position(id.as_str()).is_none();
        self.checksums.keys().filter(unknown).cloned().collect()
    }
}

impl FromIterator<(RevisionId, Option<String>)> for Applied {
    fn from_iter<T: IntoIterator<Item = (RevisionId, Option<String>)>>(rows: T) -> Self {
        Self::new(rows)
    }
}

/// How the revisions of a chain and those of a database compare, by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingKind {
    /// The same revisions.
    UpToDate,
    /// The database lacks some of the chain.
    Behind,
    /// The database has all of the chain, and revisions that the chain does not know.
    Ahead,
    /// The database lacks some of the chain, and has revisions that the chain does not know.
    Diverged,
}

/// Where a database stands against a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How the two compare.
    pub kind: StandingKind,
    /// Whether the database has no applied revision at all.
    pub empty: bool,
    /// Revisions of the chain that are not applied, in the order of the graph.
    pub pending: Vec<usize>,
    /// Applied revisions that the chain does not have, in the order of their ids.
    pub unknown: Vec<RevisionId>,
    /// Applied revisions whose up section is not what was applied, in the order of the graph.
    /// A row without a checksum is taken as it is.
    pub edited: Vec<usize>,
    /// Pending revisions on which an applied one is built, in the order of the graph.
    pub skipped: Vec<usize>,
    /// Applied revisions without an applied child, ascending.
    pub current: Vec<usize>,
}

impl Standing {
    /// Compares a database with a chain.
    pub fn of(chain: &Chain, applied: &Applied) -> Self {
        let graph = chain.graph();
        let unknown = applied.unknown(graph);
        let (done, pending): (Vec<usize>, Vec<usize>) = {
            let marks = applied.marks(graph);
            graph.order().iter().copied().partition(|&position| marks[position])
        };
        let edited = |&position: &usize| {
            let revision = chain.revision(position);
            let recorded = applied.checksum(&revision.id);
            recorded.is_some_and(|text| up_part(text) != revision.checksum.up)
        };
        let built_on = graph.mark_below(&done, crate::Links::All);
        Self {
            kind: match (pending.is_empty(), unknown.is_empty()) {
                (true, true) => StandingKind::UpToDate,
                (false, true) => StandingKind::Behind,
                (true, false) => StandingKind::Ahead,
                (false, false) => StandingKind::Diverged,
            },
            empty: applied.is_empty(),
            skipped: pending.iter().copied().filter(|&position| built_on[position]).collect(),
            edited: done.iter().copied().filter(edited).collect(),
            current: applied.current(graph),
            pending,
            unknown,
        }
    }
}

/// A database has run the up section only, so that is what has to agree.
fn up_part(checksum: &str) -> &str {
    checksum.split_once('.').map_or(checksum, |(up, _)| up)
}
