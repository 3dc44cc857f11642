//! `ADD COLUMN`, to a table and to all that inherit from it.
//!
//! Source: PostgreSQL's `ATExecAddColumn`.

use super::{Altered, Pass, Step, Steps, bad_table, wrong_kind};
use crate::Code;
use crate::ast::{ColumnDef, Ident, TextRange};
use crate::catalog::{Column, ColumnDefault, ColumnNumber, ObjectId};
use crate::replay::column::{DraftDefault, TableSort};
use crate::replay::index::Correspondence;
use crate::replay::refusal::refused;
use crate::replay::table::{MAX_COLUMNS, is_system_column, system_column};
use crate::replay::{Outcome, Refusal, Run, Stop};

impl Run<'_> {
    pub(super) fn add_column<'s>(
        &mut self,
        table: Altered,
        definition: &'s ColumnDef,
        if_not_exists: bool,
        steps: &mut Steps<'s>,
    ) -> Outcome {
        let (id, name) = (table.id, &definition.name);
        let relation = self.altered(id)?;
        let its = relation.as_table();
        if its.is_some_and(|it| it.partition_of.is_some()) {
            return wrong_kind("cannot add column to a partition").at(definition.range).stop();
        }
        if is_system_column(&name.text) {
            return system_column(&name.text, name.range);
        }
        if let Some(there) = relation.column(&name.text) {
            return if if_not_exists { Ok(()) } else { repeated(&relation.name, name, there) };
        }
        if relation.columns.len() >= MAX_COLUMNS {
            let message = format!("tables can have at most {MAX_COLUMNS} columns");
            return refused(Code::TooManyColumns, message, name.range);
        }
        let foreign = its.is_some_and(|it| it.foreign.is_some());
        let sort = if foreign { TableSort::Foreign } else { TableSort::Plain };
        let number = ColumnNumber(relation.next_column);
        let draft = self.column_of(definition, &relation.name, sort, number)?;
        self.type_fits_a_column(name, draft.column.ty.ty, Some(id))?;
        let children = self.catalog.children(id);
        if !children.is_empty() {
            let partitioned = self.is_partitioned(id) && self.catalog.version().major() >= 17;
            if matches!(draft.default, DraftDefault::Identity { .. }) && !partitioned {
                let message =
                    "cannot recursively add identity column to table that has child tables";
                return bad_table(message, definition.range).stop();
            }
            if !table.recurse {
                let message = "column must be added to child tables too";
                return bad_table(message, definition.range).help("leave out `ONLY`").stop();
            }
        }
        self.push_column(id, draft.column);
        self.give_default(id, number, draft.default, definition.range)?;
        self.not_of_generated(id, number, definition.range)?;
        for child in children {
            self.add_inherited(id, number, child, name.range)?;
        }
        for constraint in draft.constraints {
            let pass = Pass::of_constraint(&constraint.kind);
            steps.push(pass, Step::Constraint(Box::new(constraint)));
        }
        Ok(())
    }

    fn push_column(&mut self, table: ObjectId, column: Column) {
        self.catalog.update_relation(table, |relation| {
            relation.next_column = relation.next_column.saturating_add(1);
            relation.columns.push(column);
        });
    }

    /// Gives a child, and its children, a column of the parent. One that it has already becomes an
    /// inherited one.
    fn add_inherited(
        &mut self,
        parent: ObjectId,
        number: ColumnNumber,
        child: ObjectId,
        range: TextRange,
    ) -> Outcome {
        let column = self.altered_column(parent, number)?.clone();
        let relation = self.altered(child)?;
        if let Some(its) = relation.column(&column.name) {
            columns_merge(&relation.name, its, &column, range)?;
            let number = its.number;
            self.update_column(child, number, |its| its.inherited += 1);
            return Ok(());
        }
        let own = ColumnNumber(relation.next_column);
        let mut copy = Column { number: own, local: false, inherited: 1, ..column };
        if let ColumnDefault::Generated { expression, .. } = &mut copy.default {
            let columns = Correspondence { catalog: self.catalog, from: parent, to: child };
            *expression = columns.text(expression);
        }
        self.push_column(child, copy);
        for grandchild in self.catalog.children(child) {
            self.add_inherited(child, own, grandchild, range)?;
        }
        Ok(())
    }

    /// A generated column cannot be made of another one.
    pub(super) fn not_of_generated(
        &self,
        table: ObjectId,
        number: ColumnNumber,
        range: TextRange,
    ) -> Outcome {
        let relation = self.altered(table)?;
        let ColumnDefault::Generated { expression, .. } =
            &self.altered_column(table, number)?.default
        else {
            return Ok(());
        };
        let other = relation.columns.iter().find(|it| {
            matches!(it.default, ColumnDefault::Generated { .. })
                && expression.mentions(table, it.number)
        });
        match other {
            Some(other) => {
                let message = format!(
                    "cannot use generated column \"{}\" in column generation expression",
                    other.name
                );
                Refusal::new(Code::InvalidObjectDefinition, message)
                    .at(range)
                    .also(Some(other.created), "it is generated too")
                    .stop()
            }
            None => Ok(()),
        }
    }
}

fn repeated(table: &str, name: &Ident, there: &Column) -> Outcome {
    if there.uncertain {
        return Err(Stop::Unknown);
    }
    Refusal::new(
        Code::DuplicateColumn,
        format!("column \"{}\" of relation \"{table}\" already exists", name.text),
    )
    .at(name.range)
    .also(Some(there.created), "created here")
    .stop()
}

/// Refuses a column of a child that is other than the parent's of the same name.
fn columns_merge(child: &str, its: &Column, theirs: &Column, range: TextRange) -> Outcome {
    if its.ty.ty.is_unknown() || theirs.ty.ty.is_unknown() {
        return Ok(());
    }
    let (code, what) = if its.ty != theirs.ty {
        (Code::DatatypeMismatch, "type")
    } else if its.collation != theirs.collation {
        (Code::CollationMismatch, "collation")
    } else {
        return Ok(());
    };
    let message =
        format!("child table \"{child}\" has different {what} for column \"{}\"", its.name);
    Refusal::new(code, message)
        .at(range)
        .also(Some(its.created), "the child's column is declared here")
        .stop()
}
