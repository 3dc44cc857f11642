//! Extensions.

use super::Objects;
use super::table::{Kind, Table};
use super::types::Home;
use crate::PostgresVersion;

/// An extension, in the version that `CREATE EXTENSION` installs.
#[derive(Debug, Clone, Copy)]
pub struct Extension {
    /// Its name.
    pub name: &'static str,
    /// The version that is installed where none is named.
    pub version: &'static str,
    versions: &'static str,
    requires: &'static str,
    /// The schema that its objects lie in wherever it is created; none where that can be chosen.
    pub schema: Option<&'static str>,
    /// Whether `ALTER EXTENSION … SET SCHEMA` works.
    pub relocatable: bool,
    /// Whether who may create objects in the database may create it.
    pub trusted: bool,
    /// Whether it comes with PostgreSQL. Of one that does not, another release may be installed,
    /// with more objects or fewer; what is said here is of one release, whichever the server.
    pub bundled: bool,
    /// What it brings.
    pub objects: Objects,
}

/// The text of each, by name.
macro_rules! known {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../data/extensions/", $name, ".txt")))),*]
    };
}

const KNOWN: &[(&str, &str)] = known![
    "adminpack"
    "amcheck"
    "autoinc"
    "bloom"
    "btree_gin"
    "btree_gist"
    "citext"
    "cube"
    "dblink"
    "dict_int"
    "dict_xsyn"
    "earthdistance"
    "file_fdw"
    "fuzzystrmatch"
    "hstore"
    "insert_username"
    "intagg"
    "intarray"
    "isn"
    "lo"
    "ltree"
    "moddatetime"
    "old_snapshot"
    "pageinspect"
    "pg_buffercache"
    "pg_freespacemap"
    "pg_logicalinspect"
    "pg_prewarm"
    "pg_stat_statements"
    "pg_surgery"
    "pg_trgm"
    "pg_visibility"
    "pg_walinspect"
    "pgcrypto"
    "pgrowlocks"
    "pgstattuple"
    "postgis"
    "postgres_fdw"
    "refint"
    "seg"
    "sslinfo"
    "tablefunc"
    "tcn"
    "tsm_system_rows"
    "tsm_system_time"
    "unaccent"
    "uuid-ossp"
    "vector"
    "xml2"
];

/// The names of all.
pub(super) fn names() -> impl Iterator<Item = &'static str> + use<> {
    KNOWN.iter().map(|(name, _)| *name)
}

impl Extension {
    pub(super) fn find(name: &str, version: PostgresVersion) -> Option<Self> {
        let place = KNOWN.binary_search_by_key(&name, |(name, _)| name).ok()?;
        let (name, text) = KNOWN[place];
        let table = Table::new(text, version);
        let mut entry = table.entries(Kind::Extension, name).next()?;
        let (version, versions, requires) = (entry.field(), entry.field(), entry.field());
        let (schema, traits) = (entry.said(), entry.field());
        Some(Self {
            name,
            version,
            versions,
            requires,
            schema,
            relocatable: traits.contains('r'),
            trusted: traits.contains('t'),
            bundled: !traits.contains('a'),
            objects: Objects::new(table, Home::Extension(name)),
        })
    }

    /// The versions that can be asked for.
    pub fn versions(&self) -> impl Iterator<Item = &'static str> {
        self.versions.split(',').filter(|version| !version.is_empty())
    }

    /// The extensions that must be there first.
    pub fn requires(&self) -> impl Iterator<Item = &'static str> {
        self.requires.split(',').filter(|name| !name.is_empty())
    }
}
