//! Names that are given twice.
//!
//! Where it is not certain that something is there, its name may be given to something else. If
//! the server accepts that, what had the name is not there, or not under that name; either way
//! nothing is known of it any more.

use super::Run;
use crate::ast::Ident;
use crate::catalog::{Mark, NameSpace, Object, ObjectId, RelationHit, RelationKind, SchemaRef};

impl Run<'_> {
    /// Takes away the relation that has a name which is given to another.
    pub(crate) fn make_room(&mut self, schema: ObjectId, name: &Ident) {
        let hit = self.catalog.relation_in(SchemaRef::Own(schema), &name.text);
        if let Some(RelationHit::Own(id)) = hit {
            self.take_out(id);
        }
    }

    /// Takes away what has the names that were given to others.
    pub(super) fn make_room_since(&mut self, mark: Mark) {
        let touched = self.catalog.touched_since(mark);
        let mut others = Vec::new();
        for id in &touched {
            let Some(entry) = self.catalog.get(*id) else { continue };
            let (space, parent) = entry.object.name_space();
            // What has rows is a type too.
            let spaces: &[NameSpace] = match &entry.object {
                Object::Relation(it) if is_type(&it.kind) => {
                    &[NameSpace::Relation, NameSpace::Type]
                }
                Object::Type(_) => &[NameSpace::Type, NameSpace::Relation],
                Object::Function(_) | Object::Other(_) => &[],
                _ => &[space],
            };
            for other in
                spaces.iter().flat_map(|it| self.catalog.named(*it, parent, entry.object.name()))
            {
                let is_last = !touched.contains(other) || other < id;
                if other != id && is_last && self.clash(*id, *other) {
                    others.push(*other);
                }
            }
        }
        for id in others {
            self.take_out(id);
        }
    }

    /// Whether two objects of a name cannot both be: an index is no type.
    fn clash(&self, a: ObjectId, b: ObjectId) -> bool {
        let kind = |id| self.catalog.get(id).map(|it| &it.object);
        match (kind(a), kind(b)) {
            (Some(Object::Type(_)), Some(Object::Relation(it)))
            | (Some(Object::Relation(it)), Some(Object::Type(_))) => is_type(&it.kind),
            (a, b) => a.is_some() && b.is_some(),
        }
    }
}

fn is_type(kind: &RelationKind) -> bool {
    !matches!(kind, RelationKind::Index(_) | RelationKind::Sequence(_))
}
