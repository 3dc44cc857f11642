//! From files to migrations: what belongs together, and what is missing.

use std::collections::BTreeMap;

use pgmigrate_schema::sql;

use crate::finding::Findings;
use crate::section::{self, Section};
use crate::styles::{
    Direction, Key, Migrating, Part, Role, Settings, Text, Tool, Version, sectioned,
};
use crate::{Note, Options, Place, Refusal, SourceFile, Style};

/// One migration, its SQL checked.
#[derive(Debug)]
pub(crate) struct Migration {
    pub(crate) version: Version,
    /// What it is called; may be empty.
    pub(crate) name: String,
    pub(crate) sources: Vec<String>,
    pub(crate) up: Section,
    pub(crate) down: Option<Section>,
    /// The versions before it; none where the order tells.
    pub(crate) parents: Option<Vec<Version>>,
}

impl Migration {
    /// The file to name when the migration is spoken of.
    pub(crate) fn path(&self) -> &str {
        self.sources.first().map_or("", String::as_str)
    }

    /// The file that names the parents, where there is one.
    pub(crate) fn settings_path(&self) -> &str {
        self.sources.last().map_or("", String::as_str)
    }
}

/// Reads the files of a folder as migrations, in the order of their versions.
///
/// What is refused is left out, so that the rest is still checked.
pub(crate) fn gather(
    style: Style,
    files: &[SourceFile],
    options: &Options,
    findings: &mut Findings,
) -> Vec<Migration> {
    let mut reader = Reader { style, tool: style.tool(), options, findings };
    let drafts = reader.sort(files);
    let names: Vec<(String, String)> = drafts
        .values()
        .filter(|draft| !draft.up.is_empty() && draft.down.is_empty())
        .filter_map(|draft| Some((draft.name.clone(), draft.up.first()?.path.clone())))
        .collect();
    drafts.into_values().filter_map(|draft| reader.migration(draft, &names)).collect()
}

/// The files of one version.
struct Draft<'a> {
    version: Version,
    name: String,
    up: Vec<&'a SourceFile>,
    down: Vec<&'a SourceFile>,
    code: Vec<(Direction, &'a SourceFile)>,
    settings: Vec<&'a SourceFile>,
}

struct Reader<'a> {
    style: Style,
    tool: &'static dyn Tool,
    options: &'a Options,
    findings: &'a mut Findings,
}

impl<'a> Reader<'a> {
    /// Puts the files of each version together.
    fn sort(&mut self, files: &'a [SourceFile]) -> BTreeMap<Key, Draft<'a>> {
        for path in &self.options.skip {
            if !files.iter().any(|file| is_within(&file.path, path)) {
                self.findings.refuse(Refusal::NothingToSkip(Place::file(path)));
            }
        }
        let mut files: Vec<&SourceFile> = files.iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut drafts = BTreeMap::new();
        let mut unread = Vec::new();
        for file in files {
            let place = || Place::file(&file.path);
            if self.options.skip.iter().any(|skip| is_within(&file.path, skip)) {
                self.findings.note(Note::Skipped(place()));
                continue;
            }
            match self.tool.role(&file.path) {
                Role::Sql { version, name, direction: Direction::Up } => {
                    let draft = draft(&mut drafts, version.clone());
                    (draft.version, draft.name) = (version, name);
                    draft.up.push(file);
                }
                Role::Sql { version, name, direction: Direction::Down } => {
                    let draft = draft(&mut drafts, version);
                    if draft.up.is_empty() {
                        draft.name = name;
                    }
                    draft.down.push(file);
                }
                Role::Code { version, direction } => {
                    draft(&mut drafts, version).code.push((direction, file));
                }
                Role::Settings { version } => draft(&mut drafts, version).settings.push(file),
                Role::Folder => {
                    self.settings(Some(file));
                }
                Role::Other => self.findings.note(Note::Ignored(place())),
                Role::NoPlace(what) => {
                    self.findings.refuse(Refusal::NoPlace { place: place(), what });
                }
                Role::Unreadable => {
                    unread.push(Refusal::Name { place: place(), style: self.style });
                }
            }
        }
        // Where no name is read, it is the style that is wrong, and not every name.
        if !drafts.is_empty() {
            self.findings.refuse_all(unread);
        }
        drafts
    }

    /// Reads the files of a version. `names` are those of migrations without a way back, with
    /// their paths.
    fn migration(&mut self, draft: Draft<'a>, names: &[(String, String)]) -> Option<Migration> {
        self.duplicates(&draft);
        self.code(&draft);
        let Some(&up) = draft.up.first() else {
            self.without_up(&draft, names);
            return None;
        };
        let settings = self.settings(draft.settings.first().copied());
        if self.tool.is_graph() && draft.settings.is_empty() {
            self.findings.refuse(Refusal::NoParents(Place::file(&up.path)));
        }
        let mut migration = Migration {
            version: draft.version,
            name: settings.name.clone().unwrap_or(draft.name),
            sources: [&draft.up, &draft.down, &draft.settings]
                .into_iter()
                .flatten()
                .map(|file| file.path.clone())
                .collect(),
            up: Section::default(),
            down: None,
            parents: self.tool.is_graph().then(|| settings.parents.clone()),
        };
        let sides = [(Some(up), Direction::Up), (draft.down.first().copied(), Direction::Down)];
        for (file, direction) in sides {
            let Some(file) = file.and_then(|file| self.text(file)) else {
                continue;
            };
            let (settings, options) = (&settings, self.options);
            for part in self.parts(&Migrating { file, direction, settings, options }) {
                match part.direction {
                    Direction::Up => migration.up = section::up(&part, self.findings),
                    Direction::Down => migration.down = Some(section::down(&part, self.findings)),
                }
            }
        }
        if matches!(migration.version.key, Key::Last(_)) {
            self.findings.note(Note::Repeatable(Place::file(&up.path)));
        }
        if settings.privileged {
            self.findings.note(Note::Privileged(Place::file(&up.path)));
        }
        Some(migration)
    }

    /// Refuses several migrations of one version.
    fn duplicates(&mut self, draft: &Draft<'a>) {
        let code = |wanted: Direction| {
            let files = draft.code.iter().filter(move |(direction, _)| *direction == wanted);
            files.map(|(_, file)| *file)
        };
        let up: Vec<_> = draft.up.iter().copied().chain(code(Direction::Up)).collect();
        let down: Vec<_> = draft.down.iter().copied().chain(code(Direction::Down)).collect();
        if up.len() > 1 || down.len() > 1 {
            let mut paths = up.iter().chain(&down).map(|file| file.path.clone());
            self.findings.refuse(Refusal::DuplicateVersion {
                place: Place::file(&paths.next().unwrap_or_default()),
                version: draft.version.text.clone(),
                others: paths.collect(),
            });
        }
    }

    /// Refuses code, or leaves it out.
    fn code(&mut self, draft: &Draft<'a>) {
        for (_, file) in &draft.code {
            let place = Place::file(&file.path);
            if self.options.skip_code {
                self.findings.note(Note::SkippedCode(place));
            } else {
                self.findings.refuse(Refusal::Code(place));
            }
        }
    }

    /// Says what becomes of a version that has no SQL for the way forward.
    ///
    /// A way back on its own is the trace of a migration that is missing, unless it does nothing,
    /// or the migration was code that is left out, or its version is a slip of the pen.
    fn without_up(&mut self, draft: &Draft<'a>, names: &[(String, String)]) {
        let twin = names.iter().find(|(name, _)| *name == draft.name && !name.is_empty());
        let twin = twin.map(|(_, path)| path.clone());
        let is_known = !draft.code.is_empty() || self.options.skip_code || twin.is_some();
        let does_nothing = |file: &SourceFile| {
            let text = std::str::from_utf8(&file.bytes);
            text.is_ok_and(|text| sql::read(text).is_empty())
        };
        for file in draft.down.iter().chain(&draft.settings) {
            let place = Place::file(&file.path);
            if is_known || draft.settings.is_empty() && does_nothing(file) {
                self.findings.note(Note::Orphan { place, twin: twin.clone() });
            } else {
                self.findings.refuse(Refusal::Orphan(place));
            }
        }
    }

    /// The SQL of a migration file; none where it is refused.
    fn parts(&mut self, file: &Migrating<'_>) -> Vec<Part> {
        if !matches!(self.style, Style::Goose | Style::Dbmate)
            && let Some((style, line)) = sectioned::style_of(file.file.text)
        {
            let place = Place::line(file.file.path, line);
            self.findings.refuse(Refusal::OtherStyle { place, style });
            return Vec::new();
        }
        self.tool.parts(file).unwrap_or_else(|refusals| {
            self.findings.refuse_all(refusals);
            Vec::new()
        })
    }

    /// What a file of settings says; the tool's defaults where it is not there, or refused.
    fn settings(&mut self, file: Option<&'a SourceFile>) -> Settings {
        let Some(text) = file.and_then(|file| self.text(file)) else {
            return Settings::default();
        };
        self.tool.settings(text).unwrap_or_else(|refusal| {
            self.findings.refuse(refusal);
            Settings::default()
        })
    }

    /// A file as text, without a byte order mark.
    fn text(&mut self, file: &'a SourceFile) -> Option<Text<'a>> {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                Some(Text { path: &file.path, text })
            }
            Err(error) => {
                let before = &file.bytes[..error.valid_up_to()];
                let line = before.split(|&byte| byte == b'\n').count();
                self.findings.refuse(Refusal::NotUtf8(Place::line(&file.path, line)));
                None
            }
        }
    }
}

fn draft<'m, 'a>(drafts: &'m mut BTreeMap<Key, Draft<'a>>, version: Version) -> &'m mut Draft<'a> {
    drafts.entry(version.key.clone()).or_insert_with(|| Draft {
        version,
        name: String::new(),
        up: Vec::new(),
        down: Vec::new(),
        code: Vec::new(),
        settings: Vec::new(),
    })
}

/// Whether a path is this file, or in this directory.
fn is_within(path: &str, skip: &str) -> bool {
    let rest = path.strip_prefix(skip.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use crate::testing::{lines, options, refused, refused_with, taken, taken_with};
    use crate::{Options, Style};

    #[test]
    fn a_duplicate_version_names_all_its_files() {
        let files = [
            ("1_a.up.sql", ""),
            ("1_b.up.sql", ""),
            ("1_b.down.sql", ""),
            ("1_c.up.go", "package x"),
        ];
        assert_eq!(
            refused(Style::GolangMigrate, &files),
            "1_a.up.sql: the version 1 is also that of 1_b.up.sql, 1_c.up.go, 1_b.down.sql; give \
             one of them another, or leave it out\n\
             1_c.up.go: is a migration in a programming language, without which the chain has a \
             hole; put SQL in its place, or leave code out\n"
        );
    }

    #[test]
    fn a_way_back_is_paired_by_its_version() {
        let import = taken(Style::Sqlx, &[("1_jobs.up.sql", ""), ("01_job.down.sql", "")]);
        assert_eq!(import.revisions[0].source, ["1_jobs.up.sql", "01_job.down.sql"]);
        assert!(import.revisions[0].file_name.ends_with("_1_jobs.sql"));
    }

    #[test]
    fn code_leaves_a_hole_that_the_user_may_accept() {
        let files = [
            ("1_a.up.sql", "SELECT 1"),
            ("2_b.up.go", "package x"),
            ("2_b.down.go", "package x"),
            ("3_c.down.sql", "DROP TABLE c"),
        ];
        let refused = refused(Style::GolangMigrate, &files);
        assert!(refused.contains("2_b.up.go: is a migration in a programming language, "));
        assert!(refused.contains("3_c.down.sql: there is no way forward of that version; "));
        let options = Options { skip_code: true, ..options() };
        let import = taken_with(Style::GolangMigrate, &files, &options);
        assert_eq!(import.revisions.len(), 1);
        assert_eq!(
            lines(&import.notes),
            "2_b.down.go: was left out, as you asked; write what it does as a revision\n\
             2_b.up.go: was left out, as you asked; write what it does as a revision\n\
             3_c.down.sql: was left out, as there is no way forward of that version\n\
             1 of 1 migrations have no way back\n"
        );
    }

    #[test]
    fn a_way_back_of_a_mistyped_version_is_left_out() {
        let import = taken(
            Style::Sqlx,
            &[
                ("20240325143100_add_jobs.up.sql", "SELECT 1"),
                ("20240325133100_add_jobs.down.sql", "SELECT 2"),
                ("20240325133000_other.down.sql", "-- nothing"),
            ],
        );
        assert_eq!(import.revisions.len(), 1);
        assert_eq!(
            lines(&import.notes),
            "20240325133000_other.down.sql: was left out, as there is no way forward of that \
             version\n20240325133100_add_jobs.down.sql: was left out, as there is no way forward \
             of that version; perhaps it is the way back of 20240325143100_add_jobs.up.sql\n\
             1 of 1 migrations have no way back\n"
        );
    }

    #[test]
    fn files_and_directories_can_be_left_out() {
        let files = [("1_a.sql", "SELECT 1"), ("old/1.sql", ""), ("2_b.sql", "oops")];
        let skip = ["old/".to_owned(), "2_b.sql".to_owned()].into();
        let import = taken_with(Style::Sqlx, &files, &Options { skip, ..options() });
        assert_eq!(import.revisions.len(), 1);
        let skip = ["ol".to_owned()].into();
        let refused = refused_with(Style::Sqlx, &files[..2], &Options { skip, ..options() });
        assert!(refused.starts_with("ol: is to be left out, but is not there\n"), "{refused}");
    }

    #[test]
    fn the_sections_of_another_style_are_not_run_as_one() {
        let goose = ("1_a.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n");
        let dbmate = ("2_b.sql", "-- b\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n");
        assert_eq!(
            refused(Style::Numbered, &[goose, dbmate]),
            "1_a.sql:1: the file has the sections of goose; import the folder in that style\n\
             2_b.sql:2: the file has the sections of dbmate; import the folder in that style\n"
        );
        assert_eq!(taken(Style::Goose, &[goose]).revisions.len(), 1);
        assert_eq!(taken(Style::Dbmate, &[dbmate]).revisions.len(), 1);
    }

    #[test]
    fn flyway_undoes_by_version_and_repeats_last() {
        let import = taken(
            Style::Flyway,
            &[
                ("R__b_views.sql", "SELECT 3"),
                ("R__a.sql", "SELECT 4"),
                ("V1_10__late.sql", "SELECT 2"),
                ("V1.9__early.sql", "SELECT 1"),
                ("U1_9__early.sql", "SELECT 0"),
                ("V1_10__late.sql.conf", "executeInTransaction=false\n"),
            ],
        );
        let ids: Vec<&str> = import.revisions.iter().map(|it| it.revision_id.as_str()).collect();
        assert_eq!(ids[..2], ["1_9", "1_10"]);
        assert_eq!(import.revisions[0].source, ["V1.9__early.sql", "U1_9__early.sql"]);
        assert!(import.revisions[1].text.contains("-- migrate:up transaction:false\n"));
        assert_eq!(import.revisions[2].source, ["R__a.sql"]);
        assert!(lines(&import.notes).contains("R__a.sql: runs once, where it was run again"));
    }

    #[test]
    fn settings_without_a_migration_are_refused() {
        let refused = refused(Style::Diesel, &[("1_a/metadata.toml", ""), ("2_b/up.sql", "")]);
        assert!(refused.starts_with("1_a/metadata.toml: there is no way forward"), "{refused}");
    }

    #[test]
    fn what_is_not_utf_8_is_refused_with_its_line() {
        let file = crate::SourceFile { path: "1_a.sql".into(), bytes: b"--\n'\xfc'".into() };
        let refusals = crate::import(Style::Sqlx, &[file], &options()).expect_err("latin 1");
        assert_eq!(
            lines(&refusals),
            "1_a.sql:2: is not UTF-8; convert the file, or leave it out\n"
        );
    }
}
