//! Blocks: declarations, statements, handlers.

use super::scan::syntax_error;
use super::{
    Block, DataType, Declaration, DeclarationKind, Expression, Handler, MAX_DEPTH, Parser, Result,
    Statement, Stop,
};
use crate::ast::{Ident, TextRange, TypeName};

/// What may follow the type of a variable.
const AFTER_TYPE: [&str; 7] = [";", "collate", "not", "default", "=", ":=", ""];

impl Parser<'_> {
    /// From `DECLARE` or `BEGIN` to the label after `END`.
    pub(super) fn block(&mut self, label: Option<Ident>) -> Result<Block> {
        let start = label.as_ref().map_or_else(|| self.scan.start(), |label| label.range.start);
        let mut declarations = Vec::new();
        if self.scan.eat("declare") {
            while !self.scan.is("begin") {
                if !self.scan.eat("declare") {
                    declarations.push(self.declaration()?);
                }
            }
        }
        self.scan.expect("begin")?;
        let body = self.statements()?;
        let exception = if self.scan.eat("exception") { Some(self.handlers()?) } else { None };
        self.scan.expect("end")?;
        self.end_label(label.as_ref())?;
        Ok(Block { label, declarations, body, exception, range: self.scan.since(start) })
    }

    /// The label after an `END` or `END LOOP`, which must be that of the start.
    pub(super) fn end_label(&mut self, label: Option<&Ident>) -> Result<()> {
        if !self.scan.is_name() {
            return Ok(());
        }
        let end = self.scan.ident()?;
        let message = match label {
            Some(label) if label.text == end.text => return Ok(()),
            Some(label) => {
                format!("end label \"{}\" differs from block's label \"{}\"", end.text, label.text)
            }
            None => format!("end label \"{}\" specified for unlabeled block", end.text),
        };
        Err(Stop::Refused(syntax_error(message, end.range.range())))
    }

    /// Statements up to a word that none begins with.
    pub(super) fn statements(&mut self) -> Result<Vec<Statement>> {
        const ENDS: [&str; 6] = ["end", "else", "elsif", "elseif", "when", "exception"];
        if self.depth >= MAX_DEPTH {
            return Err(Stop::Unknown);
        }
        self.depth += 1;
        let mut statements = Vec::new();
        while !self.scan.at_end() && (!self.scan.is_any(&ENDS) || self.is_assignment()) {
            statements.push(self.statement()?);
        }
        self.depth -= 1;
        Ok(statements)
    }

    fn handlers(&mut self) -> Result<Vec<Handler>> {
        let mut handlers = Vec::new();
        while self.scan.eat("when") {
            let mut conditions = vec![self.condition()?];
            while self.scan.eat("or") {
                conditions.push(self.condition()?);
            }
            self.scan.expect("then")?;
            handlers.push(Handler { conditions, body: self.statements()? });
        }
        if handlers.is_empty() { Err(self.scan.unexpected()) } else { Ok(handlers) }
    }

    /// The name of a condition, or `SQLSTATE` and a code.
    pub(super) fn condition(&mut self) -> Result<String> {
        let name = self.scan.ident()?.text;
        if name != "sqlstate" {
            return Ok(name);
        }
        if !self.scan.is_string() {
            return Err(self.scan.unexpected());
        }
        let literal = self.scan.nth(0);
        let code = literal.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        let Some(code) = code else { return Err(Stop::Unknown) };
        let digit = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
        if code.len() != 5 || !code.chars().all(digit) {
            return Err(self.scan.refuse("invalid SQLSTATE code"));
        }
        self.scan.advance();
        Ok(code.to_owned())
    }

    fn declaration(&mut self) -> Result<Declaration> {
        let start = self.scan.start();
        let name = self.scan.ident()?;
        let kind = if self.scan.is("alias") {
            self.scan.advance();
            self.scan.expect("for")?;
            DeclarationKind::Alias(self.scan.name()?)
        } else if self.scan.is_any(&["cursor", "scroll"])
            || (self.scan.is("no") && self.scan.next_is("scroll"))
        {
            self.cursor()?
        } else {
            self.variable()?
        };
        self.scan.expect(";")?;
        Ok(Declaration { name, kind, range: self.scan.since(start) })
    }

    fn cursor(&mut self) -> Result<DeclarationKind> {
        self.scan.eat("no");
        self.scan.eat("scroll");
        self.scan.expect("cursor")?;
        let mut params = Vec::new();
        if self.scan.eat("(") {
            loop {
                let name = self.scan.ident()?;
                params.push((name, self.data_type(&[",", ")", ""])?));
                if !self.scan.eat(",") {
                    break;
                }
            }
            self.scan.expect(")")?;
        }
        if !self.scan.eat("is") {
            self.scan.expect("for")?;
        }
        Ok(DeclarationKind::Cursor { params, query: self.sql(&[";"])? })
    }

    fn variable(&mut self) -> Result<DeclarationKind> {
        let constant = self.scan.eat("constant");
        let ty = self.data_type(&AFTER_TYPE)?;
        let collation = if self.scan.eat("collate") { Some(self.scan.name()?) } else { None };
        let not_null = self.scan.eat("not");
        if not_null {
            self.scan.expect("null")?;
        }
        let mut default = None;
        if self.scan.eat("default") || self.scan.eat(":=") || self.scan.eat("=") {
            default = Some(self.expression(&[";"])?);
        }
        Ok(DeclarationKind::Variable { constant, ty, collation, not_null, default })
    }

    /// A type, up to one of these words or signs outside of parentheses.
    fn data_type(&mut self, ends: &[&str]) -> Result<DataType> {
        let start = self.scan.start();
        if self.scan.is_any(&AFTER_TYPE) || self.scan.is_any(ends) {
            return Err(self.scan.refuse("missing data type declaration"));
        }
        let mut depth = 0_usize;
        // Where `%TYPE` or `%ROWTYPE` starts.
        let mut reference = None;
        while depth > 0 || !self.scan.is_any(ends) {
            match self.scan.nth(0) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                "%" if self.scan.next_is("type") || self.scan.next_is("rowtype") => {
                    reference = Some(self.scan.start());
                }
                "" => return Err(self.scan.refuse("mismatched parentheses")),
                ";" => return Err(Stop::Unknown),
                _ => {}
            }
            self.scan.advance();
        }
        if self.scan.at_end() {
            return Err(self.scan.refuse("incomplete data type declaration"));
        }
        let range = self.scan.since(start);
        let base = TextRange { start, end: reference.unwrap_or(range.end) };
        let suffix = self.scan.written(TextRange { start: base.end, end: range.end });
        let is = |word: &str| suffix.to_ascii_lowercase().contains(word);
        let name = self.type_name(base).map(|name| TypeName { percent_type: is("%type"), ..name });
        let name = name.filter(|_| !suffix.contains('['));
        Ok(DataType { name, row_type: is("rowtype"), range })
    }

    fn type_name(&mut self, range: TextRange) -> Option<TypeName> {
        let (query, error) = self.embed.query("SELECT 1::", range);
        let cast = Expression { query, range };
        // What the grammar of a query takes for the name of the column.
        let surplus = cast.alias().map(|alias| {
            let near = self.scan.written(alias);
            syntax_error(format!("syntax error at or near \"{near}\""), alias.range())
        });
        self.errors.extend(error.or(surplus));
        cast.into_cast_type()
    }
}
