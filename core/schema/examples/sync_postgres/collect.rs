//! What one server says, as lines without versions.

use std::collections::BTreeSet;

use pgmigrate_scratch::Server;
use postgres::{Client, SimpleQueryMessage};

use crate::Error;
use crate::kinds::{KINDS, SETTINGS};

/// What a fresh cluster has.
pub(crate) fn server(server: &Server) -> Result<BTreeSet<String>, Error> {
    let database = server.fresh_database()?;
    let mut client = database.connect()?;
    let mut lines = objects(&mut client, "")?;
    client.batch_execute(include_str!("settings.sql"))?;
    lines.extend(query(&mut client, 'g', SETTINGS)?);
    Ok(lines)
}

/// What an extension brings; none when the server does not have it.
pub(crate) fn extension(
    server: &Server,
    name: &str,
    bundled: bool,
) -> Result<Option<BTreeSet<String>>, Error> {
    let database = server.fresh_database()?;
    let mut client = database.connect()?;
    let available = "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = $1)";
    if !client.query_one(available, &[&name])?.get::<_, bool>(0) {
        return Ok(None);
    }
    client.batch_execute(&format!("CREATE EXTENSION \"{name}\" CASCADE"))?;
    let mut lines = objects(&mut client, name)?;
    let facts = client.query_one(include_str!("extension.sql"), &[&name, &bundled])?;
    lines.insert(format!("x\t{name}\t{}", facts.get::<_, String>(0)));
    Ok(Some(lines))
}

fn objects(client: &mut Client, extension: &str) -> Result<BTreeSet<String>, Error> {
    client.query("SELECT set_config('sync.extension', $1, false)", &[&extension])?;
    client.batch_execute(include_str!("prepare.sql"))?;
    let mut lines = BTreeSet::new();
    for kind in KINDS {
        lines.extend(query(client, kind.letter, kind.query)?);
    }
    Ok(lines)
}

/// The rows of a query as lines, without the empty fields at their ends.
fn query(client: &mut Client, letter: char, query: &str) -> Result<Vec<String>, Error> {
    let messages = client.simple_query(query)?;
    let rows = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    rows.map(|row| {
        let fields: Vec<&str> = (0..row.len()).map(|n| row.get(n).unwrap_or("")).collect();
        let line = format!("{letter}\t{}", fields.join("\t"));
        let fine =
            line.is_ascii() && !line.contains('\n') && line.matches('\t').count() == row.len();
        if !fine {
            return Err(format!("{line:?} cannot be written as a line").into());
        }
        Ok(line.trim_end_matches('\t').to_owned())
    })
    .collect()
}
