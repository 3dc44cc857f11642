//! A side of a comparison: the schema after some revisions, or that of a file.

use std::fs;
use std::path::Path;

use pgmigrate_chain::Purpose;
use pgmigrate_schema::replay::{Replay, schema_at};
use pgmigrate_schema::{Diagnostic, Settings, sql};

use crate::Context;
use crate::chain::OpenChain;
use crate::error::{CommandError, Kind};
use crate::findings::line_and_column;
use crate::lookup::Lookup;

/// The schema that a revision identifier or the path of a file of SQL stands for.
pub(crate) fn read(
    context: &Context,
    open: &OpenChain,
    typed: &str,
) -> Result<Replay, CommandError> {
    let settings = &open.project.config.settings;
    let is_file = Path::new(typed).extension().is_some_and(|extension| extension == "sql");
    if is_file {
        return of_file(Path::new(typed), settings);
    }
    let positions = Lookup::new(context, open).revisions(typed, Purpose::RangeEnd)?;
    Ok(schema_at(&open.chain, &positions, settings))
}

/// The schema that a file of SQL makes on an empty server.
pub(crate) fn of_file(path: &Path, settings: &Settings) -> Result<Replay, CommandError> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        CommandError::new(Kind::Usage, format!("cannot read {shown}: {error}"))
            .hint("name a file of SQL, as `cargo migrate schema > schema.sql` writes it")
    })?;
    let mut replay = Replay::new(settings.postgres);
    replay.source(&shown);
    for statement in sql::read(&text) {
        let failed = |message: &str, at: usize| {
            let (line, column) = line_and_column(&text, at);
            CommandError::new(Kind::Chain, format!("{shown}:{line}:{column}: {message}"))
                .hint("the file has to run on an empty server")
        };
        if let Some(error) = &statement.error {
            return Err(failed(&error.message, error.range.start));
        }
        let Some(tree) = &statement.tree else { continue };
        let found = replay.run(&text, statement.range.clone(), tree);
        if let Some(error) = found.into_iter().find(Diagnostic::is_error) {
            let at = error.primary.as_ref().map_or(statement.range.start, |it| it.range.start);
            return Err(failed(&error.message, at));
        }
    }
    Ok(replay)
}
