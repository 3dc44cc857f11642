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

            /// Whether it is about what a statement finds in the schema, and not about its grammar or
            /// its transaction.
            pub fn is_about_the_schema(self) -> bool {
                let about_the_text =
                    matches!(self, Self::SyntaxError | Self::NeedsNoTransaction | Self::NeedsTransaction);
                self.sqlstate().is_some() && !about_the_text
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

    /// A statement names a table, view, index or sequence that does not exist at that point of the chain.
    ///
    /// It is misspelt, was dropped or renamed by an earlier revision, or is created by a later one; a
    /// schema that is not in the search path must be named.
    UndefinedTable, "undefined-table", Error, Some("42P01");

    /// A statement names a column that does not exist at that point of the chain.
    ///
    /// It is misspelt, or an earlier revision dropped or renamed it.
    UndefinedColumn, "undefined-column", Error, Some("42703");

    /// No function or operator has this name and takes arguments of these types.
    ///
    /// Check the name and the types of the arguments; a cast may help. A function of an extension
    /// needs `CREATE EXTENSION` first.
    UndefinedFunction, "undefined-function", Error, Some("42883");

    /// A statement names a type, constraint, trigger, extension or another object that does not exist.
    ///
    /// It is misspelt, was dropped or renamed by an earlier revision, or is created by a later one.
    UndefinedObject, "undefined-object", Error, Some("42704");

    /// A statement has a parameter such as `$1`, and nothing gives it a value.
    ///
    /// Only the bodies of functions and prepared statements have parameters.
    UndefinedParameter, "undefined-parameter", Error, Some("42P02");

    /// A statement names a schema that does not exist.
    ///
    /// Create it in an earlier revision, or correct the name.
    InvalidSchemaName, "invalid-schema-name", Error, Some("3F000");

    /// A table, view, index or sequence of this name exists already.
    ///
    /// They share one space of names in a schema. Choose another name, or drop the old one first.
    DuplicateTable, "duplicate-table", Error, Some("42P07");

    /// A table or a list has a column of this name already.
    ///
    /// Choose another name.
    DuplicateColumn, "duplicate-column", Error, Some("42701");

    /// A type, constraint, trigger, extension or another object of this name exists already.
    ///
    /// Choose another name, or drop the old one first.
    DuplicateObject, "duplicate-object", Error, Some("42710");

    /// A function of this name with parameters of these types exists already.
    ///
    /// Use `CREATE OR REPLACE FUNCTION`, or drop the old one first.
    DuplicateFunction, "duplicate-function", Error, Some("42723");

    /// A schema of this name exists already.
    ///
    /// Choose another name, or write `IF NOT EXISTS`.
    DuplicateSchema, "duplicate-schema", Error, Some("42P06");

    /// A query names two of its tables alike.
    ///
    /// Give one of them an alias.
    DuplicateAlias, "duplicate-alias", Error, Some("42712");

    /// A cursor of this name is open already.
    ///
    /// Choose another name.
    DuplicateCursor, "duplicate-cursor", Error, Some("42P03");

    /// A prepared statement of this name exists already.
    ///
    /// Choose another name, or `DEALLOCATE` the old one.
    DuplicatePreparedStatement, "duplicate-prepared-statement", Error, Some("42P05");

    /// A cursor of this name is not open.
    ///
    /// It was never declared, or was closed with its transaction.
    UndefinedCursor, "undefined-cursor", Error, Some("34000");

    /// There is no prepared statement of this name.
    ///
    /// It was never prepared, or was deallocated.
    UndefinedPreparedStatement, "undefined-prepared-statement", Error, Some("26000");

    /// Something is dropped that other objects need.
    ///
    /// Drop those first, or write `CASCADE` if they are to go too.
    DependentObjects, "dependent-objects", Error, Some("2BP01");

    /// A column name fits more than one table of a query.
    ///
    /// Put the table's name or alias in front of it.
    AmbiguousColumn, "ambiguous-column", Error, Some("42702");

    /// A call fits more than one function, or a name does not say which is meant.
    ///
    /// Cast the arguments, or write the types of the parameters.
    AmbiguousFunction, "ambiguous-function", Error, Some("42725");

    /// A value has a type that cannot stand where it does.
    ///
    /// Write a cast, or `USING` where the type of a column changes.
    DatatypeMismatch, "datatype-mismatch", Error, Some("42804");

    /// There is no cast between two types.
    ///
    /// Go by way of a type that both have casts with, such as `text`.
    CannotCoerce, "cannot-coerce", Error, Some("42846");

    /// The type of an expression cannot be found out.
    ///
    /// Write a cast.
    IndeterminateDatatype, "indeterminate-datatype", Error, Some("42P18");

    /// An object is of another kind than the statement works on.
    ///
    /// For example, `DROP TABLE` of a view. Use the command for that kind.
    WrongObjectType, "wrong-object-type", Error, Some("42809");

    /// A query mixes grouped and ungrouped columns, or has an aggregate where none can be.
    ///
    /// Add the column to `GROUP BY`, or move the aggregate to `HAVING`.
    GroupingError, "grouping-error", Error, Some("42803");

    /// A window function or a window stands where none can be.
    ///
    /// Compute it in a subquery.
    WindowingError, "windowing-error", Error, Some("42P20");

    /// A recursive query is not of the form that PostgreSQL can run.
    ///
    /// It needs a part without recursion, `UNION`, and one that reads the query itself once.
    InvalidRecursion, "invalid-recursion", Error, Some("42P19");

    /// A clause cannot be about this column.
    ///
    /// For example, `ON CONFLICT` needs a unique index on just its columns, and `ORDER BY 3` a third
    /// column.
    InvalidColumnReference, "invalid-column-reference", Error, Some("42P10");

    /// A foreign key points to columns that have no unique constraint, or to the wrong number of columns.
    ///
    /// Add a primary key or a unique constraint to the table that it points to.
    InvalidForeignKey, "invalid-foreign-key", Error, Some("42830");

    /// A table or view cannot be defined like this.
    ///
    /// For example, it would have two primary keys, or `CREATE OR REPLACE VIEW` would drop a column.
    InvalidTableDefinition, "invalid-table-definition", Error, Some("42P16");

    /// A column cannot be defined like this.
    ///
    /// For example, an identity column cannot have a default.
    InvalidColumnDefinition, "invalid-column-definition", Error, Some("42611");

    /// An object cannot be defined like this.
    ///
    /// For example, functions in an index must be immutable.
    InvalidObjectDefinition, "invalid-object-definition", Error, Some("42P17");

    /// A function cannot be defined like this.
    ///
    /// For example, `CREATE OR REPLACE` cannot change the type that it returns: drop it first.
    InvalidFunctionDefinition, "invalid-function-definition", Error, Some("42P13");

    /// A schema cannot be defined like this.
    ///
    /// What is created in `CREATE SCHEMA` must be in that schema.
    InvalidSchemaDefinition, "invalid-schema-definition", Error, Some("42P15");

    /// A name is kept for the system.
    ///
    /// Choose a name that does not begin with `pg_`.
    ReservedName, "reserved-name", Error, Some("42939");

    /// A literal is no value of the type that it must have here.
    ///
    /// For example, it is no label of an enum, or no number.
    InvalidTextRepresentation, "invalid-text-representation", Error, Some("22P02");

    /// A literal is no date or time.
    ///
    /// Write it as `2026-11-22` or `2026-11-22 10:00:00+00`.
    InvalidDatetimeFormat, "invalid-datetime-format", Error, Some("22007");

    /// A literal is a date or time that does not exist.
    ///
    /// Correct it.
    DatetimeFieldOverflow, "datetime-field-overflow", Error, Some("22008");

    /// A parameter or option cannot have this value.
    ///
    /// Correct the value. For a label of an enum: it does not exist, or exists already.
    InvalidParameterValue, "invalid-parameter-value", Error, Some("22023");

    /// A number does not fit its type.
    ///
    /// Take a larger type.
    NumericValueOutOfRange, "numeric-value-out-of-range", Error, Some("22003");

    /// A label that was added to an enum is used in the same transaction.
    ///
    /// Add it in a revision of its own.
    UnsafeNewEnumValue, "unsafe-new-enum-value", Error, Some("55P04");

    /// A column that is always generated is given a value.
    ///
    /// Leave the column out, or write `DEFAULT` for it.
    GeneratedAlways, "generated-always", Error, Some("428C9");

    /// An object is not in the state that the statement needs.
    ///
    /// For example, a materialized view must be populated, or have a unique index.
    NotInPrerequisiteState, "not-in-prerequisite-state", Error, Some("55000");

    /// An object is in use by the statement's own session.
    ///
    /// Put the statements into two revisions.
    ObjectInUse, "object-in-use", Error, Some("55006");

    /// PostgreSQL does not support this.
    ///
    /// The message says what.
    FeatureNotSupported, "feature-not-supported", Error, Some("0A000");

    /// Something that nobody may change, such as a system catalog.
    ///
    /// Leave it alone.
    InsufficientPrivilege, "insufficient-privilege", Error, Some("42501");

    /// A table, an index or a list has more columns than PostgreSQL can hold.
    ///
    /// A table can have 1600 columns, an index 32.
    TooManyColumns, "too-many-columns", Error, Some("54011");

    /// A `DO` block raises an exception whatever the data is.
    ///
    /// Remove the `RAISE EXCEPTION`, or make it depend on a condition.
    RaiseException, "raise-exception", Error, Some("P0001");

    /// Two parts of an expression have different collations.
    ///
    /// Write `COLLATE` to say which one counts.
    CollationMismatch, "collation-mismatch", Error, Some("42P21");

    /// It cannot be found out which collation an expression has.
    ///
    /// Write `COLLATE` to say which one counts.
    IndeterminateCollation, "indeterminate-collation", Error, Some("42P22");

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

    /// A statement that changes the schema in a way that cannot be known without a server: SQL that
    /// is put together when it runs, or a function whose body does that.
    ///
    /// From there on, a name that is not known is a warning and not an error. Say below the
    /// statement what it does: `-- migrate:assume CREATE TABLE t (id bigint);`
    OpaqueStatement, "opaque-statement", Warning, None;

    /// What would be an error, had there not been a statement before it that does something
    /// unknown.
    ///
    /// See [opaque-statement](opaque-statement.md).
    Doubtful, "doubtful", Warning, None;

    /// The down section does not work, or does not give back the schema that there was before the
    /// up section.
    ///
    /// Mend it, or say that there is no way back: `-- migrate:down irreversible: REASON`.
    WayBack, "way-back", Warning, None;

    /// Two branches that a merge joins give another schema, or fail, when they are applied in the
    /// other order.
    ///
    /// Databases apply them in either order, by which branch they had first. Change one of the
    /// branches so that it does not touch what the other does, or let it follow the other:
    /// `Depends On`.
    BranchesConflict, "branches-conflict", Warning, None;

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

    /// The file that keeps the schema of the chain, for reviews, is not the schema that the chain
    /// leads to.
    ///
    /// It is there where the [settings](../guide/settings.md) ask for it: `schema-file`. Bring it up
    /// to date with `cargo migrate lock`, and commit it.
    StaleSchemaFile, "stale-schema-file", Warning, None;

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

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::from_name(&name).ok_or_else(|| serde::de::Error::custom("no such check"))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
