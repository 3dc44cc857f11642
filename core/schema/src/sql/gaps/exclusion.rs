//! An operator class, a collation or an order in an exclusion constraint.

use std::ops::Range;

use super::reader::Reader;
use crate::ast::{
    AlterTableActionKind, ExcludeElement, IndexElement, Statement, TableConstraint,
    TableConstraintKind, TableElement,
};
use crate::sql::{Kind, SyntaxError, syntax};

/// A statement with blanks in place of what the parser refuses, so that every position stays:
/// `EXCLUDE USING gist (period range_ops WITH &&)` without its `range_ops`.
pub(in crate::sql) struct Exclusions {
    pub(super) text: String,
    /// Where the elements stand, each up to its `WITH`.
    elements: Vec<Range<usize>>,
}

impl Exclusions {
    /// None where there is no such thing. Source: PostgreSQL manual, "CREATE TABLE",
    /// `exclude_element`.
    pub(super) fn of(sql: &str) -> Option<Self> {
        let reader = Reader::new(sql);
        let solid = &reader.tokens;
        let mut text = sql.as_bytes().to_vec();
        let mut elements = Vec::new();
        let mut at = 0;
        while at < solid.len() {
            let Some(open) = reader.exclusion(at) else {
                at += 1;
                continue;
            };
            let end = reader.group_end(open);
            let mut element = open + 1;
            while element < end {
                let column = reader.column_end(element);
                let with = reader.find(column, end, |at| reader.is_word(at, "with"));
                if with < end {
                    for token in solid.get(column..with).unwrap_or_default() {
                        text[token.range.clone()].fill(b' ');
                    }
                    elements.push(solid[element].range.start..solid[with].range.start);
                }
                element = 1 + reader.find(with, end, |at| reader.is(at, ","));
            }
            at = end + 1;
        }
        let text = String::from_utf8(text).ok().filter(|text| text != sql)?;
        Some(Self { text, elements })
    }

    /// Puts what was blanked out into the tree of the statement, which starts at a byte offset
    /// of its text. None where that cannot be.
    ///
    /// # Errors
    ///
    /// Where an element is none that an index could have: the two have one grammar.
    pub(super) fn fill(
        &self,
        sql: &str,
        start: usize,
        mut tree: Statement,
    ) -> Result<Option<Statement>, SyntaxError> {
        let mut whole = true;
        each_exclusion(&mut tree, &mut |exclusion| {
            let at = exclusion.element.range.start;
            if let Some(range) = self.elements.iter().find(|it| it.start + start == at) {
                match index_element(&sql[range.clone()], at)? {
                    Some(element) => exclusion.element = element,
                    None => whole = false,
                }
            }
            Ok(())
        })?;
        Ok(whole.then_some(tree))
    }
}

/// Reads an element, which stands at a byte offset of a text, as one of an index.
fn index_element(element: &str, at: usize) -> Result<Option<IndexElement>, SyntaxError> {
    const BEFORE: &str = "CREATE INDEX ON t (";
    // What an exclusion constraint stands in is longer than this.
    let start = at.saturating_sub(BEFORE.len());
    let tree = syntax::plain(&format!("{BEFORE}{element})"), start)?;
    let Some(Statement::CreateIndex(mut index)) = tree else { return Ok(None) };
    Ok(index.elements.pop().filter(|_| index.elements.is_empty()))
}

/// Visits the elements of all exclusion constraints that a statement makes.
fn each_exclusion(
    statement: &mut Statement,
    visit: &mut impl FnMut(&mut ExcludeElement) -> Result<(), SyntaxError>,
) -> Result<(), SyntaxError> {
    let mut constraints: Vec<&mut TableConstraint> = Vec::new();
    match statement {
        Statement::CreateTable(table) => {
            constraints.extend(table.elements.iter_mut().filter_map(|element| match element {
                TableElement::Constraint(constraint) => Some(constraint),
                _ => None,
            }));
        }
        Statement::AlterTable(alter) => {
            constraints.extend(alter.actions.iter_mut().filter_map(
                |action| match &mut action.kind {
                    AlterTableActionKind::AddConstraint(constraint) => Some(constraint),
                    _ => None,
                },
            ));
        }
        Statement::CreateSchema(schema) => {
            return schema.elements.iter_mut().try_for_each(|it| each_exclusion(it, visit));
        }
        _ => {}
    }
    constraints
        .into_iter()
        .filter_map(|constraint| match &mut constraint.kind {
            TableConstraintKind::Exclude { elements, .. } => Some(elements),
            _ => None,
        })
        .flatten()
        .try_for_each(visit)
}

impl Reader<'_> {
    /// Where the elements open, if an exclusion constraint starts at a token: `EXCLUDE [USING
    /// method] (`.
    fn exclusion(&self, at: usize) -> Option<usize> {
        if !self.is_word(at, "exclude") {
            return None;
        }
        let open = if self.is_word(at + 1, "using") { at + 3 } else { at + 1 };
        self.opens(open).then_some(open)
    }

    fn opens(&self, at: usize) -> bool {
        self.is_a(at, Kind::Open)
    }

    /// Where an element's column, function call or expression ends.
    fn column_end(&self, start: usize) -> usize {
        let mut at = start;
        if !self.opens(at) {
            at += 1;
            while self.is(at, ".") {
                at += 2;
            }
        }
        if self.opens(at) { self.group_end(at) + 1 } else { at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::read;

    #[test]
    fn operator_classes_of_exclusion_constraints_are_grammar() {
        for sql in [
            "CREATE TABLE t (r tsrange, EXCLUDE USING gist (r range_ops WITH &&))",
            "CREATE TABLE t (r tsrange, CONSTRAINT c EXCLUDE USING gist (lower(r) COLLATE \"C\" \
             public.range_ops DESC NULLS LAST WITH =, (a || b) x_ops (siglen = 32) WITH &&), b int)",
            "ALTER TABLE t ADD EXCLUDE USING gist (id gist_int8_ops WITH =, r WITH &&) WHERE (id > 0)",
            "ALTER TABLE t ADD EXCLUDE USING gist (id WITH OPERATOR(pg_catalog.=))",
        ] {
            assert_eq!(read(sql)[0].error, None, "{sql}");
        }
    }

    #[test]
    fn what_the_parser_was_not_shown_is_in_the_tree() {
        for (element, method) in [
            ("r range_ops", " USING gist"),
            ("lower(r) COLLATE \"C\" public.range_ops DESC NULLS LAST", " USING gist"),
            ("(a || b) x_ops (siglen = 32)", " USING gist"),
            ("r DESC", ""),
            ("exclude x_ops", ""),
        ] {
            let index = format!("CREATE INDEX ON t{method} ({element})");
            let Some(Statement::CreateIndex(index)) = read(&index).remove(0).tree else {
                panic!("{index}")
            };
            for text in [
                format!("CREATE TABLE t (a int, EXCLUDE{method} (x WITH =, {element} WITH &&))"),
                format!(
                    "SELECT 1; ALTER TABLE t ADD EXCLUDE{method} (x WITH =, {element} WITH &&)"
                ),
                format!(
                    "CREATE SCHEMA s CREATE TABLE t (EXCLUDE{method} (x z WITH =, {element} WITH =))"
                ),
            ] {
                let mut statement = read(&text).pop().expect("a statement");
                assert_eq!(statement.error, None, "{text}");
                let mut found = Vec::new();
                let tree = statement.tree.as_mut().expect(&text);
                each_exclusion(tree, &mut |it| {
                    found.push(it.element.clone());
                    Ok(())
                })
                .expect("nothing is refused");
                assert_eq!(found.len(), 2, "{text}");
                assert_eq!(found[1], index.elements[0], "{text}");
                assert_eq!(&text[found[1].range.range()], element);
            }
        }
    }

    #[test]
    fn what_else_is_wrong_beside_them_is_still_found() {
        for (sql, at) in [
            ("CREATE TABLE t (EXCLUDE USING gist (r range_ops WITH &&), b int NOT UNLL)", "UNLL"),
            ("ALTER TABLE t ADD EXCLUDE USING gist (r range_ops WITH &&) WHER (true)", "WHER"),
            ("ALTER TABLE t ADD EXCLUDE USING gist (r range_ops", ""),
            ("ALTER TABLE t ADD EXCLUDE", ""),
            ("ALTER TABLE t ADD EXCLUDE (a x_ops DESC z WITH =)", "z"),
        ] {
            let error = read(sql)[0].error.clone().expect(sql);
            assert!(at.is_empty() || &sql[error.range] == at, "{sql}: {}", error.message);
        }
    }
}
