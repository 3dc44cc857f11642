//! What the server takes and the parser refuses.
//!
//! The parser is shown another text of the same length, so that every position stays, and what it
//! was not shown is put into the tree afterwards.

mod exclusion;
mod names;
mod reader;
mod trigger;

use super::SyntaxError;
use crate::ast::Statement;

/// A statement that the parser refuses as it stands, and may take in other words.
pub(super) enum Gap {
    Exclusions(exclusion::Exclusions),
    Names(names::Names),
    TriggerArguments(trigger::Arguments),
}

impl Gap {
    /// None where there is nothing of the kind.
    pub(super) fn of(sql: &str) -> Option<Self> {
        let exclusions = || exclusion::Exclusions::of(sql).map(Self::Exclusions);
        let names = || names::Names::of(sql).map(Self::Names);
        let arguments = || trigger::Arguments::of(sql).map(Self::TriggerArguments);
        exclusions().or_else(names).or_else(arguments)
    }

    /// What to show to the parser.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Exclusions(it) => &it.text,
            Self::Names(it) => &it.text,
            Self::TriggerArguments(it) => &it.text,
        }
    }

    /// Puts what the parser was not shown into the tree of the statement, which starts at a byte
    /// offset of its text. None where that cannot be.
    ///
    /// # Errors
    ///
    /// Where it is wrong in itself.
    pub(super) fn fill(
        &self,
        sql: &str,
        start: usize,
        tree: Statement,
    ) -> Result<Option<Statement>, SyntaxError> {
        match self {
            Self::Exclusions(it) => it.fill(sql, start, tree),
            Self::Names(it) => Ok(Some(it.fill(tree))),
            Self::TriggerArguments(it) => Ok(Some(it.fill(sql, start, tree))),
        }
    }
}
