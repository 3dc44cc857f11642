//! What is found on the way: notes, and reasons to refuse.

use std::cmp::Ordering;

use crate::{Note, Place, Refusal};

/// All that is found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    notes: Vec<Note>,
    refusals: Vec<Refusal>,
}

impl Findings {
    pub(crate) fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.refusals.push(refusal);
    }

    pub(crate) fn refuse_all(&mut self, refusals: Vec<Refusal>) {
        self.refusals.extend(refusals);
    }

    pub(crate) fn is_refused(&self) -> bool {
        !self.refusals.is_empty()
    }

    /// The notes; or the refusals, if there is one. Both in the order of files and lines, what is
    /// about the folder as a whole last.
    pub(crate) fn into_result(mut self) -> Result<Vec<Note>, Vec<Refusal>> {
        if self.refusals.is_empty() {
            self.notes.sort_by(|a, b| order(a.place(), b.place()));
            return Ok(self.notes);
        }
        self.refusals.sort_by(|a, b| order(a.place(), b.place()));
        Err(self.refusals)
    }
}

fn order(a: Option<&Place>, b: Option<&Place>) -> Ordering {
    a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(&b))
}
