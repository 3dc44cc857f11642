//! One set of server programs, and the order in which places are searched for it.

use std::env;
use std::fmt;
use std::io;
use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::cache::Cache;
use crate::error::{Error, Tried, Unusable, printed};
use crate::installed;
use crate::package;

/// The environment variable that names the directory to take `initdb` and `postgres` from.
pub const BIN_VARIABLE: &str = "PGMIGRATE_POSTGRES_BIN";

/// Where to take the server from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Every place in turn: the environment, an installed server, the npm package, the Python
    /// package.
    #[default]
    Any,
    /// A server that is installed on this machine.
    Installed,
    /// The npm package.
    Npm,
    /// The Python package.
    Pip,
    /// This directory, which holds `initdb` and `postgres`.
    Directory(PathBuf),
}

/// The programs of one PostgreSQL installation. They have been seen to run.
///
/// Displays as `PostgreSQL 15.18 (installed, /usr/lib/postgresql/15/bin)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binaries {
    dir: PathBuf,
    version: Version,
    origin: Origin,
}

/// Where [`Binaries`] came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Origin {
    /// The directory in [`BIN_VARIABLE`].
    Environment,
    /// Installed on this machine.
    Installed,
    /// The directory in [`Source::Directory`].
    Directory,
    /// An npm package, name and version.
    Npm(String),
    /// A Python package, name and version.
    Pip(String),
}

/// The version of a server.
///
/// Displays as the server writes it: `15.18`, `19devel`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    major: u32,
    text: String,
}

impl Binaries {
    /// The first usable set of programs from `source`, of major version `wanted` if that is given.
    pub(crate) fn find(
        source: &Source,
        wanted: Option<u32>,
        cache: &Cache,
        account: &Account,
    ) -> Result<Self, Error> {
        let mut search = Search { wanted, cache, account, tried: Vec::new() };
        let found = match source {
            Source::Any => {
                let named = match env::var_os(BIN_VARIABLE).filter(|dir| !dir.is_empty()) {
                    Some(dir) => search.named(&PathBuf::from(dir), Origin::Environment)?,
                    None => None,
                };
                named
                    .or_else(|| search.installed())
                    .or_else(|| search.npm())
                    .or_else(|| search.pip())
            }
            Source::Installed => search.installed(),
            Source::Npm => search.npm(),
            Source::Pip => search.pip(),
            Source::Directory(dir) => search.named(dir, Origin::Directory)?,
        };
        found.ok_or(Error::NotFound { wanted, tried: search.tried })
    }

    /// The programs in `dir`, when they are all there and run as `account`.
    pub(crate) fn inspect(dir: &Path, origin: Origin, account: &Account) -> Result<Self, Unusable> {
        let unreachable = || Unusable::Unreachable { account: account.name() };
        for program in ["initdb", "postgres"] {
            match dir.join(program).metadata() {
                Ok(file) if file.is_file() => {}
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    return Err(unreachable());
                }
                _ => return Err(Unusable::Missing(program)),
            }
        }
        let output = account
            .command(dir.join("postgres"), Path::new("/"))
            .arg("--version")
            .output()
            .map_err(|error| match error.kind() {
                io::ErrorKind::PermissionDenied => unreachable(),
                _ => Unusable::Broken(error.to_string()),
            })?;
        if !output.status.success() {
            return Err(Unusable::Broken(printed(&output)));
        }
        let said = String::from_utf8_lossy(&output.stdout);
        let version = Version::parse(&said).ok_or_else(|| {
            Unusable::Broken(format!("its version is not understood: {}", said.trim()))
        })?;
        Ok(Self { dir: dir.to_owned(), version, origin })
    }

    /// The directory that holds the programs.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The server's version.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Where the programs came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The path of one program, `None` where this set lacks it: the npm package has neither `psql`
    /// nor `pg_dump`.
    pub fn bin(&self, program: &str) -> Option<PathBuf> {
        Some(self.dir.join(program)).filter(|path| path.is_file())
    }
}

impl fmt::Display for Binaries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgreSQL {} ({}, {})", self.version, self.origin, self.dir.display())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str(BIN_VARIABLE),
            Self::Installed => f.write_str("installed"),
            Self::Directory => f.write_str("given"),
            Self::Npm(package) => write!(f, "npm package {package}"),
            Self::Pip(package) => write!(f, "Python package {package}"),
        }
    }
}

impl Version {
    /// Reads the answer to `postgres --version`: `postgres (PostgreSQL) 15.18 (Debian …)`.
    fn parse(said: &str) -> Option<Self> {
        let text = said.split_once("(PostgreSQL)")?.1.split_whitespace().next()?;
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        Some(Self { major: text[..digits].parse().ok()?, text: text.to_owned() })
    }

    /// The major version: 15 of `15.18`.
    pub fn major(&self) -> u32 {
        self.major
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A search under way, and what it has passed over.
struct Search<'a> {
    wanted: Option<u32>,
    cache: &'a Cache,
    account: &'a Account,
    tried: Vec<Tried>,
}

impl Search<'_> {
    /// A directory that somebody named: that it is unusable is an error, that it is of another
    /// version is not.
    fn named(&mut self, dir: &Path, origin: Origin) -> Result<Option<Binaries>, Error> {
        let binaries = path::absolute(dir)
            .map_err(|error| Unusable::Broken(error.to_string()))
            .and_then(|dir| Binaries::inspect(&dir, origin.clone(), self.account))
            .map_err(|source| Error::Directory { dir: dir.to_owned(), origin, source })?;
        Ok(self.take(dir.display().to_string(), Ok(binaries)))
    }

    fn installed(&mut self) -> Option<Binaries> {
        let dirs = installed::candidates();
        if dirs.is_empty() {
            let place = installed::PLACES.to_owned();
            self.tried.push(Tried { place, why: Unusable::Missing("initdb") });
        }
        dirs.into_iter().find_map(|dir| {
            let found = Binaries::inspect(&dir, Origin::Installed, self.account);
            self.take(dir.display().to_string(), found)
        })
    }

    fn npm(&mut self) -> Option<Binaries> {
        let found = package::npm::binaries(self.wanted, self.cache, self.account);
        self.take(format!("npm package {}", package::npm::NAME), found)
    }

    fn pip(&mut self) -> Option<Binaries> {
        let found = package::pip::binaries(self.wanted, self.cache, self.account);
        self.take(format!("Python package {}", package::pip::NAME), found)
    }

    fn take(&mut self, place: String, found: Result<Binaries, Unusable>) -> Option<Binaries> {
        let why = match found {
            Ok(found) if self.wanted.is_none_or(|major| major == found.version.major) => {
                return Some(found);
            }
            Ok(found) => Unusable::Version(found.version),
            Err(why) => why,
        };
        self.tried.push(Tried { place, why });
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_read_from_what_servers_print() {
        for (said, expected) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", Some((15, "15.18"))),
            ("postgres (PostgreSQL) 17.10\n", Some((17, "17.10"))),
            ("postgres (PostgreSQL) 19devel\n", Some((19, "19devel"))),
            ("postgres (PostgreSQL) 18beta1", Some((18, "18beta1"))),
            ("postgres (PostgreSQL) devel", None),
            ("postgres (PostgreSQL)", None),
            ("bash: postgres: command not found", None),
        ] {
            let version = Version::parse(said);
            let found = version.as_ref().map(|version| (version.major, version.text.as_str()));
            assert_eq!(found, expected, "{said}");
        }
    }
}
