//! Relations and their columns.

use super::Objects;
use super::table::{Entry, Kind};
use super::types::{Home, TypeName};

/// A table, view, index, sequence or composite type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    pub(super) name: &'static str,
    /// What sort of relation it is.
    pub kind: RelationKind,
    columns: &'static str,
    home: Home<'static>,
}

/// The sort of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// A table.
    Table,
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// An index. Its columns are not told.
    Index,
    /// A sequence. Its columns are not told.
    Sequence,
    /// A composite type, which is a relation but in queries.
    CompositeType,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub data_type: TypeName<'static>,
    /// Whether it is declared NOT NULL; a view's never is.
    pub not_null: bool,
}

impl Relation {
    /// How the entries of `home` are parsed.
    pub(super) fn parse_entry(home: Home<'static>) -> impl Fn(Entry) -> Option<Self> {
        move |mut entry| {
            let kind = match entry.field() {
                "r" => RelationKind::Table,
                "v" => RelationKind::View,
                "m" => RelationKind::MaterializedView,
                "i" => RelationKind::Index,
                "S" => RelationKind::Sequence,
                "c" => RelationKind::CompositeType,
                _ => return None,
            };
            Some(Self { name: entry.key, kind, columns: entry.field(), home })
        }
    }

    /// The columns in their order, without the system columns such as `ctid`.
    pub fn columns(&self) -> impl Iterator<Item = Column> + use<> {
        let home = self.home;
        self.columns.split(',').filter_map(move |text| {
            let (name, data_type) = text.split_once(':')?;
            let bare = data_type.strip_suffix('!');
            Some(Column {
                name,
                data_type: TypeName::parse(bare.unwrap_or(data_type), home),
                not_null: bare.is_some(),
            })
        })
    }
}

impl Objects {
    /// A relation: `pg_class`, `information_schema.columns`.
    pub fn relation(&self, name: &str) -> Option<Relation> {
        let mut entries = self.table().entries(Kind::Relation, name);
        entries.find_map(Relation::parse_entry(self.home()))
    }

    /// All relations, by name.
    pub fn relations(&self) -> impl Iterator<Item = (&'static str, Relation)> + use<> {
        let relations =
            self.table().all(Kind::Relation).filter_map(Relation::parse_entry(self.home()));
        relations.map(|relation| (relation.name, relation))
    }
}
