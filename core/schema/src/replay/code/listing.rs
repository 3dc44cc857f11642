//! Loops over the tables that there are, as the system's views list them.

use super::body::Body;
use super::looping::{MAX_ROUNDS, Round};
use crate::ast::{Expr, ExprKind, Name, Query, QueryBody, Statement};
use crate::catalog::{Catalog, RelationKind};
use crate::plpgsql::Source;
use crate::replay::condition::{self, Known, parts};
use crate::replay::constant::{self, Value, Values};

impl Body<'_, '_> {
    /// A round for each table that a query lists; none where that cannot be told.
    pub(super) fn listed(&self, targets: &[Name], query: &Source) -> Option<Vec<Round>> {
        let Source::Static(sql) = query else { return None };
        let Statement::Query(query) = sql.statement.as_deref()? else { return None };
        let [target] = targets else { return None };
        let catalog: &Catalog = self.run.catalog;
        if catalog.opaque.is_some() || query.limit.is_some() {
            return None;
        }
        let (view, alias, filter) = parts(query)?;
        let view = View::named(&view)?;
        let known = Known { catalog, values: &self.names.values };
        let mut rounds = Vec::new();
        for row in view.rows(catalog) {
            let wanted = match filter {
                None => Some(true),
                Some(filter) => row.passes(known, filter, alias.as_deref()),
            };
            if wanted != Some(false) {
                rounds.push(Round {
                    certain: wanted == Some(true) && row.certain,
                    values: row.outputs(query, target, &self.names.values)?,
                });
            }
        }
        (rounds.len() <= MAX_ROUNDS).then_some(rounds)
    }
}

/// A view of the system that lists tables.
#[derive(Clone, Copy)]
struct View {
    schema: &'static str,
    name: &'static str,
    /// The column that says of what kind it is.
    kind: Option<&'static str>,
}

/// A row of it.
struct Row {
    columns: Values,
    certain: bool,
}

impl View {
    fn named(name: &str) -> Option<Self> {
        match name {
            "pg_tables" => Some(Self { schema: "schemaname", name: "tablename", kind: None }),
            "information_schema.tables" => {
                Some(Self { schema: "table_schema", name: "table_name", kind: Some("table_type") })
            }
            _ => None,
        }
    }

    /// A row for each relation that it lists, and for each that there may be.
    fn rows(self, catalog: &Catalog) -> Vec<Row> {
        let row = |schema: &str, name: &str, kind: &str, certain| {
            let text = |it: &str| Some(it.to_owned());
            let columns = [(self.schema, schema), (self.name, name)].into_iter();
            let columns = columns.chain(self.kind.map(|column| (column, kind)));
            let columns = columns.map(|(column, it)| (column.to_owned(), text(it))).collect();
            Row { columns, certain }
        };
        let own = catalog.iter().filter_map(|(id, entry)| {
            let relation = catalog.relation(id)?;
            let kind = match &relation.kind {
                RelationKind::Table(table) if table.foreign.is_none() => "BASE TABLE",
                RelationKind::Table(_) => "FOREIGN",
                RelationKind::View(_) => "VIEW",
                _ => return None,
            };
            if self.kind.is_none() && kind != "BASE TABLE" {
                return None;
            }
            let schema = catalog.get(relation.schema)?.object.name();
            let certain = !entry.uncertain && !catalog.doubtful.contains(&relation.name);
            // What is temporary lies in a schema with a number.
            (schema != Catalog::TEMPORARY).then(|| row(schema, &relation.name, kind, certain))
        });
        let perhaps = catalog.doubtful.iter().map(|name| row("public", name, "BASE TABLE", false));
        own.chain(perhaps).collect()
    }
}

impl Row {
    /// Whether the filter lets it through.
    fn passes(&self, known: Known<'_>, filter: &Expr, alias: Option<&str>) -> Option<bool> {
        let ExprKind::And(left, right) = &filter.kind else {
            let (column, value) = condition::equality(known, filter, alias)?;
            return Some(self.columns.get(&column)?.as_ref() == Some(&value));
        };
        match (self.passes(known, left, alias), self.passes(known, right, alias)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }

    /// What the variable of the loop is: the fields of a record, or the one value.
    fn outputs(
        &self,
        query: &Query,
        target: &Name,
        outside: &Values,
    ) -> Option<Vec<(String, Value)>> {
        let QueryBody::Select(select) = &query.body else { return None };
        let mut values = outside.clone();
        values.extend(self.columns.clone());
        let mut outputs = Vec::new();
        for item in &select.targets {
            let name = match (&item.alias, &item.expr.kind) {
                (Some(alias), _) => alias.text.clone(),
                (None, ExprKind::Column(column)) if column.star => {
                    outputs.extend(self.columns.clone());
                    continue;
                }
                (None, ExprKind::Column(column)) => column.fields.last()?.text.clone(),
                _ => String::new(),
            };
            let unqualified = constant::unqualified(&item.expr);
            let value = constant::value(unqualified.as_ref().unwrap_or(&item.expr), &values);
            if let Some(value) = value {
                outputs.push((name, value));
            }
        }
        let variable = &target.name.text;
        let single = match outputs.as_slice() {
            [(_, value)] if select.targets.len() == 1 => Some((variable.clone(), value.clone())),
            _ => None,
        };
        let fields = outputs.into_iter().map(|(name, value)| (format!("{variable}.{name}"), value));
        Some(fields.chain(single).collect())
    }
}
