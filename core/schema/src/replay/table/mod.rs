//! `CREATE TABLE`.
//!
//! Source: `transformCreateStmt` in PostgreSQL's `parser/parse_utilcmd.c`, `DefineRelation` in
//! `commands/tablecmds.c`.

mod inherit;
mod like;
mod partition;

use std::collections::BTreeSet;

use super::column::{ColumnDraft, DraftDefault, TableSort};
use super::index::is_partitioned;
use super::operator_class::access_method;
use super::options::Owner;
use super::refusal::refused;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{
    ColumnDef, CreateTable, Ident, OnCommit, Persistence, TableConstraint, TableElement, TextRange,
};
use crate::builtin::AccessMethodKind;
use crate::catalog::{
    BaseType, Column, ColumnNumber, Object, ObjectId, Relation, RelationKind, Table, Text,
};
use crate::dump::quote_ident;

/// The most columns that a table can have (`MaxHeapAttributeNumber`).
pub(super) const MAX_COLUMNS: usize = 1600;

/// The names of the columns that every table has.
const SYSTEM_COLUMNS: [&str; 6] = ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"];

/// A column of a table that is being made.
struct Planned<'a> {
    column: Column,
    default: DraftDefault<'a>,
    /// Where it is named, for findings.
    range: TextRange,
}

/// The parts of a table that is being made.
#[derive(Default)]
struct Plan<'a> {
    columns: Vec<Planned<'a>>,
    constraints: Vec<TableConstraint>,
    /// The tables of `LIKE`, to take more from once the table is there.
    likes: Vec<like::Source>,
}

impl Run<'_> {
    pub(super) fn create_table(&mut self, statement: &CreateTable) -> Outcome {
        let name = &statement.name;
        let (schema, persistence) = self.creation_place(name, statement.persistence)?;
        if statement.if_not_exists && self.relation_exists(schema, &name.name) {
            return Ok(());
        }
        if statement.on_commit.is_some() && persistence != Persistence::Temporary {
            return refused(
                Code::InvalidTableDefinition,
                "ON COMMIT can only be used on temporary tables",
                name.range,
            );
        }
        let parents = self.parents_of(statement)?;
        let mut plan = self.plan(statement)?;
        let owner =
            if statement.partition_by.is_some() { Owner::Partitioned } else { Owner::Table };
        let options = self.options(&statement.with, owner)?;
        let of_type = self.type_of_table(statement, &mut plan)?;
        let mut columns = self.merge_parents(statement, &parents, &mut plan)?;
        check_names(&columns, &plan)?;
        self.access_method_of(statement)?;
        self.relation_and_type_name_is_free(schema, &name.name)?;
        for (at, column) in columns.iter_mut().enumerate() {
            column.number = ColumnNumber(u16::try_from(at + 1).unwrap_or(u16::MAX));
        }
        let table = Table {
            inherits: if statement.partition_of.is_some() { Vec::new() } else { parents.clone() },
            of_type,
            foreign: foreign_clause(statement),
            ..Table::default()
        };
        let id = self.catalog.insert(
            Object::Relation(Relation {
                schema,
                name: name.name.text.clone(),
                kind: RelationKind::Table(table),
                next_column: u16::try_from(columns.len() + 1).unwrap_or(u16::MAX),
                columns,
                persistence,
                options,
                access_method: statement
                    .access_method
                    .as_ref()
                    .map(|it| it.text.clone())
                    .filter(|it| it != "heap"),
                tablespace: statement.tablespace.as_ref().map(|it| it.text.clone()),
            }),
            self.place,
        );
        if statement.on_commit == Some(OnCommit::Drop) {
            self.catalog.session.on_commit_drop.push(id);
        }
        self.fill(id, statement, &parents, &plan)
    }

    /// What a table has besides its columns, which may speak of them.
    fn fill(
        &mut self,
        id: ObjectId,
        statement: &CreateTable,
        parents: &[ObjectId],
        plan: &Plan<'_>,
    ) -> Outcome {
        for planned in &plan.columns {
            let number = self
                .catalog
                .relation(id)
                .and_then(|it| it.column(&planned.column.name))
                .map(|it| it.number);
            if let Some(number) = number {
                self.give_default(id, number, planned.default, planned.range)?;
            }
        }
        self.refuse_chains_of_generated(id, plan)?;
        if let Some((_, bound)) = &statement.partition_of
            && let Some(&parent) = parents.first()
        {
            self.put_into_parent(id, parent, bound, &statement.name.name)?;
        }
        if let Some(by) = &statement.partition_by {
            let key = self.partition_key(id, by)?;
            self.catalog.update_relation(id, |it| {
                if let Some(table) = it.as_table_mut() {
                    table.partition_key = Some(key);
                }
            });
        }
        for parent in parents {
            self.inherit_checks(id, *parent, &statement.name.name)?;
        }
        if statement.partition_of.is_some()
            && let Some(&parent) = parents.first()
        {
            self.partition_like_parent(id, parent, statement.name.range)?;
        }
        refuse_repeated_checks(&plan.constraints)?;
        self.add_constraints(id, &plan.constraints, false)?;
        for source in &plan.likes {
            self.finish_like(id, source)?;
        }
        Ok(())
    }

    /// Reads the elements between the parentheses.
    fn plan<'s>(&self, statement: &'s CreateTable) -> Outcome<Plan<'s>> {
        let sort = if statement.foreign.is_some() {
            TableSort::Foreign
        } else if statement.of_type.is_some() {
            TableSort::Typed
        } else if statement.partition_of.is_some() {
            TableSort::Partition
        } else {
            TableSort::Plain
        };
        let mut plan = Plan::default();
        for element in &statement.elements {
            match element {
                TableElement::Column(definition) => {
                    self.plan_column(definition, statement, sort, &mut plan)?;
                }
                TableElement::Constraint(constraint) => plan.constraints.push(constraint.clone()),
                TableElement::Like(like) => {
                    if matches!(sort, TableSort::Typed | TableSort::Partition) {
                        return refused(
                            Code::SyntaxError,
                            "LIKE is not supported for creating such tables",
                            like.relation.range,
                        );
                    }
                    self.plan_like(like, &mut plan)?;
                }
            }
        }
        Ok(plan)
    }

    fn plan_column<'s>(
        &self,
        definition: &'s ColumnDef,
        statement: &CreateTable,
        sort: TableSort,
        plan: &mut Plan<'s>,
    ) -> Outcome {
        let table = &statement.name.name.text;
        let draft = self.column_of(definition, table, sort, ColumnNumber(0))?;
        let ColumnDraft { column, name, default, constraints, .. } = draft;
        // A column of a typed table or a partition gets its type from there.
        let merges = definition.ty.is_none();
        if let Some(there) = plan.columns.iter().find(|it| it.column.name == column.name)
            && !merges
        {
            return repeated(name, there.range, &there.column);
        }
        plan.constraints.extend(constraints);
        plan.columns.push(Planned { column, default, range: name.range });
        Ok(())
    }

    /// The columns of the composite type of `OF`, into which those of the statement go.
    fn type_of_table(
        &self,
        statement: &CreateTable,
        plan: &mut Plan<'_>,
    ) -> Outcome<Option<ObjectId>> {
        let Some(name) = &statement.of_type else { return Ok(None) };
        let ty = self.column_type(name)?.ty;
        let wrong = || {
            refused(
                Code::WrongObjectType,
                format!("type {} is not a composite type", self.catalog.bare_type_name(ty)),
                name.range,
            )
        };
        let id = match ty.base {
            BaseType::Own(id) if !ty.array => id,
            BaseType::Unknown => return Err(Stop::Unknown),
            _ => return wrong(),
        };
        let Some(of) = self.catalog.relation(id) else { return wrong() };
        if of.kind != RelationKind::Composite {
            return wrong();
        }
        let mut columns: Vec<Planned<'_>> = of
            .columns
            .iter()
            .map(|it| {
                let column = Column::new(it.number, &it.name, it.ty.clone(), self.place);
                let column = Column { collation: it.collation.clone(), ..column };
                Planned { column, default: DraftDefault::None, range: name.range }
            })
            .collect();
        for said in std::mem::take(&mut plan.columns) {
            let Some(there) = columns.iter_mut().find(|it| it.column.name == said.column.name)
            else {
                return Refusal::new(
                    Code::UndefinedColumn,
                    format!("column \"{}\" does not exist", said.column.name),
                )
                .at(said.range)
                .one_of(&said.column.name, of.columns.iter().map(|it| it.name.as_str()))
                .stop();
            };
            there.column.not_null = said.column.not_null;
            (there.default, there.range) = (said.default, said.range);
        }
        plan.columns = columns;
        Ok(Some(id))
    }

    fn access_method_of(&self, statement: &CreateTable) -> Outcome {
        let Some(name) = &statement.access_method else { return Ok(()) };
        if statement.partition_by.is_some() && self.catalog.version().major() < 17 {
            return refused(
                Code::FeatureNotSupported,
                "specifying a table access method is not supported on a partitioned table",
                name.range,
            );
        }
        let index = |kind| kind == AccessMethodKind::Index;
        if access_method(self.catalog, name)?.is_some_and(|it| index(it.kind)) {
            return refused(
                Code::WrongObjectType,
                format!("access method \"{}\" is not of type TABLE", name.text),
                name.range,
            );
        }
        Ok(())
    }

    /// A generated column cannot be made of another one.
    fn refuse_chains_of_generated(&self, id: ObjectId, plan: &Plan<'_>) -> Outcome {
        let Some(relation) = self.catalog.relation(id) else { return Ok(()) };
        for planned in &plan.columns {
            let DraftDefault::Generated { expr, .. } = planned.default else { continue };
            let Some(text) = relation.column(&planned.column.name).and_then(|it| it.default.text())
            else {
                continue;
            };
            let other = super::expression::columns_in(text, id).into_iter().find_map(|number| {
                let column = relation.column_numbered(number)?;
                let generated = plan.columns.iter().any(|it| {
                    it.column.name == column.name
                        && matches!(it.default, DraftDefault::Generated { .. })
                });
                generated.then_some(column)
            });
            if let Some(other) = other {
                return refused(
                    Code::InvalidObjectDefinition,
                    format!(
                        "cannot use generated column \"{}\" in column generation expression",
                        other.name
                    ),
                    expr.range,
                );
            }
        }
        Ok(())
    }
}

/// `SERVER … OPTIONS (…)` of a foreign table.
fn foreign_clause(statement: &CreateTable) -> Option<Text> {
    let foreign = statement.foreign.as_ref()?;
    let mut text = Text::plain(format!("SERVER {}", quote_ident(&foreign.server.text)));
    let options: Vec<String> = foreign
        .options
        .iter()
        .filter_map(|option| {
            let value = option.value.as_ref()?.value.replace('\'', "''");
            Some(format!("{} '{value}'", quote_ident(&option.name.text)))
        })
        .collect();
    if !options.is_empty() {
        text.push(&format!(" OPTIONS ({})", options.join(", ")));
    }
    Some(text)
}

/// Two checks of a statement cannot have one name.
fn refuse_repeated_checks(constraints: &[TableConstraint]) -> Outcome {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for constraint in constraints {
        if let crate::ast::TableConstraintKind::Check(_) = constraint.kind
            && let Some(name) = &constraint.name
            && !names.insert(&name.text)
        {
            return refused(
                Code::DuplicateObject,
                format!("check constraint \"{}\" already exists", name.text),
                name.range,
            );
        }
    }
    Ok(())
}

/// The refusal of a column that there is already.
fn repeated<T>(name: &Ident, first: TextRange, there: &Column) -> Outcome<T> {
    let place = crate::catalog::Place::new(there.created.source, first.range());
    Refusal::new(
        Code::DuplicateColumn,
        format!("column \"{}\" specified more than once", name.text),
    )
    .at(name.range)
    .also(Some(place), "specified here before")
    .stop()
}

/// Refuses columns that are named as every table's own are, and more than a table can have.
fn check_names(columns: &[Column], plan: &Plan<'_>) -> Outcome {
    if let Some(column) = columns.get(MAX_COLUMNS) {
        let range = plan.columns.iter().find(|it| it.column.name == column.name);
        let message = format!("tables can have at most {MAX_COLUMNS} columns");
        let refusal = Refusal::new(Code::TooManyColumns, message);
        return match range {
            Some(it) => refusal.at(it.range).stop(),
            None => refusal.stop(),
        };
    }
    let system = plan.columns.iter().find(|it| is_system_column(&it.column.name));
    match system {
        Some(it) => system_column(&it.column.name, it.range),
        None => Ok(()),
    }
}

/// Whether every table has a column of that name.
pub(super) fn is_system_column(name: &str) -> bool {
    SYSTEM_COLUMNS.contains(&name)
}

/// The refusal of a column that would be named as every table's own is.
pub(super) fn system_column<T>(name: &str, range: TextRange) -> Outcome<T> {
    refused(
        Code::DuplicateColumn,
        format!("column name \"{name}\" conflicts with a system column name"),
        range,
    )
}

#[cfg(test)]
mod tests;
