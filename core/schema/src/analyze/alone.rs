//! Expressions outside of queries: defaults, checks, keys of indexes, policies.

use super::coerce::Conversion;
use super::facts::type_name;
use super::{Analyzer, CastContext, Clause, Columns, Level, Scope, Site, Typed};
use crate::Code;
use crate::ast::{Expr, FuncCall, TextRange};
use crate::catalog::{ColumnType, TypeRef};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    /// The type of an expression that stands alone.
    pub(crate) fn expression(
        &mut self,
        expr: &Expr,
        columns: &Columns<'_>,
        site: Site,
    ) -> Outcome<TypeRef> {
        self.alone(expr, columns, site, |_, value| Ok(Self::settle(&value).ty))
    }

    /// As [`Analyzer::expression`], of a value that is assigned to a column of a type: a default,
    /// `USING`. `what` begins the refusal: `column "a"`.
    pub(crate) fn assigned(
        &mut self,
        expr: &Expr,
        columns: &Columns<'_>,
        site: Site,
        to: &ColumnType,
        what: &str,
    ) -> Outcome<TypeRef> {
        self.alone(expr, columns, site, |it, value| {
            if value.literal.is_none() && !it.assignable(value.ty.ty, to.ty) {
                return it.not_assignable(&value, to, site, what).stop();
            }
            it.coerce(&value, to, CastContext::Assignment)?;
            Ok(value.ty.ty)
        })
    }

    /// As [`Analyzer::expression`], of a condition.
    pub(crate) fn condition(
        &mut self,
        expr: &Expr,
        columns: &Columns<'_>,
        site: Site,
    ) -> Outcome<TypeRef> {
        let what = match site {
            Site::IndexPredicate => "WHERE",
            Site::Policy => "POLICY",
            Site::TriggerWhen => "WHEN",
            _ => "CHECK",
        };
        self.alone(expr, columns, site, |it, value| {
            it.be(&value, TypeRef::catalog("bool"), "boolean", what)?;
            Ok(TypeRef::catalog("bool"))
        })
    }

    /// `CALL`.
    pub(crate) fn procedure_call(
        &mut self,
        call: &FuncCall,
        range: TextRange,
        columns: &Columns<'_>,
    ) -> Outcome {
        self.outside(columns, |it, scope| it.call_procedure(call, range, scope))
    }

    fn alone(
        &mut self,
        expr: &Expr,
        columns: &Columns<'_>,
        site: Site,
        then: impl FnOnce(&mut Self, Typed) -> Outcome<TypeRef>,
    ) -> Outcome<TypeRef> {
        let depth = self.levels.len();
        self.levels.push(Level::new(Clause::Site(site)));
        let scope = Scope::of_columns(columns, depth);
        let value = self.expr(expr, &scope);
        // The server looks at the expression before it adds a cast to the column's type.
        let mutable = self.levels.get(depth).and_then(|level| level.mutable);
        let result = value.and_then(|value| then(self, value));
        self.levels.truncate(depth);
        let ty = result?;
        match mutable {
            Some(range) => immutable(site, range).map(|()| ty),
            None => Ok(ty),
        }
    }

    fn not_assignable(&self, value: &Typed, to: &ColumnType, site: Site, what: &str) -> Refusal {
        let (from, to) = (type_name(self.catalog, value.ty.ty), type_name(self.catalog, to.ty));
        let message = match site {
            Site::Using => format!(
                "result of USING clause for {what} cannot be cast automatically to type {to}"
            ),
            Site::ParameterDefault => {
                format!("argument of DEFAULT must be type {to}, not type {from}")
            }
            Site::PartitionBound => {
                format!("specified value cannot be cast to type {to} for {what}")
            }
            _ => format!("{what} is of type {to} but default expression is of type {from}"),
        };
        Refusal::new(Code::DatatypeMismatch, message).at(value.range).help("write a cast")
    }

    /// Notes what a conversion depends on.
    pub(super) fn note_conversion(
        &mut self,
        conversion: Conversion,
        from: TypeRef,
        range: TextRange,
    ) {
        let mutable = match conversion {
            Conversion::Immutable => false,
            Conversion::Mutable => true,
            Conversion::Text => self.text_is_mutable(from),
        };
        if mutable {
            self.note_mutable(range);
        }
    }
}

fn immutable(site: Site, range: TextRange) -> Outcome {
    let message = match site {
        Site::Generated => "generation expression is not immutable",
        Site::IndexExpression => "functions in index expression must be marked IMMUTABLE",
        Site::IndexPredicate => "functions in index predicate must be marked IMMUTABLE",
        Site::PartitionKey => "functions in partition key expression must be marked IMMUTABLE",
        _ => return Ok(()),
    };
    Refusal::new(Code::InvalidObjectDefinition, message)
        .at(range)
        .label("this depends on more than its arguments")
        .stop()
}
