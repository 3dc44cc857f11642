//! `COMMENT`, and rights.

use super::find::{Found, Purpose};
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{
    self, AlterDefaultPrivileges, Comment, GrantTarget, Ident, ObjectKind, ObjectRef, RoleSpec,
};
use crate::catalog::{
    Grant, Lookup, NameSpace, ObjectId, Relation, RelationHit, RelationKind, Target,
};

impl Run<'_> {
    pub(super) fn comment(&mut self, statement: &Comment) -> Outcome {
        let text = statement.text.as_ref().map(|text| text.value.clone());
        // An empty comment is none.
        let text = text.filter(|text| !text.is_empty());
        match self.existing(&statement.object, Purpose::Describe)? {
            Some(Target::Object(id)) => self.catalog.update(id, |entry| entry.comment = text),
            Some(Target::Column(id, number)) => self.catalog.update_relation(id, |it| {
                if let Some(column) = it.column_mut(number) {
                    column.comment = text;
                }
            }),
            Some(Target::Extension(_)) | None => {}
        }
        Ok(())
    }

    pub(super) fn grant(&mut self, statement: &ast::Grant) -> Outcome {
        match &statement.target {
            GrantTarget::Objects(objects) => {
                for object in objects {
                    let id = self.granted(object)?;
                    self.columns_exist(id, statement)?;
                    if let Some(id) = id {
                        self.change_grants(id, statement);
                    }
                }
            }
            GrantTarget::AllInSchema { kind, schemas } => {
                for schema in schemas {
                    let Some(schema) = self.own_schema(schema)? else { continue };
                    for id in self.all_in_schema(schema, *kind) {
                        self.change_grants(id, statement);
                    }
                }
            }
        }
        Ok(())
    }

    /// The object that rights are about; none where it is not one of the chain.
    fn granted(&self, object: &ObjectRef) -> Outcome<Option<ObjectId>> {
        if object.kind != ObjectKind::Table {
            // What a type can do, the type of a table's rows can.
            return Ok(match self.existing(object, Purpose::Describe)? {
                Some(Target::Object(id)) => Some(id),
                _ => None,
            });
        }
        let id = match self.find_relation(&object.name)? {
            Lookup::Found(RelationHit::Own(id)) => id,
            Lookup::Found(RelationHit::Known(..)) | Lookup::Unknown => return Ok(None),
            Lookup::Missing => return super::names::no_relation(self.catalog, &object.name).stop(),
        };
        let wrong = match self.catalog.relation(id).map(|it| &it.kind) {
            Some(RelationKind::Index(_)) => "an index",
            Some(RelationKind::Composite) => "a composite type",
            _ => return Ok(Some(id)),
        };
        if self.catalog.is_uncertain(id) {
            return Ok(None);
        }
        let message = format!("\"{}\" is {wrong}", object.name.name.text);
        Refusal::new(Code::WrongObjectType, message).at(object.name.range).stop()
    }

    fn columns_exist(&self, id: Option<ObjectId>, statement: &ast::Grant) -> Outcome {
        let Some(id) = id else { return Ok(()) };
        let columns = statement.privileges.iter().flat_map(|it| &it.columns);
        for column in columns.chain(&statement.columns) {
            if super::find::is_system_column(&column.text) {
                continue;
            }
            match self.column(id, column) {
                Ok(_) | Err(Stop::Unknown) => {}
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    }

    fn all_in_schema(&self, schema: ObjectId, kind: ObjectKind) -> Vec<ObjectId> {
        let (space, wanted): (_, fn(&Relation) -> bool) = match kind {
            ObjectKind::Sequence => {
                (NameSpace::Relation, |it| matches!(it.kind, RelationKind::Sequence(_)))
            }
            ObjectKind::Table => (NameSpace::Relation, |it| {
                it.has_rows() && !matches!(it.kind, RelationKind::Sequence(_))
            }),
            _ => (NameSpace::Function, |_| true),
        };
        let names = self.catalog.names(space, Some(schema));
        let ids = names.flat_map(|name| self.catalog.named(space, Some(schema), name));
        ids.copied().filter(|id| self.catalog.relation(*id).is_none_or(wanted)).collect()
    }

    fn change_grants(&mut self, id: ObjectId, statement: &ast::Grant) {
        let privileges = written(statement);
        let all = statement.privileges.is_empty() && statement.columns.is_empty();
        let roles: Vec<String> = statement.roles.iter().map(|role| role_name(Some(role))).collect();
        self.catalog.update(id, |entry| {
            for role in roles {
                if statement.grant {
                    give(&mut entry.grants, role, &privileges, statement.grant_option);
                } else {
                    take(&mut entry.grants, &role, &privileges, all, statement.grant_option);
                }
            }
            entry.grants.sort();
        });
    }

    pub(super) fn alter_default_privileges(
        &mut self,
        statement: &AlterDefaultPrivileges,
    ) -> Outcome {
        for schema in &statement.in_schemas {
            if let Found::Missing(refusal) = self.find_schema(schema) {
                return refusal.stop();
            }
        }
        // What later objects get by it depends on who creates them, which is not known.
        Ok(())
    }
}

/// `SELECT`, `UPDATE (a)`, …, sorted.
fn written(statement: &ast::Grant) -> Vec<String> {
    let with = |name: &str, columns: &[Ident]| {
        let columns: Vec<String> = columns.iter().map(Ident::to_string).collect();
        match columns.as_slice() {
            [] => name.to_uppercase(),
            _ => format!("{} ({})", name.to_uppercase(), columns.join(", ")),
        }
    };
    let mut privileges: Vec<String> = if statement.privileges.is_empty() {
        vec![with("ALL", &statement.columns)]
    } else {
        statement.privileges.iter().map(|it| with(&it.name, &it.columns)).collect()
    };
    privileges.sort();
    privileges.dedup();
    privileges
}

fn give(grants: &mut Vec<Grant>, role: String, privileges: &[String], grant_option: bool) {
    let same = |it: &&mut Grant| it.role == role && it.grant_option == grant_option;
    match grants.iter_mut().find(same) {
        Some(grant) => {
            grant.privileges.extend_from_slice(privileges);
            grant.privileges.sort();
            grant.privileges.dedup();
        }
        None => grants.push(Grant { role, privileges: privileges.to_vec(), grant_option }),
    }
}

/// Takes rights away, or only the right to give them on.
fn take(grants: &mut Vec<Grant>, role: &str, privileges: &[String], all: bool, option: bool) {
    let mut kept = Vec::new();
    for grant in grants.iter_mut().filter(|it| it.role == role && (!option || it.grant_option)) {
        let gone = |it: &String| all || privileges.contains(it);
        if option {
            kept.extend(grant.privileges.iter().filter(|it| gone(it)).cloned());
        }
        grant.privileges.retain(|it| !gone(it));
    }
    grants.retain(|it| !it.privileges.is_empty());
    if !kept.is_empty() {
        give(grants, role.to_owned(), &kept, false);
    }
}

/// A role as statements name it. `None` stands for the current one.
pub(super) fn role_name(role: Option<&RoleSpec>) -> String {
    match role {
        Some(RoleSpec::Name(name)) => name.to_string(),
        Some(RoleSpec::Public) => "PUBLIC".to_owned(),
        Some(RoleSpec::CurrentRole) => "CURRENT_ROLE".to_owned(),
        Some(RoleSpec::SessionUser) => "SESSION_USER".to_owned(),
        Some(RoleSpec::CurrentUser) | None => "CURRENT_USER".to_owned(),
    }
}
