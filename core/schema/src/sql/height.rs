//! How high the tree of a statement may be, told from its tokens before it is parsed.
//!
//! The parser nests by recursion, on a stack of any size, and its time grows with the square of
//! what is nested, and of some chains (`NOT NOT …`, `a.b.c…`, `x::t::t…`). A chain of operators
//! is a tree as high as it is long. So what nests or goes on without end is found first, in one
//! pass, and left to the server. Lists are not such a thing, however long they are.

use super::Kind;

/// Statements that may be higher are not parsed. People do not write them: the longest condition
/// of `AND` and `OR` has this many terms.
const MAX_HEIGHT: u32 = 500;

/// How much higher parentheses, brackets and `CASE` make a tree.
const NESTING: u32 = 2;

/// What links operands into a chain, from what binds least.
#[derive(Clone, Copy)]
enum Tier {
    /// `UNION`, `INTERSECT`, `EXCEPT`.
    SetOperation,
    /// `JOIN`.
    Join,
    /// `AND`, `OR`.
    Logic,
    /// Operators before, between and after operands.
    Operator,
    /// `a.b`, `a[1]`, `a::t`.
    Path,
}

const TIERS: usize = 5;

/// What a word does to the height of a tree.
enum Effect {
    Link(Tier),
    /// It begins another expression or clause.
    Separate,
    OpenCase,
    CloseCase,
    None,
}

/// One chain of operands.
#[derive(Clone, Copy, Default)]
struct Chain {
    links: u32,
    /// The height of its highest operand so far.
    highest: u32,
}

/// What stands in one pair of parentheses, brackets, or `CASE … END`.
#[derive(Clone, Copy, Default)]
struct Level {
    is_case: bool,
    /// The height of what it stands in, on the way to it.
    above: u32,
    /// The height of what was closed in the present operand.
    inner: u32,
    chains: [Chain; TIERS],
}

/// Measures the tokens of one statement.
#[derive(Default)]
pub(super) struct Heights {
    outermost: Level,
    levels: Vec<Level>,
    /// The operator characters just before.
    operators: u32,
    /// Whether a `)` or `]` stands just before.
    closed: bool,
    /// Whether the next word is a name, whatever it is.
    names: bool,
    too_high: bool,
}

impl Heights {
    /// Whether the statement is too high, by what was seen of it.
    pub(super) fn are_too_high(&self) -> bool {
        self.too_high
    }

    /// The next token of the statement.
    pub(super) fn see(&mut self, kind: Kind, text: &str) {
        if self.too_high {
            return;
        }
        let names = std::mem::take(&mut self.names);
        let closed = std::mem::take(&mut self.closed);
        // Most operators have two characters, or one.
        let operators = std::mem::take(&mut self.operators);
        match kind {
            Kind::Word if !names => self.word(text),
            Kind::Operator => {
                if operators.is_multiple_of(2) {
                    self.link(if text == ":" { Tier::Path } else { Tier::Operator });
                }
                self.operators = operators + 1;
            }
            Kind::Dot => {
                self.link(Tier::Path);
                self.names = true;
            }
            Kind::Comma => self.separate(Tier::Join),
            Kind::Semicolon => {
                let level = self.level();
                let height = level.fold(Tier::SetOperation as usize);
                level.chains[0] = Chain { links: 0, highest: height };
            }
            Kind::Open | Kind::OpenBracket => {
                if closed || kind == Kind::OpenBracket {
                    self.link(Tier::Path);
                }
                self.open(false);
            }
            Kind::Close | Kind::CloseBracket => {
                while self.levels.last().is_some_and(|level| level.is_case) {
                    self.close();
                }
                self.close();
                self.closed = true;
            }
            _ => {}
        }
    }

    fn word(&mut self, word: &str) {
        match effect(word) {
            Effect::Link(tier) => self.link(tier),
            Effect::Separate => self.separate(Tier::Join),
            Effect::OpenCase => self.open(true),
            Effect::CloseCase if self.level().is_case => self.close(),
            Effect::CloseCase | Effect::None => {}
        }
        self.names = word.eq_ignore_ascii_case("as");
    }

    fn level(&mut self) -> &mut Level {
        self.levels.last_mut().unwrap_or(&mut self.outermost)
    }

    fn link(&mut self, tier: Tier) {
        let level = self.level();
        let operand = level.fold(tier as usize + 1);
        let Some(chain) = level.chains.get_mut(tier as usize) else { return };
        chain.highest = chain.highest.max(operand);
        chain.links += 1;
        let height = chain.highest + chain.links;
        self.too_high = height.max(self.level().path()) > MAX_HEIGHT;
    }

    /// What binds more than a tier ends.
    fn separate(&mut self, tier: Tier) {
        let level = self.level();
        let operand = level.fold(tier as usize + 1);
        if let Some(chain) = level.chains.get_mut(tier as usize) {
            chain.highest = chain.highest.max(operand);
        }
    }

    fn open(&mut self, is_case: bool) {
        let above = self.level().path() + NESTING;
        self.levels.push(Level { is_case, above, ..Level::default() });
        self.too_high = above > MAX_HEIGHT;
    }

    fn close(&mut self) {
        if let Some(mut level) = self.levels.pop() {
            let height = level.fold(Tier::SetOperation as usize) + NESTING;
            let outer = self.level();
            outer.inner = outer.inner.max(height);
            self.too_high |= height > MAX_HEIGHT;
        }
    }
}

impl Level {
    /// How far down the next token stands, at most.
    fn path(&self) -> u32 {
        self.chains.iter().fold(self.above, |sum, chain| sum + chain.links)
    }

    /// Ends the present operand and the chains from a tier on; gives their height.
    fn fold(&mut self, from: usize) -> u32 {
        let mut height = std::mem::take(&mut self.inner);
        for chain in self.chains.iter_mut().skip(from).rev() {
            let ended = std::mem::take(chain);
            height = height.max(ended.highest) + ended.links;
        }
        height
    }
}

fn effect(word: &str) -> Effect {
    /// As long as the longest of the words.
    const ROOM: usize = 9;
    let mut room = [0; ROOM];
    let Some(lower) = room.get_mut(..word.len()) else { return Effect::None };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"case" => Effect::OpenCase,
        b"end" => Effect::CloseCase,
        b"union" | b"intersect" | b"except" | b"explain" => Effect::Link(Tier::SetOperation),
        b"join" => Effect::Link(Tier::Join),
        b"and" | b"or" => Effect::Link(Tier::Logic),
        b"not" | b"is" | b"in" | b"like" | b"ilike" | b"similar" | b"between" | b"collate"
        | b"at" | b"isnull" | b"notnull" | b"escape" | b"overlaps" | b"operator" => {
            Effect::Link(Tier::Operator)
        }
        b"when" | b"then" | b"else" | b"select" | b"from" | b"where" | b"on" | b"group"
        | b"having" | b"order" | b"limit" | b"set" | b"values" | b"returning" => Effect::Separate,
        _ => Effect::None,
    }
}

#[cfg(test)]
mod tests {
    use crate::sql::{pieces, tokens};

    fn is_too_high(sql: &str) -> bool {
        pieces(sql, &tokens(sql)).iter().any(|piece| piece.too_high)
    }

    /// A text with parts that are repeated.
    fn nested(head: &str, before: &str, core: &str, after: &str, times: usize) -> String {
        format!("{head}{}{core}{}", before.repeat(times), after.repeat(times))
    }

    #[test]
    fn what_goes_on_without_end_is_too_high() {
        for (head, before, core, after) in [
            ("SELECT ", "(", "1", ")"),
            ("SELECT ", "(", "", ""),
            ("SELECT ", "ARRAY[", "1", "]"),
            ("SELECT ARRAY", "[", "1", "]"),
            ("SELECT ", "NOT ", "a", ""),
            ("SELECT ", "- ", "1", ""),
            ("SELECT ", "- + ~ ", "1", ""),
            ("SELECT 1 ", "", "", "+-"),
            ("SELECT ", "CASE WHEN a THEN ", "1", " END"),
            ("SELECT ", "CASE WHEN a.end THEN ", "1", " END"),
            ("SELECT ", "f(", "1", ")"),
            ("SELECT ", "a + f(1, ", "1", ")"),
            ("SELECT ", "(", "1", " + 1)"),
            ("SELECT ", "(1, ", "1", ") + 1"),
            ("SELECT 1", "", "", " || 1"),
            ("SELECT a", "", "", "::int"),
            ("SELECT a", "", "", ".b"),
            ("SELECT a", "", "", "[1]"),
            ("SELECT f", "", "", "()"),
            ("SELECT true", "", "", " AND true"),
            ("SELECT a", "", "", " COLLATE b"),
            ("SELECT 1", "", "", " UNION SELECT 1"),
            ("SELECT 1 FROM a", "", "", " NATURAL JOIN a"),
            ("SELECT 1 FROM ", "(", "a", " JOIN b ON true)"),
            ("", "EXPLAIN ", "SELECT 1", ""),
            ("DROP TABLE a", "", "", ".a"),
        ] {
            let sql = |times| nested(head, before, core, after, times);
            assert!(!is_too_high(&sql(60)), "{}", sql(2));
            assert!(is_too_high(&sql(1_100)), "{}", sql(2));
        }
    }

    #[test]
    fn what_people_write_is_not() {
        for (head, before, core, after) in [
            ("SELECT 1 WHERE true", "", "", " AND a.b::text = c.d || '.' || e.f"),
            ("SELECT 1 WHERE true", "", "", " OR (a.b = 1 AND NOT c IS NULL)"),
            ("SELECT 1 WHERE a IN (0", "", ")", ""),
            ("SELECT ", "", "1, 2", " UNION ALL SELECT 1, (2 + 3)"),
            ("SELECT 1 FROM a", "", "", " LEFT JOIN s.b ON a.x = b.y AND b.z > 0"),
        ] {
            assert!(!is_too_high(&nested(head, before, core, after, 400)), "{head}");
        }
        for (head, before, core, after) in [
            ("INSERT INTO t VALUES (1)", "", "", ", (-1, 'a'::text, ARRAY[1, 2], s.f(2))"),
            ("SELECT 1 WHERE a IN (0", ", -1", ")", ""),
            ("SELECT CASE a ", "WHEN 'x' || 'y' THEN b.c::int + 1 ", "END", ""),
            ("UPDATE t SET a = 1", "", "", ", b = c.d + 1 - f(2)[1]"),
            ("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ", "SELECT a + 1; ", "END", ""),
            ("CREATE RULE r AS ON INSERT TO t DO (", "SELECT a + 1; ", ")", ""),
            ("CREATE TABLE t (a int", "", ")", ", a int NOT NULL DEFAULT 1 + 1 CHECK (a > 1)"),
        ] {
            assert!(!is_too_high(&nested(head, before, core, after, 5_000)), "{head}");
        }
    }

    #[test]
    fn a_statement_is_measured_alone() {
        let long = format!("SELECT true{}", " AND true".repeat(1_000));
        let text = format!("SELECT 1; {long}; SELECT (2)");
        let found: Vec<bool> =
            pieces(&text, &tokens(&text)).iter().map(|piece| piece.too_high).collect();
        assert_eq!(found, [false, true, false]);
    }
}
