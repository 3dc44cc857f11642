//! Queries about the system's views.

use std::rc::Rc;

use super::system::{Source, rows};
use super::{Datum, Eval, Values};
use crate::ast::{
    Alias, ColumnRef, Expr, ExprKind, FromItem, FuncCall, Ident, JoinCondition, JoinKind, Query,
    QueryBody, Select,
};
use crate::catalog::{Catalog, Lookup};

/// No more pairs of rows are looked at than these, to join them.
const MAX_PAIRS: usize = 200_000;

/// What a query gives.
#[derive(Debug, Clone, Default)]
pub(in crate::replay) struct Answer {
    pub(super) rows: Vec<Given>,
}

/// A row of an answer, or, where it is not certain, any number of them.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) certain: bool,
    /// Whether it is about an object that the catalog does not list.
    elsewhere: bool,
    pub(super) columns: Vec<Cell>,
}

/// A column's name and its value, where that is known.
pub(in crate::replay) type Cell = (String, Option<Datum>);

impl Answer {
    /// Whether there is a row.
    pub(in crate::replay) fn exists(&self) -> Option<bool> {
        if self.rows.iter().any(|row| row.certain) {
            return Some(true);
        }
        self.rows.is_empty().then_some(false)
    }

    /// The rows about objects of the catalog, each with whether it is certain; what is done to
    /// others changes nothing that is listed.
    pub(in crate::replay) fn into_own_rows(self) -> impl Iterator<Item = (bool, Vec<Cell>)> {
        let own = self.rows.into_iter().filter(|row| !row.elsewhere);
        own.map(|row| (row.certain, row.columns))
    }

    /// The rows, where it is certain which there are.
    pub(in crate::replay) fn certain_rows(&self) -> Option<Vec<&[Cell]>> {
        self.rows.iter().map(|row| row.certain.then_some(row.columns.as_slice())).collect()
    }

    /// The one row.
    pub(in crate::replay) fn only_row(&self) -> Only<'_> {
        match self.rows.as_slice() {
            [] => Only::Nothing,
            [row] if row.certain => Only::Row(&row.columns),
            _ => Only::Unknown,
        }
    }
}

/// What a query gives where one row is asked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::replay) enum Only<'a> {
    /// No row, which makes nulls.
    Nothing,
    /// One row.
    Row(&'a [Cell]),
    /// Perhaps a row, or several.
    Unknown,
}

impl Only<'_> {
    /// The value of the first column.
    pub(in crate::replay) fn value(self) -> Option<Datum> {
        match self {
            Self::Nothing => Some(Datum::Null),
            Self::Row(cells) => cells.first()?.1.clone(),
            Self::Unknown => None,
        }
    }
}

/// Answers a query in a block; none where it is not understood.
pub(in crate::replay) fn answer(
    catalog: &Catalog,
    values: &Values,
    query: &Query,
) -> Option<Answer> {
    Eval { catalog, values, rows: Vec::new() }.query(query)
}

/// A row of a join: each source by its alias.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    certain: bool,
    elsewhere: bool,
    parts: Vec<(Rc<str>, Rc<Part>)>,
}

/// A row of one source.
#[derive(Debug, Clone)]
struct Part {
    cells: Vec<Cell>,
    /// The names of all columns; none where there may be any.
    columns: Option<Rc<Vec<String>>>,
}

impl Row {
    /// The value of a column.
    pub(super) fn find(&self, source: Option<&str>, name: &str) -> Lookup<&Option<Datum>> {
        let mut missing = true;
        for (alias, part) in &self.parts {
            if source.is_some_and(|it| *it != **alias) {
                continue;
            }
            if let Some((_, value)) = part.cells.iter().find(|(it, _)| it == name) {
                return Lookup::Found(value);
            }
            missing &= part.columns.as_ref().is_some_and(|all| !all.iter().any(|it| it == name));
        }
        if missing { Lookup::Missing } else { Lookup::Unknown }
    }

    fn join(&self, other: &Self) -> Self {
        let parts = self.parts.iter().chain(&other.parts).cloned().collect();
        let elsewhere = self.elsewhere || other.elsewhere;
        Self { certain: self.certain && other.certain, elsewhere, parts }
    }
}

impl Eval<'_> {
    /// Answers a query; none where it is not understood.
    pub(super) fn query(&self, query: &Query) -> Option<Answer> {
        // With a limit, or a first row, it matters which rows come first.
        if query.with.is_some() || query.offset.is_some() {
            return None;
        }
        let answer = match &query.body {
            QueryBody::Select(select) => self.select(select)?,
            _ => return None,
        };
        match &query.limit {
            None => Some(answer),
            Some(limit) => {
                let count = self.value(limit.count.as_ref()?)?.int()?;
                let fits = i64::try_from(answer.rows.len()).is_ok_and(|rows| rows <= count);
                fits.then_some(answer)
            }
        }
    }

    fn select(&self, select: &Select) -> Option<Answer> {
        let special = select.into.is_some()
            || select.group_by.is_some()
            || select.having.is_some()
            || select.distinct.is_some();
        if special {
            return None;
        }
        // What the filter says of a row of one source is asked before it is joined; but a column
        // of another source must not be taken for one of a query around it.
        let mut early = Vec::new();
        if let Some(filter) = select.filter.as_ref().filter(|_| self.rows.is_empty()) {
            conjuncts(filter, &mut early);
        }
        let mut rows = vec![Row { certain: true, ..Row::default() }];
        for item in &select.from {
            rows = self.joined(&rows, &self.source(item, &early)?, None)?;
        }
        if let Some(filter) = &select.filter {
            rows = self.filtered(rows, filter);
        }
        let aggregates: Option<Vec<bool>> =
            select.targets.iter().map(|it| aggregates(&it.expr)).collect();
        if aggregates?.contains(&true) {
            return Some(self.aggregated(select, &rows));
        }
        let given = rows.iter().map(|row| self.given(select, row)).collect::<Option<_>>()?;
        Some(Answer { rows: given })
    }

    fn within<'b>(&'b self, row: &'b Row) -> Eval<'b> {
        let mut inner: Eval<'b> = self.clone();
        inner.rows.push(row);
        inner
    }

    fn filtered(&self, rows: Vec<Row>, filter: &Expr) -> Vec<Row> {
        rows.into_iter().filter_map(|row| self.passes(row, filter)).collect()
    }

    /// A row that may pass a filter.
    fn passes(&self, mut row: Row, filter: &Expr) -> Option<Row> {
        let holds = self.within(&row).truth(filter);
        row.certain &= holds.is_some();
        matches!(holds, None | Some(Datum::Bool(true))).then_some(row)
    }

    /// The pairs of rows that may pass a filter.
    fn joined(
        &self,
        left: &[Row],
        right: &[Row],
        filter: Option<&JoinCondition>,
    ) -> Option<Vec<Row>> {
        if left.len().saturating_mul(right.len()) > MAX_PAIRS {
            return None;
        }
        let pairs = left.iter().flat_map(|left| right.iter().map(|right| left.join(right)));
        match filter {
            None => Some(pairs.collect()),
            Some(JoinCondition::On(filter)) => {
                Some(pairs.filter_map(|row| self.passes(row, filter)).collect())
            }
            Some(JoinCondition::Using { columns, alias: None }) => {
                Some(pairs.filter_map(|row| self.using(row, columns)).collect())
            }
            Some(JoinCondition::Using { .. }) => None,
        }
    }

    fn given(&self, select: &Select, row: &Row) -> Option<Given> {
        let inner = self.within(row);
        let mut columns = Vec::new();
        for target in &select.targets {
            if let ExprKind::Column(ColumnRef { fields, star: true }) = &target.expr.kind {
                let alias = fields.last().map(|it| it.text.as_str());
                for (name, part) in &row.parts {
                    if alias.is_none_or(|it| *it == **name) {
                        columns.extend(part.cells.iter().cloned());
                    }
                }
                continue;
            }
            let name = match (&target.alias, &target.expr.kind) {
                (Some(alias), _) => alias.text.clone(),
                (None, ExprKind::Column(column)) => column.fields.last()?.text.clone(),
                (None, ExprKind::Call(call)) => call.name.name.text.clone(),
                (None, _) => String::new(),
            };
            columns.push((name, inner.value(&target.expr)));
        }
        Some(Given { certain: row.certain, elsewhere: row.elsewhere, columns })
    }

    /// The rows of a source, but for those that a part of the filter refuses.
    fn source(&self, item: &FromItem, early: &[&Expr]) -> Option<Vec<Row>> {
        let row = |alias: &str, certain, elsewhere, cells, columns| {
            let part = (Rc::from(alias), Rc::new(Part { cells, columns }));
            let row = Row { certain, elsewhere, parts: vec![part] };
            let refused = early.iter().any(|filter| {
                !matches!(self.within(&row).truth(filter), None | Some(Datum::Bool(true)))
            });
            (!refused).then_some(row)
        };
        match item {
            FromItem::Table(table) if table.sample.is_none() => {
                let alias = alias_of(table.alias.as_ref(), &table.relation.name.name.text)?;
                let Source { rows, columns } = rows(self.catalog, &table.relation.name);
                let (rows, columns) = (rows.into_iter(), columns.map(Rc::new));
                let row = |(certain, cells): (bool, Vec<Cell>)| {
                    let elsewhere =
                        cells.iter().any(|(_, value)| matches!(value, Some(Datum::Elsewhere(_))));
                    row(alias, certain, elsewhere, cells, columns.clone())
                };
                Some(rows.filter_map(row).collect())
            }
            FromItem::Subquery(subquery) if !subquery.lateral => {
                let alias = alias_of(subquery.alias.as_ref(), "")?;
                let given = self.query(&subquery.query)?.rows.into_iter();
                let row = |it: Given| {
                    row(alias, it.certain, it.elsewhere, it.columns, Some(Rc::default()))
                };
                Some(given.filter_map(row).collect())
            }
            FromItem::Join(join) if !join.natural && join.alias.is_none() => {
                let condition = join.condition.as_ref();
                match join.kind {
                    JoinKind::Inner | JoinKind::Cross => {
                        let left = self.source(&join.left, early)?;
                        self.joined(&left, &self.source(&join.right, early)?, condition)
                    }
                    JoinKind::Left => {
                        let left = self.source(&join.left, early)?;
                        let right = self.source(&join.right, &[])?;
                        self.left_joined(left, &right, condition)
                    }
                    JoinKind::Right | JoinKind::Full => None,
                }
            }
            _ => None,
        }
    }

    /// Rows of the left side are there in any case.
    fn left_joined(
        &self,
        left: Vec<Row>,
        right: &[Row],
        condition: Option<&JoinCondition>,
    ) -> Option<Vec<Row>> {
        let mut all = Vec::new();
        for mut row in left {
            let found = self.joined(std::slice::from_ref(&row), right, condition)?;
            if found.iter().any(|it| it.certain) {
                all.extend(found);
                continue;
            }
            // Of the right side nothing is known then.
            if let Some(other) = right.first() {
                let unknown = Rc::new(Part { cells: Vec::new(), columns: None });
                let parts = other.parts.iter().map(|(it, _)| (Rc::clone(it), Rc::clone(&unknown)));
                row.parts.extend(parts);
            }
            row.certain &= found.is_empty();
            all.push(row);
        }
        Some(all)
    }

    /// `USING (a, b)`: the columns are equal on both sides.
    fn using(&self, mut row: Row, columns: &[Ident]) -> Option<Row> {
        for column in columns {
            let cells = row.parts.iter().filter_map(|(_, part)| {
                part.cells.iter().find(|(name, _)| *name == column.text).map(|(_, value)| value)
            });
            let same = match cells.collect::<Vec<_>>().as_slice() {
                [.., Some(left), Some(right)] => left.equals(right, self.catalog),
                _ => None,
            };
            if same == Some(false) {
                return None;
            }
            row.certain &= same.is_some();
        }
        Some(row)
    }

    /// The one row of a query with aggregates.
    fn aggregated(&self, select: &Select, rows: &[Row]) -> Answer {
        let mut columns = Vec::new();
        for target in &select.targets {
            let name = target.alias.as_ref().map(|it| it.text.clone()).unwrap_or_default();
            columns.push((name, self.aggregate(&target.expr, rows)));
        }
        Answer { rows: vec![Given { certain: true, elsewhere: false, columns }] }
    }

    fn aggregate(&self, expr: &Expr, rows: &[Row]) -> Option<Datum> {
        use ExprKind as K;
        match &expr.kind {
            K::Call(call) if is_aggregate(call) => self.aggregate_call(call, rows),
            K::Operator { op, left: Some(left), right } if op.schema.is_none() => {
                let (left, right) = (self.aggregate(left, rows)?, self.aggregate(right, rows)?);
                self.compare(&op.symbol, &left, &right)
            }
            K::Coalesce(all) => {
                for expr in all {
                    let value = self.aggregate(expr, rows)?;
                    if value != Datum::Null {
                        return Some(value);
                    }
                }
                Some(Datum::Null)
            }
            K::Cast { expr, ty } => self.cast(self.aggregate(expr, rows)?, ty),
            _ if aggregates(expr) != Some(false) => None,
            _ => self.value(expr),
        }
    }

    fn aggregate_call(&self, call: &FuncCall, rows: &[Row]) -> Option<Datum> {
        if call.over.is_some() || call.filter.is_some() || !rows.iter().all(|row| row.certain) {
            return None;
        }
        let name = call.name.name.text.as_str();
        if call.star {
            return i64::try_from(rows.len()).ok().map(Datum::Int);
        }
        let arg = &call.args.first()?.value;
        let values = rows.iter().map(|row| self.within(row).value(arg));
        let mut values: Vec<Datum> = values.collect::<Option<_>>()?;
        values.retain(|it| *it != Datum::Null);
        match (name, values.as_slice()) {
            ("count", _) if call.distinct => None,
            ("count", values) => i64::try_from(values.len()).ok().map(Datum::Int),
            (_, []) => Some(Datum::Null),
            ("array_agg", [value]) => Some(Datum::List(vec![value.clone()])),
            ("min" | "max" | "string_agg" | "bool_and" | "bool_or", [value]) => Some(value.clone()),
            _ => None,
        }
    }
}

/// The parts of `a AND b AND c`.
fn conjuncts<'e>(expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::And(left, right) => {
            conjuncts(left, parts);
            conjuncts(right, parts);
        }
        _ => parts.push(expr),
    }
}

/// What a source is called; none where its columns get names, too.
fn alias_of<'e>(alias: Option<&'e Alias>, name: &'e str) -> Option<&'e str> {
    match alias {
        None => Some(name),
        Some(alias) if !alias.columns.is_empty() || !alias.definitions.is_empty() => None,
        Some(alias) => Some(alias.name.as_ref()?.text.as_str()),
    }
}

/// Whether an expression has an aggregate outside of its subqueries; none where that is not
/// looked for.
fn aggregates(expr: &Expr) -> Option<bool> {
    use ExprKind as K;
    let any = |parts: &[&Expr]| {
        let each: Option<Vec<bool>> = parts.iter().map(|it| aggregates(it)).collect();
        each.map(|each| each.contains(&true))
    };
    match &expr.kind {
        K::Call(call) if is_aggregate(call) => Some(true),
        K::Call(call) => any(&call.args.iter().map(|it| &it.value).collect::<Vec<_>>()),
        K::Cast { expr, .. } | K::Is { expr, .. } | K::Not(expr) => aggregates(expr),
        K::Coalesce(all) => any(&all.iter().collect::<Vec<_>>()),
        K::Operator { left: Some(left), right, .. } | K::And(left, right) | K::Or(left, right) => {
            any(&[left, right])
        }
        K::Column(_) | K::Constant(_) | K::Param(_) | K::SqlValue(..) | K::Sublink(_) => {
            Some(false)
        }
        _ => None,
    }
}

/// Whether a call is of an aggregate.
fn is_aggregate(call: &FuncCall) -> bool {
    let known = [
        "array_agg",
        "avg",
        "bit_and",
        "bit_or",
        "bool_and",
        "bool_or",
        "count",
        "every",
        "json_agg",
        "json_object_agg",
        "jsonb_agg",
        "jsonb_object_agg",
        "max",
        "min",
        "string_agg",
        "sum",
        "xmlagg",
    ];
    known.contains(&call.name.name.text.as_str()) || call.within_group
}
