//! What is uncertain after a statement that was refused, or whose effect is not known.
//!
//! A chain with a mistake is checked to its end. What the statement would have made is not there,
//! and that is not to be reported once more by everything that needs it.

use super::eval::HOLE;
use super::run::may_change_the_schema;
use crate::ast::{AlterTableActionKind, ObjectKind, ObjectRef, Statement};
use crate::catalog::{Catalog, Object, ObjectId, Strength, Target, fits};

/// Notes what a statement was about that was refused, or whose effect is not known; gives
/// whether that is all that it can have changed. A name with a [`HOLE`] is any that begins and
/// ends so.
pub(super) fn doubt(catalog: &mut Catalog, statement: &Statement) -> bool {
    let mut known = true;
    let mut named = names(statement);
    if named.is_empty() {
        return !may_change_the_schema(statement);
    }
    named.extend(constraints(statement));
    let cascade = cascades(statement);
    for name in named {
        let (start, end) = match name.split_once(HOLE) {
            None => {
                catalog.doubtful.insert(name);
                (name, None)
            }
            Some((start, rest)) => {
                let end = rest.rsplit(HOLE).next().unwrap_or_default();
                known &= !start.is_empty() || !end.is_empty();
                catalog.doubtful.insert_pattern(start, end);
                (start, Some(end))
            }
        };
        let is_named = |name: &str| end.map_or(name == start, |end| fits(name, start, end));
        let found: Vec<ObjectId> = catalog
            .iter()
            .filter(|(_, entry)| has_name_of_its_own(&entry.object))
            .filter(|(_, entry)| is_named(entry.object.name()))
            .map(|(id, _)| id)
            .collect();
        for id in found {
            spread(catalog, id, cascade);
        }
    }
    known
}

fn has_name_of_its_own(object: &Object) -> bool {
    matches!(
        object,
        Object::Relation(_) | Object::Type(_) | Object::Function(_) | Object::Statistics(_)
    )
}

/// An object is uncertain, and with it what belongs to it, or all that needs it.
fn spread(catalog: &mut Catalog, id: ObjectId, cascade: bool) {
    if catalog.get(id).is_none_or(|entry| entry.uncertain) {
        return;
    }
    catalog.update(id, |entry| entry.uncertain = true);
    let dependents: Vec<ObjectId> = catalog.dependents(id).collect();
    for dependent in dependents {
        let Some(entry) = catalog.get(dependent) else { continue };
        let needs = entry.object.needs();
        let belongs = needs.iter().any(|need| {
            let (Target::Object(of) | Target::Column(of, _)) = need.target else { return false };
            of == id && need.strength != Strength::Normal
        });
        if cascade || belongs {
            spread(catalog, dependent, cascade);
        }
    }
}

/// Whether more goes than a statement names.
fn cascades(statement: &Statement) -> bool {
    use AlterTableActionKind as A;
    match statement {
        Statement::Drop(it) => it.cascade,
        Statement::AlterTable(it) => it.actions.iter().any(|action| {
            matches!(
                action.kind,
                A::DropColumn { cascade: true, .. } | A::DropConstraint { cascade: true, .. }
            )
        }),
        _ => false,
    }
}

/// The names of the constraints that a statement adds.
fn constraints(statement: &Statement) -> Vec<&str> {
    let Statement::AlterTable(it) = statement else { return Vec::new() };
    let names = it.actions.iter().filter_map(|action| match &action.kind {
        AlterTableActionKind::AddConstraint(it) => it.name.as_ref(),
        _ => None,
    });
    names.map(|name| name.text.as_str()).collect()
}

/// The names that a statement makes, changes or drops.
fn names(statement: &Statement) -> Vec<&str> {
    use Statement as S;
    let names = match statement {
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
        S::CreateStatistics(it) => it.name.iter().chain([&it.table]).collect(),
        S::CreateTable(it) => vec![&it.name],
        S::CreateTableAs(it) => vec![&it.into.name],
        S::CreateTrigger(it) => vec![&it.table],
        S::CreateType(it) => vec![&it.name],
        S::CreateView(it) => vec![&it.name],
        S::Drop(it) => return it.objects.iter().flat_map(|object| of_object(object)).collect(),
        S::Rename(it) => {
            let mut names = of_object(&it.object);
            if !is_column(it.object.kind) {
                names.push(&it.to.text);
            }
            return names;
        }
        S::SetSchema(it) => return of_object(&it.object),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| name.name.text.as_str()).collect()
}

/// The name of an object, and that of the table that it is a part of.
fn of_object(object: &ObjectRef) -> Vec<&str> {
    use ObjectKind as K;
    let part = matches!(object.kind, K::Constraint | K::Policy | K::Rule | K::Trigger);
    let column = is_column(object.kind);
    let table = object.name.qualifiers.last().filter(|_| part || column);
    let own = (!column).then_some(&object.name.name);
    table.into_iter().chain(own).map(|name| name.text.as_str()).collect()
}

/// Whether it is nothing but a part of a table: no other object has to do with its name.
fn is_column(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Column | ObjectKind::Attribute)
}
