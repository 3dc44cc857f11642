//! The file that keeps the schema of the chain, for reviews, where the settings ask for one.

use pgmigrate_chain::Chain;
use pgmigrate_schema::dump;
use pgmigrate_schema::replay::schema_at;

use crate::error::CommandError;
use crate::project::{self, Project};

/// Brings the file up to date with a chain that has no mistakes. Gives its path, if there is to be
/// such a file and it was not up to date.
pub(crate) fn write(project: &Project, chain: &Chain) -> Result<Option<String>, CommandError> {
    let Some(path) = project.schema_file() else { return Ok(None) };
    let replay = schema_at(chain, chain.graph().heads(), &project.config.settings);
    let text = dump::file(replay.catalog());
    if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(None);
    }
    pgmigrate_disk::replace(&path, &text)?;
    Ok(Some(project::shown(&path)))
}
