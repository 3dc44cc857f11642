//! Rules: what is done in place of a statement, or besides it.
//!
//! Source: `DefineRule` in PostgreSQL's `rewrite/rewriteDefine.c`, `transformRuleStmt` in
//! `parser/parse_utilcmd.c`.

use super::refusal::refused;
use super::trigger::rows_used_in;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns};
use crate::ast::{
    CreateRule, Expr, Fires, FromItem, Query, QueryBody, RuleEvent, Select, Statement, Target,
    TextRange,
};
use crate::catalog::{Lookup, NameSpace, Object, ObjectId, RelationHit, RelationKind, Rule, Text};
use crate::sql;

impl Run<'_> {
    pub(super) fn create_rule(&mut self, statement: &CreateRule) -> Outcome {
        let on = match self.find_relation(&statement.table)? {
            Lookup::Missing => {
                return super::names::no_relation(self.catalog, &statement.table).stop();
            }
            Lookup::Unknown => return Ok(()),
            Lookup::Found(RelationHit::Known(it, _)) => {
                return super::trigger::of_the_server(&it, &statement.table);
            }
            Lookup::Found(RelationHit::Own(id)) => id,
        };
        let text = self.rule_text(on, statement)?;
        let uncertain = self.catalog.is_uncertain(on);
        if !uncertain {
            self.check_rule_kind(on, statement)?;
        }
        if statement.event == RuleEvent::Select {
            return self.select_rule(on, statement);
        }
        let name = &statement.name;
        if name.text == "_RETURN" {
            let table = &statement.table.name.text;
            let message = format!("non-view rule for \"{table}\" must not be named \"_RETURN\"");
            return refused(Code::InvalidObjectDefinition, message, name.range);
        }
        let rule = Rule {
            on,
            name: name.text.clone(),
            event: statement.event,
            instead: statement.instead,
            text,
            fires: Fires::Enabled,
        };
        let named = self.catalog.named(NameSpace::Rule, Some(on), &name.text).first().copied();
        let Some(id) = named else {
            self.catalog.insert(Object::Rule(rule), self.place);
            return Ok(());
        };
        let open = uncertain
            || self.catalog.is_uncertain(id)
            || self.catalog.doubtful.contains(&name.text);
        if !statement.or_replace && !open {
            let table = self.catalog.relation(on).map_or("", |it| it.name.as_str());
            let message = format!("rule \"{}\" for relation \"{table}\" already exists", name.text);
            return Refusal::new(Code::DuplicateObject, message)
                .at(name.range)
                .also(self.catalog.get(id).map(|it| it.created), "created here")
                .stop();
        }
        self.catalog.update(id, |entry| entry.object = Object::Rule(rule));
        Ok(())
    }

    fn check_rule_kind(&self, on: ObjectId, statement: &CreateRule) -> Outcome {
        let Some(relation) = self.catalog.relation(on) else { return Ok(()) };
        let range = statement.table.range;
        let name = &relation.name;
        match &relation.kind {
            RelationKind::Table(_) | RelationKind::View(_) => Ok(()),
            RelationKind::MaterializedView { .. } => refused(
                Code::FeatureNotSupported,
                "rules on materialized views are not supported",
                range,
            ),
            RelationKind::Index(_) => {
                refused(Code::WrongObjectType, format!("\"{name}\" is an index"), range)
            }
            _ => refused(
                Code::WrongObjectType,
                format!("relation \"{name}\" cannot have rules"),
                range,
            ),
        }
    }

    /// `ON SELECT`: before version 16, it made a view of a table.
    fn select_rule(&mut self, on: ObjectId, statement: &CreateRule) -> Outcome {
        let is_select = matches!(statement.actions.as_slice(), [Statement::Query(_)]);
        if !statement.instead || !is_select {
            return refused(
                Code::FeatureNotSupported,
                "rules on SELECT must have action INSTEAD SELECT",
                statement.name.range,
            );
        }
        let view =
            self.catalog.relation(on).is_some_and(|it| matches!(it.kind, RelationKind::View(_)));
        let same = statement.or_replace && statement.name.text == "_RETURN";
        if view && !same && !self.catalog.is_uncertain(on) {
            return refused(
                Code::NotInPrerequisiteState,
                format!("\"{}\" is already a view", statement.table.name.text),
                statement.table.range,
            );
        }
        if !view && self.catalog.version().major() >= 16 && !self.catalog.is_uncertain(on) {
            let name = &statement.table.name.text;
            let message = format!("relation \"{name}\" cannot have ON SELECT rules");
            return refused(Code::WrongObjectType, message, statement.table.range);
        }
        self.catalog.update(on, |entry| entry.uncertain = true);
        Ok(())
    }

    /// Reads condition and actions; gives what stands from `WHERE` or `DO` on.
    fn rule_text(&self, on: ObjectId, statement: &CreateRule) -> Outcome<Text> {
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let rows = match statement.event {
            RuleEvent::Insert => vec![("new", on)],
            RuleEvent::Delete | RuleEvent::Select => vec![("old", on)],
            RuleEvent::Update => vec![("old", on), ("new", on)],
        };
        if let Some(condition) = &statement.condition {
            let columns = Columns { relations: rows, bare: true, ..Columns::default() };
            settle(analyzer.query_with(&where_true(condition), &columns))?;
        }
        let both = vec![("old", on), ("new", on)];
        let columns = Columns { relations: both, bare: false, ..Columns::default() };
        let text = self.rule_range(statement);
        let wrong = match statement.event {
            RuleEvent::Insert => Some(("old", "ON INSERT rule cannot use OLD")),
            RuleEvent::Delete => Some(("new", "ON DELETE rule cannot use NEW")),
            RuleEvent::Select | RuleEvent::Update => None,
        };
        for action in &statement.actions {
            if let Some(returning) = returning(action).first() {
                let why = if statement.condition.is_some() {
                    "RETURNING lists are not supported in conditional rules"
                } else {
                    "RETURNING lists are not supported in non-INSTEAD rules"
                };
                if statement.condition.is_some() || !statement.instead {
                    return refused(Code::FeatureNotSupported, why, returning.expr.range);
                }
            }
            if is_about_rows(action) {
                settle(analyzer.kept_rows_with(action, &columns))?;
            }
        }
        if let Some((word, message)) = wrong
            && !statement.actions.is_empty()
            && let Some(used) = rows_used_in(self.text, text.range(), word).first()
        {
            return refused(Code::InvalidObjectDefinition, message, used.range);
        }
        Ok(analyzer.text(text))
    }

    /// From `WHERE` or `DO` to the end of the statement.
    fn rule_range(&self, statement: &CreateRule) -> TextRange {
        let end = self.range.end;
        let tokens = sql::tokens_in(self.text, statement.table.range.end..end);
        let is_first = |token: &&sql::Token| {
            let word = self.text.get(token.range.clone()).unwrap_or_default();
            word.eq_ignore_ascii_case("where") || word.eq_ignore_ascii_case("do")
        };
        let start = tokens.iter().find(is_first).map_or(end, |it| it.range.start);
        TextRange { start, end }
    }
}

/// What is not known is not refused.
fn settle<T>(outcome: Outcome<T>) -> Outcome {
    match outcome {
        Ok(_) | Err(Stop::Unknown) => Ok(()),
        Err(refused) => Err(refused),
    }
}

fn is_about_rows(statement: &Statement) -> bool {
    use Statement as S;
    matches!(statement, S::Query(_) | S::Insert(_) | S::Update(_) | S::Delete(_))
}

fn returning(action: &Statement) -> &[Target] {
    match action {
        Statement::Insert(it) => &it.returning,
        Statement::Update(it) => &it.returning,
        Statement::Delete(it) => &it.returning,
        _ => &[],
    }
}

/// `SELECT WHERE condition`: a condition of a rule may hold what one of a query may.
fn where_true(condition: &Expr) -> Query {
    let select = Select {
        distinct: None,
        targets: Vec::<Target>::new(),
        into: None,
        from: Vec::<FromItem>::new(),
        filter: Some(condition.clone()),
        group_by: None,
        having: None,
        windows: Vec::new(),
    };
    Query {
        with: None,
        body: QueryBody::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: None,
        offset: None,
        locking: Vec::new(),
        range: condition.range,
    }
}
