//! Ranges of revisions: `FROM:TO`.

use std::fmt;
use std::str::FromStr;

use super::{Identifier, IdentifierError, IdentifierErrorKind, Point, Purpose};
use crate::{Applied, Graph, Links};

/// Part of a chain: `FROM:TO`, both included; an end that is left out is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    text: String,
    /// The lower end.
    pub start: Option<Identifier>,
    /// The upper end.
    pub end: Option<Identifier>,
}

impl Range {
    /// Reads a range.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let end = |side: &str| match side {
            "" => Ok(None),
            side => Identifier::parse(side).map(Some),
        };
        match *text.split(':').collect::<Vec<_>>() {
            [from, to] => Ok(Self { text: text.to_owned(), start: end(from)?, end: end(to)? }),
            [""] | [_, _, ..] => {
                let instead = ["FROM:TO", "FROM:", ":TO"];
                Err(IdentifierError::new(text, IdentifierErrorKind::NotARange).instead(instead))
            }
            _ => {
                let instead = [format!("{text}:"), format!(":{text}"), format!("{text}:{text}")];
                Err(IdentifierError::new(text, IdentifierErrorKind::NotARange).instead(instead))
            }
        }
    }

    /// The range as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The revisions that are built on the start and that the end is built on, dependencies
    /// included, in the order of the graph. What is applied is needed where an end is relative
    /// to it.
    pub fn resolve(
        &self,
        graph: &Graph,
        applied: Option<&Applied>,
    ) -> Result<Vec<usize>, IdentifierError> {
        let resolve = |side: &Option<Identifier>, purpose| {
            side.as_ref().map(|side| side.resolve(graph, applied, purpose)).transpose()
        };
        let start = resolve(&self.start, Purpose::RangeStart)?;
        let end = resolve(&self.end, Purpose::RangeEnd)?;
        // `base` as a start is the same as none, and as an end is below everything.
        let start = start.map(|start| start.revisions).filter(|start| !start.is_empty());
        let end = end.map(|end| end.revisions);

        let above = start.as_ref().map(|start| graph.mark_above(start, Links::All));
        let below = end.as_ref().map(|end| graph.mark_below(end, Links::All));
        let marked = |marks: &Option<Vec<bool>>, at: usize| marks.as_ref().is_none_or(|m| m[at]);
        let inside = |&at: &usize| marked(&above, at) && marked(&below, at);
        let revisions: Vec<usize> = graph.order().iter().copied().filter(inside).collect();

        if let (true, Some(start), Some(end)) = (revisions.is_empty(), start, end)
            && !(end.is_empty() && self.ends_at_current())
        {
            let below_start = graph.mark_below(&start, Links::All);
            if end.iter().all(|&at| below_start[at]) {
                let side = |side: &Option<Identifier>| {
                    side.as_ref().map_or_else(String::new, |side| side.as_str().to_owned())
                };
                let instead = format!("{}:{}", side(&self.end), side(&self.start));
                let error = IdentifierError::new(&self.text, IdentifierErrorKind::Reversed);
                return Err(error.instead([instead]));
            }
            return Err(IdentifierError::new(&self.text, IdentifierErrorKind::Unrelated));
        }
        Ok(revisions)
    }

    /// With nothing applied, what is applied is no range to complain about.
    fn ends_at_current(&self) -> bool {
        self.end.as_ref().is_some_and(|end| end.point == Point::Current)
    }
}

impl FromStr for Range {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
