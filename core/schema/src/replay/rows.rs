//! Statements that read or change rows, and those that make a table of a query.

use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Output};
use crate::ast::{
    Constant, CreateTableAs, ExprKind, FuncCall, IntoClause, OnCommit, Query, QueryBody, Select,
    Statement, TableSource, TextRange,
};
use crate::catalog::{
    Column, ColumnNumber, ColumnType, Object, Relation, RelationHit, RelationKind, Table, TypeRef,
};

impl Run<'_> {
    /// `INSERT`, `UPDATE`, `DELETE`, `MERGE`.
    pub(super) fn change_rows(&mut self, statement: &Statement) -> Outcome {
        self.rows_in_body(statement, self.range, &Columns::default())
    }

    /// A query at the top.
    pub(super) fn query(&mut self, query: &Query) -> Outcome {
        self.query_in_body(query, query.range, &Columns::default())
    }

    /// A query, or a statement that changes rows, with the names that are around it in the body of
    /// a function.
    pub(super) fn rows_in_body(
        &mut self,
        statement: &Statement,
        range: TextRange,
        columns: &Columns<'_>,
    ) -> Outcome {
        if let Statement::Query(query) = statement {
            return self.query_in_body(query, range, columns);
        }
        let outcome = Analyzer::new(self.catalog, self.text).rows_with(statement, columns);
        if let Err(Stop::Refused(refusal)) = outcome {
            // From version 18 on, `RETURNING` knows the old and the new row, under any name.
            let rows = refusal.code == Code::UndefinedTable && self.catalog.version().major() >= 18;
            if !(rows && refusal.message.starts_with("missing FROM-clause entry")) {
                return Err(Stop::Refused(refusal));
            }
        }
        if let Statement::Insert(insert) = statement {
            self.check_nulls(insert, range)?;
        }
        let (target, events): (_, &[&str]) = match statement {
            Statement::Insert(it) => (Some(&it.table), &["INSERT", "UPDATE"]),
            Statement::Update(it) => (Some(&it.table.name), &["UPDATE"]),
            Statement::Delete(it) => (Some(&it.table.name), &["DELETE"]),
            Statement::Merge(it) => (Some(&it.table.name), &["INSERT", "UPDATE", "DELETE"]),
            _ => (None, &[]),
        };
        let target = target.and_then(|name| self.catalog.find_relation(name).found());
        if let Some(RelationHit::Own(id)) = target {
            self.fire_triggers(id, events)?;
        }
        self.run_calls_in(range)
    }

    fn query_in_body(&mut self, query: &Query, range: TextRange, columns: &Columns<'_>) -> Outcome {
        let outcome = Analyzer::new(self.catalog, self.text).query_with(query, columns);
        if let Some(into) = into(query) {
            let outputs = match outcome {
                Ok(outputs) => outputs,
                Err(stop @ Stop::Refused(_)) => return Err(stop),
                Err(Stop::Unknown) => Vec::new(),
            };
            self.table_of(into, false, outputs)?;
            return self.run_calls_in(range);
        }
        if let Err(Stop::Refused(refusal)) = outcome {
            return Err(Stop::Refused(refusal));
        }
        let only = lone_calls(query);
        let Some(calls) = only else { return self.run_calls_in(range) };
        for call in calls {
            self.set_config(call)?;
            self.run_call(call, range)?;
        }
        Ok(())
    }

    /// `set_config('search_path', …)`.
    fn set_config(&mut self, call: &FuncCall) -> Outcome {
        if call.name.name.text != "set_config" {
            return Ok(());
        }
        let text = |at: usize| match call.args.get(at).map(|arg| &arg.value.kind) {
            Some(ExprKind::Constant(Constant::String(text))) => Some(text.as_str()),
            _ => None,
        };
        match (text(0), text(1)) {
            (Some("search_path"), Some(value)) => {
                self.catalog.session.search_path = value
                    .split(',')
                    .map(|schema| schema.trim().trim_matches('"').to_owned())
                    .filter(|schema| !schema.is_empty())
                    .collect();
                Ok(())
            }
            (Some("search_path"), None) | (None, _) => Err(Stop::Unknown),
            (Some("check_function_bodies"), value) => {
                let off = ["off", "false", "0", "no"];
                self.catalog.session.check_function_bodies =
                    !value.is_some_and(|value| off.contains(&value));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// `CREATE TABLE … AS`.
    pub(super) fn create_table_as(&mut self, statement: &CreateTableAs) -> Outcome {
        let TableSource::Query(query) = &statement.source else {
            // What was prepared is not kept.
            return self.table_of(&statement.into, statement.if_not_exists, Vec::new());
        };
        if statement.if_not_exists
            && self.catalog.find_relation(&statement.into.name).found().is_some()
        {
            return Ok(());
        }
        let outputs = match Analyzer::new(self.catalog, self.text).query(query) {
            Ok(outputs) => outputs,
            Err(stop @ Stop::Refused(_)) => return Err(stop),
            Err(Stop::Unknown) => Vec::new(),
        };
        self.table_of(&statement.into, statement.if_not_exists, outputs)?;
        self.run_calls_in(query.range)
    }

    /// Makes the table of a query. Without outputs, its columns are not known.
    fn table_of(
        &mut self,
        into: &IntoClause,
        if_not_exists: bool,
        outputs: Vec<Output>,
    ) -> Outcome {
        let (schema, persistence) = self.creation_place(&into.name, into.persistence)?;
        let unknown = outputs.is_empty();
        if let Err(stop) = self.relation_and_type_name_is_free(schema, &into.name.name) {
            return if if_not_exists { Ok(()) } else { Err(stop) };
        }
        if !unknown && into.columns.len() > outputs.len() {
            return Refusal::new(Code::SyntaxError, "too many column names were specified")
                .at(into.name.range)
                .stop();
        }
        let mut columns: Vec<Column> = Vec::new();
        for (at, output) in outputs.into_iter().enumerate() {
            let name = into.columns.get(at).map_or(output.name, |name| name.text.clone());
            if columns.iter().any(|column| column.name == name) {
                return Refusal::new(
                    Code::DuplicateColumn,
                    format!("column \"{name}\" specified more than once"),
                )
                .at(into.name.range)
                .stop();
            }
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            columns.push(Column::new(ColumnNumber(number), name, output.ty, self.place));
        }
        if unknown {
            for (at, name) in into.columns.iter().enumerate() {
                let number = ColumnNumber(u16::try_from(at + 1).unwrap_or(u16::MAX));
                let ty = ColumnType::plain(TypeRef::UNKNOWN);
                columns.push(Column::new(number, name.text.clone(), ty, self.place));
            }
        }
        let next_column = u16::try_from(columns.len() + 1).unwrap_or(u16::MAX);
        let id = self.catalog.insert(
            Object::Relation(Relation {
                schema,
                name: into.name.name.text.clone(),
                kind: RelationKind::Table(Table::default()),
                columns,
                next_column,
                persistence,
                options: Vec::new(),
                access_method: into.access_method.as_ref().map(|it| it.text.clone()),
                tablespace: into.tablespace.as_ref().map(|it| it.text.clone()),
            }),
            self.place,
        );
        if into.on_commit == Some(OnCommit::Drop) {
            self.catalog.session.on_commit_drop.push(id);
        }
        if unknown {
            self.catalog.update(id, |entry| entry.uncertain = true);
        }
        Ok(())
    }
}

fn into(query: &Query) -> Option<&IntoClause> {
    match &query.body {
        QueryBody::Select(select) => select.into.as_ref(),
        _ => None,
    }
}

/// The calls of a query that is nothing but a list of calls: `SELECT f('a'), g(1)`.
fn lone_calls(query: &Query) -> Option<Vec<&FuncCall>> {
    let QueryBody::Select(select) = &query.body else { return None };
    let Select { from, filter, targets, .. } = select.as_ref();
    if !from.is_empty() || filter.is_some() || query.with.is_some() {
        return None;
    }
    let calls = targets.iter().map(|target| match &target.expr.kind {
        ExprKind::Call(call) => {
            let simple = call
                .args
                .iter()
                .all(|arg| !matches!(arg.value.kind, ExprKind::Call(_) | ExprKind::Sublink(_)));
            simple.then_some(call.as_ref())
        }
        _ => None,
    });
    calls.collect()
}
