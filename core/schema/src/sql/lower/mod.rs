//! From the parser's tree to our own ([`crate::ast`]).
//!
//! The parser forgives a statement that lacks a part; PostgreSQL does not. So a required part
//! that is not there is refused here, in the server's words. What PostgreSQL takes is never
//! refused.
//!
//! This is the only code that reads the parser's tree node by node.

mod definition;
mod dml;
mod expr;
mod foreign;
mod function;
mod ident;
mod index;
mod node;
mod object;
mod operator;
mod query;
mod role;
mod sequence;
mod session;
mod statement;
mod table;
mod trigger;
mod types;
mod user_type;
mod view;

#[cfg(test)]
mod tests;

use std::ops::Range;

use squawk_syntax::SourceFile;
use squawk_syntax::ast::{AstNode, Stmt};

use self::node::Lower;
use super::{SyntaxError, pieces, tokens};
use crate::ast::Statement;

/// Lowers one statement whose tree starts at a byte offset of a text.
///
/// # Errors
///
/// Where a part that PostgreSQL's grammar requires is missing.
pub(crate) fn lower(stmt: &Stmt, offset: usize) -> Result<Statement, SyntaxError> {
    Lower { offset }.statement(stmt.syntax())
}

/// Reads the statement that stands in a range of a text.
///
/// Gives the statement where PostgreSQL's grammar takes it, else the first thing that it
/// refuses. A range of nothing but white space and comments has neither.
pub fn parse(text: &str, range: Range<usize>) -> (Option<Statement>, Option<SyntaxError>) {
    let sql = &text[range.clone()];
    let parse = SourceFile::parse(sql);
    if !parse.errors().is_empty() {
        let error = super::read(sql).into_iter().find_map(|statement| statement.error);
        return (None, error.map(|error| shift(error, range.start)));
    }
    let Some(stmt) = parse.tree().stmts().next() else { return (None, None) };
    match lower(&stmt, range.start) {
        Ok(statement) => (Some(statement), None),
        Err(error) => (None, Some(at_semicolon(text, range.end, error))),
    }
}

/// What [`read()`](super::read) does not see: each statement of a text that lacks a part which
/// PostgreSQL requires.
pub fn missing_parts(text: &str) -> Vec<SyntaxError> {
    pieces(text, &tokens(text))
        .into_iter()
        .filter(|piece| piece.unterminated.is_none())
        .filter_map(|piece| {
            let sql = &text[piece.range.clone()];
            let parse = SourceFile::parse(sql);
            let stmt = parse.errors().is_empty().then(|| parse.tree().stmts().next())??;
            let error = lower(&stmt, piece.range.start).err()?;
            Some(at_semicolon(text, piece.range.end, error))
        })
        .collect()
}

fn shift(mut error: SyntaxError, by: usize) -> SyntaxError {
    error.range = error.range.start + by..error.range.end + by;
    error
}

/// A statement that ends too early ends, for the server, at its semicolon.
fn at_semicolon(text: &str, end: usize, mut error: SyntaxError) -> SyntaxError {
    let next = tokens(&text[end..]).into_iter().find(|token| !token.is_trivia());
    if error.message.ends_with("end of input")
        && let Some(next) = next
        && text[end..].get(next.range.clone()) == Some(";")
    {
        "syntax error at or near \";\"".clone_into(&mut error.message);
        error.range = end + next.range.start..end + next.range.end;
    }
    error
}
