//! The keys of an index: columns and expressions, each with its operator class and order.
//!
//! Source: `ComputeIndexAttrs` in PostgreSQL's `commands/indexcmds.c`, `FigureIndexColname` in
//! `parser/parse_target.c`.

use crate::Code;
use crate::analyze::Site;
use crate::ast::{ExprKind, Ident, IndexElement, Name, NullsOrder, SortOrder, TextRange};
use crate::builtin::AccessMethod;
use crate::catalog::{ColumnNumber, Hole, IndexKey, ObjectId, Text, TypeRef};
use crate::dump::quote_ident;
use crate::replay::names::no_column;
use crate::replay::operator_class::{default_operator_class, operator_class};
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};

impl Run<'_> {
    /// The keys that elements describe. `constraint` decides how a missing column is refused.
    pub(crate) fn index_keys(
        &self,
        table: ObjectId,
        elements: &[IndexElement],
        method: &str,
        can: Option<AccessMethod>,
        constraint: bool,
    ) -> Outcome<Vec<IndexKey>> {
        elements.iter().map(|it| self.index_key(table, it, method, can, constraint)).collect()
    }

    /// The keys of a constraint over columns.
    pub(crate) fn column_keys(
        &self,
        table: ObjectId,
        columns: &[(ColumnNumber, TextRange)],
        method: &str,
    ) -> Outcome<Vec<IndexKey>> {
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        let key = |(number, range): &(ColumnNumber, TextRange)| {
            let column = relation.column_numbered(*number).ok_or(Stop::Unknown)?;
            operator_class(self.catalog, method, column.ty.ty, None, *range)?;
            Ok(IndexKey {
                column: Some(*number),
                name: column.name.clone(),
                ty: column.ty.ty,
                text: Text::hole(Hole::Column(table, *number)),
                plain: true,
            })
        };
        columns.iter().map(key).collect()
    }

    fn index_key(
        &self,
        table: ObjectId,
        element: &IndexElement,
        method: &str,
        can: Option<AccessMethod>,
        constraint: bool,
    ) -> Outcome<IndexKey> {
        let (column, name, ty, mut text) = match &element.expr.kind {
            ExprKind::Column(column) if !column.star && column.fields.len() == 1 => {
                let number = self.key_column(table, &column.fields[0], constraint)?;
                let relation = self.catalog.relation(table);
                let found = relation.and_then(|it| it.column_numbered(number));
                let ty = found.map_or(TypeRef::UNKNOWN, |it| it.ty.ty);
                let name = column.fields[0].text.clone();
                (Some(number), name, ty, Text::hole(Hole::Column(table, number)))
            }
            _ => {
                let read = self.read(table, &element.expr, Site::IndexExpression)?;
                let name = expression_name(&element.expr.kind).unwrap_or("expr").to_owned();
                let column = Ident::new(name.clone(), element.range);
                self.type_fits_a_column(&column, read.ty, None)?;
                let mut text = Text::plain("(");
                text.append(&read.text);
                text.push(")");
                (None, name, read.ty, text)
            }
        };
        let mut plain = true;
        if let Some(collation) = &element.collation
            && let Some(collation) = self.collation_of(collation, ty)?
        {
            plain = false;
            text.push(" COLLATE ");
            text.append(&collation);
        }
        let range = element.expr.range;
        let named = element.operator_class.as_ref();
        let class = operator_class(self.catalog, method, ty, named, range)?;
        if let Some(named) = named {
            let default = default_operator_class(self.catalog, method, ty).found();
            let with_options = !element.operator_class_options.is_empty();
            if default.is_none() || default != class || with_options {
                plain = false;
                text.push(" ");
                text.push(&quoted(named));
                if with_options {
                    text.push(&options_text(element));
                }
            }
        }
        plain &= index_order(element, method, can, &mut text)?;
        Ok(IndexKey { column, name, ty, text, plain })
    }

    /// The column of a key.
    pub(crate) fn key_column(
        &self,
        table: ObjectId,
        name: &Ident,
        constraint: bool,
    ) -> Outcome<ColumnNumber> {
        const SYSTEM: [&str; 6] = ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"];
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        if let Some(column) = relation.column(&name.text) {
            return Ok(column.number);
        }
        if self.catalog.is_uncertain(table) {
            return Err(Stop::Unknown);
        }
        if SYSTEM.contains(&name.text.as_str()) {
            return refused(
                Code::FeatureNotSupported,
                "index creation on system columns is not supported",
                name.range,
            );
        }
        let refusal = no_column(self.catalog, table, name);
        let message = if constraint {
            format!("column \"{}\" named in key does not exist", name.text)
        } else {
            format!("column \"{}\" does not exist", name.text)
        };
        Refusal { message, ..refusal }.stop()
    }
}

fn quoted(name: &Name) -> String {
    let parts = name.qualifiers.iter().chain([&name.name]);
    parts.map(|it| quote_ident(&it.text)).collect::<Vec<_>>().join(".")
}

/// The options of an operator class: `(siglen = 32)`.
fn options_text(element: &IndexElement) -> String {
    let options = element.operator_class_options.iter().map(|option| {
        let value = crate::replay::options::value(option);
        format!("{} = '{}'", quote_ident(&option.name.text), value.replace('\'', "''"))
    });
    format!(" ({})", options.collect::<Vec<_>>().join(", "))
}

/// What an expression is called where nobody gives it a name.
fn expression_name(expr: &ExprKind) -> Option<&str> {
    weighed_name(expr).map(|(name, _)| name)
}

/// The name, and whether it is better than that of a type around it.
fn weighed_name(expr: &ExprKind) -> Option<(&str, bool)> {
    Some(match expr {
        ExprKind::Column(column) => (column.fields.last()?.text.as_str(), true),
        ExprKind::Field { field, .. } => (field.text.as_str(), true),
        ExprKind::Subscript { expr, .. } | ExprKind::Collate { expr, .. } => {
            return weighed_name(&expr.kind);
        }
        ExprKind::Call(call) => (call.name.name.text.as_str(), true),
        ExprKind::NullIf(..) => ("nullif", true),
        ExprKind::Cast { expr, ty } => match weighed_name(&expr.kind) {
            Some((name, true)) => (name, true),
            _ => (ty.name.name.text.as_str(), false),
        },
        ExprKind::Case { default, .. } => {
            let default = default.as_ref().and_then(|it| weighed_name(&it.kind));
            match default {
                Some((name, true)) => (name, true),
                _ => ("case", false),
            }
        }
        ExprKind::Array(_) => ("array", true),
        ExprKind::Row(_) => ("row", true),
        ExprKind::Coalesce(_) => ("coalesce", true),
        ExprKind::Greatest(_) => ("greatest", true),
        ExprKind::Least(_) => ("least", true),
        _ => return None,
    })
}

/// `ASC`, `DESC`, `NULLS …`. Gives whether it is the default order.
fn index_order(
    element: &IndexElement,
    method: &str,
    can: Option<AccessMethod>,
    text: &mut Text,
) -> Outcome<bool> {
    if can.is_some_and(|can| !can.ordered) {
        let what = match (&element.order, &element.nulls) {
            (Some(_), _) => "ASC/DESC options",
            (None, Some(_)) => "NULLS FIRST/LAST options",
            (None, None) => return Ok(true),
        };
        return refused(
            Code::FeatureNotSupported,
            format!("access method \"{method}\" does not support {what}"),
            element.range,
        );
    }
    let descending = matches!(element.order, Some(SortOrder::Desc));
    if descending {
        text.push(" DESC");
    }
    match (descending, &element.nulls) {
        (true, Some(NullsOrder::Last)) => text.push(" NULLS LAST"),
        (false, Some(NullsOrder::First)) => {
            text.push(" NULLS FIRST");
            return Ok(false);
        }
        _ => {}
    }
    Ok(!descending)
}
