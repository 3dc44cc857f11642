//! Which functions that change the schema a statement may call: those that it names, and those
//! that what it names calls.

use std::collections::BTreeSet;

use crate::ast::ObjectKind;
use crate::catalog::{Catalog, Effect, FunctionBody, Hole, NameSpace, Object, ObjectId, Text};

/// The functions of the chain that change the schema, by themselves or by others that they call.
fn changing(catalog: &Catalog) -> BTreeSet<ObjectId> {
    let own = |it: &crate::catalog::Function| it.effect != Effect::None;
    let mut found: BTreeSet<ObjectId> =
        catalog.functions().filter(|(_, it)| own(it)).map(|(id, _)| id).collect();
    let mut news: Vec<String> = names(catalog, &found);
    while !news.is_empty() {
        let more: BTreeSet<ObjectId> = catalog
            .functions()
            .filter(|(id, it)| match &it.body {
                FunctionBody::Source(source) => !found.contains(id) && names_one(source, &news),
                _ => false,
            })
            .map(|(id, _)| id)
            .collect();
        news = names(catalog, &more);
        found.extend(more);
    }
    found
}

fn names(catalog: &Catalog, ids: &BTreeSet<ObjectId>) -> Vec<String> {
    ids.iter().filter_map(|id| Some(catalog.get(*id)?.object.name().to_lowercase())).collect()
}

/// Whether a text has one of these words, in whatever case.
fn names_one(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| has_word(&text, word))
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// The functions that change the schema and that a part of a text may call: it names them, or a
/// relation that calls them where its rows are read or written.
pub(super) fn called(catalog: &Catalog, text: &str) -> Vec<ObjectId> {
    let changing = changing(catalog);
    if changing.is_empty() {
        return Vec::new();
    }
    let text = text.to_lowercase();
    let is_called = |id: &ObjectId| {
        users(catalog, *id).iter().any(|user| {
            let name = catalog.get(*user).map_or("", |entry| entry.object.name());
            has_word(&text, &name.to_lowercase())
        })
    };
    changing.into_iter().filter(is_called).collect()
}

/// A function, and all by which it is called without being named: views, tables with defaults and
/// checks, types, other functions. Triggers are looked at where they fire.
fn users(catalog: &Catalog, function: ObjectId) -> BTreeSet<ObjectId> {
    let mut users = BTreeSet::from([function]);
    let mut left = vec![function];
    while let Some(id) = left.pop() {
        for dependent in catalog.dependents(id) {
            let user = match catalog.get(dependent).map(|entry| &entry.object) {
                Some(Object::Trigger(_)) | None => continue,
                Some(Object::Constraint(it)) => it.on,
                Some(Object::Rule(it)) => it.on,
                Some(Object::Policy(it)) => it.on,
                Some(Object::Relation(it)) => it.as_index().map_or(dependent, |it| it.table),
                Some(_) => dependent,
            };
            if users.insert(user) {
                left.push(user);
            }
        }
    }
    users
}

/// The functions that change the schema and that triggers of a table run at one of these events.
pub(super) fn fired(catalog: &Catalog, table: ObjectId, events: &[&str]) -> Vec<ObjectId> {
    let mut triggers = catalog
        .dependents(table)
        .filter_map(|id| match &catalog.get(id)?.object {
            Object::Trigger(it) if it.on == table => Some(it),
            _ => None,
        })
        .filter(|it| it.events.iter().any(|it| events.contains(it)))
        .peekable();
    if triggers.peek().is_none() {
        return Vec::new();
    }
    let changing = changing(catalog);
    triggers.flat_map(|it| functions(&it.function)).filter(|id| changing.contains(id)).collect()
}

/// Whether an event trigger changes the schema, whenever a statement does.
pub(super) fn watches(catalog: &Catalog) -> bool {
    let mut triggers = catalog.others(ObjectKind::EventTrigger).peekable();
    if triggers.peek().is_none() {
        return false;
    }
    let changing = changing(catalog);
    triggers.any(|it| functions(&it.text).any(|id| changing.contains(&id)))
}

fn functions(text: &Text) -> impl Iterator<Item = ObjectId> {
    text.holes().filter_map(|hole| match hole {
        Hole::Object(id) => Some(*id),
        _ => None,
    })
}

/// The body of a function that can be followed: PL/pgSQL or SQL.
pub(super) fn source(catalog: &Catalog, id: ObjectId) -> Option<(String, String)> {
    match &catalog.get(id)?.object {
        Object::Function(it) => match &it.body {
            FunctionBody::Source(source) => Some((it.language.clone(), source.clone())),
            _ => None,
        },
        _ => None,
    }
}

/// The functions of the chain of that name, in any schema.
pub(super) fn named(catalog: &Catalog, name: &str) -> Vec<ObjectId> {
    let schemas = catalog.names(NameSpace::Schema, None);
    schemas
        .filter_map(|schema| catalog.named(NameSpace::Schema, None, schema).first())
        .flat_map(|schema| catalog.named(NameSpace::Function, Some(*schema), name))
        .copied()
        .collect()
}

/// Those of them that change the schema.
pub(super) fn named_changing(catalog: &Catalog, named: &[ObjectId]) -> Vec<ObjectId> {
    if named.is_empty() {
        return Vec::new();
    }
    let changing = changing(catalog);
    named.iter().copied().filter(|id| changing.contains(id)).collect()
}
