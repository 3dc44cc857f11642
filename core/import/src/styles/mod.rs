//! The rules of each tool: what its files are called, and what they hold.
//!
//! A tool answers three questions, and knows nothing of the others: what a file is, by its path
//! ([`Tool::role`]); what a file of settings says ([`Tool::settings`]); and which SQL a migration
//! file has for which direction ([`Tool::parts`]).

pub(crate) mod dag_yaml;
pub(crate) mod dbmate;
pub(crate) mod diesel;
pub(crate) mod flyway;
pub(crate) mod golang_migrate;
pub(crate) mod goose;
mod key_value;
mod names;
pub(crate) mod numbered;
mod placeholder;
pub(crate) mod prisma;
pub(crate) mod refinery;
pub(crate) mod sectioned;
pub(crate) mod sqlx;
mod version;

use crate::{Options, Refusal};

pub(crate) use version::{Key, Version};

/// The rules of one tool.
pub(crate) trait Tool {
    /// The names that the tool reads, for messages.
    fn expected(&self) -> &'static str;

    /// What a file is, by its path.
    fn role(&self, path: &str) -> Role;

    /// What a file of settings says, of one migration or of the whole folder.
    fn settings(&self, file: Text<'_>) -> Result<Settings, Refusal> {
        let _ = file;
        Ok(Settings::default())
    }

    /// The SQL of a migration file.
    fn parts(&self, file: &Migrating<'_>) -> Result<Vec<Part>, Vec<Refusal>> {
        Ok(vec![file.whole(file.settings.alone)])
    }

    /// Whether a migration names its parents, and so must have settings.
    fn is_graph(&self) -> bool {
        false
    }
}

/// What a file is to its tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// A migration in SQL, or one direction of it.
    Sql { version: Version, name: String, direction: Direction },
    /// A migration in a programming language.
    Code { version: Version, direction: Direction },
    /// Settings of one migration.
    Settings { version: Version },
    /// Settings of the whole folder.
    Folder,
    /// Nothing that changes a database.
    Other,
    /// Changes a database in a way that a chain of revisions has no place for; holds what it is.
    NoPlace(&'static str),
    /// SQL under a name that the tool does not read.
    Unreadable,
}

impl Role {
    pub(crate) fn is_sql(&self) -> bool {
        matches!(self, Self::Sql { .. })
    }
}

/// Where SQL leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    Up,
    Down,
}

/// A file that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
}

/// A migration file, with all that decides how it is read.
pub(crate) struct Migrating<'a> {
    pub(crate) file: Text<'a>,
    /// The direction that its name tells.
    pub(crate) direction: Direction,
    pub(crate) settings: &'a Settings,
    pub(crate) options: &'a Options,
}

impl Migrating<'_> {
    /// The whole file as the SQL of its direction.
    pub(crate) fn whole(&self, alone: bool) -> Part {
        Part {
            path: self.file.path.to_owned(),
            direction: self.direction,
            text: self.file.text.to_owned(),
            lines_above: 0,
            alone,
        }
    }
}

/// What settings say of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// A better name than that of the file.
    pub(crate) name: Option<String>,
    /// The versions that come before, where the tool has a graph.
    pub(crate) parents: Vec<Version>,
    /// The tool runs it outside a transaction.
    pub(crate) alone: bool,
    /// Placeholders are filled.
    pub(crate) placeholders: bool,
    /// It asks for the rights of a superuser.
    pub(crate) privileged: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            parents: Vec::new(),
            alone: false,
            placeholders: true,
            privileged: false,
        }
    }
}

/// The SQL of one direction of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The file it stands in.
    pub(crate) path: String,
    pub(crate) direction: Direction,
    pub(crate) text: String,
    /// How many lines of the file come before.
    pub(crate) lines_above: usize,
    /// The tool runs it outside a transaction.
    pub(crate) alone: bool,
}
