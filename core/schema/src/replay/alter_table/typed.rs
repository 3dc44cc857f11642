//! Typed tables: `OF` and `NOT OF`.

use super::{Altered, wrong_kind};
use crate::Code;
use crate::ast::{TextRange, TypeName};
use crate::catalog::{BaseType, ObjectId, Relation, RelationKind};
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    /// Refuses what cannot be done to a table that was made of a type.
    pub(super) fn not_typed(
        &self,
        relation: &Relation,
        message: &str,
        range: TextRange,
    ) -> Outcome {
        match relation.as_table().and_then(|table| table.of_type) {
            Some(ty) => {
                let created = self.catalog.get(ty).map(|entry| entry.created);
                wrong_kind(message).at(range).also(created, "the type is created here").stop()
            }
            None => Ok(()),
        }
    }

    pub(super) fn of_type(&mut self, table: Altered, ty: &TypeName) -> Outcome {
        let found = self.column_type(ty)?.ty;
        let composite = match found.base {
            BaseType::Own(id) if !found.array => self.catalog.relation(id).map(|it| (id, it)),
            BaseType::Unknown => return Ok(()),
            _ => None,
        };
        let Some((id, of)) = composite.filter(|(_, it)| it.kind == RelationKind::Composite) else {
            let name = self.catalog.bare_type_name(found);
            let message = format!("type {name} is not a composite type");
            return wrong_kind(message).at(ty.range).stop();
        };
        let relation = self.altered(table.id)?;
        if relation.as_table().is_some_and(|it| !it.inherits.is_empty()) {
            return wrong_kind("typed tables cannot inherit").at(ty.range).stop();
        }
        if let Some(problem) = difference(relation, of) {
            return Refusal::new(Code::DatatypeMismatch, problem).at(ty.range).stop();
        }
        self.set_type_of_table(table.id, Some(id));
        Ok(())
    }

    pub(super) fn not_of(&mut self, table: Altered, range: TextRange) -> Outcome {
        let relation = self.altered(table.id)?;
        if relation.as_table().is_none_or(|it| it.of_type.is_none()) {
            let message = format!("\"{}\" is not a typed table", relation.name);
            return wrong_kind(message).at(range).stop();
        }
        self.set_type_of_table(table.id, None);
        Ok(())
    }

    fn set_type_of_table(&mut self, table: ObjectId, ty: Option<ObjectId>) {
        self.catalog.update_relation(table, |relation| {
            if let Some(table) = relation.as_table_mut() {
                table.of_type = ty;
            }
        });
    }
}

/// What makes a table other than its type: names, types and their order must be the same.
fn difference(table: &Relation, of: &Relation) -> Option<String> {
    let mut columns = table.columns.iter();
    for attribute in &of.columns {
        let Some(column) = columns.next() else {
            return Some(format!("table is missing column \"{}\"", attribute.name));
        };
        if column.name != attribute.name {
            return Some(format!(
                "table has column \"{}\" where type requires \"{}\"",
                column.name, attribute.name
            ));
        }
        let unknown = column.ty.ty.is_unknown() || attribute.ty.ty.is_unknown();
        if !unknown && (column.ty != attribute.ty || column.collation != attribute.collation) {
            return Some(format!(
                "table \"{}\" has different type for column \"{}\"",
                table.name, column.name
            ));
        }
    }
    columns.next().map(|column| format!("table has extra column \"{}\"", column.name))
}
