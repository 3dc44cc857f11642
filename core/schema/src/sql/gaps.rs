//! What the server takes and the parser refuses: an operator class in an exclusion constraint.

use super::{Kind, Token, tokens};

/// The statement without the operator classes of its exclusion constraints, `EXCLUDE USING gist
/// (period range_ops WITH &&)`: blanks stand in their place, so that every position stays.
///
/// None where there is no such thing. Source: PostgreSQL manual, "CREATE TABLE",
/// `exclude_element`.
pub(super) fn without_operator_classes(sql: &str) -> Option<String> {
    let solid: Vec<Token> = tokens(sql).into_iter().filter(|token| !token.is_trivia()).collect();
    let reader = Reader { sql, tokens: &solid };
    let mut text = sql.as_bytes().to_vec();
    let mut at = 0;
    while at < solid.len() {
        if !reader.is_word(at, "exclude") {
            at += 1;
            continue;
        }
        while at < solid.len() && solid[at].kind != Kind::Open {
            at += 1;
        }
        let end = reader.group_end(at);
        let mut element = at + 1;
        while element < end {
            let column = reader.column_end(element);
            let with = reader.find(column, end, |at| reader.is_word(at, "with"));
            for token in solid.get(column..with).unwrap_or_default() {
                text[token.range.clone()].fill(b' ');
            }
            element = 1 + reader.find(with, end, |at| reader.is(at, ","));
        }
        at = end + 1;
    }
    String::from_utf8(text).ok().filter(|text| text != sql)
}

struct Reader<'a> {
    sql: &'a str,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| &self.sql[token.range.clone()] == text)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word && self.sql[token.range.clone()].eq_ignore_ascii_case(word)
        })
    }

    /// Where the parenthesis that opens at a token is closed, or the end.
    fn group_end(&self, open: usize) -> usize {
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

    /// Where an element's column, function call or expression ends.
    fn column_end(&self, start: usize) -> usize {
        let opens = |at: usize| self.tokens.get(at).is_some_and(|it| it.kind == Kind::Open);
        let mut at = start;
        if !opens(at) {
            at += 1;
            while self.is(at, ".") {
                at += 2;
            }
        }
        if opens(at) { self.group_end(at) + 1 } else { at }
    }

    /// The first token outside of parentheses that is wanted, or the end.
    fn find(&self, start: usize, end: usize, wanted: impl Fn(usize) -> bool) -> usize {
        let mut at = start;
        while at < end && !wanted(at) {
            at = if self.tokens[at].kind == Kind::Open { self.group_end(at) + 1 } else { at + 1 };
        }
        at.min(end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn operator_classes_of_exclusion_constraints_are_grammar() {
        for sql in [
            "CREATE TABLE t (r tsrange, EXCLUDE USING gist (r range_ops WITH &&))",
            "CREATE TABLE t (r tsrange, CONSTRAINT c EXCLUDE USING gist (lower(r) COLLATE \"C\" \
             public.range_ops DESC NULLS LAST WITH =, (a || b) x_ops (siglen = 32) WITH &&), b int)",
            "ALTER TABLE t ADD EXCLUDE USING gist (id gist_int8_ops WITH =, r WITH &&) WHERE (id > 0)",
            "ALTER TABLE t ADD EXCLUDE USING gist (id WITH OPERATOR(pg_catalog.=))",
        ] {
            assert_eq!(read(sql)[0].error, None, "{sql}");
        }
    }

    #[test]
    fn what_else_is_wrong_beside_them_is_still_found() {
        for (sql, at) in [
            ("CREATE TABLE t (EXCLUDE USING gist (r range_ops WITH &&), b int NOT UNLL)", "UNLL"),
            ("ALTER TABLE t ADD EXCLUDE USING gist (r range_ops WITH &&) WHER (true)", "WHER"),
            ("ALTER TABLE t ADD EXCLUDE USING gist (r range_ops", ""),
            ("ALTER TABLE t ADD EXCLUDE", ""),
        ] {
            let error = read(sql)[0].error.clone().expect(sql);
            assert!(at.is_empty() || &sql[error.range] == at, "{sql}: {}", error.message);
        }
    }
}
