//! `SET NAMES 'UTF8'`: the client's encoding, as the SQL standard has it.

use super::reader::Reader;
use crate::ast::{SetValue, SetWhat, Statement};
use crate::sql::Kind;

pub(in crate::sql) struct Names {
    pub(super) text: String,
    has_value: bool,
}

impl Names {
    /// `SET [SESSION | LOCAL] NAMES ['encoding' | DEFAULT]` in the words of a setting.
    ///
    /// Source: PostgreSQL manual, "Character Set Support"; `opt_encoding` in `gram.y`.
    pub(super) fn of(sql: &str) -> Option<Self> {
        let reader = Reader::new(sql);
        let scope = usize::from(reader.is_word(1, "session") || reader.is_word(1, "local"));
        let (names, value) = (1 + scope, 2 + scope);
        if !reader.is_word(0, "set") || !reader.is_word(names, "names") {
            return None;
        }
        let is_value = reader.is_a(value, Kind::Other) || reader.is_word(value, "default");
        if reader.tokens.len() > value + 1 || (reader.tokens.len() > value && !is_value) {
            return None;
        }
        let has_value = reader.tokens.len() > value;
        // What takes the room of `NAMES`.
        let setting = if has_value { "n TO " } else { "n=off" };
        let mut text = sql.to_owned();
        text.replace_range(reader.tokens[names].range.clone(), setting);
        Some(Self { text, has_value })
    }

    /// Gives the setting its name.
    pub(super) fn fill(&self, mut tree: Statement) -> Statement {
        if let Statement::Set(set) = &mut tree
            && let SetWhat::Parameter(parameter) = &mut set.what
        {
            "client_encoding".clone_into(&mut parameter.name.name.text);
            if !self.has_value {
                parameter.value = SetValue::Default;
            }
        }
        tree
    }
}
