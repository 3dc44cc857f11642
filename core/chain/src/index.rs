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

/// Reads the index of a chain as [`decode()`] does, with texts that are not part of the program.
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
    let mut revisions = Vec::with_capacity(texts.len());
    // Most chains have nothing to escape, and one look at all of it is cheaper than many.
    let escapes = lines.contains('\\');
    for ((line, text), number) in Parts::of(lines, b'\n').zip(texts).zip(2..) {
        revisions.push(Line { number, text, escapes }.decode(line)?);
    }
    Ok(revisions)
}

/// A line of an index, and the text that belongs to it.
struct Line {
    /// From 1.
    number: usize,
    text: Cow<'static, str>,
    /// Whether there may be anything to unescape.
    escapes: bool,
}

impl Line {
    fn decode(self, line: &str) -> Result<Revision, IndexError> {
        let wrong_count =
            || IndexError::Fields { line: self.number, found: line.split('\t').count() };
        let mut fields = Parts::of(line, b'\t');
        let mut next = || fields.next().ok_or_else(wrong_count);
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
            text: self.text,
        };
        if fields.next().is_some() { Err(wrong_count()) } else { Ok(revision) }
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
        if !self.escapes {
            return Ok(field.to_owned());
        }
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
            let mut ends = Parts::of(item, b'-');
            let mut end = || number(ends.next()?);
            let range = end().ok_or_else(error)?..end().ok_or_else(error)?;
            if ends.next().is_some() {
                return Err(error());
            }
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
    if field.is_empty() {
        return Ok(Vec::new());
    }
    let commas = field.bytes().filter(|&byte| byte == b',').count();
    let mut items = Vec::with_capacity(commas + 1);
    for text in Parts::of(field, b',') {
        items.push(item(text)?);
    }
    Ok(items)
}

/// Digits only: what the standard library reads may have a sign.
fn number(text: &str) -> Option<usize> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| usize::from(byte - b'0'));
    let (&first, rest) = text.as_bytes().split_first()?;
    rest.iter()
        .try_fold(digit(first)?, |number, &byte| number.checked_mul(10)?.checked_add(digit(byte)?))
}

/// The parts of a text between separators. Most are a few bytes long, and for such this is
/// several times as fast as [`str::split`].
struct Parts<'a> {
    rest: Option<&'a str>,
    /// An ASCII character.
    separator: u8,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str, separator: u8) -> Self {
        Self { rest: Some(text), separator }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let Some(end) = rest.bytes().position(|byte| byte == self.separator) else {
            return self.rest.take();
        };
        self.rest = Some(&rest[end + 1..]);
        Some(&rest[..end])
    }
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

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{IndexError, decode, encode};
    use crate::testing::{Numbers, generated, revisions};
    use crate::{Checksum, Down, Label, Mode, NameError, Revision, Section, Statement};

    /// Gives a revision its text for the rest of the test run, as a binary has it.
    fn embedded(revision: &Revision) -> &'static str {
        Box::leak(revision.text.clone().into_owned().into_boxed_str())
    }

    fn round_trip(revisions: &[Revision]) {
        let texts: Vec<&'static str> = revisions.iter().map(embedded).collect();
        let index = encode(revisions);
        assert_eq!(decode(&index, &texts).unwrap(), revisions, "{index}");
    }

    #[test]
    fn an_index_reads_as_it_was_written() {
        round_trip(&[]);
        round_trip(&revisions("a # one two.3\n b < a > c\n c\n m < b c > one a"));
        let mut numbers = Numbers::new(3);
        for count in 0..20 {
            round_trip(generated(count, &mut numbers).revisions());
        }
    }

    #[test]
    fn every_text_is_kept() {
        let section = |mode, ranges: &[std::ops::Range<usize>]| Section {
            mode,
            statements: ranges.iter().map(|range| Statement { range: range.clone() }).collect(),
        };
        let mut all = Vec::new();
        for text in [
            "",
            " ",
            "plain",
            "tab\there",
            "line\nline\r\n",
            "back\\slash",
            "\\",
            "\\\\",
            "\\t",
            "\\e",
            "\\c",
            "a,b",
            ",",
            ",,",
            "ends in \\",
            "-",
            "!",
            "\t\n\r\\,",
            "größer 象 🐘",
        ] {
            let mut revision = revisions("r").remove(0);
            revision.id = crate::RevisionId::new(format!("r{}", all.len())).unwrap();
            revision.title = text.to_owned();
            revision.created = text.to_owned();
            revision.path = text.to_owned();
            revision.depends_on = vec![text.to_owned(), "x".to_owned(), text.to_owned()];
            revision.down = Down::Irreversible(text.to_owned());
            all.push(revision.clone());
            revision.depends_on.truncate(1);
            revision.labels = vec![Label::new(format!("l{}", all.len())).unwrap()];
            revision.down = Down::Missing;
            revision.text = "SELECT '象', 'ß';\nSELECT '🐘';".into();
            revision.up = section(Mode::OwnTransactions, &[0..19, 7..12, 21..34]);
            revision.checksum = Checksum { up: "00ff".to_owned(), down: None };
            all.push(revision.clone());
            revision.up = section(Mode::Alone, &[]);
            revision.down = Down::Section(section(Mode::Transaction, &[0..0, 34..34]));
            revision.checksum = Checksum::default();
            all.push(revision);
        }
        round_trip(&all);
        let index = encode(&all);
        assert_eq!(index.lines().count(), 1 + all.len());
    }

    #[test]
    fn an_index_looks_like_this() {
        let mut chain = revisions("a # one\n b < a > one");
        chain[1].down = Down::Irreversible("no,\nnever".to_owned());
        assert_eq!(
            encode(&chain),
            "pgmigrate-index 1\n\
             a\t\t\tone\twhat a # one does\t2026-11-22 01:15:00 UTC\tmigrations/a.sql\ta1.b2\t\
             t0-8\tt10-18\n\
             b\ta\tone\t\twhat b < a > one does\t2026-11-22 01:15:00 UTC\tmigrations/b.sql\ta1.b2\t\
             t0-8\t!no,\\nnever\n"
        );
    }

    #[test]
    fn what_is_no_index_is_refused() {
        const TEXT: &str = "SELECT 'ß'";
        let line = |line: &str| format!("pgmigrate-index 1\n{line}\n");
        let why = |index: &str| {
            let message = decode(index, &[TEXT]).unwrap_err().to_string();
            message.strip_prefix("the index of the chain is not valid: ").unwrap().to_owned()
        };

        assert_eq!(decode(&line("r\t\t\t\t\t\t\t\tt0-11\t-"), &[TEXT]).map(|all| all.len()), Ok(1));
        for (index, expected) in [
            (String::new(), r#"its first line is "", not "pgmigrate-index 1""#.to_owned()),
            (
                "pgmigrate-index 2\n".into(),
                r#"its first line is "pgmigrate-index 2", not "pgmigrate-index 1""#.into(),
            ),
            ("pgmigrate-index 1".into(), "its last line does not end".into()),
            ("pgmigrate-index 1\nr\t\t".into(), "its last line does not end".into()),
            ("pgmigrate-index 1\n".into(), "it has 0 revisions, and there are 1 texts".into()),
            (line("r\t\n"), "it has 2 revisions, and there are 1 texts".into()),
            (line(""), r#"line 2 names """#.into()),
            (line("r\t\t\t\t\t\t\t\tt0-1"), "line 2 has 9 fields, not 10".into()),
            (line("r\t\t\t\t\t\t\t\tt0-1\t-\t"), "line 2 has 11 fields, not 10".into()),
            (line("r-\t\t\t\t\t\t\t\tt\t-"), r#"line 2 names "r-""#.into()),
            (line("r\ta,,b\t\t\t\t\t\t\tt\t-"), r#"line 2 names """#.into()),
            (line("r\t\t\thead\t\t\t\t\tt\t-"), r#"line 2 names "head""#.into()),
            (line("r\t\t\t\ta\\b\t\t\t\tt\t-"), r#"line 2 has a stray backslash in "a\\b""#.into()),
            (line("r\t\t\t\ta\\\t\t\t\tt\t-"), r#"line 2 has a stray backslash in "a\\""#.into()),
            (line("r\t\t\t\t\t\t\txyz\tt\t-"), r#"line 2 has "xyz" for a checksum"#.into()),
            (line("r\t\t\t\t\t\t\t\t\t-"), r#"line 2 has "" for a section"#.into()),
            (line("r\t\t\t\t\t\t\t\tz0-1\t-"), r#"line 2 has "z0-1" for a section"#.into()),
            (line("r\t\t\t\t\t\t\t\tß\t-"), r#"line 2 has "ß" for a section"#.into()),
            (line("r\t\t\t\t\t\t\t\tt5\t-"), r#"line 2 has "t5" for a section"#.into()),
            (line("r\t\t\t\t\t\t\t\tt0-+1\t-"), r#"line 2 has "t0-+1" for a section"#.into()),
            (line("r\t\t\t\t\t\t\t\tt0-\t-"), r#"line 2 has "t0-" for a section"#.into()),
            (line("r\t\t\t\t\t\t\t\tt0-1,\t-"), r#"line 2 has "t0-1," for a section"#.into()),
            (
                line("r\t\t\t\t\t\t\t\tt0-99999999999999999999\t-"),
                r#"line 2 has "t0-99999999999999999999" for a section"#.into(),
            ),
            // Past the end, backwards, and within a character.
            (
                line("r\t\t\t\t\t\t\t\tt0-1,2-13\t-"),
                "line 2 has a statement at 2..13, which is no place in a text of 11 bytes".into(),
            ),
            (
                line("r\t\t\t\t\t\t\t\tt\tt4-2"),
                "line 2 has a statement at 4..2, which is no place in a text of 11 bytes".into(),
            ),
            (
                line("r\t\t\t\t\t\t\t\tt0-9\t-"),
                "line 2 has a statement at 0..9, which is no place in a text of 11 bytes".into(),
            ),
        ] {
            assert_eq!(why(&index), expected, "{index:?}");
        }
        let error = decode(&line("a b\t\t\t\t\t\t\t\tt\t-"), &[TEXT]).unwrap_err();
        let IndexError::Name { source, .. } = &error else { panic!("{error}") };
        assert_eq!(*source, NameError::Character(' '));
    }

    /// No index, however broken, leads to a range that cannot be sliced, or to a panic.
    #[test]
    fn broken_indexes_do_no_harm() {
        let mut chain = revisions("a # one\n b < a > one\n m < a b");
        chain[2].text = "SELECT '象'; SELECT 2;".into();
        chain[2].up.statements[0].range = 0..12;
        chain[2].down = Down::Missing;
        let texts: Vec<&'static str> = chain.iter().map(embedded).collect();
        let index = encode(&chain);
        let mut numbers = Numbers::new(1);
        let mut read = 0;
        for _ in 0..20_000 {
            let mut bytes = index.clone().into_bytes();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(bytes.len());
                bytes[at] = b"\t\n\\,-!0129tabcz"[numbers.below(15)];
            }
            let Ok(text) = String::from_utf8(bytes) else { continue };
            if let Ok(revisions) = decode(&text, &texts) {
                read += 1;
                for revision in &revisions {
                    for statement in &revision.up.statements {
                        assert!(revision.text.get(statement.range.clone()).is_some());
                    }
                }
            }
        }
        assert!(read > 1_000, "{read}");
    }

    #[test]
    #[ignore = "prints how long it takes, and asserts nothing of that"]
    fn timings() {
        for count in [1_000, 10_000] {
            let mut chain = Vec::new();
            for at in 0..count {
                let mut revision = revisions(&format!("r{at:011}")).remove(0);
                if at > 0 {
                    revision.parents =
                        vec![crate::RevisionId::new(format!("r{:011}", at - 1)).unwrap()];
                }
                revision.checksum.up = "0123456789abcdef".repeat(2);
                revision.checksum.down = Some("0123456789abcdef".repeat(2));
                revision.up.statements = vec![Statement { range: 0..8 }; 3];
                chain.push(revision);
            }
            let texts: Vec<&'static str> = chain.iter().map(embedded).collect();
            let index = encode(&chain);
            let time = |_| {
                let start = Instant::now();
                let decoded = decode(&index, &texts).unwrap();
                let time = start.elapsed();
                assert_eq!(decoded, chain);
                time
            };
            let mut times: Vec<Duration> = (0..101).map(time).collect();
            times.sort();
            println!("{count}: {:?} to {:?}, {} bytes", times[0], times[50], index.len());
        }
    }
}
