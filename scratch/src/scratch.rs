//! What sort of server is wanted.

use std::path::{self, PathBuf};
use std::time::Duration;

use crate::account::Account;
use crate::binaries::{Binaries, Source};
use crate::cache::Cache;
use crate::error::Error;
use crate::launch;
use crate::server::{Hold, Server};
use crate::shared;

/// The order for a server.
///
/// ```no_run
/// # fn main() -> Result<(), pgmigrate_scratch::Error> {
/// use pgmigrate_scratch::Scratch;
/// let server = Scratch::new().version(17).settings(&[("work_mem", "64MB")]).start()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Scratch {
    pub(crate) version: Option<u32>,
    pub(crate) source: Source,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) tcp: bool,
    pub(crate) cache_dir: Option<PathBuf>,
    pub(crate) linger: Duration,
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Scratch {
    /// The first server that is found, on a Unix socket only.
    pub fn new() -> Self {
        Self {
            version: None,
            source: Source::Any,
            settings: Vec::new(),
            tcp: false,
            cache_dir: None,
            linger: Duration::from_secs(30),
        }
    }

    /// Asks for a major version.
    #[must_use]
    pub fn version(mut self, major: u32) -> Self {
        self.version = Some(major);
        self
    }

    /// Asks for a source of the server's programs.
    #[must_use]
    pub fn source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// Adds server settings, which win over those that make a scratch server fast.
    #[must_use]
    pub fn settings(mut self, settings: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        self.settings.extend(settings.iter().map(owned));
        self
    }

    /// Whether the server listens on a free port of 127.0.0.1 too. Every user of the machine can
    /// then reach it, and is superuser.
    #[must_use]
    pub fn tcp(mut self, tcp: bool) -> Self {
        self.tcp = tcp;
        self
    }

    /// The directory to keep downloaded packages, fresh clusters and the notes on shared servers
    /// in.
    ///
    /// Without it, `pgmigrate-scratch` in the target directory of the cargo build that made the
    /// running program; for a program that lies elsewhere, `pgmigrate-scratch-<user id>` in the
    /// temporary directory.
    #[must_use]
    pub fn cache_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.cache_dir = Some(dir.into());
        self
    }

    /// How long a shared server stays after its last user: 30 s unless said otherwise, whole
    /// seconds. The process that starts the server decides.
    #[must_use]
    pub fn linger(mut self, time: Duration) -> Self {
        self.linger = time;
        self
    }

    /// Finds the server's programs, and downloads them if need be, but starts nothing.
    pub fn find(&self) -> Result<Binaries, Error> {
        let account = Account::choose()?;
        let cache = self.cache(&account)?;
        Binaries::find(&self.source, self.version, &cache, &account)
    }

    /// Starts a server of one's own.
    pub fn start(&self) -> Result<Server, Error> {
        let account = Account::choose()?;
        let cache = self.cache(&account)?;
        let (site, watched) = launch::start(self, Duration::ZERO, &cache, &account)?;
        Ok(Server::new(site, Hold::Own(watched)))
    }

    /// Joins the shared server `name`, or starts it.
    ///
    /// Those share a server who use the same cache directory and ask for the same name, version,
    /// source, settings and TCP.
    pub fn shared(&self, name: &str) -> Result<Server, Error> {
        let account = Account::choose()?;
        let cache = self.cache(&account)?;
        shared::join_or_start(self, name, &cache, &account)
    }

    fn cache(&self, account: &Account) -> Result<Cache, Error> {
        match &self.cache_dir {
            Some(dir) => Ok(Cache::at(path::absolute(dir).map_err(Error::file("find", dir))?)),
            None => Ok(Cache::usual(account)),
        }
    }
}
