//! Expressions, with what a server of version 15 says of each: the type, or the SQLSTATE.

use crate::PostgresVersion;
use crate::analyze::Analyzer;
use crate::analyze::facts::base_type;
use crate::ast::{Persistence, Statement};
use crate::builtin::{Home, TypeName};
use crate::catalog::{
    BaseType, Catalog, Column, ColumnNumber, ColumnType, Domain, Label, Object, ObjectId, Place,
    Relation, RelationKind, Table, TypeDefinition, TypeDefinitionKind, TypeRef,
};
use crate::replay::Stop;
use crate::sql::lower::parse;

/// The columns of the table `t`, as `expressions.txt` says.
const COLUMNS: &str = "i2 int2, i4 int4, i8 int8, num numeric, f4 float4, f8 float8, b bool, \
    txt text, vc varchar, ch bpchar, nm name, uu uuid, d date, ts timestamp, tstz timestamptz, \
    tm time, tmtz timetz, iv interval, j json, jb jsonb, by bytea, ip inet, ci cidr, \
    mac macaddr, ia int4[], ta text[], ua uuid[], m mood, ma mood[], p posint, e email, pr pair, \
    r int4range, tr tstzrange, mr int4multirange, x xml, tv tsvector, tq tsquery, mo money, \
    o oid, bi bit, vb varbit, pt point, c char, rc regclass";

fn known(catalog: &Catalog, name: &str) -> TypeRef {
    let found = catalog.builtin().objects().type_name(name).unwrap();
    TypeRef::plain(BaseType::Known(TypeName { home: Home::Catalog, ..found }))
}

fn relation(schema: ObjectId, name: &str, kind: RelationKind, columns: Vec<Column>) -> Object {
    Object::Relation(Relation {
        schema,
        name: name.to_owned(),
        kind,
        next_column: u16::try_from(columns.len() + 1).unwrap(),
        columns,
        persistence: Persistence::Permanent,
        options: Vec::new(),
        access_method: None,
        tablespace: None,
    })
}

fn column(number: usize, name: &str, ty: TypeRef) -> Column {
    let number = ColumnNumber(u16::try_from(number + 1).unwrap());
    Column::new(number, name, ColumnType::plain(ty), Place::BEFORE)
}

/// The table `t`, an enum, two domains and a composite type.
fn catalog() -> Catalog {
    let mut catalog = Catalog::new(PostgresVersion::new(15).unwrap());
    let schema = catalog.iter().next().unwrap().0;
    let define = |catalog: &mut Catalog, name: &str, kind| {
        let definition = TypeDefinition { schema, name: name.to_owned(), kind };
        TypeRef::own(catalog.insert(Object::Type(definition), Place::BEFORE))
    };
    let labels = ["sad", "ok", "happy"].iter().zip(0..);
    let labels =
        labels.map(|(name, number)| Label { number, name: (*name).to_owned(), added_in: None });
    let mood = define(&mut catalog, "mood", TypeDefinitionKind::Enum(labels.collect()));
    let domain = |catalog: &mut Catalog, name: &str, base: &str| {
        let base = ColumnType::plain(known(catalog, base));
        let domain = Domain { base, collation: None, default: None, not_null: false };
        define(catalog, name, TypeDefinitionKind::Domain(domain))
    };
    let posint = domain(&mut catalog, "posint", "int4");
    let email = domain(&mut catalog, "email", "text");
    let fields =
        vec![column(0, "a", known(&catalog, "int4")), column(1, "b", known(&catalog, "text"))];
    let pair = relation(schema, "pair", RelationKind::Composite, fields);
    let pair = TypeRef::own(catalog.insert(pair, Place::BEFORE));
    let columns = COLUMNS.split(',').enumerate().map(|(at, it)| {
        let (name, ty) = it.trim().split_once(' ').unwrap();
        let element = ty.strip_suffix("[]");
        let base = match element.unwrap_or(ty) {
            "mood" => mood,
            "posint" => posint,
            "email" => email,
            "pair" => pair,
            name => known(&catalog, name),
        };
        column(at, name, if element.is_some() { base.array_of() } else { base })
    });
    let columns = columns.collect();
    let table = relation(schema, "t", RelationKind::Table(Table::default()), columns);
    catalog.insert(table, Place::BEFORE);
    catalog
}

/// The type of an expression over `t`, or the SQLSTATE.
fn answer(catalog: &Catalog, expr: &str) -> String {
    let sql = format!("SELECT {expr} FROM t");
    let Some(Statement::Query(query)) = parse(&sql, 0..sql.len()).0 else {
        return "42601".to_owned();
    };
    let mut analyzer = Analyzer::new(catalog, &sql);
    match analyzer.query(&query) {
        Ok(outputs) => match &outputs[..] {
            // The server describes a result by the type that a domain is made of.
            [one] => analyzer.name_of_type(base_type(catalog, one.ty.ty)),
            _ => "several".to_owned(),
        },
        Err(Stop::Unknown) => "stop".to_owned(),
        Err(Stop::Refused(refusal)) => refusal.code.sqlstate().unwrap().to_owned(),
    }
}

#[test]
fn expressions_have_the_types_and_errors_of_the_server() {
    let catalog = catalog();
    let text = include_str!("expressions.txt");
    let mut wrong = Vec::new();
    for line in text.lines().filter(|it| !it.starts_with('#')) {
        let (expr, expected) = line.rsplit_once(" | ").unwrap();
        let actual = answer(&catalog, expr);
        if actual != expected {
            wrong.push(format!("{expr} | {expected} | {actual}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), text.lines().count(), wrong.join("\n"));
}
