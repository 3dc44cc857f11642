//! A whole chain, revision after revision in the order of its graph.

use std::collections::{BTreeMap, BTreeSet};

use pgmigrate_chain::{Chain, Down, Links, Mode, Revision, Section};

use super::Replay;
use super::{branches, way_back};
use crate::ast::Statement;
use crate::cache::{Cache, Key, Prefix};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::file::{Script, Scripts, scripts};
use crate::{Code, Settings, Source, dump};

/// What the replay of a chain finds, and what the next check may take from it.
pub(crate) struct Replayed {
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) prefix: Option<Prefix>,
    /// Names the chain as a whole.
    pub(crate) key: Key,
}

/// Replays a chain.
///
/// `scripts` has what is known already of what the revisions say, and `keys` names their files, by
/// their positions. `schema_file` is compared with the schema that the chain leads to.
pub(crate) fn replay_chain(
    chain: &Chain,
    scripts: Vec<Option<Scripts>>,
    keys: &[Key],
    settings: &Settings,
    known: &Cache,
    schema_file: Option<&Source>,
) -> Replayed {
    let order = chain.graph().order();
    let mut key = Key::of_settings(settings.postgres);
    // The key of the revisions before each rank, and of all of them.
    let mut rows = vec![key];
    for &position in order {
        key = keys.get(position).map_or(key, |next| key.and(*next));
        rows.push(key);
    }
    if let Some(file) = schema_file {
        key = key.and(Key::of_source(file));
    }
    if let Some((_, findings)) = known.whole.as_ref().filter(|(whole, _)| *whole == key) {
        return Replayed { findings: findings.clone(), prefix: known.prefix.clone(), key };
    }
    let merges = branches::merges(chain);
    let (begin, prefix) = usable(known, &rows, &merges, chain);
    let mut run = ChainReplay {
        scripts: ScriptsOf { chain, known: scripts },
        chain,
        replay: Replay::new(settings.postgres),
        found: Vec::new(),
    };
    if let Some((replay, prefix)) = prefix {
        run.replay = replay;
        run.found.clone_from(&prefix.findings);
    }
    let mut kept = known.prefix.clone().filter(|_| begin > 0 && begin + 1 == order.len());
    let mut before: BTreeMap<usize, Replay> = BTreeMap::new();
    let wanted: BTreeSet<usize> = merges.iter().map(branches::Merge::start).collect();
    for (rank, &position) in order.iter().enumerate().skip(begin) {
        if rank + 1 == order.len() && kept.is_none() {
            let findings = run.found.clone();
            kept = Some(Prefix { key: rows[rank], replay: run.replay.to_bytes(), findings });
        }
        if wanted.contains(&rank) {
            before.insert(rank, run.replay.clone());
        }
        run.revision(position);
        for merge in merges.iter().filter(|merge| merge.revision == position) {
            if let Some(start) = before.get(&merge.start()) {
                run.found.extend(branches::conflict(chain, &mut run.scripts, merge, start));
            }
        }
    }
    if let Some(file) = schema_file
        && !run.found.iter().any(Diagnostic::is_error)
    {
        run.found.extend(stale_schema_file(file, run.replay.catalog()));
    }
    Replayed { findings: run.found, prefix: kept, key }
}

/// The finding of a schema file that is not what the chain leads to.
fn stale_schema_file(file: &Source, catalog: &Catalog) -> Option<Diagnostic> {
    let wanted = dump::file(catalog);
    // A checkout may have changed the line ends.
    let text = String::from_utf8_lossy(&file.bytes).replace("\r\n", "\n");
    if text == wanted {
        return None;
    }
    let (says, more) = if text.is_empty() {
        (format!("there is no {}, which keeps the schema of the chain", file.path), None)
    } else {
        let same = text.lines().zip(wanted.lines()).take_while(|(is, wanted)| is == wanted);
        let line = same.count() + 1;
        let says = format!("{} is not the schema that the chain leads to", file.path);
        (says, Some(format!("line {line} is the first that differs")))
    };
    let finding = Diagnostic::new(Code::StaleSchemaFile, says)
        .help("bring it up to date with `cargo migrate lock`, and commit it");
    Some(more.into_iter().fold(finding, Diagnostic::help))
}

/// How many of the revisions need not be replayed, and the state after them.
fn usable<'k>(
    known: &'k Cache,
    rows: &[Key],
    merges: &[branches::Merge],
    chain: &Chain,
) -> (usize, Option<(Replay, &'k Prefix)>) {
    let Some(prefix) = &known.prefix else { return (0, None) };
    let Some(begin) = rows.iter().rposition(|key| *key == prefix.key) else { return (0, None) };
    // A merge that comes wants the state from before its branches.
    let wanted = merges
        .iter()
        .any(|merge| chain.graph().rank(merge.revision) >= begin && merge.start() < begin);
    match Replay::from_bytes(&prefix.replay).filter(|_| begin > 0 && !wanted) {
        Some(replay) => (begin, Some((replay, prefix))),
        None => (0, None),
    }
}

/// The schema after some revisions and all that they follow or depend on, with no findings.
pub fn schema_at(chain: &Chain, targets: &[usize], settings: &Settings) -> Replay {
    let graph = chain.graph();
    let mut wanted: BTreeSet<usize> = targets.iter().copied().collect();
    for &target in targets {
        wanted.extend(graph.ancestors(target, Links::All));
    }
    let order: Vec<usize> =
        graph.order().iter().copied().filter(|position| wanted.contains(position)).collect();
    let count = order.len();
    let schemas = schemas_along(chain, &order, &[count], settings);
    schemas.into_iter().next().unwrap_or_else(|| Replay::new(settings.postgres))
}

/// The schema after so many revisions of an order, for each of these numbers, with no findings.
/// The numbers rise.
pub fn schemas_along(
    chain: &Chain,
    order: &[usize],
    counts: &[usize],
    settings: &Settings,
) -> Vec<Replay> {
    let run = || {
        let mut replay = Replay::new(settings.postgres);
        let mut applied = 0;
        let mut after = |count: usize| {
            for &position in order.iter().take(count).skip(applied) {
                let revision = chain.revision(position);
                up(&mut replay, revision, &scripts(revision).up);
            }
            applied = count;
            replay.clone()
        };
        counts.iter().map(|&count| after(count)).collect()
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(crate::check::STACK);
        match thread.spawn_scoped(scope, run) {
            Ok(handle) => handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => run(),
        }
    })
}

/// What the revisions of a chain say.
pub(super) struct ScriptsOf<'a> {
    chain: &'a Chain,
    known: Vec<Option<Scripts>>,
}

impl ScriptsOf<'_> {
    /// What a revision says; read from its text where it is not known.
    pub(super) fn get(&mut self, position: usize) -> &Scripts {
        if self.known.len() <= position {
            self.known.resize_with(position + 1, || None);
        }
        let revision = self.chain.revision(position);
        self.known[position].get_or_insert_with(|| scripts(revision))
    }
}

struct ChainReplay<'a> {
    chain: &'a Chain,
    scripts: ScriptsOf<'a>,
    replay: Replay,
    found: Vec<Diagnostic>,
}

impl ChainReplay<'_> {
    fn revision(&mut self, position: usize) {
        let revision = self.chain.revision(position);
        let scripts = self.scripts.get(position);
        self.replay.catalog_mut().forget();
        self.replay.source(&revision.path);
        let mut found = granted(&mut self.replay, revision, &revision.up, &scripts.up);
        let before = self.replay.catalog().mark();
        found.extend(section(&mut self.replay, revision, &revision.up, &scripts.up));
        let failed = found.iter().any(Diagnostic::is_error);
        self.found.extend(kept(revision, found, &[&scripts.up]));
        if let Down::Section(section) = &revision.down
            && !failed
        {
            let found = way_back::check(&mut self.replay, revision, section, &scripts.down, before);
            self.found.extend(kept(revision, found, &[&scripts.up, &scripts.down]));
        }
    }
}

/// The findings that are not waived: those of the statement below a waiver, and what is found of a
/// whole section by a waiver anywhere in it.
fn kept(
    revision: &Revision,
    found: Vec<Diagnostic>,
    scripts: &[&Script],
) -> impl Iterator<Item = Diagnostic> {
    let down = match &revision.down {
        Down::Section(section) => section.statements.as_slice(),
        _ => &[],
    };
    let statement = move |finding: &Diagnostic| {
        let at = finding.primary.as_ref()?.range.start;
        let mut all = revision.up.statements.iter().chain(down);
        all.find(|it| it.range.contains(&at)).map(|it| it.range.start)
    };
    let waived = move |finding: &Diagnostic| {
        scripts.iter().flat_map(|script| &script.allows).any(|allow| {
            allow.code == finding.code
                && (finding.code == Code::WayBack || statement(finding) == allow.statement)
        })
    };
    found.into_iter().filter(move |it| !waived(it)).map(|it| it.about(&revision.id))
}

/// Runs the up section of a revision.
pub(super) fn up(replay: &mut Replay, revision: &Revision, script: &Script) -> Vec<Diagnostic> {
    replay.source(&revision.path);
    let mut found = granted(replay, revision, &revision.up, script);
    found.extend(section(replay, revision, &revision.up, script));
    found
}

/// Runs what a section takes for granted: what is assumed above its first statement. It is no
/// change that the revision makes.
pub(super) fn granted(
    replay: &mut Replay,
    revision: &Revision,
    section: &Section,
    script: &Script,
) -> Vec<Diagnostic> {
    let first = section.statements.first();
    let start = first.map_or(0..0, |statement| statement.range.clone());
    let assumes = script.granted();
    assumes.flat_map(|it| replay.run(&revision.text, start.clone(), &it.statement)).collect()
}

/// Runs a section of a revision, in a session of its own.
pub(super) fn section(
    replay: &mut Replay,
    revision: &Revision,
    section: &Section,
    script: &Script,
) -> Vec<Diagnostic> {
    if section.mode == Mode::Transaction {
        replay.begin();
    }
    let mut found = Vec::new();
    for (index, statement) in section.statements.iter().enumerate() {
        let before = (replay.catalog().opaque, replay.catalog().doubtful.clone());
        let mark = replay.catalog().mark();
        let tree = script.trees.get(index).and_then(Option::as_ref);
        let mut findings = match tree {
            Some(tree) => replay.run(&revision.text, statement.range.clone(), tree),
            None => replay.run_unknown(statement.range.clone()),
        };
        if let Some(tree) = tree
            && findings.iter().any(Diagnostic::is_error)
        {
            super::doubt::doubt(replay.catalog_mut(), tree);
        }
        let mut assumes = script.assumes.iter().filter(|it| it.after == index + 1).peekable();
        if assumes.peek().is_some() {
            let catalog = replay.catalog_mut();
            // What is said stands in place of what may have been found out.
            if tree.is_none_or(runs_code) {
                catalog.rollback(mark);
            }
            (catalog.opaque, catalog.doubtful) = before;
            findings.retain(|finding| finding.code != Code::OpaqueStatement);
        }
        for assume in assumes {
            let range = statement.range.clone();
            findings.extend(replay.run(&revision.text, range, &assume.statement));
        }
        found.extend(findings);
    }
    replay.commit();
    found
}

/// Whether what a statement does to the schema, if anything, it does by code that it runs.
fn runs_code(statement: &Statement) -> bool {
    use Statement as S;
    matches!(
        statement,
        S::Call(_)
            | S::Delete(_)
            | S::Do(_)
            | S::Execute(_)
            | S::Insert(_)
            | S::Merge(_)
            | S::Query(_)
            | S::Update(_)
    )
}
