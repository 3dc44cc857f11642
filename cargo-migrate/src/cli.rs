//! The command line: what can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands;
use crate::exit;

/// `cargo-migrate migrate …`, as cargo calls it for `cargo migrate …`.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo")]
pub(crate) enum Cargo {
    Migrate(Arguments),
}

/// PostgreSQL migrations, checked by the compiler
#[derive(Debug, clap::Args)]
#[command(version, after_help = exit::help())]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Where")]
pub(crate) struct Global {
    /// The package whose chain is meant
    #[arg(long, short, global = true, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// The Cargo.toml of the package or workspace
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// The directory of the chain; needs no package
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// The database [default: MIGRATE_DATABASE_URL, DATABASE_URL, or either in .env]
    #[arg(long, global = true, value_name = "URL", hide_default_value = true)]
    pub(crate) database_url: Option<String>,
    /// The table that holds what is applied [default: public.migrate_history]
    #[arg(long, global = true, value_name = "SCHEMA.TABLE")]
    pub(crate) history_table: Option<String>,
    /// Print only what was asked for, and errors
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(crate) quiet: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Output"
    )]
    pub(crate) color: Colour,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(commands::init::Arguments),
    New(commands::new::Arguments),
    Check(commands::check::Arguments),
    Lock(commands::lock::Arguments),
    Heads(commands::heads::Arguments),
    Branches(commands::branches::Arguments),
    History(commands::history::Arguments),
    Show(commands::show::Arguments),
    Merge(commands::merge::Arguments),
    Edit(commands::edit::Arguments),
}
