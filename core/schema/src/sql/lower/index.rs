//! Indexes.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::expr::nulls_order;
use super::node::{Lower, Result, Tree};
use crate::ast::{CreateIndex, Ident, IndexElement};

impl Lower {
    pub(super) fn create_index(self, node: &Node) -> Result<CreateIndex> {
        if !node.has(K::ON_KW) {
            return Err(self.missing(node));
        }
        let if_not_exists = node.has(K::IF_NOT_EXISTS);
        let name = self.opt(node, K::INDEX, Self::name)?;
        if if_not_exists && name.is_none() {
            let clause = self.need(node, K::IF_NOT_EXISTS)?;
            return Err(self.missing_after(clause.last_token()));
        }
        Ok(CreateIndex {
            name,
            if_not_exists,
            unique: node.has(K::UNIQUE_KW),
            concurrently: node.has(K::CONCURRENTLY_KW),
            table: self.relation_in(node)?,
            method: self.using_method(node)?,
            elements: self.index_elements(node)?,
            include: match node.kid(K::INDEX_INCLUDE_CLAUSE) {
                Some(include) => self.index_elements(&include)?,
                None => Vec::new(),
            },
            nulls_not_distinct: node.has(K::NULLS_NOT_DISTINCT),
            with: self.with_params(node)?,
            tablespace: self.tablespace(node)?,
            predicate: self.expr_of(node, K::WHERE_CLAUSE)?,
        })
    }

    /// The elements in parentheses below a node, of which there must be one.
    pub(super) fn index_elements(self, node: &Node) -> Result<Vec<IndexElement>> {
        let list = self.need(node, K::PARTITION_ITEM_LIST)?;
        self.some(&list, K::PARTITION_ITEM, Self::index_element)
    }

    pub(super) fn index_element(self, node: &Node) -> Result<IndexElement> {
        let (expr, collation) = self.indexed(node)?;
        Ok(IndexElement {
            expr,
            collation,
            operator_class: self.opt(node, K::OP_CLASS_REF, Self::name)?,
            operator_class_options: self.definition(node)?,
            order: self.sort_order(node)?,
            nulls: nulls_order(node),
            range: self.range(node),
        })
    }

    /// `USING method`.
    pub(super) fn using_method(self, node: &Node) -> Result<Option<Ident>> {
        self.opt(node, K::USING_METHOD, |it, using| it.ident_in(using, K::ACCESS_METHOD_REF))
    }

    /// `TABLESPACE name`.
    pub(super) fn tablespace(self, node: &Node) -> Result<Option<Ident>> {
        self.opt(node, K::TABLESPACE_CLAUSE, |it, clause| it.ident_in(clause, K::TABLESPACE_REF))
    }
}
