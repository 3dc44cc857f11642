//! Types that a chain defines.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use crate::ast::{
    AlterDomain, AlterDomainAction, AlterType, AlterTypeAction, AttributeAction, ColumnDefinition,
    CreateDomain, CreateType, StringConst, TypeKind, ValuePosition,
};

impl Lower {
    pub(super) fn create_type(self, node: &Node) -> Result<CreateType> {
        let kind = if let Some(composite) = node.kid(K::COMPOSITE_TYPE) {
            let list = self.need(&composite, K::COMPOSITE_FIELD_LIST)?;
            TypeKind::Composite(self.each(&list, K::COMPOSITE_FIELD_DEF, |it, field| {
                it.field_definition(field, K::COMPOSITE_FIELD)
            })?)
        } else if let Some(labels) = node.kid(K::ENUM_TYPE) {
            let list = self.need(&labels, K::VARIANT_LIST)?;
            TypeKind::Enum(self.each(&list, K::VARIANT, Self::string_in)?)
        } else if let Some(range) = node.kid(K::RANGE_TYPE) {
            TypeKind::Range(self.need_definition(&range)?)
        } else if let Some(base) = node.kid(K::BASE_TYPE) {
            TypeKind::Base(self.need_definition(&base)?)
        } else if node.has(K::AS_KW) {
            return Err(self.missing(node));
        } else {
            TypeKind::Shell
        };
        Ok(CreateType { name: self.name_in(node, K::TYPE_NAME)?, kind })
    }

    fn field_definition(self, node: &Node, name: K) -> Result<ColumnDefinition> {
        Ok(ColumnDefinition {
            name: self.ident_in(node, name)?,
            ty: self.type_in(node)?,
            collation: self.collation(node)?,
        })
    }

    pub(super) fn alter_type(self, node: &Node) -> Result<AlterType> {
        let action = if let Some(add) = node.kid(K::ADD_VALUE) {
            let position = |kind| self.opt(&add, kind, Self::string_in);
            let before = position(K::BEFORE_VALUE)?.map(ValuePosition::Before);
            AlterTypeAction::AddValue {
                value: self.string_in(&add)?,
                if_not_exists: add.has(K::IF_NOT_EXISTS),
                position: before.or(position(K::AFTER_VALUE)?.map(ValuePosition::After)),
            }
        } else if let Some(rename) = node.kid(K::RENAME_VALUE) {
            let mut ends = self.each(&rename, K::LITERAL, Self::string)?.into_iter();
            let (from, to): (Option<StringConst>, _) = (ends.next(), ends.next());
            AlterTypeAction::RenameValue {
                from: self.found(&rename, from)?,
                to: self.found(&rename, to)?,
            }
        } else if let Some(rename) = node.kid(K::RENAME_ATTRIBUTE) {
            AlterTypeAction::RenameAttribute {
                from: self.ident_in(&rename, K::COMPOSITE_FIELD_REF)?,
                to: self.ident_in(&rename, K::COMPOSITE_FIELD)?,
                cascade: rename.has(K::CASCADE),
            }
        } else if let Some(set) = node.kid(K::SET_OPTIONS) {
            AlterTypeAction::SetOptions(self.need_definition(&set)?)
        } else {
            let list = self.need(node, K::ALTER_TYPE_ATTRIBUTE_ACTION_LIST)?;
            let actions: Vec<AttributeAction> =
                list.children().map(|it| self.attribute_action(&it)).collect::<Result<_>>()?;
            if actions.is_empty() {
                return Err(self.missing(node));
            }
            AlterTypeAction::Attributes(actions)
        };
        Ok(AlterType { name: self.name_in(node, K::TYPE_NAME_REF)?, action })
    }

    fn attribute_action(self, node: &Node) -> Result<AttributeAction> {
        let cascade = node.has(K::CASCADE);
        Ok(match node.kind() {
            K::ADD_ATTRIBUTE => {
                let field = self.field_definition(node, K::COMPOSITE_FIELD)?;
                AttributeAction::Add { field, cascade }
            }
            K::ALTER_ATTRIBUTE => {
                let field = self.field_definition(node, K::COMPOSITE_FIELD_REF)?;
                AttributeAction::Alter { field, cascade }
            }
            _ => AttributeAction::Drop {
                name: self.ident_in(node, K::COMPOSITE_FIELD_REF)?,
                if_exists: node.has(K::IF_EXISTS),
                cascade,
            },
        })
    }

    pub(super) fn create_domain(self, node: &Node) -> Result<CreateDomain> {
        Ok(CreateDomain {
            name: self.name_in(node, K::DOMAIN)?,
            ty: self.type_in(node)?,
            collation: self.collation(node)?,
            constraints: self.column_constraints(node)?,
        })
    }

    pub(super) fn alter_domain(self, node: &Node) -> Result<AlterDomain> {
        let action = node.children().find(|it| it.kind() != K::DOMAIN_REF);
        let action = self.found(node, action)?;
        let action = match action.kind() {
            K::SET_DEFAULT => AlterDomainAction::SetDefault(self.expr_in(&action)?),
            K::DROP_DEFAULT => AlterDomainAction::DropDefault,
            K::SET_NOT_NULL => AlterDomainAction::SetNotNull,
            K::DROP_NOT_NULL => AlterDomainAction::DropNotNull,
            K::ADD_CONSTRAINT => {
                let constraint = self.column_constraints(&action)?.into_iter().next();
                AlterDomainAction::AddConstraint(self.found(&action, constraint)?)
            }
            K::DROP_CONSTRAINT => AlterDomainAction::DropConstraint {
                name: self.ident_in(&action, K::CONSTRAINT_NAME_REF)?,
                if_exists: action.has(K::IF_EXISTS),
                cascade: action.has(K::CASCADE),
            },
            K::RENAME_CONSTRAINT => AlterDomainAction::RenameConstraint {
                from: self.ident_in(&action, K::CONSTRAINT_NAME_REF)?,
                to: self.ident_in(&action, K::CONSTRAINT_NAME)?,
            },
            K::VALIDATE_CONSTRAINT => AlterDomainAction::ValidateConstraint(
                self.ident_in(&action, K::CONSTRAINT_NAME_REF)?,
            ),
            _ => return Err(self.missing(node)),
        };
        Ok(AlterDomain { name: self.name_in(node, K::DOMAIN_REF)?, action })
    }
}
