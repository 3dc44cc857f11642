//! Crates that are made for a test, and built by cargo.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ended::Ended;
use crate::workspace;

/// A crate with a chain. Its directory belongs to one test at a time.
#[derive(Debug)]
pub struct Project {
    directory: PathBuf,
    target: PathBuf,
    _lock: File,
}

const MANIFEST: &str = r#"
[package]
name = "NAME"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
pgmigrate = { path = "ROOT/runtime" }
postgres = "0.19"

[profile.dev]
debug = false

# It is the crate itself that is tested; what it depends on is to be built soon.
[profile.release.package."*"]
opt-level = 0
"#;

/// A program that upgrades the database of its argument, and prints what it applied.
pub const MAIN: &str = r#"static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!();

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no address was given")?;
    let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
    for done in MIGRATIONS.upgrade(&mut client)?.done {
        println!("{}", done.revision);
    }
    Ok(())
}
"#;

impl Project {
    /// Makes a crate with [`MAIN`] and no chain yet. All crates are below `place` and share what
    /// cargo builds for them.
    pub fn new(place: &Path, name: &str) -> Self {
        let place = place.join("end-to-end");
        let directory = place.join(name);
        fs::create_dir_all(&place).expect("the directory can be made");
        let lock = File::create(place.join(format!("{name}.lock"))).expect("it can be written");
        lock.lock().expect("the lock is free at some time");
        if directory.exists() {
            fs::remove_dir_all(&directory).expect("the crate of an earlier run can be removed");
        }
        fs::create_dir_all(directory.join("src")).expect("the directory can be made");
        let project = Self { directory, target: place.join("target"), _lock: lock };
        let root = workspace::root().display().to_string();
        project.write("Cargo.toml", MANIFEST.replace("NAME", name).replace("ROOT", &root));
        // The versions that this workspace was built with, so that nothing need be downloaded.
        let versions = fs::read(workspace::root().join("Cargo.lock")).expect("it can be read");
        project.write("Cargo.lock", versions);
        project.write("src/main.rs", MAIN);
        project
    }

    /// Where the crate is.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Where its chain is.
    pub fn migrations(&self) -> PathBuf {
        self.directory.join("migrations")
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.directory.join(path);
        fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// `cargo build`.
    pub fn build(&self) -> Ended {
        self.cargo(&["build"])
    }

    /// Runs cargo.
    pub fn cargo(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command().args(arguments))
    }

    /// `cargo build` by clippy, which sees the crate itself and nothing that it depends on.
    pub fn clippy(&self) -> Ended {
        Ended::of(self.command().arg("build").env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What cargo tells the tests of their own package is not true of this one.
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        command
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CARGO_MANIFEST_PATH")
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_NET_OFFLINE", "true")
            .current_dir(&self.directory);
        command
    }

    /// The program that was built, as `cargo build` makes it (`debug`) or with `--release`
    /// (`release`).
    pub fn program(&self, profile: &str) -> PathBuf {
        let name = self.directory.file_name().expect("it has a name");
        self.target.join(profile).join(name)
    }

    /// What [`MAIN`] prints when it has upgraded a database: ids, in the order in which they were
    /// applied.
    #[track_caller]
    pub fn boot(&self, profile: &str, url: &str) -> Vec<String> {
        let ended = Ended::of(Command::new(self.program(profile)).arg(url)).succeeds();
        ended.stdout.lines().map(str::to_owned).collect()
    }
}
