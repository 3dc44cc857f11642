//! Code that runs: `DO`, `CALL`, and functions that a query calls.
//!
//! A block is followed statement by statement. Where its way depends on something that is not
//! known, what may or may not have been done becomes uncertain. Where it runs SQL that is put
//! together from what is not known, what that names does; and everything, where not even the
//! names are known in part.

mod assign;
mod body;
mod calls;
mod compile;
pub(super) mod effect;
mod expression;
mod looping;
#[cfg(test)]
mod tests;
mod ways;

use self::body::{Body, Names};
pub(super) use self::expression::gives_rows;
use self::expression::tolerate;
use super::eval::{self, Datum, Values};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns};
use crate::ast::{Call, Do, FuncCall, StringConst, TextRange};
use crate::catalog::{Entry, Mark, Object, ObjectId, TypeRef};
use crate::plpgsql;
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
        let columns = Columns::default();
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        tolerate(analyzer.procedure_call(&statement.call, statement.range, &columns))?;
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
        if self.calls == 0 {
            self.compile(&block, None)?;
        }
        let mut body = Body { run: self, names, doubted: false };
        body.block(&block).map(drop)
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

    /// Does to the schema what the functions do that a part of the text may call: for each row
    /// that there is, and perhaps there is none.
    pub(super) fn run_calls_in(&mut self, range: TextRange) -> Outcome {
        let text = self.text.get(range.range()).unwrap_or_default();
        self.perhaps_run(calls::called(self.catalog, text), range)
    }

    /// Does what the triggers of a table do when its rows are changed, as perhaps they are.
    pub(super) fn fire_triggers(&mut self, table: ObjectId, events: &[&str]) -> Outcome {
        self.perhaps_run(calls::fired(self.catalog, table, events), self.range)
    }

    /// Functions are called, or not.
    fn perhaps_run(&mut self, functions: Vec<ObjectId>, range: TextRange) -> Outcome {
        for id in functions {
            let mark = self.catalog.mark();
            match self.run_function(id, &[], range) {
                Err(Stop::Refused(_)) => drop(self.catalog.rollback(mark)),
                outcome => outcome?,
            }
            self.make_uncertain(mark);
        }
        Ok(())
    }

    /// Whether an event trigger changes the schema, whenever a statement does.
    pub(super) fn is_watched(&self) -> bool {
        calls::watches(self.catalog)
    }

    /// A call whose arguments may be known.
    pub(super) fn run_call(&mut self, call: &FuncCall, range: TextRange) -> Outcome {
        let named = calls::named(self.catalog, &call.name.name.text);
        let with_effect = calls::named_changing(self.catalog, &named);
        let values = Values::new();
        let args: Vec<Option<Datum>> =
            call.args.iter().map(|arg| eval::value(self.catalog, &values, &arg.value)).collect();
        let positional = call.args.iter().all(|arg| arg.name.is_none()) && !call.variadic;
        match with_effect.as_slice() {
            [] => Ok(()),
            // Which of several is called is not looked at.
            [id] if positional && named.len() == 1 => self.run_function(*id, &args, range),
            _ => Err(Stop::Unknown),
        }
    }

    /// Does what a function does to the schema. `args` are those that are known.
    fn run_function(&mut self, id: ObjectId, args: &[Option<Datum>], range: TextRange) -> Outcome {
        let Some(Object::Function(function)) = self.catalog.get(id).map(|it| &it.object) else {
            return Err(Stop::Unknown);
        };
        let mut names = Names::default();
        for (at, param) in function.inputs().enumerate() {
            let number = format!("${}", at + 1);
            if let Some(Some(value)) = args.get(at) {
                names.values.insert(number, value.clone());
                if let Some(name) = &param.name {
                    names.values.insert(name.clone(), value.clone());
                }
            }
            names.columns.params.push((param.name.clone(), param.ty.ty));
        }
        if function.returns.as_ref().is_some_and(|it| it.ty.is("trigger")) {
            let variables =
                compile::TRIGGER.iter().map(|name| (Some((*name).to_owned()), TypeRef::UNKNOWN));
            names.columns.params.extend(variables);
        }
        let changes_path = function.settings.iter().any(|(name, _)| name == "search_path");
        let Some((language, source)) = calls::source(self.catalog, id) else {
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

    /// What was done since may not have been.
    fn make_uncertain(&mut self, since: Mark) {
        let catalog = &mut *self.catalog;
        let touched = catalog.touched_since(since);
        let undone = catalog.rollback(since);
        let before: Vec<(ObjectId, Option<Entry>)> =
            touched.into_iter().map(|id| (id, catalog.get(id).cloned())).collect();
        catalog.redo(undone);
        for (id, before) in before {
            // A way that changes nothing in the end leaves nothing uncertain.
            if catalog.get(id) == before.as_ref() {
                continue;
            }
            catalog.update(id, |entry| entry.uncertain = true);
            // What was there may have been dropped or renamed.
            catalog.doubtful.extend(before.map(|before| before.object.name().to_owned()));
        }
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
