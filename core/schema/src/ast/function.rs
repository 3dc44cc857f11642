//! Functions, procedures and aggregates.

use super::{
    DefElem, Expr, Ident, Name, ObjectRef, SetParameter, Statement, StringConst, TextRange,
    TypeName,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateFunction {
    pub name: Name,
    pub procedure: bool,
    pub or_replace: bool,
    pub params: Vec<FuncParam>,
    pub returns: Option<Returns>,
    pub options: Vec<FuncOption>,
    /// `None` only where the server would ask for one.
    pub body: Option<FuncBody>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FuncParam {
    pub mode: ParamMode,
    pub name: Option<Ident>,
    pub ty: TypeName,
    pub default: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ParamMode {
    /// `IN`, or nothing.
    In,
    Out,
    InOut,
    Variadic,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returns {
    Type(TypeName),
    Table(Vec<(Ident, TypeName)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FuncOption {
    Language(Ident),
    Transform(Vec<TypeName>),
    Window,
    Volatility(Volatility),
    Leakproof(bool),
    /// `STRICT` or `RETURNS NULL ON NULL INPUT`; false for `CALLED ON NULL INPUT`.
    Strict(bool),
    SecurityDefiner(bool),
    Parallel(Ident),
    Cost(Expr),
    Rows(Expr),
    Support(Name),
    Set(SetParameter),
    /// `RESET name`, or `RESET ALL`.
    Reset(Option<Name>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FuncBody {
    /// `AS 'source'`.
    Source(StringConst),
    /// `AS 'file', 'symbol'`.
    Library { file: StringConst, symbol: StringConst },
    /// `RETURN x`.
    Return(Expr),
    /// `BEGIN ATOMIC … END`.
    Atomic(Vec<AtomicStatement>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtomicStatement {
    Statement(Statement),
    Return(Expr),
}

/// `ALTER FUNCTION`, `PROCEDURE`, `ROUTINE`: new options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterFunction {
    pub function: ObjectRef,
    pub options: Vec<FuncOption>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAggregate {
    pub name: Name,
    pub or_replace: bool,
    /// `None` for the old syntax, with `basetype` among the options.
    pub params: Option<AggregateParams>,
    pub options: Vec<DefElem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregateParams {
    /// `(*)`.
    pub star: bool,
    pub direct: Vec<FuncParam>,
    /// After `ORDER BY`, of an ordered-set aggregate.
    pub ordered: Vec<FuncParam>,
}

/// `DO`: code to run once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Do {
    /// `None` for plpgsql.
    pub language: Option<Ident>,
    pub body: StringConst,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub call: super::FuncCall,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateLanguage {
    pub name: Ident,
    pub or_replace: bool,
    pub trusted: bool,
    pub handler: Option<Name>,
    pub inline: Option<Name>,
    pub validator: Option<Name>,
}
