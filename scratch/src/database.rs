//! A database that is dropped with its handle.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::error::SqlState;
use postgres::{Client, Config};

use crate::connection::quoted;
use crate::error::Error;
use crate::server::Server;

/// A database with a name of its own. It keeps its server running, and is dropped with this value,
/// whoever is still connected to it.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

impl Database {
    pub(crate) fn create(server: &Server, template: Option<&str>) -> Result<Self, Error> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let name = format!("scratch_{}_{number}", process::id());
            let created = match template {
                Some(template) => server.create_database_from(template, &name),
                None => server.create_database(&name),
            };
            match created {
                Ok(()) => return Ok(Self { server: server.clone(), name }),
                // Left behind by a process that had our id, and was killed.
                Err(Error::Postgres(error))
                    if error.code() == Some(&SqlState::DUPLICATE_DATABASE) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The database's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server that it is in.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The database's address, see [`Server::url`].
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// How to connect to the database.
    pub fn config(&self) -> Config {
        self.server.config(&self.name)
    }

    /// Connects to the database as superuser.
    pub fn connect(&self) -> Result<Client, Error> {
        self.server.connect(&self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The server may have gone, and the database with it.
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(&self.name));
        let _: Result<(), Error> = self.server.execute(&drop);
    }
}
