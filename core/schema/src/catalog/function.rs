//! Functions, procedures and aggregates that a chain defines.

use super::{ColumnType, ObjectId, Text};
use crate::ast::{ParamMode, Volatility};
use serde::{Deserialize, Serialize};

/// A function, procedure or aggregate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of PostgreSQL's own catalog")]
pub struct Function {
    /// The schema.
    pub schema: ObjectId,
    /// The name. The types of the input parameters tell apart those of one name.
    pub name: String,
    /// What it is.
    pub kind: FunctionKind,
    /// The parameters, those of `RETURNS TABLE` last, as `Out`.
    pub params: Vec<Param>,
    /// What it returns; none for a procedure.
    pub returns: Option<ColumnType>,
    /// Whether it returns a set of that.
    pub returns_set: bool,
    /// Whether the result was declared as `RETURNS TABLE`.
    pub returns_table: bool,
    /// The language, in lower case.
    pub language: String,
    /// What its result depends on.
    pub volatility: Volatility,
    /// Whether a null argument gives null.
    pub strict: bool,
    /// `SECURITY DEFINER`.
    pub security_definer: bool,
    /// `LEAKPROOF`.
    pub leakproof: bool,
    /// `safe`, `restricted`; `unsafe` is the default.
    pub parallel: String,
    /// `COST`, as written.
    pub cost: Option<String>,
    /// `ROWS`, as written.
    pub rows: Option<String>,
    /// `SET name TO value` and what else has no place of its own, as written: each an option.
    pub settings: Vec<(String, String)>,
    /// What it does.
    pub body: FunctionBody,
    /// What a call does to the schema.
    pub effect: Effect,
}

/// What a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FunctionKind {
    /// A function.
    Function,
    /// A procedure.
    Procedure,
    /// An aggregate.
    Aggregate,
    /// A window function.
    Window,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// Its direction.
    pub mode: ParamMode,
    /// Its name.
    pub name: Option<String>,
    /// Its type.
    pub ty: ColumnType,
    /// What it is where a call does not say.
    pub default: Option<Text>,
}

/// What a function does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FunctionBody {
    /// A source in the function's language.
    Source(String),
    /// A symbol of a library.
    Library {
        /// The file.
        file: String,
        /// The symbol.
        symbol: String,
    },
    /// `RETURN x` or `BEGIN ATOMIC … END`, whose names are looked up once.
    Sql(Text),
    /// The options of an aggregate.
    Aggregate(Text),
}

/// What a call of a function does to the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Effect {
    /// Nothing.
    #[default]
    None,
    /// It may be anything: the body runs SQL that is put together when it runs, or DDL, or is in a
    /// language that is not read here.
    Unknown,
}

impl Function {
    /// The parameters that a call gives, and that tell functions apart.
    pub fn inputs(&self) -> impl Iterator<Item = &Param> {
        let procedure = self.kind == FunctionKind::Procedure;
        self.params.iter().filter(move |param| procedure || param.mode != ParamMode::Out)
    }

    /// The parameters that the result is made of.
    pub fn outputs(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|it| matches!(it.mode, ParamMode::Out | ParamMode::InOut))
    }
}
