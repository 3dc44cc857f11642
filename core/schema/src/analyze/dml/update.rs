//! `UPDATE`, and the lists of `SET`.

use super::{Changed, only_default, whole};
use crate::Code;
use crate::analyze::query::{Namespace, Rows};
use crate::analyze::{Analyzer, Clause, Scope, Typed};
use crate::ast::{Assignment, AssignmentValue, Expr, ExprKind, InsertColumn, TextRange, Update};
use crate::catalog::RelationKind;
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    pub(crate) fn update(&mut self, update: &Update, outer: Option<&Scope<'_>>) -> Outcome<Rows> {
        self.changes(update.with.as_ref(), outer, |it, outer| {
            let changed = it.changed(&update.table.name, update.alias.as_ref())?;
            let depth = it.depth();
            let mut names = Namespace::of(changed.source.clone());
            let mut from = Namespace::default();
            it.range_list(&update.from, outer, depth, &mut from)?;
            Self::check_names(&names, &from)?;
            names.extend(from);
            let scope = Scope::of_tables(&names, depth, outer);
            it.assignments(&update.set, &changed, &scope)?;
            it.filter(update.filter.as_ref(), &scope)?;
            it.returning(&update.returning, &scope, &names)
        })
    }

    /// `SET`.
    pub(super) fn assignments(
        &mut self,
        set: &[Assignment],
        changed: &Changed,
        scope: &Scope<'_>,
    ) -> Outcome {
        self.enter(scope.depth, Clause::UpdateSource);
        let mut seen: Vec<&InsertColumn> = Vec::new();
        for assignment in set {
            match &assignment.value {
                AssignmentValue::Expr(expr) => match assignment.columns.as_slice() {
                    [column] => self.assignment(expr, column, changed, scope)?,
                    _ => drop(self.expr(expr, scope)?),
                },
                AssignmentValue::Row(exprs) => {
                    if let [expr] = exprs.as_slice()
                        && assignment.columns.len() > 1
                        && !matches!(expr.kind, ExprKind::Default)
                    {
                        self.expr(expr, scope)?;
                    } else {
                        same_number(exprs.len(), &assignment.columns)?;
                        for (expr, column) in exprs.iter().zip(&assignment.columns) {
                            self.assignment(expr, column, changed, scope)?;
                        }
                    }
                }
                AssignmentValue::Query(query) => {
                    let rows = self.run_query(query, Some(scope))?;
                    if !rows.open {
                        same_number(rows.fields.len(), &assignment.columns)?;
                        for (field, column) in rows.fields.iter().zip(&assignment.columns) {
                            let value = Typed {
                                ty: Self::settle(&field.value),
                                range: field.value.range,
                                literal: None,
                            };
                            self.assigned_column(Some(&value), column, changed)?;
                        }
                    }
                }
            }
            for column in &assignment.columns {
                self.target_column(changed, &column.name)?;
                let same = seen.iter().find(|it| it.name.text == column.name.text);
                if same.is_some_and(|it| whole(it) || whole(column)) {
                    let message =
                        format!("multiple assignments to same column \"{}\"", column.name.text);
                    return Refusal::new(Code::SyntaxError, message).at(column.name.range).stop();
                }
                seen.push(column);
            }
        }
        self.enter(scope.depth, Clause::Any);
        Ok(())
    }

    fn assignment(
        &mut self,
        expr: &Expr,
        column: &InsertColumn,
        changed: &Changed,
        scope: &Scope<'_>,
    ) -> Outcome {
        if matches!(expr.kind, ExprKind::Default) {
            return self.assigned_column(None, column, changed);
        }
        let value = self.expr(expr, scope)?;
        self.assigned_column(Some(&value), column, changed)
    }

    fn assigned_column(
        &mut self,
        value: Option<&Typed>,
        column: &InsertColumn,
        changed: &Changed,
    ) -> Outcome {
        let Some(target) = self.target_column(changed, &column.name)? else { return Ok(()) };
        let Some(value) = value else { return Ok(()) };
        if changed.source.is_open(self.catalog) || target.uncertain {
            return Ok(());
        }
        self.assign(value, target, &column.path)?;
        let table =
            self.relation_of(changed).is_some_and(|it| matches!(it.kind, RelationKind::Table(_)));
        if table && only_default(target, false) {
            let message = format!("column \"{}\" can only be updated to DEFAULT", target.name);
            return Refusal::new(Code::GeneratedAlways, message)
                .at(value.range)
                .also(Some(target.created), "the column is created here")
                .stop();
        }
        Ok(())
    }
}

fn same_number(values: usize, columns: &[InsertColumn]) -> Outcome {
    if values == columns.len() {
        return Ok(());
    }
    let range = columns.first().map_or_else(TextRange::default, |it| it.name.range);
    Refusal::new(Code::SyntaxError, "number of columns does not match number of values")
        .at(range)
        .label(format!("{} columns, {values} values", columns.len()))
        .stop()
}
