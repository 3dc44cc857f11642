//! The rows of the system's views, as far as blocks ask about them.
//!
//! Source: PostgreSQL manual, "System Catalogs", "System Views", "The Information Schema".

use super::datum::{Datum, Elsewhere};
use super::query::Cell;
use crate::ast::Name;
use crate::builtin::{self, Home};
use crate::catalog::{
    Catalog, ColumnNumber, Constraint, ConstraintKind, Entry, Function, FunctionKind, Lookup,
    Object, ObjectId, Relation, RelationHit, RelationKind, TypeDefinitionKind,
};

/// The rows of a relation.
pub(super) struct Source {
    /// Each with whether it is certain; one that is not stands for any number.
    pub(super) rows: Vec<(bool, Vec<Cell>)>,
    /// All its columns, of which the rows have the cells that are known; none where it may have
    /// any.
    pub(super) columns: Option<Vec<String>>,
}

/// The rows of a relation. Of one that is not a view of the system that is known here, nothing is
/// certain.
pub(super) fn rows(catalog: &Catalog, name: &Name) -> Source {
    let brought = |it: builtin::Relation| it.columns().map(|it| it.name.to_owned()).collect();
    let (view, columns) = match catalog.find_relation(name) {
        Lookup::Found(RelationHit::Known(it, Home::Catalog)) => {
            (name.name.text.clone(), Some(brought(it)))
        }
        Lookup::Found(RelationHit::Known(it, Home::InformationSchema)) => {
            (format!("information_schema.{}", name.name.text), Some(brought(it)))
        }
        Lookup::Found(RelationHit::Own(id)) if !catalog.is_uncertain(id) => {
            let own = catalog.relation(id).map(|it| it.columns.iter());
            (String::new(), own.map(|own| own.map(|it| it.name.clone()).collect()))
        }
        _ => (String::new(), None),
    };
    let mut view = View { catalog, name: view.as_str(), rows: Vec::new() };
    if catalog.opaque.is_some() || !view.fill() {
        view.rows = vec![(false, Vec::new())];
    }
    Source { rows: view.rows, columns }
}

pub(super) struct View<'a> {
    pub(super) catalog: &'a Catalog,
    name: &'a str,
    rows: Vec<(bool, Vec<Cell>)>,
}

#[expect(clippy::unnecessary_wraps, reason = "the value of a cell may be unknown")]
pub(super) fn text(text: impl Into<String>) -> Option<Datum> {
    Some(Datum::Text(text.into()))
}

pub(super) const NAME: Option<Datum> = Some(Datum::Elsewhere(Elsewhere::Name));
const SCHEMA: Option<Datum> = Some(Datum::Elsewhere(Elsewhere::Schema));
const OID: Option<Datum> = Some(Datum::Elsewhere(Elsewhere::Oid));

impl View<'_> {
    /// Finds the rows; false where the view is not known here.
    fn fill(&mut self) -> bool {
        for (id, entry) in self.catalog.iter() {
            self.object(id, entry);
        }
        // What the server brought, and what may be there.
        let elsewhere = match self.name {
            "pg_namespace" => vec![("nspname", SCHEMA), ("oid", OID)],
            "pg_class" => vec![("oid", OID), ("relname", NAME), ("relnamespace", SCHEMA)],
            "pg_type" => vec![("oid", OID), ("typname", NAME), ("typnamespace", SCHEMA)],
            "pg_enum" => vec![("enumtypid", OID)],
            "pg_attribute" => vec![("attrelid", OID)],
            "pg_constraint" => {
                vec![("oid", OID), ("conname", NAME), ("conrelid", OID), ("connamespace", SCHEMA)]
            }
            "pg_index" => vec![("indexrelid", OID), ("indrelid", OID)],
            "pg_proc" => vec![("oid", OID), ("proname", NAME), ("pronamespace", SCHEMA)],
            "pg_trigger" => vec![("oid", OID), ("tgname", NAME)],
            "pg_extension" => vec![("extname", NAME)],
            "pg_policies" => {
                vec![("policyname", NAME), ("tablename", NAME), ("schemaname", SCHEMA)]
            }
            "pg_indexes" => vec![("indexname", NAME), ("tablename", NAME), ("schemaname", SCHEMA)],
            "pg_tables" => vec![("tablename", NAME), ("schemaname", SCHEMA)],
            "pg_views" => vec![("viewname", NAME), ("schemaname", SCHEMA)],
            "pg_matviews" => vec![("matviewname", NAME), ("schemaname", SCHEMA)],
            "pg_sequences" => vec![("sequencename", NAME), ("schemaname", SCHEMA)],
            "information_schema.schemata" => vec![("schema_name", SCHEMA)],
            "information_schema.tables"
            | "information_schema.views"
            | "information_schema.columns" => vec![("table_name", NAME), ("table_schema", SCHEMA)],
            "information_schema.table_constraints" => {
                // NOT NULL is listed as a check of a made-up name.
                let check = vec![("constraint_name", NAME), ("constraint_type", text("CHECK"))];
                self.add(false, check);
                vec![("constraint_name", NAME), ("table_name", NAME), ("table_schema", SCHEMA)]
            }
            "information_schema.key_column_usage" => {
                vec![("constraint_name", NAME), ("table_name", NAME), ("table_schema", SCHEMA)]
            }
            "information_schema.routines" => {
                vec![("routine_name", NAME), ("routine_schema", SCHEMA)]
            }
            "information_schema.triggers" => {
                vec![("trigger_name", NAME), ("event_object_table", NAME)]
            }
            "information_schema.sequences" => {
                vec![("sequence_name", NAME), ("sequence_schema", SCHEMA)]
            }
            _ => return false,
        };
        self.add(false, elsewhere);
        true
    }

    pub(super) fn add(&mut self, certain: bool, cells: Vec<(&str, Option<Datum>)>) {
        let cells = cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.rows.push((certain, cells));
    }

    fn schema_name(&self, id: ObjectId) -> Option<Datum> {
        // That of temporary objects has a number in its name.
        let name = self.catalog.get(id)?.object.name();
        if name == Catalog::TEMPORARY { None } else { text(name) }
    }

    fn object(&mut self, id: ObjectId, entry: &Entry) {
        let certain = !entry.uncertain;
        match &entry.object {
            Object::Schema(_) => match self.name {
                "pg_namespace" => self.add(
                    certain,
                    vec![("oid", Some(Datum::Oid(id))), ("nspname", self.schema_name(id))],
                ),
                "information_schema.schemata" => {
                    self.add(certain, vec![("schema_name", self.schema_name(id))]);
                }
                _ => {}
            },
            Object::Relation(it) => self.relation(id, it, certain),
            Object::Type(it) => {
                let kind = match &it.kind {
                    TypeDefinitionKind::Enum(labels) => {
                        if self.name == "pg_enum" {
                            for label in labels {
                                let cells = vec![
                                    ("enumtypid", Some(Datum::Oid(id))),
                                    ("enumlabel", text(&label.name)),
                                ];
                                self.add(certain, cells);
                            }
                        }
                        "e"
                    }
                    TypeDefinitionKind::Domain(_) => "d",
                    TypeDefinitionKind::Range { .. } => "r",
                    TypeDefinitionKind::Base(_) => "b",
                    TypeDefinitionKind::Shell => "p",
                };
                self.ty(id, &it.name, it.schema, kind, certain);
            }
            Object::Constraint(it) => self.constraint(id, it, certain),
            Object::Function(it) => self.function(id, it, certain),
            Object::Trigger(it) => match self.name {
                "pg_trigger" => self.add(
                    certain,
                    vec![
                        ("oid", Some(Datum::Oid(id))),
                        ("tgname", text(&it.name)),
                        ("tgrelid", Some(Datum::Oid(it.on))),
                        ("tgisinternal", Some(Datum::Bool(false))),
                    ],
                ),
                "information_schema.triggers" => {
                    let mut cells = vec![("trigger_name", text(&it.name))];
                    let table =
                        self.table_cells(it.on, "event_object_schema", "event_object_table");
                    cells.extend(table);
                    // A row for each event.
                    self.add(certain && it.events.len() == 1, cells);
                }
                _ => {}
            },
            Object::Policy(it) if self.name == "pg_policies" => {
                let mut cells = vec![("policyname", text(&it.name))];
                cells.extend(self.table_cells(it.on, "schemaname", "tablename"));
                self.add(certain, cells);
            }
            Object::Extension(it) if self.name == "pg_extension" => {
                self.add(certain, vec![("extname", text(&it.name))]);
            }
            _ => {}
        }
    }

    /// The cells that name a table.
    pub(super) fn table_cells<'c>(
        &self,
        id: ObjectId,
        schema: &'c str,
        table: &'c str,
    ) -> Vec<(&'c str, Option<Datum>)> {
        let entry = self.catalog.get(id);
        vec![
            (table, entry.and_then(|it| text(it.object.name()))),
            (schema, entry.and_then(|it| self.schema_name(it.object.schema()?))),
        ]
    }

    fn relation(&mut self, id: ObjectId, it: &Relation, certain: bool) {
        let named = |view: &Self, name: &'static str, schema: &'static str| {
            vec![(name, text(&it.name)), (schema, view.schema_name(it.schema))]
        };
        let table = matches!(it.kind, RelationKind::Table(_));
        let view = matches!(it.kind, RelationKind::View(_));
        let sequence = matches!(it.kind, RelationKind::Sequence(_));
        match self.name {
            "pg_class" => self.add(
                certain,
                vec![
                    ("oid", Some(Datum::Oid(id))),
                    ("relname", text(&it.name)),
                    ("relnamespace", Some(Datum::Oid(it.schema))),
                    ("relkind", text(self.relation_kind(it))),
                ],
            ),
            "pg_type" if it.as_index().is_none() && !sequence => {
                self.ty(id, &it.name, it.schema, "c", certain);
            }
            "pg_tables" if table => self.add(certain, named(self, "tablename", "schemaname")),
            "pg_views" if view => self.add(certain, named(self, "viewname", "schemaname")),
            "pg_matviews" if matches!(it.kind, RelationKind::MaterializedView { .. }) => {
                self.add(certain, named(self, "matviewname", "schemaname"));
            }
            "pg_sequences" if sequence => {
                self.add(certain, named(self, "sequencename", "schemaname"));
            }
            "pg_indexes" => {
                if let Some(index) = it.as_index() {
                    let mut cells = named(self, "indexname", "schemaname");
                    cells.extend(
                        self.table_cells(index.table, "schemaname", "tablename")
                            .into_iter()
                            .take(1),
                    );
                    self.add(certain, cells);
                }
            }
            "pg_index" => {
                if let Some(index) = it.as_index() {
                    let primary = index.constraint.and_then(|id| self.catalog.get(id));
                    let primary = matches!(
                        primary.map(|it| &it.object),
                        Some(Object::Constraint(Constraint {
                            kind: ConstraintKind::PrimaryKey(_),
                            ..
                        }))
                    );
                    let cells = vec![
                        ("indexrelid", Some(Datum::Oid(id))),
                        ("indrelid", Some(Datum::Oid(index.table))),
                        ("indisunique", Some(Datum::Bool(index.unique))),
                        ("indisprimary", Some(Datum::Bool(primary))),
                    ];
                    self.add(certain, cells);
                }
            }
            "pg_attribute" => self.attributes(id, it, certain),
            "information_schema.tables" if table || view => {
                let mut cells = named(self, "table_name", "table_schema");
                let kind = match it.as_table() {
                    Some(table) if table.foreign.is_some() => "FOREIGN",
                    Some(_) => "BASE TABLE",
                    None => "VIEW",
                };
                cells.push(("table_type", text(kind)));
                self.add(certain, cells);
            }
            "information_schema.views" if view => {
                self.add(certain, named(self, "table_name", "table_schema"));
            }
            "information_schema.sequences" if sequence => {
                self.add(certain, named(self, "sequence_name", "sequence_schema"));
            }
            "information_schema.columns" if table || view => self.columns(id, it, certain),
            _ => {}
        }
    }

    fn relation_kind(&self, it: &Relation) -> &'static str {
        let is_partitioned =
            |it: &Relation| it.as_table().is_some_and(|it| it.partition_key.is_some());
        match &it.kind {
            RelationKind::Table(table) if table.foreign.is_some() => "f",
            RelationKind::Table(_) if is_partitioned(it) => "p",
            RelationKind::Table(_) => "r",
            RelationKind::View(_) => "v",
            RelationKind::MaterializedView { .. } => "m",
            RelationKind::Index(index)
                if self.catalog.relation(index.table).is_some_and(is_partitioned) =>
            {
                "I"
            }
            RelationKind::Index(_) => "i",
            RelationKind::Sequence(_) => "S",
            RelationKind::Composite => "c",
        }
    }

    fn ty(&mut self, id: ObjectId, name: &str, schema: ObjectId, kind: &str, certain: bool) {
        if self.name == "pg_type" {
            let cells = vec![
                ("oid", Some(Datum::Oid(id))),
                ("typname", text(name)),
                ("typnamespace", Some(Datum::Oid(schema))),
                ("typtype", text(kind)),
            ];
            self.add(certain, cells);
        }
    }

    fn constraint(&mut self, id: ObjectId, it: &Constraint, certain: bool) {
        let (short, long) = match &it.kind {
            ConstraintKind::Check(_) => ("c", "CHECK"),
            ConstraintKind::PrimaryKey(_) => ("p", "PRIMARY KEY"),
            ConstraintKind::Unique(_) => ("u", "UNIQUE"),
            ConstraintKind::ForeignKey(_) => ("f", "FOREIGN KEY"),
            ConstraintKind::Exclusion { .. } => ("x", ""),
            ConstraintKind::Trigger(_) => ("t", ""),
        };
        let Some(relation) = self.catalog.relation(it.on) else {
            if self.name == "pg_constraint" {
                self.add(false, vec![("oid", Some(Datum::Oid(id))), ("conname", text(&it.name))]);
            }
            return;
        };
        match self.name {
            "pg_constraint" => {
                let target = match &it.kind {
                    ConstraintKind::ForeignKey(key) => Some(Datum::Oid(key.table)),
                    _ => Some(Datum::Int(0)),
                };
                let columns = it.columns.iter().map(|it| number(*it)).collect::<Option<_>>();
                let cells = vec![
                    ("oid", Some(Datum::Oid(id))),
                    ("conname", text(&it.name)),
                    ("conrelid", Some(Datum::Oid(it.on))),
                    ("connamespace", Some(Datum::Oid(relation.schema))),
                    ("contype", text(short)),
                    ("confrelid", target),
                    ("conkey", columns.map(Datum::List)),
                    ("convalidated", Some(Datum::Bool(it.validated))),
                ];
                self.add(certain, cells);
            }
            "information_schema.table_constraints" if !long.is_empty() => {
                let mut cells =
                    vec![("constraint_name", text(&it.name)), ("constraint_type", text(long))];
                cells.push(("constraint_schema", self.schema_name(relation.schema)));
                cells.extend(self.table_cells(it.on, "table_schema", "table_name"));
                self.add(certain, cells);
            }
            "information_schema.key_column_usage" if matches!(short, "p" | "u" | "f") => {
                for column in &it.columns {
                    let mut cells = vec![("constraint_name", text(&it.name))];
                    cells.push(("constraint_schema", self.schema_name(relation.schema)));
                    let name = relation.column_numbered(*column).map(|it| it.name.as_str());
                    cells.push(("column_name", name.and_then(text)));
                    cells.extend(self.table_cells(it.on, "table_schema", "table_name"));
                    self.add(certain, cells);
                }
            }
            _ => {}
        }
    }

    fn function(&mut self, id: ObjectId, it: &Function, certain: bool) {
        let (short, long) = match it.kind {
            FunctionKind::Function => ("f", "FUNCTION"),
            FunctionKind::Procedure => ("p", "PROCEDURE"),
            FunctionKind::Aggregate => ("a", ""),
            FunctionKind::Window => ("w", "FUNCTION"),
        };
        match self.name {
            "pg_proc" => self.add(
                certain,
                vec![
                    ("oid", Some(Datum::Oid(id))),
                    ("proname", text(&it.name)),
                    ("pronamespace", Some(Datum::Oid(it.schema))),
                    ("prokind", text(short)),
                ],
            ),
            "information_schema.routines" if !long.is_empty() => self.add(
                certain,
                vec![
                    ("routine_name", text(&it.name)),
                    ("routine_schema", self.schema_name(it.schema)),
                    ("routine_type", text(long)),
                ],
            ),
            _ => {}
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the value of a cell may be unknown")]
pub(super) fn number(number: ColumnNumber) -> Option<Datum> {
    Some(Datum::Int(i64::from(number.0)))
}
