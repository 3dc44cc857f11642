//! What stands in the way of what is wanted, and goes first.
//!
//! That is what is not wanted at all, what can only be made anew, and what depends on either: a
//! view over a column whose type changes has to go, and comes back afterwards.

use std::collections::BTreeSet;

use super::definition::{Change, change};
use super::twin::{is_derived, nameless, twin};
use super::work::Work;
use crate::catalog::{
    Catalog, Column, ColumnDefault, ColumnNumber, Constraint, NameSpace, Object, ObjectId, Part,
    Place, Relation, RelationKind, Strength, Target,
};
use crate::dump::{self, quote_ident as ident};

/// What goes.
#[derive(Default)]
struct Gone {
    objects: BTreeSet<ObjectId>,
    /// Columns that are dropped.
    columns: BTreeSet<(ObjectId, ColumnNumber)>,
    /// Columns whose type changes.
    retyped: BTreeSet<(ObjectId, ColumnNumber)>,
    defaults: BTreeSet<(ObjectId, ColumnNumber)>,
    /// Types that stay under another name until nothing is of them.
    remade: BTreeSet<ObjectId>,
}

impl Work<'_> {
    /// Makes the schemas and extensions that all else may lie in, and gives constraints and indexes
    /// that only have another name that name.
    pub(super) fn make_room(&mut self) {
        for id in dump::order(self.to) {
            let Some(entry) = self.to.get(id) else { continue };
            let early = matches!(entry.object, Object::Schema(_) | Object::Extension(_));
            if early && twin(self.to, id, self.now()).is_none() {
                for sql in self.wanted().own_statements(id, entry) {
                    self.run(sql);
                }
            }
        }
        self.detach_partitions();
        self.rename_parts();
    }

    /// Renames constraints and indexes whose definition is the wanted one: nothing is built anew.
    fn rename_parts(&mut self) {
        let wanted: Vec<ObjectId> = dump::order(self.to);
        let mut renames = Vec::new();
        for id in wanted {
            if is_derived(self.to, id) || twin(self.to, id, self.now()).is_some() {
                continue;
            }
            let Some(table) = part_of(self.to, id) else { continue };
            let Some(table_now) = twin(self.to, table, self.now()) else { continue };
            let definition = nameless(self.to, id);
            let same = self.now().dependents(table_now).find(|other| {
                part_of(self.now(), *other) == Some(table_now)
                    && !is_derived(self.now(), *other)
                    && twin(self.now(), *other, self.to).is_none()
                    && definition.is_some()
                    && nameless(self.now(), *other) == definition
            });
            let Some(other) = same else { continue };
            let name = self.to.get(id).map_or("", |entry| entry.object.name());
            let sql = match self.entry(other).map(|entry| &entry.object) {
                Some(Object::Constraint(it)) => format!(
                    "ALTER TABLE {} RENAME CONSTRAINT {} TO {}",
                    self.names().object(table_now),
                    ident(&it.name),
                    ident(name)
                ),
                _ => {
                    format!("ALTER INDEX {} RENAME TO {}", self.names().object(other), ident(name))
                }
            };
            renames.push(sql);
        }
        for sql in renames {
            self.run(sql);
        }
    }

    /// Partitions that are to belong to another table, or otherwise, or nowhere.
    fn detach_partitions(&mut self) {
        let mut steps = Vec::new();
        for (id, entry) in self.now().iter() {
            let Object::Relation(it) = &entry.object else { continue };
            let Some((parent, bound)) = it.as_table().and_then(|it| it.partition_of.as_ref())
            else {
                continue;
            };
            let Some(wanted) = twin(self.now(), id, self.to) else { continue };
            let stays = self.to.relation(wanted).and_then(Relation::as_table).is_some_and(|it| {
                it.partition_of.as_ref().is_some_and(|(other, other_bound)| {
                    twin(self.to, *other, self.now()) == Some(*parent)
                        && self.wanted().text(other_bound) == self.names().text(bound)
                })
            });
            if !stays {
                let (parent, name) = (self.names().object(*parent), self.names().object(id));
                steps.push(format!("ALTER TABLE {parent} DETACH PARTITION {name}"));
            }
        }
        for sql in steps {
            self.run(sql);
        }
    }

    /// Drops what stands in the way.
    pub(super) fn remove(&mut self) {
        let gone = self.gone();
        let mut pending: Vec<Drop> = gone.defaults.iter().map(|it| Drop::Default(*it)).collect();
        let order = dump::order(self.now());
        pending.extend(
            order
                .iter()
                .rev()
                .filter(|id| gone.objects.contains(id) && !is_derived(self.now(), **id))
                .map(|id| Drop::Object(*id)),
        );
        pending.extend(gone.columns.iter().map(|it| Drop::Column(*it)));
        // What is a part of something that goes, goes with it; unless that needs it to go first.
        let (parts, whole): (Vec<Drop>, Vec<Drop>) =
            pending.into_iter().partition(|it| self.goes_along(it, &gone));
        let mut pending = whole;
        pending.extend(parts);
        loop {
            let before = pending.len();
            pending.retain(|it| match self.drop_statement(it) {
                Some(sql) => !self.attempt(sql),
                None => false,
            });
            if pending.is_empty() {
                return;
            }
            if pending.len() == before {
                for it in pending {
                    if let Some(sql) = self.drop_statement(&it) {
                        self.run(sql);
                    }
                }
                return;
            }
        }
    }

    /// Whether something goes with what it is a part of, or with a column.
    fn goes_along(&self, it: &Drop, gone: &Gone) -> bool {
        let Drop::Object(id) = it else { return false };
        let Some(entry) = self.entry(*id) else { return false };
        let with_column = entry.object.needs().iter().any(|need| match need.target {
            Target::Column(it, column) => {
                need.strength == Strength::Auto && gone.columns.contains(&(it, column))
            }
            _ => false,
        });
        let partition_of = self
            .now()
            .relation(*id)
            .and_then(Relation::as_table)
            .and_then(|it| Some(it.partition_of.as_ref()?.0));
        let owner = part_of(self.now(), *id).or(partition_of);
        with_column || owner.is_some_and(|owner| gone.objects.contains(&owner))
    }

    fn drop_statement(&self, it: &Drop) -> Option<String> {
        let names = self.names();
        match it {
            Drop::Object(id) => {
                let entry = self.entry(*id)?;
                Some(match &entry.object {
                    Object::Constraint(it) => {
                        let kind =
                            if self.now().relation(it.on).is_some() { "TABLE" } else { "DOMAIN" };
                        format!(
                            "ALTER {kind} {} DROP CONSTRAINT {}",
                            names.object(it.on),
                            ident(&it.name)
                        )
                    }
                    Object::Schema(_) if entry.created == Place::BEFORE => return None,
                    _ => format!("DROP {}", names.reference(*id, entry)),
                })
            }
            Drop::Column((table, column)) => {
                let relation = self.now().relation(*table)?;
                let column = relation.column_numbered(*column)?;
                let (kind, part) = match relation.kind {
                    RelationKind::Composite => ("TYPE", "ATTRIBUTE"),
                    _ => ("TABLE", "COLUMN"),
                };
                let name = names.object(*table);
                Some(format!("ALTER {kind} {name} DROP {part} {}", ident(&column.name)))
            }
            Drop::Default((table, column)) => {
                let found = self.now().relation(*table)?.column_numbered(*column)?;
                matches!(found.default, ColumnDefault::Expression(_)).then(|| {
                    format!(
                        "ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT",
                        names.object(*table),
                        ident(&found.name)
                    )
                })
            }
        }
    }

    /// What goes, and all that has to go with it.
    fn gone(&self) -> Gone {
        let mut gone = Gone::default();
        for (id, _) in self.now().iter().filter(|(id, _)| !dump::is_temporary(self.now(), *id)) {
            if is_derived(self.now(), id) {
                continue;
            }
            match twin(self.now(), id, self.to) {
                None => {
                    gone.objects.insert(id);
                }
                Some(wanted) => match change(self, id, wanted) {
                    Change::None | Change::Alter => self.changed_columns(id, wanted, &mut gone),
                    Change::Replace => {
                        gone.objects.insert(id);
                    }
                    Change::Remake => {
                        gone.remade.insert(id);
                    }
                },
            }
        }
        while self.spread(&mut gone) {}
        gone
    }

    /// The columns of a table that stays which go, or change their type.
    fn changed_columns(&self, id: ObjectId, wanted: ObjectId, gone: &mut Gone) {
        let (Some(now), Some(then)) = (self.now().relation(id), self.to.relation(wanted)) else {
            return;
        };
        if !matches!(now.kind, RelationKind::Table(_) | RelationKind::Composite) {
            return;
        }
        for column in &now.columns {
            let inherited = !column.local;
            match then.column(&column.name) {
                None if inherited => {}
                None => {
                    gone.columns.insert((id, column.number));
                }
                Some(other) if self.is_made_anew(column, other) => {
                    gone.columns.insert((id, column.number));
                }
                Some(other) => {
                    let types = (
                        self.names().column_type(&column.ty),
                        self.wanted().column_type(&other.ty),
                    );
                    let collation = |names: dump::Names<'_>, it: &Column| {
                        it.collation.as_ref().map(|it| names.text(it))
                    };
                    if types.0 != types.1
                        || collation(self.names(), column) != collation(self.wanted(), other)
                    {
                        gone.retyped.insert((id, column.number));
                    }
                }
            }
        }
    }

    /// Whether a column can only be had by dropping it and adding it again.
    fn is_made_anew(&self, now: &Column, wanted: &Column) -> bool {
        match (&now.default, &wanted.default) {
            (
                ColumnDefault::Generated { expression: a, stored: x },
                ColumnDefault::Generated { expression: b, stored: y },
            ) => x != y || self.names().text(a) != self.wanted().text(b),
            (_, ColumnDefault::Generated { .. }) => true,
            (ColumnDefault::Generated { stored, .. }, _) => !stored,
            _ => false,
        }
    }

    /// Adds what cannot stay when something goes. Gives whether anything was added.
    fn spread(&self, gone: &mut Gone) -> bool {
        let mut added = false;
        for (id, entry) in self.now().iter() {
            if gone.objects.contains(&id) {
                continue;
            }
            for need in entry.object.needs() {
                let remade = match need.target {
                    Target::Object(it) => gone.remade.contains(&it),
                    _ => false,
                };
                let hit = match need.target {
                    Target::Object(it) => gone.objects.contains(&it),
                    Target::Column(it, column) => {
                        gone.objects.contains(&it)
                            || gone.columns.contains(&(it, column))
                            || gone.retyped.contains(&(it, column))
                                && blocks_a_new_type(&entry.object)
                    }
                    Target::Extension(name) => self
                        .now()
                        .named(NameSpace::Extension, None, name)
                        .first()
                        .is_some_and(|it| gone.objects.contains(it)),
                };
                if !hit && !remade {
                    continue;
                }
                let table = entry_table(&entry.object);
                added |= match need.part {
                    Part::Default(column) => gone.defaults.insert((id, column)),
                    Part::Column(column) if table && remade => gone.retyped.insert((id, column)),
                    Part::Column(column) if table => gone.columns.insert((id, column)),
                    // A table is not dropped because its parent is.
                    Part::Whole | Part::Column(_) if table => false,
                    Part::Whole | Part::Column(_) => gone.objects.insert(id),
                };
            }
        }
        added
    }
}

enum Drop {
    Object(ObjectId),
    Column((ObjectId, ColumnNumber)),
    Default((ObjectId, ColumnNumber)),
}

fn entry_table(object: &Object) -> bool {
    matches!(
        object,
        Object::Relation(Relation { kind: RelationKind::Table(_) | RelationKind::Composite, .. })
    )
}

/// Whether the server refuses to change the type of a column that such an object uses.
///
/// Source: PostgreSQL's `RememberAllDependentForRebuilding`.
fn blocks_a_new_type(object: &Object) -> bool {
    match object {
        Object::Relation(it) => {
            !matches!(it.kind, RelationKind::Index(_) | RelationKind::Sequence(_))
        }
        Object::Rule(_) | Object::Policy(_) | Object::Trigger(_) | Object::Function(_) => true,
        _ => false,
    }
}

/// The relation that a constraint, an index, a trigger, a rule or a policy is on.
pub(super) fn part_of(catalog: &Catalog, id: ObjectId) -> Option<ObjectId> {
    match &catalog.get(id)?.object {
        Object::Constraint(Constraint { on, .. }) => Some(*on),
        Object::Relation(it) => it.as_index().map(|index| index.table),
        Object::Trigger(it) => Some(it.on),
        Object::Rule(it) => Some(it.on),
        Object::Policy(it) => Some(it.on),
        _ => None,
    }
}
