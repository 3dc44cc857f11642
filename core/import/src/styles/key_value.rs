//! `key = value` lines, as far as the settings of migrations need TOML or Java properties.

use super::Text;
use crate::{Place, Refusal};

/// One line of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) line: usize,
    pub(super) key: &'a str,
    /// Without its quotes.
    pub(super) value: &'a str,
}

impl Entry<'_> {
    /// The refusal of a key or a value whose meaning is not known.
    pub(super) fn not_understood(&self, file: Text<'_>) -> Refusal {
        let what = format!("`{} = {}` is not understood", self.key, self.value);
        Refusal::NotUnderstood { place: Place::line(file.path, self.line), what }
    }
}

/// Reads a file of settings; anything but `key = value`, comments and blank lines is refused.
pub(super) fn read(file: Text<'_>) -> Result<Vec<Entry<'_>>, Refusal> {
    let mut entries = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let code = line.split('#').next().unwrap_or_default().trim();
        if code.is_empty() {
            continue;
        }
        let line = index + 1;
        let Some((key, value)) = code.split_once('=') else {
            let what = format!("`{code}` is not `key = value`");
            return Err(Refusal::NotUnderstood { place: Place::line(file.path, line), what });
        };
        entries.push(Entry { line, key: key.trim(), value: unquote(value.trim()) });
    }
    Ok(entries)
}

/// A value without the quotes around it.
pub(super) fn unquote(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_keys_and_values() {
        let text = "# a comment\n\nprovider = \"postgresql\" # so\r\nx=y\n";
        let entries = read(Text { path: "f", text }).expect("it is well formed");
        let shown: Vec<_> = entries.iter().map(|e| (e.line, e.key, e.value)).collect();
        assert_eq!(shown, [(3, "provider", "postgresql"), (4, "x", "y")]);
        let refused = read(Text { path: "f", text: "a = 1\n[section]\n" }).expect_err("a section");
        assert!(refused.to_string().starts_with("f:2: `[section]` is not `key = value`"));
    }
}
