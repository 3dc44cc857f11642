//! The name that a column of a result gets where none is written.
//!
//! Source: observed of a server, `FigureColname` in its words.

use crate::analyze::Analyzer;
use crate::ast::{Expr, ExprKind, SqlFunctionKind, SqlValueFunction, SublinkKind};

/// What a name came from: a type's name gives way to that of what is cast.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Weak,
    Strong,
}

impl Analyzer<'_> {
    /// The name of a column that is this expression.
    pub(super) fn column_name(&self, expr: &Expr) -> String {
        self.figure(expr).map_or_else(|| "?column?".to_owned(), |(name, _)| name)
    }

    fn figure(&self, expr: &Expr) -> Option<(String, Strength)> {
        use ExprKind as K;
        let name = match &expr.kind {
            K::Column(column) if !column.star => column.fields.last()?.text.as_str(),
            K::Field { field, .. } => field.text.as_str(),
            K::Call(call) => call.name.name.text.as_str(),
            K::NullIf(..) => "nullif",
            K::Coalesce(_) => "coalesce",
            K::Greatest(_) => "greatest",
            K::Least(_) => "least",
            K::Grouping(_) => "grouping",
            K::Array(_) => "array",
            K::Row(_) => "row",
            K::SqlValue(value, _) => sql_value_name(*value),
            K::Sql(call) => sql_function_name(call.function),
            K::Subscript { expr, .. } | K::Collate { expr, .. } => return self.figure(expr),
            K::Cast { expr, ty } => {
                let inner = self.figure(expr).filter(|(_, strength)| *strength > Strength::Weak);
                return inner.or_else(|| Some((ty.name.name.text.clone(), Strength::Weak)));
            }
            K::Case { default, .. } => {
                let inner = default.as_deref().and_then(|it| self.figure(it));
                let inner = inner.filter(|(_, strength)| *strength > Strength::Weak);
                return inner.or_else(|| Some(("case".to_owned(), Strength::Weak)));
            }
            K::Sublink(link) => match link.kind {
                SublinkKind::Exists => "exists",
                SublinkKind::Array => "array",
                SublinkKind::Scalar => self.first_names.get(&link.query.range.start)?.as_str(),
                SublinkKind::In { .. } | SublinkKind::Quantified { .. } => return None,
            },
            _ => return None,
        };
        Some((name.to_owned(), Strength::Strong))
    }
}

fn sql_value_name(value: SqlValueFunction) -> &'static str {
    use SqlValueFunction as V;
    match value {
        V::CurrentDate => "current_date",
        V::CurrentTime => "current_time",
        V::CurrentTimestamp => "current_timestamp",
        V::LocalTime => "localtime",
        V::LocalTimestamp => "localtimestamp",
        V::CurrentRole => "current_role",
        V::CurrentUser => "current_user",
        V::User => "user",
        V::SessionUser => "session_user",
        V::SystemUser => "system_user",
        V::CurrentCatalog => "current_catalog",
        V::CurrentSchema => "current_schema",
    }
}

fn sql_function_name(function: SqlFunctionKind) -> &'static str {
    use SqlFunctionKind as F;
    match function {
        F::Json => "json",
        F::JsonArray => "json_array",
        F::JsonArrayAgg => "json_arrayagg",
        F::JsonExists => "json_exists",
        F::JsonObject => "json_object",
        F::JsonObjectAgg => "json_objectagg",
        F::JsonQuery => "json_query",
        F::JsonScalar => "json_scalar",
        F::JsonSerialize => "json_serialize",
        F::JsonValue => "json_value",
        F::XmlConcat => "xmlconcat",
        F::XmlElement => "xmlelement",
        F::XmlExists => "xmlexists",
        F::XmlForest => "xmlforest",
        F::XmlParse => "xmlparse",
        F::XmlPi => "xmlpi",
        F::XmlRoot => "xmlroot",
        F::XmlSerialize => "xmlserialize",
    }
}
