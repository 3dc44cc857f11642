//! Whether branches that a merge joins can be applied in either order.

use std::collections::BTreeSet;

use pgmigrate_chain::{Chain, Links};

use super::Replay;
use super::chain::{ScriptsOf, up};
use super::way_back::differences;
use crate::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::dump::{Parts, parts};

/// Two branches that a revision joins.
pub(super) struct Merge {
    /// The revision that joins them.
    pub(super) revision: usize,
    /// What only the first branch has, in the order of the graph.
    first: Vec<usize>,
    /// What only the second branch has.
    second: Vec<usize>,
    /// The rank of the earliest of both.
    start: usize,
}

impl Merge {
    /// The rank in the graph's order before which neither branch has begun.
    pub(super) fn start(&self) -> usize {
        self.start
    }
}

/// The branches that the merges of a chain join, two by two.
pub(super) fn merges(chain: &Chain) -> Vec<Merge> {
    let graph = chain.graph();
    let lineage = |position: usize| -> BTreeSet<usize> {
        graph.ancestors(position, Links::All).into_iter().chain([position]).collect()
    };
    let in_order = |side: Vec<usize>| {
        let mut side = side;
        side.sort_by_key(|position| graph.rank(*position));
        side
    };
    let mut merges = Vec::new();
    for &revision in graph.order() {
        let parents = graph.parents(revision);
        for (index, &left) in parents.iter().enumerate() {
            for &right in parents.get(index + 1..).unwrap_or_default() {
                let (a, b) = (lineage(left), lineage(right));
                let first = in_order(a.difference(&b).copied().collect());
                let second = in_order(b.difference(&a).copied().collect());
                let start = first.iter().chain(&second).map(|it| graph.rank(*it)).min();
                if let Some(start) = start.filter(|_| !first.is_empty() && !second.is_empty()) {
                    merges.push(Merge { revision, first, second, start });
                }
            }
        }
    }
    merges
}

/// What one order of the branches comes to.
struct Result {
    refused: Vec<(usize, Diagnostic)>,
    parts: Parts,
    known: bool,
}

/// Applies both branches in both orders to the schema from before them, and compares.
pub(super) fn conflict(
    chain: &Chain,
    scripts: &mut ScriptsOf<'_>,
    merge: &Merge,
    start: &Replay,
) -> Option<Diagnostic> {
    let graph = chain.graph();
    let sides: BTreeSet<usize> = merge.first.iter().chain(&merge.second).copied().collect();
    let needed: BTreeSet<usize> =
        sides.iter().flat_map(|position| graph.ancestors(*position, Links::All)).collect();
    // What both branches have, and the graph's order puts between them.
    let common: Vec<usize> = graph
        .order()
        .get(merge.start..)
        .unwrap_or_default()
        .iter()
        .filter(|position| needed.contains(position) && !sides.contains(position))
        .copied()
        .collect();
    let mut apply = |orders: [&[usize]; 3]| {
        let mut replay = start.clone();
        replay.catalog_mut().forget();
        let mark = replay.catalog().mark();
        let mut refused = Vec::new();
        for &position in orders.into_iter().flatten() {
            let found = up(&mut replay, chain.revision(position), &scripts.get(position).up);
            let error = found.into_iter().find(Diagnostic::is_error);
            refused.extend(error.map(|error| (position, error)));
        }
        let touched = replay.catalog().touched_since(mark);
        let parts = parts(replay.catalog(), &touched);
        Result { refused, parts, known: replay.catalog().opaque.is_none() }
    };
    let one = apply([&common, &merge.first, &merge.second]);
    let other = apply([&common, &merge.second, &merge.first]);
    if !one.known || !other.known {
        return None;
    }
    let only = |these: &Result, those: &Result| {
        let news = |it: &&(usize, Diagnostic)| !those.refused.iter().any(|that| that.0 == it.0);
        these.refused.iter().find(news).cloned()
    };
    let name = |side: &[usize]| {
        side.last().map_or("", |position| chain.revision(*position).id.as_str()).to_owned()
    };
    let (first, second) = (name(&merge.first), name(&merge.second));
    let revision = chain.revision(merge.revision);
    let finding = |message: String| {
        Diagnostic::new(Code::BranchesConflict, message)
            .at(Span::file(&revision.path))
            .about(&revision.id)
            .help("a database applies first what it had first, so both orders must give the same")
            .help("let one branch come after the other: `-- Depends On: REVISION` in its header")
    };
    let failure = only(&one, &other)
        .map(|it| (it, &first, &second))
        .or_else(|| only(&other, &one).map(|it| (it, &second, &first)));
    if let Some(((position, error), before, after)) = failure {
        let id = &chain.revision(position).id;
        let mut finding = finding(format!(
            "branches {first} and {second} conflict: with {before} before {after}, revision {id} \
             fails: {}",
            error.message
        ));
        finding.secondary.extend(error.primary.map(|span| span.label("this fails then")));
        return Some(finding);
    }
    let changes = differences(&one.parts, &other.parts);
    let (then, now) = changes.first()?;
    let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "nothing".to_owned());
    Some(
        finding(format!(
            "branches {first} and {second} conflict: the schema depends on which comes first"
        ))
        .help(format!("with {first} before {second}: {}", text(then)))
        .help(format!("with {second} before {first}: {}", text(now))),
    )
}
