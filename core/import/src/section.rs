//! From the SQL of a migration to a section of a revision.

use pgmigrate_schema::sql::{self, Class};

use crate::finding::Findings;
use crate::styles::{Direction, Part};
use crate::{Note, Place, Refusal};

/// A section, without its marker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Section {
    pub(crate) run: Run,
    pub(crate) body: String,
}

/// How a section is run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Run {
    /// In a transaction.
    #[default]
    Transaction,
    /// Outside a transaction.
    Alone,
    /// Not at all, for a reason.
    Irreversible(String),
}

/// Why a section runs outside a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// The tool was told so.
    Marked,
    /// The server would refuse this command inside one.
    Needs(&'static str),
}

/// The section of a way forward. SQL that is not in PostgreSQL's grammar is refused.
pub(crate) fn up(part: &Part, findings: &mut Findings) -> Section {
    let statements = sql::read(&part.text);
    for statement in &statements {
        if let Some(error) = &statement.error {
            findings.refuse(Refusal::Syntax {
                place: place(part, error.range.start),
                message: error.message.clone(),
                hole: hole(&part.text, error.range.start),
            });
        }
    }
    section(part, &statements, findings)
}

/// The section of a way back. One that is not in PostgreSQL's grammar has never run, and becomes
/// a comment.
pub(crate) fn down(part: &Part, findings: &mut Findings) -> Section {
    let statements = sql::read(&part.text);
    let Some(error) = statements.iter().find_map(|statement| statement.error.as_ref()) else {
        return section(part, &statements, findings);
    };
    let reason = format!("{} does not parse: {}", part.path, error.message);
    findings.note(Note::Irreversible {
        place: place(part, error.range.start),
        message: error.message.clone(),
    });
    let body = part.text.trim_matches(['\n', '\r']).lines().map(|line| {
        let comment = format!("-- {line}").trim_end().to_owned() + "\n";
        harmless(&comment).unwrap_or(comment)
    });
    Section { run: Run::Irreversible(reason), body: body.collect() }
}

fn section(part: &Part, statements: &[sql::Statement], findings: &mut Findings) -> Section {
    let start = || match part.lines_above {
        0 => Place::file(&part.path),
        above => Place::line(&part.path, above + 1),
    };
    if statements.is_empty() {
        findings.note(match part.direction {
            Direction::Up => Note::EmptyUp(start()),
            Direction::Down => Note::EmptyDown(start()),
        });
    }
    let needs = statements.iter().find_map(|statement| match statement.class {
        Class::Outside(command) => Some(Outside::Needs(command)),
        _ => None,
    });
    let why = if part.alone { Some(Outside::Marked) } else { needs };
    let run = match why {
        // Without a statement there is nothing to run outside a transaction.
        Some(why) if !statements.is_empty() => {
            findings.note(Note::Outside { place: start(), why });
            Run::Alone
        }
        _ => Run::Transaction,
    };
    Section { run, body: without_markers(part, findings) }
}

/// The text of a part, in which no comment reads as a marker of this format. What is in a
/// literal is no marker, and stays.
fn without_markers(part: &Part, findings: &mut Findings) -> String {
    let mut text = String::with_capacity(part.text.len());
    for (index, line) in part.text.split_inclusive('\n').enumerate() {
        match harmless(line).filter(|_| !ends_inside_literal(&text)) {
            Some(line) => {
                text.push_str(&line);
                let line = index + 1 + part.lines_above;
                findings.note(Note::MarkerRewritten(Place::line(&part.path, line)));
            }
            None => text.push_str(line),
        }
    }
    text
}

/// A line that reads as a marker, so that it no longer does; none for any other line.
fn harmless(line: &str) -> Option<String> {
    let comment = line.strip_prefix("--")?.trim_start_matches([' ', '\t']);
    if !comment.starts_with("migrate:") {
        return None;
    }
    let (words, end) = comment.split_at(comment.trim_end().len());
    Some(format!("-- ({words}){end}"))
}

/// Whether a text ends inside of a literal, a quoted name or a comment that goes on.
fn ends_inside_literal(text: &str) -> bool {
    sql::read(text)
        .pop()
        .and_then(|statement| statement.error)
        .is_some_and(|error| error.message.starts_with("unterminated"))
}

fn place(part: &Part, offset: usize) -> Place {
    Place::of(&part.path, part.lines_above, &part.text, offset)
}

/// The hole of a template on the line of an error.
fn hole(text: &str, offset: usize) -> Option<String> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next()?;
    [("${", "}"), ("{{", "}}"), ("{%", "%}"), ("<%", "%>")].into_iter().find_map(|(open, close)| {
        let hole = &line[line.find(open)?..];
        Some(hole[..hole.find(close)? + close.len()].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use crate::Style;
    use crate::testing::{lines, refused, taken};

    /// What follows the header of the only revision, and the notes.
    fn section(files: &[(&str, &str)]) -> (String, String) {
        let import = taken(Style::GolangMigrate, files);
        let text = &import.revisions[0].text;
        let start = text.find("-- migrate:").expect("there is a section");
        (text[start..].to_owned(), lines(&import.notes))
    }

    #[test]
    fn a_statement_that_needs_it_runs_outside_a_transaction() {
        let (text, notes) = section(&[
            ("1_a.up.sql", "CREATE INDEX CONCURRENTLY i ON t (a)"),
            ("1_a.down.sql", "DROP INDEX i"),
        ]);
        assert_eq!(
            text,
            "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON t (a)\n\n\
             -- migrate:down\nDROP INDEX i\n"
        );
        assert_eq!(
            notes,
            "1_a.up.sql: runs outside a transaction, as CREATE INDEX CONCURRENTLY must\n"
        );
    }

    #[test]
    fn a_way_back_that_does_not_parse_is_kept_as_a_comment() {
        let (text, notes) = section(&[
            ("1_a.up.sql", "ALTER TABLE t ADD a int;"),
            ("1_a.down.sql", "\nALTER TABLE t\n\n  DROP COLUMN IF EXIST a;\nmigrate:up\n"),
        ]);
        assert_eq!(
            text,
            "-- migrate:up\nALTER TABLE t ADD a int;\n\n\
             -- migrate:down irreversible: 1_a.down.sql does not parse: syntax error at or near \
             \"EXIST\"\n-- ALTER TABLE t\n--\n--   DROP COLUMN IF EXIST a;\n-- (migrate:up)\n"
        );
        assert_eq!(
            notes,
            "1_a.down.sql:4:18: syntax error at or near \"EXIST\"; the revision is irreversible, \
             and keeps the text as a comment\n"
        );
    }

    #[test]
    fn a_way_back_that_does_nothing_stays() {
        let (text, notes) =
            section(&[("1_a.up.sql", "SELECT 1"), ("1_a.down.sql", "-- nothing to undo\n")]);
        assert_eq!(text, "-- migrate:up\nSELECT 1\n\n-- migrate:down\n-- nothing to undo\n");
        assert_eq!(notes, "1_a.down.sql: has no statement, so the way back does nothing\n");
    }

    #[test]
    fn a_comment_is_no_marker_and_a_literal_is_not_touched() {
        let (text, notes) = section(&[(
            "1_a.up.sql",
            "-- migrate:assume x\r\nSELECT 'it\n-- migrate:up\n', $$\n--\tmigrate:up\n$$,\n\
             --migrate:allow x\n/*\n-- migrate:up\n*/ 1; -- migrate:up\n",
        )]);
        assert_eq!(
            text,
            "-- migrate:up\n-- (migrate:assume x)\r\nSELECT 'it\n-- migrate:up\n', $$\n\
             --\tmigrate:up\n$$,\n-- (migrate:allow x)\n/*\n-- migrate:up\n*/ 1; -- migrate:up\n"
        );
        assert_eq!(
            notes,
            "1_a.up.sql:1: the comment read as a marker of this format, and was rewritten\n\
             1_a.up.sql:7: the comment read as a marker of this format, and was rewritten\n\
             1 of 1 migrations have no way back\n"
        );
    }

    #[test]
    fn the_hole_of_a_template_is_named() {
        for (sql, hole) in [
            ("SELECT 1;\nCREATE TABLE {{ .Schema }}.t ();", "`{{ .Schema }}`"),
            ("CREATE TABLE <%= schema %>.t ();", "`<%= schema %>`"),
        ] {
            let refused = refused(Style::GolangMigrate, &[("1_a.up.sql", sql)]);
            assert!(refused.contains(hole), "{refused}");
        }
    }
}
