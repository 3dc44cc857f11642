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
#[expect(clippy::doc_markdown, reason = "the help shows the text as it is")]
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

impl Global {
    /// A hint whose commands mean the same chain as this command line. A database's address may
    /// hold a password, and is not repeated.
    pub(crate) fn completed(&self, hint: &str) -> String {
        const COMMAND: &str = "`cargo migrate ";
        let path = |path: &PathBuf| path.display().to_string();
        let flags: String = [
            ("--manifest-path", self.manifest_path.as_ref().map(path)),
            ("-p", self.package.clone()),
            ("--dir", self.dir.as_ref().map(path)),
            ("--history-table", self.history_table.clone()),
        ]
        .into_iter()
        .filter_map(|(flag, value)| Some(format!("{flag} {} ", quoted(&value?))))
        .collect();
        hint.replace(COMMAND, &format!("{COMMAND}{flags}"))
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:@%+=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
#[expect(clippy::doc_markdown, reason = "the help shows the text as it is")]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// In the order in which the help lists them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(commands::init::Arguments),
    New(commands::new::Arguments),
    Check(commands::check::Arguments),
    Upgrade(commands::upgrade::Arguments),
    Downgrade(commands::downgrade::Arguments),
    Status(commands::status::Arguments),
    Current(commands::current::Arguments),
    History(commands::history::Arguments),
    Show(commands::show::Arguments),
    Schema(commands::schema::Arguments),
    Diff(commands::diff::Arguments),
    Heads(commands::heads::Arguments),
    Branches(commands::branches::Arguments),
    Merge(commands::merge::Arguments),
    Edit(commands::edit::Arguments),
    Lock(commands::lock::Arguments),
    Stamp(commands::stamp::Arguments),
    Import(commands::import::Arguments),
    Scratch(commands::scratch::Arguments),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cargo::command().debug_assert();
    }

    #[test]
    fn hints_name_the_same_chain() {
        let global = Global {
            dir: Some("my chain".into()),
            package: Some("app".to_owned()),
            database_url: Some("postgres://a:secret@b/c".to_owned()),
            ..Global::default()
        };
        assert_eq!(
            global.completed("run `cargo migrate lock`, or `git pull`"),
            "run `cargo migrate -p app --dir 'my chain' lock`, or `git pull`"
        );
        assert_eq!(Global::default().completed("`cargo migrate lock`"), "`cargo migrate lock`");
    }
}
