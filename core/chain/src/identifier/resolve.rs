//! From an identifier to the revisions that it names.

use std::mem;

use super::error::{Choice, IdentifierError, IdentifierErrorKind as Kind};
use super::{Identifier, Point, Purpose, Resolved, Steps};
use crate::revision::RESERVED;
use crate::{Applied, Direction, Graph, RevisionId};

/// The most names that are offered for one that is unknown.
const NEAREST: usize = 3;

pub(super) fn resolve(
    identifier: &Identifier,
    graph: &Graph,
    applied: Option<&Applied>,
    purpose: Purpose,
) -> Result<Resolved, IdentifierError> {
    let mut resolver = Resolver { identifier, graph, applied, purpose, branch: None };
    if let Some(name) = &identifier.branch {
        resolver.branch = Some(Branch::of(graph, resolver.look_up(name)?.position(), name));
    }
    let revisions = resolver.revisions()?;
    let branch = resolver.branch.map(|branch| branch.revision);
    Ok(Resolved { branch, ..Resolved::revisions(revisions) })
}

struct Resolver<'a> {
    identifier: &'a Identifier,
    graph: &'a Graph,
    applied: Option<&'a Applied>,
    purpose: Purpose,
    branch: Option<Branch<'a>>,
}

/// The line of revisions to which an identifier is confined.
struct Branch<'a> {
    /// The revision that stands for the branch.
    revision: usize,
    /// Its ancestors, its descendants and itself.
    lineage: Vec<bool>,
    /// What the branch was called.
    name: &'a str,
}

impl<'a> Branch<'a> {
    fn of(graph: &Graph, revision: usize, name: &'a str) -> Self {
        Self { revision, lineage: graph.mark_lineage(revision), name }
    }
}

/// What a name is found to be.
#[derive(Clone, Copy)]
enum Found {
    Revision(usize),
    /// The revision that carries the label.
    Label(usize),
}

impl Found {
    fn position(self) -> usize {
        match self {
            Self::Revision(position) | Self::Label(position) => position,
        }
    }
}

type Revisions = Result<Vec<usize>, IdentifierError>;

impl<'a> Resolver<'a> {
    fn revisions(&mut self) -> Revisions {
        let identifier = self.identifier;
        match (&identifier.point, identifier.steps) {
            (Point::Head, steps) | (Point::Heads, steps @ Some(_)) => self.at_head(steps),
            (Point::Heads, None) => self.all_heads(),
            (Point::Base, steps) => self.at_base(steps),
            (Point::Current, None) => self.current(),
            (Point::Current, Some(Steps { direction: Direction::Up, count })) => {
                self.up_from_applied(count)
            }
            (Point::Current, Some(Steps { direction: Direction::Down, count })) => {
                self.down_from_applied(count)
            }
            (Point::Name { name, whole }, steps) => self.at_name(name, whole, steps),
        }
    }

    fn at_name(&mut self, name: &'a str, whole: &'a str, steps: Option<Steps>) -> Revisions {
        let (name, found, steps) = match self.graph.label_position(whole) {
            Some(position) => (whole, Found::Label(position), None),
            None => (name, self.look_up(name)?, steps),
        };
        let position = found.position();
        if let Some(branch) = &self.branch
            && !branch.lineage[position]
        {
            let revision = self.graph.id(position).clone();
            let branch = branch.name.to_owned();
            return Err(self.error(Kind::NotOnBranch { revision, branch }));
        }
        match (found, steps) {
            (Found::Label(_), steps) => {
                self.branch = Some(Branch::of(self.graph, position, name));
                self.at_head(steps)
            }
            (Found::Revision(_), None) => Ok(vec![position]),
            (Found::Revision(_), Some(Steps { direction: Direction::Up, count })) => {
                self.up(Some(position), 0, count)
            }
            (Found::Revision(_), Some(Steps { direction: Direction::Down, count })) => {
                self.down(position, count, None)
            }
        }
    }

    fn all_heads(&self) -> Revisions {
        if self.purpose == Purpose::Downgrade {
            return Err(self.nothing_to_undo());
        }
        self.heads()
    }

    fn at_head(&self, steps: Option<Steps>) -> Revisions {
        match steps {
            None if self.purpose == Purpose::Downgrade => Err(self.nothing_to_undo()),
            None => self.one_head("@head", true).map(|head| vec![head]),
            Some(Steps { direction: Direction::Up, count }) => {
                let error = self.error(Kind::AboveHead);
                let is_meant = self.purpose == Purpose::Upgrade;
                Err(error.instead(is_meant.then(|| self.relative('+', count))))
            }
            Some(Steps { direction: Direction::Down, count }) => {
                let head = self.one_head(&format!("@head-{count}"), false)?;
                self.down(head, count, None)
            }
        }
    }

    /// The head, where there is one. Where there are several, the suffix makes one of a branch.
    fn one_head(&self, suffix: &str, all_would_do: bool) -> Result<usize, IdentifierError> {
        let heads = self.heads()?;
        if let [head] = *heads {
            return Ok(head);
        }
        let heads = Choice::list(self.graph, &heads);
        let all = all_would_do.then(|| self.on_branch_of("heads"));
        let instead: Vec<String> = all.into_iter().chain(suffixed(&heads, suffix)).collect();
        Err(self.error(Kind::SeveralHeads { heads }).instead(instead))
    }

    fn heads(&self) -> Revisions {
        let heads: Vec<usize> =
            self.graph.heads().iter().copied().filter(|&head| self.on_branch(head)).collect();
        if heads.is_empty() { Err(self.error(Kind::NoRevisions)) } else { Ok(heads) }
    }

    fn at_base(&self, steps: Option<Steps>) -> Revisions {
        let root = self.branch.as_ref().map(|branch| self.graph.branch_root(branch.revision));
        match (steps, root) {
            (Some(Steps { direction: Direction::Down, .. }), _) => Err(self.error(Kind::BelowBase)),
            (Some(Steps { count, .. }), Some(root)) => self.up(Some(root), 1, count),
            (Some(Steps { count, .. }), None) => self.up(None, 0, count),
            (None, _) if matches!(self.purpose, Purpose::Upgrade | Purpose::Show) => {
                Err(self.no_revision_there())
            }
            // The lower end of a range is part of it.
            (None, Some(root)) if self.purpose == Purpose::RangeStart => Ok(vec![root]),
            (None, Some(root)) => Ok(self.graph.parents(root).to_vec()),
            (None, None) => Ok(Vec::new()),
        }
    }

    fn current(&self) -> Revisions {
        if self.purpose == Purpose::Downgrade {
            return Err(self.nothing_to_undo());
        }
        let current = self.tips(&self.applied()?.marks(self.graph));
        if current.is_empty() && self.purpose == Purpose::Show {
            return Err(self.error(Kind::NothingApplied));
        }
        Ok(current)
    }

    fn up_from_applied(&self, count: usize) -> Revisions {
        if self.purpose == Purpose::Downgrade {
            let error = self.error(Kind::WrongWay { direction: Direction::Up });
            return Err(error.instead([format!("upgrade {}", self.identifier)]));
        }
        let mut reached = self.applied()?.marks(self.graph);
        let mut frontier = self.tips(&reached);
        let mut targets: Vec<usize> = Vec::new();
        for step in 0..count {
            let (after, next) = self.next(&frontier, &reached);
            let next = match *next {
                [next] => next,
                [] if step == 0 => return Err(self.error(Kind::NothingToUpgrade)),
                [] => return Err(self.too_far(Direction::Up, step, true)),
                _ => return Err(self.several_next(after, &next, count, count - step - 1)),
            };
            self.reach(next, &mut reached);
            for tips in [&mut frontier, &mut targets] {
                tips.retain(|tip| !self.graph.parents(next).contains(tip));
                tips.push(next);
            }
        }
        Ok(targets)
    }

    /// What can be applied next: above the frontier, or else wherever all parents are reached.
    /// With it the revision that all of that is above, where there is one.
    fn next(&self, frontier: &[usize], reached: &[bool]) -> (Option<usize>, Vec<usize>) {
        let open = |&at: &usize| !reached[at] && self.on_branch(at);
        let above = frontier.iter().flat_map(|&at| self.graph.children(at)).copied();
        let mut above: Vec<usize> = above.filter(open).collect();
        if above.is_empty() {
            let ready = |&at: &usize| self.graph.parents(at).iter().all(|&parent| reached[parent]);
            let elsewhere = (0..self.graph.len()).filter(|at| open(at) && ready(at));
            return (None, elsewhere.collect());
        }
        above.sort_unstable();
        above.dedup();
        match *frontier {
            [below] => (Some(below), above),
            _ => (None, above),
        }
    }

    /// Marks a revision and what it needs.
    fn reach(&self, position: usize, reached: &mut [bool]) {
        let mut stack = vec![position];
        while let Some(at) = stack.pop() {
            if !mem::replace(&mut reached[at], true) {
                stack.extend_from_slice(self.graph.parents(at));
                stack.extend_from_slice(self.graph.dependencies(at));
            }
        }
    }

    fn down_from_applied(&self, count: usize) -> Revisions {
        if self.purpose == Purpose::Upgrade {
            let error = self.error(Kind::WrongWay { direction: Direction::Down });
            return Err(error.instead([format!("downgrade {}", self.identifier)]));
        }
        let marks = self.applied()?.marks(self.graph);
        match *self.tips(&marks) {
            [] => Err(self.error(Kind::NothingApplied)),
            [tip] => self.down(tip, count, Some(&marks)),
            ref current => {
                let current = Choice::list(self.graph, current);
                let instead = suffixed(&current, &format!("@-{count}"));
                Err(self.error(Kind::SeveralCurrent { current }).instead(instead))
            }
        }
    }

    /// Goes up from a revision, or from below the first one, of which `taken` steps are done.
    fn up(&self, from: Option<usize>, taken: usize, count: usize) -> Revisions {
        let mut at = from;
        for step in taken..count {
            let next = at.map_or(self.graph.bases(), |at| self.graph.children(at));
            let next: Vec<usize> = next.iter().copied().filter(|&at| self.on_branch(at)).collect();
            match *next {
                [] => return Err(self.too_far(Direction::Up, step, false)),
                [next] => at = Some(next),
                _ => return Err(self.several_next(at, &next, count, count - step - 1)),
            }
        }
        Ok(at.into_iter().collect())
    }

    /// Goes down from a revision. Of what is applied, only applied revisions count.
    fn down(&self, from: usize, count: usize, applied: Option<&[bool]>) -> Revisions {
        let wants_revision = matches!(self.purpose, Purpose::Upgrade | Purpose::Show);
        let mut at = from;
        for step in 1..=count {
            self.stay_on_branch(at, step - 1)?;
            let below = self.below(at, applied);
            match *below {
                [] if step < count => {
                    let available = if wants_revision { step - 1 } else { step };
                    return Err(self.too_far(Direction::Down, available, applied.is_some()));
                }
                [] if wants_revision => return Err(self.no_revision_there()),
                _ if step == count => return Ok(below),
                [below] => at = below,
                _ => return Err(self.through_merge(at, &below, count, step)),
            }
        }
        Ok(vec![at])
    }

    /// The parents of a revision; of what is applied, the next below that are applied.
    fn below(&self, position: usize, applied: Option<&[bool]>) -> Vec<usize> {
        let mut below = Vec::new();
        let mut stack = self.graph.parents(position).to_vec();
        while let Some(at) = stack.pop() {
            if !self.on_branch(at) {
                continue;
            }
            if applied.is_none_or(|applied| applied[at]) {
                below.push(at);
            } else {
                stack.extend_from_slice(self.graph.parents(at));
            }
        }
        below.sort_unstable();
        below.dedup();
        below
    }

    /// Whoever names a branch to undo some of it does not mean to undo another.
    fn stay_on_branch(&self, position: usize, available: usize) -> Result<(), IdentifierError> {
        let (Some(branch), Some(applied)) = (&self.branch, self.applied) else { return Ok(()) };
        if !matches!(self.purpose, Purpose::Downgrade | Purpose::Stamp) {
            return Ok(());
        }
        let is_other = |&at: &usize| !branch.lineage[at] && applied.contains(self.graph.id(at));
        let others: Vec<usize> =
            self.graph.children(position).iter().copied().filter(is_other).collect();
        if others.is_empty() {
            return Ok(());
        }
        let branch_point = self.graph.id(position).clone();
        let others = Choice::list(self.graph, &others);
        let error = self.error(Kind::LeavesBranch { branch_point, others, available });
        Err(error.instead(self.with_steps(available)))
    }

    fn applied(&self) -> Result<&'a Applied, IdentifierError> {
        self.applied.ok_or_else(|| self.error(Kind::NeedsDatabase))
    }

    fn on_branch(&self, position: usize) -> bool {
        self.branch.as_ref().is_none_or(|branch| branch.lineage[position])
    }

    /// The marked revisions on the branch from which no other of them descends.
    fn tips(&self, marks: &[bool]) -> Vec<usize> {
        self.graph.tips(|at| marks[at] && self.on_branch(at))
    }

    /// Finds a name: an id, then a label, then the start of one id.
    fn look_up(&self, name: &str) -> Result<Found, IdentifierError> {
        if let Some(position) = self.graph.position(name) {
            return Ok(Found::Revision(position));
        }
        if let Some(position) = self.graph.label_position(name) {
            return Ok(Found::Label(position));
        }
        match *self.graph.with_prefix(name) {
            [position] => Ok(Found::Revision(position)),
            [] => {
                let is_applied =
                    |applied: &Applied| RevisionId::new(name).is_ok_and(|id| applied.contains(&id));
                let applied = self.applied.is_some_and(is_applied);
                let error = self.error(Kind::Unknown { name: name.to_owned(), applied });
                Err(if applied { error } else { error.instead(self.nearest(name)) })
            }
            ref several => {
                let candidates = Choice::list(self.graph, several);
                let instead: Vec<String> =
                    candidates.iter().map(|one| self.renamed(name, one.id.as_str())).collect();
                let prefix = name.to_owned();
                Err(self.error(Kind::AmbiguousPrefix { prefix, candidates }).instead(instead))
            }
        }
    }

    /// The identifier with names that look like one of its own that is unknown, the most alike
    /// first.
    fn nearest(&self, name: &str) -> Vec<String> {
        let ids = (0..self.graph.len()).map(|at| (self.graph.id(at).as_str(), true));
        let labels = self.graph.all_labels().map(|(label, _)| (label.as_str(), false));
        let words = if self.looks_up_branch() { &[][..] } else { &RESERVED[..] };
        let words = words.iter().map(|&word| (word, false));
        let mut near: Vec<(usize, &str)> = ids
            .chain(labels)
            .chain(words)
            .filter_map(|(other, can_be_cut)| Some((unlikeness(name, other, can_be_cut)?, other)))
            .collect();
        near.sort_unstable();
        near.dedup();
        near.truncate(NEAREST);
        near.into_iter().map(|(_, other)| self.renamed(name, other)).collect()
    }

    /// The branch comes first in the text, and is looked up first.
    fn looks_up_branch(&self) -> bool {
        self.identifier.branch.is_some() && self.branch.is_none()
    }

    /// The identifier with another name in place of the one that is being looked up.
    fn renamed(&self, name: &str, other: &str) -> String {
        let text = &self.identifier.text;
        let start = match &self.identifier.branch {
            Some(branch) if !self.looks_up_branch() => branch.len() + 1,
            _ => 0,
        };
        format!("{}{other}{}", &text[..start], &text[start + name.len()..])
    }

    fn error(&self, kind: Kind) -> IdentifierError {
        IdentifierError::new(&self.identifier.text, kind)
    }

    /// A form on the branch of the identifier, where it has one.
    fn on_branch_of(&self, form: &str) -> String {
        match &self.branch {
            Some(branch) => format!("{}@{form}", branch.name),
            None => form.to_owned(),
        }
    }

    /// Steps from what is applied.
    fn relative(&self, sign: char, count: usize) -> String {
        self.on_branch_of(&format!("{sign}{count}"))
    }

    /// The identifier with fewer steps, if any are left.
    fn with_steps(&self, count: usize) -> Option<String> {
        let stem = self.identifier.text.trim_end_matches(|c: char| c.is_ascii_digit());
        (count > 0).then(|| format!("{stem}{count}"))
    }

    fn nothing_to_undo(&self) -> IdentifierError {
        let instead = [self.relative('-', 1), self.on_branch_of("base")];
        self.error(Kind::NothingToUndo).instead(instead)
    }

    fn no_revision_there(&self) -> IdentifierError {
        self.error(Kind::NoRevisionThere).instead([match self.purpose {
            Purpose::Upgrade => format!("downgrade {}", self.identifier),
            _ => self.on_branch_of("base+1"),
        }])
    }

    fn too_far(
        &self,
        direction: Direction,
        available: usize,
        from_applied: bool,
    ) -> IdentifierError {
        let error = self.error(Kind::TooFar { direction, available, from_applied });
        error.instead(self.with_steps(available))
    }

    fn several_next(
        &self,
        after: Option<usize>,
        next: &[usize],
        count: usize,
        left: usize,
    ) -> IdentifierError {
        let after = after.map(|at| self.graph.id(at).clone());
        let next = Choice::list(self.graph, next);
        let instead = self.choose(&next, '+', count, left);
        self.error(Kind::SeveralNext { after, next }).instead(instead)
    }

    fn through_merge(
        &self,
        merge: usize,
        parents: &[usize],
        count: usize,
        step: usize,
    ) -> IdentifierError {
        let merge = self.graph.id(merge).clone();
        let parents = Choice::list(self.graph, parents);
        let instead = self.choose(&parents, '-', count, count - step);
        self.error(Kind::ThroughMerge { merge, parents }).instead(instead)
    }

    /// How to write steps that lead by one of these revisions: of what is applied, by their
    /// branch; else from there, with the steps that are left.
    fn choose(&self, choices: &[Choice], sign: char, count: usize, left: usize) -> Vec<String> {
        let from_applied = self.identifier.point == Point::Current;
        let labels = Choice::own_labels(choices);
        let one = |(choice, label): (&Choice, Option<&str>)| match label {
            Some(label) if from_applied => format!("{label}@{sign}{count}"),
            _ if left == 0 => choice.id.to_string(),
            _ => format!("{}{sign}{left}", choice.id),
        };
        choices.iter().zip(labels).map(one).collect()
    }
}

/// For each choice, a label of its own or its id, with what follows it.
fn suffixed(choices: &[Choice], suffix: &str) -> Vec<String> {
    let labels = Choice::own_labels(choices);
    let name = |(choice, label): (&Choice, Option<&str>)| {
        format!("{}{suffix}", label.unwrap_or(choice.id.as_str()))
    };
    choices.iter().zip(labels).map(name).collect()
}

/// How unlike two names are, if they are alike at all: by single edits, or by a common start.
/// Where the other can be cut, what was typed may stand for the start of it.
fn unlikeness(typed: &str, other: &str, can_be_cut: bool) -> Option<usize> {
    /// This many first characters in common are no accident.
    const COMMON: usize = 4;

    let (typed, other) = (typed.to_ascii_lowercase(), other.to_ascii_lowercase());
    let (typed, other) = (typed.as_bytes(), other.as_bytes());
    let mut edits = edit_distance(typed, other);
    if let (true, Some(start)) = (can_be_cut, other.get(..typed.len())) {
        edits = edits.min(edit_distance(typed, start));
    }
    let common = typed.iter().zip(other).take_while(|(a, b)| a == b).count();
    let alike = edits <= typed.len() / 3 || common >= COMMON;
    alike.then_some(edits)
}

/// How many characters to insert, to leave out, to replace or to swap with their neighbour.
fn edit_distance(from: &[u8], to: &[u8]) -> usize {
    let mut before = vec![0; to.len() + 1];
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, &a) in from.iter().enumerate() {
        let mut row = vec![i + 1; to.len() + 1];
        for (j, &b) in to.iter().enumerate() {
            let replaced = above[j] + usize::from(a != b);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == to[j - 1] && b == from[i - 1] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = mem::replace(&mut above, row);
    }
    above[to.len()]
}
