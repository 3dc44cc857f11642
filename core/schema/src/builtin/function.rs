//! Functions, aggregates and procedures, by signature.

use super::Objects;
use super::table::{Entry, Kind};
use super::types::{Home, TypeName};

/// A function, aggregate or procedure of some name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its name; with `information_schema.` in front where it lies there.
    pub name: &'static str,
    /// What sort of function it is.
    pub kind: FunctionKind,
    /// What its result depends on.
    pub volatility: Volatility,
    /// Whether it gives null for any null, without being called.
    pub strict: bool,
    /// All arguments, those for output included.
    pub arguments: Vec<Argument>,
    /// What it returns; none for a procedure.
    pub result: Option<TypeName<'static>>,
    /// Whether it returns a set of that.
    pub returns_set: bool,
}

/// The sort of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// A plain function.
    Function,
    /// A procedure.
    Procedure,
    /// A window function.
    Window,
    /// An aggregate.
    Aggregate,
    /// An aggregate of an ordered set, called `f(direct…) WITHIN GROUP (ORDER BY …)`.
    OrderedSet {
        /// How many of the arguments are direct ones.
        direct: usize,
    },
    /// An ordered-set aggregate for a hypothetical row, such as `rank`.
    HypotheticalSet {
        /// How many of the arguments are direct ones.
        direct: usize,
    },
}

/// What a function's result depends on. Indexes and generated columns need immutable ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volatility {
    /// On its arguments alone.
    Immutable,
    /// On the arguments and on what the statement sees.
    Stable,
    /// On anything.
    Volatile,
}

/// An argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// Its direction.
    pub mode: Mode,
    /// Its name.
    pub name: Option<&'static str>,
    /// Its type; of a variadic one the array's, or `"any"`.
    pub data_type: TypeName<'static>,
    /// Whether it may be left out.
    pub has_default: bool,
}

/// The direction of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// IN.
    In,
    /// OUT, or a column of RETURNS TABLE.
    Out,
    /// INOUT.
    InOut,
    /// VARIADIC.
    Variadic,
}

impl Volatility {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "i" => Some(Self::Immutable),
            "s" => Some(Self::Stable),
            "v" => Some(Self::Volatile),
            _ => None,
        }
    }
}

impl FunctionKind {
    fn parse(text: &str) -> Option<Self> {
        let direct = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse().ok() };
        Some(match (text.get(..1)?, text.get(1..)?) {
            ("f", "") => Self::Function,
            ("p", "") => Self::Procedure,
            ("w", "") => Self::Window,
            ("n", "") => Self::Aggregate,
            ("o", digits) => Self::OrderedSet { direct: direct(digits)? },
            ("h", digits) => Self::HypotheticalSet { direct: direct(digits)? },
            _ => return None,
        })
    }
}

impl Argument {
    fn parse(text: &'static str, home: Home<'static>) -> Self {
        let (mode, text) = match text.as_bytes().first() {
            Some(b'>') => (Mode::Out, &text[1..]),
            Some(b'&') => (Mode::InOut, &text[1..]),
            Some(b'^') => (Mode::Variadic, &text[1..]),
            _ => (Mode::In, text),
        };
        let (name, text) = match text.split_once(':') {
            Some((name, text)) => (Some(name), text),
            None => (None, text),
        };
        let bare = text.strip_suffix('=');
        let data_type = TypeName::parse(bare.unwrap_or(text), home);
        Self { mode, name, data_type, has_default: bare.is_some() }
    }

    /// Whether a caller gives it.
    pub fn is_input(&self) -> bool {
        self.mode != Mode::Out
    }
}

impl Signature {
    fn parse(mut entry: Entry, home: Home<'static>) -> Option<Self> {
        let kind = FunctionKind::parse(entry.field())?;
        let volatility = Volatility::parse(entry.field())?;
        let strict = entry.field() == "s";
        let arguments = match entry.said() {
            Some(text) => text.split(',').map(|text| Argument::parse(text, home)).collect(),
            None => Vec::new(),
        };
        let result = entry.field();
        let one = result.strip_prefix('*');
        let returns_set = one.is_some();
        let result = Some(one.unwrap_or(result)).filter(|name| !name.is_empty());
        let result = result.map(|name| TypeName::parse(name, home));
        Some(Self { name: entry.key, kind, volatility, strict, arguments, result, returns_set })
    }

    /// The arguments that a caller gives; they are what tells functions of a name apart.
    pub fn inputs(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| argument.is_input())
    }

    /// Whether a call may have this many arguments: for an aggregate of an ordered set, the direct
    /// ones and those of ORDER BY together.
    pub fn accepts(&self, arguments: usize) -> bool {
        let most = self.inputs().count();
        let variadic = self.inputs().any(|argument| argument.mode == Mode::Variadic);
        let least = most - self.inputs().filter(|argument| argument.has_default).count();
        least <= arguments && (variadic || arguments <= most)
    }
}

impl Objects {
    /// The functions, aggregates and procedures of a name.
    pub fn functions(&self, name: &str) -> impl Iterator<Item = Signature> + use<> {
        let home = self.home();
        let entries = self.table().entries(Kind::Function, name);
        entries.filter_map(move |entry| Signature::parse(entry, home))
    }

    /// All functions, aggregates and procedures, by name.
    pub fn all_functions(&self) -> impl Iterator<Item = Signature> + use<> {
        let home = self.home();
        self.table().all(Kind::Function).filter_map(move |entry| Signature::parse(entry, home))
    }
}
