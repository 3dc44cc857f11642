//! Looking up what people typed, with the database's help where it takes that.

use pgmigrate_chain::{Applied, Identifier, IdentifierError, IdentifierErrorKind, Purpose, Range};

use crate::Context;
use crate::chain::OpenChain;
use crate::database::Database;
use crate::error::CommandError;

/// Looks up identifiers. A database is asked only for those that are relative to it, and once.
pub(crate) struct Lookup<'a> {
    context: &'a Context,
    open: &'a OpenChain,
    applied: Option<Applied>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(context: &'a Context, open: &'a OpenChain) -> Self {
        Self { context, open, applied: None }
    }

    /// The revisions that an identifier names; none for the state before the first.
    pub(crate) fn revisions(
        &mut self,
        typed: &str,
        purpose: Purpose,
    ) -> Result<Vec<usize>, CommandError> {
        let identifier = Identifier::parse(typed)?;
        let graph = self.open.chain.graph();
        let resolved = self.asking(|applied| identifier.resolve(graph, applied, purpose))?;
        Ok(resolved.revisions)
    }

    /// The revisions of a range, in the order of the graph.
    pub(crate) fn range(&mut self, typed: &str) -> Result<Vec<usize>, CommandError> {
        let range = Range::parse(typed)?;
        let graph = self.open.chain.graph();
        self.asking(|applied| range.resolve(graph, applied))
    }

    /// What the database has applied.
    pub(crate) fn applied(&mut self) -> Result<&Applied, CommandError> {
        let applied = if let Some(applied) = self.applied.take() {
            applied
        } else {
            let OpenChain { project, chain, .. } = self.open;
            Database::connect(self.context, project, chain)?.applied()?
        };
        Ok(self.applied.insert(applied))
    }

    fn asking<T>(
        &mut self,
        resolve: impl Fn(Option<&Applied>) -> Result<T, IdentifierError>,
    ) -> Result<T, CommandError> {
        match resolve(self.applied.as_ref()) {
            Err(error) if error.kind == IdentifierErrorKind::NeedsDatabase => {
                if !Database::is_known(self.context, &self.open.project) {
                    return Err(error.into());
                }
                Ok(resolve(Some(self.applied()?))?)
            }
            resolved => Ok(resolved?),
        }
    }
}
