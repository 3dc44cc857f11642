//! PL/pgSQL: what the body of a function or of a `DO` statement says.
//!
//! The words of the language itself are read here; the SQL between them is the SQL parser's
//! matter. Nothing here knows a catalog, or which names are variables.
//!
//! Errors are those that the server finds when it creates the function or starts the block, and
//! only where they are certain.

mod block;
pub(crate) mod condition;
mod embed;
mod looping;
mod scan;
mod statement;
mod tree;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use tree::*;

use self::embed::Embed;
use self::scan::{Embedded, Scanner};
use crate::ast::TextRange;
use crate::sql::SyntaxError;

/// Blocks, loops and conditions nested deeper than this are left to the server.
const MAX_DEPTH: usize = 64;

/// Reads the body that stands in a range of a text; all places are those of the text. A body
/// with escapes is given as a text of its own.
///
/// Gives the block where its structure is understood, and what PostgreSQL refuses (SQLSTATE
/// 42601) as soon as the function is created or the block is run: the first mistake of the
/// structure, or a mistake in each of several statements and expressions. With neither block nor
/// error, the body is not understood. A server whose `check_function_bodies` is off looks at no
/// body of a function, and finds in that of a `DO` only the mistakes of its structure.
pub fn parse(text: &str, range: Range<usize>) -> (Option<Block>, Vec<SyntaxError>) {
    let mut parser = Parser::new(text, range);
    match parser.body() {
        Ok(block) => (Some(block), parser.errors),
        Err(Stop::Unknown) => (None, Vec::new()),
        Err(Stop::Refused(error)) => {
            parser.errors.push(error);
            (None, parser.errors)
        }
    }
}

/// Why reading stops.
enum Stop {
    /// The server refuses the body.
    Refused(SyntaxError),
    /// It is not known what the server does.
    Unknown,
}

type Result<T> = std::result::Result<T, Stop>;

/// Reads one body.
struct Parser<'a> {
    scan: Scanner<'a>,
    embed: Embed<'a>,
    /// Of the SQL so far.
    errors: Vec<SyntaxError>,
    depth: usize,
    /// How many loops stand around.
    loops: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, range: Range<usize>) -> Self {
        Self {
            scan: Scanner::new(text, range),
            embed: Embed::new(text),
            errors: Vec::new(),
            depth: 0,
            loops: 0,
        }
    }

    /// `#option …`, the block, and perhaps a semicolon.
    fn body(&mut self) -> Result<Block> {
        while self.scan.eat("#") {
            self.scan.advance();
            self.scan.advance();
        }
        let label = self.label()?;
        let block = self.block(label)?;
        self.scan.eat(";");
        if self.scan.at_end() && self.scan.is_closed() {
            Ok(block)
        } else {
            Err(self.scan.unexpected())
        }
    }

    /// An expression up to one of these words or signs.
    fn expression(&mut self, ends: &[&str]) -> Result<Expression> {
        let range = self.scan.until(ends, Embedded::Expression)?;
        Ok(self.expression_in(range))
    }

    fn expression_in(&mut self, range: TextRange) -> Expression {
        let (query, error) = self.embed.query("SELECT ", range);
        self.errors.extend(error);
        Expression { query, range }
    }

    /// Expressions with commas between, up to one of these words or signs.
    fn expressions(&mut self, ends: &[&str]) -> Result<Vec<Expression>> {
        let mut until = vec![","];
        until.extend(ends);
        let mut found = vec![self.expression(&until)?];
        while self.scan.eat(",") {
            found.push(self.expression(&until)?);
        }
        Ok(found)
    }

    /// A statement up to one of these words or signs.
    fn sql(&mut self, ends: &[&str]) -> Result<Sql> {
        let range = self.scan.until(ends, Embedded::Statement)?;
        Ok(self.sql_in(range, None))
    }

    fn sql_in(&mut self, range: TextRange, without: Option<TextRange>) -> Sql {
        let (statement, error) = self.embed.statement(range, without);
        self.errors.extend(error);
        Sql { statement, range }
    }

    /// `<<label>>`, if there is one.
    fn label(&mut self) -> Result<Option<crate::ast::Ident>> {
        if !self.scan.eat("<<") {
            return Ok(None);
        }
        let label = self.scan.ident()?;
        self.scan.expect(">>")?;
        Ok(Some(label))
    }
}
