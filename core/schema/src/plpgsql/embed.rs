//! The SQL in a body, lowered so that every place stays what it is in the text.

use crate::ast::{Query, Statement, TextRange};
use crate::sql::{SyntaxError, lower, tokens};

/// Deeper parentheses are left to the server, as the parser's time grows with their depth.
const MAX_DEPTH: usize = 100;

/// Lowers parts of a text.
pub(super) struct Embed<'a> {
    text: &'a str,
    /// What was lowered stands in it where the text has it, so that it costs no more than the
    /// text is long, however many parts there are.
    scratch: String,
}

impl<'a> Embed<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, scratch: String::new() }
    }

    /// A statement, with blanks in place of a part of it.
    pub(super) fn statement(
        &mut self,
        range: TextRange,
        without: Option<TextRange>,
    ) -> (Option<Box<Statement>>, Option<SyntaxError>) {
        let hole = without.unwrap_or(TextRange { start: range.end, end: range.end });
        let blanks = " ".repeat(hole.end - hole.start);
        let (head, tail) = (self.part(range.start, hole.start), self.part(hole.end, range.end));
        self.lower(range.start, &[head, &blanks, tail])
    }

    /// A query, of which a range has all but the first words.
    pub(super) fn query(
        &mut self,
        first: &str,
        range: TextRange,
    ) -> (Option<Box<Query>>, Option<SyntaxError>) {
        let Some(start) = range.start.checked_sub(first.len()) else { return (None, None) };
        let (statement, error) = self.lower(start, &[first, self.part(range.start, range.end)]);
        let error = error.map(|mut error| {
            let start = error.range.start.clamp(range.start, range.end);
            error.range = start..error.range.end.max(start);
            error
        });
        let query = statement.and_then(|statement| match *statement {
            Statement::Query(query) => Some(Box::new(query)),
            _ => None,
        });
        (query, error)
    }

    fn part(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn lower(
        &mut self,
        start: usize,
        parts: &[&str],
    ) -> (Option<Box<Statement>>, Option<SyntaxError>) {
        if parts.iter().map(|part| depth(part)).sum::<usize>() > MAX_DEPTH {
            return (None, None);
        }
        let mut keep = start.min(self.scratch.len());
        while !self.scratch.is_char_boundary(keep) {
            keep -= 1;
        }
        self.scratch.truncate(keep);
        self.scratch.push_str(&" ".repeat(start - keep));
        self.scratch.extend(parts.iter().copied());
        let (statement, error) = lower::parse(&self.scratch, start..self.scratch.len());
        let known = error.filter(|_| !parts.iter().any(|part| is_beyond_the_parser(part)));
        (statement.map(Box::new), known)
    }
}

/// At least how deep the parentheses of a text go.
fn depth(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Whether there is something that PostgreSQL's grammar takes and the parser does not: `f(x)
/// 'text'`, a constant of the type `f`, of which the parser knows some types only; or a
/// subquery of no column, `(SELECT)`.
fn is_beyond_the_parser(sql: &str) -> bool {
    let mut previous = "";
    tokens(sql).iter().filter(|token| !token.is_trivia()).any(|token| {
        let token = &sql[token.range.clone()];
        let found = (previous == ")" && token.ends_with(['\'', '$']))
            || (previous.eq_ignore_ascii_case("select") && token == ")");
        previous = token;
        found
    })
}
