//! What is uncertain after a statement that was refused.
//!
//! A chain with a mistake is checked to its end. What the statement would have made is not there,
//! and that is not to be reported once more by everything that needs it.

use crate::ast::{AlterTableActionKind, Name, Statement};
use crate::catalog::{Catalog, RelationHit};

/// Notes what a statement was about that was refused, or whose effect is not known; gives
/// whether that is all that it can have changed.
pub(super) fn doubt(catalog: &mut Catalog, statement: &Statement) -> bool {
    let names = names(statement);
    let known = !names.is_empty();
    catalog.doubtful.extend(constraints(statement));
    for name in names {
        catalog.doubtful.insert(name.name.text.clone());
        if let Some(RelationHit::Own(id)) = catalog.find_relation(name).found() {
            catalog.update(id, |entry| entry.uncertain = true);
        }
    }
    known
}

/// The names of the constraints that a statement adds.
fn constraints(statement: &Statement) -> Vec<String> {
    let Statement::AlterTable(it) = statement else { return Vec::new() };
    let names = it.actions.iter().filter_map(|action| match &action.kind {
        AlterTableActionKind::AddConstraint(it) => it.name.as_ref(),
        _ => None,
    });
    names.map(|name| name.text.clone()).collect()
}

/// The names that a statement makes, changes or drops.
fn names(statement: &Statement) -> Vec<&Name> {
    use Statement as S;
    match statement {
        S::AlterDomain(it) => vec![&it.name],
        S::AlterSequence(it) => vec![&it.name],
        S::AlterTable(it) => vec![&it.table.name],
        S::AlterType(it) => vec![&it.name],
        S::CreateAggregate(it) => vec![&it.name],
        S::CreateDomain(it) => vec![&it.name],
        S::CreateFunction(it) => vec![&it.name],
        S::CreateIndex(it) => it.name.iter().chain([&it.table.name]).collect(),
        S::CreateMaterializedView(it) => vec![&it.name],
        S::CreatePolicy(it) => vec![&it.table],
        S::CreateRule(it) => vec![&it.table],
        S::CreateSequence(it) => vec![&it.name],
        S::CreateTable(it) => vec![&it.name],
        S::CreateTableAs(it) => vec![&it.into.name],
        S::CreateTrigger(it) => vec![&it.table],
        S::CreateType(it) => vec![&it.name],
        S::CreateView(it) => vec![&it.name],
        S::Drop(it) => it.objects.iter().map(|object| &object.name).collect(),
        S::SetSchema(it) => vec![&it.object.name],
        _ => Vec::new(),
    }
}
