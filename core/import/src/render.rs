//! From a migration to the file of a revision.

use pgmigrate_chain::RevisionId;
use pgmigrate_schema::template::{Body, Template};

use crate::Imported;
use crate::date::Moment;
use crate::gather::Migration;
use crate::section::{Run, Section};

/// Writes one revision. `assumes` are the lines at the top of its up section.
pub(crate) fn revision(
    migration: &Migration,
    id: &RevisionId,
    parents: &[RevisionId],
    created: Moment,
    assumes: &str,
) -> Imported {
    let title = title(&migration.name, id);
    let created = created.to_string();
    let down = migration.down.as_ref().map(|section| (options(section), section));
    let template = Template {
        title: &title,
        id,
        parents,
        created: &created,
        labels: &[],
        depends_on: &[],
        up: Body {
            options: &options(&migration.up),
            sql: &format!("{assumes}{}", migration.up.body),
        },
        down: down.as_ref().map(|(options, section)| Body { options, sql: &section.body }),
    };
    Imported {
        source: migration.sources.clone(),
        revision_id: id.clone(),
        parents: parents.to_vec(),
        file_name: template.file_name(),
        text: template.render(),
    }
}

/// What stands behind a section's marker.
fn options(section: &Section) -> String {
    match &section.run {
        Run::Transaction => String::new(),
        Run::Alone => "transaction:false".to_owned(),
        Run::Irreversible(reason) => format!("irreversible: {reason}"),
    }
}

/// The name of a migration as people would write it. A colon would make it a header's key.
fn title(name: &str, id: &RevisionId) -> String {
    let is_prose = name.contains(' ');
    let ends_word =
        |c: char| c == ':' || c.is_whitespace() || !is_prose && matches!(c, '_' | '-' | '.');
    let words: Vec<&str> = name.split(ends_word).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { format!("migration {id}") } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_read_as_words() {
        let id = RevisionId::new("7").expect("a number is an id");
        for (name, expected) in [
            ("create_users", "create users"),
            ("add-crate-downloads-index", "add crate downloads index"),
            ("Initial_Schema", "Initial Schema"),
            ("sub-repo perms: v1.2", "sub-repo perms v1.2"),
            ("Revision ID: 5", "Revision ID 5"),
            ("__", "migration 7"),
            ("", "migration 7"),
        ] {
            assert_eq!(title(name, &id), expected, "{name}");
        }
    }
}
