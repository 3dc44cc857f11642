//! The statements of a section, and how they are run: in one transaction, each alone, or in
//! transactions of their own.

use std::ops::Range;

use pgmigrate_chain::{Mode, Section, Statement};

use super::Reader;
use super::marker::Marker;
use super::script::Script;
use super::section::Options;
use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::sql::{self, Class, Control, SyntaxError, Token};

impl<'a> Reader<'a> {
    /// The statements of a section, checked, and the mode that they are run in; beside it, what
    /// they say.
    pub(super) fn section(&mut self, tokens: &[Token], options: &Options) -> (Section, Script) {
        let mut statements = sql::read_tokens(self.text, tokens);
        for error in statements.iter().filter_map(|it| it.error.as_ref()) {
            let finding = self.syntax_error(Code::SyntaxError, error);
            self.report(finding);
        }
        let markers: Vec<Marker<'a>> = self.markers(tokens).map(|(_, marker)| marker).collect();
        let mode = self.mode(&mut statements, options, &markers);
        let (statements, trees) =
            statements.into_iter().map(|it| (Statement { range: it.range }, it.tree)).unzip();
        let section = Section { mode, statements };
        let script = self.script(&section, trees, &markers);
        (section, script)
    }

    /// The finding for SQL that is not in the grammar.
    pub(super) fn syntax_error(&self, code: Code, error: &SyntaxError) -> Diagnostic {
        let label = error.expected.clone().unwrap_or_default();
        let finding = Diagnostic::new(code, error.message.clone())
            .at(self.span(error.range.clone()).label(label));
        match &error.suggestion {
            Some((word, keyword)) => finding.help(format!("`{word}`: did you mean `{keyword}`?")),
            None => finding,
        }
    }

    /// How a section is run. A frame of `BEGIN` and `COMMIT` is taken off.
    fn mode(
        &mut self,
        statements: &mut Vec<sql::Statement>,
        options: &Options,
        markers: &[Marker<'a>],
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
                    markers,
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
                    markers,
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
            Mode::Alone => self.mixed(statements, markers),
            Mode::Transaction => {}
        }
        mode
    }

    fn mixed(&mut self, statements: &[sql::Statement], markers: &[Marker<'a>]) {
        let outside = statements.iter().find(|s| s.class.needs_no_transaction());
        let plain = statements.iter().find(|s| s.class == Class::Plain);
        if let (Some(outside), Some(plain)) = (outside, plain) {
            self.lint(
                markers,
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
    fn lint(&mut self, markers: &[Marker<'a>], finding: Diagnostic) {
        let waived = markers.iter().any(|marker| marker.allows() == Some(finding.code));
        if !waived {
            self.report(finding);
        }
    }
}

/// The part of a range that is on its first line: a caret under twenty lines helps nobody.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find(['\r', '\n']).map_or(range.end, |at| range.start + at);
    range.start..end
}
