//! Whether down after up gives back the schema from before.

use std::collections::BTreeMap;

use pgmigrate_chain::{Revision, Section};

use super::Replay;
use super::chain::{granted, section};
use crate::Code;
use crate::catalog::Mark;
use crate::diagnostic::{Diagnostic, Span};
use crate::dump::{Parts, parts};
use crate::file::Script;

/// Runs the down section, compares, and takes it back.
///
/// `before` is the state before the up section. What the down section touches is compared, part by
/// part; the order of columns does not count.
pub(super) fn check(
    replay: &mut Replay,
    revision: &Revision,
    down: &Section,
    script: &Script,
    before: Mark,
) -> Vec<Diagnostic> {
    let after = replay.catalog().mark();
    let (session, opaque) = (replay.catalog().session.clone(), replay.catalog().opaque);
    // What only the way back takes for granted would be left over.
    let known = opaque.is_none() && script.granted().next().is_none();
    replay.end_session();
    let mut found = granted(replay, revision, down, script);
    found.extend(section(replay, revision, down, script));
    let failed = found.iter().find(|finding| finding.is_error()).cloned();
    let finding = if let Some(failed) = failed {
        Some(refused(failed))
    } else if known && replay.catalog().opaque.is_none() {
        compare(replay, before).map(|changes| differs(revision, down, &changes))
    } else {
        None
    };
    let catalog = replay.catalog_mut();
    catalog.rollback(after);
    catalog.session = session;
    catalog.opaque = opaque;
    finding.into_iter().collect()
}

/// What is other than before, each with what it was and what it is. The catalog is left as it is.
fn compare(replay: &mut Replay, before: Mark) -> Option<Vec<(Option<String>, Option<String>)>> {
    let catalog = replay.catalog_mut();
    let touched = catalog.touched_since(before);
    let now = parts(catalog, &touched);
    let undone = catalog.rollback(before);
    let then = parts(catalog, &touched);
    catalog.redo(undone);
    let changes = differences(&then, &now);
    (!changes.is_empty()).then_some(changes)
}

/// The parts that differ.
pub(super) fn differences(then: &Parts, now: &Parts) -> Vec<(Option<String>, Option<String>)> {
    let mut both: BTreeMap<_, (Option<&String>, Option<&String>)> = BTreeMap::new();
    for (key, sql) in then {
        both.entry(key).or_default().0 = Some(sql);
    }
    for (key, sql) in now {
        both.entry(key).or_default().1 = Some(sql);
    }
    both.into_values()
        .filter(|(then, now)| then != now)
        .map(|(then, now)| (then.cloned(), now.cloned()))
        .collect()
}

fn refused(failed: Diagnostic) -> Diagnostic {
    let mut finding =
        Diagnostic::new(Code::WayBack, format!("the way back fails: {}", failed.message));
    finding.primary = failed.primary;
    finding.secondary = failed.secondary;
    finding.help = failed.help;
    finding
}

/// The most differences that are shown.
const SHOWN: usize = 4;

fn differs(
    revision: &Revision,
    down: &Section,
    changes: &[(Option<String>, Option<String>)],
) -> Diagnostic {
    let place = down.statements.first().map_or(0..0, |statement| statement.range.clone());
    let line = revision.text.get(place.clone()).and_then(|sql| sql.lines().next());
    let end = place.start + line.map_or(0, str::len);
    let mut finding =
        Diagnostic::new(Code::WayBack, "down after up does not give back the schema from before")
            .at(Span::new(&revision.path, place.start..end));
    for (then, now) in changes.iter().take(SHOWN) {
        finding = finding.help(match (then, now) {
            (Some(then), None) => format!("missing: {then}"),
            (None, Some(now)) => format!("left over: {now}"),
            (then, now) => format!(
                "was: {}; is: {}",
                then.as_deref().unwrap_or_default(),
                now.as_deref().unwrap_or_default()
            ),
        });
    }
    if changes.len() > SHOWN {
        finding = finding.help(format!("and {} more", changes.len() - SHOWN));
    }
    finding
}
