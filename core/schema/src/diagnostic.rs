//! A finding, as data; how it is shown is the business of [`render`](mod@crate::render).

use std::ops::Range;

use pgmigrate_chain::RevisionId;
use serde::{Deserialize, Serialize};

use crate::Code;

/// How much a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The build fails.
    Error,
    /// The build goes on.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in one of the files that were checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The file, as it is shown.
    pub path: String,
    /// Byte range in its text; an empty range at 0 stands for the file as a whole.
    pub range: Range<usize>,
    /// What is to be said at that place; may be empty.
    pub label: String,
}

impl Span {
    /// A place in a file, with nothing said there yet.
    pub fn new(path: impl Into<String>, range: Range<usize>) -> Self {
        Self { path: path.into(), range, label: String::new() }
    }

    /// The file as a whole.
    pub fn file(path: impl Into<String>) -> Self {
        Self::new(path, 0..0)
    }

    /// Says something at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Whether it stands for the file as a whole.
    pub fn is_file(&self) -> bool {
        self.range == (0..0)
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The check that found it.
    pub code: Code,
    /// How much it counts.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where; none for a finding about the directory.
    pub primary: Option<Span>,
    /// Other places that explain it, in any file.
    pub secondary: Vec<Span>,
    /// What to do about it, a sentence each.
    pub help: Vec<String>,
    /// The revision that it is about, where it is about one.
    #[serde(with = "revision_id")]
    pub revision: Option<RevisionId>,
}

impl Diagnostic {
    /// A finding with the severity that its check has by default.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            revision: None,
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.primary = Some(span);
        self
    }

    /// Says which revision it is about.
    #[must_use]
    pub fn about(mut self, revision: &RevisionId) -> Self {
        self.revision = Some(revision.clone());
        self
    }

    /// Adds a place that explains it.
    #[must_use]
    pub fn also(mut self, span: Span) -> Self {
        self.secondary.push(span);
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Whether it fails the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A revision's id as a text, for `#[serde(with)]`.
mod revision_id {
    use pgmigrate_chain::RevisionId;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(
        id: &Option<RevisionId>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        id.as_ref().map(RevisionId::as_str).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<RevisionId>, D::Error> {
        let id = Option::<String>::deserialize(from)?;
        id.map(|id| RevisionId::new(id).map_err(D::Error::custom)).transpose()
    }
}
