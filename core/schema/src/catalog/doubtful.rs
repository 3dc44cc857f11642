//! Names of which nothing is certain.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Names of which it is not certain whether something has them: a statement that was refused
/// would have made or dropped it, or code whose way is not known may have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Doubtful {
    names: BTreeSet<String>,
    /// How names begin and end.
    patterns: BTreeSet<(String, String)>,
}

impl Doubtful {
    /// Adds a name.
    pub fn insert(&mut self, name: impl Into<String>) {
        self.names.insert(name.into());
    }

    /// Adds all names that begin and end so.
    pub fn insert_pattern(&mut self, start: &str, end: &str) {
        self.patterns.insert((start.to_owned(), end.to_owned()));
    }

    /// Whether a name is among them.
    pub fn contains(&self, name: &str) -> bool {
        self.names.contains(name) || self.patterns.iter().any(|(start, end)| fits(name, start, end))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.patterns.is_empty()
    }
}

impl Extend<String> for Doubtful {
    fn extend<T: IntoIterator<Item = String>>(&mut self, names: T) {
        self.names.extend(names);
    }
}

/// Whether a name begins and ends so.
pub(crate) fn fits(name: &str, start: &str, end: &str) -> bool {
    name.strip_prefix(start).is_some_and(|rest| rest.ends_with(end))
}
