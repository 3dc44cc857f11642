//! Why a command did not do what it was asked: what went wrong, and the next command to type.

use std::fmt;
use std::io;

use pgmigrate_chain::{IdentifierError, IdentifierErrorKind};
use pgmigrate_disk::{ConfigError, WriteError};

use crate::exit::{self, Exit};
use crate::style;

/// The result of a command: how it ended, or why it did not.
pub(crate) type Outcome = Result<Exit, CommandError>;

/// What kind of error it is, which decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file, a program, or something else that has no kind of its own.
    Failed,
    /// The command line or the settings.
    Usage,
    /// The database has what the chain has not.
    Drift,
    /// The chain has mistakes.
    Chain,
    /// It would change or overwrite what others rely on.
    Refused,
    /// No connection that can be used.
    Database,
    /// A revision failed on the server.
    Revision,
    /// Nobody reads the output any more, which is no error.
    ClosedPipe,
}

impl Kind {
    fn exit(self) -> Exit {
        match self {
            Self::Failed => exit::FAILED,
            Self::Usage => exit::USAGE,
            Self::Drift => exit::DRIFT,
            Self::Chain => exit::CHAIN,
            Self::Refused => exit::REFUSED,
            Self::Database => exit::DATABASE,
            Self::Revision => exit::REVISION,
            Self::ClosedPipe => exit::OK,
        }
    }
}

/// An error, as it is shown.
#[derive(Debug)]
pub(crate) struct CommandError {
    kind: Kind,
    message: String,
    hints: Vec<String>,
    findings: String,
}

impl CommandError {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), findings: String::new() }
    }

    /// Says something else of the same findings, and leaves what to do to them.
    #[must_use]
    pub(crate) fn instead(mut self, message: &str) -> Self {
        message.clone_into(&mut self.message);
        self.hints = vec!["mend what is shown above, and run it again".to_owned()];
        self
    }

    /// Adds what to do next. The last hint is the one that people read.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds findings, rendered, which are shown before the error.
    #[must_use]
    pub(crate) fn findings(mut self, findings: String) -> Self {
        self.findings = findings;
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        self.kind.exit()
    }

    /// The hints, changed by a function.
    #[must_use]
    pub(crate) fn map_hints(mut self, change: impl Fn(&str) -> String) -> Self {
        for hint in &mut self.hints {
            *hint = change(hint);
        }
        self
    }

    pub(crate) fn is_silent(&self) -> bool {
        self.kind == Kind::ClosedPipe
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use style::{ERROR, HINT};
        f.write_str(&self.findings)?;
        writeln!(f, "{ERROR}error{ERROR:#}: {}", self.message)?;
        for hint in &self.hints {
            writeln!(f, "{HINT}hint{HINT:#}: {hint}")?;
        }
        Ok(())
    }
}

/// Writing to standard output went wrong.
pub(crate) fn output(error: &io::Error) -> CommandError {
    match error.kind() {
        io::ErrorKind::BrokenPipe => CommandError::new(Kind::ClosedPipe, "nobody reads"),
        _ => CommandError::new(Kind::Failed, format!("cannot write the output: {error}"))
            .hint("is the disk full?"),
    }
}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        let hint = match &error {
            ConfigError::Read { .. } => "is this the right directory?",
            ConfigError::Invalid { .. } => {
                "the keys are dir, postgres, history-table, schema-file and lints; `--dir DIR` works without \
                 Cargo.toml"
            }
        };
        Self::new(Kind::Usage, error.to_string()).hint(hint)
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::PermissionDenied => "you need the right to write there (`ls -ld`)",
            io::ErrorKind::NotFound => "make the directory with `cargo migrate init`",
            io::ErrorKind::AlreadyExists => "the file is there already; move it away first",
            _ => "nothing was changed; run the command again when that is mended",
        };
        Self::new(Kind::Failed, error.to_string()).hint(hint)
    }
}

impl From<IdentifierError> for CommandError {
    fn from(error: IdentifierError) -> Self {
        let text = error.to_string();
        let help = error.help();
        let message = help
            .as_ref()
            .and_then(|help| text.strip_suffix(help)?.strip_suffix("; "))
            .unwrap_or(&text)
            .to_owned();
        let hint = match (&error.kind, help) {
            (IdentifierErrorKind::NeedsDatabase, _) => {
                "name a revision, or the database: --database-url URL".to_owned()
            }
            (IdentifierErrorKind::NoRevisions, _) => {
                "write the first revision: `cargo migrate new -m \"what it does\"`".to_owned()
            }
            (IdentifierErrorKind::NothingApplied, _) => {
                "`cargo migrate upgrade` applies the chain".to_owned()
            }
            (IdentifierErrorKind::Unknown { applied: true, .. }, _) => {
                "`cargo migrate status` shows what the database has".to_owned()
            }
            (IdentifierErrorKind::WrongWay { .. }, Some(help)) => {
                help.replacen("use `", "run `cargo migrate ", 1)
            }
            (_, Some(help)) => help,
            (_, None) => "`cargo migrate history` lists the revisions".to_owned(),
        };
        Self::new(Kind::Usage, message).hint(hint)
    }
}
