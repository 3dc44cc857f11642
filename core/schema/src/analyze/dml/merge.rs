//! `MERGE`.

use super::{Changed, generated_always, only_default};
use crate::Code;
use crate::analyze::query::{Namespace, Rows};
use crate::analyze::{Analyzer, Clause, Scope};
use crate::ast::{
    Expr, ExprKind, InsertColumn, Merge, MergeAction, MergeMatch, Overriding, TextRange,
};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    pub(crate) fn merge_rows(&mut self, merge: &Merge, outer: Option<&Scope<'_>>) -> Outcome<Rows> {
        self.changes(merge.with.as_ref(), outer, |it, outer| {
            let changed = it.changed(&merge.table.name, merge.alias.as_ref())?;
            let depth = it.depth();
            let target = Namespace::of(changed.source.clone());
            let mut source = Namespace::default();
            it.range_list(std::slice::from_ref(&merge.source), outer, depth, &mut source)?;
            Self::check_names(&target, &source)?;
            let mut both = target.clone();
            both.extend(source.clone());
            let everything = Scope::of_tables(&both, depth, outer);
            it.enter(depth, Clause::JoinOn);
            // A server does not look at its type.
            it.expr(&merge.on, &everything)?;
            for when in &merge.whens {
                let names = match when.matched {
                    MergeMatch::Matched => &both,
                    MergeMatch::NotMatchedByTarget => &source,
                    MergeMatch::NotMatchedBySource => &target,
                };
                let scope = Scope::of_tables(names, depth, outer);
                it.enter(depth, Clause::MergeWhen);
                if let Some(condition) = &when.condition {
                    it.boolean(condition, &scope, "WHEN")?;
                }
                match &when.action {
                    MergeAction::Nothing | MergeAction::Delete => {}
                    MergeAction::Update(set) => it.assignments(set, &changed, &scope)?,
                    MergeAction::Insert { columns, overriding, values } => {
                        if let Some(values) = values {
                            it.merge_insert(columns, *overriding, values, &changed, &scope)?;
                        }
                    }
                }
            }
            it.returning(&merge.returning, &everything, &both)
        })
    }

    fn merge_insert(
        &mut self,
        columns: &[InsertColumn],
        overriding: Option<Overriding>,
        values: &[Expr],
        changed: &Changed,
        scope: &Scope<'_>,
    ) -> Outcome {
        let open = changed.source.is_open(self.catalog);
        let there = match columns {
            [] => changed.source.len(self.catalog),
            _ => columns.len(),
        };
        let range = values.first().map_or_else(TextRange::default, |it| it.range);
        if values.len() > there && !(open && columns.is_empty()) {
            let message = "INSERT has more expressions than target columns";
            return Refusal::new(Code::SyntaxError, message).at(range).stop();
        }
        if !columns.is_empty() && values.len() < there {
            let message = "INSERT has more target columns than expressions";
            return Refusal::new(Code::SyntaxError, message).at(range).stop();
        }
        for (at, expr) in values.iter().enumerate() {
            let (target, path) = if let Some(column) = columns.get(at) {
                (self.target_column(changed, &column.name)?, column.path.as_slice())
            } else {
                let relation = self.relation_of(changed);
                (relation.and_then(|it| it.columns.get(at)), &[][..])
            };
            if matches!(expr.kind, ExprKind::Default) {
                continue;
            }
            let value = self.expr(expr, scope)?;
            let Some(column) = target.filter(|it| !open && !it.uncertain) else { continue };
            self.assign(&value, column, path)?;
            if only_default(column, overriding.is_some()) {
                let message =
                    format!("cannot insert a non-DEFAULT value into column \"{}\"", column.name);
                return generated_always(column, message, value.range).stop();
            }
        }
        Ok(())
    }
}
