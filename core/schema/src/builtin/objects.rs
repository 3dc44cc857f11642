//! The objects of one origin: those of a fresh cluster, or those of an extension.

use super::table::{Entry, Kind, Table};
use super::types::{Home, TypeName};

/// The objects of one origin, for one server version.
///
/// What lies in a schema is asked for by its name alone, or, where it lies in
/// `information_schema`, by that schema's name, a dot and its own: `information_schema.columns`.
/// Names are as the catalogs have them, so without quotes, and in the right case.
///
/// The lookups for each kind of object are beside the types that they give.
#[derive(Debug, Clone, Copy)]
pub struct Objects {
    table: Table,
    home: Home<'static>,
}

/// A procedural language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// Whether everybody may write functions in it.
    pub trusted: bool,
}

/// The kinds of objects for text search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSearch {
    /// A configuration, such as `english`.
    Configuration,
    /// A dictionary, such as `english_stem`.
    Dictionary,
    /// A parser.
    Parser,
    /// A template of dictionaries.
    Template,
}

impl Objects {
    pub(super) fn new(table: Table, home: Home<'static>) -> Self {
        Self { table, home }
    }

    pub(super) fn table(self) -> Table {
        self.table
    }

    pub(super) fn home(self) -> Home<'static> {
        self.home
    }

    /// The type that has a line under `key`.
    pub(super) fn own(self, key: &'static str) -> TypeName<'static> {
        match key.strip_prefix("information_schema.") {
            Some(name) => TypeName { home: Home::InformationSchema, name },
            None => TypeName { home: self.home, name: key },
        }
    }

    /// Every fact as one line, the way that the data has it but for the versions: to compare
    /// with what a server says.
    pub fn lines(&self) -> impl Iterator<Item = String> + use<> {
        self.table.lines()
    }

    /// A procedural language.
    pub fn language(&self, name: &str) -> Option<Language> {
        let entry = self.table.entries(Kind::Language, name).next();
        entry.map(|mut entry| Language { trusted: entry.field() == "t" })
    }

    /// Whether there is an object for text search.
    pub fn has_text_search(&self, kind: TextSearch, name: &str) -> bool {
        let kind = match kind {
            TextSearch::Configuration => "configuration",
            TextSearch::Dictionary => "dictionary",
            TextSearch::Parser => "parser",
            TextSearch::Template => "template",
        };
        self.table.entries(Kind::TextSearch, &format!("{kind}/{name}")).next().is_some()
    }

    /// The schemas.
    pub fn schemas(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys(Kind::Schema)
    }

    /// The roles that every cluster has. The superuser that `initdb` made is not among them: its
    /// name differs.
    pub fn roles(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys(Kind::Role)
    }

    /// The tablespaces.
    pub fn tablespaces(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys(Kind::Tablespace)
    }

    /// The foreign-data wrappers.
    pub fn foreign_data_wrappers(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys(Kind::ForeignDataWrapper)
    }

    fn keys(self, kind: Kind) -> impl Iterator<Item = &'static str> + use<> {
        self.table.all(kind).map(|entry: Entry| entry.key)
    }
}
