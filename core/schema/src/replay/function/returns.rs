//! What functions return.
//!
//! Source: `CreateFunction` and `compute_return_type` in PostgreSQL's `commands/functioncmds.c`;
//! `fmgr_sql_validator` in `catalog/pg_proc.c`, `plpgsql_validator` in `pl_handler.c`.

use super::params::Params;
use crate::Code;
use crate::ast::{CreateFunction, Ident, ParamMode, Returns, TextRange, TypeName};
use crate::builtin::TypeKind;
use crate::catalog::{
    BaseType, ColumnType, Lookup, Object, TypeDefinition, TypeDefinitionKind, TypeRef,
};
use crate::replay::describe::type_name;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Run, Stop};

impl Run<'_> {
    /// The result type, and whether it is a set of that.
    pub(super) fn returns(
        &mut self,
        statement: &CreateFunction,
        params: &Params,
        language: &Ident,
    ) -> Outcome<(Option<ColumnType>, bool)> {
        let refuse = |message: String, range: TextRange| {
            refused(Code::InvalidFunctionDefinition, message, range)
        };
        if statement.procedure {
            self.languages_take(params, None, statement, language)?;
            return Ok((params.result.clone(), false));
        }
        let (returns, set) = match &statement.returns {
            Some(Returns::Table(_)) => (params.result.clone(), true),
            Some(Returns::Type(ty)) => {
                let found = match self.column_type(ty) {
                    Ok(found) => ColumnType::plain(found.ty),
                    Err(Stop::Unknown) => ColumnType::plain(TypeRef::UNKNOWN),
                    Err(_) if makes_types(language) => ColumnType::plain(self.shell(ty)?),
                    Err(stop) => return Err(stop),
                };
                if let Some(needed) = &params.result
                    && needed.ty != found.ty
                    && !needed.ty.is_unknown()
                    && !found.ty.is_unknown()
                {
                    let needed = type_name(self.catalog, needed.ty);
                    return refuse(
                        format!("function result type must be {needed} because of OUT parameters"),
                        ty.range,
                    );
                }
                (Some(found), ty.set_of)
            }
            None if params.result.is_some() => (params.result.clone(), false),
            None => {
                return refuse(
                    "function result type must be specified".to_owned(),
                    statement.name.range,
                );
            }
        };
        self.languages_take(params, returns.as_ref(), statement, language)?;
        Ok((returns, set))
    }

    /// A type of which only the name is known yet: a function of it comes before the type.
    fn shell(&mut self, ty: &TypeName) -> Outcome<TypeRef> {
        if let Lookup::Found(found) = self.catalog.find_type(&ty.name) {
            return Ok(found);
        }
        let schema = self.creation_schema(&ty.name)?;
        let (name, kind) = (ty.name.name.text.clone(), TypeDefinitionKind::Shell);
        let shell = Object::Type(TypeDefinition { schema, name, kind });
        Ok(TypeRef::own(self.catalog.insert(shell, self.place)))
    }

    /// Each language takes some of the types only that no column can have.
    fn languages_take(
        &self,
        params: &Params,
        returns: Option<&ColumnType>,
        statement: &CreateFunction,
        language: &Ident,
    ) -> Outcome {
        let (code, words, results, arguments): (_, _, &[&str], &[&str]) = match language
            .text
            .as_str()
        {
            "sql" => (
                Code::InvalidFunctionDefinition,
                ("SQL functions cannot return type", "SQL functions cannot have arguments of type"),
                &["void", "record"],
                &[],
            ),
            "plpgsql" => (
                Code::FeatureNotSupported,
                ("PL/pgSQL functions cannot return type", "PL/pgSQL functions cannot accept type"),
                &["void", "record", "trigger", "event_trigger"],
                &["record"],
            ),
            _ => return Ok(()),
        };
        let range = match &statement.returns {
            Some(Returns::Type(ty)) => ty.range,
            _ => statement.name.range,
        };
        if let Some(returns) = returns.filter(|it| !self.takes(it.ty, results)) {
            let ty = type_name(self.catalog, returns.ty);
            return refused(code, format!("{} {ty}", words.0), range);
        }
        for (at, param) in params.list.iter().enumerate() {
            if param.mode != ParamMode::Out && !self.takes(param.ty.ty, arguments) {
                let ty = type_name(self.catalog, param.ty.ty);
                let range = statement.params.get(at).map_or(range, |it| it.ty.range);
                return refused(code, format!("{} {ty}", words.1), range);
            }
        }
        Ok(())
    }

    fn takes(&self, ty: TypeRef, pseudo: &[&str]) -> bool {
        let BaseType::Known(known) = ty.base else { return true };
        let is_pseudo = !ty.array
            && self.catalog.known_type(known).is_some_and(|it| it.kind == TypeKind::Pseudo);
        !is_pseudo || super::polymorphic::is_polymorphic(ty) || pseudo.contains(&known.name)
    }
}

/// Whether functions in a language may return, and then take, a type that is not defined yet.
pub(super) fn makes_types(language: &Ident) -> bool {
    matches!(language.text.as_str(), "c" | "internal")
}
