//! A service that upgrades its database when it boots, says what it did, and ends.

#![expect(clippy::print_stdout, reason = "the tests read what it prints")]

use std::error::Error;

use pgmigrate::{Event, Migrations};
use postgres::{Client, NoTls};

static MIGRATIONS: Migrations = pgmigrate::migrations!("service/migrations");

fn main() -> Result<(), Box<dyn Error>> {
    let mut client = Client::connect(&std::env::var("DATABASE_URL")?, NoTls)?;
    let report = MIGRATIONS
        .runner()
        .on_progress(|event| {
            if let Event::Started { revision, .. } = event {
                println!("starts {revision}");
            }
        })
        .upgrade(&mut client)?;
    println!("{report}");
    Ok(())
}
