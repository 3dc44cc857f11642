//! Loops, and the cursors that some of them walk.

use super::{CursorArg, Dynamic, Loop, LoopHead, Parser, Result, Source, StatementKind, Stop};
use crate::ast::{Ident, Name};

/// The words that a query begins with, so that no cursor is meant.
const QUERY_WORDS: [&str; 11] = [
    "select", "with", "values", "table", "insert", "update", "delete", "merge", "explain", "show",
    "call",
];

impl Parser<'_> {
    /// A loop of any kind, after its label.
    pub(super) fn looping(&mut self, label: Option<Ident>) -> Result<StatementKind> {
        let head = if self.scan.eat("while") {
            LoopHead::While(self.expression(&["loop"])?)
        } else if self.scan.eat("for") {
            self.for_head()?
        } else if self.scan.eat("foreach") {
            self.each_head()?
        } else {
            LoopHead::Forever
        };
        self.scan.expect("loop")?;
        self.loops += 1;
        let body = self.statements()?;
        self.loops -= 1;
        self.scan.expect("end")?;
        self.scan.expect("loop")?;
        self.end_label(label.as_ref())?;
        self.scan.expect(";")?;
        Ok(StatementKind::Loop(Loop { label, head, body }))
    }

    fn for_head(&mut self) -> Result<LoopHead> {
        let targets = self.scan.names()?;
        self.scan.expect("in")?;
        if self.scan.is("execute") {
            let query = Source::Dynamic(self.dynamic(&["loop"])?);
            return Ok(LoopHead::Query { targets, query });
        }
        // What may be a cursor, or the first word of a query.
        let query = self.scan.is_any(&QUERY_WORDS);
        let called = self.scan.next_is("loop") || self.scan.next_is("(");
        if !query
            && self.scan.is_name()
            && called
            && let Some(head) = self.cursor_head(&targets)?
        {
            return Ok(head);
        }
        self.range_or_query_head(targets)
    }

    /// `cursor LOOP`, `cursor(args) LOOP`; none where a range follows: `f(x) .. y`.
    fn cursor_head(&mut self, targets: &[Name]) -> Result<Option<LoopHead>> {
        let before = self.scan.mark();
        let cursor = self.scan.name()?;
        if self.scan.is("(") {
            self.scan.skip_group()?;
        }
        let walks = self.scan.is("loop");
        self.scan.reset(before);
        let [variable] = targets else { return Ok(None) };
        if !walks || !variable.qualifiers.is_empty() {
            return Ok(None);
        }
        self.scan.name()?;
        let args = self.cursor_args()?;
        Ok(Some(LoopHead::Cursor { variable: variable.name.clone(), cursor, args }))
    }

    fn range_or_query_head(&mut self, targets: Vec<Name>) -> Result<LoopHead> {
        let before = self.scan.mark();
        let reverse = self.scan.eat("reverse");
        let range = self.scan.until(&["loop", ".."], super::Embedded::Expression)?;
        if !self.scan.is("..") {
            if reverse {
                // A query that begins with a word that none begins with, or a cursor.
                return Err(Stop::Unknown);
            }
            self.scan.reset(before);
            return Ok(LoopHead::Query { targets, query: Source::Static(self.sql(&["loop"])?) });
        }
        let from = self.expression_in(range);
        self.scan.expect("..")?;
        let to = self.expression(&["loop", "by"])?;
        let step = if self.scan.eat("by") { Some(self.expression(&["loop"])?) } else { None };
        match &targets[..] {
            [Name { qualifiers, name, .. }] if qualifiers.is_empty() => {
                Ok(LoopHead::Range { variable: name.clone(), reverse, from, to, step })
            }
            _ => Err(Stop::Unknown),
        }
    }

    fn each_head(&mut self) -> Result<LoopHead> {
        let targets = self.scan.names()?;
        if self.scan.eat("slice") {
            self.scan.advance();
        }
        self.scan.expect("in")?;
        self.scan.expect("array")?;
        Ok(LoopHead::Each { targets, array: self.expression(&["loop"])? })
    }

    /// `(value, name := value)`, if it is there.
    pub(super) fn cursor_args(&mut self) -> Result<Vec<CursorArg>> {
        let mut args = Vec::new();
        if !self.scan.eat("(") {
            return Ok(args);
        }
        loop {
            // `=>` is of PostgreSQL 18.
            let named = self.scan.next_is(":=") || self.scan.next_is("=>");
            let name = if named { Some(self.scan.ident()?) } else { None };
            if named {
                self.scan.advance();
            }
            args.push(CursorArg { name, value: self.expression(&[",", ")"])? });
            if !self.scan.eat(",") {
                break;
            }
        }
        self.scan.expect(")")?;
        Ok(args)
    }

    /// `EXECUTE text`, with its `INTO` and `USING`, up to one of these words or signs.
    pub(super) fn dynamic(&mut self, ends: &[&str]) -> Result<Dynamic> {
        self.scan.expect("execute")?;
        let mut until = vec!["into", "using"];
        until.extend(ends);
        let text = self.expression(&until)?;
        let (mut into, mut using) = (None, Vec::new());
        while !self.scan.is_any(ends) {
            if into.is_none() && self.scan.eat("into") {
                into = Some(self.read_into()?);
            } else if using.is_empty() && self.scan.eat("using") {
                until.retain(|word| *word != "using");
                using = self.expressions(&until)?;
            } else {
                return Err(self.scan.unexpected());
            }
        }
        Ok(Dynamic { text, into, using })
    }

    /// What opens or closes a cursor, or moves it.
    pub(super) fn cursor_statement(&mut self) -> Result<StatementKind> {
        let word = self.scan.nth(0).to_ascii_lowercase();
        self.scan.advance();
        let kind = match word.as_str() {
            "open" => self.open()?,
            "close" => StatementKind::Close { cursor: self.scan.name()? },
            _ => {
                let cursor = self.directed_cursor()?;
                if word == "move" {
                    StatementKind::Move { cursor }
                } else {
                    self.scan.expect("into")?;
                    StatementKind::Fetch { cursor, into: self.read_into()? }
                }
            }
        };
        self.scan.expect(";")?;
        Ok(kind)
    }

    fn open(&mut self) -> Result<StatementKind> {
        let cursor = self.scan.name()?;
        let args = self.cursor_args()?;
        self.scan.eat("no");
        self.scan.eat("scroll");
        let mut query = None;
        if self.scan.eat("for") {
            query = Some(self.source(&[";"])?);
        }
        Ok(StatementKind::Open { cursor, args, query })
    }

    /// A query as text or as it is, up to one of these words or signs.
    pub(super) fn source(&mut self, ends: &[&str]) -> Result<Source> {
        if self.scan.is("execute") {
            Ok(Source::Dynamic(self.dynamic(ends)?))
        } else {
            Ok(Source::Static(self.sql(ends)?))
        }
    }

    /// A direction, `FROM` or `IN`, and the cursor, of which only the last must be there.
    fn directed_cursor(&mut self) -> Result<Name> {
        let ends = |parser: &Self| parser.scan.next_is(";") || parser.scan.next_is("into");
        while !ends(self) {
            if self.scan.at_end() || self.scan.is(";") {
                return Err(self.scan.unexpected());
            }
            self.scan.advance();
        }
        self.scan.name()
    }
}
