//! What a query reads from: the tables of a `FROM`, under the names that they have there.

use std::rc::Rc;

use crate::ast::TextRange;
use crate::catalog::{Catalog, ColumnNumber, ColumnType, ObjectId, RelationKind, TypeRef};

/// A table, subquery, function, … of a `FROM`.
#[derive(Debug)]
pub(crate) struct Source {
    /// Tells it from the others of the statement.
    pub(crate) id: usize,
    /// Its alias, or the table's own name.
    pub(crate) name: Option<String>,
    /// Where the name stands, of one that the statement has from its text.
    pub(crate) range: Option<TextRange>,
    /// Whether the name is an alias.
    pub(crate) aliased: bool,
    /// The relation of the chain that it is.
    pub(crate) relation: Option<ObjectId>,
    pub(crate) columns: SourceColumns,
    /// New names for the first columns.
    pub(crate) renamed: Vec<String>,
    /// Whether it has columns that are not known.
    pub(crate) open: bool,
    /// How many of the last columns are not among those of `*`.
    pub(crate) tail: usize,
    /// The type of a row, or of the value of a function that returns no row.
    pub(crate) row: TypeRef,
    /// Whether it has system columns.
    pub(crate) system: bool,
}

/// The columns of a [`Source`].
#[derive(Debug)]
pub(crate) enum SourceColumns {
    /// Those of a relation of the chain.
    Relation(ObjectId),
    List(Vec<SourceColumn>),
}

#[derive(Debug, Clone)]
pub(crate) struct SourceColumn {
    pub(crate) name: String,
    pub(crate) ty: ColumnType,
    /// The column of the chain whose name it has, and keeps.
    pub(crate) origin: Option<(ObjectId, ColumnNumber)>,
}

/// A column of a [`Source`], as it is named there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnView<'c> {
    pub(crate) name: &'c str,
    pub(crate) ty: &'c ColumnType,
    pub(crate) origin: Option<(ObjectId, ColumnNumber)>,
    pub(crate) uncertain: bool,
}

/// A part of the row of a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A column, by its position from 0.
    Column(usize),
    /// A system column.
    System(&'static str),
    /// The whole row.
    Row,
}

/// The names that a clause can use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespace {
    /// What can stand in front of a dot.
    pub(crate) sources: Vec<Rc<Source>>,
    /// What can stand alone, in the order of `*`.
    pub(crate) columns: Vec<Visible>,
}

/// Columns that can be named without their table.
#[derive(Debug, Clone)]
pub(crate) enum Visible {
    /// All of a source, but for those that a join merged.
    Source(Rc<Source>, Vec<usize>),
    /// One that a join made of two.
    Merged(Rc<Merged>),
}

/// A column of `USING`.
#[derive(Debug)]
pub(crate) struct Merged {
    pub(crate) name: String,
    pub(crate) ty: ColumnType,
    /// The column that it is the same as; none in a full join.
    pub(crate) same: Option<(usize, Part)>,
    /// Identifies it where it is not the same as another.
    pub(crate) id: usize,
}

/// The system columns of a table, with their types.
const SYSTEM_COLUMNS: [(&str, &str); 6] = [
    ("tableoid", "oid"),
    ("xmin", "xid"),
    ("xmax", "xid"),
    ("cmin", "cid"),
    ("cmax", "cid"),
    ("ctid", "tid"),
];

impl Source {
    /// Whether it may have other columns than are known.
    pub(crate) fn is_open(&self, catalog: &Catalog) -> bool {
        self.open || self.relation.is_some_and(|id| catalog.is_uncertain(id))
    }

    pub(crate) fn len(&self, catalog: &Catalog) -> usize {
        match &self.columns {
            SourceColumns::Relation(id) => catalog.relation(*id).map_or(0, |it| it.columns.len()),
            SourceColumns::List(columns) => columns.len(),
        }
    }

    /// The column at a position.
    pub(crate) fn column<'c>(&'c self, catalog: &'c Catalog, at: usize) -> Option<ColumnView<'c>> {
        let renamed = self.renamed.get(at).map(String::as_str);
        match &self.columns {
            SourceColumns::Relation(id) => {
                let column = catalog.relation(*id)?.columns.get(at)?;
                Some(ColumnView {
                    name: renamed.unwrap_or(&column.name),
                    ty: &column.ty,
                    origin: renamed.is_none().then_some((*id, column.number)),
                    uncertain: column.uncertain,
                })
            }
            SourceColumns::List(columns) => {
                let column = columns.get(at)?;
                Some(ColumnView {
                    name: renamed.unwrap_or(&column.name),
                    ty: &column.ty,
                    origin: column.origin.filter(|_| renamed.is_none()),
                    uncertain: false,
                })
            }
        }
    }

    /// The column of the chain that one is, under whatever name.
    pub(crate) fn base_column(&self, catalog: &Catalog, at: usize) -> Option<ColumnNumber> {
        let relation = catalog.relation(self.relation?)?;
        relation.columns.get(at).map(|it| it.number)
    }

    /// The positions of the columns of that name: more than one only of a subquery.
    pub(crate) fn positions(&self, catalog: &Catalog, name: &str) -> Vec<usize> {
        let renamed = self.renamed.len();
        let early = self.renamed.iter().enumerate().filter(|(_, it)| *it == name);
        let mut found: Vec<usize> = early.map(|(at, _)| at).collect();
        match &self.columns {
            SourceColumns::Relation(id) => {
                let columns = catalog.relation(*id).map_or(&[][..], |it| &it.columns);
                let late = columns.iter().enumerate().skip(renamed);
                found.extend(late.filter(|(_, it)| it.name == name).map(|(at, _)| at));
            }
            SourceColumns::List(columns) => {
                let late = columns.iter().enumerate().skip(renamed);
                found.extend(late.filter(|(_, it)| it.name == name).map(|(at, _)| at));
            }
        }
        found
    }

    /// A system column, with the name of its type.
    pub(crate) fn system_column(&self, name: &str) -> Option<(&'static str, &'static str)> {
        SYSTEM_COLUMNS.into_iter().find(|(it, _)| self.system && *it == name)
    }

    /// The names of the columns.
    pub(crate) fn names<'c>(&'c self, catalog: &'c Catalog) -> impl Iterator<Item = &'c str> {
        (0..self.len(catalog)).filter_map(|at| Some(self.column(catalog, at)?.name))
    }
}

impl Namespace {
    /// One source, that can be named with and without a dot.
    pub(crate) fn of(source: Rc<Source>) -> Self {
        Self { sources: vec![source.clone()], columns: vec![Visible::Source(source, Vec::new())] }
    }

    /// Adds the names of another.
    pub(crate) fn extend(&mut self, other: Self) {
        self.sources.extend(other.sources);
        self.columns.extend(other.columns);
    }

    /// Whether a column may be there that is not known.
    pub(crate) fn is_open(&self, catalog: &Catalog) -> bool {
        self.columns
            .iter()
            .any(|it| matches!(it, Visible::Source(source, _) if source.is_open(catalog)))
    }
}

/// The columns of a relation as a query sees them: those of a sequence are not in the catalog.
pub(crate) fn columns_of_own(catalog: &Catalog, id: ObjectId) -> SourceColumns {
    let column = |name: &str, ty| SourceColumn {
        name: name.to_owned(),
        ty: ColumnType::plain(TypeRef::catalog(ty)),
        origin: None,
    };
    match catalog.relation(id).map(|it| &it.kind) {
        Some(RelationKind::Sequence(_)) => SourceColumns::List(vec![
            column("last_value", "int8"),
            column("log_cnt", "int8"),
            column("is_called", "bool"),
        ]),
        _ => SourceColumns::Relation(id),
    }
}
