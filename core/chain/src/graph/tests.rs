use std::time::Instant;

use super::{Graph, GraphError, Links, Node};
use crate::testing::{Numbers, generated, graph, id, mistakes, names};
use crate::{Label, RevisionId};

/// A branch that is merged again, one that stays open, and a chain of its own that depends on
/// the first.
const BRANCHED: &str = "
    a
    b < a
    c < a
    d < b c
    e < d        # left
    f < d        # right
    g < f
    x            # other
    y < x > c
";

#[test]
fn edges_go_both_ways() {
    let graph = graph(BRANCHED);
    let at = |name| graph.position(name).unwrap();
    assert_eq!(graph.len(), 9);
    assert_eq!(names(&graph, graph.parents(at("d"))), "b c");
    assert_eq!(names(&graph, graph.children(at("a"))), "b c");
    assert_eq!(names(&graph, graph.dependencies(at("y"))), "c");
    assert_eq!(names(&graph, graph.dependents(at("c"))), "y");
    assert_eq!(names(&graph, graph.heads()), "e g y");
    assert_eq!(names(&graph, graph.bases()), "a x");
    assert_eq!(names(&graph, &graph.branch_points()), "a d");
    assert!(graph.is_merge_point(at("d")) && !graph.is_merge_point(at("y")));
    assert!(graph.is_head(at("g")) && !graph.is_head(at("f")));
    assert!(graph.is_base(at("x")) && !graph.is_base(at("y")));
    assert_eq!(names(&graph, &graph.ancestors(at("e"), Links::All)), "a b c d");
    assert_eq!(names(&graph, &graph.ancestors(at("y"), Links::All)), "a c x");
    assert_eq!(names(&graph, &graph.ancestors(at("y"), Links::Parents)), "x");
    assert_eq!(names(&graph, &graph.descendants(at("c"), Links::All)), "d e f g y");
    assert_eq!(names(&graph, &graph.descendants(at("c"), Links::Parents)), "d e f g");
}

#[test]
fn a_head_that_something_depends_on_is_not_effective() {
    let graph = graph("a\n b < a\n x > b # other");
    assert_eq!(names(&graph, graph.heads()), "b x");
    assert_eq!(names(&graph, &graph.effective_heads()), "x");
}

#[test]
fn names_are_found() {
    let graph = graph("ab\n abc < ab\n abd < abc # one\n b < abd # two");
    assert_eq!(graph.position("abc"), Some(1));
    assert_eq!(graph.position("a"), None);
    assert_eq!(names(&graph, &graph.with_prefix("ab")), "ab abc abd");
    assert_eq!(names(&graph, &graph.with_prefix("abc")), "abc");
    assert_eq!(names(&graph, &graph.with_prefix("c")), "");
    assert_eq!(names(&graph, &graph.with_prefix("")), "ab abc abd b");
    assert_eq!(graph.label_position("two"), Some(3));
    assert_eq!(graph.label_position("tw"), None);
    let labels: Vec<String> = graph.all_labels().map(|(label, _)| label.to_string()).collect();
    assert_eq!(labels, ["one", "two"]);
}

#[test]
fn order_is_topological_and_else_as_given() {
    for (lines, order) in [
        ("a\n b < a\n c < b", "a b c"),
        ("c < b\n b < a\n a", "a b c"),
        ("z\n a\n m < a z", "z a m"),
        // `b` was given before `x`, but has to wait for it.
        ("a\n b < a > x\n c < b\n x", "a x b c"),
        ("d < b c\n c < a\n b < a\n a", "a c b d"),
    ] {
        let graph = graph(lines);
        assert_eq!(names(&graph, graph.order()), order, "{lines}");
        for (rank, &at) in graph.order().iter().enumerate() {
            assert_eq!(graph.rank(at), rank);
        }
    }
}

#[test]
fn labels_cover_their_branch() {
    let lines = "
        a
        b < a
        l1 < b
        l2 < l1     # left
        l3 < l2
        r1 < b
        r2 < r1     # right extra
        m < l3 r2
        h < m       # top
    ";
    let graph = graph(lines);
    let covered = |name| {
        let labels = graph.branch_labels(graph.position(name).unwrap());
        labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(" ")
    };
    for (name, labels) in [
        // Backwards to the branch point, which is not covered itself.
        ("a", ""),
        ("b", ""),
        ("l1", "left"),
        ("l2", "left"),
        ("r1", "extra right"),
        // Forwards to everything.
        ("l3", "left"),
        ("m", "extra left right"),
        ("h", "extra left right top"),
    ] {
        assert_eq!(covered(name), labels, "{name}");
    }
    let root = |name| graph.id(graph.branch_root(graph.position(name).unwrap())).as_str();
    for (name, lowest) in
        [("l2", "l1"), ("l3", "l1"), ("r1", "r1"), ("h", "h"), ("m", "m"), ("b", "b"), ("a", "a")]
    {
        assert_eq!(root(name), lowest, "{name}");
    }
}

#[test]
fn heads_are_told_apart_by_labels() {
    for (lines, ambiguous) in [
        ("", ""),
        ("a", ""),
        ("a\n b < a\n c < a", "b c"),
        ("a\n b < a # left\n c < a", "c"),
        ("a\n b < a # left\n c < a # right", ""),
        // Inherited from an ancestor.
        ("a\n b < a # left\n b2 < b\n c < a # right", ""),
        // A label that covers both tells nothing.
        ("a # all\n b < a\n c < a", "b c"),
        ("a # all\n b < a # left\n c < a", "c"),
        // One branch splits again.
        ("a\n b < a # left\n b1 < b\n b2 < b\n c < a # right", "b1 b2"),
        ("a\n b < a # left\n b1 < b # one\n b2 < b # two\n c < a # right", ""),
        // Two chains.
        ("a # one\n b # two", ""),
        ("a # one\n b", "b"),
        ("a\n b", "a b"),
        ("a # one\n b # two\n m < a b\n n < m\n o < m # top", "n"),
    ] {
        let graph = graph(lines);
        assert_eq!(names(&graph, &graph.ambiguous_heads()), ambiguous, "{lines}");
    }
}

#[test]
fn bases_are_told_apart_by_labels() {
    for (lines, ambiguous) in [
        ("", ""),
        ("a", ""),
        ("a\n b", "a b"),
        ("a # one\n b", ""),
        ("a # one\n b # two", ""),
        ("a # one\n b\n c", "b c"),
        // The label reaches back to the base.
        ("a\n a2 < a # one\n b", ""),
        ("a\n a2 < a\n a3 < a # one\n b", "a b"),
    ] {
        let graph = graph(lines);
        assert_eq!(names(&graph, &graph.ambiguous_bases()), ambiguous, "{lines}");
    }
}

#[test]
fn every_mistake_is_found_with_its_place() {
    for (lines, expected) in [
        ("a\n b < a\n a < b", "2: revision a is present more than once"),
        (
            "a\n a\n a",
            "1: revision a is present more than once
                       2: revision a is present more than once",
        ),
        ("a\n b < nope a", "1: the parent revision nope does not exist"),
        ("a < a", "0: revision a revises itself"),
        ("a\n b < a a", "1: the parent revision a is named twice"),
        (
            "a < c\n b < a\n c < b",
            "0: revisions need one another in a circle: \
                                   a needs c needs b needs a",
        ),
        ("a > b\n b > a", "0: revisions need one another in a circle: a needs b needs a"),
        // By a parent one way, by a dependency the other.
        ("a > b\n b < a", "0: revisions need one another in a circle: a needs b needs a"),
        // By both at once: one circle.
        ("a > b\n b < a > a", "0: revisions need one another in a circle: a needs b needs a"),
        // A circle further up does not hide one further down, nor what stands on both.
        (
            "z < d\n a < b\n b < a\n c < d\n d < c b\n e < d nope",
            "1: revisions need one another in a circle: a needs b needs a
          3: revisions need one another in a circle: c needs d needs c
          5: the parent revision nope does not exist",
        ),
        // Two circles with a revision in common.
        (
            "a < b\n b < a c\n c < b",
            "0: revisions need one another in a circle: a needs b needs a
          1: revisions need one another in a circle: b needs c needs b",
        ),
        ("a\n b < a\n c < b\n m < a c", "3: there is nothing to merge: c already descends from a"),
        ("a\n b < a\n m < b a", "2: there is nothing to merge: b already descends from a"),
        ("a\n b < a\n x\n m < x b a", "3: there is nothing to merge: b already descends from a"),
        // Depending on an ancestor of another is nobody's mistake.
        ("a\n b < a\n c < b > a", ""),
        ("a\n b < a > nope", "1: the dependency `nope` is neither a revision nor a branch label"),
        // Dependencies are named in full.
        ("abc\n b < abc > ab", "1: the dependency `ab` is neither a revision nor a branch label"),
        ("a > a", "0: the dependency `a` is the revision itself"),
        ("a > l # l", "0: the dependency `l` is the revision itself"),
        ("a # l\n b < a # l", "1: the branch label `l` is used more than once"),
        ("a # l l", "0: the branch label `l` is used more than once"),
        ("a # b\n b < a", "0: the branch label `b` is also the id of a revision"),
        // All of them at once, in the order of the revisions.
        (
            "a < a nope > gone\n a\n b < a # a",
            "0: revision a revises itself
          0: the parent revision nope does not exist
          0: the dependency `gone` is neither a revision nor a branch label
          1: revision a is present more than once
          2: the branch label `a` is also the id of a revision",
        ),
    ] {
        let (graph, errors) = mistakes(lines);
        let found: Vec<String> = errors.iter().map(|e| format!("{}: {e}", e.node())).collect();
        let expected: Vec<&str> = expected.lines().map(str::trim).collect();
        assert_eq!(found, expected, "{lines}");
        // Mistakes do not stop the rest from being answered.
        assert_eq!(graph.order().len(), graph.len(), "{lines}");
    }
}

#[test]
fn mistakes_point_at_what_is_wrong() {
    let parent = |name: &str| id(name);
    let label = |name: &str| Label::new(name).unwrap();
    let errors = mistakes("a\n b < a nope a # l\n c < b > b x # k l").1;
    assert_eq!(
        errors,
        [
            GraphError::MissingParent { node: 1, parent_index: 1, parent: parent("nope") },
            GraphError::RepeatedParent { node: 1, parent_index: 2, parent: parent("a") },
            GraphError::DuplicateLabel { first: 1, second: 2, label_index: 1, label: label("l") },
            GraphError::MissingDependency { node: 2, dependency_index: 1, name: "x".to_owned() },
        ]
    );
}

#[test]
fn what_is_mistaken_is_left_out() {
    let (graph, _) = mistakes("a\n b < a nope > gone\n a < b\n c < b d\n d < c\n e < d");
    assert_eq!(graph.position("a"), Some(0));
    // The second `a` has no place in the graph, and a revision with a lost parent is no base.
    assert_eq!(names(&graph, graph.bases()), "a");
    assert_eq!(names(&graph, graph.heads()), "e");
    assert_eq!(names(&graph, graph.order()), "a b a d c e");
}

#[test]
fn generated_chains_are_ordered() {
    let mut numbers = Numbers::new(7);
    for count in 0..60 {
        let chain = generated(count, &mut numbers);
        let graph = chain.graph();
        let mut sorted = graph.order().to_vec();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..count));
        for at in 0..count {
            let needs = graph.parents(at).iter().chain(graph.dependencies(at));
            assert!(needs.copied().all(|need| graph.rank(need) < graph.rank(at)));
            let ancestors = graph.ancestors(at, Links::All);
            for other in 0..count {
                // The two directions agree, and so do the two ways to ask.
                let descends = graph.descendants(other, Links::All).contains(&at);
                assert_eq!(ancestors.contains(&other), descends);
                assert_eq!(graph.mark_below(&[at], Links::All)[other], descends || at == other);
            }
        }
        // With nothing to wait for, the smallest position comes next.
        assert!(graph.order().iter().copied().eq(0..count));
    }
}

/// Revisions by numbers, without the cost of reading them from text.
struct Numbered {
    ids: Vec<RevisionId>,
    parents: Vec<Vec<RevisionId>>,
    labels: Vec<Vec<Label>>,
}

impl Numbered {
    /// Every so many revisions, one carries a label.
    fn new(parents: &[Vec<usize>], label_every: Option<usize>) -> Self {
        let ids: Vec<RevisionId> = (0..parents.len()).map(|at| id(&format!("r{at:06}"))).collect();
        let of = |list: &Vec<usize>| list.iter().map(|&at| ids[at].clone()).collect();
        let parents = parents.iter().map(of).collect();
        let label = |at: usize| {
            let carries = label_every.is_some_and(|every| at % every == 1);
            carries.then(|| Label::new(format!("l{at}")).unwrap()).into_iter().collect()
        };
        let labels = (0..ids.len()).map(label).collect();
        Self { ids, parents, labels }
    }

    fn nodes(&self) -> Vec<Node<'_>> {
        let node = |at: usize| Node {
            id: &self.ids[at],
            parents: &self.parents[at],
            depends_on: &[],
            labels: &self.labels[at],
        };
        (0..self.ids.len()).map(node).collect()
    }
}

fn numbered(parents: &[Vec<usize>], label_every: Option<usize>) -> (Graph, Vec<GraphError>) {
    Graph::build(Numbered::new(parents, label_every).nodes())
}

/// A line of that many revisions.
fn line(count: usize) -> Vec<Vec<usize>> {
    (0..count).map(|at| at.checked_sub(1).into_iter().collect()).collect()
}

/// A trunk from which branches of that many revisions start, each merged before the next.
fn ladder(branches: usize, length: usize) -> Vec<Vec<usize>> {
    let mut parents: Vec<Vec<usize>> = vec![vec![]];
    for _ in 0..branches {
        let trunk = parents.len() - 1;
        let mut tips = Vec::new();
        for _ in 0..2 {
            let mut tip = trunk;
            for _ in 0..length {
                parents.push(vec![tip]);
                tip = parents.len() - 1;
            }
            tips.push(tip);
        }
        parents.push(tips);
    }
    parents
}

/// A branch that is as old as the trunk, and takes every revision of the trunk in by a merge.
fn synced(count: usize) -> Vec<Vec<usize>> {
    let mut parents: Vec<Vec<usize>> = vec![vec![], vec![0], vec![0]];
    let (mut trunk, mut branch) = (1, 2);
    for _ in 0..count {
        parents.push(vec![branch, trunk]);
        branch = parents.len() - 1;
        parents.push(vec![trunk]);
        trunk = parents.len() - 1;
    }
    parents
}

#[test]
fn long_chains_are_built() {
    for count in [10_000, 100_000] {
        let (graph, errors) = numbered(&line(count), None);
        assert_eq!(errors, []);
        assert!(graph.order().iter().copied().eq(0..count));
        assert_eq!(graph.heads(), [count - 1]);
        assert_eq!(graph.ancestors(count - 1, Links::All).len(), count - 1);
        assert_eq!(graph.descendants(0, Links::Parents).len(), count - 1);
        assert_eq!(graph.position(&format!("r{:06}", count - 1)), Some(count - 1));
        assert_eq!(graph.branch_root(count - 1), 0);
    }
}

#[test]
fn wide_chains_are_built() {
    let (graph, errors) = numbered(&ladder(1_000, 5), Some(11));
    assert_eq!(errors, []);
    assert_eq!(graph.branch_points().len(), 1_000);
    assert_eq!(graph.branch_labels(graph.len() - 1).len(), 1_000);
    assert_eq!(graph.ambiguous_heads(), []);

    let (graph, errors) = numbered(&synced(50_000), None);
    assert_eq!(errors, []);
    assert_eq!(graph.heads().len(), 2);

    // Every revision but the first on the first, and a merge of them all.
    let mut parents = vec![vec![0]; 10_001];
    parents[0].clear();
    parents[10_000] = (1..10_000).collect();
    let (graph, errors) = numbered(&parents, None);
    assert_eq!(errors, []);
    assert_eq!(graph.heads(), [10_000]);
    assert_eq!(graph.branch_points(), [0]);
}

#[test]
fn a_long_circle_is_found() {
    let mut parents = line(100_000);
    parents[0].push(99_999);
    let (graph, errors) = numbered(&parents, None);
    let [GraphError::Cycle { nodes, .. }] = &*errors else { panic!("{}", errors.len()) };
    assert!(nodes.iter().copied().eq(std::iter::once(0).chain((1..100_000).rev())));
    assert_eq!(graph.order().len(), 100_000);
}

#[test]
#[ignore = "prints how long it takes, and asserts nothing of that"]
fn timings() {
    for (name, parents, label_every) in [
        ("line of 10,000", line(10_000), None),
        ("line of 100,000", line(100_000), None),
        ("line of 10,000, 100 labels", line(10_000), Some(100)),
        ("1,000 branches and merges", ladder(1_000, 5), None),
        ("1,000 branches and merges, 1,000 labels", ladder(1_000, 5), Some(11)),
        ("branch in sync with 5,000", synced(5_000), None),
        ("branch in sync with 50,000", synced(50_000), None),
    ] {
        let numbered = Numbered::new(&parents, label_every);
        let nodes = numbered.nodes();
        let start = Instant::now();
        let (graph, errors) = Graph::build(nodes);
        let built = start.elapsed();
        assert_eq!(errors, []);
        let start = Instant::now();
        let covered: usize = (0..graph.len()).map(|at| graph.branch_labels(at).len()).sum();
        println!("{name}: {built:?}; {covered} labels: {:?}", start.elapsed());
    }
}
