//! A revision: one file of the chain, read and split.

use std::borrow::Cow;
use std::fmt;
use std::ops;

/// Words that mean something in an identifier, and so cannot name a revision or a branch.
pub const RESERVED: [&str; 4] = ["base", "current", "head", "heads"];

/// The most characters that a revision id or a branch label may have.
pub const MAX_NAME: usize = 64;

/// Names a revision: 1 to 64 characters of `[A-Za-z0-9_]`, none of [`RESERVED`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId(String);

/// Names a branch: 1 to 64 characters of `[A-Za-z0-9_.-]`, not starting with `-`, none of
/// [`RESERVED`]. A label stands on one revision, and covers all that descend from it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

/// Why a text cannot be a revision id or a branch label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// There is nothing there.
    Empty,
    /// More than [`MAX_NAME`] characters; holds their number.
    TooLong(usize),
    /// A character that would be read as something else.
    Character(char),
    /// One of [`RESERVED`].
    Reserved(String),
}

impl RevisionId {
    /// Checks and takes a revision id.
    pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        check_name(&text, |c| c.is_ascii_alphanumeric() || c == '_')?;
        Ok(Self(text))
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Label {
    /// Checks and takes a branch label.
    pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        check_name(&text, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))?;
        if text.starts_with('-') {
            return Err(NameError::Character('-'));
        }
        Ok(Self(text))
    }

    /// The label as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_name(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if let Some(c) = text.chars().find(|&c| !allowed(c)) {
        return Err(NameError::Character(c));
    }
    if text.len() > MAX_NAME {
        return Err(NameError::TooLong(text.len()));
    }
    if RESERVED.contains(&text) {
        return Err(NameError::Reserved(text.to_owned()));
    }
    Ok(())
}

/// One revision of a chain: the header of its file, and its statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// `Revision ID`.
    pub id: RevisionId,
    /// `Revises`: none for a base, two or more for a merge.
    pub parents: Vec<RevisionId>,
    /// `Depends On`: revision ids or branch labels that must be applied before, without being
    /// parents.
    pub depends_on: Vec<String>,
    /// `Branch Labels`.
    pub labels: Vec<Label>,
    /// The first line of the header: what the revision does.
    pub title: String,
    /// `Create Date`, as written.
    pub created: String,
    /// Where the file is, as it is shown to people.
    pub path: String,
    /// The whole text of the file; every range points into it.
    pub text: Cow<'static, str>,
    /// What the SQL of the file comes to, comments, white space and line ends aside.
    pub checksum: Checksum,
    /// What `-- migrate:up` holds.
    pub up: Section,
    /// What `-- migrate:down` holds.
    pub down: Down,
}

/// The statements of one section, and how they are to be run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// How the statements are run.
    pub mode: Mode,
    /// The statements in their order, without their semicolons.
    pub statements: Vec<Statement>,
}

/// How the statements of a section are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Mode {
    /// All of them in one transaction, with the history row.
    #[default]
    Transaction,
    /// Each for itself, outside a transaction (`transaction:false`).
    Alone,
    /// One after the other on one session, as the section has `BEGIN` and `COMMIT` of its own.
    OwnTransactions,
}

/// One statement: where it stands in the text of its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Byte range in [`Revision::text`], white space, comments around it and semicolon left out.
    pub range: ops::Range<usize>,
}

/// The way back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Down {
    /// The file has no down section.
    #[default]
    Missing,
    /// `-- migrate:down irreversible: REASON`.
    Irreversible(String),
    /// The statements that undo the revision.
    Section(Section),
}

/// What the SQL of a revision comes to, in two parts: a database has run the up section, so an
/// edit of it matters to every database; a down section has been run by none.
///
/// Written as `UP` or `UP.DOWN`, lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Checksum {
    /// Of the up section, its options included.
    pub up: String,
    /// Of the down section, its options included; none where there is no such section.
    pub down: Option<String>,
}

impl Checksum {
    /// Reads what [`Display`](fmt::Display) writes.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_hexdigit());
        let (up, down) = match text.split_once('.') {
            Some((up, down)) => (up, Some(down)),
            None => (text, None),
        };
        (hex(up) && down.is_none_or(hex))
            .then(|| Self { up: up.to_owned(), down: down.map(str::to_owned) })
    }
}

impl Revision {
    /// Whether the revision starts a chain.
    pub fn is_base(&self) -> bool {
        self.parents.is_empty()
    }

    /// Whether the revision joins branches.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }

    /// The SQL of a statement of this revision.
    pub fn sql(&self, statement: &Statement) -> &str {
        self.text.get(statement.range.clone()).unwrap_or_default()
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.up)?;
        match &self.down {
            Some(down) => write!(f, ".{down}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong(n) => write!(f, "it has {n} characters, {MAX_NAME} at most"),
            Self::Character(c) => write!(f, "the character {c:?} cannot be part of it"),
            Self::Reserved(word) => write!(f, "`{word}` has a meaning of its own"),
        }
    }
}

impl std::error::Error for NameError {}
