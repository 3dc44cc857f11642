//! Exit codes. They are part of the interface: scripts may rely on them.

use std::fmt::Write as _;
use std::process::ExitCode;

/// What a command says to the shell that called it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exit(u8);

/// Done, or there was nothing to do.
pub const OK: Exit = Exit(0);
/// Something went wrong that has no code of its own.
pub const FAILED: Exit = Exit(1);
/// The command line, or the settings, cannot be understood, or name something that is not there.
pub const USAGE: Exit = Exit(2);
/// `status`: revisions of the chain wait to be applied.
pub const PENDING: Exit = Exit(3);
/// The database has what the chain has not: unknown revisions, or edited ones.
pub const DRIFT: Exit = Exit(4);
/// The chain has mistakes; a build would fail, too.
pub const CHAIN: Exit = Exit(5);
/// It would change or overwrite what others rely on.
pub const REFUSED: Exit = Exit(6);
/// There is no connection that can be used: server, login, right, or a lock that another holds.
pub const DATABASE: Exit = Exit(7);
/// The server refused a statement of a revision.
pub const REVISION: Exit = Exit(8);

/// Every exit code and what it means, for the reference.
pub const ALL: [(Exit, &str); 9] = [
    (OK, "done, or there was nothing to do"),
    (FAILED, "something went wrong that has no code of its own"),
    (USAGE, "the command line or the settings cannot be understood, or name what is not there"),
    (PENDING, "`status`: revisions wait to be applied"),
    (DRIFT, "the database has unknown or edited revisions"),
    (CHAIN, "the chain has mistakes: a build would fail, too"),
    (REFUSED, "it would change or overwrite what others rely on"),
    (DATABASE, "no usable connection: server, login, rights, or a lock that another holds"),
    (REVISION, "the server refused a statement of a revision"),
];

impl Exit {
    /// The exit code of a command that was run for the user, as it is.
    pub(crate) fn of_command(code: u8) -> Self {
        Self(code)
    }

    /// The number.
    pub fn code(self) -> u8 {
        self.0
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

/// The table of exit codes as Markdown, for the reference.
pub fn page() -> String {
    let mut page = String::from("| code | meaning |\n|---|---|\n");
    for (exit, meaning) in ALL {
        let _ = writeln!(page, "| {} | {meaning} |", exit.code());
    }
    page
}

/// The table of exit codes as the help shows it.
pub(crate) fn help() -> String {
    let mut help = String::from("Exit codes:\n");
    for (exit, meaning) in ALL {
        let _ = writeln!(help, "  {}  {meaning}", exit.code());
    }
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_and_in_order() {
        for (number, (exit, _)) in ALL.iter().enumerate() {
            assert_eq!(usize::from(exit.code()), number);
        }
        assert!(page().contains("| 3 | `status`: revisions wait"));
        assert!(help().contains("  3  `status`: revisions wait"));
    }
}
