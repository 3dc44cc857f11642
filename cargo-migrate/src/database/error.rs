//! Errors of databases, in the words of the command line.

use std::error::Error as _;

use pgmigrate::{Error, ErrorKind, HistoryRow, Outcome, RevisionFailure};
use pgmigrate_chain::PlanError;
use postgres::Config;
use postgres::config::Host;

use super::address::Address;
use crate::error::{CommandError, Kind};
use crate::text::{below, count, list};

/// The error for a connection that could not be made.
pub(super) fn connecting(
    address: &Address,
    config: &Config,
    cause: &postgres::Error,
) -> CommandError {
    let origin = address.origin();
    let (why, hint) = if let Some(said) = cause.as_db_error() {
        let why = format!("{} (SQLSTATE {})", said.message(), said.code().code());
        let hint = match said.code().code() {
            "28P01" | "28000" => format!("mend the user or the password in {origin}"),
            "3D000" => format!("make the database: `{}`", createdb(config)),
            "53300" => "too many are connected; try again when some have left".to_owned(),
            "57P03" => "try again when the server has started".to_owned(),
            _ => format!("the address is from {origin}"),
        };
        (why, hint)
    } else {
        let mut why = cause.to_string();
        let mut source = cause.source();
        while let Some(error) = source {
            // The message of an outer error often repeats that of the inner one.
            let inner = error.to_string();
            if !why.contains(&inner) {
                why = format!("{why}: {inner}");
            }
            source = error.source();
        }
        let hint = match config.get_password() {
            None if why.contains("password") => format!("put the password into {origin}"),
            _ => format!("is a server running there? `pg_isready{}` tells", place(config)),
        };
        (why, hint)
    };
    CommandError::new(Kind::Database, format!("cannot connect to {address}: {why}")).hint(hint)
}

fn createdb(config: &Config) -> String {
    let user = config.get_user().map(|user| format!(" -U {user}")).unwrap_or_default();
    format!("createdb{}{user} {}", place(config), config.get_dbname().unwrap_or("NAME"))
}

/// ` -h HOST -p PORT`, as PostgreSQL's programs take it.
fn place(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => format!(" -h {host}"),
        #[cfg(unix)]
        Some(Host::Unix(dir)) => format!(" -h {}", dir.display()),
        None => String::new(),
    };
    let port = config.get_ports().first().map(|port| format!(" -p {port}")).unwrap_or_default();
    host + &port
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        match error {
            Error::Target(error) => error.into(),
            Error::Plan(error) => plan(&error),
            Error::Ahead(unknown) => ahead(&unknown),
            Error::Diverged { pending, unknown } => diverged(&unknown, &list(&pending)),
            Error::Edited(edited) => {
                let lines = edited.iter().map(|it| format!("\n  {}\n    {}", it.path, it.applied));
                Self::new(
                    Kind::Drift,
                    format!(
                        "{} edited after being applied{}",
                        was(edited.len(), "revision"),
                        lines.collect::<String>()
                    ),
                )
                .hint("restore what was applied, and put the change into a new revision")
                .hint(
                    "or, where the database is already as the files say: \
                     `cargo migrate stamp current`",
                )
            }
            Error::Revision(failure) => revision(&failure),
            other => {
                let hint = hint(&other);
                Self::new(kind(other.kind()), other.to_string()).hint(hint)
            }
        }
    }
}

/// Which kind of ours a kind of the engine's is.
fn kind(kind: ErrorKind) -> Kind {
    match kind {
        ErrorKind::Usage => Kind::Usage,
        ErrorKind::Chain => Kind::Chain,
        ErrorKind::Ahead | ErrorKind::Diverged | ErrorKind::Edited => Kind::Drift,
        ErrorKind::Revision => Kind::Revision,
        ErrorKind::Locked
        | ErrorKind::ReadOnly
        | ErrorKind::Permission
        | ErrorKind::Session
        | ErrorKind::History
        | ErrorKind::Connection => Kind::Database,
        _ => Kind::Failed,
    }
}

fn hint(error: &Error) -> &'static str {
    match error {
        Error::NoTarget => "`cargo migrate downgrade -1` undoes the last revision, `base` all",
        Error::HistoryTable { .. } => "name it as SCHEMA.TABLE",
        Error::Chain(_) | Error::Embedded(_) => "`cargo migrate check` says more",
        Error::CopyFromStdin { .. } => "mend the revision, then run `cargo migrate check`",
        Error::Locked { .. } => "run it again when the other is done, or give it longer: --wait 1h",
        Error::ReadOnly { .. } => "name a server that takes writes: --database-url URL",
        Error::Permission(_) => "run it again when the right is granted, or as another user",
        Error::OpenTransaction | Error::Pooled => "name the server itself: --database-url URL",
        Error::History { .. } => "name the right table, if it is another: --history-table TABLE",
        _ => "`cargo migrate status` tells where the database stands",
    }
}

fn plan(error: &PlanError) -> CommandError {
    let (kind, hint) = match error {
        PlanError::NotApplied { .. } => {
            (Kind::Usage, "`cargo migrate current` shows what is applied")
        }
        PlanError::Irreversible { .. } => (
            Kind::Refused,
            "write the missing down sections; or undo the change by a new revision: \
             `cargo migrate new -m \"…\"`",
        ),
        PlanError::Unknown { .. } => (
            Kind::Drift,
            "run it with the sources that have these revisions; `cargo migrate status` says when \
             they were applied",
        ),
    };
    CommandError::new(kind, error.to_string()).hint(hint)
}

fn ahead(unknown: &[HistoryRow]) -> CommandError {
    CommandError::new(
        Kind::Drift,
        format!(
            "the database is ahead of this chain: it has {} that the chain lacks{}",
            count(unknown.len(), "revision"),
            rows(unknown)
        ),
    )
    .hint("get the sources that have them (`git pull`), or go on as it is with --allow-ahead")
}

fn diverged(unknown: &[HistoryRow], pending: &str) -> CommandError {
    CommandError::new(
        Kind::Drift,
        format!(
            "the database and this chain have diverged\nonly the database has{}\n\
             only the chain has\n  {pending}",
            rows(unknown)
        ),
    )
    .hint("get the sources that have both (`git pull`), and join them: `cargo migrate merge heads`")
    .hint("or apply what is pending all the same, with --allow-diverged")
}

fn rows(rows: &[HistoryRow]) -> String {
    below(rows)
}

fn was(number: usize, noun: &str) -> String {
    format!("{} {}", count(number, noun), if number == 1 { "was" } else { "were" })
}

fn revision(failure: &RevisionFailure) -> CommandError {
    let error = CommandError::new(Kind::Revision, failure.to_string());
    let again = match failure.direction {
        pgmigrate_chain::Direction::Up => "cargo migrate upgrade",
        pgmigrate_chain::Direction::Down => "cargo migrate downgrade",
    };
    match failure.outcome {
        Outcome::RolledBack => {
            error.hint(format!("mend {}, then run `{again}` again", failure.path))
        }
        _ => error.hint("`cargo migrate status` tells where the database stands"),
    }
}
