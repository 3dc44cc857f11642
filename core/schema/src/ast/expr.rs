//! Expressions.

use std::fmt;

use super::{Ident, Name, Query, TextRange, TypeName};

/// An expression, and where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Expr {
    pub kind: ExprKind,
    pub range: TextRange,
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

/// What an expression is. Parentheses leave no trace, but where they change the meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `a`, `t.a`, `s.t.a`. Which part names what, only a catalog knows.
    Column(ColumnRef),
    Constant(Constant),
    /// `$1`.
    Param(u32),
    /// `DEFAULT`, where a row or an assignment may have it.
    Default,
    /// `x::t`, `CAST(x AS t)`, and a typed constant, `t 'x'`.
    Cast {
        expr: Box<Expr>,
        ty: Box<TypeName>,
    },
    Collate {
        expr: Box<Expr>,
        collation: Name,
    },
    Call(Box<FuncCall>),
    /// `CURRENT_TIMESTAMP(3)` and its like.
    SqlValue(SqlValueFunction, Option<u32>),
    Coalesce(Vec<Expr>),
    Greatest(Vec<Expr>),
    Least(Vec<Expr>),
    NullIf(Box<Expr>, Box<Expr>),
    /// `GROUPING(a, b)`.
    Grouping(Vec<Expr>),
    /// A function of XML or JSON with a syntax of its own.
    Sql(Box<SqlFunction>),
    Operator {
        op: OperatorName,
        /// `None` for a prefix operator.
        left: Option<Box<Expr>>,
        right: Box<Expr>,
    },
    /// `a = ANY (array)`. With a query it is a [`Sublink`].
    Quantified {
        left: Box<Expr>,
        op: OperatorName,
        quantifier: Quantifier,
        array: Box<Expr>,
    },
    Like {
        kind: LikeKind,
        negated: bool,
        expr: Box<Expr>,
        pattern: Box<Expr>,
        escape: Option<Box<Expr>>,
    },
    Between {
        negated: bool,
        symmetric: bool,
        expr: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    /// `a IN (1, 2)`. With a query it is a [`Sublink`].
    In {
        negated: bool,
        expr: Box<Expr>,
        list: Vec<Expr>,
    },
    Is {
        expr: Box<Expr>,
        negated: bool,
        test: IsTest,
    },
    IsDistinct {
        negated: bool,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Case {
        arg: Option<Box<Expr>>,
        whens: Vec<CaseWhen>,
        default: Option<Box<Expr>>,
    },
    /// `ARRAY[1, 2]`.
    Array(Vec<Expr>),
    /// `ROW(a, b)` or `(a, b)`.
    Row(Vec<Expr>),
    Sublink(Box<Sublink>),
    /// `(a).b`.
    Field {
        expr: Box<Expr>,
        field: Ident,
    },
    /// `(a).*`.
    FieldStar(Box<Expr>),
    Subscript {
        expr: Box<Expr>,
        subscripts: Vec<Subscript>,
    },
    /// `WHERE CURRENT OF cursor`.
    CurrentOf(Ident),
}

/// A column, as far as a name says it.
#[derive(Clone, PartialEq, Eq)]
pub struct ColumnRef {
    /// Outermost first. Empty for a bare `*`.
    pub fields: Vec<Ident>,
    /// `*` or `t.*`.
    pub star: bool,
}

impl fmt::Debug for ColumnRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.fields.iter().map(Ident::to_string);
        let all: Vec<String> = fields.chain(self.star.then(|| "*".to_owned())).collect();
        f.write_str(&all.join("."))
    }
}

/// A literal.
#[derive(Clone, PartialEq, Eq)]
pub enum Constant {
    Null,
    Bool(bool),
    /// Digits, with a minus where the grammar folds one in. It may be larger than any integer
    /// type.
    Integer(String),
    /// With a point, an exponent, or another base than ten. As written.
    Number(String),
    String(String),
    /// `b'101'` as `b101`, `x'1F'` as `x1F`.
    Bits(String),
}

impl fmt::Debug for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) | Self::Number(value) => f.write_str(value),
            Self::String(value) => write!(f, "'{}'", value.replace('\'', "''")),
            Self::Bits(value) => write!(f, "bits {value}"),
        }
    }
}

/// A call of a function, an aggregate or a window function.
///
/// `EXTRACT`, `SUBSTRING … FROM`, `POSITION … IN`, `TRIM`, `OVERLAY`, `OVERLAPS`,
/// `AT TIME ZONE`, `COLLATION FOR` and `IS NORMALIZED` are calls of the `pg_catalog` function
/// that the grammar gives them, with the arguments in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FuncCall {
    pub name: Name,
    pub args: Vec<FuncArg>,
    /// `count(*)`.
    pub star: bool,
    pub distinct: bool,
    /// The last argument is `VARIADIC`.
    pub variadic: bool,
    /// `ORDER BY` among the arguments, or that of `WITHIN GROUP`.
    pub order_by: Vec<SortBy>,
    pub within_group: bool,
    pub filter: Option<Expr>,
    pub over: Option<Over>,
    pub ignore_nulls: bool,
}

impl FuncCall {
    /// A call with nothing but arguments.
    pub fn plain(name: Name, args: Vec<Expr>) -> Self {
        Self {
            name,
            args: args.into_iter().map(|value| FuncArg { name: None, value }).collect(),
            star: false,
            distinct: false,
            variadic: false,
            order_by: Vec::new(),
            within_group: false,
            filter: None,
            over: None,
            ignore_nulls: false,
        }
    }
}

/// An argument, with the parameter's name in `name => value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FuncArg {
    pub name: Option<Ident>,
    pub value: Expr,
}

/// The window of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// `OVER w`.
    Name(Ident),
    /// `OVER (…)`.
    Window(Window),
}

/// A window's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The window that it extends.
    pub base: Option<Ident>,
    pub partition_by: Vec<Expr>,
    pub order_by: Vec<SortBy>,
    pub frame: Option<Frame>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub units: FrameUnits,
    pub start: FrameBound,
    pub end: Option<FrameBound>,
    pub exclude: Option<FrameExclude>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameUnits {
    Range,
    Rows,
    Groups,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameBound {
    UnboundedPreceding,
    Preceding(Expr),
    CurrentRow,
    Following(Expr),
    UnboundedFollowing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameExclude {
    CurrentRow,
    Group,
    Ties,
    NoOthers,
}

/// One item of an `ORDER BY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortBy {
    pub expr: Expr,
    pub order: Option<SortOrder>,
    pub nulls: Option<NullsOrder>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortOrder {
    Asc,
    Desc,
    Using(OperatorName),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullsOrder {
    First,
    Last,
}

/// A value that SQL names with a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlValueFunction {
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    LocalTime,
    LocalTimestamp,
    CurrentRole,
    CurrentUser,
    User,
    SessionUser,
    SystemUser,
    CurrentCatalog,
    CurrentSchema,
}

/// A call such as `XMLELEMENT(NAME a, b)` or `JSON_VALUE(a, '$.b' RETURNING int)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlFunction {
    pub function: SqlFunctionKind,
    /// Every expression within, in the order of the text.
    pub args: Vec<Expr>,
    /// The type after `RETURNING` or `AS`.
    pub returning: Option<TypeName>,
    pub filter: Option<Expr>,
    pub over: Option<Over>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlFunctionKind {
    Json,
    JsonArray,
    JsonArrayAgg,
    JsonExists,
    JsonObject,
    JsonObjectAgg,
    JsonQuery,
    JsonScalar,
    JsonSerialize,
    JsonValue,
    XmlConcat,
    XmlElement,
    XmlExists,
    XmlForest,
    XmlParse,
    XmlPi,
    XmlRoot,
    XmlSerialize,
}

/// An operator's name, with a schema in `OPERATOR(s.+)`.
#[derive(Clone, PartialEq, Eq)]
pub struct OperatorName {
    pub schema: Option<Ident>,
    /// `!=` is `<>`, as the server's scanner has it.
    pub symbol: String,
    pub range: TextRange,
}

impl fmt::Debug for OperatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.symbol),
            None => f.write_str(&self.symbol),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// `ANY` or `SOME`.
    Any,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LikeKind {
    Like,
    Ilike,
    SimilarTo,
}

/// What `IS` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsTest {
    Null,
    True,
    False,
    Unknown,
    Document,
    Json(JsonKind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    Any,
    Value,
    Scalar,
    Array,
    Object,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseWhen {
    pub condition: Expr,
    pub result: Expr,
}

/// A query in an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sublink {
    pub kind: SublinkKind,
    pub query: Query,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SublinkKind {
    Exists,
    /// `(SELECT …)`: one value.
    Scalar,
    /// `ARRAY(SELECT …)`.
    Array,
    /// `a IN (SELECT …)`.
    In {
        negated: bool,
        left: Expr,
    },
    /// `a = ANY (SELECT …)`.
    Quantified {
        left: Expr,
        op: OperatorName,
        quantifier: Quantifier,
    },
}

/// What stands in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscript {
    Index(Expr),
    Slice(Option<Expr>, Option<Expr>),
}
