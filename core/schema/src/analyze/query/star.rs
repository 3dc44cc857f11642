//! `*` and `t.*`, as the columns that they stand for.

use super::source::{ColumnView, Namespace, Source, Visible};
use super::{Field, Rows};
use crate::Code;
use crate::analyze::{Analyzer, Binding, Reference, Scope, Typed, quoted};
use crate::ast::{ColumnRef, TextRange};
use crate::catalog::{ColumnType, Hole, Text, TypeRef};
use crate::replay::{Outcome, Refusal};

use super::source::Part;

impl Analyzer<'_> {
    /// Adds the columns of `*` or `t.*` to a result, and binds the star to them.
    pub(super) fn star(
        &mut self,
        column: &ColumnRef,
        range: TextRange,
        names: &Namespace,
        scope: &Scope<'_>,
        rows: &mut Rows,
    ) -> Outcome {
        let mut text = Text::default();
        let first = rows.fields.len();
        let [qualifiers @ .., table] = column.fields.as_slice() else {
            if names.columns.is_empty() {
                if !names.sources.is_empty() {
                    return Ok(());
                }
                let message = "SELECT * with no tables specified is not valid";
                return Refusal::new(Code::SyntaxError, message).at(range).stop();
            }
            for visible in &names.columns {
                match visible {
                    Visible::Merged(merged) => {
                        separate(&mut text);
                        text.push(&quoted(&merged.name));
                        let value = Typed { ty: merged.ty.clone(), range, literal: None };
                        rows.fields.push(Field { name: merged.name.clone(), value });
                        self.expanded(
                            merged.same.unwrap_or((merged.id, Part::Column(0))),
                            scope.depth,
                        );
                    }
                    Visible::Source(source, hidden) => {
                        self.columns_of(source, hidden, range, scope.depth, &mut text, rows);
                    }
                }
            }
            self.replace_star(range, text, rows.fields.len() > first && !rows.open);
            return Ok(());
        };
        let Some((source, depth)) = scope.source(self, qualifiers, table)? else {
            return scope.no_source(self, qualifiers, table).stop();
        };
        let source = source.clone();
        self.columns_of(&source, &[], range, depth, &mut text, rows);
        self.replace_star(range, text, rows.fields.len() > first && !rows.open);
        Ok(())
    }

    fn columns_of(
        &mut self,
        source: &Source,
        hidden: &[usize],
        range: TextRange,
        depth: usize,
        text: &mut Text,
        rows: &mut Rows,
    ) {
        let catalog = self.catalog;
        let open = source.is_open(catalog);
        rows.open |= open;
        let qualifier = if self.record { source.qualifier(self) } else { None };
        let shown = source.len(catalog).saturating_sub(source.tail);
        for at in (0..shown).filter(|at| !hidden.contains(at)) {
            let Some(column) = source.column(catalog, at) else { continue };
            if self.record {
                separate(text);
                if let Some(qualifier) = &qualifier {
                    text.append(qualifier);
                    text.push(".");
                }
                push_column(text, &column);
            }
            let uncertain = open || column.uncertain;
            let ty =
                if uncertain { ColumnType::plain(TypeRef::UNKNOWN) } else { column.ty.clone() };
            let value = Typed { ty, range, literal: None };
            rows.fields.push(Field { name: column.name.to_owned(), value });
            self.expanded((source.id, Part::Column(at)), depth);
        }
    }

    /// Notes a column that a star stands for.
    fn expanded(&mut self, target: (usize, Part), depth: usize) {
        self.star_references.push(Reference { depth, target });
    }

    fn replace_star(&mut self, range: TextRange, text: Text, complete: bool) {
        if !self.record || !complete {
            return;
        }
        // `TABLE t` has no star that could be replaced.
        let written = self.text.get(range.range()).unwrap_or_default();
        if written.ends_with('*') {
            self.bindings.push(Binding { range, with: text });
        } else if let Some(at) = keyword_table(written) {
            let mut with = Text::plain("SELECT ");
            with.append(&text);
            with.push(" FROM");
            let start = range.start + at;
            let range = TextRange { start, end: start + "table".len() };
            self.bindings.push(Binding { range, with });
        }
    }
}

fn separate(text: &mut Text) {
    if !text.is_empty() {
        text.push(", ");
    }
}

fn push_column(text: &mut Text, column: &ColumnView<'_>) {
    match column.origin {
        Some((id, number)) => {
            text.push_hole(Hole::Result(id, number, column.name.to_owned()));
        }
        None => text.push(&quoted(column.name)),
    }
}

/// Where the keyword of `TABLE t` stands.
fn keyword_table(written: &str) -> Option<usize> {
    let start = written.get(.."table".len())?;
    start.eq_ignore_ascii_case("table").then_some(0)
}
