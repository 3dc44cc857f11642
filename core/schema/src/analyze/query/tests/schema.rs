//! The schema that the queries are about.

use crate::PostgresVersion;
use crate::analyze::Analyzer;
use crate::ast::{CreateView, Persistence, Statement as Tree};
use crate::catalog::{
    Catalog, Column, ColumnNumber, NameSpace, Object, Place, Relation, RelationKind, Text, View,
};
use crate::replay::Replay;
use crate::sql::Statement;

pub(super) fn catalog<'s>(text: &str, statements: impl Iterator<Item = &'s Statement>) -> Catalog {
    let mut replay = Replay::new(PostgresVersion::default());
    replay.source("queries.sql");
    for statement in statements {
        let tree = statement.tree.as_ref().unwrap();
        if let Tree::CreateView(it) = tree {
            view(replay.catalog_mut(), text, it);
            continue;
        }
        let found = replay.run(text, statement.range.clone(), tree);
        assert!(found.is_empty(), "{found:?}");
        assert!(replay.catalog().opaque.is_none(), "{tree:?}");
    }
    replay.catalog().clone()
}

/// A view without its text: what it depends on does not matter here.
fn view(catalog: &mut Catalog, text: &str, view: &CreateView) {
    let schema = catalog.named(NameSpace::Schema, None, "public")[0];
    let outputs = Analyzer::new(catalog, text).query(&view.query).unwrap();
    let columns = outputs.into_iter().zip(1..);
    let columns: Vec<Column> = columns
        .map(|(it, number)| Column::new(ColumnNumber(number), it.name, it.ty, Place::BEFORE))
        .collect();
    let relation = Relation {
        schema,
        name: view.name.name.text.clone(),
        kind: RelationKind::View(View { query: Text::default(), check_option: None }),
        next_column: u16::try_from(columns.len()).unwrap() + 1,
        columns,
        persistence: Persistence::Permanent,
        options: Vec::new(),
        access_method: None,
        tablespace: None,
    };
    catalog.insert(Object::Relation(relation), Place::BEFORE);
}
