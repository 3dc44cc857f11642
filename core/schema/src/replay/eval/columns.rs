//! The columns of relations, in the system's views.

use super::datum::Datum;
use super::system::{NAME, View, number, text};
use crate::builtin::Home;
use crate::catalog::{
    BaseType, Catalog, Column, ColumnDefault, ColumnType, Object, ObjectId, Piece, Relation,
    TypeDefinitionKind,
};
use crate::replay::describe::type_name;

impl View<'_> {
    /// The rows of `pg_attribute`.
    pub(super) fn attributes(&mut self, id: ObjectId, it: &Relation, certain: bool) {
        let table = ("attrelid", Some(Datum::Oid(id)));
        for column in &it.columns {
            let cells = vec![
                table.clone(),
                ("attname", text(&column.name)),
                ("attnum", number(column.number)),
                ("attnotnull", Some(Datum::Bool(column.not_null))),
                ("attisdropped", Some(Datum::Bool(false))),
            ];
            self.add(certain && !column.uncertain, cells);
        }
        // What the system keeps, what was dropped, and what may be there.
        let below_zero = ("attnum", Some(Datum::Int(-1)));
        self.add(false, vec![table.clone(), ("attname", NAME), below_zero]);
        let dropped = ("attisdropped", Some(Datum::Bool(true)));
        self.add(false, vec![table.clone(), ("attname", NAME), dropped]);
        if !certain {
            self.add(false, vec![table]);
        }
    }

    /// The rows of `information_schema.columns`.
    pub(super) fn columns(&mut self, id: ObjectId, it: &Relation, certain: bool) {
        let table = self.table_cells(id, "table_schema", "table_name");
        for column in &it.columns {
            let mut cells = table.clone();
            cells.extend(column_cells(self.catalog, column));
            self.add(certain && !column.uncertain, cells);
        }
        if !certain {
            self.add(false, table);
        }
    }
}

fn yes_or_no(value: bool) -> Option<Datum> {
    text(if value { "YES" } else { "NO" })
}

/// What `information_schema.columns` says of a column.
fn column_cells(catalog: &Catalog, column: &Column) -> Vec<(&'static str, Option<Datum>)> {
    let identity = matches!(column.default, ColumnDefault::Identity { .. });
    let default = match &column.default {
        // Other constants are shown with their type.
        ColumnDefault::Expression(expression) => match expression.pieces() {
            [Piece::Sql(sql)] => {
                sql.parse::<i32>().ok().filter(|it| *it >= 0).and_then(|it| text(it.to_string()))
            }
            _ => None,
        },
        _ => Some(Datum::Null),
    };
    vec![
        ("column_name", text(&column.name)),
        ("ordinal_position", number(column.number)),
        ("is_nullable", yes_or_no(!column.not_null)),
        ("is_identity", yes_or_no(identity)),
        ("column_default", default),
        ("data_type", data_type(catalog, &column.ty)),
        ("udt_name", udt_name(catalog, &column.ty)),
        ("character_maximum_length", maximum_length(&column.ty)),
    ]
}

/// The type as the standard calls it; not of a domain, which is listed as what it is made of.
fn data_type(catalog: &Catalog, ty: &ColumnType) -> Option<Datum> {
    match ty.ty.base {
        BaseType::Unknown => None,
        _ if ty.ty.array => text("ARRAY"),
        BaseType::Known(known) if known.home == Home::Catalog => text(type_name(catalog, ty.ty)),
        BaseType::Known(_) | BaseType::Multirange(_) => text("USER-DEFINED"),
        BaseType::Own(id) => match &catalog.get(id)?.object {
            Object::Type(it) if matches!(it.kind, TypeDefinitionKind::Domain(_)) => None,
            _ => text("USER-DEFINED"),
        },
    }
}

fn udt_name(catalog: &Catalog, ty: &ColumnType) -> Option<Datum> {
    match ty.ty.base {
        _ if ty.ty.array => None,
        BaseType::Known(known) => text(known.name),
        BaseType::Own(id) => match &catalog.get(id)?.object {
            Object::Type(it) if matches!(it.kind, TypeDefinitionKind::Domain(_)) => None,
            other => text(other.name()),
        },
        BaseType::Multirange(_) | BaseType::Unknown => None,
    }
}

fn maximum_length(ty: &ColumnType) -> Option<Datum> {
    match ty.ty.base {
        BaseType::Known(known) if !ty.ty.array => match known.name {
            "varchar" | "bpchar" if ty.modifier.is_empty() => Some(Datum::Null),
            "varchar" | "bpchar" => ty.modifier.parse().ok().map(Datum::Int),
            "varbit" | "bit" => None,
            _ => Some(Datum::Null),
        },
        _ => None,
    }
}
