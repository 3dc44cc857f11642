//! Variables, and what is known of their values.

use super::body::Body;
use crate::ast;
use crate::plpgsql::{self, Expression, IntoTargets};
use crate::replay::eval::{self, Datum, Only};

impl Body<'_, '_> {
    /// The value of an expression, where it is known.
    pub(super) fn value(&self, expression: &Expression) -> Option<Datum> {
        let (catalog, values) = (&*self.run.catalog, &self.names.values);
        if let Some(expr) = expression.expr() {
            return eval::value(catalog, values, expr);
        }
        self.answer(expression.query.as_deref())?.only_row().value()
    }

    pub(super) fn answer(&self, query: Option<&ast::Query>) -> Option<eval::Answer> {
        eval::answer(self.run.catalog, &self.names.values, query?)
    }

    /// The variable that says whether the last statement found a row.
    pub(super) fn found(&mut self, found: Option<bool>) {
        match found {
            Some(found) => self.names.values.insert("found".to_owned(), Datum::Bool(found)),
            None => self.names.values.remove("found"),
        };
    }

    /// `SELECT … INTO`: the variables have what the query gives.
    pub(super) fn select_into(&mut self, sql: &plpgsql::Sql, into: Option<&IntoTargets>) {
        let query = match sql.statement.as_deref() {
            Some(ast::Statement::Query(query)) => Some(query),
            Some(
                ast::Statement::Insert(_)
                | ast::Statement::Update(_)
                | ast::Statement::Delete(_)
                | ast::Statement::Merge(_),
            ) => None,
            _ => return,
        };
        let answer = self.answer(query);
        self.found(answer.as_ref().and_then(eval::Answer::exists));
        let Some(into) = into else { return };
        self.forget_all(&into.targets);
        let row = answer.as_ref().map_or(Only::Unknown, eval::Answer::only_row);
        self.assign(&into.targets, row);
    }

    /// Variables get the values of a row.
    pub(super) fn assign(&mut self, targets: &[ast::Name], row: Only<'_>) {
        let values = &mut self.names.values;
        match row {
            Only::Unknown => {}
            Only::Nothing => {
                let own = targets.iter().filter(|it| it.qualifiers.is_empty());
                values.extend(own.map(|it| (it.name.text.clone(), Datum::Null)));
            }
            Only::Row(cells) => {
                let known = cells.iter().filter_map(|(name, value)| Some((name, value.clone()?)));
                if let [record] = targets {
                    let record = &record.name.text;
                    values.extend(known.map(|(name, value)| (format!("{record}.{name}"), value)));
                }
                if targets.len() == cells.len() {
                    let pairs = targets.iter().zip(cells);
                    let own = pairs.filter(|(target, _)| target.qualifiers.is_empty());
                    values.extend(own.filter_map(|(target, (_, value))| {
                        Some((target.name.text.clone(), value.clone()?))
                    }));
                }
            }
        }
    }

    pub(super) fn forget_all(&mut self, names: &[ast::Name]) {
        for name in names {
            self.forget(name);
        }
    }

    /// Nothing is known of a variable, and of its fields.
    pub(super) fn forget(&mut self, name: &ast::Name) {
        let mut gone: Vec<&str> = name.qualifiers.iter().map(|it| it.text.as_str()).collect();
        gone.push(&name.name.text);
        self.names.values.retain(|known, _| {
            !gone.iter().any(|gone| {
                known.strip_prefix(gone).is_some_and(|it| it.is_empty() || it.starts_with('.'))
            })
        });
    }
}
