//! Dropping, with what goes along and what stands in the way.
//!
//! Source: the manual's chapter "Dependency Tracking", and what servers do: everything that can be
//! reached from what is dropped goes too; what is reached by an automatic or internal dependency
//! on any way goes silently; what is only reached otherwise must be allowed by `CASCADE`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use super::describe::describe;
use super::publication;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::ast::{ObjectKind, TextRange};
use crate::catalog::{
    Catalog, ColumnDefault, ColumnNumber, ConstraintKind, Former, Function, Hole, Need, Object,
    ObjectId, Part, Place, RelationKind, Strength, Target, Went,
};

/// How many dependents a refusal shows.
const SHOWN: usize = 5;

impl Run<'_> {
    /// Drops objects and columns with all that goes along with them. Refuses it where something
    /// else needs one of them, unless `cascade`. `range` is where a refusal points.
    pub(super) fn delete(
        &mut self,
        targets: &[Target],
        cascade: bool,
        range: TextRange,
    ) -> Outcome {
        let nodes: Vec<Node> = targets.iter().filter_map(|target| Node::of(*target)).collect();
        for node in &nodes {
            if let Some(owner) = owner_in_the_way(self.catalog, *node, &nodes) {
                if self.catalog.is_uncertain(owner.object()) {
                    return Err(Stop::Unknown);
                }
                return required(self.catalog, *node, owner).at(range).stop();
            }
        }
        let reached = Closure::of(self.catalog, &nodes);
        if !cascade {
            reached.refuse(range)?;
        }
        for node in reached.order {
            node.remove(self.catalog, self.place);
        }
        Ok(())
    }

    /// Takes out what is not known to be there any more, and all that needs it: of that too,
    /// nothing is known.
    pub(super) fn take_out(&mut self, id: ObjectId) {
        for node in Closure::of(self.catalog, &[Node::Object(id)]).order {
            if let Some(entry) = self.catalog.get(node.object()) {
                self.catalog.doubtful.insert(entry.object.name().to_owned());
            }
            self.catalog.update(node.object(), |entry| entry.uncertain = true);
            node.remove(self.catalog, self.place);
        }
    }
}

/// What can go: a whole object, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Object(ObjectId),
    Column(ObjectId, ColumnNumber),
    Default(ObjectId, ColumnNumber),
    /// What a publication says of a table or a schema.
    Member(ObjectId, ObjectId),
}

impl Node {
    fn of(target: Target) -> Option<Self> {
        match target {
            Target::Object(id) => Some(Self::Object(id)),
            Target::Column(id, column) => Some(Self::Column(id, column)),
            Target::Extension(_) => None,
        }
    }

    /// The part of an object that a need is about.
    fn part(catalog: &Catalog, id: ObjectId, part: Part) -> Self {
        // A view goes as a whole.
        let whole = catalog.relation(id).is_some_and(|it| {
            matches!(it.kind, RelationKind::View(_) | RelationKind::MaterializedView { .. })
        });
        match part {
            Part::Column(column) if !whole => Self::Column(id, column),
            Part::Default(column) if !whole => Self::Default(id, column),
            _ => Self::Object(id),
        }
    }

    fn object(self) -> ObjectId {
        let (Self::Object(id) | Self::Column(id, _) | Self::Default(id, _) | Self::Member(id, _)) =
            self;
        id
    }

    fn describe(self, catalog: &Catalog) -> String {
        match self {
            Self::Object(id) => describe(catalog, Target::Object(id)),
            Self::Column(id, column) => describe(catalog, Target::Column(id, column)),
            Self::Default(id, column) => {
                format!("default value for {}", describe(catalog, Target::Column(id, column)))
            }
            Self::Member(publication, of) => format!(
                "publication of {} in {}",
                describe(catalog, Target::Object(of)),
                describe(catalog, Target::Object(publication))
            ),
        }
    }

    /// The statement that made it.
    fn created(self, catalog: &Catalog) -> Option<Place> {
        if let Self::Column(id, number) | Self::Default(id, number) = self {
            let column = catalog.relation(id).and_then(|it| it.column_numbered(number));
            return column.map(|column| column.created);
        }
        catalog.get(self.object()).map(|entry| entry.created)
    }

    /// Whether it may be missing.
    fn is_uncertain(self, catalog: &Catalog) -> bool {
        let id = self.object();
        if let Self::Column(_, number) | Self::Default(_, number) = self
            && let Some(column) = catalog.relation(id).and_then(|it| it.column_numbered(number))
            && column.uncertain
        {
            return true;
        }
        let doubtful = |name: &str| catalog.doubtful.contains(name);
        catalog.is_uncertain(id)
            || catalog.get(id).is_some_and(|entry| doubtful(entry.object.name()))
    }

    fn remove(self, catalog: &mut Catalog, place: Place) {
        match self {
            Self::Object(id) => {
                forget_index(catalog, id);
                catalog.remove(id, place);
            }
            Self::Column(id, number) => {
                let column = catalog.relation(id).and_then(|it| it.column_numbered(number));
                let Some(name) = column.map(|column| column.name.clone()) else { return };
                catalog.update_relation(id, |it| it.columns.retain(|it| it.number != number));
                catalog.column_went(id, &name, Former { place, went: Went::Dropped });
            }
            Self::Default(id, number) => catalog.update_relation(id, |it| {
                if let Some(column) = it.column_mut(number) {
                    column.default = ColumnDefault::None;
                }
            }),
            Self::Member(publication, of) => {
                catalog.update(publication, |entry| {
                    if let Object::Other(it) = &mut entry.object {
                        it.text = publication::without(&it.text, of);
                    }
                });
            }
        }
    }
}

/// What a table says of an index that goes.
fn forget_index(catalog: &mut Catalog, id: ObjectId) {
    let index = catalog.relation(id).and_then(|it| it.as_index());
    let Some(table) = index.map(|index| index.table) else { return };
    let identity = |text: &crate::catalog::Text| {
        text.holes().any(|hole| matches!(hole, Hole::Object(it) | Hole::Bare(it) if *it == id))
    };
    let concerned = catalog.relation(table).and_then(|it| it.as_table()).is_some_and(|it| {
        it.clustered_on == Some(id) || it.replica_identity.as_ref().is_some_and(identity)
    });
    if !concerned {
        return;
    }
    catalog.update_relation(table, |it| {
        let Some(table) = it.as_table_mut() else { return };
        if table.clustered_on == Some(id) {
            table.clustered_on = None;
        }
        // Without the index that it names, no row is identified.
        if table.replica_identity.as_ref().is_some_and(identity) {
            table.replica_identity = Some(crate::catalog::Text::plain("NOTHING"));
        }
    });
}

/// Whether an internal need makes a partition's part of the whole's: it goes with either, and
/// does not draw the other along.
fn is_partition_need(catalog: &Catalog, id: ObjectId, need: &Need) -> bool {
    let Target::Object(owner) = need.target else { return false };
    let (Some(part), Some(whole)) = (catalog.get(id), catalog.get(owner)) else { return false };
    std::mem::discriminant(&part.object) == std::mem::discriminant(&whole.object)
}

fn internal_needs(catalog: &Catalog, id: ObjectId) -> Vec<Need> {
    let mut needs = catalog.get(id).map(|entry| entry.object.needs()).unwrap_or_default();
    needs.retain(|need| need.strength == Strength::Internal);
    needs
}

/// What an object is a part of, so that it cannot be dropped alone.
fn owner_in_the_way(catalog: &Catalog, node: Node, going: &[Node]) -> Option<Node> {
    let Node::Object(id) = node else { return None };
    let owners = internal_needs(catalog, id).into_iter().filter_map(|need| Node::of(need.target));
    let free =
        |owner: &Node| going.contains(owner) || going.contains(&Node::Object(owner.object()));
    owners.into_iter().find(|owner| !free(owner))
}

fn required(catalog: &Catalog, node: Node, owner: Node) -> Refusal {
    let (node, by) = (node.describe(catalog), owner.describe(catalog));
    Refusal::new(Code::DependentObjects, format!("cannot drop {node} because {by} requires it"))
        .also(owner.created(catalog), format!("{by} requires it"))
        .help(format!("drop {by} instead"))
}

/// All that goes when something is dropped.
struct Closure<'a> {
    catalog: &'a Catalog,
    /// In the order in which it was found.
    order: Vec<Node>,
    reached: BTreeMap<Node, Reached>,
    originals: usize,
}

struct Reached {
    /// It was named, or goes without being asked.
    silent: bool,
    /// What it was found by.
    because: Option<Node>,
}

impl<'a> Closure<'a> {
    fn of(catalog: &'a Catalog, nodes: &[Node]) -> Self {
        let mut closure =
            Self { catalog, order: Vec::new(), reached: BTreeMap::new(), originals: 0 };
        for node in nodes {
            closure.reach(*node, true, None);
        }
        closure.originals = closure.order.len();
        let mut at = 0;
        while let Some(node) = closure.order.get(at).copied() {
            closure.reach_owner(node);
            closure.reach_dependents(node);
            at += 1;
        }
        closure
    }

    fn reach(&mut self, node: Node, silent: bool, because: Option<Node>) {
        match self.reached.entry(node) {
            Slot::Occupied(mut slot) => slot.get_mut().silent |= silent,
            Slot::Vacant(slot) => {
                slot.insert(Reached { silent, because });
                self.order.push(node);
            }
        }
    }

    /// A part that goes draws along what it is a part of.
    fn reach_owner(&mut self, node: Node) {
        let Node::Object(id) = node else { return };
        let Some(Reached { because: Some(_), .. }) = self.reached.get(&node) else { return };
        for need in internal_needs(self.catalog, id) {
            let Some(owner) = Node::of(need.target) else { continue };
            let going = self.reached.contains_key(&owner)
                || self.reached.contains_key(&Node::Object(owner.object()));
            if !going && !is_partition_need(self.catalog, id, &need) {
                // Columns that a key only includes are the index's here, and the constraint's there.
                let key = matches!(
                    self.catalog.get(owner.object()).map(|entry| &entry.object),
                    Some(Object::Constraint(it))
                        if !matches!(it.kind, ConstraintKind::Exclusion { .. })
                );
                self.reach(owner, key, Some(node));
            }
        }
    }

    fn reach_dependents(&mut self, node: Node) {
        let catalog = self.catalog;
        match node {
            Node::Object(id) => {
                for dependent in catalog.dependents(id).filter(|it| *it != id) {
                    self.reach_for(dependent, node, |target| match target {
                        Target::Object(it) | Target::Column(it, _) => it == id,
                        Target::Extension(_) => false,
                    });
                }
                match catalog.get(id).map(|entry| &entry.object) {
                    Some(Object::Extension(extension)) => {
                        for dependent in catalog.extension_dependents(&extension.name) {
                            self.reach_for(dependent, node, |target| {
                                matches!(target, Target::Extension(it) if it == extension.name)
                            });
                        }
                    }
                    Some(Object::Other(other)) if other.kind == ObjectKind::Language => {
                        let written = |it: &Function| it.language == other.name;
                        for (id, _) in catalog.functions().filter(|(_, it)| written(it)) {
                            self.reach(Node::Object(id), false, Some(node));
                        }
                    }
                    _ => {}
                }
            }
            Node::Column(id, number) => {
                for dependent in catalog.dependents(id) {
                    self.reach_for(dependent, node, |it| it == Target::Column(id, number));
                }
            }
            Node::Default(..) | Node::Member(..) => {}
        }
    }

    /// Reaches the parts of an object that need something.
    fn reach_for(&mut self, id: ObjectId, node: Node, wanted: impl Fn(Target) -> bool) {
        let Some(entry) = self.catalog.get(id) else { return };
        if let Object::Other(other) = &entry.object
            && other.kind == ObjectKind::Publication
        {
            for (of, text) in publication::members(&other.text) {
                let whole = node == Node::Object(of);
                let names = text.holes().any(|hole| match hole {
                    Hole::Column(it, column) => wanted(Target::Column(*it, *column)),
                    Hole::Object(it) => wanted(Target::Object(*it)),
                    _ => false,
                });
                if whole || names {
                    self.reach(Node::Member(id, of), whole, Some(node));
                }
            }
            return;
        }
        for need in entry.object.needs() {
            if wanted(need.target) {
                let part = Node::part(self.catalog, id, need.part);
                if part != node {
                    self.reach(part, need.strength != Strength::Normal, Some(node));
                }
            }
        }
    }

    /// Whether it goes as a part of something that goes.
    fn is_covered(&self, node: Node) -> bool {
        let reached = |node| self.reached.contains_key(&node);
        match node {
            Node::Object(_) => false,
            Node::Column(id, _) => reached(Node::Object(id)),
            Node::Default(id, column) => {
                reached(Node::Object(id)) || reached(Node::Column(id, column))
            }
            Node::Member(id, of) => reached(Node::Object(id)) || reached(Node::Object(of)),
        }
    }

    /// Refuses it where something goes that must not without `CASCADE`.
    fn refuse(&self, range: TextRange) -> Outcome {
        let in_the_way: Vec<(Node, &Reached)> = self
            .order
            .iter()
            .filter_map(|node| Some((*node, self.reached.get(node)?)))
            .filter(|(node, reached)| !reached.silent && !self.is_covered(*node))
            // What may be missing is, if the server accepts it; then it is right to take it out.
            .filter(|(node, _)| !node.is_uncertain(self.catalog))
            .collect();
        if in_the_way.is_empty() {
            return Ok(());
        }
        let message = match self.order.get(..self.originals) {
            Some([only]) => format!(
                "cannot drop {} because other objects depend on it",
                only.describe(self.catalog)
            ),
            _ => "cannot drop desired object(s) because other objects depend on them".to_owned(),
        };
        let mut refusal = Refusal::new(Code::DependentObjects, message).at(range);
        for (node, reached) in in_the_way.iter().take(SHOWN) {
            let Some(because) = reached.because else { continue };
            let says = format!(
                "{} depends on {}",
                node.describe(self.catalog),
                because.describe(self.catalog)
            );
            refusal = refusal.also(node.created(self.catalog), says);
        }
        if let Some(more @ 1..) = in_the_way.len().checked_sub(SHOWN) {
            refusal = refusal.help(format!("{more} more objects depend on it"));
        }
        refusal.help("`DROP … CASCADE` drops the dependent objects too").stop()
    }
}
