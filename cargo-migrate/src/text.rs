//! Times, durations and numbers in words.

use std::fmt::{Display, Write as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// `1 revision`, `2 revisions`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `a, b, c`.
pub(crate) fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// Each item on a line of its own, below what came before.
pub(crate) fn below<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().fold(String::new(), |mut text, item| {
        let _ = write!(text, "\n  {item}");
        text
    })
}

/// `12 ms`, `1.3 s`, `2 min 5 s`, `3 h 20 min`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{:.1} s", time.as_secs_f64()),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

/// Reads `250ms`, `3s`, `5min`, `2h`, and a bare number as seconds. None for `0` and `off`.
pub(crate) fn parse_duration(text: &str) -> Result<Option<Duration>, String> {
    if text == "off" {
        return Ok(None);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let milliseconds: Option<u64> = match unit.trim_start() {
        "ms" => Some(1),
        "" | "s" => Some(1000),
        "m" | "min" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let time = number.parse::<u64>().ok().zip(milliseconds).and_then(|(n, ms)| n.checked_mul(ms));
    match time {
        Some(0) => Ok(None),
        Some(time) => Ok(Some(Duration::from_millis(time))),
        None => Err("write a number with ms, s, min or h, such as 3s; or off".to_owned()),
    }
}

/// A time as `2026-11-22 01:15:00 UTC`.
pub(crate) fn utc(time: SystemTime) -> String {
    let seconds = seconds(time);
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// Seconds since 1970; a clock before that counts down.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let signed = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => signed(since),
        Err(before) => -signed(before.duration()),
    }
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
///
/// Counts in eras of 400 years that begin on 1 March, so that the leap day is the last of a year.
fn civil(day: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097;
    let day = day + 719_468;
    let era = day.div_euclid(ERA);
    let of_era = day.rem_euclid(ERA);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_827_696, "2000-02-29 12:34:56 UTC"),
            (1_795_310_100, "2026-11-22 01:15:00 UTC"),
            (4_107_542_399, "2100-02-28 23:59:59 UTC"),
            (4_107_542_400, "2100-03-01 00:00:00 UTC"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
        assert_eq!(utc(UNIX_EPOCH - Duration::from_secs(1)), "1969-12-31 23:59:59 UTC");
    }

    #[test]
    fn durations_are_short() {
        for (milliseconds, expected) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (1_340, "1.3 s"),
            (125_000, "2 min 5 s"),
            (12_000_000, "3 h 20 min"),
        ] {
            assert_eq!(duration(Duration::from_millis(milliseconds)), expected);
        }
    }

    #[test]
    fn durations_are_read() {
        let some = |ms| Ok(Some(Duration::from_millis(ms)));
        for (text, expected) in [
            ("250ms", some(250)),
            ("3s", some(3000)),
            ("3", some(3000)),
            ("5 min", some(300_000)),
            ("2h", some(7_200_000)),
            ("0", Ok(None)),
            ("off", Ok(None)),
        ] {
            assert_eq!(parse_duration(text), expected, "{text}");
        }
        for text in ["", "s", "3 weeks", "-3s", "99999999999999999999s", "18446744073709551615h"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_have_their_plural() {
        assert_eq!(count(1, "revision"), "1 revision");
        assert_eq!(count(0, "revision"), "0 revisions");
        assert_eq!(list(["a", "b"]), "a, b");
        assert_eq!(below(["a", "b"]), "\n  a\n  b");
    }
}
