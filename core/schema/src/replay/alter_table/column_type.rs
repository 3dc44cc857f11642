//! `ALTER COLUMN … TYPE`: what may become of a column, and of what depends on it.
//!
//! Source: PostgreSQL's `ATPrepAlterColumnType` and `ATExecAlterColumnType`.

use super::again::{Again, typed_literal};
use super::column::is_in_partition_key;
use super::{Altered, Steps, bad_table};
use crate::Code;
use crate::analyze::{Analyzer, Columns, Site};
use crate::ast::{Constant, Expr, ExprKind, Ident, Name, TextRange, TypeName};
use crate::catalog::{
    BaseType, Column, ColumnDefault, ColumnNumber, ColumnType, Object, ObjectId, Part,
    RelationKind, Target, TypeRef,
};
use crate::replay::table::is_system_column;
use crate::replay::{Outcome, Refusal, Run};

/// What a column is to become.
pub(super) struct NewType<'s> {
    pub(super) ty: &'s TypeName,
    pub(super) collation: Option<&'s Name>,
    pub(super) using: Option<&'s Expr>,
}

/// A column whose type changed.
#[derive(Debug, Clone)]
pub(super) struct Retyped {
    pub(super) table: ObjectId,
    pub(super) column: ColumnNumber,
    /// The type that it had.
    pub(super) from: ColumnType,
    /// Where the statement asks for it.
    pub(super) range: TextRange,
}

impl Run<'_> {
    /// What is refused before anything is done: the column is as it was before the statement.
    pub(super) fn examine_type(&self, table: Altered, name: &Ident, new: &NewType<'_>) -> Outcome {
        if is_system_column(&name.text) {
            let message = format!("cannot alter system column \"{}\"", name.text);
            return Refusal::new(Code::FeatureNotSupported, message).at(name.range).stop();
        }
        let number = self.column(table.id, name)?;
        let (relation, column) = (self.altered(table.id)?, self.altered_column(table.id, number)?);
        if column.inherited > 0 {
            let message = format!("cannot alter inherited column \"{}\"", name.text);
            return bad_table(message, name.range).stop();
        }
        if is_in_partition_key(relation, table.id, number) {
            let message = format!(
                "cannot alter column \"{}\" because it is part of the partition key of relation \
                 \"{}\"",
                name.text, relation.name
            );
            return bad_table(message, name.range).stop();
        }
        let to = self.new_type(table.id, name, new)?;
        match new.using {
            Some(using) => self.using_fits(table.id, column, using, &to)?,
            None => self.cast_exists(column, &to, new.ty)?,
        }
        if !table.recurse && !self.catalog.children(table.id).is_empty() {
            let message = format!(
                "type of inherited column \"{}\" must be changed in child tables too",
                name.text
            );
            return bad_table(message, name.range).help("leave out `ONLY`").stop();
        }
        Ok(())
    }

    fn new_type(&self, table: ObjectId, name: &Ident, new: &NewType<'_>) -> Outcome<ColumnType> {
        let to = self.column_type(new.ty)?;
        self.type_fits_a_column(name, to.ty, Some(table))?;
        Ok(to)
    }

    fn cast_exists(&self, column: &Column, to: &ColumnType, ty: &TypeName) -> Outcome {
        let analyzer = Analyzer::new(self.catalog, self.text);
        if analyzer.assignable(column.ty.ty, to.ty) {
            return Ok(());
        }
        let (name, words) = (&column.name, self.catalog.bare_type_name(to.ty));
        let written = self.text.get(ty.range.range()).unwrap_or(&words);
        Refusal::new(
            Code::DatatypeMismatch,
            format!("column \"{name}\" cannot be cast automatically to type {words}"),
        )
        .at(ty.range)
        .label(format!("the column is of type {}", self.catalog.bare_type_name(column.ty.ty)))
        .also(Some(column.created), "the column is created here")
        .help(format!("say how: `USING {}::{written}`", Ident::new(name.clone(), ty.range)))
        .stop()
    }

    fn using_fits(
        &self,
        table: ObjectId,
        column: &Column,
        using: &Expr,
        to: &ColumnType,
    ) -> Outcome {
        let relation = self.altered(table)?;
        let columns = Columns {
            relations: vec![(relation.name.as_str(), table)],
            bare: true,
            ..Columns::default()
        };
        let mut analyzer = Analyzer::new(self.catalog, self.text);
        if let ExprKind::Constant(Constant::String(_) | Constant::Null) = using.kind {
            let what = format!("column \"{}\"", column.name);
            return analyzer.assigned(using, &columns, Site::Using, to, &what).map(drop);
        }
        let from = analyzer.expression(using, &columns, Site::Using)?;
        if from.is_unknown() || from.is("unknown") || analyzer.assignable(from, to.ty) {
            return Ok(());
        }
        let message = format!(
            "result of USING clause for column \"{}\" cannot be cast automatically to type {}",
            column.name,
            self.catalog.bare_type_name(to.ty)
        );
        Refusal::new(Code::DatatypeMismatch, message)
            .at(using.range)
            .label(format!("this is of type {}", self.catalog.bare_type_name(from)))
            .help("add an explicit cast")
            .stop()
    }

    pub(super) fn set_type(
        &mut self,
        table: Altered,
        name: &Ident,
        new: &NewType<'_>,
        steps: &mut Steps<'_>,
    ) -> Outcome {
        let to = self.new_type(table.id, name, new)?;
        let collation = match new.collation {
            Some(collation) => self.collation_of(collation, to.ty)?,
            None => None,
        };
        for id in self.reached(table) {
            let Some(column) = self.altered(id)?.column(&name.text) else { continue };
            let (number, from) = (column.number, column.ty.clone());
            let is_same = |it: &Retyped| it.table == id && it.column == number;
            if steps.retyped.iter().any(is_same) {
                let message = format!("cannot alter type of column \"{}\" twice", name.text);
                return Refusal::new(Code::FeatureNotSupported, message).at(name.range).stop();
            }
            self.nothing_forbids_type(id, number, name)?;
            self.row_type_is_unused(id, name)?;
            let default = self.converted_default(id, number, &to, name)?;
            if let Some(sequence) = self.sequence_of(id, number) {
                self.set_sequence_type(sequence, to.ty, name.range)?;
            }
            let collation = collation.clone();
            self.update_column(id, number, |column| {
                column.ty = to.clone();
                column.collation = collation;
                column.default = default;
            });
            steps.retyped.push(Retyped { table: id, column: number, from, range: new.ty.range });
        }
        Ok(())
    }

    /// Refuses it where a view, rule, trigger, policy, function or generated column needs the
    /// column as it is.
    fn nothing_forbids_type(&self, table: ObjectId, column: ColumnNumber, name: &Ident) -> Outcome {
        let target = Target::Column(table, column);
        for id in self.catalog.dependents(table) {
            let Some(entry) = self.catalog.get(id) else { continue };
            let need = entry.object.needs().into_iter().find(|need| need.target == target);
            let Some(need) = need.filter(|_| !entry.uncertain) else { continue };
            let (by, what) = match &entry.object {
                Object::Relation(it) => match (&it.kind, need.part) {
                    (RelationKind::View(_), _) => ("used by a view or rule", "the view"),
                    (RelationKind::MaterializedView { .. }, _) => {
                        ("used by a view or rule", "the materialized view")
                    }
                    (RelationKind::Table(_), Part::Column(other)) if other != column => {
                        ("used by a generated column", "the generated column's table")
                    }
                    _ => continue,
                },
                Object::Rule(_) => ("used by a view or rule", "the rule"),
                Object::Trigger(_) => ("used in a trigger definition", "the trigger"),
                Object::Policy(_) => ("used in a policy definition", "the policy"),
                Object::Function(_) => ("used by a function or procedure", "the function"),
                Object::Schema(_)
                | Object::Type(_)
                | Object::Constraint(_)
                | Object::Statistics(_)
                | Object::Extension(_)
                | Object::Other(_) => continue,
            };
            let message = format!("cannot alter type of a column {by}");
            let refusal = Refusal::new(Code::FeatureNotSupported, message)
                .at(name.range)
                .label(format!("\"{}\" depends on it", entry.object.name()))
                .also(Some(entry.created), format!("{what} is created here"));
            return match &entry.object {
                Object::Relation(it) if it.as_table().is_some() => refusal,
                _ => refusal.help(format!("drop {what} before, and create it again after")),
            }
            .stop();
        }
        Ok(())
    }

    /// Refuses it where a column of another table holds rows of this one.
    fn row_type_is_unused(&self, table: ObjectId, name: &Ident) -> Outcome {
        let row = BaseType::Own(table);
        for (_, object) in self.parts(table) {
            let Object::Relation(relation) = object else { continue };
            let stored = matches!(
                relation.kind,
                RelationKind::Table(_) | RelationKind::MaterializedView { .. }
            );
            let Some(column) = relation.columns.iter().find(|it| it.ty.ty.base == row) else {
                continue;
            };
            if stored {
                let message = format!(
                    "cannot alter table \"{}\" because column \"{}.{}\" uses its row type",
                    self.altered(table)?.name,
                    relation.name,
                    column.name
                );
                return Refusal::new(Code::FeatureNotSupported, message)
                    .at(name.range)
                    .also(Some(column.created), "the column is created here")
                    .stop();
            }
        }
        Ok(())
    }

    /// The default of a column that gets another type, or the expression it is generated by.
    fn converted_default(
        &self,
        table: ObjectId,
        number: ColumnNumber,
        to: &ColumnType,
        name: &Ident,
    ) -> Outcome<ColumnDefault> {
        let column = self.altered_column(table, number)?;
        let default = &column.default;
        let Some(text) = default.text() else { return Ok(default.clone()) };
        let Some(Again { sql, expr: value }) = Again::read(self.catalog, text) else {
            return Ok(default.clone());
        };
        // A literal has the type that the column had when it was read.
        let literal = matches!(value.kind, ExprKind::Constant(Constant::String(_)));
        let from = if literal {
            column.ty.ty
        } else {
            let relation = self.altered(table)?;
            let columns = Columns {
                relations: vec![(relation.name.as_str(), table)],
                bare: true,
                ..Columns::default()
            };
            let mut analyzer = Analyzer::new(self.catalog, &sql);
            // What was accepted before is read the same way again, or is not understood.
            analyzer.expression(&value, &columns, Site::Default).unwrap_or(TypeRef::UNKNOWN)
        };
        let analyzer = Analyzer::new(self.catalog, self.text);
        if !from.is_unknown() && !from.is("unknown") && !analyzer.assignable(from, to.ty) {
            let what = match default {
                ColumnDefault::Generated { .. } => "generation expression",
                _ => "default",
            };
            let message = format!(
                "{what} for column \"{}\" cannot be cast automatically to type {}",
                column.name,
                self.catalog.bare_type_name(to.ty)
            );
            return Refusal::new(Code::DatatypeMismatch, message)
                .at(name.range)
                .also(Some(column.created), "the column is created here")
                .help("drop the default first, and set another afterwards")
                .stop();
        }
        let mut default = default.clone();
        if let ColumnDefault::Expression(text) = &mut default
            && literal
            && from != to.ty
        {
            *text = typed_literal(self.catalog, text, &column.ty);
        }
        Ok(default)
    }
}
