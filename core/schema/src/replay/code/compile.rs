//! What the server finds in a body before it runs any of it: variables and types that are not
//! there, conditions that do not exist, results that a function cannot have.
//!
//! Source: `pl_gram.y`, `pl_comp.c` and `plpgsql_validator` of PostgreSQL's `plpgsql`.

use std::collections::BTreeSet;

use crate::Code;
use crate::ast::{Ident, Name, TextRange};
use crate::catalog::{Function, FunctionKind};
use crate::plpgsql::{
    Block, DataType, Declaration, DeclarationKind, IntoTargets, Loop, LoopHead, Raised, Source,
    Statement, StatementKind, condition,
};
use crate::replay::names::plain;
use crate::replay::{Outcome, Refusal, Run, Stop};

/// What a body can give back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Result {
    Nothing,
    Value,
    /// What the parameters for output are.
    Outputs,
    Rows,
    /// Rows of what the parameters for output are.
    OutputRows,
}

impl Result {
    fn of(function: &Function) -> Self {
        let outputs = function.outputs().next().is_some();
        let is = |ty: &str| function.returns.as_ref().is_some_and(|it| it.ty.is(ty));
        match (function.returns_set, outputs) {
            (true, true) => Self::OutputRows,
            (true, false) => Self::Rows,
            (false, true) => Self::Outputs,
            _ if function.kind == FunctionKind::Procedure => Self::Nothing,
            _ if is("void") || is("event_trigger") => Self::Nothing,
            _ => Self::Value,
        }
    }
}

impl Run<'_> {
    /// Checks the body of a function, or that of a `DO`.
    pub(in crate::replay) fn compile(&self, block: &Block, of: Option<&Function>) -> Outcome {
        let mut outside: BTreeSet<String> = BTreeSet::from(["found".to_owned()]);
        let mut result = Result::Nothing;
        if let Some(function) = of {
            result = Result::of(function);
            outside.insert(function.name.clone());
            outside.extend(function.params.iter().filter_map(|it| it.name.clone()));
            let is = |ty: &str| function.returns.as_ref().is_some_and(|it| it.ty.is(ty));
            let given: &[&str] = match () {
                () if is("trigger") => &TRIGGER,
                () if is("event_trigger") => &["tg_event", "tg_tag"],
                () => &[],
            };
            outside.extend(given.iter().map(|&it| it.to_owned()));
        }
        let is_procedure = of.is_some_and(|it| it.kind == FunctionKind::Procedure);
        Compiler { run: self, scopes: vec![outside], result, is_procedure }.block(block)
    }
}

/// What a trigger's function is given. Source: PostgreSQL manual, "Trigger Functions" of PL/pgSQL.
pub(super) const TRIGGER: [&str; 12] = [
    "new",
    "old",
    "tg_argv",
    "tg_level",
    "tg_name",
    "tg_nargs",
    "tg_op",
    "tg_relid",
    "tg_relname",
    "tg_table_name",
    "tg_table_schema",
    "tg_when",
];

struct Compiler<'a> {
    run: &'a Run<'a>,
    /// The names of variables and labels, the innermost last.
    scopes: Vec<BTreeSet<String>>,
    result: Result,
    is_procedure: bool,
}

impl Compiler<'_> {
    fn block(&mut self, block: &Block) -> Outcome {
        let depth = self.scopes.len();
        let label = block.label.iter().map(|it| it.text.clone());
        self.scopes.push(label.collect());
        self.scopes.push(BTreeSet::new());
        for declaration in &block.declarations {
            self.declaration(declaration)?;
        }
        self.all(&block.body)?;
        if let Some(handlers) = &block.exception {
            self.scopes.push(["sqlstate", "sqlerrm"].map(str::to_owned).into());
            for handler in handlers {
                handler.conditions.iter().try_for_each(|name| is_condition(name))?;
                self.all(&handler.body)?;
            }
        }
        self.scopes.truncate(depth);
        Ok(())
    }

    fn declaration(&mut self, declaration: &Declaration) -> Outcome {
        match &declaration.kind {
            DeclarationKind::Variable { ty, .. } => self.data_type(ty)?,
            DeclarationKind::Alias(of) if !self.is_known(&first(of).text) => {
                return Refusal::new(
                    Code::UndefinedObject,
                    format!("variable \"{}\" does not exist", plain(of)),
                )
                .at(of.range)
                .stop();
            }
            DeclarationKind::Alias(_) => {}
            DeclarationKind::Cursor { params, .. } => {
                params.iter().try_for_each(|(_, ty)| self.data_type(ty))?;
            }
        }
        let name = &declaration.name;
        let scope = self.scopes.last_mut();
        if scope.is_some_and(|scope| !scope.insert(name.text.clone())) {
            return Refusal::new(
                Code::SyntaxError,
                format!("duplicate declaration at or near \"{}\"", name.text),
            )
            .at(name.range)
            .stop();
        }
        Ok(())
    }

    fn data_type(&self, ty: &DataType) -> Outcome {
        let Some(name) = &ty.name else { return Ok(()) };
        let first = first(&name.name);
        if ty.row_type {
            return known(self.run.relation_hit(&name.name));
        }
        if name.percent_type {
            if self.is_known(&first.text) {
                return Ok(());
            }
            // The server goes on reading it as the name of a type.
            let wrong = |label: String| {
                let message = "syntax error at or near \"%\"";
                Refusal::new(Code::SyntaxError, message).at(ty.range).label(label)
            };
            if name.name.qualifiers.is_empty() {
                return wrong(format!("there is no variable \"{}\"", first.text)).stop();
            }
            return match known(self.run.column_type(name)) {
                Err(Stop::Refused(refusal)) => wrong(refusal.message.clone()).stop(),
                other => other,
            };
        }
        if name.name.qualifiers.is_empty() && first.text == "record" {
            return Ok(());
        }
        known(self.run.column_type(name))
    }

    fn is_known(&self, name: &str) -> bool {
        name.starts_with('$') || self.scopes.iter().any(|scope| scope.contains(name))
    }

    /// Refuses to assign to what is no variable.
    fn variable(&self, name: &Name) -> Outcome {
        let first = first(name);
        if self.is_known(&first.text) {
            return Ok(());
        }
        let names = self.scopes.iter().flatten().map(String::as_str);
        Refusal::new(Code::SyntaxError, format!("\"{}\" is not a known variable", plain(name)))
            .at(name.range)
            .similar(&first.text, names)
            .stop()
    }

    fn assigned(&self, into: Option<&IntoTargets>) -> Outcome {
        into.iter().flat_map(|it| &it.targets).try_for_each(|it| self.variable(it))
    }

    fn all(&mut self, statements: &[Statement]) -> Outcome {
        statements.iter().try_for_each(|it| self.statement(it))
    }

    fn statement(&mut self, statement: &Statement) -> Outcome {
        use StatementKind as K;
        match &statement.kind {
            K::Block(block) => self.block(block),
            K::If { branches, otherwise } | K::Case { branches, otherwise, .. } => {
                branches.iter().try_for_each(|it| self.all(&it.body))?;
                self.all(otherwise.as_deref().unwrap_or_default())
            }
            K::Loop(it) => self.looping(it),
            K::Return(value) => self.returns(value.is_some(), statement.range),
            K::ReturnNext(value) => self.returns_next(value.is_some(), statement.range),
            K::ReturnQuery(_) => self.gives_rows("RETURN QUERY", statement.range),
            K::Assign { target, .. } => self.variable(target),
            K::Execute(dynamic) => self.assigned(dynamic.into.as_ref()),
            K::Sql { into, .. } => self.assigned(into.as_ref()),
            K::GetDiagnostics { items, .. } => {
                items.iter().try_for_each(|(name, _)| self.variable(name))
            }
            K::Fetch { cursor, into } => {
                self.variable(cursor)?;
                self.assigned(Some(into))
            }
            K::Raise(raise) => match &raise.what {
                Some(Raised::Condition(name)) => is_condition(name),
                _ => Ok(()),
            },
            K::Open { cursor, .. } | K::Move { cursor } | K::Close { cursor } => {
                self.variable(cursor)
            }
            _ => Ok(()),
        }
    }

    fn looping(&mut self, it: &Loop) -> Outcome {
        let mut scope: BTreeSet<String> = it.label.iter().map(|it| it.text.clone()).collect();
        match &it.head {
            LoopHead::Range { variable, .. } | LoopHead::Cursor { variable, .. } => {
                scope.insert(variable.text.clone());
            }
            LoopHead::Query { targets, query } => {
                self.targets(
                    targets,
                    "loop over rows must be a record variable or list of scalar",
                )?;
                if let Source::Dynamic(dynamic) = query {
                    self.assigned(dynamic.into.as_ref())?;
                }
            }
            LoopHead::Each { targets, .. } => {
                self.targets(targets, "FOREACH must be a known variable or list of")?;
            }
            LoopHead::Forever | LoopHead::While(_) => {}
        }
        self.scopes.push(scope);
        self.all(&it.body)?;
        self.scopes.pop();
        Ok(())
    }

    /// The variables of a loop, which does not declare them.
    fn targets(&self, targets: &[Name], what: &str) -> Outcome {
        targets.iter().try_for_each(|target| match self.variable(target) {
            Err(Stop::Refused(refusal)) if targets.len() == 1 => {
                let message = format!("loop variable of {what} variables");
                Refusal { message, ..*refusal }.stop()
            }
            other => other,
        })
    }

    fn returns(&self, value: bool, range: TextRange) -> Outcome {
        if value && self.is_procedure {
            let message = "RETURN cannot have a parameter in a procedure";
            return Refusal::new(Code::SyntaxError, message).at(range).stop();
        }
        let function = match self.result {
            Result::Value if !value => return missing_expression(range),
            Result::Nothing if value => "returning void",
            Result::Outputs if value => "with OUT parameters",
            Result::Rows | Result::OutputRows if value => "returning set",
            _ => return Ok(()),
        };
        mismatch(format!("RETURN cannot have a parameter in function {function}"), range)
    }

    fn returns_next(&self, value: bool, range: TextRange) -> Outcome {
        self.gives_rows("RETURN NEXT", range)?;
        match self.result {
            Result::OutputRows if value => mismatch(
                "RETURN NEXT cannot have a parameter in function with OUT parameters".to_owned(),
                range,
            ),
            Result::Rows if !value => missing_expression(range),
            _ => Ok(()),
        }
    }

    fn gives_rows(&self, what: &str, range: TextRange) -> Outcome {
        match self.result {
            Result::Rows | Result::OutputRows => Ok(()),
            _ => mismatch(format!("cannot use {what} in a non-SETOF function"), range),
        }
    }
}

/// The variable or label that a name begins with.
fn first(name: &Name) -> &Ident {
    name.qualifiers.first().unwrap_or(&name.name)
}

fn is_condition(name: &str) -> Outcome {
    if condition::states(name).is_some() {
        return Ok(());
    }
    Refusal::new(Code::UndefinedObject, format!("unrecognized exception condition \"{name}\""))
        .similar(name, condition::names())
        .stop()
}

fn missing_expression(range: TextRange) -> Outcome {
    Refusal::new(Code::SyntaxError, "missing expression at or near \";\"").at(range).stop()
}

fn mismatch(message: String, range: TextRange) -> Outcome {
    Refusal::new(Code::DatatypeMismatch, message).at(range).stop()
}

/// What is not known to be missing may be there.
fn known<T>(outcome: Outcome<T>) -> Outcome {
    match outcome {
        Ok(_) | Err(Stop::Unknown) => Ok(()),
        Err(refused) => Err(refused),
    }
}
