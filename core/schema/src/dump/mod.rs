//! A catalog as SQL: the statements that make it on an empty server.
//!
//! [`sql()`] is the whole of it, in an order in which it runs, and the same text for the same
//! schema, however the chain came there. [`parts()`] is the same in pieces that can be compared.

mod document;
mod json;
mod names;
mod object;
mod order;
pub(crate) mod quote;
mod table;

use std::collections::{BTreeMap, BTreeSet};

pub use document::json;
pub(crate) use names::{Names, standard_name};
pub(crate) use order::{is_inline, order};
pub(crate) use table::options;

pub use self::quote::{ident as quote_ident, literal as quote_literal};
use self::quote::{ident, literal};
use crate::ast::{Fires, Persistence};
use crate::catalog::{
    Catalog, ColumnDefault, ConstraintKind, Entry, Object, ObjectId, Place, Relation, RelationKind,
};

/// The parts of a schema, each under a name that tells it apart, with the SQL that makes it. The
/// columns of a table are parts of their own, and so the order of columns does not count.
pub type Parts = BTreeMap<String, String>;

/// The schema as SQL that runs on an empty server.
pub fn sql(catalog: &Catalog) -> String {
    let mut out = String::new();
    for statement in order::statements(catalog) {
        out.push_str(&statement);
        out.push_str(";\n\n");
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// What the file says that keeps the schema, for reviews.
pub fn file(catalog: &Catalog) -> String {
    format!("{FILE_HEADER}\n{}", sql(catalog))
}

const FILE_HEADER: &str = "\
-- The schema that the revisions lead to, written by `cargo migrate`. Commit it, and do not edit it.
";

/// The parts of the whole schema.
pub fn all_parts(catalog: &Catalog) -> Parts {
    parts(catalog, &catalog.iter().map(|(id, _)| id).collect())
}

/// The parts that some objects consist of, as far as they are there.
pub fn parts(catalog: &Catalog, objects: &BTreeSet<ObjectId>) -> Parts {
    let names = Names { catalog };
    let mut parts = Parts::new();
    for &id in objects {
        let Some(entry) = catalog.get(id).filter(|_| !is_temporary(catalog, id)) else { continue };
        let name = names.reference(id, entry);
        if let Object::Relation(relation) = &entry.object {
            for column in &relation.columns {
                if relation.as_table().is_some() || matches!(relation.kind, RelationKind::Composite)
                {
                    let key = format!("{name} column {}", ident(&column.name));
                    let column = names.column_definition(id, column);
                    parts.insert(key, format!("in {}, column {column}", names.object(id)));
                }
            }
        }
        for statement in names.own_statements(id, entry) {
            let key = if statement.starts_with("CREATE") {
                name.clone()
            } else {
                format!("{name}: {statement}")
            };
            parts.insert(key, names.without_columns(entry, statement));
        }
        for statement in names.extra_statements(id, entry) {
            parts.insert(statement.clone(), statement);
        }
    }
    parts
}

/// Whether an object goes with the session.
pub(crate) fn is_temporary(catalog: &Catalog, id: ObjectId) -> bool {
    let Some(entry) = catalog.get(id) else { return false };
    let schema = match &entry.object {
        Object::Constraint(it) => return is_temporary(catalog, it.on),
        Object::Trigger(it) => return is_temporary(catalog, it.on),
        Object::Rule(it) => return is_temporary(catalog, it.on),
        Object::Policy(it) => return is_temporary(catalog, it.on),
        Object::Schema(it) => return it.name == Catalog::TEMPORARY,
        Object::Relation(it) if it.persistence == Persistence::Temporary => return true,
        other => other.schema(),
    };
    schema.is_some_and(|schema| is_temporary(catalog, schema))
}

impl Names<'_> {
    /// The statements that make an object, without what is set on it afterwards.
    pub(crate) fn own_statements(self, id: ObjectId, entry: &Entry) -> Vec<String> {
        match &entry.object {
            Object::Schema(_) if entry.created == Place::BEFORE => Vec::new(),
            Object::Schema(it) => vec![format!("CREATE SCHEMA {}", ident(&it.name))],
            Object::Extension(it) => {
                let schema = self.bare(it.schema);
                let own = self.catalog.builtin().extension(&it.name);
                let fixed = own.is_some_and(|own| own.schema.is_some());
                let schema = if schema == "public" || fixed {
                    String::new()
                } else {
                    format!(" SCHEMA {}", ident(schema))
                };
                vec![format!("CREATE EXTENSION IF NOT EXISTS {}{schema}", ident(&it.name))]
            }
            Object::Type(it) => vec![self.create_type(id, it)],
            Object::Function(it) => vec![self.create_function(id, it)],
            Object::Trigger(it) if it.parent.is_some() => Vec::new(),
            Object::Trigger(it) => vec![self.create_trigger(it)],
            Object::Rule(it) => vec![self.create_rule(it)],
            Object::Policy(it) => vec![self.create_policy(it)],
            Object::Statistics(it) => vec![self.create_statistics(id, it)],
            Object::Other(it) => vec![self.create_other(id, it)],
            Object::Constraint(it) => match &it.kind {
                ConstraintKind::ForeignKey(key) if key.parent.is_some() => Vec::new(),
                ConstraintKind::Trigger(_) => Vec::new(),
                _ if self.catalog.relation(it.on).is_none() => {
                    vec![format!(
                        "ALTER DOMAIN {} ADD CONSTRAINT {} {}",
                        self.object(it.on),
                        ident(&it.name),
                        self.constraint(it)
                    )]
                }
                _ => vec![format!(
                    "ALTER TABLE {}{} ADD CONSTRAINT {} {}",
                    if it.local && it.no_inherit { "ONLY " } else { "" },
                    self.object(it.on),
                    ident(&it.name),
                    self.constraint(it)
                )],
            },
            Object::Relation(it) => self.relation_statements(id, it),
        }
    }

    fn relation_statements(self, id: ObjectId, it: &Relation) -> Vec<String> {
        match &it.kind {
            RelationKind::Table(table) => vec![self.create_table(id, it, table)],
            RelationKind::Composite => {
                let columns: Vec<String> =
                    it.columns.iter().map(|column| self.column_definition(id, column)).collect();
                vec![format!("CREATE TYPE {} AS ({})", self.object(id), columns.join(", "))]
            }
            RelationKind::Index(index) if index.constraint.is_some() => Vec::new(),
            RelationKind::Index(index) => vec![self.create_index(it, index)],
            RelationKind::Sequence(sequence) => match sequence.owner {
                Some(owner) if owner.identity => Vec::new(),
                _ => vec![self.create_sequence(id, it, sequence)],
            },
            RelationKind::View(_) | RelationKind::MaterializedView { .. } => {
                self.create_view(id, it).into_iter().collect()
            }
        }
    }

    /// The statement of a table or a composite type without its columns and its constraints, which
    /// are parts of their own.
    fn without_columns(self, entry: &Entry, statement: String) -> String {
        match &entry.object {
            Object::Relation(Relation { kind: RelationKind::Table(table), .. }) => {
                let Object::Relation(it) = &entry.object else { return statement };
                let head = statement.split(" (").next().unwrap_or_default();
                format!("{head}{}", self.table_options(it, table))
            }
            Object::Relation(Relation { kind: RelationKind::Composite, .. }) => {
                statement.split(" (").next().unwrap_or_default().to_owned()
            }
            _ => statement,
        }
    }

    /// What is set on an object after it was made.
    pub(crate) fn extra_statements(self, id: ObjectId, entry: &Entry) -> Vec<String> {
        let mut extra = Vec::new();
        let name = self.reference(id, entry);
        match &entry.object {
            Object::Relation(it) => self.relation_extras(id, it, &mut extra),
            Object::Trigger(it) => {
                extra.extend(fires(it.fires, "TRIGGER", &it.name, &self.object(it.on)));
            }
            Object::Rule(it) => {
                extra.extend(fires(it.fires, "RULE", &it.name, &self.object(it.on)));
            }
            Object::Statistics(it) => {
                if let Some(target) = it.target {
                    extra.push(format!("ALTER {name} SET STATISTICS {target}"));
                }
            }
            _ => {}
        }
        if let Some(comment) = &entry.comment {
            extra.push(format!("COMMENT ON {name} IS {}", literal(comment)));
        }
        if let Some(owner) = &entry.owner {
            extra.push(format!("ALTER {name} OWNER TO {owner}"));
        }
        for grant in &entry.grants {
            let target = name
                .strip_prefix("VIEW ")
                .or_else(|| name.strip_prefix("MATERIALIZED VIEW "))
                .map_or_else(|| name.clone(), str::to_owned);
            let option = if grant.grant_option { " WITH GRANT OPTION" } else { "" };
            extra.push(format!(
                "GRANT {} ON {target} TO {}{option}",
                grant.privileges.join(", "),
                grant.role
            ));
        }
        extra
    }

    fn relation_extras(self, id: ObjectId, it: &Relation, extra: &mut Vec<String>) {
        let name = self.object(id);
        let alter = match it.kind {
            RelationKind::Index(_) => "INDEX",
            RelationKind::View(_) => "VIEW",
            RelationKind::MaterializedView { .. } => "MATERIALIZED VIEW",
            RelationKind::Composite => "TYPE",
            _ => "TABLE",
        };
        for column in &it.columns {
            let column_name = ident(&column.name);
            let set =
                |what: String| format!("ALTER {alter} {name} ALTER COLUMN {column_name} {what}");
            if let Some(storage) = &column.storage {
                extra.push(set(format!("SET STORAGE {}", storage.to_uppercase())));
            }
            if let Some(target) = column.statistics {
                extra.push(set(format!("SET STATISTICS {target}")));
            }
            if !column.options.is_empty() {
                let options = options(&column.options);
                extra.push(set(format!("SET{}", options.trim_start_matches(" WITH"))));
            }
            if alter == "VIEW"
                && let ColumnDefault::Expression(text) = &column.default
            {
                extra.push(set(format!("SET DEFAULT {}", self.text(text))));
            }
            if let Some(comment) = &column.comment {
                extra.push(format!(
                    "COMMENT ON COLUMN {name}.{column_name} IS {}",
                    literal(comment)
                ));
            }
        }
        match &it.kind {
            RelationKind::Table(table) => {
                if table.row_security {
                    extra.push(format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
                }
                if table.force_row_security {
                    extra.push(format!("ALTER TABLE {name} FORCE ROW LEVEL SECURITY"));
                }
                if let Some(identity) = &table.replica_identity {
                    extra.push(format!(
                        "ALTER TABLE {name} REPLICA IDENTITY {}",
                        self.text(identity)
                    ));
                }
                if let Some(index) = table.clustered_on {
                    extra
                        .push(format!("ALTER TABLE {name} CLUSTER ON {}", ident(self.bare(index))));
                }
                if let Some((parent, bound)) = &table.partition_of {
                    extra.push(format!(
                        "ALTER TABLE {} ATTACH PARTITION {name} {}",
                        self.object(*parent),
                        self.text(bound)
                    ));
                }
            }
            RelationKind::Sequence(sequence) => {
                if let Some(owner) = sequence.owner.filter(|owner| !owner.identity) {
                    extra.push(format!(
                        "ALTER SEQUENCE {name} OWNED BY {}.{}",
                        self.object(owner.table),
                        self.column(owner.table, owner.column)
                    ));
                }
            }
            _ => {}
        }
    }
}

/// `ENABLE ALWAYS TRIGGER` and its like, where it is not simply enabled.
fn fires(fires: Fires, kind: &str, name: &str, table: &str) -> Option<String> {
    let how = match fires {
        Fires::Enabled => return None,
        Fires::Disabled => "DISABLE",
        Fires::Always => "ENABLE ALWAYS",
        Fires::Replica => "ENABLE REPLICA",
    };
    Some(format!("ALTER TABLE {table} {how} {kind} {}", ident(name)))
}
