//! What holds of a catalog after any statement.

use std::collections::BTreeSet;

use pgmigrate_schema::catalog::{Catalog, NameSpace, Object, ObjectId, Target};

/// What does not hold, in words.
pub(crate) fn broken(catalog: &Catalog) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut taken = BTreeSet::new();
    for (id, entry) in catalog.iter() {
        let what = || format!("{id:?} {:?}", entry.object.name());
        for need in entry.object.needs() {
            match need.target {
                Target::Object(target) if catalog.get(target).is_none() => {
                    wrong.push(format!("{} needs {target:?}, which is not there", what()));
                }
                Target::Object(target) | Target::Column(target, _)
                    if !catalog.dependents(target).any(|it| it == id) =>
                {
                    wrong.push(format!("{} is not among what needs {target:?}", what()));
                }
                Target::Column(target, column) if !has_column(catalog, target, column) => {
                    let relation = catalog.get(target).map(|it| it.object.name());
                    wrong.push(format!("{} needs column {column:?} of {relation:?}", what()));
                }
                _ => {}
            }
        }
        let (space, parent) = entry.object.name_space();
        if let Some(parent) = parent.filter(|it| catalog.get(*it).is_none()) {
            wrong.push(format!("{} is in {parent:?}, which is not there", what()));
        }
        if !catalog.named(space, parent, entry.object.name()).contains(&id) {
            wrong.push(format!("{} is not found by its name", what()));
        }
        let unique = !matches!(space, NameSpace::Function | NameSpace::Other(_));
        if unique && !taken.insert((space, parent, entry.object.name())) {
            wrong.push(format!("{} has the name of another {space:?}", what()));
        }
        wrong.extend(broken_columns(&entry.object).map(|it| format!("{}: {it}", what())));
    }
    wrong
}

fn has_column(
    catalog: &Catalog,
    id: ObjectId,
    column: pgmigrate_schema::catalog::ColumnNumber,
) -> bool {
    catalog.relation(id).is_some_and(|it| it.column_numbered(column).is_some())
}

/// Columns of one name or number, and numbers that the next column may get.
fn broken_columns(object: &Object) -> impl Iterator<Item = String> {
    let mut wrong = Vec::new();
    if let Object::Relation(relation) = object {
        let mut seen = BTreeSet::new();
        for column in &relation.columns {
            let key = relation.as_index().is_none().then_some(column.name.as_str());
            if key.is_some_and(|name| !seen.insert(name)) {
                wrong.push(format!("two columns {:?}", column.name));
            }
            if column.number.0 >= relation.next_column {
                wrong.push(format!("column {:?} is number {:?}", column.name, column.number));
            }
        }
        let numbers: BTreeSet<_> = relation.columns.iter().map(|it| it.number).collect();
        if numbers.len() < relation.columns.len() {
            wrong.push("two columns of one number".to_owned());
        }
    }
    wrong.into_iter()
}
