//! Names and string constants.

use squawk_syntax::ast::{self as squawk, AstNode};
use squawk_syntax::unescape::escape_unicode_esc_str;
use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node, SyntaxToken};

use super::node::{Lower, Result, Tree};
use crate::ast::{Ident, Name, StringConst, TextRange};

impl Lower {
    /// The one identifier below a node.
    pub(super) fn ident(self, node: &Node) -> Result<Ident> {
        self.check_reserved(node)?;
        let found = self.idents(node);
        self.found(node, found.into_iter().next_back())
    }

    /// The identifier of a child of a kind, which must be there.
    pub(super) fn ident_in(self, node: &Node, kind: K) -> Result<Ident> {
        self.ident(&self.need(node, kind)?)
    }

    /// The name, qualified or not, below a node.
    pub(super) fn name(self, node: &Node) -> Result<Name> {
        self.check_reserved(node)?;
        let mut parts = self.idents(node);
        let dots = node.tokens().filter(|it| it.kind() == K::DOT).count();
        if parts.len() != dots + 1 {
            return Err(self.missing(node));
        }
        let name = self.found(node, parts.pop())?;
        let first = parts.first().map_or(name.range, |it| it.range);
        Ok(Name { range: first.to(name.range), qualifiers: parts, name })
    }

    /// Refuses a keyword that may name no column and no table (`ColId`), where the grammar asks
    /// for such a name.
    fn check_reserved(self, node: &Node) -> Result<()> {
        // After `AS` and after a dot any keyword is a name (`ColLabel`).
        let label = node.parent().is_some_and(|it| match it.kind() {
            K::AS_NAME => true,
            K::FIELD_EXPR => node.prev_sibling().is_some(),
            _ => false,
        });
        if label || !is_column_id(node.kind()) {
            return Ok(());
        }
        match node.tokens().next() {
            Some(word) if is_reserved(word.kind()) => Err(self.unexpected(&word)),
            _ => Ok(()),
        }
    }

    /// The name of a child of a kind, which must be there.
    pub(super) fn name_in(self, node: &Node, kind: K) -> Result<Name> {
        self.name(&self.need(node, kind)?)
    }

    /// Every identifier below a node, in order.
    pub(super) fn idents(self, node: &Node) -> Vec<Ident> {
        let mut found: Vec<Ident> = Vec::new();
        let mut tokens = node.tokens().peekable();
        while let Some(token) = tokens.next() {
            if !is_word(token.kind()) {
                continue;
            }
            let escape = (tokens.peek().map(SyntaxToken::kind) == Some(K::UESCAPE_KW))
                .then(|| (tokens.next(), tokens.next()).1)
                .flatten()
                .and_then(|it| it.text().trim_matches('\'').chars().next());
            found.push(self.token_ident(&token, escape));
        }
        found
    }

    /// A token as an identifier.
    pub(super) fn token_ident(self, token: &SyntaxToken, escape: Option<char>) -> Ident {
        Ident::new(fold(token.text(), escape), self.token_range(token))
    }

    /// The string constant of a child literal, which must be there.
    pub(super) fn string_in(self, node: &Node) -> Result<StringConst> {
        self.string(&self.need(node, K::LITERAL)?)
    }

    /// A literal that must be a string.
    pub(super) fn string(self, node: &Node) -> Result<StringConst> {
        let literal = squawk::Literal::cast(node.clone());
        match literal.and_then(|it| it.string_value()) {
            Some(value) => {
                let verbatim = self.verbatim(node, &value);
                Ok(StringConst { value, verbatim, range: self.range(node) })
            }
            None => Err(self.unexpected_node(node)),
        }
    }

    /// Where a string's value stands as it is, between its quotes.
    fn verbatim(self, node: &Node, value: &str) -> Option<TextRange> {
        let mut tokens = node.tokens();
        let (token, None) = (tokens.next()?, tokens.next()) else { return None };
        let text = token.text();
        let quote = match text.as_bytes().first()? {
            b'\'' => 1,
            b'$' => 2 + text.get(1..)?.find('$')?,
            _ => text.find('\'')? + 1,
        };
        let end = quote + value.len();
        let start = self.token_range(&token).start;
        (text.get(quote..end) == Some(value)
            && matches!(text.as_bytes().get(end), Some(b'\'' | b'$')))
        .then_some(TextRange { start: start + quote, end: start + end })
    }
}

/// Whether a token can be a name: an identifier or any keyword.
pub(super) fn is_word(kind: K) -> bool {
    kind == K::IDENT || (K::ABORT_KW as u16..=K::WHILE_KW as u16).contains(&(kind as u16))
}

/// Whether a node is a name that the grammar wants to be a `ColId`.
fn is_column_id(kind: K) -> bool {
    matches!(
        kind,
        K::ACCESS_METHOD
            | K::ACCESS_METHOD_REF
            | K::CHANNEL
            | K::CHANNEL_REF
            | K::COLLATION
            | K::COLLATION_REF
            | K::COLUMN_NAME
            | K::COLUMN_NAME_REF
            | K::CONSTRAINT_NAME
            | K::CONSTRAINT_NAME_REF
            | K::CTE_NAME
            | K::CURSOR
            | K::CURSOR_REF
            | K::DATABASE
            | K::DATABASE_REF
            | K::DOMAIN
            | K::EXTENSION
            | K::EXTENSION_REF
            | K::INDEX
            | K::INDEX_REF
            | K::NAME_REF
            | K::POLICY
            | K::POLICY_REF
            | K::PUBLICATION
            | K::PUBLICATION_REF
            | K::QUALIFIED_COLUMN_NAME_REF
            | K::RELATION_NAME_REF
            | K::RULE
            | K::RULE_REF
            | K::SAVEPOINT
            | K::SAVEPOINT_REF
            | K::SCHEMA
            | K::SCHEMA_REF
            | K::SEQUENCE
            | K::SEQUENCE_REF
            | K::SERVER
            | K::SERVER_REF
            | K::STATISTICS
            | K::STATISTICS_REF
            | K::TABLE_ALIAS
            | K::TABLE_NAME
            | K::TABLE_NAME_REF
            | K::TABLESPACE
            | K::TABLESPACE_REF
            | K::TRIGGER
            | K::TRIGGER_REF
            | K::TYPE_NAME
            | K::VIEW
            | K::VIEW_REF
            | K::WINDOW
            | K::WINDOW_REF
    )
}

/// The keywords that are no `ColId` in any supported version: `reserved_keyword` and
/// `type_func_name_keyword`.
fn is_reserved(kind: K) -> bool {
    is_fully_reserved(kind)
        || matches!(
            kind,
            K::AUTHORIZATION_KW
                | K::BINARY_KW
                | K::COLLATION_KW
                | K::CONCURRENTLY_KW
                | K::CROSS_KW
                | K::CURRENT_SCHEMA_KW
                | K::FREEZE_KW
                | K::FULL_KW
                | K::ILIKE_KW
                | K::INNER_KW
                | K::IS_KW
                | K::ISNULL_KW
                | K::JOIN_KW
                | K::LEFT_KW
                | K::LIKE_KW
                | K::NATURAL_KW
                | K::NOTNULL_KW
                | K::OUTER_KW
                | K::OVERLAPS_KW
                | K::RIGHT_KW
                | K::SIMILAR_KW
                | K::TABLESAMPLE_KW
                | K::VERBOSE_KW
        )
}

fn is_fully_reserved(kind: K) -> bool {
    matches!(
        kind,
        K::ALL_KW
            | K::ANALYSE_KW
            | K::ANALYZE_KW
            | K::AND_KW
            | K::ANY_KW
            | K::ARRAY_KW
            | K::AS_KW
            | K::ASC_KW
            | K::ASYMMETRIC_KW
            | K::BOTH_KW
            | K::CASE_KW
            | K::CAST_KW
            | K::CHECK_KW
            | K::COLLATE_KW
            | K::COLUMN_KW
            | K::CONSTRAINT_KW
            | K::CREATE_KW
            | K::CURRENT_CATALOG_KW
            | K::CURRENT_DATE_KW
            | K::CURRENT_ROLE_KW
            | K::CURRENT_TIME_KW
            | K::CURRENT_TIMESTAMP_KW
            | K::CURRENT_USER_KW
            | K::DEFAULT_KW
            | K::DEFERRABLE_KW
            | K::DESC_KW
            | K::DISTINCT_KW
            | K::DO_KW
            | K::ELSE_KW
            | K::END_KW
            | K::EXCEPT_KW
            | K::FALSE_KW
            | K::FETCH_KW
            | K::FOR_KW
            | K::FOREIGN_KW
            | K::FROM_KW
            | K::GRANT_KW
            | K::GROUP_KW
            | K::HAVING_KW
            | K::IN_KW
            | K::INITIALLY_KW
            | K::INTERSECT_KW
            | K::INTO_KW
            | K::LATERAL_KW
            | K::LEADING_KW
            | K::LIMIT_KW
            | K::LOCALTIME_KW
            | K::LOCALTIMESTAMP_KW
            | K::NOT_KW
            | K::NULL_KW
            | K::OFFSET_KW
            | K::ON_KW
            | K::ONLY_KW
            | K::OR_KW
            | K::ORDER_KW
            | K::PLACING_KW
            | K::PRIMARY_KW
            | K::REFERENCES_KW
            | K::RETURNING_KW
            | K::SELECT_KW
            | K::SESSION_USER_KW
            | K::SOME_KW
            | K::SYMMETRIC_KW
            | K::TABLE_KW
            | K::THEN_KW
            | K::TO_KW
            | K::TRAILING_KW
            | K::TRUE_KW
            | K::UNION_KW
            | K::UNIQUE_KW
            | K::USER_KW
            | K::USING_KW
            | K::VARIADIC_KW
            | K::WHEN_KW
            | K::WHERE_KW
            | K::WINDOW_KW
            | K::WITH_KW
    )
}

/// Folds an identifier as the server's scanner does.
fn fold(raw: &str, escape: Option<char>) -> String {
    if let Some(inner) = raw.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        return inner.replace("\"\"", "\"");
    }
    let unicode = raw
        .strip_prefix(['u', 'U'])
        .and_then(|it| it.strip_prefix("&\""))
        .and_then(|it| it.strip_suffix('"'));
    if let Some(inner) = unicode {
        let mut text = String::new();
        let inner = inner.replace("\"\"", "\"");
        escape_unicode_esc_str(&inner, escape.unwrap_or('\\'), |_, it| text.extend(it));
        return text;
    }
    raw.to_ascii_lowercase()
}
