//! A graph: a directory a migration, whose `metadata.yaml` names its parents.
//!
//! Of YAML, only what these files need is read: keys at the left margin with one value, or a
//! list on the same line or on lines of its own. Anything else is refused.

use super::names::{self, Files};
use super::{Direction, Migrating, Part, Role, Settings, Text, Tool, Version, key_value};
use crate::{Place, Refusal};

pub(crate) struct DagYaml;

const FILES: Files = Files { up: "up.sql", down: "down.sql", settings: Some("metadata.yaml") };

impl Tool for DagYaml {
    fn expected(&self) -> &'static str {
        "<id>/up.sql, down.sql or metadata.yaml"
    }

    fn role(&self, path: &str) -> Role {
        names::in_directory(path, FILES, |directory| {
            let (number, rest) = names::number(directory)?;
            let name = if rest.is_empty() { rest } else { rest.strip_prefix('_')? };
            Some((Version::number(number), name.to_owned()))
        })
    }

    fn settings(&self, file: Text<'_>) -> Result<Settings, Refusal> {
        let mut settings = Settings::default();
        for entry in read(file)? {
            match (entry.key, entry.values.as_slice()) {
                ("name", [name]) => settings.name = Some((*name).to_owned()),
                ("parent", [parent]) => settings.parents.push(Version::number(parent)),
                ("parents", parents) => {
                    settings.parents.extend(parents.iter().map(|parent| Version::number(parent)));
                }
                ("createIndexConcurrently", [word]) if is_bool(word) => {
                    settings.alone = *word == "true";
                }
                ("privileged", [word]) if is_bool(word) => settings.privileged = *word == "true",
                // Whether it can be run twice, which no chain needs to know.
                ("nonIdempotent", [word]) if is_bool(word) => {}
                (key, _) => {
                    let what = format!("`{key}` is not understood, or its value is not");
                    return Err(refusal(file, entry.line, what));
                }
            }
        }
        Ok(settings)
    }

    fn parts(&self, file: &Migrating<'_>) -> Result<Vec<Part>, Vec<Refusal>> {
        // An index is built concurrently on the way forward; the way back is as any other.
        Ok(vec![file.whole(file.settings.alone && file.direction == Direction::Up)])
    }

    fn is_graph(&self) -> bool {
        true
    }
}

fn is_bool(word: &str) -> bool {
    matches!(word, "true" | "false")
}

/// A key with its value, or the values of its list.
struct Entry<'a> {
    line: usize,
    key: &'a str,
    values: Vec<&'a str>,
}

fn read(file: Text<'_>) -> Result<Vec<Entry<'_>>, Refusal> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (index, full) in file.text.lines().enumerate() {
        let number = index + 1;
        let line = without_comment(full).trim_end();
        if line.trim().is_empty() || line == "---" {
            continue;
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            let list = entries.last_mut().filter(|entry| entry.key == "parents");
            let Some(list) = list else {
                return Err(refusal(file, number, "a list is not expected here".to_owned()));
            };
            list.values.push(key_value::unquote(item.trim()));
            continue;
        }
        let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with(' ')) else {
            return Err(refusal(file, number, format!("`{full}` is not `key: value`")));
        };
        let value = value.trim();
        let values = match value.strip_prefix('[').map(|list| list.strip_suffix(']')) {
            Some(Some(list)) => {
                list.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
            }
            Some(None) => return Err(refusal(file, number, "the list does not end".to_owned())),
            None if value.is_empty() => Vec::new(),
            None => vec![value],
        };
        if entries.iter().any(|entry| entry.key == key) {
            return Err(refusal(file, number, format!("`{key}` is there twice")));
        }
        let values = values.into_iter().map(key_value::unquote).collect();
        entries.push(Entry { line: number, key, values });
    }
    Ok(entries)
}

/// A line up to its comment: a `#` after white space, outside of quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '#' && before.is_whitespace() => return &line[..at],
            None if matches!(c, '"' | '\'') && before.is_whitespace() => quote = Some(c),
            _ => {}
        }
        before = c;
    }
    line
}

fn refusal(file: Text<'_>, line: usize, what: String) -> Refusal {
    Refusal::NotUnderstood { place: Place::line(file.path, line), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_migrations() {
        names::testing::check(
            &DagYaml,
            &[
                ("1528395943/up.sql", "up 1528395943|"),
                ("1528395943_add_hash/down.sql", "down 1528395943|add_hash"),
                ("1528395943/metadata.yaml", "settings 1528395943"),
                ("squashed.sql", "unreadable"),
                ("gen.go", "other"),
                ("1x/up.sql", "unreadable"),
            ],
        );
    }

    #[test]
    fn metadata_is_read() {
        let text = "---\nname: 'it: a # name' # why\nparents: [1, \"2\"]\ncreateIndexConcurrently: true\n\
                    privileged: true\nnonIdempotent: false\n";
        let settings = DagYaml.settings(Text { path: "1/metadata.yaml", text });
        assert_eq!(
            settings,
            Ok(Settings {
                name: Some("it: a # name".into()),
                parents: versions(&["1", "2"]),
                alone: true,
                placeholders: true,
                privileged: true,
            })
        );
        for (text, parents) in [
            ("parent: 5\n", vec!["5"]),
            ("parents: []\n", vec![]),
            ("parents:\n", vec![]),
            ("parents:\n  - 1\n  - 2\n", vec!["1", "2"]),
            ("parents:\n- 1\n", vec!["1"]),
        ] {
            let settings = DagYaml.settings(Text { path: "1/metadata.yaml", text });
            assert_eq!(settings.map(|settings| settings.parents), Ok(versions(&parents)), "{text}");
        }
    }

    fn versions(texts: &[&str]) -> Vec<Version> {
        texts.iter().map(|text| Version::number(text)).collect()
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, expected) in [
            ("name: a\nfoo: 1\n", "m:2: `foo` is not understood"),
            ("privileged: maybe\n", "m:1: `privileged` is not understood, or its value is not"),
            ("name: a\n  more\n", "m:2: `  more` is not `key: value`"),
            ("name:\n - a\n", "m:2: a list is not expected here"),
            ("parents: [1\n", "m:1: the list does not end"),
            ("parent: 1\nparent: 2\n", "m:2: `parent` is there twice"),
        ] {
            let refused = DagYaml.settings(Text { path: "m", text }).expect_err(text);
            assert!(refused.to_string().starts_with(expected), "{refused}");
        }
    }
}
