//! `cargo migrate`: the commands around a chain of PostgreSQL migrations.
//!
//! One file a command, under `commands`, and no logic of its own: what a chain is and means is
//! in `pgmigrate-chain` and `pgmigrate-schema`, how it is applied in `pgmigrate`. Here is what
//! only a command line needs: where the chain and the database are, words, colours, exit codes.

mod cache;
mod chain;
mod cli;
mod commands;
mod conflict;
mod database;
mod dotenv;
mod error;
pub mod exit;
mod findings;
mod listing;
mod lookup;
mod models;
mod output;
mod project;
mod revision_file;
mod run;
mod schema_file;
mod side;
mod style;
mod text;

use std::ffi::OsString;
use std::fmt;
use std::process::ExitCode;

use clap::Parser as _;

use cli::{Arguments, Cargo, Colour, Command, Global};
use error::Outcome;
use output::Output;

/// Runs the command line `cargo-migrate migrate …`; the first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Arguments { global, command } = match Cargo::try_parse_from(arguments) {
        Ok(Cargo::Migrate(arguments)) => arguments,
        Err(error) => {
            // Help that nobody reads is no error.
            let _ = error.print();
            return if error.use_stderr() { exit::USAGE } else { exit::OK }.into();
        }
    };
    match global.color {
        Colour::Auto => {}
        Colour::Always => anstream::ColorChoice::Always.write_global(),
        Colour::Never => anstream::ColorChoice::Never.write_global(),
    }
    let context = Context { output: Output { quiet: global.quiet }, global };
    match dispatch(&context, command) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let error = error.map_hints(|hint| context.global.completed(hint));
            output::print_error(&error);
            error.exit().into()
        }
    }
}

/// What a command works with.
struct Context {
    global: Global,
    output: Output,
}

impl Context {
    /// Says something worth knowing, on standard error. Commands in it are completed.
    fn note(&self, note: impl fmt::Display) {
        self.output.note(self.global.completed(&note.to_string()));
    }

    /// Says what to type next, on standard error.
    fn hint(&self, hint: &str) {
        self.output.hint(self.global.completed(hint));
    }
}

fn dispatch(context: &Context, command: Command) -> Outcome {
    match command {
        Command::Init(arguments) => commands::init::run(context, &arguments),
        Command::New(arguments) => commands::new::run(context, arguments),
        Command::Check(arguments) => commands::check::run(context, &arguments),
        Command::Lock(arguments) => commands::lock::run(context, &arguments),
        Command::Heads(arguments) => commands::heads::run(context, &arguments),
        Command::Branches(arguments) => commands::branches::run(context, &arguments),
        Command::History(arguments) => commands::history::run(context, &arguments),
        Command::Show(arguments) => commands::show::run(context, &arguments),
        Command::Schema(arguments) => commands::schema::run(context, &arguments),
        Command::Diff(arguments) => commands::diff::run(context, &arguments),
        Command::Merge(arguments) => commands::merge::run(context, arguments),
        Command::Edit(arguments) => commands::edit::run(context, &arguments),
        Command::Upgrade(arguments) => commands::upgrade::run(context, &arguments),
        Command::Downgrade(arguments) => commands::downgrade::run(context, &arguments),
        Command::Current(arguments) => commands::current::run(context, &arguments),
        Command::Status(arguments) => commands::status::run(context, &arguments),
        Command::Stamp(arguments) => commands::stamp::run(context, &arguments),
        Command::Import(arguments) => commands::import::run(context, &arguments),
        Command::Scratch(arguments) => commands::scratch::run(context, &arguments),
    }
}
