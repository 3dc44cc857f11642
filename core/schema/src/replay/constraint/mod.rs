//! Constraints of tables: `CHECK`, `PRIMARY KEY`, `UNIQUE`, `EXCLUDE`, `FOREIGN KEY`.

mod check;
mod exclusion;
mod foreign_key;
mod key;

use super::refusal::refused;
use super::{Outcome, Run};
use crate::Code;
use crate::ast::{TableConstraint, TableConstraintKind as Kind};
use crate::catalog::ObjectId;

impl Run<'_> {
    /// Adds a constraint to a table, with its index where it needs one, under the name that the
    /// server would choose where none is given, and to the tables that inherit it unless it is on
    /// the table `only`. `NOT NULL` gives no constraint.
    pub(super) fn add_constraint(
        &mut self,
        table: ObjectId,
        constraint: &TableConstraint,
        only: bool,
    ) -> Outcome<Option<ObjectId>> {
        check_attributes(constraint)?;
        match &constraint.kind {
            Kind::Check(expr) => self.add_check(table, constraint, expr, only).map(Some),
            Kind::NotNull(column) => {
                let column = self.column(table, column)?;
                self.forbid_null(table, column);
                Ok(None)
            }
            Kind::PrimaryKey(_) | Kind::Unique { .. } => {
                let Some(draft) = self.key_of(table, constraint)? else { return Ok(None) };
                Ok(self.build_index(draft, only)?.constraint)
            }
            Kind::UsingIndex { primary, index } => {
                self.constraint_using_index(table, constraint, *primary, index)
            }
            Kind::Exclude { .. } => {
                let draft = self.exclusion_of(table, constraint)?;
                Ok(self.build_index(draft, only)?.constraint)
            }
            Kind::ForeignKey { columns, period, reference } => {
                self.add_foreign_key(table, constraint, columns, *period, reference, only)
            }
        }
    }

    /// Adds the constraints of a new table, or of new columns, in the order of the server: checks,
    /// the primary key, other keys, foreign keys. Of two keys that are alike, one is made.
    pub(super) fn add_constraints(
        &mut self,
        table: ObjectId,
        constraints: &[TableConstraint],
        only: bool,
    ) -> Outcome {
        let of_kind = |keep: fn(&Kind) -> bool| constraints.iter().filter(move |it| keep(&it.kind));
        for constraint in of_kind(|it| matches!(it, Kind::Check(_) | Kind::NotNull(_))) {
            self.add_constraint(table, constraint, only)?;
        }
        self.add_keys(table, of_kind(is_key).collect(), only)?;
        for constraint in of_kind(|it| matches!(it, Kind::ForeignKey { .. })) {
            self.add_constraint(table, constraint, only)?;
        }
        Ok(())
    }
}

/// Whether an index enforces it.
fn is_key(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::PrimaryKey(_) | Kind::Unique { .. } | Kind::UsingIndex { .. } | Kind::Exclude { .. }
    )
}

/// What stands after a constraint must be able to stand there.
fn check_attributes(constraint: &TableConstraint) -> Outcome {
    let attributes = &constraint.attributes;
    let name = match &constraint.kind {
        Kind::Check(_) => "CHECK",
        Kind::NotNull(_) => "NOT NULL",
        Kind::PrimaryKey(_) | Kind::UsingIndex { primary: true, .. } => "PRIMARY KEY",
        Kind::Unique { .. } | Kind::UsingIndex { .. } => "UNIQUE",
        Kind::Exclude { .. } => "EXCLUDE",
        Kind::ForeignKey { .. } => "FOREIGN KEY",
    };
    let (check, foreign) = (name == "CHECK", name == "FOREIGN KEY");
    let null = name == "NOT NULL";
    if attributes.deferrable == Some(false) && attributes.initially_deferred == Some(true) {
        return refused(
            Code::SyntaxError,
            "constraint declared INITIALLY DEFERRED must be DEFERRABLE",
            constraint.range,
        );
    }
    let deferrable =
        attributes.deferrable == Some(true) || attributes.initially_deferred == Some(true);
    let mark = if deferrable && (check || null) {
        "DEFERRABLE"
    } else if attributes.not_valid && !check && !foreign && !null {
        "NOT VALID"
    } else if attributes.no_inherit && !check && !null {
        "NO INHERIT"
    } else {
        return Ok(());
    };
    refused(
        Code::FeatureNotSupported,
        format!("{name} constraints cannot be marked {mark}"),
        constraint.range,
    )
}
