//! The names that the server makes up for what a statement does not name.
//!
//! Source: `makeObjectName`, `ChooseRelationName`, `ChooseIndexName`, `ChooseConstraintName` and
//! their like in PostgreSQL's `commands/indexcmds.c` and `catalog/pg_constraint.c`.

use crate::ast::Ident;
use crate::catalog::{Catalog, NameSpace, Object, ObjectId, SchemaRef};

/// What an index is for, which is the last part of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexPurpose {
    PrimaryKey,
    Unique,
    Exclusion,
    Plain,
}

impl IndexPurpose {
    /// Whether it enforces a constraint.
    pub(crate) fn is_constraint(self) -> bool {
        self != Self::Plain
    }
}

/// A free name for a relation: `table_column_seq`, and a number behind it where that is taken.
/// That of a constraint must be free among the constraints of the schema too.
pub(crate) fn relation_name(
    catalog: &Catalog,
    schema: ObjectId,
    (first, second): (&str, Option<&str>),
    label: &str,
    constraint: bool,
) -> String {
    numbered(first, second, label, |name| {
        catalog.relation_in(SchemaRef::Own(schema), name).is_some()
            || constraint && constraint_exists(catalog, schema, name)
    })
}

/// A free name for the index of a table, over keys and included columns that go by these names.
pub(crate) fn index_name(
    catalog: &Catalog,
    schema: ObjectId,
    table: &str,
    columns: &[String],
    purpose: IndexPurpose,
) -> String {
    let joined = joined(&index_column_names(columns));
    let (second, label) = match purpose {
        IndexPurpose::PrimaryKey => (None, "pkey"),
        IndexPurpose::Unique => (Some(joined.as_str()), "key"),
        IndexPurpose::Exclusion => (Some(joined.as_str()), "excl"),
        IndexPurpose::Plain => (Some(joined.as_str()), "idx"),
    };
    relation_name(catalog, schema, (table, second), label, purpose.is_constraint())
}

/// A free name for a foreign key.
pub(crate) fn foreign_key_name(
    catalog: &Catalog,
    schema: ObjectId,
    table: &str,
    columns: &[String],
) -> String {
    let joined = joined(columns);
    numbered(table, Some(&joined), "fkey", |name| constraint_exists(catalog, schema, name))
}

/// A free name for extended statistics over keys that go by these names.
pub(crate) fn statistics_name(
    catalog: &Catalog,
    schema: ObjectId,
    table: &str,
    columns: &[String],
) -> String {
    let joined = joined(columns);
    let second = (!joined.is_empty()).then_some(joined.as_str());
    numbered(table, second, "stat", |name| {
        !catalog.named(NameSpace::Statistics, Some(schema), name).is_empty()
    })
}

/// A free name for a check, of a table or a domain. `column` is the only one that it speaks of.
pub(crate) fn check_name(
    catalog: &Catalog,
    schema: ObjectId,
    table: &str,
    column: Option<&str>,
) -> String {
    numbered(table, column, "check", |name| constraint_exists(catalog, schema, name))
}

/// The names of an index's columns, made different from each other.
fn index_column_names(columns: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        let mut name = column.clone();
        let mut count = 1;
        while names.contains(&name) {
            let number = count.to_string();
            name = format!("{}{number}", clipped(column, Ident::MAX_BYTES - number.len()));
            count += 1;
        }
        names.push(name);
    }
    names
}

/// Names with `_` between them, not much longer than a name can be.
fn joined(names: &[String]) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(name);
        if text.len() > Ident::MAX_BYTES {
            break;
        }
    }
    text
}

fn numbered(
    first: &str,
    second: Option<&str>,
    label: &str,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let mut name = object_name(first, second, label);
    let mut pass = 0_u32;
    while is_taken(&name) {
        pass += 1;
        name = object_name(first, second, &format!("{label}{pass}"));
    }
    name
}

/// `first_second_label`. Where that is too long, the longer of the first two is cut.
fn object_name(first: &str, second: Option<&str>, label: &str) -> String {
    let around = label.len() + 1 + usize::from(second.is_some());
    let room = Ident::MAX_BYTES.saturating_sub(around);
    let (mut left, mut right) = (first.len(), second.map_or(0, str::len));
    if left + right > room {
        // As if the longer one lost a byte at a time, the second where they are alike.
        let shorter = left.min(right);
        if shorter <= room / 2 {
            if left > right { left = room - right } else { right = room - left }
        } else {
            right = room / 2;
            left = room - right;
        }
    }
    let mut name = clipped(first, left).to_owned();
    if let Some(second) = second {
        name.push('_');
        name.push_str(clipped(second, right));
    }
    name.push('_');
    name.push_str(label);
    name
}

/// The start of a text, of at most that many bytes.
fn clipped(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// Whether a table or domain of the schema has a constraint of that name.
fn constraint_exists(catalog: &Catalog, schema: ObjectId, name: &str) -> bool {
    let on = |id: ObjectId| match &catalog.get(id)?.object {
        Object::Constraint(constraint) => catalog.get(constraint.on)?.object.schema(),
        _ => None,
    };
    catalog.named(NameSpace::Constraint, None, name).iter().any(|id| on(*id) == Some(schema))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_at_the_longer_part() {
        let (a, b) = ("a".repeat(40), "b".repeat(40));
        let cases = [
            ("t", Some("a"), "idx", "t_a_idx".to_owned()),
            ("t", None, "pkey", "t_pkey".to_owned()),
            (a.as_str(), Some(b.as_str()), "key", format!("{}_{}_key", &a[..29], &b[..29])),
            (a.as_str(), Some(b.as_str()), "fkey", format!("{}_{}_fkey", &a[..29], &b[..28])),
            (a.as_str(), Some("short_one"), "excl", format!("{a}_short_one_excl")),
            (
                "short_one",
                Some(&"b".repeat(63)),
                "idx",
                format!("short_one_{}_idx", "b".repeat(49)),
            ),
            (&"ä".repeat(31), None, "check", format!("{}_check", "ä".repeat(28))),
        ];
        for (first, second, label, expected) in cases {
            assert_eq!(object_name(first, second, label), expected);
            assert!(expected.len() <= Ident::MAX_BYTES, "{expected}");
        }
    }

    #[test]
    fn columns_of_one_name_are_numbered() {
        let names = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        let columns = names(&["expr", "expr", "a", "expr", "a"]);
        let expected = names(&["expr", "expr1", "a", "expr2", "a1"]);
        assert_eq!(index_column_names(&columns), expected);
        assert_eq!(joined(&expected), "expr_expr1_a_expr2_a1");
    }
}
