//! The checks: one code each, with what it means and how it is mended.
//!
//! The pages under `docs/checks/` are made from this table.

use std::fmt;

use crate::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident, $name:literal, $severity:ident, $sqlstate:expr;)+) => {
        /// Names a check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every check, in the order of the reference.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name that findings, settings and `migrate:allow` use.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// How a finding counts where the settings say nothing.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }

            /// The SQLSTATE that the server would raise, for a finding that foresees one.
            pub fn sqlstate(self) -> Option<&'static str> {
                match self { $(Self::$variant => $sqlstate),+ }
            }

            /// What the check looks for, why, and what to do, as Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
}

codes! {
    /// The name of a file in the chain's directory is not `<date>_<revision>_<slug>.sql`.
    ///
    /// The date is made of digits and dashes. Rename the file, or move it out of the directory.
    BadFileName, "bad-file-name", Error, None;

    /// A revision file, or the lock, is not UTF-8.
    ///
    /// Convert it, for example with `iconv -f latin1 -t utf-8`.
    NotUtf8, "not-utf8", Error, None;

    /// The header of a revision file lacks a line, has one twice, or has a value that cannot be.
    ///
    /// A header needs `Revision ID` and `Revises` (`base` for the first revision), and nothing
    /// but comments may stand before `-- migrate:up`.
    BadHeader, "bad-header", Error, None;

    /// A header has a key that does not exist.
    ///
    /// The keys are `Revision ID`, `Revises`, `Create Date`, `Branch Labels` and `Depends On`.
    UnknownHeaderKey, "unknown-header-key", Error, None;

    /// The revision in the name of a file is not the one in its header.
    ///
    /// The header is the truth; rename the file.
    NameMismatch, "name-mismatch", Error, None;

    /// A revision file has no `-- migrate:up` line.
    ///
    /// Put it above the first statement.
    MissingUpSection, "missing-up-section", Error, None;

    /// A revision file has two up sections or two down sections.
    ///
    /// Join them, or make two revisions of them.
    DuplicateSection, "duplicate-section", Error, None;

    /// A `-- migrate:` line that does not exist or is not complete.
    ///
    /// There are `migrate:up`, `migrate:down` (both with `transaction:false`, the second with
    /// `irreversible: REASON`), `migrate:allow CHECK because REASON` and `migrate:assume SQL`.
    BadMarker, "bad-marker", Error, None;

    /// A revision has no down section.
    ///
    /// `cargo migrate downgrade` cannot undo it. Write the section, or say why there is no way
    /// back: `-- migrate:down irreversible: REASON`.
    MissingDown, "missing-down", Warning, None;

    /// A revision that is written in Rust, which this version cannot run.
    UnsupportedRevision, "unsupported-revision", Error, None;

    /// The chain's directory has no revision.
    ///
    /// Write the first one with `cargo migrate new -m "what it does"`.
    EmptyChain, "empty-chain", Error, None;

    /// The chain's directory does not exist or cannot be read.
    ///
    /// `cargo migrate init` makes it; `dir` under `[package.metadata.migrate]` says where it is.
    UnreadableDirectory, "unreadable-directory", Error, None;

    /// The settings in `Cargo.toml` cannot be used.
    BadSettings, "bad-settings", Error, None;

    /// Two files have the same revision id.
    ///
    /// Give one of them another id, in its header and its name.
    DuplicateRevision, "duplicate-revision", Error, None;

    /// A revision follows one that does not exist.
    ///
    /// The file of the parent is missing (not committed?), or the id is misspelt.
    MissingParent, "missing-parent", Error, None;

    /// A revision names itself as its parent, or as what it depends on.
    SelfParent, "self-parent", Error, None;

    /// Revisions follow each other in a circle.
    ///
    /// One of the `Revises` or `Depends On` lines must name an earlier revision.
    Cycle, "cycle", Error, None;

    /// A merge that joins nothing: it names a parent twice, or a parent and its ancestor.
    BadMerge, "bad-merge", Error, None;

    /// A revision depends on a revision or branch label that does not exist.
    UnknownDependency, "unknown-dependency", Error, None;

    /// A branch label that stands on two revisions, or is a revision's id.
    BadLabel, "bad-label", Error, None;

    /// The chain has several heads, and nothing tells which one a database should reach.
    ///
    /// This is what two developers make who both add a revision to the same parent. Join them
    /// with `cargo migrate merge heads`. Heads that are meant to stay apart need a branch label
    /// each.
    SeveralHeads, "several-heads", Error, None;

    /// Several revisions follow `base`, and no branch labels tell them apart.
    ///
    /// All but one of them need a `Branch Labels` line, or another parent.
    SeveralBases, "several-bases", Error, None;

    /// A statement is not in PostgreSQL's grammar.
    SyntaxError, "syntax-error", Error, Some("42601");

    /// A statement that the server refuses inside a transaction, in a section that runs in one.
    ///
    /// Mark the section: `-- migrate:up transaction:false`. Each of its statements is then a
    /// step of its own; so put it into a revision of its own.
    NeedsNoTransaction, "needs-no-transaction", Error, Some("25001");

    /// A statement that only works inside a transaction, in a section without one.
    NeedsTransaction, "needs-transaction", Error, Some("25P01");

    /// A section marked `transaction:false` that also has statements which could be in a
    /// transaction.
    ///
    /// When it fails in the middle, what ran before stays. Two revisions are safer.
    MixedSection, "mixed-section", Warning, None;

    /// A section with a `BEGIN` and a `COMMIT` around everything.
    ///
    /// Sections run in a transaction anyway; the two lines are left out.
    RedundantTransaction, "redundant-transaction", Warning, None;

    /// A section that starts and ends transactions of its own.
    ///
    /// It runs statement by statement, as with `transaction:false`: when it fails in the middle,
    /// what it committed stays.
    OwnTransactions, "own-transactions", Warning, None;

    /// The directory has no `migrations.lock`.
    ///
    /// Without it, nobody notices when a revision that others have applied is edited. Write it
    /// with `cargo migrate lock`, and commit it.
    MissingLock, "missing-lock", Warning, None;

    /// The lock has git's conflict markers: two branches both added revisions.
    ///
    /// Keep both branches' revision files, then run `cargo migrate lock`, and
    /// `cargo migrate merge heads` if there are two heads now.
    LockConflict, "lock-conflict", Error, None;

    /// The lock has a line that cannot be read.
    BadLock, "bad-lock", Error, None;

    /// The lock lacks a revision of the directory, or is behind it in another way.
    ///
    /// `cargo migrate lock` brings it up to date. It is written by every command that adds a
    /// revision; a file that was put there by hand is not in it.
    StaleLock, "stale-lock", Error, None;

    /// A revision that others may have applied has other SQL than when it was sealed.
    ///
    /// A revision with a child is sealed. Restore the file, and put the change into a new
    /// revision. If no database has applied it, `cargo migrate lock --accept REVISION`.
    SealedEdited, "sealed-edited", Error, None;

    /// The file of a revision that others may have applied is gone.
    ///
    /// Restore it (`git checkout -- FILE`). If no database has applied it,
    /// `cargo migrate lock --accept REVISION`.
    SealedDeleted, "sealed-deleted", Error, None;

    /// A revision that others may have applied has another parent than when it was sealed.
    ///
    /// Databases that have passed the place would never run what now lies below. Restore the
    /// line, and join branches with `cargo migrate merge`.
    SealedReparented, "sealed-reparented", Error, None;
}

impl Code {
    /// The check of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether the settings, and `migrate:allow`, may change how it counts: the others say that
    /// the chain cannot work.
    pub fn is_lint(self) -> bool {
        self.severity() == Severity::Warning
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
