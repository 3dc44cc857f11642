//! The places where packagers put the server's programs.

use std::cmp::Reverse;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The places in short, for messages.
pub(crate) const PLACES: &str = "/usr/lib/postgresql, pg_config, the PATH, and other usual places";

/// Every directory that may hold an installed server's programs, the best first, none twice.
pub(crate) fn candidates() -> Vec<PathBuf> {
    let mut dirs = Vec::new();
    // Debian, and the RPMs of postgresql.org.
    dirs.extend(versions("/usr/lib/postgresql", "", "bin"));
    dirs.extend(versions("/usr", "pgsql-", "bin"));
    dirs.extend(pg_config());
    dirs.extend(on_path());
    // Built from source, Homebrew, Postgres.app.
    dirs.push("/usr/local/pgsql/bin".into());
    for prefix in ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"] {
        dirs.extend(versions(prefix, "postgresql@", "bin"));
    }
    dirs.extend(versions("/Applications/Postgres.app/Contents/Versions", "", "bin"));

    let mut real: Vec<PathBuf> = Vec::new();
    for dir in dirs.iter().filter_map(|dir| dir.canonicalize().ok()) {
        if dir.join("initdb").is_file() && !real.contains(&dir) {
            real.push(dir);
        }
    }
    real
}

/// `parent/<prefix><version>/<below>` for every version, the newest first.
fn versions(parent: impl AsRef<Path>, prefix: &str, below: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let mut dirs: Vec<(Vec<u32>, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let version = name.strip_prefix(prefix)?;
            let parts: Result<_, _> = version.split('.').map(str::parse).collect();
            Some((parts.ok()?, entry.path().join(below)))
        })
        .collect();
    dirs.sort_unstable_by_key(|(version, _)| Reverse(version.clone()));
    dirs.into_iter().map(|(_, dir)| dir).collect()
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let dir = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(dir.trim_end()))
}

/// Where the first `initdb` on the `PATH` really lies: it is often a link, and the server finds
/// its other files from where its programs are.
fn on_path() -> Option<PathBuf> {
    let initdb = env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join("initdb"))
        .find(|initdb| initdb.is_file())?;
    Some(initdb.canonicalize().ok()?.parent()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_number_newest_first() {
        let parent = tempfile::tempdir().unwrap();
        for name in ["pg-9.6", "pg-18", "pg-9.10", "pg-10", "pg-latest", "other", "pg-"] {
            fs::create_dir(parent.path().join(name)).unwrap();
        }
        let found: Vec<_> = versions(parent.path(), "pg-", "bin")
            .into_iter()
            .map(|dir| dir.strip_prefix(parent.path()).unwrap().to_owned())
            .collect();
        let expected = ["pg-18/bin", "pg-10/bin", "pg-9.10/bin", "pg-9.6/bin"];
        assert_eq!(found, expected.map(PathBuf::from));
        assert!(versions(parent.path().join("absent"), "", "bin").is_empty());
    }
}
