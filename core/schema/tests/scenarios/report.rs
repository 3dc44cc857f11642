//! What the replay says, beside what the server says.

use std::fmt::{self, Write as _};
use std::fs;

use pgmigrate_schema::replay::Replay;
use pgmigrate_schema::sql::{self, Class, Statement};

use super::scenario::{Said, Scenario, directory};

/// Where the replay and the server differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disagreement {
    /// `drop.sql:12`.
    place: String,
    kind: Kind,
    file: String,
    /// The statement on one line, cut where it is long.
    statement: String,
    /// What else there is to know, for who mends it.
    note: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// The server accepts, and the replay refuses.
    FalseRefusal { replay: String },
    /// Both refuse, with different SQLSTATEs.
    Wrong { server: String, replay: String },
    /// The server refuses, and the replay accepts.
    Missed { server: String },
}

impl Disagreement {
    pub(crate) fn is_false_refusal(&self) -> bool {
        matches!(self.kind, Kind::FalseRefusal { .. })
    }

    /// As `known.txt` has it: without the line, which moves with every edit above it.
    pub(crate) fn known(&self) -> String {
        format!("{}.sql: {}: {}", self.file, self.kind, self.statement)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FalseRefusal { replay } => write!(f, "false {replay}"),
            Self::Wrong { server, replay } => write!(f, "wrong {replay} for {server}"),
            Self::Missed { server } => write!(f, "missed {server}"),
        }
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}{}", self.place, self.kind, self.statement, self.note)
    }
}

/// Replays a file. After a disagreement the replay goes on as the server would: what the server
/// refused is undone. What the replay wrongly refused cannot be made up for.
pub(crate) fn disagreements(scenario: &Scenario) -> Vec<Disagreement> {
    let statements = sql::read(&scenario.text);
    let mut replay = Replay::new(scenario.version);
    replay.source(&format!("{}.sql", scenario.name));
    let mut found = Vec::new();
    let mut before_group = replay.clone();
    let (mut open, mut failed) = (None, false);
    for (step, statement) in scenario.steps.iter().zip(&statements) {
        if step.group != open {
            end_group(&mut replay, open.is_some(), failed, &before_group);
            if step.group.is_some() {
                before_group = replay.clone();
                replay.begin();
            }
            (open, failed) = (step.group, false);
        }
        let before = replay.clone();
        let (server, kind) = match &step.said {
            Said::Nothing => continue,
            Said::Yes => {
                let Err((state, _)) = run(&mut replay, scenario, statement, open.is_some()) else {
                    continue;
                };
                (None, Kind::FalseRefusal { replay: state })
            }
            Said::No { sqlstate, message } => {
                failed = true;
                let said = run(&mut replay, scenario, statement, open.is_some());
                let server = sqlstate.clone();
                let kind = match said {
                    Err((state, _)) if state == server => continue,
                    Err((replay, _)) => Kind::Wrong { server, replay },
                    Ok(()) => Kind::Missed { server },
                };
                (Some(message), kind)
            }
        };
        let mut note =
            server.map_or_else(String::new, |message| format!("\n    server: {message}"));
        if let Err((_, message)) = run(&mut before.clone(), scenario, statement, open.is_some()) {
            let _ = write!(note, "\n    replay: {message}");
        } else if let Some(opaque) = before.catalog().opaque {
            let line = scenario.line(opaque.range().start);
            let _ = write!(note, "\n    nothing is known since line {line}");
        }
        if failed {
            replay = before;
        }
        found.push(Disagreement {
            place: scenario.place(step),
            kind,
            file: scenario.name.clone(),
            statement: one_line(scenario.sql(step)),
            note,
        });
    }
    found
}

fn end_group(replay: &mut Replay, open: bool, failed: bool, before: &Replay) {
    if open && failed {
        *replay = before.clone();
    } else if open {
        replay.commit();
    }
}

/// The first error of a statement: SQLSTATE and message. The grammar, and what a statement asks of
/// the transaction around it, are looked at before the replay, as the server does.
fn run(
    replay: &mut Replay,
    scenario: &Scenario,
    statement: &Statement,
    in_transaction: bool,
) -> Result<(), (String, String)> {
    if let Some(error) = &statement.error {
        return Err(("42601".to_owned(), error.message.clone()));
    }
    match &statement.class {
        Class::Outside(command) if in_transaction => {
            return Err(("25001".to_owned(), format!("{command} in a transaction")));
        }
        Class::Inside(command) if !in_transaction => {
            return Err(("25P01".to_owned(), format!("{command} without a transaction")));
        }
        _ => {}
    }
    let Some(tree) = &statement.tree else { return Ok(()) };
    let findings = replay.run(&scenario.text, statement.range.clone(), tree);
    match findings.into_iter().find(pgmigrate_schema::Diagnostic::is_error) {
        None => Ok(()),
        Some(finding) => {
            Err((finding.code.sqlstate().unwrap_or("no SQLSTATE").to_owned(), finding.message))
        }
    }
}

fn one_line(sql: &str) -> String {
    const LENGTH: usize = 120;
    let line = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// The list of what is known to differ, sorted.
pub(crate) struct Known(Vec<String>);

impl Known {
    const FILE: &str = "known.txt";

    pub(crate) fn read() -> Self {
        let text = fs::read_to_string(directory().join(Self::FILE)).unwrap_or_default();
        Self(text.lines().map(str::to_owned).collect())
    }

    pub(crate) fn write(found: &[Disagreement]) {
        let mut lines: Vec<String> =
            found.iter().filter(|it| !it.is_false_refusal()).map(Disagreement::known).collect();
        lines.sort();
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        fs::write(directory().join(Self::FILE), text).unwrap();
    }

    /// The disagreements that are not in the list, and the entries that no longer hold.
    pub(crate) fn compare<'a>(
        &self,
        found: &'a [Disagreement],
    ) -> (Vec<&'a Disagreement>, Vec<String>) {
        let mut left = self.0.clone();
        let mut unknown = Vec::new();
        for disagreement in found.iter().filter(|it| !it.is_false_refusal()) {
            let entry = disagreement.known();
            match left.iter().position(|line| *line == entry) {
                Some(at) => drop(left.remove(at)),
                None => unknown.push(disagreement),
            }
        }
        (unknown, left)
    }
}
