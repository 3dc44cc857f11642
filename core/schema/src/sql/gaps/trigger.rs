//! Keywords as arguments of a trigger's function: `EXECUTE FUNCTION f(table, user)`.

use std::ops::Range;

use super::reader::Reader;
use crate::ast::{Constant, ExprKind, Statement};
use crate::sql::Kind;

/// A statement with numbers in place of the words among the arguments.
pub(in crate::sql) struct Arguments {
    pub(super) text: String,
    words: Vec<Range<usize>>,
}

impl Arguments {
    /// Any word is an argument, and a string. Source: `TriggerFuncArg` in `gram.y`.
    pub(super) fn of(sql: &str) -> Option<Self> {
        let reader = Reader::new(sql);
        if !reader.is_word(0, "create") {
            return None;
        }
        let end = reader.tokens.len();
        let execute = reader.find(1, end, |at| {
            reader.is_word(at, "execute")
                && (reader.is_word(at + 1, "function") || reader.is_word(at + 1, "procedure"))
        });
        let open = reader.find(execute, end, |at| reader.is_a(at, Kind::Open));
        if open >= end || reader.group_end(open) + 1 != end {
            return None;
        }
        let separates = |at| reader.is_a(at, Kind::Comma) || at == open || at + 1 == end;
        let words: Vec<Range<usize>> = (open + 1..end)
            .filter(|at| reader.is_a(*at, Kind::Word) && separates(at - 1) && separates(at + 1))
            .map(|at| reader.tokens[at].range.clone())
            .collect();
        let mut text = sql.to_owned();
        for word in &words {
            text.replace_range(word.clone(), &"1".repeat(word.len()));
        }
        (!words.is_empty()).then_some(Self { text, words })
    }

    /// Puts the words where the numbers are.
    pub(super) fn fill(&self, sql: &str, start: usize, mut tree: Statement) -> Statement {
        if let Statement::CreateTrigger(trigger) = &mut tree {
            for arg in &mut trigger.args {
                let word = self.words.iter().find(|word| word.start + start == arg.range.start);
                if let Some(word) = word {
                    let text = sql[word.clone()].to_lowercase();
                    arg.kind = ExprKind::Constant(Constant::String(text));
                }
            }
        }
        tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::read;

    #[test]
    fn keywords_are_arguments() {
        let sql = "SELECT 1; CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f(TABLE, 'a', \
                   b, 12)";
        let statement = read(sql).pop().expect("a statement");
        let Some(Statement::CreateTrigger(trigger)) = statement.tree else {
            panic!("{:?}", statement.error)
        };
        let string = |it: &str| ExprKind::Constant(Constant::String(it.to_owned()));
        let args: Vec<_> = trigger.args.iter().map(|it| it.kind.clone()).collect();
        let number = ExprKind::Constant(Constant::Integer("12".to_owned()));
        assert_eq!(args, [string("table"), string("a"), string("b"), number]);
    }

    #[test]
    fn other_arguments_stay_wrong() {
        for args in ["table user", "(table)", "table, ", "1 + 1, table", "a.b, table"] {
            let sql = format!("CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f({args})");
            assert!(read(&sql)[0].error.is_some(), "{sql}");
        }
    }
}
