//! Reads one revision file: header, sections, statements.

use std::borrow::Cow;
use std::ops::Range;

use pgmigrate_chain::{
    Checksum, Down, Label, Mode, NameError, Revision, RevisionId, Section, Statement,
};

use crate::checksum;
use crate::diagnostic::{Diagnostic, Span};
use crate::sql::{self, Class, Control, Kind, Token, nearest};
use crate::{Code, Source};

/// A revision file, as far as it could be read.
#[derive(Debug)]
pub(crate) struct RevisionFile {
    /// The revision; none when the header does not say which it is, or what it follows.
    pub(crate) revision: Option<Revision>,
    /// The id that the file claims, in its header or else in its name.
    pub(crate) claimed: Option<RevisionId>,
    /// Where the header says what.
    pub(crate) header: Places,
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
}

/// Reads a file. What is wrong with it goes to `found`.
pub(crate) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> RevisionFile {
    let text = match str::from_utf8(&source.bytes) {
        Ok(text) => text,
        Err(error) => {
            found.push(not_utf8(&source.path, &source.bytes, error.valid_up_to()));
            return RevisionFile {
                revision: None,
                claimed: id_in_name(&source.path),
                header: Places::default(),
            };
        }
    };
    Reader { path: &source.path, text, found }.read()
}

/// The finding for a file that is not UTF-8, with the line of the first byte that is not.
pub(crate) fn not_utf8(path: &str, bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let line = 1 + bytes[..valid_up_to].iter().filter(|&&byte| byte == b'\n').count();
    let byte = bytes.get(valid_up_to).copied().unwrap_or_default();
    Diagnostic::new(Code::NotUtf8, format!("{path} is not UTF-8: byte 0x{byte:02x} in line {line}"))
        .at(Span::file(path))
        .help("convert it, for example with `iconv -f latin1 -t utf-8`")
}

/// The name of a file, without its directory.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What follows the date in a file name: `<revision>_<slug>`.
fn after_date(path: &str) -> Option<&str> {
    let stem = file_name(path).strip_suffix(".sql")?;
    let (date, rest) = stem.split_once('_')?;
    let is_date = date.starts_with(|c: char| c.is_ascii_digit()) && date.bytes().all(is_date_byte);
    (is_date && !rest.is_empty()).then_some(rest)
}

fn is_date_byte(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'T' | b'Z')
}

fn id_in_name(path: &str) -> Option<RevisionId> {
    RevisionId::new(after_date(path)?.split('_').next()?).ok()
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    found: &'a mut Vec<Diagnostic>,
}

/// A `-- migrate:WORD REST` line.
struct Marker<'a> {
    /// From `--` to the end of the line.
    range: Range<usize>,
    word: &'a str,
    rest: &'a str,
}

/// One entry of a header.
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
    value_range: Range<usize>,
    line: Range<usize>,
}

const KEYS: [&str; 5] = ["Revision ID", "Revises", "Create Date", "Branch Labels", "Depends On"];
const MARKERS: [&str; 4] = ["up", "down", "allow", "assume"];

impl<'a> Reader<'a> {
    fn read(mut self) -> RevisionFile {
        let tokens = sql::tokens(self.text);
        let header_end = self.header_end(&tokens);
        let (title, entries) = self.header(header_end);
        let name_ok = self.check_name();
        let header = self.revision_header(title, &entries, header_end);
        if let (true, Some((id, place))) = (name_ok, &header.id) {
            self.compare_name(id, place);
        }
        let (up, down, checksum) = self.sections(&tokens);
        let claimed =
            header.id.as_ref().map(|(id, _)| id.clone()).or_else(|| id_in_name(self.path));
        let mut places = header.places;
        let revision = match (header.id, header.parents) {
            (Some((id, place)), Some(parents)) => {
                places.id = place;
                Some(Revision {
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
                })
            }
            _ => None,
        };
        RevisionFile { revision, claimed, header: places }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, range)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    // The file's name.

    fn check_name(&mut self) -> bool {
        let good = after_date(self.path).is_some();
        if !good {
            let name = file_name(self.path);
            self.report(
                Diagnostic::new(
                    Code::BadFileName,
                    format!("`{name}` is not a revision's file name"),
                )
                .at(Span::file(self.path))
                .help(
                    "revisions are named `<date>_<revision>_<slug>.sql`, for example \
                       `2026-11-22_3f2a9c1b7d4e_add_user_profile.sql`",
                ),
            );
        }
        good
    }

    fn compare_name(&mut self, id: &RevisionId, place: &Range<usize>) {
        let rest = after_date(self.path).unwrap_or_default();
        let same = rest
            .strip_prefix(id.as_str())
            .is_some_and(|slug| slug.is_empty() || slug.starts_with('_'));
        if !same {
            let named = rest.split('_').next().unwrap_or_default();
            self.report(
                Diagnostic::new(
                    Code::NameMismatch,
                    format!("the file is named for revision `{named}`, its header says `{id}`"),
                )
                .at(self.span(place.clone()).label("the header is the truth"))
                .help(format!(
                    "rename the file: put `{id}` where its name has `{named}`, or mend the header"
                )),
            );
        }
    }

    // The header.

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
    fn header(&mut self, end: usize) -> (String, Vec<Entry<'a>>) {
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

    fn revision_header(&mut self, title: String, entries: &[Entry<'a>], end: usize) -> Header {
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
                    let id =
                        self.name("revision id", entry.value, &entry.value_range, RevisionId::new);
                    header.id = id.map(|id| (id, entry.value_range.clone()));
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
        for (key, example) in [("Revision ID", "3f2a9c1b7d4e"), ("Revises", "base")] {
            if !seen.contains(&key) {
                let place =
                    entries.first().map_or(0..end.min(self.first_line()), |e| e.line.clone());
                self.report(
                    Diagnostic::new(Code::BadHeader, format!("the header has no `{key}` line"))
                        .at(self.span(place))
                        .help(format!("write `-- {key}: {example}` above `-- migrate:up`")),
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

    // The sections.

    /// A comment that is a marker: at the start of a line.
    fn marker(&self, token: &Token) -> Option<Marker<'a>> {
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

    fn sections(&mut self, tokens: &[Token]) -> (Section, Down, Checksum) {
        let mut up: Option<(Range<usize>, Section, String)> = None;
        let mut down: Option<(Range<usize>, Down, String)> = None;
        let marks: Vec<(usize, Marker<'a>)> = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == Kind::LineComment)
            .filter_map(|(index, token)| Some((index, self.marker(token)?)))
            .collect();
        let starts: Vec<&(usize, Marker<'a>)> =
            marks.iter().filter(|(_, marker)| matches!(marker.word, "up" | "down")).collect();
        for (_, marker) in &marks {
            self.check_marker(marker);
        }
        let before = starts.first().map_or(tokens.len(), |(index, _)| *index);
        self.check_before(&tokens[..before], starts.is_empty());
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
                let section = self.section(body, &options);
                let sum = checksum::of(self.text, body, options.transaction);
                up = Some((marker.range.clone(), section, sum));
            } else if let Some(reason) = options.irreversible {
                self.check_irreversible(body, marker);
                let sum = checksum::of_reason(&reason);
                down = Some((marker.range.clone(), Down::Irreversible(reason), sum));
            } else {
                let section = self.section(body, &options);
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
            self.report(
                Diagnostic::new(Code::MissingDown, "the revision has no way back")
                    .at(Span::file(self.path))
                    .help(
                        "add `-- migrate:down` and the statements that undo it, or say why there \
                         are none: `-- migrate:down irreversible: REASON`",
                    ),
            );
        }
        let (_, section, up_sum) = up.unwrap_or_default();
        let (down, down_sum) = match down {
            Some((_, down, sum)) => (down, Some(sum)),
            None => (Down::Missing, None),
        };
        (section, down, Checksum { up: up_sum, down: down_sum })
    }

    /// Nothing but comments may stand before the first section.
    fn check_before(&mut self, tokens: &[Token], no_section: bool) {
        let sql = tokens
            .iter()
            .find(|token| !token.is_trivia() && &self.text[token.range.clone()] != "\u{feff}");
        let (Some(token), false) = (sql, no_section) else { return };
        self.report(
            Diagnostic::new(Code::BadHeader, "SQL before the first section")
                .at(self.span(token.range.clone()).label("belongs to no section"))
                .help("move it below `-- migrate:up`"),
        );
    }

    fn check_marker(&mut self, marker: &Marker<'a>) {
        let bad = |message: String| {
            Diagnostic::new(Code::BadMarker, message).at(Span::new(self.path, marker.range.clone()))
        };
        let finding = match marker.word {
            "up" | "down" => return,
            "allow" => {
                let (check, reason) = match marker.rest.split_once(" because ") {
                    Some((check, reason)) => (check.trim(), reason.trim()),
                    None => (marker.rest.trim_end_matches("because").trim(), ""),
                };
                match Code::from_name(check) {
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
                }
            }
            "assume" if marker.rest.is_empty() => bad("`migrate:assume` says nothing".to_owned())
                .help("write `-- migrate:assume CREATE TABLE …;`"),
            "assume" => return,
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

    /// The statements of a section, checked, and the mode that they are run in.
    fn section(&mut self, tokens: &[Token], options: &Options) -> Section {
        let mut statements = sql::read_tokens(self.text, tokens);
        for statement in &statements {
            if let Some(error) = &statement.error {
                let mut finding = Diagnostic::new(Code::SyntaxError, error.message.clone())
                    .at(self
                        .span(error.range.clone())
                        .label(error.expected.clone().unwrap_or_default()));
                if let Some((word, keyword)) = &error.suggestion {
                    finding = finding.help(format!("`{word}`: did you mean `{keyword}`?"));
                }
                self.report(finding);
            }
        }
        let mode = self.mode(&mut statements, options, tokens);
        let statements = statements.into_iter().map(|it| Statement { range: it.range }).collect();
        Section { mode, statements }
    }

    /// How a section is run. A frame of `BEGIN` and `COMMIT` is taken off.
    fn mode(
        &mut self,
        statements: &mut Vec<sql::Statement>,
        options: &Options,
        tokens: &[Token],
    ) -> Mode {
        let controls: Vec<(usize, Control)> = statements
            .iter()
            .enumerate()
            .filter_map(|(index, statement)| match statement.class {
                Class::Control(control) => Some((index, control)),
                _ => None,
            })
            .collect();
        let last = statements.len().saturating_sub(1);
        let framed =
            matches!(controls[..], [(0, Control::Begin), (end, Control::Commit)] if end == last);
        let mode = match (options.transaction, controls.is_empty(), framed) {
            (true, true, _) | (true, false, true) => Mode::Transaction,
            (false, true, _) => Mode::Alone,
            (_, false, _) => Mode::OwnTransactions,
        };
        let mut inside = mode == Mode::Transaction;
        for statement in &*statements {
            match statement.class {
                Class::Control(Control::Begin) => inside = true,
                Class::Control(Control::Commit | Control::Rollback) => {
                    inside = mode == Mode::Transaction;
                }
                // After `COMMIT AND CHAIN` and the like, the server knows better than we do.
                Class::Control(Control::Other) => break,
                Class::Outside(command) if inside => self.needs_no_transaction(statement, command),
                Class::Inside(command) if !inside => self.needs_transaction(statement, command),
                _ => {}
            }
        }
        match mode {
            Mode::Transaction if framed => {
                let begin = statements[0].range.clone();
                let commit = statements[last].range.clone();
                self.lint(
                    tokens,
                    Diagnostic::new(
                        Code::RedundantTransaction,
                        "the section runs in a transaction anyway",
                    )
                    .at(self.span(begin).label("this and the `COMMIT` are left out"))
                    .also(self.span(commit)),
                );
                statements.pop();
                statements.remove(0);
            }
            Mode::OwnTransactions => {
                let place = controls.first().map_or(0..0, |(i, _)| statements[*i].range.clone());
                self.lint(
                    tokens,
                    Diagnostic::new(
                        Code::OwnTransactions,
                        "the section starts and ends transactions of its own",
                    )
                    .at(self.span(place))
                    .help(
                        "it runs statement by statement: what it commits stays when a later \
                         statement fails",
                    ),
                );
            }
            Mode::Alone => self.mixed(statements, tokens),
            Mode::Transaction => {}
        }
        mode
    }

    fn mixed(&mut self, statements: &[sql::Statement], tokens: &[Token]) {
        let outside = statements.iter().find(|s| s.class.needs_no_transaction());
        let plain = statements.iter().find(|s| s.class == Class::Plain);
        if let (Some(outside), Some(plain)) = (outside, plain) {
            self.lint(
                tokens,
                Diagnostic::new(
                    Code::MixedSection,
                    "statements that could be in a transaction stand beside one that cannot",
                )
                .at(self
                    .span(first_line(self.text, &plain.range))
                    .label("could be in a transaction"))
                .also(self.span(first_line(self.text, &outside.range)).label("cannot"))
                .help("put them into two revisions: then a failure leaves nothing half done"),
            );
        }
    }

    fn needs_no_transaction(&mut self, statement: &sql::Statement, command: &str) {
        self.report(
            Diagnostic::new(
                Code::NeedsNoTransaction,
                format!("{command} cannot run inside a transaction block"),
            )
            .at(self.span(first_line(self.text, &statement.range)))
            .help("mark the section `transaction:false`, and give the statement a revision of its own"),
        );
    }

    fn needs_transaction(&mut self, statement: &sql::Statement, command: &str) {
        self.report(
            Diagnostic::new(
                Code::NeedsTransaction,
                format!("{command} can only be used in transaction blocks"),
            )
            .at(self.span(first_line(self.text, &statement.range)))
            .help("leave out `transaction:false`, or put `BEGIN` and `COMMIT` around it"),
        );
    }

    /// Reports a lint, unless a `migrate:allow` in the section waives it.
    fn lint(&mut self, tokens: &[Token], finding: Diagnostic) {
        let waived = tokens.iter().filter_map(|token| self.marker(token)).any(|marker| {
            marker.word == "allow"
                && marker.rest.split_once(" because ").is_some_and(|(check, reason)| {
                    check.trim() == finding.code.name() && !reason.trim().is_empty()
                })
        });
        if !waived {
            self.report(finding);
        }
    }
}

#[derive(Default)]
struct Header {
    title: String,
    created: String,
    id: Option<(RevisionId, Range<usize>)>,
    parents: Option<Vec<RevisionId>>,
    depends_on: Vec<String>,
    labels: Vec<Label>,
    places: Places,
}

struct Options {
    transaction: bool,
    irreversible: Option<String>,
}

/// `Key: value`, where the key is one to three capitalised words.
fn entry(content: &str) -> Option<(&str, &str)> {
    let (key, value) = content.split_once(':')?;
    let words = key.split(' ');
    let wordy = key.starts_with(|c: char| c.is_ascii_uppercase())
        && words.clone().count() <= 3
        && words.clone().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphabetic()));
    wordy.then(|| (key, value.trim()))
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

/// The part of a range that is on its first line: a caret under twenty lines helps nobody.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find(['\r', '\n']).map_or(range.end, |at| range.start + at);
    range.start..end
}
