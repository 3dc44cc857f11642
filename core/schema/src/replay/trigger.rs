//! Triggers.
//!
//! Source: `CreateTriggerFiringOn` in PostgreSQL's `commands/trigger.c`.

use super::index::Correspondence;
use super::refusal::refused;
use super::{Outcome, Refusal, Run};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{
    Constant, CreateTrigger, Expr, ExprKind, Fires, Ident, Name, ObjectKind, ObjectRef, Signature,
    TriggerEvent, TriggerTiming,
};
use crate::builtin;
use crate::catalog::{
    ColumnNumber, Constraint, ConstraintKind, Hole, Lookup, NameSpace, Object, ObjectId, Relation,
    RelationHit, RelationKind, Text, Trigger,
};
use crate::sql;

impl Run<'_> {
    pub(super) fn create_trigger(&mut self, statement: &CreateTrigger) -> Outcome {
        if statement.constraint && statement.or_replace {
            return refused(
                Code::FeatureNotSupported,
                "CREATE OR REPLACE CONSTRAINT TRIGGER is not supported",
                statement.name.range,
            );
        }
        let on = match self.find_relation(&statement.table)? {
            Lookup::Missing => {
                return super::names::no_relation(self.catalog, &statement.table).stop();
            }
            Lookup::Unknown => {
                // Of a table that may be there, nothing is known that a trigger could change.
                return self.trigger_function(&statement.function, "trigger").map(drop);
            }
            Lookup::Found(RelationHit::Known(it, _)) => {
                return of_the_server(&it, &statement.table);
            }
            Lookup::Found(RelationHit::Own(id)) => id,
        };
        if !self.catalog.is_uncertain(on) {
            self.check_kind(on, statement)?;
        }
        let from = match &statement.from {
            Some(from) => self.relation_hit(from)?.own(),
            None => None,
        };
        let attributes = &statement.attributes;
        if attributes.deferrable == Some(false) && attributes.initially_deferred == Some(true) {
            return refused(
                Code::SyntaxError,
                "constraint declared INITIALLY DEFERRED must be DEFERRABLE",
                statement.name.range,
            );
        }
        let events = events(statement)?;
        self.check_transition_tables(on, statement)?;
        let when = statement.when.as_ref().map(|it| self.trigger_condition(on, it, statement));
        let when = when.transpose()?;
        let function = self.trigger_function(&statement.function, "trigger")?;
        let columns = self.update_columns(on, statement)?;
        let deferred = statement.attributes.initially_deferred.unwrap_or_default();
        let trigger = Trigger {
            on,
            name: statement.name.text.clone(),
            timing: statement.timing,
            events,
            columns,
            for_each_row: statement.for_each_row,
            when,
            old_table: statement.old_table.as_ref().map(|it| it.text.clone()),
            new_table: statement.new_table.as_ref().map(|it| it.text.clone()),
            function,
            args: statement.args.iter().map(|it| self.argument(it)).collect(),
            constraint: statement.constraint,
            from,
            deferrable: statement.attributes.deferrable.unwrap_or(deferred),
            deferred,
            fires: Fires::Enabled,
            parent: None,
        };
        let old = self.trigger_to_replace(on, &statement.name, statement.or_replace, false)?;
        self.put_trigger(&trigger, old, statement)
    }

    /// Adds a trigger, or puts it in the place of one, and does the same in partitions.
    fn put_trigger(
        &mut self,
        trigger: &Trigger,
        old: Option<ObjectId>,
        statement: &CreateTrigger,
    ) -> Outcome {
        let on = trigger.on;
        let cloned = trigger.for_each_row && self.has_partition_key(on);
        let place = self.place;
        let id = match old {
            Some(id) => {
                let new = Object::Trigger(trigger.clone());
                self.catalog.update(id, |entry| {
                    entry.object = new;
                    entry.created = place;
                });
                id
            }
            None => self.catalog.insert(Object::Trigger(trigger.clone()), place),
        };
        if trigger.constraint && old.is_none() {
            self.constraint_is_new(on, &statement.name)?;
            let mut constraint =
                Constraint::new(on, trigger.name.clone(), ConstraintKind::Trigger(id));
            constraint.deferrable = trigger.deferrable;
            constraint.deferred = trigger.deferred;
            self.catalog.insert(Object::Constraint(constraint), place);
        }
        if cloned {
            for partition in self.catalog.partitions(on) {
                let clone = self.clone_for(trigger, id, partition);
                let old = self.trigger_to_replace(
                    partition,
                    &statement.name,
                    statement.or_replace,
                    true,
                )?;
                self.put_trigger(&clone, old, statement)?;
            }
        }
        Ok(())
    }

    fn clone_for(&self, trigger: &Trigger, parent: ObjectId, partition: ObjectId) -> Trigger {
        let columns = Correspondence { catalog: self.catalog, from: trigger.on, to: partition };
        Trigger {
            on: partition,
            parent: Some(parent),
            columns: trigger.columns.iter().filter_map(|it| columns.column(*it)).collect(),
            when: trigger.when.as_ref().map(|it| columns.text(it)),
            ..trigger.clone()
        }
    }

    fn has_partition_key(&self, id: ObjectId) -> bool {
        let table = self.catalog.relation(id).and_then(Relation::as_table);
        table.is_some_and(|it| it.partition_key.is_some())
    }

    /// Which triggers a relation of some kind can have.
    fn check_kind(&self, on: ObjectId, statement: &CreateTrigger) -> Outcome {
        let Some(relation) = self.catalog.relation(on) else { return Ok(()) };
        let (name, range) = (&relation.name, statement.table.range);
        let refuse = |code, message: String, why: &str| {
            let refusal = Refusal::new(code, message).at(range).label(why);
            refusal.also(self.catalog.get(on).map(|it| it.created), "created here").stop()
        };
        let wrong = |message: String, why: &str| refuse(Code::WrongObjectType, message, why);
        let unsupported = |message: &str| {
            refused(Code::FeatureNotSupported, message.to_owned(), statement.name.range)
        };
        let instead = statement.timing == TriggerTiming::InsteadOf;
        let truncate = statement.events.contains(&TriggerEvent::Truncate);
        match &relation.kind {
            RelationKind::Table(table) => {
                let kind = match (&table.partition_key, &table.foreign) {
                    (Some(_), _) => "a partitioned table",
                    (_, Some(_)) => "a foreign table",
                    _ => "a table",
                };
                if instead {
                    let why = "tables cannot have INSTEAD OF triggers";
                    return wrong(format!("\"{name}\" is {kind}"), why);
                }
                let transition = statement.old_table.is_some() || statement.new_table.is_some();
                if table.partition_key.is_some() && statement.for_each_row && transition {
                    let why = "no triggers FOR EACH ROW with transition tables on partitioned ones";
                    let message = format!("\"{name}\" is a partitioned table");
                    return refuse(Code::FeatureNotSupported, message, why);
                }
                if table.foreign.is_some() && truncate && self.catalog.version().major() < 16 {
                    return wrong(
                        format!("\"{name}\" is a foreign table"),
                        "foreign tables cannot have TRUNCATE triggers",
                    );
                }
                if table.foreign.is_some() && statement.constraint {
                    return wrong(
                        format!("\"{name}\" is a foreign table"),
                        "foreign tables cannot have constraint triggers",
                    );
                }
            }
            RelationKind::View(_) => {
                let is = format!("\"{name}\" is a view");
                if !instead && statement.for_each_row {
                    return wrong(is, "a view can have triggers FOR EACH ROW only INSTEAD OF");
                }
                if truncate {
                    return wrong(is, "views cannot have TRUNCATE triggers");
                }
            }
            RelationKind::Index(_) => {
                return wrong(format!("\"{name}\" is an index"), "");
            }
            _ => return wrong(format!("relation \"{name}\" cannot have triggers"), ""),
        }
        if truncate && statement.for_each_row {
            return unsupported("TRUNCATE FOR EACH ROW triggers are not supported");
        }
        if instead {
            if !statement.for_each_row {
                return unsupported("INSTEAD OF triggers must be FOR EACH ROW");
            }
            if statement.when.is_some() {
                return unsupported("INSTEAD OF triggers cannot have WHEN conditions");
            }
            let of = |it: &TriggerEvent| matches!(it, TriggerEvent::Update(it) if !it.is_empty());
            if statement.events.iter().any(of) {
                return unsupported("INSTEAD OF triggers cannot have column lists");
            }
        }
        Ok(())
    }

    fn check_transition_tables(&self, on: ObjectId, statement: &CreateTrigger) -> Outcome {
        let tables = [(&statement.new_table, "NEW"), (&statement.old_table, "OLD")];
        let refuse =
            |code, message: &str, name: &Ident| refused(code, message.to_owned(), name.range);
        let invalid = |message: &str, name: &Ident| {
            refused(Code::InvalidObjectDefinition, message.to_owned(), name.range)
        };
        let table = self.catalog.relation(on).and_then(Relation::as_table);
        for (name, which) in tables {
            let Some(name) = name else { continue };
            let is_view = self
                .catalog
                .relation(on)
                .is_some_and(|it| matches!(it.kind, RelationKind::View(_)));
            if is_view {
                let message = "triggers on views cannot have transition tables";
                return refuse(Code::FeatureNotSupported, message, name);
            }
            if table.is_some_and(|it| it.partition_of.is_some()) && statement.for_each_row {
                let message = "ROW triggers with transition tables are not supported on partitions";
                return refuse(Code::FeatureNotSupported, message, name);
            }
            if table.is_some_and(|it| !it.inherits.is_empty()) && statement.for_each_row {
                let message =
                    "ROW triggers with transition tables are not supported on inheritance children";
                return refuse(Code::FeatureNotSupported, message, name);
            }
            if statement.timing != TriggerTiming::After {
                let message = "transition table name can only be specified for an AFTER trigger";
                return invalid(message, name);
            }
            if statement.events.contains(&TriggerEvent::Truncate) {
                return invalid("TRUNCATE triggers with transition tables are not supported", name);
            }
            if statement.events.len() > 1 {
                let message =
                    "transition tables cannot be specified for triggers with more than one event";
                return refuse(Code::FeatureNotSupported, message, name);
            }
            let fits = |it: &TriggerEvent| match it {
                TriggerEvent::Insert => which == "NEW",
                TriggerEvent::Delete => which == "OLD",
                _ => true,
            };
            if statement
                .events
                .iter()
                .any(|it| matches!(it, TriggerEvent::Update(of) if !of.is_empty()))
            {
                let message =
                    "transition tables cannot be specified for triggers with column lists";
                return refuse(Code::FeatureNotSupported, message, name);
            }
            if !statement.events.iter().all(fits) {
                let events = if which == "NEW" { "INSERT or UPDATE" } else { "DELETE or UPDATE" };
                let article = if which == "NEW" { "an" } else { "a" };
                return invalid(
                    &format!("{which} TABLE can only be specified for {article} {events} trigger"),
                    name,
                );
            }
        }
        match (&statement.old_table, &statement.new_table) {
            (Some(old), Some(new)) if old == new => {
                invalid("OLD TABLE name and NEW TABLE name cannot be the same", new)
            }
            _ => Ok(()),
        }
    }

    /// `WHEN`: a condition over the old and the new row, as far as the event has them.
    fn trigger_condition(
        &self,
        on: ObjectId,
        when: &Expr,
        statement: &CreateTrigger,
    ) -> Outcome<Text> {
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let columns =
            Columns { relations: vec![("old", on), ("new", on)], bare: true, ..Columns::default() };
        match analyzer.condition(when, &columns, Site::TriggerWhen) {
            Ok(_) | Err(super::Stop::Unknown) => {}
            Err(stop) => return Err(stop),
        }
        for (row, word) in [(Row::Old, "old"), (Row::New, "new")] {
            for used in rows_used(self.text, when, word) {
                self.check_row(on, row, &used, statement)?;
            }
        }
        Ok(analyzer.text(when.range))
    }

    fn check_row(&self, on: ObjectId, row: Row, used: &Used, statement: &CreateTrigger) -> Outcome {
        let invalid =
            |message: &str| refused(Code::InvalidObjectDefinition, message.to_owned(), used.range);
        if !statement.for_each_row {
            return invalid("statement trigger's WHEN condition cannot reference column values");
        }
        let has = |event: &TriggerEvent| statement.events.contains(event);
        if row == Row::Old {
            return if has(&TriggerEvent::Insert) {
                invalid("INSERT trigger's WHEN condition cannot reference OLD values")
            } else {
                Ok(())
            };
        }
        if has(&TriggerEvent::Delete) {
            return invalid("DELETE trigger's WHEN condition cannot reference NEW values");
        }
        if statement.timing != TriggerTiming::Before {
            return Ok(());
        }
        let relation = self.catalog.relation(on);
        let mut columns = relation.iter().flat_map(|it| &it.columns);
        let is_generated = |it: &crate::catalog::Column| {
            matches!(it.default, crate::catalog::ColumnDefault::Generated { .. })
        };
        let generated = match used.field.as_deref() {
            Some(field) if super::find::is_system_column(field) => {
                return refused(
                    Code::FeatureNotSupported,
                    "BEFORE trigger's WHEN condition cannot reference NEW system columns",
                    used.range,
                );
            }
            Some(field) => columns.any(|it| it.name == field && is_generated(it)),
            None => columns.any(is_generated),
        };
        if generated {
            return invalid(
                "BEFORE trigger's WHEN condition cannot reference NEW generated columns",
            );
        }
        Ok(())
    }

    /// The columns of `UPDATE OF`.
    fn update_columns(
        &self,
        on: ObjectId,
        statement: &CreateTrigger,
    ) -> Outcome<Vec<ColumnNumber>> {
        let mut numbers = Vec::new();
        let lists = statement.events.iter().filter_map(|event| match event {
            TriggerEvent::Update(columns) => Some(columns),
            _ => None,
        });
        for name in lists.flatten() {
            let number = match self.column(on, name) {
                Ok(number) => number,
                Err(super::Stop::Unknown) => continue,
                Err(stop) => return Err(stop),
            };
            if numbers.contains(&number) {
                return refused(
                    Code::DuplicateColumn,
                    format!("column \"{}\" specified more than once", name.text),
                    name.range,
                );
            }
            numbers.push(number);
        }
        Ok(numbers)
    }

    /// A function without parameters that returns what only triggers return: a hole for it.
    pub(super) fn trigger_function(&self, name: &Name, returns: &str) -> Outcome<Text> {
        let object = ObjectRef {
            kind: ObjectKind::Function,
            name: name.clone(),
            signature: Signature::Params { params: Vec::new(), star: false, ordered: Vec::new() },
            range: name.range,
        };
        let missing = self.missing_schema(name);
        let candidates = self.candidates(&object);
        let found = candidates.iter().find(|it| it.inputs.is_empty() && !it.is_procedure());
        let Some(found) = found else {
            if let Some(missing) = missing {
                return missing.stop();
            }
            if self.may_be_more(&object) {
                return Ok(Text::plain(self.text.get(name.range.range()).unwrap_or_default()));
            }
            let name = super::names::plain(name);
            let message = format!("function {name}() does not exist");
            return self.no_routine(&object, message).stop();
        };
        let uncertain = found.id.is_some_and(|id| self.catalog.is_uncertain(id));
        if found.result.is_some_and(|it| !it.is_unknown() && !it.is(returns)) && !uncertain {
            let created = found.id.and_then(|id| self.catalog.get(id)).map(|it| it.created);
            return Refusal::new(
                Code::InvalidObjectDefinition,
                format!("function {} must return type {returns}", name.name.text),
            )
            .at(name.range)
            .also(created, "created here")
            .stop();
        }
        Ok(match (found.id, found.extension) {
            (Some(id), _) => Text::hole(Hole::Object(id)),
            (None, Some(extension)) => {
                Text::hole(Hole::Extension { extension, name: name.name.to_string() })
            }
            (None, None) => Text::plain(self.text.get(name.range.range()).unwrap_or_default()),
        })
    }

    /// The trigger that a new one takes the place of; refuses a name that is taken.
    fn trigger_to_replace(
        &self,
        on: ObjectId,
        name: &Ident,
        or_replace: bool,
        is_clone: bool,
    ) -> Outcome<Option<ObjectId>> {
        let named = self.catalog.named(NameSpace::Trigger, Some(on), &name.text);
        let Some(&id) = named.first() else { return Ok(None) };
        if self.catalog.is_uncertain(id) || self.catalog.doubtful.contains(&name.text) {
            return Ok(Some(id));
        }
        let Some(Object::Trigger(old)) = self.catalog.get(id).map(|it| &it.object) else {
            return Ok(None);
        };
        let refusal = self.taken(on, &name.text, id).at(name.range);
        if !or_replace {
            return refusal.stop();
        }
        let table = self.catalog.relation(on).map_or("", |it| it.name.as_str());
        let what = if old.constraint {
            "a constraint trigger"
        } else if old.parent.is_some() && !is_clone {
            "an internal or a child trigger"
        } else {
            return Ok(Some(id));
        };
        let message = format!("trigger \"{}\" for relation \"{table}\" is {what}", name.text);
        Refusal { message, ..refusal }.stop()
    }

    fn taken(&self, on: ObjectId, name: &str, id: ObjectId) -> Refusal {
        let table = self.catalog.relation(on).map_or("", |it| it.name.as_str());
        Refusal::new(
            Code::DuplicateObject,
            format!("trigger \"{name}\" for relation \"{table}\" already exists"),
        )
        .also(self.catalog.get(id).map(|it| it.created), "created here")
    }

    /// An argument, which is a string however it is written.
    fn argument(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Constant(
                Constant::String(text) | Constant::Integer(text) | Constant::Number(text),
            ) => text.clone(),
            ExprKind::Column(column) if column.fields.len() == 1 => {
                column.fields.iter().map(|it| it.text.clone()).collect()
            }
            // A keyword.
            _ => {
                let text = self.text.get(expr.range.range()).unwrap_or_default();
                text.to_ascii_lowercase()
            }
        }
    }
}

impl RelationHit {
    /// The relation, where it is one of the chain.
    fn own(self) -> Option<ObjectId> {
        match self {
            Self::Own(id) => Some(id),
            Self::Known(..) => None,
        }
    }
}

/// The refusal of what would change a table that the server itself has. Those of extensions may
/// be changed.
pub(super) fn of_the_server(relation: &builtin::Relation, name: &Name) -> Outcome {
    if relation.kind != builtin::RelationKind::Table || !name.name.text.starts_with("pg_") {
        return Ok(());
    }
    refused(
        Code::InsufficientPrivilege,
        format!("permission denied: \"{}\" is a system catalog", name.name.text),
        name.range,
    )
}

fn events(statement: &CreateTrigger) -> Outcome<Vec<&'static str>> {
    let mut events = Vec::new();
    for event in &statement.events {
        let word = match event {
            TriggerEvent::Insert => "INSERT",
            TriggerEvent::Update(_) => "UPDATE",
            TriggerEvent::Delete => "DELETE",
            TriggerEvent::Truncate => "TRUNCATE",
        };
        if events.contains(&word) {
            return refused(
                Code::SyntaxError,
                format!("duplicate trigger events specified at or near \"{word}\""),
                statement.name.range,
            );
        }
        events.push(word);
    }
    Ok(events)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Old,
    New,
}

/// Where an expression uses the old or the new row.
pub(super) struct Used {
    pub(super) range: crate::ast::TextRange,
    /// The column; none for the row as a whole.
    field: Option<String>,
}

/// Where a part of a text names a row: `NEW.a`, `NEW`.
pub(super) fn rows_used(text: &str, expr: &Expr, word: &str) -> Vec<Used> {
    rows_used_in(text, expr.range.range(), word)
}

/// As [`rows_used`], in a range.
pub(super) fn rows_used_in(text: &str, range: std::ops::Range<usize>, word: &str) -> Vec<Used> {
    let tokens: Vec<sql::Token> =
        sql::tokens_in(text, range).into_iter().filter(|it| !it.is_trivia()).collect();
    let at = |at: Option<usize>| -> &str {
        let token = at.and_then(|at| tokens.get(at));
        token.and_then(|it| text.get(it.range.clone())).unwrap_or_default()
    };
    let is_word = |index: usize| {
        let token = at(Some(index));
        token.eq_ignore_ascii_case(word) || token.strip_prefix('"') == Some(&format!("{word}\""))
    };
    let used = (0..tokens.len()).filter(|index| {
        let before = at(index.checked_sub(1));
        is_word(*index) && before != "." && !before.eq_ignore_ascii_case("as")
    });
    used.filter_map(|index| {
        let token = tokens.get(index)?;
        let qualifies = at(Some(index + 1)) == ".";
        let field = at(Some(index + 2));
        let field = if let Some(quoted) = field.strip_prefix('"') {
            quoted.trim_end_matches('"').replace("\"\"", "\"")
        } else {
            field.to_lowercase()
        };
        let start = token.range.start;
        let end = if qualifies {
            tokens.get(index + 2).map_or(token.range.end, |it| it.range.end)
        } else {
            token.range.end
        };
        Some(Used {
            range: crate::ast::TextRange { start, end },
            field: (qualifies && field != "*").then_some(field),
        })
    })
    .collect()
}
