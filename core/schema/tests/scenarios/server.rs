//! The truth: what a real server says.

use std::collections::BTreeMap;

use pgmigrate_schema::PostgresVersion;
use pgmigrate_scratch::{Scratch, Server};
use postgres::Client;

use super::scenario::{Said, Scenario};

/// Asks the servers of the versions that the files are about. The answers are those to each
/// statement; none for a file whose version is not to be had here.
pub(crate) fn ask_all(scenarios: &[Scenario]) -> Vec<Option<Vec<Said>>> {
    let mut servers: BTreeMap<PostgresVersion, Option<Server>> = BTreeMap::new();
    let ask_one = |scenario: &Scenario| {
        let version = scenario.version;
        let server = servers.entry(version).or_insert_with(|| {
            let started = Scratch::new().version(version.major().into()).start();
            started.inspect_err(|error| println!("PostgreSQL {version} skipped: {error}")).ok()
        });
        server.as_ref().map(|server| ask(server, scenario))
    };
    scenarios.iter().map(ask_one).collect()
}

fn ask(server: &Server, scenario: &Scenario) -> Vec<Said> {
    let database = server.fresh_database().unwrap();
    let mut client = database.connect().unwrap();
    let mut answers = Vec::new();
    let mut open = None;
    let mut failed = false;
    for step in &scenario.steps {
        if step.group != open {
            end(&mut client, open.is_some(), failed);
            if step.group.is_some() {
                client.batch_execute("BEGIN").unwrap();
            }
            (open, failed) = (step.group, false);
        }
        if open.is_some() && failed {
            answers.push(Said::Nothing);
            continue;
        }
        let said = match client.batch_execute(scenario.sql(step)) {
            Ok(()) => Said::Yes,
            Err(error) => {
                let place = scenario.place(step);
                let error = error.as_db_error().unwrap_or_else(|| panic!("{place}: {error}"));
                Said::No {
                    sqlstate: error.code().code().to_owned(),
                    message: error.message().replace('\n', " "),
                }
            }
        };
        failed = matches!(said, Said::No { .. });
        answers.push(said);
    }
    end(&mut client, open.is_some(), failed);
    drop((client, database));
    drop_roles(server);
    answers
}

fn end(client: &mut Client, open: bool, failed: bool) {
    if open {
        client.batch_execute(if failed { "ROLLBACK" } else { "COMMIT" }).unwrap();
    }
}

/// Roles belong to the server, not to the database: the next file shall not see them.
fn drop_roles(server: &Server) {
    let mut client = server.connect("postgres").unwrap();
    let roles = "SELECT quote_ident(rolname) FROM pg_roles
                 WHERE rolname <> current_user AND NOT starts_with(rolname, 'pg_')";
    for row in client.query(roles, &[]).unwrap() {
        client.batch_execute(&format!("DROP ROLE {}", row.get::<_, &str>(0))).unwrap();
    }
}
