//! SQL as PostgreSQL reads it: tokens, statements, syntax, what a statement says, and what it
//! asks of the transaction around it.
//!
//! Each statement is parsed once. Its grammar is checked, it is classified, and it is lowered to
//! our own tree ([`crate::ast`]), all from that one parse.
//!
//! This is the only module that knows which parser does the work.

pub mod class;
mod gaps;
mod height;
pub mod lower;
mod split;
mod syntax;
mod tokens;

use std::ops::Range;

use crate::ast;

pub use class::{Class, Control};
pub(crate) use split::{Piece, pieces};
pub use syntax::SyntaxError;
pub(crate) use syntax::nearest;
pub(crate) use tokens::{Kind, Token, tokens, tokens_in};

/// One statement of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Byte range in the text, without the white space and comments around it, and without its
    /// semicolon.
    pub range: Range<usize>,
    /// What it asks of the transaction around it.
    pub class: Class,
    /// What it says. None where the grammar refuses it, and where it is nested too deeply to be
    /// understood.
    pub tree: Option<ast::Statement>,
    /// The first thing in it that PostgreSQL's grammar refuses.
    pub error: Option<SyntaxError>,
}

/// Splits a text into statements, checks the grammar of each, classifies and lowers it.
///
/// A mistake stays in its statement: those after it are read all the same, unless what is left
/// open (a quote, a parenthesis) swallows them.
pub fn read(text: &str) -> Vec<Statement> {
    read_tokens(text, &tokens(text))
}

/// A part of a text as one line, without its comments; none where a literal goes over several.
pub fn one_line(text: &str, part: Range<usize>) -> Option<String> {
    let mut line = String::new();
    for token in tokens_in(text, part) {
        if token.is_trivia() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
            continue;
        }
        let token = &text[token.range];
        if token.contains(['\n', '\r']) {
            return None;
        }
        line.push_str(token);
    }
    Some(line.trim().to_owned())
}

/// As [`read()`], of a part of a text; every range is one of the text.
pub fn read_in(text: &str, part: Range<usize>) -> Vec<Statement> {
    read_tokens(text, &tokens_in(text, part))
}

/// As [`read_in()`], of a part that has been cut into tokens already.
pub(crate) fn read_tokens(text: &str, tokens: &[Token]) -> Vec<Statement> {
    pieces(text, tokens).into_iter().map(|piece| syntax::statement(text, piece)).collect()
}
