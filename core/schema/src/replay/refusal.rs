//! Why a statement does not work, or why it is not known whether it does.

use crate::Code;
use crate::ast::TextRange;
use crate::catalog::Place;

/// What stops the replay of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The server would refuse it.
    Refused(Box<Refusal>),
    /// It depends on something that is not known. Nothing is reported.
    Unknown,
}

/// What a step of the replay gives.
pub(crate) type Outcome<T = ()> = Result<T, Stop>;

/// What the server would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The check, which has the SQLSTATE.
    pub(crate) code: Code,
    /// In the server's words.
    pub(crate) message: String,
    /// Where in the text that is replayed; none for the statement as a whole.
    pub(crate) range: Option<TextRange>,
    /// What to say at that place.
    pub(crate) label: String,
    /// Other places that explain it.
    pub(crate) also: Vec<(Place, String)>,
    /// What to do.
    pub(crate) help: Vec<String>,
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            range: None,
            label: String::new(),
            also: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Says where.
    pub(crate) fn at(mut self, range: TextRange) -> Self {
        self.range = Some(range);
        self
    }

    /// Says something at that place.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a place that explains it, if there is one.
    pub(crate) fn also(mut self, place: Option<Place>, label: impl Into<String>) -> Self {
        if let Some(place) = place.filter(|place| *place != Place::BEFORE) {
            self.also.push((place, label.into()));
        }
        self
    }

    /// Adds what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds the name that may have been meant.
    pub(crate) fn similar<'a>(
        self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        match crate::sql::nearest(word, candidates) {
            Some(near) => self.help(format!("a similar name exists: `{near}`")),
            None => self,
        }
    }

    /// As a result that stops the statement.
    pub(crate) fn stop<T>(self) -> Outcome<T> {
        Err(self.into())
    }
}

/// Stops a statement with nothing but words and a place.
pub(crate) fn refused<T>(code: Code, message: impl Into<String>, range: TextRange) -> Outcome<T> {
    Refusal::new(code, message).at(range).stop()
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}
