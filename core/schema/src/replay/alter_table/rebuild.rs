//! What depends on a column whose type changed is made anew: indexes and constraints.
//!
//! The server writes their definitions down, drops them, and makes them again. Here they stay, and
//! are only looked at with the new types.
//!
//! Source: PostgreSQL's `ATPostAlterTypeCleanup`.

use super::again::Again;
use super::column_type::Retyped;
use super::recheck::Recheck;
use crate::ast::{self, Statement};
use crate::catalog::{
    BaseType, Constraint, ConstraintKind, IndexKey, Object, ObjectId, RelationKind, Text,
};
use crate::dump::Names;
use crate::replay::operator_class::{default_operator_class, operator_class};
use crate::replay::{Outcome, Run};
use crate::sql::lower;

impl Run<'_> {
    pub(super) fn rebuild(&mut self, retyped: &[Retyped]) -> Outcome {
        for change in retyped {
            self.rebuild_indexes(change)?;
        }
        for change in retyped {
            let constraints: Vec<(ObjectId, Constraint)> = self
                .parts(change.table)
                .filter_map(|(id, object)| match object {
                    Object::Constraint(constraint) => Some((id, constraint.clone())),
                    _ => None,
                })
                .collect();
            for (id, constraint) in constraints {
                if !self.catalog.get(id).is_some_and(|entry| entry.uncertain) {
                    self.rebuild_constraint(change, &constraint)?;
                }
            }
        }
        Ok(())
    }

    fn rebuild_indexes(&mut self, change: &Retyped) -> Outcome {
        let to = self.altered_column(change.table, change.column)?.ty.ty;
        let indexes: Vec<ObjectId> = self.catalog.indexes(change.table).map(|(id, _)| id).collect();
        for id in indexes {
            let Some(index) = self.altered(id)?.as_index() else { continue };
            let has_it = |key: &&IndexKey| key.column == Some(change.column);
            for key in index.keys.iter().filter(has_it) {
                let class = self.class_of(&index.method, key, change);
                operator_class(self.catalog, &index.method, to, class.as_ref(), change.range)?;
            }
            if let Some(predicate) = &index.predicate {
                self.recheck(change, predicate, "WHERE")?;
            }
            self.catalog.update_relation(id, |relation| {
                let RelationKind::Index(index) = &mut relation.kind else { return };
                for key in &mut index.keys {
                    if key.column == Some(change.column) {
                        key.ty = to;
                    }
                }
            });
        }
        Ok(())
    }

    /// The operator class that a key names, unless it was the default one of the type before.
    fn class_of(&self, method: &str, key: &IndexKey, change: &Retyped) -> Option<ast::Name> {
        if key.plain {
            return None;
        }
        let key = Names { catalog: self.catalog }.text(&key.text);
        let sql = format!("CREATE INDEX ON t USING {method} ({key})");
        let Some(Statement::CreateIndex(index)) = lower::parse(&sql, 0..sql.len()).0 else {
            return None;
        };
        let named = index.elements.into_iter().next()?.operator_class?;
        let default = default_operator_class(self.catalog, method, change.from.ty).found();
        let is_default = default.is_some_and(|default| default.name == named.name.text);
        (!is_default).then_some(ast::Name { range: change.range, ..named })
    }

    fn rebuild_constraint(&self, change: &Retyped, constraint: &Constraint) -> Outcome {
        match &constraint.kind {
            ConstraintKind::Check(text) if constraint.on == change.table => {
                self.recheck(change, text, "CHECK")
            }
            ConstraintKind::ForeignKey(key) => {
                let pairs = constraint.columns.iter().zip(&key.columns);
                for (from, to) in pairs {
                    let changed = (constraint.on, *from) == (change.table, change.column)
                        || (key.table, *to) == (change.table, change.column);
                    if changed {
                        self.types_can_be_compared(
                            (constraint.on, *from),
                            (key.table, *to),
                            &constraint.name,
                            change.range,
                        )?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A condition must mean something with the new type.
    fn recheck(&self, change: &Retyped, condition: &Text, clause: &'static str) -> Outcome {
        if !condition.mentions(change.table, change.column) {
            return Ok(());
        }
        let column = self.altered_column(change.table, change.column)?;
        let Some(again) = Again::read(self.catalog, condition) else { return Ok(()) };
        let unknown = |ty: crate::catalog::TypeRef| ty.base == BaseType::Unknown;
        if unknown(column.ty.ty) || unknown(change.from.ty) {
            return Ok(());
        }
        let recheck = Recheck { catalog: self.catalog, change, column };
        recheck.boolean(&again.expr, &format!("argument of {clause}"), 0)
    }
}
