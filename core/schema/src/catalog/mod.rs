//! A database's schema as data: what PostgreSQL's system catalogs would say, with no server.
//!
//! A [`Catalog`] is a set of objects, each under an [`ObjectId`], an index of their names, and
//! an index of who needs whom. All changes go through [`Catalog::insert`], [`Catalog::update`] and
//! [`Catalog::remove`], which keep the indexes, and keep a journal: a failed statement, a way that
//! was only tried, is taken back by [`Catalog::rollback`].
//!
//! The catalog holds facts, and does not check them: that a column's type exists, that a name is
//! free, that nothing needs what is dropped, is the business of `replay`.

mod constraint;
mod display;
mod doubtful;
mod family;
mod function;
mod id;
mod lookup;
mod object;
mod part;
mod relation;
mod session;
mod snapshot;
mod text;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use constraint::*;
pub use doubtful::*;
pub use function::*;
pub use id::*;
pub use lookup::*;
pub use object::*;
pub use part::*;
pub use relation::*;
pub use session::*;
pub use snapshot::Word;
pub use text::*;
pub use types::*;

use crate::PostgresVersion;
use crate::builtin::Builtin;

/// The schema of a database.
#[derive(Debug, Clone)]
pub struct Catalog {
    version: PostgresVersion,
    objects: BTreeMap<ObjectId, Arc<Entry>>,
    next: u32,
    names: BTreeMap<Space, BTreeMap<String, Vec<ObjectId>>>,
    dependents: BTreeMap<ObjectId, BTreeSet<ObjectId>>,
    extension_dependents: BTreeMap<&'static str, BTreeSet<ObjectId>>,
    journal: Vec<Change>,
    /// What became of names that were taken once.
    former: BTreeMap<(NameSpace, Option<ObjectId>, String), Former>,
    former_columns: BTreeMap<(ObjectId, String), Former>,
    /// The session that looks at it.
    pub session: Session,
    /// The statement after which nothing is certain: it ran SQL that is not known, so that a name
    /// which is not here may be there, and the other way round.
    pub opaque: Option<Place>,
    /// Names of which it is not certain whether something has them.
    pub doubtful: Doubtful,
}

#[derive(Debug, Clone)]
struct Change {
    id: ObjectId,
    before: Option<Arc<Entry>>,
}

/// A state of a catalog that can be gone back to, as long as no earlier one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(usize);

/// What [`Catalog::rollback`] took back, to be done again.
#[derive(Debug)]
pub struct Undone(Vec<Change>);

impl Catalog {
    /// An empty database: the schema `public`, and what [`Builtin`] knows.
    pub fn new(version: PostgresVersion) -> Self {
        let mut catalog = Self {
            version,
            objects: BTreeMap::new(),
            next: 0,
            names: BTreeMap::new(),
            dependents: BTreeMap::new(),
            extension_dependents: BTreeMap::new(),
            journal: Vec::new(),
            former: BTreeMap::new(),
            former_columns: BTreeMap::new(),
            session: Session::default(),
            opaque: None,
            doubtful: Doubtful::default(),
        };
        let public = Object::Schema(Schema { name: "public".to_owned() });
        catalog.insert(public, Place::BEFORE);
        catalog.journal.clear();
        catalog
    }

    /// The version of the server.
    pub fn version(&self) -> PostgresVersion {
        self.version
    }

    /// What the server has before a chain begins.
    pub fn builtin(&self) -> Builtin {
        Builtin::new(self.version)
    }

    /// An object.
    pub fn get(&self, id: ObjectId) -> Option<&Entry> {
        self.objects.get(&id).map(AsRef::as_ref)
    }

    /// All objects, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (ObjectId, &Entry)> {
        self.objects.iter().map(|(id, entry)| (*id, entry.as_ref()))
    }

    /// Adds an object.
    pub fn insert(&mut self, object: Object, created: Place) -> ObjectId {
        let id = ObjectId(self.next);
        self.next += 1;
        let entry = Entry {
            object,
            created,
            comment: None,
            owner: None,
            grants: Vec::new(),
            uncertain: false,
        };
        self.put(id, Some(Arc::new(entry)));
        id
    }

    /// Changes an object, if it is there.
    pub fn update(&mut self, id: ObjectId, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.objects.get(&id) {
            let mut entry = entry.as_ref().clone();
            change(&mut entry);
            self.put(id, Some(Arc::new(entry)));
        }
    }

    /// Changes a relation, if it is there and is one.
    pub fn update_relation(&mut self, id: ObjectId, change: impl FnOnce(&mut Relation)) {
        self.update(id, |entry| {
            if let Object::Relation(relation) = &mut entry.object {
                change(relation);
            }
        });
    }

    /// Takes an object away, and only it. `place` says what did it, for who asks where it went.
    pub fn remove(&mut self, id: ObjectId, place: Place) {
        if self.objects.contains_key(&id) {
            self.went(id, Former { place, went: Went::Dropped });
            self.put(id, None);
        }
    }

    /// Gives an object another name, if it is there; `place` says what did it.
    pub fn rename(&mut self, id: ObjectId, to: &str, place: Place) {
        self.went(id, Former { place, went: Went::Renamed });
        self.update(id, |entry| to.clone_into(entry.object.name_mut()));
    }

    /// Remembers what becomes of the name that an object has.
    pub fn went(&mut self, id: ObjectId, former: Former) {
        if let Some(entry) = self.objects.get(&id) {
            let (space, parent) = entry.object.name_space();
            self.former.insert((space, parent, entry.object.name().to_owned()), former);
        }
    }

    /// Remembers what becomes of a column's name.
    pub fn column_went(&mut self, relation: ObjectId, name: &str, former: Former) {
        self.former_columns.insert((relation, name.to_owned()), former);
    }

    /// What became of the object that had this name.
    pub fn former(&self, space: NameSpace, parent: Option<ObjectId>, name: &str) -> Option<Former> {
        self.former.get(&(space, parent, name.to_owned())).copied()
    }

    /// What became of the column that had this name.
    pub fn former_column(&self, relation: ObjectId, name: &str) -> Option<Former> {
        self.former_columns.get(&(relation, name.to_owned())).copied()
    }

    /// The objects that need this one, or a column of it, the oldest first.
    pub fn dependents(&self, id: ObjectId) -> impl Iterator<Item = ObjectId> {
        self.dependents.get(&id).into_iter().flatten().copied()
    }

    /// The objects that need what an extension brought, the oldest first.
    pub fn extension_dependents(&self, name: &str) -> impl Iterator<Item = ObjectId> {
        self.extension_dependents.get(name).into_iter().flatten().copied()
    }

    /// The objects of a name, the oldest first. Constraints are found with and without a parent.
    pub fn named(&self, space: NameSpace, parent: Option<ObjectId>, name: &str) -> &[ObjectId] {
        self.names
            .get(&(space, parent))
            .and_then(|names| names.get(name))
            .map_or(&[], Vec::as_slice)
    }

    /// The names in a space, sorted.
    pub fn names(&self, space: NameSpace, parent: Option<ObjectId>) -> impl Iterator<Item = &str> {
        self.names
            .get(&(space, parent))
            .into_iter()
            .flat_map(|names| names.keys().map(String::as_str))
    }

    /// The state as it is now.
    pub fn mark(&self) -> Mark {
        Mark(self.journal.len())
    }

    /// The objects that were added, changed or removed since.
    pub fn touched_since(&self, mark: Mark) -> BTreeSet<ObjectId> {
        self.journal.get(mark.0..).unwrap_or_default().iter().map(|change| change.id).collect()
    }

    /// Goes back to a state. [`Catalog::session`] and [`Catalog::opaque`] stay as they are.
    pub fn rollback(&mut self, mark: Mark) -> Undone {
        let mut undone = Vec::new();
        while self.journal.len() > mark.0 {
            let Some(change) = self.journal.pop() else { break };
            let before = self.objects.get(&change.id).cloned();
            undone.push(Change { id: change.id, before });
            self.set(change.id, change.before);
        }
        Undone(undone)
    }

    /// Does again what was taken back; the catalog must be in the state it was left in.
    pub fn redo(&mut self, undone: Undone) {
        for change in undone.0.into_iter().rev() {
            self.put(change.id, change.before);
        }
    }

    /// Takes what is here as what there is, where it was not certain.
    pub fn take_as_certain(&mut self) {
        self.opaque = None;
        self.doubtful = Doubtful::default();
        let uncertain = |entry: &Entry| {
            let columns = match &entry.object {
                Object::Relation(relation) => relation.columns.as_slice(),
                _ => &[],
            };
            entry.uncertain || columns.iter().any(|column| column.uncertain)
        };
        let all: Vec<ObjectId> =
            self.iter().filter(|(_, entry)| uncertain(entry)).map(|(id, _)| id).collect();
        for id in all {
            self.update(id, |entry| {
                entry.uncertain = false;
                if let Object::Relation(relation) = &mut entry.object {
                    for column in &mut relation.columns {
                        column.uncertain = false;
                    }
                }
            });
        }
    }

    /// Forgets the journal: no state before this one can be gone back to.
    pub fn forget(&mut self) {
        self.journal.clear();
    }

    fn put(&mut self, id: ObjectId, entry: Option<Arc<Entry>>) {
        let before = self.set(id, entry);
        self.journal.push(Change { id, before });
    }

    /// Sets an object and the indexes; gives what was there.
    fn set(&mut self, id: ObjectId, entry: Option<Arc<Entry>>) -> Option<Arc<Entry>> {
        let after = entry.clone();
        let before = match entry {
            Some(entry) => self.objects.insert(id, entry),
            None => self.objects.remove(&id),
        };
        let (old, new) = (before.as_deref(), after.as_deref());
        self.index_name(id, old, new);
        self.index_needs(id, old, new);
        before
    }

    fn index_name(&mut self, id: ObjectId, old: Option<&Entry>, new: Option<&Entry>) {
        let key = |entry: &Entry| (entry.object.name_space(), entry.object.name().to_owned());
        let (old, new) = (old.map(key), new.map(key));
        if old == new {
            return;
        }
        for (space, name) in old.into_iter().flat_map(all_spaces) {
            if let Some(names) = self.names.get_mut(&space)
                && let Some(ids) = names.get_mut(&name)
            {
                ids.retain(|it| *it != id);
                if ids.is_empty() {
                    names.remove(&name);
                }
                if names.is_empty() {
                    self.names.remove(&space);
                }
            }
        }
        for (space, name) in new.into_iter().flat_map(all_spaces) {
            let ids = self.names.entry(space).or_default().entry(name).or_default();
            // A redo brings back ids in any order.
            let at = ids.partition_point(|it| *it < id);
            ids.insert(at, id);
        }
    }

    fn index_needs(&mut self, id: ObjectId, old: Option<&Entry>, new: Option<&Entry>) {
        let targets = |entry: Option<&Entry>| -> BTreeSet<Key> {
            entry.map(|it| it.object.needs()).unwrap_or_default().iter().map(Key::of).collect()
        };
        let (old, new) = (targets(old), targets(new));
        for key in old.difference(&new) {
            match key {
                Key::Object(target) => {
                    if let Some(ids) = self.dependents.get_mut(target) {
                        ids.remove(&id);
                        if ids.is_empty() {
                            self.dependents.remove(target);
                        }
                    }
                }
                Key::Extension(name) => {
                    if let Some(ids) = self.extension_dependents.get_mut(name) {
                        ids.remove(&id);
                    }
                }
            }
        }
        for key in new.difference(&old) {
            match key {
                Key::Object(target) => self.dependents.entry(*target).or_default().insert(id),
                Key::Extension(name) => {
                    self.extension_dependents.entry(name).or_default().insert(id)
                }
            };
        }
    }
}

type Space = (NameSpace, Option<ObjectId>);

/// The spaces under which a name is found: constraints without their table too, for the names
/// that the server makes up are unique in a schema.
fn all_spaces((space, name): (Space, String)) -> impl Iterator<Item = (Space, String)> {
    let constraint = space.0 == NameSpace::Constraint;
    let anywhere = constraint.then(|| ((NameSpace::Constraint, None), name.clone()));
    anywhere.into_iter().chain([(space, name)])
}

/// What the index of dependents is by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Object(ObjectId),
    Extension(&'static str),
}

impl Key {
    fn of(need: &Need) -> Self {
        match need.target {
            Target::Object(id) | Target::Column(id, _) => Self::Object(id),
            Target::Extension(name) => Self::Extension(name),
        }
    }
}

#[cfg(test)]
mod tests;
