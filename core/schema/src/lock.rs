//! `migrations.lock`: what the chain was when it was last shared.
//!
//! ```text
//! # The revisions of this chain, written by `cargo migrate`. Commit it.
//! lock 1
//! heads 3f2a9c1b7d4e
//! 91b0c2d3e4f5 base 5f1d…
//! 3f2a9c1b7d4e 91b0c2d3e4f5 7b09….c3aa…
//! ```
//!
//! A line a revision: id, parents, `after:` and what it depends on (if anything), checksum, and
//! `sealed` for a head that was sealed. The heads stand on a line of their own, so that two
//! branches that both add a revision conflict in git. A revision with a child is sealed: others
//! may have applied it, and it stays as it is.
//!
//! Readers and writers: format 1 is read and written by version 0.1.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use pgmigrate_chain::{Chain, Checksum, Revision, RevisionId};

use crate::diagnostic::{Diagnostic, Span};
use crate::file::{Part, not_utf8};
use crate::{Code, Source};

/// The name of the lock in the chain's directory.
pub const FILE_NAME: &str = "migrations.lock";

const HEADER: &str = "# The revisions of this chain, written by `cargo migrate`. Commit it.";
const FORMAT: &str = "lock 1";

/// A lock that was read, or that is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    heads: Vec<RevisionId>,
    entries: Vec<Entry>,
    path: String,
    heads_range: Range<usize>,
}

/// What the lock says of one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    id: RevisionId,
    parents: Vec<RevisionId>,
    depends_on: Vec<String>,
    checksum: Checksum,
    sealed: bool,
    range: Range<usize>,
}

impl Entry {
    fn of(revision: &Revision) -> Self {
        Self {
            id: revision.id.clone(),
            parents: revision.parents.clone(),
            depends_on: revision.depends_on.clone(),
            checksum: revision.checksum.clone(),
            sealed: false,
            range: 0..0,
        }
    }

    fn follows_as(&self, other: &Self) -> bool {
        self.parents == other.parents && self.depends_on == other.depends_on
    }
}

impl Lock {
    /// The lock of a chain. What an earlier lock sealed stays sealed.
    pub fn of(chain: &Chain, earlier: Option<&Self>, seal_heads: bool) -> Self {
        let graph = chain.graph();
        let earlier: BTreeSet<&RevisionId> = earlier
            .into_iter()
            .flat_map(|lock| lock.entries.iter().filter(|entry| entry.sealed))
            .map(|entry| &entry.id)
            .collect();
        let entries = graph.order().iter().map(|&position| {
            let mut entry = Entry::of(chain.revision(position));
            let head = graph.is_head(position);
            entry.sealed = head && (seal_heads || earlier.contains(&entry.id));
            entry
        });
        let entries: Vec<Entry> = entries.collect();
        Self { heads: heads_of(&entries), entries, ..Self::default() }
    }

    /// Reads a lock. What is wrong with it goes to `found`; then there is none.
    pub(crate) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let path = &source.path;
        let text = match str::from_utf8(&source.bytes) {
            Ok(text) => text,
            Err(error) => {
                found.push(not_utf8(path, &source.bytes, error.valid_up_to()));
                return None;
            }
        };
        match Self::parse(path, text) {
            Ok(lock) => Some(lock),
            Err(finding) => {
                found.push(*finding);
                None
            }
        }
    }

    fn parse(path: &str, text: &str) -> Result<Self, Box<Diagnostic>> {
        let mut lock = Self { path: path.to_owned(), ..Self::default() };
        let mut at = 0;
        let mut format = false;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end();
            let range = at..at + content.len();
            at += line.len();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|m| content.starts_with(m)) {
                return Err(Box::new(
                    Diagnostic::new(Code::LockConflict, "the lock has git's conflict markers")
                        .at(Span::new(path, range).label("both branches added revisions"))
                        .help("keep the revision files of both, then run `cargo migrate lock`")
                        .help(
                            "if there are two heads then, `cargo migrate merge heads` joins them",
                        ),
                ));
            }
            let bad = |message: &str| {
                Box::new(
                    Diagnostic::new(Code::BadLock, format!("the lock cannot be read: {message}"))
                        .at(Span::new(path, range.clone()))
                        .help("restore it from git, or write it anew with `cargo migrate lock`"),
                )
            };
            if !format {
                if content != FORMAT {
                    return Err(bad(&format!("its first line is not `{FORMAT}`")));
                }
                format = true;
            } else if let Some(heads) = content.strip_prefix("heads") {
                lock.heads = ids(heads.split_whitespace())
                    .ok_or_else(|| bad("its heads are no revision ids"))?;
                lock.heads_range = range;
            } else {
                let entry = parse_entry(content, range.clone())
                    .ok_or_else(|| bad("not `ID PARENTS [after:IDS] CHECKSUM [sealed]`"))?;
                lock.entries.push(entry);
            }
        }
        let mut ids: Vec<&RevisionId> = lock.entries.iter().map(|entry| &entry.id).collect();
        ids.sort_unstable();
        if let Some(twice) = ids.windows(2).find_map(|pair| (pair[0] == pair[1]).then_some(pair[0]))
        {
            return Err(Box::new(
                Diagnostic::new(Code::BadLock, format!("the lock has revision {twice} twice"))
                    .at(Span::file(path))
                    .help("write it anew with `cargo migrate lock`"),
            ));
        }
        Ok(lock)
    }

    /// Whether the lock has no revision.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the lock has the revision.
    pub fn contains(&self, id: &str) -> bool {
        self.entries.iter().any(|entry| entry.id.as_str() == id)
    }

    /// Compares the lock with the files of the directory.
    ///
    /// `places` gives where a part of a revision's file stands, for the finding to point at.
    pub(crate) fn compare(
        &self,
        revisions: &[Revision],
        places: impl Fn(&Revision, Part) -> Range<usize>,
        found: &mut Vec<Diagnostic>,
    ) {
        let by_id: BTreeMap<&RevisionId, &Revision> =
            revisions.iter().map(|revision| (&revision.id, revision)).collect();
        let parents: BTreeSet<&RevisionId> =
            self.entries.iter().flat_map(|entry| &entry.parents).collect();
        let mut stale = Vec::new();
        for entry in &self.entries {
            let sealed = entry.sealed || parents.contains(&entry.id);
            let line = || Span::new(&self.path, entry.range.clone());
            let Some(&revision) = by_id.get(&entry.id) else {
                if sealed {
                    found.push(self.deleted(entry));
                } else {
                    stale.push(
                        Diagnostic::new(
                            Code::StaleLock,
                            format!("the lock has revision {}, the directory has not", entry.id),
                        )
                        .about(&entry.id)
                        .at(line())
                        .help(
                            "restore the file, or run `cargo migrate lock` if it was meant to go",
                        ),
                    );
                }
                continue;
            };
            let now = Entry::of(revision);
            if !now.follows_as(entry) {
                let was = revises(entry);
                let place = Span::new(&revision.path, places(revision, Part::Revises));
                if sealed {
                    found.push(
                        Diagnostic::new(
                            Code::SealedReparented,
                            format!("sealed revision {} has another parent than before", entry.id),
                        )
                        .about(&entry.id)
                        .at(place.label(format!("was {was}")))
                        .also(line().label("sealed here"))
                        .help(format!(
                            "restore {was}: databases that have passed this place would \
                                       not run what now lies below it"
                        ))
                        .help(accept(&entry.id)),
                    );
                } else {
                    stale.push(
                        Diagnostic::new(
                            Code::StaleLock,
                            format!("the lock has other parents for revision {}", entry.id),
                        )
                        .at(place.label(format!("{was} in the lock")))
                        .help("run `cargo migrate lock`"),
                    );
                }
            }
            if sealed && now.checksum != entry.checksum {
                let section =
                    if now.checksum.up == entry.checksum.up { Part::Down } else { Part::Up };
                found.push(
                    Diagnostic::new(
                        Code::SealedEdited,
                        format!("the {} section of sealed revision {} was edited", section.name(), entry.id),
                    )
                    .at(Span::new(&revision.path, places(revision, section)))
                    .also(line().label("sealed here"))
                    .help(format!(
                        "restore it (`git checkout -- {}`), and put the change into a new revision: \
                         `cargo migrate new -m \"…\"`",
                        revision.path
                    ))
                    .help(accept(&entry.id)),
                );
            }
        }
        let known: BTreeSet<&RevisionId> = self.entries.iter().map(|entry| &entry.id).collect();
        for revision in revisions.iter().filter(|revision| !known.contains(&revision.id)) {
            stale.push(
                Diagnostic::new(
                    Code::StaleLock,
                    format!("the lock lacks revision {}", revision.id),
                )
                .at(Span::file(&revision.path))
                .help("run `cargo migrate lock`, and commit the lock with the revision"),
            );
        }
        if stale.is_empty() && self.heads != heads_of(&self.entries) {
            stale.push(
                Diagnostic::new(Code::StaleLock, "the lock's heads are not those of its revisions")
                    .at(Span::new(&self.path, self.heads_range.clone()))
                    .help("a merge in git left this behind; run `cargo migrate lock`"),
            );
        }
        found.append(&mut stale);
    }

    fn deleted(&self, entry: &Entry) -> Diagnostic {
        Diagnostic::new(
            Code::SealedDeleted,
            format!("the file of sealed revision {} is gone", entry.id),
        )
        .about(&entry.id)
        .at(Span::new(&self.path, entry.range.clone()).label("sealed here"))
        .help("restore it: git has it (`git log --diff-filter=D --name-only` finds it)")
        .help(accept(&entry.id))
    }
}

fn accept(id: &RevisionId) -> String {
    format!("if no database has applied it: `cargo migrate lock --accept {id}`")
}

/// The `Revises` and `Depends On` of an entry, as they would stand in a header.
fn revises(entry: &Entry) -> String {
    let parents =
        if entry.parents.is_empty() { "base".to_owned() } else { join(&entry.parents, ", ") };
    match &entry.depends_on[..] {
        [] => format!("`Revises: {parents}`"),
        on => format!("`Revises: {parents}`, `Depends On: {}`", on.join(", ")),
    }
}

/// The entries that no other follows, sorted.
fn heads_of(entries: &[Entry]) -> Vec<RevisionId> {
    let parents: BTreeSet<&RevisionId> = entries.iter().flat_map(|entry| &entry.parents).collect();
    let heads: BTreeSet<&RevisionId> = entries.iter().map(|entry| &entry.id).collect();
    heads.difference(&parents).map(|id| (*id).clone()).collect()
}

fn ids<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<RevisionId>> {
    words.map(|word| RevisionId::new(word).ok()).collect()
}

fn join(ids: &[RevisionId], separator: &str) -> String {
    ids.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(separator)
}

fn parse_entry(line: &str, range: Range<usize>) -> Option<Entry> {
    let mut words = line.split_whitespace().peekable();
    let id = RevisionId::new(words.next()?).ok()?;
    let range = range.start..range.start + id.as_str().len();
    let parents = match words.next()? {
        "base" => Vec::new(),
        parents => ids(parents.split(','))?,
    };
    let depends_on = match words.peek()?.strip_prefix("after:") {
        Some(list) => {
            words.next();
            list.split(',').map(str::to_owned).collect()
        }
        None => Vec::new(),
    };
    let checksum = Checksum::parse(words.next()?)?;
    let sealed = match words.next() {
        None => false,
        Some("sealed") => true,
        Some(_) => return None,
    };
    words.next().is_none().then_some(Entry { id, parents, depends_on, checksum, sealed, range })
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\n{FORMAT}\nheads {}", join(&self.heads, " "))?;
        for entry in &self.entries {
            let parents = if entry.parents.is_empty() {
                "base".to_owned()
            } else {
                join(&entry.parents, ",")
            };
            write!(f, "{} {parents}", entry.id)?;
            if !entry.depends_on.is_empty() {
                write!(f, " after:{}", entry.depends_on.join(","))?;
            }
            write!(f, " {}", entry.checksum)?;
            writeln!(f, "{}", if entry.sealed { " sealed" } else { "" })?;
        }
        Ok(())
    }
}
