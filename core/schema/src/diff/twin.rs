//! Which object of one schema is which of another: by kind and name.

use crate::catalog::{Catalog, Object, ObjectId, Relation, RelationKind};
use crate::dump::Names;

/// The object of another schema that has the same place there.
pub(super) fn twin(here: &Catalog, id: ObjectId, there: &Catalog) -> Option<ObjectId> {
    let object = &here.get(id)?.object;
    let (space, parent) = object.name_space();
    let parent = match parent {
        Some(parent) => Some(twin(here, parent, there)?),
        None => None,
    };
    let found = there.named(space, parent, object.name());
    found.iter().copied().find(|found| {
        let Some(other) = there.get(*found) else { return false };
        match (object, &other.object) {
            (Object::Relation(a), Object::Relation(b)) => same_kind(&a.kind, &b.kind),
            (Object::Function(a), Object::Function(b)) => {
                a.kind == b.kind
                    && Names { catalog: here }.signature(id, a)
                        == Names { catalog: there }.signature(*found, b)
            }
            (Object::Other(_), Object::Other(_)) => {
                let name = |catalog, id, entry| Names { catalog }.reference(id, entry);
                here.get(id)
                    .is_some_and(|entry| name(here, id, entry) == name(there, *found, other))
            }
            (Object::Type(a), Object::Type(b)) => {
                std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind)
            }
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    })
}

fn same_kind(a: &RelationKind, b: &RelationKind) -> bool {
    match (a, b) {
        (RelationKind::Table(a), RelationKind::Table(b)) => {
            a.foreign.is_some() == b.foreign.is_some()
                && a.partition_key.is_some() == b.partition_key.is_some()
        }
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Whether an object is made, and goes, with another: it has no statement of its own.
pub(super) fn is_derived(catalog: &Catalog, id: ObjectId) -> bool {
    match catalog.get(id).map(|entry| &entry.object) {
        Some(Object::Relation(it)) => match &it.kind {
            RelationKind::Index(index) => index.constraint.is_some() || index.parent.is_some(),
            RelationKind::Sequence(it) => it.owner.is_some_and(|owner| owner.identity),
            _ => false,
        },
        Some(Object::Constraint(it)) => {
            !it.local
                || it.foreign_key().is_some_and(|key| key.parent.is_some())
                || matches!(it.kind, crate::catalog::ConstraintKind::Trigger(_))
        }
        Some(Object::Trigger(it)) => it.parent.is_some(),
        _ => false,
    }
}

/// The definition of a constraint or an index, but for its name.
pub(super) fn nameless(catalog: &Catalog, id: ObjectId) -> Option<String> {
    let names = Names { catalog };
    match &catalog.get(id)?.object {
        Object::Constraint(it) => Some(names.constraint(it)),
        Object::Relation(it) => {
            let index = it.as_index()?;
            let unnamed = Relation { name: String::new(), ..it.clone() };
            Some(names.create_index(&unnamed, index))
        }
        _ => None,
    }
}
