//! The server that all tests share, and what else they need of PostgreSQL.

use pgmigrate_scratch::{Database, Server};
use postgres::{Client, SimpleQueryMessage};

/// The server that all tests share.
pub fn shared() -> Server {
    Server::shared("end-to-end").unwrap_or_else(|error| panic!("there is no server: {error}"))
}

/// An empty database on the server that all tests share.
pub fn database() -> Database {
    shared().fresh_database().expect("the server makes a database")
}

/// Connects as superuser.
pub fn connect(database: &Database) -> Client {
    database.connect().expect("the server takes connections")
}

/// The values of a query with one column, as text, with `NULL` for null.
#[track_caller]
pub fn column(client: &mut Client, sql: &str) -> Vec<String> {
    let messages = client.simple_query(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    let value = |message: &SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
        _ => None,
    };
    messages.iter().filter_map(value).collect()
}

/// The ids in the usual history table, the oldest first; none where there is no such table.
pub fn history(client: &mut Client) -> Vec<String> {
    if column(client, "SELECT to_regclass('public.migrate_history')") == ["NULL"] {
        return Vec::new();
    }
    column(client, "SELECT revision FROM public.migrate_history ORDER BY applied_at, revision")
}

/// How many advisory locks are held in the database of a connection.
pub fn advisory_locks(client: &mut Client) -> usize {
    let held = "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database \
                WHERE locktype = 'advisory' AND datname = current_database()";
    column(client, held).len()
}
