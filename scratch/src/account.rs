//! Who runs the server: PostgreSQL refuses root.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// The operating system's account that `initdb` and the server run as.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// Who runs this process.
    own: u32,
    /// Who runs the server, when that must be somebody else.
    other: Option<Entry>,
}

/// A line of the user database.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    name: String,
    uid: u32,
    gid: u32,
}

impl Account {
    /// This process' account or, for root, `postgres` or `nobody`.
    pub(crate) fn choose() -> Result<Self, Error> {
        const PASSWD: &str = "/etc/passwd";
        let temp = env::temp_dir();
        // A file belongs to who made it: the way to ask "who am I" without the C library.
        let own = tempfile::tempfile()
            .and_then(|file| file.metadata())
            .map_err(Error::file("create a file in", temp))?
            .uid();
        let other = match own {
            0 => {
                let passwd = fs::read_to_string(PASSWD).map_err(Error::file("read", PASSWD))?;
                Some(unprivileged(&passwd).ok_or(Error::NoAccount)?)
            }
            _ => None,
        };
        Ok(Self { own, other })
    }

    /// Whether it is this process' own.
    pub(crate) fn is_own(&self) -> bool {
        self.other.is_none()
    }

    /// The user id of this process.
    pub(crate) fn own_uid(&self) -> u32 {
        self.own
    }

    /// The user id of the server.
    pub(crate) fn uid(&self) -> u32 {
        self.other.as_ref().map_or(self.own, |entry| entry.uid)
    }

    /// For messages.
    pub(crate) fn name(&self) -> String {
        self.other.as_ref().map_or_else(|| self.own.to_string(), |entry| entry.name.clone())
    }

    /// A command that runs as this account in `dir`, untouched by the caller's locale, time zone
    /// and settings for PostgreSQL's clients.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>, dir: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(dir);
        for (name, _) in env::vars_os() {
            let bytes = name.as_encoded_bytes();
            if bytes.starts_with(b"PG") || bytes.starts_with(b"LC_") || bytes == b"LANGUAGE" {
                command.env_remove(&name);
            }
        }
        command.env("LC_ALL", "C").env("TZ", "UTC");
        if let Some(entry) = &self.other {
            command.uid(entry.uid).gid(entry.gid);
        }
        command
    }

    /// Makes this account the owner of `path`.
    pub(crate) fn own(&self, path: &Path) -> io::Result<()> {
        match &self.other {
            Some(entry) => chown(path, Some(entry.uid), Some(entry.gid)),
            None => Ok(()),
        }
    }
}

/// The account to use in root's place, from the text of `/etc/passwd`.
fn unprivileged(passwd: &str) -> Option<Entry> {
    // `_postgres` is what macOS calls it.
    ["postgres", "_postgres", "nobody"].into_iter().find_map(|wanted| {
        passwd.split('\n').find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next().filter(|name| *name == wanted)?;
            let uid = fields.nth(1)?.parse().ok().filter(|uid| *uid != 0)?;
            let gid = fields.next()?.parse().ok()?;
            Some(Entry { name: name.to_owned(), uid, gid })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unprivileged_prefers_postgres_and_never_takes_root() {
        let root = "root:x:0:0:root:/root:/bin/bash\n";
        let nobody = "nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n";
        let postgres = "postgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        for (passwd, expected) in [
            (format!("{root}{nobody}{postgres}"), Some(("postgres", 101, 104))),
            (format!("{root}{nobody}"), Some(("nobody", 65534, 65533))),
            (format!("postgres:x:0:0::/:/bin/sh\n{nobody}"), Some(("nobody", 65534, 65533))),
            ("nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false".into(), None),
            ("postgres:x".into(), None),
            (root.into(), None),
            (String::new(), None),
        ] {
            let expected =
                expected.map(|(name, uid, gid)| Entry { name: name.to_owned(), uid, gid });
            assert_eq!(unprivileged(&passwd), expected, "{passwd}");
        }
    }
}
