//! Chains to measure with, and crates that embed them.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A way to embed a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contestant {
    /// `pgmigrate::migrations!()`, with the `build.rs` that `cargo migrate init` writes.
    Pgmigrate,
    /// `sqlx::migrate!()`.
    Sqlx,
    /// An `include_str!` for each file, with the `postgres` crate beside it.
    Floor,
}

impl Contestant {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pgmigrate, Self::Sqlx, Self::Floor];

    /// As it is called in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pgmigrate => "pgmigrate",
            Self::Sqlx => "sqlx",
            Self::Floor => "include_str!",
        }
    }

    fn dependencies(self, workspace: &Path) -> String {
        match self {
            Self::Pgmigrate => format!(
                "pgmigrate = {{ path = {:?} }}\npostgres = \"0.19\"\n",
                workspace.join("runtime").display().to_string()
            ),
            Self::Sqlx => "sqlx = { version = \"0.9\", default-features = false, features = \
                           [\"postgres\", \"migrate\", \"macros\", \"runtime-tokio\"] }\n"
                .to_owned(),
            Self::Floor => "postgres = \"0.19\"\n".to_owned(),
        }
    }

    fn main(self, files: &[PathBuf]) -> String {
        match self {
            Self::Pgmigrate => "static CHAIN: pgmigrate::Migrations = pgmigrate::migrations!();\n\
                fn main() {\n    let mut client = postgres::Client::connect(\"\", \
                postgres::NoTls).unwrap();\n    CHAIN.upgrade(&mut client).unwrap();\n}\n"
                .to_owned(),
            Self::Sqlx => "static CHAIN: sqlx::migrate::Migrator = \
                sqlx::migrate!(\"./migrations\");\nfn main() {\n    \
                println!(\"{}\", CHAIN.iter().count());\n}\n"
                .to_owned(),
            Self::Floor => {
                let mut main = "static CHAIN: &[&str] = &[\n".to_owned();
                for file in files {
                    let _ = writeln!(main, "    include_str!({:?}),", file.display().to_string());
                }
                main + "];\nfn main() {\n    let mut client = postgres::Client::connect(\"\", \
                        postgres::NoTls).unwrap();\n    for sql in CHAIN {\n        \
                        client.batch_execute(sql).unwrap();\n    }\n}\n"
            }
        }
    }
}

/// A crate that embeds a chain, in a directory of its own.
#[derive(Debug)]
pub struct Crate {
    directory: PathBuf,
    target: PathBuf,
    edited: PathBuf,
    edits: usize,
}

impl Crate {
    /// Writes the crate, with a chain of so many revisions.
    pub fn write(
        contestant: Contestant,
        revisions: usize,
        workspace: &Path,
        scratch: &Path,
    ) -> io::Result<Self> {
        let name = contestant.name().replace('!', "");
        let directory = scratch.join(&name);
        fs::create_dir_all(directory.join("src"))?;
        fs::create_dir_all(directory.join("migrations"))?;
        let mut files = Vec::new();
        for number in 0..revisions {
            let file = directory.join("migrations").join(file_name(contestant, number));
            fs::write(&file, revision(contestant, number))?;
            files.push(file);
        }
        let manifest = format!(
            "[package]\nname = \"bench-{name}\"\nedition = \"2024\"\n\
             [package.metadata.migrate.lints]\nmissing-lock = \"allow\"\n[workspace]\n\
             [dependencies]\n{}",
            contestant.dependencies(workspace)
        );
        fs::write(directory.join("Cargo.toml"), manifest)?;
        fs::write(directory.join("src/main.rs"), contestant.main(&files))?;
        if contestant == Contestant::Pgmigrate {
            let build = "fn main() {\n    println!(\"cargo::rerun-if-changed=migrations\");\n}\n";
            fs::write(directory.join("build.rs"), build)?;
        }
        let edited = files.pop().unwrap_or_default();
        Ok(Self { directory, target: scratch.join("target"), edited, edits: 0 })
    }

    /// Changes the last revision, the one that is being written.
    pub fn edit(&mut self) -> io::Result<()> {
        self.edits += 1;
        let text = fs::read_to_string(&self.edited)?;
        let text = text.split("-- edit").next().unwrap_or_default().to_owned();
        fs::write(&self.edited, format!("{text}-- edit {}\n", self.edits))
    }

    /// Forgets what earlier builds found, and nothing else of theirs.
    pub fn forget(&self) -> io::Result<()> {
        let mut directories = vec![self.target.clone()];
        while let Some(directory) = directories.pop() {
            let Ok(entries) = fs::read_dir(&directory) else { continue };
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() {
                    directories.push(path);
                } else if path.file_name().is_some_and(|name| name == "pgmigrate-cache") {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }

    /// Builds the crate; how long that took.
    pub fn build(&self, release: bool) -> io::Result<Duration> {
        let start = Instant::now();
        let status = Command::new("cargo")
            .args(["build", "--quiet"])
            .args(release.then_some("--release"))
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", &self.target)
            .status()?;
        if status.success() {
            Ok(start.elapsed())
        } else {
            Err(io::Error::other(format!("{} does not build", self.directory.display())))
        }
    }
}

/// The name of a revision's file.
pub fn file_name(contestant: Contestant, number: usize) -> String {
    match contestant {
        Contestant::Sqlx => format!("{:05}_change.sql", number + 1),
        _ => format!("{number:05}_{number:012x}_change.sql"),
    }
}

/// A revision of about 800 bytes, of the kinds that real chains have most of.
pub fn revision(contestant: Contestant, number: usize) -> String {
    let table = number / 5;
    let up = match number % 5 {
        0 => format!(
            "CREATE TABLE state_{table} (\n    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n    \
             name text NOT NULL,\n    email varchar(255) UNIQUE,\n    created_at timestamptz NOT NULL \
             DEFAULT now(),\n    amount numeric(12, 2) CHECK (amount >= 0)\n);\nCREATE INDEX \
             state_{table}_name ON state_{table} (name);\n"
        ),
        1 => format!(
            "ALTER TABLE state_{table} ADD COLUMN note text;\nUPDATE state_{table} SET note = 'x' \
             WHERE note IS NULL AND id > 10;\n"
        ),
        2 => format!(
            "CREATE INDEX state_{table}_note ON state_{table} (lower(note)) WHERE note IS NOT NULL;\n"
        ),
        3 => format!(
            "CREATE VIEW view_{table} AS\nSELECT s.id, s.name, count(*) OVER (PARTITION BY s.name) \
             AS n\nFROM state_{table} s\nWHERE s.created_at > now() - interval '1 day';\n"
        ),
        _ => format!(
            "ALTER TABLE state_{table} ADD COLUMN parent_id bigint REFERENCES state_{table} (id) ON \
             DELETE CASCADE;\nINSERT INTO state_{table} (name) VALUES ('a'), ('b');\n"
        ),
    };
    let filler = "-- what the change is for, in as many words as people write\n".repeat(4);
    if contestant == Contestant::Sqlx {
        return format!("{filler}{up}");
    }
    let parent = match number.checked_sub(1) {
        None => "base".to_owned(),
        Some(parent) => format!("{parent:012x}"),
    };
    format!(
        "-- change {number}\n--\n-- Revision ID: {number:012x}\n-- Revises: {parent}\n\
                 -- Create Date: 2026-11-22 01:15:00 UTC\n\n-- migrate:up\n{filler}{up}\n\
                 -- migrate:down irreversible: a benchmark\n"
    )
}
