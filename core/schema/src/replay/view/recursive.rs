//! `CREATE RECURSIVE VIEW v (a) AS …` is `CREATE VIEW v AS WITH RECURSIVE v (a) AS (…) SELECT a
//! FROM v`.

use super::body::Body;
use crate::analyze::Analyzer;
use crate::ast::{
    ColumnRef, CommonTable, CommonTableQuery, CreateView, Expr, ExprKind, FromItem, Name, Query,
    QueryBody, RangeTable, RelationRef, Select, Target, With,
};
use crate::catalog::Text;
use crate::replay::{Outcome, Run, Stop};

impl Run<'_> {
    pub(super) fn recursive_body(&self, statement: &CreateView) -> Outcome<Body> {
        let query = expand(statement);
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        let outputs = match analyzer.query(&query) {
            Ok(outputs) => Some(outputs),
            Err(Stop::Unknown) => None,
            Err(refused) => return Err(refused),
        };
        let name = analyzer.text(statement.name.name.range);
        let mut columns = Text::default();
        for (at, column) in statement.columns.iter().enumerate() {
            columns.push(if at == 0 { "" } else { ", " });
            columns.append(&analyzer.text(column.range));
        }
        let mut text = Text::plain("WITH RECURSIVE ");
        text.append(&name);
        text.push("(");
        text.append(&columns);
        text.push(") AS (\n");
        text.append(&analyzer.text(statement.query.range));
        text.push("\n)\nSELECT ");
        text.append(&columns);
        text.push(" FROM ");
        text.append(&name);
        Ok(Body::new(text, outputs, &query))
    }
}

fn expand(statement: &CreateView) -> Query {
    let name = &statement.name.name;
    let table = CommonTable {
        name: name.clone(),
        columns: statement.columns.clone(),
        materialized: None,
        query: CommonTableQuery::Query(statement.query.clone()),
        search: None,
        cycle: None,
    };
    let target = |column: &crate::ast::Ident| Target {
        expr: Expr {
            kind: ExprKind::Column(ColumnRef { fields: vec![column.clone()], star: false }),
            range: column.range,
        },
        alias: None,
    };
    let select = Select {
        distinct: None,
        targets: statement.columns.iter().map(target).collect(),
        into: None,
        from: vec![FromItem::Table(RangeTable {
            relation: RelationRef { name: Name::from(name.clone()), only: false },
            alias: None,
            sample: None,
        })],
        filter: None,
        group_by: None,
        having: None,
        windows: Vec::new(),
    };
    Query {
        with: Some(With { recursive: true, tables: vec![table] }),
        body: QueryBody::Select(Box::new(select)),
        order_by: Vec::new(),
        limit: None,
        offset: None,
        locking: Vec::new(),
        range: statement.query.range,
    }
}
