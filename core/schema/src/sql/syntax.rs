//! Parses one statement: whether it is in PostgreSQL's grammar, said in PostgreSQL's words.

use std::ops::Range;

use squawk_syntax::ast::{AstNode, Stmt};
use squawk_syntax::syntax_error::SyntaxError as ParseError;
use squawk_syntax::{Parse, SourceFile, SyntaxNode};

use super::gaps::Gap;
use super::{Class, Kind, Piece, Statement, class, lower, tokens};
use crate::ast;

/// Why PostgreSQL would refuse a statement before running it (SQLSTATE 42601).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// As the server words it: `syntax error at or near "tabel"`.
    pub message: String,
    /// Where, in the text that the statement is part of.
    pub range: Range<usize>,
    /// What the parser was looking for, where that helps.
    pub expected: Option<String>,
    /// A word there or just before, and the keyword that it looks like.
    pub suggestion: Option<(String, String)>,
}

/// What the server says where a statement ends too early.
pub(super) const END_OF_INPUT: &str = "syntax error at end of input";

/// Trees deeper than this are not lowered: whoever walks a lowered tree does so by recursion, on
/// a stack of any size. `a OR b OR c` is as deep as it has operators.
const MAX_DEPTH: usize = 500;

/// Parses one piece of a text.
pub(super) fn statement(text: &str, piece: Piece) -> Statement {
    let Piece { range, semicolon, unterminated, too_high } = piece;
    let mut statement = Statement { range, class: Class::Plain, tree: None, error: None };
    if let Some((name, at)) = unterminated {
        statement.error = Some(left_open(text, name, at));
        return statement;
    }
    if too_high {
        return statement;
    }
    let start = statement.range.start;
    let sql = &text[statement.range.clone()];
    let mut parse = SourceFile::parse(sql);
    let mut errors = grammar_errors(&parse);
    let gap = (!errors.is_empty()).then(|| Gap::of(sql)).flatten();
    if let Some(gap) = &gap {
        parse = SourceFile::parse(gap.text());
        errors = grammar_errors(&parse);
    }
    let stmt = parse.tree().stmts().next();
    statement.class = stmt.as_ref().map_or(Class::Plain, class::of);
    let tree = lowered(sql, start, stmt, &errors);
    let tree = match (tree, gap) {
        (Ok(Some(tree)), Some(gap)) => gap.fill(sql, start, tree),
        (tree, _) => tree,
    };
    match tree {
        Ok(tree) => statement.tree = tree,
        Err(error) => statement.error = Some(error.at_semicolon(semicolon)),
    }
    statement
}

/// Parses one statement that starts at a byte offset of a text, as the parser has it.
pub(super) fn plain(sql: &str, start: usize) -> Result<Option<ast::Statement>, SyntaxError> {
    let parse = SourceFile::parse(sql);
    lowered(sql, start, parse.tree().stmts().next(), &grammar_errors(&parse))
}

/// What is wrong in a statement. Not in the strings that are bodies of functions: whether the
/// server looks at those is a setting, which the replay knows.
fn grammar_errors(parse: &Parse<SourceFile>) -> Vec<ParseError> {
    let mut errors = parse.errors();
    if !errors.is_empty() {
        let of_bodies = parse.tree().sql_body_errors();
        errors.retain(|error| !of_bodies.contains(error));
    }
    errors
}

/// What the parser found, as our own tree; none where it is too deep for one.
fn lowered(
    sql: &str,
    start: usize,
    stmt: Option<Stmt>,
    errors: &[ParseError],
) -> Result<Option<ast::Statement>, SyntaxError> {
    if let Some(error) = errors.first() {
        let mut error = describe(sql, error.range().into(), error.message());
        error.range = error.range.start + start..error.range.end + start;
        return Err(error);
    }
    let stmt = stmt.filter(|stmt| !is_deep(stmt.syntax()));
    stmt.map(|stmt| lower::lower(&stmt, start)).transpose()
}

/// Whether a tree is deeper than [`MAX_DEPTH`]; found without recursion.
fn is_deep(node: &SyntaxNode) -> bool {
    let root = node.green();
    let mut left = vec![(&*root, 0)];
    while let Some((node, depth)) = left.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        left.extend(node.children().filter_map(|it| Some((it.into_node()?, depth + 1))));
    }
    false
}

/// The error for a statement in which something opens and the text ends.
fn left_open(text: &str, name: &str, at: Range<usize>) -> SyntaxError {
    let near = shorten(&text[at.clone()]);
    let range = at.start..at.start + near.chars().next().map_or(0, char::len_utf8);
    let message = format!("unterminated {name} at or near \"{near}\"");
    SyntaxError { message, range, expected: None, suggestion: None }
}

impl SyntaxError {
    /// A statement that ends too early ends, for the server, at its semicolon.
    fn at_semicolon(mut self, semicolon: Option<Range<usize>>) -> Self {
        if let Some(range) = semicolon.filter(|_| self.message == END_OF_INPUT) {
            "syntax error at or near \";\"".clone_into(&mut self.message);
            self.range = range;
        }
        self
    }
}

/// Puts a parser's error into the server's words, at the token that the server would name.
fn describe(sql: &str, found: Range<usize>, message: &str) -> SyntaxError {
    let all = tokens(sql);
    let solid: Vec<_> = all.iter().filter(|token| !token.is_trivia()).collect();
    let near = solid.iter().position(|token| token.range.end > found.start);
    let expected = expectation(message);
    let Some(near) = near else {
        let end = solid.last().map_or(0, |token| token.range.end);
        let last = sql[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        return SyntaxError {
            message: END_OF_INPUT.to_owned(),
            range: last..end,
            expected,
            suggestion: None,
        };
    };
    let word = |index: usize| {
        let token = solid.get(index).filter(|token| token.kind == Kind::Word)?;
        Some(&sql[token.range.clone()])
    };
    // `CREATE` and something that cannot be created: the parser stops at the first word, the
    // server at the second.
    let command = near == 0 && word(0).is_some_and(is_keyword) && solid.len() > 1;
    // A comma with nothing after it: the server stops at what comes instead.
    let comma = message.contains("comma")
        && solid.get(near).is_some_and(|token| &sql[token.range.clone()] == ",");
    let near = if command || (comma && near + 1 < solid.len()) { near + 1 } else { near };
    // The grammar reads a misspelt keyword as a name where it can, and fails a word or two later.
    let suggestion = (near.saturating_sub(2)..=near).rev().find_map(|index| {
        let word = word(index)?;
        Some((word.to_owned(), keyword_like(word)?))
    });
    let range = solid.get(near).map_or(found, |token| token.range.clone());
    SyntaxError {
        message: format!("syntax error at or near \"{}\"", shorten(&sql[range.clone()])),
        range,
        expected,
        suggestion,
    }
}

/// What the parser was looking for, where its words mean something to people.
fn expectation(message: &str) -> Option<String> {
    let expected = message.to_lowercase();
    let expected = expected.split(", found").next()?;
    (expected.starts_with("expected ") && !expected.contains("command") && !expected.contains('_'))
        .then(|| expected.to_owned())
}

/// The first line of a long token, as an error message has room for.
fn shorten(token: &str) -> String {
    const ROOM: usize = 40;
    let line = token.split(['\r', '\n']).next().unwrap_or_default();
    let mut short: String = line.chars().take(ROOM).collect();
    if short.len() < token.len() {
        short.push('…');
    }
    short
}

/// The keywords that statements are made of, as far as people misspell them.
const KEYWORDS: [&str; 96] = [
    "ADD",
    "AFTER",
    "ALTER",
    "ALWAYS",
    "ANALYZE",
    "BEFORE",
    "BEGIN",
    "BETWEEN",
    "CASCADE",
    "CHECK",
    "COLLATE",
    "COLUMN",
    "COMMENT",
    "COMMIT",
    "CONCURRENTLY",
    "CONFLICT",
    "CONSTRAINT",
    "CREATE",
    "CROSS",
    "DATABASE",
    "DEFAULT",
    "DEFERRABLE",
    "DELETE",
    "DISABLE",
    "DISTINCT",
    "DOMAIN",
    "DROP",
    "EACH",
    "ENABLE",
    "ENUM",
    "EXCLUDE",
    "EXECUTE",
    "EXISTS",
    "EXTENSION",
    "FOREIGN",
    "FROM",
    "FUNCTION",
    "GENERATED",
    "GRANT",
    "GROUP",
    "HAVING",
    "IDENTITY",
    "INCLUDE",
    "INDEX",
    "INHERITS",
    "INITIALLY",
    "INNER",
    "INSERT",
    "INTERSECT",
    "INTO",
    "JOIN",
    "LANGUAGE",
    "LEFT",
    "LIMIT",
    "MATERIALIZED",
    "NOTHING",
    "NULL",
    "NULLS",
    "OFFSET",
    "ORDER",
    "OUTER",
    "PARTITION",
    "POLICY",
    "PRIMARY",
    "PROCEDURE",
    "REFERENCES",
    "REFRESH",
    "RENAME",
    "REPLACE",
    "RESTRICT",
    "RETURNING",
    "RETURNS",
    "REVOKE",
    "RIGHT",
    "ROLLBACK",
    "SCHEMA",
    "SELECT",
    "SEQUENCE",
    "STORED",
    "TABLE",
    "TEMPORARY",
    "TRIGGER",
    "TRUNCATE",
    "TYPE",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VACUUM",
    "VALID",
    "VALIDATE",
    "VALUES",
    "VIEW",
    "WHERE",
    "WINDOW",
    "WITH",
];

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// The keyword that a word was probably meant to be, in the case of the word.
fn keyword_like(word: &str) -> Option<String> {
    if word.len() < 4 || is_keyword(word) {
        return None;
    }
    let keyword = nearest(&word.to_uppercase(), KEYWORDS)?;
    let lower = word.chars().any(char::is_lowercase);
    Some(if lower { keyword.to_lowercase() } else { keyword.to_owned() })
}

/// The candidate that a word is a slip of the pen away from: one edit up to five characters, two
/// beyond, a swap of neighbours counted as one.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = if word.chars().count() > 5 { 2 } else { 1 };
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits between two words: insert, delete, replace, swap neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let mut best = (row[j] + 1)
                .min(next[j - 1] + 1)
                .min(row[j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn first_error(text: &str) -> SyntaxError {
        read(text).into_iter().find_map(|statement| statement.error).expect(text)
    }

    #[test]
    fn errors_are_in_the_servers_words_at_the_servers_token() {
        for (text, at, message, suggestion) in [
            (
                "CREATE TABEL t (a int)",
                "TABEL",
                "syntax error at or near \"TABEL\"",
                Some(("TABEL", "TABLE")),
            ),
            (
                "SELECT 1; crate table t (a int)",
                "crate",
                "syntax error at or near \"crate\"",
                Some(("crate", "create")),
            ),
            ("CREATE TABLE t (a int", "t", "syntax error at end of input", None),
            (
                "ALTER TABLE t ADD COLUM x int y",
                "int",
                "syntax error at or near \"int\"",
                Some(("COLUM", "COLUMN")),
            ),
            ("SELECT 'é', FROM t", "FROM", "syntax error at or near \"FROM\"", None),
            (
                "INSERT INTO t VALUES ('it's')",
                "s",
                "unterminated quoted string at or near \"')\"",
                None,
            ),
        ] {
            let error = first_error(text);
            assert_eq!(error.message, message, "{text}");
            if error.message.contains("near") && !error.message.contains("unterminated") {
                assert_eq!(&text[error.range.clone()], at, "{text}");
            }
            let found =
                error.suggestion.as_ref().map(|(word, keyword)| (word.as_str(), keyword.as_str()));
            assert_eq!(found, suggestion, "{text}");
        }
    }

    #[test]
    fn what_is_too_deep_is_taken_and_not_understood() {
        for (sql, understood) in [
            (format!("SELECT true{}", " OR true".repeat(100)), true),
            (format!("SELECT true{}", " OR true".repeat(600)), false),
            (format!("SELECT {}1{}", "(".repeat(600), ")".repeat(600)), false),
            (format!("INSERT INTO t VALUES (1){}", ", (1)".repeat(2_000)), true),
        ] {
            let statement = read(&sql).remove(0);
            assert_eq!(statement.error, None);
            assert_eq!(statement.tree.is_some(), understood, "{}", &sql[..30]);
        }
    }

    /// Chains as long as they may be, on the stack that a thread has by default.
    #[test]
    fn long_chains_need_little_stack() {
        for link in [" || 1", " + 1", " OR a = 1", " AND NOT a"] {
            for times in [100, 200, 300, 400, 490] {
                let sql = format!("SELECT a{}", link.repeat(times));
                assert_eq!(read(&sql).len(), 1, "{sql}");
            }
        }
    }

    /// As deep as statements may be, without optimisation, on the stack of a main thread.
    #[test]
    fn deep_statements_need_no_more_than_eight_megabytes() {
        let apart = std::thread::Builder::new().stack_size(8 << 20);
        apart.spawn(deep_statements).expect("a thread").join().expect("no panic");
    }

    fn deep_statements() {
        for (head, before, core, after) in [
            ("SELECT 1", "", "", " = 1"),
            ("SELECT ", "NOT ", "a", ""),
            ("SELECT ", "- ", "1", ""),
            ("SELECT ", "1 + (", "1", ")"),
            ("SELECT ", "a IN (", "1", ")"),
            ("SELECT ", "(1, ", "1", ")"),
            ("SELECT ", "f(", "1", ")"),
            ("SELECT ", "coalesce(", "1", ")"),
            ("SELECT ", "CASE WHEN a THEN ", "1", " END"),
            ("SELECT ", "ARRAY[", "1", "]"),
            ("SELECT ", "(SELECT ", "1", ")"),
            ("SELECT ", "EXISTS (SELECT ", "1", ")"),
            ("SELECT ", "a = ANY (SELECT ", "1", ")"),
            ("SELECT a", "", "", "::int"),
            ("SELECT a", "", "", ".b"),
            ("SELECT a", "", "", "[1]"),
            ("SELECT a", "", "", " IS NULL"),
            ("SELECT a", "", "", " COLLATE b"),
            ("SELECT a", "", "", " BETWEEN 1 AND 2"),
            ("SELECT 1", "", "", " UNION SELECT 1"),
            ("SELECT 1 FROM a", "", "", " NATURAL JOIN a"),
            ("SELECT 1 FROM ", "(", "a", " NATURAL JOIN b)"),
            ("SELECT 1 FROM ", "(SELECT 1 FROM ", "a", ") a"),
            ("SELECT 1 FROM ", "LATERAL (SELECT 1 FROM a JOIN ", "a ON true", ") a ON true"),
            ("", "WITH a AS (", "SELECT 1", ") SELECT 1"),
            ("", "(", "SELECT 1", ")"),
            ("CREATE VIEW v AS ", "(SELECT (", "1", "))"),
            ("ALTER TABLE t ADD CHECK (", "f(g(", "1", ")) > 0)"),
        ] {
            for times in (1..9).map(|it| it * 60) {
                let sql = format!("{head}{}{core}{}", before.repeat(times), after.repeat(times));
                assert_eq!(read(&sql).len(), 1, "{sql}");
            }
        }
    }

    #[test]
    fn an_error_stays_in_its_statement() {
        let statements = read("CREATE TABLE a (x int); CREATE TABEL b (); CREATE TABLE c (y int);");
        let errors: Vec<bool> = statements.iter().map(|s| s.error.is_some()).collect();
        assert_eq!(errors, [false, true, false]);
    }

    #[test]
    fn words_are_compared_as_people_mistype_them() {
        assert_eq!(distance("TABEL", "TABLE"), 1);
        assert_eq!(distance("", "ABC"), 3);
        assert_eq!(distance("COLUM", "COLUMN"), 1);
        assert_eq!(nearest("bliling", ["main", "billing"]), Some("billing"));
        assert_eq!(nearest("xyz", ["main", "billing"]), None);
    }
}
