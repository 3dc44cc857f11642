//! The parameters of functions and procedures.
//!
//! Source: `interpret_function_parameter_list` in PostgreSQL's `commands/functioncmds.c`.

use super::returns::makes_types;
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{CreateFunction, Expr, FuncParam, Ident, ParamMode, Returns, TypeName};
use crate::catalog::{ColumnType, Lookup, Param, Text, TypeRef};
use crate::replay::names::plain;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Run, Stop};

/// The parameters, those of `RETURNS TABLE` last.
pub(super) struct Params {
    pub(super) list: Vec<Param>,
    /// Whether there is a `RETURNS TABLE`.
    pub(super) table: bool,
    /// The type that the parameters for output make together.
    pub(super) result: Option<ColumnType>,
}

impl Params {
    pub(super) fn read(
        run: &Run<'_>,
        statement: &CreateFunction,
        language: &Ident,
    ) -> Outcome<Self> {
        let mut reader = Reader {
            run,
            procedure: statement.procedure,
            list: Vec::new(),
            variadic: false,
            defaults: false,
        };
        for param in &statement.params {
            reader.param(param, statement, language)?;
        }
        let table = match &statement.returns {
            Some(Returns::Table(columns)) => {
                let out = |it: &&FuncParam| matches!(it.mode, ParamMode::Out | ParamMode::InOut);
                if let Some(param) = statement.params.iter().find(out) {
                    return refused(
                        Code::SyntaxError,
                        "OUT and INOUT arguments aren't allowed in TABLE functions",
                        param.name.as_ref().map_or(param.ty.range, |it| it.range),
                    );
                }
                for (name, ty) in columns {
                    reader.column(name, ty, columns)?;
                }
                true
            }
            _ => false,
        };
        let result = result(&reader.list, statement.procedure);
        Ok(Self { list: reader.list, table, result })
    }
}

/// What the parameters for output give: the type of the one, or `record`.
fn result(list: &[Param], procedure: bool) -> Option<ColumnType> {
    let outputs: Vec<&Param> = list.iter().filter(|it| is_output(it.mode)).collect();
    match outputs.as_slice() {
        [] => None,
        [only] if !procedure => Some(only.ty.clone()),
        _ => Some(ColumnType::plain(TypeRef::catalog("record"))),
    }
}

fn is_output(mode: ParamMode) -> bool {
    matches!(mode, ParamMode::Out | ParamMode::InOut)
}

struct Reader<'r, 'c> {
    run: &'r Run<'c>,
    procedure: bool,
    list: Vec<Param>,
    /// Whether there was a `VARIADIC` one.
    variadic: bool,
    /// Whether there was one with a default.
    defaults: bool,
}

impl Reader<'_, '_> {
    fn param(
        &mut self,
        param: &FuncParam,
        statement: &CreateFunction,
        language: &Ident,
    ) -> Outcome {
        let ty = self.ty(&param.ty, language)?;
        let range = param.name.as_ref().map_or(param.ty.range, |it| it.range);
        let refuse =
            |message: &str| refused(Code::InvalidFunctionDefinition, message.to_owned(), range);
        if param.ty.set_of {
            return refuse("functions cannot accept set arguments");
        }
        let input = param.mode != ParamMode::Out;
        if input && self.variadic {
            return refuse("VARIADIC parameter must be the last input parameter");
        }
        if !input && self.procedure {
            if self.variadic {
                return refuse("VARIADIC parameter must be the last parameter");
            }
            if self.defaults {
                return refuse(
                    "procedure OUT parameters cannot appear after one with a default value",
                );
            }
        }
        if param.mode == ParamMode::Variadic {
            self.variadic = true;
            let polymorphic = ["any", "anyarray", "anycompatiblearray"];
            let fits =
                ty.ty.array || ty.ty.is_unknown() || polymorphic.iter().any(|it| ty.ty.is(it));
            // A few types of the server are arrays by another name.
            if !fits && !is_vector(ty.ty) {
                return refuse("VARIADIC parameter must be an array");
            }
        }
        if let Some(name) = &param.name {
            let other = statement.params.iter().take_while(|it| !std::ptr::eq(*it, param));
            let mut other = other.filter(|it| !apart(it.mode, param.mode));
            if other.any(|it| it.name.as_ref() == Some(name)) {
                return used_twice(name);
            }
        }
        let default = match &param.default {
            Some(_) if !input => {
                return refuse("only input parameters can have default values");
            }
            Some(default) => {
                self.defaults = true;
                Some(self.default(default, &ty)?)
            }
            None if input && self.defaults => {
                return refuse(
                    "input parameters after one with a default value must also have defaults",
                );
            }
            None => None,
        };
        let name = param.name.as_ref().map(|it| it.text.clone());
        self.list.push(Param { mode: param.mode, name, ty, default });
        Ok(())
    }

    /// A column of `RETURNS TABLE`.
    fn column(&mut self, name: &Ident, ty: &TypeName, columns: &[(Ident, TypeName)]) -> Outcome {
        let found = self.run.param_type(ty)?;
        let before = columns.iter().take_while(|(it, _)| !std::ptr::eq(it, name));
        if before.into_iter().any(|(it, _)| it == name) {
            return used_twice(name);
        }
        let (mode, name) = (ParamMode::Out, Some(name.text.clone()));
        self.list.push(Param { mode, name, ty: found, default: None });
        Ok(())
    }

    fn ty(&self, ty: &TypeName, language: &Ident) -> Outcome<ColumnType> {
        match self.run.param_type(ty) {
            Err(Stop::Refused(refusal)) => match self.run.catalog.find_type(&ty.name) {
                Lookup::Found(shell) if makes_types(language) => Ok(ColumnType::plain(shell)),
                _ => Err(Stop::Refused(refusal)),
            },
            found => found,
        }
    }

    fn default(&self, expr: &Expr, ty: &ColumnType) -> Outcome<Text> {
        let mut analyzer = Analyzer::new(self.run.catalog, self.run.text);
        let site = Site::ParameterDefault;
        let polymorphic = super::polymorphic::is_polymorphic(ty.ty);
        let columns = Columns::default();
        let read = if polymorphic {
            analyzer.expression(expr, &columns, site)
        } else {
            analyzer.assigned(expr, &columns, site, ty, "argument of DEFAULT")
        };
        match read {
            Ok(_) | Err(Stop::Unknown) => Ok(analyzer.text(expr.range)),
            Err(refused) => Err(refused),
        }
    }
}

impl Run<'_> {
    /// The type of a parameter, which has no modifier.
    pub(super) fn param_type(&self, ty: &TypeName) -> Outcome<ColumnType> {
        match self.column_type(ty) {
            Ok(found) => Ok(ColumnType::plain(found.ty)),
            Err(Stop::Refused(mut refusal)) if refusal.code == Code::UndefinedObject => {
                let brackets = if ty.is_array() { "[]" } else { "" };
                refusal.message = format!("type {}{brackets} does not exist", plain(&ty.name));
                Err(Stop::Refused(refusal))
            }
            Err(Stop::Unknown) => Ok(ColumnType::plain(TypeRef::UNKNOWN)),
            Err(refused) => Err(refused),
        }
    }
}

/// Whether parameters of these modes may have one name: one is only for input, the other only for
/// output.
fn apart(a: ParamMode, b: ParamMode) -> bool {
    let input = |mode| matches!(mode, ParamMode::In | ParamMode::Variadic);
    (input(a) && b == ParamMode::Out) || (input(b) && a == ParamMode::Out)
}

fn used_twice<T>(name: &Ident) -> Outcome<T> {
    refused(
        Code::InvalidFunctionDefinition,
        format!("parameter name \"{}\" used more than once", name.text),
        name.range,
    )
}

fn is_vector(ty: TypeRef) -> bool {
    ty.is("int2vector") || ty.is("oidvector")
}
