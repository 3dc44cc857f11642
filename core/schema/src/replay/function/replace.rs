//! `CREATE OR REPLACE FUNCTION`: what callers know of a function stays.
//!
//! Source: `ProcedureCreate` in PostgreSQL's `catalog/pg_proc.c`.

use crate::Code;
use crate::ast::{Name, ParamMode};
use crate::catalog::{Function, FunctionKind, Object, ObjectId, Param};
use crate::replay::describe;
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn can_replace(&self, id: ObjectId, new: &Function, name: &Name) -> Outcome {
        let Some(entry) = self.catalog.get(id) else { return Ok(()) };
        let Object::Function(old) = &entry.object else { return Ok(()) };
        let refuse = |code: Code, message: String| {
            let word = if old.kind == FunctionKind::Procedure { "PROCEDURE" } else { "FUNCTION" };
            let signature = describe::signature(self.catalog, id, old);
            Refusal::new(code, message)
                .at(name.range)
                .also(Some(entry.created), "the old one was created here")
                .help(format!("drop it first: `DROP {word} {signature}`"))
                .stop()
        };
        if old.kind != new.kind {
            return refuse(Code::WrongObjectType, "cannot change routine kind".to_owned());
        }
        let returned = |it: &Function| it.returns.as_ref().map(|it| it.ty);
        if new.kind == FunctionKind::Procedure && old.returns.is_some() != new.returns.is_some() {
            let message = "cannot change whether a procedure has output parameters";
            return refuse(Code::InvalidFunctionDefinition, message.to_owned());
        }
        let open = [returned(old), returned(new)].iter().flatten().any(|ty| ty.is_unknown());
        let same = open
            || (returned(old) == returned(new)
                && old.returns_set == new.returns_set
                && has_same_row(old, new));
        if !same {
            let message = "cannot change return type of existing function";
            return refuse(Code::InvalidFunctionDefinition, message.to_owned());
        }
        let renamed = inputs(old).zip(inputs(new)).find(|(old, new)| {
            old.name.as_ref().is_some_and(|it| !it.is_empty()) && old.name != new.name
        });
        if let Some((Param { name: Some(before), .. }, _)) = renamed {
            let message = format!("cannot change name of input parameter \"{before}\"");
            return refuse(Code::InvalidFunctionDefinition, message);
        }
        let defaults = |it: &Function| inputs(it).filter(|it| it.default.is_some()).count();
        if defaults(new) < defaults(old) {
            let message = "cannot remove parameter defaults from existing function";
            return refuse(Code::InvalidFunctionDefinition, message.to_owned());
        }
        Ok(())
    }
}

fn inputs(function: &Function) -> impl Iterator<Item = &Param> {
    function.params.iter().filter(|it| it.mode != ParamMode::Out)
}

/// Whether the parameters for output make the same row, where they make one.
fn has_same_row(old: &Function, new: &Function) -> bool {
    if !old.returns.as_ref().is_some_and(|it| it.ty.is("record")) {
        return true;
    }
    let (before, after): (Vec<&Param>, Vec<&Param>) =
        (old.outputs().collect(), new.outputs().collect());
    let name = |it: &Param| it.name.clone().unwrap_or_default();
    let same = |(a, b): (&&Param, &&Param)| {
        let open = a.ty.ty.is_unknown() || b.ty.ty.is_unknown();
        name(a) == name(b) && (open || a.ty.ty == b.ty.ty)
    };
    before.len() == after.len() && before.iter().zip(&after).all(same)
}
