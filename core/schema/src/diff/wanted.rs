//! The schema that models want: that of the chain, with what models say in its place.
//!
//! All that a model does not speak of stays: other tables, views, functions, triggers, policies,
//! comments, rights; and, unless models own their tables, the columns that no model has, with the
//! indexes and constraints on them. Views and functions are read anew, and so it is found when one
//! needs what a model no longer has.

use std::collections::{BTreeMap, BTreeSet};

use super::gone::part_of;
use super::twin::{is_derived, nameless, twin};
use crate::ast::{Statement, TableElement};
use crate::catalog::{
    Catalog, ColumnNumber, Entry, NameSpace, Object, ObjectId, Relation, RelationKind,
};
use crate::diagnostic::Diagnostic;
use crate::dump::{self, Names, quote_ident as ident};
use crate::replay::Replay;
use crate::sql::lower;

/// What models say.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The statements that would make all of it: `CREATE TYPE … AS ENUM`, `CREATE TABLE`,
    /// `CREATE INDEX`, foreign keys, comments.
    pub statements: Vec<String>,
    /// The names of constraints and indexes that models give themselves. One that has no name in
    /// a model keeps the name that it has in the chain.
    pub names: BTreeSet<String>,
    /// Whether columns that no model has are dropped from the tables of models.
    pub own_columns: bool,
}

/// A statement that the server would refuse.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Its number in [`Models::statements`]; none for one of the chain.
    pub model: Option<usize>,
    /// The statement.
    pub sql: String,
    /// Why.
    pub finding: Diagnostic,
}

/// The schema that models want, on top of that of a chain.
pub fn wanted(chain: &Replay, models: &Models) -> (Replay, Vec<Refused>) {
    let mut from = chain.clone();
    from.catalog_mut().take_as_certain();
    let parsed: Vec<Option<Statement>> =
        models.statements.iter().map(|sql| lower::parse(sql, 0..sql.len()).0).collect();
    let merge = Merge::new(from.catalog(), &parsed, models);
    let mut pending = merge.statements();
    let mut replay = Replay::new(from.catalog().version());
    replay.source("");
    pending.retain(|step| run(&mut replay, step).is_some());
    // What needs something that comes later waits for it.
    let mut left = usize::MAX;
    while !pending.is_empty() && pending.len() < left {
        left = pending.len();
        pending.retain(|step| run(&mut replay, step).is_some());
    }
    let refused = pending
        .into_iter()
        .filter_map(|step| {
            let finding = run(&mut replay, &step)?;
            Some(Refused { model: step.model, sql: step.sql, finding })
        })
        .collect();
    keep_names(from.catalog(), &mut replay, models);
    (replay, refused)
}

/// A statement, and its number among those of the models.
struct Step {
    sql: String,
    model: Option<usize>,
}

/// Runs a statement; why it is refused, if it is.
fn run(replay: &mut Replay, step: &Step) -> Option<Diagnostic> {
    let sql = step.sql.as_str();
    match lower::parse(sql, 0..sql.len()) {
        (Some(statement), _) => {
            replay.run(sql, 0..sql.len(), &statement).into_iter().find(Diagnostic::is_error)
        }
        (None, Some(error)) => Some(Diagnostic::new(crate::Code::SyntaxError, error.message)),
        (None, None) => None,
    }
}

/// A chain's schema and models, being put together.
struct Merge<'a> {
    chain: &'a Catalog,
    models: &'a Models,
    /// The tables of models that the chain has, with the names of the columns that models have.
    tables: BTreeMap<ObjectId, Covered>,
    /// The types of models that the chain has.
    types: BTreeSet<ObjectId>,
}

/// What a model says of a table.
struct Covered {
    statement: usize,
    columns: BTreeSet<String>,
    /// Columns that bring a sequence of their own.
    serial: BTreeSet<String>,
    partitioned: bool,
    options: bool,
}

impl<'a> Merge<'a> {
    fn new(chain: &'a Catalog, parsed: &[Option<Statement>], models: &'a Models) -> Self {
        let (mut tables, mut types) = (BTreeMap::new(), BTreeSet::new());
        for (at, statement) in parsed.iter().enumerate() {
            match statement {
                Some(Statement::CreateTable(create)) => {
                    if let Some(id) = named(chain, NameSpace::Relation, &create.name) {
                        let columns = create.elements.iter().filter_map(|element| match element {
                            TableElement::Column(column) => Some(column),
                            _ => None,
                        });
                        let serial = columns.clone().filter(|column| {
                            let ty = column.ty.as_ref().map(|ty| ty.name.name.text.as_str());
                            ty.is_some_and(|ty| ty.contains("serial"))
                        });
                        let covered = Covered {
                            statement: at,
                            serial: serial.map(|column| column.name.text.clone()).collect(),
                            columns: columns.map(|column| column.name.text.clone()).collect(),
                            partitioned: create.partition_by.is_some(),
                            options: !create.with.is_empty(),
                        };
                        tables.insert(id, covered);
                    }
                }
                Some(Statement::CreateType(create)) => {
                    types.extend(named(chain, NameSpace::Type, &create.name));
                }
                _ => {}
            }
        }
        Self { chain, models, tables, types }
    }

    fn names(&self) -> Names<'a> {
        Names { catalog: self.chain }
    }

    /// All statements, in an order in which most can be run.
    fn statements(&self) -> Vec<Step> {
        let of_chain = |sql: String| Step { sql, model: None };
        let mut steps = vec![of_chain("SET check_function_bodies = off".to_owned())];
        let is_comment = |sql: &str| sql.starts_with("COMMENT ON");
        let mut own = self.models.statements.iter().enumerate().collect::<Vec<_>>();
        let mut late = Vec::new();
        // Schemas, extensions and types first.
        let order = dump::order(self.chain);
        let mut rest = Vec::new();
        for &id in &order {
            let Some(entry) = self.chain.get(id) else { continue };
            match &entry.object {
                Object::Schema(_) | Object::Extension(_) => {
                    steps.extend(self.names().own_statements(id, entry).into_iter().map(of_chain));
                }
                _ => rest.push((id, entry)),
            }
            late.extend(self.names().extra_statements(id, entry).into_iter().filter(|sql| {
                // A partition of a model's table is made as one.
                !(sql.contains(" ATTACH PARTITION ") && self.is_partition_of_model(id))
            }));
        }
        for (id, entry) in rest {
            steps.extend(self.of_object(id, entry));
        }
        own.sort_by_key(|(at, sql)| (is_comment(sql), *at));
        let covered: BTreeSet<usize> = self.tables.values().map(|it| it.statement).collect();
        let (comments, others): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|(_, sql)| is_comment(sql));
        steps.extend(
            others
                .into_iter()
                .filter(|(at, _)| !covered.contains(at))
                .map(|(at, sql)| Step { sql: sql.clone(), model: Some(at) }),
        );
        steps.extend(late.into_iter().map(of_chain));
        steps.extend(
            comments.into_iter().map(|(at, sql)| Step { sql: sql.clone(), model: Some(at) }),
        );
        steps
    }

    fn is_partition_of_model(&self, id: ObjectId) -> bool {
        self.partition(id).is_some_and(|(parent, _)| self.tables.contains_key(&parent))
    }

    fn partition(&self, id: ObjectId) -> Option<(ObjectId, String)> {
        let table = self.chain.relation(id)?.as_table()?;
        let (parent, bound) = table.partition_of.as_ref()?;
        Some((*parent, self.names().text(bound)))
    }

    /// What stands for an object of the chain.
    fn of_object(&self, id: ObjectId, entry: &Entry) -> Vec<Step> {
        let of_chain = |sql: String| Step { sql, model: None };
        if let Some(covered) = self.tables.get(&id) {
            return self.of_table(id, covered);
        }
        if self.types.contains(&id) || is_derived(self.chain, id) {
            return Vec::new();
        }
        if let Some((parent, bound)) = self.partition(id).filter(|_| self.is_partition_of_model(id))
        {
            let key = self
                .chain
                .relation(id)
                .and_then(Relation::as_table)
                .and_then(|table| self.names().partition_key(table))
                .map_or_else(String::new, |key| format!(" PARTITION BY {key}"));
            let (table, parent) = (self.names().object(id), self.names().object(parent));
            return vec![of_chain(format!(
                "CREATE TABLE {table} PARTITION OF {parent} {bound}{key}"
            ))];
        }
        if let Some(table) = part_of(self.chain, id)
            && let Some(covered) = self.tables.get(&table)
        {
            let spoken_of = match &entry.object {
                Object::Constraint(_) => true,
                Object::Relation(it) => it.as_index().is_some(),
                _ => false,
            };
            if spoken_of && (self.models.own_columns || !self.is_beside(id, table, covered)) {
                return Vec::new();
            }
        } else if dump::is_inline(self.chain, entry) {
            return Vec::new();
        }
        if self.belongs_to_serial(entry) {
            return Vec::new();
        }
        self.names().own_statements(id, entry).into_iter().map(of_chain).collect()
    }

    /// Whether a constraint or an index is on a column that no model has.
    fn is_beside(&self, id: ObjectId, table: ObjectId, covered: &Covered) -> bool {
        let Some(relation) = self.chain.relation(table) else { return false };
        let beside = |number: ColumnNumber| {
            relation
                .column_numbered(number)
                .is_some_and(|column| !covered.columns.contains(&column.name))
        };
        let Some(entry) = self.chain.get(id) else { return false };
        entry.object.needs().iter().any(|need| match need.target {
            crate::catalog::Target::Column(it, number) => it == table && beside(number),
            _ => false,
        })
    }

    fn belongs_to_serial(&self, entry: &Entry) -> bool {
        let Object::Relation(Relation { kind: RelationKind::Sequence(sequence), .. }) =
            &entry.object
        else {
            return false;
        };
        sequence.owner.is_some_and(|owner| {
            let column = self
                .chain
                .relation(owner.table)
                .and_then(|table| table.column_numbered(owner.column));
            self.tables
                .get(&owner.table)
                .zip(column)
                .is_some_and(|(covered, column)| covered.serial.contains(&column.name))
        })
    }

    /// The statement of the model, and the columns that it does not have.
    fn of_table(&self, id: ObjectId, covered: &Covered) -> Vec<Step> {
        let name = self.names().object(id);
        let mut sql = self.models.statements[covered.statement].clone();
        let Some(relation) = self.chain.relation(id) else { return Vec::new() };
        let Some(table) = relation.as_table() else { return Vec::new() };
        let key = self.names().partition_key(table).filter(|_| !covered.partitioned);
        if let (Some(key), Some(end)) = (key, sql.rfind("\n)")) {
            sql.insert_str(end + 2, &format!(" PARTITION BY {key}"));
        }
        let mut steps = vec![Step { sql, model: Some(covered.statement) }];
        let mut add = |sql: String| steps.push(Step { sql, model: None });
        for parent in &table.inherits {
            add(format!("ALTER TABLE {name} INHERIT {}", self.names().object(*parent)));
        }
        if !covered.options && !relation.options.is_empty() {
            let options = dump::options(&relation.options);
            add(format!("ALTER TABLE {name} SET{}", options.trim_start_matches(" WITH")));
        }
        if !self.models.own_columns {
            let beside = relation.columns.iter().filter(|it| !covered.columns.contains(&it.name));
            for column in beside {
                let definition = self.names().column_definition(id, column);
                add(format!("ALTER TABLE {name} ADD COLUMN {definition}"));
            }
        }
        for column in &relation.columns {
            if let Some(compression) = &column.compression
                && covered.columns.contains(&column.name)
            {
                let column = ident(&column.name);
                add(format!(
                    "ALTER TABLE {name} ALTER COLUMN {column} SET COMPRESSION {compression}"
                ));
            }
        }
        steps
    }
}

/// The object of the chain that a statement of a model names.
fn named(chain: &Catalog, space: NameSpace, name: &crate::ast::Name) -> Option<ObjectId> {
    let schema = name.schema().map_or("public", |schema| schema.text.as_str());
    let schema = *chain.named(NameSpace::Schema, None, schema).first()?;
    chain.named(space, Some(schema), &name.name.text).first().copied()
}

/// Gives constraints and indexes that have no name in a model the one that they have in the chain.
fn keep_names(chain: &Catalog, replay: &mut Replay, models: &Models) {
    let now = replay.catalog();
    let mut renames: Vec<(ObjectId, String)> = Vec::new();
    let mut taken = BTreeSet::new();
    for (id, entry) in now.iter() {
        let name = entry.object.name();
        if is_derived(now, id) || models.names.contains(name) || twin(now, id, chain).is_some() {
            continue;
        }
        let Some(table) = part_of(now, id).and_then(|table| twin(now, table, chain)) else {
            continue;
        };
        let Some(definition) = nameless(now, id) else { continue };
        let same = chain.dependents(table).find(|other| {
            part_of(chain, *other) == Some(table)
                && !taken.contains(other)
                && twin(chain, *other, now).is_none()
                && nameless(chain, *other).as_ref() == Some(&definition)
        });
        if let Some(other) = same {
            taken.insert(other);
            let name = chain.get(other).map_or("", |entry| entry.object.name());
            renames.push((id, name.to_owned()));
        }
    }
    for (id, name) in renames {
        let index = match replay.catalog().get(id).map(|entry| &entry.object) {
            Some(Object::Constraint(it)) => it.index(),
            _ => None,
        };
        for id in std::iter::once(id).chain(index) {
            replay.catalog_mut().rename(id, &name, crate::catalog::Place::BEFORE);
        }
    }
}
