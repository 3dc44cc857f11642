//! The bodies of functions: what the server checks when it creates them.
//!
//! Source: `fmgr_sql_validator` and `ProcedureCreate` in PostgreSQL's `catalog/pg_proc.c`,
//! `interpret_AS_clause` in `commands/functioncmds.c`.

use std::ops::Range;

use super::result::Last;
use crate::Code;
use crate::analyze::{Analyzer, Columns};
use crate::ast::{
    AtomicStatement, CreateFunction, Expr, FuncBody, ParamMode, Query, QueryBody, Select,
    Statement, StringConst, Target, TextRange,
};
use crate::catalog::{Function, FunctionBody, Object, ObjectId, Text};
use crate::plpgsql;
use crate::replay::code::gives_rows;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};
use crate::sql::{self, SyntaxError};

impl Run<'_> {
    /// Checks a body that is a string, as far as the server does. The function is there already,
    /// and may be named in its own body.
    pub(super) fn check_body(&mut self, statement: &CreateFunction, id: ObjectId) -> Outcome {
        let Some(FuncBody::Source(source)) = &statement.body else { return Ok(()) };
        if !self.catalog.session.check_function_bodies {
            return Ok(());
        }
        // The settings that a function runs with count for its check too.
        let own = super::attributes::search_path(&statement.options);
        let session = self.catalog.session.clone();
        if let Some(path) = own {
            self.catalog.session.search_path = path;
        }
        let checked = self.check_source(source, id);
        self.catalog.session = session;
        checked
    }

    fn check_source(&self, source: &StringConst, id: ObjectId) -> Outcome {
        let Some(Object::Function(function)) = self.catalog.get(id).map(|it| &it.object) else {
            return Ok(());
        };
        let (text, range) = match source.verbatim {
            Some(range) => (self.text, range.range()),
            None => (source.value.as_str(), 0..source.value.len()),
        };
        let checked = match function.language.as_str() {
            "sql" => self.check_script(text, range, function, source.range),
            "plpgsql" => self.check_block(text, range, function, source.range),
            _ => Ok(()),
        };
        // Places in a text with escapes are not places in the statement.
        match checked {
            Err(Stop::Refused(mut refusal)) if source.verbatim.is_none() => {
                refusal.range = Some(source.range);
                Err(Stop::Refused(refusal))
            }
            Err(Stop::Unknown) => Ok(()),
            checked => checked,
        }
    }

    /// A body in SQL: each statement in turn, before any of them is run.
    fn check_script(
        &self,
        text: &str,
        range: Range<usize>,
        function: &Function,
        whole: TextRange,
    ) -> Outcome {
        let statements = sql::read_in(text, range);
        if let Some(error) = statements.iter().find_map(|it| it.error.clone()) {
            return Err(syntax(error).into());
        }
        if is_polymorphic(function) {
            return Ok(());
        }
        let params = params(function);
        let columns = Columns { params, ..Columns::default() };
        let mut last = Last::None;
        for statement in &statements {
            let range = TextRange { start: statement.range.start, end: statement.range.end };
            last = match &statement.tree {
                Some(Statement::Empty) => continue,
                Some(tree) if is_about_rows(tree) => {
                    let mut analyzer = Analyzer::new(self.catalog, text);
                    match analyzer.rows_with(tree, &columns) {
                        Ok(outputs) if gives_rows(tree) => Last::Rows(outputs, range),
                        Ok(_) => Last::Other(range),
                        Err(Stop::Unknown) => Last::Unknown,
                        Err(refused) => return Err(refused),
                    }
                }
                Some(_) => Last::Other(range),
                None => Last::Unknown,
            };
        }
        self.check_result(function, &last, whole)
    }

    /// A body in PL/pgSQL.
    fn check_block(
        &self,
        text: &str,
        range: Range<usize>,
        function: &Function,
        whole: TextRange,
    ) -> Outcome {
        let triggers = [("trigger", "trigger"), ("event_trigger", "event trigger")];
        for (ty, word) in triggers {
            let is_one = function.returns.as_ref().is_some_and(|it| it.ty.is(ty));
            if is_one && !function.params.is_empty() {
                return Refusal::new(
                    Code::InvalidFunctionDefinition,
                    format!("{word} functions cannot have declared arguments"),
                )
                .at(whole)
                .help("the arguments of a trigger are in `TG_ARGV`")
                .stop();
            }
        }
        let (block, errors) = plpgsql::parse(text, range);
        match errors.into_iter().min_by_key(|error| error.range.start) {
            Some(error) => Err(syntax(error).into()),
            None => block.map_or(Ok(()), |block| self.compile(&block, Some(function))),
        }
    }

    /// Reads a body whose names are looked up once: `RETURN x`, `BEGIN ATOMIC … END`.
    pub(super) fn standard_body(
        &self,
        statement: &CreateFunction,
        function: &Function,
    ) -> Outcome<FunctionBody> {
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let params = params(function);
        let columns = Columns { params, ..Columns::default() };
        let open = is_polymorphic(function);
        let mut last = Last::None;
        let mut read = |analyzer: &mut Analyzer<'_>, tree: &Statement, range| {
            last = match analyzer.kept_rows_with(tree, &columns) {
                Ok(outputs) if gives_rows(tree) => Last::Rows(outputs, range),
                Ok(_) => Last::Other(range),
                Err(Stop::Refused(refusal)) if !open => return Err(Stop::Refused(refusal)),
                Err(_) => Last::Unknown,
            };
            Ok(())
        };
        let text = match &statement.body {
            Some(FuncBody::Return(expr)) => {
                read(&mut analyzer, &select(expr), expr.range)?;
                let mut text = Text::plain("RETURN ");
                text.append(&analyzer.text(expr.range));
                text
            }
            Some(FuncBody::Atomic(statements)) => {
                let body = self.atomic_range();
                for statement in statements {
                    match statement {
                        AtomicStatement::Return(expr) => {
                            read(&mut analyzer, &select(expr), expr.range)?;
                        }
                        AtomicStatement::Statement(tree) if is_about_rows(tree) => {
                            read(&mut analyzer, tree, body)?;
                        }
                        AtomicStatement::Statement(Statement::Call(_)) => {}
                        AtomicStatement::Statement(_) => {
                            return refused(
                                Code::FeatureNotSupported,
                                "this is not yet supported in unquoted SQL function body",
                                body,
                            );
                        }
                    }
                }
                analyzer.text(body)
            }
            _ => Text::default(),
        };
        if self.catalog.session.check_function_bodies && !open {
            self.check_result(function, &last, statement.name.range)?;
        }
        Ok(FunctionBody::Sql(text))
    }

    /// From `BEGIN ATOMIC` to the end of the statement.
    fn atomic_range(&self) -> TextRange {
        let range = self.range.range();
        let tokens: Vec<sql::Token> = sql::tokens_in(self.text, range.clone())
            .into_iter()
            .filter(|it| !it.is_trivia())
            .collect();
        let word = |at: usize| {
            let token = tokens.get(at);
            token.and_then(|it| self.text.get(it.range.clone())).unwrap_or_default()
        };
        let begin = (0..tokens.len()).find(|at| {
            word(*at).eq_ignore_ascii_case("begin") && word(at + 1).eq_ignore_ascii_case("atomic")
        });
        let start = begin.and_then(|at| tokens.get(at)).map_or(range.start, |it| it.range.start);
        TextRange { start, end: range.end }
    }
}

/// The parameters that a body can name. Those for output alone it cannot.
fn params(function: &Function) -> Vec<(Option<String>, crate::catalog::TypeRef)> {
    let inputs = function.params.iter().filter(|it| it.mode != ParamMode::Out);
    inputs.map(|it| (it.name.clone(), it.ty.ty)).collect()
}

fn is_polymorphic(function: &Function) -> bool {
    function.params.iter().any(|it| super::polymorphic::is_polymorphic(it.ty.ty))
}

fn is_about_rows(statement: &Statement) -> bool {
    use Statement as S;
    match statement {
        S::Query(query) => !makes_table(query),
        S::Insert(_) | S::Update(_) | S::Delete(_) | S::Merge(_) => true,
        _ => false,
    }
}

fn makes_table(query: &Query) -> bool {
    matches!(&query.body, QueryBody::Select(select) if select.into.is_some())
}

/// `SELECT expr`.
fn select(expr: &Expr) -> Statement {
    let select = Select {
        distinct: None,
        targets: vec![Target { expr: expr.clone(), alias: None }],
        into: None,
        from: Vec::new(),
        filter: None,
        group_by: None,
        having: None,
        windows: Vec::new(),
    };
    Statement::Query(Query {
        with: None,
        body: QueryBody::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: None,
        offset: None,
        locking: Vec::new(),
        range: expr.range,
    })
}

fn syntax(error: SyntaxError) -> Refusal {
    let range = TextRange { start: error.range.start, end: error.range.end };
    let refusal = Refusal::new(Code::SyntaxError, error.message).at(range);
    match error.suggestion {
        Some((_, keyword)) => refusal.help(format!("a similar keyword exists: `{keyword}`")),
        None => refusal,
    }
}
