//! Cuts a text into statements at its semicolons.

use std::ops::Range;

use super::height::Heights;
use super::{Kind, Token};

/// A statement as a run of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// From its first token to its last, comments and white space around it left out.
    pub(crate) range: Range<usize>,
    /// The semicolon that ends it, if one does.
    pub(crate) semicolon: Option<Range<usize>>,
    /// The token that the text ends in, if it is never closed.
    pub(crate) unterminated: Option<(&'static str, Range<usize>)>,
    /// Whether its tree may be too high to be parsed.
    pub(crate) too_high: bool,
}

/// Splits at semicolons outside of parentheses (`CREATE RULE … DO (a; b)`) and outside of the
/// body of a function in standard SQL (`BEGIN ATOMIC … END`), as psql does.
/// Source: PostgreSQL manual, "SQL Syntax / Lexical Structure", and "CREATE FUNCTION".
pub(crate) fn pieces(text: &str, tokens: &[Token]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut current: Option<Piece> = None;
    let mut words = Words::default();
    let mut heights = Heights::default();
    let mut parentheses = 0_usize;
    for token in tokens.iter().filter(|token| !token.is_trivia()) {
        match token.kind {
            Kind::Semicolon if parentheses == 0 && words.blocks == 0 => {
                let ended = current.take();
                found.extend(ended.map(|it| Piece { semicolon: Some(token.range.clone()), ..it }));
                words = Words::default();
                heights = Heights::default();
                continue;
            }
            Kind::Open => parentheses += 1,
            Kind::Close => parentheses = parentheses.saturating_sub(1),
            Kind::Word if parentheses == 0 => words.see(&text[token.range.clone()]),
            _ => {}
        }
        let piece = current.get_or_insert_with(|| Piece {
            range: token.range.clone(),
            semicolon: None,
            unterminated: None,
            too_high: false,
        });
        piece.range.end = token.range.end;
        heights.see(token.kind, &text[token.range.clone()]);
        piece.too_high = heights.are_too_high();
        if let Kind::Unterminated(name) = token.kind {
            piece.unterminated = Some((name, token.range.clone()));
        }
    }
    found.extend(current);
    found
}

/// The words of a statement so far, as far as they tell whether it has a `BEGIN ATOMIC` body.
#[derive(Default)]
struct Words {
    seen: usize,
    creates: bool,
    routine: bool,
    begin: bool,
    blocks: usize,
}

impl Words {
    fn see(&mut self, word: &str) {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        match self.seen {
            0 => self.creates = is("create"),
            // CREATE [OR REPLACE] {FUNCTION | PROCEDURE}
            1..=3 if is("function") || is("procedure") => self.routine = self.creates,
            _ => {}
        }
        if self.routine {
            if self.blocks == 0 {
                self.blocks = usize::from(self.begin && is("atomic"));
            } else if is("begin") || is("case") {
                self.blocks += 1;
            } else if is("end") {
                self.blocks -= 1;
            }
            self.begin = is("begin");
        }
        self.seen += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        pieces(text, &tokens(text)).into_iter().map(|piece| &text[piece.range]).collect()
    }

    #[test]
    fn splits_where_psql_does() {
        let table: [(&str, &[&str]); 9] = [
            ("", &[]),
            (" ; ;; -- nothing\n", &[]),
            ("SELECT 1; SELECT 2", &["SELECT 1", "SELECT 2"]),
            ("-- a;\nSELECT ';' /* ; */;\n", &["SELECT ';'"]),
            ("DO $$ BEGIN a; b; END $$; SELECT 1", &["DO $$ BEGIN a; b; END $$", "SELECT 1"]),
            (
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
                &["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"],
            ),
            (
                "create or replace function f() returns int begin atomic select case when true \
                 then 1 end; select 2; end; select 3",
                &[
                    "create or replace function f() returns int begin atomic select case when true \
                     then 1 end; select 2; end",
                    "select 3",
                ],
            ),
            ("BEGIN; SELECT 1; END; SELECT 2", &["BEGIN", "SELECT 1", "END", "SELECT 2"]),
            (
                "CREATE TABLE begin_atomic (a int); SELECT 1",
                &["CREATE TABLE begin_atomic (a int)", "SELECT 1"],
            ),
        ];
        for (text, expected) in table {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
