//! The `-- migrate:` lines of a revision file.

use std::ops::Range;

use super::{Reader, offset};
use crate::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::sql::{Kind, Token, nearest};

/// A `-- migrate:WORD REST` line.
pub(super) struct Marker<'a> {
    /// From `--` to the end of the line.
    pub(super) range: Range<usize>,
    pub(super) word: &'a str,
    pub(super) rest: &'a str,
}

const MARKERS: [&str; 4] = ["up", "down", "allow", "assume"];

impl<'a> Marker<'a> {
    /// The check that `migrate:allow CHECK because REASON` waives; none where it is not complete.
    pub(super) fn allows(&self) -> Option<Code> {
        let (check, reason) = self.allow()?;
        Code::from_name(check).filter(|code| code.is_lint() && !reason.is_empty())
    }

    /// What stands for CHECK and for REASON; either may be empty.
    fn allow(&self) -> Option<(&'a str, &'a str)> {
        (self.word == "allow").then(|| match self.rest.split_once(" because ") {
            Some((check, reason)) => (check.trim(), reason.trim()),
            None => (self.rest.trim_end_matches("because").trim(), ""),
        })
    }

    /// Where the SQL of `migrate:assume SQL` stands in the text.
    pub(super) fn assumes(&self, text: &str) -> Option<Range<usize>> {
        let start = offset(text, self.rest);
        (self.word == "assume").then(|| start..start + self.rest.len())
    }
}

impl<'a> Reader<'a> {
    /// A comment that is a marker: at the start of a line.
    pub(super) fn marker(&self, token: &Token) -> Option<Marker<'a>> {
        let text = self.text;
        let start = token.range.start;
        let at_line_start =
            start == 0 || text[..start].ends_with('\n') || &text[..start] == "\u{feff}";
        let comment = text[token.range.clone()].strip_prefix("--")?;
        let marker = comment.trim_start_matches([' ', '\t']).strip_prefix("migrate:")?;
        let marker = marker.trim_end();
        let (word, rest) = match marker.find(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            Some(end) => marker.split_at(end),
            None => (marker, ""),
        };
        at_line_start.then(|| Marker {
            range: start..start + text[token.range.clone()].trim_end().len(),
            word,
            rest: rest.trim(),
        })
    }

    /// The markers among tokens, each with the place of its token.
    pub(super) fn markers(&self, tokens: &[Token]) -> impl Iterator<Item = (usize, Marker<'a>)> {
        tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == Kind::LineComment)
            .filter_map(|(index, token)| Some((index, self.marker(token)?)))
    }

    /// Reports a marker that does not exist or is not complete.
    pub(super) fn check_marker(&mut self, marker: &Marker<'a>) {
        let bad = |message: String| {
            Diagnostic::new(Code::BadMarker, message).at(Span::new(self.path, marker.range.clone()))
        };
        if let Some((check, reason)) = marker.allow() {
            let finding = match Code::from_name(check) {
                None => {
                    let finding = bad(format!("there is no check `{check}` to allow"));
                    match nearest(check, Code::ALL.iter().map(|code| code.name())) {
                        Some(known) => finding.help(format!("did you mean `{known}`?")),
                        None => finding,
                    }
                }
                Some(code) if !code.is_lint() => {
                    bad(format!("`{check}` cannot be allowed: the chain would not work"))
                }
                Some(_) if reason.is_empty() => {
                    bad(format!("`{check}` is allowed without a reason"))
                        .help(format!("write `-- migrate:allow {check} because REASON`"))
                }
                Some(_) => return,
            };
            self.report(finding);
            return;
        }
        let finding = match marker.word {
            "up" | "down" => return,
            "assume" if !marker.rest.is_empty() => return,
            "assume" => bad("`migrate:assume` says nothing".to_owned())
                .help("write `-- migrate:assume CREATE TABLE …;`"),
            word => {
                let finding = bad(format!("there is no `-- migrate:{word}`"));
                match nearest(word, MARKERS) {
                    Some(known) => finding.help(format!("did you mean `-- migrate:{known}`?")),
                    None => finding.help(
                        "there are `migrate:up`, `migrate:down`, `migrate:allow` and \
                         `migrate:assume`",
                    ),
                }
            }
        };
        self.report(finding);
    }
}
