//! The ways that a body may take: branches, handled errors, and what perhaps is not reached.

use super::body::{Body, Flow};
use crate::Code;
use crate::ast::{self, AlterTableActionKind};
use crate::plpgsql::condition as condition_names;
use crate::plpgsql::{Branch, Handler, RaiseLevel, Statement, StatementKind};
use crate::replay::eval::Datum;
use crate::replay::{Outcome, Stop, doubt};

impl Body<'_, '_> {
    /// Statements one after the other.
    pub(super) fn all(&mut self, statements: &[Statement]) -> Outcome<Flow> {
        for (at, statement) in statements.iter().enumerate() {
            let before = self.run.catalog.mark();
            let flow = match self.step(statement) {
                Err(Stop::Unknown) => {
                    self.run.catalog.rollback(before);
                    self.doubt(statement)?;
                    Flow::Next
                }
                flow => flow?,
            };
            match flow {
                Flow::Next => {}
                Flow::Perhaps => {
                    self.maybe(statements.get(at + 1..).unwrap_or_default())?;
                    return Ok(Flow::Perhaps);
                }
                end => return Ok(end),
            }
        }
        Ok(Flow::Next)
    }

    /// A block whose errors are handled: what it did before is taken back.
    pub(super) fn guarded(&mut self, body: &[Statement], handlers: &[Handler]) -> Outcome<Flow> {
        let mark = self.run.catalog.mark();
        let outside = std::mem::take(&mut self.doubted);
        let outcome = self.all(body);
        // A statement that was not understood may have been refused.
        let doubted = std::mem::replace(&mut self.doubted, outside);
        self.doubted |= doubted;
        let about_rows = handlers.iter().any(Handler::is_about_rows) && !body.iter().all(is_sure);
        match outcome {
            Err(Stop::Refused(refusal)) => {
                let Some(handler) = handlers.iter().find(|it| it.handles(refusal.code)) else {
                    return Err(Stop::Refused(refusal));
                };
                self.run.catalog.rollback(mark);
                self.all(&handler.body)
            }
            // With other rows it may fail, and then the handler goes on.
            Ok(flow) if about_rows || doubted => {
                self.run.make_uncertain(mark);
                let handled = self.maybe_all(handlers.iter().map(|it| it.body.as_slice()))?;
                Ok(if flow == handled { flow } else { Flow::Perhaps })
            }
            other => other,
        }
    }

    pub(super) fn branches(
        &mut self,
        branches: &[Branch],
        otherwise: Option<&[Statement]>,
    ) -> Outcome<Flow> {
        for (at, branch) in branches.iter().enumerate() {
            self.expression(&branch.condition)?;
            match self.value(&branch.condition) {
                Some(Datum::Bool(true)) => return self.all(&branch.body),
                Some(Datum::Bool(false) | Datum::Null) => {}
                _ => {
                    let rest = branches.get(at..).unwrap_or_default();
                    let bodies = rest.iter().map(|branch| branch.body.as_slice());
                    return self.maybe_all(bodies.chain(otherwise));
                }
            }
        }
        otherwise.map_or(Ok(Flow::Next), |body| self.all(body))
    }

    /// Bodies of which one may be run.
    pub(super) fn maybe_all<'b>(
        &mut self,
        bodies: impl IntoIterator<Item = &'b [Statement]>,
    ) -> Outcome<Flow> {
        let mut flow = Flow::Next;
        for body in bodies {
            if self.maybe(body)? == Flow::Perhaps {
                flow = Flow::Perhaps;
            }
        }
        Ok(flow)
    }

    /// A body that may be run or not: what it would do is uncertain.
    pub(super) fn maybe(&mut self, body: &[Statement]) -> Outcome<Flow> {
        let mark = self.run.catalog.mark();
        let values = self.names.values.clone();
        let mut flow = Flow::Next;
        for statement in body {
            let before = self.run.catalog.mark();
            match self.step(statement) {
                Ok(Flow::Next) => {}
                Ok(Flow::Perhaps) => flow = Flow::Perhaps,
                Ok(_) => {
                    flow = Flow::Perhaps;
                    break;
                }
                Err(Stop::Unknown) => {
                    self.run.catalog.rollback(before);
                    self.doubt(statement)?;
                }
                // It may never be reached.
                Err(Stop::Refused(_)) => {
                    self.run.catalog.rollback(before);
                }
            }
        }
        self.names.values.retain(|name, value| values.get(name) == Some(value));
        self.run.make_uncertain(mark);
        Ok(flow)
    }

    /// What a statement does that is not understood: to what it names, or to anything.
    fn doubt(&mut self, statement: &Statement) -> Outcome {
        self.doubted = true;
        let sql = match &statement.kind {
            StatementKind::Sql { sql, .. } => sql.statement.as_deref(),
            StatementKind::Execute(dynamic) => return self.doubt_dynamic(dynamic),
            _ => None,
        };
        match sql {
            Some(sql) if doubt::doubt(self.run.catalog, sql) => Ok(()),
            _ => Err(Stop::Unknown),
        }
    }
}

/// Whether a statement does not fail for what the rows are like: its errors are known here.
fn is_sure(statement: &Statement) -> bool {
    use StatementKind as K;
    let all = |body: &[Statement]| body.iter().all(is_sure);
    match &statement.kind {
        K::Null => true,
        K::Raise(raise) => raise.level != RaiseLevel::Exception,
        K::If { branches, otherwise } => {
            branches.iter().all(|it| all(&it.body)) && otherwise.as_deref().is_none_or(all)
        }
        K::Sql { sql, .. } => sql.statement.as_deref().is_some_and(is_sure_sql),
        _ => false,
    }
}

fn is_sure_sql(statement: &ast::Statement) -> bool {
    use ast::Statement as S;
    match statement {
        S::AlterTable(it) => it.actions.iter().all(|action| {
            use AlterTableActionKind as A;
            match &action.kind {
                A::AddColumn { column, .. } => column.constraints.is_empty(),
                A::DropColumn { .. } | A::DropConstraint { .. } | A::RowSecurity(_) => true,
                _ => false,
            }
        }),
        S::AlterType(_)
        | S::Comment(_)
        | S::CreateDomain(_)
        | S::CreateFunction(_)
        | S::CreatePolicy(_)
        | S::CreateRole(_)
        | S::CreateSchema(_)
        | S::CreateSequence(_)
        | S::CreateTable(_)
        | S::CreateTrigger(_)
        | S::CreateType(_)
        | S::CreateView(_)
        | S::Drop(_)
        | S::Rename(_) => true,
        _ => false,
    }
}

impl Handler {
    /// Whether it handles an error of this kind.
    fn handles(&self, code: Code) -> bool {
        let Some(state) = code.sqlstate() else { return false };
        self.conditions.iter().any(|it| condition_names::handles(it, state))
    }

    /// Whether it handles an error that depends on rows, or on something else that is not known:
    /// any but those of names, definitions and dependencies.
    fn is_about_rows(&self) -> bool {
        let of_names = |state: &&str| {
            ["42", "2B", "3F"].iter().any(|class| state.starts_with(class)) && **state != *"42501"
        };
        !self.conditions.iter().all(|condition| {
            let states = condition_names::states(condition).unwrap_or_default();
            !states.is_empty() && states.iter().all(of_names)
        })
    }
}
