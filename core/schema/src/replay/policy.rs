//! Policies: which rows a role may see and write.
//!
//! Source: `CreatePolicy` and `AlterPolicy` in PostgreSQL's `commands/policy.c`.

use super::comment::role_name;
use super::refusal::refused;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{AlterPolicy, CreatePolicy, Expr, Name, PolicyCommand, RoleSpec};
use crate::builtin;
use crate::catalog::{
    Lookup, NameSpace, Object, ObjectId, Policy, RelationHit, RelationKind, Text,
};

impl Run<'_> {
    pub(super) fn create_policy(&mut self, statement: &CreatePolicy) -> Outcome {
        match statement.command {
            PolicyCommand::Select | PolicyCommand::Delete => {
                if let Some(check) = &statement.with_check {
                    let message = "WITH CHECK cannot be applied to SELECT or DELETE";
                    return refused(Code::SyntaxError, message, check.range);
                }
            }
            PolicyCommand::Insert => only_check(statement.using.as_ref())?,
            PolicyCommand::All | PolicyCommand::Update => {}
        }
        let Some(on) = self.table_of_policy(&statement.table)? else { return Ok(()) };
        let using = self.policy_condition(on, statement.using.as_ref())?;
        let check = self.policy_condition(on, statement.with_check.as_ref())?;
        let name = &statement.name;
        let named = self.catalog.named(NameSpace::Policy, Some(on), &name.text).first().copied();
        if let Some(id) = named {
            if !self.catalog.is_uncertain(id) && !self.catalog.doubtful.contains(&name.text) {
                let table = self.catalog.relation(on).map_or("", |it| it.name.as_str());
                let message =
                    format!("policy \"{}\" for table \"{table}\" already exists", name.text);
                return Refusal::new(Code::DuplicateObject, message)
                    .at(name.range)
                    .also(self.catalog.get(id).map(|it| it.created), "created here")
                    .stop();
            }
            self.catalog.remove(id, self.place);
        }
        let policy = Policy {
            on,
            name: name.text.clone(),
            permissive: statement.permissive,
            command: statement.command,
            roles: roles(&statement.roles),
            using,
            check,
        };
        self.catalog.insert(Object::Policy(policy), self.place);
        Ok(())
    }

    pub(super) fn alter_policy(&mut self, statement: &AlterPolicy) -> Outcome {
        let Some(on) = self.table_of_policy(&statement.table)? else { return Ok(()) };
        let using = self.policy_condition(on, statement.using.as_ref())?;
        let check = self.policy_condition(on, statement.with_check.as_ref())?;
        let name = &statement.name;
        let named = self.catalog.named(NameSpace::Policy, Some(on), &name.text).first().copied();
        let Some(id) = named else {
            if self.catalog.is_uncertain(on) || !self.catalog.missing::<()>(&name.text).is_missing()
            {
                return Ok(());
            }
            let table = self.catalog.relation(on).map_or("", |it| it.name.as_str());
            let message = format!("policy \"{}\" for table \"{table}\" does not exist", name.text);
            let went = self.catalog.former(NameSpace::Policy, Some(on), &name.text);
            return Refusal::new(Code::UndefinedObject, message)
                .at(name.range)
                .went(went)
                .one_of(&name.text, self.catalog.names(NameSpace::Policy, Some(on)))
                .stop();
        };
        if let Some(Object::Policy(policy)) = self.catalog.get(id).map(|it| &it.object) {
            match (policy.command, &statement.with_check) {
                (PolicyCommand::Insert, _) => only_check(statement.using.as_ref())?,
                (PolicyCommand::Select | PolicyCommand::Delete, Some(check)) => {
                    let message = "only USING expression allowed for SELECT, DELETE";
                    return refused(Code::SyntaxError, message, check.range);
                }
                _ => {}
            }
        }
        let new_roles = roles(&statement.roles);
        let named_roles = !statement.roles.is_empty();
        self.catalog.update(id, |entry| {
            if let Object::Policy(policy) = &mut entry.object {
                policy.using = using.or_else(|| policy.using.take());
                policy.check = check.or_else(|| policy.check.take());
                if named_roles {
                    policy.roles = new_roles;
                }
            }
        });
        Ok(())
    }

    /// The table that a policy is on; none where it is not known.
    fn table_of_policy(&self, name: &Name) -> Outcome<Option<ObjectId>> {
        let not_a_table = || {
            let message = format!("\"{}\" is not a table", name.name.text);
            Refusal::new(Code::WrongObjectType, message).at(name.range)
        };
        let id = match self.find_relation(name)? {
            Lookup::Missing => return super::names::no_relation(self.catalog, name).stop(),
            Lookup::Unknown => return Ok(None),
            Lookup::Found(RelationHit::Known(it, _)) => {
                return match it.kind {
                    builtin::RelationKind::Table => {
                        super::trigger::of_the_server(&it, name).map(|()| None)
                    }
                    _ => not_a_table().stop(),
                };
            }
            Lookup::Found(RelationHit::Own(id)) => id,
        };
        let foreign = |it: &crate::catalog::Table| it.foreign.is_some();
        let fits = self.catalog.relation(id).is_none_or(|it| match &it.kind {
            RelationKind::Table(table) => !foreign(table),
            _ => false,
        });
        if !fits && !self.catalog.is_uncertain(id) {
            return not_a_table()
                .also(self.catalog.get(id).map(|it| it.created), "created here")
                .stop();
        }
        Ok(Some(id))
    }

    fn policy_condition(&self, on: ObjectId, expr: Option<&Expr>) -> Outcome<Option<Text>> {
        let Some(expr) = expr else { return Ok(None) };
        let name = self.catalog.relation(on).map_or("", |it| it.name.as_str());
        let columns = Columns { relations: vec![(name, on)], bare: true, ..Columns::default() };
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        match analyzer.condition(expr, &columns, Site::Policy) {
            Ok(_) | Err(Stop::Unknown) => Ok(Some(analyzer.text(expr.range))),
            Err(refused) => Err(refused),
        }
    }
}

/// What is inserted was not there before.
fn only_check(using: Option<&Expr>) -> Outcome {
    match using {
        Some(using) => {
            refused(Code::SyntaxError, "only WITH CHECK expression allowed for INSERT", using.range)
        }
        None => Ok(()),
    }
}

/// The roles; none where everybody is meant.
fn roles(roles: &[RoleSpec]) -> Vec<String> {
    if roles.contains(&RoleSpec::Public) {
        return Vec::new();
    }
    roles.iter().map(|role| role_name(Some(role))).collect()
}
