//! Views and materialized views.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use super::table::persistence;
use crate::ast::{CheckOption, CreateMaterializedView, CreateView, Refresh};

impl Lower {
    pub(super) fn create_view(self, node: &Node) -> Result<CreateView> {
        let columns = self.column_list(node)?;
        let recursive = node.has(K::RECURSIVE_KW);
        if recursive && columns.is_empty() {
            let view = self.need(node, K::VIEW)?;
            return Err(self.missing_after(view.last_token()));
        }
        Ok(CreateView {
            name: self.name_in(node, K::VIEW)?,
            or_replace: node.has(K::OR_REPLACE),
            persistence: persistence(node),
            recursive,
            columns,
            with: self.with_params(node)?,
            query: self.query_in(node)?,
            check_option: node.kid(K::WITH_CHECK_OPTION).map(|option| {
                if option.has(K::LOCAL_CHECK_OPTION) {
                    CheckOption::Local
                } else {
                    CheckOption::Cascaded
                }
            }),
        })
    }

    pub(super) fn create_materialized_view(self, node: &Node) -> Result<CreateMaterializedView> {
        Ok(CreateMaterializedView {
            name: self.name_in(node, K::VIEW)?,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            columns: self.column_list(node)?,
            access_method: self.using_method(node)?,
            with: self.with_params(node)?,
            tablespace: self.tablespace(node)?,
            query: self.query_in(node)?,
            with_no_data: node.has(K::WITH_NO_DATA),
        })
    }

    pub(super) fn refresh(self, node: &Node) -> Result<Refresh> {
        Ok(Refresh {
            view: self.name_in(node, K::VIEW_REF)?,
            concurrently: node.has(K::CONCURRENTLY_KW),
            with_no_data: node.has(K::WITH_NO_DATA),
        })
    }
}
