//! `CREATE AGGREGATE`.
//!
//! Source: `DefineAggregate` in PostgreSQL's `commands/aggregatecmds.c`, `AggregateCreate` in
//! `catalog/pg_aggregate.c`.

use crate::Code;
use crate::analyze::Analyzer;
use crate::ast::{
    CreateAggregate, DefElem, DefValue, FuncParam, Name, ObjectKind, ObjectRef, ParamMode,
    Signature, TextRange, TypeName, Volatility,
};
use crate::catalog::{
    ColumnType, Effect, Function, FunctionBody, FunctionKind, Hole, Param, TypeRef,
};
use crate::replay::describe::type_name;
use crate::replay::names::plain;
use crate::replay::refusal::refused;
use crate::replay::routine::Candidate;
use crate::replay::{Outcome, Refusal, Run};
use crate::sql;

impl Run<'_> {
    pub(in super::super) fn create_aggregate(&mut self, statement: &CreateAggregate) -> Outcome {
        let name = &statement.name;
        let Some(schema) = self.routine_schema(name)? else { return Ok(()) };
        let options = Options(&statement.options);
        let params = self.aggregate_params(statement, options)?;
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let state = match options.get("stype").or_else(|| options.get("stype1")) {
            Some(DefElem { value: Some(DefValue::Type(ty)), .. }) => self.aggregate_type(ty)?,
            Some(_) => TypeRef::UNKNOWN,
            None => return must_be_specified("stype", name),
        };
        let Some(step) = options.get("sfunc").or_else(|| options.get("sfunc1")) else {
            return must_be_specified("sfunc", name);
        };
        let mut arguments = vec![state];
        let ordered = statement.params.as_ref().is_some_and(|it| !it.ordered.is_empty());
        let direct = statement.params.as_ref().map_or(0, |it| it.direct.len());
        arguments.extend(params.iter().skip(if ordered { direct } else { 0 }).map(|it| it.ty.ty));
        let stepped = self.bind_function(&mut analyzer, step, &arguments)?;
        let told = !stepped.is_unknown() && !state.is_unknown();
        if told && stepped != state && !super::polymorphic::is_polymorphic(stepped) {
            let step = function_name(step);
            let range = step.as_ref().map_or(name.range, |it| it.range);
            let step = step.as_ref().map(plain).unwrap_or_default();
            let state = type_name(self.catalog, state);
            return refused(
                Code::DatatypeMismatch,
                format!("return type of transition function {step} is not {state}"),
                range,
            );
        }
        let mut result = state;
        if let Some(last) = options.get("finalfunc") {
            let extra = options.get("finalfunc_extra").is_some();
            let mut arguments = vec![state];
            if extra {
                arguments.extend(params.iter().map(|it| it.ty.ty));
            } else if ordered {
                arguments.extend(params.iter().take(direct).map(|it| it.ty.ty));
            }
            result = self.bind_function(&mut analyzer, last, &arguments)?;
        }
        for (option, arguments) in [("combinefunc", vec![state, state])] {
            if let Some(option) = options.get(option) {
                self.bind_function(&mut analyzer, option, &arguments)?;
            }
        }
        for option in &statement.options {
            if let Some(DefValue::Type(ty)) = &option.value
                && option.name.text.contains("type")
            {
                self.bind_type(&mut analyzer, ty);
            }
        }
        let text = analyzer.text(self.options_range());
        let function = Function {
            schema,
            name: name.name.text.clone(),
            kind: FunctionKind::Aggregate,
            params,
            returns: Some(ColumnType::plain(result)),
            returns_set: false,
            returns_table: false,
            language: "internal".to_owned(),
            volatility: Volatility::Immutable,
            strict: false,
            security_definer: false,
            leakproof: false,
            parallel: "unsafe".to_owned(),
            cost: None,
            rows: None,
            settings: Vec::new(),
            body: FunctionBody::Aggregate(text),
            effect: Effect::None,
        };
        self.define_routine(name, function, statement.or_replace).map(drop)
    }

    fn aggregate_params(
        &self,
        statement: &CreateAggregate,
        options: Options<'_>,
    ) -> Outcome<Vec<Param>> {
        let param = |param: &FuncParam| {
            if matches!(param.mode, ParamMode::Out | ParamMode::InOut) {
                return refused(
                    Code::FeatureNotSupported,
                    "aggregates cannot have output arguments",
                    param.name.as_ref().map_or(param.ty.range, |it| it.range),
                );
            }
            let name = param.name.as_ref().map(|it| it.text.clone());
            Ok(Param { mode: param.mode, name, ty: self.param_type(&param.ty)?, default: None })
        };
        let basetype = options.get("basetype");
        let Some(params) = &statement.params else {
            return match basetype.map(|it| &it.value) {
                None => refused(
                    Code::InvalidFunctionDefinition,
                    "aggregate input type must be specified",
                    statement.name.range,
                ),
                Some(Some(DefValue::Type(ty))) if ty.name.name.text != "any" => {
                    let ty = ColumnType::plain(self.aggregate_type(ty)?);
                    Ok(vec![Param { mode: ParamMode::In, name: None, ty, default: None }])
                }
                Some(_) => Ok(Vec::new()),
            };
        };
        if let Some(basetype) = basetype {
            return refused(
                Code::InvalidFunctionDefinition,
                "basetype is redundant with aggregate input type specification",
                basetype.name.range,
            );
        }
        params.direct.iter().chain(&params.ordered).map(param).collect()
    }

    fn aggregate_type(&self, ty: &TypeName) -> Outcome<TypeRef> {
        match self.column_type(ty) {
            Ok(found) => Ok(found.ty),
            Err(crate::replay::Stop::Unknown) => Ok(TypeRef::UNKNOWN),
            Err(refused) => Err(refused),
        }
    }

    /// The result of a function that an option names, which must be there; its name becomes a
    /// hole.
    fn bind_function(
        &self,
        analyzer: &mut Analyzer<'_>,
        option: &DefElem,
        arguments: &[TypeRef],
    ) -> Outcome<TypeRef> {
        let Some(name) = function_name(option) else { return Ok(TypeRef::UNKNOWN) };
        let range = name.range;
        let object =
            ObjectRef { kind: ObjectKind::Function, name, signature: Signature::None, range };
        let candidates = self.candidates(&object);
        let fits = |param: &TypeRef, argument: &TypeRef| {
            super::polymorphic::is_polymorphic(*param) || analyzer.assignable(*argument, *param)
        };
        let takes = |it: &&Candidate| {
            it.variadic
                || it.inputs.len() == arguments.len()
                    && it.inputs.iter().zip(arguments).all(|(param, given)| fits(param, given))
        };
        let exact = candidates.iter().find(|it| it.inputs == arguments);
        let mut fitting = candidates.iter().filter(takes);
        let found = exact.or_else(|| {
            let first = fitting.next()?;
            fitting.next().is_none().then_some(first)
        });
        let several = candidates.iter().any(|it| takes(&it));
        match found {
            Some(found) => {
                if let Some(id) = found.id {
                    analyzer.bind(range, Hole::Object(id));
                }
                let exact = found.inputs == arguments;
                Ok(found.result.filter(|_| exact).unwrap_or(TypeRef::UNKNOWN))
            }
            None if several => Ok(TypeRef::UNKNOWN),
            None if self.may_be_more(&object) || arguments.iter().any(|ty| ty.is_unknown()) => {
                Ok(TypeRef::UNKNOWN)
            }
            None => {
                let types: Vec<String> =
                    arguments.iter().map(|ty| type_name(self.catalog, *ty)).collect();
                let name = plain(&object.name);
                Refusal::new(
                    Code::UndefinedFunction,
                    format!("function {name}({}) does not exist", types.join(", ")),
                )
                .at(range)
                .stop()
            }
        }
    }

    /// What stands in the last parentheses of the statement.
    fn options_range(&self) -> TextRange {
        let range = self.range.range();
        let mut open = Vec::new();
        let mut last = TextRange { start: range.end, end: range.end };
        for token in sql::tokens_in(self.text, range) {
            match self.text.get(token.range.clone()) {
                Some("(") => open.push(token.range.end),
                Some(")") => {
                    if let Some(start) = open.pop()
                        && open.is_empty()
                    {
                        last = TextRange { start, end: token.range.start };
                    }
                }
                _ => {}
            }
        }
        last
    }
}

/// The options of an aggregate.
#[derive(Clone, Copy)]
struct Options<'a>(&'a [DefElem]);

impl<'a> Options<'a> {
    fn get(self, name: &str) -> Option<&'a DefElem> {
        self.0.iter().find(|it| it.name.text == name)
    }
}

fn must_be_specified(what: &str, name: &Name) -> Outcome {
    refused(
        Code::InvalidFunctionDefinition,
        format!("aggregate {what} must be specified"),
        name.range,
    )
}

fn function_name(option: &DefElem) -> Option<Name> {
    match option.value.as_ref()? {
        DefValue::Type(ty) => Some(ty.name.clone()),
        DefValue::String(text) => {
            Some(Name::from(crate::ast::Ident::new(text.value.clone(), text.range)))
        }
        _ => None,
    }
}
