//! The graph that revisions form: what revises what, and what depends on what.
//!
//! A revision is named by its position in the input. Every query answers in a fixed order: by
//! position, or parents and dependencies first where the documentation says so.

mod build;
mod coverage;
mod error;
mod ids;
mod lists;
#[cfg(test)]
mod tests;

pub use error::GraphError;

use crate::{Label, Revision, RevisionId};
use coverage::Coverage;
use ids::Ids;
use lists::Lists;

/// What the graph has to know of a revision.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// `Revision ID`.
    pub id: &'a RevisionId,
    /// `Revises`.
    pub parents: &'a [RevisionId],
    /// `Depends On`: full revision ids, or labels, which stand for the revision that carries them.
    pub depends_on: &'a [String],
    /// `Branch Labels`.
    pub labels: &'a [Label],
}

impl<'a> From<&'a Revision> for Node<'a> {
    fn from(revision: &'a Revision) -> Self {
        Self {
            id: &revision.id,
            parents: &revision.parents,
            depends_on: &revision.depends_on,
            labels: &revision.labels,
        }
    }
}

/// Which edges a walk follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// From a revision to what it revises, and back.
    Parents,
    /// Those, and from a revision to what it depends on, and back.
    All,
}

/// Revisions by position, and the edges between them. Free of cycles.
#[derive(Debug, Clone)]
pub struct Graph {
    ids: Ids,
    labels: Lists<Label>,
    /// Index of a label in `labels` and the revision that carries it, in the order of the labels.
    by_label: Vec<(usize, usize)>,
    coverage: Coverage,
    parents: Lists<usize>,
    children: Lists<usize>,
    dependencies: Lists<usize>,
    dependents: Lists<usize>,
    order: Vec<usize>,
    /// Where a position stands in `order`.
    rank: Vec<usize>,
    heads: Vec<usize>,
    bases: Vec<usize>,
}

impl Graph {
    /// Puts revisions together, and finds every mistake at once.
    ///
    /// What is mistaken is left out, so that the rest is still checked: an edge that leads
    /// nowhere or closes a cycle, and every edge of a revision whose id was already there. The
    /// mistakes come in the order of the revisions that have them.
    pub fn build(nodes: Vec<Node<'_>>) -> (Self, Vec<GraphError>) {
        build::build(nodes)
    }

    /// How many revisions there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no revision.
    pub fn is_empty(&self) -> bool {
        self.ids.len() == 0
    }

    /// The id of a revision.
    pub fn id(&self, position: usize) -> &RevisionId {
        self.ids.id(position)
    }

    /// The revision that has exactly this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.ids.position(id)
    }

    /// The revisions whose id starts with this text, in the order of their ids.
    pub fn with_prefix(&self, prefix: &str) -> Vec<usize> {
        self.ids.with_prefix(prefix)
    }

    /// What a revision revises, in the order of its header.
    pub fn parents(&self, position: usize) -> &[usize] {
        self.parents.get(position)
    }

    /// What revises a revision.
    pub fn children(&self, position: usize) -> &[usize] {
        self.children.get(position)
    }

    /// What a revision depends on, parents aside, in the order of its header.
    pub fn dependencies(&self, position: usize) -> &[usize] {
        self.dependencies.get(position)
    }

    /// What depends on a revision, children aside.
    pub fn dependents(&self, position: usize) -> &[usize] {
        self.dependents.get(position)
    }

    /// The labels that a revision itself carries, in the order of its header.
    pub fn labels(&self, position: usize) -> &[Label] {
        self.labels.get(position)
    }

    /// The revision that carries exactly this label.
    pub fn label_position(&self, label: &str) -> Option<usize> {
        let at = |entry: &(usize, usize)| self.labels.item(entry.0).as_str().cmp(label);
        self.by_label.binary_search_by(at).ok().map(|index| self.by_label[index].1)
    }

    /// Every label of the chain, in order, with the revision that carries it.
    pub fn all_labels(&self) -> impl Iterator<Item = (&Label, usize)> {
        self.by_label.iter().map(|&(label, position)| (self.labels.item(label), position))
    }

    /// The labels that cover a revision, in order: its own, those of its ancestors, and those of
    /// its descendants up to where the chain next branches or merges.
    pub fn branch_labels(&self, position: usize) -> Vec<&Label> {
        let (below, above) = self.coverage.of(position);
        let mut ranks = [below, above].concat();
        ranks.sort_unstable();
        ranks.dedup();
        let label = |rank| self.labels.item(self.by_label[rank as usize].0);
        ranks.into_iter().map(label).collect()
    }

    /// The revisions that nothing revises.
    pub fn heads(&self) -> &[usize] {
        &self.heads
    }

    /// The heads on which nothing depends.
    pub fn effective_heads(&self) -> Vec<usize> {
        self.heads.iter().copied().filter(|&head| self.dependents(head).is_empty()).collect()
    }

    /// The revisions that revise nothing.
    pub fn bases(&self) -> &[usize] {
        &self.bases
    }

    /// Whether nothing revises a revision.
    pub fn is_head(&self, position: usize) -> bool {
        self.heads.binary_search(&position).is_ok()
    }

    /// Whether a revision revises nothing.
    pub fn is_base(&self, position: usize) -> bool {
        self.bases.binary_search(&position).is_ok()
    }

    /// Whether several revisions revise this one.
    pub fn is_branch_point(&self, position: usize) -> bool {
        self.children(position).len() > 1
    }

    /// Whether a revision revises several.
    pub fn is_merge_point(&self, position: usize) -> bool {
        self.parents(position).len() > 1
    }

    /// The revisions that several revise.
    pub fn branch_points(&self) -> Vec<usize> {
        (0..self.len()).filter(|&position| self.is_branch_point(position)).collect()
    }

    /// All revisions, each after its parents and its dependencies; of those that may come next,
    /// the one that was given first.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Where a revision stands in [`Graph::order`].
    pub fn rank(&self, position: usize) -> usize {
        self.rank[position]
    }

    /// What a revision is built on, itself left out, in the order of [`Graph::order`].
    pub fn ancestors(&self, position: usize, links: Links) -> Vec<usize> {
        self.in_order(position, |at, next| {
            next.extend_from_slice(self.parents(at));
            if links == Links::All {
                next.extend_from_slice(self.dependencies(at));
            }
        })
    }

    /// What is built on a revision, itself left out, in the order of [`Graph::order`].
    pub fn descendants(&self, position: usize, links: Links) -> Vec<usize> {
        self.in_order(position, |at, next| {
            next.extend_from_slice(self.children(at));
            if links == Links::All {
                next.extend_from_slice(self.dependents(at));
            }
        })
    }

    /// The lowest revision of the branch that a revision is on: down from it as long as no other
    /// branch starts or ends there.
    pub fn branch_root(&self, position: usize) -> usize {
        let inside = |at| !self.is_branch_point(at) && !self.is_merge_point(at);
        let mut root = position;
        while inside(root) {
            match *self.parents(root) {
                [parent] if inside(parent) => root = parent,
                _ => break,
            }
        }
        root
    }

    /// The heads that make the chain ambiguous: several heads are told apart by labels, so each
    /// needs one that covers no other head. Empty where the chain is unambiguous.
    pub fn ambiguous_heads(&self) -> Vec<usize> {
        if self.heads.len() < 2 {
            return Vec::new();
        }
        // Nothing reaches a head from above, so all of its labels come from below.
        let labels = |head| self.coverage.of(head).0;
        let mut covered_heads = vec![0_usize; self.by_label.len()];
        for &label in self.heads.iter().flat_map(|&head| labels(head)) {
            covered_heads[label as usize] += 1;
        }
        let told_apart =
            |head| labels(head).iter().any(|&label| covered_heads[label as usize] == 1);
        self.heads.iter().copied().filter(|&head| !told_apart(head)).collect()
    }

    /// The bases that make the chain ambiguous: of several, all but one need a label on them or
    /// on the unbranched line above them. Empty where the chain is unambiguous.
    pub fn ambiguous_bases(&self) -> Vec<usize> {
        let is_unlabelled = |&base: &usize| self.coverage.of(base) == (&[], &[]);
        let unlabelled: Vec<usize> = self.bases.iter().copied().filter(is_unlabelled).collect();
        if unlabelled.len() > 1 { unlabelled } else { Vec::new() }
    }

    /// Marks the starts and all that they are built on.
    pub(crate) fn mark_below(&self, starts: &[usize], links: Links) -> Vec<bool> {
        let mut marks = vec![false; self.len()];
        let mut stack = starts.to_vec();
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut marks[at], true) {
                stack.extend_from_slice(self.parents(at));
                if links == Links::All {
                    stack.extend_from_slice(self.dependencies(at));
                }
            }
        }
        marks
    }

    /// Marks the starts and all that is built on them.
    pub(crate) fn mark_above(&self, starts: &[usize], links: Links) -> Vec<bool> {
        let mut marks = vec![false; self.len()];
        let mut stack = starts.to_vec();
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut marks[at], true) {
                stack.extend_from_slice(self.children(at));
                if links == Links::All {
                    stack.extend_from_slice(self.dependents(at));
                }
            }
        }
        marks
    }

    /// Marks a revision, what it revises however far down, and what revises it however far up.
    pub(crate) fn mark_lineage(&self, position: usize) -> Vec<bool> {
        let mut marks = self.mark_below(&[position], Links::Parents);
        for (mark, above) in marks.iter_mut().zip(self.mark_above(&[position], Links::Parents)) {
            *mark |= above;
        }
        marks
    }

    /// The positions of a set on which no other of the set is built, ascending.
    pub(crate) fn tips(&self, is_member: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut built_on = vec![false; self.len()];
        for &at in self.order.iter().rev() {
            if built_on[at] || is_member(at) {
                for &parent in self.parents(at) {
                    built_on[parent] = true;
                }
            }
        }
        (0..self.len()).filter(|&at| is_member(at) && !built_on[at]).collect()
    }

    fn in_order(&self, start: usize, neighbours: impl Fn(usize, &mut Vec<usize>)) -> Vec<usize> {
        let mut seen = vec![false; self.len()];
        seen[start] = true;
        let (mut found, mut stack) = (Vec::new(), Vec::new());
        neighbours(start, &mut stack);
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                found.push(at);
                neighbours(at, &mut stack);
            }
        }
        found.sort_unstable_by_key(|&at| self.rank[at]);
        found
    }
}
