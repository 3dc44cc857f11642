//! Operators, operator classes and families, casts, transforms, access methods.

use squawk_syntax::{SyntaxElement, SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use crate::ast::{
    AlterOperatorFamily, CastContext, CastMethod, CreateAccessMethod, CreateCast, CreateOperator,
    CreateOperatorClass, CreateOperatorFamily, CreateTransform, ObjectKind, OperatorClassItem,
    OperatorFamilyAction, OperatorFamilyMember, OperatorName,
};

impl Lower {
    /// The operator of a child that names one.
    pub(super) fn operator_in(self, node: &Node) -> Result<OperatorName> {
        let op = SyntaxElement::Node(self.need(node, K::OP)?);
        Ok(self.operator_name(&op))
    }

    pub(super) fn create_operator(self, node: &Node) -> Result<CreateOperator> {
        Ok(CreateOperator { name: self.operator_in(node)?, options: self.need_definition(node)? })
    }

    pub(super) fn create_operator_class(self, node: &Node) -> Result<CreateOperatorClass> {
        let method = self.using_method(node)?;
        Ok(CreateOperatorClass {
            name: self.name_in(node, K::OP_CLASS_NAME)?,
            default: node.has(K::DEFAULT_KW),
            ty: self.type_in(node)?,
            method: self.found(node, method)?,
            family: self.opt(node, K::OPERATOR_FAMILY_CLAUSE, |it, clause| {
                it.name_in(clause, K::OP_FAMILY_REF)
            })?,
            items: self.class_items(node)?,
        })
    }

    fn class_items(self, node: &Node) -> Result<Vec<OperatorClassItem>> {
        let list = self.need(node, K::OPERATOR_CLASS_OPTION_LIST)?;
        let items: Vec<OperatorClassItem> =
            list.children().map(|it| self.class_item(&it)).collect::<Result<_>>()?;
        if items.is_empty() { Err(self.missing(node)) } else { Ok(items) }
    }

    fn class_item(self, node: &Node) -> Result<OperatorClassItem> {
        let number = || Ok(self.need(node, K::LITERAL)?.words());
        Ok(match node.kind() {
            K::OP_CLASS_OPTION_OPERATOR => {
                let mut types = self.types(node)?.into_iter();
                OperatorClassItem::Operator {
                    number: number()?,
                    name: self.operator_in(node)?,
                    types: types.next().zip(types.next()),
                    order_by: self.opt(node, K::OP_CLASS_FOR_ORDER_BY, |it, clause| {
                        it.name_in(clause, K::OP_FAMILY_REF)
                    })?,
                }
            }
            K::OP_CLASS_OPTION_FUNCTION => OperatorClassItem::Function {
                number: number()?,
                types: self.opt(node, K::PARAM_LIST, Self::param_types)?.unwrap_or_default(),
                function: self.function_ref(node, ObjectKind::Function)?,
            },
            _ => OperatorClassItem::Storage(self.type_in(node)?),
        })
    }

    pub(super) fn create_operator_family(self, node: &Node) -> Result<CreateOperatorFamily> {
        let method = self.using_method(node)?;
        Ok(CreateOperatorFamily {
            name: self.name_in(node, K::OP_FAMILY_NAME)?,
            method: self.found(node, method)?,
        })
    }

    pub(super) fn alter_operator_family(self, node: &Node) -> Result<AlterOperatorFamily> {
        let method = self.using_method(node)?;
        let action = if let Some(add) = node.kid(K::ADD_OP_CLASS_OPTIONS) {
            OperatorFamilyAction::Add(self.class_items(&add)?)
        } else {
            let drop = self.need(node, K::DROP_OP_CLASS_OPTIONS)?;
            let list = self.need(&drop, K::DROP_OP_CLASS_OPTION_LIST)?;
            let members = list.children().map(|member| {
                Ok(OperatorFamilyMember {
                    function: member.kind() == K::DROP_OP_CLASS_OPTION_FUNCTION,
                    number: self.need(&member, K::LITERAL)?.words(),
                    types: self.param_types(&self.need(&member, K::PARAM_LIST)?)?,
                })
            });
            OperatorFamilyAction::Drop(members.collect::<Result<_>>()?)
        };
        Ok(AlterOperatorFamily {
            name: self.name_in(node, K::OP_FAMILY_REF)?,
            method: self.found(node, method)?,
            action,
        })
    }

    pub(super) fn create_cast(self, node: &Node) -> Result<CreateCast> {
        let (from, to) = self.cast_types(&self.need(node, K::CAST_SIG)?)?;
        let method = if let Some(with) = node.kid(K::WITH_FUNCTION) {
            CastMethod::Function(self.function_ref(&with, ObjectKind::Function)?)
        } else if node.has(K::WITH_INOUT) {
            CastMethod::Inout
        } else {
            self.need(node, K::WITHOUT_FUNCTION)?;
            CastMethod::Binary
        };
        let context = if node.has(K::AS_IMPLICIT) {
            CastContext::Implicit
        } else if node.has(K::AS_ASSIGNMENT) {
            CastContext::Assignment
        } else {
            CastContext::Explicit
        };
        Ok(CreateCast { from, to, method, context })
    }

    pub(super) fn create_transform(self, node: &Node) -> Result<CreateTransform> {
        let function =
            |kind: K| self.opt(node, kind, |it, part| it.function_ref(part, ObjectKind::Function));
        let (from_sql, to_sql) =
            (function(K::TRANSFORM_FROM_FUNC)?, function(K::TRANSFORM_TO_FUNC)?);
        if from_sql.is_none() && to_sql.is_none() {
            return Err(self.missing(node));
        }
        Ok(CreateTransform {
            or_replace: node.has(K::OR_REPLACE),
            ty: self.type_in(node)?,
            language: self.ident_in(node, K::LANGUAGE_REF)?,
            from_sql,
            to_sql,
        })
    }

    pub(super) fn create_access_method(self, node: &Node) -> Result<CreateAccessMethod> {
        let handler = self.need(node, K::HANDLER_CLAUSE)?;
        Ok(CreateAccessMethod {
            name: self.ident_in(node, K::ACCESS_METHOD)?,
            index: node.has(K::ACCESS_METHOD_TYPE_INDEX),
            handler: self.name_in(&handler, K::FUNCTION_NAME_REF)?,
        })
    }
}
