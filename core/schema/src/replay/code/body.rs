//! What a body does, statement by statement.

use super::super::Run;
use super::expression::gives_rows;
use crate::Code;
use crate::analyze::Columns;
use crate::catalog::TypeRef;
use crate::plpgsql::{Block, DataType, DeclarationKind, Statement, StatementKind};
use crate::replay::eval::{Answer, Datum, Values};
use crate::replay::{Outcome, Refusal, Stop};

/// The names that a body has around its queries.
#[derive(Debug, Default, Clone)]
pub(super) struct Names {
    pub(super) columns: Columns<'static>,
    /// Those whose values are known.
    pub(super) values: Values,
}

/// Where a body goes on after a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flow {
    /// With the next one.
    Next,
    /// With the next one, or not.
    Perhaps,
    /// Behind a loop or block: the one with the label, or else the innermost loop.
    Exit(Option<String>),
    /// With the next round of a loop.
    Continue(Option<String>),
    /// Nowhere: it has returned.
    Return,
}

/// A body that is being run.
pub(super) struct Body<'r, 'a> {
    pub(super) run: &'r mut Run<'a>,
    pub(super) names: Names,
    /// Whether there was a statement that was not understood.
    pub(super) doubted: bool,
}

impl Body<'_, '_> {
    pub(super) fn block(&mut self, block: &Block) -> Outcome<Flow> {
        let outside = self.names.clone();
        self.declare(block)?;
        let flow = match &block.exception {
            None => self.all(&block.body),
            Some(handlers) => self.guarded(&block.body, handlers),
        };
        // Variables of the outer block may have been assigned.
        let assigned = std::mem::replace(&mut self.names, outside);
        self.names.values.retain(|name, value| assigned.values.get(name) == Some(value));
        let label = block.label.as_ref().map(|it| it.text.clone());
        Ok(match flow? {
            Flow::Exit(exit) if exit.is_some() && exit == label => Flow::Next,
            flow => flow,
        })
    }

    fn declare(&mut self, block: &Block) -> Outcome {
        // Each block knows whether it found a row.
        self.names.columns.params.push((Some("found".into()), TypeRef::catalog("bool")));
        for name in ["sqlstate", "sqlerrm"] {
            self.names.columns.params.push((Some(name.into()), TypeRef::catalog("text")));
        }
        if let Some(label) = &block.label {
            self.names.columns.params.push((Some(label.text.clone()), TypeRef::UNKNOWN));
        }
        for declaration in &block.declarations {
            let name = declaration.name.text.clone();
            self.names.values.remove(&name);
            let mut ty = TypeRef::UNKNOWN;
            if let DeclarationKind::Variable { ty: data_type, default, .. } = &declaration.kind {
                ty = self.data_type(data_type)?;
                if let Some(default) = default {
                    self.expression(default)?;
                }
                // Without a default, it is null.
                let value = match default {
                    Some(default) => self.value(default),
                    None => Some(Datum::Null),
                };
                if let Some(value) = value {
                    self.names.values.insert(name.clone(), value);
                }
            }
            self.names.columns.params.push((Some(name), ty));
        }
        Ok(())
    }

    /// The type of a variable; one that is not understood is unknown.
    fn data_type(&self, ty: &DataType) -> Outcome<TypeRef> {
        let Some(name) = ty.name.as_ref().filter(|it| !ty.row_type && !it.percent_type) else {
            return Ok(TypeRef::UNKNOWN);
        };
        if name.name.qualifiers.is_empty() && name.name.name.text == "record" {
            return Ok(TypeRef::UNKNOWN);
        }
        Ok(self.run.column_type(name)?.ty)
    }

    pub(super) fn step(&mut self, statement: &Statement) -> Outcome<Flow> {
        use StatementKind as K;
        match &statement.kind {
            K::Block(block) => return self.block(block),
            K::If { branches, otherwise } => return self.branches(branches, otherwise.as_deref()),
            K::Case { operand, branches, otherwise } => {
                if let Some(operand) = operand {
                    self.expression(operand)?;
                }
                let bodies = branches.iter().map(|branch| branch.body.as_slice());
                return self.maybe_all(bodies.chain(otherwise.as_deref()));
            }
            K::Loop(it) => return self.looping(it),
            K::Return(value) => {
                if let Some(value) = value {
                    self.expression(value)?;
                }
                return Ok(Flow::Return);
            }
            K::Exit(jump) | K::Continue(jump) if jump.when.is_some() => return Ok(Flow::Perhaps),
            K::Exit(jump) => return Ok(Flow::Exit(jump.label.as_ref().map(|it| it.text.clone()))),
            K::Continue(jump) => {
                return Ok(Flow::Continue(jump.label.as_ref().map(|it| it.text.clone())));
            }
            K::ReturnNext(value) => {
                if let Some(value) = value {
                    self.expression(value)?;
                }
            }
            K::ReturnQuery(source) | K::Open { query: Some(source), .. } => self.source(source)?,
            K::Raise(raise) => self.raise(raise, statement.range)?,
            K::Assign { target, path, value } => {
                self.expression(value)?;
                let known = self.value(value);
                let whole = path.start == path.end && target.qualifiers.is_empty();
                self.forget(target);
                if let Some(value) = known.filter(|_| whole) {
                    self.names.values.insert(target.name.text.clone(), value);
                }
            }
            K::Perform(expression) => {
                self.expression(expression)?;
                let answer = self.answer(expression.query.as_deref());
                self.found(answer.as_ref().and_then(Answer::exists));
            }
            K::Execute(dynamic) => self.dynamic(dynamic)?,
            K::Sql { sql, into } => {
                self.sql(sql)?;
                if into.is_none() && sql.statement.as_deref().is_some_and(gives_rows) {
                    let message = "query has no destination for result data";
                    return Refusal::new(Code::SyntaxError, message)
                        .at(sql.range)
                        .help("write `PERFORM` instead of `SELECT`, or `INTO` a variable")
                        .stop();
                }
                self.select_into(sql, into.as_ref());
            }
            K::Fetch { into, .. } => {
                self.forget_all(&into.targets);
                self.found(None);
            }
            K::Move { .. } => self.found(None),
            K::GetDiagnostics { items, .. } => items.iter().for_each(|(name, _)| self.forget(name)),
            K::Rollback { .. } => return Err(Stop::Unknown),
            K::Assert { .. }
            | K::Commit { .. }
            | K::Null
            | K::Close { .. }
            | K::Open { query: None, .. } => {}
        }
        Ok(Flow::Next)
    }
}
