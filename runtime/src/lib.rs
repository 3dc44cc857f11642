//! PostgreSQL migrations, applied by the program that needs them.
//!
//! A program carries its chain of revisions and brings its database up to date when it boots:
//!
//! ```no_run
//! use pgmigrate::Migrations;
//!
//! // Checked when the crate is built: a broken chain is a compile error.
//! static MIGRATIONS: Migrations = pgmigrate::migrations!("../migrations");
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut client = postgres::Client::connect("host=localhost user=app", postgres::NoTls)?;
//! let report = MIGRATIONS.upgrade(&mut client)?;
//! println!("{report}");
//! # Ok(())
//! # }
//! ```
//!
//! What holds whatever happens:
//!
//! - With nothing to do, an upgrade is one query. It takes no lock, and needs no right but SELECT
//!   on the history table.
//! - Any number of processes may start at once. One of them works, the others wait, without a
//!   statement or a snapshot held open, and find the work done.
//! - A revision and its row in the history table are one transaction. A revision that is marked
//!   `transaction:false`, or that has transactions of its own, cannot be; when it fails, the error
//!   says which of its statements took effect.
//! - What a revision sets in its session (`search_path`, a role) reaches neither the next revision
//!   nor the program.
//! - An error says all that the server said, with file, line and caret ([`Error`]).

mod driver;
mod engine;
mod error;
mod excerpt;
mod history;
mod migrations;
mod report;
mod runner;
mod server_error;
mod sql;

pub use pgmigrate_chain as chain;
#[cfg(feature = "macros")]
pub use pgmigrate_macros::{Enum, Table, migrations};

pub use error::{
    Cause, ConnectionLost, Edited, Error, ErrorKind, Fate, Outcome, Permission, RevisionFailure,
};
pub use history::{HistoryRow, HistoryTableError};
pub use migrations::Migrations;
pub use report::{Done, Event, Holder, Planned, Report, Stamped, Status};
pub use runner::Runner;
pub use server_error::{Place, ServerError};
