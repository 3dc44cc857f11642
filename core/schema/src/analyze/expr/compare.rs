//! Operators, and what the grammar writes as something else and is an operator: `LIKE`, `IN`,
//! `BETWEEN`, `IS DISTINCT FROM`, `NULLIF`, comparisons of rows.

use super::{Literal, Typed};
use crate::Code;
use crate::analyze::coerce::{can_coerce, choose};
use crate::analyze::facts::{Shape, base_type, facts, type_name};
use crate::analyze::{Analyzer, Scope};
use crate::ast::{Expr, ExprKind, IsTest, LikeKind, Name, OperatorName, TextRange};
use crate::catalog::TypeRef;
use crate::replay::{Outcome, Refusal};

fn boolean(range: TextRange) -> Typed {
    Typed::new(TypeRef::catalog("bool"), range)
}

fn operator_name(symbol: &str, range: TextRange) -> OperatorName {
    OperatorName { schema: None, symbol: symbol.to_owned(), range }
}

impl Analyzer<'_> {
    pub(super) fn operator(
        &mut self,
        op: &OperatorName,
        left: Option<&Expr>,
        right: &Expr,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        if let Some(left) = left
            && let (ExprKind::Row(lefts), ExprKind::Row(rights)) = (&left.kind, &right.kind)
        {
            return self.compare_rows(op, lefts, rights, range, scope);
        }
        let left = left.map(|it| self.expr(it, scope)).transpose()?;
        let right = self.expr(right, scope)?;
        // `x = NULL` and its like need no operator where it is not known which.
        self.operation(op, left.as_ref(), &right, range)
    }

    /// The result of an operator on values.
    pub(crate) fn operation(
        &mut self,
        op: &OperatorName,
        left: Option<&Typed>,
        right: &Typed,
        range: TextRange,
    ) -> Outcome<Typed> {
        let found = self.find_operator(op, left.map(Typed::input), right.input())?;
        if let (Some(value), Some(to)) = (left, found.left) {
            self.convert(value, to)?;
        }
        self.convert(right, found.right)?;
        self.note_operation(found, range);
        Ok(Typed::new(found.result, range))
    }

    /// The type of the left operand as the operator takes it.
    fn operand(&self, op: &OperatorName, left: &Typed, right: &Typed) -> Outcome<TypeRef> {
        let found = self.find_operator(op, Some(left.input()), right.input())?;
        Ok(found.left.unwrap_or(TypeRef::UNKNOWN))
    }

    /// `(a, b) = (c, d)`.
    fn compare_rows(
        &mut self,
        op: &OperatorName,
        lefts: &[Expr],
        rights: &[Expr],
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let star = |it: &Expr| match &it.kind {
            ExprKind::Column(column) => column.star,
            kind => matches!(kind, ExprKind::FieldStar(_)),
        };
        if lefts.iter().chain(rights).any(star) || lefts.len() != rights.len() {
            self.exprs(lefts.iter().chain(rights), scope)?;
            return Ok(boolean(range));
        }
        for (left, right) in lefts.iter().zip(rights) {
            self.operator(op, Some(left), right, range, scope)?;
        }
        Ok(boolean(range))
    }

    /// `a = ANY (array)`.
    pub(super) fn quantified(
        &mut self,
        left: &Expr,
        op: &OperatorName,
        array: &Expr,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let left = self.expr(left, scope)?;
        let array = self.expr(array, scope)?;
        let base = base_type(self.catalog, array.ty.ty);
        let element = match facts(self.catalog, base).shape {
            _ if array.literal.is_some() => TypeRef::catalog("unknown"),
            Shape::Array(element) => element,
            Shape::Unknown => return Ok(boolean(range)),
            _ => {
                return Refusal::new(
                    Code::WrongObjectType,
                    "op ANY/ALL (array) requires array on right side",
                )
                .at(array.range)
                .stop();
            }
        };
        let found = self.find_operator(op, Some(left.input()), element)?;
        if let Some(to) = found.left {
            self.convert(&left, to)?;
        }
        if array.literal.is_some() {
            self.literal(&array, found.right.array_of())?;
        }
        self.note_operation(found, range);
        if !found.result.is("bool") && !found.result.is_unknown() {
            return Refusal::new(
                Code::WrongObjectType,
                "op ANY/ALL (array) requires operator to yield boolean",
            )
            .at(op.range)
            .stop();
        }
        Ok(boolean(range))
    }

    pub(super) fn like(
        &mut self,
        kind: LikeKind,
        negated: bool,
        [expr, pattern]: [&Expr; 2],
        escape: Option<&Expr>,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let value = self.expr(expr, scope)?;
        let mut pattern = self.expr(pattern, scope)?;
        let function = match (kind, escape) {
            (LikeKind::SimilarTo, _) => Some("similar_to_escape"),
            (_, Some(_)) => Some("like_escape"),
            (_, None) => None,
        };
        if let Some(function) = function {
            let mut args = vec![pattern];
            if let Some(escape) = escape {
                args.push(self.expr(escape, scope)?);
            }
            pattern = self.plain_call(&Name::system(function, range), &args, range)?;
        }
        let symbol = match (kind, negated) {
            (LikeKind::Like, false) => "~~",
            (LikeKind::Like, true) => "!~~",
            (LikeKind::Ilike, false) => "~~*",
            (LikeKind::Ilike, true) => "!~~*",
            (LikeKind::SimilarTo, false) => "~",
            (LikeKind::SimilarTo, true) => "!~",
        };
        self.operation(&operator_name(symbol, range), Some(&value), &pattern, range)
    }

    pub(super) fn between(
        &mut self,
        [expr, low, high]: [&Expr; 3],
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        if [expr, low, high].iter().any(|it| matches!(it.kind, ExprKind::Row(_))) {
            self.operator(&operator_name(">=", range), Some(expr), low, range, scope)?;
            self.operator(&operator_name("<=", range), Some(expr), high, range, scope)?;
            return Ok(boolean(range));
        }
        let value = self.expr(expr, scope)?;
        let low = self.expr(low, scope)?;
        let high = self.expr(high, scope)?;
        self.operation(&operator_name(">=", range), Some(&value), &low, range)?;
        self.operation(&operator_name("<=", range), Some(&value), &high, range)?;
        Ok(boolean(range))
    }

    pub(super) fn in_list(
        &mut self,
        expr: &Expr,
        list: &[Expr],
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let equals = operator_name("=", range);
        if matches!(expr.kind, ExprKind::Row(_))
            || list.iter().any(|it| matches!(it.kind, ExprKind::Row(_)))
        {
            for item in list {
                self.operator(&equals, Some(expr), item, range, scope)?;
            }
            return Ok(boolean(range));
        }
        let value = self.expr(expr, scope)?;
        // Those that name no column are gathered into one array, if they have a common type.
        let (mut plain, mut others) = (Vec::new(), Vec::new());
        for item in list {
            let before = std::mem::take(&mut self.seen);
            let item = self.expr(item, scope)?;
            let names_column = self.seen != 0;
            self.seen |= before;
            if names_column { others.push(item) } else { plain.push(item) }
        }
        if plain.len() > 1 {
            let types: Vec<TypeRef> =
                std::iter::once(&value).chain(&plain).map(Typed::input).collect();
            let common = choose(self.catalog, &types)
                .ok()
                .filter(|it| !it.is_unknown() && !it.is("record"))
                .filter(|it| types.iter().all(|ty| can_coerce(self.catalog, *ty, *it)));
            if let Some(common) = common {
                for item in &plain {
                    self.convert(item, common)?;
                }
                self.operation(&equals, Some(&value), &Typed::new(common, range), range)?;
                plain.clear();
            }
        }
        let mut seen: Vec<TypeRef> = Vec::new();
        for item in plain.iter().chain(&others) {
            if item.literal.is_some() || !seen.contains(&item.ty.ty) {
                seen.push(item.ty.ty);
                self.operation(&equals, Some(&value), item, range)?;
            }
        }
        Ok(boolean(range))
    }

    pub(super) fn is(
        &mut self,
        expr: &Expr,
        test: IsTest,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let value = self.expr(expr, scope)?;
        match test {
            IsTest::Null | IsTest::Json(_) => {}
            IsTest::True => self.be_boolean(&value, "IS TRUE")?,
            IsTest::False => self.be_boolean(&value, "IS FALSE")?,
            IsTest::Unknown => self.be_boolean(&value, "IS UNKNOWN")?,
            IsTest::Document => self.be(&value, TypeRef::catalog("xml"), "xml", "IS DOCUMENT")?,
        }
        Ok(boolean(range))
    }

    pub(super) fn is_distinct(
        &mut self,
        left: &Expr,
        right: &Expr,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let equals = operator_name("=", range);
        if matches!((&left.kind, &right.kind), (ExprKind::Row(_), ExprKind::Row(_))) {
            return self.operator(&equals, Some(left), right, range, scope);
        }
        let left = self.expr(left, scope)?;
        let right = self.expr(right, scope)?;
        let null = |it: &Typed| it.literal == Some(Literal::Null);
        if !null(&left) && !null(&right) {
            self.operation(&equals, Some(&left), &right, range)?;
        }
        Ok(boolean(range))
    }

    pub(super) fn null_if(
        &mut self,
        left: &Expr,
        right: &Expr,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let left = self.expr(left, scope)?;
        let right = self.expr(right, scope)?;
        let equals = operator_name("=", range);
        self.operation(&equals, Some(&left), &right, range)?;
        let ty = self.operand(&equals, &left, &right)?;
        let same = left.literal.is_none() && (ty == left.ty.ty || ty.is_unknown());
        Ok(Typed::new(if same { left.ty.ty } else { ty }, range))
    }

    /// Converts a value to a type that it was found to fit.
    pub(super) fn convert(&mut self, value: &Typed, to: TypeRef) -> Outcome {
        if value.literal.is_some() {
            return self.literal(value, to);
        }
        if let Some(conversion) = crate::analyze::coerce::conversion(
            self.catalog,
            value.ty.ty,
            to,
            crate::analyze::CastContext::Implicit,
        ) {
            self.note_conversion(conversion, value.ty.ty, value.range);
        }
        Ok(())
    }

    /// The name of a type as messages have it.
    pub(crate) fn name_of_type(&self, ty: TypeRef) -> String {
        type_name(self.catalog, ty)
    }
}
