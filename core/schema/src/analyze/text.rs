//! A part of a statement as a text with holes.

use super::{Analyzer, Binding};
use crate::ast::TextRange;
use crate::catalog::Text;
use crate::sql::{Kind, tokens};

impl Analyzer<'_> {
    /// A part of the text, without comments, its white space one blank wherever there is some,
    /// with holes for the names that were resolved in it.
    pub(crate) fn text(&self, range: TextRange) -> Text {
        let mut bindings: Vec<&Binding> = self
            .bindings
            .iter()
            .filter(|it| it.range.start >= range.start && it.range.end <= range.end)
            .filter(|it| it.range.start < it.range.end)
            .collect();
        // Of nested ones, the outermost comes first, and covers the others.
        bindings.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
        let mut writer = Writer { text: Text::default(), blank: false, started: false };
        let mut at = range.start;
        for binding in bindings {
            if binding.range.start < at {
                continue;
            }
            writer.sql(self.text.get(at..binding.range.start).unwrap_or_default());
            writer.text(&binding.with);
            at = binding.range.end;
        }
        writer.sql(self.text.get(at..range.end).unwrap_or_default());
        writer.text
    }
}

struct Writer {
    text: Text,
    /// Whether there was white space before what comes next.
    blank: bool,
    started: bool,
}

impl Writer {
    fn sql(&mut self, sql: &str) {
        for token in tokens(sql) {
            if matches!(token.kind, Kind::Space | Kind::LineComment | Kind::BlockComment) {
                self.blank = true;
            } else {
                self.begin();
                self.text.push(sql.get(token.range).unwrap_or_default());
            }
        }
    }

    fn text(&mut self, text: &Text) {
        self.begin();
        self.text.append(text);
    }

    fn begin(&mut self) {
        if self.blank && self.started {
            self.text.push(" ");
        }
        self.blank = false;
        self.started = true;
    }
}
