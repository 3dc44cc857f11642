//! The driver for the blocking client of the `postgres` crate.

use std::thread;
use std::time::Instant;

use postgres::error::{DbError, ErrorPosition};
use postgres::{Client, SimpleQueryMessage, SimpleQueryRow};

use crate::engine::{Answer, Engine, Failure, Request, ResultSet, Step};
use crate::report::Event;
use crate::server_error::{Position, ServerMessage};

/// Runs an engine to its end on this connection.
pub(crate) fn drive<T>(client: &mut Client, engine: Engine<T>, tell: &mut dyn FnMut(&Event)) -> T {
    let mut session = Session { client, engine };
    let mut answer = Answer::nothing(std::time::Duration::ZERO);
    loop {
        let request = match session.engine.step(answer) {
            Step::Ask(request) => request,
            Step::Done(result) => return result,
        };
        let started = Instant::now();
        let outcome = match request {
            Request::Query(sql) => query(session.client, &sql),
            Request::Wait(time) => {
                thread::sleep(time);
                Ok(Vec::new())
            }
            Request::Tell(event) => {
                tell(&event);
                Ok(Vec::new())
            }
        };
        answer = Answer { outcome, elapsed: started.elapsed() };
    }
}

/// A connection in the hands of an engine. When `tell` panics, the connection is given back
/// without a lock and without an open transaction.
struct Session<'c, T> {
    client: &'c mut Client,
    engine: Engine<T>,
}

impl<T> Drop for Session<'_, T> {
    fn drop(&mut self) {
        if let Some(sql) = self.engine.cleanup() {
            // Where this fails, the connection is broken, and the server cleans up by itself.
            let _ = self.client.batch_execute(&sql);
        }
    }
}

fn query(client: &mut Client, sql: &str) -> Result<Vec<ResultSet>, Failure> {
    let messages = client.simple_query(sql).map_err(failure)?;
    let mut sets: Vec<ResultSet> = Vec::new();
    for message in &messages {
        match message {
            SimpleQueryMessage::RowDescription(_) => sets.push(Vec::new()),
            SimpleQueryMessage::Row(row) => {
                if let Some(set) = sets.last_mut() {
                    set.push(values(row));
                }
            }
            _ => {}
        }
    }
    Ok(sets)
}

fn values(row: &SimpleQueryRow) -> Vec<Option<String>> {
    (0..row.len()).map(|column| row.get(column).map(str::to_owned)).collect()
}

fn failure(error: postgres::Error) -> Failure {
    match error.as_db_error() {
        Some(error) => Failure::Server(Box::new(message(error))),
        None => Failure::Connection(Box::new(error)),
    }
}

fn message(error: &DbError) -> ServerMessage {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let place = |position: &u32| usize::try_from(*position).unwrap_or(usize::MAX);
    ServerMessage {
        // The severity that is not translated, from PostgreSQL 9.6 on.
        severity: error
            .parsed_severity()
            .map_or_else(|| error.severity().to_owned(), |severity| severity.to_string()),
        code: error.code().code().to_owned(),
        message: error.message().to_owned(),
        detail: owned(error.detail()),
        hint: owned(error.hint()),
        position: error.position().map(|position| match position {
            ErrorPosition::Original(position) => Position::Sent(place(position)),
            ErrorPosition::Internal { position, query } => {
                Position::Internal { position: place(position), query: query.clone() }
            }
        }),
        context: owned(error.where_()),
        schema: owned(error.schema()),
        table: owned(error.table()),
        column: owned(error.column()),
        data_type: owned(error.datatype()),
        constraint: owned(error.constraint()),
    }
}
