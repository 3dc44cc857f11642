//! `CHECK`.
//!
//! Source: `AddRelationNewConstraints` and `MergeWithExistingConstraint` in PostgreSQL's
//! `catalog/heap.c`.

use crate::Code;
use crate::analyze::Site;
use crate::ast::{Expr, Ident, TableConstraint};
use crate::catalog::{Constraint, ConstraintKind, NameSpace, Object, ObjectId, Text};
use crate::replay::choose_name;
use crate::replay::expression::columns_in;
use crate::replay::index::{Correspondence, is_partitioned};
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Run, Stop};

impl Run<'_> {
    pub(super) fn add_check(
        &mut self,
        table: ObjectId,
        constraint: &TableConstraint,
        expr: &Expr,
        only: bool,
    ) -> Outcome<ObjectId> {
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        let (schema, table_name) = (relation.schema, relation.name.clone());
        let attributes = &constraint.attributes;
        let children = self.catalog.children(table);
        if attributes.no_inherit && is_partitioned(&relation.kind) {
            return refused(
                Code::InvalidTableDefinition,
                format!("cannot add NO INHERIT constraint to partitioned table \"{table_name}\""),
                constraint.range,
            );
        }
        if only && !attributes.no_inherit && !children.is_empty() {
            return refused(
                Code::InvalidTableDefinition,
                "constraint must be added to child tables too",
                constraint.range,
            );
        }
        let text = self.read_condition(table, expr, Site::Check)?.text;
        let columns = columns_in(&text, table);
        let name = if let Some(name) = &constraint.name {
            name.clone()
        } else {
            let one = match columns.as_slice() {
                [one] => relation.column_numbered(*one).map(|it| it.name.clone()),
                _ => None,
            };
            let name = choose_name::check_name(self.catalog, schema, &table_name, one.as_deref());
            Ident::new(name, constraint.range)
        };
        let draft = Constraint {
            columns,
            validated: !attributes.not_valid && attributes.enforced != Some(false),
            enforced: attributes.enforced != Some(false),
            no_inherit: attributes.no_inherit,
            ..Constraint::new(table, name.text.clone(), ConstraintKind::Check(text))
        };
        let id = self.put_check(draft, &name)?;
        if !attributes.no_inherit {
            self.check_on_children(id, &name, 0)?;
        }
        Ok(id)
    }

    /// Gives the children of a table a check of it.
    fn check_on_children(&mut self, id: ObjectId, name: &Ident, depth: u8) -> Outcome {
        let Some((constraint, text)) = self.check_numbered(id) else { return Ok(()) };
        if depth == u8::MAX {
            return Err(Stop::Unknown);
        }
        for child in self.catalog.children(constraint.on) {
            let inherited = self.inherited_check(&constraint, &text, child);
            let id = self.put_check(inherited, name)?;
            self.check_on_children(id, name, depth + 1)?;
        }
        Ok(())
    }

    /// A check of a parent, as a child has it.
    pub(crate) fn inherited_check(
        &self,
        constraint: &Constraint,
        text: &Text,
        child: ObjectId,
    ) -> Constraint {
        let columns = Correspondence { catalog: self.catalog, from: constraint.on, to: child };
        let text = columns.text(text);
        Constraint {
            on: child,
            columns: columns_in(&text, child),
            kind: ConstraintKind::Check(text),
            local: false,
            inherited: 1,
            ..constraint.clone()
        }
    }

    /// A check, with its expression.
    pub(crate) fn check_numbered(&self, id: ObjectId) -> Option<(Constraint, Text)> {
        match &self.catalog.get(id)?.object {
            Object::Constraint(constraint) => match &constraint.kind {
                ConstraintKind::Check(text) => Some((constraint.clone(), text.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    /// Puts a check on its table: one of the same name and expression becomes one with it, where
    /// one of them is inherited.
    pub(crate) fn put_check(&mut self, draft: Constraint, name: &Ident) -> Outcome<ObjectId> {
        let space = NameSpace::Constraint;
        let taken = self.catalog.named(space, Some(draft.on), &draft.name).first().copied();
        let Some(taken) = taken else {
            return Ok(self.catalog.insert(Object::Constraint(draft), self.place));
        };
        let alike = match self.check_numbered(taken) {
            Some((there, _)) => {
                (!draft.local || !there.local)
                    && there.kind == draft.kind
                    && !there.no_inherit
                    && !draft.no_inherit
            }
            None => false,
        };
        if !alike {
            self.constraint_is_new(draft.on, name)?;
            return Ok(taken);
        }
        self.catalog.update(taken, |entry| {
            if let Object::Constraint(there) = &mut entry.object {
                there.inherited = there.inherited.saturating_add(draft.inherited);
                there.local |= draft.local;
            }
        });
        Ok(taken)
    }
}
