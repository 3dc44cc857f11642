//! Models as the statements that make their tables and types.

use std::collections::BTreeMap;

use pgmigrate_schema::dump::quote_ident as ident;
use pgmigrate_schema::dump::quote_literal as literal;

use crate::{
    ColumnModel, ColumnType, Default, EnumModel, Finding, ForeignKey, Index, Place, TableModel,
};

/// A statement, and the part of a model that it stands for.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The SQL, without a semicolon.
    pub sql: String,
    /// Where the model says it.
    pub place: Place,
}

/// The statements that make the types and tables of models on an empty server, in an order in
/// which they run; or what is not known for that.
pub fn statements(
    tables: &[TableModel],
    enums: &[EnumModel],
) -> Result<Vec<Statement>, Vec<Finding>> {
    let types: BTreeMap<&str, &EnumModel> =
        enums.iter().map(|it| (it.ident.as_str(), it)).collect();
    let (mut statements, mut findings) = (Vec::new(), Vec::new());
    let mut add = |sql: String, place: &Place| {
        statements.push(Statement { sql, place: place.clone() });
    };
    for it in enums {
        let labels: Vec<String> = it.labels.iter().map(|label| literal(&label.name)).collect();
        let name = qualified(it.schema.as_deref(), &it.name);
        add(format!("CREATE TYPE {name} AS ENUM ({})", labels.join(", ")), &it.place);
    }
    for table in tables {
        add(create_table(table, &types, &mut findings), &table.place);
    }
    for table in tables {
        for index in &table.indexes {
            add(create_index(table, index), &table.place);
        }
    }
    for table in tables {
        for key in &table.foreign_keys {
            let field = key.columns.first().and_then(|field| column(table, field));
            add(foreign_key(table, key), field.map_or(&table.place, |it| &it.place));
        }
    }
    for table in tables {
        let name = qualified(table.schema.as_deref(), &table.name);
        if let Some(comment) = &table.comment {
            add(format!("COMMENT ON TABLE {name} IS {}", literal(comment)), &table.place);
        }
        for column in &table.columns {
            let of_column = format!("{name}.{}", ident(&column.name));
            if let Some(comment) = &column.comment {
                let comment = literal(comment);
                add(format!("COMMENT ON COLUMN {of_column} IS {comment}"), &column.place);
            }
            if let Some(storage) = &column.storage {
                let column_name = ident(&column.name);
                add(
                    format!("ALTER TABLE {name} ALTER COLUMN {column_name} SET STORAGE {storage}"),
                    &column.place,
                );
            }
        }
    }
    if findings.is_empty() { Ok(statements) } else { Err(findings) }
}

/// A name with its schema, if it has one.
fn qualified(schema: Option<&str>, name: &str) -> String {
    match schema {
        Some(schema) => format!("{}.{}", ident(schema), ident(name)),
        None => ident(name),
    }
}

fn column<'t>(table: &'t TableModel, field: &str) -> Option<&'t ColumnModel> {
    table.columns.iter().find(|column| column.field == field || column.name == field)
}

/// The name of the column that a field stands for.
fn column_name(table: &TableModel, field: &str) -> String {
    ident(column(table, field).map_or(field, |column| column.name.as_str()))
}

fn column_names(table: &TableModel, fields: &[String]) -> String {
    let names: Vec<String> = fields.iter().map(|field| column_name(table, field)).collect();
    names.join(", ")
}

fn create_table(
    table: &TableModel,
    types: &BTreeMap<&str, &EnumModel>,
    findings: &mut Vec<Finding>,
) -> String {
    let mut lines = Vec::new();
    for column in &table.columns {
        lines.extend(column_definition(column, types, findings));
    }
    if !table.primary_key.is_empty() {
        lines.push(format!("PRIMARY KEY ({})", column_names(table, &table.primary_key)));
    }
    lines.extend(table.uniques.iter().map(|it| unique(table, it)));
    lines.extend(
        table
            .checks
            .iter()
            .map(|(name, text)| constraint(name.as_ref(), &format!("CHECK ({text})"))),
    );
    lines.extend(
        table
            .exclusions
            .iter()
            .map(|(name, text)| constraint(name.as_ref(), &format!("EXCLUDE {text}"))),
    );
    let kind = if table.unlogged { "UNLOGGED TABLE" } else { "TABLE" };
    let mut sql = format!(
        "CREATE {kind} {} (\n    {}\n)",
        qualified(table.schema.as_deref(), &table.name),
        lines.join(",\n    ")
    );
    if let Some(partition) = &table.partition_by {
        sql.push_str(&format!(" PARTITION BY {partition}"));
    }
    if let Some(with) = &table.with {
        sql.push_str(&format!(" WITH ({with})"));
    }
    sql
}

fn column_definition(
    column: &ColumnModel,
    types: &BTreeMap<&str, &EnumModel>,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let ty = match &column.ty {
        ColumnType::Sql(sql) => sql.clone(),
        ColumnType::Model(name, array) => {
            let Some(model) = types.get(name.as_str()) else {
                let message = format!(
                    "which SQL type `{name}` stands for is not known; say it: \
                     `#[column(type = \"…\")]`, or derive `pgmigrate::Enum` for it"
                );
                findings.push(Finding::error(column.place.clone(), message));
                return None;
            };
            let brackets = if *array { "[]" } else { "" };
            format!("{}{brackets}", qualified(model.schema.as_deref(), &model.name))
        }
    };
    let mut sql = format!("{} {ty}", ident(&column.name));
    if let Some(compression) = &column.compression {
        sql.push_str(&format!(" COMPRESSION {compression}"));
    }
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", ident(collation)));
    }
    match &column.default {
        Default::None => {}
        Default::Expression(text) => sql.push_str(&format!(" DEFAULT {text}")),
        Default::Identity { always } => {
            let when = if *always { "ALWAYS" } else { "BY DEFAULT" };
            sql.push_str(&format!(" GENERATED {when} AS IDENTITY"));
        }
        Default::Generated(text) => {
            sql.push_str(&format!(" GENERATED ALWAYS AS ({text}) STORED"));
        }
    }
    if column.not_null {
        sql.push_str(" NOT NULL");
    }
    Some(sql)
}

fn constraint(name: Option<&String>, text: &str) -> String {
    match name {
        Some(name) => format!("CONSTRAINT {} {text}", ident(name)),
        None => text.to_owned(),
    }
}

fn unique(table: &TableModel, it: &Index) -> String {
    let fields: Vec<String> = it.keys.iter().map(|key| key.text.clone()).collect();
    let nulls = if it.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let mut sql = format!("UNIQUE{nulls} ({})", column_names(table, &fields));
    if !it.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", column_names(table, &it.include)));
    }
    if let Some(with) = &it.with {
        sql.push_str(&format!(" WITH ({with})"));
    }
    sql.push_str(deferral(it.deferrable, it.deferred));
    constraint(it.name.as_ref(), &sql)
}

fn deferral(deferrable: bool, deferred: bool) -> &'static str {
    match (deferrable, deferred) {
        (_, true) => " DEFERRABLE INITIALLY DEFERRED",
        (true, false) => " DEFERRABLE",
        (false, false) => "",
    }
}

fn create_index(table: &TableModel, it: &Index) -> String {
    let keys: Vec<String> = it
        .keys
        .iter()
        .map(|key| {
            let text = if key.expression {
                format!("({})", key.text)
            } else {
                column_name(table, &key.text)
            };
            if key.suffix.is_empty() { text } else { format!("{text} {}", key.suffix) }
        })
        .collect();
    let unique = if it.unique { "UNIQUE " } else { "" };
    let name = it.name.as_ref().map_or_else(String::new, |name| format!("{} ", ident(name)));
    let mut sql = format!(
        "CREATE {unique}INDEX {name}ON {} USING {} ({})",
        qualified(table.schema.as_deref(), &table.name),
        it.method.as_deref().unwrap_or("btree"),
        keys.join(", ")
    );
    if !it.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", column_names(table, &it.include)));
    }
    if it.nulls_not_distinct {
        sql.push_str(" NULLS NOT DISTINCT");
    }
    if let Some(with) = &it.with {
        sql.push_str(&format!(" WITH ({with})"));
    }
    if let Some(tablespace) = &it.tablespace {
        sql.push_str(&format!(" TABLESPACE {}", ident(tablespace)));
    }
    if let Some(predicate) = &it.predicate {
        sql.push_str(&format!(" WHERE {predicate}"));
    }
    sql
}

fn foreign_key(table: &TableModel, it: &ForeignKey) -> String {
    let mut sql =
        format!("FOREIGN KEY ({}) REFERENCES {}", column_names(table, &it.columns), it.references);
    if it.match_full {
        sql.push_str(" MATCH FULL");
    }
    if let Some(action) = &it.on_update {
        sql.push_str(&format!(" ON UPDATE {action}"));
    }
    if let Some(action) = &it.on_delete {
        sql.push_str(&format!(" ON DELETE {action}"));
    }
    sql.push_str(deferral(it.deferrable, it.deferred));
    format!(
        "ALTER TABLE {} ADD {}",
        qualified(table.schema.as_deref(), &table.name),
        constraint(it.name.as_ref(), &sql)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(tables: &[&str], enums: &[&str]) -> Vec<String> {
        let tables: Vec<TableModel> = tables
            .iter()
            .map(|text| TableModel::read(&syn::parse_str(text).unwrap()).unwrap())
            .collect();
        let enums: Vec<EnumModel> = enums
            .iter()
            .map(|text| EnumModel::read(&syn::parse_str(text).unwrap()).unwrap())
            .collect();
        statements(&tables, &enums).unwrap().into_iter().map(|it| it.sql).collect()
    }

    #[test]
    fn a_struct_is_a_table() {
        let user = r#"
            #[table(name = "users", unique(email), index(created_at desc, where = "role IS NOT NULL"))]
            struct User {
                #[column(primary_key, identity)]
                id: i64,
                email: String,
                #[column(type = "varchar(50)", default = "'guest'")]
                role: Option<String>,
                #[column(references = "teams(id)", on_delete = "cascade", was = "group_id")]
                team_id: i64,
                #[column(default = "now()", comment = "when it's made")]
                created_at: chrono::DateTime<chrono::Utc>,
                mood: Option<Mood>,
                #[column(skip)]
                cached: Cache,
            }"#;
        let mood = "enum Mood { Ok, Sad }";
        assert_eq!(
            sql(&[user], &[mood]),
            [
                "CREATE TYPE mood AS ENUM ('Ok', 'Sad')",
                "CREATE TABLE users (\n    \
                 id bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL,\n    \
                 email text NOT NULL,\n    \
                 role varchar(50) DEFAULT 'guest',\n    \
                 team_id bigint NOT NULL,\n    \
                 created_at timestamp with time zone DEFAULT now() NOT NULL,\n    \
                 mood mood,\n    \
                 PRIMARY KEY (id),\n    \
                 UNIQUE (email)\n)",
                "CREATE INDEX ON users USING btree (created_at DESC) WHERE role IS NOT NULL",
                "ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE",
                "COMMENT ON COLUMN users.created_at IS 'when it''s made'",
            ]
        );
    }

    #[test]
    fn keys_indexes_and_constraints() {
        let table = r#"
            #[table(schema = "app", primary_key(a, b), unlogged, with = "fillfactor=70",
                index("lower(c)", method = "gin", include(b), name = "i", with = "fastupdate=off"),
                unique(a, c, name = "u", nulls_not_distinct, initially_deferred),
                foreign_key(columns(a, b), references = "o(a, b)", match_full, name = "f", deferrable),
                check("a > 0", name = "positive"), check("b > a"),
                exclude("USING gist (r WITH &&)", name = "no_overlap"), comment = "x")]
            struct Thing { a: i32, b: i32, #[column(name = "C", index(c text_pattern_ops))] c: String,
                #[column(type = "int4range")] r: R, #[column(generated = "a + b")] s: i32 }"#;
        assert_eq!(
            sql(&[table], &[]),
            [
                "CREATE UNLOGGED TABLE app.thing (\n    a integer NOT NULL,\n    b integer NOT NULL,\n    \
                 \"C\" text NOT NULL,\n    r int4range NOT NULL,\n    \
                 s integer GENERATED ALWAYS AS (a + b) STORED NOT NULL,\n    PRIMARY KEY (a, b),\n    \
                 CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a, \"C\") DEFERRABLE INITIALLY DEFERRED,\n    \
                 CONSTRAINT positive CHECK (a > 0),\n    CHECK (b > a),\n    \
                 CONSTRAINT no_overlap EXCLUDE USING gist (r WITH &&)\n) WITH (fillfactor=70)",
                "CREATE INDEX i ON app.thing USING gin ((lower(c))) INCLUDE (b) WITH (fastupdate=off)",
                "CREATE INDEX ON app.thing USING btree (\"C\")",
                "ALTER TABLE app.thing ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES o(a, b) \
                 MATCH FULL DEFERRABLE",
                "COMMENT ON TABLE app.thing IS 'x'",
            ]
        );
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let error = |text: &str| {
            let model = TableModel::read(&syn::parse_str(text).unwrap());
            match model {
                Ok(model) => statements(&[model], &[]).unwrap_err()[0].to_string(),
                Err(error) => error.to_string(),
            }
        };
        assert!(error("#[table(nme = \"x\")] struct S {}").contains("`nme` is not known here"));
        assert!(error("struct S { a: Mood }").contains("which SQL type `Mood` stands for"));
        assert!(
            error("struct S { #[column(on_delete = \"cascade\")] a: i32 }").contains("references")
        );
        let action = "struct S { #[column(references = \"t\", on_delete = \"explode\")] a: i32 }";
        assert!(error(action).contains("`EXPLODE` is no action"));
        assert!(error("struct S(i32);").contains("have names"));
    }
}
