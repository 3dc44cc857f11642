//! Storage parameters: `WITH (fillfactor = 70)`.
//!
//! Source: the tables in PostgreSQL's `access/common/reloptions.c`.

use super::refusal::refused;
use super::{Outcome, Run};
use crate::Code;
use crate::ast::{DefElem, DefValue};

/// What has parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner<'a> {
    /// A table or a materialized view.
    Table,
    /// A partitioned table, which has no rows of its own.
    Partitioned,
    View,
    /// An index of this access method.
    Index(&'a str),
    Column,
}

/// The values of a parameter.
#[derive(Clone, Copy)]
enum Values {
    Bool,
    Integer(i64, i64),
    Real(f64, f64),
    Words(&'static [&'static str]),
}

use Values::{Bool, Integer, Real, Words};

const MANY: i64 = i32::MAX as i64;
const ON_OFF_AUTO: &[&str] = &["auto", "on", "off", "true", "false", "yes", "no", "1", "0"];

/// The parameters of tables, and whether their TOAST tables have them too.
const TABLE: [(&str, Values, bool); 24] = [
    ("autovacuum_analyze_scale_factor", Real(0.0, 100.0), false),
    ("autovacuum_analyze_threshold", Integer(0, MANY), false),
    ("autovacuum_enabled", Bool, true),
    ("autovacuum_freeze_max_age", Integer(100_000, 2_000_000_000), true),
    ("autovacuum_freeze_min_age", Integer(0, 1_000_000_000), true),
    ("autovacuum_freeze_table_age", Integer(0, 2_000_000_000), true),
    ("autovacuum_multixact_freeze_max_age", Integer(10_000, 2_000_000_000), true),
    ("autovacuum_multixact_freeze_min_age", Integer(0, 1_000_000_000), true),
    ("autovacuum_multixact_freeze_table_age", Integer(0, 2_000_000_000), true),
    ("autovacuum_vacuum_cost_delay", Real(-1.0, 100.0), true),
    ("autovacuum_vacuum_cost_limit", Integer(1, 10_000), true),
    ("autovacuum_vacuum_insert_scale_factor", Real(0.0, 100.0), true),
    ("autovacuum_vacuum_insert_threshold", Integer(-1, MANY), true),
    ("autovacuum_vacuum_max_threshold", Integer(-1, MANY), true),
    ("autovacuum_vacuum_scale_factor", Real(0.0, 100.0), true),
    ("autovacuum_vacuum_threshold", Integer(0, MANY), true),
    ("fillfactor", Integer(10, 100), false),
    ("log_autovacuum_min_duration", Integer(-1, MANY), true),
    ("parallel_workers", Integer(0, 1024), false),
    ("toast_tuple_target", Integer(128, 8160), false),
    ("user_catalog_table", Bool, false),
    ("vacuum_index_cleanup", Words(ON_OFF_AUTO), true),
    ("vacuum_max_eager_freeze_failure_rate", Real(0.0, 1.0), true),
    ("vacuum_truncate", Bool, true),
];

/// The parameters that not all versions have, with the first one that has them.
const SINCE: [(&str, u8); 2] =
    [("autovacuum_vacuum_max_threshold", 18), ("vacuum_max_eager_freeze_failure_rate", 18)];

const VIEW: [(&str, Values); 3] = [
    ("check_option", Words(&["local", "cascaded"])),
    ("security_barrier", Bool),
    ("security_invoker", Bool),
];

const COLUMN: [(&str, Values); 2] =
    [("n_distinct", Real(-1.0, f64::MAX)), ("n_distinct_inherited", Real(-1.0, f64::MAX))];

/// The parameters of the indexes of an access method; none where they are not known.
fn of_method(method: &str) -> Option<&'static [(&'static str, Values)]> {
    const FILL: (&str, Values) = ("fillfactor", Integer(10, 100));
    Some(match method {
        "btree" => &[("deduplicate_items", Bool), FILL],
        "hash" | "spgist" => &[FILL],
        "gist" => &[("buffering", Words(&["on", "off", "auto"])), FILL],
        "gin" => &[("fastupdate", Bool), ("gin_pending_list_limit", Integer(64, MANY))],
        "brin" => &[("autosummarize", Bool), ("pages_per_range", Integer(1, 131_072))],
        _ => return None,
    })
}

impl Run<'_> {
    /// The parameters as they are kept: name and value, sorted. Those of the TOAST table have
    /// `toast.` in front.
    pub(crate) fn options(
        &self,
        options: &[DefElem],
        owner: Owner<'_>,
    ) -> Outcome<Vec<(String, String)>> {
        let mut kept: Vec<(String, String)> = Vec::new();
        for option in options {
            let (name, value) = (option.name.text.to_ascii_lowercase(), value(option));
            let toast = match &option.namespace {
                None => false,
                Some(space) if space.text == "toast" && owner == Owner::Table => true,
                Some(space) => {
                    return refused(
                        Code::InvalidParameterValue,
                        format!("unrecognized parameter namespace \"{}\"", space.text),
                        space.range,
                    );
                }
            };
            if name == "oids" && !toast && matches!(owner, Owner::Table | Owner::Partitioned) {
                if truth(&value) == Some(false) {
                    continue;
                }
                return refused(
                    Code::FeatureNotSupported,
                    "tables declared WITH OIDS are not supported",
                    option.name.range,
                );
            }
            let invalid =
                |message: String| refused(Code::InvalidParameterValue, message, option.name.range);
            match self.values(&name, toast, owner) {
                Ok(Some(values)) => {
                    if let Some(message) = objection(&name, &value, values) {
                        return invalid(message);
                    }
                }
                Ok(None) => {}
                Err(()) => {
                    return invalid(format!("unrecognized parameter \"{}\"", option.name.text));
                }
            }
            let name = if toast { format!("toast.{name}") } else { name };
            if kept.iter().any(|(it, _)| *it == name) {
                return invalid(format!(
                    "parameter \"{}\" specified more than once",
                    option.name.text
                ));
            }
            kept.push((name, value));
        }
        kept.sort();
        Ok(kept)
    }

    /// The values that a parameter may have; none where it is not known whether it exists.
    fn values(&self, name: &str, toast: bool, owner: Owner<'_>) -> Result<Option<Values>, ()> {
        let version = self.catalog.version().major();
        if SINCE.iter().any(|(it, since)| *it == name && version < *since) {
            return Err(());
        }
        let known: Option<Values> = match owner {
            Owner::Table => {
                let mut table = TABLE.iter();
                table.find(|(it, _, both)| *it == name && (!toast || *both)).map(|it| it.1)
            }
            Owner::Partitioned => None,
            Owner::View => VIEW.iter().find(|(it, _)| *it == name).map(|it| it.1),
            Owner::Column => COLUMN.iter().find(|(it, _)| *it == name).map(|it| it.1),
            Owner::Index(method) => match of_method(method) {
                Some(known) => known.iter().find(|(it, _)| *it == name).map(|it| it.1),
                None => return Ok(None),
            },
        };
        known.map(Some).ok_or(())
    }
}

/// The value of an option, which is true where it has none.
pub(super) fn value(option: &DefElem) -> String {
    match &option.value {
        None => "true".to_owned(),
        Some(DefValue::Number(text) | DefValue::Keyword(text)) => text.clone(),
        Some(DefValue::String(text)) => text.value.clone(),
        Some(DefValue::Type(ty)) => ty.name.name.text.clone(),
        Some(DefValue::Operator(operator)) => operator.symbol.clone(),
    }
}

/// Why a parameter cannot have a value.
fn objection(name: &str, value: &str, values: Values) -> Option<String> {
    let invalid = |kind: &str| format!("invalid value for {kind} option \"{name}\": {value}");
    let outside = || format!("value {value} out of bounds for option \"{name}\"");
    match values {
        Bool => truth(value).is_none().then(|| invalid("boolean")),
        Integer(least, most) => match value.trim().parse::<f64>() {
            Err(_) => Some(invalid("integer")),
            #[expect(clippy::cast_precision_loss, reason = "the limits are small")]
            Ok(number) => (number < least as f64 || number > most as f64).then(outside),
        },
        Real(least, most) => match value.trim().parse::<f64>() {
            Err(_) => Some(invalid("floating point")),
            Ok(number) => (number < least || number > most).then(outside),
        },
        Words(words) => {
            let known = words.iter().any(|word| word.eq_ignore_ascii_case(value));
            (!known).then(|| invalid("enum"))
        }
    }
}

/// A word for true or false, or the beginning of one.
fn truth(value: &str) -> Option<bool> {
    let value = value.trim().to_ascii_lowercase();
    let begins = |word: &str, least: usize| value.len() >= least && word.starts_with(&value);
    if value == "1" || begins("true", 1) || begins("yes", 1) || value == "on" {
        Some(true)
    } else if value == "0" || begins("false", 1) || begins("no", 1) || begins("off", 2) {
        Some(false)
    } else {
        None
    }
}
