//! What the tests share: chains written by hand, databases to apply them to, and a wire that
//! writes down what is sent.

mod role;
mod standby;
pub(crate) mod wire;

pub(crate) use role::Role;
pub(crate) use standby::Standby;

use pgmigrate::chain::{
    Chain, Checksum, Down, Label, Mode, Revision, RevisionId, Section, Statement,
};
use pgmigrate::{Error, Migrations, Report};
use pgmigrate_scratch::{Database, Server};
use postgres::Client;

/// A revision in the making. Its text is laid out as a file would be, so that lines and columns
/// mean something.
pub(crate) struct Rev {
    revision: Revision,
    text: String,
}

/// A revision that revises the one before it in [`chain`].
pub(crate) fn rev(id: &str, up: &[&str]) -> Rev {
    let mut text = format!("-- title of {id}\n--\n-- Revision ID: {id}\n\n-- migrate:up\n");
    let section = section(&mut text, up);
    let revision = Revision {
        id: RevisionId::new(id).unwrap(),
        parents: vec![],
        depends_on: vec![],
        labels: vec![],
        title: format!("title of {id}"),
        created: "2026-11-22 01:15:00 UTC".into(),
        path: format!("migrations/2026-11-22_{id}_x.sql"),
        text: "".into(),
        checksum: Checksum { up: checksum(up), down: None },
        up: section,
        down: Down::Missing,
    };
    Rev { revision, text }
}

impl Rev {
    pub(crate) fn revises(mut self, parents: &[&str]) -> Self {
        self.revision.parents = parents.iter().map(|id| RevisionId::new(*id).unwrap()).collect();
        self
    }

    pub(crate) fn mode(mut self, mode: Mode) -> Self {
        self.revision.up.mode = mode;
        self
    }

    pub(crate) fn down(self, statements: &[&str]) -> Self {
        self.down_in(Mode::Transaction, statements)
    }

    pub(crate) fn down_in(mut self, mode: Mode, statements: &[&str]) -> Self {
        self.text += "\n-- migrate:down\n";
        let mut section = section(&mut self.text, statements);
        section.mode = mode;
        self.revision.down = Down::Section(section);
        self.revision.checksum.down = Some(checksum(statements));
        self
    }

    pub(crate) fn irreversible(mut self, reason: &str) -> Self {
        self.revision.down = Down::Irreversible(reason.into());
        self
    }

    pub(crate) fn label(mut self, label: &str) -> Self {
        self.revision.labels.push(Label::new(label).unwrap());
        self
    }

    pub(crate) fn build(self) -> Revision {
        Revision { text: self.text.into(), ..self.revision }
    }
}

fn section(text: &mut String, statements: &[&str]) -> Section {
    let statements = statements
        .iter()
        .map(|sql| {
            let start = text.len();
            *text += sql;
            let range = start..text.len();
            *text += ";\n";
            Statement { range }
        })
        .collect();
    Section { mode: Mode::Transaction, statements }
}

fn checksum(statements: &[&str]) -> String {
    let bytes = statements.iter().flat_map(|sql| sql.bytes());
    let hash = bytes.fold(7_u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    format!("{hash:016x}")
}

/// Revisions one after the other; those that name their parents keep them.
pub(crate) fn chain(revisions: impl IntoIterator<Item = Rev>) -> Migrations {
    let mut last: Option<RevisionId> = None;
    let revisions = revisions.into_iter().map(|rev| {
        let mut revision = rev.build();
        if revision.parents.is_empty() {
            revision.parents.extend(last.take());
        }
        last = Some(revision.id.clone());
        revision
    });
    graph(revisions.collect())
}

/// Revisions with the parents that they name and no others.
pub(crate) fn graph(revisions: Vec<Revision>) -> Migrations {
    Migrations::from(Chain::new(revisions).unwrap())
}

/// A fresh database on the server that all tests share.
pub(crate) fn database() -> Database {
    Server::shared("runtime").unwrap().fresh_database().unwrap()
}

/// The values of a query with one column, as text.
pub(crate) fn column(client: &mut Client, sql: &str) -> Vec<String> {
    use postgres::SimpleQueryMessage::Row;
    let messages = client.simple_query(sql).unwrap();
    let rows = messages.iter().filter_map(|message| match message {
        Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
        _ => None,
    });
    rows.collect()
}

/// The one value of a query, as text.
pub(crate) fn one(client: &mut Client, sql: &str) -> String {
    let values = column(client, sql);
    assert_eq!(values.len(), 1, "{sql}");
    values[0].clone()
}

/// The ids in the default history table, in the order in which they were applied.
pub(crate) fn history(client: &mut Client) -> Vec<String> {
    column(client, "SELECT revision FROM public.migrate_history ORDER BY applied_at, revision")
}

/// Whether no session holds an advisory lock in this database.
pub(crate) fn is_unlocked(client: &mut Client) -> bool {
    column(
        client,
        "SELECT pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
         WHERE locktype = 'advisory' AND datname = current_database()",
    )
    .is_empty()
}

/// What a report says was done.
pub(crate) fn done(report: &Report) -> Vec<&str> {
    report.done.iter().map(|done| done.revision.as_str()).collect()
}

/// The failure of a revision.
pub(crate) fn failure(error: &Error) -> &pgmigrate::RevisionFailure {
    match error {
        Error::Revision(failure) => failure,
        other => panic!("not the failure of a revision: {other}"),
    }
}

/// Waits for something that takes a moment; fails after 10 seconds.
pub(crate) fn wait_until(mut is_so: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !is_so() {
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "it does not come to pass");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
