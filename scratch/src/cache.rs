//! What is kept from one server to the next: unpacked packages, fresh clusters, and the notes of
//! which servers are shared.

use std::env;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::account::Account;
use crate::error::{Unusable, printed};

/// A directory that may vanish at any time, and with it only time is lost.
#[derive(Debug, Clone)]
pub(crate) struct Cache {
    dir: PathBuf,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Somewhere that is the user's own.
    Own,
    /// Where everybody may make directories, and so somebody else may have made ours before us.
    Public,
}

impl Cache {
    pub(crate) fn at(dir: PathBuf) -> Self {
        Self { dir, place: Place::Own }
    }

    /// In the target directory of the cargo build that made the running program; for a program
    /// that lies elsewhere, in the temporary directory.
    pub(crate) fn usual(account: &Account) -> Self {
        let target = env::current_exe().ok().and_then(|program| target_directory(&program));
        match target {
            Some(target) => Self::at(target.join("pgmigrate-scratch")),
            None => Self::temporary(account),
        }
    }

    /// One for each user, which the server's account can reach.
    pub(crate) fn temporary(account: &Account) -> Self {
        let parent = if account.is_own() { env::temp_dir() } else { PathBuf::from("/tmp") };
        let name = format!("pgmigrate-scratch-{}", account.own_uid());
        Self { dir: parent.join(name), place: Place::Public }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Makes the directory, unless it is there.
    pub(crate) fn create(&self, account: &Account) -> io::Result<()> {
        fs::create_dir_all(&self.dir)?;
        if self.place == Place::Public {
            // Programs are run from here.
            let found = fs::symlink_metadata(&self.dir)?;
            if !found.is_dir() || found.uid() != account.own_uid() {
                let why = "it belongs to another user";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
            }
            fs::set_permissions(&self.dir, Permissions::from_mode(0o755))?;
        }
        Ok(())
    }

    /// The directory `name` in this cache, which `fill` makes if it is not there.
    ///
    /// One process makes it while all others wait, and it appears whole or not at all. Everybody
    /// may read what is in it.
    pub(crate) fn tree(
        &self,
        name: &str,
        account: &Account,
        fill: impl FnOnce(&Path) -> Result<PathBuf, Unusable>,
    ) -> Result<PathBuf, Unusable> {
        let tree = self.dir.join(name);
        if tree.is_dir() {
            return Ok(tree);
        }
        self.create(account).map_err(Unusable::cache(&self.dir))?;
        let path = self.dir.join("lock");
        let _lock = lock(&path).map_err(Unusable::cache(&path))?;
        if tree.is_dir() {
            return Ok(tree);
        }
        // Always the same name: while we have the lock, what lies there is of one who was killed.
        let name = ".unpacking";
        let _: io::Result<()> = fs::remove_dir_all(self.dir.join(name));
        let unpacking = tempfile::Builder::new()
            .prefix(name)
            .rand_bytes(0)
            .tempdir_in(&self.dir)
            .map_err(Unusable::cache(&self.dir))?;
        let made = fill(unpacking.path())?;
        run(Command::new("chmod").args(["-R", "a+rX,u+w,go-w"]).arg(&made))?;
        fs::rename(&made, &tree).map_err(Unusable::cache(&tree))?;
        Ok(tree)
    }
}

/// Takes the lock of the file at `path`, which is made if need be, and waits for it.
pub(crate) fn lock(path: &Path) -> io::Result<File> {
    let file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
    file.lock()?;
    Ok(file)
}

/// Runs a command to its end, and gives what it printed on standard output.
pub(crate) fn run(command: &mut Command) -> Result<Vec<u8>, Unusable> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output =
        command.output().map_err(|error| Unusable::Broken(format!("{program}: {error}")))?;
    if !output.status.success() {
        return Err(Unusable::Broken(format!("{program}: {}", printed(&output))));
    }
    Ok(output.stdout)
}

/// The nearest directory above `program` that cargo marked as one of its own.
///
/// This holds however the directory was configured, where the environment of the running program
/// need not say. Cargo leaves out the first mark in a directory that it did not make itself.
fn target_directory(program: &Path) -> Option<PathBuf> {
    program
        .ancestors()
        .skip(1)
        .find(|dir| {
            ["CACHEDIR.TAG", ".rustc_info.json"].iter().any(|mark| dir.join(mark).is_file())
        })
        .map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs::DirBuilder;
    use std::os::unix::fs::DirBuilderExt;

    use super::*;

    #[test]
    fn target_directory_is_the_nearest_marked_one() {
        let top = tempfile::tempdir().unwrap();
        let deps = top.path().join("a/target/debug/deps");
        fs::create_dir_all(&deps).unwrap();
        let program = deps.join("program");
        assert_eq!(target_directory(&program), None);
        fs::write(top.path().join("CACHEDIR.TAG"), "").unwrap();
        assert_eq!(target_directory(&program).as_deref(), Some(top.path()));
        fs::write(top.path().join("a/target/.rustc_info.json"), "").unwrap();
        assert_eq!(target_directory(&program), Some(top.path().join("a/target")));
    }

    #[test]
    fn a_public_cache_of_somebody_else_is_refused() {
        let account = Account::choose().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let public = |path| Cache { dir: path, place: Place::Public };
        public(dir.path().join("new")).create(&account).unwrap();
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(dir.path().join("new"), &link).unwrap();
        assert!(public(link).create(&account).is_err());
        if !account.is_own() {
            account.own(dir.path()).unwrap();
            assert!(public(dir.path().to_owned()).create(&account).is_err());
        }
    }

    #[test]
    fn this_program_is_in_a_target_directory() {
        let program = env::current_exe().unwrap();
        assert!(target_directory(&program).is_some(), "{}", program.display());
    }

    #[test]
    fn a_tree_is_made_once_and_whole_or_not_at_all() {
        let account = Account::choose().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::at(dir.path().join("cache"));
        fs::create_dir_all(cache.dir().join(".unpacking/rest of a killed process")).unwrap();
        let failed = cache.tree("tree", &account, |temp| {
            fs::create_dir(temp.join("half")).unwrap();
            Err(Unusable::Missing("rest"))
        });
        assert!(matches!(failed, Err(Unusable::Missing("rest"))));
        let names = || -> Vec<_> {
            let mut names: Vec<_> = fs::read_dir(cache.dir())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(), ["lock"]);

        let tree = cache
            .tree("tree", &account, |temp| {
                let made = temp.join("made");
                DirBuilder::new().mode(0o700).create(&made).unwrap();
                fs::write(made.join("file"), "content").unwrap();
                Ok(made)
            })
            .unwrap();
        assert_eq!(fs::read_to_string(tree.join("file")).unwrap(), "content");
        assert_eq!(fs::metadata(&tree).unwrap().permissions().mode() & 0o777, 0o755);
        assert_eq!(names(), ["lock", "tree"]);

        let again = cache.tree("tree", &account, |_| panic!("it is there")).unwrap();
        assert_eq!(again, tree);
    }
}
