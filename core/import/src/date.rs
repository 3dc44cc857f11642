//! When a migration was written, as far as its version tells.

use std::fmt;

const DAY: i64 = 86_400;

/// Seconds since 1970-01-01 00:00:00 UTC. Shown as the header of a revision has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

impl Moment {
    /// Reads a version that is a timestamp: `YYYYMMDD`, with hours and minutes, with seconds and
    /// anything that counts within the second, or seconds or milliseconds since 1970.
    pub(crate) fn of_version(version: &str) -> Option<Self> {
        // An older number that looks like seconds since 1970 is rather a counter.
        const EPOCH_TIMES: std::ops::Range<i64> = 1_200_000_000..4_000_000_000;
        if !version.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let epoch = |seconds: i64| EPOCH_TIMES.contains(&seconds).then_some(Self(seconds));
        match version.len() {
            8 => Self::of_digits(version, "000000"),
            10 => epoch(version.parse().ok()?),
            12 => Self::of_digits(&version[..8], &format!("{}00", &version[8..])),
            13 => epoch(version.parse::<i64>().ok()? / 1000),
            14..=18 => Self::of_digits(&version[..8], &version[8..14]),
            _ => None,
        }
    }

    fn of_digits(date: &str, time: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<i64>().ok();
        let (year, month, day) = (number(&date[..4])?, number(&date[4..6])?, number(&date[6..])?);
        let (hour, minute, second) =
            (number(&time[..2])?, number(&time[2..4])?, number(&time[4..])?);
        let days = days_of(year, month, day);
        let real = (1990..2100).contains(&year)
            && civil_of(days) == (year, month, day)
            && (hour, minute, second) < (24, 0, 0)
            && minute < 60
            && second < 60;
        real.then_some(Self(days * DAY + hour * 3600 + minute * 60 + second))
    }

    /// The day, as `YYYY-MM-DD`.
    pub(crate) fn date(self) -> String {
        let (year, month, day) = civil_of(self.0.div_euclid(DAY));
        format!("{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0.rem_euclid(DAY);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        write!(f, "{} {hour:02}:{minute:02}:{:02} UTC", self.date(), second % 60)
    }
}

// Both ways between days since 1970-01-01 and the Gregorian calendar count years from March, so
// that the leap day is the last of its year. An era is the calendar's cycle of 400 years.
const ERA: i64 = 146_097;
const DAYS_BEFORE_1970: i64 = 719_468;

fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_BEFORE_1970
}

fn civil_of(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_BEFORE_1970;
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_based = (5 * of_year + 2) / 153;
    let month = (march_based + 2) % 12 + 1;
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * march_based + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_are_timestamps_are_read() {
        for (version, expected) in [
            ("20240517094752", Some("2024-05-17 09:47:52 UTC")),
            ("202607301400000000", Some("2026-07-30 14:00:00 UTC")),
            ("202405170947", Some("2024-05-17 09:47:00 UTC")),
            ("20240229", Some("2024-02-29 00:00:00 UTC")),
            ("1528395943", Some("2018-06-07 18:25:43 UTC")),
            ("1528395943999", Some("2018-06-07 18:25:43 UTC")),
            ("20230229", None),
            ("20241301000000", None),
            ("20240517240000", None),
            ("202601016134308", None),
            ("00000000000000", None),
            ("1000000020", None),
            ("000001", None),
            ("1_2", None),
            ("", None),
        ] {
            let read = Moment::of_version(version).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), expected, "{version}");
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in -200_000..200_000 {
            let (year, month, day) = civil_of(days);
            assert_eq!(days_of(year, month, day), days);
        }
        assert_eq!(Moment(0).to_string(), "1970-01-01 00:00:00 UTC");
        assert_eq!(Moment(-1).to_string(), "1969-12-31 23:59:59 UTC");
    }
}
