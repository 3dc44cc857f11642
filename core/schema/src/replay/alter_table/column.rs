//! Columns: dropped, given a default, allowed to be null or not, generated or not any more.

use super::{Altered, bad_table};
use crate::Code;
use crate::analyze::Site;
use crate::ast::{Expr, Ident, TextRange};
use crate::catalog::{
    ColumnDefault, ColumnNumber, ConstraintKind, Hole, Object, ObjectId, Relation, Target, Text,
};
use crate::replay::names::no_column;
use crate::replay::refusal::refused;
use crate::replay::table::is_system_column;
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn drop_column(
        &mut self,
        table: Altered,
        name: &Ident,
        if_exists: bool,
        cascade: bool,
    ) -> Outcome {
        let mut going = Vec::new();
        self.collect_column(table.id, name, table.recurse, if_exists, false, &mut going)?;
        if going.is_empty() { Ok(()) } else { self.delete(&going, cascade, name.range) }
    }

    /// The column and those of the children that go along. Those that stay are the child's own
    /// from there on, or another parent's.
    fn collect_column(
        &mut self,
        table: ObjectId,
        name: &Ident,
        recurse: bool,
        if_exists: bool,
        recursing: bool,
        going: &mut Vec<Target>,
    ) -> Outcome {
        let relation = self.altered(table)?;
        let Some(column) = relation.column(&name.text) else {
            if is_system_column(&name.text) {
                let message = format!("cannot drop system column \"{}\"", name.text);
                return Refusal::new(Code::FeatureNotSupported, message).at(name.range).stop();
            }
            return if if_exists || recursing {
                Ok(())
            } else {
                no_column(self.catalog, table, name).stop()
            };
        };
        let number = column.number;
        if column.inherited > 0 && !recursing {
            let message = format!("cannot drop inherited column \"{}\"", name.text);
            return bad_table(message, name.range).stop();
        }
        if is_in_partition_key(relation, table, number) {
            let message = format!(
                "cannot drop column \"{}\" because it is part of the partition key of relation \
                 \"{}\"",
                name.text, relation.name
            );
            return bad_table(message, name.range).stop();
        }
        let children = self.catalog.children(table);
        if !recurse && !children.is_empty() && self.is_partitioned(table) {
            return bad_table(
                "cannot drop column from only the partitioned table when partitions exist",
                name.range,
            )
            .help("leave out `ONLY`")
            .stop();
        }
        going.push(Target::Column(table, number));
        for child in children {
            let Some(column) = self.altered(child)?.column(&name.text) else { continue };
            let (number, last) = (column.number, column.inherited == 1 && !column.local);
            if recurse && last {
                self.collect_column(child, name, recurse, if_exists, true, going)?;
            } else {
                self.update_column(child, number, |column| {
                    column.inherited = column.inherited.saturating_sub(1);
                    column.local |= !recurse;
                });
            }
        }
        Ok(())
    }

    /// `SET DEFAULT`, or `DROP DEFAULT` where there is no expression.
    pub(super) fn set_default(
        &mut self,
        table: Altered,
        name: &Ident,
        expr: Option<&Expr>,
    ) -> Outcome {
        for id in self.reached(table) {
            let number = self.column(id, name)?;
            let (relation, column) = (self.altered(id)?, self.altered_column(id, number)?);
            let (what, instead) = match &column.default {
                ColumnDefault::Identity { .. } => ("an identity column", "DROP IDENTITY"),
                ColumnDefault::Generated { .. } => ("a generated column", "DROP EXPRESSION"),
                ColumnDefault::None | ColumnDefault::Expression(_) => ("", ""),
            };
            if !what.is_empty() {
                let message = format!(
                    "column \"{}\" of relation \"{}\" is {what}",
                    column.name, relation.name
                );
                let refusal = Refusal::new(Code::SyntaxError, message).at(name.range);
                let refusal = refusal.also(Some(column.created), "created here");
                return match expr {
                    Some(_) => refusal.stop(),
                    None => refusal.help(format!("use `ALTER COLUMN … {instead}`")).stop(),
                };
            }
            let default = match expr {
                Some(expr) => {
                    let (ty, name) = (column.ty.clone(), column.name.clone());
                    self.default_value(id, expr, &ty, &name)?
                }
                None => ColumnDefault::None,
            };
            self.update_column(id, number, |column| column.default = default);
        }
        Ok(())
    }

    pub(super) fn set_not_null(&mut self, table: Altered, name: &Ident) -> Outcome {
        if !table.recurse && self.is_partitioned(table.id) {
            for child in self.catalog.children(table.id) {
                let relation = self.altered(child)?;
                if relation.column(&name.text).is_some_and(|column| !column.not_null) {
                    return bad_table("constraint must be added to child tables too", name.range)
                        .label(format!(
                            "column \"{}\" of relation \"{}\" is not already NOT NULL",
                            name.text, relation.name
                        ))
                        .help("leave out `ONLY`")
                        .stop();
                }
            }
        }
        for id in self.reached(table) {
            let number = self.column(id, name)?;
            self.update_column(id, number, |column| column.not_null = true);
        }
        Ok(())
    }

    pub(super) fn drop_not_null(&mut self, table: Altered, name: &Ident) -> Outcome {
        if !table.recurse
            && self.is_partitioned(table.id)
            && !self.catalog.children(table.id).is_empty()
        {
            return bad_table(
                "cannot remove constraint from only the partitioned table when partitions exist",
                name.range,
            )
            .help("leave out `ONLY`")
            .stop();
        }
        for id in self.reached(table) {
            let number = self.column(id, name)?;
            self.may_be_null(id, number, name.range, id != table.id)?;
            self.update_column(id, number, |column| column.not_null = false);
        }
        Ok(())
    }

    /// Refuses to drop a NOT NULL that something needs.
    fn may_be_null(
        &self,
        table: ObjectId,
        number: ColumnNumber,
        range: TextRange,
        recursing: bool,
    ) -> Outcome {
        let (relation, column) = (self.altered(table)?, self.altered_column(table, number)?);
        if matches!(column.default, ColumnDefault::Identity { .. }) {
            let message = format!(
                "column \"{}\" of relation \"{}\" is an identity column",
                column.name, relation.name
            );
            return Refusal::new(Code::SyntaxError, message)
                .at(range)
                .also(Some(column.created), "created here")
                .stop();
        }
        let key = self.parts(table).find(|(_, object)| {
            matches!(object, Object::Constraint(it)
                if it.on == table && matches!(it.kind, ConstraintKind::PrimaryKey(_))
                    && it.columns.contains(&number))
        });
        if let Some((key, _)) = key {
            let created = self.catalog.get(key).map(|entry| entry.created);
            return bad_table(format!("column \"{}\" is in a primary key", column.name), range)
                .also(created, "the primary key is created here")
                .stop();
        }
        let identity = relation.as_table().and_then(|it| it.replica_identity.as_ref());
        let index = identity.into_iter().flat_map(Text::holes).find_map(|hole| match hole {
            Hole::Object(id) | Hole::Bare(id) => self.catalog.relation(*id)?.as_index(),
            _ => None,
        });
        if index.is_some_and(|it| it.keys.iter().any(|key| key.column == Some(number))) {
            let message =
                format!("column \"{}\" is in index used as replica identity", column.name);
            return bad_table(message, range).stop();
        }
        let parent = relation.as_table().and_then(|it| it.partition_of.as_ref()).map(|it| it.0);
        let parent = parent.and_then(|it| self.catalog.relation(it));
        let marked = parent.and_then(|it| it.column(&column.name)).is_some_and(|it| it.not_null);
        if marked && !recursing {
            let message = format!("column \"{}\" is marked NOT NULL in parent table", column.name);
            return bad_table(message, range).stop();
        }
        Ok(())
    }

    pub(super) fn examine_drop_expression(&self, table: Altered, name: &Ident) -> Outcome {
        let children = self.catalog.children(table.id);
        let column = self.altered(table.id)?.column(&name.text);
        if !table.recurse && !children.is_empty() {
            let message = "ALTER TABLE / DROP EXPRESSION must be applied to child tables too";
            return refused(Code::FeatureNotSupported, message, name.range);
        }
        if column.is_some_and(|it| it.inherited > 0) {
            return bad_table(
                "cannot drop generation expression from inherited column",
                name.range,
            )
            .stop();
        }
        Ok(())
    }

    pub(super) fn drop_expression(
        &mut self,
        table: Altered,
        name: &Ident,
        if_exists: bool,
    ) -> Outcome {
        for id in self.reached(table) {
            let number = self.column(id, name)?;
            match &self.altered_column(id, number)?.default {
                ColumnDefault::Generated { stored: true, .. } => {
                    self.update_column(id, number, |column| column.default = ColumnDefault::None);
                }
                ColumnDefault::Generated { stored: false, .. } => {
                    let message = "ALTER TABLE / DROP EXPRESSION is not supported for virtual \
                                   generated columns";
                    let refusal = Refusal::new(Code::FeatureNotSupported, message);
                    return refusal.at(name.range).stop();
                }
                _ if if_exists => {}
                _ => return self.is_not_generated(id, name).stop(),
            }
        }
        Ok(())
    }

    fn is_not_generated(&self, table: ObjectId, name: &Ident) -> Refusal {
        let relation = self.catalog.relation(table);
        let table = relation.map_or("", |it| it.name.as_str());
        let stored =
            if self.catalog.version().major() < 18 { "stored generated" } else { "generated" };
        let message =
            format!("column \"{}\" of relation \"{table}\" is not a {stored} column", name.text);
        let created = relation.and_then(|it| it.column(&name.text)).map(|it| it.created);
        Refusal::new(Code::NotInPrerequisiteState, message)
            .at(name.range)
            .also(created, "created here")
    }

    pub(super) fn set_expression(&mut self, table: Altered, name: &Ident, expr: &Expr) -> Outcome {
        for id in self.reached(table) {
            let number = self.column(id, name)?;
            let relation = self.altered(id)?;
            let column = self.altered_column(id, number)?;
            let ColumnDefault::Generated { stored, .. } = column.default else {
                let message = format!(
                    "column \"{}\" of relation \"{}\" is not a generated column",
                    name.text, relation.name
                );
                return Refusal::new(Code::NotInPrerequisiteState, message).at(name.range).stop();
            };
            if !stored && self.has_checks(id) {
                let message = "ALTER TABLE / SET EXPRESSION is not supported for virtual generated \
                               columns in tables with check constraints";
                return refused(Code::FeatureNotSupported, message, name.range);
            }
            let read = self.read_assigned(id, expr, Site::Generated, &column.ty, &column.name)?;
            let expression = read.text;
            self.update_column(id, number, |column| {
                column.default = ColumnDefault::Generated { expression, stored };
            });
            self.not_of_generated(id, number, expr.range)?;
        }
        Ok(())
    }

    fn has_checks(&self, table: ObjectId) -> bool {
        let mut constraints = self.catalog.constraints(table);
        constraints.any(|(_, it)| matches!(it.kind, ConstraintKind::Check(_)))
    }
}

/// Whether a column is in the key of a partitioned table, itself or in an expression.
pub(super) fn is_in_partition_key(relation: &Relation, id: ObjectId, column: ColumnNumber) -> bool {
    let key = relation.as_table().and_then(|table| table.partition_key.as_ref());
    key.is_some_and(|key| key.columns.contains(&Some(column)) || key.text.mentions(id, column))
}
