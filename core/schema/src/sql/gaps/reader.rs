//! The tokens of a statement, one after the other.

use crate::sql::{Kind, Token, tokens};

pub(super) struct Reader<'a> {
    sql: &'a str,
    pub(super) tokens: Vec<Token>,
}

impl<'a> Reader<'a> {
    /// Without white space and comments.
    pub(super) fn new(sql: &'a str) -> Self {
        let tokens = tokens(sql).into_iter().filter(|token| !token.is_trivia()).collect();
        Self { sql, tokens }
    }

    pub(super) fn is_a(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| &self.sql[token.range.clone()] == text)
    }

    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word && self.sql[token.range.clone()].eq_ignore_ascii_case(word)
        })
    }

    /// Where the parenthesis that opens at a token is closed, or the end.
    pub(super) fn group_end(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close if depth <= 1 => return at,
                Kind::Close => depth -= 1,
                _ => {}
            }
        }
        self.tokens.len()
    }

    /// The first token outside of parentheses that is wanted, or the end.
    pub(super) fn find(&self, start: usize, end: usize, wanted: impl Fn(usize) -> bool) -> usize {
        let mut at = start;
        while at < end && !wanted(at) {
            at = if self.tokens[at].kind == Kind::Open { self.group_end(at) + 1 } else { at + 1 };
        }
        at.min(end)
    }
}
