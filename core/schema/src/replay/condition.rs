//! Conditions about the schema itself, as blocks ask them: does this table exist, has it this
//! column?

use std::collections::BTreeMap;

use super::constant::{self, Values};
use crate::ast::{
    ColumnRef, Constant, Expr, ExprKind, FromItem, IsTest, Name, Query, QueryBody,
    SqlValueFunction, Sublink, SublinkKind,
};
use crate::builtin::Home;
use crate::catalog::{
    BaseType, Catalog, ConstraintKind, NameSpace, Object, ObjectId, RelationHit, RelationKind,
    SchemaRef,
};

/// The value of a condition, where the catalog and the variables are enough to know it.
pub(super) fn value(catalog: &Catalog, values: &Values, condition: &Expr) -> Option<bool> {
    if catalog.opaque.is_some() {
        return None;
    }
    Known { catalog, values }.truth(condition)
}

/// What is known where a condition is asked.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) values: &'a Values,
}

impl Known<'_> {
    fn truth(self, condition: &Expr) -> Option<bool> {
        match &condition.kind {
            ExprKind::Constant(Constant::Bool(value)) => Some(*value),
            ExprKind::Not(expr) => self.truth(expr).map(|value| !value),
            ExprKind::And(left, right) => match (self.truth(left), self.truth(right)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            ExprKind::Or(left, right) => match (self.truth(left), self.truth(right)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            ExprKind::Sublink(sublink) => self.exists(sublink),
            ExprKind::Is { expr, negated, test: IsTest::Null } => {
                self.regclass(expr).map(|there| there == *negated)
            }
            _ => None,
        }
    }

    /// Whether `to_regclass('t')` leads somewhere.
    fn regclass(self, expr: &Expr) -> Option<bool> {
        let ExprKind::Call(call) = &expr.kind else { return None };
        let [arg] = call.args.as_slice() else { return None };
        let name = self.text(&arg.value)?;
        let name = parse_name(&name)?;
        match call.name.name.text.as_str() {
            "to_regclass" => there(&self.catalog.find_relation(&name)),
            "to_regtype" => there(&self.catalog.find_type(&name)),
            _ => None,
        }
    }

    /// `EXISTS (SELECT … FROM one of the system's views WHERE column = 'text' AND …)`.
    fn exists(self, sublink: &Sublink) -> Option<bool> {
        if sublink.kind != SublinkKind::Exists {
            return None;
        }
        let (relation, alias, filter) = parts(&sublink.query)?;
        let mut wanted = BTreeMap::new();
        if let Some(filter) = filter {
            self.equalities(filter, alias.as_deref(), &mut wanted)?;
        }
        if self.catalog.names(NameSpace::Schema, None).count() == 0 {
            return None;
        }
        ask(self.catalog, &relation, &wanted)
    }

    /// Reads `a = 'x' AND b = 'y'`; none where anything else is asked.
    fn equalities(
        self,
        expr: &Expr,
        alias: Option<&str>,
        wanted: &mut BTreeMap<String, String>,
    ) -> Option<()> {
        if let ExprKind::And(left, right) = &expr.kind {
            self.equalities(left, alias, wanted)?;
            return self.equalities(right, alias, wanted);
        }
        let (column, value) = equality(self, expr, alias)?;
        // Two values for one column are asked for: leave it.
        wanted.insert(column, value).is_none().then_some(())
    }

    fn column(self, expr: &Expr, alias: Option<&str>) -> Option<String> {
        match &expr.kind {
            ExprKind::Column(ColumnRef { fields, star: false }) => match fields.as_slice() {
                [name] if self.values.contains_key(&name.text) => None,
                [name] => Some(name.text.clone()),
                [table, name] if Some(table.text.as_str()) == alias => Some(name.text.clone()),
                _ => None,
            },
            ExprKind::Cast { expr, .. } => self.column(expr, alias),
            _ => None,
        }
    }

    /// The text of a value that is known.
    fn text(self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Cast { expr, .. } => self.text(expr),
            ExprKind::SqlValue(SqlValueFunction::CurrentSchema, _) => self.current_schema(),
            ExprKind::Call(call) if call.name.name.text == "current_schema" => {
                self.current_schema()
            }
            _ => constant::value(expr, self.values)?,
        }
    }

    fn current_schema(self) -> Option<String> {
        let path = &self.catalog.session.search_path;
        path.iter().find(|name| self.catalog.schema(name).found().is_some()).cloned()
    }
}

/// Reads `a = 'x'`: a column of a relation, and what it is to be.
pub(super) fn equality(
    known: Known<'_>,
    expr: &Expr,
    alias: Option<&str>,
) -> Option<(String, String)> {
    let ExprKind::Operator { op, left: Some(left), right } = &expr.kind else { return None };
    match (known.column(left, alias), known.column(right, alias)) {
        _ if op.symbol != "=" => None,
        (Some(column), None) => Some((column, known.text(right)?)),
        (None, Some(column)) => Some((column, known.text(left)?)),
        _ => None,
    }
}

fn there<T>(lookup: &crate::catalog::Lookup<T>) -> Option<bool> {
    match lookup {
        crate::catalog::Lookup::Found(_) => Some(true),
        crate::catalog::Lookup::Missing => Some(false),
        crate::catalog::Lookup::Unknown => None,
    }
}

/// A name with dots, without quotes.
fn parse_name(text: &str) -> Option<Name> {
    use crate::ast::{Ident, TextRange};
    let mut parts: Vec<Ident> = text
        .split('.')
        .map(|part| part.trim_matches('"'))
        .map(|part| Ident::new(part.to_owned(), TextRange::default()))
        .collect();
    let name = parts.pop()?;
    Some(Name { qualifiers: parts, name, range: TextRange::default() })
}

/// The one relation of a query without anything special, and its condition.
pub(super) fn parts(query: &Query) -> Option<(String, Option<String>, Option<&Expr>)> {
    let QueryBody::Select(select) = &query.body else { return None };
    let plain = query.with.is_none()
        && query.offset.is_none()
        && select.group_by.is_none()
        && select.having.is_none();
    let [FromItem::Table(table)] = select.from.as_slice() else { return None };
    if !plain {
        return None;
    }
    let name = &table.relation.name;
    let relation = match name.schema() {
        Some(schema) if schema.text == "information_schema" => {
            format!("information_schema.{}", name.name.text)
        }
        Some(schema) if schema.text != "pg_catalog" => return None,
        _ => name.name.text.clone(),
    };
    let alias = table.alias.as_ref().and_then(|alias| alias.name.as_ref());
    let alias = alias.map(|alias| alias.text.clone()).or_else(|| Some(name.name.text.clone()));
    Some((relation, alias, select.filter.as_ref()))
}

/// What is wanted of each row: columns with values, all of which must be understood.
struct Wanted<'w> {
    values: &'w BTreeMap<String, String>,
    /// How many of them were looked at.
    seen: usize,
}

impl<'w> Wanted<'w> {
    fn get(&mut self, column: &str) -> Option<&'w str> {
        let value = self.values.get(column)?;
        self.seen += 1;
        Some(value)
    }

    fn all_seen(&self) -> bool {
        self.seen == self.values.len()
    }
}

/// Whether a row of a view of the system has the wanted values; none where the view or a column is
/// not understood here, or the objects are uncertain.
fn ask(catalog: &Catalog, relation: &str, values: &BTreeMap<String, String>) -> Option<bool> {
    let mut wanted = Wanted { values, seen: 0 };
    let (name_column, schema_column, table_column) = match relation {
        "pg_type" => ("typname", "", ""),
        "pg_class" => ("relname", "", ""),
        "pg_namespace" => ("nspname", "", ""),
        "pg_extension" => ("extname", "", ""),
        "pg_constraint" => ("conname", "", ""),
        "pg_trigger" => ("tgname", "", ""),
        "pg_indexes" => ("indexname", "schemaname", "tablename"),
        "pg_tables" => ("tablename", "schemaname", ""),
        "pg_views" => ("viewname", "schemaname", ""),
        "pg_matviews" => ("matviewname", "schemaname", ""),
        "pg_policies" => ("policyname", "schemaname", "tablename"),
        "information_schema.tables" => ("table_name", "table_schema", ""),
        "information_schema.columns" => ("column_name", "table_schema", "table_name"),
        "information_schema.table_constraints" => ("constraint_name", "table_schema", "table_name"),
        "information_schema.schemata" => ("schema_name", "", ""),
        _ => return None,
    };
    let name = wanted.get(name_column);
    let schema = wanted.get(schema_column);
    let table = wanted.get(table_column);
    if let Some(catalog_name) = wanted.get("table_catalog") {
        let _ = catalog_name;
        return None;
    }
    let kind = wanted.get("constraint_type");
    if !wanted.all_seen() {
        return None;
    }
    let name = name?;
    if catalog.doubtful.contains(name) || table.is_some_and(|it| catalog.doubtful.contains(it)) {
        return None;
    }
    // What the server and extensions brought is not searched here.
    let known = |name: &str| {
        matches!(
            catalog.relation_in(SchemaRef::Catalog, name),
            Some(RelationHit::Known(_, Home::Catalog))
        ) || matches!(catalog.type_in(SchemaRef::Catalog, name), Some(it) if matches!(it.base, BaseType::Known(_)))
    };
    if known(name) || catalog.has_unknown_extension() {
        return None;
    }
    let in_schema = |id: ObjectId| {
        let Some(entry) = catalog.get(id) else { return false };
        let owner = entry.object.schema().and_then(|schema| catalog.get(schema));
        schema.is_none_or(|wanted| owner.is_some_and(|it| it.object.name() == wanted))
    };
    let on_table = |id: ObjectId| {
        let named =
            catalog.get(id).is_some_and(|it| table.is_none_or(|wanted| it.object.name() == wanted));
        named && in_schema(id)
    };
    let mut found = false;
    for (id, entry) in catalog.iter() {
        let hit = match (&entry.object, relation) {
            (Object::Type(it), "pg_type") => it.name == name,
            (Object::Relation(it), "pg_type") => it.name == name && it.as_index().is_none(),
            (Object::Relation(it), "pg_class") => it.name == name,
            (Object::Schema(it), "pg_namespace" | "information_schema.schemata") => it.name == name,
            (Object::Extension(it), "pg_extension") => it.name == name,
            (Object::Constraint(it), "pg_constraint") => it.name == name,
            (Object::Constraint(it), "information_schema.table_constraints") => {
                let fits = kind.is_none_or(|kind| kind == constraint_type(&it.kind));
                it.name == name && fits && on_table(it.on)
            }
            (Object::Trigger(it), "pg_trigger") => it.name == name,
            (Object::Policy(it), "pg_policies") => it.name == name && on_table(it.on),
            (Object::Relation(it), "pg_indexes") => {
                it.name == name && it.as_index().is_some_and(|it| on_table(it.table))
            }
            (Object::Relation(it), "pg_tables") => {
                it.name == name && it.as_table().is_some() && in_schema(id)
            }
            (Object::Relation(it), "pg_views") => {
                it.name == name && matches!(it.kind, RelationKind::View(_)) && in_schema(id)
            }
            (Object::Relation(it), "pg_matviews") => {
                it.name == name
                    && matches!(it.kind, RelationKind::MaterializedView { .. })
                    && in_schema(id)
            }
            (Object::Relation(it), "information_schema.tables") => {
                let shown = it.as_table().is_some() || matches!(it.kind, RelationKind::View(_));
                it.name == name && shown && in_schema(id)
            }
            (Object::Relation(it), "information_schema.columns") => {
                it.column(name).is_some() && it.as_index().is_none() && on_table(id)
            }
            _ => false,
        };
        let column = relation == "information_schema.columns"
            && table.is_none_or(|it| entry.object.name() == it);
        if entry.uncertain && (hit || column) {
            return None;
        }
        found |= hit;
    }
    Some(found)
}

fn constraint_type(kind: &ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::Check(_) => "CHECK",
        ConstraintKind::PrimaryKey(_) => "PRIMARY KEY",
        ConstraintKind::Unique(_) => "UNIQUE",
        ConstraintKind::ForeignKey(_) => "FOREIGN KEY",
        ConstraintKind::Exclusion { .. } | ConstraintKind::Trigger(_) => "",
    }
}
