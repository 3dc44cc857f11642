//! The command line under test.

use std::path::Path;
use std::process::Command;

use pgmigrate_tests::ended::Ended;

/// The program, in a directory of its own choice, with nothing in its environment that means a
/// database or colours.
pub(crate) fn command(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-migrate-under-test"));
    for name in ["MIGRATE_DATABASE_URL", "DATABASE_URL", "PGPASSWORD", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("RUST_BACKTRACE", "0").arg("migrate").current_dir(directory);
    command
}

/// Runs `cargo migrate` in a directory.
#[track_caller]
pub(crate) fn migrate(directory: &Path, arguments: &[&str]) -> Ended {
    Ended::of(command(directory).args(arguments))
}
