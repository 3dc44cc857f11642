//! Whether the last statement of a body in SQL gives what the function returns.
//!
//! Source: `check_sql_fn_retval` in PostgreSQL's `executor/functions.c`.

use crate::Code;
use crate::analyze::{Analyzer, Output};
use crate::ast::TextRange;
use crate::catalog::{BaseType, Catalog, Function, TypeRef};
use crate::replay::describe::type_name;
use crate::replay::{Outcome, Refusal, Run};

/// The last statement of a body.
pub(super) enum Last {
    /// There is none.
    None,
    /// One that gives these columns.
    Rows(Vec<Output>, TextRange),
    /// One that gives no rows.
    Other(TextRange),
    /// It is not known what it gives.
    Unknown,
}

impl Run<'_> {
    pub(super) fn check_result(
        &self,
        function: &Function,
        last: &Last,
        whole: TextRange,
    ) -> Outcome {
        let Some(returns) = function.returns.as_ref().map(|it| it.ty) else { return Ok(()) };
        if returns.is("void") || returns.is_unknown() {
            return Ok(());
        }
        let mismatch = |range: TextRange, why: String| {
            let declared = type_name(self.catalog, returns);
            Refusal::new(
                Code::InvalidFunctionDefinition,
                format!("return type mismatch in function declared to return {declared}"),
            )
            .at(range)
            .label(why)
            .stop()
        };
        let no_rows = "the last statement must be SELECT, or have RETURNING";
        let (outputs, range) = match last {
            Last::Unknown => return Ok(()),
            Last::None => return mismatch(whole, no_rows.to_owned()),
            Last::Other(range) => return mismatch(*range, no_rows.to_owned()),
            Last::Rows(outputs, range) => (outputs, *range),
        };
        let analyzer = Analyzer::new(self.catalog, self.text);
        let fits = |output: &Output, ty: TypeRef| {
            ty.is_unknown() || output.ty.ty.is_unknown() || analyzer.assignable(output.ty.ty, ty)
        };
        let row = match Form::of(self.catalog, function, returns) {
            Form::Row(row) => row,
            Form::AnyRow => return Ok(()),
            Form::Value => {
                return match outputs.as_slice() {
                    [only] if fits(only, returns) => Ok(()),
                    [only] => {
                        let is = type_name(self.catalog, only.ty.ty);
                        mismatch(range, format!("the actual type is {is}"))
                    }
                    _ => mismatch(range, "the last statement must return one column".to_owned()),
                };
            }
        };
        if let [only] = outputs.as_slice()
            && may_be_a_row(only.ty.ty, returns)
        {
            return Ok(());
        }
        if outputs.len() != row.len() {
            let many = if outputs.len() < row.len() { "few" } else { "many" };
            return mismatch(range, format!("the last statement returns too {many} columns"));
        }
        let wrong = outputs.iter().zip(&row).position(|(output, ty)| !fits(output, *ty));
        match wrong.and_then(|at| Some((at, outputs.get(at)?, row.get(at)?))) {
            Some((at, output, ty)) => {
                let (is, must) =
                    (type_name(self.catalog, output.ty.ty), type_name(self.catalog, *ty));
                mismatch(range, format!("it returns {is} instead of {must} at column {}", at + 1))
            }
            None => Ok(()),
        }
    }
}

/// The form of what a function returns.
enum Form {
    /// One value.
    Value,
    /// A row of columns of these types.
    Row(Vec<TypeRef>),
    /// A row, of which it is not told what is in it.
    AnyRow,
}

impl Form {
    fn of(catalog: &Catalog, function: &Function, returns: TypeRef) -> Self {
        if returns.is("record") {
            let outputs: Vec<TypeRef> = function.outputs().map(|it| it.ty.ty).collect();
            return if outputs.is_empty() { Self::AnyRow } else { Self::Row(outputs) };
        }
        let relation = match returns.base {
            BaseType::Own(id) if !returns.array => catalog.relation(id).map(|it| (id, it)),
            _ => None,
        };
        match relation {
            None => Self::Value,
            Some((id, _)) if catalog.is_uncertain(id) => Self::AnyRow,
            Some((_, it)) => Self::Row(it.columns.iter().map(|it| it.ty.ty).collect()),
        }
    }
}

/// Whether a column may hold the whole row that is returned.
fn may_be_a_row(ty: TypeRef, returns: TypeRef) -> bool {
    ty == returns || ty.is_unknown() || ty.is("record") || matches!(ty.base, BaseType::Own(_))
}
