//! `CASE`, and the functions of XML and JSON that have a syntax of their own.

use super::{Literal, Typed};
use crate::analyze::{Analyzer, Scope};
use crate::ast::{CaseWhen, Expr, OperatorName, Over, SqlFunction, SqlFunctionKind, TextRange};
use crate::catalog::{ColumnType, TypeRef};
use crate::replay::Outcome;

impl Analyzer<'_> {
    pub(super) fn case(
        &mut self,
        arg: Option<&Expr>,
        whens: &[CaseWhen],
        default: Option<&Expr>,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let sets = self.sets(scope);
        let mut arg = arg.map(|it| self.expr(it, scope)).transpose()?;
        if let Some(arg) = &mut arg
            && arg.ty.ty.is("unknown")
        {
            *arg = Typed::new(TypeRef::catalog("text"), arg.range);
        }
        let mut values = Vec::new();
        for when in whens {
            match &arg {
                None => self.boolean(&when.condition, scope, "CASE/WHEN")?,
                Some(arg) => {
                    let value = self.expr(&when.condition, scope)?;
                    let range = when.condition.range;
                    let equals = OperatorName { schema: None, symbol: "=".to_owned(), range };
                    self.operation(&equals, Some(arg), &value, range)?;
                }
            }
            values.push(self.expr(&when.result, scope)?);
        }
        // The server takes `ELSE` first when it looks for the common type.
        values.insert(
            0,
            match default {
                Some(default) => self.expr(default, scope)?,
                None => Typed {
                    ty: ColumnType::plain(TypeRef::catalog("unknown")),
                    range,
                    literal: Some(Literal::Null),
                },
            },
        );
        self.no_sets_since(sets, scope, "CASE")?;
        let common = self.common_type(&values, "CASE")?;
        Ok(Typed::new(common, range))
    }

    pub(super) fn sql_function(
        &mut self,
        function: &SqlFunction,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        use SqlFunctionKind as F;
        self.exprs(&function.args, scope)?;
        if let Some(filter) = &function.filter {
            self.boolean(filter, scope, "FILTER")?;
        }
        if let Some(Over::Window(window)) = &function.over {
            self.own_window(window, scope)?;
        }
        if matches!(function.function, F::JsonArrayAgg | F::JsonObjectAgg)
            && let Some(level) = self.levels.get_mut(scope.depth)
        {
            if function.over.is_some() {
                level.windows.push(range);
            } else {
                level.aggregates.push(range);
            }
        }
        if let Some(returning) = &function.returning {
            let ty = self.named_type(returning)?;
            return Ok(Typed { ty, range, literal: None });
        }
        let name = match function.function {
            F::Json
            | F::JsonArray
            | F::JsonArrayAgg
            | F::JsonObject
            | F::JsonObjectAgg
            | F::JsonScalar => "json",
            F::JsonQuery => "jsonb",
            F::JsonExists | F::XmlExists => "bool",
            F::JsonValue | F::JsonSerialize | F::XmlSerialize => "text",
            F::XmlConcat | F::XmlElement | F::XmlForest | F::XmlParse | F::XmlPi | F::XmlRoot => {
                "xml"
            }
        };
        Ok(Typed::new(TypeRef::catalog(name), range))
    }
}
