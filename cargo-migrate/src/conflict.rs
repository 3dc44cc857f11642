//! A lock in which git left conflict markers.
//!
//! Both sides added revisions, and both are meant to stay. What either side sealed has to be
//! compared with the files before a new lock is written, so the two are read as one.

use std::collections::BTreeSet;

/// The lock that has the lines of both sides; none where the text has no conflict.
///
/// Where both sides have a revision, the first one's line counts. The base that some settings of
/// git put between the two is left out.
pub(crate) fn both_sides(text: &str) -> Option<String> {
    if !text.split('\n').any(|line| line.starts_with("<<<<<<<")) {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut in_base = false;
    let mut both = String::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        match content.get(..7) {
            Some("|||||||") => in_base = true,
            Some("=======") => in_base = false,
            Some("<<<<<<<" | ">>>>>>>") => {}
            _ if in_base || content.is_empty() => {}
            _ if content.starts_with('#') => both.push_str(line),
            _ => {
                let first = content.split_whitespace().next().unwrap_or_default();
                if seen.insert(first.to_owned()) {
                    both.push_str(content);
                    both.push('\n');
                }
            }
        }
    }
    Some(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_stay_once() {
        let text = "# x\nlock 1\n<<<<<<< HEAD\nheads b\n||||||| base\nheads a\n=======\nheads c\n\
                    >>>>>>> other\na base 00\n<<<<<<< HEAD\nb a 01\n=======\nc a 02\n>>>>>>> other\n";
        let expected = "# x\nlock 1\nheads b\na base 00\nb a 01\nc a 02\n";
        assert_eq!(both_sides(text).as_deref(), Some(expected));
        assert_eq!(both_sides(expected), None);
    }
}
