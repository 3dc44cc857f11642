//! What stands around the body of a function: volatility, cost, settings.
//!
//! Source: `compute_common_attribute` in PostgreSQL's `commands/functioncmds.c`.

use crate::Code;
use crate::ast::{
    Constant, Expr, ExprKind, FuncOption, Ident, Name, SetParameter, SetValue, SettingValue,
    TextRange, Volatility,
};
use crate::catalog::{Function, FunctionKind};
use crate::replay::names::plain;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Run};

/// The options of a statement, each where it was given.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub(super) language: Option<&'a Ident>,
    window: bool,
    volatility: Option<Volatility>,
    strict: Option<bool>,
    security_definer: Option<bool>,
    leakproof: Option<bool>,
    parallel: Option<&'a Ident>,
    cost: Option<&'a Expr>,
    rows: Option<&'a Expr>,
    settings: Vec<Setting>,
}

/// A change of the settings that a function runs with.
enum Setting {
    Set(String, String),
    Reset(String),
    ResetAll,
}

impl<'a> Attributes<'a> {
    pub(super) fn read(run: &Run<'_>, options: &'a [FuncOption], procedure: bool) -> Outcome<Self> {
        let mut found = Self::default();
        for (at, option) in options.iter().enumerate() {
            let range = range(option).unwrap_or(run.range);
            if options[..at].iter().any(|it| conflicts(it, option)) {
                return refused(Code::SyntaxError, "conflicting or redundant options", range);
            }
            if procedure && !is_for_procedures(option) {
                return refused(
                    Code::InvalidFunctionDefinition,
                    "invalid attribute in procedure definition",
                    range,
                );
            }
            match option {
                FuncOption::Language(language) => found.language = Some(language),
                FuncOption::Window => found.window = true,
                FuncOption::Volatility(it) => found.volatility = Some(*it),
                FuncOption::Leakproof(it) => found.leakproof = Some(*it),
                FuncOption::Strict(it) => found.strict = Some(*it),
                FuncOption::SecurityDefiner(it) => found.security_definer = Some(*it),
                FuncOption::Parallel(it) => {
                    if !["safe", "restricted", "unsafe"].contains(&it.text.as_str()) {
                        return refused(
                            Code::SyntaxError,
                            "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE",
                            it.range,
                        );
                    }
                    found.parallel = Some(it);
                }
                FuncOption::Cost(it) => {
                    is_positive(it, "COST")?;
                    found.cost = Some(it);
                }
                FuncOption::Rows(it) => {
                    is_positive(it, "ROWS")?;
                    found.rows = Some(it);
                }
                FuncOption::Set(it) => found.settings.push(run.setting(it)?),
                FuncOption::Reset(Some(name)) => found.settings.push(Setting::Reset(plain(name))),
                FuncOption::Reset(None) => found.settings.push(Setting::ResetAll),
                FuncOption::Transform(_) | FuncOption::Support(_) => {}
            }
        }
        Ok(found)
    }

    /// What can only be said of a function that returns a set.
    pub(super) fn check(&self, returns_set: bool) -> Outcome {
        match self.rows {
            Some(rows) if !returns_set => refused(
                Code::InvalidParameterValue,
                "ROWS is not applicable when function does not return a set",
                rows.range,
            ),
            _ => Ok(()),
        }
    }

    /// Gives a function what was said, and leaves the rest as it is.
    pub(super) fn apply(self, function: &mut Function) {
        if self.window {
            function.kind = FunctionKind::Window;
        }
        if let Some(volatility) = self.volatility {
            function.volatility = volatility;
        }
        if let Some(strict) = self.strict {
            function.strict = strict;
        }
        if let Some(definer) = self.security_definer {
            function.security_definer = definer;
        }
        if let Some(leakproof) = self.leakproof {
            function.leakproof = leakproof;
        }
        if let Some(parallel) = self.parallel {
            function.parallel.clone_from(&parallel.text);
        }
        if let Some(cost) = self.cost.and_then(number) {
            function.cost = Some(cost.to_owned());
        }
        if let Some(rows) = self.rows.and_then(number) {
            function.rows = Some(rows.to_owned());
        }
        for setting in self.settings {
            let name = match &setting {
                Setting::Set(name, _) | Setting::Reset(name) => name.as_str(),
                Setting::ResetAll => {
                    function.settings.clear();
                    continue;
                }
            };
            function.settings.retain(|(it, _)| !it.eq_ignore_ascii_case(name));
            if let Setting::Set(name, value) = setting {
                function.settings.push((name, value));
            }
        }
    }
}

impl Run<'_> {
    fn setting(&self, set: &SetParameter) -> Outcome<Setting> {
        let name = plain(&set.name);
        if is_unknown_setting(self, &set.name) {
            return refused(
                Code::UndefinedObject,
                format!("unrecognized configuration parameter \"{name}\""),
                set.name.range,
            );
        }
        let literal = |text: &str| format!("'{}'", text.replace('\'', "''"));
        let value = match &set.value {
            // What the session has is known of one setting only.
            SetValue::FromCurrent if name == "search_path" => {
                let path = &self.catalog.session.search_path;
                path.iter().map(|it| literal(it)).collect::<Vec<_>>().join(", ")
            }
            SetValue::Default | SetValue::FromCurrent => return Ok(Setting::Reset(name)),
            SetValue::Values(values) => {
                let values = values.iter().map(|value| match value {
                    SettingValue::Text(text) => literal(&text.value),
                    SettingValue::Number(number) => number.clone(),
                    SettingValue::Expr(expr) => {
                        self.text.get(expr.range.range()).unwrap_or_default().to_owned()
                    }
                });
                values.collect::<Vec<_>>().join(", ")
            }
        };
        Ok(Setting::Set(name, value))
    }
}

fn is_unknown_setting(run: &Run<'_>, name: &Name) -> bool {
    name.qualifiers.is_empty() && run.catalog.builtin().setting(&name.name.text).is_none()
}

/// The schemas that a function looks names up in, where it says so.
pub(super) fn search_path(options: &[FuncOption]) -> Option<Vec<String>> {
    options.iter().rev().find_map(|option| match option {
        FuncOption::Set(SetParameter { name, value: SetValue::Values(values) })
            if name.qualifiers.is_empty() && name.name.text == "search_path" =>
        {
            let names = values.iter().filter_map(|value| match value {
                SettingValue::Text(text) => Some(text.value.clone()),
                _ => None,
            });
            Some(names.collect())
        }
        _ => None,
    })
}

/// Where an option stands, as far as the tree tells it.
fn range(option: &FuncOption) -> Option<TextRange> {
    match option {
        FuncOption::Language(it) | FuncOption::Parallel(it) => Some(it.range),
        FuncOption::Cost(it) | FuncOption::Rows(it) => Some(it.range),
        FuncOption::Support(it) => Some(it.range),
        _ => None,
    }
}

/// Whether two options say the same thing, or opposite things.
fn conflicts(a: &FuncOption, b: &FuncOption) -> bool {
    let repeatable = matches!(a, FuncOption::Set(_) | FuncOption::Reset(_));
    !repeatable && std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn is_for_procedures(option: &FuncOption) -> bool {
    matches!(
        option,
        FuncOption::Language(_)
            | FuncOption::Transform(_)
            | FuncOption::SecurityDefiner(_)
            | FuncOption::Set(_)
            | FuncOption::Reset(_)
    )
}

fn number(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Constant(Constant::Integer(text) | Constant::Number(text)) => Some(text),
        _ => None,
    }
}

fn is_positive(expr: &Expr, what: &str) -> Outcome {
    match number(expr).and_then(|it| it.parse::<f64>().ok()) {
        Some(number) if number <= 0.0 => {
            refused(Code::InvalidParameterValue, format!("{what} must be positive"), expr.range)
        }
        _ => Ok(()),
    }
}
