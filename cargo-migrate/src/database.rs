//! The database that a command works on: which one, and why it cannot be reached.

mod address;
mod error;

use std::path::Path;
use std::time::Duration;

use pgmigrate::{Migrations, Runner, Status};
use pgmigrate_chain::{Applied, Chain, RevisionId};
use postgres::{Client, NoTls};

use crate::Context;
use crate::error::CommandError;
use crate::project::Project;

use address::Address;

/// How long to wait for a server that does not answer, where the address does not say.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection to the database.
pub(crate) struct Database {
    client: Client,
    migrations: Migrations,
    history_table: Option<String>,
    /// Its address, without the password.
    pub(crate) shown: String,
}

impl Database {
    /// Connects to the database that the command line, the environment or `.env` names.
    pub(crate) fn connect(
        context: &Context,
        project: &Project,
        chain: &Chain,
    ) -> Result<Self, CommandError> {
        let address = address(context, project)?;
        let mut config = address.config()?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_application_name().is_none() {
            config.application_name("cargo-migrate");
        }
        let client =
            config.connect(NoTls).map_err(|cause| error::connecting(&address, &config, &cause))?;
        let history_table =
            context.global.history_table.clone().or_else(|| project.config.history_table.clone());
        let migrations = Migrations::from(chain.clone());
        Ok(Self { client, migrations, history_table, shown: address.to_string() })
    }

    /// Whether an address is given anywhere.
    pub(crate) fn is_known(context: &Context, project: &Project) -> bool {
        address(context, project).is_ok()
    }

    /// A runner for the chain, and the connection to run it on.
    pub(crate) fn runner<'a>(&mut self) -> (Runner<'a>, &mut Client) {
        let runner = self.migrations.runner();
        let runner = match &self.history_table {
            Some(table) => runner.history_table(table),
            None => runner,
        };
        (runner, &mut self.client)
    }

    /// Where the database stands.
    pub(crate) fn status(&mut self) -> Result<Status, CommandError> {
        let (mut runner, client) = self.runner();
        Ok(runner.status(client)?)
    }

    /// What is applied.
    pub(crate) fn applied(&mut self) -> Result<Applied, CommandError> {
        Ok(applied(&self.status()?))
    }
}

fn address(context: &Context, project: &Project) -> Result<Address, CommandError> {
    let start = project.package.as_deref().filter(|dir| !dir.as_os_str().is_empty());
    Address::find(&context.global, start.unwrap_or(Path::new(".")))
}

/// What a status says is applied.
pub(crate) fn applied(status: &Status) -> Applied {
    let row = |row: &pgmigrate::HistoryRow| {
        Some((RevisionId::new(row.revision.as_str()).ok()?, Some(row.checksum.clone())))
    };
    status.history.iter().filter_map(row).collect()
}
