//! Findings of a check, for the terminal and as JSON.

use pgmigrate_schema::render::{self, Target};
use pgmigrate_schema::{Checked, Code, Diagnostic, Span};
use serde::Serialize;

use crate::Context;
use crate::error::{CommandError, Kind};
use crate::project::Project;
use crate::text::count;

/// Findings one after the other, each as rustc would show it.
pub(crate) fn render<'a>(
    context: &Context,
    checked: &Checked,
    findings: impl IntoIterator<Item = &'a Diagnostic>,
) -> String {
    // The stream takes the colours out where nobody sees them.
    let target = Target::Terminal { colour: true };
    let text: String =
        findings.into_iter().map(|it| render::finding(it, checked, target) + "\n").collect();
    context.global.completed(&text)
}

/// The error of a command that stops at the mistakes of a chain, those that `tolerable` is true
/// of aside.
pub(crate) fn error(
    context: &Context,
    checked: &Checked,
    project: &Project,
    tolerable: impl Fn(&Diagnostic) -> bool,
) -> CommandError {
    let mut shown: Vec<&Diagnostic> = checked.findings.iter().filter(|it| !tolerable(it)).collect();
    if shown.is_empty() {
        // It is the lack of a chain that stops the command, and all of them are the reason.
        shown = checked.errors().collect();
    }
    let message = format!("the chain in {} has {}", project.shown, count(shown.len(), "mistake"));
    let hint = match mend(&shown) {
        Some(command) => format!("run `{command}`"),
        None => "mend what is shown above, then run `cargo migrate check`".to_owned(),
    };
    CommandError::new(Kind::Chain, message).hint(hint).findings(render(context, checked, shown))
}

/// The command that mends all of these findings, or the first of several that together do.
pub(crate) fn mend(findings: &[&Diagnostic]) -> Option<&'static str> {
    let command = |finding: &&Diagnostic| match finding.code {
        Code::LockConflict | Code::StaleLock | Code::StaleSchemaFile => Some("cargo migrate lock"),
        Code::SeveralHeads => Some("cargo migrate merge heads"),
        Code::EmptyChain => Some("cargo migrate new -m \"what it does\""),
        _ => None,
    };
    let commands: Option<Vec<&str>> = findings.iter().map(command).collect();
    commands?.into_iter().next()
}

/// A finding, as JSON has it.
#[derive(Debug, Serialize)]
pub(crate) struct FindingJson<'a> {
    /// The name of the check.
    code: &'static str,
    /// `error` or `warning`.
    severity: &'static str,
    /// What is wrong, in one line.
    message: &'a str,
    /// What the server would raise, where the finding foresees that.
    sqlstate: Option<&'static str>,
    /// The revision that it is about; null for one about several, or about none.
    revision: Option<&'a str>,
    /// Where; null for a finding about the directory.
    primary: Option<SpanJson<'a>>,
    /// Other places that explain it.
    secondary: Vec<SpanJson<'a>>,
    /// What to do about it, a sentence each.
    help: &'a [String],
}

/// A place in a file, as JSON has it. The numbers are null for a file as a whole.
#[derive(Debug, Serialize)]
struct SpanJson<'a> {
    /// The file, relative to where the command ran.
    path: &'a str,
    /// The line on which it starts, from 1.
    line: Option<usize>,
    /// The column at which it starts, in characters, from 1.
    column: Option<usize>,
    /// The line on which it ends.
    end_line: Option<usize>,
    /// The column after its last character.
    end_column: Option<usize>,
    /// The byte of the file at which it starts, from 0.
    start: Option<usize>,
    /// The byte after its last one.
    end: Option<usize>,
    /// What is to be said there; may be empty.
    label: &'a str,
}

impl<'a> FindingJson<'a> {
    pub(crate) fn new(finding: &'a Diagnostic, checked: &Checked) -> Self {
        let span = |span: &'a Span| SpanJson::new(span, checked.text(&span.path));
        Self {
            code: finding.code.name(),
            severity: finding.severity.name(),
            message: &finding.message,
            sqlstate: finding.code.sqlstate(),
            revision: finding.revision.as_ref().map(pgmigrate_chain::RevisionId::as_str),
            primary: finding.primary.as_ref().map(span),
            secondary: finding.secondary.iter().map(span).collect(),
            help: &finding.help,
        }
    }
}

impl<'a> SpanJson<'a> {
    fn new(span: &'a Span, text: &str) -> Self {
        let range = Some(&span.range).filter(|_| !span.is_file());
        let at = |byte: Option<usize>| byte.map(|byte| line_and_column(text, byte)).unzip();
        let (line, column) = at(range.map(|range| range.start));
        let (end_line, end_column) = at(range.map(|range| range.end));
        Self {
            path: &span.path,
            line,
            column,
            end_line,
            end_column,
            start: range.map(|range| range.start),
            end: range.map(|range| range.end),
            label: &span.label,
        }
    }
}

/// Line and column of a byte, from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_characters_count_from_one() {
        let text = "a\né x\n";
        for (byte, expected) in [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (4, (2, 2)), (99, (3, 1))] {
            assert_eq!(line_and_column(text, byte), expected, "{byte}");
        }
    }
}
