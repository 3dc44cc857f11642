//! The replayed schema is the real one: for the migrations of real projects, a database that is
//! made by the statements of `cargo migrate schema` holds what a database holds that the chain
//! itself made, at the head and at ten revisions before it.
//!
//! `differences.txt` has what is known to differ, a line a project and cause, with how often: today
//! nothing. A difference more fails the test, and so does one less; `BLESS=1` writes the file. `PARITY=umami,river` tests some projects, and prints every difference.

mod introspect;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use pgmigrate_chain::{Chain, Mode, Section};
use pgmigrate_schema::{Cache, PostgresVersion, Settings, check, dump, replay, sql};
use pgmigrate_scratch::{Database, Scratch, Server};
use pgmigrate_tests::corpus::{Corpus, folder};
use pgmigrate_tests::ended::Ended;
use pgmigrate_tests::psql::Psql;
use pgmigrate_tests::servers;
use postgres::Client;

use self::introspect::{Difference, Objects, differences, introspect};
use crate::command::migrate;
use crate::corpora::PROJECTS;

/// How many states of a chain are compared, the head included.
const POINTS: usize = 11;

/// Of longer chains, the command is not asked to print the schema as well.
const LONG: usize = 100;

/// How often something differs, by project and cause.
type Known = BTreeMap<(String, String), usize>;

#[test]
fn the_schema_is_what_the_chain_makes() {
    if folder().is_none() {
        println!("skipped: there is no folder shared/corpora");
        return;
    }
    let only = env::var("PARITY").ok();
    let mut wanted: Vec<&str> = match &only {
        Some(only) => only.split(',').collect(),
        None => PROJECTS.to_vec(),
    };
    // The longest first, so that no thread is left with it at the end.
    wanted.sort_by_key(|name| Corpus::find(name).map(|it| Reverse(it.up.len())));
    let found = Mutex::new(BTreeMap::new());
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(name) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(differences) = project(name) {
                        found.lock().unwrap().insert((*name).to_owned(), differences);
                    }
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    let counts = report(&found, only.is_some());
    let mut known = known();
    known.retain(|(project, _), _| found.contains_key(project));
    if env::var_os("BLESS").is_some() && only.is_none() {
        fs::write(file(), known_text(&counts)).unwrap();
    } else {
        assert_eq!(known_text(&counts), known_text(&known), "BLESS=1 writes differences.txt");
    }
}

/// In what the two databases of a project differ, with the number of revisions that they have;
/// none where it cannot be tested.
fn project(name: &str) -> Option<Vec<(usize, Difference)>> {
    let corpus = Corpus::find(name)?;
    let Some(server) = server(&corpus) else {
        println!("skipped: there is no server that is new enough for {name}");
        return None;
    };
    let mut found = Vec::new();
    let scene = match Scene::new(&corpus, &server) {
        Ok(scene) => scene,
        Err(ended) => {
            let cause = "import: refused".to_owned();
            return Some(vec![(0, Difference { cause, detail: ended.stderr })]);
        }
    };
    let order = scene.chain.graph().order();
    let mut counts: Vec<usize> =
        (1..=POINTS).map(|point| order.len() * point / POINTS).filter(|count| *count > 0).collect();
    counts.dedup();
    let schemas = replay::schemas_along(&scene.chain, order, &counts, &scene.settings);
    let mut client = servers::connect(&scene.theirs);
    let mut applied = 0;
    for (&count, schema) in counts.iter().zip(&schemas) {
        for &position in &order[applied..count] {
            scene.apply(&mut client, position);
        }
        applied = count;
        let text = dump::sql(schema.catalog());
        if count == order.len() && count < LONG {
            assert_eq!(scene.printed(), text, "{name}: the command prints the same");
        }
        let differences = scene.compare(&text, &introspect(&mut client));
        found.extend(differences.into_iter().map(|difference| (count, difference)));
    }
    Some(found)
}

/// A server that takes a project's files.
fn server(corpus: &Corpus) -> Option<Server> {
    let shared = servers::shared();
    let needed = corpus.needs_postgres();
    if shared.binaries().version().major() >= needed {
        return Some(shared);
    }
    Scratch::new().version(needed).shared(&format!("parity-{needed}")).ok()
}

/// A chain, and the database that it makes.
struct Scene<'a> {
    server: &'a Server,
    chain: Chain,
    settings: Settings,
    /// Empty: a transaction fills it.
    ours: Database,
    theirs: Database,
    directory: tempfile::TempDir,
}

impl<'a> Scene<'a> {
    /// Imports the chain, and makes a database without any of it. Gives what the import says if
    /// the chain is refused.
    fn new(corpus: &Corpus, server: &'a Server) -> Result<Self, Ended> {
        let directory = tempfile::tempdir().unwrap();
        let from = corpus.folder();
        let mut import = vec!["import", &*corpus.style, from.to_str().unwrap(), "--dir", "chain"];
        import.extend(corpus.import_options());
        let before = corpus.before();
        if let Some(before) = &before {
            import.extend(["--assume", before.to_str().unwrap()]);
        }
        let oldest = u8::try_from(corpus.needs_postgres()).unwrap();
        let manifest = format!(
            "[package]\nname = \"a\"\nversion = \"0.0.0\"\n\n[package.metadata.migrate]\n\
             dir = \"chain\"\npostgres = {oldest}\n"
        );
        fs::write(directory.path().join("Cargo.toml"), manifest).unwrap();
        let imported = migrate(directory.path(), &import);
        if imported.code != Some(0) {
            return Err(imported);
        }
        let postgres = PostgresVersion::new(oldest).unwrap();
        let settings = Settings { postgres, ..Settings::default() };
        let files = pgmigrate_disk::read(&directory.path().join("chain"), "chain", None).unwrap();
        let chain = check(&files, &settings, NonZeroUsize::MIN, &Cache::default()).chain.unwrap();
        let (ours, theirs) = (server.fresh_database().unwrap(), prepared(corpus, server));
        Ok(Self { server, chain, settings, ours, theirs, directory })
    }

    /// Applies a revision, in a session that is as new.
    fn apply(&self, client: &mut Client, position: usize) {
        let revision = self.chain.revision(position);
        client
            .batch_execute("DISCARD ALL")
            .and_then(|()| run_section(client, &revision.text, &revision.up))
            .unwrap_or_else(|error| panic!("{}: {error:?}", revision.path));
    }

    /// What `cargo migrate schema` prints.
    fn printed(&self) -> String {
        migrate(self.directory.path(), &["schema"]).succeeds().stdout
    }

    /// In what a database that a text makes differs from `theirs`. A statement that the server
    /// refuses is a difference, too.
    fn compare(&self, text: &str, theirs: &Objects) -> Vec<Difference> {
        let mut client = servers::connect(&self.ours);
        let whole = client.batch_execute("BEGIN").and_then(|()| client.batch_execute(text));
        if whole.is_ok() {
            // The transaction ends with the session, and leaves the database empty.
            return differences(&introspect(&mut client), theirs);
        }
        let ours = self.server.fresh_database().unwrap();
        let mut client = servers::connect(&ours);
        let mut found = Vec::new();
        for statement in sql::read(text) {
            let statement = &text[statement.range];
            if let Err(error) = client.batch_execute(statement) {
                let (cause, detail) = match error.as_db_error() {
                    Some(error) => (error.code().code().to_owned(), error.message().to_owned()),
                    None => ("no connection".to_owned(), error.to_string()),
                };
                let cause = format!("statement: {cause}");
                found.push(Difference { cause, detail: format!("{detail}\n{statement}") });
            }
        }
        found.extend(differences(&introspect(&mut client), theirs));
        found
    }
}

/// A database with what a project expects to be there.
fn prepared(corpus: &Corpus, server: &Server) -> Database {
    let database = server.fresh_database().unwrap();
    if let Some(before) = corpus.before() {
        let psql = Psql::of(server).expect("there is a psql");
        psql.run_file(&database, &before);
    }
    database
}

/// Runs a section as its mode says.
fn run_section(client: &mut Client, text: &str, section: &Section) -> Result<(), postgres::Error> {
    let one = section.mode == Mode::Transaction;
    if one {
        client.batch_execute("BEGIN")?;
    }
    for statement in &section.statements {
        client.batch_execute(&text[statement.range.clone()])?;
    }
    if one { client.batch_execute("COMMIT") } else { Ok(()) }
}

/// Prints what differs by cause, and counts it.
fn report(found: &BTreeMap<String, Vec<(usize, Difference)>>, every: bool) -> Known {
    let mut counts = Known::new();
    for (project, differences) in found {
        for (revisions, Difference { cause, detail }) in differences {
            let count = counts.entry((project.clone(), cause.clone())).or_default();
            *count += 1;
            if every || *count <= 2 {
                println!("{project} after {revisions} revisions: {cause}: {detail}");
            }
        }
    }
    println!("\n{}", known_text(&counts));
    counts
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/parity/differences.txt")
}

fn known() -> Known {
    let text = fs::read_to_string(file()).unwrap();
    let line = |line: &str| {
        let (project, rest) = line.split_once(' ').unwrap();
        let (count, cause) = rest.split_once(' ').unwrap();
        ((project.to_owned(), cause.to_owned()), count.parse().unwrap())
    };
    text.lines().map(line).collect()
}

fn known_text(known: &Known) -> String {
    known.iter().fold(String::new(), |text, ((project, cause), count)| {
        text + &format!("{project} {count} {cause}\n")
    })
}
