//! One server for many processes: the note that says where it is.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::account::Account;
use crate::binaries::BIN_VARIABLE;
use crate::cache::{Cache, lock};
use crate::error::Error;
use crate::launch;
use crate::scratch::Scratch;
use crate::server::{Hold, Server, Site};

/// Joins the server that the note tells of; if it is gone, starts one and notes it.
///
/// The note is locked meanwhile, so of several processes one starts the server and the others wait
/// and join.
pub(crate) fn join_or_start(
    wanted: &Scratch,
    name: &str,
    cache: &Cache,
    account: &Account,
) -> Result<Server, Error> {
    cache.create(account).map_err(Error::file("create", cache.dir()))?;
    let path = note_path(wanted, name, cache, account);
    let mut note = lock(&path).map_err(Error::file("lock", &path))?;
    if let Some(server) = join(&mut note, account) {
        return Ok(server);
    }
    // A linger of nothing would end the server before the next process can come.
    let linger = wanted.linger.max(Duration::from_secs(1));
    let (site, watched) = launch::start(wanted, linger, cache, account)?;
    write(&mut note, &site).map_err(Error::file("write", &path))?;
    Ok(Server::new(site, Hold::Shared(watched.share())))
}

/// The server of the note, unless it is gone or the note says nothing.
fn join(note: &mut File, account: &Account) -> Option<Server> {
    let mut text = String::new();
    note.read_to_string(&mut text).ok()?;
    let site: Site = serde_json::from_str(&text).ok()?;
    // In this order: once we use it, it does not go any more.
    let mut usage = site.directory.open(account).ok()?;
    usage.announce().ok()?;
    site.directory.answers(site.port).then(|| Server::new(site, Hold::Shared(usage)))
}

fn write(note: &mut File, site: &Site) -> io::Result<()> {
    let text = serde_json::to_string(site)?;
    note.set_len(0)?;
    note.rewind()?;
    note.write_all(text.as_bytes())
}

/// Where the server is noted that is shared by all who want the same.
fn note_path(wanted: &Scratch, name: &str, cache: &Cache, account: &Account) -> PathBuf {
    let Scratch { version, source, settings, tcp, cache_dir: _, linger: _ } = wanted;
    let mut hasher = DefaultHasher::new();
    (name, version, source, settings, tcp).hash(&mut hasher);
    (std::env::var_os(BIN_VARIABLE), account.uid(), env!("CARGO_PKG_VERSION")).hash(&mut hasher);
    let readable: String = name
        .chars()
        .take(40)
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .collect();
    Path::new(cache.dir()).join(format!("shared-{readable}-{:016x}.json", hasher.finish()))
}
