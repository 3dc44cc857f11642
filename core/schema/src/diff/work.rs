//! The schema on its way: statements are run on it as they are found.

use crate::catalog::{Catalog, Entry, Object, ObjectId};
use crate::diagnostic::Diagnostic;
use crate::dump::Names;
use crate::replay::Replay;
use crate::sql::lower;

/// A schema that is being changed into another.
pub(super) struct Work<'t> {
    replay: Replay,
    /// What it is to become.
    pub(super) to: &'t Catalog,
    steps: Vec<String>,
    refused: Vec<(String, String)>,
}

impl<'t> Work<'t> {
    pub(super) fn new(from: &Replay, to: &'t Catalog) -> Self {
        let mut replay = from.clone();
        replay.source("");
        replay.catalog_mut().take_as_certain();
        Self { replay, to, steps: Vec::new(), refused: Vec::new() }
    }

    /// The schema as it is by now.
    pub(super) fn now(&self) -> &Catalog {
        self.replay.catalog()
    }

    /// Names as they are by now.
    pub(super) fn names(&self) -> Names<'_> {
        Names { catalog: self.replay.catalog() }
    }

    /// Names as they should be.
    pub(super) fn wanted(&self) -> Names<'t> {
        Names { catalog: self.to }
    }

    pub(super) fn entry(&self, id: ObjectId) -> Option<&Entry> {
        self.now().get(id)
    }

    /// An object that is wanted.
    pub(super) fn object_wanted(&self, id: ObjectId) -> Option<&'t Object> {
        self.to.get(id).map(|entry| &entry.object)
    }

    /// Takes a statement into the way. Where it would be refused, that is kept to be said.
    pub(super) fn run(&mut self, sql: String) -> bool {
        match self.refusal(&sql) {
            None => {
                self.steps.push(sql);
                true
            }
            Some(refusal) => {
                self.refused.push((sql, refusal));
                false
            }
        }
    }

    /// Takes a statement into the way, if it would not be refused.
    pub(super) fn attempt(&mut self, sql: String) -> bool {
        let taken = self.refusal(&sql).is_none();
        if taken {
            self.steps.push(sql);
        }
        taken
    }

    /// Runs a statement; why it would be refused, if it would.
    fn refusal(&mut self, sql: &str) -> Option<String> {
        match lower::parse(sql, 0..sql.len()) {
            (Some(statement), _) => {
                let found = self.replay.run(sql, 0..sql.len(), &statement);
                found.into_iter().find(Diagnostic::is_error).map(|error| error.message)
            }
            (None, error) => {
                Some(error.map_or_else(|| "it is not understood".to_owned(), |it| it.message))
            }
        }
    }

    pub(super) fn finish(self) -> (Vec<String>, Vec<(String, String)>, Catalog) {
        (self.steps, self.refused, self.replay.catalog().clone())
    }
}
