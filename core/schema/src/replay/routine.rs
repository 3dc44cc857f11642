//! The functions, procedures and aggregates that statements name, with the types of their
//! parameters or without.
//!
//! Source: what servers of version 14 and later do with `DROP FUNCTION f` and its like.

use super::describe::type_name;
use super::find::{Found, missing_or};
use super::names::plain;
use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::ast::{FuncParam, ObjectKind, ObjectRef, ParamMode, Signature};
use crate::builtin;
use crate::catalog::{
    FunctionKind, Lookup, NameSpace, Object, ObjectId, SchemaRef, Target, TypeRef,
};

/// A routine of some name.
pub(super) struct Candidate {
    /// None for one that the server or an extension brought.
    pub(super) id: Option<ObjectId>,
    system: bool,
    kind: FunctionKind,
    pub(super) inputs: Vec<TypeRef>,
    /// Whether a call may have any number of arguments.
    pub(super) variadic: bool,
    /// What it returns, where that is known.
    pub(super) result: Option<TypeRef>,
    /// The extension that brought it.
    pub(super) extension: Option<&'static str>,
    /// With those for output, by which a procedure can be named too.
    all: Vec<TypeRef>,
}

impl Candidate {
    pub(super) fn is_procedure(&self) -> bool {
        self.kind == FunctionKind::Procedure
    }
}

impl Run<'_> {
    /// The function, procedure or aggregate that a statement names.
    pub(super) fn find_function(&self, object: &ObjectRef) -> Outcome<Found> {
        if let Some(missing) = self.missing_schema(&object.name) {
            return Ok(Found::Missing(missing));
        }
        let candidates = self.candidates(object);
        match &object.signature {
            Signature::Params { params, ordered, .. } => {
                self.by_types(object, &candidates, params, ordered)
            }
            _ => self.by_name(object, candidates),
        }
    }

    /// The function of just these input types.
    pub(super) fn find_by_inputs(&self, object: &ObjectRef, inputs: &[TypeRef]) -> Found {
        if let Some(missing) = self.missing_schema(&object.name) {
            return Found::Missing(missing);
        }
        let candidates = self.candidates(object);
        if let Some(found) = candidates.iter().find(|it| it.inputs == inputs) {
            return self::found(found);
        }
        if inputs.iter().any(|ty| ty.is_unknown()) || self.may_be_more(object) {
            return Found::Known;
        }
        let types: Vec<String> = inputs.iter().map(|ty| type_name(self.catalog, *ty)).collect();
        let message =
            format!("function {}({}) does not exist", plain(&object.name), types.join(", "));
        Found::Missing(self.no_routine(object, message))
    }

    /// Whether there is any function of a name.
    pub(super) fn has_function(&self, object: &ObjectRef) -> bool {
        !self.candidates(object).is_empty()
    }

    fn by_name(&self, object: &ObjectRef, mut candidates: Vec<Candidate>) -> Outcome<Found> {
        candidates.retain(|it| match object.kind {
            ObjectKind::Procedure => it.kind == FunctionKind::Procedure,
            ObjectKind::Routine => true,
            _ => it.kind != FunctionKind::Procedure,
        });
        if self.may_be_more(object) {
            return Ok(match candidates.as_slice() {
                [Candidate { id: Some(id), .. }] => Found::Own(Target::Object(*id)),
                _ => Found::Known,
            });
        }
        let word = super::describe::kind_name(object.kind);
        let name = plain(&object.name);
        match candidates.as_slice() {
            [] => {
                // The server speaks of a routine as of a function.
                let word = if object.kind == ObjectKind::Routine { "function" } else { word };
                let article = if word.starts_with('a') { "an" } else { "a" };
                let message = format!("could not find {article} {word} named \"{name}\"");
                Ok(Found::Missing(self.no_routine(object, message)))
            }
            [only] => Ok(found(only)),
            _ => Refusal::new(
                Code::AmbiguousFunction,
                format!("{word} name \"{name}\" is not unique"),
            )
            .at(object.range)
            .help("write the types of its parameters")
            .stop(),
        }
    }

    fn by_types(
        &self,
        object: &ObjectRef,
        candidates: &[Candidate],
        params: &[FuncParam],
        ordered: &[FuncParam],
    ) -> Outcome<Found> {
        let (mut inputs, mut all) = (Vec::new(), Vec::new());
        for param in params.iter().chain(ordered) {
            let ty = match self.column_type(&param.ty) {
                Ok(ty) => ty.ty,
                Err(stop) => return Ok(missing_or(stop)),
            };
            all.push(ty);
            if param.mode != ParamMode::Out {
                inputs.push(ty);
            }
        }
        let by_all = matches!(object.kind, ObjectKind::Procedure | ObjectKind::Routine);
        let found = candidates.iter().find(|it| it.inputs == inputs).or_else(|| {
            let mut procedures =
                candidates.iter().filter(|it| by_all && it.kind == FunctionKind::Procedure);
            procedures.find(|it| it.all == all)
        });
        let signature = || {
            let types: Vec<String> = inputs.iter().map(|ty| type_name(self.catalog, *ty)).collect();
            format!("{}({})", plain(&object.name), types.join(", "))
        };
        let Some(found) = found else {
            let open = |it: &Candidate| it.inputs.iter().any(|ty| ty.is_unknown());
            if inputs.iter().any(|ty| ty.is_unknown())
                || candidates.iter().any(open)
                || self.may_be_more(object)
            {
                return Ok(Found::Known);
            }
            let word = match object.kind {
                ObjectKind::Procedure => "procedure",
                ObjectKind::Aggregate => "aggregate",
                _ => "function",
            };
            let signature = match object.kind {
                ObjectKind::Aggregate if inputs.is_empty() => format!("{}(*)", plain(&object.name)),
                _ => signature(),
            };
            let message = format!("{word} {signature} does not exist");
            return Ok(Found::Missing(self.no_routine(object, message)));
        };
        let wrong = match object.kind {
            ObjectKind::Function if found.kind == FunctionKind::Procedure => {
                format!("{} is not a function", signature())
            }
            ObjectKind::Procedure if found.kind != FunctionKind::Procedure => {
                format!("{} is not a procedure", signature())
            }
            ObjectKind::Aggregate if found.kind != FunctionKind::Aggregate => {
                format!("function {} is not an aggregate", signature())
            }
            _ => return Ok(self::found(found)),
        };
        if found.id.is_some_and(|id| self.catalog.is_uncertain(id)) {
            return Ok(Found::Known);
        }
        Refusal::new(Code::WrongObjectType, wrong).at(object.range).stop()
    }

    pub(super) fn no_routine(&self, object: &ObjectRef, message: String) -> Refusal {
        let refusal = self.gone(object, Code::UndefinedFunction, NameSpace::Function);
        Refusal { message, range: Some(object.range), ..refusal }
    }

    pub(super) fn may_be_more(&self, object: &ObjectRef) -> bool {
        !self.catalog.missing_routine::<()>(&object.name.name.text).is_missing()
    }

    /// All routines of the name, those of the first schema first; none that another hides.
    pub(super) fn candidates(&self, object: &ObjectRef) -> Vec<Candidate> {
        let name = object.name.name.text.as_str();
        let Lookup::Found(schemas) = self.catalog.schemas_of(&object.name) else {
            return Vec::new();
        };
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut add = |candidate: Candidate| {
            if !candidates.iter().any(|it| it.inputs == candidate.inputs) {
                candidates.push(candidate);
            }
        };
        for schema in schemas {
            match schema {
                SchemaRef::Own(id) => {
                    for id in self.catalog.named(NameSpace::Function, Some(id), name) {
                        self.own_candidate(*id).map(&mut add);
                    }
                    for extension in self.catalog.extensions_in(id) {
                        for it in extension.objects.functions(name) {
                            let extension = Some(extension.name);
                            add(Candidate { extension, ..self.known_candidate(&it, false) });
                        }
                    }
                }
                SchemaRef::Catalog => {
                    for it in self.catalog.builtin().objects().functions(name) {
                        add(self.known_candidate(&it, true));
                    }
                }
                SchemaRef::InformationSchema => {
                    let name = format!("information_schema.{name}");
                    for it in self.catalog.builtin().objects().functions(&name) {
                        add(self.known_candidate(&it, false));
                    }
                }
            }
        }
        candidates
    }

    fn own_candidate(&self, id: ObjectId) -> Option<Candidate> {
        let Object::Function(function) = &self.catalog.get(id)?.object else { return None };
        let input = |mode| mode != ParamMode::Out;
        Some(Candidate {
            id: Some(id),
            system: false,
            kind: function.kind,
            inputs: function.params.iter().filter(|it| input(it.mode)).map(|it| it.ty.ty).collect(),
            variadic: function.params.iter().any(|it| it.mode == ParamMode::Variadic),
            result: function.returns.as_ref().map(|it| it.ty),
            extension: None,
            all: function.params.iter().map(|it| it.ty.ty).collect(),
        })
    }

    fn known_candidate(&self, it: &builtin::Signature, system: bool) -> Candidate {
        let ty = |argument: &builtin::Argument| self.catalog.type_of_fact(argument.data_type);
        Candidate {
            id: None,
            system,
            kind: match it.kind {
                builtin::FunctionKind::Procedure => FunctionKind::Procedure,
                builtin::FunctionKind::Function => FunctionKind::Function,
                builtin::FunctionKind::Window => FunctionKind::Window,
                _ => FunctionKind::Aggregate,
            },
            inputs: it.inputs().map(ty).collect(),
            variadic: it.inputs().any(|it| it.mode == builtin::Mode::Variadic),
            result: it.result.map(|it| self.catalog.type_of_fact(it)),
            extension: None,
            all: it.arguments.iter().map(ty).collect(),
        }
    }
}

fn found(candidate: &Candidate) -> Found {
    match candidate.id {
        Some(id) => Found::Own(Target::Object(id)),
        None if candidate.system => Found::System,
        None => Found::Known,
    }
}
