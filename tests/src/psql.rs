//! PostgreSQL's own programs, as the measure of ours.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pgmigrate_scratch::{Database, Server};

use crate::corpus::{Corpus, Way};
use crate::ended::Ended;

/// `psql` and `pg_dump` of a server.
#[derive(Debug)]
pub struct Psql {
    psql: PathBuf,
    pg_dump: PathBuf,
}

/// How far psql came.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    /// How many files it ran.
    pub files: usize,
    /// What the server said of the file after those.
    pub error: Option<String>,
}

impl Psql {
    /// The programs of the server's installation, or those on the PATH; none where there are
    /// none: an embedded server comes without.
    pub fn of(server: &Server) -> Option<Self> {
        let find = |program: &str| {
            let path = server.bin(program).unwrap_or_else(|| program.into());
            let runs = Command::new(&path).arg("--version").output();
            runs.is_ok_and(|output| output.status.success()).then_some(path)
        };
        Some(Self { psql: find("psql")?, pg_dump: find("pg_dump")? })
    }

    /// Runs a script as it is.
    pub fn run_file(&self, database: &Database, file: &std::path::Path) {
        Ended::of(self.command(database).arg("-f").arg(file)).succeeds();
    }

    /// Runs files of a corpus, each in a session of its own, and in a transaction unless it must
    /// not run in one, up to the first that fails.
    pub fn run(&self, database: &Database, corpus: &Corpus, files: &[String], way: Way) -> Ran {
        let folder = tempfile::tempdir().expect("there is room for files");
        let mut script = String::new();
        for (number, file) in files.iter().enumerate() {
            let path = folder.path().join(format!("{number}.sql"));
            fs::write(&path, corpus.sql(file, way)).expect("the file can be written");
            let (begin, commit) =
                if corpus.is_alone(file) { ("", "") } else { ("BEGIN;", "COMMIT;") };
            let path = path.display();
            let _ = writeln!(script, "{begin}\n\\i '{path}'\n{commit}\n\\echo done\n\\connect");
        }
        let path = folder.path().join("all.sql");
        fs::write(&path, script).expect("the file can be written");
        let ended = Ended::of(self.command(database).arg("-f").arg(&path));
        let done = ended.stdout.lines().filter(|line| *line == "done").count();
        let error = (ended.code != Some(0)).then(|| first_error(&ended));
        assert_eq!(error.is_none(), done == files.len(), "{ended}");
        Ran { files: done, error }
    }

    /// The schema of a database, without the usual history table.
    pub fn schema(&self, database: &Database) -> String {
        let dump = Ended::of(
            Command::new(&self.pg_dump)
                .args(["--schema-only", "--no-owner", "--exclude-table=public.migrate_history"])
                .arg(database.url()),
        )
        .succeeds();
        // A random word, and another in each dump.
        let is_schema =
            |line: &&str| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict");
        dump.stdout.lines().filter(is_schema).fold(String::new(), |text, line| text + line + "\n")
    }

    fn command(&self, database: &Database) -> Command {
        let mut command = Command::new(&self.psql);
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]).arg(database.url());
        command.env("PGOPTIONS", "-c client_min_messages=warning");
        command
    }
}

/// The words after `ERROR:` of the first error.
fn first_error(ended: &Ended) -> String {
    let error = ended.stderr.lines().find_map(|line| line.split_once("ERROR:  "));
    error.map_or_else(|| panic!("no server refused this: {ended}"), |(_, words)| words.to_owned())
}

/// The first line in which two texts differ, with its surroundings; none where they are equal.
pub fn first_difference(ours: &str, theirs: &str) -> Option<String> {
    let (ours, theirs): (Vec<&str>, Vec<&str>) = (ours.lines().collect(), theirs.lines().collect());
    let at = (0..ours.len().max(theirs.len())).find(|&at| ours.get(at) != theirs.get(at))?;
    let around = |lines: &[&str]| {
        let range = at.saturating_sub(8).min(lines.len())..(at + 8).min(lines.len());
        lines[range].join("\n")
    };
    Some(format!("line {}\n-- ours\n{}\n-- psql's\n{}", at + 1, around(&ours), around(&theirs)))
}
