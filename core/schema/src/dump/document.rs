//! A catalog as a JSON document, for programs.
//!
//! Names are as they are, without quotes; types, expressions and queries are SQL, with the names
//! of objects as in [`super::sql()`]. Whatever belongs to a table or a view stands in it.

use std::collections::BTreeMap;

use super::json::Json;
use super::{Names, object, order};
use crate::ast::{ParamMode, Persistence, Volatility};
use crate::catalog::{
    Catalog, Column, ColumnDefault, ColumnNumber, Constraint, ConstraintKind, Entry, Function,
    FunctionBody, FunctionKind, Index, Object, ObjectId, Relation, RelationKind, Sequence, Text,
    TypeDefinition, TypeDefinitionKind,
};

/// The version of the document. Keys may be added to it; anything else raises the number.
const VERSION: i64 = 1;

/// The schema as one JSON object, ended by a line feed.
pub fn json(catalog: &Catalog) -> String {
    let mut document =
        Document { names: Names { catalog }, order: order(catalog), parts: BTreeMap::new() };
    for &id in &document.order {
        let parent = catalog.get(id).and_then(|entry| match &entry.object {
            Object::Relation(it) => it.as_index().map(|index| index.table),
            other => other.name_space().1,
        });
        if let Some(parent) = parent {
            document.parts.entry(parent).or_default().push(id);
        }
    }
    format!("{}\n", document.all())
}

struct Document<'a> {
    names: Names<'a>,
    /// What is in it, by the order of the statements.
    order: Vec<ObjectId>,
    /// What belongs to relations and domains.
    parts: BTreeMap<ObjectId, Vec<ObjectId>>,
}

impl Document<'_> {
    fn all(&self) -> Json {
        let objects = |wanted| self.objects(&self.order, wanted);
        new()
            .with("version", VERSION)
            .with("postgres", i64::from(self.names.catalog.version().major()))
            .with("schemas", objects(|it| matches!(it, Object::Schema(_))))
            .with("extensions", objects(|it| matches!(it, Object::Extension(_))))
            .with(
                "types",
                objects(|it| match it {
                    Object::Type(_) => true,
                    Object::Relation(it) => matches!(it.kind, RelationKind::Composite),
                    _ => false,
                }),
            )
            .with("sequences", objects(|it| is_relation(it, |it| it.as_sequence().is_some())))
            .with("tables", objects(|it| is_relation(it, |it| it.as_table().is_some())))
            .with("views", objects(|it| is_relation(it, is_view)))
            .with("functions", objects(|it| matches!(it, Object::Function(_))))
            .with("statistics", objects(|it| matches!(it, Object::Statistics(_))))
            .with("others", objects(|it| matches!(it, Object::Other(_))))
    }

    fn objects(&self, ids: &[ObjectId], wanted: fn(&Object) -> bool) -> Json {
        Json::array(ids.iter().filter_map(|&id| {
            let entry = self.names.catalog.get(id).filter(|entry| wanted(&entry.object))?;
            Some(self.object(id, entry))
        }))
    }

    /// What belongs to a relation or a domain.
    fn parts(&self, on: ObjectId, wanted: fn(&Object) -> bool) -> Json {
        self.objects(self.parts.get(&on).map_or(&[], Vec::as_slice), wanted)
    }

    fn object(&self, id: ObjectId, entry: &Entry) -> Json {
        let names = self.names;
        let json = match entry.object.schema() {
            Some(schema) => new().with("schema", names.bare(schema)),
            None => new(),
        };
        let json = json.with("name", entry.object.name());
        let json = match &entry.object {
            Object::Schema(_) => json,
            Object::Extension(it) => json.with("requested_version", it.version.as_deref()),
            Object::Relation(it) => self.relation(json, id, it),
            Object::Type(it) => self.type_definition(json, id, it),
            Object::Constraint(it) => self.constraint(json, it),
            Object::Function(it) => self.function(json, it),
            Object::Trigger(it) => json
                .with("events", it.events.clone())
                .with("inherited", it.parent.is_some())
                .with("definition", names.create_trigger(it)),
            Object::Rule(it) => json.with("definition", names.create_rule(it)),
            Object::Policy(it) => json
                .with("permissive", it.permissive)
                .with("roles", it.roles.clone())
                .with("using", self.text(it.using.as_ref()))
                .with("check", self.text(it.check.as_ref()))
                .with("definition", names.create_policy(it)),
            Object::Statistics(it) => json
                .with("table", names.object(it.table))
                .with("definition", names.create_statistics(id, it)),
            Object::Other(it) => json
                .with("kind", object::kind_name(it.kind).to_lowercase())
                .with("definition", names.create_other(id, it)),
        };
        let grants = entry.grants.iter().map(|grant| {
            new()
                .with("role", grant.role.as_str())
                .with("privileges", grant.privileges.clone())
                .with("grant_option", grant.grant_option)
        });
        json.with("comment", entry.comment.as_deref())
            .with("owner", entry.owner.as_deref())
            .with("grants", Json::array(grants))
    }

    fn relation(&self, json: Json, id: ObjectId, it: &Relation) -> Json {
        let names = self.names;
        let columns = || Json::array(it.columns.iter().map(|column| self.column(id, column)));
        let json = match &it.kind {
            RelationKind::Index(index) => return self.index(json, it, index),
            RelationKind::Sequence(sequence) => return self.sequence(json, it, sequence),
            _ => json.with("kind", it.kind_name()).with("columns", columns()),
        };
        let json = match &it.kind {
            RelationKind::Table(table) => {
                let partition = table.partition_of.as_ref().map(|(parent, bound)| {
                    new().with("table", names.object(*parent)).with("bound", names.text(bound))
                });
                let inherits: Vec<String> =
                    table.inherits.iter().map(|it| names.object(*it)).collect();
                json.with("persistence", persistence(it.persistence))
                    .with("partition_key", names.partition_key(table))
                    .with("partition_of", partition)
                    .with("inherits", inherits)
                    .with("row_security", table.row_security)
                    .with("force_row_security", table.force_row_security)
                    .with("constraints", self.parts(id, |it| matches!(it, Object::Constraint(_))))
            }
            RelationKind::View(view) => {
                json.with("query", names.text(&view.query)).with("check_option", view.check_option)
            }
            RelationKind::MaterializedView { query, populated } => {
                json.with("query", names.text(query)).with("populated", *populated)
            }
            RelationKind::Composite | RelationKind::Index(_) | RelationKind::Sequence(_) => {
                return json;
            }
        };
        json.with("options", options(&it.options))
            .with("indexes", self.parts(id, |it| matches!(it, Object::Relation(_))))
            .with("triggers", self.parts(id, |it| matches!(it, Object::Trigger(_))))
            .with("rules", self.parts(id, |it| matches!(it, Object::Rule(_))))
            .with("policies", self.parts(id, |it| matches!(it, Object::Policy(_))))
    }

    fn column(&self, table: ObjectId, it: &Column) -> Json {
        let names = self.names;
        let (default, identity, generated) = match &it.default {
            ColumnDefault::None => (None, None, None),
            ColumnDefault::Expression(text) => (Some(names.text(text)), None, None),
            ColumnDefault::Identity { always } => {
                (None, Some(if *always { "always" } else { "by default" }), None)
            }
            ColumnDefault::Generated { expression, stored } => {
                let generated =
                    new().with("expression", names.text(expression)).with("stored", *stored);
                (None, None, Some(generated))
            }
        };
        let sequence = names.owned_sequence(table, it.number).map(|(id, _)| names.object(id));
        new()
            .with("name", it.name.as_str())
            .with("type", names.column_type(&it.ty))
            .with("nullable", !it.not_null)
            .with("default", default)
            .with("identity", identity)
            .with("identity_sequence", sequence)
            .with("generated", generated)
            .with("collation", self.text(it.collation.as_ref()))
            .with("storage", it.storage.as_deref())
            .with("compression", it.compression.as_deref())
            .with("statistics", it.statistics)
            .with("options", options(&it.options))
            .with("inherited", it.inherited > 0)
            .with("comment", it.comment.as_deref())
    }

    fn index(&self, json: Json, it: &Relation, index: &Index) -> Json {
        let names = self.names;
        let keys: Vec<String> = index.keys.iter().map(|key| names.text(&key.text)).collect();
        let include: Vec<String> =
            index.include.iter().map(|column| self.column_name(index.table, *column)).collect();
        json.with("method", index.method.as_str())
            .with("unique", index.unique)
            .with("nulls_not_distinct", index.nulls_not_distinct)
            .with("keys", keys)
            .with("include", include)
            .with("predicate", self.text(index.predicate.as_ref()))
            .with("constraint", index.constraint.map(|id| names.bare(id)))
            .with("valid", index.valid)
            .with("options", options(&it.options))
    }

    fn sequence(&self, json: Json, it: &Relation, sequence: &Sequence) -> Json {
        let owner = sequence.owner.map(|owner| {
            new()
                .with("table", self.names.object(owner.table))
                .with("column", self.column_name(owner.table, owner.column))
                .with("identity", owner.identity)
        });
        json.with("persistence", persistence(it.persistence))
            .with("type", sequence.data_type)
            .with("start", sequence.start)
            .with("increment", sequence.increment)
            .with("min", sequence.min)
            .with("max", sequence.max)
            .with("cache", sequence.cache)
            .with("cycle", sequence.cycle)
            .with("owned_by", owner)
    }

    fn constraint(&self, json: Json, it: &Constraint) -> Json {
        let names = self.names;
        let kind = match &it.kind {
            ConstraintKind::Check(_) => "check",
            ConstraintKind::PrimaryKey(_) => "primary key",
            ConstraintKind::Unique(_) => "unique",
            ConstraintKind::Exclusion { .. } => "exclusion",
            ConstraintKind::ForeignKey(_) => "foreign key",
            ConstraintKind::Trigger(_) => "trigger",
        };
        let columns: Vec<String> =
            it.columns.iter().map(|column| self.column_name(it.on, *column)).collect();
        let references = it.foreign_key().map(|key| {
            let columns: Vec<String> =
                key.columns.iter().map(|column| self.column_name(key.table, *column)).collect();
            new().with("table", names.object(key.table)).with("columns", columns)
        });
        json.with("kind", kind)
            .with("columns", columns)
            .with("references", references)
            .with("definition", names.constraint(it))
            .with("deferrable", it.deferrable)
            .with("deferred", it.deferred)
            .with("validated", it.validated)
            .with("inherited", it.inherited > 0)
    }

    fn type_definition(&self, json: Json, id: ObjectId, it: &TypeDefinition) -> Json {
        let names = self.names;
        match &it.kind {
            TypeDefinitionKind::Enum(labels) => {
                let labels: Vec<&str> = labels.iter().map(|label| label.name.as_str()).collect();
                json.with("kind", "enum").with("labels", labels)
            }
            TypeDefinitionKind::Domain(domain) => json
                .with("kind", "domain")
                .with("type", names.column_type(&domain.base))
                .with("nullable", !domain.not_null)
                .with("default", self.text(domain.default.as_ref()))
                .with("collation", self.text(domain.collation.as_ref()))
                .with("constraints", self.parts(id, |it| matches!(it, Object::Constraint(_)))),
            TypeDefinitionKind::Range { subtype, multirange, .. } => json
                .with("kind", "range")
                .with("subtype", names.ty(*subtype))
                .with("multirange", multirange.as_str())
                .with("definition", names.create_type(id, it)),
            TypeDefinitionKind::Base(_) => {
                json.with("kind", "base").with("definition", names.create_type(id, it))
            }
            TypeDefinitionKind::Shell => json.with("kind", "shell"),
        }
    }

    fn function(&self, json: Json, it: &Function) -> Json {
        let names = self.names;
        let kind = match it.kind {
            FunctionKind::Function => "function",
            FunctionKind::Procedure => "procedure",
            FunctionKind::Aggregate => "aggregate",
            FunctionKind::Window => "window function",
        };
        let params = it.params.iter().map(|param| {
            let mode = match param.mode {
                ParamMode::In => "in",
                ParamMode::Out if it.returns_table => "table",
                ParamMode::Out => "out",
                ParamMode::InOut => "inout",
                ParamMode::Variadic => "variadic",
            };
            new()
                .with("mode", mode)
                .with("name", param.name.as_deref())
                .with("type", names.column_type(&param.ty))
                .with("default", self.text(param.default.as_ref()))
        });
        let volatility = match it.volatility {
            Volatility::Immutable => "immutable",
            Volatility::Stable => "stable",
            Volatility::Volatile => "volatile",
        };
        let body = match &it.body {
            FunctionBody::Source(source) => source.clone(),
            FunctionBody::Library { symbol, .. } => symbol.clone(),
            FunctionBody::Sql(text) | FunctionBody::Aggregate(text) => names.text(text),
        };
        json.with("kind", kind)
            .with("parameters", Json::array(params))
            .with("returns", it.returns.as_ref().map(|ty| names.column_type(ty)))
            .with("returns_set", it.returns_set)
            .with("language", it.language.as_str())
            .with("volatility", volatility)
            .with("strict", it.strict)
            .with("security_definer", it.security_definer)
            .with("settings", options(&it.settings))
            .with("body", body)
    }

    fn column_name(&self, relation: ObjectId, column: ColumnNumber) -> String {
        let found = self.names.catalog.relation(relation);
        let found = found.and_then(|it| it.column_numbered(column));
        found.map_or_else(String::new, |column| column.name.clone())
    }

    fn text(&self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.names.text(text))
    }
}

fn new() -> Json {
    Json::Object(Vec::new())
}

fn is_relation(object: &Object, wanted: impl Fn(&Relation) -> bool) -> bool {
    matches!(object, Object::Relation(it) if wanted(it))
}

fn is_view(it: &Relation) -> bool {
    matches!(it.kind, RelationKind::View(_) | RelationKind::MaterializedView { .. })
}

fn persistence(it: Persistence) -> &'static str {
    match it {
        Persistence::Permanent => "permanent",
        Persistence::Temporary => "temporary",
        Persistence::Unlogged => "unlogged",
    }
}

fn options(options: &[(String, String)]) -> Json {
    Json::array(
        options
            .iter()
            .map(|(name, value)| new().with("name", name.as_str()).with("value", value.as_str())),
    )
}
