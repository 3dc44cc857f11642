//! Reads one revision file: header, sections, statements.

use std::borrow::Cow;
use std::ops::Range;

use pgmigrate_chain::{Down, Revision, RevisionId};

use self::section::Sections;
use crate::cache::Key;
use crate::diagnostic::{Diagnostic, Span};
use crate::{Code, Source, sql};

mod header;
mod marker;
mod mode;
mod name;
mod script;
mod section;

pub use script::{Allow, Assume, Script, Scripts, scripts};

/// A revision file, as far as it could be read.
#[derive(Debug)]
pub(crate) struct RevisionFile {
    /// The revision; none when the header does not say which it is, or what it follows.
    pub(crate) revision: Option<Revision>,
    /// The id that the file claims, in its header or else in its name.
    pub(crate) claimed: Option<RevisionId>,
    /// Where the header says what.
    pub(crate) header: Places,
    /// What its statements say; none when it was not read anew ([`scripts()`] gives them then).
    pub(crate) scripts: Option<Scripts>,
    /// Names the file, once it is known.
    pub(crate) key: Option<Key>,
}

/// Where the entries of a header stand.
#[derive(Debug, Default, Clone)]
pub(crate) struct Places {
    pub(crate) id: Range<usize>,
    /// The whole value of `Revises`.
    pub(crate) revises: Range<usize>,
    pub(crate) parents: Vec<Range<usize>>,
    pub(crate) depends_on: Vec<Range<usize>>,
    pub(crate) labels: Vec<Range<usize>>,
    /// The `-- migrate:up` line.
    pub(crate) up: Range<usize>,
    /// The `-- migrate:down` line.
    pub(crate) down: Range<usize>,
}

/// A part of a revision file that the lock speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Revises,
    Up,
    Down,
}

impl Part {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Revises => "Revises",
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

impl Places {
    pub(crate) fn of(&self, part: Part) -> Range<usize> {
        match part {
            Part::Revises => self.revises.clone(),
            Part::Up => self.up.clone(),
            Part::Down => self.down.clone(),
        }
    }
}

impl RevisionFile {
    /// Its path, and the revision that it is.
    pub(crate) fn path_and_id(&self) -> Option<(String, RevisionId)> {
        self.revision.as_ref().map(|revision| (revision.path.clone(), revision.id.clone()))
    }

    /// A file that was read before, and had nothing wrong with it but that it may have no down
    /// section. Where its header says what is not known any more.
    pub(crate) fn known(revision: Revision, found: &mut Vec<Diagnostic>) -> Self {
        if revision.down == Down::Missing {
            found.push(section::missing_down(&revision.path));
        }
        let claimed = Some(revision.id.clone());
        Self {
            revision: Some(revision),
            claimed,
            header: Places::default(),
            scripts: None,
            key: None,
        }
    }
}

/// Reads a file. What is wrong with it goes to `found`.
pub(crate) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> RevisionFile {
    let text = match str::from_utf8(&source.bytes) {
        Ok(text) => text,
        Err(error) => {
            found.push(not_utf8(&source.path, &source.bytes, error.valid_up_to()));
            return RevisionFile {
                revision: None,
                claimed: name::claimed(&source.path),
                header: Places::default(),
                scripts: None,
                key: None,
            };
        }
    };
    Reader { path: &source.path, text, found }.read()
}

/// The finding for a file that is not UTF-8, with the line of the first byte that is not.
pub(crate) fn not_utf8(path: &str, bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let line = 1 + String::from_utf8_lossy(&bytes[..valid_up_to]).matches('\n').count();
    let byte = bytes.get(valid_up_to).copied().unwrap_or_default();
    Diagnostic::new(Code::NotUtf8, format!("{path} is not UTF-8: byte 0x{byte:02x} in line {line}"))
        .at(Span::file(path))
        .help("convert it, for example with `iconv -f latin1 -t utf-8`")
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    found: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(mut self) -> RevisionFile {
        let tokens = sql::tokens(self.text);
        let mut header = self.header(&tokens);
        self.check_name(header.id.as_ref().map(|id| (id, &header.places.id)));
        let Sections { up, down, checksum, scripts } = self.sections(&tokens, &mut header.places);
        let claimed = header.id.clone().or_else(|| name::claimed(self.path));
        let revision = header.id.zip(header.parents).map(|(id, parents)| Revision {
            id,
            parents,
            depends_on: header.depends_on,
            labels: header.labels,
            title: header.title,
            created: header.created,
            path: self.path.to_owned(),
            text: Cow::Owned(self.text.to_owned()),
            checksum,
            up,
            down,
        });
        RevisionFile { revision, claimed, header: header.places, scripts: Some(scripts), key: None }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, range)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}

/// Where a part stands in the text that it was cut from.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The lines of a part of a text, without their ends, each with where it starts.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (&str, usize)> {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (line.trim_end_matches(['\n', '\r']), start)
    })
}
