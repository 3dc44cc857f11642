//! From what headers say to a graph, with every mistake on the way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::coverage::{Coverage, Rank};
use super::ids::Ids;
use super::lists::Lists;
use super::{Graph, GraphError, Node};
use crate::Label;

pub(super) fn build(nodes: Vec<Node<'_>>) -> (Graph, Vec<GraphError>) {
    let mut builder = Builder::new(nodes);
    let labels = builder.labels();
    let mut parents = builder.parents();
    let mut dependencies = builder.dependencies(&labels);
    let mut children = parents.reversed();
    let mut dependents = dependencies.reversed();
    // Before anything is cut: what a circle stands on did not become a head by that.
    let is_head = |at: &usize| children.get(*at).is_empty() && !builder.repeated[*at];
    let heads = (0..builder.nodes.len()).filter(is_head).collect();
    let mut order = order(&parents, &dependencies, &children, &dependents);
    if order.len() < builder.nodes.len() {
        (parents, dependencies) = builder.cut_cycles(&order, &parents, &dependencies);
        children = parents.reversed();
        dependents = dependencies.reversed();
        order = self::order(&parents, &dependencies, &children, &dependents);
    }
    builder.redundant_parents(&order, &parents, &children);

    let Builder { nodes, ids, repeated, mut errors } = builder;
    errors.sort_by_key(GraphError::node);
    let mut rank = vec![0; order.len()];
    for (index, &position) in order.iter().enumerate() {
        rank[position] = index;
    }
    let coverage = Coverage::new(&labels.ranks(), &parents, &children, &order);
    let is_base = |at: &usize| nodes[*at].parents.is_empty() && !repeated[*at];
    let graph = Graph {
        heads,
        bases: (0..nodes.len()).filter(is_base).collect(),
        ids,
        labels: labels.lists,
        by_label: labels.sorted,
        coverage,
        parents,
        children,
        dependencies,
        dependents,
        order,
        rank,
    };
    (graph, errors)
}

struct Labels {
    lists: Lists<Label>,
    /// Index of a label in `lists` and the revision that carries it, in the order of the labels.
    sorted: Vec<(usize, usize)>,
}

impl Labels {
    /// For every revision, where its labels stand in their order.
    fn ranks(&self) -> Lists<Rank> {
        let mut ranks = vec![None; self.lists.items().len()];
        for (rank, &(label, _)) in (0..).zip(&self.sorted) {
            ranks[label] = Some(rank);
        }
        let mut lists = Lists::new();
        let mut ranks = ranks.into_iter();
        for position in 0..self.lists.len() {
            lists.push(ranks.by_ref().take(self.lists.get(position).len()).flatten());
        }
        lists
    }
}

struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    ids: Ids,
    /// Whether a revision has an id that an earlier one has.
    repeated: Vec<bool>,
    errors: Vec<GraphError>,
}

impl<'a> Builder<'a> {
    fn new(nodes: Vec<Node<'a>>) -> Self {
        let (ids, equal) = Ids::new(nodes.iter().map(|node| node.id.clone()).collect());
        let mut repeated = vec![false; nodes.len()];
        let mut errors = Vec::new();
        for (first, second) in equal {
            repeated[second] = true;
            let id = ids.id(first).clone();
            errors.push(GraphError::DuplicateRevision { first, second, id });
        }
        Self { nodes, ids, repeated, errors }
    }

    fn labels(&mut self) -> Labels {
        let mut lists = Lists::new();
        let mut sorted = Vec::new();
        for (node, entry) in self.nodes.iter().enumerate() {
            for (label_index, label) in entry.labels.iter().enumerate() {
                match self.ids.position(label.as_str()) {
                    Some(revision) => self.errors.push(GraphError::LabelIsRevision {
                        node,
                        label_index,
                        label: label.clone(),
                        revision,
                    }),
                    None => sorted.push((lists.items().len() + label_index, node)),
                }
            }
            lists.push(entry.labels.iter().cloned());
        }
        sorted.sort_by_key(|&(label, _)| lists.item(label));
        sorted.dedup_by(|second, first| {
            let label: &Label = lists.item(second.0);
            let same = lists.item(first.0) == label;
            if same {
                self.errors.push(GraphError::DuplicateLabel {
                    first: first.1,
                    second: second.1,
                    label_index: second.0 - lists.start(second.1),
                    label: label.clone(),
                });
            }
            same
        });
        Labels { lists, sorted }
    }

    fn parents(&mut self) -> Lists<usize> {
        let mut parents = Lists::new();
        let mut list = Vec::new();
        for (node, entry) in self.nodes.iter().enumerate() {
            for (parent_index, parent) in entry.parents.iter().enumerate() {
                let error = match self.ids.position(parent.as_str()) {
                    _ if entry.parents[..parent_index].contains(parent) => {
                        let parent = parent.clone();
                        GraphError::RepeatedParent { node, parent_index, parent }
                    }
                    _ if parent == entry.id => {
                        GraphError::SelfParent { node, parent_index, id: parent.clone() }
                    }
                    None => {
                        let parent = parent.clone();
                        GraphError::MissingParent { node, parent_index, parent }
                    }
                    Some(position) => {
                        list.push(position);
                        continue;
                    }
                };
                self.errors.push(error);
            }
            if self.repeated[node] {
                list.clear();
            }
            parents.push(list.drain(..));
        }
        parents
    }

    fn dependencies(&mut self, labels: &Labels) -> Lists<usize> {
        let by_label = |name: &str| {
            let at = |entry: &(usize, usize)| labels.lists.item(entry.0).as_str().cmp(name);
            labels.sorted.binary_search_by(at).ok().map(|index| labels.sorted[index].1)
        };
        let mut dependencies = Lists::new();
        let mut list = Vec::new();
        for (node, entry) in self.nodes.iter().enumerate() {
            for (dependency_index, name) in entry.depends_on.iter().enumerate() {
                let found = self.ids.position(name).or_else(|| by_label(name));
                let name = || name.clone();
                match found {
                    None => self.errors.push(GraphError::MissingDependency {
                        node,
                        dependency_index,
                        name: name(),
                    }),
                    Some(position) if self.nodes[position].id == entry.id => {
                        self.errors.push(GraphError::SelfDependency {
                            node,
                            dependency_index,
                            name: name(),
                        });
                    }
                    // Named twice, once by its label perhaps: harmless.
                    Some(position) if list.contains(&position) => {}
                    Some(position) => list.push(position),
                }
            }
            if self.repeated[node] {
                list.clear();
            }
            dependencies.push(list.drain(..));
        }
        dependencies
    }

    /// Finds the cycles among the revisions that have no place in the order, and cuts each at
    /// the edge that closes it.
    fn cut_cycles(
        &mut self,
        order: &[usize],
        parents: &Lists<usize>,
        dependencies: &Lists<usize>,
    ) -> (Lists<usize>, Lists<usize>) {
        #[derive(Clone, Copy, PartialEq)]
        enum Walk {
            Ahead,
            Under,
            Done,
        }

        let mut walks = vec![Walk::Ahead; self.nodes.len()];
        for &position in order {
            walks[position] = Walk::Done;
        }
        let (mut cut_parents, mut cut_dependencies) = (Vec::new(), Vec::new());
        let mut cycles = Vec::new();
        // A revision under way, and how many of its parents and dependencies were followed.
        let mut path: Vec<(usize, usize)> = Vec::new();
        for start in 0..self.nodes.len() {
            if walks[start] != Walk::Ahead {
                continue;
            }
            walks[start] = Walk::Under;
            path.push((start, 0));
            while let Some((at, followed)) = path.last_mut() {
                let (at, index) = (*at, *followed);
                *followed += 1;
                let by_parent = parents.get(at).get(index);
                let index_of_dependency = index.wrapping_sub(parents.get(at).len());
                let next = by_parent.or_else(|| dependencies.get(at).get(index_of_dependency));
                let Some(&next) = next else {
                    walks[at] = Walk::Done;
                    path.pop();
                    continue;
                };
                match walks[next] {
                    Walk::Ahead => {
                        walks[next] = Walk::Under;
                        path.push((next, 0));
                    }
                    Walk::Under => {
                        let closed = path.iter().rposition(|&(on_path, _)| on_path == next);
                        let cycle = &path[closed.unwrap_or_default()..];
                        cycles.push(smallest_first(cycle.iter().map(|&(at, _)| at).collect()));
                        match by_parent {
                            Some(_) => cut_parents.push((at, index)),
                            None => cut_dependencies.push((at, index_of_dependency)),
                        }
                    }
                    Walk::Done => {}
                }
            }
        }
        // A revision that both revises and depends on another closes the same cycle twice.
        cycles.sort();
        cycles.dedup();
        for nodes in cycles {
            let ids = nodes.iter().map(|&at| self.nodes[at].id.clone()).collect();
            self.errors.push(GraphError::Cycle { nodes, ids });
        }
        (parents.without(cut_parents), dependencies.without(cut_dependencies))
    }

    /// Finds merges that have a parent which another of their parents descends from.
    fn redundant_parents(
        &mut self,
        order: &[usize],
        parents: &Lists<usize>,
        children: &Lists<usize>,
    ) {
        // Only a branch point can be reached on two ways, which spares most merges the search.
        let suspects: Vec<(usize, usize)> = (0..self.nodes.len())
            .filter(|&node| parents.get(node).len() > 1)
            .flat_map(|node| parents.get(node).iter().map(move |&parent| (node, parent)))
            .filter(|&(_, parent)| children.get(parent).len() > 1)
            .collect();
        if suspects.is_empty() {
            return;
        }
        let mut depths = vec![0_usize; self.nodes.len()];
        for &at in order {
            let deepest = parents.get(at).iter().map(|&parent| depths[parent] + 1).max();
            depths[at] = deepest.unwrap_or_default();
        }
        // Which search saw a revision last.
        let mut seen = vec![usize::MAX; self.nodes.len()];
        for (search, (node, parent)) in suspects.into_iter().enumerate() {
            // What descends from the parent is deeper than it: the search ends there.
            let deeper = |&at: &usize| depths[at] > depths[parent];
            let others = parents.get(node).iter().copied().filter(deeper);
            let mut stack: Vec<(usize, usize)> = others.map(|other| (other, other)).collect();
            while let Some((at, origin)) = stack.pop() {
                if std::mem::replace(&mut seen[at], search) == search {
                    continue;
                }
                let below = parents.get(at);
                if below.contains(&parent) {
                    let id = self.nodes[parent].id;
                    let names = self.nodes[node].parents;
                    self.errors.push(GraphError::RedundantParent {
                        node,
                        parent_index: names.iter().position(|name| name == id).unwrap_or_default(),
                        parent: id.clone(),
                        reached_through: self.nodes[origin].id.clone(),
                    });
                    break;
                }
                stack.extend(below.iter().copied().filter(deeper).map(|at| (at, origin)));
            }
        }
    }
}

/// All positions, each after those it needs, the smallest first where there is a choice. Those
/// that a cycle holds back are left out.
fn order(
    parents: &Lists<usize>,
    dependencies: &Lists<usize>,
    children: &Lists<usize>,
    dependents: &Lists<usize>,
) -> Vec<usize> {
    let count = parents.len();
    let mut missing: Vec<usize> =
        (0..count).map(|at| parents.get(at).len() + dependencies.get(at).len()).collect();
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..count).filter(|&at| missing[at] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse(at)) = ready.pop() {
        order.push(at);
        for &next in children.get(at).iter().chain(dependents.get(at)) {
            missing[next] -= 1;
            if missing[next] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    order
}

fn smallest_first(mut cycle: Vec<usize>) -> Vec<usize> {
    let smallest = cycle.iter().enumerate().min_by_key(|&(_, &position)| position);
    let index = smallest.map_or(0, |(index, _)| index);
    cycle.rotate_left(index);
    cycle
}
