//! The order in which statements can be run: what something needs comes before it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Names, is_temporary};
use crate::ast::ObjectKind;
use crate::catalog::{
    Catalog, ConstraintKind, Entry, Object, ObjectId, RelationKind, Strength, Target,
    TypeDefinitionKind,
};

/// The statements that make a schema.
///
/// Objects come by their kind and their name, not by their age, so that two chains which lead to
/// one schema give one text; and each after what it needs.
pub(super) fn statements(catalog: &Catalog) -> Vec<String> {
    let names = Names { catalog };
    let mut statements = Vec::new();
    let order = order(catalog);
    if order.iter().any(|id| is_function(catalog, *id)) {
        // The body of a function may name what comes later.
        statements.push("SET check_function_bodies = off".to_owned());
    }
    let mut late = Vec::new();
    for id in order {
        let Some(entry) = catalog.get(id) else { continue };
        if !is_inline(catalog, entry) {
            statements.extend(names.own_statements(id, entry));
        }
        // Partitions are attached, sequences given to their columns, and comments made, when all is
        // there.
        late.extend(names.extra_statements(id, entry));
    }
    statements.extend(late);
    statements
}

fn is_function(catalog: &Catalog, id: ObjectId) -> bool {
    catalog.get(id).is_some_and(|entry| matches!(entry.object, Object::Function(_)))
}

/// Whether the statement of its table makes it.
pub(crate) fn is_inline(catalog: &Catalog, entry: &Entry) -> bool {
    match &entry.object {
        Object::Constraint(it) => match it.kind {
            ConstraintKind::ForeignKey(_) | ConstraintKind::Trigger(_) => false,
            // A constraint that comes from a parent only comes with `INHERITS` or with the
            // attachment of the partition.
            _ if Names { catalog }.is_second_key(it) => false,
            _ => (it.validated || !it.local) && is_of_table_or_domain(catalog, it.on),
        },
        _ => false,
    }
}

fn is_of_table_or_domain(catalog: &Catalog, id: ObjectId) -> bool {
    match catalog.get(id).map(|entry| &entry.object) {
        Some(Object::Relation(relation)) => relation.as_table().is_some(),
        Some(Object::Type(it)) => matches!(it.kind, TypeDefinitionKind::Domain(_)),
        _ => false,
    }
}

/// What sorts objects: the kind, then schema and name, then the age.
type Key = (u8, String, ObjectId);

/// All objects that last, each after those that it needs.
pub(crate) fn order(catalog: &Catalog) -> Vec<ObjectId> {
    let names = Names { catalog };
    let mut keys: BTreeMap<ObjectId, Key> = BTreeMap::new();
    for (id, entry) in catalog.iter().filter(|(id, _)| !is_temporary(catalog, *id)) {
        keys.insert(id, (rank(entry), sort_name(names, id, entry), id));
    }
    let mut waits: BTreeMap<ObjectId, BTreeSet<ObjectId>> = BTreeMap::new();
    let mut ready: BTreeSet<Key> = BTreeSet::new();
    for (&id, key) in &keys {
        let needs: BTreeSet<ObjectId> = needs(catalog, id)
            .into_iter()
            .filter(|need| *need != id && keys.contains_key(need))
            .collect();
        if needs.is_empty() {
            ready.insert(key.clone());
        } else {
            waits.insert(id, needs);
        }
    }
    let mut order = Vec::with_capacity(keys.len());
    loop {
        // What waits for each other in a circle comes by its age.
        let Some(key) = ready.pop_first().or_else(|| {
            let id = *waits.keys().next()?;
            waits.remove(&id);
            keys.get(&id).cloned()
        }) else {
            return order;
        };
        let id = key.2;
        order.push(id);
        let dependents = followers(catalog, id);
        for dependent in dependents {
            if let Some(needs) = waits.get_mut(&dependent) {
                needs.remove(&id);
                if needs.is_empty() {
                    waits.remove(&dependent);
                    ready.extend(keys.get(&dependent).cloned());
                }
            }
        }
    }
}

/// What must be there before an object can be made. A sequence is made before the table whose
/// column owns it, and a partition is attached when both are there.
fn needs(catalog: &Catalog, id: ObjectId) -> Vec<ObjectId> {
    let Some(entry) = catalog.get(id) else { return Vec::new() };
    if let Object::Relation(it) = &entry.object
        && it.as_sequence().is_some_and(|it| it.owner.is_some_and(|owner| !owner.identity))
    {
        return vec![it.schema];
    }
    let partition_of = match &entry.object {
        Object::Relation(it) => it.as_table().and_then(|it| it.partition_of.as_ref()),
        _ => None,
    };
    let mut needs: Vec<ObjectId> = entry
        .object
        .needs()
        .iter()
        .filter_map(|need| match need.target {
            Target::Object(it) | Target::Column(it, _) => Some((it, need.strength)),
            Target::Extension(name) => {
                let space = crate::catalog::NameSpace::Extension;
                catalog.named(space, None, name).first().map(|it| (*it, Strength::Normal))
            }
        })
        .filter(|(it, _)| partition_of.is_none_or(|(parent, _)| parent != it))
        .map(|(it, _)| it)
        .collect();
    // What stands in a table's statement must be possible when the table is made.
    for inline in catalog.dependents(id) {
        if let Some(other) = catalog.get(inline)
            && is_inline(catalog, other)
            && other.object.name_space().1 == Some(id)
        {
            needs.extend(other.object.needs().iter().filter_map(|need| match need.target {
                Target::Object(it) | Target::Column(it, _) if it != id => Some(it),
                _ => None,
            }));
        }
    }
    needs
}

/// What may wait for an object.
fn followers(catalog: &Catalog, id: ObjectId) -> BTreeSet<ObjectId> {
    let mut followers: BTreeSet<ObjectId> = catalog.dependents(id).collect();
    let through: Vec<ObjectId> = followers.iter().copied().collect();
    for it in through {
        if let Some(entry) = catalog.get(it)
            && is_inline(catalog, entry)
        {
            followers.extend(entry.object.name_space().1);
        }
    }
    if let Some(Object::Extension(extension)) = catalog.get(id).map(|entry| &entry.object) {
        followers.extend(catalog.extension_dependents(&extension.name));
    }
    followers
}

fn sort_name(names: Names<'_>, id: ObjectId, entry: &Entry) -> String {
    let (_, parent) = entry.object.name_space();
    let name = match &entry.object {
        Object::Function(it) => names.signature(id, it),
        other => other.name().to_owned(),
    };
    match (entry.object.schema(), parent) {
        (Some(schema), _) => format!("{}\u{0}{name}", names.bare(schema)),
        (None, Some(parent)) => format!("{}\u{0}{name}", names.object(parent)),
        (None, None) => name,
    }
}

/// What comes first, where nothing else decides.
fn rank(entry: &Entry) -> u8 {
    match &entry.object {
        Object::Schema(_) => 0,
        Object::Extension(_) => 1,
        Object::Other(it) if it.kind == ObjectKind::Role => 0,
        Object::Type(_) => 2,
        Object::Relation(it) => match &it.kind {
            RelationKind::Composite => 2,
            RelationKind::Sequence(_) => 4,
            RelationKind::Table(_) => 5,
            RelationKind::Index(_) => 7,
            RelationKind::View(_) | RelationKind::MaterializedView { .. } => 8,
        },
        Object::Function(_) => 3,
        Object::Other(_) => 6,
        Object::Constraint(it) if matches!(it.kind, ConstraintKind::ForeignKey(_)) => 9,
        Object::Constraint(_) => 7,
        Object::Statistics(_) => 10,
        Object::Trigger(_) => 11,
        Object::Rule(_) => 12,
        Object::Policy(_) => 13,
    }
}
