//! SQL as PostgreSQL reads it: tokens, statements, syntax, and what a statement asks of the
//! transaction around it.
//!
//! This is the only module that knows which parser does the work.

pub mod class;
mod gaps;
pub mod lower;
mod split;
mod syntax;
mod tokens;

use std::ops::Range;

pub use class::{Class, Control};
pub(crate) use split::{Piece, pieces};
pub use syntax::SyntaxError;
pub(crate) use syntax::nearest;
pub(crate) use tokens::{Kind, Token, tokens};

/// One statement of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Byte range in the text, without the white space and comments around it, and without its
    /// semicolon.
    pub range: Range<usize>,
    /// What it asks of the transaction around it.
    pub class: Class,
    /// The first thing in it that PostgreSQL's grammar refuses.
    pub error: Option<SyntaxError>,
}

/// Splits a text into statements, checks the grammar of each, and classifies it.
///
/// A mistake stays in its statement: those after it are read all the same, unless what is left
/// open (a quote, a parenthesis) swallows them.
pub fn read(text: &str) -> Vec<Statement> {
    read_tokens(text, &tokens(text))
}

/// As [`read()`], of a part of a text that has been cut into tokens already.
pub(crate) fn read_tokens(text: &str, tokens: &[Token]) -> Vec<Statement> {
    pieces(text, tokens).into_iter().map(|piece| syntax::statement(text, piece)).collect()
}
