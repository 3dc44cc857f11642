//! What belongs to a relation without being one: triggers, rules, policies, statistics.

use super::{ColumnNumber, ObjectId, Text, Word};
use crate::ast::{Fires, PolicyCommand, RuleEvent, TriggerTiming};
use serde::{Deserialize, Serialize};

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of PostgreSQL's own catalog")]
pub struct Trigger {
    /// The table or view.
    pub on: ObjectId,
    /// The name.
    pub name: String,
    /// When it fires.
    pub timing: TriggerTiming,
    /// `INSERT`, `DELETE`, `TRUNCATE`, `UPDATE`: in the order of the statement.
    #[serde(with = "super::snapshot::many")]
    pub events: Vec<Word>,
    /// The columns of `UPDATE OF`.
    pub columns: Vec<ColumnNumber>,
    /// `FOR EACH ROW`; otherwise for each statement.
    pub for_each_row: bool,
    /// `WHEN`, without its parentheses.
    pub when: Option<Text>,
    /// `REFERENCING OLD TABLE AS`.
    pub old_table: Option<String>,
    /// `REFERENCING NEW TABLE AS`.
    pub new_table: Option<String>,
    /// The function, its name or a hole for it.
    pub function: Text,
    /// The arguments.
    pub args: Vec<String>,
    /// Whether it is a constraint trigger.
    pub constraint: bool,
    /// `FROM`, of a constraint trigger.
    pub from: Option<ObjectId>,
    /// Whether it can be deferred.
    pub deferrable: bool,
    /// Whether it is deferred unless told otherwise.
    pub deferred: bool,
    /// Whether it fires at all.
    pub fires: Fires,
    /// The trigger of the partitioned table that this one stands for in a partition.
    pub parent: Option<ObjectId>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The table or view.
    pub on: ObjectId,
    /// The name.
    pub name: String,
    /// The event.
    pub event: RuleEvent,
    /// Whether it replaces the statement.
    pub instead: bool,
    /// From `WHERE` or `DO` on, to the end of the statement.
    pub text: Text,
    /// Whether it fires at all.
    pub fires: Fires,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The table.
    pub on: ObjectId,
    /// The name.
    pub name: String,
    /// Whether it allows; otherwise it restricts.
    pub permissive: bool,
    /// The command that it is about.
    pub command: PolicyCommand,
    /// The roles as written; empty for all.
    pub roles: Vec<String>,
    /// `USING`, without its parentheses.
    pub using: Option<Text>,
    /// `WITH CHECK`, without its parentheses.
    pub check: Option<Text>,
}

/// Extended statistics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// The schema.
    pub schema: ObjectId,
    /// The name.
    pub name: String,
    /// The table.
    pub table: ObjectId,
    /// The kinds; empty for all.
    pub kinds: Vec<String>,
    /// The columns among the expressions.
    pub columns: Vec<ColumnNumber>,
    /// The expressions, with commas between them.
    pub text: Text,
    /// `SET STATISTICS`.
    pub target: Option<i32>,
}
