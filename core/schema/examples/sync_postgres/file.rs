//! How facts of several versions are written as one file.

use std::collections::{BTreeMap, BTreeSet};

use pgmigrate_schema::PostgresVersion;

use crate::Versions;

/// The lines of all versions, each with the versions that it holds for.
pub(crate) fn written(versions: &Versions) -> String {
    let mut holds: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for (version, lines) in versions {
        for line in lines {
            holds.entry(line).or_default().insert(version.major());
        }
    }
    let mut lines = BTreeSet::new();
    for (line, majors) in holds {
        for range in ranges(&majors) {
            lines.insert(with_versions(line, &range));
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The field goes behind the kind and the key.
fn with_versions(line: &str, versions: &str) -> String {
    let mut parts = line.splitn(3, '\t');
    let (kind, key) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    match parts.next() {
        Some(fields) => format!("{kind}\t{key}\t{versions}\t{fields}"),
        None => format!("{kind}\t{key}\t{versions}"),
    }
}

/// The runs of neighbouring versions, open at the oldest and the newest known version.
fn ranges(majors: &BTreeSet<u8>) -> Vec<String> {
    let known = PostgresVersion::KNOWN;
    let starts = majors.iter().filter(|major| !majors.contains(&(*major - 1)));
    starts
        .map(|start| {
            let end = (*start..=*known.end())
                .take_while(|major| majors.contains(major))
                .last()
                .unwrap_or(*start);
            match (start == known.start(), end == *known.end()) {
                (true, true) => String::new(),
                (true, false) => format!("-{end}"),
                (false, true) => format!("{start}-"),
                (false, false) if *start == end => end.to_string(),
                (false, false) => format!("{start}-{end}"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_become_ranges() {
        let cases: [(&[u8], &[&str]); 7] = [
            (&[15, 16, 17, 18], &[""]),
            (&[15], &["-15"]),
            (&[16], &["16"]),
            (&[18], &["18-"]),
            (&[16, 17], &["16-17"]),
            (&[15, 17, 18], &["-15", "17-"]),
            (&[15, 18], &["-15", "18-"]),
        ];
        for (majors, expected) in cases {
            assert_eq!(ranges(&majors.iter().copied().collect()), expected, "{majors:?}");
        }
    }

    #[test]
    fn the_range_stands_third() {
        assert_eq!(
            with_versions("f\tnow\ts\t\ttimestamptz", "17-"),
            "f\tnow\t17-\ts\t\ttimestamptz"
        );
        assert_eq!(with_versions("u\tpg_monitor", ""), "u\tpg_monitor\t");
    }
}
