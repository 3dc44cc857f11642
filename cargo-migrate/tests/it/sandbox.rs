//! A directory of its own for each test, and the binary.

use std::path::Path;
use std::process::{Command, Output};

use pgmigrate_scratch::{Database, Server};

/// The binary that is tested.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_cargo-migrate");

/// A directory, and perhaps a database, that go with the test.
pub(crate) struct Sandbox {
    directory: tempfile::TempDir,
    database: Option<Database>,
}

impl Sandbox {
    /// An empty directory.
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), database: None }
    }

    /// An empty directory and an empty database.
    pub(crate) fn with_database() -> Self {
        let server = Server::shared("cargo-migrate").unwrap();
        Self { database: Some(server.fresh_database().unwrap()), ..Self::new() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A program in the directory, with nothing of the surroundings that a command looks at.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path());
        for name in ["MIGRATE_DATABASE_URL", "DATABASE_URL", "VISUAL", "EDITOR", "CARGO"] {
            command.env_remove(name);
        }
        // Colours only where a test asks for them, and one language.
        command.env("NO_COLOR", "1").env("LC_ALL", "C");
        if let Some(database) = &self.database {
            command.env("DATABASE_URL", database.url());
        }
        command
    }

    /// `cargo migrate` with these arguments, from anywhere in the sandbox.
    pub(crate) fn migrate(&self, arguments: &[&str]) -> Output {
        self.command(BINARY).arg("migrate").args(arguments).output().unwrap()
    }

    /// The same, which must succeed; gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.migrate(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes a chain of revisions `r0001`, `r0002`, …, with a table each, and its lock.
    pub(crate) fn write_chain(&self, dir: &str, revisions: usize) {
        for number in 1..=revisions {
            let parent = match number {
                1 => "base".to_owned(),
                _ => format!("r{:04}", number - 1),
            };
            self.write(
                &format!("{dir}/2026-01-01_r{number:04}_add_table.sql"),
                &format!(
                    "-- add table {number}\n--\n-- Revision ID: r{number:04}\n-- Revises: {parent}\n\
                     -- Create Date: 2026-01-01 00:00:00 UTC\n\n-- migrate:up\n\
                     CREATE TABLE t{number} (\n    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY \
                     KEY,\n    name text NOT NULL DEFAULT 'none',\n    created_at timestamptz NOT \
                     NULL DEFAULT now()\n);\nCREATE INDEX t{number}_name ON t{number} (name);\n\n\
                     -- migrate:down\nDROP TABLE t{number};\n"
                ),
            );
        }
        self.succeed(&["lock", "--dir", dir]);
    }
}
