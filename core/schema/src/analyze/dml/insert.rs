//! `INSERT`.

use super::{Changed, generated_always, only_default, whole};
use crate::Code;
use crate::analyze::query::{Namespace, Rows};
use crate::analyze::{Analyzer, Clause, Level, Scope, Typed};
use crate::ast::{Expr, ExprKind, Insert, InsertColumn, PathStep, Query, QueryBody, TextRange};
use crate::catalog::{Column, RelationKind};
use crate::replay::{Outcome, Refusal};

/// What a statement gives values to, in order.
struct Targets<'t> {
    /// Each, where it is known.
    columns: Vec<Option<(&'t Column, &'t [PathStep])>>,
    /// Whether the statement names them.
    named: bool,
    /// Whether there may be more.
    open: bool,
}

impl Analyzer<'_> {
    pub(crate) fn insert(&mut self, insert: &Insert, outer: Option<&Scope<'_>>) -> Outcome<Rows> {
        self.changes(insert.with.as_ref(), outer, |it, outer| {
            let changed = it.changed(&insert.table, insert.alias.as_ref())?;
            let targets = it.insert_targets(&changed, &insert.columns)?;
            let depth = it.depth();
            let nothing = Namespace::default();
            let around = Scope::of_tables(&nothing, depth, outer);
            if let Some(source) = &insert.source {
                it.insert_rows(insert, source, &targets, &changed, &around)?;
            }
            let names = Namespace::of(changed.source.clone());
            if let Some(conflict) = &insert.on_conflict {
                let certain =
                    insert.source.as_ref().is_none_or(|it| matches!(it.body, QueryBody::Values(_)));
                it.on_conflict(conflict, &changed, certain, outer)?;
            }
            let scope = Scope::of_tables(&names, depth, outer);
            it.returning(&insert.returning, &scope, &names)
        })
    }

    fn insert_targets<'t>(
        &mut self,
        changed: &Changed,
        columns: &'t [InsertColumn],
    ) -> Outcome<Targets<'t>>
    where
        Self: 't,
    {
        let open = changed.source.is_open(self.catalog);
        if columns.is_empty() {
            let all = match self.relation_of(changed) {
                Some(relation) => relation.columns.iter().map(|it| Some((it, &[][..]))).collect(),
                None => vec![None; changed.source.len(self.catalog)],
            };
            return Ok(Targets { columns: all, named: false, open });
        }
        let mut found = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            let same = columns[..at].iter().find(|it| it.name.text == column.name.text);
            let target = self.target_column(changed, &column.name)?;
            if let Some(same) = same
                && (whole(same) || whole(column))
            {
                let message = format!("column \"{}\" specified more than once", column.name.text);
                return Refusal::new(Code::DuplicateColumn, message).at(column.name.range).stop();
            }
            found.push(target.map(|it| (it, column.path.as_slice())));
        }
        Ok(Targets { columns: found, named: true, open })
    }

    fn insert_rows(
        &mut self,
        insert: &Insert,
        source: &Query,
        targets: &Targets<'_>,
        changed: &Changed,
        around: &Scope<'_>,
    ) -> Outcome {
        let plain = source.with.is_none()
            && source.order_by.is_empty()
            && source.limit.is_none()
            && source.offset.is_none()
            && source.locking.is_empty();
        let QueryBody::Values(lists) = &source.body else {
            let rows = self.run_query(source, Some(around))?;
            let values: Vec<Typed> = rows.fields.into_iter().map(|it| it.value).collect();
            let given: Vec<Option<&Typed>> = values.iter().map(Some).collect();
            return self.insert_row(insert, &given, rows.open, source.range, targets, changed);
        };
        if !plain {
            let rows = self.run_query(source, Some(around))?;
            let values: Vec<Typed> = rows.fields.into_iter().map(|it| it.value).collect();
            let given: Vec<Option<&Typed>> = values.iter().map(Some).collect();
            return self.insert_row(insert, &given, rows.open, source.range, targets, changed);
        }
        let nothing = Namespace::default();
        self.levels.push(Level::new(Clause::Values));
        let depth = self.depth();
        let scope = Scope::of_tables(&nothing, depth, Some(around));
        let mut first = None;
        for list in lists {
            let (values, open) = self.inserted_list(list, &scope)?;
            if !open && *first.get_or_insert(values.len()) != values.len() {
                let message = "VALUES lists must all be the same length";
                let range = list.first().map_or(source.range, |it| it.range);
                return Refusal::new(Code::SyntaxError, message).at(range).stop();
            }
            let range = list.first().map_or(source.range, |it| it.range);
            let given: Vec<Option<&Typed>> = values.iter().map(Option::as_ref).collect();
            self.insert_row(insert, &given, open, range, targets, changed)?;
        }
        self.levels.pop();
        Ok(())
    }

    /// The values of a row, none for `DEFAULT`; and whether there are more than are known.
    fn inserted_list(
        &mut self,
        list: &[Expr],
        scope: &Scope<'_>,
    ) -> Outcome<(Vec<Option<Typed>>, bool)> {
        let mut values = Vec::with_capacity(list.len());
        let mut open = false;
        for expr in list {
            if matches!(expr.kind, ExprKind::Default) {
                values.push(None);
                continue;
            }
            let (more, unknown) = self.value_list(std::slice::from_ref(expr), scope)?;
            open |= unknown;
            values.extend(more.into_iter().map(Some));
        }
        Ok((values, open))
    }

    fn insert_row(
        &mut self,
        insert: &Insert,
        values: &[Option<&Typed>],
        open: bool,
        range: TextRange,
        targets: &Targets<'_>,
        changed: &Changed,
    ) -> Outcome {
        if open {
            return Ok(());
        }
        let there = targets.columns.len();
        if values.len() > there && (targets.named || !targets.open) {
            let extra = values.get(there).and_then(|it| it.map(|it| it.range));
            return Refusal::new(
                Code::SyntaxError,
                "INSERT has more expressions than target columns",
            )
            .at(extra.unwrap_or(range))
            .label(format!("{there} columns, {} values", values.len()))
            .stop();
        }
        if targets.named && values.len() < there {
            let missing = insert.columns.get(values.len()).map_or(range, |it| it.name.range);
            return Refusal::new(
                Code::SyntaxError,
                "INSERT has more target columns than expressions",
            )
            .at(missing)
            .label(format!("{there} columns, {} values", values.len()))
            .stop();
        }
        let table =
            self.relation_of(changed).is_some_and(|it| matches!(it.kind, RelationKind::Table(_)));
        // Which columns are meant is only known if all are.
        if targets.open && !targets.named {
            return Ok(());
        }
        for (value, target) in values.iter().zip(&targets.columns) {
            let (Some(value), Some((column, path))) = (value, target) else { continue };
            if targets.open || column.uncertain {
                continue;
            }
            self.assign(value, column, path)?;
            if table && only_default(column, insert.overriding.is_some()) {
                let message =
                    format!("cannot insert a non-DEFAULT value into column \"{}\"", column.name);
                return generated_always(column, message, value.range).stop();
            }
        }
        Ok(())
    }
}
