//! A running server's own directory: its cluster, its socket, its log, and who uses it.

use std::env;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process;

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::account::Account;
use crate::error::{Error, printed, tail};

/// The longest socket path in bytes that every Unix system accepts: macOS takes 103, Linux 107.
const SOCKET_PATH_LIMIT: usize = 103;

/// The directory of one server. Only the server's account, and root, may enter it.
///
/// What lies in it: `data`, the cluster; `log`; `.s.PGSQL.<port>`, the socket; `users`, the named
/// pipe that every using process holds open; `ended`, once the server has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Directory {
    path: PathBuf,
}

/// A process' use of a server, which lasts until this is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Use {
    /// The named pipe, open for writing. No process that we start inherits it: the standard
    /// library opens files close-on-exec.
    pipe: File,
}

impl Directory {
    /// A new directory, with the pipe in it, that goes away with the second value.
    pub(crate) fn create(account: &Account) -> Result<(Self, TempDir), Error> {
        let mut source = None;
        for parent in parents() {
            match Self::create_in(&parent, account) {
                Ok(Some(created)) => return Ok(created),
                Ok(None) => {}
                Err(error) => source = Some(error),
            }
        }
        Err(Error::NoDirectory { source })
    }

    /// `None` where the path would be too long for a socket.
    fn create_in(parent: &Path, account: &Account) -> io::Result<Option<(Self, TempDir)>> {
        let made = tempfile::Builder::new()
            .prefix("pgs-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent)?;
        let directory = Self::at(made.path().to_owned());
        if directory.socket(u16::MAX).as_os_str().len() > SOCKET_PATH_LIMIT {
            return Ok(None);
        }
        account.own(made.path())?;
        // As the account: it must be able to come here, and to remove the directory in the end.
        let script =
            "[ -w .. ] || { echo \"$PWD/..: not writable\"; exit 1; }; mkfifo -m 600 users";
        let output = account.command("sh", made.path()).args(["-c", script]).output()?;
        if !output.status.success() {
            return Err(io::Error::other(printed(&output)));
        }
        Ok(Some((directory, made)))
    }

    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The server's data directory.
    pub(crate) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(crate) fn socket(&self, port: u16) -> PathBuf {
        self.path.join(format!(".s.PGSQL.{port}"))
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("log")
    }

    /// The last lines of the server's log.
    pub(crate) fn log_tail(&self) -> String {
        fs::read(self.log()).map_or_else(
            |error| format!("({}: {error})", self.log().display()),
            |log| tail(&String::from_utf8_lossy(&log)),
        )
    }

    /// Whether the server in it has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.path.join("ended").exists()
    }

    /// The server's process id, once it runs.
    pub(crate) fn pid(&self) -> Option<u32> {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        file.split('\n').next()?.trim().parse().ok()
    }

    /// Opens the pipe, unless the server is about to go.
    ///
    /// The directory must belong to `account`: after a server is gone, its name is free for all.
    pub(crate) fn open(&self, account: &Account) -> io::Result<Use> {
        let path = self.pipe();
        if fs::symlink_metadata(&self.path)?.uid() != account.uid()
            || !fs::symlink_metadata(&path)?.file_type().is_fifo()
        {
            return Err(io::Error::new(io::ErrorKind::NotFound, "not a server's directory"));
        }
        // Opened for reading too, so that it does not wait for a reader that may have died.
        let pipe = File::options().read(true).write(true).open(path)?;
        Ok(Use { pipe })
    }

    /// The reading end of the pipe, which sees the end when the last use is over. To be opened
    /// while there is a use: it would wait for one.
    pub(crate) fn reader(&self) -> io::Result<File> {
        File::open(self.pipe())
    }

    fn pipe(&self) -> PathBuf {
        self.path.join("users")
    }

    /// Whether a server listens on its socket.
    pub(crate) fn answers(&self, port: u16) -> bool {
        UnixStream::connect(self.socket(port)).is_ok()
    }
}

impl Use {
    /// Tells the server's watch that somebody came.
    pub(crate) fn announce(&mut self) -> io::Result<()> {
        self.pipe.write_all(format!("{}\n", process::id()).as_bytes())
    }
}

/// Where temporary directories may be made: the system's own choice is often too long for a
/// socket, or closed to other accounts.
fn parents() -> Vec<PathBuf> {
    let mut parents = vec![env::temp_dir()];
    for usual in ["/tmp", "/var/tmp"].map(PathBuf::from) {
        if !parents.contains(&usual) {
            parents.push(usual);
        }
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_too_long_is_passed_over() {
        let account = Account::choose().unwrap();
        let parent = tempfile::tempdir().unwrap();
        let long = parent.path().join("x".repeat(SOCKET_PATH_LIMIT));
        fs::create_dir(&long).unwrap();
        assert!(Directory::create_in(&long, &account).unwrap().is_none());
        assert_eq!(fs::read_dir(&long).unwrap().count(), 0);
    }

    #[test]
    fn a_place_where_the_account_cannot_come_or_go_is_an_error() {
        let account = Account::choose().unwrap();
        if account.is_own() {
            println!("skipped: not root, so there is no other account");
            return;
        }
        let parent = tempfile::tempdir().unwrap();
        for (mode, fit) in [(0o700, false), (0o755, false), (0o1777, true)] {
            fs::set_permissions(parent.path(), Permissions::from_mode(mode)).unwrap();
            assert_eq!(Directory::create_in(parent.path(), &account).is_ok(), fit, "{mode:o}");
        }
    }

    #[test]
    fn the_pipe_ends_with_the_last_use() {
        let account = Account::choose().unwrap();
        let (directory, _made) = Directory::create(&account).unwrap();
        let mut uses = [directory.open(&account).unwrap(), directory.open(&account).unwrap()];
        let reader = directory.reader().unwrap();
        for usage in &mut uses {
            usage.announce().unwrap();
        }
        drop(uses);
        let said = io::read_to_string(reader).unwrap();
        let pid = process::id();
        assert_eq!(said, format!("{pid}\n{pid}\n"));
    }

    #[test]
    fn what_is_not_a_servers_directory_cannot_be_used() {
        let account = Account::choose().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let directory = Directory::at(dir.path().to_owned());
        assert!(directory.open(&account).is_err());
        fs::write(dir.path().join("users"), "").unwrap();
        assert!(directory.open(&account).is_err());
        assert!(!directory.answers(5432));
    }
}
