//! Files that hold both directions, cut by lines of comment.

use std::borrow::Cow;

use pgmigrate_schema::sql;

use super::{Direction, Migrating, Part};
use crate::{Place, Refusal, Style};

/// What a line of a migration file is.
pub(super) enum Line<'a> {
    /// SQL, perhaps with its placeholders filled.
    Sql(Cow<'a, str>),
    /// Speaks to the tool, and says nothing that the SQL does not say. Becomes an empty line, so
    /// that the lines below keep their numbers.
    Nothing,
    /// Starts the section of a direction, outside a transaction or not.
    Start(Direction, bool),
    /// Speaks to the tool, but what it says is not known.
    NotUnderstood,
}

/// The words after `-- +goose`, if the line has that.
pub(super) fn goose_words(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix("--")?.trim_start().strip_prefix("+goose")?.trim())
}

/// The words after `-- migrate:`, if the line has that.
pub(super) fn dbmate_words(line: &str) -> Option<&str> {
    Some(line.strip_prefix("--")?.trim_start().strip_prefix("migrate:")?.trim())
}

/// Whether a line starts goose's way forward.
pub(crate) fn is_goose_up(line: &str) -> bool {
    goose_words(line).is_some_and(|words| words.eq_ignore_ascii_case("up"))
}

/// Whether a line starts dbmate's way forward.
pub(crate) fn is_dbmate_up(line: &str) -> bool {
    dbmate_words(line).is_some_and(|words| words.split_whitespace().next() == Some("up"))
}

/// Whether a line starts dbmate's way back.
pub(crate) fn is_dbmate_down(line: &str) -> bool {
    dbmate_words(line).is_some_and(|words| words.split_whitespace().next() == Some("down"))
}

/// Cuts a file into its way forward and its way back, the latter optional.
///
/// Comments above the first section belong to the way forward; SQL there is refused.
pub(super) fn cut<'a>(
    file: &Migrating<'a>,
    mut read: impl FnMut(usize, &'a str) -> Line<'a>,
) -> Result<Vec<Part>, Vec<Refusal>> {
    let path = file.file.path;
    let mut refusals = Vec::new();
    let mut refuse = |line: usize, what: String| {
        refusals.push(Refusal::NotUnderstood { place: Place::line(path, line), what });
    };
    let mut above = String::new();
    let mut parts: Vec<Part> = Vec::new();
    for (index, line) in file.file.text.split_inclusive('\n').enumerate() {
        let text = parts.last_mut().map_or(&mut above, |part| &mut part.text);
        match read(index + 1, line) {
            Line::Sql(line) => text.push_str(&line),
            Line::Nothing => text.push('\n'),
            Line::NotUnderstood => {
                refuse(index + 1, format!("`{}` is not understood", line.trim()));
            }
            Line::Start(direction, alone) => {
                if [Direction::Up, Direction::Down].get(parts.len()) != Some(&direction) {
                    let what = format!("`{}` is out of order", line.trim());
                    refuse(index + 1, what);
                }
                let (lines_above, mut text) = if parts.is_empty() {
                    (0, std::mem::take(&mut above))
                } else {
                    (index, String::new())
                };
                if let Some(statement) = sql::read(&text).first().filter(|_| parts.is_empty()) {
                    let line = text[..statement.range.start].matches('\n').count() + 1;
                    refuse(line, "there is SQL above the first section".to_owned());
                }
                text.push('\n');
                parts.push(Part { path: path.to_owned(), direction, text, lines_above, alone });
            }
        }
    }
    if parts.is_empty() {
        refuse(1, "there is no section for the way forward".to_owned());
    }
    if refusals.is_empty() { Ok(parts) } else { Err(refusals) }
}

/// The style of a file that is cut by lines of comment, and the first of these lines.
pub(crate) fn style_of(text: &str) -> Option<(Style, usize)> {
    let line_of = |test: fn(&str) -> bool| Some(text.lines().position(test)? + 1);
    let goose = line_of(is_goose_up).map(|line| (Style::Goose, line));
    goose.or_else(|| {
        let up = line_of(is_dbmate_up)?;
        line_of(is_dbmate_down).map(|_| (Style::Dbmate, up))
    })
}
