//! Text that is known before it is run: `'CREATE TABLE ' || quote_ident(name)`.

use std::collections::BTreeMap;

use crate::ast::{Constant, Expr, ExprKind, FuncCall};
use crate::dump::quote_ident;

/// Values of parameters and variables that are known.
pub(super) type Values = BTreeMap<String, Value>;

/// A value that is known; none for null.
pub(super) type Value = Option<String>;

/// The value of an expression as text, where it is certain.
pub(super) fn value(expr: &Expr, values: &Values) -> Option<Value> {
    match &expr.kind {
        ExprKind::Constant(constant) => match constant {
            Constant::Null => Some(None),
            Constant::String(text) | Constant::Integer(text) => Some(Some(text.clone())),
            Constant::Bool(value) => Some(Some(if *value { "t" } else { "f" }.to_owned())),
            Constant::Number(_) | Constant::Bits(_) => None,
        },
        ExprKind::Column(column) if !column.star => match column.fields.as_slice() {
            [name] => values.get(&name.text).cloned(),
            [record, field] => values.get(&format!("{}.{}", record.text, field.text)).cloned(),
            _ => None,
        },
        ExprKind::Param(number) => values.get(&format!("${number}")).cloned(),
        ExprKind::Cast { expr, ty } => {
            let text = ["text", "varchar", "name", "regclass", "regtype"];
            let plain = text.contains(&ty.name.name.text.as_str());
            if plain && ty.modifiers.is_empty() { value(expr, values) } else { None }
        }
        ExprKind::Operator { op, left: Some(left), right } if op.symbol == "||" => {
            let (left, right) = (value(left, values)?, value(right, values)?);
            Some(left.zip(right).map(|(left, right)| left + &right))
        }
        ExprKind::Operator { op, left: Some(left), right } if is_arithmetic(&op.symbol) => {
            let number = |it| value(it, values)??.parse::<i64>().ok();
            let (left, right) = (number(left)?, number(right)?);
            let result = match op.symbol.as_str() {
                "+" => left.checked_add(right)?,
                "-" => left.checked_sub(right)?,
                _ => left.checked_mul(right)?,
            };
            Some(Some(result.to_string()))
        }
        ExprKind::Array(elements) => {
            let elements: Vec<String> = elements
                .iter()
                .map(|it| value(it, values)?.map(|it| quote_element(&it)))
                .collect::<Option<_>>()?;
            Some(Some(format!("{{{}}}", elements.join(","))))
        }
        ExprKind::Coalesce(all) => {
            for expr in all {
                let value = value(expr, values)?;
                if value.is_some() {
                    return Some(value);
                }
            }
            Some(None)
        }
        ExprKind::Call(call) => self::call(call, values),
        _ => None,
    }
}

/// A column without the name of its relation.
pub(super) fn unqualified(expr: &Expr) -> Option<Expr> {
    match &expr.kind {
        ExprKind::Column(column) if column.fields.len() > 1 && !column.star => {
            let mut column = column.clone();
            column.fields.drain(..column.fields.len() - 1);
            Some(Expr { kind: ExprKind::Column(column), ..expr.clone() })
        }
        _ => None,
    }
}

fn call(call: &FuncCall, values: &Values) -> Option<Value> {
    if call.args.iter().any(|arg| arg.name.is_some()) || call.variadic {
        return None;
    }
    let args: Vec<Value> =
        call.args.iter().map(|arg| value(&arg.value, values)).collect::<Option<_>>()?;
    match (call.name.name.text.as_str(), args.as_slice()) {
        ("quote_ident", [arg]) => Some(arg.as_deref().map(quote_ident)),
        ("quote_literal", [arg]) => Some(arg.as_deref().map(quote_literal)),
        ("quote_nullable", [arg]) => {
            Some(Some(arg.as_deref().map_or_else(|| "NULL".to_owned(), quote_literal)))
        }
        ("lower", [arg]) => Some(arg.as_ref().map(|text| text.to_lowercase())),
        ("upper", [arg]) => Some(arg.as_ref().map(|text| text.to_uppercase())),
        ("concat", args) => Some(Some(args.iter().flatten().map(String::as_str).collect())),
        ("format", [Some(format), args @ ..]) => self::format(format, args).map(Some),
        ("chr", [Some(code)]) => {
            let character = code.parse().ok().and_then(char::from_u32)?;
            Some(Some(character.to_string()))
        }
        _ => None,
    }
}

/// `format()`: `%s`, `%I`, `%L`, `%%`, with positions such as `%1$I`.
///
/// Source: PostgreSQL manual, "String Functions and Operators", `format`.
fn format(format: &str, args: &[Value]) -> Option<String> {
    let mut out = String::new();
    let mut rest = format;
    let mut next = 0;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            next = rest[..digits].parse::<usize>().ok()?.checked_sub(1)?;
            rest = rest[digits..].strip_prefix('$')?;
        }
        let kind = rest.chars().next()?;
        rest = &rest[kind.len_utf8()..];
        if kind == '%' {
            out.push('%');
            continue;
        }
        let arg = args.get(next)?;
        next += 1;
        match (kind, arg) {
            ('s', arg) => out.push_str(arg.as_deref().unwrap_or_default()),
            ('I', Some(arg)) => out.push_str(&quote_ident(arg)),
            ('L', Some(arg)) => out.push_str(&quote_literal(arg)),
            ('L', None) => out.push_str("NULL"),
            _ => return None,
        }
    }
    out.push_str(rest);
    Some(out)
}

fn is_arithmetic(symbol: &str) -> bool {
    matches!(symbol, "+" | "-" | "*")
}

/// An element as an array is written. Source: PostgreSQL manual, "Array Input and Output Syntax".
fn quote_element(text: &str) -> String {
    let special = |it: char| it.is_whitespace() || "{},\"\\".contains(it);
    if text.is_empty() || text.eq_ignore_ascii_case("null") || text.contains(special) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

fn quote_literal(text: &str) -> String {
    crate::dump::quote_literal(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::{QueryBody, Statement};

    fn of(sql: &str) -> Option<Value> {
        let text = format!("SELECT {sql}");
        let (tree, _) = crate::sql::lower::parse(&text, 0..text.len());
        let Some(Statement::Query(query)) = tree else { panic!("{sql}") };
        let QueryBody::Select(select) = query.body else { panic!("{sql}") };
        let values = Values::from([("t".to_owned(), Some("Users".to_owned()))]);
        value(&select.targets[0].expr, &values)
    }

    #[test]
    fn text_that_is_certain_is_put_together() {
        for (sql, text) in [
            ("'DROP TABLE ' || quote_ident(t)", "DROP TABLE \"Users\""),
            ("format('ALTER TABLE %I ADD %s int', t, 'a')", "ALTER TABLE \"Users\" ADD a int"),
            ("format('%2$s %1$L 100%%', 'it''s', 'x')", "x 'it''s' 100%"),
            ("concat('a', NULL, 'b')", "ab"),
            ("'a'::text || coalesce(NULL, 'b')", "ab"),
            ("'p' || 2 * 3 + 1", "p7"),
            ("ARRAY['a', 'b c', '']::text[]", "{a,\"b c\",\"\"}"),
        ] {
            assert_eq!(of(sql), Some(Some(text.to_owned())), "{sql}");
        }
        assert_eq!(of("'a' || NULL"), Some(None));
        for sql in ["'a' || x", "now()::text", "format('%I', NULL)", "a.t"] {
            assert_eq!(of(sql), None, "{sql}");
        }
    }
}
