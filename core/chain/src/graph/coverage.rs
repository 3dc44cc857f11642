//! Which labels cover which revisions.
//!
//! A label covers the revision that carries it and all that descend from it, and backwards what
//! leads to it, up to where the chain branches or merges. Most revisions are covered by the same
//! labels as their neighbour, so equal sets are kept once.

use super::lists::Lists;

/// Labels by their rank: where they stand in the order of all labels.
pub(super) type Rank = u32;

const NONE: usize = 0;

#[derive(Debug, Clone)]
pub(super) struct Coverage {
    /// Sets of labels, ascending; the first is empty.
    sets: Vec<Vec<Rank>>,
    /// The set of the labels on a revision and its ancestors. Empty where there are no labels.
    from_below: Vec<usize>,
    /// The set of the labels that reach a revision from above.
    from_above: Vec<usize>,
}

impl Coverage {
    /// Takes the labels that each revision itself carries.
    pub(super) fn new(
        own: &Lists<Rank>,
        parents: &Lists<usize>,
        children: &Lists<usize>,
        order: &[usize],
    ) -> Self {
        let mut coverage =
            Self { sets: vec![Vec::new()], from_below: Vec::new(), from_above: Vec::new() };
        if own.items().is_empty() {
            return coverage;
        }
        let mut inherited = Vec::new();
        coverage.from_below = vec![NONE; order.len()];
        for &at in order {
            inherited.extend(parents.get(at).iter().map(|&parent| coverage.from_below[parent]));
            coverage.from_below[at] = coverage.union(&inherited, own.get(at));
            inherited.clear();
        }
        let inside = |at: usize| parents.get(at).len() < 2 && children.get(at).len() < 2;
        coverage.from_above = vec![NONE; order.len()];
        for &at in order.iter().rev() {
            if let [child] = *children.get(at)
                && inside(at)
                && inside(child)
            {
                let inherited = [coverage.from_above[child]];
                coverage.from_above[at] = coverage.union(&inherited, own.get(child));
            }
        }
        coverage
    }

    /// The labels that cover a revision: those from below, and those from above, which may be
    /// the same. Ascending each.
    pub(super) fn of(&self, position: usize) -> (&[Rank], &[Rank]) {
        let set = |sets: &[usize]| &*self.sets[sets.get(position).map_or(NONE, |&set| set)];
        (set(&self.from_below), set(&self.from_above))
    }

    /// The set of all labels of some sets and a few more.
    #[expect(clippy::stable_sort_primitive, reason = "the stable sort is linear in sorted runs")]
    fn union(&mut self, inherited: &[usize], own: &[Rank]) -> usize {
        let widest = inherited.iter().copied().max_by_key(|&set| self.sets[set].len());
        let widest = widest.unwrap_or(NONE);
        if own.is_empty() && inherited.iter().all(|&set| set == widest || set == NONE) {
            return widest;
        }
        let mut union = self.sets[widest].clone();
        for &set in inherited.iter().filter(|&&set| set != widest) {
            union.extend_from_slice(&self.sets[set]);
        }
        union.extend_from_slice(own);
        union.sort();
        union.dedup();
        if union.len() == self.sets[widest].len() {
            return widest;
        }
        self.sets.push(union);
        self.sets.len() - 1
    }
}
