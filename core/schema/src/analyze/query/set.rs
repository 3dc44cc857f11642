//! Set operations and `VALUES`.

use super::{Field, Rows};
use crate::Code;
use crate::analyze::{Analyzer, Clause, Scope, Typed};
use crate::ast::{Expr, Query, QueryBody, SetOperator, TextRange};
use crate::builtin::CastContext;
use crate::catalog::{ColumnType, TypeRef};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    /// A set operation. A long chain of them is no deep one.
    pub(super) fn set_operation(
        &mut self,
        query: &Query,
        outer: Option<&Scope<'_>>,
    ) -> Outcome<Rows> {
        let mut chain = Vec::new();
        let mut first = query;
        while let QueryBody::SetOperation { op, all, left, right } = &first.body {
            chain.push((*op, *all, right));
            first = left;
            if first.with.is_some()
                || !first.order_by.is_empty()
                || first.limit.is_some()
                || first.offset.is_some()
                || !first.locking.is_empty()
            {
                break;
            }
        }
        let hidden = chain.iter().filter(|(op, all, _)| hides_left(*op, *all)).count();
        self.hidden += hidden;
        let mut rows = self.run_query(first, outer)?;
        for (op, all, right) in chain.into_iter().rev() {
            if hides_left(op, all) {
                self.hidden -= 1;
            }
            let hide = hides_left(op, all) || op == SetOperator::Except;
            let right = self.hidden_from_recursion(hide, |it| it.run_query(right, outer))?;
            rows = self.union_of(rows, right, op)?;
        }
        Ok(rows)
    }

    /// The columns that two results have in common.
    pub(super) fn union_of(&mut self, left: Rows, right: Rows, op: SetOperator) -> Outcome<Rows> {
        if left.open || right.open {
            let mut rows = left;
            rows.open = true;
            for field in &mut rows.fields {
                field.value.ty = ColumnType::plain(TypeRef::UNKNOWN);
                field.value.literal = None;
            }
            return Ok(rows);
        }
        let what = match op {
            SetOperator::Union => "UNION",
            SetOperator::Intersect => "INTERSECT",
            SetOperator::Except => "EXCEPT",
        };
        if left.fields.len() != right.fields.len() {
            let message = format!("each {what} query must have the same number of columns");
            let refusal = Refusal::new(Code::SyntaxError, message);
            return match right.fields.first() {
                Some(field) => refusal.at(field.value.range).stop(),
                None => refusal.stop(),
            };
        }
        let mut fields = Vec::with_capacity(left.fields.len());
        for (left, right) in left.fields.into_iter().zip(right.fields) {
            let value = self.alternatives(&[left.value, right.value], what)?;
            fields.push(Field { name: left.name, value });
        }
        Ok(Rows { fields, open: false, tail: 0 })
    }

    /// The value that several can be, with the modifier that all have.
    fn alternatives(&mut self, values: &[Typed], what: &str) -> Outcome<Typed> {
        let range = values.first().map_or_else(TextRange::default, |it| it.range);
        let ty = self.common_type(values, what)?;
        let first = values.first().map(|it| &it.ty);
        let same = first.filter(|it| it.ty == ty && values.iter().all(|value| value.ty == **it));
        let ty = same.cloned().unwrap_or_else(|| ColumnType::plain(ty));
        let to = ty.clone();
        for value in values.iter().filter(|it| it.literal.is_some()) {
            self.coerce(value, &to, CastContext::Implicit)?;
        }
        Ok(Typed { ty, range, literal: None })
    }

    pub(super) fn values(
        &mut self,
        lists: &[Vec<Expr>],
        range: TextRange,
        outer: Option<&Scope<'_>>,
    ) -> Outcome<Rows> {
        let names = super::Namespace::default();
        let depth = self.depth();
        let scope = Scope::of_tables(&names, depth, outer);
        let clause = self.enter(depth, Clause::Values);
        let mut columns: Vec<Vec<Typed>> = Vec::new();
        let mut open = false;
        for (at, list) in lists.iter().enumerate() {
            let (row, more) = self.value_list(list, &scope)?;
            open |= more;
            if at == 0 {
                columns = row.into_iter().map(|it| vec![it]).collect();
                continue;
            }
            if !open && row.len() != columns.len() {
                return Refusal::new(Code::SyntaxError, "VALUES lists must all be the same length")
                    .at(list.first().map_or(range, |it| it.range))
                    .stop();
            }
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
        self.enter(depth, clause);
        let mut fields = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            let value = match column.as_slice() {
                [one] => one.clone(),
                _ if open => {
                    Typed { ty: ColumnType::plain(TypeRef::UNKNOWN), range, literal: None }
                }
                many => self.alternatives(many, "VALUES")?,
            };
            fields.push(Field { name: format!("column{}", at + 1), value });
        }
        if self.levels.get(depth).is_some_and(|it| !it.aggregates.is_empty()) {
            let message = "aggregate functions are not allowed in VALUES";
            return Refusal::new(Code::GroupingError, message).at(range).stop();
        }
        Ok(Rows { fields, open, tail: 0 })
    }

    /// The values of one row, and whether there are more of them than are known.
    pub(crate) fn value_list(
        &mut self,
        list: &[Expr],
        scope: &Scope<'_>,
    ) -> Outcome<(Vec<Typed>, bool)> {
        let mut row = Vec::with_capacity(list.len());
        let mut rows = Rows::default();
        for expr in list {
            if self.star_target(expr, &super::Namespace::default(), scope, &mut rows)? {
                row.extend(rows.fields.drain(..).map(|it| it.value));
            } else {
                row.push(self.expr(expr, scope)?);
            }
        }
        Ok((row, rows.open))
    }
}

/// Whether a recursive query cannot name itself on the left of it.
fn hides_left(op: SetOperator, all: bool) -> bool {
    match op {
        SetOperator::Union => false,
        SetOperator::Intersect | SetOperator::Except => all,
    }
}
