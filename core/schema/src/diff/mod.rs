//! The difference between two schemas, as the SQL that leads from one to the other.
//!
//! Every statement that is found is run, symbolically, on a copy of the schema that it is for. So
//! each next one is decided on the state that the ones before it really lead to: with the names
//! that the server makes up, and with all that goes along when something is dropped. In the end,
//! the copy is compared with what was wanted, and what is left is said, and not passed over.
//!
//! The order is: what comes before all else (schemas, extensions), what stands in the way (from
//! the last dependent on), then what is new or other, each object after what it needs.

mod definition;
mod extra;
mod gone;
mod table;
mod twin;
mod wanted;
mod work;

#[cfg(test)]
mod tests;

pub use wanted::{Models, Refused, wanted};

use crate::catalog::Catalog;
use crate::dump;
use crate::replay::Replay;
use work::Work;

/// The way from one schema to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// The statements, in the order in which they run, without semicolons.
    pub steps: Vec<String>,
    /// What they do not reach: parts of the schema as they are after them, and as they should be.
    pub left: Vec<Left>,
    /// Statements that would have been needed, and that the server would refuse, with its reason.
    pub refused: Vec<(String, String)>,
}

/// A part of the schema that the statements do not lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// As it is after them; none where it is not there.
    pub is: Option<String>,
    /// As it should be; none where it should not be there.
    pub wanted: Option<String>,
}

impl Diff {
    /// Whether there is no difference.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.left.is_empty()
    }
}

/// Finds the way from one schema to another.
pub fn diff(from: &Replay, to: &Catalog) -> Diff {
    let mut work = Work::new(from, to);
    work.make_room();
    work.remove();
    work.build();
    work.extras();
    let (steps, refused, after) = work.finish();
    let (is, wanted) = (dump::all_parts(&after), dump::all_parts(to));
    let mut left = Vec::new();
    for key in is.keys().chain(wanted.keys().filter(|key| !is.contains_key(*key))) {
        if is.get(key) != wanted.get(key) {
            left.push(Left { is: is.get(key).cloned(), wanted: wanted.get(key).cloned() });
        }
    }
    Diff { steps, left, refused }
}
