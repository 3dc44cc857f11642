use super::*;
use crate::ast::{Ident, Name, Persistence, TextRange};
use crate::builtin;

fn catalog() -> (Catalog, ObjectId) {
    let catalog = Catalog::new(PostgresVersion::default());
    let public = catalog.named(NameSpace::Schema, None, "public")[0];
    (catalog, public)
}

fn table(schema: ObjectId, name: &str) -> Object {
    Object::Relation(Relation {
        schema,
        name: name.to_owned(),
        kind: RelationKind::Table(Table::default()),
        columns: vec![Column::new(
            ColumnNumber(1),
            "id",
            ColumnType::plain(TypeRef::catalog("int4")),
            Place::BEFORE,
        )],
        next_column: 2,
        persistence: Persistence::Permanent,
        options: Vec::new(),
        access_method: None,
        tablespace: None,
    })
}

fn name(text: &str) -> Name {
    let mut parts: Vec<Ident> =
        text.split('.').map(|it| Ident::new(it.to_owned(), TextRange::default())).collect();
    let name = parts.pop().expect("a name");
    Name { qualifiers: parts, name, range: TextRange::default() }
}

#[test]
fn what_is_taken_back_is_gone_and_what_is_done_again_is_there() {
    let (mut catalog, public) = catalog();
    let t = catalog.insert(table(public, "t"), Place::BEFORE);
    let mark = catalog.mark();
    catalog.rename(t, "u", Place::BEFORE);
    let v = catalog.insert(table(public, "v"), Place::BEFORE);
    catalog.remove(t, Place::BEFORE);
    assert_eq!(catalog.touched_since(mark), BTreeSet::from([t, v]));
    let undone = catalog.rollback(mark);
    assert_eq!(catalog.find_relation(&name("t")), Lookup::Found(RelationHit::Own(t)));
    assert_eq!(catalog.find_relation(&name("v")), Lookup::Missing);
    assert_eq!(catalog.dependents(public).collect::<Vec<_>>(), [t]);
    catalog.redo(undone);
    assert_eq!(catalog.find_relation(&name("t")), Lookup::Missing);
    assert_eq!(catalog.find_relation(&name("public.v")), Lookup::Found(RelationHit::Own(v)));
    assert_eq!(catalog.dependents(public).collect::<Vec<_>>(), [v]);
}

#[test]
fn names_are_looked_up_along_the_search_path() {
    let (mut catalog, public) = catalog();
    let app = catalog.insert(Object::Schema(Schema { name: "app".into() }), Place::BEFORE);
    let first = catalog.insert(table(public, "t"), Place::BEFORE);
    let second = catalog.insert(table(app, "t"), Place::BEFORE);
    let own = |id| Lookup::Found(RelationHit::Own(id));
    assert_eq!(catalog.find_relation(&name("t")), own(first));
    assert_eq!(catalog.find_relation(&name("app.t")), own(second));
    assert_eq!(catalog.find_relation(&name("nowhere.t")), Lookup::Missing);
    assert!(matches!(
        catalog.find_relation(&name("pg_class")),
        Lookup::Found(RelationHit::Known(_, builtin::Home::Catalog))
    ));
    catalog.session.search_path = vec!["app".into(), "public".into()];
    assert_eq!(catalog.find_relation(&name("t")), own(second));
    catalog.session.search_path = vec![];
    assert_eq!(catalog.find_relation(&name("t")), Lookup::Missing);
    assert!(catalog.find_relation(&name("pg_class")).found().is_some());
}

#[test]
fn types_are_found_with_their_arrays() {
    let (mut catalog, public) = catalog();
    let t = catalog.insert(table(public, "t"), Place::BEFORE);
    let found = |catalog: &Catalog, text: &str| catalog.find_type(&name(text)).found();
    assert_eq!(found(&catalog, "int4"), Some(TypeRef::catalog("int4")));
    assert_eq!(found(&catalog, "_int4"), Some(TypeRef::catalog("int4").array_of()));
    assert_eq!(found(&catalog, "t"), Some(TypeRef::own(t)));
    assert_eq!(found(&catalog, "citext"), None);
    catalog.insert(
        Object::Extension(Extension { name: "citext".into(), schema: public, version: None }),
        Place::BEFORE,
    );
    assert!(found(&catalog, "citext").is_some());
    assert_eq!(
        catalog.type_of_fact(builtin::TypeName::catalog("_text")),
        TypeRef::catalog("text").array_of()
    );
}

#[test]
fn an_unknown_extension_may_have_brought_anything() {
    let (mut catalog, public) = catalog();
    assert_eq!(catalog.find_relation(&name("jobs")), Lookup::Missing);
    catalog.insert(
        Object::Extension(Extension { name: "pg_cron".into(), schema: public, version: None }),
        Place::BEFORE,
    );
    assert_eq!(catalog.find_relation(&name("jobs")), Lookup::Unknown);
}

#[test]
fn a_catalog_comes_back_from_its_bytes() {
    let (mut catalog, public) = catalog();
    let t = catalog.insert(table(public, "t"), Place::BEFORE);
    catalog.update_relation(t, |relation| {
        relation.kind = RelationKind::View(View {
            query: Text::hole(Hole::Extension { extension: "citext", name: "x".into() }),
            check_option: Some("LOCAL"),
        });
    });
    catalog.rename(t, "u", Place::BEFORE);
    let again = Catalog::from_bytes(&catalog.to_bytes()).expect("what was written");
    assert!(catalog.iter().eq(again.iter()));
    assert_eq!(again.find_relation(&name("u")), Lookup::Found(RelationHit::Own(t)));
    let former = again.former(NameSpace::Relation, Some(public), "t");
    assert_eq!(former, Some(Former { place: Place::BEFORE, went: Went::Renamed }));
    assert_eq!(again.extension_dependents("citext").collect::<Vec<_>>(), [t]);
    assert_eq!(again.to_bytes(), catalog.to_bytes());
    assert!(Catalog::from_bytes(b"something else").is_none());
}
