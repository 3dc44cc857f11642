//! The type of an expression of each kind.
//!
//! Source: PostgreSQL manual, "Value Expressions", "Type Conversion".

mod call;
mod compare;
mod part;
mod special;
#[cfg(test)]
mod tests;

use super::{Analyzer, Clause, Scope};
use crate::Code;
use crate::ast::{Constant, Expr, ExprKind, SqlValueFunction, TextRange};
use crate::catalog::{ColumnType, TypeRef};
use crate::replay::{Outcome, Refusal, Stop};

/// Expressions that are nested deeper than this are not read: the stack is finite.
const DEEPEST: usize = 160;

/// An expression's type.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    /// The type. That of a [`Literal`] is `unknown` of `pg_catalog`.
    pub(crate) ty: ColumnType,
    /// Where the expression stands.
    pub(crate) range: TextRange,
    /// A constant whose type is not settled yet.
    pub(crate) literal: Option<Literal>,
}

/// A constant that takes the type that it has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    Null,
    /// A string in quotes, without them.
    String(String),
}

impl Typed {
    /// A value of a type.
    pub(crate) fn new(ty: TypeRef, range: TextRange) -> Self {
        Self { ty: ColumnType::plain(ty), range, literal: None }
    }

    /// The type as the resolution of functions and operators sees it.
    pub(super) fn input(&self) -> TypeRef {
        self.ty.ty
    }
}

impl Analyzer<'_> {
    /// The type of an expression, its names resolved in a scope.
    pub(crate) fn expr(&mut self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Typed> {
        if self.depth >= DEEPEST {
            return Err(Stop::Unknown);
        }
        self.depth += 1;
        let typed = self.expr_kind(expr, scope);
        self.depth -= 1;
        typed
    }

    /// Every kind is in a function of its own, so that the frame of this one stays small.
    fn expr_kind(&mut self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Typed> {
        use ExprKind as E;
        let range = expr.range;
        match &expr.kind {
            E::Column(column) => self.column(column, range, scope),
            E::Constant(constant) => Ok(self::constant(constant, range)),
            E::Param(number) => scope.param(*number).map(|ty| Typed { ty, range, literal: None }),
            E::Default | E::CurrentOf(_) => Ok(Typed::new(TypeRef::UNKNOWN, range)),
            E::Cast { expr, ty } => self.cast(expr, ty, range, scope),
            E::Collate { expr, collation } => self.collate(expr, collation, range, scope),
            E::Call(call) => self.call(call, range, scope),
            E::SqlValue(value, _) => Ok(self.sql_value(*value, range)),
            E::Coalesce(items) => self.choice(items, "COALESCE", range, scope),
            E::Greatest(items) => self.choice(items, "GREATEST", range, scope),
            E::Least(items) => self.choice(items, "LEAST", range, scope),
            E::NullIf(left, right) => self.null_if(left, right, range, scope),
            E::Grouping(items) => self.grouping(items, range, scope),
            E::Sql(function) => self.sql_function(function, range, scope),
            E::Operator { op, left, right } => {
                self.operator(op, left.as_deref(), right, range, scope)
            }
            E::Quantified { left, op, array, .. } => self.quantified(left, op, array, range, scope),
            E::Like { kind, negated, expr, pattern, escape } => {
                self.like(*kind, *negated, [expr, pattern], escape.as_deref(), range, scope)
            }
            E::Between { expr, low, high, .. } => self.between([expr, low, high], range, scope),
            E::In { expr, list, .. } => self.in_list(expr, list, range, scope),
            E::Is { expr, test, .. } => self.is(expr, *test, range, scope),
            E::IsDistinct { left, right, .. } => self.is_distinct(left, right, range, scope),
            E::And(..) | E::Or(..) => self.and_or(expr, scope),
            E::Not(inner) => {
                self.boolean(inner, scope, "NOT")?;
                Ok(Typed::new(TypeRef::catalog("bool"), range))
            }
            E::Case { arg, whens, default } => {
                self.case(arg.as_deref(), whens, default.as_deref(), range, scope)
            }
            E::Array(items) => self.array(items, None, range, scope),
            E::Row(items) => self.row(items, range, scope),
            E::Sublink(sublink) => self.sublink_expr(sublink, range, scope),
            E::Field { expr, field } => self.field(expr, field, range, scope),
            E::FieldStar(expr) => {
                self.expr(expr, scope)?;
                Ok(Typed::new(TypeRef::UNKNOWN, range))
            }
            E::Subscript { expr, subscripts } => self.subscript(expr, subscripts, range, scope),
        }
    }

    /// The types of several expressions.
    pub(crate) fn exprs<'e>(
        &mut self,
        exprs: impl IntoIterator<Item = &'e Expr>,
        scope: &Scope<'_>,
    ) -> Outcome<Vec<Typed>> {
        exprs.into_iter().map(|it| self.expr(it, scope)).collect()
    }

    /// As [`Analyzer::expr`], of a condition: 42804 where it is not boolean. `what` is the clause:
    /// `WHERE`, `JOIN/ON`.
    pub(crate) fn boolean(&mut self, expr: &Expr, scope: &Scope<'_>, what: &str) -> Outcome {
        let value = self.expr(expr, scope)?;
        self.be_boolean(&value, what)
    }

    fn be_boolean(&mut self, value: &Typed, what: &str) -> Outcome {
        self.be(value, TypeRef::catalog("bool"), "boolean", what)
    }

    /// Refuses a value that cannot be assigned to a type of the server.
    pub(crate) fn be(&mut self, value: &Typed, to: TypeRef, name: &str, what: &str) -> Outcome {
        if value.literal.is_some() {
            return self.literal(value, to);
        }
        if self.assignable(value.ty.ty, to) {
            return Ok(());
        }
        let from = super::facts::type_name(self.catalog, value.ty.ty);
        let message = format!("argument of {what} must be type {name}, not type {from}");
        Refusal::new(Code::DatatypeMismatch, message).at(value.range).stop()
    }

    /// The type that a value has at last: a literal that nothing gave a type is `text`.
    pub(crate) fn settle(value: &Typed) -> ColumnType {
        if value.ty.ty.is("unknown") {
            ColumnType::plain(TypeRef::catalog("text"))
        } else {
            value.ty.clone()
        }
    }

    /// The clause that is being read in the query of a scope.
    pub(super) fn clause(&self, scope: &Scope<'_>) -> Clause {
        self.levels.get(scope.depth).map_or(Clause::Any, |level| level.clause)
    }

    /// Does something while another clause of the query is being read.
    pub(crate) fn in_clause<T>(
        &mut self,
        scope: &Scope<'_>,
        clause: Clause,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.clause(scope);
        self.set_clause(scope, clause);
        let result = read(self);
        self.set_clause(scope, before);
        result
    }

    fn set_clause(&mut self, scope: &Scope<'_>, clause: Clause) {
        if let Some(level) = self.levels.get_mut(scope.depth) {
            level.clause = clause;
        }
    }

    fn sql_value(&mut self, value: SqlValueFunction, range: TextRange) -> Typed {
        use SqlValueFunction as V;
        self.note_mutable(range);
        let name = match value {
            V::CurrentDate => "date",
            V::CurrentTime => "timetz",
            V::CurrentTimestamp => "timestamptz",
            V::LocalTime => "time",
            V::LocalTimestamp => "timestamp",
            V::CurrentRole
            | V::CurrentUser
            | V::User
            | V::SessionUser
            | V::CurrentCatalog
            | V::CurrentSchema => "name",
            V::SystemUser => "text",
        };
        Typed::new(TypeRef::catalog(name), range)
    }

    fn and_or(&mut self, expr: &Expr, scope: &Scope<'_>) -> Outcome<Typed> {
        // A long condition is a long chain to the left; a loop needs no stack for it.
        let mut open = vec![(expr, "")];
        while let Some((it, what)) = open.pop() {
            match &it.kind {
                ExprKind::And(left, right) => open.extend([(&**right, "AND"), (&**left, "AND")]),
                ExprKind::Or(left, right) => open.extend([(&**right, "OR"), (&**left, "OR")]),
                _ => self.boolean(it, scope, what)?,
            }
        }
        Ok(Typed::new(TypeRef::catalog("bool"), expr.range))
    }

    /// `COALESCE` and its like.
    fn choice(
        &mut self,
        items: &[Expr],
        what: &str,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let sets = self.sets(scope);
        let values = self.exprs(items, scope)?;
        if what == "COALESCE" {
            self.no_sets_since(sets, scope, what)?;
        }
        let common = self.common_type(&values, what)?;
        Ok(Typed::new(common, range))
    }

    fn grouping(&mut self, items: &[Expr], range: TextRange, scope: &Scope<'_>) -> Outcome<Typed> {
        self.exprs(items, scope)?;
        if let Some(level) = self.levels.get_mut(scope.depth) {
            level.aggregates.push(range);
        }
        Ok(Typed::new(TypeRef::catalog("int4"), range))
    }
}

fn constant(constant: &Constant, range: TextRange) -> Typed {
    let literal = |literal| Typed {
        ty: ColumnType::plain(TypeRef::catalog("unknown")),
        range,
        literal: Some(literal),
    };
    match constant {
        Constant::Null => literal(Literal::Null),
        Constant::String(value) => literal(Literal::String(value.clone())),
        Constant::Bool(_) => Typed::new(TypeRef::catalog("bool"), range),
        Constant::Bits(_) => Typed::new(TypeRef::catalog("bit"), range),
        Constant::Integer(digits) | Constant::Number(digits) => {
            Typed::new(TypeRef::catalog(number_type(digits)), range)
        }
    }
}

/// The type of a number as it is written.
fn number_type(digits: &str) -> &'static str {
    let (sign, bare) = match digits.strip_prefix('-') {
        Some(bare) => ("-", bare),
        None => ("", digits),
    };
    let lower = bare.to_ascii_lowercase();
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(start, radix)| Some((lower.strip_prefix(start)?, radix)));
    let value = match radix {
        Some((rest, radix)) => i128::from_str_radix(rest, radix).ok(),
        None => format!("{sign}{bare}").parse::<i128>().ok(),
    };
    match value {
        Some(value) if i32::try_from(value).is_ok() => "int4",
        Some(value) if i64::try_from(value).is_ok() => "int8",
        _ => "numeric",
    }
}
