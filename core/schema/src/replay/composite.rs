//! `ALTER TYPE` of composite types.

use super::find::Purpose;
use super::user_type::type_ref;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{AttributeAction, Ident, Name, TextRange};
use crate::catalog::{ColumnNumber, Lookup, ObjectId, RelationHit, RelationKind, Target, TypeRef};

impl Run<'_> {
    pub(super) fn alter_attributes(&mut self, name: &Name, actions: &[AttributeAction]) -> Outcome {
        let Some(id) = self.composite(name)? else { return Ok(()) };
        for action in actions {
            let (cascade, range) = match action {
                AttributeAction::Add { field, cascade }
                | AttributeAction::Alter { field, cascade } => (*cascade, field.name.range),
                AttributeAction::Drop { name, cascade, .. } => (*cascade, name.range),
            };
            let typed = self.typed_tables(id, cascade, range)?;
            match action {
                AttributeAction::Add { field, .. } => {
                    for relation in [id].into_iter().chain(typed) {
                        self.add_attribute(relation, field)?;
                    }
                }
                AttributeAction::Alter { field, .. } => {
                    let number = super::names::column(self.catalog, id, &field.name)?;
                    if let Some(column) = self.stored_in(id, true) {
                        return self.type_in_use(id, &column, field.name.range).stop();
                    }
                    for relation in [id].into_iter().chain(typed) {
                        let column = self.attribute(number, field)?;
                        self.catalog.update_relation(relation, |it| {
                            let found = it.columns.iter_mut().find(|it| it.name == column.name);
                            if let Some(found) = found {
                                found.ty = column.ty;
                                found.collation = column.collation;
                            }
                        });
                    }
                }
                AttributeAction::Drop { name, if_exists, .. } => {
                    let found = self.catalog.relation(id).and_then(|it| it.column(&name.text));
                    if found.is_none() && *if_exists {
                        continue;
                    }
                    self.column(id, name)?;
                    let targets: Vec<Target> = [id]
                        .into_iter()
                        .chain(typed)
                        .filter_map(|it| {
                            let column = self.catalog.relation(it)?.column(&name.text)?;
                            Some(Target::Column(it, column.number))
                        })
                        .collect();
                    self.delete(&targets, cascade, name.range)?;
                }
            }
        }
        Ok(())
    }

    fn add_attribute(&mut self, id: ObjectId, field: &crate::ast::ColumnDefinition) -> Outcome {
        let Some(relation) = self.catalog.relation(id) else { return Err(Stop::Unknown) };
        if relation.column(&field.name.text).is_some() {
            if self.catalog.is_uncertain(id) {
                return Ok(());
            }
            return super::rename::column_exists(&relation.name, &field.name).stop();
        }
        let number = ColumnNumber(relation.next_column);
        let column = self.attribute(number, field)?;
        self.catalog.update_relation(id, |it| {
            it.columns.push(column);
            it.next_column = it.next_column.saturating_add(1);
        });
        Ok(())
    }

    pub(super) fn rename_attribute(
        &mut self,
        name: &Name,
        from: &Ident,
        to: &Ident,
        cascade: bool,
    ) -> Outcome {
        let Some(id) = self.composite(name)? else { return Ok(()) };
        let typed = self.typed_tables(id, cascade, from.range)?;
        for relation in [id].into_iter().chain(typed) {
            self.rename_column_of(relation, from, to)?;
        }
        Ok(())
    }

    /// The composite type that is to be altered; none where it is not known.
    fn composite(&self, name: &Name) -> Outcome<Option<ObjectId>> {
        match self.find_relation(name)? {
            Lookup::Found(RelationHit::Own(id)) => {
                let composite = self
                    .catalog
                    .relation(id)
                    .is_some_and(|it| matches!(it.kind, RelationKind::Composite));
                if composite {
                    return Ok(Some(id));
                }
                if self.catalog.is_uncertain(id) {
                    return Ok(None);
                }
                let message = format!("\"{}\" is not a composite type", name.name.text);
                Refusal::new(Code::WrongObjectType, message).at(name.range).stop()
            }
            Lookup::Found(RelationHit::Known(..)) | Lookup::Unknown => Ok(None),
            Lookup::Missing => {
                let other = self.existing(&type_ref(name), Purpose::Describe);
                if matches!(other, Ok(None)) {
                    return Ok(None);
                }
                super::names::no_relation(self.catalog, name).stop()
            }
        }
    }

    /// The tables that were made `OF` a type; refused where they are not to be altered too.
    fn typed_tables(
        &self,
        id: ObjectId,
        cascade: bool,
        range: TextRange,
    ) -> Outcome<Vec<ObjectId>> {
        let of = |table: &ObjectId| {
            let table = self.catalog.relation(*table).and_then(|it| it.as_table());
            table.is_some_and(|it| it.of_type == Some(id))
        };
        let tables: Vec<ObjectId> = self.catalog.dependents(id).filter(of).collect();
        match tables.first() {
            Some(first) if !cascade => {
                if self.catalog.is_uncertain(*first) {
                    return Ok(Vec::new());
                }
                let ty = super::describe::type_name(self.catalog, TypeRef::own(id));
                Refusal::new(
                    Code::DependentObjects,
                    format!("cannot alter type \"{ty}\" because it is the type of a typed table"),
                )
                .at(range)
                .also(self.catalog.get(*first).map(|it| it.created), "the typed table")
                .help("`ALTER … CASCADE` alters the typed tables too")
                .stop()
            }
            _ => Ok(tables),
        }
    }
}
