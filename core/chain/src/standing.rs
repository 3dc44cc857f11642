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

    /// The current revisions: applied, and nothing that descends from them is. Ascending.
    pub fn current(&self, graph: &Graph) -> Vec<usize> {
        let marks = self.marks(graph);
        graph.tips(|position| marks[position])
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
    /// Applied revisions from which no applied one descends, ascending.
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

#[cfg(test)]
mod tests {
    use super::{Applied, RevisionId, Standing, StandingKind};
    use crate::testing::{applied, chain, id, names};

    const CHAIN: &str = "
        a
        b < a
        c < b
        x        # other
        y < x > b
    ";

    #[test]
    fn kinds_are_told_apart() {
        let chain = chain(CHAIN);
        let graph = chain.graph();
        for (rows, kind, pending, unknown, skipped, current) in [
            ("", StandingKind::Behind, "a b c x y", "", "", ""),
            ("a b", StandingKind::Behind, "c x y", "", "", "b"),
            ("a b c x y", StandingKind::UpToDate, "", "", "", "c y"),
            ("a b c x y z", StandingKind::Ahead, "", "z", "", "c y"),
            ("a b z w", StandingKind::Diverged, "c x y", "w z", "", "b"),
            ("z", StandingKind::Diverged, "a b c x y", "z", "", ""),
            // Slipped in below what is applied.
            ("a c", StandingKind::Behind, "b x y", "", "b", "c"),
            // By a dependency as well.
            ("a x y", StandingKind::Behind, "b c", "", "b", "a y"),
        ] {
            let applied = applied(rows);
            let standing = Standing::of(&chain, &applied);
            assert_eq!(standing.kind, kind, "{rows}");
            assert_eq!(standing.empty, rows.is_empty());
            assert_eq!(names(graph, &standing.pending), pending, "{rows}");
            let found: Vec<&str> = standing.unknown.iter().map(RevisionId::as_str).collect();
            assert_eq!(found.join(" "), unknown, "{rows}");
            assert_eq!(names(graph, &standing.skipped), skipped, "{rows}");
            assert_eq!(names(graph, &standing.current), current, "{rows}");
            assert_eq!(standing.edited, []);
            assert_eq!(applied.pending(graph), standing.pending);
            assert_eq!(applied.current(graph), standing.current);
            let known = applied.positions(graph);
            assert_eq!(known.len() + standing.unknown.len(), applied.len());
        }
        let empty = crate::Chain::new(Vec::new()).unwrap();
        assert_eq!(Standing::of(&empty, &Applied::default()).kind, StandingKind::UpToDate);
    }

    #[test]
    fn an_edit_of_what_was_applied_shows() {
        // Every revision of the chain has the checksum `a1.b2`.
        let chain = chain("a\n b < a\n c < b\n d < c\n e < d");
        let rows = [
            ("a", Some("a1.b2")),
            ("b", Some("a1.ffff")),
            ("c", Some("a1")),
            ("d", Some("ffff.b2")),
            ("e", None),
            ("z", Some("ffff")),
        ];
        let row = |(name, text): (&str, Option<&str>)| (id(name), text.map(str::to_owned));
        let applied = Applied::new(rows.map(row));
        let standing = Standing::of(&chain, &applied);
        assert_eq!(names(chain.graph(), &standing.edited), "d");
        assert_eq!(standing.kind, StandingKind::Ahead);
        assert_eq!(applied.checksum(&id("b")), Some("a1.ffff"));
        assert_eq!(applied.checksum(&id("e")), None);
        assert!(applied.contains(&id("e")) && !applied.contains(&id("y")));
        assert!(applied.rows().map(|(id, _)| id.as_str()).eq(["a", "b", "c", "d", "e", "z"]));
    }
}
