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

    /// A statement names a table, view, index or sequence that does not exist at that point of the
    /// chain.
    ///
    /// The name is misspelt, an earlier revision dropped or renamed it, a later one creates it, or
    /// it lies in a schema that is not in the search path and must be named. One that was there
    /// before the chain began is made known by
    /// [`-- migrate:assume`](../guide/replay.md#what-you-say).
    UndefinedTable, "undefined-table", Error, Some("42P01");

    /// A statement names a column that does not exist at that point of the chain.
    ///
    /// It is misspelt, or an earlier revision dropped or renamed it: the finding shows which one.
    /// The bodies of views, policies and SQL functions are read, too.
    UndefinedColumn, "undefined-column", Error, Some("42703");

    /// No function or operator has this name and takes arguments of these types.
    ///
    /// Check the name, the number of arguments and their types: by itself, the server converts few
    /// of them, so that a cast may help. A function of an extension needs `CREATE EXTENSION` first.
    UndefinedFunction, "undefined-function", Error, Some("42883");

    /// A statement names a type, constraint, trigger, extension or another object that does not
    /// exist.
    ///
    /// It is misspelt, was dropped or renamed by an earlier revision, or is created by a later one.
    /// A type of an extension needs `CREATE EXTENSION` first.
    UndefinedObject, "undefined-object", Error, Some("42704");

    /// A statement names a schema that does not exist.
    ///
    /// Nothing creates a schema on the way. Create it in an earlier revision, or correct the name.
    InvalidSchemaName, "invalid-schema-name", Error, Some("3F000");

    /// A table, view, index or sequence of this name exists already.
    ///
    /// They share one space of names in a schema. Choose another name, or drop the old one first.
    /// With `IF NOT EXISTS`, the server leaves the old one as it is, whatever its columns are.
    DuplicateTable, "duplicate-table", Error, Some("42P07");

    /// A table or a list has a column of this name already.
    ///
    /// Often, two revisions add the same column. Remove one of them, or choose another name.
    DuplicateColumn, "duplicate-column", Error, Some("42701");

    /// A type, constraint, trigger, extension or another object of this name exists already.
    ///
    /// Choose another name, or drop the old one first. Types are named in a schema; constraints,
    /// triggers and policies on their table.
    DuplicateObject, "duplicate-object", Error, Some("42710");

    /// A function of this name with parameters of these types exists already.
    ///
    /// Functions of one name are told apart by the types of their parameters, not by what they
    /// return. Use `CREATE OR REPLACE FUNCTION`, or drop the old one first.
    DuplicateFunction, "duplicate-function", Error, Some("42723");

    /// A schema of this name exists already.
    ///
    /// Leave the statement out, or choose another name. `public` is there before the chain begins.
    DuplicateSchema, "duplicate-schema", Error, Some("42P06");

    /// A query names two of its tables alike.
    ///
    /// A column in front of which that name stands could be of either. Give one of them an alias.
    DuplicateAlias, "duplicate-alias", Error, Some("42712");

    /// A prepared statement of this name exists already in the session.
    ///
    /// Choose another name, or `DEALLOCATE` the old one.
    DuplicatePreparedStatement, "duplicate-prepared-statement", Error, Some("42P05");

    /// There is no prepared statement of this name in the session.
    ///
    /// It was never prepared, or was deallocated, or was prepared in another revision, which may
    /// have run in another session.
    UndefinedPreparedStatement, "undefined-prepared-statement", Error, Some("26000");

    /// Something is dropped that other objects need: a view its columns, a foreign key its unique
    /// constraint, a default its sequence.
    ///
    /// The server drops nothing that it was not told to. Drop those others first, and create them
    /// again afterwards if they are still wanted; or write `CASCADE` if they are to go too.
    DependentObjects, "dependent-objects", Error, Some("2BP01");

    /// A column name fits more than one table of a query.
    ///
    /// Put the table's name or alias in front of it. A query that works becomes ambiguous when one
    /// of its tables gets a column of that name.
    AmbiguousColumn, "ambiguous-column", Error, Some("42702");

    /// A call fits more than one function, or a name alone does not say which of several is meant.
    ///
    /// Cast the arguments, or write the types of the parameters.
    AmbiguousFunction, "ambiguous-function", Error, Some("42725");

    /// A value has a type that cannot stand where it does, or two types that must agree do not.
    ///
    /// By itself, the server converts a number to a larger one, and almost nothing to or from a
    /// text. Write a cast, or `USING` where the type of a column changes.
    DatatypeMismatch, "datatype-mismatch", Error, Some("42804");

    /// There is no cast between two types.
    ///
    /// Use a function that says how, such as `to_timestamp` for seconds, or go by way of a type
    /// that both have casts with, such as `text`.
    CannotCoerce, "cannot-coerce", Error, Some("42846");

    /// The type of an expression cannot be found out.
    ///
    /// Nothing around it says what it is. Write a cast.
    IndeterminateDatatype, "indeterminate-datatype", Error, Some("42P18");

    /// An object is of another kind than the statement works on, such as a view in `DROP TABLE`.
    ///
    /// Use the statement for that kind, or correct the name.
    WrongObjectType, "wrong-object-type", Error, Some("42809");

    /// A query mixes grouped and ungrouped columns, or has an aggregate where none can be.
    ///
    /// Of many rows that become one, it is not clear whose value is meant. Add the column to
    /// `GROUP BY`, or put it into an aggregate. A condition on an aggregate goes into `HAVING`.
    GroupingError, "grouping-error", Error, Some("42803");

    /// A window function or a window stands where none can be.
    ///
    /// It is computed after `WHERE`, `GROUP BY` and `HAVING`. Compute it in a subquery, and filter
    /// outside.
    WindowingError, "windowing-error", Error, Some("42P20");

    /// A recursive query is not of the form that PostgreSQL can run.
    ///
    /// It needs a part that does not read the query itself, `UNION`, and one that reads it once,
    /// and not in a subquery, an aggregate or the nullable side of an outer join.
    InvalidRecursion, "invalid-recursion", Error, Some("42P19");

    /// A clause cannot be about this column.
    ///
    /// `ON CONFLICT` needs a unique index on just its columns; `ORDER BY 3` a third column; the
    /// expressions of `SELECT DISTINCT` must be among those that it is sorted by.
    InvalidColumnReference, "invalid-column-reference", Error, Some("42P10");

    /// A foreign key points to columns that have no unique constraint, or to the wrong number of
    /// columns.
    ///
    /// A row must point to one row and no more. Add a primary key or a unique constraint to the
    /// table that it points to. A unique index on expressions, or with a `WHERE`, does not do.
    InvalidForeignKey, "invalid-foreign-key", Error, Some("42830");

    /// A table or view cannot be defined like this.
    ///
    /// A table has one primary key. `CREATE OR REPLACE VIEW` can add columns at the end, and cannot
    /// drop, rename or retype one. The message says what it is here.
    InvalidTableDefinition, "invalid-table-definition", Error, Some("42P16");

    /// An object cannot be defined like this.
    ///
    /// Most often, a function in an index, a generated column or a partition key is not immutable:
    /// its result depends on settings such as the time zone, so that what is stored would become
    /// wrong. Also: partitions that overlap, and functions that a trigger cannot call.
    InvalidObjectDefinition, "invalid-object-definition", Error, Some("42P17");

    /// A function cannot be defined like this.
    ///
    /// `CREATE OR REPLACE` can change neither the type that it returns nor the names of its
    /// parameters: others rely on them. Drop it first. Also: a body whose last statement does not
    /// return the declared type, and attributes that do not go together.
    InvalidFunctionDefinition, "invalid-function-definition", Error, Some("42P13");

    /// A schema cannot be defined like this.
    ///
    /// What is created in `CREATE SCHEMA` must be in that schema. Put the rest into a statement of
    /// its own.
    InvalidSchemaDefinition, "invalid-schema-definition", Error, Some("42P15");

    /// A name is kept for the system.
    ///
    /// The name of a schema cannot begin with `pg_`. Choose another name.
    ReservedName, "reserved-name", Error, Some("42939");

    /// A literal is no value of the type that it must have here: no label of the enum, no number,
    /// no `uuid`, no JSON.
    ///
    /// Correct the literal, or the type. For an enum, the label may be added in a later revision;
    /// only from there on it can be used.
    InvalidTextRepresentation, "invalid-text-representation", Error, Some("22P02");

    /// A literal is no date or time.
    ///
    /// Write it as `2026-11-22` or `2026-11-22 10:00:00+00`; for a date that is not known, there is
    /// `NULL`.
    InvalidDatetimeFormat, "invalid-datetime-format", Error, Some("22007");

    /// A literal is a date or time that does not exist, such as the 31st of November.
    ///
    /// Correct it.
    DatetimeFieldOverflow, "datetime-field-overflow", Error, Some("22008");

    /// An option or an argument cannot have this value.
    ///
    /// Correct the value; the message says what is possible. For `ALTER TYPE … RENAME VALUE`, the
    /// label does not exist.
    InvalidParameterValue, "invalid-parameter-value", Error, Some("22023");

    /// A number does not fit its type.
    ///
    /// `smallint` ends at 32767, `integer` at 2147483647. Take a larger type.
    NumericValueOutOfRange, "numeric-value-out-of-range", Error, Some("22003");

    /// A label that was added to an enum is used in the same transaction.
    ///
    /// Were the transaction taken back, rows and indexes could have a label that never was. Add it
    /// in a revision of its own: the next one can use it.
    UnsafeNewEnumValue, "unsafe-new-enum-value", Error, Some("55P04");

    /// A column that is always generated is given a value.
    ///
    /// Leave the column out, or write `DEFAULT` for it. An identity column takes a value of yours
    /// with `OVERRIDING SYSTEM VALUE`; a column that is computed from others takes none.
    GeneratedAlways, "generated-always", Error, Some("428C9");

    /// An object is not in the state that the statement needs.
    ///
    /// `REFRESH MATERIALIZED VIEW CONCURRENTLY` needs a unique index; a foreign key cannot rely on
    /// a deferrable constraint; a column must be `NOT NULL` to become an identity. The message says
    /// what it is here.
    NotInPrerequisiteState, "not-in-prerequisite-state", Error, Some("55000");

    /// PostgreSQL does not support this.
    ///
    /// The most common: the type of a column cannot change while a view, a rule or a policy uses
    /// it. Drop that first, and create it again afterwards. For others, the message says what is
    /// not possible.
    FeatureNotSupported, "feature-not-supported", Error, Some("0A000");

    /// A statement changes what nobody may change, such as a system catalog.
    ///
    /// Leave it alone. What the role that runs the migrations may do on your server is not known,
    /// and not checked.
    InsufficientPrivilege, "insufficient-privilege", Error, Some("42501");

    /// A table, an index, a key or a list has more columns than PostgreSQL can hold.
    ///
    /// A table can have 1600 columns, an index and a foreign key 32. Dropped columns count.
    TooManyColumns, "too-many-columns", Error, Some("54011");

    /// A `DO` block or a function that a revision calls raises an exception whatever the data is.
    ///
    /// Remove the `RAISE EXCEPTION`, or make it depend on a condition.
    RaiseException, "raise-exception", Error, Some("P0001");

    /// A row that a statement spells out has no value for a column that must have one.
    ///
    /// The column is `NOT NULL`, or part of the primary key, and has no default. Give it a value,
    /// or a default.
    NotNullViolation, "not-null-violation", Error, Some("23502");

    /// Two columns that must agree, of a table and its partition or child, have different
    /// collations.
    ///
    /// Write the same `COLLATE` for both.
    CollationMismatch, "collation-mismatch", Error, Some("42P21");

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

    /// A statement changes the schema in a way that cannot be known without a server: SQL that is
    /// put together when it runs, or a call of a function that does that.
    ///
    /// From there on, what is there is not certain: names that are not known are let through, and
    /// other findings are [doubtful](doubtful.md). Say below the statement what it does, and all is
    /// known again: `-- migrate:assume ALTER TABLE users ADD COLUMN tenant bigint;`. If it does
    /// nothing to the schema, `-- migrate:assume SELECT 1;` says so.
    OpaqueStatement, "opaque-statement", Warning, None;

    /// What would be an error, had there not been a statement before it that does something
    /// unknown.
    ///
    /// See [opaque-statement](opaque-statement.md). When that one is known, this is an error, or
    /// gone.
    Doubtful, "doubtful", Warning, None;

    /// The down section does not work, or does not give back the schema that there was before the
    /// up section.
    ///
    /// The check runs down after up, and compares what either touches: tables, columns, types,
    /// defaults, constraints, indexes, views, functions, grants, comments; not rows, and not the
    /// order of columns. Mend it, or say that there is no way back:
    /// `-- migrate:down irreversible: REASON`.
    WayBack, "way-back", Warning, None;

    /// Two branches that a merge joins give another schema, or fail, when they are applied in the
    /// other order.
    ///
    /// A database applies first what it had first: that of one developer has the one branch, that
    /// of another the other. Both branches are run in both orders, and compared. Change one of them
    /// so that it does not touch what the other does, or let it follow the other: `Depends On`.
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
