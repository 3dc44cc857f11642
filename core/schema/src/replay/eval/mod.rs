//! The value of an expression in a block, where the catalog and the text are enough to know it.
//!
//! Blocks ask the system's views what is there, and put statements together of what they find.
//! [`system`] has the rows of those views, [`query`] reads them, and here is what is done with the
//! values. A value that is not certain is none: [`template`] then still says how a text begins
//! and ends.

mod call;
mod columns;
mod datum;
mod query;
mod system;
mod template;

pub(super) use datum::{Datum, Values};
pub(super) use query::{Answer, Cell, Only, answer};
pub(super) use template::{HOLE, template};

use self::query::Row;
use crate::analyze;
use crate::ast::{
    CaseWhen, ColumnRef, Constant, Expr, ExprKind, IsTest, Quantifier, SqlValueFunction, Sublink,
    SublinkKind, TypeName,
};
use crate::catalog::{Catalog, Lookup, NameSpace, RelationHit, SchemaRef, TypeRef};

/// The value of an expression, where it is certain.
pub(super) fn value(catalog: &Catalog, values: &Values, expr: &Expr) -> Option<Datum> {
    Eval { catalog, values, rows: Vec::new() }.value(expr)
}

/// What an expression can name.
#[derive(Clone)]
struct Eval<'a> {
    catalog: &'a Catalog,
    values: &'a Values,
    /// The rows around it, the innermost query's last.
    rows: Vec<&'a Row>,
}

impl Eval<'_> {
    fn value(&self, expr: &Expr) -> Option<Datum> {
        use ExprKind as K;
        match &expr.kind {
            K::Constant(constant) => self::constant(constant),
            K::Column(column) => self.column(column),
            K::Param(number) => self.values.get(&format!("${number}")).cloned(),
            K::Cast { expr, ty } => self.cast(self.value(expr)?, ty),
            K::SqlValue(SqlValueFunction::CurrentSchema, _) => self.current_schema(),
            K::Coalesce(all) => {
                for expr in all {
                    let value = self.value(expr)?;
                    if value != Datum::Null {
                        return Some(value);
                    }
                }
                Some(Datum::Null)
            }
            K::NullIf(left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let same = self.compare("=", &left, &right)?.bool().unwrap_or(false);
                Some(if same { Datum::Null } else { left })
            }
            K::Operator { op, left: Some(left), right } if op.schema.is_none() => {
                self.operator(&op.symbol, left, right)
            }
            K::Quantified { left, op, quantifier, array } => {
                let Datum::List(list) = self.value(array)? else { return None };
                let left = self.value(left);
                let each = list.iter().map(|it| self.compare(&op.symbol, left.as_ref()?, it));
                any_or_all(*quantifier, each)
            }
            K::In { negated, expr, list } => {
                let left = self.value(expr);
                let each =
                    list.iter().map(|it| self.compare("=", left.as_ref()?, &self.value(it)?));
                negate(any_or_all(Quantifier::Any, each), *negated)
            }
            K::Is { expr, negated, test } => {
                let value = self.value(expr)?;
                let is = match test {
                    IsTest::Null | IsTest::Unknown => value == Datum::Null,
                    IsTest::True => value != Datum::Null && value.bool()?,
                    IsTest::False => value != Datum::Null && !value.bool()?,
                    IsTest::Document | IsTest::Json(_) => return None,
                };
                Some(Datum::Bool(is != *negated))
            }
            K::IsDistinct { negated, left, right } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let distinct = match (&left, &right) {
                    (Datum::Null, Datum::Null) => false,
                    (Datum::Null, _) | (_, Datum::Null) => true,
                    _ => !left.equals(&right, self.catalog)?,
                };
                Some(Datum::Bool(distinct != *negated))
            }
            K::And(left, right) => {
                let each = [left, right].into_iter().map(|it| self.truth(it));
                any_or_all(Quantifier::All, each)
            }
            K::Or(left, right) => {
                let each = [left, right].into_iter().map(|it| self.truth(it));
                any_or_all(Quantifier::Any, each)
            }
            K::Not(expr) => negate(self.truth(expr), true),
            K::Case { arg, whens, default } => self.case(arg.as_deref(), whens, default.as_deref()),
            K::Array(items) => {
                items.iter().map(|it| self.value(it)).collect::<Option<_>>().map(Datum::List)
            }
            K::Sublink(sublink) => self.sublink(sublink),
            K::Call(call) => self.call(call),
            _ => None,
        }
    }

    fn truth(&self, expr: &Expr) -> Option<Datum> {
        match self.value(expr)? {
            Datum::Null => Some(Datum::Null),
            value => value.bool().map(Datum::Bool),
        }
    }

    /// A column of a row around the expression, or a variable.
    fn column(&self, column: &ColumnRef) -> Option<Datum> {
        let (source, name) = match column.fields.as_slice() {
            _ if column.star => return None,
            [name] => (None, name),
            [source, name] => (Some(source.text.as_str()), name),
            _ => return None,
        };
        for row in self.rows.iter().rev() {
            match row.find(source, &name.text) {
                Lookup::Found(value) => return value.clone(),
                Lookup::Unknown => return None,
                Lookup::Missing => {}
            }
        }
        let name = source.map_or_else(|| name.text.clone(), |it| format!("{it}.{}", name.text));
        self.values.get(&name).cloned()
    }

    fn current_schema(&self) -> Option<Datum> {
        let own = self.catalog.session.search_path.iter().find_map(|name| {
            let found = self.catalog.named(NameSpace::Schema, None, name).first();
            found.map(|_| Datum::Text(name.clone()))
        });
        own.filter(|_| self.catalog.opaque.is_none())
    }

    fn cast(&self, value: Datum, ty: &TypeName) -> Option<Datum> {
        if !ty.modifiers.is_empty() {
            return None;
        }
        if ty.is_array() {
            return match value {
                Datum::Text(text) => {
                    let texts = analyze::all_elements(&text)?.into_iter();
                    Some(Datum::List(texts.map(Datum::Text).collect()))
                }
                Datum::List(_) | Datum::Null => Some(value),
                _ => None,
            };
        }
        let name = ty.name.name.text.as_str();
        match (name, value) {
            (_, Datum::Null) => Some(Datum::Null),
            (
                "text" | "varchar" | "name" | "bpchar",
                value @ (Datum::Elsewhere(_) | Datum::Text(_)),
            ) => Some(value),
            ("text" | "varchar", Datum::Bool(value)) => Some(Datum::Text(value.to_string())),
            ("text" | "varchar" | "name", value) => value.text(self.catalog).map(Datum::Text),
            ("regclass" | "regtype", Datum::Oid(id)) => Some(Datum::Named(id)),
            ("oid", Datum::Named(id)) => Some(Datum::Oid(id)),
            ("regclass" | "regtype" | "oid", value @ (Datum::Named(_) | Datum::Oid(_))) => {
                Some(value)
            }
            ("regclass" | "regtype" | "regnamespace", Datum::Text(text)) => {
                match self.named(name, &text)? {
                    Datum::Null => None,
                    found => Some(found),
                }
            }
            ("int2" | "int4" | "int8", value) => value.int().map(Datum::Int),
            ("bool", value) => value.bool().map(Datum::Bool),
            _ => None,
        }
    }

    /// The object that a text names, null where there is none: `to_regclass('t')`.
    fn named(&self, kind: &str, text: &str) -> Option<Datum> {
        let name = call::parse_name(text)?;
        let lookup = match kind {
            "regclass" => match self.catalog.find_relation(&name) {
                Lookup::Found(RelationHit::Own(id)) if !self.catalog.is_uncertain(id) => {
                    Lookup::Found(id)
                }
                Lookup::Missing => Lookup::Missing,
                _ => Lookup::Unknown,
            },
            "regtype" => match self.catalog.find_type(&name) {
                Lookup::Found(TypeRef {
                    base: crate::catalog::BaseType::Own(id),
                    array: false,
                }) if !self.catalog.is_uncertain(id) => Lookup::Found(id),
                Lookup::Missing => Lookup::Missing,
                _ => Lookup::Unknown,
            },
            "regnamespace" => match self.catalog.schema(&name.name.text) {
                Lookup::Found(SchemaRef::Own(id)) => Lookup::Found(id),
                Lookup::Missing => Lookup::Missing,
                _ => Lookup::Unknown,
            },
            _ => Lookup::Unknown,
        };
        match lookup {
            Lookup::Found(id) => Some(Datum::Named(id)),
            Lookup::Missing => Some(Datum::Null),
            Lookup::Unknown => None,
        }
    }

    fn operator(&self, symbol: &str, left: &Expr, right: &Expr) -> Option<Datum> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        match symbol {
            "||" => match (&left, &right) {
                (Datum::Null, _) | (_, Datum::Null) => Some(Datum::Null),
                _ => Some(Datum::Text(left.text(self.catalog)? + &right.text(self.catalog)?)),
            },
            "+" | "-" | "*" => {
                if left == Datum::Null || right == Datum::Null {
                    return Some(Datum::Null);
                }
                let (left, right) = (left.int()?, right.int()?);
                let result = match symbol {
                    "+" => left.checked_add(right),
                    "-" => left.checked_sub(right),
                    _ => left.checked_mul(right),
                };
                result.map(Datum::Int)
            }
            _ => self.compare(symbol, &left, &right),
        }
    }

    /// Null where one of them is.
    fn compare(&self, symbol: &str, left: &Datum, right: &Datum) -> Option<Datum> {
        if *left == Datum::Null || *right == Datum::Null {
            return Some(Datum::Null);
        }
        let ordered = || match (left, right) {
            (Datum::Int(_), _) | (_, Datum::Int(_)) => Some(left.int()?.cmp(&right.int()?)),
            // The order of texts is that of a collation.
            _ => None,
        };
        let is = match symbol {
            "=" => left.equals(right, self.catalog)?,
            "<>" => !left.equals(right, self.catalog)?,
            "<" => ordered()?.is_lt(),
            "<=" => ordered()?.is_le(),
            ">" => ordered()?.is_gt(),
            ">=" => ordered()?.is_ge(),
            _ => return None,
        };
        Some(Datum::Bool(is))
    }

    fn case(
        &self,
        arg: Option<&Expr>,
        whens: &[CaseWhen],
        default: Option<&Expr>,
    ) -> Option<Datum> {
        for when in whens {
            let holds = match arg {
                Some(arg) => self.compare("=", &self.value(arg)?, &self.value(&when.condition)?)?,
                None => self.truth(&when.condition)?,
            };
            if holds == Datum::Bool(true) {
                return self.value(&when.result);
            }
        }
        default.map_or(Some(Datum::Null), |it| self.value(it))
    }

    fn sublink(&self, sublink: &Sublink) -> Option<Datum> {
        let answer = self.query(&sublink.query)?;
        match &sublink.kind {
            SublinkKind::Exists => answer.exists().map(Datum::Bool),
            SublinkKind::Scalar => answer.only_row().value(),
            SublinkKind::Array => {
                let rows = answer.certain_rows()?;
                rows.iter()
                    .map(|row| row.first()?.1.clone())
                    .collect::<Option<_>>()
                    .map(Datum::List)
            }
            SublinkKind::In { negated, left } => {
                let found = self.among(left, "=", Quantifier::Any, &answer);
                negate(found, *negated)
            }
            SublinkKind::Quantified { left, op, quantifier } => {
                self.among(left, &op.symbol, *quantifier, &answer)
            }
        }
    }

    fn among(
        &self,
        left: &Expr,
        symbol: &str,
        quantifier: Quantifier,
        answer: &Answer,
    ) -> Option<Datum> {
        let left = self.value(left)?;
        let each = answer.rows.iter().map(|row| {
            let value = row.columns.first()?.1.as_ref()?;
            let compared = self.compare(symbol, &left, value)?;
            // A row that may not be there decides nothing, but where it does not matter.
            let neutral = Datum::Bool(quantifier == Quantifier::All);
            (row.certain || compared == neutral).then_some(compared)
        });
        any_or_all(quantifier, each)
    }
}

fn constant(constant: &Constant) -> Option<Datum> {
    match constant {
        Constant::Null => Some(Datum::Null),
        Constant::String(text) => Some(Datum::Text(text.clone())),
        Constant::Integer(digits) => digits.parse().ok().map(Datum::Int),
        Constant::Bool(value) => Some(Datum::Bool(*value)),
        Constant::Number(_) | Constant::Bits(_) => None,
    }
}

/// `OR` or `AND` of truths of which some are not known.
fn any_or_all(quantifier: Quantifier, each: impl Iterator<Item = Option<Datum>>) -> Option<Datum> {
    let decides = quantifier == Quantifier::Any;
    let (mut unknown, mut null) = (false, false);
    for truth in each {
        match truth {
            Some(Datum::Bool(value)) if value == decides => return Some(Datum::Bool(decides)),
            Some(Datum::Null) => null = true,
            Some(_) => {}
            None => unknown = true,
        }
    }
    match (unknown, null) {
        (true, _) => None,
        (false, true) => Some(Datum::Null),
        (false, false) => Some(Datum::Bool(!decides)),
    }
}

fn negate(truth: Option<Datum>, negated: bool) -> Option<Datum> {
    match truth? {
        Datum::Bool(value) => Some(Datum::Bool(value != negated)),
        other => Some(other),
    }
}
