//! What is there before the first migration, made by somebody else: an extension, a role, a table
//! of the tool.

use pgmigrate_schema::sql;

use crate::finding::Findings;
use crate::{Place, Refusal, SourceFile};

/// The statements of a file as lines `-- migrate:assume …`.
pub(crate) fn lines(file: &SourceFile, findings: &mut Findings) -> String {
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        findings.refuse(Refusal::NotUtf8(Place::file(&file.path)));
        return String::new();
    };
    let mut lines = String::new();
    for statement in sql::read(text) {
        let place = Place::of(&file.path, 0, text, statement.range.start);
        if let Some(error) = statement.error {
            let message = error.message;
            findings.refuse(Refusal::Syntax { place, message, hole: None });
        } else if let Some(line) = sql::one_line(text, statement.range) {
            lines.push_str(&format!("-- migrate:assume {line}\n"));
        } else {
            let what = "a literal of several lines cannot be assumed".to_owned();
            findings.refuse(Refusal::NotUnderstood { place, what });
        }
    }
    lines
}
