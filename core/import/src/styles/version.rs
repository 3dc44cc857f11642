//! The versions of other tools, and how they order migrations.

/// A version, as it is written and as it is compared. Two versions are the same when their keys
/// are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) text: String,
    pub(crate) key: Key,
}

/// What migrations are ordered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// Numbers, the first of which counts most.
    Numbers(Vec<Number>),
    /// Byte by byte.
    Text(String),
    /// After all others, by what it says.
    Last(String),
}

/// A whole number of any size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    // Compared first: without leading zeros, more digits are a larger number.
    length: usize,
    digits: String,
}

impl Version {
    /// A version that is one number.
    pub(crate) fn number(digits: &str) -> Self {
        Self { text: digits.to_owned(), key: Key::Numbers(vec![Number::new(digits)]) }
    }

    /// A version of numbers between `.` or `_`, where `1.0` is `1`.
    pub(crate) fn dotted(text: &str) -> Self {
        let mut numbers: Vec<Number> = text.split(['.', '_']).map(Number::new).collect();
        while numbers.len() > 1 && numbers.last().is_some_and(Number::is_zero) {
            numbers.pop();
        }
        Self { text: text.to_owned(), key: Key::Numbers(numbers) }
    }

    /// A version that is compared as text, by `key`.
    pub(crate) fn text(text: &str, key: &str) -> Self {
        Self { text: text.to_owned(), key: Key::Text(key.to_owned()) }
    }

    /// Not a version, but a name that runs after all versions.
    pub(crate) fn last(name: &str) -> Self {
        Self { text: String::new(), key: Key::Last(name.to_owned()) }
    }
}

impl Number {
    fn new(digits: &str) -> Self {
        let digits = digits.trim_start_matches('0');
        Self { length: digits.len(), digits: digits.to_owned() }
    }

    fn is_zero(&self) -> bool {
        self.length == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_their_tools_do() {
        let ordered = [
            [Version::number("9"), Version::number("010")],
            [Version::number("20260612000000"), Version::number("202601016134308")],
            [Version::dotted("1_9"), Version::dotted("1.88")],
            [Version::dotted("1"), Version::dotted("1.0.1")],
            [Version::dotted("99"), Version::last("views")],
            [Version::text("10", "10_b"), Version::text("1", "1_a")],
        ];
        for [before, after] in ordered {
            assert!(before.key < after.key, "{before:?} {after:?}");
        }
        for [one, other] in [
            [Version::number("1"), Version::number("001")],
            [Version::dotted("1.0"), Version::dotted("1_00_0")],
        ] {
            assert_eq!(one.key, other.key);
        }
    }
}
