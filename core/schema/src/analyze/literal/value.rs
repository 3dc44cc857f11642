//! Values of the server's own types.

use super::{Wrong, json, time};

/// What is certainly wrong with a string as a value of a type of `pg_catalog`.
pub(super) fn wrong(ty: &str, text: &str, major: u8) -> Option<Wrong> {
    match ty {
        "int2" => integer(text, i16::MIN.into(), i16::MAX.into(), major),
        "int4" => integer(text, i32::MIN.into(), i32::MAX.into(), major),
        "int8" => integer(text, i64::MIN, i64::MAX, major),
        "numeric" | "float4" | "float8" => number(text, major),
        "oid" => (!text.bytes().any(|it| it.is_ascii_digit())).then_some(Wrong::Syntax),
        "bool" => (!is_bool(text)).then_some(Wrong::Syntax),
        "uuid" => (!is_uuid(text)).then_some(Wrong::Syntax),
        "json" | "jsonb" => json::is_wrong(text).then_some(Wrong::Syntax),
        "inet" | "cidr" | "macaddr" | "macaddr8" => {
            let possible = text.bytes().any(|it| it.is_ascii_digit() || it == b':' || it == b'-');
            (!possible && !text.bytes().all(|it| it.is_ascii_hexdigit())).then_some(Wrong::Syntax)
        }
        "date" | "timestamp" | "timestamptz" | "time" | "timetz" => time::wrong(ty, text),
        "interval" => time::wrong_interval(text),
        _ => None,
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

fn integer(text: &str, min: i64, max: i64, major: u8) -> Option<Wrong> {
    let trimmed = text.trim_matches(is_space);
    let digits = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        // From 16 on, `0x1F` and `1_000` are numbers.
        let starts = digits.bytes().next().is_some_and(|it| it.is_ascii_digit());
        let modern = major >= 16
            && starts
            && digits.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        return (!modern).then_some(Wrong::Syntax);
    }
    let value = trimmed.strip_prefix('+').unwrap_or(trimmed).parse::<i64>();
    match value {
        Ok(value) if (min..=max).contains(&value) => None,
        _ => Some(Wrong::Range),
    }
}

fn number(text: &str, major: u8) -> Option<Wrong> {
    let trimmed = text.trim_matches(is_space);
    let bare = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed).to_ascii_lowercase();
    let Some(first) = bare.bytes().next() else { return Some(Wrong::Syntax) };
    if bare.starts_with("nan") || bare.starts_with("inf") {
        return None;
    }
    if !first.is_ascii_digit() && first != b'.' {
        return Some(Wrong::Syntax);
    }
    // Hexadecimal numbers, for floats and from 16 on.
    if bare.contains('x') || major >= 16 && bare.contains(['_', 'o', 'b']) {
        return None;
    }
    let mut rest = bare.trim_start_matches(|it: char| it.is_ascii_digit());
    let mut digits = rest.len() < bare.len();
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|it: char| it.is_ascii_digit());
        digits |= rest.len() < fraction.len();
    }
    if let Some(exponent) = rest.strip_prefix('e') {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        rest = exponent.trim_start_matches(|it: char| it.is_ascii_digit());
        digits &= rest.len() < exponent.len();
    }
    (!digits || !rest.is_empty()).then_some(Wrong::Syntax)
}

/// Source: PostgreSQL manual, "Boolean Type": any start of a word that no other has.
fn is_bool(text: &str) -> bool {
    let word = text.trim_matches(is_space).to_ascii_lowercase();
    let start_of = |full: &str| !word.is_empty() && full.starts_with(&word);
    ["true", "false", "yes", "no"].into_iter().any(start_of)
        || matches!(word.as_str(), "on" | "of" | "off" | "1" | "0")
}

/// Source: PostgreSQL manual, "UUID Type": hyphens after any group of four digits.
fn is_uuid(text: &str) -> bool {
    let bare = match text.strip_prefix('{') {
        Some(rest) => match rest.strip_suffix('}') {
            Some(bare) => bare,
            None => return false,
        },
        None => text,
    };
    let (mut digits, mut hyphen) = (0, true);
    for byte in bare.bytes() {
        if byte.is_ascii_hexdigit() {
            digits += 1;
            hyphen = false;
        } else if byte == b'-' && !hyphen && digits % 4 == 0 && digits < 32 {
            hyphen = true;
        } else {
            return false;
        }
    }
    digits == 32 && !hyphen
}
