//! Code that runs: `DO`, `CALL`, and functions that a query calls.
//!
//! A block is followed statement by statement. Where its way depends on something that is not
//! known, what may or may not have been done becomes uncertain; where it runs SQL that is put
//! together from what is not known, everything does.

use super::constant::{self, Value, Values};
use super::{Outcome, Refusal, Run, Stop, effect};
use crate::Code;
use crate::analyze::{Analyzer, Columns};
use crate::ast::{self, Call, Do, FuncCall, StringConst, TextRange};
use crate::catalog::{Effect, Mark, Object, ObjectId, TypeRef};
use crate::plpgsql::{
    self, Block, Branch, DataType, DeclarationKind, Dynamic, Expression, Handler, LoopHead, Raise,
    RaiseLevel, Raised, Source, Statement, StatementKind,
};
use crate::sql;

/// Functions that call functions, deeper than this, are not followed.
const MAX_CALLS: usize = 8;

impl Run<'_> {
    /// `DO`.
    pub(super) fn do_block(&mut self, statement: &Do) -> Outcome {
        let language = statement.language.as_ref().map_or("plpgsql", |it| it.text.as_str());
        if language != "plpgsql" {
            return Err(Stop::Unknown);
        }
        self.plpgsql(&statement.body, Names::default())
    }

    /// `CALL`.
    pub(super) fn call(&mut self, statement: &Call) -> Outcome {
        self.run_call(&statement.call, statement.range)
    }

    /// Runs a body that stands in the text, or, where it has escapes, one of its own.
    fn plpgsql(&mut self, body: &StringConst, names: Names) -> Outcome {
        match body.verbatim {
            Some(range) => self.plpgsql_in(range, names),
            None => {
                self.elsewhere(&body.value, body.range, |run, range| run.plpgsql_in(range, names))
            }
        }
    }

    fn plpgsql_in(&mut self, range: TextRange, names: Names) -> Outcome {
        let (block, errors) = plpgsql::parse(self.text, range.range());
        if let Some(error) = errors.into_iter().next() {
            return syntax_error(&error).stop();
        }
        let Some(block) = block else { return Err(Stop::Unknown) };
        let mut body = Body { run: self, names };
        match body.block(&block)? {
            Flow::Next | Flow::End => Ok(()),
        }
    }

    /// Runs something in a text of its own; a refusal points at `range` of this text.
    fn elsewhere(
        &mut self,
        text: &str,
        range: TextRange,
        what: impl FnOnce(&mut Run<'_>, TextRange) -> Outcome,
    ) -> Outcome {
        let mut run = Run {
            catalog: &mut *self.catalog,
            text,
            place: self.place,
            range: TextRange { start: 0, end: text.len() },
            in_transaction: self.in_transaction,
            calls: self.calls,
        };
        let whole = run.range;
        what(&mut run, whole).map_err(|stop| match stop {
            Stop::Refused(mut refusal) => {
                refusal.range = Some(range);
                Stop::Refused(refusal)
            }
            Stop::Unknown => Stop::Unknown,
        })
    }

    /// Does to the schema what the functions do that a part of the text calls.
    pub(super) fn run_calls_in(&mut self, range: TextRange) -> Outcome {
        let text = self.text.get(range.range()).unwrap_or_default();
        for id in effect::called(self.catalog, text) {
            self.run_function(id, &[], range)?;
        }
        Ok(())
    }

    /// Does what the triggers of a table do when its rows are changed.
    pub(super) fn fire_triggers(&mut self, table: ObjectId, events: &[&str]) -> Outcome {
        match effect::fired(self.catalog, table, events).first() {
            Some(_) => Err(Stop::Unknown),
            None => Ok(()),
        }
    }

    /// A call whose arguments may be known.
    pub(super) fn run_call(&mut self, call: &FuncCall, range: TextRange) -> Outcome {
        let named = effect::named(self.catalog, &call.name.name.text);
        let with_effect: Vec<ObjectId> = named
            .iter()
            .copied()
            .filter(|id| match self.catalog.get(*id).map(|entry| &entry.object) {
                Some(Object::Function(it)) => it.effect != Effect::None,
                _ => false,
            })
            .collect();
        let values = Values::new();
        let args: Vec<Option<Value>> =
            call.args.iter().map(|arg| constant::value(&arg.value, &values)).collect();
        let positional = call.args.iter().all(|arg| arg.name.is_none()) && !call.variadic;
        match with_effect.as_slice() {
            [] => Ok(()),
            // Which of several is called is not looked at.
            [id] if positional && named.len() == 1 => self.run_function(*id, &args, range),
            _ => Err(Stop::Unknown),
        }
    }

    /// Does what a function does to the schema. `args` are those that are known.
    fn run_function(&mut self, id: ObjectId, args: &[Option<Value>], range: TextRange) -> Outcome {
        let Some(Object::Function(function)) = self.catalog.get(id).map(|it| &it.object) else {
            return Err(Stop::Unknown);
        };
        let mut names = Names::default();
        for (at, param) in function.inputs().enumerate() {
            let number = format!("${}", at + 1);
            if let Some(Some(value)) = args.get(at) {
                names.values.insert(number.clone(), value.clone());
                if let Some(name) = &param.name {
                    names.values.insert(name.clone(), value.clone());
                }
            }
            names.columns.params.push((param.name.clone(), param.ty.ty));
        }
        let changes_path = function.settings.iter().any(|(name, _)| name == "search_path");
        let Some((language, source)) = effect::source(self.catalog, id) else {
            return Err(Stop::Unknown);
        };
        if self.calls >= MAX_CALLS || changes_path {
            return Err(Stop::Unknown);
        }
        self.calls += 1;
        let outcome = self.elsewhere(&source, range, |run, whole| match language.as_str() {
            "plpgsql" => run.plpgsql_in(whole, names),
            "sql" => run.script(whole),
            _ => Err(Stop::Unknown),
        });
        self.calls -= 1;
        outcome
    }

    /// Statements one after the other.
    fn script(&mut self, range: TextRange) -> Outcome {
        let text = self.text;
        for statement in sql::read_in(text, range.range()) {
            if let Some(error) = &statement.error {
                return syntax_error(error).stop();
            }
            let Some(tree) = &statement.tree else { return Err(Stop::Unknown) };
            let range = TextRange { start: statement.range.start, end: statement.range.end };
            self.statement_at(tree, range)?;
        }
        Ok(())
    }
}

fn syntax_error(error: &sql::SyntaxError) -> Refusal {
    let range = TextRange { start: error.range.start, end: error.range.end };
    Refusal::new(Code::SyntaxError, error.message.clone()).at(range)
}

/// The names that a body has around its queries.
#[derive(Debug, Default, Clone)]
struct Names {
    columns: Columns<'static>,
    /// Those whose values are known.
    values: Values,
}

/// Where a block goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// With the next statement.
    Next,
    /// Nowhere: it has returned, or leaves a loop.
    End,
}

/// A body that is being run.
struct Body<'r, 'a> {
    run: &'r mut Run<'a>,
    names: Names,
}

impl Body<'_, '_> {
    fn block(&mut self, block: &Block) -> Outcome<Flow> {
        let outside = self.names.clone();
        self.declare(block)?;
        let flow = match &block.exception {
            None => self.all(&block.body),
            Some(handlers) => self.guarded(&block.body, handlers),
        };
        // Variables of the outer block may have been assigned.
        let assigned = std::mem::replace(&mut self.names, outside);
        self.names.values.retain(|name, value| assigned.values.get(name) == Some(value));
        flow
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
                let expr = default.as_ref().and_then(Expression::expr);
                if let Some(value) = expr.and_then(|it| constant::value(it, &self.names.values)) {
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

    fn all(&mut self, statements: &[Statement]) -> Outcome<Flow> {
        for statement in statements {
            if self.step(statement)? == Flow::End {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::Next)
    }

    /// A block whose errors are handled: what it did before is taken back.
    fn guarded(&mut self, body: &[Statement], handlers: &[Handler]) -> Outcome<Flow> {
        let mark = self.run.catalog.mark();
        match self.all(body) {
            Err(Stop::Refused(refusal)) => {
                let Some(handler) = handlers.iter().find(|it| it.handles(refusal.code)) else {
                    return Err(Stop::Refused(refusal));
                };
                self.run.catalog.rollback(mark);
                self.all(&handler.body)
            }
            other => other,
        }
    }

    fn step(&mut self, statement: &Statement) -> Outcome<Flow> {
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
            K::Loop(it) => {
                self.loop_head(&it.head)?;
                let depth = self.names.columns.params.len();
                self.loop_names(&it.head);
                self.forget_assigned(&it.body);
                let forever = matches!(it.head, LoopHead::Forever);
                let flow = if forever && !leaves(&it.body) {
                    self.all(&it.body)
                } else {
                    self.maybe(&it.body)
                };
                self.names.columns.params.truncate(depth);
                flow?;
            }
            K::Return(value) => {
                if let Some(value) = value {
                    self.expression(value)?;
                }
                return Ok(Flow::End);
            }
            K::Exit(jump) | K::Continue(jump) => {
                if jump.when.is_none() {
                    return Ok(Flow::End);
                }
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
                let known = value.expr().and_then(|it| constant::value(it, &self.names.values));
                let whole = path.start == path.end && target.qualifiers.is_empty();
                match known.filter(|_| whole) {
                    Some(value) => {
                        self.names.values.insert(target.name.text.clone(), value);
                    }
                    None => self.forget(target),
                }
            }
            K::Perform(expression) => self.expression(expression)?,
            K::Execute(dynamic) => self.dynamic(dynamic)?,
            K::Sql { sql, into } => {
                self.sql(sql)?;
                for target in into.iter().flat_map(|it| &it.targets) {
                    self.forget(target);
                }
            }
            K::Fetch { into, .. } => into.targets.iter().for_each(|target| self.forget(target)),
            K::GetDiagnostics { items, .. } => items.iter().for_each(|(name, _)| self.forget(name)),
            K::Rollback { .. } => return Err(Stop::Unknown),
            K::Assert { .. }
            | K::Commit { .. }
            | K::Null
            | K::Move { .. }
            | K::Close { .. }
            | K::Open { query: None, .. } => {}
        }
        Ok(Flow::Next)
    }

    fn forget(&mut self, name: &ast::Name) {
        self.names.values.remove(&name.name.text);
        for qualifier in &name.qualifiers {
            self.names.values.remove(&qualifier.text);
        }
    }

    /// What a loop's body assigns is not known in its second round.
    fn forget_assigned(&mut self, body: &[Statement]) {
        let mut names = Vec::new();
        assigned(body, &mut names);
        for name in &names {
            self.forget(name);
        }
    }

    fn branches(&mut self, branches: &[Branch], otherwise: Option<&[Statement]>) -> Outcome<Flow> {
        for (at, branch) in branches.iter().enumerate() {
            self.expression(&branch.condition)?;
            let condition = branch.condition.expr();
            let known = condition.and_then(|it| super::condition::value(self.run.catalog, it));
            match known {
                Some(true) => return self.all(&branch.body),
                Some(false) => {}
                None => {
                    let rest = branches.get(at..).unwrap_or_default();
                    let bodies = rest.iter().map(|branch| branch.body.as_slice());
                    return self.maybe_all(bodies.chain(otherwise));
                }
            }
        }
        otherwise.map_or(Ok(Flow::Next), |body| self.all(body))
    }

    /// Bodies of which one may be run.
    fn maybe_all<'b>(
        &mut self,
        bodies: impl IntoIterator<Item = &'b [Statement]>,
    ) -> Outcome<Flow> {
        for body in bodies {
            self.maybe(body)?;
        }
        Ok(Flow::Next)
    }

    /// A body that may be run or not: what it would do is uncertain.
    fn maybe(&mut self, body: &[Statement]) -> Outcome<Flow> {
        let mark = self.run.catalog.mark();
        let values = self.names.values.clone();
        for statement in body {
            let before = self.run.catalog.mark();
            match self.step(statement) {
                Ok(Flow::Next) => {}
                Ok(Flow::End) => break,
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
        self.make_uncertain(mark);
        Ok(Flow::Next)
    }

    /// What a statement does that is not understood: to what it names, or to anything.
    fn doubt(&mut self, statement: &Statement) -> Outcome {
        let sql = match &statement.kind {
            StatementKind::Sql { sql, .. } => sql.statement.as_deref(),
            _ => None,
        };
        match sql {
            Some(sql) if super::doubt::doubt(self.run.catalog, sql) => Ok(()),
            _ => Err(Stop::Unknown),
        }
    }

    fn make_uncertain(&mut self, since: Mark) {
        let catalog = &mut *self.run.catalog;
        let touched = catalog.touched_since(since);
        let undone = catalog.rollback(since);
        let gone: Vec<String> = touched
            .iter()
            .filter_map(|id| catalog.get(*id).map(|entry| (id, entry.object.name().to_owned())))
            .map(|(_, name)| name)
            .collect();
        catalog.redo(undone);
        for id in touched {
            if catalog.get(id).is_some() {
                catalog.update(id, |entry| entry.uncertain = true);
            }
        }
        // What was there may have been dropped or renamed.
        catalog.doubtful.extend(gone);
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
                for target in targets {
                    self.forget(target);
                }
            }
            LoopHead::Forever | LoopHead::While(_) => {}
        }
    }

    fn source(&mut self, source: &Source) -> Outcome {
        match source {
            Source::Static(sql) => self.sql(sql),
            Source::Dynamic(dynamic) => self.dynamic(dynamic),
        }
    }

    fn expression(&mut self, expression: &Expression) -> Outcome {
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

    fn sql(&mut self, sql: &plpgsql::Sql) -> Outcome {
        use ast::Statement as S;
        let Some(statement) = sql.statement.as_deref() else { return Err(Stop::Unknown) };
        match statement {
            S::Insert(_) | S::Update(_) | S::Delete(_) | S::Merge(_) | S::Query(_) => {
                self.run.rows_in_body(statement, sql.range, &self.names.columns)
            }
            S::Call(call) => self.run_call(&call.call, sql.range),
            _ => self.run.statement_at(statement, sql.range),
        }
    }

    fn dynamic(&mut self, dynamic: &Dynamic) -> Outcome {
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

    fn raise(&mut self, raise: &Raise, range: TextRange) -> Outcome {
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

/// What a query is cannot be known, and that is no matter here: it changes nothing.
fn tolerate<T>(outcome: Outcome<T>) -> Outcome {
    match outcome {
        Ok(_) | Err(Stop::Unknown) => Ok(()),
        Err(refused) => Err(refused),
    }
}

/// Whether a loop's body has a way out of it.
fn leaves(body: &[Statement]) -> bool {
    body.iter().any(|statement| match &statement.kind {
        StatementKind::Exit(_) | StatementKind::Continue(_) | StatementKind::Return(_) => true,
        StatementKind::Block(block) => leaves(&block.body),
        StatementKind::If { branches, otherwise } => {
            branches.iter().any(|branch| leaves(&branch.body))
                || otherwise.as_deref().is_some_and(leaves)
        }
        StatementKind::Case { branches, otherwise, .. } => {
            branches.iter().any(|branch| leaves(&branch.body))
                || otherwise.as_deref().is_some_and(leaves)
        }
        StatementKind::Loop(it) => leaves(&it.body),
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

impl Handler {
    /// Whether it handles an error of this kind.
    ///
    /// Source: PostgreSQL manual, "Trapping Errors", and the appendix with the error codes.
    fn handles(&self, code: Code) -> bool {
        let Some(state) = code.sqlstate() else { return false };
        self.conditions.iter().any(|condition| match condition.as_str() {
            "others" => true,
            // Names of ours are those of the conditions, but for these.
            "dependent_objects_still_exist" => state == "2BP01",
            "object_not_in_prerequisite_state" => state == "55000",
            "syntax_error_or_access_rule_violation" => state == "42000",
            "data_exception" => state == "22000",
            condition => state == condition || condition.replace('_', "-") == code.name(),
        })
    }
}
