//! Objects other than tables: whether one can be changed into what is wanted, and how.

use super::twin::{is_derived, twin};
use super::work::Work;
use crate::catalog::{
    Catalog, Constraint, ConstraintKind, Domain, Function, Label, Object, ObjectId, Relation,
    RelationKind, Sequence, TypeDefinitionKind,
};
use crate::dump::{self, quote_ident as ident, quote_literal as literal};

/// What it takes to make one object of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It is the wanted one.
    None,
    /// It is changed.
    Alter,
    /// It goes, and is made anew.
    Replace,
    /// As that, but what is of this type stays, and changes its own.
    Remake,
}

/// What it takes to make an object the one that is wanted.
pub(super) fn change(work: &Work<'_>, id: ObjectId, wanted: ObjectId) -> Change {
    let (Some(now), Some(then)) = (work.entry(id), work.to.get(wanted)) else {
        return Change::None;
    };
    let same =
        || work.names().own_statements(id, now) == work.wanted().own_statements(wanted, then);
    match (&now.object, &then.object) {
        (Object::Schema(_) | Object::Extension(_), _) => Change::None,
        (Object::Relation(a), Object::Relation(b)) => match (&a.kind, &b.kind) {
            (RelationKind::Table(a), RelationKind::Table(b)) => {
                let key = |names: dump::Names<'_>, table| names.partition_key(table);
                if key(work.names(), a) == key(work.wanted(), b) {
                    Change::Alter
                } else {
                    Change::Replace
                }
            }
            (RelationKind::Composite | RelationKind::Sequence(_), _) => Change::Alter,
            (RelationKind::Index(a), RelationKind::Index(b)) if a.valid != b.valid => {
                Change::Replace
            }
            _ if same() => Change::None,
            _ => Change::Replace,
        },
        (Object::Type(a), Object::Type(b)) => match (&a.kind, &b.kind) {
            (TypeDefinitionKind::Enum(a), TypeDefinitionKind::Enum(b)) => {
                let names = |labels: &[Label]| -> Vec<String> {
                    labels.iter().map(|label| label.name.clone()).collect()
                };
                let (a, b) = (names(a), names(b));
                match (a == b, is_part(&a, &b)) {
                    (true, _) => Change::None,
                    (_, true) => Change::Alter,
                    _ => Change::Remake,
                }
            }
            (TypeDefinitionKind::Domain(a), TypeDefinitionKind::Domain(b)) => {
                let base = |names: dump::Names<'_>, it: &Domain| {
                    (names.column_type(&it.base), it.collation.as_ref().map(|it| names.text(it)))
                };
                if base(work.names(), a) == base(work.wanted(), b) {
                    Change::Alter
                } else {
                    Change::Remake
                }
            }
            _ if same() => Change::None,
            _ => Change::Replace,
        },
        (Object::Constraint(a), Object::Constraint(b)) => {
            let text = |names: dump::Names<'_>, it: &Constraint| names.constraint(it);
            if text(work.names(), a) == text(work.wanted(), b) {
                return Change::None;
            }
            let settled = Constraint {
                deferrable: b.deferrable,
                deferred: b.deferred,
                validated: a.validated || b.validated,
                ..a.clone()
            };
            let foreign = matches!(a.kind, ConstraintKind::ForeignKey(_));
            let check = matches!(a.kind, ConstraintKind::Check(_));
            if (foreign || check) && text(work.names(), &settled) == text(work.wanted(), b) {
                Change::Alter
            } else {
                Change::Replace
            }
        }
        (Object::Function(a), Object::Function(b)) => {
            if same() {
                Change::None
            } else if keeps_its_shape(work, (id, a), (wanted, b)) {
                Change::Alter
            } else {
                Change::Replace
            }
        }
        _ if same() => Change::None,
        _ => Change::Replace,
    }
}

/// Whether all of the first are among the second, in the same order.
fn is_part(a: &[String], b: &[String]) -> bool {
    let mut rest = b.iter();
    a.iter().all(|label| rest.any(|other| other == label))
}

/// Whether `CREATE OR REPLACE` takes it: parameters and result must stay.
///
/// Source: PostgreSQL manual, "CREATE FUNCTION".
fn keeps_its_shape(
    work: &Work<'_>,
    (_, a): (ObjectId, &Function),
    (_, b): (ObjectId, &Function),
) -> bool {
    let shape = |names: dump::Names<'_>, it: &Function| -> Vec<String> {
        let result = it.returns.as_ref().map(|it| names.column_type(it)).unwrap_or_default();
        let params = it.params.iter().map(|param| {
            let ty = names.column_type(&param.ty);
            format!("{:?} {:?} {ty} {}", param.mode, param.name, param.default.is_some())
        });
        params
            .chain([result, format!("{} {} {:?}", it.returns_set, it.returns_table, it.kind)])
            .collect()
    };
    shape(work.names(), a) == shape(work.wanted(), b)
        && !matches!(b.body, crate::catalog::FunctionBody::Aggregate(_))
}

impl Work<'_> {
    /// Makes what is missing, and changes what is other, each after what it needs.
    pub(super) fn build(&mut self) {
        let order = dump::order(self.to);
        if order.iter().any(|id| matches!(self.object_wanted(*id), Some(Object::Function(_))))
            && self.functions_change(&order)
        {
            // The body of a function may name what comes later.
            self.run("SET check_function_bodies = off".to_owned());
        }
        for id in order {
            if is_derived(self.to, id) {
                continue;
            }
            match twin(self.to, id, self.now()) {
                None => self.create(id),
                Some(now) => match change(self, now, id) {
                    Change::None => {}
                    Change::Remake => self.remake(now, id),
                    Change::Alter | Change::Replace => self.alter(now, id),
                },
            }
        }
        self.drop_remade();
    }

    fn functions_change(&self, order: &[ObjectId]) -> bool {
        order.iter().any(|id| {
            matches!(self.object_wanted(*id), Some(Object::Function(_)))
                && twin(self.to, *id, self.now())
                    .is_none_or(|now| change(self, now, *id) != Change::None)
        })
    }

    fn create(&mut self, id: ObjectId) {
        let Some(entry) = self.to.get(id) else { return };
        for sql in self.wanted().own_statements(id, entry) {
            self.run(sql);
        }
    }

    fn alter(&mut self, now: ObjectId, wanted: ObjectId) {
        let (Some(is), Some(then)) =
            (self.entry(now).map(|entry| entry.object.clone()), self.object_wanted(wanted))
        else {
            return;
        };
        match (&is, then) {
            (Object::Relation(a), Object::Relation(b)) => match (&a.kind, &b.kind) {
                (RelationKind::Table(_) | RelationKind::Composite, _) => {
                    self.alter_relation(now, wanted);
                }
                (RelationKind::Sequence(a), RelationKind::Sequence(b)) => {
                    self.alter_sequence(now, a, b);
                }
                _ => {}
            },
            (Object::Type(a), Object::Type(b)) => match (&a.kind, &b.kind) {
                (TypeDefinitionKind::Enum(a), TypeDefinitionKind::Enum(b)) => {
                    self.add_labels(now, a, b);
                }
                (TypeDefinitionKind::Domain(a), TypeDefinitionKind::Domain(b)) => {
                    self.alter_domain(now, a, b);
                }
                _ => {}
            },
            (Object::Constraint(a), Object::Constraint(b)) => self.alter_constraint(a, b),
            (Object::Function(_), Object::Function(it)) => {
                let sql = self.wanted().create_function(wanted, it);
                self.run(sql.replacen("CREATE ", "CREATE OR REPLACE ", 1));
            }
            _ => {}
        }
    }

    /// Values are added, each behind the one before it.
    fn add_labels(&mut self, id: ObjectId, now: &[Label], wanted: &[Label]) {
        let name = self.names().object(id);
        let mut before: Option<&str> = None;
        for label in wanted {
            if !now.iter().any(|it| it.name == label.name) {
                let last = now.last().map(|it| it.name.as_str());
                let place = match before {
                    None => now.first().map(|it| format!(" BEFORE {}", literal(&it.name))),
                    Some(before) if last == Some(before) => None,
                    Some(before) => Some(format!(" AFTER {}", literal(before))),
                };
                self.run(format!(
                    "ALTER TYPE {name} ADD VALUE {}{}",
                    literal(&label.name),
                    place.unwrap_or_default()
                ));
            }
            before = Some(&label.name);
        }
    }

    fn alter_domain(&mut self, id: ObjectId, now: &Domain, wanted: &Domain) {
        let name = self.names().object(id);
        let default =
            |names: dump::Names<'_>, it: &Domain| it.default.as_ref().map(|it| names.text(it));
        let (is, then) = (default(self.names(), now), default(self.wanted(), wanted));
        if is != then {
            self.run(match then {
                Some(default) => format!("ALTER DOMAIN {name} SET DEFAULT {default}"),
                None => format!("ALTER DOMAIN {name} DROP DEFAULT"),
            });
        }
        if now.not_null != wanted.not_null {
            let how = if wanted.not_null { "SET" } else { "DROP" };
            self.run(format!("ALTER DOMAIN {name} {how} NOT NULL"));
        }
    }

    fn alter_constraint(&mut self, now: &Constraint, wanted: &Constraint) {
        let (table, name) = (self.names().object(now.on), ident(&now.name));
        if wanted.validated && !now.validated {
            self.run(format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name}"));
        }
        if (now.deferrable, now.deferred) != (wanted.deferrable, wanted.deferred) {
            let how = match (wanted.deferrable, wanted.deferred) {
                (false, _) => "NOT DEFERRABLE",
                (true, false) => "DEFERRABLE INITIALLY IMMEDIATE",
                (true, true) => "DEFERRABLE INITIALLY DEFERRED",
            };
            self.run(format!("ALTER TABLE {table} ALTER CONSTRAINT {name} {how}"));
        }
    }

    fn alter_sequence(&mut self, id: ObjectId, now: &Sequence, wanted: &Sequence) {
        let options = sequence_changes(now, wanted);
        if !options.is_empty() {
            let name = self.names().object(id);
            self.run(format!("ALTER SEQUENCE {name} {}", options.join(" ")));
        }
    }

    /// Gives a type another name, and makes the wanted one beside it.
    fn remake(&mut self, now: ObjectId, wanted: ObjectId) {
        let name = self.names().bare(now).to_owned();
        let kind = match self.entry(now).map(|entry| &entry.object) {
            Some(Object::Type(it)) if matches!(it.kind, TypeDefinitionKind::Domain(_)) => "DOMAIN",
            _ => "TYPE",
        };
        let sql = format!(
            "ALTER {kind} {} RENAME TO {}",
            self.names().object(now),
            ident(&old_name(&name))
        );
        self.run(sql);
        self.create(wanted);
    }

    /// Drops the types that were remade.
    fn drop_remade(&mut self) {
        let left: Vec<String> = self
            .now()
            .iter()
            .filter(|(id, entry)| {
                matches!(entry.object, Object::Type(_)) && twin(self.now(), *id, self.to).is_none()
            })
            .map(|(id, entry)| format!("DROP {}", self.names().reference(id, entry)))
            .collect();
        for sql in left {
            self.run(sql);
        }
    }
}

/// The name of a type until nothing is of it.
fn old_name(name: &str) -> String {
    format!("{name}__old")
}

/// The options by which one sequence differs from another.
pub(super) fn sequence_changes(now: &Sequence, wanted: &Sequence) -> Vec<String> {
    let mut options = Vec::new();
    if now.data_type != wanted.data_type {
        let name = dump::standard_name(wanted.data_type).unwrap_or(wanted.data_type);
        options.push(format!("AS {name}"));
    }
    let mut number = |word: &str, now: i64, wanted: i64| {
        if now != wanted {
            options.push(format!("{word} {wanted}"));
        }
    };
    number("INCREMENT BY", now.increment, wanted.increment);
    number("MINVALUE", now.min, wanted.min);
    number("MAXVALUE", now.max, wanted.max);
    number("START WITH", now.start, wanted.start);
    number("CACHE", now.cache, wanted.cache);
    if now.cycle != wanted.cycle {
        options.push(if wanted.cycle { "CYCLE" } else { "NO CYCLE" }.to_owned());
    }
    options
}

/// The sequence behind an identity column.
pub(super) fn identity_sequence(
    catalog: &Catalog,
    table: ObjectId,
    column: &str,
) -> Option<Sequence> {
    let number = catalog.relation(table)?.column(column)?.number;
    let names = dump::Names { catalog };
    names.owned_sequence(table, number).map(|(_, sequence)| sequence.clone())
}

/// Whether a relation has columns of its own to change.
pub(super) fn has_columns(relation: &Relation) -> bool {
    matches!(relation.kind, RelationKind::Table(_) | RelationKind::Composite)
}
