//! The compact text in which a binary carries its chain.
//!
//! The files of the revisions are embedded beside it, as they are; the index holds what was read
//! from them. Its first line is `pgmigrate-index 1`. Then comes one line a revision, of ten
//! fields with a tab between:
//!
//! | field | written as |
//! |---|---|
//! | id | as it is |
//! | parents, dependencies, labels | items with commas between, escaped |
//! | title, creation date, path | escaped |
//! | checksum | `UP` or `UP.DOWN` |
//! | up | a section |
//! | down | a section, `-` where there is none, or `!` and the reason why there is no way back |
//!
//! A section is a letter for its [`Mode`] (`t`, `a`, `o`) and the byte ranges of its statements,
//! `START-END` with commas between. Escaped are `\` as `\\`, tab as `\t`, line feed as `\n`,
//! carriage return as `\r`, a comma within an item as `\c`, and an empty item as `\e`. The last
//! line ends too.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops;

use crate::{Checksum, Down, Label, Mode, NameError, Revision, RevisionId, Section, Statement};

const FIRST_LINE: &str = "pgmigrate-index 1";

/// Why a text is not the index of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexError {
    /// The first line is not that of an index of this version.
    Version {
        /// The first line.
        found: String,
    },
    /// The last line does not end.
    Truncated,
    /// There is not one text for each revision.
    Texts {
        /// How many revisions the index has.
        revisions: usize,
        /// How many texts there are.
        texts: usize,
    },
    /// A line has too few or too many fields.
    Fields {
        /// The line, from 1.
        line: usize,
        /// How many fields it has.
        found: usize,
    },
    /// An id or a label cannot be one.
    Name {
        /// The line, from 1.
        line: usize,
        /// What it holds.
        name: String,
        /// What is wrong with it.
        source: NameError,
    },
    /// A backslash is not followed by what it may stand before.
    Escape {
        /// The line, from 1.
        line: usize,
        /// The field.
        field: String,
    },
    /// A checksum is not written as one.
    Checksum {
        /// The line, from 1.
        line: usize,
        /// The field.
        field: String,
    },
    /// A section is not written as one.
    Section {
        /// The line, from 1.
        line: usize,
        /// The field.
        field: String,
    },
    /// A statement does not lie on character boundaries of its text.
    Range {
        /// The line, from 1.
        line: usize,
        /// Where the statement is said to be, in bytes.
        range: ops::Range<usize>,
        /// How many bytes the text has.
        length: usize,
    },
}

/// Writes the index of a chain.
pub fn encode(revisions: &[Revision]) -> String {
    let mut out = String::from(FIRST_LINE);
    out.push('\n');
    for revision in revisions {
        out.push_str(revision.id.as_str());
        out.push('\t');
        list(&mut out, revision.parents.iter().map(RevisionId::as_str));
        list(&mut out, revision.depends_on.iter().map(String::as_str));
        list(&mut out, revision.labels.iter().map(Label::as_str));
        for text in [&revision.title, &revision.created, &revision.path] {
            escape(&mut out, text);
            out.push('\t');
        }
        put(&mut out, format_args!("{}\t", revision.checksum));
        section(&mut out, &revision.up);
        out.push('\t');
        match &revision.down {
            Down::Missing => out.push('-'),
            Down::Irreversible(reason) => {
                out.push('!');
                escape(&mut out, reason);
            }
            Down::Section(down) => section(&mut out, down),
        }
        out.push('\n');
    }
    out
}

fn put(out: &mut String, text: fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes all that is written to it");
}

fn list<'a>(out: &mut String, items: impl Iterator<Item = &'a str>) {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if item.is_empty() {
            out.push_str("\\e");
        }
        escape_with(out, item, |c| if c == ',' { Some("\\c") } else { None });
    }
    out.push('\t');
}

fn escape(out: &mut String, text: &str) {
    escape_with(out, text, |_| None);
}

fn escape_with(out: &mut String, text: &str, also: impl Fn(char) -> Option<&'static str>) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => match also(c) {
                Some(escaped) => out.push_str(escaped),
                None => out.push(c),
            },
        }
    }
}

fn section(out: &mut String, section: &Section) {
    out.push(match section.mode {
        Mode::Transaction => 't',
        Mode::Alone => 'a',
        Mode::OwnTransactions => 'o',
    });
    for (index, statement) in section.statements.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let ops::Range { start, end } = statement.range;
        put(out, format_args!("{start}-{end}"));
    }
}

/// Reads the index of a chain. The texts are those of the revisions, in the order of the index.
///
/// Every statement lies within its text, on character boundaries.
pub fn decode(index: &str, texts: &[&'static str]) -> Result<Vec<Revision>, IndexError> {
    decode_texts(index, texts.iter().map(|text| Cow::Borrowed(*text)))
}

/// As [`decode()`], of texts that are not part of the program.
pub fn decode_owned(index: &str, texts: Vec<String>) -> Result<Vec<Revision>, IndexError> {
    decode_texts(index, texts.into_iter().map(Cow::Owned))
}

fn decode_texts(
    index: &str,
    texts: impl ExactSizeIterator<Item = Cow<'static, str>>,
) -> Result<Vec<Revision>, IndexError> {
    let (first, lines) = index.split_once('\n').unwrap_or((index, ""));
    if first != FIRST_LINE {
        return Err(IndexError::Version { found: first.to_owned() });
    }
    if !index.ends_with('\n') {
        return Err(IndexError::Truncated);
    }
    let found = lines.bytes().filter(|&byte| byte == b'\n').count();
    if found != texts.len() {
        return Err(IndexError::Texts { revisions: found, texts: texts.len() });
    }
    let lines = lines.split_terminator('\n').zip(texts).enumerate();
    lines
        .map(|(index, (line, text))| {
            let revision = Line { number: index + 2, text: &text }.decode(line)?;
            Ok(Revision { text, ..revision })
        })
        .collect()
}

/// A line of an index, and the text that belongs to it.
struct Line<'a> {
    /// From 1.
    number: usize,
    text: &'a str,
}

impl Line<'_> {
    /// The revision, with its text left out.
    fn decode(&self, line: &str) -> Result<Revision, IndexError> {
        let mut fields = line.split('\t');
        let mut next = || {
            let found = || line.split('\t').count();
            fields.next().ok_or_else(|| IndexError::Fields { line: self.number, found: found() })
        };
        let revision = Revision {
            id: self.name(next()?, RevisionId::new)?,
            parents: items(next()?, |item| self.name(item, RevisionId::new))?,
            depends_on: items(next()?, |item| self.unescape(item))?,
            labels: items(next()?, |item| self.name(item, Label::new))?,
            title: self.unescape(next()?)?,
            created: self.unescape(next()?)?,
            path: self.unescape(next()?)?,
            checksum: self.checksum(next()?)?,
            up: self.section(next()?)?,
            down: self.down(next()?)?,
            text: Cow::Borrowed(""),
        };
        if fields.next().is_some() {
            let found = line.split('\t').count();
            return Err(IndexError::Fields { line: self.number, found });
        }
        Ok(revision)
    }

    fn name<T>(
        &self,
        field: &str,
        new: impl Fn(String) -> Result<T, NameError>,
    ) -> Result<T, IndexError> {
        new(field.to_owned()).map_err(|source| IndexError::Name {
            line: self.number,
            name: field.to_owned(),
            source,
        })
    }

    fn unescape(&self, field: &str) -> Result<String, IndexError> {
        if field == "\\e" {
            return Ok(String::new());
        }
        let mut parts = field.split('\\');
        let mut text = parts.next().unwrap_or_default().to_owned();
        // Each further part starts with what a backslash stood before; an empty one is a
        // backslash, and what follows it is plain.
        while let Some(part) = parts.next() {
            let (stands_for, plain) = match part.as_bytes().first() {
                None => ('\\', parts.next()),
                Some(b't') => ('\t', Some(&part[1..])),
                Some(b'n') => ('\n', Some(&part[1..])),
                Some(b'r') => ('\r', Some(&part[1..])),
                Some(b'c') => (',', Some(&part[1..])),
                Some(_) => return Err(self.escape(field)),
            };
            text.push(stands_for);
            text.push_str(plain.ok_or_else(|| self.escape(field))?);
        }
        Ok(text)
    }

    fn escape(&self, field: &str) -> IndexError {
        IndexError::Escape { line: self.number, field: field.to_owned() }
    }

    fn checksum(&self, field: &str) -> Result<Checksum, IndexError> {
        if field.is_empty() {
            return Ok(Checksum::default());
        }
        Checksum::parse(field)
            .ok_or_else(|| IndexError::Checksum { line: self.number, field: field.to_owned() })
    }

    fn down(&self, field: &str) -> Result<Down, IndexError> {
        match field.strip_prefix('!') {
            Some(reason) => Ok(Down::Irreversible(self.unescape(reason)?)),
            None if field == "-" => Ok(Down::Missing),
            None => Ok(Down::Section(self.section(field)?)),
        }
    }

    fn section(&self, field: &str) -> Result<Section, IndexError> {
        let error = || IndexError::Section { line: self.number, field: field.to_owned() };
        let (mode, ranges) = field.split_at_checked(1).ok_or_else(error)?;
        let mode = match mode {
            "t" => Mode::Transaction,
            "a" => Mode::Alone,
            "o" => Mode::OwnTransactions,
            _ => return Err(error()),
        };
        let statements = items(ranges, |item| {
            let (start, end) = item.split_once('-').ok_or_else(error)?;
            let range = number(start).ok_or_else(error)?..number(end).ok_or_else(error)?;
            if self.text.get(range.clone()).is_none() {
                let length = self.text.len();
                return Err(IndexError::Range { line: self.number, range, length });
            }
            Ok(Statement { range })
        })?;
        Ok(Section { mode, statements })
    }
}

fn items<T>(
    field: &str,
    item: impl Fn(&str) -> Result<T, IndexError>,
) -> Result<Vec<T>, IndexError> {
    if field.is_empty() { Ok(Vec::new()) } else { field.split(',').map(item).collect() }
}

/// Digits only: what the standard library reads may have a sign.
fn number(text: &str) -> Option<usize> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the index of the chain is not valid: ")?;
        match self {
            Self::Version { found } => {
                write!(f, "its first line is {found:?}, not {FIRST_LINE:?}")
            }
            Self::Truncated => f.write_str("its last line does not end"),
            Self::Texts { revisions, texts } => {
                write!(f, "it has {revisions} revisions, and there are {texts} texts")
            }
            Self::Fields { line, found } => write!(f, "line {line} has {found} fields, not 10"),
            Self::Name { line, name, .. } => write!(f, "line {line} names {name:?}"),
            Self::Escape { line, field } => {
                write!(f, "line {line} has a stray backslash in {field:?}")
            }
            Self::Checksum { line, field } => {
                write!(f, "line {line} has {field:?} for a checksum")
            }
            Self::Section { line, field } => write!(f, "line {line} has {field:?} for a section"),
            Self::Range { line, range, length } => write!(
                f,
                "line {line} has a statement at {range:?}, which is no place in a text of \
                 {length} bytes"
            ),
        }
    }
}

impl std::error::Error for IndexError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Name { source, .. } => Some(source),
            _ => None,
        }
    }
}
