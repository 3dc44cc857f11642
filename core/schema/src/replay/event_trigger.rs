//! Event triggers, which are kept as their statements.
//!
//! Source: `CreateEventTrigger` in PostgreSQL's `commands/event_trigger.c`.

use super::refusal::refused;
use super::{Outcome, Run};
use crate::Code;
use crate::analyze::Analyzer;
use crate::ast::{AlterEventTrigger, CreateEventTrigger, Name, ObjectKind};

impl Run<'_> {
    pub(super) fn create_event_trigger(&mut self, statement: &CreateEventTrigger) -> Outcome {
        let event = &statement.event;
        let known: &[&str] = &["ddl_command_start", "ddl_command_end", "sql_drop", "table_rewrite"];
        let login = event.text == "login" && self.catalog.version().major() >= 17;
        if !known.contains(&event.text.as_str()) && !login {
            return refused(
                Code::SyntaxError,
                format!("unrecognized event name \"{}\"", event.text),
                event.range,
            );
        }
        for filter in &statement.when {
            if filter.variable.text != "tag" {
                return refused(
                    Code::SyntaxError,
                    format!("unrecognized filter variable \"{}\"", filter.variable.text),
                    filter.variable.range,
                );
            }
        }
        let function = self.trigger_function(&statement.function, "event_trigger")?;
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        if let Some(hole) = function.holes().next() {
            analyzer.bind(statement.function.range, hole.clone());
        }
        let text = self.rest(&analyzer, statement.name.range.end);
        self.create_with_text(ObjectKind::EventTrigger, &statement.name, false, text)
    }

    pub(super) fn alter_event_trigger(&mut self, statement: &AlterEventTrigger) -> Outcome {
        self.must_exist(ObjectKind::EventTrigger, &Name::from(statement.name.clone()))
    }
}
