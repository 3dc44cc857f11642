//! Triggers, event triggers, rules and policies.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::table::attributes;
use crate::ast::{
    AlterEventTrigger, AlterPolicy, CreateEventTrigger, CreatePolicy, CreateRule, CreateTrigger,
    EventTriggerFilter, Expr, Fires, Ident, Name, PolicyCommand, RoleSpec, RuleEvent, TriggerEvent,
    TriggerTiming,
};

impl Lower {
    /// The relation after `ON`.
    pub(super) fn on_relation(self, node: &Node) -> Result<Name> {
        let on = self.found(node, node.any(&[K::ON_RELATION, K::ON_TABLE]))?;
        let name = on.any(&[K::RELATION_NAME_REF, K::TABLE_NAME_REF]);
        self.name(&self.found(&on, name)?)
    }

    pub(super) fn create_trigger(self, node: &Node) -> Result<CreateTrigger> {
        let timing = if node.has(K::TIMING_BEFORE) {
            TriggerTiming::Before
        } else if node.has(K::TIMING_AFTER) {
            TriggerTiming::After
        } else {
            self.need(node, K::TIMING_INSTEAD_OF)?;
            TriggerTiming::InsteadOf
        };
        let events = self.need(node, K::TRIGGER_EVENT_LIST)?;
        let events: Vec<TriggerEvent> = events
            .children()
            .map(|it| {
                Ok(match it.kind() {
                    K::TRIGGER_EVENT_INSERT => TriggerEvent::Insert,
                    K::TRIGGER_EVENT_DELETE => TriggerEvent::Delete,
                    K::TRIGGER_EVENT_TRUNCATE => TriggerEvent::Truncate,
                    _ => TriggerEvent::Update(self.columns(&it)?),
                })
            })
            .collect::<Result<_>>()?;
        if events.is_empty() {
            return Err(self.missing(node));
        }
        let transition = |kind: K| -> Result<Option<Ident>> {
            let Some(referencing) = node.kid(K::REFERENCING) else { return Ok(None) };
            self.opt(&referencing, kind, |it, table| {
                it.ident_in(table, K::TRANSITION_RELATION_NAME)
            })
        };
        let (function, args) = self.executed(node)?;
        Ok(CreateTrigger {
            name: self.ident_in(node, K::TRIGGER)?,
            or_replace: node.has(K::OR_REPLACE),
            constraint: node.has(K::CONSTRAINT_KW),
            timing,
            events,
            table: self.on_relation(node)?,
            from: self.opt(node, K::FROM_TABLE, |it, from| it.name_in(from, K::TABLE_NAME_REF))?,
            attributes: attributes(node),
            old_table: transition(K::OLD_TABLE)?,
            new_table: transition(K::NEW_TABLE)?,
            for_each_row: node.has(K::FOR_EACH_ROW),
            when: self.expr_of(node, K::WHEN_CONDITION)?,
            function,
            args,
        })
    }

    /// The function after `EXECUTE`, with its arguments.
    fn executed(self, node: &Node) -> Result<(Name, Vec<Expr>)> {
        let call = self.need(node, K::CALL_EXPR)?;
        let callee = self.found(&call, call.any(&[K::NAME_REF, K::FIELD_EXPR]))?;
        let list = self.need(&call, K::ARG_LIST)?;
        for arg in list.kids(K::ARG) {
            // One word, number or string; a string may go on in the next line.
            let mut tokens = arg.tokens();
            let first = tokens.next().filter(|it| !is_argument(it.text()));
            let second = tokens.find(|it| !it.text().starts_with('\''));
            if let Some(token) = first.or(second) {
                return Err(self.unexpected(&token));
            }
        }
        Ok((self.callee(&callee)?, self.arg_values(&list)?))
    }

    pub(super) fn create_event_trigger(self, node: &Node) -> Result<CreateEventTrigger> {
        let mut when = Vec::new();
        if let Some(clause) = node.kid(K::EVENT_TRIGGER_WHEN_CLAUSE) {
            for filter in clause.descendants().filter(|it| it.kind() == K::EVENT_TRIGGER_WHEN) {
                when.push(EventTriggerFilter {
                    variable: self.ident_in(&filter, K::EVENT_TRIGGER_FILTER_VARIABLE)?,
                    values: self.some(&filter, K::LITERAL, Self::string)?,
                });
            }
        }
        Ok(CreateEventTrigger {
            name: self.ident_in(node, K::EVENT_TRIGGER)?,
            event: self.ident_in(node, K::EVENT_TRIGGER_EVENT)?,
            when,
            function: self.executed(node)?.0,
        })
    }

    pub(super) fn alter_event_trigger(self, node: &Node) -> Result<AlterEventTrigger> {
        let fires = if node.has(K::DISABLE) {
            Fires::Disabled
        } else if node.has(K::ENABLE_ALWAYS) {
            Fires::Always
        } else if node.has(K::ENABLE_REPLICA) {
            Fires::Replica
        } else {
            self.need(node, K::ENABLE)?;
            Fires::Enabled
        };
        Ok(AlterEventTrigger { name: self.ident_in(node, K::EVENT_TRIGGER_REF)?, fires })
    }

    pub(super) fn create_rule(self, node: &Node) -> Result<CreateRule> {
        let on = self.need(node, K::RULE_ON)?;
        let event = self.need(&on, K::RULE_EVENT)?;
        let event = match event.words().as_str() {
            "select" => RuleEvent::Select,
            "insert" => RuleEvent::Insert,
            "update" => RuleEvent::Update,
            "delete" => RuleEvent::Delete,
            _ => return Err(self.unexpected_node(&event)),
        };
        let action = self.need(node, K::RULE_DO)?;
        let list = action.kid(K::RULE_STMT_LIST).unwrap_or_else(|| action.clone());
        let actions = list
            .children()
            .filter(|it| !matches!(it.kind(), K::NOTHING | K::EMPTY_STMT))
            .map(|it| self.statement(&it))
            .collect::<Result<Vec<_>>>()?;
        if actions.is_empty() && !action.has(K::NOTHING) && !action.has(K::RULE_STMT_LIST) {
            return Err(self.missing(&action));
        }
        Ok(CreateRule {
            name: self.ident_in(node, K::RULE)?,
            or_replace: node.has(K::OR_REPLACE),
            event,
            table: self.name_in(&on, K::RELATION_NAME_REF)?,
            condition: self.expr_of(&on, K::WHERE_CLAUSE)?,
            instead: action.has(K::INSTEAD_KW),
            actions,
        })
    }

    pub(super) fn create_policy(self, node: &Node) -> Result<CreatePolicy> {
        let command = match node.kid(K::POLICY_COMMAND) {
            Some(clause) => match self.found(&clause, clause.first_child())?.kind() {
                K::POLICY_COMMAND_SELECT => PolicyCommand::Select,
                K::POLICY_COMMAND_INSERT => PolicyCommand::Insert,
                K::POLICY_COMMAND_UPDATE => PolicyCommand::Update,
                K::POLICY_COMMAND_DELETE => PolicyCommand::Delete,
                _ => PolicyCommand::All,
            },
            None => PolicyCommand::All,
        };
        let permissive = match node.kid(K::AS_POLICY_TYPE) {
            Some(kind) => {
                let word = self.ident(&kind)?;
                match word.text.as_str() {
                    "permissive" => true,
                    "restrictive" => false,
                    _ => return Err(unrecognized_policy(&word)),
                }
            }
            None => true,
        };
        Ok(CreatePolicy {
            name: self.ident_in(node, K::POLICY)?,
            table: self.on_relation(node)?,
            permissive,
            command,
            roles: self.policy_roles(node)?,
            using: self.expr_of(node, K::USING_EXPR_CLAUSE)?,
            with_check: self.expr_of(node, K::WITH_CHECK_EXPR_CLAUSE)?,
        })
    }

    fn policy_roles(self, node: &Node) -> Result<Vec<RoleSpec>> {
        match node.kid(K::POLICY_ROLES) {
            Some(clause) => self.roles(&clause),
            None => Ok(Vec::new()),
        }
    }

    /// `ALTER POLICY` with no part at all is valid.
    pub(super) fn alter_policy(self, node: &Node) -> Result<AlterPolicy> {
        let part = node.kid(K::ALTER_POLICY_TO).unwrap_or_else(|| node.clone());
        Ok(AlterPolicy {
            name: self.ident_in(node, K::POLICY_REF)?,
            table: self.on_relation(node)?,
            roles: self.policy_roles(&part)?,
            using: self.expr_of(&part, K::USING_EXPR_CLAUSE)?,
            with_check: self.expr_of(&part, K::WITH_CHECK_EXPR_CLAUSE)?,
        })
    }
}

/// The grammar takes any word there, and refuses it in words of its own.
fn unrecognized_policy(word: &Ident) -> crate::sql::SyntaxError {
    crate::sql::SyntaxError {
        message: format!("unrecognized row security option \"{}\"", word.text),
        range: word.range.range(),
        expected: Some("PERMISSIVE or RESTRICTIVE".to_owned()),
        suggestion: None,
    }
}

/// Whether a token may be the argument of a trigger's function: a word, a number or a string.
fn is_argument(token: &str) -> bool {
    let bits = ["b'", "x'", "n'"];
    let start = token.get(..2).unwrap_or_default().to_lowercase();
    !bits.contains(&start.as_str())
        && token
            .starts_with(|it: char| it.is_alphanumeric() || "_'\".$".contains(it) || !it.is_ascii())
}
