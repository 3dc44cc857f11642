//! Statements that change rows.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::expr::is_expr;
use super::node::{Lower, Result, Tree};
use super::query::is_query;
use crate::ast::{
    Assignment, AssignmentValue, ConflictAction, ConflictItem, ConflictTarget, Copy, CopyPeer,
    CopySource, Delete, Expr, ExprKind, Ident, Insert, InsertColumn, Merge, MergeAction,
    MergeMatch, MergeWhen, OnConflict, Overriding, PathStep, Truncate, Update,
};

impl Lower {
    pub(super) fn insert(self, node: &Node) -> Result<Insert> {
        let source = if node.has(K::DEFAULT_VALUES) { None } else { Some(self.query_in(node)?) };
        Ok(Insert {
            with: self.with(node)?,
            table: self.name_in(node, K::RELATION_NAME_REF)?,
            alias: self.table_alias(node)?,
            columns: self.target_columns(node)?,
            overriding: overriding(node),
            source,
            on_conflict: self.opt(node, K::ON_CONFLICT_CLAUSE, Self::on_conflict)?,
            returning: self.returning(node)?,
        })
    }

    fn table_alias(self, node: &Node) -> Result<Option<Ident>> {
        match node.any(&[K::OPTIONAL_AS_ALIAS, K::REQUIRED_AS_ALIAS]) {
            Some(alias) => self.ident_in(&alias, K::TABLE_ALIAS).map(Some),
            None => Ok(None),
        }
    }

    /// The columns in parentheses below a node; none where there are no parentheses.
    fn target_columns(self, node: &Node) -> Result<Vec<InsertColumn>> {
        match node.kid(K::COLUMN_TARGET_LIST) {
            Some(list) => self.some(&list, K::COLUMN_TARGET, Self::target_column),
            None => Ok(Vec::new()),
        }
    }

    fn target_column(self, node: &Node) -> Result<InsertColumn> {
        let steps = node.children().filter(|it| it.kind() != K::COLUMN_NAME_REF);
        let path = steps.map(|step| match step.kind() {
            K::FIELD_ACCESSOR if step.has(K::STAR) => Ok(PathStep::Star),
            K::FIELD_ACCESSOR => self.ident_in(&step, K::COMPOSITE_FIELD_REF).map(PathStep::Field),
            _ => self.subscript_of(&step, 0).map(PathStep::Subscript),
        });
        Ok(InsertColumn {
            path: path.collect::<Result<_>>()?,
            name: self.ident_in(node, K::COLUMN_NAME_REF)?,
        })
    }

    fn on_conflict(self, node: &Node) -> Result<OnConflict> {
        let target = if let Some(index) = node.kid(K::CONFLICT_ON_INDEX) {
            let list = self.need(&index, K::CONFLICT_INDEX_ITEM_LIST)?;
            let items = self.some(&list, K::CONFLICT_INDEX_ITEM, |it, item| {
                let (expr, collation) = it.indexed(item)?;
                let operator_class = it.opt(item, K::OP_CLASS_REF, Self::name)?;
                Ok(ConflictItem { expr, collation, operator_class })
            })?;
            Some(ConflictTarget::Index { items, predicate: self.expr_of(&index, K::WHERE_CLAUSE)? })
        } else {
            self.opt(node, K::CONFLICT_ON_CONSTRAINT, |it, target| {
                it.ident_in(target, K::CONSTRAINT_NAME_REF).map(ConflictTarget::Constraint)
            })?
        };
        let action = if let Some(update) = node.kid(K::CONFLICT_DO_UPDATE_SET) {
            ConflictAction::Update {
                set: self.set_clause(&update)?,
                filter: self.expr_of(&update, K::WHERE_CLAUSE)?,
            }
        } else if let Some(select) = node.kid(K::CONFLICT_DO_SELECT) {
            ConflictAction::Select { filter: self.expr_of(&select, K::WHERE_CLAUSE)? }
        } else {
            self.need(node, K::CONFLICT_DO_NOTHING)?;
            ConflictAction::Nothing
        };
        Ok(OnConflict { target, action })
    }

    fn set_clause(self, node: &Node) -> Result<Vec<Assignment>> {
        let clause = self.need(node, K::SET_CLAUSE)?;
        let list = self.need(&clause, K::SET_COLUMN_LIST)?;
        let set: Vec<Assignment> =
            list.children().map(|it| self.assignment(&it)).collect::<Result<_>>()?;
        if set.is_empty() { Err(self.missing(&clause)) } else { Ok(set) }
    }

    fn assignment(self, node: &Node) -> Result<Assignment> {
        if node.kind() == K::SET_SINGLE_COLUMN {
            return Ok(Assignment {
                columns: vec![self.target_column(&self.need(node, K::COLUMN_TARGET)?)?],
                value: AssignmentValue::Expr(self.set_expr(&self.need(node, K::SET_EXPR)?)?),
            });
        }
        let value = match node.kid(K::SET_EXPR_LIST) {
            Some(list) => AssignmentValue::Row(self.some(&list, K::SET_EXPR, Self::set_expr)?),
            None => AssignmentValue::Query(self.query_in(node)?),
        };
        Ok(Assignment { columns: self.target_columns(node)?, value })
    }

    fn set_expr(self, node: &Node) -> Result<Expr> {
        if node.has(K::DEFAULT_KW) {
            return Ok(Expr { kind: ExprKind::Default, range: self.range(node) });
        }
        self.expr_in(node)
    }

    pub(super) fn update(self, node: &Node) -> Result<Update> {
        Ok(Update {
            with: self.with(node)?,
            table: self.relation_in(node)?,
            alias: self.table_alias(node)?,
            set: self.set_clause(node)?,
            from: self.opt(node, K::FROM_CLAUSE, Self::relation_items)?.unwrap_or_default(),
            filter: self.filter_or_cursor(node)?,
            returning: self.returning(node)?,
        })
    }

    pub(super) fn delete(self, node: &Node) -> Result<Delete> {
        Ok(Delete {
            with: self.with(node)?,
            table: self.relation_in(node)?,
            alias: self.table_alias(node)?,
            using: self.opt(node, K::USING_CLAUSE, Self::relation_items)?.unwrap_or_default(),
            filter: self.filter_or_cursor(node)?,
            returning: self.returning(node)?,
        })
    }

    fn filter_or_cursor(self, node: &Node) -> Result<Option<Expr>> {
        if let Some(current) = node.kid(K::WHERE_CURRENT_OF) {
            let kind = ExprKind::CurrentOf(self.ident_in(&current, K::CURSOR_REF)?);
            return Ok(Some(Expr { kind, range: self.range(&current) }));
        }
        self.expr_of(node, K::WHERE_CLAUSE)
    }

    pub(super) fn merge(self, node: &Node) -> Result<Merge> {
        let using = self.need(node, K::USING_ON_CLAUSE)?;
        let source = self.found(&using, using.children().find(|it| it.kind() != K::ON_CLAUSE))?;
        let on = self.expr_of(&using, K::ON_CLAUSE)?;
        let whens = node
            .children()
            .filter_map(|it| {
                let matched = match it.kind() {
                    K::MERGE_WHEN_MATCHED => MergeMatch::Matched,
                    K::MERGE_WHEN_NOT_MATCHED_SOURCE => MergeMatch::NotMatchedBySource,
                    K::MERGE_WHEN_NOT_MATCHED_TARGET => MergeMatch::NotMatchedByTarget,
                    _ => return None,
                };
                Some(self.merge_when(&it, matched))
            })
            .collect::<Result<Vec<_>>>()?;
        if whens.is_empty() {
            return Err(self.missing(node));
        }
        Ok(Merge {
            with: self.with(node)?,
            table: self.relation_in(node)?,
            alias: self.table_alias(node)?,
            source: self.relation_item(&source)?,
            on: self.found(&using, on)?,
            whens,
            returning: self.returning(node)?,
        })
    }

    fn merge_when(self, node: &Node, matched: MergeMatch) -> Result<MergeWhen> {
        let action = if let Some(update) = node.kid(K::MERGE_UPDATE) {
            MergeAction::Update(self.set_clause(&update)?)
        } else if let Some(insert) = node.kid(K::MERGE_INSERT) {
            MergeAction::Insert {
                columns: self.target_columns(&insert)?,
                overriding: overriding(&insert),
                values: match insert.kid(K::VALUES) {
                    Some(values) => self.rows(&values)?.into_iter().next(),
                    None => None,
                },
            }
        } else if node.has(K::MERGE_DELETE) {
            MergeAction::Delete
        } else {
            self.need(node, K::MERGE_DO_NOTHING)?;
            MergeAction::Nothing
        };
        let condition = self.expr_of(node, K::MERGE_CONDITION)?;
        Ok(MergeWhen { matched, condition, action })
    }

    pub(super) fn truncate(self, node: &Node) -> Result<Truncate> {
        let list = self.need(node, K::TABLE_LIST)?;
        Ok(Truncate {
            tables: self.some(&list, K::TABLE_RELATION_NAME, Self::relation)?,
            restart_identity: node.has(K::RESTART_IDENTITY),
            cascade: node.has(K::CASCADE),
        })
    }

    pub(super) fn copy(self, node: &Node) -> Result<Copy> {
        let source = if let Some(query) = node.kid(K::COPY_QUERY) {
            let inner = query.children().find(|it| {
                is_query(it.kind())
                    || matches!(it.kind(), K::INSERT | K::UPDATE | K::DELETE | K::MERGE)
            });
            CopySource::Query(Box::new(self.statement(&self.found(&query, inner)?)?))
        } else {
            let table = self.need(node, K::COPY_TABLE)?;
            CopySource::Table {
                name: self.name_in(&table, K::TABLE_NAME_REF)?,
                columns: self.column_list(&table)?,
            }
        };
        let direction = self.found(node, node.any(&[K::COPY_FROM, K::COPY_TO]))?;
        let peer = match direction.kid(K::COPY_PROGRAM) {
            Some(program) if program.has(K::PROGRAM_KW) => {
                CopyPeer::Program(self.string_in(&program)?)
            }
            Some(file) => CopyPeer::File(self.string_in(&file)?),
            None => {
                self.found(&direction, direction.any(&[K::COPY_STDIN, K::COPY_STDOUT]))?;
                CopyPeer::Client
            }
        };
        Ok(Copy {
            source,
            from: direction.kind() == K::COPY_FROM,
            peer,
            filter: self.expr_of(node, K::WHERE_CLAUSE)?,
        })
    }

    /// What may be indexed, with the collation that stands after it: a column, a call, or
    /// anything in parentheses.
    pub(super) fn indexed(self, node: &Node) -> Result<(Expr, Option<crate::ast::Name>)> {
        let mut expr = self.found(node, node.which(is_expr))?;
        let mut collation = self.collation(node)?;
        if expr.kind() == K::COLLATE {
            collation = Some(self.name_in(&expr, K::COLLATION_REF)?);
            expr = self.found(&expr, expr.which(is_expr))?;
        }
        match expr.kind() {
            K::NAME_REF | K::CALL_EXPR | K::PAREN_EXPR => {}
            K::CAST_EXPR if !expr.has(K::COLON_COLON) => {}
            K::LITERAL => return Err(self.unexpected_node(&expr)),
            // A name with a dot could still be a function's.
            K::FIELD_EXPR => return Err(self.missing(&expr)),
            _ => {
                // At what follows the part that could be indexed by itself.
                let first = expr.which(is_expr).and_then(|it| it.last_token());
                return Err(match first {
                    Some(first) => self.missing_after(Some(first)),
                    None => self.unexpected_node(&expr),
                });
            }
        }
        Ok((self.expr(&expr)?, collation))
    }

    /// The `COLLATE` directly below a node, where it is a clause and no operator.
    pub(super) fn collation(self, node: &Node) -> Result<Option<crate::ast::Name>> {
        self.opt(node, K::COLLATE, |it, clause| it.name_in(clause, K::COLLATION_REF))
    }
}

fn overriding(node: &Node) -> Option<Overriding> {
    if node.has(K::OVERRIDING_SYSTEM_VALUE) {
        Some(Overriding::SystemValue)
    } else if node.has(K::OVERRIDING_USER_VALUE) {
        Some(Overriding::UserValue)
    } else {
        None
    }
}
