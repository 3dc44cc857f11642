//! An index that is to be made, with the constraint that it enforces.

use crate::ast::{Ident, TextRange};
use crate::catalog::{
    Catalog, ColumnNumber, Constraint, ConstraintKind, Hole, Index, IndexKey, Object, ObjectId,
    Text,
};
use crate::replay::choose_name::IndexPurpose;

/// An index that is to be made.
#[derive(Debug, Clone)]
pub(crate) struct IndexDraft {
    /// Its name, if the statement gives it one.
    pub(crate) name: Option<Ident>,
    /// What it is for.
    pub(crate) purpose: IndexPurpose,
    /// The index; it has no constraint and no parent yet.
    pub(crate) index: Index,
    /// Its storage parameters.
    pub(crate) options: Vec<(String, String)>,
    /// Its tablespace.
    pub(crate) tablespace: Option<String>,
    /// How the constraint is enforced, if it is for one.
    pub(crate) enforced: Enforced,
    /// Where it is asked for.
    pub(crate) range: TextRange,
}

/// How the constraint behind an index is enforced.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Enforced {
    pub(crate) deferrable: bool,
    pub(crate) deferred: bool,
    /// The operator of each element, of an exclusion constraint.
    pub(crate) operators: Vec<Text>,
}

impl IndexDraft {
    /// The same index on another table that has columns of the same names: for `LIKE` and for
    /// partitions. None where it does not have them.
    pub(crate) fn copy_of(
        catalog: &Catalog,
        id: ObjectId,
        table: ObjectId,
        range: TextRange,
    ) -> Option<Self> {
        let relation = catalog.relation(id)?;
        let index = relation.as_index()?;
        let columns = Correspondence { catalog, from: index.table, to: table };
        let keys = index.keys.iter().map(|key| {
            Some(IndexKey {
                column: match key.column {
                    Some(column) => Some(columns.column(column)?),
                    None => None,
                },
                text: columns.text(&key.text),
                ..key.clone()
            })
        });
        let include = index.include.iter().map(|column| columns.column(*column));
        let constraint = index.constraint.and_then(|id| match &catalog.get(id)?.object {
            Object::Constraint(constraint) => Some(constraint),
            _ => None,
        });
        Some(Self {
            name: None,
            purpose: constraint.map_or(IndexPurpose::Plain, purpose),
            index: Index {
                table,
                keys: keys.collect::<Option<_>>()?,
                include: include.collect::<Option<_>>()?,
                predicate: index.predicate.as_ref().map(|it| columns.text(it)),
                valid: true,
                constraint: None,
                parent: None,
                ..index.clone()
            },
            options: relation.options.clone(),
            tablespace: relation.tablespace.clone(),
            enforced: constraint.map(|it| Enforced::of(it, &columns)).unwrap_or_default(),
            range,
        })
    }

    /// Whether an index of the same table is just like it.
    pub(crate) fn is_like(&self, catalog: &Catalog, other: &Index) -> bool {
        let constraint = other.constraint.and_then(|id| match &catalog.get(id)?.object {
            Object::Constraint(constraint) => Some(constraint),
            _ => None,
        });
        let mine = &self.index;
        let keys = |keys: &[IndexKey]| -> Vec<_> {
            keys.iter().map(|key| (key.column, key.text.clone())).collect()
        };
        mine.method == other.method
            && mine.unique == other.unique
            && mine.nulls_not_distinct == other.nulls_not_distinct
            && mine.predicate == other.predicate
            && mine.include == other.include
            && keys(&mine.keys) == keys(&other.keys)
            // An index may be attached where only an index is wanted, whatever it is for.
            && (!self.purpose.is_constraint()
                || constraint.is_some_and(|it| purpose(it) == self.purpose))
    }
}

/// What the index of a constraint is for.
fn purpose(constraint: &Constraint) -> IndexPurpose {
    match constraint.kind {
        ConstraintKind::PrimaryKey(_) => IndexPurpose::PrimaryKey,
        ConstraintKind::Exclusion { .. } => IndexPurpose::Exclusion,
        _ => IndexPurpose::Unique,
    }
}

impl Enforced {
    fn of(constraint: &Constraint, columns: &Correspondence<'_>) -> Self {
        Self {
            deferrable: constraint.deferrable,
            deferred: constraint.deferred,
            operators: match &constraint.kind {
                ConstraintKind::Exclusion { operators, .. } => {
                    operators.iter().map(|it| columns.text(it)).collect()
                }
                _ => Vec::new(),
            },
        }
    }
}

/// Columns of one table, and those of the same names of another.
pub(crate) struct Correspondence<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) from: ObjectId,
    pub(crate) to: ObjectId,
}

impl Correspondence<'_> {
    /// The column of the other table.
    pub(crate) fn column(&self, column: ColumnNumber) -> Option<ColumnNumber> {
        let name = &self.catalog.relation(self.from)?.column_numbered(column)?.name;
        Some(self.catalog.relation(self.to)?.column(name)?.number)
    }

    /// A text about the other table.
    pub(crate) fn text(&self, text: &Text) -> Text {
        text.map_holes(|hole| match hole {
            Hole::Column(id, column) if *id == self.from => match self.column(*column) {
                Some(column) => Hole::Column(self.to, column),
                None => hole.clone(),
            },
            Hole::Object(id) if *id == self.from => Hole::Object(self.to),
            Hole::Bare(id) if *id == self.from => Hole::Bare(self.to),
            other => other.clone(),
        })
    }
}
