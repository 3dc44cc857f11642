//! Whether rows can be changed through a view without a trigger.
//!
//! Source: `view_query_is_auto_updatable` in PostgreSQL's `rewrite/rewriteHandler.c`.

use crate::Code;
use crate::ast::{ExprKind, FromItem, Query, QueryBody, Select, Target};
use crate::builtin;
use crate::catalog::{RelationHit, RelationKind};
use crate::replay::find::is_system_column;
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    /// Refuses `WITH CHECK OPTION` of a query that is certainly not of the kind.
    pub(super) fn check_is_updatable(&self, query: &Query) -> Outcome {
        match self.why_not_updatable(query) {
            None => Ok(()),
            Some(why) => Refusal::new(
                Code::FeatureNotSupported,
                "WITH CHECK OPTION is supported only on automatically updatable views",
            )
            .at(query.range)
            .label(why)
            .stop(),
        }
    }

    fn why_not_updatable(&self, query: &Query) -> Option<&'static str> {
        let select = match &query.body {
            QueryBody::Select(select) => select,
            QueryBody::SetOperation { .. } => return Some("UNION, INTERSECT or EXCEPT"),
            QueryBody::Values(_) => return Some("it reads no table"),
        };
        if select.distinct.is_some() {
            return Some("DISTINCT");
        }
        if select.group_by.is_some() {
            return Some("GROUP BY");
        }
        if select.having.is_some() {
            return Some("HAVING");
        }
        if query.with.is_some() {
            return Some("WITH");
        }
        if query.limit.is_some() || query.offset.is_some() {
            return Some("LIMIT or OFFSET");
        }
        if select
            .targets
            .iter()
            .any(|it| matches!(&it.expr.kind, ExprKind::Call(it) if it.over.is_some()))
        {
            return Some("a window function");
        }
        if !self.reads_one_table(select) {
            return Some("it does not read a single table or view");
        }
        let updatable = select.targets.iter().any(may_be_updatable);
        (!updatable).then_some("no column of it can be changed")
    }

    fn reads_one_table(&self, select: &Select) -> bool {
        let [FromItem::Table(table)] = select.from.as_slice() else { return false };
        if table.sample.is_some() {
            return false;
        }
        match self.catalog.find_relation(&table.relation.name).found() {
            Some(RelationHit::Own(id)) => self
                .catalog
                .relation(id)
                .is_none_or(|it| matches!(it.kind, RelationKind::Table(_) | RelationKind::View(_))),
            Some(RelationHit::Known(it, _)) => {
                matches!(it.kind, builtin::RelationKind::Table | builtin::RelationKind::View)
            }
            None => true,
        }
    }
}

fn may_be_updatable(target: &Target) -> bool {
    match &target.expr.kind {
        ExprKind::Column(column) => {
            column.fields.last().is_none_or(|name| column.star || !is_system_column(&name.text))
        }
        ExprKind::Field { .. } | ExprKind::FieldStar(_) => true,
        _ => false,
    }
}
