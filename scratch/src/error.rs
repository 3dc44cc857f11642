//! What can go wrong on the way to a running server.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::Output;

use crate::binaries::{BIN_VARIABLE, Origin, Version};

/// Why there is no server, or why it did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No place had server binaries of the wanted version.
    #[error("{}", not_found(*.wanted, .tried))]
    NotFound {
        /// The major version asked for, if one was.
        wanted: Option<u32>,
        /// Every place that was looked at, in order.
        tried: Vec<Tried>,
    },
    /// A directory that was named explicitly does not hold usable server binaries.
    #[error("no usable PostgreSQL server in {} ({origin})", .dir.display())]
    Directory {
        /// The directory that was named.
        dir: PathBuf,
        /// Who named it.
        origin: Origin,
        /// What is wrong with it.
        source: Unusable,
    },
    /// The process runs as root, and there is no other account to run the server as.
    #[error("PostgreSQL does not run as root, and /etc/passwd names neither postgres nor nobody")]
    NoAccount,
    /// No temporary directory is short enough for a socket and open to the server's account.
    #[error("no temporary directory is fit for a server")]
    NoDirectory {
        /// What the last one that was tried failed with, if one was short enough.
        source: Option<io::Error>,
    },
    /// A file or directory could not be read or written.
    #[error("cannot {action} {}", .path.display())]
    File {
        /// What was to be done: "create", "read", and the like.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot run {program}")]
    Run {
        /// The program.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// `initdb` failed.
    #[error("initdb failed: {output}")]
    Initdb {
        /// The last lines of what it printed.
        output: String,
    },
    /// The server ended before it accepted a connection.
    #[error("the server ended while it started, its log says:\n{log}")]
    Ended {
        /// The last lines of the server's log.
        log: String,
    },
    /// The server accepted no connection in time.
    #[error("the server accepts no connections after {seconds} s, its log says:\n{log}")]
    Unready {
        /// How long it was waited for.
        seconds: u64,
        /// The last lines of the server's log.
        log: String,
    },
    /// The server was reached and said no, or could not be reached any more.
    #[error("{}", postgres_message(.0))]
    Postgres(#[from] postgres::Error),
}

impl Error {
    /// For `map_err`: "cannot {action} {path}".
    pub(crate) fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { action, path: path.into(), source }
    }
}

/// One place where server binaries were looked for, and why they were not taken.
#[derive(Debug)]
pub struct Tried {
    /// A directory, or a package.
    pub place: String,
    /// Why it is not the one.
    pub why: Unusable,
}

/// Why one set of server binaries cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unusable {
    /// The directory lacks one of the programs that are needed.
    #[error("there is no {0}")]
    Missing(&'static str),
    /// The account that the server must run as has no access.
    #[error("the user {account} may not run it")]
    Unreachable {
        /// The account's name.
        account: String,
    },
    /// It is there, and does not work.
    #[error("{0}")]
    Broken(String),
    /// It works, and is of another major version.
    #[error("it is version {0}")]
    Version(Version),
    /// No package is known for this platform or for this major version.
    #[error("there is none for {0}")]
    NoPackage(String),
    /// The package's client is not there.
    #[error("{0} is not on the PATH")]
    NoClient(&'static str),
    /// The downloaded package is not the pinned one.
    #[error("its checksum is {found}, not {expected}")]
    Checksum {
        /// What is pinned.
        expected: String,
        /// What came.
        found: String,
    },
    /// The cache directory cannot be used.
    #[error("cannot use {}: {reason}", .path.display())]
    Cache {
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        reason: io::Error,
    },
}

impl Unusable {
    /// For `map_err`: the cache directory's `path` cannot be used.
    pub(crate) fn cache(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |reason| Self::Cache { path: path.into(), reason }
    }
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.why)
    }
}

/// The last lines of a log or of what a program printed.
pub(crate) fn tail(text: &str) -> String {
    const LINES: usize = 20;
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    lines[end.saturating_sub(LINES)..end].join("\n")
}

/// What a program that failed printed: its errors or, when it printed none, its output.
pub(crate) fn printed(output: &Output) -> String {
    let errors = tail(&String::from_utf8_lossy(&output.stderr));
    let text = match errors.as_str() {
        "" => tail(&String::from_utf8_lossy(&output.stdout)),
        _ => errors,
    };
    match text.as_str() {
        "" => output.status.to_string(),
        _ => text,
    }
}

fn not_found(wanted: Option<u32>, tried: &[Tried]) -> String {
    let wanted = wanted.map(|major| format!(" {major}")).unwrap_or_default();
    let mut text = format!("no PostgreSQL{wanted} server found, looked at");
    for tried in tried {
        text += "\n  ";
        text += &tried.to_string().replace('\n', "\n    ");
    }
    let install = if cfg!(target_os = "macos") {
        "brew install postgresql"
    } else {
        "apt-get install postgresql"
    };
    text + &format!(
        "\ninstall one (`{install}`), or set {BIN_VARIABLE} to the directory that holds initdb \
         and postgres"
    )
}

/// The driver prints only "db error"; what the server said is in its source.
fn postgres_message(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} (SQLSTATE {})", said.message(), said.code().code()),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tail_keeps_the_last_lines_that_say_something() {
        assert_eq!(tail(""), "");
        assert_eq!(tail("\n \n"), "");
        assert_eq!(tail("a\r\nb\n\n"), "a\nb");
        let long: Vec<String> = (1..=30).map(|n| n.to_string()).collect();
        let long = long.join("\n");
        assert!(tail(&long).starts_with("11\n"));
        assert!(tail(&long).ends_with("\n30"));
    }

    #[test]
    fn not_found_lists_the_places_and_the_mend() {
        let error = Error::NotFound {
            wanted: Some(12),
            tried: vec![
                Tried { place: "/a".into(), why: Unusable::Missing("initdb") },
                Tried { place: "/b".into(), why: Unusable::Broken("x\ny".into()) },
            ],
        };
        let text = error.to_string();
        assert!(text.starts_with(
            "no PostgreSQL 12 server found, looked at\n  /a: there is no initdb\n  /b: x\n    y\n"
        ));
        assert!(text.contains("PGMIGRATE_POSTGRES_BIN"), "{text}");
    }
}
