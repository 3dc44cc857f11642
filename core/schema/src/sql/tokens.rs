//! The tokens of a text, with their places.

use std::ops::Range;

use squawk_lexer::{LiteralKind, TokenKind};

/// What the rest of the crate asks of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// White space.
    Space,
    /// `-- …`, without its line end.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// A keyword or a name without quotes.
    Word,
    /// `;`
    Semicolon,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// A character of an operator; `:` too.
    Operator,
    /// Any other token: a literal, a quoted name.
    Other,
    /// A literal, quoted name or comment that the text ends in; holds what PostgreSQL calls it.
    Unterminated(&'static str),
}

/// A token and its byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
}

impl Token {
    /// White space or a comment: nothing that the server would see.
    pub(crate) fn is_trivia(&self) -> bool {
        matches!(self.kind, Kind::Space | Kind::LineComment | Kind::BlockComment)
    }
}

/// Cuts a text into tokens; their ranges cover it without a gap.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    tokens_in(text, 0..text.len())
}

/// As [`tokens()`], of a part of a text; their ranges are those of the text.
pub(crate) fn tokens_in(text: &str, part: Range<usize>) -> Vec<Token> {
    let mut at = part.start;
    squawk_lexer::tokenize(&text[part])
        .take_while(|token| token.kind != TokenKind::Eof)
        .map(|token| {
            let range = at..at + token.len as usize;
            at = range.end;
            Token { kind: kind(token.kind), range }
        })
        .collect()
}

fn kind(kind: TokenKind) -> Kind {
    use LiteralKind as L;
    match kind {
        TokenKind::Whitespace => Kind::Space,
        TokenKind::LineComment => Kind::LineComment,
        TokenKind::BlockComment { terminated: true } => Kind::BlockComment,
        TokenKind::BlockComment { terminated: false } => Kind::Unterminated("/* comment"),
        TokenKind::Ident => Kind::Word,
        TokenKind::Semi => Kind::Semicolon,
        TokenKind::OpenParen => Kind::Open,
        TokenKind::CloseParen => Kind::Close,
        TokenKind::OpenBracket => Kind::OpenBracket,
        TokenKind::CloseBracket => Kind::CloseBracket,
        TokenKind::Comma => Kind::Comma,
        TokenKind::Dot | TokenKind::DotDot => Kind::Dot,
        TokenKind::Colon
        | TokenKind::Slash
        | TokenKind::Minus
        | TokenKind::Eq
        | TokenKind::Gt
        | TokenKind::Lt
        | TokenKind::And
        | TokenKind::Bang
        | TokenKind::Plus
        | TokenKind::Tilde
        | TokenKind::Pound
        | TokenKind::Question
        | TokenKind::Or
        | TokenKind::Percent
        | TokenKind::Caret
        | TokenKind::Star
        | TokenKind::Backtick
        | TokenKind::At => Kind::Operator,
        TokenKind::QuotedIdent { terminated: false, .. } => Kind::Unterminated("quoted identifier"),
        TokenKind::Literal { kind } => match kind {
            L::Str { terminated: false }
            | L::NationalStr { terminated: false }
            | L::UnicodeEscStr { terminated: false }
            | L::EscStr { terminated: false } => Kind::Unterminated("quoted string"),
            L::DollarQuotedString { terminated: false } => {
                Kind::Unterminated("dollar-quoted string")
            }
            L::ByteStr { terminated: false } => Kind::Unterminated("hexadecimal string literal"),
            L::BitStr { terminated: false } => Kind::Unterminated("bit string literal"),
            _ => Kind::Other,
        },
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_cover_the_text() {
        let text = "CREATE TABLE é (a int); -- ok\n/* x */ SELECT 'a;b', $x$;$x$, \"q\";";
        let tokens = tokens(text);
        let mut at = 0;
        for token in &tokens {
            assert_eq!(token.range.start, at);
            at = token.range.end;
        }
        assert_eq!(at, text.len());
        assert_eq!(tokens.iter().filter(|t| t.kind == Kind::Semicolon).count(), 2);
    }

    #[test]
    fn what_is_left_open_has_the_servers_name() {
        for (text, name) in [
            ("SELECT 'a", "quoted string"),
            ("SELECT E'a", "quoted string"),
            ("DO $$ BEGIN", "dollar-quoted string"),
            ("SELECT \"a", "quoted identifier"),
            ("SELECT 1 /* a /* b */", "/* comment"),
        ] {
            let last = tokens(text).pop().expect("a token");
            assert_eq!(last.kind, Kind::Unterminated(name), "{text}");
        }
    }
}
