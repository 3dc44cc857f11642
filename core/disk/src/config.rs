//! `[package.metadata.migrate]` of a crate's `Cargo.toml`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pgmigrate_schema::settings::Level;
use pgmigrate_schema::{Code, PostgresVersion, Settings};
use serde::Deserialize;

use crate::directory::SCHEMA_FILE;

/// What a crate says of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The chain's directory, relative to `Cargo.toml`. Default `migrations`.
    pub dir: PathBuf,
    /// Where the schema of the chain is kept as SQL, if it is.
    pub schema_file: Option<SchemaFile>,
    /// The history table, `schema.table`, if it is not the default one.
    pub history_table: Option<String>,
    /// What decides how the chain is checked.
    pub settings: Settings,
}

/// The file that keeps the schema of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaFile {
    /// [`SCHEMA_FILE`], beside the revisions.
    Beside,
    /// This one, relative to `Cargo.toml`.
    At(PathBuf),
}

impl SchemaFile {
    /// Its path, for the chain in a directory of a package.
    pub fn path(&self, package: &Path, directory: &Path) -> PathBuf {
        match self {
            Self::Beside => directory.join(SCHEMA_FILE),
            Self::At(path) => package.join(path),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// `Cargo.toml` cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// `[package.metadata.migrate]` is not what it should be.
    #[error("[package.metadata.migrate] in {}: {reason}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Key, value and what is wrong.
        reason: String,
    },
}

impl ConfigError {
    /// The `Cargo.toml` that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Read { path, .. } | Self::Invalid { path, .. } => path,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dir: "migrations".into(),
            schema_file: None,
            history_table: None,
            settings: Settings::default(),
        }
    }
}

#[derive(Deserialize)]
struct Manifest {
    package: Option<Package>,
}

impl Manifest {
    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }
}

#[derive(Deserialize)]
struct Package {
    metadata: Option<Metadata>,
}

/// Whether a `Cargo.toml` is that of a package, and not of a workspace alone.
pub fn is_package(manifest: &Path) -> Result<bool, ConfigError> {
    let text = std::fs::read_to_string(manifest)
        .map_err(|source| ConfigError::Read { path: manifest.to_owned(), source })?;
    let read = Manifest::parse(&text)
        .map_err(|reason| ConfigError::Invalid { path: manifest.to_owned(), reason })?;
    Ok(read.package.is_some())
}

#[derive(Deserialize)]
struct Metadata {
    migrate: Option<Migrate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Migrate {
    dir: Option<PathBuf>,
    postgres: Option<u8>,
    schema_file: Option<toml::Value>,
    history_table: Option<String>,
    #[serde(default)]
    lints: BTreeMap<String, String>,
}

impl Config {
    /// Reads the settings in a `Cargo.toml`; the defaults where it has none.
    pub fn read(manifest: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(manifest)
            .map_err(|source| ConfigError::Read { path: manifest.to_owned(), source })?;
        Self::parse(&text)
            .map_err(|reason| ConfigError::Invalid { path: manifest.to_owned(), reason })
    }

    fn parse(text: &str) -> Result<Self, String> {
        let manifest = Manifest::parse(text)?;
        let migrate = manifest.package.and_then(|it| it.metadata).and_then(|it| it.migrate);
        let Some(migrate) = migrate else { return Ok(Self::default()) };
        let mut config = Self::default();
        if let Some(dir) = migrate.dir {
            config.dir = dir;
        }
        if let Some(major) = migrate.postgres {
            let known = PostgresVersion::KNOWN;
            config.settings.postgres = PostgresVersion::new(major).ok_or_else(|| {
                format!("postgres = {major}: the versions are {} to {}", known.start(), known.end())
            })?;
        }
        config.schema_file = match migrate.schema_file {
            None | Some(toml::Value::Boolean(false)) => None,
            Some(toml::Value::Boolean(true)) => Some(SchemaFile::Beside),
            Some(toml::Value::String(path)) if !path.is_empty() => {
                Some(SchemaFile::At(path.into()))
            }
            Some(_) => return Err("schema-file: true, false or a path".to_owned()),
        };
        config.history_table = migrate.history_table;
        for (check, level) in migrate.lints {
            let code = Code::from_name(&check)
                .ok_or_else(|| format!("lints: there is no check `{check}`"))?;
            if !code.is_lint() {
                return Err(format!(
                    "lints: `{check}` says that the chain cannot work, and stays an error"
                ));
            }
            let level: Level = level
                .parse()
                .map_err(|()| format!("lints: {check} = \"{level}\": allow, warn or deny"))?;
            config.settings.lints.insert(code, level);
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_there_and_defaults_the_rest() {
        assert_eq!(Config::parse("[package]\nname = 'a'").unwrap(), Config::default());
        let config = Config::parse(
            "[package]\nname = 'a'\n[package.metadata.migrate]\ndir = 'db'\npostgres = 17\n\
             history-table = 'ops.history'\nschema-file = true\n[package.metadata.migrate.lints]\nmissing-down = 'deny'\n",
        )
        .unwrap();
        assert_eq!(config.dir, PathBuf::from("db"));
        assert_eq!(config.settings.postgres.major(), 17);
        assert_eq!(config.history_table.as_deref(), Some("ops.history"));
        assert_eq!(config.schema_file, Some(SchemaFile::Beside));
        assert_eq!(config.settings.lints, BTreeMap::from([(Code::MissingDown, Level::Deny)]));
    }

    #[test]
    fn says_what_it_does_not_know() {
        for (toml, words) in [
            ("dri = 'x'", "unknown field `dri`"),
            ("postgres = 9", "the versions are 15 to 18"),
            ("schema-file = 3", "true, false or a path"),
            ("lints.nope = 'warn'", "no check `nope`"),
            ("lints.missing-down = 'maybe'", "allow, warn or deny"),
            ("lints.cycle = 'allow'", "stays an error"),
        ] {
            let error = Config::parse(&format!("[package.metadata.migrate]\n{toml}")).unwrap_err();
            assert!(error.contains(words), "{toml}: {error}");
        }
    }
}
