//! `CREATE OR REPLACE VIEW`: the old columns stay, and more may follow.
//!
//! Source: `checkViewColumns` in PostgreSQL's `commands/view.c`.

use super::body::{Body, Named, add_column};
use crate::Code;
use crate::catalog::{Catalog, Column, ColumnType, Object, ObjectId, RelationKind, View};
use crate::replay::describe::type_name;
use crate::replay::{Outcome, Refusal, Run};

impl Run<'_> {
    pub(super) fn replace_view(
        &mut self,
        id: ObjectId,
        body: &Body,
        view: View,
        options: Vec<(String, String)>,
    ) -> Outcome {
        let open = !body.certain || self.catalog.is_uncertain(id);
        if !open {
            self.check_columns(id, body)?;
        }
        let place = self.place;
        self.catalog.update(id, |entry| {
            let Object::Relation(relation) = &mut entry.object else { return };
            let old = if open { 0 } else { relation.columns.len() };
            if open {
                relation.columns.clear();
                relation.next_column = 1;
            }
            for column in body.columns.iter().skip(old) {
                add_column(relation, column.clone(), place);
            }
            relation.kind = RelationKind::View(view);
            relation.options = options;
            entry.uncertain = !body.certain;
        });
        Ok(())
    }

    fn check_columns(&self, id: ObjectId, body: &Body) -> Outcome {
        let Some(old) = self.catalog.relation(id) else { return Ok(()) };
        let created = self.catalog.get(id).map(|entry| entry.created);
        let refuse = |code: Code, message: String, column: Option<&Named>| {
            let range = column.map_or(body.range(), |it| it.name.range);
            Refusal::new(code, message).at(range).also(created, "the view was created here")
        };
        if body.columns.len() < old.columns.len() {
            return refuse(
                Code::InvalidTableDefinition,
                "cannot drop columns from view".to_owned(),
                None,
            )
            .help("drop the view first, and make it anew")
            .stop();
        }
        for (before, after) in old.columns.iter().zip(&body.columns) {
            if before.name != after.name.text {
                let message = format!(
                    "cannot change name of view column \"{}\" to \"{}\"",
                    before.name, after.name.text
                );
                return refuse(Code::InvalidTableDefinition, message, Some(after))
                    .help("new columns can only be added behind the old ones")
                    .help("a column is renamed by `ALTER VIEW … RENAME COLUMN`")
                    .stop();
            }
            if !is_same_type(before, &after.ty) {
                let message = format!(
                    "cannot change data type of view column \"{}\" from {} to {}",
                    before.name,
                    type_with_modifier(self.catalog, &before.ty),
                    type_with_modifier(self.catalog, &after.ty)
                );
                return refuse(Code::InvalidTableDefinition, message, Some(after))
                    .help("cast the expression, or drop the view first")
                    .stop();
            }
        }
        let added = body.columns.iter().enumerate().skip(old.columns.len());
        for (at, column) in added {
            if body.columns[..at].iter().any(|it| it.name == column.name) {
                let message = format!(
                    "column \"{}\" of relation \"{}\" already exists",
                    column.name.text, old.name
                );
                return refuse(Code::DuplicateColumn, message, Some(column)).stop();
            }
        }
        Ok(())
    }
}

fn is_same_type(before: &Column, after: &ColumnType) -> bool {
    let (a, b) = (&before.ty, after);
    a.ty.is_unknown()
        || b.ty.is_unknown()
        || (a.ty == b.ty && modifier(a) == modifier(b) && a.fields == b.fields)
}

/// The modifier in its full form: `numeric(5)` is `numeric(5,0)`.
fn modifier(ty: &ColumnType) -> String {
    let modifier: String = ty.modifier.chars().filter(|c| !c.is_whitespace()).collect();
    if ty.ty.is("numeric") && !modifier.is_empty() && !modifier.contains(',') {
        return modifier + ",0";
    }
    modifier
}

fn type_with_modifier(catalog: &Catalog, ty: &ColumnType) -> String {
    let name = type_name(catalog, ty.ty);
    match modifier(ty) {
        modifier if modifier.is_empty() => name,
        modifier => format!("{name}({modifier})"),
    }
}
