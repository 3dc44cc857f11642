//! Chains for tests, written in short.

use std::borrow::Cow;

use crate::{
    Applied, Chain, Checksum, Down, Graph, GraphError, Label, Node, Revision, RevisionId, Section,
    Statement,
};

pub(crate) fn id(text: &str) -> RevisionId {
    RevisionId::new(text).unwrap()
}

/// Reads revisions, one a line: `ID < PARENTS > DEPENDENCIES # LABELS`, each part but the first
/// optional, and its items with spaces between.
pub(crate) fn revisions(lines: &str) -> Vec<Revision> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(revision).collect()
}

fn revision(line: &str) -> Revision {
    let mut part = "";
    let mut revision = Revision {
        id: id("unnamed"),
        parents: Vec::new(),
        depends_on: Vec::new(),
        labels: Vec::new(),
        title: format!("what {line} does"),
        created: "2026-11-22 01:15:00 UTC".to_owned(),
        path: String::new(),
        text: Cow::Borrowed("SELECT 1; SELECT 2;"),
        checksum: Checksum { up: "a1".to_owned(), down: Some("b2".to_owned()) },
        up: Section { statements: vec![Statement { range: 0..8 }], ..Section::default() },
        down: Down::Section(Section {
            statements: vec![Statement { range: 10..18 }],
            ..Section::default()
        }),
    };
    for word in line.split_whitespace() {
        match (word, part) {
            ("<" | ">" | "#", _) => part = word,
            (_, "<") => revision.parents.push(id(word)),
            (_, ">") => revision.depends_on.push(word.to_owned()),
            (_, "#") => revision.labels.push(Label::new(word).unwrap()),
            (_, _) => revision.id = id(word),
        }
    }
    revision.path = format!("migrations/{}.sql", revision.id);
    revision
}

pub(crate) fn chain(lines: &str) -> Chain {
    Chain::new(revisions(lines)).unwrap()
}

pub(crate) fn graph(lines: &str) -> Graph {
    chain(lines).graph().clone()
}

pub(crate) fn mistakes(lines: &str) -> (Graph, Vec<GraphError>) {
    Graph::build(revisions(lines).iter().map(Node::from).collect())
}

/// What is applied: ids with spaces between.
pub(crate) fn applied(ids: &str) -> Applied {
    ids.split_whitespace().map(|text| (id(text), None)).collect()
}

/// The ids of positions, with spaces between.
pub(crate) fn names(graph: &Graph, positions: &[usize]) -> String {
    let names: Vec<&str> = positions.iter().map(|&at| graph.id(at).as_str()).collect();
    names.join(" ")
}

/// Numbers that look random and are the same on every run.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below the limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        // Knuth's linear congruential generator; its upper bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Revisions in an order in which each comes after what it needs, with branches, merges,
/// dependencies and several bases.
pub(crate) fn generated(count: usize, numbers: &mut Numbers) -> Chain {
    let mut lines = Vec::new();
    let mut heads: Vec<usize> = Vec::new();
    for at in 0..count {
        let mut parents = Vec::new();
        match numbers.below(10) {
            // Heads are never built on one another, so any of them can be merged.
            0 | 1 if heads.len() > 1 => {
                for _ in 0..2 {
                    parents.push(heads.remove(numbers.below(heads.len())));
                }
            }
            2 | 3 if at > 0 => parents.push(numbers.below(at)),
            4 => {}
            _ if !heads.is_empty() => parents.push(heads[numbers.below(heads.len())]),
            _ => {}
        }
        heads.retain(|head| !parents.contains(head));
        heads.push(at);
        let parents: Vec<String> = parents.iter().map(|parent| format!(" r{parent}")).collect();
        let dependency = (at > 0 && numbers.below(6) == 0).then(|| numbers.below(at));
        let dependency = dependency.map_or_else(String::new, |on| format!("> r{on}"));
        lines.push(format!("r{at} <{} {dependency}\n", parents.concat()));
    }
    chain(&lines.concat())
}
