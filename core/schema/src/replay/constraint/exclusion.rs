//! `EXCLUDE`.
//!
//! Source: `ComputeIndexAttrs` in PostgreSQL's `commands/indexcmds.c`.

use crate::Code;
use crate::analyze::Site;
use crate::ast::{ExcludeElement, ObjectKind, TableConstraint, TableConstraintKind as Kind};
use crate::builtin::TypeName;
use crate::catalog::{Index, ObjectId, Text, TypeRef};
use crate::replay::choose_name::IndexPurpose;
use crate::replay::index::{IndexDraft, check_abilities};
use crate::replay::operator_class::{binary_coercible, operator_class, origins};
use crate::replay::options::Owner;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Run, Stop};

impl Run<'_> {
    /// The index of an exclusion constraint.
    pub(super) fn exclusion_of(
        &self,
        table: ObjectId,
        constraint: &TableConstraint,
    ) -> Outcome<IndexDraft> {
        let Kind::Exclude { method: named, elements, index, predicate } = &constraint.kind else {
            return Err(Stop::Unknown);
        };
        let (method, can) = self.index_method(named.as_ref())?;
        if can.is_some_and(|can| !can.exclusion) {
            return refused(
                Code::FeatureNotSupported,
                format!("access method \"{method}\" does not support exclusion constraints"),
                named.as_ref().map_or(constraint.range, |it| it.range),
            );
        }
        let counts = (elements.len(), index.include.len());
        check_abilities(&method, can, named.as_ref(), constraint.range, false, counts)?;
        let parts: Vec<_> = elements.iter().map(|it| it.element.clone()).collect();
        let keys = self.index_keys(table, &parts, &method, can, true)?;
        let mut operators = Vec::new();
        for (element, key) in elements.iter().zip(&keys) {
            operators.push(self.exclusion_operator(element, &method, key.ty)?);
        }
        let include = index.include.iter();
        let include =
            include.map(|it| self.key_column(table, it, true)).collect::<Outcome<Vec<_>>>()?;
        let predicate = match predicate {
            Some(expr) => Some(self.read_condition(table, expr, Site::IndexPredicate)?.text),
            None => None,
        };
        let mut enforced = super::key::enforced(constraint);
        enforced.operators = operators;
        Ok(IndexDraft {
            name: constraint.name.clone(),
            purpose: IndexPurpose::Exclusion,
            options: self.options(&index.with, Owner::Index(&method))?,
            tablespace: index.tablespace.as_ref().map(|it| it.text.clone()),
            index: Index {
                table,
                method,
                unique: false,
                nulls_not_distinct: false,
                keys,
                include,
                predicate,
                valid: true,
                constraint: None,
                parent: None,
            },
            enforced,
            range: constraint.range,
        })
    }

    /// The operator of an element, which must be of the family of its operator class.
    fn exclusion_operator(
        &self,
        element: &ExcludeElement,
        method: &str,
        ty: TypeRef,
    ) -> Outcome<Text> {
        let operator = &element.operator;
        let symbol = operator.symbol.as_str();
        let text = match &operator.schema {
            Some(schema) => format!("OPERATOR({schema}.{symbol})"),
            None => symbol.to_owned(),
        };
        let text = Ok(Text::plain(text));
        let named = element.element.operator_class.as_ref();
        let Some(class) = operator_class(self.catalog, method, ty, named, operator.range)? else {
            return text;
        };
        let is_member = origins(self.catalog)
            .flat_map(|it| it.operator_family(method, class.family))
            .any(|member| member.operator == symbol && !member.orders);
        let own = self.catalog.others(ObjectKind::Operator).any(|it| it.name == symbol);
        if is_member || own || !self.catalog.missing_routine::<()>(symbol).is_missing() {
            return text;
        }
        let takes = |left: Option<TypeName<'static>>| {
            left.is_some_and(|left| binary_coercible(self.catalog, ty, left) != Some(false))
        };
        let exists =
            origins(self.catalog).flat_map(|it| it.operators(symbol)).any(|it| takes(it.left));
        let name = self.catalog.bare_type_name(ty);
        if exists {
            return refused(
                Code::WrongObjectType,
                format!(
                    "operator {symbol}({name},{name}) is not a member of operator family \"{}\"",
                    class.family
                ),
                operator.range,
            );
        }
        refused(
            Code::UndefinedFunction,
            format!("operator does not exist: {name} {symbol} {name}"),
            operator.range,
        )
    }
}
