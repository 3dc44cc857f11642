//! A catalog as bytes, and back: what a build keeps for the next one.
//!
//! The bytes are derived data. They hold the objects; the indexes are made anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Catalog, Doubtful, Entry, Former, NameSpace, ObjectId, Place, Session};
use crate::PostgresVersion;

/// A word of a fixed set: a keyword, or the name of a known extension.
pub type Word = &'static str;

/// A name that was taken once, and the schema or relation that it stood in.
type FormerName = (NameSpace, Option<ObjectId>, String);

#[derive(Serialize, Deserialize)]
struct Snapshot {
    version: u8,
    objects: Vec<(ObjectId, Arc<Entry>)>,
    next: u32,
    former: Vec<(FormerName, Former)>,
    former_columns: Vec<((ObjectId, String), Former)>,
    opaque: Option<Place>,
    doubtful: Doubtful,
    transaction: u32,
}

impl Catalog {
    /// The catalog as bytes; without its journal, and with the session as it begins.
    pub fn to_bytes(&self) -> Vec<u8> {
        let snapshot = Snapshot {
            version: self.version.major(),
            objects: self.objects.iter().map(|(id, entry)| (*id, Arc::clone(entry))).collect(),
            next: self.next,
            former: self.former.clone().into_iter().collect(),
            former_columns: self.former_columns.clone().into_iter().collect(),
            opaque: self.opaque,
            doubtful: self.doubtful.clone(),
            transaction: self.session.transaction,
        };
        postcard::to_stdvec(&snapshot).unwrap_or_default()
    }

    /// Reads what [`Catalog::to_bytes`] wrote; none of anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let snapshot: Snapshot = postcard::from_bytes(bytes).ok()?;
        let mut catalog = Self {
            version: PostgresVersion::new(snapshot.version)?,
            objects: BTreeMap::new(),
            next: snapshot.next,
            names: BTreeMap::new(),
            dependents: BTreeMap::new(),
            extension_dependents: BTreeMap::new(),
            journal: Vec::new(),
            former: snapshot.former.into_iter().collect(),
            former_columns: snapshot.former_columns.into_iter().collect(),
            session: Session { transaction: snapshot.transaction, ..Session::default() },
            opaque: snapshot.opaque,
            doubtful: snapshot.doubtful,
        };
        for (id, entry) in snapshot.objects {
            catalog.set(id, Some(entry));
        }
        Some(catalog)
    }
}

/// The words that a catalog has as `&'static str`, and the names of extensions.
fn word(text: &str) -> Option<&'static str> {
    const WORDS: [&str; 23] = [
        "",
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "year to month",
        "day to hour",
        "day to minute",
        "day to second",
        "hour to minute",
        "hour to second",
        "minute to second",
        "int2",
        "int4",
        "int8",
        "LOCAL",
        "CASCADED",
        "INSERT",
        "UPDATE",
        "DELETE",
        "TRUNCATE",
    ];
    let known = PostgresVersion::KNOWN.filter_map(PostgresVersion::new);
    WORDS.into_iter().find(|word| *word == text).or_else(|| {
        let mut versions = known.map(crate::builtin::Builtin::new);
        versions.find_map(|builtin| builtin.extension(text)).map(|extension| extension.name)
    })
}

/// A word, for `#[serde(with)]`.
pub(super) mod one {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        word: &'static str,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(word)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<&'static str, D::Error> {
        let text = String::deserialize(from)?;
        super::word(&text).ok_or_else(|| D::Error::custom("no such word"))
    }
}

/// A word or none, for `#[serde(with)]`.
pub(super) mod optional {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option_ref, reason = "serde asks for it")]
    pub(in super::super) fn serialize<S: Serializer>(
        word: &Option<&'static str>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        word.serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<&'static str>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        let word =
            |text: String| super::word(&text).ok_or_else(|| D::Error::custom("no such word"));
        text.map(word).transpose()
    }
}

/// Words, for `#[serde(with)]`.
pub(super) mod many {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        words: &[&'static str],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        words.serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<&'static str>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let word =
            |text: &String| super::word(text).ok_or_else(|| D::Error::custom("no such word"));
        texts.iter().map(word).collect()
    }
}

/// A type of the server or of an extension, for `#[serde(with)]`.
pub(super) mod known {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::PostgresVersion;
    use crate::builtin::{Builtin, Home, TypeName};

    type Found = BTreeMap<(String, String), Option<TypeName<'static>>>;

    thread_local! {
        /// A catalog has few types, and many columns.
        static FOUND: RefCell<Found> = const { RefCell::new(BTreeMap::new()) };
    }

    pub(in super::super) fn serialize<S: Serializer>(
        name: &TypeName<'static>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let home = match name.home {
            Home::Catalog => "",
            Home::InformationSchema => ".",
            Home::Extension(extension) => extension,
        };
        (home, name.name).serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<TypeName<'static>, D::Error> {
        let key = <(String, String)>::deserialize(from)?;
        let found = FOUND.with_borrow_mut(|found| {
            if let Some(known) = found.get(&key) {
                return *known;
            }
            let versions = PostgresVersion::KNOWN.filter_map(PostgresVersion::new);
            let name = versions.map(Builtin::new).find_map(|builtin| find(builtin, &key.0, &key.1));
            found.insert(key, name);
            name
        });
        found.ok_or_else(|| D::Error::custom("no such type"))
    }

    fn find(builtin: Builtin, home: &str, name: &str) -> Option<TypeName<'static>> {
        match home {
            "" => builtin.objects().type_name(name),
            "." => builtin.objects().type_name(&format!("information_schema.{name}")),
            extension => builtin.extension(extension)?.objects.type_name(name),
        }
    }
}
