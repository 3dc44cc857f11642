//! A place in the folder, as people name it.

use std::fmt;

/// A file, or a line in it, or a character of that line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the folder.
    pub path: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    pub column: Option<usize>,
}

impl Place {
    /// A file as a whole.
    pub(crate) fn file(path: &str) -> Self {
        Self { path: path.to_owned(), line: None, column: None }
    }

    /// A line of a file.
    pub(crate) fn line(path: &str, line: usize) -> Self {
        Self { line: Some(line), ..Self::file(path) }
    }

    /// The place of a byte of a text, in a file of which `lines_above` lines come before it.
    pub(crate) fn of(path: &str, lines_above: usize, text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            path: path.to_owned(),
            line: Some(before.matches('\n').count() + 1 + lines_above),
            column: Some(before[start..].chars().count() + 1),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_characters_count_from_one() {
        let text = "a\né x\n";
        for (offset, expected) in
            [(0, "f:1:1"), (1, "f:1:2"), (2, "f:2:1"), (4, "f:2:2"), (7, "f:3:1")]
        {
            assert_eq!(Place::of("f", 0, text, offset).to_string(), expected, "{offset}");
        }
        assert_eq!(Place::of("f", 4, text, 5).to_string(), "f:6:3");
        assert_eq!(Place::line("f", 2).to_string(), "f:2");
        assert_eq!(Place::file("f").to_string(), "f");
    }
}
