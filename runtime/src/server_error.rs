//! What a server says when it refuses something, and where in a revision's file that is.

use std::fmt;

use pgmigrate_chain::{Revision, RevisionId, Statement};

use crate::excerpt::Excerpt;

/// What a server answers to a statement that it refuses, as it says it. No driver's type.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServerMessage {
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) detail: Option<String>,
    pub(crate) hint: Option<String>,
    pub(crate) position: Option<Position>,
    pub(crate) context: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) table: Option<String>,
    pub(crate) column: Option<String>,
    pub(crate) data_type: Option<String>,
    pub(crate) constraint: Option<String>,
}

/// Where the server sees the mistake, in characters from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Position {
    /// In the message that was sent.
    Sent(usize),
    /// In a query that the server made itself: in a function, or a `DO` block.
    Internal {
        /// Where in that query.
        position: usize,
        /// The query.
        query: String,
    },
}

/// An error of the server, with the place in the revision's file that it is about.
///
/// The text fields are the server's, in its language. Displayed, it is several lines long, and
/// the lines of the file are shown with a caret.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServerError {
    /// `ERROR`, `FATAL` or `PANIC`.
    pub severity: String,
    /// The SQLSTATE: five characters.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// More about it.
    pub detail: Option<String>,
    /// What could be done.
    pub hint: Option<String>,
    /// Which functions were running (`where` in the protocol).
    pub context: Option<String>,
    /// The schema that it is about.
    pub schema: Option<String>,
    /// The table that it is about.
    pub table: Option<String>,
    /// The column that it is about.
    pub column: Option<String>,
    /// The data type that it is about.
    pub data_type: Option<String>,
    /// The constraint that it is about.
    pub constraint: Option<String>,
    /// Where in the revision's file; none where the statement is not of a file.
    pub place: Option<Place>,
    /// The query that failed, where the server made it itself, with a caret.
    pub internal_query: Option<String>,
}

/// A place in a revision's file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The revision.
    pub revision: RevisionId,
    /// Its file, as it is shown to people.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Whether the server named this place; if not, it is where the statement begins.
    pub exact: bool,
    /// The line of the file with its number, and the caret below where the place is exact.
    pub snippet: String,
}

impl ServerError {
    /// An error about a statement of a revision. `prefix` is how many characters were sent before
    /// the statement in the same message.
    pub(crate) fn in_statement(
        message: ServerMessage,
        revision: &Revision,
        statement: &Statement,
        prefix: usize,
    ) -> Self {
        let position = match message.position {
            Some(Position::Sent(position)) => Some(position),
            _ => None,
        };
        let place = Place::of(revision, statement, position, prefix);
        Self { place: Some(place), ..Self::elsewhere(message) }
    }

    /// An error about a statement that is in no file.
    pub(crate) fn elsewhere(message: ServerMessage) -> Self {
        let internal_query = match &message.position {
            Some(Position::Internal { position, query }) => {
                let offset = offset_of(query, *position);
                Some(Excerpt::at(query, offset).render(true))
            }
            _ => None,
        };
        Self {
            severity: message.severity,
            code: message.code,
            message: message.message,
            detail: message.detail,
            hint: message.hint,
            context: message.context,
            schema: message.schema,
            table: message.table,
            column: message.column,
            data_type: message.data_type,
            constraint: message.constraint,
            place: None,
            internal_query,
        }
    }
}

impl Place {
    fn of(
        revision: &Revision,
        statement: &Statement,
        position: Option<usize>,
        prefix: usize,
    ) -> Self {
        let position = position.and_then(|p| p.checked_sub(prefix)).filter(|&p| p > 0);
        let within = position.map_or(0, |p| offset_of(revision.sql(statement), p));
        let excerpt = Excerpt::at(&revision.text, statement.range.start + within);
        Self {
            revision: revision.id.clone(),
            path: revision.path.clone(),
            line: excerpt.line,
            column: excerpt.column,
            exact: position.is_some(),
            snippet: excerpt.render(position.is_some()),
        }
    }
}

/// The byte offset of a character that is counted from 1; one past the end is the end.
fn offset_of(text: &str, position: usize) -> usize {
    text.char_indices().nth(position.saturating_sub(1)).map_or(text.len(), |(offset, _)| offset)
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.severity, self.code, self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {}:{}:{}\n{}", place.path, place.line, place.column, place.snippet)?;
        }
        if let Some(query) = &self.internal_query {
            write!(f, "\n  in a query of the server's own:\n{query}")?;
        }
        for (word, text) in
            [("detail", &self.detail), ("hint", &self.hint), ("where", &self.context)]
        {
            if let Some(text) = text {
                write!(f, "\n  {word}: {}", text.replace('\n', "\n    "))?;
            }
        }
        Ok(())
    }
}

// `main` and `unwrap` print an error by `Debug`: there too, it is to be read by people.
impl fmt::Debug for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ServerError {}

impl fmt::Display for ServerMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.severity, self.code, self.message)
    }
}
