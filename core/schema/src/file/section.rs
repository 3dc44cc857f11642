//! The sections of a revision file, and the `-- migrate:` lines that start them.

use std::ops::Range;

use pgmigrate_chain::{Checksum, Down, Section};

use super::marker::Marker;
use super::script::Scripts;
use super::{Places, Reader, offset};
use crate::diagnostic::{Diagnostic, Span};
use crate::sql::{Kind, Token, nearest};
use crate::{Code, checksum};

/// What follows `-- migrate:up` or `-- migrate:down` on its line.
pub(super) struct Options {
    pub(super) transaction: bool,
    irreversible: Option<String>,
}

/// The sections of a file.
#[derive(Default)]
pub(super) struct Sections {
    pub(super) up: Section,
    pub(super) down: Down,
    pub(super) checksum: Checksum,
    pub(super) scripts: Scripts,
}

impl<'a> Reader<'a> {
    pub(super) fn sections(&mut self, tokens: &[Token], places: &mut Places) -> Sections {
        let mut up: Option<(Range<usize>, Section, String)> = None;
        let mut down: Option<(Range<usize>, Down, String)> = None;
        let mut scripts = Scripts::default();
        let marks: Vec<(usize, Marker<'a>)> = self.markers(tokens).collect();
        let starts: Vec<&(usize, Marker<'a>)> =
            marks.iter().filter(|(_, marker)| matches!(marker.word, "up" | "down")).collect();
        for (_, marker) in &marks {
            self.check_marker(marker);
        }
        let before = starts.first().map_or(tokens.len(), |(index, _)| *index);
        if starts.iter().any(|(_, marker)| marker.word == "up") {
            self.check_before(&tokens[..before]);
        }
        for (number, (index, marker)) in starts.iter().enumerate() {
            let end = starts.get(number + 1).map_or(tokens.len(), |(next, _)| *next);
            let body = &tokens[index + 1..end];
            let earlier = if marker.word == "up" {
                up.as_ref().map(|(range, ..)| range.clone())
            } else {
                down.as_ref().map(|(range, ..)| range.clone())
            };
            if let Some(earlier) = earlier {
                self.report(
                    Diagnostic::new(
                        Code::DuplicateSection,
                        format!("a second `-- migrate:{}` section", marker.word),
                    )
                    .at(self.span(marker.range.clone()))
                    .also(self.span(earlier).label("the first is here")),
                );
                continue;
            }
            let options = self.options(marker);
            if marker.word == "up" {
                let section;
                (section, scripts.up) = self.section(body, &options);
                let sum = checksum::of(self.text, body, options.transaction);
                up = Some((marker.range.clone(), section, sum));
            } else if let Some(reason) = options.irreversible {
                self.check_irreversible(body, marker);
                let sum = checksum::of_reason(&reason);
                down = Some((marker.range.clone(), Down::Irreversible(reason), sum));
            } else {
                let section;
                (section, scripts.down) = self.section(body, &options);
                let sum = checksum::of(self.text, body, options.transaction);
                down = Some((marker.range.clone(), Down::Section(section), sum));
            }
        }
        let swallowed = tokens.last().is_some_and(|t| matches!(t.kind, Kind::Unterminated(_)));
        if up.is_none() && !(swallowed && starts.is_empty()) {
            self.report(
                Diagnostic::new(Code::MissingUpSection, "the file has no `-- migrate:up` line")
                    .at(Span::file(self.path))
                    .help("put `-- migrate:up` above the first statement"),
            );
        }
        if down.is_none() && up.is_some() && !swallowed {
            self.report(missing_down(self.path));
        }
        let (up_range, up, up_sum) = up.unwrap_or_default();
        places.up = up_range;
        let (down, down_sum) = match down {
            Some((range, down, sum)) => {
                places.down = range;
                (down, Some(sum))
            }
            None => (Down::Missing, None),
        };
        Sections { up, down, checksum: Checksum { up: up_sum, down: down_sum }, scripts }
    }

    /// Nothing but comments may stand before the first section.
    fn check_before(&mut self, tokens: &[Token]) {
        let sql = tokens
            .iter()
            .find(|token| !token.is_trivia() && &self.text[token.range.clone()] != "\u{feff}");
        let Some(token) = sql else { return };
        self.report(
            Diagnostic::new(Code::BadHeader, "SQL before the first section")
                .at(self.span(token.range.clone()).label("belongs to no section"))
                .help("move it below `-- migrate:up`"),
        );
    }

    fn options(&mut self, marker: &Marker<'a>) -> Options {
        let mut options = Options { transaction: true, irreversible: None };
        let rest = marker.rest;
        if let Some(reason) = rest.strip_prefix("irreversible") {
            let reason = reason.trim_start_matches([':', ' ']).trim();
            if marker.word == "up" || reason.is_empty() {
                let message = if marker.word == "up" {
                    "only a down section can be irreversible"
                } else {
                    "a down section is irreversible without a reason"
                };
                self.report(
                    Diagnostic::new(Code::BadMarker, message)
                        .at(self.span(marker.range.clone()))
                        .help("write `-- migrate:down irreversible: REASON`"),
                );
            }
            options.irreversible = (marker.word == "down").then(|| reason.to_owned());
            return options;
        }
        for option in rest.split_whitespace() {
            match option {
                "transaction:true" => options.transaction = true,
                "transaction:false" => options.transaction = false,
                _ => {
                    let start =
                        marker.range.start + offset(&self.text[marker.range.clone()], option);
                    let finding = Diagnostic::new(
                        Code::BadMarker,
                        format!("`migrate:{}` has no option `{option}`", marker.word),
                    )
                    .at(self.span(start..start + option.len()));
                    let known = ["transaction:false", "transaction:true", "irreversible:"];
                    self.report(match nearest(option, known) {
                        Some(known) => finding.help(format!("did you mean `{known}`?")),
                        None => finding
                            .help("the options are `transaction:false` and `irreversible: REASON`"),
                    });
                }
            }
        }
        options
    }

    fn check_irreversible(&mut self, body: &[Token], marker: &Marker<'a>) {
        if let Some(token) = body.iter().find(|token| !token.is_trivia()) {
            self.report(
                Diagnostic::new(Code::BadMarker, "an irreversible down section has statements")
                    .at(self.span(marker.range.clone()))
                    .also(self.span(token.range.clone()).label("this would never run")),
            );
        }
    }
}

/// The finding for a file without a down section.
pub(super) fn missing_down(path: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingDown, "the revision has no way back").at(Span::file(path)).help(
        "add `-- migrate:down` and the statements that undo it, or say why there are none: \
         `-- migrate:down irreversible: REASON`",
    )
}
