//! Constraints: added, validated, changed, dropped, with those of the children.

use super::{Altered, bad_table, wrong_kind};
use crate::Code;
use crate::ast::{ConstraintAttributes, Ident, TableConstraint, TextRange};
use crate::catalog::{Constraint, ConstraintKind, NameSpace, Object, ObjectId, Relation, Target};
use crate::dump::Names;
use crate::replay::index::Correspondence;
use crate::replay::{Outcome, Refusal, Run, Stop};

impl Run<'_> {
    pub(super) fn add_constraint_to(
        &mut self,
        table: Altered,
        constraint: &TableConstraint,
    ) -> Outcome {
        self.add_constraint(table.id, constraint, !table.recurse)?;
        Ok(())
    }

    /// Refuses a child's check of the same name that is another.
    pub(super) fn same_check(
        &self,
        parents: &Constraint,
        its: ObjectId,
        range: TextRange,
    ) -> Outcome {
        let Some(child) = self.constraint_of(its) else { return Ok(()) };
        let table = self.altered(child.on)?.name.as_str();
        let names = Names { catalog: self.catalog };
        let (ConstraintKind::Check(one), ConstraintKind::Check(other)) =
            (&parents.kind, &child.kind)
        else {
            return Ok(());
        };
        let created = self.catalog.get(its).map(|entry| entry.created);
        let columns = Correspondence { catalog: self.catalog, from: parents.on, to: child.on };
        let mapped = columns.text(one);
        if differ(&names.text(&mapped), &names.text(other)) {
            let message = format!(
                "child table \"{table}\" has different definition for check constraint \"{}\"",
                child.name
            );
            return Refusal::new(Code::DatatypeMismatch, message)
                .at(range)
                .also(created, "the child's is created here")
                .stop();
        }
        if child.no_inherit {
            let message = format!(
                "constraint \"{}\" conflicts with non-inherited constraint on child table \
                 \"{table}\"",
                child.name
            );
            return Refusal::new(Code::InvalidObjectDefinition, message)
                .at(range)
                .also(created, "the child's is created here")
                .stop();
        }
        Ok(())
    }

    pub(super) fn drop_constraint(
        &mut self,
        table: Altered,
        name: &Ident,
        if_exists: bool,
        cascade: bool,
    ) -> Outcome {
        let Some(id) = self.constraint_named(table.id, &name.text) else {
            if self.may_be_not_null(table.id, &name.text) {
                return self.drop_not_null_named(table, name);
            }
            return if if_exists { Ok(()) } else { self.no_constraint(table.id, name)?.stop() };
        };
        let Some(constraint) = self.constraint_of(id).cloned() else { return Ok(()) };
        let inherited = constraint.inherited > 0
            || constraint.foreign_key().is_some_and(|key| key.parent.is_some())
            || constraint.index().is_some_and(|index| self.is_index_of_parent(index));
        if inherited {
            let relation = &self.altered(table.id)?.name;
            let message = format!(
                "cannot drop inherited constraint \"{}\" of relation \"{relation}\"",
                name.text
            );
            return bad_table(message, name.range).stop();
        }
        let is_check = matches!(constraint.kind, ConstraintKind::Check(_));
        let mut going = vec![Target::Object(id)];
        if is_check && !constraint.no_inherit {
            if !table.recurse
                && self.is_partitioned(table.id)
                && !self.catalog.children(table.id).is_empty()
            {
                return bad_table(
                    "cannot remove constraint from only the partitioned table when partitions \
                     exist",
                    name.range,
                )
                .help("leave out `ONLY`")
                .stop();
            }
            self.collect_checks(table.id, &name.text, table.recurse, &mut going);
        }
        self.delete(&going, cascade, name.range)
    }

    /// The children's checks that go along. Those that stay are the child's own from there on, or
    /// another parent's.
    fn collect_checks(
        &mut self,
        table: ObjectId,
        name: &str,
        recurse: bool,
        going: &mut Vec<Target>,
    ) {
        for child in self.catalog.children(table) {
            let Some(id) = self.constraint_named(child, name) else { continue };
            let Some(constraint) = self.constraint_of(id) else { continue };
            if constraint.inherited == 0 || going.contains(&Target::Object(id)) {
                continue;
            }
            if recurse && constraint.inherited == 1 && !constraint.local {
                going.push(Target::Object(id));
                self.collect_checks(child, name, recurse, going);
            } else {
                self.update_constraint(id, |it| {
                    it.inherited = it.inherited.saturating_sub(1);
                    it.local |= !recurse;
                });
            }
        }
    }

    fn is_index_of_parent(&self, index: ObjectId) -> bool {
        let index = self.catalog.relation(index).and_then(Relation::as_index);
        index.is_some_and(|it| it.parent.is_some())
    }

    /// Whether it may be the name of a NOT NULL, which has one from version 18 on. It is not kept.
    fn may_be_not_null(&self, table: ObjectId, name: &str) -> bool {
        self.catalog.version().major() >= 18
            && self.catalog.former(NameSpace::Constraint, Some(table), name).is_none()
            && self
                .catalog
                .relation(table)
                .is_some_and(|it| it.columns.iter().any(|it| it.not_null))
    }

    fn drop_not_null_named(&mut self, table: Altered, name: &Ident) -> Outcome {
        let relation = self.altered(table.id)?;
        let of = |column: &str| format!("{}_{column}_not_null", relation.name);
        let column = relation.columns.iter().find(|it| it.not_null && of(&it.name) == name.text);
        match column.map(|it| it.name.clone()) {
            Some(column) => self.drop_not_null(table, &Ident::new(column, name.range)),
            None => Ok(()),
        }
    }

    pub(super) fn validate_constraint(&mut self, table: Altered, name: &Ident) -> Outcome {
        let Some(id) = self.constraint_named(table.id, &name.text) else {
            if self.may_be_not_null(table.id, &name.text) {
                return Ok(());
            }
            return self.no_constraint(table.id, name)?.stop();
        };
        let Some(constraint) = self.constraint_of(id) else { return Ok(()) };
        match &constraint.kind {
            ConstraintKind::Check(_) => {
                let mut all = vec![id];
                if !constraint.no_inherit && !constraint.validated {
                    let children = self.catalog.children(table.id);
                    if !table.recurse && !children.is_empty() {
                        let message = "constraint must be validated on child tables too";
                        return bad_table(message, name.range).help("leave out `ONLY`").stop();
                    }
                    let its = |child: ObjectId| self.constraint_named(child, &name.text);
                    all.extend(
                        self.catalog.with_descendants(table.id).into_iter().skip(1).filter_map(its),
                    );
                }
                for id in all {
                    self.update_constraint(id, |it| it.validated = true);
                }
                Ok(())
            }
            ConstraintKind::ForeignKey(_) => {
                self.update_constraint(id, |it| it.validated = true);
                Ok(())
            }
            _ => {
                let relation = &self.altered(table.id)?.name;
                let message = format!(
                    "constraint \"{}\" of relation \"{relation}\" is not a foreign key or check \
                     constraint",
                    name.text
                );
                let created = self.catalog.get(id).map(|entry| entry.created);
                wrong_kind(message).at(name.range).also(created, "created here").stop()
            }
        }
    }

    pub(super) fn alter_constraint(
        &mut self,
        table: Altered,
        name: &Ident,
        attributes: &ConstraintAttributes,
    ) -> Outcome {
        let Some(id) = self.constraint_named(table.id, &name.text) else {
            if self.may_be_not_null(table.id, &name.text) {
                return Ok(());
            }
            return self.no_constraint(table.id, name)?.stop();
        };
        let Some(constraint) = self.constraint_of(id) else { return Ok(()) };
        let created = self.catalog.get(id).map(|entry| entry.created);
        if constraint.foreign_key().is_none() {
            let relation = &self.altered(table.id)?.name;
            let message = format!(
                "constraint \"{}\" of relation \"{relation}\" is not a foreign key constraint",
                name.text
            );
            return wrong_kind(message).at(name.range).also(created, "created here").stop();
        }
        // What is not said is as for a new constraint.
        let deferred = attributes.initially_deferred.unwrap_or_default();
        let deferrable = attributes.deferrable.unwrap_or(deferred);
        let says_when = attributes.deferrable.is_some() || attributes.initially_deferred.is_some();
        let mut all = vec![id];
        let mut at = 0;
        while let Some(id) = all.get(at).copied() {
            let copies = self.parts(id).filter(|(_, object)| {
                matches!(object, Object::Constraint(it)
                    if it.foreign_key().is_some_and(|key| key.parent == Some(id)))
            });
            let copies: Vec<_> = copies.map(|(id, _)| id).filter(|it| !all.contains(it)).collect();
            all.extend(copies);
            at += 1;
        }
        for id in all {
            self.update_constraint(id, |it| {
                if says_when {
                    it.deferrable = deferrable;
                    it.deferred = deferred;
                }
                if let Some(enforced) = attributes.enforced {
                    it.enforced = enforced;
                }
            });
        }
        Ok(())
    }

    /// `ALTER CONSTRAINT … [NO] INHERIT`, of a NOT NULL, from version 18 on.
    pub(super) fn constraint_inherits(
        &mut self,
        table: Altered,
        name: &Ident,
        _inherit: bool,
    ) -> Outcome {
        match self.constraint_named(table.id, &name.text) {
            Some(id) => {
                let relation = &self.altered(table.id)?.name;
                let message = format!(
                    "constraint \"{}\" of relation \"{relation}\" is not a not-null constraint",
                    name.text
                );
                let created = self.catalog.get(id).map(|entry| entry.created);
                wrong_kind(message).at(name.range).also(created, "created here").stop()
            }
            None => Ok(()),
        }
    }

    pub(in crate::replay) fn constraint_named(
        &self,
        table: ObjectId,
        name: &str,
    ) -> Option<ObjectId> {
        self.catalog.named(NameSpace::Constraint, Some(table), name).first().copied()
    }

    pub(super) fn constraint_of(&self, id: ObjectId) -> Option<&Constraint> {
        match &self.catalog.get(id)?.object {
            Object::Constraint(constraint) => Some(constraint),
            _ => None,
        }
    }

    pub(super) fn update_constraint(&mut self, id: ObjectId, change: impl FnOnce(&mut Constraint)) {
        self.catalog.update(id, |entry| {
            if let Object::Constraint(constraint) = &mut entry.object {
                change(constraint);
            }
        });
    }

    /// The refusal of a constraint that is not there.
    fn no_constraint(&self, table: ObjectId, name: &Ident) -> Outcome<Refusal> {
        let space = NameSpace::Constraint;
        let relation = &self.altered(table)?.name;
        let message =
            format!("constraint \"{}\" of relation \"{relation}\" does not exist", name.text);
        if self.catalog.doubtful.contains(&name.text) {
            return Err(Stop::Unknown);
        }
        Ok(Refusal::new(Code::UndefinedObject, message)
            .at(name.range)
            .went(self.catalog.former(space, Some(table), &name.text))
            .one_of(&name.text, self.catalog.names(space, Some(table))))
    }
}

/// Whether two conditions are certainly not the same: they differ in a number and in nothing
/// else. The server compares what it reads, and there are many ways to write that.
fn differ(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| {
        let plain = |c: &char| !c.is_whitespace() && *c != '(' && *c != ')';
        text.chars().filter(plain).flat_map(char::to_lowercase).collect::<String>()
    });
    let shape = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    one != other && shape(&one) == shape(&other)
}
