//! What the statements of a section say, which the chain does not keep: their trees, and the
//! markers that stand between them.

use pgmigrate_chain::{Revision, Section};

use super::marker::Marker;
use super::{Places, Reader};
use crate::{Code, ast, sql};

/// What both sections of a revision say.
#[derive(Debug, Default)]
pub struct Scripts {
    /// What `-- migrate:up` says.
    pub up: Script,
    /// What `-- migrate:down` says; empty where there is no way back.
    pub down: Script,
}

/// What one section says.
#[derive(Debug, Default)]
pub struct Script {
    /// The tree of each of [`Section::statements`]; none where a statement is not understood
    /// ([`sql::Statement::tree`]).
    pub trees: Vec<Option<ast::Statement>>,
    /// The lints that are waived, in the order of the file.
    pub allows: Vec<Allow>,
    /// What opaque statements are said to do, in the order of the file.
    pub assumes: Vec<Assume>,
}

impl Script {
    /// What is assumed above the first statement: what the section takes for granted.
    pub(crate) fn granted(&self) -> impl Iterator<Item = &Assume> {
        self.assumes.iter().filter(|assume| assume.after == 0)
    }
}

/// `-- migrate:allow CHECK because REASON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The lint that is waived.
    pub code: Code,
    /// Where the statement below it starts, as a byte offset of the revision's text; none at the
    /// end of a section.
    pub statement: Option<usize>,
}

/// One statement of `-- migrate:assume SQL`. Its ranges are those of the revision's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assume {
    /// How many of [`Section::statements`] stand above it: it has its effect after them.
    pub after: usize,
    /// What the server is said to have run.
    pub statement: ast::Statement,
}

/// Reads what a revision says from its text, for one whose file was not read anew.
///
/// Parses by recursion: a statement that is nested as deeply as a server takes it wants tens of
/// megabytes of stack, which the threads of [`check()`](crate::check()) have.
pub fn scripts(revision: &Revision) -> Scripts {
    let mut found = Vec::new();
    let mut reader = Reader { path: &revision.path, text: &revision.text, found: &mut found };
    let tokens = sql::tokens(reader.text);
    reader.sections(&tokens, &mut Places::default()).scripts
}

impl<'a> Reader<'a> {
    /// What the markers of a section say. The trees of its statements are put beside it.
    pub(super) fn script(
        &mut self,
        section: &Section,
        trees: Vec<Option<ast::Statement>>,
        markers: &[Marker<'a>],
    ) -> Script {
        let mut script = Script { trees, ..Script::default() };
        for marker in markers {
            let above =
                section.statements.partition_point(|it| it.range.start < marker.range.start);
            if let Some(code) = marker.allows() {
                let statement = section.statements.get(above).map(|it| it.range.start);
                script.allows.push(Allow { code, statement });
            }
            if let Some(range) = marker.assumes(self.text) {
                for statement in sql::read_in(self.text, range) {
                    if let Some(error) = &statement.error {
                        let finding = self.syntax_error(Code::BadMarker, error);
                        self.report(finding);
                    }
                    let tree = statement.tree.map(|statement| Assume { after: above, statement });
                    script.assumes.extend(tree);
                }
            }
        }
        script
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RevisionFile, read};
    use super::*;
    use crate::Source;

    fn file(sections: &str) -> (RevisionFile, Vec<crate::Diagnostic>) {
        let text = format!("-- x\n-- Revision ID: a1\n-- Revises: base\n\n{sections}");
        let source = Source { path: "m/2026-10-01_a1_x.sql".into(), bytes: text.into_bytes() };
        let mut found = Vec::new();
        (read(&source, &mut found), found)
    }

    /// The statements that have a tree, as the first word of the tree's name.
    fn names(script: &Script) -> Vec<Option<String>> {
        let name = |tree: &ast::Statement| {
            let tree = format!("{tree:?}");
            tree.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
        };
        script.trees.iter().map(|tree| tree.as_ref().map(name)).collect()
    }

    const TEXT: &str = "\
-- migrate:up
-- migrate:allow redundant-transaction because it is what the tool wrote
BEGIN;
-- migrate:allow mixed-section because of this
-- migrate:allow own-transactions because of that
SELECT add_column('t', 'c');
-- migrate:assume ALTER TABLE t ADD COLUMN c int
-- migrate:assume CREATE TABLE u (a int); DROP TABLE v;
CREATE TABLE w (
-- migrate:assume DROP TABLE x
    a int
);
COMMIT;
-- migrate:allow missing-down because it stands at the end
-- migrate:down
DROP TABLE w;
-- migrate:assume DROP TABLE u
";

    #[test]
    fn trees_and_markers_keep_step_with_the_statements() {
        let (file, found) = file(TEXT);
        assert_eq!(found, []);
        let revision = file.revision.expect("the header is whole");
        let Scripts { up, down } = file.scripts.expect("the file was read");
        let text = &revision.text;

        let some = |name: &str| Some(name.to_owned());
        assert_eq!(names(&up), [some("Query"), some("CreateTable")]);
        assert_eq!(up.trees.len(), revision.up.statements.len());
        let below = |allow: &Allow| text[allow.statement?..].split(' ').next();
        let allows: Vec<_> = up.allows.iter().map(|it| (it.code, below(it))).collect();
        assert_eq!(
            allows,
            [
                (Code::RedundantTransaction, Some("SELECT")),
                (Code::MixedSection, Some("SELECT")),
                (Code::OwnTransactions, Some("SELECT")),
                (Code::MissingDown, None),
            ]
        );
        let places: Vec<usize> = up.assumes.iter().map(|it| it.after).collect();
        assert_eq!(places, [1, 1, 1, 2]);
        let ast::Statement::AlterTable(alter) = &up.assumes[0].statement else {
            panic!("{:?}", up.assumes)
        };
        assert_eq!(&text[alter.actions[0].range.range()], "ADD COLUMN c int");

        assert_eq!(names(&down), [some("Drop")]);
        assert_eq!(down.assumes.len(), 1);
        assert_eq!(down.assumes[0].after, 1);
    }

    #[test]
    fn a_revision_gives_again_what_its_file_gave() {
        for text in [TEXT, "-- migrate:up\nSELECT 1;\n-- migrate:down irreversible: gone\n"] {
            let (file, _) = file(text);
            let again = scripts(&file.revision.expect("the header is whole"));
            let first = file.scripts.expect("the file was read");
            assert_eq!(format!("{again:?}"), format!("{first:?}"));
        }
    }

    #[test]
    fn what_is_assumed_is_sql() {
        let (file, found) = file(
            "-- migrate:up\nSELECT f();\n-- migrate:assume DROP TABEL t\n\
             -- migrate:assume DROP TABLE\n-- migrate:down irreversible: gone\n",
        );
        let revision = file.revision.expect("the header is whole");
        let places: Vec<_> = found
            .iter()
            .map(|it| {
                let span = it.primary.as_ref().map(|it| it.range.clone());
                (it.code, it.message.as_str(), span.map(|at| &revision.text[at]))
            })
            .collect();
        assert_eq!(
            places,
            [
                (Code::BadMarker, "syntax error at or near \"TABEL\"", Some("TABEL")),
                (Code::BadMarker, "syntax error at end of input", Some("E")),
            ]
        );
    }
}
