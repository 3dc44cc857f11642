//! Functions of texts and of names, and aggregates that need no order.
//!
//! Source: PostgreSQL manual, "String Functions and Operators", "System Information Functions".

use super::{Datum, Eval};
use crate::ast::{FuncCall, Ident, Name, TextRange};
use crate::dump::{quote_ident, quote_literal};

/// A function of values, or an aggregate: then there is one more row around it for each that it
/// is of.
impl Eval<'_> {
    pub(super) fn call(&self, call: &FuncCall) -> Option<Datum> {
        let special = call.variadic
            || call.over.is_some()
            || call.star
            || call.args.iter().any(|arg| arg.name.is_some());
        if special {
            return None;
        }
        let args: Vec<Datum> =
            call.args.iter().map(|arg| self.value(&arg.value)).collect::<Option<_>>()?;
        let text = |at: usize| args.get(at)?.text(self.catalog);
        let strict = |result: &dyn Fn(String) -> String| match args.as_slice() {
            [Datum::Null] => Some(Datum::Null),
            [_] => text(0).map(result).map(Datum::Text),
            _ => None,
        };
        match call.name.name.text.as_str() {
            "quote_ident" => strict(&|it| quote_ident(&it)),
            "quote_literal" => strict(&|it| quote_literal(&it)),
            "quote_nullable" if args == [Datum::Null] => Some(Datum::Text("NULL".to_owned())),
            "quote_nullable" => strict(&|it| quote_literal(&it)),
            "lower" => strict(&|it| it.to_lowercase()),
            "upper" => strict(&|it| it.to_uppercase()),
            "text" => strict(&|it| it),
            "chr" => {
                let code = u32::try_from(args.first()?.int()?).ok()?;
                char::from_u32(code).map(|it| Datum::Text(it.to_string()))
            }
            "concat" => {
                let parts = args.iter().filter(|it| **it != Datum::Null);
                let parts: Option<String> = parts.map(|it| it.text(self.catalog)).collect();
                parts.map(Datum::Text)
            }
            "format" => {
                let (pattern, args) = (text(0)?, args.get(1..)?);
                let mut whole = true;
                let text = format(&pattern, args.len(), |at, kind| {
                    let text = written(kind, args.get(at), self);
                    whole &= text.is_some();
                    text.unwrap_or_default()
                })?;
                whole.then_some(Datum::Text(text))
            }
            "to_regclass" => self.named("regclass", &text(0)?),
            "to_regtype" => self.named("regtype", &text(0)?),
            "to_regnamespace" => self.named("regnamespace", &text(0)?),
            "current_schema" if args.is_empty() => self.current_schema(),
            "array_length" | "cardinality" => match args.first()? {
                Datum::List(list) if !list.is_empty() => {
                    i64::try_from(list.len()).ok().map(Datum::Int)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// An argument of `format()`, as `%s`, `%I` or `%L` writes it.
fn written(kind: char, arg: Option<&Datum>, eval: &Eval<'_>) -> Option<String> {
    match (kind, arg?) {
        ('s', Datum::Null) => Some(String::new()),
        ('s', Datum::Bool(value)) => Some(if *value { "t" } else { "f" }.to_owned()),
        ('L', Datum::Null) => Some("NULL".to_owned()),
        ('I', Datum::Null) => None,
        ('s', arg) => arg.text(eval.catalog),
        ('I', arg) => arg.text(eval.catalog).map(|it| quote_ident(&it)),
        (_, arg) => arg.text(eval.catalog).map(|it| quote_literal(&it)),
    }
}

/// `format()`: `%s`, `%I`, `%L`, `%%`, with positions such as `%1$I`. `arg` gives what an argument
/// looks like; none where the pattern is not understood.
pub(super) fn format(
    pattern: &str,
    count: usize,
    mut arg: impl FnMut(usize, char) -> String,
) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    let mut next = 0;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            next = rest[..digits].parse::<usize>().ok()?.checked_sub(1)?;
            rest = rest[digits..].strip_prefix('$')?;
        }
        let kind = rest.chars().next().filter(|it| matches!(it, 's' | 'I' | 'L'))?;
        rest = &rest[1..];
        if next >= count {
            return None;
        }
        out.push_str(&arg(next, kind));
        next += 1;
    }
    out.push_str(rest);
    Some(out)
}

/// A name with dots, its parts perhaps in quotes; what has a quote or a bracket within is left.
pub(super) fn parse_name(text: &str) -> Option<Name> {
    let mut parts = Vec::new();
    for part in text.split('.') {
        let part = part.trim();
        let part = match part.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(quoted) => quoted.to_owned(),
            None => part.to_ascii_lowercase(),
        };
        if part.is_empty() || part.contains(['"', '[', '(', ' ']) {
            return None;
        }
        parts.push(Ident::new(part, TextRange::default()));
    }
    let name = parts.pop()?;
    Some(Name { qualifiers: parts, name, range: TextRange::default() })
}
