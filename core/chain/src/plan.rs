//! What leads from the revisions that are applied to those that should be.

use std::fmt;

use crate::{Applied, Chain, Down, Graph, Links, Resolved, RevisionId};

/// Which way a plan leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up sections are run.
    Up,
    /// Down sections are run.
    Down,
}

/// Revisions to run, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which section of each is run.
    pub direction: Direction,
    /// The revisions, in the order in which they are run.
    pub steps: Vec<usize>,
}

/// Rows of the history to write without running anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Revisions to record as applied, in the order of the graph.
    pub insert: Vec<usize>,
    /// Revisions to record as not applied, the last of the graph first.
    pub delete: Vec<usize>,
    /// Rows of revisions that the chain does not have, in the order of their ids. Whether they
    /// go is for the caller to say: they may be another build's.
    pub unknown: Vec<RevisionId>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// The way down leads to revisions that are not applied.
    NotApplied {
        /// Those revisions, ascending.
        positions: Vec<usize>,
        /// Their ids, in the same order.
        ids: Vec<RevisionId>,
    },
    /// Revisions would have to be undone that cannot be.
    Irreversible {
        /// All of them, in the order in which they would be undone.
        revisions: Vec<OneWay>,
    },
    /// The database has revisions that the chain does not: what they are built on cannot be
    /// known, and so nothing can be undone below them.
    Unknown {
        /// Those revisions, in the order of their ids.
        revisions: Vec<RevisionId>,
    },
}

/// A revision that cannot be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneWay {
    /// The revision.
    pub position: usize,
    /// Its id.
    pub id: RevisionId,
    /// What its file says: the reason given, or none where there is no down section.
    pub reason: Option<String>,
}

impl Plan {
    /// Applies the target and all that it needs, dependencies included, as far as they are not
    /// applied. Applied revisions that the chain does not have are left alone.
    pub fn upgrade(graph: &Graph, applied: &Applied, target: &Resolved) -> Self {
        let done = applied.marks(graph);
        let needed = graph.mark_below(&target.revisions, Links::All);
        let steps = graph.order().iter().copied().filter(|&at| needed[at] && !done[at]).collect();
        Self { direction: Direction::Up, steps }
    }

    /// Undoes every applied revision above the target, and those that depend on one of them, in
    /// reverse order. Where the target names a branch, only that branch is undone, and what is
    /// built on it; the revisions of the target itself stay. Above a base is everything.
    pub fn downgrade(
        chain: &Chain,
        applied: &Applied,
        target: &Resolved,
    ) -> Result<Self, PlanError> {
        let graph = chain.graph();
        let done = applied.marks(graph);
        let positions: Vec<usize> =
            target.revisions.iter().copied().filter(|&at| !done[at]).collect();
        if !positions.is_empty() {
            let ids = positions.iter().map(|&at| graph.id(at).clone()).collect();
            return Err(PlanError::NotApplied { positions, ids });
        }
        let undone = graph.mark_above(&above(graph, target), Links::All);
        let steps: Vec<usize> =
            graph.order().iter().rev().copied().filter(|&at| undone[at] && done[at]).collect();
        let unknown = applied.unknown(graph);
        if !unknown.is_empty() {
            return Err(PlanError::Unknown { revisions: unknown });
        }
        let revisions: Vec<OneWay> = steps.iter().filter_map(|&at| one_way(chain, at)).collect();
        if !revisions.is_empty() {
            return Err(PlanError::Irreversible { revisions });
        }
        Ok(Self { direction: Direction::Down, steps })
    }

    /// Makes the target and all that it needs, dependencies included, what is recorded as
    /// applied, and nothing else. Where the target names a branch, revisions that are neither
    /// above nor below it keep their rows.
    pub fn stamp(graph: &Graph, applied: &Applied, target: &Resolved) -> Stamp {
        let done = applied.marks(graph);
        let wanted = graph.mark_below(&target.revisions, Links::All);
        let unwanted = match target.branch {
            Some(_) => graph.mark_above(&above(graph, target), Links::All),
            None => vec![true; graph.len()],
        };
        let order = graph.order().iter().copied();
        Stamp {
            insert: order.clone().filter(|&at| wanted[at] && !done[at]).collect(),
            delete: order.rev().filter(|&at| done[at] && unwanted[at] && !wanted[at]).collect(),
            unknown: applied.unknown(graph),
        }
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// The revisions right above a target, on its branch where it names one.
fn above(graph: &Graph, target: &Resolved) -> Vec<usize> {
    let mut above = if target.revisions.is_empty() {
        graph.bases().to_vec()
    } else {
        target.revisions.iter().flat_map(|&at| graph.children(at)).copied().collect()
    };
    if let Some(branch) = target.branch {
        let lineage = graph.mark_lineage(branch);
        above.retain(|&at| lineage[at]);
    }
    above
}

fn one_way(chain: &Chain, position: usize) -> Option<OneWay> {
    let revision = chain.revision(position);
    let reason = match &revision.down {
        Down::Section(_) => return None,
        Down::Missing => None,
        Down::Irreversible(reason) => Some(reason.clone()),
    };
    Some(OneWay { position, id: revision.id.clone(), reason })
}

impl fmt::Display for OneWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Some(reason) => write!(f, "{} is irreversible: {reason}", self.id),
            None => write!(f, "{} has no down section", self.id),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotApplied { ids, .. } => {
                let it = if ids.len() == 1 { "it" } else { "them" };
                write!(f, "{} not applied, so there is no way down to {it}", Listed(ids))
            }
            Self::Irreversible { revisions } => {
                f.write_str("the way down is closed: ")?;
                for (index, revision) in revisions.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "; " };
                    write!(f, "{comma}{revision}")?;
                }
                Ok(())
            }
            Self::Unknown { revisions } => write!(
                f,
                "{} applied but not part of this chain, so what may be below cannot be undone",
                Listed(revisions)
            ),
        }
    }
}

impl std::error::Error for PlanError {}

/// Ids and the verb that goes with their number.
struct Listed<'a>(&'a [RevisionId]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, id) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{id}")?;
        }
        f.write_str(if self.0.len() == 1 { " is" } else { " are" })
    }
}

#[cfg(test)]
mod tests {
    use super::{Direction, Plan, PlanError};
    use crate::testing::{Numbers, applied, chain, generated, id, names, revisions};
    use crate::{Applied, Chain, Down, Identifier, Links, Purpose, Resolved};

    /// Two branches that were merged, one that stays open, and a chain of its own that depends
    /// on the second branch.
    const CHAIN: &str = "
        root
        trunk < root
        a1 < trunk     # a
        a2 < a1
        b1 < trunk     # b
        m < a2 b1
        c1 < trunk     # c
        c2 < c1
        x1             # x
        x2 < x1 > b1
        x3 < x2
    ";

    const ALL: &str = "root trunk a1 a2 b1 m c1 c2 x1 x2 x3";

    fn resolved(chain: &Chain, applied: &Applied, purpose: Purpose, target: &str) -> Resolved {
        let identifier = Identifier::parse(target).unwrap();
        identifier.resolve(chain.graph(), Some(applied), purpose).unwrap()
    }

    #[test]
    fn upgrades() {
        let chain = chain(CHAIN);
        for (done, target, steps) in [
            ("", "heads", ALL),
            ("", "a2", "root trunk a1 a2"),
            ("", "m", "root trunk a1 a2 b1 m"),
            ("root trunk b1", "m", "a1 a2 m"),
            // What a revision depends on comes before it, though another branch has it.
            ("", "x2", "root trunk b1 x1 x2"),
            ("x1", "x@+1", "root trunk b1 x2"),
            ("", "x1", "x1"),
            ("root trunk", "c@head", "c1 c2"),
            // A revision that was slipped in below an applied one is caught up on.
            ("root a1 a2", "a2", "trunk"),
            ("root a1 a2", "heads", "trunk b1 m c1 c2 x1 x2 x3"),
            // What is applied already is no work, and no error either.
            ("root trunk a1", "root", ""),
            (ALL, "heads", ""),
            // Revisions of another build are left alone.
            ("root later", "trunk", "trunk"),
        ] {
            let done = applied(done);
            let target = resolved(&chain, &done, Purpose::Upgrade, target);
            let plan = Plan::upgrade(chain.graph(), &done, &target);
            assert_eq!(plan.direction, Direction::Up);
            assert_eq!(names(chain.graph(), &plan.steps), steps);
            assert_eq!(plan.is_empty(), steps.is_empty());
        }
    }

    #[test]
    fn downgrades() {
        let chain = chain(CHAIN);
        for (done, target, steps) in [
            (ALL, "base", "x3 x2 x1 c2 c1 m b1 a2 a1 trunk root"),
            // What depends on an undone revision goes with it.
            (ALL, "trunk", "x3 x2 c2 c1 m b1 a2 a1"),
            (ALL, "a1", "m a2"),
            (ALL, "b1", "m"),
            (ALL, "m", ""),
            (ALL, "a@-1", "m"),
            (ALL, "m-1", "m"),
            // That branch only.
            (ALL, "c@base", "c2 c1"),
            (ALL, "c@-2", "c2 c1"),
            (ALL, "x@base", "x3 x2 x1"),
            // And what is built on it.
            (ALL, "b@base", "x3 x2 m b1"),
            (ALL, "a@base", "m a2 a1"),
            (ALL, "c@trunk", "c2 c1"),
            ("root trunk a1", "-1", "a1"),
            ("root trunk a1", "-3", "a1 trunk root"),
            ("root trunk a1", "a1", ""),
            ("root trunk a1 c1", "a@-1", "a1"),
            ("x1", "base", "x1"),
            ("", "base", ""),
            // The revision between is not applied: one step down leads past it.
            ("root a1", "-1", "a1"),
        ] {
            let done = applied(done);
            let target_revisions = resolved(&chain, &done, Purpose::Downgrade, target);
            let plan = Plan::downgrade(&chain, &done, &target_revisions).unwrap();
            assert_eq!(plan.direction, Direction::Down);
            assert_eq!(names(chain.graph(), &plan.steps), steps, "{target}");
        }
    }

    #[test]
    fn downgrades_that_cannot_be() {
        let mut revisions = revisions("a\n b < a\n c < b\n d < c");
        revisions[1].down = Down::Irreversible("the old names are gone".to_owned());
        revisions[3].down = Down::Missing;
        let chain = Chain::new(revisions).unwrap();
        for (done, target, message) in [
            ("a b", "c", "c is not applied, so there is no way down to it"),
            (
                "a b c d",
                "base",
                "the way down is closed: d has no down section; \
                                 b is irreversible: the old names are gone",
            ),
            ("a b c", "a", "the way down is closed: b is irreversible: the old names are gone"),
            (
                "a later more",
                "base",
                "later, more are applied but not part of this chain, so what \
                                      may be below cannot be undone",
            ),
            (
                "a later",
                "a",
                "later is applied but not part of this chain, so what may be below \
                              cannot be undone",
            ),
        ] {
            let done = applied(done);
            let target = resolved(&chain, &done, Purpose::Downgrade, target);
            let error = Plan::downgrade(&chain, &done, &target).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
        // What is irreversible stands in nobody's way further up.
        let target = Resolved::revisions(vec![1]);
        let plan = Plan::downgrade(&chain, &applied("a b c"), &target).unwrap();
        assert_eq!(plan.steps, [2]);
        let error = Plan::downgrade(&chain, &applied("a b"), &Resolved::revisions(vec![2, 3]));
        assert_eq!(
            error,
            Err(PlanError::NotApplied { positions: vec![2, 3], ids: vec![id("c"), id("d")] })
        );
    }

    #[test]
    fn stamps() {
        let chain = chain(CHAIN);
        for (done, target, insert, delete, unknown) in [
            ("", "heads", ALL, "", ""),
            ("", "m", "root trunk a1 a2 b1 m", "", ""),
            // Dependencies are needed too.
            ("", "x2", "root trunk b1 x1 x2", "", ""),
            (ALL, "base", "", "x3 x2 x1 c2 c1 m b1 a2 a1 trunk root", ""),
            ("root trunk a1", "c1", "c1", "a1", ""),
            ("root trunk a1 x1", "a2", "a2", "x1", ""),
            // A branch that is named is all that changes.
            ("root trunk a1 x1", "a@a2", "a2", "", ""),
            ("root trunk a1 c1 c2 x1", "c@base", "", "c2 c1", ""),
            ("root trunk a1 c1 c2 x1", "c@-1", "", "c2", ""),
            ("root trunk c1", "x@head", "b1 x1 x2 x3", "", ""),
            ("root later", "trunk", "trunk", "", "later"),
            ("root trunk", "trunk", "", "", ""),
        ] {
            let done = applied(done);
            let target_revisions = resolved(&chain, &done, Purpose::Stamp, target);
            let stamp = Plan::stamp(chain.graph(), &done, &target_revisions);
            assert_eq!(names(chain.graph(), &stamp.insert), insert, "{target}");
            assert_eq!(names(chain.graph(), &stamp.delete), delete, "{target}");
            assert_eq!(stamp.unknown, applied(unknown).unknown(chain.graph()));
        }
    }

    /// What is applied after some steps, checked on the way: nothing runs twice, and nothing
    /// stands without what it needs.
    fn run(chain: &Chain, before: &[bool], plan: &Plan) -> Vec<bool> {
        let graph = chain.graph();
        let mut now = before.to_vec();
        for &step in &plan.steps {
            let up = plan.direction == Direction::Up;
            assert_ne!(now[step], up);
            now[step] = up;
            let needs = |at: usize| graph.parents(at).iter().chain(graph.dependencies(at)).copied();
            if up {
                assert!(needs(step).all(|need| now[need]));
            } else {
                assert!((0..graph.len()).all(|at| !now[at] || needs(at).all(|need| now[need])));
            }
        }
        now
    }

    fn applied_by(chain: &Chain, marks: &[bool]) -> Applied {
        let row = |at: usize| marks[at].then(|| (chain.graph().id(at).clone(), None));
        (0..marks.len()).filter_map(row).collect()
    }

    #[test]
    fn generated_plans_hold() {
        let mut numbers = Numbers::new(11);
        let mut undone = 0;
        for round in 0..300 {
            let chain = generated(1 + round % 40, &mut numbers);
            let graph = chain.graph();
            let nothing = vec![false; graph.len()];
            let target = |numbers: &mut Numbers| {
                let targets = (0..=numbers.below(2)).map(|_| numbers.below(graph.len())).collect();
                Resolved::revisions(targets)
            };

            // Two upgrades to anywhere: both targets and what they need, and no more.
            let (first, second) = (target(&mut numbers), target(&mut numbers));
            let plan = Plan::upgrade(graph, &Applied::default(), &first);
            let halfway = run(&chain, &nothing, &plan);
            assert_eq!(halfway, graph.mark_below(&first.revisions, Links::All));
            let plan = Plan::upgrade(graph, &applied_by(&chain, &halfway), &second);
            let further = run(&chain, &halfway, &plan);
            let both = [first.revisions.clone(), second.revisions].concat();
            assert_eq!(further, graph.mark_below(&both, Links::All));

            // All the way up, and down again in the opposite order.
            let heads = Resolved::heads(graph);
            let up = Plan::upgrade(graph, &applied_by(&chain, &further), &heads);
            let everything = run(&chain, &further, &up);
            assert!(everything.iter().all(|&done| done));
            let all = applied_by(&chain, &everything);
            let down = Plan::downgrade(&chain, &all, &Resolved::base()).unwrap();
            assert!(down.steps.iter().rev().eq(graph.order()));
            assert_eq!(run(&chain, &everything, &down), nothing);

            // Down to anywhere: the target stands, and nothing above it; what went is above it,
            // or depends on what is. One upgrade brings it back.
            let at = numbers.below(graph.len());
            let down = Plan::downgrade(&chain, &all, &Resolved::revisions(vec![at])).unwrap();
            let rest = run(&chain, &everything, &down);
            assert!(rest[at]);
            for above in graph.descendants(at, Links::Parents) {
                assert!(!rest[above]);
            }
            let children = graph.children(at);
            for &step in &down.steps {
                let is_above = |&child: &usize| {
                    child == step || graph.descendants(child, Links::All).contains(&step)
                };
                assert!(children.iter().any(is_above));
            }
            let again = Plan::upgrade(graph, &applied_by(&chain, &rest), &heads);
            assert_eq!(again.steps.len(), down.steps.len());
            assert_eq!(run(&chain, &rest, &again), everything);
            undone += down.steps.len();

            // A stamp makes the same of any state as an upgrade of an empty one.
            let stamp = Plan::stamp(graph, &applied_by(&chain, &rest), &first);
            let mut stamped = rest.clone();
            stamp.insert.iter().for_each(|&row| stamped[row] = true);
            stamp.delete.iter().for_each(|&row| stamped[row] = false);
            assert_eq!(stamped, halfway);
        }
        assert!(undone > 500, "{undone}");
    }

    /// A step down and a step up are each other's opposite, where both are unambiguous.
    #[test]
    fn generated_steps_lead_back() {
        let mut numbers = Numbers::new(5);
        let mut walked = 0;
        for round in 0..300 {
            let chain = generated(2 + round % 30, &mut numbers);
            let graph = chain.graph();
            let target = Resolved::revisions(vec![numbers.below(graph.len())]);
            let plan = Plan::upgrade(graph, &Applied::default(), &target);
            let before = run(&chain, &vec![false; graph.len()], &plan);
            let applied = applied_by(&chain, &before);
            let down = Identifier::parse("-1").unwrap();
            let Ok(below) = down.resolve(graph, Some(&applied), Purpose::Downgrade) else {
                continue;
            };
            let down = Plan::downgrade(&chain, &applied, &below).unwrap();
            let [undone] = *down.steps else { panic!("{:?}", down.steps) };
            let after = applied_by(&chain, &run(&chain, &before, &down));
            let up = Plan::upgrade(graph, &after, &Resolved::revisions(vec![undone]));
            assert_eq!(up.steps, [undone]);
            walked += 1;
        }
        assert!(walked > 100, "{walked}");
    }

    #[test]
    fn long_plans_are_made() {
        let line = |at: usize| format!("r{at} < r{}\n", at - 1);
        let lines: Vec<String> = (1..10_000).map(line).collect();
        let chain = chain(&format!("r0\n{}", lines.concat()));
        let none = Applied::default();
        let up = Plan::upgrade(chain.graph(), &none, &Resolved::heads(chain.graph()));
        assert!(up.steps.iter().copied().eq(0..10_000));
        let all = applied_by(&chain, &vec![true; 10_000]);
        let target = resolved(&chain, &all, Purpose::Downgrade, "-9999");
        let down = Plan::downgrade(&chain, &all, &target).unwrap();
        assert!(down.steps.iter().copied().eq((1..10_000).rev()));
        let target = resolved(&chain, &none, Purpose::Upgrade, "+9999");
        assert_eq!(target.revisions, [9_998]);
    }
}
