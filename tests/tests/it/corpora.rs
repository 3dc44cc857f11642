//! The migrations of real projects: imported, applied and undone, they make the schema that psql
//! makes of the same files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pgmigrate_scratch::Database;
use pgmigrate_tests::corpus::{Corpus, Way, folder};
use pgmigrate_tests::ended::Ended;
use pgmigrate_tests::psql::{Psql, Ran, first_difference};
use pgmigrate_tests::servers;

use crate::command::migrate;

/// One test a project.
macro_rules! projects {
    ($($name:ident),* $(,)?) => {
        /// Every project.
        pub(crate) const PROJECTS: &[&str] = &[$(stringify!($name)),*];
        $(
            #[test]
            fn $name() {
                test(stringify!($name));
            }
        )*
    };
}

projects![
    atuin_server,
    authelia,
    bors,
    chirpstack,
    concourse,
    crates_io,
    docs_rs,
    hmpps_interventions,
    kestra,
    langfuse,
    lemmy,
    mattermost,
    neon_storcon,
    openfga,
    rauthy,
    river,
    sourcegraph2022_codeinsights,
    sourcegraph2022_codeintel,
    sourcegraph2022_frontend,
    umami,
    zksync_era,
];

/// Its migrations are Python, which there is no import for.
const NOT_SQL: &str = "prefect";

#[test]
fn every_project_is_tested() {
    let Some(folder) = folder() else { return skip("there is no folder shared/corpora") };
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found: BTreeSet<String> = entries
        .filter(|path| path.join("meta.json").exists())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != NOT_SQL)
        .collect();
    assert_eq!(found, PROJECTS.iter().map(|&name| name.to_owned()).collect());
}

fn skip(why: &str) {
    println!("skipped: {why}");
}

fn test(name: &str) {
    let Some(corpus) = Corpus::find(name) else { return skip("there is no folder shared/corpora") };
    let server = servers::shared();
    let Some(psql) = Psql::of(&server) else { return skip("there is no psql to compare with") };
    if server.binaries().version().major() < corpus.needs_postgres() {
        return skip("the server is too old for this project");
    }
    let scene = Scene::new(&corpus, psql);
    let Ran { error, .. } = scene.psql_up(0);
    assert_eq!(error, None, "psql does not take the files of {name}");
    scene.migrate("upgrade", &[]).succeeds();
    assert_eq!(scene.applied(), corpus.up.len());
    scene.compare("after the upgrade");
    assert!(scene.psql.schema(&scene.ours).contains("CREATE TABLE"), "there is nothing to compare");

    let undone = scene.down();
    println!("{name}: {undone} of {} undone", corpus.up.len());
    if corpus.down.len() == corpus.up.len() && !corpus.directory.join("down.failures.txt").exists()
    {
        assert_eq!(undone, corpus.up.len(), "psql goes all the way down");
    }
    scene.up_again(undone);
}

/// One database for us, one for psql.
struct Scene<'a> {
    corpus: &'a Corpus,
    psql: Psql,
    ours: Database,
    theirs: Database,
    directory: tempfile::TempDir,
}

impl<'a> Scene<'a> {
    /// Imports and checks the chain.
    fn new(corpus: &'a Corpus, psql: Psql) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let folder = corpus.folder();
        let mut import = vec!["import", &*corpus.style, folder.to_str().unwrap(), "--dir", "chain"];
        import.extend(corpus.import_options());
        let before = corpus.before();
        if let Some(before) = &before {
            import.extend(["--assume", before.to_str().unwrap()]);
        }
        migrate(directory.path(), &import).succeeds();
        migrate(directory.path(), &["check", "--dir", "chain"]).succeeds();
        let (ours, theirs) = (servers::database(), servers::database());
        for database in [&ours, &theirs] {
            if let Some(before) = &before {
                psql.run_file(database, before);
            }
        }
        Self { corpus, psql, ours, theirs, directory }
    }

    fn migrate(&self, command: &str, arguments: &[&str]) -> Ended {
        let url = self.ours.url();
        let mut all = vec![command, "--dir", "chain", "--database-url", &url];
        all.extend(arguments);
        migrate(self.directory.path(), &all)
    }

    /// How many revisions our database has.
    fn applied(&self) -> usize {
        servers::history(&mut servers::connect(&self.ours)).len()
    }

    /// psql runs the files forward, from one on.
    fn psql_up(&self, from: usize) -> Ran {
        self.psql.run(&self.theirs, self.corpus, &self.corpus.up[from..], Way::Up)
    }

    /// Both databases have the same schema.
    #[track_caller]
    fn compare(&self, when: &str) {
        let (ours, theirs) = (self.psql.schema(&self.ours), self.psql.schema(&self.theirs));
        if let Some(difference) = first_difference(&ours, &theirs) {
            panic!("{} {when}: the schemas differ in {difference}", self.corpus.name);
        }
    }

    /// Goes down as far as the project's own files do, and says how many revisions that is.
    fn down(&self) -> usize {
        let before = self.applied();
        let mut ended = self.migrate("downgrade", &["base"]);
        if ended.code == Some(6) {
            assert_eq!(self.applied(), before, "a refused downgrade does nothing");
            let stays = self.last_without_way_back(&ended);
            ended = self.migrate("downgrade", &[&stays]);
        }
        let undone = before - self.applied();
        let files = &self.corpus.down;
        let ran = self.psql.run(&self.theirs, self.corpus, &files[..undone], Way::Down);
        assert_eq!(ran, Ran { files: undone, error: None }, "psql does not come as far: {ended}");
        if ended.code == Some(0) {
            self.compare("after the downgrade");
            return undone;
        }
        // The server refuses what it refuses to psql.
        let ended = ended.exits(8);
        let next = &files[undone..=undone];
        self.compare("after the failed downgrade");
        let ran = self.psql.run(&self.theirs, self.corpus, next, Way::Down);
        assert_eq!(ran.files, 0, "psql undoes {next:?}, and we do not: {ended}");
        ended.complains(&ran.error.unwrap());
        undone
    }

    /// The first revision, from the top, that the error says cannot be undone.
    fn last_without_way_back(&self, ended: &Ended) -> String {
        let ended = ended.clone().complains("error: the way down is closed: ");
        let history = servers::history(&mut servers::connect(&self.ours));
        let named = |id: &&String| {
            [format!(" {id} is irreversible"), format!(" {id} has no down section")]
                .iter()
                .any(|words| ended.stderr.contains(words))
        };
        let closed: Vec<&String> = history.iter().filter(named).collect();
        for id in &closed {
            let path = self.file(id);
            let text = fs::read_to_string(&path).unwrap();
            let has_way_back = text.contains("\n-- migrate:down\n")
                || text.contains("\n-- migrate:down transaction:false\n");
            assert!(!has_way_back, "{} has a way back", path.display());
        }
        (*closed.last().unwrap_or_else(|| panic!("no revision is named: {ended}"))).clone()
    }

    fn file(&self, id: &str) -> std::path::PathBuf {
        let directory: &Path = &self.directory.path().join("chain");
        let mut entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
        let is_it = |path: &std::path::PathBuf| path.to_str().unwrap().contains(&format!("_{id}_"));
        entries.find(is_it).unwrap_or_else(|| panic!("there is no file of {id}"))
    }

    /// Goes up once more, as far as psql does.
    fn up_again(&self, undone: usize) {
        let from = self.corpus.up.len() - undone;
        let ran = self.psql_up(from);
        let ended = self.migrate("upgrade", &[]);
        assert_eq!(self.applied(), from + ran.files, "{ended}");
        match ran.error {
            None => ended.succeeds(),
            Some(error) => ended.exits(8).complains(&error),
        };
        self.compare("after the second upgrade");
    }
}
