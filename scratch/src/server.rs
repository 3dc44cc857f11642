//! A running server, and what can be asked of it.

use std::fmt::{self, Write};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postgres::{Client, Config, NoTls};
use serde::{Deserialize, Serialize};

use crate::binaries::Binaries;
use crate::connection::{self, quoted};
use crate::database::Database;
use crate::directory::{Directory, Use};
use crate::error::Error;
use crate::launch::Watched;
use crate::scratch::Scratch;

/// A running server. Clones are handles of the same one; it may be used from within `async` code,
/// but every function here blocks.
#[derive(Debug, Clone)]
pub struct Server {
    running: Arc<Running>,
}

#[derive(Debug)]
struct Running {
    site: Site,
    _hold: Hold,
}

/// What keeps the server running.
#[derive(Debug)]
pub(crate) enum Hold {
    /// It is ours, and ends with this.
    Own(#[expect(dead_code, reason = "held for its drop")] Watched),
    /// It is everybody's, and this is one use of it.
    Shared(#[expect(dead_code, reason = "held for its drop")] Use),
}

/// Where a server is and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Site {
    pub(crate) directory: Directory,
    pub(crate) port: u16,
    pub(crate) tcp: bool,
    pub(crate) pid: u32,
    pub(crate) binaries: Binaries,
}

impl Server {
    /// Starts a server of one's own: [`Scratch::start`] with nothing special asked for.
    pub fn start() -> Result<Self, Error> {
        Scratch::new().start()
    }

    /// Joins the shared server `name`, or starts it: [`Scratch::shared`] with nothing special
    /// asked for.
    pub fn shared(name: &str) -> Result<Self, Error> {
        Scratch::new().shared(name)
    }

    pub(crate) fn new(site: Site, hold: Hold) -> Self {
        Self { running: Arc::new(Running { site, _hold: hold }) }
    }

    fn site(&self) -> &Site {
        &self.running.site
    }

    /// The programs that the server runs from.
    pub fn binaries(&self) -> &Binaries {
        &self.site().binaries
    }

    /// The path of one of the server's programs, such as `pg_dump`; see [`Binaries::bin`].
    pub fn bin(&self, program: &str) -> Option<PathBuf> {
        self.binaries().bin(program)
    }

    /// The server's process id.
    pub fn pid(&self) -> u32 {
        self.site().pid
    }

    /// The directory of the server's socket, which is what clients call its host.
    pub fn socket_dir(&self) -> &Path {
        self.site().directory.path()
    }

    /// The port of the socket's name and, with [`Scratch::tcp`], on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.site().port
    }

    /// What the server has logged so far.
    pub fn log(&self) -> Result<String, Error> {
        let path = self.site().directory.log();
        let log = fs::read(&path).map_err(Error::file("read", path))?;
        Ok(String::from_utf8_lossy(&log).into_owned())
    }

    /// The address of `database` by the Unix socket, in the form that libpq and the `postgres`
    /// crate both read: `postgresql://postgres@/app?host=/tmp/pgs-Xy12Za&port=5432`.
    pub fn url(&self, database: &str) -> String {
        let host = self.socket_dir().as_os_str().as_encoded_bytes();
        format!(
            "postgresql://{user}@/{database}?host={host}&port={port}",
            user = connection::USER,
            database = percent_encoded(database.as_bytes(), b""),
            host = percent_encoded(host, b"/"),
            port = self.port(),
        )
    }

    /// The address of `database` by TCP, when [`Scratch::tcp`] was asked for.
    pub fn tcp_url(&self, database: &str) -> Option<String> {
        let database = percent_encoded(database.as_bytes(), b"");
        let (user, port) = (connection::USER, self.port());
        self.site().tcp.then(|| format!("postgresql://{user}@127.0.0.1:{port}/{database}"))
    }

    /// How to connect to `database` by the Unix socket.
    pub fn config(&self, database: &str) -> Config {
        connection::config(&self.site().directory, self.port(), database)
    }

    /// Connects to `database` as superuser.
    pub fn connect(&self, database: &str) -> Result<Client, Error> {
        let config = self.config(database);
        Ok(connection::apart(|| config.connect(NoTls))?)
    }

    /// Makes an empty database.
    pub fn create_database(&self, name: &str) -> Result<(), Error> {
        self.execute(&format!("CREATE DATABASE {}", quoted(name)))
    }

    /// Makes a database that is a copy of another, to which nobody may be connected.
    pub fn create_database_from(&self, template: &str, name: &str) -> Result<(), Error> {
        let (template, name) = (quoted(template), quoted(name));
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
    }

    /// Makes an empty database with a name of its own, which is dropped when the value is.
    pub fn fresh_database(&self) -> Result<Database, Error> {
        Database::create(self, None)
    }

    /// Like [`Server::fresh_database`], as a copy of another database, to which nobody may be
    /// connected.
    pub fn fresh_database_from(&self, template: &str) -> Result<Database, Error> {
        Database::create(self, Some(template))
    }

    /// Runs one statement in the database `postgres`.
    pub(crate) fn execute(&self, sql: &str) -> Result<(), Error> {
        let config = self.config("postgres");
        Ok(connection::apart(|| config.connect(NoTls)?.batch_execute(sql))?)
    }
}

/// Escapes all bytes but those that mean nothing special anywhere in an address, and `plain`.
fn percent_encoded(bytes: &[u8], plain: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, &byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || plain.contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _: fmt::Result = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_leaves_nothing_special() {
        for (text, plain, expected) in [
            ("app_1", "", "app_1"),
            ("/tmp/pgs-x", "/", "/tmp/pgs-x"),
            ("/tmp", "", "%2Ftmp"),
            ("a b?c&d=e%", "/", "a%20b%3Fc%26d%3De%25"),
            ("ü", "", "%C3%BC"),
        ] {
            assert_eq!(percent_encoded(text.as_bytes(), plain.as_bytes()), expected);
        }
    }
}
