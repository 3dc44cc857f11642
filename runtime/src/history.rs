//! The history table: its name, and every statement that touches it.
//!
//! All names are qualified, so that the statements mean the same under any `search_path`.

use std::fmt;
use std::time::Duration;

use pgmigrate_chain::Revision;

use crate::sql::{identifier, literal, shown};

/// What a row says about which tool wrote it.
pub(crate) const TOOL: &str = concat!("pgmigrate ", env!("CARGO_PKG_VERSION"));

/// The longest name that PostgreSQL keeps whole, in bytes.
const MAX_NAME: usize = 63;

/// The table that holds which revisions are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HistoryTable {
    schema: String,
    table: String,
}

/// Why a text cannot be the name of the history table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryTableError {
    /// A part of the name has no characters.
    #[error("a part of it is empty")]
    Empty,
    /// There are more parts than a schema and a table.
    #[error("it has more parts than a schema and a table")]
    Parts,
    /// A quote is opened and not closed.
    #[error("a quote is not closed")]
    Quote,
    /// A character that a name without quotes cannot have.
    #[error("the character {0:?} can stand in a name only within double quotes")]
    Character(char),
    /// The server would cut the name short.
    #[error("`{0}` has more than {MAX_NAME} bytes")]
    TooLong(String),
}

impl HistoryTable {
    /// Reads `table`, `schema.table`, or either with parts in double quotes, as SQL does: a part
    /// without quotes is folded to lower case. Without a schema, the table is in `public`.
    pub(crate) fn parse(text: &str) -> Result<Self, HistoryTableError> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        loop {
            let (part, after) = take_part(rest)?;
            parts.push(part);
            match after.strip_prefix('.') {
                Some(next) => rest = next,
                None => match after.chars().next() {
                    Some(c) => return Err(HistoryTableError::Character(c)),
                    None => break,
                },
            }
        }
        let table = parts.pop().ok_or(HistoryTableError::Empty)?;
        let schema = parts.pop().unwrap_or_else(|| "public".to_owned());
        if parts.is_empty() { Ok(Self { schema, table }) } else { Err(HistoryTableError::Parts) }
    }

    /// The schema, as it is stored in the catalog.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    /// The table, as it is stored in the catalog.
    pub(crate) fn table(&self) -> &str {
        &self.table
    }

    /// The qualified name for SQL.
    pub(crate) fn sql(&self) -> String {
        format!("{}.{}", identifier(&self.schema), identifier(&self.table))
    }

    /// The key of the advisory lock that guards this table: the FNV-1a hash of its name. Two
    /// history tables in one database have two locks.
    pub(crate) fn lock_key(&self) -> i64 {
        let name = ["pgmigrate", &self.schema, &self.table].join("\0");
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        hash.cast_signed()
    }

    /// Reads what is applied: two columns, `revision` and `checksum`.
    pub(crate) fn read(&self) -> String {
        format!("SELECT revision, checksum FROM {}", self.sql())
    }

    /// Reads all that is known of the applied revisions; [`HistoryRow::read`] reads the rows.
    pub(crate) fn read_all(&self) -> String {
        format!(
            "SELECT revision, checksum, description, \
             pg_catalog.to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS \"UTC\"'), \
             duration_ms, applied_by, tool FROM {} ORDER BY applied_at, revision",
            self.sql()
        )
    }

    /// Makes the schema.
    pub(crate) fn create_schema(&self) -> String {
        format!("CREATE SCHEMA IF NOT EXISTS {}", identifier(&self.schema))
    }

    /// Makes the table.
    pub(crate) fn create(&self) -> String {
        format!(
            "CREATE TABLE IF NOT EXISTS {table} (\n\
             \x20   revision pg_catalog.text PRIMARY KEY,\n\
             \x20   checksum pg_catalog.text NOT NULL,\n\
             \x20   description pg_catalog.text NOT NULL,\n\
             \x20   applied_at timestamp with time zone NOT NULL DEFAULT pg_catalog.now(),\n\
             \x20   duration_ms bigint NOT NULL,\n\
             \x20   applied_by pg_catalog.text NOT NULL DEFAULT session_user,\n\
             \x20   tool pg_catalog.text NOT NULL\n\
             );\n\
             COMMENT ON TABLE {table} IS 'Migrations applied to this database, one row a \
             revision. Kept by pgmigrate; not to be edited by hand.'",
            table = self.sql()
        )
    }

    /// Notes that a revision was applied. `who` did it by default is the user who logged in,
    /// whatever `SET ROLE` says.
    pub(crate) fn insert(&self, revision: &Revision, took: Duration) -> String {
        format!(
            "INSERT INTO {} (revision, checksum, description, duration_ms, tool) \
             VALUES ({}, {}, {}, {}, {})",
            self.sql(),
            literal(revision.id.as_str()),
            literal(&revision.checksum.to_string()),
            literal(&revision.title),
            took.as_millis(),
            literal(TOOL),
        )
    }

    /// Notes that a revision is not applied any more.
    pub(crate) fn delete(&self, revision: &str) -> String {
        format!(
            "DELETE FROM {} WHERE revision OPERATOR(pg_catalog.=) {}",
            self.sql(),
            literal(revision)
        )
    }

    /// Notes the checksum and title that a revision has now.
    pub(crate) fn renew(&self, revision: &Revision) -> String {
        format!(
            "UPDATE {} SET checksum = {}, description = {} \
             WHERE revision OPERATOR(pg_catalog.=) {}",
            self.sql(),
            literal(&revision.checksum.to_string()),
            literal(&revision.title),
            literal(revision.id.as_str()),
        )
    }

    /// Forgets everything.
    pub(crate) fn purge(&self) -> String {
        format!("DELETE FROM {}", self.sql())
    }
}

impl fmt::Display for HistoryTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", shown(&self.schema), shown(&self.table))
    }
}

/// Takes one part of a qualified name off the front; returns it and what follows.
fn take_part(text: &str) -> Result<(String, &str), HistoryTableError> {
    let (part, rest) = if let Some(quoted) = text.strip_prefix('"') {
        take_quoted(quoted)?
    } else {
        let (part, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let bad = |(i, c): &(usize, char)| {
            !(c.is_alphabetic() || *c == '_' || *i > 0 && (c.is_ascii_digit() || *c == '$'))
        };
        if let Some((_, c)) = part.char_indices().find(bad) {
            return Err(HistoryTableError::Character(c));
        }
        (part.to_ascii_lowercase(), rest)
    };
    if part.is_empty() {
        return Err(HistoryTableError::Empty);
    }
    if part.len() > MAX_NAME {
        return Err(HistoryTableError::TooLong(part));
    }
    Ok((part, rest))
}

/// Takes what stands up to the closing quote; two quotes in a row stand for one.
fn take_quoted(text: &str) -> Result<(String, &str), HistoryTableError> {
    let mut part = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"').ok_or(HistoryTableError::Quote)?;
        part.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                part.push('"');
                rest = next;
            }
            None => return Ok((part, after)),
        }
    }
}

/// One row of the history table: a revision that is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryRow {
    /// The revision's id.
    pub revision: String,
    /// Its checksum when it was applied.
    pub checksum: String,
    /// Its title when it was applied.
    pub description: String,
    /// When it was applied, as `YYYY-MM-DD HH:MM:SS UTC`.
    pub applied_at: String,
    /// How long its statements took.
    pub duration: Duration,
    /// The database user who applied it.
    pub applied_by: String,
    /// The tool and version that applied it.
    pub tool: String,
}

impl HistoryRow {
    /// Reads a row of [`HistoryTable::read_all`]; `None` where it has not those columns.
    pub(crate) fn read(row: &[Option<String>]) -> Option<Self> {
        let [revision, checksum, description, applied_at, duration_ms, applied_by, tool] = row
        else {
            return None;
        };
        Some(Self {
            revision: revision.clone()?,
            checksum: checksum.clone()?,
            description: description.clone()?,
            applied_at: applied_at.clone()?,
            duration: Duration::from_millis(duration_ms.as_ref()?.parse().unwrap_or(0)),
            applied_by: applied_by.clone()?,
            tool: tool.clone()?,
        })
    }
}

impl fmt::Display for HistoryRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}), applied {} by {} with {}",
            self.revision, self.description, self.applied_at, self.applied_by, self.tool
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_sql_reads_them() {
        for (text, schema, table) in [
            ("migrate_history", "public", "migrate_history"),
            ("Ops.Migrations", "ops", "migrations"),
            ("\"Ops\".\"my \"\"odd\"\" table\"", "Ops", "my \"odd\" table"),
            ("ops.\"a.b\"", "ops", "a.b"),
            (" ops.t$1 ", "ops", "t$1"),
        ] {
            let name = HistoryTable::parse(text).unwrap();
            assert_eq!((name.schema(), name.table()), (schema, table), "{text}");
            assert_eq!(HistoryTable::parse(&name.to_string()).unwrap(), name, "{text}");
            assert_eq!(HistoryTable::parse(&name.sql()).unwrap(), name, "{text}");
        }
    }

    #[test]
    fn bad_names_say_why() {
        let long = "x".repeat(64);
        for (text, error) in [
            ("", HistoryTableError::Empty),
            ("a.", HistoryTableError::Empty),
            ("\"\"", HistoryTableError::Empty),
            ("a.b.c", HistoryTableError::Parts),
            ("\"a", HistoryTableError::Quote),
            ("a b", HistoryTableError::Character(' ')),
            ("1a", HistoryTableError::Character('1')),
            ("\"a\"b", HistoryTableError::Character('b')),
            (&long, HistoryTableError::TooLong(long.clone())),
        ] {
            assert_eq!(HistoryTable::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn each_table_has_its_own_lock() {
        let key = |text| HistoryTable::parse(text).unwrap().lock_key();
        assert_eq!(key("public.migrate_history"), key("migrate_history"));
        assert_ne!(key("a.bc"), key("ab.c"));
        // Binaries of all versions must agree on the key.
        assert_eq!(key("public.migrate_history"), 2_526_730_102_701_465_200);
    }
}
