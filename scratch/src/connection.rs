//! Connecting to a server, from any thread.

use std::panic;
use std::thread;

use postgres::Config;

use crate::directory::Directory;

/// The server's superuser.
pub(crate) const USER: &str = "postgres";

/// How to connect to `database` by the Unix socket.
pub(crate) fn config(directory: &Directory, port: u16, database: &str) -> Config {
    let mut config = Config::new();
    config.host_path(directory.path()).port(port).user(USER).dbname(database);
    config
}

/// Does something with the blocking driver on a thread of its own, since the driver panics on a
/// thread that runs `async` code.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join())
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

/// A name as SQL writes it, whatever is in it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
