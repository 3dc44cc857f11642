//! Which labels cover which revisions.
//!
//! A label covers the revision that carries it and all that descend from it, and backwards what
//! leads to it, up to where the chain branches or merges. Most revisions are covered by the same
//! labels as their neighbour, so equal sets are kept once.

use super::lists::Lists;
use crate::Label;

const NONE: usize = 0;

#[derive(Debug, Clone)]
pub(super) struct Coverage {
    /// Sets of indices of labels, ascending; the first is empty.
    sets: Vec<Vec<usize>>,
    /// The set of the labels on a revision and its ancestors. Empty where there are no labels.
    from_below: Vec<usize>,
    /// The set of the labels that reach a revision from above.
    from_above: Vec<usize>,
}

impl Coverage {
    pub(super) fn new(
        labels: &Lists<Label>,
        parents: &Lists<usize>,
        children: &Lists<usize>,
        order: &[usize],
    ) -> Self {
        let mut coverage =
            Self { sets: vec![Vec::new()], from_below: Vec::new(), from_above: Vec::new() };
        if labels.items().is_empty() {
            return coverage;
        }
        let own = |at: usize| labels.start(at)..labels.start(at) + labels.get(at).len();
        coverage.from_below = vec![NONE; order.len()];
        for &at in order {
            let inherited: Vec<usize> =
                parents.get(at).iter().map(|&parent| coverage.from_below[parent]).collect();
            coverage.from_below[at] = coverage.union(&inherited, own(at));
        }
        let inside = |at: usize| parents.get(at).len() < 2 && children.get(at).len() < 2;
        coverage.from_above = vec![NONE; order.len()];
        for &at in order.iter().rev() {
            if let [child] = *children.get(at)
                && inside(at)
                && inside(child)
            {
                let inherited = [coverage.from_above[child]];
                coverage.from_above[at] = coverage.union(&inherited, own(child));
            }
        }
        coverage
    }

    /// The indices of the labels that cover a revision.
    pub(super) fn of(&self, position: usize) -> impl Iterator<Item = usize> {
        let set = |sets: &[usize]| sets.get(position).map_or(NONE, |&set| set);
        let below = &self.sets[set(&self.from_below)];
        let above = &self.sets[set(&self.from_above)];
        below.iter().chain(above).copied()
    }

    fn union(&mut self, inherited: &[usize], own: std::ops::Range<usize>) -> usize {
        let widest = inherited.iter().copied().max_by_key(|&set| self.sets[set].len());
        let widest = widest.unwrap_or(NONE);
        if own.is_empty() && inherited.iter().all(|&set| set == widest || set == NONE) {
            return widest;
        }
        let mut union = self.sets[widest].clone();
        for &set in inherited.iter().filter(|&&set| set != widest) {
            union.extend_from_slice(&self.sets[set]);
        }
        union.extend(own);
        union.sort_unstable();
        union.dedup();
        if union.len() == self.sets[widest].len() {
            return widest;
        }
        self.sets.push(union);
        self.sets.len() - 1
    }
}
