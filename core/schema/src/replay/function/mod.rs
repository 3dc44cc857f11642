//! Functions and procedures: `CREATE [OR REPLACE]`.
//!
//! Source: `CreateFunction` in PostgreSQL's `commands/functioncmds.c`, `ProcedureCreate` in
//! `catalog/pg_proc.c`.

mod aggregate;
mod alter;
mod attributes;
mod body;
mod params;
mod polymorphic;
mod replace;
mod result;
mod returns;

use super::refusal::refused;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{CreateFunction, FuncBody, Ident, Name};
use crate::ast::{ObjectKind, Volatility};
use crate::builtin;
use crate::catalog::{
    Catalog, Function, FunctionBody, FunctionKind, NameSpace, Object, ObjectId, SchemaRef, Text,
};

use self::attributes::Attributes;
use self::params::Params;

impl Run<'_> {
    pub(super) fn create_function(&mut self, statement: &CreateFunction) -> Outcome {
        let name = &statement.name;
        let Some(schema) = self.routine_schema(name)? else { return Ok(()) };
        let attributes = Attributes::read(self, &statement.options, statement.procedure)?;
        let language = self.language(statement, &attributes)?;
        let params = Params::read(self, statement, &language)?;
        let (returns, returns_set) = self.returns(statement, &params, &language)?;
        attributes.check(returns_set)?;
        let body = function_body(statement, &language)?;
        let mut function = Function {
            schema,
            name: name.name.text.clone(),
            kind: FunctionKind::Function,
            returns_table: params.table,
            params: params.list,
            returns,
            returns_set,
            effect: super::code::effect::of_body(&language.text, statement.body.as_ref()),
            language: language.text.clone(),
            volatility: Volatility::Volatile,
            strict: false,
            security_definer: false,
            leakproof: false,
            parallel: "unsafe".to_owned(),
            cost: None,
            rows: None,
            settings: Vec::new(),
            body,
        };
        if statement.procedure {
            function.kind = FunctionKind::Procedure;
        }
        attributes.apply(&mut function);
        polymorphic::check(&function, name)?;
        if let FunctionBody::Sql(_) = function.body {
            function.body = self.standard_body(statement, &function)?;
        }
        let id = self.define_routine(name, function, statement.or_replace)?;
        self.check_body(statement, id)
    }

    /// The schema in which a function is made. None where it lies in one that the server brought:
    /// then nothing is certain of the name.
    fn routine_schema(&mut self, name: &Name) -> Outcome<Option<ObjectId>> {
        match self.creation_schema(name) {
            Err(Stop::Unknown) if self.catalog.opaque.is_none() => {
                self.catalog.doubtful.insert(name.name.text.clone());
                Ok(None)
            }
            schema => schema.map(Some),
        }
    }

    /// Adds a function, or puts it in the place of the one with the same signature.
    fn define_routine(
        &mut self,
        name: &Name,
        function: Function,
        or_replace: bool,
    ) -> Outcome<ObjectId> {
        let inputs = signature(&function);
        let schema = function.schema;
        let named = self.catalog.named(NameSpace::Function, Some(schema), &name.name.text);
        let found = named.iter().copied().find(|id| {
            self.catalog.get(*id).is_some_and(|entry| match &entry.object {
                Object::Function(it) => signature(it) == inputs,
                _ => false,
            })
        });
        let unknown = inputs.iter().any(|ty| ty.is_unknown());
        let Some(id) = found.filter(|_| !unknown) else {
            if !unknown && !or_replace {
                self.extension_has_not(schema, name, &inputs)?;
            }
            return Ok(self.catalog.insert(Object::Function(function), self.place));
        };
        let uncertain = self.catalog.is_uncertain(id);
        if !uncertain && !self.catalog.doubtful.contains(&name.name.text) {
            if !or_replace {
                return duplicate(self.catalog, name, Some(id)).stop();
            }
            self.can_replace(id, &function, name)?;
        }
        self.catalog.update(id, |entry| {
            entry.object = Object::Function(function);
            entry.uncertain = false;
        });
        Ok(id)
    }

    /// Refuses what an extension brought to the same schema.
    fn extension_has_not(
        &self,
        schema: ObjectId,
        name: &Name,
        inputs: &[crate::catalog::TypeRef],
    ) -> Outcome {
        let taken = self.catalog.extensions_in(schema).any(|extension| {
            extension.bundled
                && extension.objects.functions(&name.name.text).any(|it| {
                    it.inputs()
                        .map(|it| self.catalog.type_of_fact(it.data_type))
                        .eq(inputs.iter().copied())
                })
        });
        if taken { duplicate(self.catalog, name, None).stop() } else { Ok(()) }
    }

    /// The language of a function, which must be there.
    fn language(&self, statement: &CreateFunction, attributes: &Attributes) -> Outcome<Ident> {
        let standard = matches!(statement.body, Some(FuncBody::Return(_) | FuncBody::Atomic(_)));
        let language = match attributes.language {
            Some(language) => language.clone(),
            None if standard => Ident::new("sql".to_owned(), statement.name.range),
            None => {
                return Refusal::new(Code::InvalidFunctionDefinition, "no language specified")
                    .at(statement.name.range)
                    .help("add `LANGUAGE plpgsql` or `LANGUAGE sql`")
                    .stop();
            }
        };
        let name = language.text.as_str();
        if !has_language(self.catalog, name) {
            let known = ["plpgsql", "sql", "c", "internal"];
            return Refusal::new(
                Code::UndefinedObject,
                format!("language \"{name}\" does not exist"),
            )
            .at(language.range)
            .help("a language other than `sql` and `plpgsql` is loaded by `CREATE EXTENSION`")
            .similar(name, known)
            .stop();
        }
        if standard && name != "sql" {
            return refused(
                Code::InvalidFunctionDefinition,
                "inline SQL function body only valid for language SQL",
                language.range,
            );
        }
        Ok(language)
    }
}

/// What the catalog keeps of the body. A standard one is read later.
fn function_body(statement: &CreateFunction, language: &Ident) -> Outcome<FunctionBody> {
    match &statement.body {
        None => refused(
            Code::InvalidFunctionDefinition,
            "no function body specified",
            statement.name.range,
        ),
        Some(FuncBody::Source(source)) => Ok(FunctionBody::Source(source.value.clone())),
        Some(FuncBody::Library { file, symbol }) => {
            if language.text != "c" {
                return refused(
                    Code::InvalidFunctionDefinition,
                    format!("only one AS item needed for language \"{}\"", language.text),
                    symbol.range,
                );
            }
            Ok(FunctionBody::Library { file: file.value.clone(), symbol: symbol.value.clone() })
        }
        Some(FuncBody::Return(_) | FuncBody::Atomic(_)) => Ok(FunctionBody::Sql(Text::default())),
    }
}

/// The types by which a function or a procedure is told apart from others of its name: those of
/// the parameters that are not for output alone.
fn signature(function: &Function) -> Vec<crate::catalog::TypeRef> {
    let inputs = function.params.iter().filter(|it| it.mode != crate::ast::ParamMode::Out);
    inputs.map(|it| it.ty.ty).collect()
}

fn duplicate(catalog: &Catalog, name: &Name, id: Option<ObjectId>) -> Refusal {
    let text = &name.name.text;
    let refusal = Refusal::new(
        Code::DuplicateFunction,
        format!("function \"{text}\" already exists with same argument types"),
    )
    .at(name.range)
    .help("write `CREATE OR REPLACE`, or drop the old one first");
    refusal.also(id.and_then(|id| catalog.get(id)).map(|it| it.created), "created here")
}

/// Whether there may be a language of this name.
fn has_language(catalog: &Catalog, name: &str) -> bool {
    let brought = |objects: &builtin::Objects| objects.language(name).is_some();
    let space = NameSpace::Other(ObjectKind::Language);
    brought(&catalog.builtin().objects())
        || catalog.extensions().any(|(_, known)| known.is_none_or(|it| brought(&it.objects)))
        || !catalog.named(space, None, name).is_empty()
        || !catalog.missing::<SchemaRef>(name).is_missing()
}
