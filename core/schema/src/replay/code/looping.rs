//! Loops: round by round, where it is known which there are.

use super::body::{Body, Flow};
use crate::analyze;
use crate::ast;
use crate::catalog::TypeRef;
use crate::plpgsql::{Expression, Jump, Loop, LoopHead, Source, Statement, StatementKind};
use crate::replay::eval::{Cell, Datum, Only};
use crate::replay::{Outcome, Stop};

/// Rounds beyond these are not followed one by one.
const MAX_ROUNDS: usize = 1000;

/// Whether there is a round for certain, and what the variables of the loop are in it.
type Round = (bool, Vec<Cell>);

impl Body<'_, '_> {
    pub(super) fn looping(&mut self, it: &Loop) -> Outcome<Flow> {
        self.loop_head(&it.head)?;
        let rounds = self.rounds(&it.head);
        let depth = self.names.columns.params.len();
        self.loop_names(&it.head);
        let flow = if let Some(rounds) = rounds {
            let runs = rounds.iter().any(|(certain, _)| *certain);
            self.found((runs || rounds.is_empty()).then_some(runs));
            self.each_round(it, &rounds)
        } else {
            self.found(None);
            self.forget_assigned(&it.body);
            let forever = matches!(it.head, LoopHead::Forever) && !leaves(&it.body);
            if forever { self.all(&it.body) } else { self.maybe(&it.body) }
        };
        self.names.columns.params.truncate(depth);
        Ok(match flow? {
            Flow::Perhaps if !leaves_more(&it.body) => Flow::Next,
            flow => flow,
        })
    }

    fn each_round(&mut self, it: &Loop, rounds: &[Round]) -> Outcome<Flow> {
        let own = |jump: &Option<String>| match (jump, &it.label) {
            (None, _) => true,
            (Some(jump), label) => label.as_ref().is_some_and(|it| it.text == *jump),
        };
        let mut certain = true;
        // In which order the server lists them is not known.
        let any_order = matches!(it.head, LoopHead::Query { .. }) && rounds.len() > 1;
        for (there, round) in rounds {
            if !there {
                // Perhaps it stands for several.
                self.forget_assigned(&it.body);
            }
            self.set_variables(&it.head, Only::Row(round));
            let flow = if certain && *there { self.all(&it.body) } else { self.maybe(&it.body) };
            let flow = match flow {
                Err(Stop::Refused(_)) if any_order => return Err(Stop::Unknown),
                flow => flow?,
            };
            match flow {
                Flow::Next => {}
                Flow::Continue(label) if own(&label) => {}
                Flow::Exit(label) if own(&label) => break,
                Flow::Perhaps => certain = false,
                flow => return Ok(flow),
            }
        }
        self.set_variables(&it.head, Only::Unknown);
        Ok(if certain { Flow::Next } else { Flow::Perhaps })
    }

    /// Gives the variables of a loop the values that they have in a round.
    fn set_variables(&mut self, head: &LoopHead, round: Only<'_>) {
        match head {
            LoopHead::Query { targets, .. } | LoopHead::Each { targets, .. } => {
                self.forget_all(targets);
                self.assign(targets, round);
            }
            LoopHead::Range { variable, .. } => {
                let name = variable.text.clone();
                match round.value() {
                    Some(value) => self.names.values.insert(name, value),
                    None => self.names.values.remove(&name),
                };
            }
            LoopHead::Forever | LoopHead::While(_) | LoopHead::Cursor { .. } => {}
        }
    }

    /// What the variables of a loop are in each round, where that is known.
    fn rounds(&self, head: &LoopHead) -> Option<Vec<Round>> {
        let number = |it: &Expression| self.value(it)?.int();
        let one = |value: Datum| (true, vec![(String::new(), Some(value))]);
        let rounds: Vec<Round> = match head {
            LoopHead::Range { reverse, from, to, step, .. } => {
                let (from, to) = (number(from)?, number(to)?);
                let step = match step {
                    Some(step) => usize::try_from(number(step)?).ok().filter(|it| *it > 0)?,
                    None => 1,
                };
                let (low, high) = if *reverse { (to, from) } else { (from, to) };
                let count = high.checked_sub(low)?.checked_add(1)?;
                if count > i64::try_from(MAX_ROUNDS).ok()? {
                    return None;
                }
                let one = |it: i64| one(Datum::Int(it));
                if *reverse {
                    (low..=high).rev().step_by(step).map(one).collect()
                } else {
                    (low..=high).step_by(step).map(one).collect()
                }
            }
            LoopHead::Each { targets, array } if targets.len() == 1 => match self.value(array)? {
                Datum::List(list) => list.into_iter().map(one).collect(),
                Datum::Text(text) => {
                    let texts = analyze::all_elements(&text)?.into_iter();
                    texts.map(|it| one(Datum::Text(it))).collect()
                }
                _ => return None,
            },
            LoopHead::Query { query: Source::Static(sql), .. } => {
                let Some(ast::Statement::Query(query)) = sql.statement.as_deref() else {
                    return None;
                };
                self.answer(Some(query))?.into_own_rows().collect()
            }
            _ => return None,
        };
        (rounds.len() <= MAX_ROUNDS).then_some(rounds)
    }

    /// What a loop's body assigns is not known in its second round.
    fn forget_assigned(&mut self, body: &[Statement]) {
        let mut names = Vec::new();
        assigned(body, &mut names);
        for name in &names {
            self.forget(name);
        }
    }

    fn loop_head(&mut self, head: &LoopHead) -> Outcome {
        match head {
            LoopHead::Forever | LoopHead::Cursor { .. } => Ok(()),
            LoopHead::While(condition) => self.expression(condition),
            LoopHead::Range { from, to, step, .. } => {
                self.expression(from)?;
                self.expression(to)?;
                step.as_ref().map_or(Ok(()), |step| self.expression(step))
            }
            LoopHead::Query { query, .. } => self.source(query),
            LoopHead::Each { array, .. } => self.expression(array),
        }
    }

    fn loop_names(&mut self, head: &LoopHead) {
        let mut add = |name: &str, ty| {
            self.names.values.remove(name);
            self.names.columns.params.push((Some(name.to_owned()), ty));
        };
        match head {
            LoopHead::Range { variable, .. } => add(&variable.text, TypeRef::catalog("int4")),
            LoopHead::Cursor { variable, .. } => add(&variable.text, TypeRef::UNKNOWN),
            LoopHead::Query { targets, .. } | LoopHead::Each { targets, .. } => {
                self.forget_all(targets);
            }
            LoopHead::Forever | LoopHead::While(_) => {}
        }
    }
}

/// Whether a loop's body has a way out of it.
fn leaves(body: &[Statement]) -> bool {
    jumps(body, &|_| true)
}

/// Whether a loop's body has a way out that does not end right behind the loop.
fn leaves_more(body: &[Statement]) -> bool {
    jumps(body, &|jump| jump.label.is_some())
}

/// Whether statements return, or jump in a way that is asked for.
fn jumps(body: &[Statement], wanted: &impl Fn(&Jump) -> bool) -> bool {
    use StatementKind as K;
    let jump = |body: &[Statement]| jumps(body, wanted);
    body.iter().any(|statement| match &statement.kind {
        K::Return(_) => true,
        K::Exit(it) | K::Continue(it) => wanted(it),
        K::Block(block) => {
            let mut handlers = block.exception.iter().flatten();
            jump(&block.body) || handlers.any(|it| jump(&it.body))
        }
        K::If { branches, otherwise } | K::Case { branches, otherwise, .. } => {
            branches.iter().any(|it| jump(&it.body)) || otherwise.as_deref().is_some_and(jump)
        }
        K::Loop(it) => jump(&it.body),
        _ => false,
    })
}

/// The variables that statements assign.
fn assigned<'b>(body: &'b [Statement], names: &mut Vec<&'b ast::Name>) {
    for statement in body {
        match &statement.kind {
            StatementKind::Assign { target, .. } => names.push(target),
            StatementKind::Sql { into: Some(into), .. } | StatementKind::Fetch { into, .. } => {
                names.extend(&into.targets);
            }
            StatementKind::Execute(dynamic) => {
                names.extend(dynamic.into.iter().flat_map(|it| &it.targets));
            }
            StatementKind::Block(block) => assigned(&block.body, names),
            StatementKind::If { branches, otherwise }
            | StatementKind::Case { branches, otherwise, .. } => {
                for branch in branches {
                    assigned(&branch.body, names);
                }
                assigned(otherwise.as_deref().unwrap_or_default(), names);
            }
            StatementKind::Loop(it) => assigned(&it.body, names),
            _ => {}
        }
    }
}
