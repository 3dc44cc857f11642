//! Polymorphic types: `anyelement` and its like.
//!
//! Source: `check_valid_polymorphic_signature` in PostgreSQL's `parser/parse_coerce.c`.

use crate::Code;
use crate::ast::{Name, ParamMode};
use crate::catalog::{BaseType, Function, TypeRef};
use crate::replay::Outcome;
use crate::replay::refusal::refused;

/// The types of the first family, which all stand for one type.
const SIMPLE: [&str; 6] =
    ["anyelement", "anyarray", "anynonarray", "anyenum", "anyrange", "anymultirange"];
/// The types of the second family, which stand for one common type.
const COMPATIBLE: [&str; 5] = [
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anycompatiblemultirange",
];

/// Whether a type stands for another that the call tells.
pub(super) fn is_polymorphic(ty: TypeRef) -> bool {
    SIMPLE.iter().chain(&COMPATIBLE).any(|it| ty.is(it))
}

/// A polymorphic result needs a parameter that tells what it is.
pub(super) fn check(function: &Function, name: &Name) -> Outcome {
    let inputs: Vec<TypeRef> = super::signature(function);
    let outputs = function
        .params
        .iter()
        .filter(|it| matches!(it.mode, ParamMode::Out | ParamMode::InOut))
        .map(|it| it.ty.ty)
        .chain(function.returns.iter().map(|it| it.ty));
    let mut unknown = outputs.filter(|ty| !is_told(*ty, &inputs));
    match unknown.next() {
        Some(_) => refused(
            Code::InvalidFunctionDefinition,
            "cannot determine result data type",
            name.range,
        ),
        None => check_internal(function, &inputs, name),
    }
}

/// Only what takes an `internal` value can give one.
fn check_internal(function: &Function, inputs: &[TypeRef], name: &Name) -> Outcome {
    let gives = function.returns.as_ref().is_some_and(|it| it.ty.is("internal"));
    if gives && !inputs.iter().any(|it| it.is("internal") || it.is_unknown()) {
        return refused(
            Code::InvalidFunctionDefinition,
            "unsafe use of pseudo-type \"internal\"",
            name.range,
        );
    }
    Ok(())
}

fn is_told(ty: TypeRef, inputs: &[TypeRef]) -> bool {
    let BaseType::Known(known) = ty.base else { return true };
    if ty.array || inputs.iter().any(|it| it.is_unknown()) {
        return true;
    }
    let has = |names: &[&str]| names.iter().any(|name| inputs.iter().any(|it| it.is(name)));
    match known.name {
        "anyrange" | "anymultirange" => has(&["anyrange", "anymultirange"]),
        "anycompatiblerange" | "anycompatiblemultirange" => {
            has(&["anycompatiblerange", "anycompatiblemultirange"])
        }
        name if SIMPLE.contains(&name) => has(&SIMPLE),
        name if COMPATIBLE.contains(&name) => has(&COMPATIBLE),
        _ => true,
    }
}
