//! The header of a revision file: a title, and `Key: value` lines.

use std::ops::Range;

use pgmigrate_chain::{Label, NameError, RevisionId};

use super::{Places, Reader, lines, offset};
use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::sql::{Kind, Token, nearest};

const KEYS: [&str; 5] = ["Revision ID", "Revises", "Create Date", "Branch Labels", "Depends On"];

/// A header, as far as it could be read.
#[derive(Default)]
pub(super) struct Header {
    pub(super) title: String,
    pub(super) created: String,
    pub(super) id: Option<RevisionId>,
    pub(super) parents: Option<Vec<RevisionId>>,
    pub(super) depends_on: Vec<String>,
    pub(super) labels: Vec<Label>,
    pub(super) places: Places,
}

/// One entry of a header.
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
    value_range: Range<usize>,
    line: Range<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn header(&mut self, tokens: &[Token]) -> Header {
        let end = self.header_end(tokens);
        let (title, entries) = self.entries(end);
        self.read_entries(title, &entries, end)
    }

    /// Where the header ends: at the first section marker, or at the first thing that is not a
    /// comment.
    fn header_end(&self, tokens: &[Token]) -> usize {
        tokens
            .iter()
            .find(|token| match token.kind {
                Kind::Space | Kind::BlockComment => false,
                Kind::LineComment => self.marker(token).is_some(),
                // A byte-order mark is no part of the SQL.
                _ => &self.text[token.range.clone()] != "\u{feff}",
            })
            .map_or(self.text.len(), |token| token.range.start)
    }

    /// The title, and the `Key: value` lines.
    fn entries(&mut self, end: usize) -> (String, Vec<Entry<'a>>) {
        let mut title = None;
        let mut entries: Vec<Entry<'a>> = Vec::new();
        for (line, start) in lines(self.text, 0..end) {
            let Some(comment) = line.trim_start_matches('\u{feff}').strip_prefix("--") else {
                continue;
            };
            let content = comment.trim();
            let at = start + offset(line, content);
            match entry(content) {
                Some((key, value)) if KEYS.contains(&key) => {
                    let from = at + offset(content, value);
                    entries.push(Entry {
                        key,
                        value,
                        value_range: from..from + value.len(),
                        line: at..at + content.len(),
                    });
                }
                // Before the first key, a line with a colon may be prose, unless it looks like a
                // key; after it, it is a key that does not exist.
                Some((key, _)) if !entries.is_empty() || nearest(key, KEYS).is_some() => {
                    let mut finding = Diagnostic::new(
                        Code::UnknownHeaderKey,
                        format!("a revision's header has no key `{key}`"),
                    )
                    .at(self.span(at..at + key.len()));
                    finding = match nearest(key, KEYS) {
                        Some(known) => finding.help(format!("did you mean `{known}`?")),
                        None => finding.help(format!("the keys are `{}`", KEYS.join("`, `"))),
                    };
                    self.report(finding);
                }
                _ if title.is_none() && !content.is_empty() && entries.is_empty() => {
                    title = Some(content.to_owned());
                }
                _ => {}
            }
        }
        (title.unwrap_or_default(), entries)
    }

    fn read_entries(&mut self, title: String, entries: &[Entry<'a>], end: usize) -> Header {
        let mut header = Header { title, ..Header::default() };
        let mut seen: Vec<&str> = Vec::new();
        for entry in entries {
            if seen.contains(&entry.key) {
                self.report(
                    Diagnostic::new(
                        Code::BadHeader,
                        format!("the header has `{}` twice", entry.key),
                    )
                    .at(self.span(entry.line.clone())),
                );
                continue;
            }
            seen.push(entry.key);
            match entry.key {
                "Revision ID" => {
                    header.places.id = entry.value_range.clone();
                    header.id =
                        self.name("revision id", entry.value, &entry.value_range, RevisionId::new);
                }
                "Revises" => {
                    header.places.revises = entry.value_range.clone();
                    header.parents = self.parents(entry, &mut header.places.parents);
                }
                "Create Date" => entry.value.clone_into(&mut header.created),
                "Branch Labels" => {
                    for (value, range) in list(entry) {
                        if let Some(label) = self.name("branch label", value, &range, Label::new) {
                            header.labels.push(label);
                            header.places.labels.push(range);
                        }
                    }
                }
                _ => {
                    for (value, range) in list(entry) {
                        // A dependency names a revision or a label; a label allows more.
                        if self
                            .name("revision id or branch label", value, &range, Label::new)
                            .is_some()
                        {
                            header.depends_on.push(value.to_owned());
                            header.places.depends_on.push(range);
                        }
                    }
                }
            }
        }
        for key in ["Revision ID", "Revises"] {
            if !seen.contains(&key) {
                let place =
                    entries.first().map_or(0..end.min(self.first_line()), |e| e.line.clone());
                self.report(
                    Diagnostic::new(Code::BadHeader, format!("the header has no `{key}` line"))
                        .at(self.span(place))
                        .help(match key {
                            "Revises" => {
                                "write `-- Revises: ` and the revision before this one, or `base` \
                                 if it is the first"
                            }
                            _ => "write a line such as `-- Revision ID: 3f2a9c1b7d4e`",
                        }),
                );
            }
        }
        header
    }

    fn first_line(&self) -> usize {
        self.text.find(['\r', '\n']).unwrap_or(self.text.len())
    }

    fn parents(
        &mut self,
        entry: &Entry<'a>,
        places: &mut Vec<Range<usize>>,
    ) -> Option<Vec<RevisionId>> {
        if entry.value == "base" {
            return Some(Vec::new());
        }
        let mut parents = Vec::new();
        for (value, range) in list(entry) {
            parents.push(self.name("revision id", value, &range, RevisionId::new)?);
            places.push(range);
        }
        if parents.is_empty() {
            self.report(
                Diagnostic::new(Code::BadHeader, "`Revises` names no revision")
                    .at(self.span(entry.line.clone()))
                    .help("the first revision of a chain has `-- Revises: base`"),
            );
            return None;
        }
        Some(parents)
    }

    fn name<T>(
        &mut self,
        what: &str,
        value: &str,
        range: &Range<usize>,
        parse: impl Fn(String) -> Result<T, NameError>,
    ) -> Option<T> {
        match parse(value.to_owned()) {
            Ok(name) => Some(name),
            Err(error) => {
                self.report(
                    Diagnostic::new(Code::BadHeader, format!("`{value}` is no {what}: {error}"))
                        .at(self.span(range.clone())),
                );
                None
            }
        }
    }
}

/// `Key: value`, where the key is one to three capitalised words.
fn entry(content: &str) -> Option<(&str, &str)> {
    let (key, value) = content.split_once(':')?;
    let parts = key.split(' ');
    let is_key = key.starts_with(|c: char| c.is_ascii_uppercase())
        && parts.clone().count() <= 3
        && parts.clone().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphabetic()));
    is_key.then(|| (key, value.trim()))
}

/// The comma-separated values of an entry, with their places.
fn list<'a>(entry: &Entry<'a>) -> Vec<(&'a str, Range<usize>)> {
    entry
        .value
        .split(',')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(|value| {
            let start = entry.value_range.start + offset(entry.value, value);
            (value, start..start + value.len())
        })
        .collect()
}
