//! What the statements of a body evaluate, and the SQL that they run.

use super::body::Body;
use super::{calls, effect};
use crate::Code;
use crate::analyze::Analyzer;
use crate::ast::{self, FuncCall, TextRange};
use crate::catalog::Effect;
use crate::plpgsql::{self, Dynamic, Expression, Raise, RaiseLevel, Raised, Source};
use crate::replay::eval::{self, Datum};
use crate::replay::{Outcome, Refusal, Stop, doubt};
use crate::sql;

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
            let constant = match eval::value(self.run.catalog, &self.names.values, &arg.value) {
                Some(Datum::Null) => Some(ast::Constant::Null),
                Some(Datum::Bool(value)) => Some(ast::Constant::Bool(value)),
                Some(value) => value.text(self.run.catalog).map(ast::Constant::String),
                None => None,
            };
            if let Some(constant) = constant {
                arg.value.kind = ast::ExprKind::Constant(constant);
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
        let known = self.value(&dynamic.text).and_then(|it| it.text(self.run.catalog));
        match known.filter(|_| dynamic.using.is_empty()) {
            Some(source) =>
            {
                #[expect(
                    clippy::redundant_closure_for_method_calls,
                    reason = "the method is not general enough over its lifetime"
                )]
                self.run.elsewhere(&source, dynamic.text.range, |run, whole| run.script(whole))
            }
            // A query with parameters is about rows, and their types are not known here.
            None => match effect::of_dynamic(self.run.text, dynamic) {
                Effect::None => Ok(()),
                Effect::Unknown => self.doubt_dynamic(dynamic),
            },
        }
    }

    /// Notes what SQL may do of which not all is known.
    pub(super) fn doubt_dynamic(&mut self, dynamic: &Dynamic) -> Outcome {
        let Some(expr) = dynamic.text.expr() else { return Err(Stop::Unknown) };
        let template = eval::template(self.run.catalog, &self.names.values, expr);
        self.doubted = true;
        for statement in sql::read(&template) {
            let Some(tree) = statement.tree.filter(|_| statement.error.is_none()) else {
                return Err(Stop::Unknown);
            };
            let rows = effect::of_statement(&tree) == Effect::None
                && calls::called(self.run.catalog, &template).is_empty();
            if !rows && !doubt::doubt(self.run.catalog, &tree) {
                return Err(Stop::Unknown);
            }
        }
        Ok(())
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
