//! What it means when the server refuses a statement of our own, one on the history table above
//! all: which right is missing, and what gives it.

use crate::error::{ConnectionLost, Permission};
use crate::server_error::ServerError;
use crate::sql::literal;
use crate::{Error, history::HistoryTable};

use super::lock::value;
use super::{Failure, Job, Port, ResultSet};

/// The rights that a statement of ours needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// None that can be missing.
    Nothing,
    /// To make the history table's schema.
    MakeSchema,
    /// To make the history table.
    MakeTable,
    /// To read it.
    Read,
    /// To record a revision.
    Insert,
    /// To forget a revision.
    Delete,
    /// To change rows of any kind.
    Change,
}

/// The error that a failed statement of our own comes to. The connection must not be in a failed
/// transaction, as the server is asked which rights there are.
pub(super) async fn refused(
    port: &Port,
    job: &Job,
    doing: &str,
    need: Need,
    failure: Failure,
) -> Error {
    let message = match failure {
        Failure::Server(message) => message,
        Failure::Connection(cause) => return lost(doing, cause),
    };
    let denied = message.code == "42501" && need != Need::Nothing;
    let error = ServerError::elsewhere(*message);
    let doing = doing.to_owned();
    match if denied { missing(port, &job.table, need).await } else { None } {
        Some((role, grants)) => {
            Error::Permission(Box::new(Permission { role, doing, grants, error }))
        }
        None => Error::Server { doing, error: Box::new(error) },
    }
}

/// The connection broke while no revision ran.
pub(super) fn lost(doing: &str, cause: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::Connection(Box::new(ConnectionLost {
        doing: doing.to_owned(),
        fate: None,
        before: None,
        cause,
    }))
}

/// The role, and the statements that give it what it lacks; none where it seems to lack nothing.
async fn missing(port: &Port, table: &HistoryTable, need: Need) -> Option<(String, Vec<String>)> {
    let sets = port.query(question(table)).await.outcome.ok()?;
    let text = |column| value(&sets, 0, column);
    let role = text(0)?.to_owned();
    let (database, schema, table) = (text(1)?, text(2)?, text(3)?);
    let on_schema = format!("ON SCHEMA {schema}");
    let on_table = format!("ON {schema}.{table}");
    let mut grants = Vec::new();
    let mut grant = |rights: &[(usize, &str)], on: &str| {
        let lacking: Vec<&str> =
            rights.iter().filter(|(c, _)| is_lacking(&sets, *c)).map(|&(_, name)| name).collect();
        if !lacking.is_empty() {
            grants.push(format!("GRANT {} {on} TO {role}", lacking.join(", ")));
        }
    };
    let table_rights: &[(usize, &str)] = match need {
        Need::Nothing | Need::MakeSchema | Need::MakeTable => &[],
        Need::Read => &[SELECT],
        Need::Insert => &[SELECT, INSERT],
        Need::Delete => &[SELECT, DELETE],
        Need::Change => &[SELECT, INSERT, DELETE, UPDATE],
    };
    match need {
        Need::Nothing => {}
        Need::MakeSchema => grant(&[(4, "CREATE")], &format!("ON DATABASE {database}")),
        Need::MakeTable => grant(&[USAGE, (6, "CREATE")], &on_schema),
        _ => {
            grant(&[USAGE], &on_schema);
            grant(table_rights, &on_table);
        }
    }
    (!grants.is_empty()).then_some((role, grants))
}

/// A right that the server says is not there. Of what does not exist, it says nothing.
fn is_lacking(sets: &[ResultSet], column: usize) -> bool {
    value(sets, 0, column) == Some("f")
}

/// Rights, and the columns of the answer to [`question`] that say whether they are there.
const USAGE: (usize, &str) = (5, "USAGE");
const SELECT: (usize, &str) = (7, "SELECT");
const INSERT: (usize, &str) = (8, "INSERT");
const DELETE: (usize, &str) = (9, "DELETE");
const UPDATE: (usize, &str) = (10, "UPDATE");

/// Asks who we are and what we may do: role, database, schema and table as they are written in
/// SQL, and then one truth value a right.
fn question(table: &HistoryTable) -> String {
    let schema_name = literal(table.schema());
    let table_name = literal(table.table());
    let on_schema = |right: &str| {
        format!(
            "(SELECT pg_catalog.has_schema_privilege(n.oid, '{right}') \
             FROM pg_catalog.pg_namespace n \
             WHERE n.nspname OPERATOR(pg_catalog.=) {schema_name})"
        )
    };
    let on_table = |right: &str| {
        format!(
            "(SELECT pg_catalog.has_table_privilege(c.oid, '{right}') \
             FROM pg_catalog.pg_class c \
             JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace \
             WHERE n.nspname OPERATOR(pg_catalog.=) {schema_name} \
             AND c.relname OPERATOR(pg_catalog.=) {table_name})"
        )
    };
    format!(
        "SELECT pg_catalog.quote_ident(current_user), \
         pg_catalog.quote_ident(pg_catalog.current_database()), \
         pg_catalog.quote_ident({schema_name}), pg_catalog.quote_ident({table_name}), \
         pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'), \
         {}, {}, {}, {}, {}, {}",
        on_schema("USAGE"),
        on_schema("CREATE"),
        on_table("SELECT"),
        on_table("INSERT"),
        on_table("DELETE"),
        on_table("UPDATE"),
    )
}
