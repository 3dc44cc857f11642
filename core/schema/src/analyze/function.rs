//! Which function a call means.
//!
//! Source: PostgreSQL manual, "Type Conversion", "Functions"; "Calling Functions".

use std::rc::Rc;

use super::Analyzer;
use super::coerce::{CastContext, can_coerce, conversion, is_row};
use super::facts::{self, base_type, facts, type_name};
use super::polymorphic::{self, Bound, Misfit};
use crate::Code;
use crate::ast::{self, Ident, Name, ParamMode, TextRange};
use crate::builtin::{self, Extension, Home, Mode, Volatility};
use crate::catalog::{
    Catalog, Function, FunctionKind, Lookup, NameSpace, Object, ObjectId, SchemaRef, TypeRef,
};
use crate::replay::{Outcome, Refusal};

/// A function, aggregate or procedure, of whatever origin.
#[derive(Debug, Clone)]
pub(super) struct Routine {
    pub(super) kind: builtin::FunctionKind,
    /// What a call gives.
    pub(super) inputs: Vec<Input>,
    /// The type of the elements, where the last input takes any number of them.
    pub(super) variadic: Option<TypeRef>,
    pub(super) result: TypeRef,
    pub(super) set: bool,
    pub(super) volatility: Volatility,
    /// Of what it is brought by.
    pub(super) home: Option<Home<'static>>,
    /// The one of the chain.
    pub(super) own: Option<ObjectId>,
    /// Whether the planner may put its body in the place of the call, which then counts.
    pub(super) inlined: bool,
}

/// A parameter that a call gives.
#[derive(Debug, Clone)]
pub(super) struct Input {
    pub(super) name: Option<String>,
    pub(super) ty: TypeRef,
    pub(super) default: bool,
}

/// A function that a call may mean.
#[derive(Debug, Clone)]
struct Candidate {
    routine: Rc<Routine>,
    /// The type of the parameter for each argument.
    params: Vec<TypeRef>,
    /// The position of its schema in the search path.
    path: usize,
    /// Whether arguments are gathered into the last parameter.
    gathered: bool,
    /// Whether another takes the same arguments, and is no worse.
    twin: bool,
}

/// What a call means.
#[derive(Debug, Clone)]
pub(super) enum Call {
    /// A function, and the types of the parameters for each argument and of the result.
    Routine { routine: Rc<Routine>, params: Vec<TypeRef>, result: TypeRef },
    /// A cast that is written like a call: `float8(x)`.
    Cast(TypeRef),
    /// It cannot be known. Holds what all that it may mean return.
    Unknown(TypeRef),
}

/// The arguments of a call, as far as they decide which function it means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arguments<'a> {
    pub(super) types: &'a [TypeRef],
    /// The names of the last ones, where they are named.
    pub(super) names: &'a [&'a Ident],
    /// Whether the last one is the array of a variadic parameter.
    pub(super) variadic: bool,
}

impl Routine {
    /// A function of the server or of an extension.
    pub(super) fn known(
        catalog: &Catalog,
        signature: &builtin::Signature,
        home: Home<'static>,
    ) -> Self {
        let ty = |name| catalog.type_of_fact(name);
        let input = |it: &builtin::Argument| Input {
            name: it.name.map(str::to_owned),
            ty: ty(it.data_type),
            default: it.has_default,
        };
        let variadic = signature.inputs().last().filter(|it| it.mode == Mode::Variadic);
        Self {
            kind: signature.kind,
            inputs: signature.inputs().map(input).collect(),
            variadic: variadic.map(|it| element(ty(it.data_type))),
            result: signature.result.map_or(TypeRef::catalog("void"), ty),
            set: signature.returns_set,
            volatility: signature.volatility,
            home: Some(home),
            own: None,
            inlined: false,
        }
    }

    /// A function of the chain.
    fn own(id: ObjectId, function: &Function) -> Self {
        let inputs = function.inputs().map(|it| Input {
            name: it.name.clone(),
            ty: it.ty.ty,
            default: it.default.is_some(),
        });
        let variadic = function.inputs().last().filter(|it| it.mode == ParamMode::Variadic);
        let mut outs = function
            .params
            .iter()
            .filter(|it| matches!(it.mode, ParamMode::Out | ParamMode::InOut));
        let result = match (outs.next(), outs.next(), &function.returns) {
            (Some(_), Some(_), _) => TypeRef::catalog("record"),
            (Some(one), None, _) => one.ty.ty,
            (None, _, Some(returns)) => returns.ty,
            (None, _, None) => TypeRef::catalog("void"),
        };
        Self {
            kind: match function.kind {
                FunctionKind::Function => builtin::FunctionKind::Function,
                FunctionKind::Procedure => builtin::FunctionKind::Procedure,
                FunctionKind::Aggregate => builtin::FunctionKind::Aggregate,
                FunctionKind::Window => builtin::FunctionKind::Window,
            },
            inputs: inputs.collect(),
            variadic: variadic.map(|it| element(it.ty.ty)),
            result,
            set: function.returns_set || function.returns_table,
            volatility: match function.volatility {
                ast::Volatility::Immutable => Volatility::Immutable,
                ast::Volatility::Stable => Volatility::Stable,
                ast::Volatility::Volatile => Volatility::Volatile,
            },
            home: None,
            own: Some(id),
            inlined: function.language == "sql",
        }
    }

    /// The types of the parameters for so many arguments, with the last of them gathered or not.
    fn arrange(&self, arguments: Arguments<'_>, gather: bool) -> Option<Vec<TypeRef>> {
        let count = arguments.types.len();
        let positional = count.checked_sub(arguments.names.len())?;
        if gather {
            let element = self.variadic?;
            let fixed = self.inputs.len().checked_sub(1)?;
            if !arguments.names.is_empty() || count < fixed {
                return None;
            }
            // Without an argument for it, the last parameter must have a default.
            if count == fixed {
                return None;
            }
            let mut params: Vec<TypeRef> = self.inputs.iter().take(fixed).map(|it| it.ty).collect();
            params.resize(count, element);
            return Some(params);
        }
        if arguments.variadic && self.variadic.is_none() || count > self.inputs.len() {
            return None;
        }
        let mut params: Vec<TypeRef> =
            self.inputs.iter().take(positional).map(|it| it.ty).collect();
        let mut given = vec![false; self.inputs.len()];
        given.iter_mut().take(positional).for_each(|it| *it = true);
        for name in arguments.names {
            let at = self.inputs.iter().position(|it| it.name.as_deref() == Some(&name.text))?;
            let slot = given.get_mut(at).filter(|it| !**it)?;
            *slot = true;
            params.push(self.inputs.get(at)?.ty);
        }
        let mut left_out = self.inputs.iter().zip(&given).filter(|(_, given)| !**given);
        left_out.all(|(it, _)| it.default).then_some(params)
    }
}

/// The type of the arguments that are gathered into an array of a type.
fn element(array: TypeRef) -> TypeRef {
    if let Some(element) = array.element() {
        return element;
    }
    match polymorphic::polymorphic(array) {
        Some("anyarray") => TypeRef::catalog("anyelement"),
        Some("anycompatiblearray") => TypeRef::catalog("anycompatible"),
        _ => array,
    }
}

impl Analyzer<'_> {
    /// The function that a call means.
    pub(super) fn find_call(
        &self,
        name: &Name,
        arguments: Arguments<'_>,
        range: TextRange,
    ) -> Outcome<Call> {
        let catalog = self.catalog;
        let schemas = match catalog.schemas_of(name) {
            Lookup::Found(schemas) => schemas,
            Lookup::Unknown => return Ok(Call::Unknown(TypeRef::UNKNOWN)),
            Lookup::Missing => {
                let Some(schema) = name.schema() else {
                    return Ok(Call::Unknown(TypeRef::UNKNOWN));
                };
                return crate::replay::no_schema(catalog, schema).stop();
            }
        };
        let all = routines(catalog, &schemas, &name.name.text);
        let open = !catalog.missing_routine::<()>(&name.name.text).is_missing()
            || all.iter().any(|(_, it)| it.own.is_some_and(|id| catalog.is_uncertain(id)));
        let candidates = candidates(&all, arguments);
        let vague = arguments.types.iter().any(|it| {
            matches!(facts(catalog, *it).shape, facts::Shape::Unknown) && !it.is("unknown")
        });
        let exact = candidates.iter().find(|it| it.params == arguments.types);
        if let Some(exact) = exact.filter(|it| !vague && !it.twin) {
            return self.settle_call(exact, arguments, range);
        }
        if exact.is_none()
            && let [argument] = arguments.types
            && arguments.names.is_empty()
            && let Some(cast) = self.cast_like_call(name, *argument)
        {
            return Ok(Call::Cast(cast));
        }
        let fitting: Vec<&Candidate> =
            candidates.iter().filter(|it| fits(catalog, &it.params, arguments.types)).collect();
        if vague && fitting.len() > 1 {
            return Ok(Call::Unknown(common_result(catalog, &fitting)));
        }
        let types: Vec<&[TypeRef]> = fitting.iter().map(|it| it.params.as_slice()).collect();
        let best = match types.len() {
            _ if exact.is_some() => None,
            0 | 1 => types.len().checked_sub(1),
            _ => select(catalog, &types, arguments.types),
        };
        if let Some(best) = best.and_then(|at| fitting.get(at)).filter(|it| !it.twin) {
            return self.settle_call(best, arguments, range);
        }
        if open {
            return Ok(Call::Unknown(common_result(catalog, &fitting)));
        }
        // A range type comes with functions of its name, and of its multirange type's.
        if let Some(ty) = self
            .catalog
            .find_type(name)
            .found()
            .filter(|ty| !matches!(ty.base, crate::catalog::BaseType::Known(_)))
        {
            return Ok(Call::Unknown(ty));
        }
        if fitting.is_empty() {
            return self.no_function(name, &all, arguments, range).stop();
        }
        let message = format!("function {} is not unique", self.signature(name, arguments));
        Refusal::new(Code::AmbiguousFunction, message)
            .at(range)
            .help("cast the arguments to the types that are meant")
            .stop()
    }

    fn settle_call(
        &self,
        candidate: &Candidate,
        arguments: Arguments<'_>,
        range: TextRange,
    ) -> Outcome<Call> {
        let catalog = self.catalog;
        let bound = match polymorphic::bind(catalog, &candidate.params, arguments.types) {
            Ok(bound) => bound,
            Err(Misfit::Literals) => {
                return Refusal::new(
                    Code::DatatypeMismatch,
                    "could not determine polymorphic type because input has type unknown",
                )
                .at(range)
                .help("write a cast")
                .stop();
            }
            // The candidates were chosen so that they fit.
            Err(Misfit::Types) => Bound::default(),
        };
        Ok(Call::Routine {
            params: candidate.params.iter().map(|it| bound.apply(catalog, *it)).collect(),
            result: bound.apply(catalog, candidate.routine.result),
            routine: Rc::clone(&candidate.routine),
        })
    }

    /// The type that a call with one argument casts to: its name is that of a type, and the cast
    /// needs no function.
    fn cast_like_call(&self, name: &Name, argument: TypeRef) -> Option<TypeRef> {
        let target = self.catalog.find_type(name).found()?;
        if argument.is("unknown") || argument.is_unknown() {
            return Some(target);
        }
        let row = is_row(self.catalog, argument);
        if row && facts(self.catalog, target).category == 'S' {
            return None;
        }
        conversion(self.catalog, argument, target, CastContext::Explicit).map(|_| target)
    }

    /// A call as messages have it: `f(integer, text)`.
    pub(super) fn signature(&self, name: &Name, arguments: Arguments<'_>) -> String {
        let first_named = arguments.types.len().saturating_sub(arguments.names.len());
        let types = arguments.types.iter().enumerate().map(|(at, ty)| {
            let ty = type_name(self.catalog, *ty);
            match at.checked_sub(first_named).and_then(|at| arguments.names.get(at)) {
                Some(name) => format!("{} => {ty}", name.text),
                None => ty,
            }
        });
        format!("{}({})", crate::replay::plain(name), types.collect::<Vec<_>>().join(", "))
    }

    fn no_function(
        &self,
        name: &Name,
        all: &[(usize, Rc<Routine>)],
        arguments: Arguments<'_>,
        range: TextRange,
    ) -> Refusal {
        let catalog = self.catalog;
        let message = format!("function {} does not exist", self.signature(name, arguments));
        let mut refusal = Refusal::new(Code::UndefinedFunction, message).at(range);
        let text = name.name.text.as_str();
        if !all.is_empty() {
            for (_, routine) in all.iter().take(3) {
                let inputs = routine.inputs.iter().map(|it| type_name(catalog, it.ty));
                let inputs = inputs.collect::<Vec<_>>().join(", ");
                refusal = refusal.help(format!("there is `{text}({inputs})`"));
            }
            return refusal;
        }
        let mut own = Vec::new();
        for schema in catalog.schemas_of(name).found().unwrap_or_default() {
            if let SchemaRef::Own(id) = schema {
                let went = catalog.former(NameSpace::Function, Some(id), text);
                refusal = refusal.went(went);
                own.extend(catalog.names(NameSpace::Function, Some(id)));
            }
        }
        let known: Vec<&str> =
            catalog.builtin().objects().all_functions().map(|it| it.name).collect();
        let brings = |it: &Extension| it.objects.functions(text).next().is_some();
        refusal
            .brought_or_similar(catalog, text, brings, own.into_iter().chain(known))
            .or_assumed("CREATE FUNCTION …")
    }
}

/// The functions of a name in some schemas, each with the position of its schema.
fn routines(catalog: &Catalog, schemas: &[SchemaRef], name: &str) -> Vec<(usize, Rc<Routine>)> {
    let mut found: Vec<(usize, Rc<Routine>)> = Vec::new();
    for (path, schema) in schemas.iter().enumerate() {
        let homes = match schema {
            SchemaRef::Catalog => vec![Home::Catalog],
            SchemaRef::InformationSchema => vec![Home::InformationSchema],
            SchemaRef::Own(id) => {
                for id in catalog.named(NameSpace::Function, Some(*id), name) {
                    if let Some(Object::Function(function)) =
                        catalog.get(*id).map(|entry| &entry.object)
                    {
                        found.push((path, Rc::new(Routine::own(*id, function))));
                    }
                }
                facts::extensions_in(catalog, *id)
            }
        };
        for home in homes {
            let known = facts::routines(catalog, home, name);
            found.extend(known.iter().map(|it| (path, Rc::clone(it))));
        }
    }
    found
}

/// The functions that a call with these arguments may mean. Of those that take the same types, the
/// first in the search path, and one that gathers nothing.
fn candidates(all: &[(usize, Rc<Routine>)], arguments: Arguments<'_>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (path, routine) in all {
        for gathered in [false, true] {
            if gathered && arguments.variadic {
                continue;
            }
            let Some(params) = routine.arrange(arguments, gathered) else { continue };
            let routine = Rc::clone(routine);
            let new = Candidate { routine, params, path: *path, gathered, twin: false };
            let rank = |it: &Candidate| (it.path, it.gathered);
            match candidates.iter_mut().find(|it| it.params == new.params) {
                Some(old) if rank(&new) < rank(old) => *old = new,
                Some(old) => old.twin |= rank(&new) == rank(old),
                None => candidates.push(new),
            }
        }
    }
    candidates
}

/// Whether arguments can be converted to parameters without being asked to.
pub(super) fn fits(catalog: &Catalog, params: &[TypeRef], args: &[TypeRef]) -> bool {
    let each = params.iter().zip(args).all(|(param, arg)| {
        polymorphic::polymorphic(*param).is_some() || can_coerce(catalog, *arg, *param)
    });
    let poly = params.iter().any(|it| polymorphic::polymorphic(*it).is_some());
    each && (!poly || !matches!(polymorphic::bind(catalog, params, args), Err(Misfit::Types)))
}

/// What some functions all return.
fn common_result(catalog: &Catalog, candidates: &[&Candidate]) -> TypeRef {
    let result = |it: &&Candidate| it.routine.result;
    let Some(first) = candidates.first().map(result) else { return TypeRef::UNKNOWN };
    let open = catalog.opaque.is_some()
        || polymorphic::polymorphic(first).is_some()
        || candidates.iter().any(|it| result(it) != first);
    if open { TypeRef::UNKNOWN } else { first }
}

/// The best of several parameter lists that all fit, as `func_select_candidate` finds it.
pub(super) fn select(
    catalog: &Catalog,
    candidates: &[&[TypeRef]],
    args: &[TypeRef],
) -> Option<usize> {
    let untyped = |ty: TypeRef| ty.is("unknown");
    let args: Vec<TypeRef> =
        args.iter().map(|ty| if untyped(*ty) { *ty } else { base_type(catalog, *ty) }).collect();
    let param = |candidate: usize, at: usize| -> TypeRef {
        candidates.get(candidate).and_then(|it| it.get(at)).copied().unwrap_or(TypeRef::UNKNOWN)
    };
    let mut left: Vec<usize> = (0..candidates.len()).collect();

    // Those with the most exact matches.
    keep_best(&mut left, |it| {
        args.iter().enumerate().filter(|(at, ty)| !untyped(**ty) && param(it, *at) == **ty).count()
    });
    if let [one] = left[..] {
        return Some(one);
    }
    // Those with the most exact matches and preferred types of the right category.
    let categories: Vec<char> = args.iter().map(|ty| facts(catalog, *ty).category).collect();
    keep_best(&mut left, |it| {
        let slots = args.iter().zip(&categories).enumerate();
        slots
            .filter(|(at, (ty, category))| {
                let param = param(it, *at);
                let known = facts(catalog, param);
                !untyped(**ty) && (param == **ty || known.preferred && known.category == **category)
            })
            .count()
    });
    if let [one] = left[..] {
        return Some(one);
    }
    if !args.iter().any(|it| untyped(*it)) {
        return None;
    }
    // For literals: those of the category that all have, or of strings.
    keep_by_category(catalog, &mut left, &args, &param);
    if let [one] = left[..] {
        return Some(one);
    }
    // Literals as if they had the type that all others have.
    let mut known = args.iter().filter(|it| !untyped(**it));
    let first = *known.next()?;
    if known.any(|it| *it != first) {
        return None;
    }
    let assumed = vec![first; args.len()];
    left.retain(|it| candidates.get(*it).is_some_and(|it| fits(catalog, it, &assumed)));
    match left[..] {
        [one] => Some(one),
        _ => None,
    }
}

fn keep_best(left: &mut Vec<usize>, score: impl Fn(usize) -> usize) {
    let scored: Vec<(usize, usize)> = left.iter().map(|it| (score(*it), *it)).collect();
    let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    *left = scored.iter().filter(|(score, _)| *score == best).map(|(_, it)| *it).collect();
}

fn keep_by_category(
    catalog: &Catalog,
    left: &mut Vec<usize>,
    args: &[TypeRef],
    param: &impl Fn(usize, usize) -> TypeRef,
) {
    let mut slots: Vec<Option<(char, bool)>> = Vec::new();
    for (at, arg) in args.iter().enumerate() {
        if !arg.is("unknown") {
            slots.push(None);
            continue;
        }
        let mut slot: Option<(char, bool)> = None;
        let mut conflict = false;
        for it in left.iter() {
            let known = facts(catalog, param(*it, at));
            match &mut slot {
                None => slot = Some((known.category, known.preferred)),
                Some((category, preferred)) if *category == known.category => {
                    *preferred |= known.preferred;
                }
                Some((category, preferred)) if known.category == 'S' => {
                    (*category, *preferred) = ('S', known.preferred);
                }
                Some(_) => conflict = true,
            }
        }
        if conflict && slot.is_none_or(|(category, _)| category != 'S') {
            return;
        }
        slots.push(slot);
    }
    let matching: Vec<usize> = left
        .iter()
        .copied()
        .filter(|it| {
            slots.iter().enumerate().all(|(at, slot)| {
                let Some((category, preferred)) = slot else { return true };
                let known = facts(catalog, param(*it, at));
                known.category == *category && (!preferred || known.preferred)
            })
        })
        .collect();
    if !matching.is_empty() {
        *left = matching;
    }
}
