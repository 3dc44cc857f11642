//! `CREATE INDEX`, and the indexes behind constraints.

mod build;
mod draft;
mod keys;

pub(crate) use draft::{Correspondence, Enforced, IndexDraft};

use super::choose_name::IndexPurpose;
use super::operator_class::access_method;
use super::options::Owner;
use super::refusal::refused;
use super::{Outcome, Refusal, Run, Stop};
use crate::Code;
use crate::analyze::Site;
use crate::ast::{CreateIndex, ExprKind, Ident, IndexElement, Name, TextRange};
use crate::builtin::{AccessMethod, Home, Relation as Known, RelationKind as KnownKind};
use crate::catalog::{ColumnNumber, Index, ObjectId, RelationHit, RelationKind};

/// The most columns that an index can have (`INDEX_MAX_KEYS`).
pub(super) const MAX_COLUMNS: usize = 32;

impl Run<'_> {
    pub(super) fn create_index(&mut self, statement: &CreateIndex) -> Outcome {
        if let Some(dotted) = statement.name.as_ref().filter(|it| !it.qualifiers.is_empty()) {
            return Refusal::new(Code::SyntaxError, "syntax error at or near \".\"")
                .at(dotted.range)
                .help("an index is always in the schema of its table")
                .stop();
        }
        let name = &statement.table.name;
        let table = match self.relation_hit(name)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(relation, home) => return not_system(name, relation, home),
        };
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        let (schema, partitioned) = (relation.schema, is_partitioned(&relation.kind));
        match &relation.kind {
            RelationKind::Table(it) if it.foreign.is_none() => {}
            RelationKind::MaterializedView { .. } => {}
            _ if self.catalog.is_uncertain(table) => return Ok(()),
            RelationKind::Index(_) => {
                let message = format!("\"{}\" is an index", name.name.text);
                return refused(Code::WrongObjectType, message, name.range);
            }
            _ => {
                let message = format!("cannot create index on relation \"{}\"", name.name.text);
                return refused(Code::WrongObjectType, message, name.range);
            }
        }
        if partitioned && statement.concurrently {
            return refused(
                Code::FeatureNotSupported,
                format!(
                    "cannot create index on partitioned table \"{}\" concurrently",
                    name.name.text
                ),
                name.range,
            );
        }
        let draft = self.described_index(statement, table)?;
        if let Some(name) = statement.name.as_ref().map(|it| &it.name)
            && statement.if_not_exists
            && self.relation_exists(schema, name)
        {
            return Ok(());
        }
        self.build_index(draft, statement.table.only)?;
        Ok(())
    }

    /// The index that a statement describes.
    fn described_index(&self, statement: &CreateIndex, table: ObjectId) -> Outcome<IndexDraft> {
        let (method, can) = self.index_method(statement.method.as_ref())?;
        let range = statement.name.as_ref().map_or(statement.table.name.range, |it| it.range);
        let counts = (statement.elements.len(), statement.include.len());
        check_abilities(&method, can, statement.method.as_ref(), range, statement.unique, counts)?;
        let keys = self.index_keys(table, &statement.elements, &method, can, false)?;
        let include = statement
            .include
            .iter()
            .map(|element| self.included_element(table, element))
            .collect::<Outcome<Vec<ColumnNumber>>>()?;
        let predicate = match &statement.predicate {
            Some(expr) => Some(self.read_condition(table, expr, Site::IndexPredicate)?.text),
            None => None,
        };
        Ok(IndexDraft {
            name: statement.name.as_ref().map(|it| it.name.clone()),
            purpose: IndexPurpose::Plain,
            options: self.options(&statement.with, Owner::Index(&method))?,
            tablespace: statement.tablespace.as_ref().map(|it| it.text.clone()),
            index: Index {
                table,
                method,
                unique: statement.unique,
                nulls_not_distinct: statement.nulls_not_distinct,
                keys,
                include,
                predicate,
                valid: true,
                constraint: None,
                parent: None,
            },
            enforced: Enforced::default(),
            range,
        })
    }

    /// The access method that is named, or `btree`, and what it can do where that is known.
    pub(super) fn index_method(
        &self,
        name: Option<&Ident>,
    ) -> Outcome<(String, Option<AccessMethod>)> {
        let Some(name) = name else {
            let can = self.catalog.builtin().objects().access_method("btree");
            return Ok(("btree".to_owned(), can));
        };
        // The name that R-trees had before they became GiST.
        if name.text == "rtree" {
            return Ok(("gist".to_owned(), None));
        }
        Ok((name.text.clone(), access_method(self.catalog, name)?))
    }

    /// A column of `INCLUDE`, which can be nothing else.
    fn included_element(&self, table: ObjectId, element: &IndexElement) -> Outcome<ColumnNumber> {
        match &element.expr.kind {
            ExprKind::Column(column) if !column.star && column.fields.len() == 1 => {
                self.key_column(table, &column.fields[0], false)
            }
            _ => refused(
                Code::FeatureNotSupported,
                "expressions are not supported in included columns",
                element.range,
            ),
        }
    }
}

/// Refuses to change a table of `pg_catalog`.
pub(super) fn not_system(name: &Name, relation: Known, home: Home<'_>) -> Outcome {
    if home != Home::Catalog || relation.kind != KnownKind::Table {
        return Ok(());
    }
    refused(
        Code::InsufficientPrivilege,
        format!("permission denied: \"{}\" is a system catalog", name.name.text),
        name.range,
    )
}

/// Refuses what an access method cannot do: unique indexes, several keys, included columns.
pub(super) fn check_abilities(
    method: &str,
    can: Option<AccessMethod>,
    name: Option<&Ident>,
    range: TextRange,
    unique: bool,
    (keys, included): (usize, usize),
) -> Outcome {
    if keys + included > MAX_COLUMNS {
        return refused(
            Code::TooManyColumns,
            format!("cannot use more than {MAX_COLUMNS} columns in an index"),
            range,
        );
    }
    let Some(can) = can else { return Ok(()) };
    let lacks = if unique && !can.unique {
        "unique indexes"
    } else if included > 0 && !can.include {
        "included columns"
    } else if keys > 1 && !can.multi_column {
        "multicolumn indexes"
    } else {
        return Ok(());
    };
    Refusal::new(
        Code::FeatureNotSupported,
        format!("access method \"{method}\" does not support {lacks}"),
    )
    .at(name.map_or(range, |it| it.range))
    .stop()
}

/// Whether it is a partitioned table.
pub(super) fn is_partitioned(kind: &RelationKind) -> bool {
    matches!(kind, RelationKind::Table(table) if table.partition_key.is_some())
}
