//! Triggers, event triggers, rules and policies.

use super::{ConstraintAttributes, Expr, Fires, Ident, Name, RoleSpec, Statement, StringConst};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTrigger {
    pub name: Ident,
    pub or_replace: bool,
    pub constraint: bool,
    pub timing: TriggerTiming,
    pub events: Vec<TriggerEvent>,
    pub table: Name,
    /// `FROM table`, of a constraint trigger.
    pub from: Option<Name>,
    pub attributes: ConstraintAttributes,
    pub old_table: Option<Ident>,
    pub new_table: Option<Ident>,
    pub for_each_row: bool,
    pub when: Option<Expr>,
    pub function: Name,
    pub args: Vec<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TriggerTiming {
    Before,
    After,
    InsteadOf,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriggerEvent {
    Insert,
    /// With the columns of `UPDATE OF`.
    Update(Vec<Ident>),
    Delete,
    Truncate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateEventTrigger {
    pub name: Ident,
    pub event: Ident,
    pub when: Vec<EventTriggerFilter>,
    pub function: Name,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTriggerFilter {
    pub variable: Ident,
    pub values: Vec<StringConst>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterEventTrigger {
    pub name: Ident,
    pub fires: Fires,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRule {
    pub name: Ident,
    pub or_replace: bool,
    pub event: RuleEvent,
    pub table: Name,
    pub condition: Option<Expr>,
    pub instead: bool,
    /// Empty for `NOTHING`.
    pub actions: Vec<Statement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RuleEvent {
    Select,
    Insert,
    Update,
    Delete,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePolicy {
    pub name: Ident,
    pub table: Name,
    pub permissive: bool,
    pub command: PolicyCommand,
    /// Empty for `PUBLIC`.
    pub roles: Vec<RoleSpec>,
    pub using: Option<Expr>,
    pub with_check: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterPolicy {
    pub name: Ident,
    pub table: Name,
    pub roles: Vec<RoleSpec>,
    pub using: Option<Expr>,
    pub with_check: Option<Expr>,
}
