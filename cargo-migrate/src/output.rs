//! Where the words of a command go: what it was asked for to standard output, all else to
//! standard error.

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};

use serde::Serialize;

use crate::error::{self, CommandError, Kind};
use crate::style;

/// The version of every JSON object that is printed.
pub(crate) const JSON_VERSION: u32 = 1;

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: one object with `"version": 1`.
    Json,
}

/// The two streams of the process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// Only what was asked for, and errors.
    pub(crate) quiet: bool,
}

impl Output {
    /// Prints what was asked for, as it is.
    #[expect(clippy::unused_self, reason = "all that is printed goes through an output")]
    pub(crate) fn result(self, text: impl fmt::Display) -> Result<(), CommandError> {
        // One write a list: a line at a time costs a system call each.
        let text = text.to_string();
        let mut out = anstream::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|it| error::output(&it))
    }

    /// Prints an object.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), CommandError> {
        let json = serde_json::to_string_pretty(value).map_err(|error| {
            CommandError::new(Kind::Failed, format!("cannot write JSON: {error}"))
                .hint("leave out --format json; and please report it")
        })?;
        self.result(json + "\n")
    }

    /// Prints a sentence about what was done, unless `--quiet`.
    pub(crate) fn done(self, sentence: impl fmt::Display) -> Result<(), CommandError> {
        if self.quiet { Ok(()) } else { self.result(format_args!("{sentence}\n")) }
    }

    /// Prints something worth knowing to standard error, unless `--quiet`.
    pub(crate) fn note(self, note: impl fmt::Display) {
        let style = style::NOTE;
        self.progress(format_args!("{style}note{style:#}: {note}\n"));
    }

    /// Prints what to type next to standard error, unless `--quiet`.
    pub(crate) fn hint(self, hint: impl fmt::Display) {
        let style = style::HINT;
        self.progress(format_args!("{style}hint{style:#}: {hint}\n"));
    }

    /// Prints to standard error, as it is, unless `--quiet`.
    pub(crate) fn progress(self, text: impl fmt::Display) {
        if !self.quiet {
            // Who does not listen to progress still gets the result.
            let mut err = anstream::stderr().lock();
            let _ = write!(err, "{text}").and_then(|()| err.flush());
        }
    }
}

/// Prints an error, whatever `--quiet` says.
pub(crate) fn print_error(error: &CommandError) {
    if !error.is_silent() {
        // There is nowhere left to complain.
        let _ = write!(anstream::stderr(), "{error}");
    }
}

/// Asks a question, if there is somebody who can answer it.
pub(crate) fn ask(question: &str) -> Option<String> {
    let mut err = anstream::stderr();
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return None;
    }
    write!(err, "{question} ").and_then(|()| err.flush()).ok()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    let answer = answer.trim();
    (!answer.is_empty()).then(|| answer.to_owned())
}
