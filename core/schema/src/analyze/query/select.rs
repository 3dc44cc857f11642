//! `SELECT`.

use super::sort::{Found, Item, Select as Selected};
use super::source::Namespace;
use super::{Field, Rows, walk};
use crate::Code;
use crate::analyze::{Analyzer, Clause, Scope, Typed};
use crate::ast::{
    Distinct, Expr, ExprKind, LockStrength, Locking, Over, Query, Select, Target, TextRange, Window,
};
use crate::catalog::{ColumnType, Hole, Text};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    pub(super) fn select(
        &mut self,
        query: &Query,
        select: &Select,
        outer: Option<&Scope<'_>>,
    ) -> Outcome<Rows> {
        let depth = self.depth();
        let mut names = Namespace::default();
        self.range_list(&select.from, outer, depth, &mut names)?;
        let scope = Scope::of_tables(&names, depth, outer);
        self.enter(depth, Clause::Targets);
        let (rows, items) = self.targets(&select.targets, &names, &scope)?;
        if let Some(filter) = &select.filter {
            self.enter(depth, Clause::Where);
            self.boolean(filter, &scope, "WHERE")?;
        }
        if let Some(having) = &select.having {
            self.enter(depth, Clause::Having);
            self.boolean(having, &scope, "HAVING")?;
        }
        let mut selected = Selected { shown: items.len(), items, rows: &rows, scope: &scope };
        let order = self.order_by(&query.order_by, &mut selected)?;
        let groups = self.group_by(select.group_by.as_ref(), &mut selected)?;
        self.distinct(select.distinct.as_ref(), &order, &mut selected)?;
        self.limits(query, &scope)?;
        self.windows(select, query, &scope)?;
        self.enter(depth, Clause::Any);
        let shown = selected.shown;
        let items = selected.items;
        self.check_groups(select, groups.as_deref(), &items, &scope)?;
        if self.levels.get(depth).is_some_and(|it| it.reads_itself && !it.aggregates.is_empty()) {
            let message =
                "aggregate functions are not allowed in a recursive query's recursive term";
            return Refusal::new(Code::InvalidRecursion, message).at(query.range).stop();
        }
        self.check_locking(query, select, &names, depth)?;
        debug_assert!(shown <= items.len());
        Ok(rows)
    }

    /// The columns of a result, and the expressions that they are.
    pub(crate) fn targets<'q>(
        &mut self,
        targets: &'q [Target],
        names: &Namespace,
        scope: &Scope<'_>,
    ) -> Outcome<(Rows, Vec<Item<'q>>)> {
        let mut rows = Rows::default();
        let mut items = Vec::with_capacity(targets.len());
        for target in targets {
            if self.star_target(&target.expr, names, scope, &mut rows)? {
                let references = std::mem::take(&mut self.star_references);
                items.extend(references.into_iter().map(|it| Item::of_star(it, scope.depth)));
                items.resize_with(rows.fields.len(), Item::unknown);
                continue;
            }
            let bound = self.bindings.len();
            let value = self.expr(&target.expr, scope)?;
            let name = if let Some(alias) = &target.alias {
                alias.text.clone()
            } else {
                self.keep_name(&target.expr, bound);
                self.column_name(&target.expr)
            };
            rows.fields.push(Field { name, value });
            items.push(Item::of(&target.expr));
        }
        Ok((rows, items))
    }

    /// Whatever is renamed later, the result keeps the name that it has now.
    fn keep_name(&mut self, expr: &Expr, from: usize) {
        let ExprKind::Column(column) = &expr.kind else { return };
        let Some(last) = column.fields.last() else { return };
        let bound = self.bindings.get_mut(from..).unwrap_or_default();
        let Some(binding) = bound.iter_mut().rfind(|it| it.range.start == last.range.start) else {
            return;
        };
        binding.with = match binding.with.pieces() {
            [crate::catalog::Piece::Hole(Hole::Column(id, number))] => {
                Text::hole(Hole::Result(*id, *number, last.text.clone()))
            }
            [crate::catalog::Piece::Hole(Hole::Bare(id))] => {
                let mut text = Text::hole(Hole::Bare(*id));
                text.push(&format!(" AS {}", crate::analyze::quoted(&last.text)));
                text
            }
            _ => return,
        };
    }

    /// Adds the columns of `*`, `t.*` or `(x).*`. Whether it is one of these.
    pub(crate) fn star_target(
        &mut self,
        expr: &Expr,
        names: &Namespace,
        scope: &Scope<'_>,
        rows: &mut Rows,
    ) -> Outcome<bool> {
        match &expr.kind {
            ExprKind::Column(column) if column.star => {
                self.star(column, expr.range, names, scope, rows)?;
                Ok(true)
            }
            ExprKind::FieldStar(inner) => {
                let value = self.expr(inner, scope)?;
                match self.row_columns(value.ty.ty) {
                    Some((columns, open)) => {
                        rows.open |= open;
                        rows.fields.extend(columns.into_iter().map(|it| Field {
                            value: Typed { ty: it.ty, range: expr.range, literal: None },
                            name: it.name,
                        }));
                    }
                    // `record` too: its fields depend on what made it.
                    None => rows.open = true,
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn distinct<'q>(
        &mut self,
        distinct: Option<&'q Distinct>,
        order: &[Found],
        selected: &mut Selected<'q, '_>,
    ) -> Outcome {
        let shown = selected.shown;
        match distinct {
            None => Ok(()),
            Some(Distinct::All) => {
                let missing = order.iter().find_map(|it| match it {
                    Found::At(at, range) if *at >= shown => Some(*range),
                    _ => None,
                });
                if let Some(range) = missing.filter(|_| !selected.rows.open) {
                    let message =
                        "for SELECT DISTINCT, ORDER BY expressions must appear in select list";
                    return Refusal::new(Code::InvalidColumnReference, message).at(range).stop();
                }
                Ok(())
            }
            Some(Distinct::On(exprs)) => {
                let mut on = Vec::with_capacity(exprs.len());
                for expr in exprs {
                    on.push(self.find_target(expr, Clause::DistinctOn, selected)?);
                }
                let Some(on) = positions(&on) else { return Ok(()) };
                let Some(order) = positions(order) else { return Ok(()) };
                let leading = order.iter().take_while(|it| on.contains(it)).count();
                let late = order.get(leading..).unwrap_or_default();
                let ordered = order.get(..leading).unwrap_or_default();
                let wrong = late.iter().any(|it| on.contains(it))
                    || (!late.is_empty() && on.iter().any(|it| !ordered.contains(it)));
                if wrong {
                    let message =
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions";
                    let range = exprs.first().map_or_else(TextRange::default, |it| it.range);
                    return Refusal::new(Code::InvalidColumnReference, message).at(range).stop();
                }
                Ok(())
            }
        }
    }

    /// The windows that have names, and the names of windows.
    fn windows(&mut self, select: &Select, query: &Query, scope: &Scope<'_>) -> Outcome {
        let mut known: Vec<&str> = Vec::new();
        for named in &select.windows {
            if known.contains(&named.name.text.as_str()) {
                let message = format!("window \"{}\" is already defined", named.name.text);
                return Refusal::new(Code::WindowingError, message).at(named.name.range).stop();
            }
            self.window(&named.window, &known, scope)?;
            known.push(&named.name.text);
        }
        let targets = select.targets.iter().map(|it| &it.expr);
        for expr in targets.chain(query.order_by.iter().map(|it| &it.expr)) {
            check_window_names(expr, &known)?;
        }
        Ok(())
    }

    fn window(&mut self, window: &Window, known: &[&str], scope: &Scope<'_>) -> Outcome {
        check_base(window, known)?;
        for expr in &window.partition_by {
            self.enter(scope.depth, Clause::WindowPartition);
            self.expr(expr, scope)?;
        }
        for item in &window.order_by {
            self.enter(scope.depth, Clause::WindowOrder);
            self.expr(&item.expr, scope)?;
        }
        let mut offsets = Vec::new();
        walk::window(window, &mut |it| offsets.push(it));
        let read = window.partition_by.len() + window.order_by.len();
        for offset in offsets.into_iter().skip(read) {
            self.enter(scope.depth, Clause::WindowFrame);
            self.expr(offset, scope)?;
        }
        Ok(())
    }

    fn check_locking(
        &self,
        query: &Query,
        select: &Select,
        names: &Namespace,
        depth: usize,
    ) -> Outcome {
        let Some(first) = query.locking.first() else { return Ok(()) };
        let level = self.levels.get(depth);
        let has = |list: fn(&crate::analyze::Level) -> &Vec<TextRange>| {
            level.is_some_and(|it| !list(it).is_empty())
        };
        let obstacles = [
            (select.distinct.is_some(), "DISTINCT clause"),
            (select.group_by.is_some(), "GROUP BY clause"),
            (select.having.is_some(), "HAVING clause"),
            (has(|it| &it.aggregates), "aggregate functions"),
            (has(|it| &it.windows), "window functions"),
        ];
        if let Some((_, what)) = obstacles.iter().find(|(is, _)| *is) {
            let message = format!("{} is not allowed with {what}", strength(first));
            return Refusal::new(Code::FeatureNotSupported, message).at(query.range).stop();
        }
        for locking in &query.locking {
            for table in &locking.tables {
                let there =
                    names.sources.iter().any(|it| it.name.as_ref() == Some(&table.name.text));
                if !there {
                    let message = format!(
                        "relation \"{}\" in {} clause not found in FROM clause",
                        table.name.text,
                        strength(locking)
                    );
                    return Refusal::new(Code::UndefinedTable, message).at(table.range).stop();
                }
            }
        }
        Ok(())
    }

    /// The type of a column as messages have it.
    pub(crate) fn type_name(&self, ty: &ColumnType) -> String {
        let name = crate::dump::Names { catalog: self.catalog }.ty(ty.ty);
        if ty.modifier.is_empty() { name } else { format!("{name}({})", ty.modifier) }
    }
}

fn positions(found: &[Found]) -> Option<Vec<usize>> {
    found
        .iter()
        .map(|it| match it {
            Found::At(at, _) => Some(*at),
            Found::Unknown => None,
        })
        .collect()
}

fn check_window_names(expr: &Expr, known: &[&str]) -> Outcome {
    let over = match &expr.kind {
        ExprKind::Call(call) => call.over.as_ref(),
        ExprKind::Sql(call) => call.over.as_ref(),
        _ => None,
    };
    match over {
        Some(Over::Name(name)) if !known.contains(&name.text.as_str()) => {
            return no_window(name).stop();
        }
        Some(Over::Window(window)) => check_base(window, known)?,
        _ => {}
    }
    let mut outcome = Ok(());
    walk::children(expr, &mut |it| {
        if outcome.is_ok() {
            outcome = check_window_names(it, known);
        }
    });
    outcome
}

fn check_base(window: &Window, known: &[&str]) -> Outcome {
    match &window.base {
        Some(base) if !known.contains(&base.text.as_str()) => no_window(base).stop(),
        _ => Ok(()),
    }
}

fn no_window(name: &crate::ast::Ident) -> Refusal {
    Refusal::new(Code::UndefinedObject, format!("window \"{}\" does not exist", name.text))
        .at(name.range)
}

pub(super) fn strength(locking: &Locking) -> &'static str {
    match locking.strength {
        LockStrength::Update => "FOR UPDATE",
        LockStrength::NoKeyUpdate => "FOR NO KEY UPDATE",
        LockStrength::Share => "FOR SHARE",
        LockStrength::KeyShare => "FOR KEY SHARE",
    }
}
