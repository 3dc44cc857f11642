//! What earlier builds found in files that have not changed since.
//!
//! Parsing SQL and replaying it is most of what a check costs, and between two builds one file
//! changes. A cache keeps the revisions of files that had nothing wrong with them, each under the
//! SHA-256 of its path and text; and the schema that all revisions but the last lead to, under that
//! of all of them. It is derived data: whoever keeps it may lose it, and one that is damaged, or
//! that another version wrote, is as good as none.

use std::collections::BTreeMap;

use pgmigrate_chain::{Revision, index};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Diagnostic, Source};

/// Revisions by the SHA-256 of the files that they were read from, and what they lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cache {
    /// The line of the revision in an index.
    entries: BTreeMap<Key, String>,
    /// What all revisions but the last lead to.
    pub(crate) prefix: Option<Prefix>,
    /// What the replay of all revisions found.
    pub(crate) whole: Option<(Key, Vec<Diagnostic>)>,
}

/// What the first revisions of a chain lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Prefix {
    /// Names the revisions, in their order.
    pub(crate) key: Key,
    /// The state of the replay after them.
    pub(crate) replay: Vec<u8>,
    /// What was found in them.
    pub(crate) findings: Vec<Diagnostic>,
}

/// Names a file by its path and what is in it, or a row of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Key([u8; 32]);

/// How the bytes begin; a check that finds other things than before has another version.
const FORMAT: &str = concat!("pgmigrate-cache 3 ", env!("CARGO_PKG_VERSION"), "\n");

impl Cache {
    /// Reads what [`Cache::to_bytes`] wrote. Anything else gives an empty cache.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::try_from_bytes(bytes).unwrap_or_default()
    }

    fn try_from_bytes(bytes: &[u8]) -> Option<Self> {
        let body = bytes.strip_prefix(FORMAT.as_bytes())?;
        let (body, seal) = body.split_at_checked(body.len().checked_sub(32)?)?;
        if Key::of(&[body]).0 != seal {
            return None;
        }
        postcard::from_bytes(body).ok()
    }

    /// The cache as bytes, which end in a checksum of themselves.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = postcard::to_stdvec(self).unwrap_or_default();
        let seal = Key::of(&[&body]);
        [FORMAT.as_bytes(), &body, &seal.0].concat()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The revision of a file, if the file is as it was.
    pub(crate) fn get(&self, key: Key, source: &Source) -> Option<Revision> {
        let line = self.entries.get(&key)?;
        let text = String::from_utf8(source.bytes.clone()).ok()?;
        let index = format!("{}{line}\n", index::encode(&[]));
        index::decode_owned(&index, vec![text]).ok()?.pop()
    }

    /// Takes over what another cache holds.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.entries.append(&mut other.entries);
    }

    /// Keeps the revision of a file that had nothing wrong with it.
    pub(crate) fn put(&mut self, key: Key, revision: &Revision) {
        let index = index::encode(std::slice::from_ref(revision));
        if let Some((_, line)) = index.trim_end_matches('\n').split_once('\n') {
            self.entries.insert(key, line.to_owned());
        }
    }
}

impl Key {
    pub(crate) fn of_source(source: &Source) -> Self {
        Self::of(&[source.path.as_bytes(), &[0], &source.bytes])
    }

    fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The key of no revision at all, under some settings.
    pub(crate) fn of_settings(postgres: crate::PostgresVersion) -> Self {
        Self::of(&[FORMAT.as_bytes(), &[postgres.major()]])
    }

    /// The key of a row of revisions with one more.
    pub(crate) fn and(self, next: Self) -> Self {
        Self::of(&[&self.0, &next.0])
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::{Directory, Settings, check};

    fn directory(files: usize) -> Directory {
        let sources = (0..files).map(|n| {
            let parent = if n == 0 { "base".to_owned() } else { format!("r{}", n - 1) };
            Source {
                path: format!("migrations/{n:03}_r{n}_x.sql"),
                bytes: format!(
                    "-- x\n-- Revision ID: r{n}\n-- Revises: {parent}\n\n-- migrate:up\n\
                     CREATE TABLE t{n} (a text DEFAULT 'é');\n-- migrate:down\nDROP TABLE t{n};\n"
                )
                .into_bytes(),
            }
        });
        Directory {
            path: "migrations".into(),
            sources: sources.collect(),
            lock: None,
            schema_file: None,
        }
    }

    fn run(directory: &Directory, cache: &Cache) -> crate::Checked {
        check(directory, &Settings::default(), NonZeroUsize::MIN, cache)
    }

    #[test]
    fn a_check_from_the_cache_finds_what_a_check_without_it_finds() {
        let mut directory = directory(5);
        let first = run(&directory, &Cache::default());
        let cache = Cache::from_bytes(&first.cache.to_bytes());
        assert_eq!(cache, first.cache);
        assert_eq!(cache.entries.len(), 5);
        let second = run(&directory, &cache);
        let revisions = |checked: &crate::Checked| {
            checked.chain.as_ref().map(|chain| chain.revisions().to_vec())
        };
        assert_eq!(revisions(&second), revisions(&first));
        assert_eq!(second.findings, first.findings);
        assert_eq!(second.cache, first.cache);

        // A mistake in one file, and one in the graph, which points into a file that is cached.
        directory.sources[4].bytes.extend(b"DROP TABEL x;\n");
        directory.sources.remove(1);
        let from_cache = run(&directory, &cache);
        let without = run(&directory, &Cache::default());
        assert_eq!(from_cache.findings, without.findings);
        assert_eq!(from_cache.errors().count(), 2);
    }

    #[test]
    fn what_follows_from_the_first_revisions_is_not_found_anew() {
        let mut directory = directory(5);
        let first = run(&directory, &Cache::default());
        let prefix = first.cache.prefix.clone().expect("all but the last");
        directory.sources[4].bytes.extend(b"-- a comment is an edit, too\n");
        let edited = run(&directory, &first.cache);
        assert_eq!(edited.cache.prefix, Some(prefix.clone()));
        assert_eq!(edited.findings, run(&directory, &Cache::default()).findings);
        // One that is not the last.
        directory.sources[1].bytes.extend(b"-- edited\n");
        let edited = run(&directory, &first.cache);
        assert_ne!(edited.cache.prefix.map(|it| it.key), Some(prefix.key));
    }

    #[test]
    fn a_damaged_or_foreign_cache_is_none() {
        let bytes = run(&directory(2), &Cache::default()).cache.to_bytes();
        assert!(!Cache::from_bytes(&bytes).is_empty());
        let mut damaged = bytes.clone();
        damaged[bytes.len() / 2] ^= 1;
        let half = &bytes[..bytes.len() / 2];
        let foreign = [b"pgmigrate-cache 1", &bytes[17..]].concat();
        for damaged in [b"".as_slice(), b"seal x", half, &damaged, &foreign] {
            assert!(Cache::from_bytes(damaged).is_empty());
        }
    }
}
