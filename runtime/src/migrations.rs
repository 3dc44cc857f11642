//! The chain that a program carries.

use std::sync::Arc;

use pgmigrate_chain::{Chain, index};
use postgres::Client;

use crate::{Error, Report, Runner, Status};

/// A chain of revisions, ready to be applied.
///
/// It is cheap to clone, and can be a `const` or a `static` where a macro embeds it.
#[derive(Debug, Clone)]
pub struct Migrations(Source);

#[derive(Debug, Clone)]
enum Source {
    Embedded { index: &'static str, texts: &'static [&'static str] },
    Read(Arc<Chain>),
}

impl Migrations {
    /// A chain that a macro embedded. It is decoded each time it is used, so that nothing is kept
    /// in memory once the database is up to date.
    #[doc(hidden)]
    pub const fn embedded(index: &'static str, texts: &'static [&'static str]) -> Self {
        Self(Source::Embedded { index, texts })
    }

    /// Applies every revision that is not applied yet.
    ///
    /// Where there is nothing to do, this is one query, and needs no right but to read the history
    /// table. Any number of processes may call it at the same time: one of them works, the others
    /// wait and find the work done. [`Migrations::runner`] has settings.
    pub fn upgrade(&self, client: &mut Client) -> Result<Report, Error> {
        self.runner().upgrade(client)
    }

    /// Finds out where the database stands, in one query that changes nothing.
    pub fn status(&self, client: &mut Client) -> Result<Status, Error> {
        self.runner().status(client)
    }

    /// Everything that can be set, and everything else that can be done.
    pub fn runner<'a>(&self) -> Runner<'a> {
        Runner::new(self.clone())
    }

    pub(crate) fn chain(&self) -> Result<Arc<Chain>, Error> {
        match &self.0 {
            Source::Read(chain) => Ok(Arc::clone(chain)),
            Source::Embedded { index, texts } => {
                let revisions = index::decode(index, texts).map_err(Error::Embedded)?;
                Chain::new(revisions).map(Arc::new).map_err(Error::Chain)
            }
        }
    }
}

impl From<Chain> for Migrations {
    fn from(chain: Chain) -> Self {
        Self(Source::Read(Arc::new(chain)))
    }
}
