//! Names and texts as they are written in SQL.

/// A string literal. Where it holds a backslash it is written as `E'…'`, which means the same
/// whatever `standard_conforming_strings` is.
pub(crate) fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

/// A name, always quoted.
pub(crate) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name as people write it: quoted only where it must be.
pub(crate) fn shown(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { identifier(name) }
}

/// Whether a name reads the same without quotes. Keywords do not count as plain or not: this is
/// for people, and [`identifier`] is for the server.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_keep_their_meaning() {
        for (text, sql) in [
            ("plain", "'plain'"),
            ("it's", "'it''s'"),
            (r"a\b", r"E'a\\b'"),
            (r"\'", r"E'\\'''"),
            ("", "''"),
        ] {
            assert_eq!(literal(text), sql);
        }
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        assert_eq!(identifier("a\"b"), "\"a\"\"b\"");
        for (name, text) in
            [("users", "users"), ("_x1", "_x1"), ("Users", "\"Users\""), ("1a", "\"1a\"")]
        {
            assert_eq!(shown(name), text);
        }
    }
}
