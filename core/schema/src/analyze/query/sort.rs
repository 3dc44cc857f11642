//! `ORDER BY`, `GROUP BY` and `DISTINCT ON`: expressions, names of results, and positions.

use std::rc::Rc;

use super::source::{Namespace, SourceColumn, SourceColumns};
use super::{Rows, select::strength};
use crate::Code;
use crate::analyze::{Analyzer, Clause, Reference, Scope};
use crate::ast::{
    Constant, Expr, ExprKind, FuncCall, GroupBy, GroupingItem, Query, QueryBody, SortBy, TextRange,
};
use crate::catalog::TypeRef;
use crate::replay::{Outcome, Refusal};

/// An expression that a query computes: one of its results, or what it sorts or groups by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Item<'q> {
    Expr(&'q Expr),
    /// A column that a star stands for.
    Column(Reference),
    Unknown,
}

/// A query while it is read.
pub(super) struct Select<'q, 's> {
    pub(super) items: Vec<Item<'q>>,
    /// How many of the items are results.
    pub(super) shown: usize,
    pub(super) rows: &'s Rows,
    pub(super) scope: &'s Scope<'s>,
}

/// Which of the items it is that is sorted or grouped by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found {
    At(usize, TextRange),
    Unknown,
}

impl<'q> Item<'q> {
    pub(super) fn of(expr: &'q Expr) -> Self {
        Self::Expr(expr)
    }

    pub(super) fn of_star(reference: Reference, _depth: usize) -> Self {
        Self::Column(reference)
    }

    pub(super) fn unknown() -> Self {
        Self::Unknown
    }
}

impl Analyzer<'_> {
    pub(super) fn order_by<'q>(
        &mut self,
        items: &'q [SortBy],
        select: &mut Select<'q, '_>,
    ) -> Outcome<Vec<Found>> {
        items.iter().map(|it| self.find_target(&it.expr, Clause::OrderBy, select)).collect()
    }

    /// The grouping expressions; none where there is no `GROUP BY`.
    pub(super) fn group_by<'q>(
        &mut self,
        group_by: Option<&'q GroupBy>,
        select: &mut Select<'q, '_>,
    ) -> Outcome<Option<Vec<Found>>> {
        let Some(group_by) = group_by else { return Ok(None) };
        let mut exprs = Vec::new();
        let mut pending: Vec<&GroupingItem> = group_by.items.iter().rev().collect();
        while let Some(item) = pending.pop() {
            match item {
                GroupingItem::Empty => {}
                GroupingItem::Expr(expr) => exprs.push((expr, true)),
                GroupingItem::Rollup(list) | GroupingItem::Cube(list) => {
                    exprs.extend(list.iter().map(|it| (it, true)));
                }
                GroupingItem::Sets(items) => pending.extend(items.iter().rev()),
            }
        }
        let mut found = Vec::with_capacity(exprs.len());
        for (expr, list) in exprs {
            match &expr.kind {
                // `(a, b)` is two expressions here.
                ExprKind::Row(parts) if list => {
                    for part in parts {
                        found.push(self.find_target(part, Clause::GroupBy, select)?);
                    }
                }
                _ => found.push(self.find_target(expr, Clause::GroupBy, select)?),
            }
        }
        Ok(Some(found))
    }

    pub(super) fn find_target<'q>(
        &mut self,
        expr: &'q Expr,
        clause: Clause,
        select: &mut Select<'q, '_>,
    ) -> Outcome<Found> {
        let what = words(clause);
        match &expr.kind {
            ExprKind::Column(column) if !column.star && column.fields.len() == 1 => {
                let name = column.fields[0].text.as_str();
                let input = clause == Clause::GroupBy
                    && (select.scope.has_own_column(self, name) || select.scope.is_open(self));
                let fitting = if input { Vec::new() } else { named(select.rows, name) };
                match fitting.as_slice() {
                    [] => {}
                    [first, others @ ..] => {
                        let differs = |it: &&usize| {
                            !self.same_item(select.items.get(*first), select.items.get(**it))
                        };
                        if others.iter().any(|it| differs(&it)) {
                            let message = format!("{what} \"{name}\" is ambiguous");
                            return Refusal::new(Code::AmbiguousColumn, message)
                                .at(expr.range)
                                .stop();
                        }
                        return Ok(Found::At(*first, expr.range));
                    }
                }
            }
            ExprKind::Constant(Constant::Integer(digits)) => {
                if let Ok(position) = digits.parse::<i32>() {
                    return position_of(position, expr, what, select.rows);
                }
            }
            ExprKind::Constant(Constant::String(_) | Constant::Number(_) | Constant::Null) => {
                let message = format!("non-integer constant in {what}");
                return Refusal::new(Code::SyntaxError, message).at(expr.range).stop();
            }
            _ => {}
        }
        self.enter(select.scope.depth, clause);
        self.expr(expr, select.scope)?;
        self.enter(select.scope.depth, Clause::Any);
        let mut unsure = select.rows.open;
        for (at, item) in select.items.iter().enumerate() {
            match self.same(expr, *item) {
                Some(true) => return Ok(Found::At(at, expr.range)),
                Some(false) => {}
                None => unsure = true,
            }
        }
        if unsure {
            return Ok(Found::Unknown);
        }
        select.items.push(Item::Expr(expr));
        Ok(Found::At(select.items.len() - 1, expr.range))
    }

    fn same_item(&self, one: Option<&Item<'_>>, other: Option<&Item<'_>>) -> bool {
        match (one, other) {
            (Some(Item::Expr(one)), Some(other)) => self.same(one, *other) != Some(false),
            (Some(one), Some(Item::Expr(other))) => self.same(other, *one) != Some(false),
            (Some(Item::Column(one)), Some(Item::Column(other))) => one == other,
            _ => true,
        }
    }

    /// Whether an expression is the same as an item. None where that is not known.
    fn same(&self, expr: &Expr, item: Item<'_>) -> Option<bool> {
        match item {
            Item::Unknown => None,
            Item::Column(other) => match self.reference(expr) {
                Some(reference) => Some(reference == other),
                None => self.may_be(expr, other),
            },
            Item::Expr(other) => self.same_exprs(expr, other),
        }
    }

    /// Whether an expression that is not written as a column is one nevertheless: a cast to the
    /// type that it has already leaves no trace. None where that is not known.
    pub(super) fn may_be(&self, expr: &Expr, column: Reference) -> Option<bool> {
        match &expr.kind {
            ExprKind::Cast { expr, .. } => {
                let inner = self.reference(expr).map(|it| it == column);
                if inner.unwrap_or(true) { None } else { Some(false) }
            }
            _ => Some(false),
        }
    }

    /// Whether two expressions are the same. None where that is not known: they are of one kind,
    /// and are written in different ways.
    pub(super) fn same_exprs(&self, one: &Expr, other: &Expr) -> Option<bool> {
        use ExprKind as K;
        match (self.reference(one), self.reference(other)) {
            (Some(one), Some(other)) => return Some(one == other),
            (Some(column), None) => return self.may_be(other, column),
            (None, Some(column)) => return self.may_be(one, column),
            (None, None) => {}
        }
        if one == other {
            return Some(true);
        }
        match (&one.kind, &other.kind) {
            (K::Constant(Constant::Integer(one)), K::Constant(Constant::Integer(other))) => {
                Some(one == other)
            }
            (
                K::Operator { op: this, left: a, right: b },
                K::Operator { op: that, left: c, right: d },
            ) => {
                let left = match (a, c) {
                    (Some(a), Some(c)) => self.same_exprs(a, c),
                    (None, None) => Some(true),
                    _ => Some(false),
                };
                both(Some(this.symbol == that.symbol), both(left, self.same_exprs(b, d)))
            }
            (K::Call(this), K::Call(that)) => {
                let name = this.name.name.text == that.name.name.text;
                let named = |call: &FuncCall| call.args.iter().any(|it| it.name.is_some());
                if name && (named(this) || named(that)) {
                    return None;
                }
                let args = this.args.iter().zip(&that.args);
                let args = args.map(|(a, b)| self.same_exprs(&a.value, &b.value));
                let same = args.fold(Some(name), both);
                // Arguments can be left out, and be named.
                if same == Some(false) { same } else { None }
            }
            _ if shape(one) == shape(other) => None,
            (K::Cast { .. }, _) | (_, K::Cast { .. }) => None,
            _ => Some(false),
        }
    }

    /// The column that an expression is.
    pub(super) fn reference(&self, expr: &Expr) -> Option<Reference> {
        match &expr.kind {
            ExprKind::Column(_) => self.references.get(&expr.range.start).copied(),
            _ => None,
        }
    }

    /// What stands behind a set operation or `VALUES`: it sees the results only.
    pub(super) fn query_tail(
        &mut self,
        query: &Query,
        rows: Rows,
        outer: Option<&Scope<'_>>,
    ) -> Outcome<Rows> {
        let depth = self.depth();
        let union = matches!(query.body, QueryBody::SetOperation { .. });
        if !query.order_by.is_empty() || query.limit.is_some() || query.offset.is_some() {
            let columns = rows.fields.iter().map(|field| SourceColumn {
                name: field.name.clone(),
                ty: Self::settle(&field.value),
                origin: None,
            });
            let columns = SourceColumns::List(columns.collect());
            let mut source = self.source(columns, TypeRef::catalog("record"));
            source.open = rows.open;
            let names = Namespace::of(Rc::new(source));
            let scope = Scope::of_tables(&names, depth, outer);
            let items = vec![Item::Unknown; rows.fields.len()];
            let mut select = Select { shown: items.len(), items, rows: &rows, scope: &scope };
            for item in &query.order_by {
                let by_name = match &item.expr.kind {
                    ExprKind::Column(column) => {
                        matches!(column.fields.as_slice(), [name] if !named(&rows, &name.text).is_empty())
                    }
                    ExprKind::Constant(_) => true,
                    _ => false,
                };
                self.find_target(&item.expr, Clause::OrderBy, &mut select)?;
                if union && !by_name && !rows.open {
                    let message = "invalid UNION/INTERSECT/EXCEPT ORDER BY clause";
                    return Refusal::new(Code::FeatureNotSupported, message)
                        .at(item.expr.range)
                        .stop();
                }
            }
            self.limits(query, &scope)?;
        }
        if let Some(locking) = query.locking.first() {
            let message = if union {
                format!("{} is not allowed with UNION/INTERSECT/EXCEPT", strength(locking))
            } else {
                format!("{} cannot be applied to VALUES", strength(locking))
            };
            return Refusal::new(Code::FeatureNotSupported, message).at(query.range).stop();
        }
        Ok(rows)
    }
}

fn named(rows: &Rows, name: &str) -> Vec<usize> {
    let fitting = rows.fields.iter().enumerate().filter(|(_, it)| it.name == name);
    fitting.map(|(at, _)| at).collect()
}

fn position_of(position: i32, expr: &Expr, what: &str, rows: &Rows) -> Outcome<Found> {
    if rows.open {
        return Ok(Found::Unknown);
    }
    let at = usize::try_from(position).ok().and_then(|it| it.checked_sub(1));
    if let Some(at) = at.filter(|it| *it < rows.fields.len()) {
        return Ok(Found::At(at, expr.range));
    }
    let message = format!("{what} position {position} is not in select list");
    Refusal::new(Code::InvalidColumnReference, message).at(expr.range).stop()
}

fn words(clause: Clause) -> &'static str {
    match clause {
        Clause::GroupBy => "GROUP BY",
        Clause::DistinctOn => "DISTINCT ON",
        _ => "ORDER BY",
    }
}

/// Whether two facts hold, as far as that is known.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// What two expressions must have in common to mean the same, however they are written.
fn shape(expr: &Expr) -> u8 {
    use ExprKind as K;
    match &expr.kind {
        K::Column(_) => 0,
        K::Constant(_) => 1,
        // `x::date` is `date(x)`, and `(x).f` may be `f(x)`.
        K::Cast { .. } | K::Call(_) | K::Sql(_) | K::Field { .. } | K::SqlValue(..) => 2,
        K::Operator { .. }
        | K::Like { .. }
        | K::Quantified { .. }
        | K::In { .. }
        | K::Between { .. }
        | K::And(..)
        | K::Or(..)
        | K::Not(_)
        | K::IsDistinct { .. } => 3,
        K::Case { .. } => 4,
        K::Coalesce(_) => 5,
        K::Greatest(_) => 6,
        K::Least(_) => 7,
        K::NullIf(..) => 8,
        K::Is { .. } => 9,
        K::Array(_) => 10,
        K::Row(_) => 11,
        K::Sublink(_) => 12,
        K::Subscript { .. } => 13,
        K::Collate { .. } => 14,
        K::Param(_) => 15,
        K::Grouping(_) => 16,
        K::Default | K::FieldStar(_) | K::CurrentOf(_) => 17,
    }
}
