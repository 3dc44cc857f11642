//! Text that is known in part: `'DROP INDEX i_' || number`.

use super::call::format;
use super::{Datum, Values, value};
use crate::ast::{Expr, ExprKind};
use crate::catalog::Catalog;

/// Stands for what is not known. A letter, so that it is part of the name that it stands in; one
/// that nobody has in a name.
pub(in crate::replay) const HOLE: char = 'ʘ';

/// A text with [`HOLE`]s for the parts that are not certain.
pub(in crate::replay) fn template(catalog: &Catalog, values: &Values, expr: &Expr) -> String {
    if let Some(known) = value(catalog, values, expr).and_then(|it| it.text(catalog)) {
        return known;
    }
    let part = |expr: &Expr| template(catalog, values, expr);
    match &expr.kind {
        ExprKind::Operator { op, left: Some(left), right } if op.symbol == "||" => {
            part(left) + &part(right)
        }
        ExprKind::Cast { expr, .. } => part(expr),
        ExprKind::Call(call) if !call.variadic && call.args.iter().all(|it| it.name.is_none()) => {
            match (call.name.name.text.as_str(), call.args.as_slice()) {
                ("concat", args) => args.iter().map(|arg| part(&arg.value)).collect(),
                ("format", [pattern, args @ ..]) => match value(catalog, values, &pattern.value) {
                    Some(Datum::Text(pattern)) => format(&pattern, args.len(), |at, kind| {
                        let arg = args.get(at).map(|it| part(&it.value)).unwrap_or_default();
                        match kind {
                            'I' => crate::dump::quote_ident(&arg),
                            'L' => crate::dump::quote_literal(&arg),
                            _ => arg,
                        }
                    })
                    .unwrap_or_else(|| HOLE.to_string()),
                    _ => HOLE.to_string(),
                },
                ("quote_literal", [arg]) => crate::dump::quote_literal(&part(&arg.value)),
                ("quote_ident", [arg]) => crate::dump::quote_ident(&part(&arg.value)),
                _ => HOLE.to_string(),
            }
        }
        _ => HOLE.to_string(),
    }
}
