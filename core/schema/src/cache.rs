//! What earlier builds found in files that have not changed since.
//!
//! Parsing SQL is most of what a check costs, and between two builds one file changes. A cache
//! keeps the revisions of files that had nothing wrong with them, each under the SHA-256 of its
//! path and text. It is derived data: whoever keeps it may lose it, and one that is damaged, or
//! that another version wrote, is as good as none.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pgmigrate_chain::{Revision, index};
use sha2::{Digest, Sha256};

use crate::Source;

/// Revisions by the SHA-256 of the files that they were read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache {
    /// The line of the revision in an index.
    entries: BTreeMap<Key, String>,
}

/// Names a file by its path and what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key([u8; 32]);

/// The first line; a check that finds other things than before has another version.
const FORMAT: &str = concat!("pgmigrate-cache 1 ", env!("CARGO_PKG_VERSION"));

impl Cache {
    /// Reads what [`Cache::render`] wrote. A text that is anything else gives an empty cache.
    pub fn parse(text: &str) -> Self {
        Self::try_parse(text).unwrap_or_default()
    }

    fn try_parse(text: &str) -> Option<Self> {
        let (body, seal) = text.rsplit_once("\nseal ")?;
        let body = body.strip_prefix(FORMAT)?;
        if seal.trim_end() != Key::of(&[body.as_bytes()]).hex() {
            return None;
        }
        let entries = body.lines().filter(|line| !line.is_empty()).map(|line| {
            let (key, line) = line.split_once(' ')?;
            Some((Key::from_hex(key)?, line.to_owned()))
        });
        Some(Self { entries: entries.collect::<Option<_>>()? })
    }

    /// The cache as a text, which ends in a checksum of itself.
    pub fn render(&self) -> String {
        let mut body = String::new();
        for (key, line) in &self.entries {
            let _ = write!(body, "\n{} {line}", key.hex());
        }
        let seal = Key::of(&[body.as_bytes()]).hex();
        format!("{FORMAT}{body}\nseal {seal}\n")
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

    fn hex(self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn from_hex(hex: &str) -> Option<Self> {
        let mut key = [0; 32];
        if hex.len() != 2 * key.len() {
            return None;
        }
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(key))
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
        Directory { path: "migrations".into(), sources: sources.collect(), lock: None }
    }

    fn run(directory: &Directory, cache: &Cache) -> crate::Checked {
        check(directory, &Settings::default(), NonZeroUsize::MIN, cache)
    }

    #[test]
    fn a_check_from_the_cache_finds_what_a_check_without_it_finds() {
        let mut directory = directory(5);
        let first = run(&directory, &Cache::default());
        let cache = Cache::parse(&first.cache.render());
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
    fn a_damaged_or_foreign_cache_is_none() {
        let text = run(&directory(2), &Cache::default()).cache.render();
        assert!(!Cache::parse(&text).is_empty());
        let half = &text[..text.len() / 2];
        for damaged in ["", "seal x", half, &text.replace("r0", "r9"), &text.replace(" 1 ", " 2 ")]
        {
            assert!(Cache::parse(damaged).is_empty(), "{damaged}");
        }
    }
}
