//! `INHERIT` and `NO INHERIT`, and what a child must have to be one.
//!
//! Source: PostgreSQL's `CreateInheritance`, `MergeAttributesIntoExisting`,
//! `MergeConstraintsIntoExisting`, `RemoveInheritance`.

use super::{Altered, wrong_kind};
use crate::Code;
use crate::ast::{AlterTableActionKind as Action, Name, Persistence, TextRange};
use crate::catalog::{
    Column, ColumnDefault, Constraint, ConstraintKind, Object, ObjectId, Relation,
};
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn examine_inherit(
        &self,
        table: Altered,
        action: &Action,
        range: TextRange,
    ) -> Outcome {
        let relation = self.altered(table.id)?;
        let Some(its) = relation.as_table() else { return Ok(()) };
        if its.partition_of.is_some() {
            return wrong_kind("cannot change inheritance of a partition").at(range).stop();
        }
        if its.partition_key.is_some() && matches!(action, Action::Inherit(_)) {
            return wrong_kind("cannot change inheritance of partitioned table").at(range).stop();
        }
        Ok(())
    }

    pub(super) fn inherit(&mut self, child: Altered, parent: &Name) -> Outcome {
        let id = self.own_relation(parent)?;
        let (one, other) = (self.altered(child.id)?, self.altered(id)?);
        let Some(table) = other.as_table() else {
            let message =
                format!("ALTER action INHERIT cannot be performed on relation \"{}\"", other.name);
            return wrong_kind(message).at(parent.range).stop();
        };
        let refused = if other.persistence == Persistence::Temporary
            && one.persistence != Persistence::Temporary
        {
            Some(format!("cannot inherit from temporary relation \"{}\"", other.name))
        } else if table.partition_key.is_some() {
            Some(format!("cannot inherit from partitioned table \"{}\"", other.name))
        } else if table.partition_of.is_some() {
            Some("cannot inherit from a partition".to_owned())
        } else {
            None
        };
        if let Some(message) = refused {
            let created = self.catalog.get(id).map(|entry| entry.created);
            return wrong_kind(message).at(parent.range).also(created, "created here").stop();
        }
        if self.catalog.with_descendants(child.id).contains(&id) {
            return self.circular(id, child.id, parent.range);
        }
        if one.as_table().is_some_and(|it| it.inherits.contains(&id)) {
            let message =
                format!("relation \"{}\" would be inherited from more than once", other.name);
            return Refusal::new(Code::DuplicateTable, message).at(parent.range).stop();
        }
        self.catalog.update_relation(child.id, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.inherits.push(id);
            }
        });
        self.merge_columns(child.id, id, parent.range)?;
        self.merge_checks(child.id, id, parent.range)
    }

    pub(super) fn circular(&self, one: ObjectId, other: ObjectId, range: TextRange) -> Outcome {
        let (one, other) = (&self.altered(one)?.name, &self.altered(other)?.name);
        Refusal::new(Code::DuplicateTable, "circular inheritance not allowed")
            .at(range)
            .label(format!("\"{one}\" is already a child of \"{other}\""))
            .stop()
    }

    /// The columns of a parent are in the child, which has them from there on from it.
    pub(super) fn merge_columns(
        &mut self,
        child: ObjectId,
        parent: ObjectId,
        range: TextRange,
    ) -> Outcome {
        let (one, other) = (self.altered(child)?, self.altered(parent)?);
        let mut merged = Vec::new();
        for theirs in &other.columns {
            let Some(its) = one.column(&theirs.name) else {
                let message = format!("child table is missing column \"{}\"", theirs.name);
                return Refusal::new(Code::DatatypeMismatch, message)
                    .at(range)
                    .also(Some(theirs.created), "the parent's column")
                    .also(self.catalog.get(child).map(|it| it.created), "the child")
                    .stop();
            };
            self.columns_match(&one.name, its, theirs, range)?;
            merged.push(its.number);
        }
        for number in merged {
            self.update_column(child, number, |column| column.inherited += 1);
        }
        Ok(())
    }

    fn columns_match(
        &self,
        child: &str,
        its: &Column,
        theirs: &Column,
        range: TextRange,
    ) -> Outcome {
        let name = &its.name;
        let unknown = its.ty.ty.is_unknown() || theirs.ty.ty.is_unknown();
        let generated = |column: &Column| matches!(column.default, ColumnDefault::Generated { .. });
        let (code, message) = if !unknown && its.ty != theirs.ty {
            let message =
                format!("child table \"{child}\" has different type for column \"{name}\"");
            (Code::DatatypeMismatch, message)
        } else if !unknown && its.collation != theirs.collation {
            let message =
                format!("child table \"{child}\" has different collation for column \"{name}\"");
            (Code::CollationMismatch, message)
        } else if theirs.not_null && !its.not_null {
            let message = format!("column \"{name}\" in child table must be marked NOT NULL");
            (Code::DatatypeMismatch, message)
        } else if generated(theirs) && !generated(its) {
            let message = format!("column \"{name}\" in child table must be a generated column");
            (Code::DatatypeMismatch, message)
        } else if generated(its) && !generated(theirs) && self.catalog.version().major() >= 16 {
            let message =
                format!("column \"{name}\" in child table must not be a generated column");
            (Code::DatatypeMismatch, message)
        } else {
            return Ok(());
        };
        Refusal::new(code, message)
            .at(range)
            .also(Some(its.created), "the child's column")
            .also(Some(theirs.created), "the parent's column")
            .stop()
    }

    /// The checks of a parent are in the child, which has them from there on from it.
    pub(super) fn merge_checks(
        &mut self,
        child: ObjectId,
        parent: ObjectId,
        range: TextRange,
    ) -> Outcome {
        for (id, theirs) in self.checks(parent) {
            if theirs.no_inherit {
                continue;
            }
            let Some(its) = self.constraint_named(child, &theirs.name) else {
                let message = format!("child table is missing constraint \"{}\"", theirs.name);
                let created = self.catalog.get(id).map(|entry| entry.created);
                return Refusal::new(Code::DatatypeMismatch, message)
                    .at(range)
                    .also(created, "the parent's is created here")
                    .stop();
            };
            self.same_check(&theirs, its, range)?;
            if theirs.validated && self.constraint_of(its).is_some_and(|it| !it.validated) {
                let table = &self.altered(child)?.name;
                let message = format!(
                    "constraint \"{}\" conflicts with NOT VALID constraint on child table \
                     \"{table}\"",
                    theirs.name
                );
                return Refusal::new(Code::InvalidObjectDefinition, message).at(range).stop();
            }
            self.update_constraint(its, |it| it.inherited += 1);
        }
        Ok(())
    }

    /// The checks of a table.
    fn checks(&self, table: ObjectId) -> Vec<(ObjectId, Constraint)> {
        let checks = self.parts(table).filter_map(|(id, object)| match object {
            Object::Constraint(it)
                if it.on == table && matches!(it.kind, ConstraintKind::Check(_)) =>
            {
                Some((id, it.clone()))
            }
            _ => None,
        });
        checks.collect()
    }

    pub(super) fn no_inherit(&mut self, child: Altered, parent: &Name) -> Outcome {
        let id = self.own_relation(parent)?;
        let table = self.altered(child.id)?;
        if table.as_table().is_none_or(|it| !it.inherits.contains(&id)) {
            let message = format!(
                "relation \"{}\" is not a parent of relation \"{}\"",
                parent.name.text, table.name
            );
            return Refusal::new(Code::UndefinedTable, message).at(parent.range).stop();
        }
        self.catalog.update_relation(child.id, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.inherits.retain(|it| *it != id);
            }
        });
        self.leave(child.id, id);
        Ok(())
    }

    /// What a child had from a parent is its own from there on, unless another has it too.
    pub(super) fn leave(&mut self, child: ObjectId, parent: ObjectId) {
        let theirs: Vec<String> = self
            .catalog
            .relation(parent)
            .map(|it: &Relation| it.columns.iter().map(|column| column.name.clone()).collect())
            .unwrap_or_default();
        self.catalog.update_relation(child, |relation| {
            for column in &mut relation.columns {
                if column.inherited > 0 && theirs.contains(&column.name) {
                    column.inherited -= 1;
                    column.local |= column.inherited == 0;
                }
            }
        });
        for (_, check) in self.checks(parent) {
            if let Some(its) = self.constraint_named(child, &check.name) {
                self.update_constraint(its, |it| {
                    it.inherited = it.inherited.saturating_sub(1);
                    it.local |= it.inherited == 0;
                });
            }
        }
    }
}
