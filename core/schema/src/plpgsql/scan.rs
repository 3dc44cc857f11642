//! The words of a body, read one after the other.

use std::ops::Range;

use super::Stop;
use crate::ast::{Ident, Name, TextRange};
use crate::sql::{Kind, SyntaxError, Token, tokens};

/// The words that no variable can have as a name. Source: PL/pgSQL's reserved keywords, which are
/// fewer than those of SQL.
const RESERVED: [&str; 24] = [
    "all", "begin", "by", "case", "declare", "else", "end", "execute", "for", "foreach", "from",
    "if", "in", "into", "loop", "not", "null", "or", "strict", "then", "to", "using", "when",
    "while",
];

/// A place in the tokens of a body. White space and comments are not among them, and `:=`, `=>`,
/// `<<` and `>>` are one token each.
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// Their ranges are those of the text.
    tokens: Vec<Token>,
    at: usize,
    end: usize,
    /// A literal or comment that the body ends in.
    unterminated: Option<SyntaxError>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, range: Range<usize>) -> Self {
        let mut scanner =
            Self { text, tokens: Vec::new(), at: 0, end: range.end, unterminated: None };
        for mut token in tokens(text.get(range.clone()).unwrap_or_default()) {
            token.range = token.range.start + range.start..token.range.end + range.start;
            if let Kind::Unterminated(name) = token.kind {
                scanner.unterminated = Some(unterminated(text, name, &token));
                break;
            }
            if !token.is_trivia() {
                scanner.push(token);
            }
        }
        scanner
    }

    fn push(&mut self, token: Token) {
        let joined = self.tokens.last_mut().filter(|last| {
            last.range.end == token.range.start
                && matches!(
                    self.text.get(last.range.start..token.range.end),
                    Some(":=" | "=>" | "<<" | ">>")
                )
        });
        match joined {
            Some(last) => last.range.end = token.range.end,
            None => self.tokens.push(token),
        }
    }

    /// The token so many places on, as it is written; empty after the last one.
    pub(super) fn nth(&self, ahead: usize) -> &'a str {
        let token = self.tokens.get(self.at + ahead);
        token.and_then(|token| self.text.get(token.range.clone())).unwrap_or_default()
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.nth(0).eq_ignore_ascii_case(word)
    }

    pub(super) fn next_is(&self, word: &str) -> bool {
        self.nth(1).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether every literal and comment of the body is closed.
    pub(super) fn is_closed(&self) -> bool {
        self.unterminated.is_none()
    }

    /// Where reading stands, to come back to.
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    pub(super) fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    pub(super) fn written(&self, range: TextRange) -> &'a str {
        self.text.get(range.range()).unwrap_or_default()
    }

    /// Passes what stands in parentheses or brackets.
    pub(super) fn skip_group(&mut self) -> Result<(), Stop> {
        let mut depth = 0_usize;
        loop {
            match self.nth(0) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "" | ";" => return Err(self.refuse("mismatched parentheses")),
                _ => {}
            }
            self.advance();
            if depth == 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn is_word(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// Whether a name stands here: a word that is not reserved, or a name in quotes.
    pub(super) fn is_name(&self) -> bool {
        self.is_name_at(0)
    }

    fn is_name_at(&self, ahead: usize) -> bool {
        let word = self.nth(ahead);
        match self.tokens.get(self.at + ahead).map(|token| token.kind) {
            Some(Kind::Word) => !RESERVED.iter().any(|it| it.eq_ignore_ascii_case(word)),
            Some(_) => is_quoted(word),
            None => false,
        }
    }

    /// Whether a string constant stands here.
    pub(super) fn is_string(&self) -> bool {
        let token = self.nth(0);
        let quoted = token.trim_start_matches(['e', 'E', 'n', 'N', 'u', 'U', '&']);
        let dollar = token.strip_prefix('$').is_some_and(|tag| tag.contains('$'));
        (quoted.starts_with('\'') && !self.is_word()) || dollar
    }

    pub(super) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len());
    }

    /// Passes a word or sign, if it is there.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let found = self.is(word);
        if found {
            self.advance();
        }
        found
    }

    /// Passes a word or sign that must be there.
    pub(super) fn expect(&mut self, word: &str) -> Result<(), Stop> {
        if self.eat(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Where the next token starts.
    pub(super) fn start(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |token| token.range.start)
    }

    /// Nothing, where the next token starts.
    pub(super) fn here(&self) -> TextRange {
        TextRange { start: self.start(), end: self.start() }
    }

    /// From a place to the end of the last token that was passed.
    pub(super) fn since(&self, start: usize) -> TextRange {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        let end = last.map_or(start, |token| token.range.end);
        TextRange { start, end: end.max(start) }
    }

    pub(super) fn ident(&mut self) -> Result<Ident, Stop> {
        if !self.is_name() {
            return Err(self.unexpected());
        }
        if !self.is_word() && !self.nth(0).starts_with('"') {
            // `U&"…"`, whose escapes are not resolved here.
            return Err(Stop::Unknown);
        }
        let ident = self.fold();
        self.advance();
        Ok(ident)
    }

    fn fold(&self) -> Ident {
        let word = self.nth(0);
        let inner = word.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let text = inner.map_or_else(|| word.to_ascii_lowercase(), |it| it.replace("\"\"", "\""));
        let start = self.start();
        Ident::new(text, TextRange { start, end: start + word.len() })
    }

    /// `a`, `a.b`, `a.b.c`, or `$1`.
    pub(super) fn name(&mut self) -> Result<Name, Stop> {
        let start = self.start();
        let parameter = self.nth(0).strip_prefix('$').is_some_and(|it| it.parse::<u32>().is_ok());
        let first = if parameter {
            let ident = self.fold();
            self.advance();
            ident
        } else {
            self.ident()?
        };
        let mut parts = vec![first];
        while self.is(".") && self.is_name_at(1) {
            self.advance();
            parts.push(self.ident()?);
        }
        let range = self.since(start);
        match parts.pop() {
            Some(name) => Ok(Name { qualifiers: parts, name, range }),
            None => Err(self.unexpected()),
        }
    }

    pub(super) fn names(&mut self) -> Result<Vec<Name>, Stop> {
        let mut names = vec![self.name()?];
        while self.eat(",") {
            names.push(self.name()?);
        }
        Ok(names)
    }

    /// Passes everything up to one of these words or signs outside of parentheses and brackets.
    pub(super) fn until(&mut self, ends: &[&str], what: Embedded) -> Result<TextRange, Stop> {
        let start = self.start();
        let first = self.at;
        let mut depth = 0_usize;
        while depth > 0 || !self.is_any(ends) {
            match self.nth(0) {
                "(" | "[" => depth += 1,
                ")" | "]" => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Err(self.refuse("mismatched parentheses")),
                },
                "" | ";" if depth > 0 => return Err(self.refuse("mismatched parentheses")),
                "" | ";" => {
                    let end = ends.first().map_or_else(String::new, |it| it.to_uppercase());
                    let (_, kind) = what.names();
                    let message = format!("missing \"{end}\" at end of SQL {kind}");
                    return Err(Stop::Refused(syntax_error(message, self.next_range())));
                }
                _ => {}
            }
            self.advance();
        }
        if self.at == first {
            let (missing, _) = what.names();
            return Err(self.refuse(&format!("missing {missing}")));
        }
        Ok(self.since(start))
    }

    /// The error at a token that may not stand where it does.
    pub(super) fn unexpected(&self) -> Stop {
        self.refuse("syntax error")
    }

    /// An error at the next token, in the words of PL/pgSQL.
    pub(super) fn refuse(&self, message: &str) -> Stop {
        let message = match self.nth(0) {
            "" => format!("{message} at end of input"),
            near => format!("{message} at or near \"{near}\""),
        };
        let open = self.unterminated.as_ref().filter(|_| self.at_end());
        Stop::Refused(open.cloned().unwrap_or_else(|| syntax_error(message, self.next_range())))
    }

    /// Where the next token stands, or else the last one.
    fn next_range(&self) -> Range<usize> {
        let token = self.tokens.get(self.at).or(self.tokens.last());
        token.map_or(self.end..self.end, |token| token.range.clone())
    }
}

/// What is read up to an end, as error messages call it.
#[derive(Clone, Copy)]
pub(super) enum Embedded {
    Expression,
    Statement,
}

impl Embedded {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Expression => ("expression", "expression"),
            Self::Statement => ("SQL statement", "statement"),
        }
    }
}

pub(super) fn syntax_error(message: String, range: Range<usize>) -> SyntaxError {
    SyntaxError { message, range, expected: None, suggestion: None }
}

fn unterminated(text: &str, name: &str, token: &Token) -> SyntaxError {
    let near = text.get(token.range.clone()).unwrap_or_default();
    let line = near.lines().next().unwrap_or_default();
    let first = near.chars().next().map_or(0, char::len_utf8);
    let start = token.range.start;
    syntax_error(format!("unterminated {name} at or near \"{line}\""), start..start + first)
}

fn is_quoted(word: &str) -> bool {
    word.trim_start_matches(['u', 'U', '&']).starts_with('"')
}
