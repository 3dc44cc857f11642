//! An interview service in small. It brings its own database up to date when it starts, plans an
//! interview, and prints what is coming up.
//!
//! `cargo migrate scratch -- cargo run -p interviews` runs it on a throw-away server.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

mod interviews;

use std::process::ExitCode;

use pgmigrate::{Event, Migrations};
use postgres::{Client, NoTls};

/// The chain in `migrations/`, checked when this crate is built.
static MIGRATIONS: Migrations = pgmigrate::migrations!();

/// Why the service ends.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("DATABASE_URL does not say which database to use")]
    NoDatabase,
    #[error("cannot connect to the database")]
    Connect(#[source] postgres::Error),
    #[error("cannot upgrade the database: {0}")]
    Upgrade(pgmigrate::Error),
    #[error("cannot read or write the interviews")]
    Interviews(#[source] postgres::Error),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report(&failure);
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let url = std::env::var("DATABASE_URL").map_err(|_| Failure::NoDatabase)?;
    let mut client = Client::connect(&url, NoTls).map_err(Failure::Connect)?;

    // With nothing to do, this is one query. Any number of instances may start at once.
    let report =
        MIGRATIONS.runner().on_progress(tell).upgrade(&mut client).map_err(Failure::Upgrade)?;
    println!("database: {report}");

    interviews::plan(&mut client, "Systems interview").map_err(Failure::Interviews)?;
    for session in interviews::upcoming(&mut client).map_err(Failure::Interviews)? {
        println!("upcoming: {session}");
    }
    Ok(())
}

/// Says how the upgrade goes on.
fn tell(event: &Event) {
    match event {
        Event::Started { revision, title, number, total, .. } => {
            println!("database: upgrading to {revision}, {title} ({number} of {total})");
        }
        Event::Waiting { holder: Some(holder), .. } => {
            println!("database: another instance upgrades it ({holder})");
        }
        _ => {}
    }
}

/// Prints an error with all its causes. An error of the upgrade has them in its text.
fn report(failure: &Failure) {
    eprintln!("error: {failure}");
    let mut source = std::error::Error::source(failure);
    while let Some(cause) = source {
        eprintln!("  caused by: {cause}");
        source = cause.source();
    }
}
