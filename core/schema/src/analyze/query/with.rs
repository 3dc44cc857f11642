//! `WITH`, and recursion.

use std::cell::RefCell;

use super::{Field, Rows};
use crate::Code;
use crate::analyze::{Analyzer, Scope, Typed};
use crate::ast::{CommonTable, CommonTableQuery, Ident, Query, QueryBody, SetOperator, With};
use crate::catalog::{ColumnType, TypeRef};
use crate::replay::{Outcome, Refusal};

/// The queries of a `WITH`, as far as they were read.
#[derive(Debug)]
pub(crate) struct WithTables<'q> {
    tables: &'q [CommonTable],
    recursive: bool,
    states: RefCell<Vec<State>>,
    /// Those that are being read, the innermost last.
    open: RefCell<Vec<usize>>,
}

/// How far a query of a `WITH` was read.
#[derive(Debug, Clone)]
enum State {
    Pending,
    /// Being read, and not of a form that could name itself.
    Open,
    /// The part before `UNION` is being read.
    First,
    /// The part behind it is, which may name the query once.
    Second {
        rows: Rows,
        named: bool,
        hidden: usize,
    },
    Done(Rows),
}

impl<'q> WithTables<'q> {
    pub(super) fn new(with: &'q With) -> Self {
        let states = RefCell::new(vec![State::Pending; with.tables.len()]);
        Self { tables: &with.tables, recursive: with.recursive, states, open: RefCell::default() }
    }

    fn state(&self, at: usize) -> State {
        self.states.borrow().get(at).cloned().unwrap_or(State::Pending)
    }

    fn set(&self, at: usize, state: State) {
        if let Some(it) = self.states.borrow_mut().get_mut(at) {
            *it = state;
        }
    }
}

/// The query of a `WITH` that a name in `FROM` means.
pub(super) fn find(
    analyzer: &mut Analyzer<'_>,
    scope: &Scope<'_>,
    name: &Ident,
    depth: usize,
) -> Outcome<Option<Rows>> {
    for link in scope.chain() {
        let Some(with) = link.with_tables() else { continue };
        let Some(at) = with.tables.iter().position(|it| it.name.text == name.text) else {
            continue;
        };
        match with.state(at) {
            State::Done(rows) => {
                if !rows.has_fields() {
                    return Refusal::new(
                        Code::FeatureNotSupported,
                        format!("WITH query \"{}\" does not have a RETURNING clause", name.text),
                    )
                    .at(name.range)
                    .stop();
                }
                return Ok(Some(rows));
            }
            // Without RECURSIVE, a query sees those before it.
            _ if !with.recursive => {}
            State::Pending => return analyzer.common_table(with, at, link).map(Some),
            _ if with.open.borrow().last() != Some(&at) => {
                let message = "mutual recursion between WITH items is not implemented";
                return Refusal::new(Code::FeatureNotSupported, message).at(name.range).stop();
            }
            State::Open => {
                return invalid_recursion(
                    name,
                    "does not have the form non-recursive-term UNION [ALL] recursive-term",
                )
                .stop();
            }
            State::First => {
                let message = format!(
                    "recursive reference to query \"{}\" must not appear within its non-recursive term",
                    name.text
                );
                return Refusal::new(Code::InvalidRecursion, message).at(name.range).stop();
            }
            State::Second { rows, named, hidden } => {
                let wrong = if named {
                    Some("more than once")
                } else if hidden != analyzer.hidden {
                    Some("within a subquery, an outer join, INTERSECT or EXCEPT")
                } else {
                    None
                };
                if let Some(wrong) = wrong {
                    let message = format!(
                        "recursive reference to query \"{}\" must not appear {wrong}",
                        name.text
                    );
                    return Refusal::new(Code::InvalidRecursion, message).at(name.range).stop();
                }
                with.set(at, State::Second { rows: rows.clone(), named: true, hidden });
                if let Some(level) = analyzer.levels.get_mut(depth) {
                    level.reads_itself = true;
                }
                return Ok(Some(rows));
            }
        }
    }
    Ok(None)
}

fn invalid_recursion(name: &Ident, what: &str) -> Refusal {
    Refusal::new(Code::InvalidRecursion, format!("recursive query \"{}\" {what}", name.text))
        .at(name.range)
}

impl Analyzer<'_> {
    /// Reads the queries of a `WITH`. `scope` is the one that it makes.
    pub(super) fn common_tables(&mut self, with: &WithTables<'_>, scope: &Scope<'_>) -> Outcome {
        for (at, table) in with.tables.iter().enumerate() {
            if with.tables[..at].iter().any(|it| it.name.text == table.name.text) {
                return Refusal::new(
                    Code::DuplicateAlias,
                    format!("WITH query name \"{}\" specified more than once", table.name.text),
                )
                .at(table.name.range)
                .stop();
            }
        }
        for at in 0..with.tables.len() {
            if matches!(with.state(at), State::Pending) {
                self.common_table(with, at, scope)?;
            }
        }
        Ok(())
    }

    fn common_table(
        &mut self,
        with: &WithTables<'_>,
        at: usize,
        scope: &Scope<'_>,
    ) -> Outcome<Rows> {
        let Some(table) = with.tables.get(at) else { return Ok(Rows::default()) };
        with.open.borrow_mut().push(at);
        let mut rows = match &table.query {
            CommonTableQuery::Query(query) => match &query.body {
                QueryBody::SetOperation { op: SetOperator::Union, .. }
                    if with.recursive && query.with.is_none() =>
                {
                    self.recursive_union(with, at, query, scope)?
                }
                _ => {
                    with.set(at, State::Open);
                    self.run_query(query, Some(scope))?
                }
            },
            other => {
                with.set(at, State::Open);
                if !scope.is_top() {
                    return Refusal::new(
                        Code::FeatureNotSupported,
                        "WITH clause containing a data-modifying statement must be at the top level",
                    )
                    .at(table.name.range)
                    .stop();
                }
                self.changing(other, scope)?
            }
        };
        name_columns(&mut rows, table)?;
        for field in &mut rows.fields {
            let ty = Self::settle(&field.value);
            field.value = Typed { ty, literal: None, ..field.value.clone() };
        }
        self.add_search_and_cycle(&mut rows, table, scope)?;
        with.open.borrow_mut().pop();
        with.set(at, State::Done(Rows { tail: 0, ..rows.clone() }));
        Ok(Rows { tail: 0, ..rows })
    }

    fn recursive_union(
        &mut self,
        with: &WithTables<'_>,
        at: usize,
        query: &Query,
        scope: &Scope<'_>,
    ) -> Outcome<Rows> {
        let QueryBody::SetOperation { left, right, .. } = &query.body else {
            return self.run_query(query, Some(scope));
        };
        let Some(table) = with.tables.get(at) else { return Ok(Rows::default()) };
        with.set(at, State::First);
        let first = self.run_query(left, Some(scope))?;
        let mut known = first.clone();
        name_columns(&mut known, table)?;
        for field in &mut known.fields {
            let ty = Self::settle(&field.value);
            field.value = Typed { ty, literal: None, ..field.value.clone() };
        }
        self.add_search_and_cycle(&mut known, table, scope)?;
        with.set(at, State::Second { rows: known.clone(), named: false, hidden: self.hidden });
        let second = self.run_query(right, Some(scope))?;
        let recursive = matches!(with.state(at), State::Second { named: true, .. });
        let whole = self.union_of(first, second, SetOperator::Union)?;
        let whole = self.query_tail(query, whole, Some(scope))?;
        if recursive {
            let unsupported = [
                (!query.order_by.is_empty(), "ORDER BY"),
                (query.offset.is_some(), "OFFSET"),
                (query.limit.is_some(), "LIMIT"),
                (!query.locking.is_empty(), "FOR UPDATE/SHARE"),
            ];
            if let Some((_, what)) = unsupported.iter().find(|(is, _)| *is) {
                let message = format!("{what} in a recursive query is not implemented");
                return Refusal::new(Code::FeatureNotSupported, message).at(query.range).stop();
            }
            self.check_recursive_types(table, &known, &whole)?;
            known.fields.truncate(whole.fields.len());
            return Ok(Rows { open: whole.open, tail: 0, ..known });
        }
        Ok(whole)
    }

    fn check_recursive_types(&self, table: &CommonTable, first: &Rows, whole: &Rows) -> Outcome {
        for (at, (one, all)) in first.fields.iter().zip(&whole.fields).enumerate() {
            let (one, all) = (&one.value.ty, Self::settle(&all.value));
            if one.ty.is_unknown() || all.ty.is_unknown() || *one == all {
                continue;
            }
            if one.ty == all.ty {
                // The same type with another length; an unwritten one is no surprise.
                if one.modifier.is_empty() || !all.modifier.is_empty() {
                    continue;
                }
            }
            let message = format!(
                "recursive query \"{}\" column {} has type {} in non-recursive term but type {} overall",
                table.name.text,
                at + 1,
                self.type_name(one),
                self.type_name(&all),
            );
            return Refusal::new(Code::DatatypeMismatch, message).at(table.name.range).stop();
        }
        Ok(())
    }

    /// The columns that `SEARCH` and `CYCLE` add.
    fn add_search_and_cycle(
        &mut self,
        rows: &mut Rows,
        table: &CommonTable,
        scope: &Scope<'_>,
    ) -> Outcome {
        let known = |rows: &Rows, name: &Ident, what: &str| -> Outcome {
            if rows.open || rows.fields.iter().any(|it| it.name == name.text) {
                return Ok(());
            }
            let message = format!("{what} column \"{}\" not in WITH query column list", name.text);
            Refusal::new(Code::SyntaxError, message).at(name.range).stop()
        };
        let add = |rows: &mut Rows, name: &Ident, ty: TypeRef| {
            let value = Typed { ty: ColumnType::plain(ty), range: name.range, literal: None };
            rows.fields.push(Field { name: name.text.clone(), value });
            rows.tail += 1;
        };
        if let Some(search) = &table.search {
            for name in &search.columns {
                known(rows, name, "search")?;
            }
            let record = TypeRef::catalog("record");
            let ty = if search.breadth_first { record } else { record.array_of() };
            add(rows, &search.sequence, ty);
        }
        if let Some(cycle) = &table.cycle {
            for name in &cycle.columns {
                known(rows, name, "cycle")?;
            }
            let mark = match &cycle.values {
                None => TypeRef::catalog("bool"),
                Some((one, other)) => {
                    let values = [self.expr(one, scope)?, self.expr(other, scope)?];
                    let ty = self.common_type(&values, "CYCLE")?;
                    if values.iter().all(|it| it.literal.is_some()) {
                        TypeRef::catalog("text")
                    } else {
                        ty
                    }
                }
            };
            add(rows, &cycle.mark, mark);
            add(rows, &cycle.path, TypeRef::catalog("record").array_of());
        }
        Ok(())
    }
}

/// Gives the columns of a query the names in parentheses.
fn name_columns(rows: &mut Rows, table: &CommonTable) -> Outcome {
    let (given, there) = (table.columns.len(), rows.fields.len());
    if given > there && !rows.open {
        return Refusal::new(
            Code::InvalidColumnReference,
            format!(
                "WITH query \"{}\" has {there} columns available but {given} columns specified",
                table.name.text
            ),
        )
        .at(table.name.range)
        .stop();
    }
    for (field, name) in rows.fields.iter_mut().zip(&table.columns) {
        field.name.clone_from(&name.text);
        if rows.open {
            // It is not known which column is at this position.
            field.value.ty = ColumnType::plain(TypeRef::UNKNOWN);
        }
    }
    for name in table.columns.iter().skip(there) {
        let value =
            Typed { ty: ColumnType::plain(TypeRef::UNKNOWN), range: name.range, literal: None };
        rows.fields.push(Field { name: name.text.clone(), value });
    }
    Ok(())
}
