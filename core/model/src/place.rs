//! Where parts of models stand, and what is said of them there.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proc_macro2::Span;

/// A place in a source file.
///
/// The compiler knows the places of what a macro reads, and says them with its errors; such a
/// place is empty here.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// Byte range in its text.
    pub range: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Place {
    /// The place of a span of a text that is still without a file.
    #[cfg(feature = "find")]
    pub(crate) fn of(span: Span) -> Self {
        let start = span.start();
        let (line, column) = (start.line, start.column + 1);
        Self { path: PathBuf::new(), range: span.byte_range(), line, column }
    }

    /// Nothing: only the compiler knows.
    #[cfg(not(feature = "find"))]
    pub(crate) fn of(_: Span) -> Self {
        Self::default()
    }

    /// The beginning of a file.
    pub fn file(path: &Path) -> Self {
        Self { path: path.to_owned(), range: 0..0, line: 1, column: 1 }
    }

    /// The order in which places are listed.
    #[cfg(feature = "find")]
    pub(crate) fn key(&self) -> (&Path, usize, usize) {
        (&self.path, self.range.start, self.range.end)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

/// What is to be said of models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it counts.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// Another place that it is about.
    pub other: Option<Place>,
    /// What, in one line.
    pub message: String,
}

/// How much a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The models are not known.
    Error,
    /// Models may be there that nobody sees.
    Unseen,
}

impl Finding {
    /// What is wrong at a place.
    pub fn error(place: Place, message: impl Into<String>) -> Self {
        Self { kind: Kind::Error, place, other: None, message: message.into() }
    }

    /// What is not seen at a place.
    pub fn unseen(place: Place, message: impl Into<String>) -> Self {
        Self { kind: Kind::Unseen, place, other: None, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Finding {}
