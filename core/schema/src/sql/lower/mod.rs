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

use squawk_syntax::ast::{AstNode, Stmt};

use self::node::Lower;
use super::{SyntaxError, read_in};
use crate::ast::Statement;

/// Lowers one statement whose tree starts at a byte offset of a text.
///
/// # Errors
///
/// Where a part that PostgreSQL's grammar requires is missing.
pub(crate) fn lower(stmt: &Stmt, offset: usize) -> Result<Statement, SyntaxError> {
    Lower { offset }.statement(stmt.syntax())
}

/// Reads the one statement that stands in a range of a text: what it says, or else the first
/// thing that PostgreSQL's grammar refuses. Neither where there is no statement, and where it is
/// not understood ([`tree`](super::Statement::tree)).
pub fn parse(text: &str, range: Range<usize>) -> (Option<Statement>, Option<SyntaxError>) {
    match read_in(text, range).into_iter().next() {
        Some(statement) => (statement.tree, statement.error),
        None => (None, None),
    }
}
