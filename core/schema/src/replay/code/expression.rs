//! What the statements of a body evaluate, and the SQL that they run.

use super::body::Body;
use super::effect;
use crate::Code;
use crate::analyze::Analyzer;
use crate::ast::{self, FuncCall, TextRange};
use crate::catalog::Effect;
use crate::plpgsql::{self, Dynamic, Expression, Raise, RaiseLevel, Raised, Source};
use crate::replay::constant;
use crate::replay::{Outcome, Refusal, Stop};

impl Body<'_, '_> {
    pub(super) fn source(&mut self, source: &Source) -> Outcome {
        match source {
            Source::Static(sql) => self.sql(sql),
            Source::Dynamic(dynamic) => self.dynamic(dynamic),
        }
    }

    pub(super) fn expression(&mut self, expression: &Expression) -> Outcome {
        let Some(query) = &expression.query else {
            return self.run.run_calls_in(expression.range);
        };
        let mut analyzer = Analyzer::new(self.run.catalog, self.run.text);
        tolerate(analyzer.query_with(query, &self.names.columns))?;
        match expression.expr().map(|expr| &expr.kind) {
            Some(ast::ExprKind::Call(call)) => self.run_call(call, expression.range),
            _ => self.run.run_calls_in(expression.range),
        }
    }

    /// A call with arguments that may be variables.
    fn run_call(&mut self, call: &FuncCall, range: TextRange) -> Outcome {
        let mut call = call.clone();
        for arg in &mut call.args {
            if let Some(value) = constant::value(&arg.value, &self.names.values) {
                arg.value.kind = ast::ExprKind::Constant(match value {
                    Some(text) => ast::Constant::String(text),
                    None => ast::Constant::Null,
                });
            }
        }
        self.run.run_call(&call, range)
    }

    pub(super) fn sql(&mut self, sql: &plpgsql::Sql) -> Outcome {
        use ast::Statement as S;
        let Some(statement) = sql.statement.as_deref() else { return Err(Stop::Unknown) };
        if let Some(command) = outside_only(statement) {
            return Refusal::new(
                Code::NeedsNoTransaction,
                format!("{command} cannot be executed from a function"),
            )
            .at(sql.range)
            .stop();
        }
        match statement {
            S::Insert(_) | S::Update(_) | S::Delete(_) | S::Merge(_) | S::Query(_) => {
                self.run.rows_in_body(statement, sql.range, &self.names.columns)
            }
            S::Call(call) => {
                let mut analyzer = Analyzer::new(self.run.catalog, self.run.text);
                tolerate(analyzer.procedure_call(&call.call, sql.range, &self.names.columns))?;
                self.run_call(&call.call, sql.range)
            }
            _ => self.run.statement_at(statement, sql.range),
        }
    }

    pub(super) fn dynamic(&mut self, dynamic: &Dynamic) -> Outcome {
        self.expression(&dynamic.text)?;
        for using in &dynamic.using {
            self.expression(using)?;
        }
        for target in dynamic.into.iter().flat_map(|it| &it.targets) {
            self.forget(target);
        }
        let known = dynamic.text.expr().and_then(|it| constant::value(it, &self.names.values));
        match known {
            // A query with parameters is about rows, and their types are not known here.
            Some(Some(_)) if !dynamic.using.is_empty() => match self.dynamic_effect(dynamic) {
                Effect::None => Ok(()),
                Effect::Unknown => Err(Stop::Unknown),
            },
            Some(Some(source)) =>
            {
                #[expect(
                    clippy::redundant_closure_for_method_calls,
                    reason = "the method is not general enough over its lifetime"
                )]
                self.run.elsewhere(&source, dynamic.text.range, |run, whole| run.script(whole))
            }
            _ => match self.dynamic_effect(dynamic) {
                Effect::None => Ok(()),
                Effect::Unknown => Err(Stop::Unknown),
            },
        }
    }

    fn dynamic_effect(&self, dynamic: &Dynamic) -> Effect {
        effect::of_dynamic(self.run.text, dynamic)
    }

    pub(super) fn raise(&mut self, raise: &Raise, range: TextRange) -> Outcome {
        if raise.level != RaiseLevel::Exception {
            return Ok(());
        }
        let message = match &raise.what {
            Some(Raised::Format { format, .. }) => {
                let text = self.run.text.get(format.range()).unwrap_or_default();
                format!("the block raises {text}")
            }
            Some(Raised::Condition(condition)) => format!("the block raises {condition}"),
            None => "the block raises an exception".to_owned(),
        };
        Refusal::new(Code::RaiseException, message).at(range).stop()
    }
}

/// The command of a statement that is no part of a transaction, nor of a function.
fn outside_only(statement: &ast::Statement) -> Option<&'static str> {
    use ast::Statement as S;
    match statement {
        S::Vacuum(it) if it.vacuum => Some("VACUUM"),
        S::CreateIndex(it) if it.concurrently => Some("CREATE INDEX CONCURRENTLY"),
        S::Drop(it) if it.concurrently => Some("DROP INDEX CONCURRENTLY"),
        _ => None,
    }
}

/// Whether a statement gives rows to whoever sent it.
pub(in crate::replay) fn gives_rows(statement: &ast::Statement) -> bool {
    use ast::Statement as S;
    match statement {
        S::Query(query) => !matches!(&query.body, ast::QueryBody::Select(it) if it.into.is_some()),
        S::Insert(it) => !it.returning.is_empty(),
        S::Update(it) => !it.returning.is_empty(),
        S::Delete(it) => !it.returning.is_empty(),
        S::Merge(it) => !it.returning.is_empty(),
        _ => false,
    }
}

/// What a query is cannot be known, and that is no matter here: it changes nothing.
pub(super) fn tolerate<T>(outcome: Outcome<T>) -> Outcome {
    match outcome {
        Ok(_) | Err(Stop::Unknown) => Ok(()),
        Err(refused) => Err(refused),
    }
}
