//! What a statement asks of the transaction around it.

use squawk_syntax::ast::{AstNode, Stmt};
use squawk_syntax::{SyntaxElement, SyntaxKind};

/// Whether a statement may run in a transaction, and whether it starts or ends one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Runs inside a transaction or outside.
    Plain,
    /// The server refuses it inside a transaction block (SQLSTATE 25001); holds the command as
    /// the server names it.
    Outside(&'static str),
    /// The server refuses it outside a transaction block (SQLSTATE 25P01).
    Inside(&'static str),
    /// Starts or ends a transaction.
    Control(Control),
}

/// A statement that starts or ends a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// `BEGIN` or `START TRANSACTION` with no mode.
    Begin,
    /// `COMMIT` or `END`, with nothing after it.
    Commit,
    /// `ROLLBACK` or `ABORT`, with nothing after it.
    Rollback,
    /// `BEGIN ISOLATION LEVEL …`, `COMMIT AND CHAIN`, `PREPARE TRANSACTION`: more than a frame
    /// around a section.
    Other,
}

impl Class {
    /// Whether the server refuses the statement inside a transaction.
    pub fn needs_no_transaction(&self) -> bool {
        matches!(self, Self::Outside(_))
    }
}

/// Classifies a statement. Source: PostgreSQL manual, "SQL Commands", the notes of each command
/// on transaction blocks.
pub(super) fn of(stmt: &Stmt) -> Class {
    let node = stmt.syntax();
    let words = Words::of(stmt);
    let has = |kind: SyntaxKind| node.descendants_with_tokens().any(|it| it.kind() == kind);
    match stmt {
        Stmt::CreateIndex(_) if words.have("concurrently", 4) => {
            Class::Outside("CREATE INDEX CONCURRENTLY")
        }
        Stmt::DropIndex(_) if words.have("concurrently", 3) => {
            Class::Outside("DROP INDEX CONCURRENTLY")
        }
        Stmt::Reindex(_) if has(SyntaxKind::CONCURRENTLY_KW) => {
            Class::Outside("REINDEX CONCURRENTLY")
        }
        Stmt::Reindex(_) if words.have("schema", 8) => Class::Outside("REINDEX SCHEMA"),
        Stmt::Reindex(_) if words.have("database", 8) => Class::Outside("REINDEX DATABASE"),
        Stmt::Reindex(_) if words.have("system", 8) => Class::Outside("REINDEX SYSTEM"),
        Stmt::AlterTable(_) if has(SyntaxKind::CONCURRENTLY_KW) && has(SyntaxKind::DETACH_KW) => {
            Class::Outside("ALTER TABLE ... DETACH CONCURRENTLY")
        }
        Stmt::Vacuum(_) => Class::Outside("VACUUM"),
        Stmt::Cluster(_) if words.count == 1 || words.is(&["cluster", "verbose"]) => {
            Class::Outside("CLUSTER")
        }
        Stmt::CreateDatabase(_) => Class::Outside("CREATE DATABASE"),
        Stmt::DropDatabase(_) => Class::Outside("DROP DATABASE"),
        Stmt::AlterDatabase(_) if words.have("tablespace", 16) => {
            Class::Outside("ALTER DATABASE SET TABLESPACE")
        }
        Stmt::CreateTablespace(_) => Class::Outside("CREATE TABLESPACE"),
        Stmt::DropTablespace(_) => Class::Outside("DROP TABLESPACE"),
        // A slot is made unless the options say otherwise; then only the server knows.
        Stmt::CreateSubscription(_) if node.text().find_char('(').is_none() => {
            Class::Outside("CREATE SUBSCRIPTION ... WITH (create_slot = true)")
        }
        Stmt::AlterSystem(_) => Class::Outside("ALTER SYSTEM"),
        Stmt::Discard(_) if words.is(&["discard", "all"]) => Class::Outside("DISCARD ALL"),
        Stmt::Lock(_) => Class::Inside("LOCK TABLE"),
        Stmt::SavepointCreate(_) => Class::Inside("SAVEPOINT"),
        Stmt::ReleaseSavepoint(_) => Class::Inside("RELEASE SAVEPOINT"),
        Stmt::Rollback(_) if words.have("to", 4) => Class::Inside("ROLLBACK TO SAVEPOINT"),
        Stmt::Rollback(_) if words.have("prepared", 4) => Class::Outside("ROLLBACK PREPARED"),
        Stmt::Commit(_) if words.have("prepared", 4) => Class::Outside("COMMIT PREPARED"),
        Stmt::Begin(_) => words.frame(Control::Begin, &["begin", "start", "work", "transaction"]),
        Stmt::Commit(_) => words.frame(Control::Commit, &["commit", "end", "work", "transaction"]),
        Stmt::Rollback(_) => {
            words.frame(Control::Rollback, &["rollback", "abort", "work", "transaction"])
        }
        Stmt::PrepareTransaction(_) => Class::Control(Control::Other),
        _ => Class::Plain,
    }
}

/// The first words of a statement, in lower case.
struct Words {
    first: Vec<String>,
    count: usize,
}

impl Words {
    fn of(stmt: &Stmt) -> Self {
        // Only the short commands are read as words; a large CREATE TABLE is not walked.
        let wanted = matches!(
            stmt,
            Stmt::CreateIndex(_)
                | Stmt::DropIndex(_)
                | Stmt::Reindex(_)
                | Stmt::Cluster(_)
                | Stmt::AlterDatabase(_)
                | Stmt::Discard(_)
                | Stmt::Rollback(_)
                | Stmt::Commit(_)
                | Stmt::Begin(_)
        );
        let mut words = Self { first: Vec::new(), count: 0 };
        if wanted {
            for token in
                stmt.syntax().descendants_with_tokens().filter_map(SyntaxElement::into_token)
            {
                if !token.kind().is_trivia() {
                    words.first.push(token.text().to_lowercase());
                }
            }
            words.count = words.first.len();
        }
        words
    }

    /// Whether a word is among the first `within`.
    fn have(&self, word: &str, within: usize) -> bool {
        self.first.iter().take(within).any(|first| first == word)
    }

    fn is(&self, words: &[&str]) -> bool {
        self.first == words
    }

    /// A control statement that consists of no more than its frame words.
    fn frame(&self, control: Control, frame: &[&str]) -> Class {
        let plain = self.first.iter().all(|word| frame.contains(&word.as_str()));
        Class::Control(if plain { control } else { Control::Other })
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn statements_are_classified_as_the_server_treats_them() {
        use Control as C;
        for (sql, class) in [
            ("CREATE INDEX i ON t (a)", Class::Plain),
            ("CREATE INDEX CONCURRENTLY i ON t (a)", Class::Outside("CREATE INDEX CONCURRENTLY")),
            (
                "create unique index concurrently if not exists i on t (a)",
                Class::Outside("CREATE INDEX CONCURRENTLY"),
            ),
            ("CREATE INDEX concurrently_i ON t (a)", Class::Plain),
            ("DROP INDEX CONCURRENTLY IF EXISTS i", Class::Outside("DROP INDEX CONCURRENTLY")),
            ("DROP INDEX i", Class::Plain),
            ("REINDEX TABLE CONCURRENTLY t", Class::Outside("REINDEX CONCURRENTLY")),
            ("REINDEX (CONCURRENTLY) INDEX i", Class::Outside("REINDEX CONCURRENTLY")),
            ("REINDEX TABLE t", Class::Plain),
            ("REINDEX SCHEMA public", Class::Outside("REINDEX SCHEMA")),
            ("REINDEX DATABASE", Class::Outside("REINDEX DATABASE")),
            (
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                Class::Outside("ALTER TABLE ... DETACH CONCURRENTLY"),
            ),
            ("ALTER TABLE t DETACH PARTITION p", Class::Plain),
            ("REFRESH MATERIALIZED VIEW CONCURRENTLY v", Class::Plain),
            ("VACUUM (ANALYZE) t", Class::Outside("VACUUM")),
            ("ANALYZE t", Class::Plain),
            ("CLUSTER", Class::Outside("CLUSTER")),
            ("CLUSTER t USING i", Class::Plain),
            ("CREATE DATABASE d", Class::Outside("CREATE DATABASE")),
            ("ALTER SYSTEM SET work_mem = '1MB'", Class::Outside("ALTER SYSTEM")),
            ("DISCARD ALL", Class::Outside("DISCARD ALL")),
            ("DISCARD TEMP", Class::Plain),
            ("ALTER TYPE e ADD VALUE 'x'", Class::Plain),
            ("LOCK TABLE t", Class::Inside("LOCK TABLE")),
            ("SAVEPOINT a", Class::Inside("SAVEPOINT")),
            ("ROLLBACK TO SAVEPOINT a", Class::Inside("ROLLBACK TO SAVEPOINT")),
            ("BEGIN", Class::Control(C::Begin)),
            ("start transaction", Class::Control(C::Begin)),
            ("BEGIN ISOLATION LEVEL SERIALIZABLE", Class::Control(C::Other)),
            ("COMMIT", Class::Control(C::Commit)),
            ("END", Class::Control(C::Commit)),
            ("COMMIT AND CHAIN", Class::Control(C::Other)),
            ("ROLLBACK WORK", Class::Control(C::Rollback)),
            ("ABORT", Class::Control(C::Rollback)),
            ("PREPARE TRANSACTION 'x'", Class::Control(C::Other)),
            ("COMMIT PREPARED 'x'", Class::Outside("COMMIT PREPARED")),
            ("PREPARE p AS SELECT 1", Class::Plain),
        ] {
            let statements = read(sql);
            assert_eq!(statements.len(), 1, "{sql}");
            assert_eq!(statements[0].error, None, "{sql}");
            assert_eq!(statements[0].class, class, "{sql}");
        }
    }
}
