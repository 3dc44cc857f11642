//! Expressions that the catalog keeps, read again.

use crate::ast::{Expr, QueryBody, Statement};
use crate::builtin::Home;
use crate::catalog::{BaseType, Catalog, ColumnType, Hole, Text, TypeRef};
use crate::dump::Names;
use crate::sql::lower;

/// An expression that was read again, with the names that things have by now.
pub(super) struct Again {
    /// The text that its ranges are in.
    pub(super) sql: String,
    pub(super) expr: Expr,
}

impl Again {
    /// Reads the expression that a text is; none where it is not understood.
    pub(super) fn read(catalog: &Catalog, text: &Text) -> Option<Self> {
        let sql = format!("SELECT {}", Names { catalog }.text(text));
        let Some(Statement::Query(query)) = lower::parse(&sql, 0..sql.len()).0 else { return None };
        let QueryBody::Select(select) = query.body else { return None };
        let expr = select.targets.into_iter().next()?.expr;
        Some(Self { sql, expr })
    }
}

/// A literal with its type behind it.
pub(super) fn typed_literal(catalog: &Catalog, text: &Text, ty: &ColumnType) -> Text {
    let mut typed = text.clone();
    typed.push("::");
    let element = TypeRef { array: false, ..ty.ty };
    match element.base {
        BaseType::Own(id) => typed.push_hole(Hole::Object(id)),
        BaseType::Known(known) => match known.home {
            Home::Extension(extension) => {
                typed.push_hole(Hole::Extension { extension, name: known.name.to_owned() });
            }
            Home::Catalog | Home::InformationSchema => typed.push(&Names { catalog }.ty(element)),
        },
        BaseType::Multirange(_) | BaseType::Unknown => return text.clone(),
    }
    if ty.ty.array {
        typed.push("[]");
    }
    typed
}
