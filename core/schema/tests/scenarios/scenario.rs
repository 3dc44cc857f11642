//! The files: statements, and what the server said to each.

use std::fs;
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};

use pgmigrate_schema::{PostgresVersion, sql};

/// A file.
#[derive(Debug)]
pub(crate) struct Scenario {
    /// The file's name, without `.sql`.
    pub(crate) name: String,
    pub(crate) text: String,
    /// The server that it is about.
    pub(crate) version: PostgresVersion,
    pub(crate) steps: Vec<Step>,
}

/// One statement of a file.
#[derive(Debug)]
pub(crate) struct Step {
    /// The statement, without its semicolon: a range of the file.
    pub(crate) range: Range<usize>,
    /// The transaction group that it is in, counted from the top.
    pub(crate) group: Option<usize>,
    pub(crate) said: Said,
}

/// What a server said to a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Yes,
    No {
        sqlstate: String,
        message: String,
    },
    /// Nothing: the transaction had failed before.
    Nothing,
}

const ERROR: &str = "-- ERROR ";

impl Said {
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Yes => "says yes".to_owned(),
            Self::No { sqlstate, message } => format!("says {sqlstate}: {message}"),
            Self::Nothing => "says nothing".to_owned(),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (sqlstate, message) = line.strip_prefix(ERROR)?.split_once(": ")?;
        Some(Self::No { sqlstate: sqlstate.to_owned(), message: message.to_owned() })
    }
}

/// The directory of the files.
pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

impl Scenario {
    /// Every file, by name.
    pub(crate) fn all() -> Vec<Self> {
        let mut scenarios: Vec<Self> = fs::read_dir(directory())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
            .map(|path| {
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                Self::new(name, fs::read_to_string(&path).unwrap())
            })
            .collect();
        scenarios.sort_by(|a, b| a.name.cmp(&b.name));
        scenarios
    }

    fn new(name: String, text: String) -> Self {
        let mut steps = Vec::new();
        let (mut group, mut groups, mut failed) = (None, 0, false);
        let mut end = 0;
        for statement in sql::read(&text) {
            let range = statement.range;
            let mut said = Said::Yes;
            for line in text[end..range.start].lines() {
                match line {
                    "-- transaction" => {
                        assert_eq!(group, None, "{name}.sql: groups cannot be nested");
                        (group, failed) = (Some(groups), false);
                        groups += 1;
                    }
                    "-- end" => group = None,
                    _ => said = Said::parse(line).unwrap_or(said),
                }
            }
            if group.is_some() && failed {
                said = Said::Nothing;
            }
            failed |= matches!(said, Said::No { .. });
            end = range.end;
            steps.push(Step { range, group, said });
        }
        let version = oldest(&text);
        let scenario = Self { name, text, version, steps };
        for step in &scenario.steps {
            let line = scenario.start_of_line(step);
            let place = scenario.place(step);
            assert_eq!(line, step.range.start, "{place}: a statement starts its line");
        }
        scenario
    }

    pub(crate) fn sql(&self, step: &Step) -> &str {
        &self.text[step.range.clone()]
    }

    /// `drop.sql:12`.
    pub(crate) fn place(&self, step: &Step) -> String {
        format!("{}.sql:{}", self.name, self.line(step.range.start))
    }

    /// The number of the line that a byte is in.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    fn start_of_line(&self, step: &Step) -> usize {
        self.text[..step.range.start].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The file with other answers, one for each statement. Everything else stays.
    pub(crate) fn with_answers(&self, answers: &[Said]) -> String {
        let mut out = String::new();
        let mut end = 0;
        for (step, said) in self.steps.iter().zip(answers) {
            let gap = &self.text[end..step.range.start];
            out.extend(gap.split_inclusive('\n').filter(|line| Said::parse(line).is_none()));
            if let Said::No { sqlstate, message } = said {
                out.extend([ERROR, sqlstate, ": ", message, "\n"]);
            }
            out.push_str(self.sql(step));
            end = step.range.end;
        }
        out.push_str(&self.text[end..]);
        out
    }

    /// Writes the file with other answers.
    pub(crate) fn write(&self, answers: &[Said]) {
        let text = self.with_answers(answers);
        if text != self.text {
            fs::write(directory().join(format!("{}.sql", self.name)), text).unwrap();
        }
    }
}

/// The oldest version that a file is about.
fn oldest(text: &str) -> PostgresVersion {
    let Some(limits) = text.lines().find_map(|line| line.strip_prefix("-- postgres: ")) else {
        return PostgresVersion::default();
    };
    let (start, end) = limits.split_once('-').unwrap_or((limits, limits));
    let known = PostgresVersion::KNOWN;
    let limits: RangeInclusive<u8> =
        start.parse().unwrap()..=if end.is_empty() { *known.end() } else { end.parse().unwrap() };
    let oldest = known.into_iter().find(|major| limits.contains(major)).unwrap();
    PostgresVersion::new(oldest).unwrap()
}
