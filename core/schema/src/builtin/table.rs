//! Sorted lines of text as a table that needs no building.
//!
//! A line is `kind TAB key TAB versions TAB field TAB field…`; lines are sorted by their bytes, so
//! those of a key, and those of keys that begin alike, lie together.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::PostgresVersion;

/// What a line is about, by its first letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    AccessMethod,
    Tablespace,
    Cast,
    Function,
    Setting,
    OperatorFamily,
    OperatorClass,
    Language,
    Collation,
    Operator,
    TextSearch,
    Relation,
    Schema,
    Type,
    Role,
    ForeignDataWrapper,
    Extension,
}

impl Kind {
    fn letter(self) -> char {
        match self {
            Self::AccessMethod => 'a',
            Self::Tablespace => 'b',
            Self::Cast => 'c',
            Self::Function => 'f',
            Self::Setting => 'g',
            Self::OperatorFamily => 'i',
            Self::OperatorClass => 'k',
            Self::Language => 'l',
            Self::Collation => 'n',
            Self::Operator => 'o',
            Self::TextSearch => 'q',
            Self::Relation => 'r',
            Self::Schema => 's',
            Self::Type => 't',
            Self::Role => 'u',
            Self::ForeignDataWrapper => 'w',
            Self::Extension => 'x',
        }
    }
}

/// The entries that were asked for, by the text and the version, and by how their lines begin.
type Kept = BTreeMap<(usize, u8), BTreeMap<String, Rc<[Entry]>>>;

thread_local! {
    static KEPT: RefCell<Kept> = const { RefCell::new(BTreeMap::new()) };
}

/// The lines that hold for one version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    text: &'static str,
    version: PostgresVersion,
}

impl Table {
    pub(super) fn new(text: &'static str, version: PostgresVersion) -> Self {
        Self { text, version }
    }

    pub(super) fn version(self) -> PostgresVersion {
        self.version
    }

    /// The entries of a key.
    pub(super) fn entries(self, kind: Kind, key: &str) -> impl Iterator<Item = Entry> + use<> {
        let found = self.kept(&format!("{}\t{key}\t", kind.letter()));
        (0..found.len()).map(move |at| found[at].clone())
    }

    /// What was found earlier, or what is found now, and then kept: the same few keys are asked
    /// for over and over.
    fn kept(self, start: &str) -> Rc<[Entry]> {
        let origin = (self.text.as_ptr().addr(), self.version.major());
        let known = KEPT.with_borrow(|all| all.get(&origin)?.get(start).cloned());
        known.unwrap_or_else(|| {
            let found: Rc<[Entry]> = self.starting(start.to_owned()).collect();
            KEPT.with_borrow_mut(|all| {
                all.entry(origin).or_default().insert(start.to_owned(), Rc::clone(&found));
            });
            found
        })
    }

    /// The entries whose keys begin with this.
    pub(super) fn entries_under(
        self,
        kind: Kind,
        start: &str,
    ) -> impl Iterator<Item = Entry> + use<> {
        self.starting(format!("{}\t{start}", kind.letter()))
    }

    /// All entries of a kind.
    pub(super) fn all(self, kind: Kind) -> impl Iterator<Item = Entry> + use<> {
        self.entries_under(kind, "")
    }

    /// Every line that holds for the version, without the field that says for which it holds.
    pub(super) fn lines(self) -> impl Iterator<Item = String> + use<> {
        self.text.lines().filter_map(move |line| {
            let mut parts = line.splitn(4, '\t');
            let (kind, key, versions) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
            let fields = parts.next();
            includes(versions, self.version).then(|| match fields {
                Some(fields) => format!("{kind}\t{key}\t{fields}"),
                None => format!("{kind}\t{key}"),
            })
        })
    }

    fn starting(self, start: String) -> impl Iterator<Item = Entry> + use<> {
        let first = self.first_not_below(&start);
        self.text[first..]
            .split('\n')
            .take_while(move |line| line.starts_with(&start))
            .filter_map(move |line| Entry::parse(line, self.version))
    }

    /// Where the first line lies that is not less than `start`.
    fn first_not_below(self, start: &str) -> usize {
        let (mut low, mut high) = (0, self.text.len());
        // Both are the start of a line, or the end of the text.
        while low < high {
            let middle = self.text.floor_char_boundary(low + (high - low) / 2);
            let line = self.text[low..middle].rfind('\n').map_or(low, |before| low + before + 1);
            let rest = &self.text[line..];
            let end = rest.find('\n').map_or(self.text.len(), |length| line + length + 1);
            if rest < start {
                low = end;
            } else {
                high = line;
            }
        }
        low
    }
}

/// A line that holds, being read from left to right.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: &'static str,
    rest: &'static str,
}

impl Entry {
    fn parse(line: &'static str, version: PostgresVersion) -> Option<Self> {
        let (_kind, line) = line.split_once('\t')?;
        let (key, line) = line.split_once('\t')?;
        let (versions, rest) = line.split_once('\t').unwrap_or((line, ""));
        includes(versions, version).then_some(Self { key, rest })
    }

    /// The next field, which is empty where nothing is said.
    pub(super) fn field(&mut self) -> &'static str {
        let (field, rest) = self.rest.split_once('\t').unwrap_or((self.rest, ""));
        self.rest = rest;
        field
    }

    /// The next field, if something is said.
    pub(super) fn said(&mut self) -> Option<&'static str> {
        Some(self.field()).filter(|field| !field.is_empty())
    }
}

/// Whether `versions` names a version: nothing for every one, `17-`, `-16`, `16-17` or `16`.
fn includes(versions: &str, version: PostgresVersion) -> bool {
    let bound = |text: &str, open| if text.is_empty() { Some(open) } else { text.parse().ok() };
    let (first, last) = versions.split_once('-').unwrap_or((versions, versions));
    let range = bound(first, u8::MIN).zip(bound(last, u8::MAX));
    range.is_some_and(|(first, last)| (first..=last).contains(&version.major()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(major: u8) -> PostgresVersion {
        PostgresVersion::new(major).unwrap()
    }

    #[test]
    fn a_range_of_versions() {
        for (versions, expected) in [
            ("", [true, true, true, true]),
            ("17-", [false, false, true, true]),
            ("-16", [true, true, false, false]),
            ("16-17", [false, true, true, false]),
            ("16", [false, true, false, false]),
            ("x", [false; 4]),
        ] {
            assert_eq!([15, 16, 17, 18].map(|v| includes(versions, version(v))), expected);
        }
    }

    #[test]
    fn every_key_is_found_wherever_it_lies() {
        let text = "f\ta\t\t1\nf\tab\t-16\t2\nf\tab\t17-\t3\nf\tab\t17-\t4\nf\tb/c\t\nf\tb/d\t\t5\t\t6\n\
                    o\t<\t\t7\n";
        let found = |kind, key: &str, major| -> Vec<&str> {
            Table::new(text, version(major)).entries(kind, key).map(|mut e| e.field()).collect()
        };
        assert_eq!(found(Kind::Function, "a", 15), ["1"]);
        assert_eq!(found(Kind::Function, "ab", 16), ["2"]);
        assert_eq!(found(Kind::Function, "ab", 17), ["3", "4"]);
        assert_eq!(found(Kind::Function, "b/c", 17), [""]);
        assert_eq!(found(Kind::Operator, "<", 17), ["7"]);
        for absent in ["", "A", "aa", "abc", "b", "z"] {
            assert!(found(Kind::Function, absent, 17).is_empty(), "{absent}");
        }
        assert!(found(Kind::Operator, ">", 17).is_empty());
        assert!(found(Kind::AccessMethod, "a", 17).is_empty());

        let table = Table::new(text, version(18));
        let under: Vec<_> = table.entries_under(Kind::Function, "b/").map(|e| e.key).collect();
        assert_eq!(under, ["b/c", "b/d"]);
        assert_eq!(table.all(Kind::Function).count(), 5);
        assert_eq!(table.lines().next().unwrap(), "f\ta\t1");
        assert_eq!(table.lines().count(), 6);

        let mut entry = table.entries(Kind::Function, "b/d").next().unwrap();
        assert_eq!((entry.said(), entry.said(), entry.said()), (Some("5"), None, Some("6")));
        assert_eq!((entry.said(), entry.field()), (None, ""));
    }
}
