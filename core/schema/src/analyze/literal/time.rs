//! Dates, times and intervals.
//!
//! The server reads many forms. What has words that it cannot know is refused here, and an ISO
//! date that does not exist.

use super::Wrong;

/// Words that stand for a moment, so that no digit is needed.
const MOMENTS: &[&str] =
    &["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "inf", "allballs", "current"];

/// Units and what else may be in an interval; the server compares ten letters at most.
const UNITS: &[&str] = &[
    "ago",
    "c",
    "cent",
    "centuries",
    "century",
    "d",
    "day",
    "days",
    "dec",
    "decade",
    "decades",
    "decs",
    "h",
    "hour",
    "hours",
    "hr",
    "hrs",
    "m",
    "microsecon",
    "mil",
    "millennia",
    "millennium",
    "mils",
    "millisecon",
    "min",
    "mins",
    "minute",
    "minutes",
    "mon",
    "mons",
    "month",
    "months",
    "ms",
    "msec",
    "mseconds",
    "msecond",
    "msecs",
    "qtr",
    "quarter",
    "s",
    "sec",
    "second",
    "seconds",
    "secs",
    "timezone",
    "timezone_h",
    "timezone_m",
    "undefined",
    "us",
    "usec",
    "usecond",
    "useconds",
    "usecs",
    "w",
    "week",
    "weeks",
    "y",
    "year",
    "years",
    "yr",
    "yrs",
    "infinity",
    "inf",
];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_ascii_alphabetic() && c != '_')
        .filter(|it| !it.is_empty())
        .map(str::to_ascii_lowercase)
}

/// What is certainly wrong with a string as a date or time.
pub(super) fn wrong(ty: &str, text: &str) -> Option<Wrong> {
    let moment = words(text).any(|it| MOMENTS.contains(&it.as_str()));
    if !text.bytes().any(|it| it.is_ascii_digit()) {
        return (text.is_ascii() && !moment).then_some(Wrong::TimeSyntax);
    }
    if !matches!(ty, "date" | "timestamp" | "timestamptz") {
        return None;
    }
    let text = text.trim();
    let (date, time) = match text.find(['T', ' ']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, ""),
    };
    let [year, month, day] = numbers(date, '-')?[..] else { return None };
    // Other lengths may be other fields.
    let iso = date.split('-').map(str::len).eq([4, 2, 2]);
    if !iso || text.to_ascii_lowercase().contains("bc") {
        return None;
    }
    if !(1..=12).contains(&month) || day < 1 || day > days(year, month) {
        return Some(Wrong::Field);
    }
    let clock = time.get(..8).unwrap_or(time);
    if clock.split(':').map(str::len).eq([2, 2, 2]) {
        let [hour, minute, second] = numbers(clock, ':')?[..] else { return None };
        return (hour > 24 || minute > 59 || second > 60).then_some(Wrong::Field);
    }
    None
}

/// What is certainly wrong with a string as an interval.
pub(super) fn wrong_interval(text: &str) -> Option<Wrong> {
    let text = text.trim();
    if !text.is_ascii() || text.starts_with(['P', 'p']) {
        return None;
    }
    let digits = text.bytes().any(|it| it.is_ascii_digit());
    let infinite = words(text).any(|it| it.starts_with("inf"));
    let known = words(text).all(|it| {
        let start = it.get(..10).unwrap_or(&it);
        UNITS.contains(&start)
    });
    (!known || !digits && !infinite).then_some(Wrong::TimeSyntax)
}

fn numbers(text: &str, separator: char) -> Option<Vec<u32>> {
    text.split(separator).map(|it| it.parse().ok()).collect()
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
