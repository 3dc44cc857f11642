//! What fires, and whom policies bind: triggers, rules, row security, the owner.

use super::Altered;
use crate::Code;
use crate::ast::{Fires, Ident, RoleSpec, RowSecurity, TriggerTarget};
use crate::catalog::{NameSpace, Object, ObjectId, RelationKind};
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn trigger_fires(
        &mut self,
        table: Altered,
        fires: Fires,
        which: &TriggerTarget,
    ) -> Outcome {
        let mut triggers: Vec<ObjectId> = match which {
            TriggerTarget::All | TriggerTarget::User => self
                .parts(table.id)
                .filter(|(_, object)| matches!(object, Object::Trigger(it) if it.on == table.id))
                .map(|(id, _)| id)
                .collect(),
            // Those behind foreign keys are not kept, and have a number in their names.
            TriggerTarget::Name(name) if name.text.starts_with("RI_ConstraintTrigger_") => {
                return Ok(());
            }
            TriggerTarget::Name(name) => {
                let space = NameSpace::Trigger;
                let found = self.catalog.named(space, Some(table.id), &name.text);
                match found.first() {
                    Some(id) => vec![*id],
                    None => return self.no_part(table, space, "trigger", "for table", name),
                }
            }
        };
        // Those of the partitions follow, if they are meant to.
        let mut at = 0;
        while let Some(id) = triggers.get(at).copied().filter(|_| table.recurse) {
            let copies = self.parts(id).filter(
                |(_, object)| matches!(object, Object::Trigger(it) if it.parent == Some(id)),
            );
            let copies: Vec<_> =
                copies.map(|(id, _)| id).filter(|id| !triggers.contains(id)).collect();
            triggers.extend(copies);
            at += 1;
        }
        for id in triggers {
            self.catalog.update(id, |entry| {
                if let Object::Trigger(trigger) = &mut entry.object {
                    trigger.fires = fires;
                }
            });
        }
        Ok(())
    }

    pub(super) fn rule_fires(&mut self, table: Altered, fires: Fires, name: &Ident) -> Outcome {
        let space = NameSpace::Rule;
        let Some(&id) = self.catalog.named(space, Some(table.id), &name.text).first() else {
            return self.no_part(table, space, "rule", "for relation", name);
        };
        self.catalog.update(id, |entry| {
            if let Object::Rule(rule) = &mut entry.object {
                rule.fires = fires;
            }
        });
        Ok(())
    }

    fn no_part(
        &self,
        table: Altered,
        space: NameSpace,
        what: &str,
        of: &str,
        name: &Ident,
    ) -> Outcome {
        if self.catalog.missing::<()>(&name.text) == crate::catalog::Lookup::Unknown {
            return Ok(());
        }
        let relation = &self.altered(table.id)?.name;
        let message = format!("{what} \"{}\" {of} \"{relation}\" does not exist", name.text);
        Refusal::new(Code::UndefinedObject, message)
            .at(name.range)
            .went(self.catalog.former(space, Some(table.id), &name.text))
            .one_of(&name.text, self.catalog.names(space, Some(table.id)))
            .stop()
    }

    pub(super) fn row_security(&mut self, table: Altered, security: RowSecurity) {
        self.catalog.update_relation(table.id, |relation| {
            let Some(table) = relation.as_table_mut() else { return };
            match security {
                RowSecurity::Enable => table.row_security = true,
                RowSecurity::Disable => table.row_security = false,
                RowSecurity::Force => table.force_row_security = true,
                RowSecurity::NoForce => table.force_row_security = false,
            }
        });
    }

    /// `OWNER TO`. Roles belong to the whole server, which may have others than the chain makes.
    pub(super) fn alter_owner(&mut self, table: Altered, role: &RoleSpec) -> Outcome {
        let relation = self.altered(table.id)?;
        let owner = match role {
            RoleSpec::Name(name) => Some(name.text.clone()),
            RoleSpec::Public
            | RoleSpec::CurrentRole
            | RoleSpec::CurrentUser
            | RoleSpec::SessionUser => None,
        };
        let now = self.catalog.get(table.id).and_then(|entry| entry.owner.clone());
        match &relation.kind {
            // Only a warning: an index has the owner of its table.
            RelationKind::Index(_) => return Ok(()),
            RelationKind::Sequence(sequence) => {
                let table_of = sequence.owner.and_then(|it| self.catalog.get(it.table));
                let of = table_of.and_then(|entry| entry.owner.as_ref());
                // Whether it is the owner already cannot be known of one that no statement set.
                if of.is_some() && owner.is_some() && owner != now && of != owner.as_ref() {
                    let message = format!("cannot change owner of sequence \"{}\"", relation.name);
                    return Refusal::new(Code::FeatureNotSupported, message)
                        .at(table.range)
                        .label("it is linked to a table")
                        .stop();
                }
            }
            _ => {}
        }
        let mut given = vec![table.id];
        given.extend(self.parts(table.id).filter_map(|(id, object)| match object {
            Object::Relation(it) => {
                let its = it.as_sequence()?.owner.is_some_and(|owner| owner.table == table.id);
                its.then_some(id)
            }
            _ => None,
        }));
        for id in given {
            self.catalog.update(id, |entry| entry.owner.clone_from(&owner));
        }
        Ok(())
    }
}
