//! Shows findings to people, as rustc does.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use crate::Checked;
use crate::diagnostic::{Diagnostic, Severity, Span};

/// Where a finding is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A terminal; whether with colours.
    Terminal {
        /// Whether to colour it.
        colour: bool,
    },
    /// The message of a `compile_error!`: rustc puts `error: ` before it.
    Compiler,
}

/// A finding with the lines of SQL that it is about, and a last line end only on a terminal.
pub fn finding(finding: &Diagnostic, checked: &Checked, target: Target) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&finding.message);
    let title = match target {
        Target::Terminal { .. } => title.id(finding.code.name()),
        Target::Compiler => title,
    };
    let mut group = Group::with_title(title);
    group = group.elements(snippets(finding, checked));
    group = group.elements(finding.help.iter().map(|help| Level::HELP.message(help)));
    let note = match finding.code.sqlstate() {
        Some(sqlstate) => format!("check {}, SQLSTATE {sqlstate}", finding.code),
        None => format!("check {}", finding.code),
    };
    if target == Target::Compiler {
        group = group.element(Level::NOTE.message(&note));
    }
    let renderer = match target {
        Target::Terminal { colour: true } => Renderer::styled(),
        _ => Renderer::plain(),
    };
    let text = renderer.render(&[group]);
    match target {
        Target::Terminal { .. } => text + "\n",
        Target::Compiler => {
            let title = format!("{}: ", finding.severity.name());
            text.strip_prefix(&title).unwrap_or(&text).to_owned()
        }
    }
}

/// The places of a finding, one snippet a file, the primary one first.
fn snippets<'a>(finding: &'a Diagnostic, checked: &'a Checked) -> Vec<Element<'a>> {
    let mut elements: Vec<Element<'a>> = Vec::new();
    let spans: Vec<(AnnotationKind, &Span)> = finding
        .primary
        .iter()
        .map(|span| (AnnotationKind::Primary, span))
        .chain(finding.secondary.iter().map(|span| (AnnotationKind::Context, span)))
        .collect();
    let mut shown: Vec<&str> = Vec::new();
    for (_, first) in &spans {
        if shown.contains(&first.path.as_str()) {
            continue;
        }
        shown.push(&first.path);
        let text = checked.text(&first.path);
        let here: Vec<_> = spans
            .iter()
            .filter(|(_, span)| span.path == first.path && !span.is_file())
            .filter(|(_, span)| text.get(span.range.clone()).is_some())
            .collect();
        if here.is_empty() {
            elements.push(annotate_snippets::Origin::path(&first.path).into());
            continue;
        }
        let mut snippet = Snippet::source(text).path(&first.path);
        for (kind, span) in here {
            let annotation = kind.span(span.range.clone());
            snippet = snippet.annotation(if span.label.is_empty() {
                annotation
            } else {
                annotation.label(&span.label)
            });
        }
        elements.push(snippet.into());
    }
    elements
}
