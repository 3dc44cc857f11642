//! Operators and casts.

use super::Objects;
use super::function::Volatility;
use super::table::{Entry, Kind};
use super::types::{Home, TypeName};

/// An operator of some name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// Its name.
    pub name: &'static str,
    /// The type of the left operand; none for a prefix operator.
    pub left: Option<TypeName<'static>>,
    /// The type of the right operand.
    pub right: TypeName<'static>,
    /// The type of the result.
    pub result: TypeName<'static>,
    /// What the result depends on.
    pub volatility: Volatility,
    /// Whether a null operand gives null.
    pub strict: bool,
    /// The operator that gives the same with the operands exchanged. An exclusion constraint's
    /// operator must be its own.
    pub commutator: Option<&'static str>,
    /// The operator that gives the opposite.
    pub negator: Option<&'static str>,
}

/// A cast between two types.
///
/// PostgreSQL converts in more cases than it has casts for: between domains and their types, from
/// arrays to arrays, and to and from strings by way of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    /// The type of the value.
    pub source: TypeName<'static>,
    /// The type that is wanted. The same as the source for one that applies a length.
    pub target: TypeName<'static>,
    /// Where it is done without being asked for.
    pub context: CastContext,
    /// How it is done.
    pub method: CastMethod,
}

/// Where a cast is done without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CastContext {
    /// Only where it is written.
    Explicit,
    /// In assignments, such as to a column.
    Assignment,
    /// In any expression.
    Implicit,
}

/// How a cast is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastMethod {
    /// The value stays as it is.
    Binary,
    /// By way of text.
    InputOutput,
    /// By a function.
    Function(Volatility),
}

impl Operator {
    fn parse(mut entry: Entry, home: Home<'static>) -> Option<Self> {
        Some(Self {
            name: entry.key,
            left: entry.said().map(|name| TypeName::parse(name, home)),
            right: TypeName::parse(entry.said()?, home),
            result: TypeName::parse(entry.said()?, home),
            volatility: Volatility::parse(entry.field())?,
            strict: entry.field() == "s",
            commutator: entry.said(),
            negator: entry.said(),
        })
    }
}

impl Cast {
    fn parse(mut entry: Entry, home: Home<'static>) -> Option<Self> {
        Some(Self {
            source: TypeName::parse(entry.key, home),
            target: TypeName::parse(entry.said()?, home),
            context: match entry.field() {
                "e" => CastContext::Explicit,
                "a" => CastContext::Assignment,
                "i" => CastContext::Implicit,
                _ => return None,
            },
            method: match entry.field() {
                "b" => CastMethod::Binary,
                "i" => CastMethod::InputOutput,
                "f" => CastMethod::Function(Volatility::parse(entry.field())?),
                _ => return None,
            },
        })
    }
}

impl Objects {
    /// The operators of a name.
    pub fn operators(&self, name: &str) -> impl Iterator<Item = Operator> + use<> {
        let home = self.home();
        let entries = self.table().entries(Kind::Operator, name);
        entries.filter_map(move |entry| Operator::parse(entry, home))
    }

    /// All operators, by name.
    pub fn all_operators(&self) -> impl Iterator<Item = Operator> + use<> {
        let home = self.home();
        self.table().all(Kind::Operator).filter_map(move |entry| Operator::parse(entry, home))
    }

    /// The cast from a type to a type.
    pub fn cast(&self, source: TypeName<'_>, target: TypeName<'_>) -> Option<Cast> {
        self.casts_from(source).find(|cast| cast.target == target)
    }

    /// The casts from a type.
    pub fn casts_from(&self, source: TypeName<'_>) -> impl Iterator<Item = Cast> + use<> {
        let home = self.home();
        let entries = self.table().entries(Kind::Cast, &source.written(home));
        entries.filter_map(move |entry| Cast::parse(entry, home))
    }

    /// All casts, by the name of the source.
    pub fn casts(&self) -> impl Iterator<Item = Cast> + use<> {
        let home = self.home();
        self.table().all(Kind::Cast).filter_map(move |entry| Cast::parse(entry, home))
    }
}
