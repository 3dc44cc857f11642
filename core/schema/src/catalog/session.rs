//! What a session has, and a database has not: where names are looked up.

use std::collections::BTreeSet;

use super::ObjectId;

/// The state of the session that runs the chain. Each revision begins with a fresh one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `search_path`, as it was set. `"$user"` stands for a schema that nobody knows.
    pub search_path: Vec<String>,
    /// Whether what a function's body names must be there when it is created.
    pub check_function_bodies: bool,
    /// The names of the prepared statements.
    pub prepared: BTreeSet<String>,
    /// The temporary tables that go at the end of the transaction (`ON COMMIT DROP`).
    pub on_commit_drop: Vec<ObjectId>,
    /// Which transaction this is. Two statements with the same number are in one transaction.
    pub transaction: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            search_path: vec!["$user".to_owned(), "public".to_owned()],
            check_function_bodies: true,
            prepared: BTreeSet::new(),
            on_commit_drop: Vec::new(),
            transaction: 0,
        }
    }
}
