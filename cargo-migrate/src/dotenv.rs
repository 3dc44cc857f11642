//! `.env` files: `KEY=VALUE` lines, as far as a database URL needs them.

use std::path::{Path, PathBuf};

/// The value of the first of these keys that a `.env` in the directory, or in one above it, has;
/// with the key and the file. The nearest file that has one of them counts.
pub(crate) fn find(start: &Path, keys: &[&str]) -> Option<(String, String, PathBuf)> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().map(|dir| dir.join(".env")).find_map(|file| {
        let text = std::fs::read_to_string(&file).ok()?;
        let found = keys.iter().find_map(|key| Some((value(&text, key)?, (*key).to_owned())));
        found.map(|(value, key)| (value, key, file))
    })
}

/// The value of a key; the last line that sets it counts.
fn value(text: &str, key: &str) -> Option<String> {
    let mut lines = text.split('\n').rev().filter_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix("export ").map_or(line, str::trim_start);
        let (name, value) = line.split_once('=')?;
        (name.trim_end() == key).then(|| unquoted(value.trim_start()))
    });
    lines.next().filter(|value| !value.is_empty())
}

/// A value without its quotes, and without the comment that may follow it.
fn unquoted(value: &str) -> String {
    let quoted = |quote: char| value.strip_prefix(quote)?.split_once(quote).map(|(inner, _)| inner);
    if let Some(literal) = quoted('\'') {
        return literal.to_owned();
    }
    if let Some(inner) = value.strip_prefix('"') {
        let mut text = String::new();
        let mut escaped = false;
        for c in inner.chars() {
            match c {
                '"' if !escaped => return text,
                '\\' if !escaped => escaped = true,
                c => {
                    if escaped && !matches!(c, '"' | '\\' | '$') {
                        text.push('\\');
                    }
                    text.push(c);
                    escaped = false;
                }
            }
        }
        // A quote that is not closed is part of the value.
        return value.to_owned();
    }
    value.split(" #").next().unwrap_or(value).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_with_and_without_quotes() {
        for (line, expected) in [
            ("URL=postgres://a@b/c", Some("postgres://a@b/c")),
            ("export URL = postgres://a@b/c # local", Some("postgres://a@b/c")),
            ("  URL='a # b'  # c", Some("a # b")),
            (r#"URL="a \"b\" \$c \d" # e"#, Some(r#"a "b" $c \d"#)),
            ("URL=a#b\r", Some("a#b")),
            ("URL=\"open", Some("\"open")),
            ("# URL=a", None),
            ("URL=", None),
            ("OTHER_URL=a", None),
            ("URL=a\nURL=b", Some("b")),
        ] {
            assert_eq!(value(line, "URL").as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn the_nearest_file_that_has_a_key_counts() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(dir.path().join(".env"), "B=outer\n").unwrap();
        std::fs::write(dir.path().join("a/.env"), "B=inner\nA=first\n").unwrap();
        std::fs::write(inner.join(".env"), "C=other\n").unwrap();
        let (value, key, file) = find(&inner, &["A", "B"]).unwrap();
        assert_eq!((value.as_str(), key.as_str()), ("first", "A"));
        assert_eq!(file, std::path::absolute(dir.path()).unwrap().join("a/.env"));
        assert_eq!(find(dir.path(), &["B"]).unwrap().0, "outer");
    }
}
