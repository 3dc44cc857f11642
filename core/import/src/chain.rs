//! From migrations to revisions: their ids, their parents, their order, their dates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pgmigrate_chain::{Graph, GraphError, Node, RevisionId};
use sha2::{Digest, Sha256};

use crate::date::Moment;
use crate::finding::Findings;
use crate::gather::Migration;
use crate::section::Section;
use crate::styles::{Key, Version};
use crate::{Imported, Note, Options, Place, Refusal, assume, render};

/// Makes a chain of migrations that are in the order of their versions. What a graph lacks is
/// refused.
pub(crate) fn assemble(
    migrations: &[Migration],
    options: &Options,
    findings: &mut Findings,
) -> Vec<Imported> {
    let ids = ids(migrations, findings);
    let mut parents = parents(migrations, &ids, findings);
    let graph = graph(migrations, &ids, &mut parents, findings);
    note_gaps(migrations, &graph, findings);
    let dates = dates(migrations, graph.order(), Moment(options.now));
    let mut assumes = options.assume.as_ref().map(|file| assume::lines(file, findings));
    let mut revisions: Vec<Imported> = graph
        .order()
        .iter()
        .map(|&at| {
            // The first revision is where it is said, for all.
            let assumes = assumes.take().unwrap_or_default();
            render::revision(&migrations[at], &ids[at], &parents[at], dates[at], &assumes)
        })
        .collect();
    let heads: Vec<RevisionId> = graph.heads().iter().map(|&head| ids[head].clone()).collect();
    if heads.len() > 1 {
        if options.merge_heads {
            revisions.push(merge(heads, Moment(options.now), findings));
        } else {
            findings.note(Note::Heads(heads));
        }
    }
    revisions
}

/// The id of each migration: its version, where that can be an id and no other has it, so that
/// people know it again; else digits that are the same at every import.
fn ids(migrations: &[Migration], findings: &mut Findings) -> Vec<RevisionId> {
    let by_version =
        |migration: &Migration| RevisionId::new(migration.version.text.replace('.', "_"));
    let mut users: BTreeMap<RevisionId, usize> = BTreeMap::new();
    for id in migrations.iter().filter_map(|migration| by_version(migration).ok()) {
        *users.entry(id).or_default() += 1;
    }
    let mut ids = Vec::with_capacity(migrations.len());
    for migration in migrations {
        let id = by_version(migration).ok().filter(|id| users.get(id) == Some(&1));
        ids.push(id.unwrap_or_else(|| {
            let version = migration.version.text.clone();
            let revision_id = derived_id(&[&version, &migration.name]);
            findings.note(Note::NewId {
                place: Place::file(migration.path()),
                version,
                revision_id: revision_id.clone(),
            });
            revision_id
        }));
    }
    ids
}

/// An id that depends on nothing but these words.
fn derived_id(words: &[&str]) -> RevisionId {
    const DIGITS: usize = 12;
    let hash = Sha256::digest(words.join("\0"));
    let id = hash.iter().take(DIGITS / 2).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    });
    RevisionId::new(id).expect("hexadecimal digits are an id")
}

/// The parents of each migration: those that it names, or the migration before it.
fn parents(
    migrations: &[Migration],
    ids: &[RevisionId],
    findings: &mut Findings,
) -> Vec<Vec<RevisionId>> {
    let positions: BTreeMap<&Key, usize> =
        migrations.iter().enumerate().map(|(at, it)| (&it.version.key, at)).collect();
    let mut before = None;
    let mut all = Vec::with_capacity(migrations.len());
    for (migration, id) in migrations.iter().zip(ids) {
        let Some(named) = &migration.parents else {
            all.push(before.replace(id.clone()).into_iter().collect());
            continue;
        };
        let mut parents = Vec::with_capacity(named.len());
        for parent in named {
            match positions.get(&parent.key) {
                Some(&at) => parents.push(ids[at].clone()),
                None => findings.refuse(Refusal::MissingParent {
                    place: Place::file(migration.settings_path()),
                    parent: parent.text.clone(),
                }),
            }
        }
        all.push(parents);
    }
    all
}

/// The graph. A parent that another parent descends from is taken out, as it says nothing.
fn graph(
    migrations: &[Migration],
    ids: &[RevisionId],
    parents: &mut [Vec<RevisionId>],
    findings: &mut Findings,
) -> Graph {
    let nodes = ids.iter().zip(parents.iter());
    let nodes = nodes.map(|(id, parents)| Node { id, parents, depends_on: &[], labels: &[] });
    let (graph, errors) = Graph::build(nodes.collect());
    for error in errors {
        let place = Place::file(migrations[error.node()].settings_path());
        match error {
            GraphError::RedundantParent { node, parent, .. }
            | GraphError::RepeatedParent { node, parent, .. } => {
                let kept = parents[node].iter().position(|other| *other == parent);
                if let Some(kept) = kept {
                    parents[node].remove(kept);
                }
                findings.note(Note::RedundantParent { place, parent });
            }
            GraphError::Cycle { nodes, .. } => {
                let path = |&node: &usize| migrations[node].settings_path().to_owned();
                let others = nodes.iter().skip(1).map(path).collect();
                findings.refuse(Refusal::Cycle { place, others });
            }
            error => findings.refuse(Refusal::Graph { place, message: error.to_string() }),
        }
    }
    graph
}

fn note_gaps(migrations: &[Migration], graph: &Graph, findings: &mut Findings) {
    let count = migrations.iter().filter(|migration| migration.down.is_none()).count();
    if count > 0 {
        findings.note(Note::NoDown { count, of: migrations.len() });
    }
    if graph.bases().len() > 1 {
        let bases = graph.bases().iter().map(|&base| graph.id(base).clone()).collect();
        findings.note(Note::Bases(bases));
    }
}

/// When each migration was written, by its version. Where the version does not tell, it takes
/// the time of the one before it, or else after it, so that the names of the files keep the order.
fn dates(migrations: &[Migration], order: &[usize], now: Moment) -> Vec<Moment> {
    let told = |at: usize| Moment::of_version(&migrations[at].version.text);
    let mut date = order.iter().find_map(|&at| told(at)).unwrap_or(now);
    let mut dates = vec![now; migrations.len()];
    for &at in order {
        date = told(at).unwrap_or(date);
        dates[at] = date;
    }
    dates
}

/// A revision that does nothing but join all heads.
fn merge(heads: Vec<RevisionId>, now: Moment, findings: &mut Findings) -> Imported {
    let mut words = vec!["merge"];
    words.extend(heads.iter().map(RevisionId::as_str));
    let revision_id = derived_id(&words);
    let migration = Migration {
        version: Version::text("", ""),
        name: "merge heads".to_owned(),
        sources: Vec::new(),
        up: Section::default(),
        down: Some(Section::default()),
        parents: None,
    };
    let merge = render::revision(&migration, &revision_id, &heads, now, "");
    findings.note(Note::Merged { revision_id, heads });
    merge
}

#[cfg(test)]
mod tests {
    use crate::testing::{self, lines, options, taken};
    use crate::{Import, Imported, Options, SourceFile, Style, import};

    /// Revisions and their parents, a line each.
    fn graph(import: &Import) -> Vec<String> {
        let shown = |it: &Imported| {
            let parents: Vec<String> = it.parents.iter().map(ToString::to_string).collect();
            format!("{} < {}", it.revision_id, parents.join(" "))
        };
        import.revisions.iter().map(shown).collect()
    }

    #[test]
    fn ids_are_versions_where_these_can_be_ids() {
        let import = taken(
            Style::Prisma,
            &[
                ("20240101000000_a/migration.sql", "SELECT 1"),
                ("20240102000000_b/migration.sql", "SELECT 1"),
                ("20240102000000_c/migration.sql", "SELECT 1"),
                ("über/migration.sql", "SELECT 1"),
            ],
        );
        assert_eq!(
            graph(&import),
            [
                "20240101000000 < ",
                "0bc5c0bf8b12 < 20240101000000",
                "8b30dd608406 < 0bc5c0bf8b12",
                "195f28622f81 < 8b30dd608406",
            ]
        );
    }

    #[test]
    fn dates_keep_the_order_where_versions_tell_none() {
        let names = |style, files: &[(&str, &str)]| -> Vec<String> {
            taken(style, files).revisions.into_iter().map(|it| it.file_name).collect()
        };
        let files = [
            ("00000000000000_initial/up.sql", ""),
            ("2019-02-26-002946_users/up.sql", ""),
            ("2019-02-27-999999_odd/up.sql", ""),
        ];
        assert_eq!(
            names(Style::Diesel, &files),
            [
                "2019-02-26_00000000000000_initial.sql",
                "2019-02-26_20190226002946_users.sql",
                "2019-02-26_20190227999999_odd.sql",
            ]
        );
        assert_eq!(names(Style::Sqlx, &[("1_a.sql", "")]), ["2026-11-22_1_a.sql"]);
    }

    /// The files of a graph, of ids and their parents.
    fn dag(nodes: &[(&str, &str)]) -> Vec<SourceFile> {
        let file = |path: String, text: String| SourceFile { path, bytes: text.into() };
        let files = nodes.iter().flat_map(|(id, parents)| {
            let metadata = format!("name: n{id}\nparents: [{parents}]\n");
            [
                file(format!("{id}/up.sql"), "SELECT 1".to_owned()),
                file(format!("{id}/metadata.yaml"), metadata),
            ]
        });
        files.collect()
    }

    #[test]
    fn a_graph_is_kept() {
        let files = dag(&[("4", "2, 3"), ("3", "1"), ("2", "1"), ("1", ""), ("10", "4")]);
        let import = import(Style::DagYaml, &files, &options()).expect("it is well formed");
        assert_eq!(graph(&import), ["1 < ", "2 < 1", "3 < 1", "4 < 2 3", "10 < 4"]);
        assert!(import.revisions[4].text.contains("-- Revises: 4\n"));
        assert!(import.revisions[3].text.starts_with("-- n4\n"));
    }

    #[test]
    fn several_heads_and_bases_are_noted_and_heads_joined_on_demand() {
        let files = dag(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "")]);
        let mut options = options();
        let imported =
            |options: &Options| import(Style::DagYaml, &files, options).expect("it is well formed");
        let open = imported(&options);
        assert_eq!(open.revisions.len(), 4);
        assert_eq!(
            lines(&open.notes),
            "4 of 4 migrations have no way back\n\
             there are 2 bases, 1, 4; give all but one of them a line `Branch Labels`\n\
             there are 3 heads, 2, 3, 4; join them by a merge revision, or give them branch \
             labels\n"
        );
        options.merge_heads = true;
        let joined = imported(&options);
        let merge = joined.revisions.last().expect("there are revisions");
        assert!(merge.source.is_empty());
        assert!(merge.text.starts_with("-- merge heads\n"), "{}", merge.text);
        assert!(merge.text.contains("-- Revises: 2, 3, 4\n"), "{}", merge.text);
        assert_eq!(imported(&options), joined);
    }

    #[test]
    fn a_parent_that_another_leads_to_is_taken_out() {
        let files = dag(&[("1", ""), ("2", "1"), ("3", "1, 2"), ("4", "3, 3")]);
        let import = import(Style::DagYaml, &files, &options()).expect("it is well formed");
        assert_eq!(graph(&import), ["1 < ", "2 < 1", "3 < 2", "4 < 3"]);
        assert!(lines(&import.notes).starts_with(
            "3/metadata.yaml: the parent 1 was taken out, as another parent leads to it\n\
             4/metadata.yaml: the parent 3 was taken out"
        ));
    }

    #[test]
    fn what_a_graph_lacks_is_refused() {
        for (files, expected) in [
            (
                dag(&[("1", ""), ("2", "7")]),
                "2/metadata.yaml: the parent 7 is not there; add it, or name another\n",
            ),
            (
                dag(&[("1", "3"), ("2", "1"), ("3", "2")]),
                "1/metadata.yaml: comes after itself, by way of 3/metadata.yaml, \
                 2/metadata.yaml\n",
            ),
            (dag(&[("1", "1")]), "1/metadata.yaml: revision 1 revises itself\n"),
            (
                testing::folder(&[("1/up.sql", "SELECT 1")]),
                "1/up.sql: no metadata.yaml beside it names its parents; add one\n",
            ),
        ] {
            let refusals = import(Style::DagYaml, &files, &options()).expect_err(expected);
            assert_eq!(lines(&refusals), expected);
        }
    }
}
