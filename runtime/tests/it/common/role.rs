//! A database role that is gone after the test.

use pgmigrate_scratch::Database;
use postgres::{Client, Config, NoTls};

/// A role that may log in, and nothing else.
pub(crate) struct Role {
    pub(crate) name: String,
    config: Config,
}

impl Role {
    /// Roles belong to a whole server, so each test has its own: the name begins with the
    /// database's.
    pub(crate) fn new(database: &Database, suffix: &str) -> Self {
        let role = Self { name: format!("{}{suffix}", database.name()), config: database.config() };
        role.admin().batch_execute(&format!("CREATE ROLE {} LOGIN", role.quoted())).unwrap();
        role
    }

    pub(crate) fn connect(&self) -> Client {
        self.config.clone().user(&self.name).connect(NoTls).unwrap()
    }

    fn admin(&self) -> Client {
        self.config.connect(NoTls).unwrap()
    }

    fn quoted(&self) -> String {
        format!("\"{}\"", self.name.replace('"', "\"\""))
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        let name = self.quoted();
        let sql = format!("DROP OWNED BY {name} CASCADE; DROP ROLE {name}");
        // A test that failed may have left more behind; the server does not outlive the run.
        let _ = self.admin().batch_execute(&sql);
    }
}
