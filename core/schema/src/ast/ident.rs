//! Names, and where they stand.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

/// A byte range in the text of a file.
///
/// Any two are equal, so that trees compare by what they say.
#[derive(Clone, Copy, Default)]
pub struct TextRange {
    pub start: usize,
    pub end: usize,
}

impl TextRange {
    /// The range as the standard library has it.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// From the start of this one to the end of another.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self { start: self.start, end: last.end }
    }
}

impl PartialEq for TextRange {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TextRange {}

impl PartialOrd for TextRange {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TextRange {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// An identifier as the server keeps it: folded to lower case unless quoted, unescaped, and cut
/// to 63 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ident {
    pub text: String,
    pub range: TextRange,
}

impl Ident {
    /// The longest identifier that a server keeps, in bytes (`NAMEDATALEN - 1`).
    pub const MAX_BYTES: usize = 63;

    /// An identifier, cut where the server would cut it.
    pub fn new(mut text: String, range: TextRange) -> Self {
        if text.len() > Self::MAX_BYTES {
            let mut end = Self::MAX_BYTES;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        Self { text, range }
    }
}

impl fmt::Display for Ident {
    /// Quoted where it would not be read back as it is. Keywords are not known here.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c == '_' || c.is_ascii_lowercase() || !c.is_ascii();
        let simple = self.text.chars().next().is_some_and(plain)
            && self.text.chars().all(|c| plain(c) || c.is_ascii_digit() || c == '$');
        if simple {
            f.write_str(&self.text)
        } else {
            write!(f, "\"{}\"", self.text.replace('"', "\"\""))
        }
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A name with the names that qualify it, outermost first: `schema.table`,
/// `catalog.schema.table`, `schema.table.column`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    pub qualifiers: Vec<Ident>,
    pub name: Ident,
    pub range: TextRange,
}

impl Name {
    /// The name directly in front, which is the schema of most objects.
    pub fn schema(&self) -> Option<&Ident> {
        self.qualifiers.last()
    }

    /// A name in `pg_catalog`, as the grammar itself supplies for types and functions.
    pub fn system(name: &str, range: TextRange) -> Self {
        Self {
            qualifiers: vec![Ident::new("pg_catalog".to_owned(), range)],
            name: Ident::new(name.to_owned(), range),
            range,
        }
    }
}

impl From<Ident> for Name {
    fn from(name: Ident) -> Self {
        let range = name.range;
        Self { qualifiers: Vec::new(), name, range }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for qualifier in &self.qualifiers {
            write!(f, "{qualifier}.")?;
        }
        write!(f, "{}", self.name)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A string constant, with its escapes resolved.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StringConst {
    pub value: String,
    /// Where the value stands in the text as it is, with no escape in it: so that a place in
    /// the value (a function's body) is a place in the text.
    pub verbatim: Option<TextRange>,
    pub range: TextRange,
}

impl fmt::Debug for StringConst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}'", self.value.replace('\'', "''"))
    }
}
