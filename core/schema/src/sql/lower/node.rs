//! Reading the parser's tree.

use squawk_syntax::{SyntaxElement, SyntaxKind as K, SyntaxNode as Node, SyntaxToken};

use crate::ast::TextRange;
use crate::sql::SyntaxError;
use crate::sql::syntax::END_OF_INPUT;

pub(super) type Result<T> = std::result::Result<T, SyntaxError>;

/// Lowers the tree of one statement.
#[derive(Clone, Copy)]
pub(super) struct Lower {
    /// Where the statement starts in its text.
    pub(super) offset: usize,
}

/// The children of a node, by kind.
pub(super) trait Tree {
    /// The first child node of a kind.
    fn kid(&self, kind: K) -> Option<Node>;
    /// All child nodes of a kind.
    fn kids(&self, kind: K) -> impl Iterator<Item = Node>;
    /// The first child node of any of these kinds.
    fn any(&self, kinds: &[K]) -> Option<Node>;
    /// The first child node that a test holds for.
    fn which(&self, test: fn(K) -> bool) -> Option<Node>;
    /// Whether there is a child of a kind, token or node.
    fn has(&self, kind: K) -> bool;
    /// The children, without white space and comments.
    fn solid(&self) -> impl Iterator<Item = SyntaxElement>;
    /// The tokens below, at any depth, without white space and comments.
    fn tokens(&self) -> impl Iterator<Item = SyntaxToken>;
    /// The tokens below in lower case, with single spaces.
    fn words(&self) -> String;
}

impl Tree for Node {
    fn kid(&self, kind: K) -> Option<Node> {
        self.has(kind).then_some(())?;
        self.children().find(|it| it.kind() == kind)
    }

    fn kids(&self, kind: K) -> impl Iterator<Item = Node> {
        self.children().filter(move |it| it.kind() == kind)
    }

    fn any(&self, kinds: &[K]) -> Option<Node> {
        holds(self, kinds).then_some(())?;
        self.children().find(|it| kinds.contains(&it.kind()))
    }

    fn which(&self, test: fn(K) -> bool) -> Option<Node> {
        self.children().find(|it| test(it.kind()))
    }

    fn has(&self, kind: K) -> bool {
        holds(self, &[kind])
    }

    fn solid(&self) -> impl Iterator<Item = SyntaxElement> {
        self.children_with_tokens().filter(|it| !is_trivia(it.kind()))
    }

    fn tokens(&self) -> impl Iterator<Item = SyntaxToken> {
        self.descendants_with_tokens()
            .filter_map(SyntaxElement::into_token)
            .filter(|it| !is_trivia(it.kind()))
    }

    fn words(&self) -> String {
        let words: Vec<String> = self.tokens().map(|it| it.text().to_lowercase()).collect();
        words.join(" ")
    }
}

/// Whether a node has a child of any of these kinds. The green tree is asked, of which the nodes
/// are a view: each node that is looked at is allocated.
fn holds(node: &Node, kinds: &[K]) -> bool {
    node.green().children().any(|it| kinds.iter().any(|kind| it.kind().0 == *kind as u16))
}

pub(super) fn is_trivia(kind: K) -> bool {
    matches!(kind, K::WHITESPACE | K::COMMENT)
}

impl Lower {
    /// Where a node stands in the text.
    pub(super) fn range(self, node: &Node) -> TextRange {
        self.at(node.text_range())
    }

    pub(super) fn token_range(self, token: &SyntaxToken) -> TextRange {
        self.at(token.text_range())
    }

    fn at(self, range: impl Into<std::ops::Range<usize>>) -> TextRange {
        let range = range.into();
        TextRange { start: range.start + self.offset, end: range.end + self.offset }
    }

    /// A child that must be there.
    pub(super) fn need(self, node: &Node, kind: K) -> Result<Node> {
        node.kid(kind).ok_or_else(|| self.missing(node))
    }

    /// Turns what was looked for in a node, and not found, into an error.
    pub(super) fn found<T>(self, node: &Node, found: Option<T>) -> Result<T> {
        found.ok_or_else(|| self.missing(node))
    }

    /// The error where a node lacks its last part: at the token that comes instead.
    pub(super) fn missing(self, node: &Node) -> SyntaxError {
        let last = node.tokens().filter(|it| it.kind() != K::SEMICOLON).last();
        self.missing_after(last.or_else(|| node.first_token()))
    }

    /// The error where something should follow a token.
    pub(super) fn missing_after(self, last: Option<SyntaxToken>) -> SyntaxError {
        let mut next = last.as_ref().and_then(SyntaxToken::next_token);
        while let Some(token) = next.take_if(|it| is_trivia(it.kind())) {
            next = token.next_token();
        }
        match (next, last) {
            (Some(next), _) => self.unexpected(&next),
            (None, Some(last)) => {
                let end = self.token_range(&last).end;
                let width = last.text().chars().next_back().map_or(0, char::len_utf8);
                error(END_OF_INPUT.to_owned(), end - width..end)
            }
            (None, None) => error(END_OF_INPUT.to_owned(), self.offset..self.offset),
        }
    }

    /// The error at a token that may not stand where it does.
    pub(super) fn unexpected(self, token: &SyntaxToken) -> SyntaxError {
        // The parser cuts operators into characters, the server does not.
        let whole = token.parent().filter(|it| matches!(it.kind(), K::COLON_COLON | K::CUSTOM_OP));
        let (text, range) = match whole {
            Some(whole) => (whole.text().to_string(), self.range(&whole)),
            None => (token.text().to_owned(), self.token_range(token)),
        };
        error(format!("syntax error at or near \"{text}\""), range.range())
    }

    /// The error at the first token of a node that may not stand where it does.
    pub(super) fn unexpected_node(self, node: &Node) -> SyntaxError {
        match node.tokens().next() {
            Some(token) => self.unexpected(&token),
            None => self.missing(node),
        }
    }

    /// Lowers all children of a kind.
    pub(super) fn each<T>(
        self,
        node: &Node,
        kind: K,
        lower: impl Fn(Self, &Node) -> Result<T>,
    ) -> Result<Vec<T>> {
        node.kids(kind).map(|it| lower(self, &it)).collect()
    }

    /// Lowers all children of a kind, of which there must be one.
    pub(super) fn some<T>(
        self,
        node: &Node,
        kind: K,
        lower: impl Fn(Self, &Node) -> Result<T>,
    ) -> Result<Vec<T>> {
        let all = self.each(node, kind, lower)?;
        if all.is_empty() { Err(self.missing(node)) } else { Ok(all) }
    }

    /// Lowers the child of a kind, if there is one.
    pub(super) fn opt<T>(
        self,
        node: &Node,
        kind: K,
        lower: impl Fn(Self, &Node) -> Result<T>,
    ) -> Result<Option<T>> {
        node.kid(kind).map(|it| lower(self, &it)).transpose()
    }
}

fn error(message: String, range: std::ops::Range<usize>) -> SyntaxError {
    SyntaxError { message, range, expected: None, suggestion: None }
}
