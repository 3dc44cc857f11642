//! What a database holds, and in what two databases differ.

use std::collections::BTreeMap;

use postgres::{Client, SimpleQueryMessage};
use serde_json::{Map, Value};

/// All that a database holds: the properties of each object, by its kind and its name.
pub(crate) type Objects = BTreeMap<(String, String), Map<String, Value>>;

/// A difference between two databases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    /// What is different: `column.default`, `index: missing`. Differences of one cause are alike
    /// in this.
    pub(crate) cause: String,
    /// Where, and how.
    pub(crate) detail: String,
}

/// Asks a database what it holds. The session looks names up in no schema afterwards.
pub(crate) fn introspect(client: &mut Client) -> Objects {
    client.batch_execute("SET search_path = ''").unwrap();
    let rows = client
        .simple_query(include_str!("introspection.sql"))
        .unwrap_or_else(|error| panic!("the introspection: {error:?}"));
    let mut objects = Objects::new();
    for message in rows {
        let SimpleQueryMessage::Row(row) = message else { continue };
        let field = |at| row.get(at).unwrap_or_default().to_owned();
        let properties = serde_json::from_str(&field(2)).unwrap();
        let old = objects.insert((field(0), field(1)), properties);
        assert!(old.is_none(), "two are called {} {}", field(0), field(1));
    }
    objects
}

/// In what `ours` differs from `theirs`.
pub(crate) fn differences(ours: &Objects, theirs: &Objects) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut add = |cause: String, detail: String| found.push(Difference { cause, detail });
    for ((kind, name), wanted) in theirs {
        let Some(got) = ours.get(&(kind.clone(), name.clone())) else {
            add(format!("{kind}: missing"), name.clone());
            continue;
        };
        for property in wanted.keys().chain(got.keys().filter(|it| !wanted.contains_key(*it))) {
            let (got, wanted) = (got.get(property), wanted.get(property));
            if got != wanted {
                let shown = |value: Option<&Value>| value.map_or("-".to_owned(), Value::to_string);
                add(
                    format!("{kind}: {property}"),
                    format!("{name}\n  ours:   {}\n  theirs: {}", shown(got), shown(wanted)),
                );
            }
        }
    }
    for (kind, name) in ours.keys().filter(|key| !theirs.contains_key(*key)) {
        add(format!("{kind}: extra"), name.clone());
    }
    found
}
