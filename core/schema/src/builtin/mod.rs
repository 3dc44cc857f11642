//! What a database has before a chain begins, and what the common extensions bring: facts of
//! PostgreSQL's own catalogs, for each server version.
//!
//! ```
//! use pgmigrate_schema::PostgresVersion;
//! use pgmigrate_schema::builtin::{Builtin, TypeName, Volatility};
//!
//! let builtin = Builtin::new(PostgresVersion::default());
//! let now = builtin.objects().functions("now").next().unwrap();
//! assert_eq!(now.result, Some(TypeName::catalog("timestamptz")));
//! assert_eq!(now.volatility, Volatility::Stable);
//!
//! let citext = builtin.extension("citext").unwrap();
//! assert!(citext.objects.type_named("citext").is_some());
//! ```
//!
//! The facts are text in the crate's `data` directory, made by asking servers
//! (`cargo run -p pgmigrate-schema --example sync_postgres`). They are sorted lines, searched in
//! place and parsed when asked for, so that a program which needs few of them pays for few:
//! [`Builtin::new`] does nothing.
//!
//! # What cannot be known
//!
//! Collations differ between machines ([`Builtin::collation_may_exist`]). An extension that is
//! released apart from PostgreSQL has other objects in another release ([`Extension::bundled`]).
//! An extension that is not known here may bring anything.

mod collation;
mod extension;
mod function;
mod index;
mod objects;
mod operator;
mod relation;
mod setting;
mod table;
mod types;

pub use collation::Collation;
pub use extension::Extension;
pub use function::{Argument, FunctionKind, Mode, Signature, Volatility};
pub use index::{AccessMethod, AccessMethodKind, Member, OperatorClass};
pub use objects::{Language, Objects, TextSearch};
pub use operator::{Cast, CastContext, CastMethod, Operator};
pub use relation::{Column, Relation, RelationKind};
pub use setting::{Setting, SettingContext, SettingType};
pub use types::{Home, Modifier, Storage, Type, TypeKind, TypeName};

use crate::PostgresVersion;
use table::Table;

/// The facts of one server version.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    version: PostgresVersion,
}

impl Builtin {
    /// The facts of a version.
    pub fn new(version: PostgresVersion) -> Self {
        Self { version }
    }

    /// The version.
    pub fn version(self) -> PostgresVersion {
        self.version
    }

    /// What a fresh cluster has, the extension `plpgsql` included.
    pub fn objects(self) -> Objects {
        let text = include_str!("../../data/postgres.txt");
        Objects::new(Table::new(text, self.version), Home::Catalog)
    }

    /// An extension, if it is known to go with this version.
    pub fn extension(self, name: &str) -> Option<Extension> {
        Extension::find(name, self.version)
    }

    /// All known extensions that go with this version, by name.
    pub fn extensions(self) -> impl Iterator<Item = Extension> + use<> {
        extension::names().filter_map(move |name| self.extension(name))
    }

    /// A setting of the server. Its name may be in any case.
    ///
    /// Libraries that extensions load add more; their names have a dot.
    pub fn setting(self, name: &str) -> Option<Setting> {
        self.objects().setting(&name.to_ascii_lowercase())
    }

    /// Whether a collation that is not among [`Objects::collation`] may be there nevertheless,
    /// from the operating system or from ICU: by the form of its name, such as `de_DE.utf8` or
    /// `de-x-icu`.
    pub fn collation_may_exist(self, name: &str) -> bool {
        collation::is_platform_collation(name)
    }
}

#[cfg(test)]
mod tests;
