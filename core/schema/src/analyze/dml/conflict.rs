//! `ON CONFLICT`: which unique index it is about, and what it does.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Changed;
use crate::Code;
use crate::analyze::query::{Namespace, Source, SourceColumns};
use crate::analyze::{Analyzer, Clause, Scope};
use crate::ast::{
    ConflictAction, ConflictItem, ConflictTarget, ExprKind, Ident, OnConflict, TextRange,
};
use crate::catalog::{
    ColumnNumber, Constraint, ConstraintKind, Index, NameSpace, Object, ObjectId, RelationKind,
};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    /// `certain` says that there is a row which may be in conflict.
    pub(super) fn on_conflict(
        &mut self,
        conflict: &OnConflict,
        changed: &Changed,
        certain: bool,
        outer: Option<&Scope<'_>>,
    ) -> Outcome {
        let depth = self.depth();
        let names = Namespace::of(changed.source.clone());
        let scope = Scope::of_tables(&names, depth, outer);
        let nothing = matches!(conflict.action, ConflictAction::Nothing);
        match &conflict.target {
            None if !nothing => {
                let message =
                    "ON CONFLICT DO UPDATE requires inference specification or constraint name";
                return Refusal::new(Code::SyntaxError, message).stop();
            }
            None => {}
            Some(ConflictTarget::Constraint(name)) => {
                self.conflict_constraint(name, changed, nothing)?;
            }
            Some(ConflictTarget::Index { items, predicate }) => {
                self.enter(depth, Clause::Any);
                for item in items {
                    self.expr(&item.expr, &scope)?;
                }
                if let Some(predicate) = predicate {
                    self.boolean(predicate, &scope, "WHERE")?;
                }
                self.conflict_index(items, predicate.is_some(), changed, certain)?;
            }
        }
        let (set, filter) = match &conflict.action {
            ConflictAction::Nothing => return Ok(()),
            ConflictAction::Update { set, filter } => (set.as_slice(), filter),
            ConflictAction::Select { filter } => (&[][..], filter),
        };
        let mut names = names;
        names.extend(Namespace::of(Rc::new(self.excluded(changed))));
        let scope = Scope::of_tables(&names, depth, outer);
        self.assignments(set, changed, &scope)?;
        self.filter(filter.as_ref(), &scope)
    }

    /// The row that could not be inserted.
    fn excluded(&mut self, changed: &Changed) -> Source {
        let source = &changed.source;
        let columns = match &source.columns {
            SourceColumns::Relation(id) => SourceColumns::Relation(*id),
            SourceColumns::List(columns) => SourceColumns::List(columns.clone()),
        };
        let (row, open, relation) = (source.row, source.open, source.relation);
        let mut excluded = self.source(columns, row);
        excluded.name = Some("excluded".to_owned());
        excluded.aliased = true;
        excluded.relation = relation;
        excluded.open = open;
        excluded
    }

    fn constraints(&self, relation: ObjectId) -> impl Iterator<Item = (ObjectId, &Constraint)> {
        let all = self.catalog.dependents(relation);
        all.filter_map(move |id| match &self.catalog.get(id)?.object {
            Object::Constraint(it) if it.on == relation => Some((id, it)),
            _ => None,
        })
    }

    fn conflict_constraint(&self, name: &Ident, changed: &Changed, nothing: bool) -> Outcome {
        let Some(relation) = changed.relation.filter(|id| !self.catalog.is_uncertain(*id)) else {
            return Ok(());
        };
        let Some(table) = self.catalog.relation(relation) else { return Ok(()) };
        let found = self.catalog.named(NameSpace::Constraint, Some(relation), &name.text).first();
        let Some(entry) = found.and_then(|id| self.catalog.get(*id)) else {
            if self.catalog.doubtful.contains(&name.text) {
                return Ok(());
            }
            let former = self.catalog.former(NameSpace::Constraint, Some(relation), &name.text);
            let candidates = self.constraints(relation).map(|(_, it)| it.name.as_str());
            let message =
                format!("constraint \"{}\" for table \"{}\" does not exist", name.text, table.name);
            return Refusal::new(Code::UndefinedObject, message)
                .at(name.range)
                .went(former)
                .similar(&name.text, candidates)
                .stop();
        };
        let Object::Constraint(constraint) = &entry.object else { return Ok(()) };
        if constraint.index().is_none() {
            let message = "constraint in ON CONFLICT clause has no associated index";
            return Refusal::new(Code::WrongObjectType, message).at(name.range).stop();
        }
        if !nothing && matches!(constraint.kind, ConstraintKind::Exclusion { .. }) {
            let message = "ON CONFLICT DO UPDATE not supported with exclusion constraints";
            return Refusal::new(Code::WrongObjectType, message).at(name.range).stop();
        }
        if constraint.deferrable {
            return deferrable(name.range).stop();
        }
        Ok(())
    }

    fn conflict_index(
        &self,
        items: &[ConflictItem],
        has_predicate: bool,
        changed: &Changed,
        certain: bool,
    ) -> Outcome {
        let Some(id) = changed.relation.filter(|id| !self.catalog.is_uncertain(*id)) else {
            return Ok(());
        };
        let Some(relation) = self.catalog.relation(id) else { return Ok(()) };
        if !matches!(relation.kind, RelationKind::Table(_)) {
            return Ok(());
        }
        let mut columns: BTreeSet<ColumnNumber> = BTreeSet::new();
        let mut has_exprs = false;
        for item in items {
            match &item.expr.kind {
                ExprKind::Column(column) => {
                    let named = column.fields.last().and_then(|it| relation.column(&it.text));
                    columns.extend(named.map(|it| it.number));
                }
                _ => has_exprs = true,
            }
        }
        let fits = |index: &Index| {
            let keys: BTreeSet<ColumnNumber> =
                index.keys.iter().filter_map(|it| it.column).collect();
            let exprs = index.keys.iter().any(|it| it.column.is_none());
            index.unique
                && keys == columns
                && exprs == has_exprs
                && (index.predicate.is_none() || has_predicate)
        };
        let mut deferred = false;
        for dependent in self.catalog.dependents(id) {
            let Some(entry) = self.catalog.get(dependent) else { continue };
            let Object::Relation(relation) = &entry.object else { continue };
            let Some(index) = relation.as_index().filter(|it| it.table == id) else { continue };
            if entry.uncertain {
                return Ok(());
            }
            if fits(index) {
                let constraint = index.constraint.and_then(|id| self.catalog.get(id));
                match constraint.map(|it| &it.object) {
                    Some(Object::Constraint(it)) if it.deferrable => deferred = true,
                    _ => return Ok(()),
                }
            }
        }
        let range = match (items.first(), items.last()) {
            (Some(first), Some(last)) => first.expr.range.to(last.expr.range),
            _ => TextRange::default(),
        };
        if deferred {
            return if certain { deferrable(range).stop() } else { Ok(()) };
        }
        let message =
            "there is no unique or exclusion constraint matching the ON CONFLICT specification";
        let refusal = Refusal::new(Code::InvalidColumnReference, message)
            .at(range)
            .also(self.catalog.get(id).map(|it| it.created), "the table is created here");
        let names: Vec<&str> = columns
            .iter()
            .filter_map(|it| Some(relation.column_numbered(*it)?.name.as_str()))
            .collect();
        if has_exprs {
            return refusal.stop();
        }
        let names = names.join(", ");
        refusal.help(format!("it takes a unique index on just these columns: ({names})")).stop()
    }
}

fn deferrable(range: TextRange) -> Refusal {
    let message = "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters";
    Refusal::new(Code::NotInPrerequisiteState, message).at(range)
}
