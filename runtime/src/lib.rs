//! PostgreSQL migrations, applied by the program that needs them.
//!
//! A program carries its chain of revisions and brings its database up to date when it boots:
//!
//! ```no_run
//! use pgmigrate::Migrations;
//! use pgmigrate::chain::{Chain, Checksum, Down, Revision, RevisionId, Section, Statement};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sql = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL)";
//! let statement = Statement { range: 0..sql.len() };
//! let chain = Chain::new(vec![Revision {
//!     id: RevisionId::new("3f2a9c1b7d4e")?,
//!     parents: vec![],
//!     depends_on: vec![],
//!     labels: vec![],
//!     title: "create users".into(),
//!     created: "2026-11-22 01:15:00 UTC".into(),
//!     path: "migrations/2026-11-22_3f2a9c1b7d4e_create_users.sql".into(),
//!     text: sql.into(),
//!     checksum: Checksum { up: "9d5e1c".into(), down: None },
//!     up: Section { statements: vec![statement], ..Section::default() },
//!     down: Down::Irreversible("users would be lost".into()),
//! }])
//! .map_err(|errors| errors[0].to_string())?;
//!
//! let mut client = postgres::Client::connect("host=localhost user=app", postgres::NoTls)?;
//! let report = Migrations::from(chain).upgrade(&mut client)?;
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
// The macro `migrations!` is re-exported here.

pub use error::{
    Cause, ConnectionLost, Edited, Error, ErrorKind, Fate, Outcome, Permission, RevisionFailure,
};
pub use history::{HistoryRow, HistoryTableError};
pub use migrations::Migrations;
pub use report::{Done, Event, Holder, Planned, Report, Stamped, Status};
pub use runner::Runner;
pub use server_error::{Place, ServerError};
