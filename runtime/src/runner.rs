//! How a chain is applied: settings, and what can be done with them.

use std::fmt;
use std::time::Duration;

use postgres::Client;

use crate::engine::{self, Engine, Job, Port, Settings, Timeout};
use crate::history::HistoryTable;
use crate::{Error, Event, Migrations, Planned, Report, Stamped, Status, driver};

/// A chain with settings. Made by [`Migrations::runner`].
///
/// ```no_run
/// # use std::time::Duration;
/// # fn run(migrations: pgmigrate::Migrations, client: &mut postgres::Client)
/// # -> Result<(), pgmigrate::Error> {
/// migrations
///     .runner()
///     .lock_timeout(Duration::from_secs(10))
///     .history_table("ops.migrations")
///     .on_progress(|event| println!("{event:?}"))
///     .upgrade(client)?;
/// # Ok(())
/// # }
/// ```
pub struct Runner<'a> {
    migrations: Migrations,
    settings: Settings,
    history_table: String,
    on_progress: Box<dyn FnMut(&Event) + 'a>,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(migrations: Migrations) -> Self {
        Self {
            migrations,
            settings: Settings::default(),
            history_table: "public.migrate_history".to_owned(),
            on_progress: Box::new(|_| {}),
        }
    }

    /// How far to go: a revision id or the start of one, a branch label, `heads`, `head`, `base`,
    /// `+1`, `-2`, `LABEL@head`, and so on. An upgrade without a target goes to `heads`; a
    /// downgrade must have one, and so must a stamp.
    #[must_use]
    pub fn target(mut self, identifier: impl Into<String>) -> Self {
        self.settings.target = Some(identifier.into());
        self
    }

    /// How long a statement of a revision may wait for a lock before the revision fails; `None`
    /// is for ever. 3 seconds by default: while it waits, everybody who comes after it waits too.
    ///
    /// A statement with `CONCURRENTLY` in it is left to wait as long as it needs: nobody queues
    /// behind it, and when it gives up it leaves an invalid index.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.lock_timeout = timeout.into().map_or(Timeout::Off, Timeout::After);
        self
    }

    /// How long a statement of a revision may take; `None` is for ever. By default the
    /// connection's own `statement_timeout` holds.
    #[must_use]
    pub fn statement_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.statement_timeout = timeout.into().map_or(Timeout::Off, Timeout::After);
        self
    }

    /// How long to wait while another process migrates this database. 10 minutes by default.
    #[must_use]
    pub fn wait_for_lock(mut self, patience: Duration) -> Self {
        self.settings.patience = patience;
        self
    }

    /// The table that holds what is applied, as `table` or `schema.table`, parts in double quotes
    /// where they need it. `public.migrate_history` by default. Table and schema are made when they
    /// are missing and something is to be applied.
    #[must_use]
    pub fn history_table(mut self, name: impl Into<String>) -> Self {
        self.history_table = name.into();
        self
    }

    /// Whether it is all right that the database has revisions that this program does not know,
    /// with nothing pending. By default it is [`Error::Ahead`].
    #[must_use]
    pub fn allow_ahead(mut self, allow: bool) -> Self {
        self.settings.allow_ahead = allow;
        self
    }

    /// Whether to apply what is pending although the database has revisions that this program does
    /// not know. By default it is [`Error::Diverged`].
    #[must_use]
    pub fn allow_diverged(mut self, allow: bool) -> Self {
        self.settings.allow_diverged = allow;
        self
    }

    /// Whether to go on although applied revisions were edited since. By default it is
    /// [`Error::Edited`].
    #[must_use]
    pub fn allow_edited(mut self, allow: bool) -> Self {
        self.settings.allow_edited = allow;
        self
    }

    /// Whether a stamp first forgets all that is recorded, revisions that the chain does not have
    /// included.
    #[must_use]
    pub fn purge(mut self, purge: bool) -> Self {
        self.settings.purge = purge;
        self
    }

    /// Calls a function with everything that happens.
    #[must_use]
    pub fn on_progress(mut self, callback: impl FnMut(&Event) + 'a) -> Self {
        self.on_progress = Box::new(callback);
        self
    }

    /// Applies what the target needs and is not applied yet.
    pub fn upgrade(&mut self, client: &mut Client) -> Result<Report, Error> {
        self.run(client, engine::upgrade)
    }

    /// Undoes what is built on the target.
    pub fn downgrade(&mut self, client: &mut Client) -> Result<Report, Error> {
        self.run(client, engine::downgrade)
    }

    /// Records the target, and all that it needs, as what is applied, and runs nothing. Checksums
    /// are recorded anew.
    pub fn stamp(&mut self, client: &mut Client) -> Result<Stamped, Error> {
        self.run(client, engine::stamp)
    }

    /// Finds out where the database stands, in one query that changes nothing.
    pub fn status(&mut self, client: &mut Client) -> Result<Status, Error> {
        self.run(client, engine::status)
    }

    /// What [`Runner::upgrade`] would run now.
    pub fn plan_upgrade(&mut self, client: &mut Client) -> Result<Planned, Error> {
        self.run(client, engine::plan_upgrade)
    }

    /// What [`Runner::downgrade`] would run now.
    pub fn plan_downgrade(&mut self, client: &mut Client) -> Result<Planned, Error> {
        self.run(client, engine::plan_downgrade)
    }

    fn run<T, F>(
        &mut self,
        client: &mut Client,
        work: impl FnOnce(Port, Job) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let job = self.job()?;
        let engine = Engine::new(|port| work(port, job));
        driver::postgres::drive(client, engine, &mut self.on_progress)
    }

    fn job(&self) -> Result<Job, Error> {
        let table = HistoryTable::parse(&self.history_table)
            .map_err(|source| Error::HistoryTable { name: self.history_table.clone(), source })?;
        Ok(Job { chain: self.migrations.chain()?, table, settings: self.settings.clone() })
    }
}

impl fmt::Debug for Runner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runner")
            .field("migrations", &self.migrations)
            .field("settings", &self.settings)
            .field("history_table", &self.history_table)
            .finish_non_exhaustive()
    }
}
