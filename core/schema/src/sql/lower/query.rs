//! Queries.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::expr::is_expr;
use super::node::{Lower, Result, Tree};
use super::types::is_type;
use crate::ast::{
    Alias, ColumnDefinition, ColumnRef, CommonTable, CommonTableQuery, Cycle, Distinct, Expr,
    ExprKind, FromItem, GroupBy, GroupingItem, Ident, IntoClause, Join, JoinCondition, JoinKind,
    Limit, LockStrength, LockWait, Locking, NamedWindow, Query, QueryBody, RangeFunction,
    RangeSubquery, RangeTable, RangeTableFunction, RelationRef, RowsFrom, Search, Select,
    SetOperator, TableFunction, TableFunctionColumn, TableSample, Target, With,
};

/// Whether a node is a query.
pub(super) fn is_query(kind: K) -> bool {
    matches!(
        kind,
        K::SELECT | K::SELECT_INTO | K::PAREN_SELECT | K::TABLE | K::VALUES | K::COMPOUND_SELECT
    )
}

impl Lower {
    /// The query directly below a node, which must be there.
    pub(super) fn query_in(self, node: &Node) -> Result<Query> {
        let query = self.found(node, node.which(is_query))?;
        self.query(&query)
    }

    pub(super) fn query(self, node: &Node) -> Result<Query> {
        let range = self.range(node);
        let mut body = match node.kind() {
            K::SELECT | K::SELECT_INTO => QueryBody::Select(Box::new(self.select(node)?)),
            K::VALUES => QueryBody::Values(self.rows(node)?),
            K::TABLE => QueryBody::Select(Box::new(self.table(node)?)),
            K::COMPOUND_SELECT => self.set_operation(node)?,
            K::PAREN_SELECT | K::PAREN_EXPR => return self.paren_query(node),
            _ => return Err(self.unexpected_node(node)),
        };
        let with = leading_with(node, &mut body);
        let mut query = Query {
            with,
            body,
            order_by: Vec::new(),
            limit: None,
            offset: None,
            locking: Vec::new(),
            range,
        };
        self.tail(node, &mut query)?;
        Ok(query)
    }

    /// What stands around a query in parentheses is added to it, as the grammar does.
    fn paren_query(self, node: &Node) -> Result<Query> {
        let inner = node.children().find(|it| is_query(it.kind()) || it.kind() == K::PAREN_EXPR);
        let mut query = self.query(&self.found(node, inner)?)?;
        self.tail(node, &mut query)?;
        query.range = self.range(node);
        Ok(query)
    }

    /// `WITH`, `ORDER BY`, `LIMIT` and what else stands around a query's body.
    fn tail(self, node: &Node, query: &mut Query) -> Result<()> {
        query.with = self.with(node)?.or_else(|| query.with.take());
        let order_by = self.order_by(node)?;
        if !order_by.is_empty() {
            query.order_by = order_by;
        }
        if let Some(limit) = node.kid(K::LIMIT_CLAUSE) {
            let count = if limit.has(K::ALL) { None } else { Some(self.expr_in(&limit)?) };
            query.limit = Some(Limit { count, with_ties: false });
        }
        if let Some(fetch) = node.kid(K::FETCH_CLAUSE) {
            let count = match fetch.which(is_expr) {
                Some(count) => self.expr(&count)?,
                None => Expr {
                    kind: ExprKind::Constant(crate::ast::Constant::Integer("1".to_owned())),
                    range: self.range(&fetch),
                },
            };
            query.limit = Some(Limit { count: Some(count), with_ties: fetch.has(K::WITH_TIES) });
        }
        if let Some(offset) = self.expr_of(node, K::OFFSET_CLAUSE)? {
            query.offset = Some(offset);
        }
        query.locking.extend(self.each(node, K::LOCKING_CLAUSE, Self::locking)?);
        Ok(())
    }

    fn locking(self, node: &Node) -> Result<Locking> {
        let strength = if node.has(K::FOR_UPDATE) {
            LockStrength::Update
        } else if node.has(K::FOR_NO_KEY_UPDATE) {
            LockStrength::NoKeyUpdate
        } else if node.has(K::FOR_KEY_SHARE) {
            LockStrength::KeyShare
        } else {
            LockStrength::Share
        };
        let wait = if node.has(K::SKIP_LOCKED) {
            LockWait::Skip
        } else if node.has(K::NOWAIT) {
            LockWait::Error
        } else {
            LockWait::Block
        };
        let tables = match node.kid(K::LOCKING_OF) {
            Some(list) => list.children().map(|it| self.name(&it)).collect::<Result<_>>()?,
            None => Vec::new(),
        };
        Ok(Locking { strength, tables, wait })
    }

    /// The rows of a `VALUES`.
    pub(super) fn rows(self, node: &Node) -> Result<Vec<Vec<Expr>>> {
        let list = self.need(node, K::ROW_LIST)?;
        self.some(&list, K::ROW, Self::exprs)
    }

    /// `TABLE t` is `SELECT * FROM t`.
    fn table(self, node: &Node) -> Result<Select> {
        let range = self.range(node);
        let relation = self.relation_in(node)?;
        let star = ExprKind::Column(ColumnRef { fields: Vec::new(), star: true });
        Ok(Select {
            distinct: None,
            targets: vec![Target { expr: Expr { kind: star, range }, alias: None }],
            into: None,
            from: vec![FromItem::Table(RangeTable { relation, alias: None, sample: None })],
            filter: None,
            group_by: None,
            having: None,
            windows: Vec::new(),
        })
    }

    fn set_operation(self, node: &Node) -> Result<QueryBody> {
        let op = self.found(node, node.any(&[K::UNION, K::INTERSECT, K::EXCEPT]))?;
        let mut operands =
            node.children().filter(|it| is_query(it.kind()) || it.kind() == K::PAREN_EXPR);
        let (Some(left), Some(right)) = (operands.next(), operands.next()) else {
            return Err(self.missing(node));
        };
        Ok(QueryBody::SetOperation {
            op: match op.kind() {
                K::UNION => SetOperator::Union,
                K::INTERSECT => SetOperator::Intersect,
                _ => SetOperator::Except,
            },
            all: op.has(K::ALL),
            left: Box::new(self.query(&left)?),
            right: Box::new(self.query(&right)?),
        })
    }

    fn select(self, node: &Node) -> Result<Select> {
        let clause = self.need(node, K::SELECT_CLAUSE)?;
        let distinct = self.opt(&clause, K::DISTINCT_CLAUSE, |it, distinct| {
            let on = it.opt(distinct, K::DISTINCT_ON, Self::exprs)?;
            Ok(on.map_or(Distinct::All, Distinct::On))
        })?;
        // `SELECT` and `SELECT FROM t` are valid; `SELECT DISTINCT` is not.
        let targets = self.targets(&clause)?;
        if targets.is_empty() && distinct.is_some() {
            return Err(self.missing(&clause));
        }
        Ok(Select {
            distinct,
            targets,
            into: self.opt(node, K::INTO_CLAUSE, Self::into_clause)?,
            from: self.opt(node, K::FROM_CLAUSE, Self::relation_items)?.unwrap_or_default(),
            filter: self.expr_of(node, K::WHERE_CLAUSE)?,
            group_by: self.opt(node, K::GROUP_BY_CLAUSE, Self::group_by)?,
            having: self.expr_of(node, K::HAVING_CLAUSE)?,
            windows: match node.kid(K::WINDOW_CLAUSE) {
                Some(clause) => self.some(&clause, K::WINDOW_DEF, |it, window| {
                    Ok(NamedWindow {
                        name: it.ident_in(window, K::WINDOW)?,
                        window: it.window(window)?,
                    })
                })?,
                None => Vec::new(),
            },
        })
    }

    /// The targets of the list below a node; none where there is no list.
    pub(super) fn targets(self, node: &Node) -> Result<Vec<Target>> {
        let Some(list) = node.kid(K::TARGET_LIST) else { return Ok(Vec::new()) };
        self.some(&list, K::TARGET, |it, target| {
            if target.has(K::STAR) {
                let kind = ExprKind::Column(ColumnRef { fields: Vec::new(), star: true });
                let range = it.range(target);
                return Ok(Target { expr: Expr { kind, range }, alias: None });
            }
            let alias = it.opt(target, K::AS_NAME, |it, name| it.ident_in(name, K::COLUMN_NAME))?;
            Ok(Target { expr: it.expr_in(target)?, alias })
        })
    }

    /// The targets of `RETURNING`.
    pub(super) fn returning(self, node: &Node) -> Result<Vec<Target>> {
        let Some(clause) = node.kid(K::RETURNING_CLAUSE) else { return Ok(Vec::new()) };
        let targets = self.targets(&clause)?;
        if targets.is_empty() { Err(self.missing(&clause)) } else { Ok(targets) }
    }

    fn into_clause(self, node: &Node) -> Result<IntoClause> {
        Ok(IntoClause {
            name: self.name_in(node, K::TABLE_NAME)?,
            persistence: super::table::persistence(node),
            columns: Vec::new(),
            access_method: None,
            tablespace: None,
            on_commit: None,
            with_no_data: false,
        })
    }

    fn group_by(self, node: &Node) -> Result<GroupBy> {
        let list = self.need(node, K::GROUP_BY_LIST)?;
        let items = self.grouping_items(&list)?;
        if items.is_empty() {
            return Err(self.missing(node));
        }
        Ok(GroupBy { distinct: node.has(K::DISTINCT), items })
    }

    fn grouping_items(self, node: &Node) -> Result<Vec<GroupingItem>> {
        node.children()
            .map(|item| {
                Ok(match item.kind() {
                    K::GROUPING_ROLLUP => GroupingItem::Rollup(self.exprs(&item)?),
                    K::GROUPING_CUBE => GroupingItem::Cube(self.exprs(&item)?),
                    K::GROUPING_SETS => GroupingItem::Sets(self.grouping_items(&item)?),
                    _ => match self.expr_in(&item)? {
                        Expr { kind: ExprKind::Row(fields), .. } if fields.is_empty() => {
                            GroupingItem::Empty
                        }
                        expr => GroupingItem::Expr(expr),
                    },
                })
            })
            .collect()
    }

    // WITH.

    pub(super) fn with(self, node: &Node) -> Result<Option<With>> {
        self.opt(node, K::WITH_CLAUSE, |it, clause| {
            Ok(With {
                recursive: clause.has(K::RECURSIVE_KW),
                tables: it.some(clause, K::WITH_TABLE, Self::common_table)?,
            })
        })
    }

    fn common_table(self, node: &Node) -> Result<CommonTable> {
        if !node.has(K::AS_KW) {
            let name = node.any(&[K::COLUMN_LIST, K::CTE_NAME]);
            return Err(self.missing_after(name.and_then(|it| it.last_token())));
        }
        let materialized = if node.has(K::MATERIALIZED) {
            Some(true)
        } else {
            node.has(K::NOT_MATERIALIZED).then_some(false)
        };
        let query = node.children().find_map(|it| {
            Some(match it.kind() {
                K::INSERT => self.insert(&it).map(CommonTableQuery::Insert),
                K::UPDATE => self.update(&it).map(CommonTableQuery::Update),
                K::DELETE => self.delete(&it).map(CommonTableQuery::Delete),
                K::MERGE => self.merge(&it).map(CommonTableQuery::Merge),
                kind if is_query(kind) => self.query(&it).map(CommonTableQuery::Query),
                _ => return None,
            })
        });
        Ok(CommonTable {
            name: self.ident_in(node, K::CTE_NAME)?,
            columns: self.column_list(node)?,
            materialized,
            query: self.found(node, query)??,
            search: self.opt(node, K::SEARCH_CLAUSE, |it, clause| {
                Ok(Search {
                    breadth_first: clause.has(K::BREADTH_FIRST),
                    columns: it.columns(&it.need(clause, K::SEARCH_COLUMNS)?)?,
                    sequence: it
                        .ident_in(&it.need(clause, K::SEARCH_SET_COLUMN)?, K::COLUMN_NAME_REF)?,
                })
            })?,
            cycle: self.opt(node, K::CYCLE_CLAUSE, |it, clause| {
                let mark = it.need(clause, K::CYCLE_SET_COLUMN)?;
                let values = it.opt(&mark, K::CYCLE_COLUMN_TO, |it, to| {
                    Ok((it.expr_in(to)?, it.expr_in(&it.need(to, K::CYCLE_DEFAULT)?)?))
                })?;
                Ok(Cycle {
                    columns: it.columns(&it.need(clause, K::CYCLE_COLUMNS)?)?,
                    mark: it.ident_in(&mark, K::COLUMN_NAME_REF)?,
                    values,
                    path: it.ident_in(&it.need(clause, K::CYCLE_PATH)?, K::COLUMN_NAME_REF)?,
                })
            })?,
        })
    }

    /// The columns that a node refers to.
    pub(super) fn columns(self, node: &Node) -> Result<Vec<Ident>> {
        self.each(node, K::COLUMN_NAME_REF, Self::ident)
    }

    /// The names of the column list below a node; none where there is no list.
    pub(super) fn column_list(self, node: &Node) -> Result<Vec<Ident>> {
        match node.any(&[K::COLUMN_LIST, K::COLUMN_REF_LIST]) {
            Some(list) => list.children().map(|it| self.ident(&it)).collect(),
            None => Ok(Vec::new()),
        }
    }

    // FROM.

    /// The relation below a node, with `ONLY` or without.
    pub(super) fn relation_in(self, node: &Node) -> Result<RelationRef> {
        let found = node.any(&[
            K::RELATION_NAME,
            K::TABLE_RELATION_NAME,
            K::RELATION_NAME_REF,
            K::TABLE_NAME_REF,
        ]);
        self.relation(&self.found(node, found)?)
    }

    pub(super) fn relation(self, node: &Node) -> Result<RelationRef> {
        let name = match node.any(&[K::RELATION_NAME_REF, K::TABLE_NAME_REF]) {
            Some(name) => self.name(&name)?,
            None => self.name(node)?,
        };
        Ok(RelationRef { name, only: node.has(K::ONLY_KW) })
    }

    /// The items of `FROM` or `USING`.
    pub(super) fn relation_items(self, node: &Node) -> Result<Vec<FromItem>> {
        let items: Vec<FromItem> =
            node.children().map(|it| self.relation_item(&it)).collect::<Result<_>>()?;
        if items.is_empty() { Err(self.missing(node)) } else { Ok(items) }
    }

    /// Joins and parentheses nest, and leave the stack to what they hold.
    pub(super) fn relation_item(self, node: &Node) -> Result<FromItem> {
        match node.kind() {
            K::JOIN_EXPR => self.join(node).map(FromItem::Join),
            K::PAREN_FROM_ITEM | K::PAREN_EXPR => self.nested_item(node),
            _ => self.plain_item(node),
        }
    }

    fn nested_item(self, node: &Node) -> Result<FromItem> {
        let alias = self.opt(node, K::FROM_ALIAS, Self::alias)?;
        let inner = match node.kind() {
            K::PAREN_EXPR => node.clone(),
            _ => self.found(node, node.any(&[K::PAREN_SELECT, K::PAREN_EXPR]))?,
        };
        self.paren_from_item(&inner, node.has(K::LATERAL_KW), alias)
    }

    fn plain_item(self, node: &Node) -> Result<FromItem> {
        let lateral = node.has(K::LATERAL_KW);
        let alias = self.opt(node, K::FROM_ALIAS, Self::alias)?;
        Ok(match node.kind() {
            K::RELATION_FROM_ITEM => {
                let name = self.need(node, K::RELATION_NAME_REF)?;
                if let Some(call) = self.value_function(&name)? {
                    let call = RowsFrom { call, columns: Vec::new() };
                    return Ok(FromItem::Function(RangeFunction {
                        lateral,
                        rows_from: false,
                        functions: vec![call],
                        ordinality: false,
                        alias,
                    }));
                }
                FromItem::Table(RangeTable {
                    relation: RelationRef { name: self.name(&name)?, only: node.has(K::ONLY_KW) },
                    alias,
                    sample: self.opt(node, K::TABLESAMPLE_CLAUSE, Self::sample)?,
                })
            }
            K::FUNCTION_FROM_ITEM | K::EXPR_FROM_ITEM => FromItem::Function(RangeFunction {
                lateral,
                rows_from: false,
                functions: vec![RowsFrom { call: self.expr_in(node)?, columns: Vec::new() }],
                ordinality: node.has(K::WITH_ORDINALITY),
                alias,
            }),
            K::ROWS_FROM_ITEM => FromItem::Function(RangeFunction {
                lateral,
                rows_from: true,
                functions: self.some(node, K::ROWS_FROM_ARG, |it, arg| {
                    Ok(RowsFrom {
                        call: it.expr_in(arg)?,
                        columns: it
                            .opt(arg, K::COLUMN_DEF_LIST, Self::column_definitions)?
                            .unwrap_or_default(),
                    })
                })?,
                ordinality: node.has(K::WITH_ORDINALITY),
                alias,
            }),
            K::XML_TABLE_FROM_ITEM => {
                let call = self.need(node, K::XML_TABLE)?;
                self.table_function(lateral, TableFunction::XmlTable, &call, alias)?
            }
            K::JSON_TABLE_FROM_ITEM => {
                let call = self.need(node, K::JSON_TABLE)?;
                self.table_function(lateral, TableFunction::JsonTable, &call, alias)?
            }
            K::GRAPH_TABLE_FROM_ITEM => {
                let call = self.need(node, K::GRAPH_TABLE_FN)?;
                let graph = self.name_in(&call, K::PROPERTY_GRAPH_REF)?;
                self.table_function(lateral, TableFunction::GraphTable(graph), &call, alias)?
            }
            _ => return Err(self.unexpected_node(node)),
        })
    }

    /// `FROM CURRENT_DATE`: a keyword that is a function, where a table's name could stand.
    fn value_function(self, name: &Node) -> Result<Option<Expr>> {
        let Some(word) = name.tokens().next() else { return Ok(None) };
        let function = matches!(
            word.kind(),
            K::CURRENT_DATE_KW
                | K::CURRENT_TIME_KW
                | K::CURRENT_TIMESTAMP_KW
                | K::LOCALTIME_KW
                | K::LOCALTIMESTAMP_KW
                | K::CURRENT_ROLE_KW
                | K::CURRENT_USER_KW
                | K::USER_KW
                | K::SESSION_USER_KW
                | K::CURRENT_CATALOG_KW
                | K::CURRENT_SCHEMA_KW
        );
        let segment = name.descendants().find(|it| it.kind() == K::PATH_SEGMENT_REF);
        match segment.filter(|_| function) {
            Some(segment) => {
                let range = self.range(&segment);
                Ok(Some(Expr { kind: self.name_ref(&segment)?, range }))
            }
            None => Ok(None),
        }
    }

    /// A query or a join in parentheses.
    fn paren_from_item(self, node: &Node, lateral: bool, alias: Option<Alias>) -> Result<FromItem> {
        if node.kind() == K::PAREN_SELECT || node.which(is_query).is_some() {
            let query = self.query(node)?;
            return Ok(FromItem::Subquery(RangeSubquery { lateral, query, alias }));
        }
        let inner = self.found(node, node.first_child())?;
        let mut item = self.relation_item(&inner)?;
        let outer = match &mut item {
            FromItem::Table(it) => &mut it.alias,
            FromItem::Subquery(it) => &mut it.alias,
            FromItem::Function(it) => &mut it.alias,
            FromItem::TableFunction(it) => &mut it.alias,
            FromItem::Join(it) => &mut it.alias,
        };
        if alias.is_some() {
            *outer = alias;
        }
        Ok(item)
    }

    fn join(self, node: &Node) -> Result<Box<Join>> {
        let join = self.need(node, K::JOIN)?;
        let left = self.found(node, node.children().find(|it| it.kind() != K::JOIN))?;
        let right = join.children().find(|it| is_from_item(it.kind()));
        let right = self.found(&join, right)?;
        let kind = join_kind(&join);
        let natural = join.has(K::NATURAL_KW);
        let condition = self.join_condition(&join)?;
        if condition.is_none() && !natural && kind != JoinKind::Cross {
            return Err(self.missing(&join));
        }
        // Joins without a condition bind to the left, and the tree nests them to the right.
        let nested = condition.is_none() && right.kind() == K::JOIN_EXPR;
        let (left, right) = (self.relation_item(&left)?, self.relation_item(&right)?);
        let join = Box::new(Join { kind, natural, left, right, condition, alias: None });
        Ok(if nested { rotated(join) } else { join })
    }

    fn join_condition(self, join: &Node) -> Result<Option<JoinCondition>> {
        let Some(using) = join.kid(K::JOIN_USING_CLAUSE) else {
            return Ok(self.expr_of(join, K::ON_CLAUSE)?.map(JoinCondition::On));
        };
        Ok(Some(JoinCondition::Using {
            columns: self.column_list(&using)?,
            alias: self.opt(&using, K::REQUIRED_AS_ALIAS, |it, alias| {
                it.ident_in(alias, K::TABLE_ALIAS)
            })?,
        }))
    }

    fn sample(self, node: &Node) -> Result<TableSample> {
        let call = self.need(node, K::CALL_EXPR)?;
        let callee = self.found(&call, call.any(&[K::NAME_REF, K::FIELD_EXPR]))?;
        Ok(TableSample {
            method: self.callee(&callee)?,
            args: self.arg_values(&self.need(&call, K::ARG_LIST)?)?,
            repeatable: self.expr_of(node, K::REPEATABLE_CLAUSE)?,
        })
    }

    fn table_function(
        self,
        lateral: bool,
        function: TableFunction,
        node: &Node,
        alias: Option<Alias>,
    ) -> Result<FromItem> {
        let mut args = Vec::new();
        let mut columns = Vec::new();
        for part in node.children() {
            match part.kind() {
                K::XML_TABLE_COLUMN_LIST | K::JSON_TABLE_COLUMN_LIST => {
                    self.table_columns(&part, &mut columns)?;
                }
                kind if is_expr(kind) => args.push(self.expr(&part)?),
                K::PROPERTY_GRAPH_REF => {}
                _ => args.extend(self.inner_exprs(&part)?),
            }
        }
        Ok(FromItem::TableFunction(RangeTableFunction { lateral, function, args, columns, alias }))
    }

    fn table_columns(self, list: &Node, columns: &mut Vec<TableFunctionColumn>) -> Result<()> {
        for column in list.children() {
            if column.kind() == K::JSON_TABLE_NESTED_COLUMN {
                self.table_columns(&self.need(&column, K::JSON_TABLE_COLUMN_LIST)?, columns)?;
                continue;
            }
            columns.push(TableFunctionColumn {
                name: self.ident_in(&column, K::COLUMN_NAME)?,
                ty: column.which(is_type).map(|it| self.type_name(&it)).transpose()?,
                exprs: self.inner_exprs(&column)?,
            });
        }
        Ok(())
    }

    pub(super) fn alias(self, node: &Node) -> Result<Alias> {
        // Only a list of definitions may stand without a name.
        if !node.has(K::TABLE_ALIAS) && !node.has(K::COLUMN_DEF_LIST) {
            let column = node.kid(K::COLUMN_LIST).and_then(|it| it.kid(K::COLUMN_NAME));
            let last = column.and_then(|it| it.last_token());
            return Err(self.missing_after(last.or_else(|| node.tokens().last())));
        }
        Ok(Alias {
            name: self.opt(node, K::TABLE_ALIAS, Self::ident)?,
            columns: self.column_list(node)?,
            definitions: self
                .opt(node, K::COLUMN_DEF_LIST, Self::column_definitions)?
                .unwrap_or_default(),
        })
    }

    fn column_definitions(self, list: &Node) -> Result<Vec<ColumnDefinition>> {
        self.some(list, K::COLUMN_DEF, |it, column| {
            Ok(ColumnDefinition {
                name: it.ident_in(column, K::COLUMN_NAME)?,
                ty: it.type_in(column)?,
                collation: it.collation(column)?,
            })
        })
    }
}

fn join_kind(join: &Node) -> JoinKind {
    if join.has(K::JOIN_LEFT) {
        JoinKind::Left
    } else if join.has(K::JOIN_RIGHT) {
        JoinKind::Right
    } else if join.has(K::JOIN_FULL) {
        JoinKind::Full
    } else if join.has(K::JOIN_CROSS) {
        JoinKind::Cross
    } else {
        JoinKind::Inner
    }
}

/// `a JOIN (b JOIN c)` as `(a JOIN b) JOIN c`.
fn rotated(mut join: Box<Join>) -> Box<Join> {
    match join.right {
        FromItem::Join(mut inner) => {
            join.right = inner.left;
            inner.left = FromItem::Join(rotated(join));
            inner
        }
        right => {
            join.right = right;
            join
        }
    }
}

/// The `WITH` of a set operation, which the tree has in the first of its queries.
fn leading_with(node: &Node, body: &mut QueryBody) -> Option<With> {
    let QueryBody::SetOperation { left, .. } = body else { return None };
    let first = node.children().find(|it| is_query(it.kind()) || it.kind() == K::PAREN_EXPR)?;
    let bare = !matches!(first.kind(), K::PAREN_SELECT | K::PAREN_EXPR);
    if bare { left.with.take() } else { None }
}

fn is_from_item(kind: K) -> bool {
    matches!(
        kind,
        K::RELATION_FROM_ITEM
            | K::FUNCTION_FROM_ITEM
            | K::EXPR_FROM_ITEM
            | K::PAREN_FROM_ITEM
            | K::ROWS_FROM_ITEM
            | K::XML_TABLE_FROM_ITEM
            | K::JSON_TABLE_FROM_ITEM
            | K::GRAPH_TABLE_FROM_ITEM
            | K::JOIN_EXPR
    )
}
