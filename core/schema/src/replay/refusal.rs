//! Why a statement does not work, or why it is not known whether it does.

use crate::Code;
use crate::ast::TextRange;
use crate::catalog::{Former, Place, Went};

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

    /// Adds what became of something that had this name, if anything had.
    pub(crate) fn went(self, former: Option<Former>) -> Self {
        let Some(Former { place, went }) = former else { return self };
        let label = match went {
            Went::Dropped => "dropped here",
            Went::Renamed => "renamed here",
            Went::Moved => "moved to another schema here",
        };
        self.also(Some(place), label)
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

    /// Adds the name that may have been meant, or all of them where they are few and nothing says
    /// what became of this one.
    pub(crate) fn one_of<'a>(
        self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let candidates: Vec<&str> = candidates.into_iter().collect();
        let known = self.help.len();
        let refusal = self.similar(word, candidates.iter().copied());
        if refusal.help.len() > known
            || !refusal.also.is_empty()
            || !(1..=8).contains(&candidates.len())
        {
            return refusal;
        }
        let all: Vec<String> = candidates.iter().map(|it| format!("`{it}`")).collect();
        let are = if all.len() == 1 { "is" } else { "are" };
        refusal.help(format!("there {are}: {}", all.join(", ")))
    }

    /// Where nothing else explains it: that it may be there without the chain.
    pub(crate) fn or_assumed(self, sql: impl std::fmt::Display) -> Self {
        if !self.help.is_empty() || !self.also.is_empty() {
            return self;
        }
        self.help(format!(
            "if it is there before the chain begins, say so above the first statement: \
             `-- migrate:assume {sql};`"
        ))
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
