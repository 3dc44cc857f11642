//! The name of a revision file: `<date>_<revision>_<slug>.sql`.

use std::ops::Range;

use pgmigrate_chain::RevisionId;

use super::Reader;
use crate::Code;
use crate::diagnostic::{Diagnostic, Span};

impl Reader<'_> {
    /// Whether the name has the form, and the revision that the header has.
    pub(super) fn check_name(&mut self, header: Option<(&RevisionId, &Range<usize>)>) {
        let Some(rest) = after_date(self.path) else {
            self.report(
                Diagnostic::new(
                    Code::BadFileName,
                    format!("`{}` is not a revision's file name", file_name(self.path)),
                )
                .at(Span::file(self.path))
                .help(
                    "revisions are named `<date>_<revision>_<slug>.sql`, for example \
                     `2026-11-22_3f2a9c1b7d4e_add_user_profile.sql`",
                ),
            );
            return;
        };
        let Some((id, place)) = header else { return };
        let same = rest
            .strip_prefix(id.as_str())
            .is_some_and(|slug| slug.is_empty() || slug.starts_with('_'));
        if !same {
            let named = rest.split('_').next().unwrap_or_default();
            self.report(
                Diagnostic::new(
                    Code::NameMismatch,
                    format!("the file is named for revision `{named}`, its header says `{id}`"),
                )
                .at(self.span(place.clone()).label("the header is the truth"))
                .help(format!(
                    "rename the file: put `{id}` where its name has `{named}`, or mend the header"
                )),
            );
        }
    }
}

/// The revision that a file's name claims to be.
pub(super) fn claimed(path: &str) -> Option<RevisionId> {
    RevisionId::new(after_date(path)?.split('_').next()?).ok()
}

/// What follows the date: `<revision>_<slug>`.
fn after_date(path: &str) -> Option<&str> {
    let (date, rest) = file_name(path).strip_suffix(".sql")?.split_once('_')?;
    let is_date = date.starts_with(|c: char| c.is_ascii_digit())
        && date.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'T' | b'Z'));
    (is_date && !rest.is_empty()).then_some(rest)
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
