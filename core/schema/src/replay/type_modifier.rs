//! What stands in parentheses behind a type: lengths, precisions, scales.
//!
//! Source: the `typmodin` functions of PostgreSQL, and `typenameTypeMod` in
//! `parser/parse_type.c`.

use super::Outcome;
use super::refusal::refused;
use crate::Code;
use crate::ast::{Constant, Expr, ExprKind, IntervalFields, TypeName};
use crate::builtin::Modifier;
use crate::catalog::{BaseType, Catalog, Object, TypeDefinition, TypeDefinitionKind, TypeRef};

/// The modifiers as the server keeps them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Modified {
    /// As in [`ColumnType::modifier`](crate::catalog::ColumnType::modifier).
    pub(super) modifier: String,
    /// As in [`ColumnType::fields`](crate::catalog::ColumnType::fields).
    pub(super) fields: &'static str,
}

/// The modifiers of a type in a statement. They must be ones that it can have.
pub(super) fn modified(catalog: &Catalog, ty: TypeRef, name: &TypeName) -> Outcome<Modified> {
    let fields = name.fields.map_or("", interval_fields);
    let kept = |modifier: String| Ok(Modified { modifier, fields });
    if name.modifiers.is_empty() {
        return kept(String::new());
    }
    let words = name.modifiers.iter().map(simple).collect::<Outcome<Vec<_>>>()?;
    let modifier = match ty.base {
        BaseType::Known(known) => catalog.known_type(known).and_then(|known| known.modifier),
        // The functions of a base type may make something of them, and of what is unknown.
        BaseType::Unknown => return kept(words.join(",")),
        BaseType::Own(id) => match catalog.get(id).map(|entry| &entry.object) {
            Some(Object::Type(TypeDefinition { kind: TypeDefinitionKind::Base(_), .. })) => {
                return kept(words.join(","));
            }
            _ => None,
        },
        BaseType::Multirange(_) => None,
    };
    let Some(modifier) = modifier else {
        return refused(
            Code::SyntaxError,
            format!("type modifier is not allowed for type \"{}\"", catalog.bare_type_name(ty)),
            name.range,
        );
    };
    if let Modifier::Other(_) = modifier {
        return kept(words.join(","));
    }
    let mut numbers = Vec::new();
    for (word, expr) in words.iter().zip(&name.modifiers) {
        numbers.push(number(word, expr)?);
    }
    let invalid = |message: String| refused(Code::InvalidParameterValue, message, name.range);
    let called = match ty.base {
        BaseType::Known(known) if known.name == "bpchar" => "char",
        BaseType::Known(known) => known.name,
        _ => "",
    };
    match (modifier, numbers.as_slice()) {
        (Modifier::Length, &[length]) => {
            let most = if called.ends_with("bit") { 83_886_080 } else { 10_485_760 };
            if length < 1 {
                return invalid(format!("length for type {called} must be at least 1"));
            }
            if length > most {
                return invalid(format!("length for type {called} cannot exceed {most}"));
            }
            kept(length.to_string())
        }
        (Modifier::PrecisionAndScale, &[precision, ref scale @ ..]) if scale.len() < 2 => {
            let scale = scale.first().copied().unwrap_or(0);
            if !(1..=1000).contains(&precision) {
                return invalid(format!(
                    "NUMERIC precision {precision} must be between 1 and 1000"
                ));
            }
            if !(-1000..=1000).contains(&scale) {
                return invalid(format!("NUMERIC scale {scale} must be between -1000 and 1000"));
            }
            kept(format!("{precision},{scale}"))
        }
        (Modifier::PrecisionAndScale, _) => invalid("invalid NUMERIC type modifier".to_owned()),
        (Modifier::Precision | Modifier::Interval, &[precision]) => {
            if precision < 0 {
                let (kind, zone) = match called.strip_suffix("tz") {
                    Some(kind) => (kind, " WITH TIME ZONE"),
                    None => (called, ""),
                };
                let kind = kind.to_ascii_uppercase();
                return invalid(format!(
                    "{kind}({precision}){zone} precision must not be negative"
                ));
            }
            kept(precision.min(6).to_string())
        }
        (Modifier::Interval, _) => kept(words.join(",")),
        _ => invalid("invalid type modifier".to_owned()),
    }
}

/// A constant or a name; nothing else can be a modifier.
fn simple(modifier: &Expr) -> Outcome<String> {
    match &modifier.kind {
        ExprKind::Constant(
            Constant::Integer(text) | Constant::Number(text) | Constant::String(text),
        ) => Ok(text.clone()),
        ExprKind::Column(column) if !column.star && column.fields.len() == 1 => {
            Ok(column.fields[0].text.clone())
        }
        _ => refused(
            Code::SyntaxError,
            "type modifiers must be simple constants or identifiers",
            modifier.range,
        ),
    }
}

fn number(word: &str, expr: &Expr) -> Outcome<i32> {
    if let Ok(number) = word.trim().parse() {
        return Ok(number);
    }
    let digits = word.trim().strip_prefix('-').unwrap_or(word.trim());
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("value \"{word}\" is out of range for type integer");
        return refused(Code::NumericValueOutOfRange, message, expr.range);
    }
    let message = format!("invalid input syntax for type integer: \"{word}\"");
    refused(Code::InvalidTextRepresentation, message, expr.range)
}

fn interval_fields(fields: IntervalFields) -> &'static str {
    use IntervalFields as F;
    match fields {
        F::Year => "year",
        F::Month => "month",
        F::Day => "day",
        F::Hour => "hour",
        F::Minute => "minute",
        F::Second => "second",
        F::YearToMonth => "year to month",
        F::DayToHour => "day to hour",
        F::DayToMinute => "day to minute",
        F::DayToSecond => "day to second",
        F::HourToMinute => "hour to minute",
        F::HourToSecond => "hour to second",
        F::MinuteToSecond => "minute to second",
    }
}
