//! A chain's directory, read and checked, as the commands need it.

use std::io::ErrorKind;

use pgmigrate_chain::{Chain, Identifier, IdentifierError, Purpose, Resolved};
use pgmigrate_disk::DirectoryError;
use pgmigrate_schema::{Checked, Code, Diagnostic, Directory, Lock, Source};

use crate::Context;
use crate::cache;
use crate::error::{CommandError, Kind};
use crate::findings;
use crate::project::{self, Project};
use crate::text::count;

/// Which mistakes of a chain a command can live with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// None: it acts on databases.
    Nothing,
    /// Those that adding a revision mends or does not make worse: several heads or bases, and a
    /// lock that is behind or missing.
    Heads,
    /// Everything but a chain that cannot be put together: it only reads.
    Reading,
}

impl Tolerance {
    fn allows(self, code: Code) -> bool {
        match self {
            Self::Nothing => false,
            Self::Heads => matches!(
                code,
                Code::SeveralHeads
                    | Code::SeveralBases
                    | Code::StaleLock
                    | Code::MissingLock
                    | Code::StaleSchemaFile
            ),
            Self::Reading => true,
        }
    }
}

/// A directory whose chain can be used.
#[derive(Debug)]
pub(crate) struct OpenChain {
    pub(crate) project: Project,
    /// The files, as they were read.
    pub(crate) directory: Directory,
    pub(crate) chain: Chain,
    /// The lock, if there is one that can be read.
    pub(crate) lock: Option<Lock>,
}

impl OpenChain {
    /// Reads and checks the chain that the command line means. A directory without revisions is
    /// an empty chain.
    pub(crate) fn open(context: &Context, tolerance: Tolerance) -> Result<Self, CommandError> {
        let project = Project::find(&context.global)?;
        let directory = read(&project)?;
        let mut checked = check_files(&project, &directory);
        let empty = directory.sources.is_empty();
        let empty = empty && tolerance != Tolerance::Nothing;
        let tolerable = |finding: &Diagnostic| {
            !finding.is_error()
                || tolerance.allows(finding.code)
                || empty && finding.code == Code::EmptyChain
        };
        let chain =
            checked.chain.take().or_else(|| if empty { Chain::new(Vec::new()).ok() } else { None });
        match chain {
            Some(chain) if checked.findings.iter().all(tolerable) => {
                let errors: Vec<&Diagnostic> =
                    checked.errors().filter(|it| it.code != Code::EmptyChain).collect();
                if tolerance == Tolerance::Reading {
                    note_mistakes(context, &errors);
                }
                let lock = checked.lock;
                Ok(Self { project, directory, chain, lock })
            }
            _ => Err(findings::error(context, &checked, &project, tolerable)),
        }
    }

    /// Looks up an identifier that needs no database.
    pub(crate) fn resolve(
        &self,
        identifier: &str,
        purpose: Purpose,
    ) -> Result<Resolved, IdentifierError> {
        Identifier::parse(identifier)?.resolve(self.chain.graph(), None, purpose)
    }

    /// Whether there is no revision yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.chain.revisions().is_empty()
    }

    /// Says on standard error that there is no revision, as a list of none says nothing.
    pub(crate) fn note_if_empty(&self, context: &Context) {
        if self.is_empty() {
            context.note(format_args!(
                "{} has no revision; `cargo migrate new -m \"what it does\"` writes the first",
                self.project.shown
            ));
        }
    }
}

/// Reads the files of a chain's directory.
pub(crate) fn read(project: &Project) -> Result<Directory, CommandError> {
    try_read(project).map_err(|error| unreadable(&error, project))
}

/// Reads the files of a chain's directory, and leaves it to the caller what to say of an error.
pub(crate) fn try_read(project: &Project) -> Result<Directory, DirectoryError> {
    let schema_file = project.schema_file();
    let mut directory =
        pgmigrate_disk::read(&project.directory, &project.shown, schema_file.as_deref())?;
    if let (Some(file), Some(path)) = (&mut directory.schema_file, &schema_file) {
        file.path = project::shown(path);
    }
    Ok(directory)
}

/// The error for a directory that cannot be read.
pub(crate) fn unreadable(error: &DirectoryError, project: &Project) -> CommandError {
    let command_error = CommandError::new(Kind::Chain, error.to_string());
    match error.kind() {
        ErrorKind::NotFound => {
            command_error.hint("make it with `cargo migrate init`, or name another: --dir DIR")
        }
        ErrorKind::PermissionDenied => command_error
            .hint(format!("you need the right to read it: `ls -ld {}`", error.path().display())),
        _ => command_error.hint(format!("is {} the right directory?", project.shown)),
    }
}

/// Checks the files of a chain, as the macro does.
pub(crate) fn check_files(project: &Project, directory: &Directory) -> Checked {
    let cache = cache::file(project);
    pgmigrate_disk::check_cached(directory, &project.config.settings, cache.as_deref())
}

/// Says that the build fails, and what to do.
pub(crate) fn note_mistakes(context: &Context, errors: &[&Diagnostic]) {
    if !errors.is_empty() {
        let command = findings::mend(errors).unwrap_or("cargo migrate check");
        context.note(format_args!(
            "the chain has {}; run `{command}`",
            count(errors.len(), "mistake")
        ));
    }
}

/// The directory with files added, as it will be.
pub(crate) fn with_files(directory: &Directory, added: Vec<Source>) -> Directory {
    let mut directory = directory.clone();
    directory.sources.extend(added);
    directory.sources.sort_by(|a, b| a.path.cmp(&b.path));
    directory
}
