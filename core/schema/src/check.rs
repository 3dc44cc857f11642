//! Checks a chain: the one function that the macro and the command line both call.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;

use pgmigrate_chain::{Chain, Graph, GraphError, Node, Revision, RevisionId};

use crate::cache::{Cache, Key};
use crate::diagnostic::{Diagnostic, Span};
use crate::file::{self, Part, Places, RevisionFile, Scripts};
use crate::replay::{Replayed, replay_chain};
use crate::{Code, Lock, Settings};

/// A file, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, as it is shown.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of a chain's directory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    /// The directory, as it is shown.
    pub path: String,
    /// The files that are revisions by their ending (`.sql`, `.rs`), sorted by name.
    pub sources: Vec<Source>,
    /// `migrations.lock`, if there is one.
    pub lock: Option<Source>,
    /// The file that keeps the schema of the chain as SQL, where the settings ask for one; empty
    /// while there is none.
    pub schema_file: Option<Source>,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The chain; none when the graph has mistakes or a file could not be read.
    pub chain: Option<Chain>,
    /// The lock, if there is one that can be read.
    pub lock: Option<Lock>,
    /// The findings: by file, in the order of the files, then those about the chain.
    pub findings: Vec<Diagnostic>,
    /// What the next check may take from this one.
    pub cache: Cache,
    /// The files that the result depends on and that are not revisions of [`Checked::chain`].
    pub tracked: Vec<String>,
    texts: BTreeMap<String, String>,
}

impl Checked {
    /// A check that ended before it began: only findings, no files.
    pub fn failed(findings: Vec<Diagnostic>) -> Self {
        Self {
            chain: None,
            lock: None,
            findings,
            cache: Cache::default(),
            tracked: Vec::new(),
            texts: BTreeMap::new(),
        }
    }

    /// The findings that fail the build.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|finding| finding.is_error())
    }

    /// The text of a file that was checked; empty for one that is not known or not UTF-8.
    pub fn text(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }
}

/// Checks a directory.
///
/// `threads` says how many threads may read files, and `cache` what an earlier check found; the
/// result depends on neither.
pub fn check(
    directory: &Directory,
    settings: &Settings,
    threads: NonZeroUsize,
    cache: &Cache,
) -> Checked {
    let (checked, placed) = check_once(directory, settings, threads, cache);
    // A finding points into a file's header, which the cache does not have.
    if !placed && !cache.is_empty() {
        return check_once(directory, settings, threads, &Cache::default()).0;
    }
    checked
}

/// Checks, and says whether all findings about headers could be placed.
fn check_once(
    directory: &Directory,
    settings: &Settings,
    threads: NonZeroUsize,
    known: &Cache,
) -> (Checked, bool) {
    let mut found = Vec::new();
    let (files, mut cache) = read_files(&directory.sources, threads, known, &mut found);
    let lock = directory.lock.as_ref().and_then(|source| Lock::read(source, &mut found));
    check_presence(directory, lock.as_ref(), &mut found);
    let by_path: BTreeMap<String, RevisionId> =
        files.iter().filter_map(RevisionFile::path_and_id).collect();
    let of_files = found.len();
    let inputs = check_chain(files, lock.as_ref(), &mut found);
    let placed = !found[of_files..].iter().any(Diagnostic::is_error);
    let chain = inputs.map(|mut inputs| {
        let schema_file = directory.schema_file.as_ref();
        let findings = meaning(&mut inputs, settings, known, &mut cache, schema_file, &found);
        found.extend(findings);
        inputs.chain
    });
    for finding in found.iter_mut().filter(|finding| finding.revision.is_none()) {
        let path = finding.primary.as_ref().map(|span| &span.path);
        finding.revision = path.and_then(|path| by_path.get(path)).cloned();
    }

    found.retain_mut(|finding| match settings.severity(finding.code) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    let texts = texts(directory, &found);
    let tracked = directory
        .sources
        .iter()
        .filter(|_| chain.is_none())
        .chain(&directory.lock)
        .chain(directory.schema_file.as_ref().filter(|source| !source.bytes.is_empty()))
        .map(|source| source.path.clone())
        .collect();
    (Checked { chain, lock, findings: found, cache, tracked, texts }, placed)
}

/// The texts of the files that findings are about.
fn texts(directory: &Directory, found: &[Diagnostic]) -> BTreeMap<String, String> {
    let sources: BTreeMap<&str, &Source> = directory
        .sources
        .iter()
        .chain(&directory.lock)
        .map(|source| (source.path.as_str(), source))
        .collect();
    found
        .iter()
        .flat_map(|finding| finding.primary.iter().chain(&finding.secondary))
        .filter_map(|span| {
            let source = sources.get(span.path.as_str())?;
            let text = String::from_utf8(source.bytes.clone()).ok()?;
            Some((span.path.clone(), text))
        })
        .collect()
}

/// How many files make another thread worth its start.
const FILES_A_THREAD: usize = 32;
/// Deeply nested SQL is parsed by recursion. This is address space, not memory: what is not
/// touched costs nothing.
pub(crate) const STACK: usize = 256 << 20;

/// What was read of some of the files.
#[derive(Default)]
struct Read {
    files: Vec<RevisionFile>,
    found: Vec<Diagnostic>,
    cache: Cache,
}

impl Read {
    fn of(sources: &[Source], known: &Cache) -> Self {
        let mut read = Self::default();
        for source in sources {
            let key = Key::of_source(source);
            let before = read.found.len();
            let mut file = match known.get(key, source) {
                Some(revision) => RevisionFile::known(revision, &mut read.found),
                None => read_file(source, &mut read.found),
            };
            file.key = Some(key);
            let clean = read.found[before..].iter().all(|it| it.code == Code::MissingDown);
            if let Some(revision) = file.revision.as_ref().filter(|_| clean) {
                read.cache.put(key, revision);
            }
            read.files.push(file);
        }
        read
    }
}

fn read_files(
    sources: &[Source],
    threads: NonZeroUsize,
    known: &Cache,
    found: &mut Vec<Diagnostic>,
) -> (Vec<RevisionFile>, Cache) {
    let chunk = sources.len().div_ceil(threads.get()).max(FILES_A_THREAD);
    let parts: Vec<Read> = std::thread::scope(|scope| {
        let handles: Vec<_> = sources
            .chunks(chunk)
            .map(|sources| {
                let thread = std::thread::Builder::new().stack_size(STACK);
                (sources, thread.spawn_scoped(scope, move || Read::of(sources, known)))
            })
            .collect();
        handles
            .into_iter()
            .map(|(sources, handle)| match handle {
                // A system that gives no thread gets the work done here.
                Err(_) => Read::of(sources, known),
                Ok(handle) => {
                    handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                }
            })
            .collect()
    });
    let mut files = Vec::with_capacity(sources.len());
    let mut cache = Cache::default();
    for mut part in parts {
        files.append(&mut part.files);
        found.append(&mut part.found);
        cache.append(part.cache);
    }
    (files, cache)
}

fn read_file(source: &Source, found: &mut Vec<Diagnostic>) -> RevisionFile {
    let rust = std::path::Path::new(&source.path).extension().is_some_and(|ext| ext == "rs");
    if !rust {
        return file::read(source, found);
    }
    found.push(
        Diagnostic::new(
            Code::UnsupportedRevision,
            format!("{} is written in Rust, which this version cannot run", source.path),
        )
        .at(Span::file(&source.path))
        .help("write the revision in SQL, or move the file out of the directory"),
    );
    RevisionFile {
        revision: None,
        claimed: None,
        header: Places::default(),
        scripts: None,
        key: None,
    }
}

fn check_presence(directory: &Directory, lock: Option<&Lock>, found: &mut Vec<Diagnostic>) {
    let path = &directory.path;
    if directory.sources.is_empty() {
        // What the lock had is missed one by one.
        if lock.is_some_and(|lock| !lock.is_empty()) {
            return;
        }
        let mut finding = Diagnostic::new(Code::EmptyChain, format!("{path} has no revision"))
            .help("write the first one with `cargo migrate new -m \"what it does\"`");
        if directory.lock.is_none() {
            finding = finding.help(
                "if the chain is elsewhere, say so: `dir` under `[package.metadata.migrate]`",
            );
        }
        found.push(finding);
    } else if directory.lock.is_none() {
        found.push(
            Diagnostic::new(
                Code::MissingLock,
                format!("{path} has no {}", crate::lock::FILE_NAME),
            )
            .help("write it with `cargo migrate lock`, and commit it: it is how an edit of a revision that others have applied is noticed"),
        );
    }
}

/// The graph, its heads and bases, and the lock.
fn check_chain(
    files: Vec<RevisionFile>,
    lock: Option<&Lock>,
    found: &mut Vec<Diagnostic>,
) -> Option<Inputs> {
    let mut broken: Vec<RevisionId> = Vec::new();
    let mut whole = true;
    let mut revisions = Vec::with_capacity(files.len());
    let mut places = Vec::with_capacity(files.len());
    let mut scripts = Vec::with_capacity(files.len());
    let mut keys = Vec::with_capacity(files.len());
    for file in files {
        if let Some(revision) = file.revision {
            revisions.push(revision);
            places.push(file.header);
            scripts.push(file.scripts);
            keys.extend(file.key);
        } else {
            whole = false;
            broken.extend(file.claimed);
        }
    }
    let (graph, errors) = Graph::build(revisions.iter().map(Node::from).collect());
    let view = View { revisions: &revisions, places: &places };
    let mut sound = whole;
    for error in &errors {
        // A parent whose file is there but cannot be read has its own finding.
        let follows_from = match error {
            GraphError::MissingParent { parent, .. } => broken.contains(parent),
            GraphError::MissingDependency { name, .. } => {
                !whole || broken.iter().any(|id| id.as_str() == name)
            }
            _ => false,
        };
        sound = false;
        if !follows_from {
            found.push(view.graph_error(error));
        }
    }
    if sound {
        found.extend(view.several_heads(&graph));
        found.extend(view.several_bases(&graph));
    }
    if let Some(lock) = lock.filter(|_| whole && duplicates(&errors) == 0) {
        let place = |revision: &Revision, part| view.part(revision, part);
        lock.compare(&revisions, place, found);
    }
    if !sound || revisions.is_empty() {
        return None;
    }
    Some(Inputs { chain: Chain::new(revisions).ok()?, scripts, keys })
}

/// What a replay needs.
struct Inputs {
    chain: Chain,
    scripts: Vec<Option<Scripts>>,
    keys: Vec<Key>,
}

/// What the replay of the chain finds.
fn meaning(
    inputs: &mut Inputs,
    settings: &Settings,
    known: &Cache,
    cache: &mut Cache,
    schema_file: Option<&Source>,
    earlier: &[Diagnostic],
) -> Vec<Diagnostic> {
    // A file whose sections are not what was meant would be followed by findings about the rest.
    let unread = [Code::MissingUpSection, Code::DuplicateSection, Code::BadMarker];
    if earlier.iter().any(|finding| unread.contains(&finding.code)) {
        return Vec::new();
    }
    let scripts = std::mem::take(&mut inputs.scripts);
    let replay =
        || replay_chain(&inputs.chain, scripts, &inputs.keys, settings, known, schema_file);
    let replayed = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let handle = thread.spawn_scoped(scope, replay).ok()?;
        Some(handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    // A system that gives no thread has no stack to follow deep nesting on.
    let Some(Replayed { findings: mut found, prefix, key }) = replayed else { return Vec::new() };
    cache.prefix = prefix;
    cache.whole = Some((key, found.clone()));
    // What cannot be parsed has its own finding, and what follows from it is no news.
    if earlier.iter().any(|finding| finding.code == Code::SyntaxError) {
        found.retain(|it| !matches!(it.code, Code::OpaqueStatement | Code::Doubtful));
    }
    found
}

fn duplicates(errors: &[GraphError]) -> usize {
    errors.iter().filter(|error| matches!(error, GraphError::DuplicateRevision { .. })).count()
}

/// The revisions, with the places of their headers.
struct View<'a> {
    revisions: &'a [Revision],
    places: &'a [Places],
}

impl View<'_> {
    fn span(&self, node: usize, range: impl Fn(&Places) -> Option<&Range<usize>>) -> Span {
        let places = &self.places[node];
        let range = range(places).unwrap_or(&places.revises).clone();
        Span::new(&self.revisions[node].path, range)
    }

    fn id_span(&self, node: usize) -> Span {
        self.span(node, |places| Some(&places.id))
    }

    fn part(&self, revision: &Revision, part: Part) -> Range<usize> {
        let at = self.revisions.iter().position(|it| std::ptr::eq(it, revision));
        at.map_or(0..0, |node| self.places[node].of(part))
    }

    fn id(&self, node: usize) -> &RevisionId {
        &self.revisions[node].id
    }

    fn graph_error(&self, error: &GraphError) -> Diagnostic {
        match error {
            GraphError::DuplicateRevision { first, second, .. } => Diagnostic::new(
                Code::DuplicateRevision,
                format!("two files are revision {}", self.id(*first)),
            )
            .at(self.id_span(*second))
            .also(self.id_span(*first).label("the other one"))
            .help("give one of them another id, in its header and its name"),
            GraphError::MissingParent { node, parent, parent_index } => {
                let finding = Diagnostic::new(
                    Code::MissingParent,
                    format!("revision {} follows {parent}, which does not exist", self.id(*node)),
                )
                .at(self
                    .span(*node, |places| places.parents.get(*parent_index))
                    .label("no such revision"));
                let ids = self.revisions.iter().map(|revision| revision.id.as_str());
                match crate::sql::nearest(parent.as_str(), ids) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help(
                        "add the file of the parent (was it committed?), or mend the `Revises` line",
                    ),
                }
            }
            GraphError::SelfParent { node, parent_index, id } => {
                Diagnostic::new(Code::SelfParent, format!("revision {id} follows itself"))
                    .at(self.span(*node, |places| places.parents.get(*parent_index)))
                    .help("name the revision before it, or `base` if it is the first")
            }
            GraphError::SelfDependency { node, dependency_index, .. } => Diagnostic::new(
                Code::SelfParent,
                format!("revision {} depends on itself", self.id(*node)),
            )
            .at(self.span(*node, |places| places.depends_on.get(*dependency_index))),
            GraphError::RepeatedParent { node, parent, parent_index } => Diagnostic::new(
                Code::BadMerge,
                format!("revision {} names its parent {parent} twice", self.id(*node)),
            )
            .at(self.span(*node, |places| places.parents.get(*parent_index)))
            .help("name it once"),
            GraphError::RedundantParent { node, parent_index, parent, reached_through } => {
                Diagnostic::new(
                    Code::BadMerge,
                    format!(
                        "revision {} merges {reached_through} with its own ancestor {parent}",
                        self.id(*node)
                    ),
                )
                .at(self
                    .span(*node, |places| places.parents.get(*parent_index))
                    .label(format!("{reached_through} descends from it")))
                .help("leave it out")
            }
            GraphError::Cycle { nodes, .. } => self.cycle(nodes),
            GraphError::MissingDependency { node, dependency_index, name } => {
                let finding = Diagnostic::new(
                    Code::UnknownDependency,
                    format!(
                        "revision {} depends on {name}, which is no revision and no branch label",
                        self.id(*node)
                    ),
                )
                .at(self.span(*node, |places| places.depends_on.get(*dependency_index)));
                let names = self.revisions.iter().flat_map(|revision| {
                    let labels = revision.labels.iter().map(pgmigrate_chain::Label::as_str);
                    labels.chain([revision.id.as_str()])
                });
                match crate::sql::nearest(name, names) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding,
                }
            }
            GraphError::DuplicateLabel { first, second, label, .. } => Diagnostic::new(
                Code::BadLabel,
                format!("branch label {label} stands on two revisions"),
            )
            .at(self.label_span(*second, label.as_str()))
            .also(self.label_span(*first, label.as_str()).label("the other one"))
            .help("a label covers all descendants of its revision; one of the two is enough"),
            GraphError::LabelIsRevision { node, label, .. } => Diagnostic::new(
                Code::BadLabel,
                format!("branch label {label} is also a revision's id"),
            )
            .at(self.label_span(*node, label.as_str()))
            .help("choose another label"),
        }
    }

    fn label_span(&self, node: usize, label: &str) -> Span {
        let index = self.revisions[node].labels.iter().position(|it| it.as_str() == label);
        self.span(node, |places| places.labels.get(index?))
    }

    fn cycle(&self, nodes: &[usize]) -> Diagnostic {
        let names: Vec<&str> = nodes.iter().map(|&node| self.id(node).as_str()).collect();
        let finding = Diagnostic::new(
            Code::Cycle,
            format!("revisions follow each other in a circle: {}", names.join(", ")),
        )
        .help("one of these lines must name an earlier revision");
        let Some((first, rest)) = nodes.split_first() else { return finding };
        let finding = finding.at(self.span(*first, |_| None));
        rest.iter().take(3).fold(finding, |finding, node| finding.also(self.span(*node, |_| None)))
    }

    fn several_heads(&self, graph: &Graph) -> Option<Diagnostic> {
        let heads = graph.ambiguous_heads();
        // One head without a label of its own is told apart from the others by having none.
        let (last, rest) = heads.split_last().filter(|(_, rest)| !rest.is_empty())?;
        let names: Vec<&str> = heads.iter().map(|&head| self.id(head).as_str()).collect();
        let finding = Diagnostic::new(
            Code::SeveralHeads,
            format!("the chain has {} heads: {}", heads.len(), names.join(", ")),
        )
        .at(self.id_span(*last).label("a head"));
        let finding = rest
            .iter()
            .fold(finding, |finding, head| finding.also(self.id_span(*head).label("a head")));
        Some(
            finding
                .help("join them: `cargo migrate merge heads`")
                .help("heads that are meant to stay apart need a `Branch Labels` line each"),
        )
    }

    fn several_bases(&self, graph: &Graph) -> Option<Diagnostic> {
        let bases = graph.ambiguous_bases();
        let (last, rest) = bases.split_last()?;
        let names: Vec<&str> = bases.iter().map(|&base| self.id(base).as_str()).collect();
        let finding = Diagnostic::new(
            Code::SeveralBases,
            format!("{} revisions follow `base`: {}", bases.len(), names.join(", ")),
        )
        .at(self.span(*last, |_| None).label("starts a chain of its own"));
        let finding = rest.iter().fold(finding, |f, base| f.also(self.span(*base, |_| None)));
        Some(
            finding
                .help("name the revision that it follows, if it was not meant to start a chain")
                .help("a second chain needs a `Branch Labels` line on its base"),
        )
    }
}
