//! Whether a grouped query names only what its groups have one value of.
//!
//! Source: PostgreSQL manual, "`SELECT`", `GROUP BY` clause.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::sort::{Found, Item};
use super::source::{Part, Source};
use super::walk;
use crate::Code;
use crate::analyze::{Analyzer, Reference, Scope};
use crate::ast::{Expr, ExprKind, Select, Sublink, TextRange};
use crate::catalog::{ConstraintKind, Object};
use crate::replay::{Outcome, Refusal};

/// What a query is grouped by.
struct Groups<'q> {
    columns: BTreeSet<(usize, Part)>,
    exprs: Vec<&'q Expr>,
    /// The columns that the expressions name.
    mentioned: BTreeSet<(usize, Part)>,
    depth: usize,
    aggregates: Vec<TextRange>,
}

impl Analyzer<'_> {
    pub(super) fn check_groups(
        &mut self,
        select: &Select,
        found: Option<&[Found]>,
        items: &[Item<'_>],
        scope: &Scope<'_>,
    ) -> Outcome {
        let depth = scope.depth;
        let aggregates = self.levels.get(depth).map(|it| it.aggregates.clone()).unwrap_or_default();
        if found.is_none() && select.having.is_none() && aggregates.is_empty() {
            return Ok(());
        }
        let mut groups = Groups {
            columns: BTreeSet::new(),
            exprs: Vec::new(),
            mentioned: BTreeSet::new(),
            depth,
            aggregates,
        };
        for found in found.unwrap_or_default() {
            let Found::At(at, _) = found else { return Ok(()) };
            match items.get(*at) {
                Some(Item::Column(reference)) => {
                    groups.columns.insert(reference.target);
                }
                Some(Item::Expr(expr)) => {
                    if let Some(reference) = self.reference(expr) {
                        groups.columns.insert(reference.target);
                    } else {
                        groups.exprs.push(expr);
                        let mentioned = self.references_in(expr.range);
                        groups.mentioned.extend(mentioned.map(|it| it.target));
                    }
                }
                Some(Item::Unknown) | None => return Ok(()),
            }
        }
        for item in items {
            match item {
                Item::Expr(expr) => self.check_grouped(expr, &groups, scope)?,
                Item::Column(reference) => {
                    let range =
                        select.targets.first().map_or_else(TextRange::default, |it| it.expr.range);
                    self.check_reference(*reference, range, &groups, scope, false)?;
                }
                Item::Unknown => {}
            }
        }
        if let Some(having) = &select.having {
            self.check_grouped(having, &groups, scope)?;
        }
        for window in &select.windows {
            let mut exprs = Vec::new();
            walk::window(&window.window, &mut |it| exprs.push(it));
            for expr in exprs {
                self.check_grouped(expr, &groups, scope)?;
            }
        }
        Ok(())
    }

    fn check_grouped(&mut self, expr: &Expr, groups: &Groups<'_>, scope: &Scope<'_>) -> Outcome {
        if let ExprKind::Column(_) = &expr.kind {
            return match self.reference(expr) {
                Some(reference) => {
                    self.check_reference(reference, expr.range, groups, scope, false)
                }
                None => Ok(()),
            };
        }
        if let ExprKind::Grouping(args) = &expr.kind {
            return self.check_grouping(args, groups, scope);
        }
        if groups.exprs.iter().any(|it| self.same_exprs(expr, it) != Some(false))
            || groups.is_aggregate(expr.range)
        {
            return Ok(());
        }
        if let ExprKind::Sublink(link) = &expr.kind {
            self.check_sublink(link, groups, scope)?;
        }
        let mut parts = Vec::new();
        walk::children(expr, &mut |it| parts.push(it));
        self.nested(|it| {
            parts.into_iter().try_for_each(|part| it.check_grouped(part, groups, scope))
        })
    }

    fn check_grouping(&mut self, args: &[Expr], groups: &Groups<'_>, scope: &Scope<'_>) -> Outcome {
        for arg in args {
            self.expr(arg, scope)?;
            let grouped = match self.reference(arg) {
                Some(reference) => {
                    reference.depth != groups.depth || groups.columns.contains(&reference.target)
                }
                None => {
                    matches!(arg.kind, ExprKind::Column(_))
                        || groups.exprs.iter().any(|it| self.same_exprs(arg, it) != Some(false))
                }
            };
            if !grouped {
                let message = "arguments to GROUPING must be grouping expressions of the associated query level";
                return Refusal::new(Code::GroupingError, message).at(arg.range).stop();
            }
        }
        Ok(())
    }

    /// The columns of this query that a query inside of it names.
    fn check_sublink(&self, link: &Sublink, groups: &Groups<'_>, scope: &Scope<'_>) -> Outcome {
        let range = link.query.range;
        for (start, reference) in self.references.range(range.range()) {
            let at = TextRange { start: *start, end: *start };
            let lenient = groups.mentioned.contains(&reference.target)
                || groups.aggregates.iter().any(|it| it.range().contains(start));
            if !lenient {
                self.check_reference(*reference, at, groups, scope, true)?;
            }
        }
        Ok(())
    }

    fn check_reference(
        &self,
        reference: Reference,
        range: TextRange,
        groups: &Groups<'_>,
        scope: &Scope<'_>,
        inside: bool,
    ) -> Outcome {
        if reference.depth != groups.depth
            || groups.columns.contains(&reference.target)
            || groups.exprs.iter().any(|it| self.may_be(it, reference) != Some(false))
        {
            return Ok(());
        }
        let (id, part) = reference.target;
        let Some(source) = scope.source_numbered(id) else { return Ok(()) };
        if source.is_open(self.catalog) || self.is_determined(source, groups) {
            return Ok(());
        }
        let table = source.name.as_deref().unwrap_or_default();
        let column = match part {
            Part::Column(at) => source.column(self.catalog, at).map_or("", |it| it.name),
            Part::System(name) => name,
            Part::Row => "*",
        };
        let message = if inside {
            format!("subquery uses ungrouped column \"{table}.{column}\" from outer query")
        } else {
            format!(
                "column \"{table}.{column}\" must appear in the GROUP BY clause or be used in an aggregate function"
            )
        };
        Refusal::new(Code::GroupingError, message).at(range).stop()
    }

    /// Whether the groups have no two rows of a table: its primary key is among them.
    fn is_determined(&self, source: &Rc<Source>, groups: &Groups<'_>) -> bool {
        let Some(relation) = source.relation else { return false };
        self.catalog.dependents(relation).any(|id| {
            let Some(Object::Constraint(key)) = self.catalog.get(id).map(|it| &it.object) else {
                return false;
            };
            let primary = key.on == relation
                && matches!(key.kind, ConstraintKind::PrimaryKey(_))
                && !key.deferrable;
            primary
                && key.columns.iter().all(|column| {
                    groups.columns.iter().any(|(id, part)| match part {
                        Part::Column(at) if *id == source.id => {
                            source.base_column(self.catalog, *at) == Some(*column)
                        }
                        _ => false,
                    })
                })
        })
    }
}

impl Groups<'_> {
    fn is_aggregate(&self, range: TextRange) -> bool {
        self.aggregates.iter().any(|it| it.start == range.start && it.end == range.end)
    }
}
