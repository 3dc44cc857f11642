//! A fresh data directory: from `initdb`, or from a copy of what it made before.

use std::fs::{self, DirBuilder, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use crate::account::Account;
use crate::binaries::Binaries;
use crate::cache::Cache;
use crate::connection::USER;
use crate::directory::Directory;
use crate::error::{Error, printed};

/// `--locale=C` sorts alike on every machine.
const INITDB: [&str; 6] =
    ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--username", USER];

/// Makes the cluster in the server's directory.
///
/// A copy takes a tenth of the time of `initdb`. All that can go wrong with a copy only costs that
/// time.
pub(crate) fn create(
    binaries: &Binaries,
    account: &Account,
    cache: &Cache,
    directory: &Directory,
) -> Result<(), Error> {
    let template = cache.dir().join(template_name(binaries, account));
    let data = directory.data();
    if template.is_dir() {
        if copy(&template.join("data"), &data, account).is_ok() {
            return Ok(());
        }
        if data.exists() {
            fs::remove_dir_all(&data).map_err(Error::file("remove", &data))?;
        }
    }

    let initdb = binaries.dir().join("initdb");
    let output = account
        .command(&initdb, directory.path())
        .args(INITDB)
        .arg("--pgdata")
        .arg(&data)
        .output()
        .map_err(|source| Error::Run { program: initdb.display().to_string(), source })?;
    if !output.status.success() {
        return Err(Error::Initdb { output: printed(&output) });
    }
    if !template.exists() {
        // Not everybody can write to the cache, nor every server's account reach it.
        let _: io::Result<()> = keep(&data, &template, cache, account);
    }
    Ok(())
}

/// Everything that decides what `initdb` makes, and whose it is.
fn template_name(binaries: &Binaries, account: &Account) -> String {
    let mut hasher = DefaultHasher::new();
    (binaries.dir(), INITDB, env!("CARGO_PKG_VERSION")).hash(&mut hasher);
    format!("cluster-{}-{}-{:016x}", binaries.version(), account.uid(), hasher.finish())
}

/// Keeps a copy of a cluster that never ran, whole or not at all, as `data` in `template`.
///
/// The account owns a directory of its own around it, for it may not write to the cache's.
fn keep(data: &Path, template: &Path, cache: &Cache, account: &Account) -> io::Result<()> {
    cache.create(account)?;
    let temp = tempfile::Builder::new().prefix(".cluster-").tempdir_in(cache.dir())?;
    let place = temp.path().join("place");
    DirBuilder::new().mode(0o700).create(&place)?;
    fs::set_permissions(temp.path(), Permissions::from_mode(0o755))?;
    account.own(&place)?;
    copy(data, &place.join("data"), account)?;
    fs::rename(place, template)
}

/// Copies as the server's account, whose the copy must be.
fn copy(from: &Path, to: &Path, account: &Account) -> io::Result<()> {
    let output = account.command("cp", Path::new("/")).arg("-RP").arg(from).arg(to).output()?;
    if !output.status.success() {
        return Err(io::Error::other(printed(&output)));
    }
    Ok(())
}
