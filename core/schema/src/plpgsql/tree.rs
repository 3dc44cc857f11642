//! What a PL/pgSQL body is made of.
//!
//! Names of variables and of columns look alike: nothing here knows which is which. Source of the
//! shapes: PostgreSQL manual, chapter "PL/pgSQL".
#![expect(missing_docs, reason = "a field is named as the manual names that part of a statement")]
#![expect(clippy::large_enum_variant, reason = "most declarations are of the large variant")]

use crate::ast::{
    self, Expr, ExprKind, Ident, Name, Query, QueryBody, Target, TextRange, TypeName,
};

/// `[<<label>>] [DECLARE …] BEGIN … [EXCEPTION …] END`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub label: Option<Ident>,
    pub declarations: Vec<Declaration>,
    pub body: Vec<Statement>,
    /// The handlers, where there is an `EXCEPTION` section.
    pub exception: Option<Vec<Handler>>,
    pub range: TextRange,
}

/// `WHEN condition OR … THEN …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    /// Names of conditions in lower case, or SQLSTATE codes of five characters as they are
    /// written. Whether they exist is not known here.
    pub conditions: Vec<String>,
    pub body: Vec<Statement>,
}

/// One item of a `DECLARE` section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    pub name: Ident,
    pub kind: DeclarationKind,
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclarationKind {
    Variable {
        constant: bool,
        ty: DataType,
        collation: Option<Name>,
        not_null: bool,
        default: Option<Expression>,
    },
    /// `name ALIAS FOR other`; the other may be a parameter, `$1`.
    Alias(Name),
    /// `name CURSOR (params) FOR query`.
    Cursor { params: Vec<(Ident, DataType)>, query: Sql },
}

/// The type of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataType {
    /// With `%TYPE` it has `percent_type`, and may also name a variable. With `%ROWTYPE` it is
    /// the name of a relation. `None` where the parser cannot take it.
    pub name: Option<TypeName>,
    /// `name%ROWTYPE`.
    pub row_type: bool,
    pub range: TextRange,
}

/// An expression. PL/pgSQL evaluates it as the query `SELECT expression`, so that it may go on
/// as a query does: `count(*) FROM t`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// The query, `SELECT` included. `None` where the parser cannot take it.
    pub query: Option<Box<Query>>,
    /// The expression, without the `SELECT`.
    pub range: TextRange,
}

impl Expression {
    /// The expression, where the query is nothing but one.
    pub fn expr(&self) -> Option<&Expr> {
        let target = self.target()?;
        target.alias.is_none().then_some(&target.expr)
    }

    /// Where the name of the one column stands, if it is given one.
    pub(super) fn alias(&self) -> Option<TextRange> {
        self.target()?.alias.as_ref().map(|alias| alias.range)
    }

    /// The one column, where the query has nothing else.
    fn target(&self) -> Option<&Target> {
        let query = self.query.as_deref()?;
        let QueryBody::Select(select) = &query.body else { return None };
        let bare = query.with.is_none()
            && query.order_by.is_empty()
            && query.limit.is_none()
            && query.offset.is_none()
            && query.locking.is_empty()
            && select.distinct.is_none()
            && select.into.is_none()
            && select.from.is_empty()
            && select.filter.is_none()
            && select.group_by.is_none()
            && select.having.is_none()
            && select.windows.is_empty();
        match &select.targets[..] {
            [target] if bare => Some(target),
            _ => None,
        }
    }

    /// The type of the expression `x::type`, and nothing else.
    pub(super) fn into_cast_type(mut self) -> Option<TypeName> {
        self.expr()?;
        let query = self.query.take()?;
        let QueryBody::Select(select) = query.body else { return None };
        match select.targets.into_iter().next()?.expr.kind {
            ExprKind::Cast { ty, .. } => Some(*ty),
            _ => None,
        }
    }
}

/// A statement of SQL in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql {
    /// Without the `INTO` of PL/pgSQL. `None` where the parser cannot take it.
    pub statement: Option<Box<ast::Statement>>,
    /// The statement as it is written, without its semicolon.
    pub range: TextRange,
}

/// A statement that is made while the body runs: `EXECUTE text INTO … USING …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dynamic {
    /// Gives the text of the statement.
    pub text: Expression,
    pub into: Option<IntoTargets>,
    pub using: Vec<Expression>,
}

/// A query where a statement takes one either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Static(Sql),
    Dynamic(Dynamic),
}

/// `INTO [STRICT] a, b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntoTargets {
    pub strict: bool,
    pub targets: Vec<Name>,
}

/// A statement of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub kind: StatementKind,
    /// From its first word, or its label, to its semicolon.
    pub range: TextRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementKind {
    Block(Block),
    Assign {
        target: Name,
        /// What follows the name in the target: `[1]`, `[i].field`. Empty for most.
        path: TextRange,
        value: Expression,
    },
    /// `IF … THEN … ELSIF … THEN … ELSE …`.
    If {
        branches: Vec<Branch>,
        otherwise: Option<Vec<Statement>>,
    },
    /// `CASE operand WHEN … THEN … ELSE …`.
    Case {
        operand: Option<Expression>,
        branches: Vec<Branch>,
        otherwise: Option<Vec<Statement>>,
    },
    Loop(Loop),
    Exit(Jump),
    Continue(Jump),
    Return(Option<Expression>),
    ReturnNext(Option<Expression>),
    ReturnQuery(Source),
    Raise(Raise),
    Assert {
        condition: Expression,
        message: Option<Expression>,
    },
    /// The expression is what follows `PERFORM`.
    Perform(Expression),
    Execute(Dynamic),
    /// Any other command, `CALL` and `DO` included.
    Sql {
        sql: Sql,
        into: Option<IntoTargets>,
    },
    /// `GET [STACKED] DIAGNOSTICS variable = ITEM, …`; items are in lower case.
    GetDiagnostics {
        stacked: bool,
        items: Vec<(Name, Ident)>,
    },
    /// `OPEN cursor FOR query`; without a query it opens a bound cursor.
    Open {
        cursor: Name,
        args: Vec<CursorArg>,
        query: Option<Source>,
    },
    Fetch {
        cursor: Name,
        into: IntoTargets,
    },
    Move {
        cursor: Name,
    },
    Close {
        cursor: Name,
    },
    Commit {
        chain: bool,
    },
    Rollback {
        chain: bool,
    },
    Null,
}

/// A condition (or, of a `CASE` with an operand, a list of values), and what is then done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub condition: Expression,
    pub body: Vec<Statement>,
}

/// A loop of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    pub label: Option<Ident>,
    pub head: LoopHead,
    pub body: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoopHead {
    /// `LOOP`.
    Forever,
    While(Expression),
    /// `FOR i IN [REVERSE] from .. to BY step`; declares its variable.
    Range {
        variable: Ident,
        reverse: bool,
        from: Expression,
        to: Expression,
        step: Option<Expression>,
    },
    /// `FOR row IN query`.
    Query {
        targets: Vec<Name>,
        query: Source,
    },
    /// `FOR row IN cursor (args)`, of a bound cursor; declares its variable.
    Cursor {
        variable: Ident,
        cursor: Name,
        args: Vec<CursorArg>,
    },
    /// `FOREACH x SLICE n IN ARRAY array`.
    Each {
        targets: Vec<Name>,
        array: Expression,
    },
}

/// `EXIT label WHEN condition`, `CONTINUE label WHEN condition`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    pub label: Option<Ident>,
    pub when: Option<Expression>,
}

/// One argument of a cursor that is opened: `value` or `name := value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CursorArg {
    pub name: Option<Ident>,
    pub value: Expression,
}

/// `RAISE level what USING option = value, …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    pub level: RaiseLevel,
    /// `None` where the options say all, and for the `RAISE` that repeats an error.
    pub what: Option<Raised>,
    /// Options in lower case.
    pub using: Vec<(Ident, Expression)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RaiseLevel {
    Debug,
    Log,
    Info,
    Notice,
    Warning,
    /// Also where no level is written.
    Exception,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raised {
    /// A format, and a value for each `%` in it. The range is that of the format's literal.
    Format { format: TextRange, args: Vec<Expression> },
    /// The name of a condition in lower case, or an SQLSTATE as it is written.
    Condition(String),
}
