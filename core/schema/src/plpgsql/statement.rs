//! Statements, but for loops and cursors.

use super::scan::syntax_error;
use super::{
    Branch, Expression, IntoTargets, Jump, Parser, Raise, RaiseLevel, Raised, Result, Statement,
    StatementKind, Stop,
};
use crate::ast::{Ident, TextRange};

impl Parser<'_> {
    /// A statement, with its semicolon.
    pub(super) fn statement(&mut self) -> Result<Statement> {
        let start = self.scan.start();
        let kind = self.statement_kind()?;
        Ok(Statement { kind, range: self.scan.since(start) })
    }

    /// Whether a variable is assigned to. A word of the language that is not reserved may be the
    /// name of a variable.
    pub(super) fn is_assignment(&self) -> bool {
        let assigned = [":=", "=", "[", "."].contains(&self.scan.nth(1));
        assigned && (self.scan.is_name() || self.scan.nth(0).starts_with('$'))
    }

    fn statement_kind(&mut self) -> Result<StatementKind> {
        if self.is_assignment() {
            return self.assignment();
        }
        if self.scan.is("<<") {
            let label = self.label()?;
            return match self.scan.nth(0).to_ascii_lowercase().as_str() {
                "declare" | "begin" => self.nested(label),
                "loop" | "while" | "for" | "foreach" => self.looping(label),
                _ => Err(self.scan.unexpected()),
            };
        }
        match self.scan.nth(0).to_ascii_lowercase().as_str() {
            "declare" | "begin" => self.nested(None),
            "loop" | "while" | "for" | "foreach" => self.looping(None),
            "if" => self.if_statement(),
            "case" => self.case_statement(),
            "exit" | "continue" => self.jump(),
            "return" => self.return_statement(),
            "raise" => self.raise(),
            "execute" => {
                let dynamic = self.dynamic(&[";"])?;
                self.ended(StatementKind::Execute(dynamic))
            }
            "perform" => {
                self.scan.advance();
                let query = self.expression_or_nothing()?;
                self.ended(StatementKind::Perform(query))
            }
            "assert" => {
                self.scan.advance();
                let condition = self.expression(&[",", ";"])?;
                let message =
                    if self.scan.eat(",") { Some(self.expression(&[";"])?) } else { None };
                self.ended(StatementKind::Assert { condition, message })
            }
            "get" => self.get_diagnostics(),
            "open" | "fetch" | "move" | "close" => self.cursor_statement(),
            "commit" | "rollback" => self.transaction(),
            "null" => {
                self.scan.advance();
                self.ended(StatementKind::Null)
            }
            _ if self.scan.is_name() => self.sql_statement(),
            _ => Err(self.scan.unexpected()),
        }
    }

    /// What was read, if its semicolon follows.
    fn ended(&mut self, kind: StatementKind) -> Result<StatementKind> {
        self.scan.expect(";")?;
        Ok(kind)
    }

    /// The rest of an assignment or `PERFORM`: the server finds that there is nothing when it runs
    /// the statement.
    fn expression_or_nothing(&mut self) -> Result<Expression> {
        if self.scan.is(";") {
            Ok(self.expression_in(self.scan.here()))
        } else {
            self.expression(&[";"])
        }
    }

    fn nested(&mut self, label: Option<Ident>) -> Result<StatementKind> {
        let block = self.block(label)?;
        self.ended(StatementKind::Block(block))
    }

    fn assignment(&mut self) -> Result<StatementKind> {
        let target = self.scan.name()?;
        let start = self.scan.start();
        while !self.scan.is_any(&[":=", "="]) {
            if self.scan.is("[") {
                self.scan.skip_group()?;
            } else if self.scan.eat(".") && self.scan.is_word() {
                self.scan.advance();
            } else {
                return Err(self.scan.unexpected());
            }
        }
        let path = TextRange { start, end: self.scan.since(start).end };
        self.scan.advance();
        let value = self.expression_or_nothing()?;
        self.ended(StatementKind::Assign { target, path, value })
    }

    fn if_statement(&mut self) -> Result<StatementKind> {
        let mut branches = Vec::new();
        while branches.is_empty() || self.scan.is_any(&["elsif", "elseif"]) {
            self.scan.advance();
            branches.push(self.branch()?);
        }
        let otherwise = self.otherwise()?;
        self.scan.expect("end")?;
        self.scan.expect("if")?;
        self.ended(StatementKind::If { branches, otherwise })
    }

    fn case_statement(&mut self) -> Result<StatementKind> {
        self.scan.advance();
        let operand = if self.scan.is("when") { None } else { Some(self.expression(&["when"])?) };
        let mut branches = Vec::new();
        while self.scan.eat("when") {
            branches.push(self.branch()?);
        }
        let otherwise = self.otherwise()?;
        self.scan.expect("end")?;
        self.scan.expect("case")?;
        self.ended(StatementKind::Case { operand, branches, otherwise })
    }

    /// `condition THEN statements`.
    fn branch(&mut self) -> Result<Branch> {
        let condition = self.expression(&["then"])?;
        self.scan.expect("then")?;
        Ok(Branch { condition, body: self.statements()? })
    }

    fn otherwise(&mut self) -> Result<Option<Vec<Statement>>> {
        if self.scan.eat("else") { self.statements().map(Some) } else { Ok(None) }
    }

    fn jump(&mut self) -> Result<StatementKind> {
        let start = self.scan.start();
        let exit = self.scan.is("exit");
        self.scan.advance();
        let label = if self.scan.is_name() { Some(self.scan.ident()?) } else { None };
        let when = if self.scan.eat("when") { Some(self.expression(&[";"])?) } else { None };
        self.scan.expect(";")?;
        if label.is_none() && self.loops == 0 {
            let message = if exit {
                "EXIT cannot be used outside a loop, unless it has a label"
            } else {
                "CONTINUE cannot be used outside a loop"
            };
            let range = self.scan.since(start).range();
            return Err(Stop::Refused(syntax_error(message.to_owned(), range)));
        }
        let jump = Jump { label, when };
        Ok(if exit { StatementKind::Exit(jump) } else { StatementKind::Continue(jump) })
    }

    fn return_statement(&mut self) -> Result<StatementKind> {
        self.scan.advance();
        if self.scan.eat("query") {
            let source = self.source(&[";"])?;
            return self.ended(StatementKind::ReturnQuery(source));
        }
        let next = self.scan.eat("next");
        let value = if self.scan.is(";") { None } else { Some(self.expression(&[";"])?) };
        self.ended(if next {
            StatementKind::ReturnNext(value)
        } else {
            StatementKind::Return(value)
        })
    }

    fn raise(&mut self) -> Result<StatementKind> {
        const ENDS: [&str; 2] = [";", "using"];
        self.scan.advance();
        let level = match self.scan.nth(0).to_ascii_lowercase().as_str() {
            "debug" => Some(RaiseLevel::Debug),
            "log" => Some(RaiseLevel::Log),
            "info" => Some(RaiseLevel::Info),
            "notice" => Some(RaiseLevel::Notice),
            "warning" => Some(RaiseLevel::Warning),
            "exception" => Some(RaiseLevel::Exception),
            _ => None,
        };
        if level.is_some() {
            self.scan.advance();
            if self.scan.is(";") {
                return Err(self.scan.unexpected());
            }
        }
        let what = if self.scan.is_string() {
            Some(self.raise_format()?)
        } else if self.scan.is_any(&ENDS) {
            None
        } else {
            Some(Raised::Condition(self.condition()?))
        };
        let mut using = Vec::new();
        if self.scan.eat("using") {
            loop {
                let option = self.scan.ident()?;
                if !self.scan.eat("=") {
                    self.scan.expect(":=")?;
                }
                using.push((option, self.expression(&[",", ";"])?));
                if !self.scan.eat(",") {
                    break;
                }
            }
        }
        let level = level.unwrap_or(RaiseLevel::Exception);
        self.ended(StatementKind::Raise(Raise { level, what, using }))
    }

    fn raise_format(&mut self) -> Result<Raised> {
        let start = self.scan.start();
        let first = self.scan.nth(0);
        self.scan.advance();
        let mut literals = 1;
        // A constant may go on in the next line.
        while self.scan.is_string() {
            self.scan.advance();
            literals += 1;
        }
        let format = self.scan.since(start);
        let args = if self.scan.eat(",") { self.expressions(&[";", "using"])? } else { Vec::new() };
        // The places are counted where the literal has no escape that may stand for a `%`.
        if literals == 1 && first.starts_with(['\'', '$']) {
            let wanted = first.replace("%%", "").matches('%').count();
            let message = match args.len() {
                given if given < wanted => "too few parameters specified for RAISE",
                given if given > wanted => "too many parameters specified for RAISE",
                _ => return Ok(Raised::Format { format, args }),
            };
            self.errors.push(syntax_error(message.to_owned(), format.range()));
        }
        Ok(Raised::Format { format, args })
    }

    fn get_diagnostics(&mut self) -> Result<StatementKind> {
        self.scan.advance();
        let stacked = self.scan.eat("stacked");
        self.scan.eat("current");
        self.scan.expect("diagnostics")?;
        let mut items = Vec::new();
        loop {
            let target = self.scan.name()?;
            if !self.scan.eat("=") {
                self.scan.expect(":=")?;
            }
            items.push((target, self.scan.ident()?));
            if !self.scan.eat(",") {
                break;
            }
        }
        self.ended(StatementKind::GetDiagnostics { stacked, items })
    }

    fn transaction(&mut self) -> Result<StatementKind> {
        let commit = self.scan.is("commit");
        self.scan.advance();
        let mut chain = false;
        if self.scan.eat("and") {
            chain = !self.scan.eat("no");
            self.scan.expect("chain")?;
        }
        self.ended(if commit {
            StatementKind::Commit { chain }
        } else {
            StatementKind::Rollback { chain }
        })
    }

    /// Any other command. Its `INTO` names variables, unless it says what to insert into.
    fn sql_statement(&mut self) -> Result<StatementKind> {
        let start = self.scan.start();
        let import = self.scan.is("import");
        let routine = self.creates_routine();
        let (mut into, mut hole) = (None, None);
        let (mut parentheses, mut blocks, mut previous) = (0_usize, 0_usize, "");
        while parentheses > 0 || blocks > 0 || !self.scan.is(";") {
            let token = self.scan.nth(0);
            match token.to_ascii_lowercase().as_str() {
                "" => return Err(self.scan.refuse("unexpected end of function definition")),
                "(" => parentheses += 1,
                ")" => parentheses = parentheses.saturating_sub(1),
                // The body of a routine in standard SQL, which has semicolons.
                "begin" if routine => blocks += 1,
                "case" if blocks > 0 => blocks += 1,
                "end" => blocks = blocks.saturating_sub(1),
                "into" if !import && !["insert", "merge"].contains(&previous) => {
                    if into.is_some() {
                        return Err(self.scan.refuse("INTO specified more than once"));
                    }
                    let from = self.scan.start();
                    self.scan.advance();
                    into = Some(self.read_into()?);
                    hole = Some(self.scan.since(from));
                    previous = "";
                    continue;
                }
                _ => {}
            }
            previous = match () {
                () if token.eq_ignore_ascii_case("insert") => "insert",
                () if token.eq_ignore_ascii_case("merge") => "merge",
                () => "",
            };
            self.scan.advance();
        }
        let sql = self.sql_in(self.scan.since(start), hole);
        self.ended(StatementKind::Sql { sql, into })
    }

    /// `CREATE [OR REPLACE] FUNCTION`, or `PROCEDURE`.
    fn creates_routine(&self) -> bool {
        let word = |ahead: usize, word: &str| self.scan.nth(ahead).eq_ignore_ascii_case(word);
        let kind = if word(1, "or") && word(2, "replace") { 3 } else { 1 };
        word(0, "create") && (word(kind, "function") || word(kind, "procedure"))
    }

    /// `[STRICT] a, b`, after `INTO`.
    pub(super) fn read_into(&mut self) -> Result<IntoTargets> {
        Ok(IntoTargets { strict: self.scan.eat("strict"), targets: self.scan.names()? })
    }
}
