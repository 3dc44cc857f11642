//! What statements do to a catalog, and which of them the server would refuse.
//!
//! [`Replay::run`] is given one statement after the other. Each either changes the
//! [`Catalog`] as it would change a database's, or is refused with the server's SQLSTATE, or
//! depends on something that is not known: then nothing is said, and what it may have changed is
//! uncertain from there on.
//!
//! A module has the statements of one kind, as methods of [`Run`].

mod alter_table;
mod bound;
mod branches;
mod brought;
mod chain;
mod choose_name;
mod code;
mod column;
mod comment;
mod composite;
mod constraint;
mod creation;
#[cfg(test)]
mod definition_tests;
mod delete;
mod describe;
mod domain;
mod doubt;
mod drop;
mod eval;
mod event_trigger;
mod expression;
mod find;
mod function;
mod index;
mod maintenance;
pub(crate) mod names;
mod not_null;
#[cfg(test)]
mod object_tests;
mod operator_class;
mod options;
mod other;
mod policy;
mod publication;
mod refusal;
mod rename;
mod room;
mod routine;
mod rows;
mod rule;
mod run;
mod schema;
mod sequence;
mod session;
mod set_schema;
mod statistics;
mod table;
mod trigger;
mod type_modifier;
pub(crate) mod types;
mod user_type;
mod view;
mod way_back;

pub(crate) use chain::{Replayed, replay_chain};
pub use chain::{schema_at, schemas_along};
pub(crate) use names::{no_relation, no_schema, plain};
pub(crate) use refusal::{Outcome, Refusal, Stop};
pub(crate) use run::Run;
pub(crate) use types::column_type;

use std::ops::Range;

use crate::ast::{Statement, Transaction};
use crate::catalog::{Catalog, Mark, Place, Session, SourceId};
use crate::diagnostic::{Diagnostic, Span};
use crate::{Code, PostgresVersion, Severity};

/// A catalog, and the texts that made it what it is.
#[derive(Debug, Clone)]
pub struct Replay {
    catalog: Catalog,
    /// The paths of the texts, by [`SourceId`].
    sources: Vec<String>,
    /// The transaction that statements are in.
    open: Option<Open>,
}

/// A transaction that has begun, or a savepoint in it.
#[derive(Debug, Clone)]
struct Open {
    start: State,
    savepoints: Vec<(String, State)>,
}

/// What a rollback goes back to.
#[derive(Debug, Clone)]
struct State {
    mark: Mark,
    session: Session,
    opaque: Option<Place>,
}

impl Replay {
    /// A replay on an empty database.
    pub fn new(version: PostgresVersion) -> Self {
        Self { catalog: Catalog::new(version), sources: Vec::new(), open: None }
    }

    /// The schema as it is now.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The state as bytes, for another build.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let state = (&self.sources, self.catalog.to_bytes());
        postcard::to_stdvec(&state).unwrap_or_default()
    }

    /// Reads what [`Replay::to_bytes`] wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (sources, catalog): (Vec<String>, Vec<u8>) = postcard::from_bytes(bytes).ok()?;
        Some(Self { catalog: Catalog::from_bytes(&catalog)?, sources, open: None })
    }

    pub(crate) fn catalog_mut(&mut self) -> &mut Catalog {
        &mut self.catalog
    }

    /// Begins another text, in a session of its own.
    pub fn source(&mut self, path: &str) -> SourceId {
        self.sources.push(path.to_owned());
        self.end_session();
        SourceId(u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX))
    }

    /// Statements from here on are in one transaction.
    pub fn begin(&mut self) {
        if self.open.is_none() {
            self.catalog.session.transaction += 1;
            self.open = Some(Open { start: self.state(), savepoints: Vec::new() });
        }
    }

    /// The transaction ends.
    pub fn commit(&mut self) {
        self.open = None;
        run::drop_on_commit(&mut self.catalog);
        self.catalog.session.transaction += 1;
    }

    /// The transaction ends, and nothing of it stays.
    pub fn rollback(&mut self) {
        if let Some(open) = self.open.take() {
            self.go_back(&open.start);
        }
        self.catalog.session.transaction += 1;
    }

    fn state(&self) -> State {
        State {
            mark: self.catalog.mark(),
            session: self.catalog.session.clone(),
            opaque: self.catalog.opaque,
        }
    }

    fn go_back(&mut self, state: &State) {
        self.catalog.rollback(state.mark);
        self.catalog.session.clone_from(&state.session);
        self.catalog.opaque = state.opaque;
    }

    /// `BEGIN`, `COMMIT`, `SAVEPOINT` and their like.
    fn transaction(&mut self, statement: &Transaction) {
        let at = |open: &Open, name: &str| open.savepoints.iter().rposition(|(it, _)| it == name);
        match statement {
            Transaction::Begin => self.begin(),
            Transaction::Commit { chain } => {
                self.commit();
                if *chain {
                    self.begin();
                }
            }
            Transaction::Rollback { chain } => {
                self.rollback();
                if *chain {
                    self.begin();
                }
            }
            Transaction::Savepoint(name) => {
                let state = self.state();
                if let Some(open) = &mut self.open {
                    open.savepoints.push((name.text.clone(), state));
                }
            }
            Transaction::Release(name) => {
                if let Some(open) = &mut self.open
                    && let Some(at) = at(open, &name.text)
                {
                    open.savepoints.truncate(at);
                }
            }
            Transaction::RollbackTo(name) => {
                let Some(mut open) = self.open.take() else { return };
                if let Some(at) = at(&open, &name.text) {
                    open.savepoints.truncate(at + 1);
                    let state = open.savepoints[at].1.clone();
                    self.go_back(&state);
                }
                self.open = Some(open);
            }
            // What is prepared is committed by somebody, some time.
            Transaction::Prepare(_) => self.commit(),
            Transaction::CommitPrepared(_) | Transaction::RollbackPrepared(_) => {}
        }
    }

    /// What a session leaves behind goes: settings, and temporary objects.
    fn end_session(&mut self) {
        let transaction = self.catalog.session.transaction + 1;
        self.catalog.session = Session { transaction, ..Session::default() };
        run::drop_temporary(&mut self.catalog);
    }

    /// Runs a statement of the text that began last, which stands in `range` of it.
    ///
    /// A statement that is refused changes nothing. Findings are about that statement only.
    pub fn run(
        &mut self,
        text: &str,
        range: Range<usize>,
        statement: &Statement,
    ) -> Vec<Diagnostic> {
        if let Statement::Transaction(transaction) = statement {
            self.transaction(transaction);
            return Vec::new();
        }
        let last = u32::try_from(self.sources.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let place = Place::new(SourceId(last), range);
        if self.open.is_none() {
            self.catalog.session.transaction += 1;
        }
        let before = self.state();
        let outcome =
            Run::new(&mut self.catalog, text, place, self.open.is_some()).statement(statement);
        match outcome {
            Ok(()) => {
                if self.open.is_none() {
                    run::drop_on_commit(&mut self.catalog);
                }
                let opaque = self.catalog.opaque.filter(|at| *at == place);
                opaque.map(|_| self.opaque(place)).into_iter().collect()
            }
            Err(Stop::Unknown) => {
                self.go_back(&before);
                // What is not understood of a definition is uncertain, and no more than that.
                let definition = !matches!(statement, Statement::CreateTableAs(_));
                if definition && doubt::doubt(&mut self.catalog, statement) {
                    return Vec::new();
                }
                if before.opaque.is_none() && run::may_change_the_schema(statement) {
                    self.catalog.opaque = Some(place);
                    return vec![self.opaque(place)];
                }
                Vec::new()
            }
            Err(Stop::Refused(refusal)) => {
                self.go_back(&before);
                let finding = self.diagnostic(*refusal, place);
                vec![match before.opaque {
                    None => finding,
                    Some(since) => self.doubtful(finding, since),
                }]
            }
        }
    }

    /// A statement of which it is not known what it does, or that nobody could parse.
    pub(crate) fn run_unknown(&mut self, range: Range<usize>) -> Vec<Diagnostic> {
        let last = u32::try_from(self.sources.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let place = Place::new(SourceId(last), range);
        if self.catalog.opaque.is_some() {
            return Vec::new();
        }
        self.catalog.opaque = Some(place);
        vec![self.opaque(place)]
    }

    fn opaque(&self, place: Place) -> Diagnostic {
        Diagnostic::new(Code::OpaqueStatement, "what this does to the schema is not known")
            .at(self.span(place))
            .help("say what it does below it: `-- migrate:assume CREATE TABLE …;`")
            .help("from here on, names that are not known are let through")
    }

    /// What would be an error, if nothing unknown had happened before.
    fn doubtful(&self, finding: Diagnostic, since: Place) -> Diagnostic {
        let mut doubtful = Diagnostic::new(Code::Doubtful, finding.message);
        doubtful.primary = finding.primary;
        doubtful.secondary = finding.secondary;
        doubtful.help = finding.help;
        doubtful.also(self.span(since).label("what this does to the schema is not known"))
    }

    fn span(&self, place: Place) -> Span {
        let path = self.sources.get(place.source.0 as usize).map_or("", String::as_str);
        Span::new(path, place.range())
    }

    fn diagnostic(&self, refusal: Refusal, place: Place) -> Diagnostic {
        let range = refusal.range.map_or(place.range(), crate::ast::TextRange::range);
        let span = self.span(Place::new(place.source, range)).label(refusal.label);
        let mut finding = Diagnostic::new(refusal.code, refusal.message).at(span);
        for (place, label) in refusal.also {
            finding = finding.also(self.span(place).label(label));
        }
        for help in refusal.help {
            finding = finding.help(help);
        }
        debug_assert_eq!(finding.severity, Severity::Error);
        finding
    }
}
