//! Scenarios: what a real server says to a sequence of statements, and what the replay says.
//!
//! A scenario is a file `NAME.sql`. Its statements run in order, as superuser, in an empty
//! database. Each that the server refuses has the server's words above it:
//!
//! ```text
//! CREATE TABLE t (a int);
//!
//! -- ERROR 42703: column "b" of relation "t" does not exist
//! ALTER TABLE t DROP COLUMN b;
//! ```
//!
//! A statement is a transaction of its own, but between the lines `-- transaction` and `-- end`:
//! these statements are one transaction, as in a revision. When one of them fails, all are undone,
//! and those after it do not run; nothing is recorded for them.
//!
//! A line `-- postgres: 17-` (or `15-16`, or `15`) above everything limits the versions. The oldest
//! of them is asked.
//!
//! `BLESS=1 cargo test -p pgmigrate-schema --test scenarios` asks the server and writes its answers
//! into the files; nothing else in them changes. It also writes `known.txt`, the list of what the
//! replay does not yet answer as the server does. That list may only get shorter by mending the
//! replay: an entry that no longer holds fails the test, as does a disagreement that is not in it.
//! To refuse what the server accepts is never allowed.

// `cfg(test)` holds anyhow; written down, it tells clippy that these are tests.
#[cfg(test)]
mod report;
#[cfg(test)]
mod scenario;
#[cfg(test)]
mod server;

#[cfg(test)]
mod tests {
    use std::fmt::{Display, Write as _};
    use std::sync::LazyLock;

    use super::report::{Disagreement, Known, disagreements};
    use super::scenario::Scenario;
    use super::server;

    /// The scenarios as they are, or with `BLESS` set as they should be.
    static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
        let scenarios = Scenario::all();
        if !blessing() {
            return scenarios;
        }
        for (scenario, answers) in scenarios.iter().zip(server::ask_all(&scenarios)) {
            if let Some(answers) = answers {
                scenario.write(&answers);
            }
        }
        Scenario::all()
    });

    fn blessing() -> bool {
        std::env::var_os("BLESS").is_some()
    }

    #[test]
    fn the_server_says_what_the_files_say() {
        let scenarios = &*SCENARIOS;
        let mut wrong = String::new();
        for (scenario, answers) in scenarios.iter().zip(server::ask_all(scenarios)) {
            let Some(answers) = answers else { continue };
            for (step, said) in scenario.steps.iter().zip(answers) {
                if said != step.said {
                    let place = scenario.place(step);
                    let (is, should_be) = (said.describe(), step.said.describe());
                    let _ = writeln!(wrong, "{place}: the server {is}, the file {should_be}");
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}BLESS=1 writes the server's answers into the files");
    }

    fn all_disagreements() -> Vec<Disagreement> {
        SCENARIOS.iter().flat_map(disagreements).collect()
    }

    #[test]
    fn the_replay_refuses_nothing_that_the_server_accepts() {
        let mut found = all_disagreements();
        found.retain(Disagreement::is_false_refusal);
        assert!(found.is_empty(), "{} false refusals\n{}", found.len(), lines(&found));
    }

    #[test]
    fn the_replay_says_what_the_server_says() {
        let found = all_disagreements();
        if blessing() {
            Known::write(&found);
        }
        let (unknown, mended) = Known::read().compare(&found);
        let (news, olds) = (lines(&unknown), lines(&mended));
        let counts = format!("{} new, {} no longer", unknown.len(), mended.len());
        let help = "BLESS=1 writes known.txt anew; it may only get shorter";
        assert!(
            news.is_empty() && olds.is_empty(),
            "new:\n{news}\nno longer:\n{olds}\n{counts}; {help}"
        );
    }

    fn lines(items: impl IntoIterator<Item = impl Display>) -> String {
        items.into_iter().fold(String::new(), |mut out, item| {
            let _ = writeln!(out, "{item}");
            out
        })
    }

    #[test]
    fn the_files_stay_as_they_are_where_the_server_agrees() {
        for scenario in &*SCENARIOS {
            let said: Vec<_> = scenario.steps.iter().map(|step| step.said.clone()).collect();
            assert_eq!(scenario.with_answers(&said), scenario.text, "{}", scenario.name);
        }
    }
}
