//! Writes revision files.

use std::fmt::Write as _;

use pgmigrate_chain::{Label, RevisionId};

/// How long the slug in a file name may be, in characters. Alembic's default.
const SLUG: usize = 40;

/// What goes into a new revision file.
#[derive(Debug, Clone)]
pub struct Template<'a> {
    /// What the revision does, in one line.
    pub title: &'a str,
    /// Its id.
    pub id: &'a RevisionId,
    /// The revisions that it follows; none for a base.
    pub parents: &'a [RevisionId],
    /// `2026-11-22 01:15:00 UTC`.
    pub created: &'a str,
    /// Its branch labels.
    pub labels: &'a [Label],
    /// What must be applied before it, without being a parent.
    pub depends_on: &'a [String],
    /// The up section.
    pub up: Body<'a>,
    /// The down section; none leaves it out.
    pub down: Option<Body<'a>>,
}

/// A section of a new file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Body<'a> {
    /// What follows `-- migrate:up` on its line, such as `transaction:false`.
    pub options: &'a str,
    /// The lines of the section.
    pub sql: &'a str,
}

impl Template<'_> {
    /// The text of the file.
    pub fn render(&self) -> String {
        let parents = match self.parents {
            [] => "base".to_owned(),
            parents => join(parents.iter().map(RevisionId::as_str)),
        };
        let mut text = format!("-- {}\n--\n", one_line(self.title));
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(text, "-- {key}: {value}");
        };
        line("Revision ID", self.id.as_str());
        line("Revises", &parents);
        line("Create Date", self.created);
        if !self.labels.is_empty() {
            line("Branch Labels", &join(self.labels.iter().map(Label::as_str)));
        }
        if !self.depends_on.is_empty() {
            line("Depends On", &join(self.depends_on.iter().map(String::as_str)));
        }
        section(&mut text, "up", self.up);
        if let Some(down) = self.down {
            section(&mut text, "down", down);
        }
        text
    }

    /// The name of the file: `2026-11-22_3f2a9c1b7d4e_add_user_profile.sql`.
    pub fn file_name(&self) -> String {
        let date = self.created.split(' ').next().unwrap_or_default();
        let slug = slug(self.title);
        let separator = if slug.is_empty() { "" } else { "_" };
        format!("{date}_{}{separator}{slug}.sql", self.id)
    }
}

fn section(text: &mut String, word: &str, body: Body<'_>) {
    let separator = if body.options.is_empty() { "" } else { " " };
    let _ = writeln!(text, "\n-- migrate:{word}{separator}{}", body.options);
    let sql = body.sql.trim_matches(['\n', '\r']).trim_end();
    if !sql.is_empty() {
        text.push_str(sql);
        text.push('\n');
    }
}

fn join<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join(", ")
}

/// A title for a comment line: what is on several lines would end the comment.
fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a title as they go into a file name: lower-case, joined by `_`.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let room = SLUG.saturating_sub(slug.chars().count());
        let word = word.to_lowercase();
        if slug.is_empty() {
            slug.extend(word.chars().take(room));
        } else if word.chars().count() < room {
            slug.push('_');
            slug.push_str(&word);
        } else {
            break;
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_the_design_shows() {
        let id = RevisionId::new("3f2a9c1b7d4e").unwrap();
        let parent = RevisionId::new("91b0c2d3e4f5").unwrap();
        let label = Label::new("billing").unwrap();
        let template = Template {
            title: "add user\nprofile",
            id: &id,
            parents: &[parent],
            created: "2026-11-22 01:15:00 UTC",
            labels: &[label],
            depends_on: &["77aa00bb11cc".to_owned()],
            up: Body { options: "", sql: "\nCREATE TABLE p ();\n\n" },
            down: Some(Body { options: "transaction:false", sql: "" }),
        };
        assert_eq!(template.file_name(), "2026-11-22_3f2a9c1b7d4e_add_user_profile.sql");
        assert_eq!(
            template.render(),
            "-- add user profile\n--\n-- Revision ID: 3f2a9c1b7d4e\n-- Revises: 91b0c2d3e4f5\n\
             -- Create Date: 2026-11-22 01:15:00 UTC\n-- Branch Labels: billing\n\
             -- Depends On: 77aa00bb11cc\n\n-- migrate:up\nCREATE TABLE p ();\n\n\
             -- migrate:down transaction:false\n"
        );
    }

    #[test]
    fn slugs_are_short_and_plain() {
        for (title, expected) in [
            ("Add user's e-mail", "add_user_s_e_mail"),
            ("", ""),
            ("…", ""),
            ("Größe ändern", "größe_ändern"),
            (
                "a very long title that goes on and on and never seems to end",
                "a_very_long_title_that_goes_on_and_on",
            ),
        ] {
            assert_eq!(slug(title), expected);
        }
    }
}
