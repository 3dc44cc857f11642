//! Imports real projects' migrations, and compares with what is known of each project: the order
//! in which its files apply, its graph, its ways back, and what must run outside a transaction.
//!
//! The projects lie beside this repository, where they lie at all; else nothing is tested.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use pgmigrate_chain::revision::{Down, Mode};
use pgmigrate_import::{Import, Imported, Note, Options, SourceFile, Style, import};
use pgmigrate_schema::check::{Directory, Source};
use pgmigrate_schema::{Cache, PostgresVersion, Settings, check};

/// One project.
struct Corpus {
    name: String,
    style: Style,
    directory: PathBuf,
    /// The folder of migrations, relative to `directory`, with a `/` at its end.
    root: String,
    order: Vec<String>,
}

impl Corpus {
    fn read(directory: PathBuf) -> Option<Self> {
        let meta = fs::read(directory.join("meta.json")).ok()?;
        let meta: serde_json::Value = serde_json::from_slice(&meta).expect("meta.json is JSON");
        let style: Style = meta["style"].as_str()?.parse().ok()?;
        let order = lines(&directory.join("order.txt"));
        let mut root = Path::new(order.first()?).parent()?;
        if matches!(style, Style::Diesel | Style::Prisma | Style::DagYaml) {
            root = root.parent()?;
        }
        let root = format!("{}/", root.to_str()?);
        Some(Self { name: meta["name"].as_str()?.to_owned(), style, directory, root, order })
    }

    fn files(&self) -> Vec<SourceFile> {
        let mut files = Vec::new();
        let root = self.directory.join(&self.root);
        let mut directories = vec![root.clone()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).expect("the directory can be read") {
                let path = entry.expect("the entry can be read").path();
                if path.is_dir() {
                    directories.push(path);
                    continue;
                }
                let bytes = fs::read(&path).expect("the file can be read");
                let path = path.strip_prefix(&root).expect("it is below").to_str();
                files.push(SourceFile { path: path.expect("it is UTF-8").to_owned(), bytes });
            }
        }
        files
    }

    fn options(&self) -> Options {
        let mut options = Options { now: 1_795_305_600, ..Options::default() };
        let before = fs::read(self.directory.join("pre.sql")).ok();
        options.assume = before.map(|bytes| SourceFile { path: "pre.sql".to_owned(), bytes });
        if self.name == "concourse" {
            // Its runner has migrations in Go, which the collection left out, and takes two of
            // one version, of which the collection has only the second in its order.
            options.skip_code = true;
            options.skip = [
                "1626194317_add_job_pauses_table.up.sql",
                "1626194317_add_job_pauses_table.down.sql",
            ]
            .map(str::to_owned)
            .into();
        }
        options
    }

    fn listed(&self, file: &str) -> Vec<String> {
        let path = self.directory.join(file);
        if path.exists() { lines(&path) } else { Vec::new() }
    }

    /// A file's path as the lists of the corpus have it.
    fn full(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("the list can be read");
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[expect(clippy::print_stdout, reason = "a test that tests nothing has to say so")]
fn corpora() -> Vec<Corpus> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|directory| directory.join("shared/corpora"))
        .find(|directory| directory.is_dir());
    let Some(found) = found else {
        println!("skipped: there is no folder shared/corpora above this crate");
        return Vec::new();
    };
    let entries = fs::read_dir(found).expect("the corpora can be read");
    let mut corpora: Vec<Corpus> =
        entries.filter_map(|entry| Corpus::read(entry.ok()?.path())).collect();
    corpora.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(corpora.len() > 15, "there are only {}", corpora.len());
    corpora
}

fn imported(corpus: &Corpus) -> Import {
    import(corpus.style, &corpus.files(), &corpus.options()).unwrap_or_else(|refusals| {
        let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
        panic!("{} is refused:\n{}", corpus.name, refusals.join("\n"))
    })
}

/// The file of the way back, where it is not that of the way forward.
fn down_file(revision: &Imported) -> Option<&String> {
    revision.source.iter().skip(1).find(|path| path.rsplit('.').next() == Some("sql"))
}

#[test]
fn an_import_is_what_is_known_of_the_project() {
    for corpus in corpora() {
        let import = imported(&corpus);
        check_order(&corpus, &import);
        check_parents(&corpus, &import);
        check_irreversible(&corpus, &import);
        check_chain(&corpus, &import);
    }
}

/// The files stand in the project's order, on the way forward and on the way back.
fn check_order(corpus: &Corpus, Import { revisions, .. }: &Import) {
    let ups: Vec<String> = revisions.iter().map(|it| corpus.full(&it.source[0])).collect();
    assert_eq!(ups, corpus.order, "{}", corpus.name);
    let downs = revisions.iter().rev().filter_map(|revision| match corpus.style {
        Style::Goose => revision.text.contains("-- migrate:down").then(|| &revision.source[0]),
        _ => down_file(revision),
    });
    let downs: Vec<String> = downs.map(|path| corpus.full(path)).collect();
    assert_eq!(downs, corpus.listed("order.down.txt"), "{}", corpus.name);
}

/// Each revision follows what it follows in the project: its parents, or the one before it.
fn check_parents(corpus: &Corpus, Import { revisions, .. }: &Import) {
    let graph = corpus.listed("graph.tsv");
    let mut parents: Vec<(String, Vec<String>)> = revisions
        .iter()
        .map(|it| {
            let mut parents: Vec<String> = it.parents.iter().map(ToString::to_string).collect();
            parents.sort();
            (it.revision_id.to_string(), parents)
        })
        .collect();
    let expected: Vec<(String, Vec<String>)> = if corpus.style == Style::DagYaml {
        parents.sort();
        let row = |row: &String| {
            let mut columns = row.split('\t');
            let id = columns.next().expect("an id").to_owned();
            let parents = columns.next().expect("parents").split([' ', ',']);
            let parents: BTreeSet<&str> = parents.filter(|it| !it.is_empty()).collect();
            (id, parents.into_iter().map(str::to_owned).collect())
        };
        graph.iter().skip(1).map(row).collect()
    } else {
        let id = |at: usize| parents[at].0.clone();
        (0..parents.len())
            .map(|at| (id(at), at.checked_sub(1).map(id).into_iter().collect()))
            .collect()
    };
    assert_eq!(parents, expected, "{}", corpus.name);
}

/// A way back whose grammar a server refused is irreversible, and no other.
fn check_irreversible(corpus: &Corpus, Import { notes, .. }: &Import) {
    let refused = corpus.listed("down.failures.txt");
    let refused: BTreeSet<String> = refused
        .iter()
        .filter(|failure| failure.contains("syntax error"))
        // Asked was a server of version 17; a named `NOT NULL` constraint is grammar since 18.
        .filter(|_| corpus.name != "lemmy")
        .filter_map(|failure| Some(failure.split_once(" :: ")?.0.to_owned()))
        .collect();
    assert_eq!(noted_irreversible(corpus, notes), refused, "{}", corpus.name);
}

fn noted_irreversible(corpus: &Corpus, notes: &[Note]) -> BTreeSet<String> {
    let notes = notes.iter().filter(|note| matches!(note, Note::Irreversible { .. }));
    notes.filter_map(|note| Some(corpus.full(&note.place()?.path))).collect()
}

/// What is written has no error when it is read, and runs outside a transaction what the project
/// does.
fn check_chain(corpus: &Corpus, Import { revisions, notes }: &Import) {
    let mut sources: Vec<Source> = revisions
        .iter()
        .map(|it| Source { path: it.file_name.clone(), bytes: it.text.clone().into() })
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let directory = Directory { path: String::new(), sources, lock: None, schema_file: None };
    // The server that takes them all: one wants the grammar of 16.
    let postgres = PostgresVersion::new(17).expect("it is supported");
    let settings = Settings { postgres, ..Settings::default() };
    let checked = check(&directory, &settings, NonZeroUsize::MIN, &Cache::default());
    let errors: Vec<String> = checked.errors().map(|error| format!("{error:?}")).collect();
    assert!(errors.is_empty(), "{}:\n{}", corpus.name, errors.join("\n"));

    let chain = checked.chain.expect("a chain without errors");
    let (mut alone, mut irreversible) = (BTreeSet::new(), BTreeSet::new());
    for revision in revisions {
        let position = chain.graph().position(revision.revision_id.as_str());
        let read = chain.revision(position.expect("the revision is in the chain"));
        if read.up.mode == Mode::Alone {
            alone.insert(corpus.full(&revision.source[0]));
        }
        let down = down_file(revision).unwrap_or(&revision.source[0]);
        match &read.down {
            Down::Section(section) if section.mode == Mode::Alone => {
                alone.insert(corpus.full(down));
            }
            Down::Irreversible(_) => {
                irreversible.insert(corpus.full(down));
            }
            _ => {}
        }
    }
    let listed: BTreeSet<String> = corpus.listed("notx.txt").into_iter().collect();
    let more: Vec<&String> = alone.difference(&listed).collect();
    let less: Vec<&String> = listed.difference(&alone).collect();
    assert!(more.is_empty() && less.is_empty(), "{}: {more:?} {less:?}", corpus.name);
    assert_eq!(irreversible, noted_irreversible(corpus, notes), "{}", corpus.name);
}
