//! What concerns the session: settings, prepared statements, cursors.

use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{
    DeclareCursor, Discard, Execute, Ident, Name, Prepare, Reset, Set, SetParameter, SetValue,
    SetWhat, SettingValue, Statement,
};
use crate::catalog::Session;

impl Run<'_> {
    /// `SET`.
    pub(super) fn set(&mut self, statement: &Set) -> Outcome {
        match &statement.what {
            SetWhat::Parameter(parameter) => self.set_parameter(parameter),
            SetWhat::Role(_)
            | SetWhat::SessionAuthorization(_)
            | SetWhat::Transaction
            | SetWhat::SessionCharacteristics => Ok(()),
        }
    }

    fn set_parameter(&mut self, parameter: &SetParameter) -> Outcome {
        self.parameter_exists(&parameter.name)?;
        let usual = Session::default();
        match parameter.name.name.text.to_lowercase().as_str() {
            "search_path" => {
                self.catalog.session.search_path = match &parameter.value {
                    SetValue::Default => usual.search_path,
                    SetValue::FromCurrent => return Ok(()),
                    SetValue::Values(values) => values
                        .iter()
                        .map(|value| match value {
                            SettingValue::Text(text) => Ok(text.value.clone()),
                            SettingValue::Number(text) => Ok(text.clone()),
                            SettingValue::Expr(_) => Err(Stop::Unknown),
                        })
                        .collect::<Result<Vec<String>, Stop>>()?
                        .into_iter()
                        .filter(|schema| !schema.is_empty())
                        .collect(),
                };
            }
            "check_function_bodies" => {
                self.catalog.session.check_function_bodies = match &parameter.value {
                    SetValue::Values(values) => {
                        !matches!(
                            values.as_slice(),
                            [SettingValue::Text(text)]
                                if ["off", "false", "no", "0"].contains(&text.value.to_lowercase().as_str())
                        ) && !matches!(values.as_slice(), [SettingValue::Number(zero)] if zero == "0")
                    }
                    SetValue::Default | SetValue::FromCurrent => true,
                };
            }
            _ => {}
        }
        Ok(())
    }

    /// `RESET`.
    pub(super) fn reset(&mut self, statement: &Reset) -> Outcome {
        let usual = Session::default();
        match statement {
            Reset::All => {
                self.catalog.session.search_path = usual.search_path;
                self.catalog.session.check_function_bodies = true;
            }
            Reset::Parameter(name) => {
                self.parameter_exists(name)?;
                match name.name.text.to_lowercase().as_str() {
                    "search_path" => self.catalog.session.search_path = usual.search_path,
                    "check_function_bodies" => self.catalog.session.check_function_bodies = true,
                    _ => {}
                }
            }
            Reset::Role | Reset::SessionAuthorization => {}
        }
        Ok(())
    }

    /// `DISCARD`.
    pub(super) fn discard(&mut self, what: Discard) -> Outcome {
        if what == Discard::All {
            self.catalog.session.prepared.clear();
            self.reset(&Reset::All)?;
        }
        if matches!(what, Discard::All | Discard::Temp) {
            super::run::drop_temporary(self.catalog);
        }
        Ok(())
    }

    /// A name with a dot may be anybody's; libraries that are loaded bring others.
    pub(super) fn parameter_exists(&self, name: &Name) -> Outcome {
        let text = name.name.text.as_str();
        let builtin = self.catalog.builtin();
        if !name.qualifiers.is_empty() || builtin.setting(text).is_some() {
            return Ok(());
        }
        let grammar = ["timezone", "xmloption", "session_authorization", "role", "seed"];
        if grammar.contains(&text.to_lowercase().as_str()) || self.catalog.opaque.is_some() {
            return Ok(());
        }
        Refusal::new(
            Code::UndefinedObject,
            format!("unrecognized configuration parameter \"{text}\""),
        )
        .at(name.range)
        .stop()
    }

    /// `PREPARE`.
    pub(super) fn prepare(&mut self, statement: &Prepare) -> Outcome {
        let name = &statement.name;
        if !self.catalog.session.prepared.insert(name.text.clone()) {
            return Refusal::new(
                Code::DuplicatePreparedStatement,
                format!("prepared statement \"{}\" already exists", name.text),
            )
            .at(name.range)
            .stop();
        }
        Ok(())
    }

    /// `EXECUTE`. What it runs is about rows.
    pub(super) fn execute(&mut self, statement: &Execute) -> Outcome {
        self.is_prepared(&statement.name)
    }

    /// `DEALLOCATE`; all of them without a name.
    pub(super) fn deallocate(&mut self, name: Option<&Ident>) -> Outcome {
        if let Some(name) = name {
            self.is_prepared(name)?;
            self.catalog.session.prepared.remove(&name.text);
        } else {
            self.catalog.session.prepared.clear();
        }
        Ok(())
    }

    fn is_prepared(&self, name: &Ident) -> Outcome {
        if self.catalog.session.prepared.contains(&name.text) || self.catalog.opaque.is_some() {
            return Ok(());
        }
        Refusal::new(
            Code::UndefinedPreparedStatement,
            format!("prepared statement \"{}\" does not exist", name.text),
        )
        .at(name.range)
        .stop()
    }

    /// `DECLARE`.
    pub(super) fn declare_cursor(&mut self, statement: &DeclareCursor) -> Outcome {
        self.query_only(&Statement::Query(statement.query.clone()))
    }

    /// A statement whose names are looked up, and that is not run here.
    pub(super) fn query_only(&mut self, statement: &Statement) -> Outcome {
        use crate::analyze::Analyzer;
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let outcome = match statement {
            Statement::Query(query) => analyzer.query(query),
            Statement::Insert(_)
            | Statement::Update(_)
            | Statement::Delete(_)
            | Statement::Merge(_) => analyzer.rows(statement),
            _ => return Ok(()),
        };
        match outcome {
            Ok(_) | Err(Stop::Unknown) => Ok(()),
            Err(refused) => Err(refused),
        }
    }
}
