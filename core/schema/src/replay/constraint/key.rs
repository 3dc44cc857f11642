//! `PRIMARY KEY` and `UNIQUE`.
//!
//! Source: `transformIndexConstraint` in PostgreSQL's `parser/parse_utilcmd.c`.

use crate::Code;
use crate::ast::{Ident, KeyConstraint, TableConstraint, TableConstraintKind as Kind, TextRange};
use crate::catalog::{
    Catalog, ColumnNumber, ConstraintKind, Index, Lookup, Object, ObjectId, RelationHit,
    RelationKind, SchemaRef,
};
use crate::replay::choose_name::IndexPurpose;
use crate::replay::index::{Enforced, IndexDraft, check_abilities};
use crate::replay::options::Owner;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};

impl Run<'_> {
    /// Adds the keys of a new table or of new columns: the primary key first, and of those that
    /// are alike one.
    pub(super) fn add_keys(
        &mut self,
        table: ObjectId,
        constraints: Vec<&TableConstraint>,
        only: bool,
    ) -> Outcome {
        let mut drafts: Vec<IndexDraft> = Vec::new();
        for constraint in constraints {
            super::check_attributes(constraint)?;
            let draft = match &constraint.kind {
                Kind::UsingIndex { primary, index } => {
                    self.constraint_using_index(table, constraint, *primary, index)?;
                    continue;
                }
                Kind::Exclude { .. } => self.exclusion_of(table, constraint)?,
                _ => match self.key_of(table, constraint)? {
                    Some(draft) => draft,
                    None => continue,
                },
            };
            if draft.purpose != IndexPurpose::PrimaryKey {
                drafts.push(draft);
            } else if drafts.first().is_some_and(|it| it.purpose == draft.purpose) {
                return self.two_primary_keys(table, constraint.range);
            } else {
                drafts.insert(0, draft);
            }
        }
        let mut distinct: Vec<IndexDraft> = Vec::new();
        for draft in drafts {
            match distinct.iter_mut().find(|it| is_redundant(it, &draft)) {
                Some(kept) => {
                    kept.name = kept.name.take().or(draft.name);
                }
                None => distinct.push(draft),
            }
        }
        for draft in distinct {
            self.build_index(draft, only)?;
        }
        Ok(())
    }

    /// The index of a primary key or a unique constraint.
    pub(super) fn key_of(
        &self,
        table: ObjectId,
        constraint: &TableConstraint,
    ) -> Outcome<Option<IndexDraft>> {
        let (key, nulls_not_distinct, purpose) = match &constraint.kind {
            Kind::PrimaryKey(key) => (key, false, IndexPurpose::PrimaryKey),
            Kind::Unique { nulls_not_distinct, key } => {
                (key, *nulls_not_distinct, IndexPurpose::Unique)
            }
            _ => return Ok(None),
        };
        let primary = purpose == IndexPurpose::PrimaryKey;
        if primary {
            self.has_no_primary_key(table, constraint.range)?;
        }
        let columns = self.key_columns(table, key, primary)?;
        let include = key.index.include.iter();
        let include =
            include.map(|it| self.key_column(table, it, true)).collect::<Outcome<Vec<_>>>()?;
        let method = if key.without_overlaps { "gist" } else { "btree" };
        let counts = (columns.len(), include.len());
        check_abilities(method, None, None, constraint.range, true, counts)?;
        let keys = self.column_keys(table, &columns, method)?;
        Ok(Some(IndexDraft {
            name: constraint.name.clone(),
            purpose,
            options: self.options(&key.index.with, Owner::Index(method))?,
            tablespace: key.index.tablespace.as_ref().map(|it| it.text.clone()),
            index: Index {
                table,
                method: method.to_owned(),
                unique: true,
                nulls_not_distinct,
                keys,
                include,
                predicate: None,
                valid: true,
                constraint: None,
                parent: None,
            },
            enforced: enforced(constraint),
            range: constraint.range,
        }))
    }

    fn key_columns(
        &self,
        table: ObjectId,
        key: &KeyConstraint,
        primary: bool,
    ) -> Outcome<Vec<(ColumnNumber, TextRange)>> {
        let mut columns: Vec<(ColumnNumber, TextRange)> = Vec::new();
        for name in &key.columns {
            let column = self.key_column(table, name, true)?;
            if columns.iter().any(|(it, _)| *it == column) {
                let what = if primary { "primary key" } else { "unique" };
                return refused(
                    Code::DuplicateColumn,
                    format!("column \"{}\" appears twice in {what} constraint", name.text),
                    name.range,
                );
            }
            columns.push((column, name.range));
        }
        Ok(columns)
    }

    /// Refuses a second primary key.
    pub(crate) fn has_no_primary_key(&self, table: ObjectId, range: TextRange) -> Outcome {
        match self.catalog.primary_key(table) {
            Some((id, _)) if !self.catalog.is_uncertain(id) => self.two_primary_keys(table, range),
            _ => Ok(()),
        }
    }

    fn two_primary_keys<T>(&self, table: ObjectId, range: TextRange) -> Outcome<T> {
        let name = self.catalog.get(table).map_or("", |entry| entry.object.name());
        let there = self.catalog.primary_key(table).and_then(|(id, _)| self.catalog.get(id));
        Refusal::new(
            Code::InvalidTableDefinition,
            format!("multiple primary keys for table \"{name}\" are not allowed"),
        )
        .at(range)
        .also(there.map(|entry| entry.created), "the primary key was created here")
        .stop()
    }

    /// `PRIMARY KEY USING INDEX` and `UNIQUE USING INDEX`: the index gets the constraint's name,
    /// or gives it its own.
    pub(super) fn constraint_using_index(
        &mut self,
        table: ObjectId,
        constraint: &TableConstraint,
        primary: bool,
        index_name: &Ident,
    ) -> Outcome<Option<ObjectId>> {
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        let (schema, table_name) = (relation.schema, relation.name.clone());
        if crate::replay::index::is_partitioned(&relation.kind) {
            return refused(
                Code::FeatureNotSupported,
                "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables",
                constraint.range,
            );
        }
        if primary {
            self.has_no_primary_key(table, constraint.range)?;
        }
        let id = match self.catalog.relation_in(SchemaRef::Own(schema), &index_name.text) {
            Some(RelationHit::Own(id)) => id,
            Some(RelationHit::Known(..)) => return Err(Stop::Unknown),
            None => return self.no_index(schema, index_name),
        };
        let Some(index) = self.catalog.relation(id).and_then(|it| it.as_index()) else {
            let message = format!("\"{}\" is not an index", index_name.text);
            return refused(Code::WrongObjectType, message, index_name.range);
        };
        if let Some((code, message)) = objection(index, table, &index_name.text, &table_name) {
            if self.catalog.is_uncertain(id) {
                return Err(Stop::Unknown);
            }
            return Refusal::new(code, message)
                .at(index_name.range)
                .also(self.catalog.get(id).map(|entry| entry.created), "created here")
                .stop();
        }
        let columns: Vec<ColumnNumber> = index.keys.iter().filter_map(|it| it.column).collect();
        let name = constraint.name.as_ref().unwrap_or(index_name);
        if name.text != index_name.text {
            self.relation_name_is_free(schema, name)?;
        }
        self.constraint_is_new(table, name)?;
        if name.text != index_name.text {
            self.catalog.rename(id, &name.text, self.place);
        }
        let kind =
            if primary { ConstraintKind::PrimaryKey(id) } else { ConstraintKind::Unique(id) };
        let Enforced { deferrable, deferred, .. } = enforced(constraint);
        let made = self.catalog.insert(
            Object::Constraint(crate::catalog::Constraint {
                columns: columns.clone(),
                deferrable,
                deferred,
                ..crate::catalog::Constraint::new(table, name.text.clone(), kind)
            }),
            self.place,
        );
        self.catalog.update_relation(id, |it| {
            if let RelationKind::Index(index) = &mut it.kind {
                index.constraint = Some(made);
            }
        });
        if primary {
            for column in columns {
                self.forbid_null(table, column);
            }
        }
        Ok(Some(made))
    }

    fn no_index<T>(&self, schema: ObjectId, name: &Ident) -> Outcome<T> {
        if let Lookup::Unknown = self.catalog.missing::<()>(&name.text) {
            return Err(Stop::Unknown);
        }
        let space = crate::catalog::NameSpace::Relation;
        Refusal::new(Code::UndefinedObject, format!("index \"{}\" does not exist", name.text))
            .at(name.range)
            .went(self.catalog.former(space, Some(schema), &name.text))
            .similar(&name.text, self.catalog.names(space, Some(schema)))
            .stop()
    }
}

/// Why an index cannot become a constraint.
fn objection(
    index: &Index,
    table: ObjectId,
    name: &str,
    table_name: &str,
) -> Option<(Code, String)> {
    let wrong = Code::WrongObjectType;
    if index.constraint.is_some() {
        let message = format!("index \"{name}\" is already associated with a constraint");
        return Some((Code::NotInPrerequisiteState, message));
    }
    if index.table != table {
        let message = format!("index \"{name}\" does not belong to table \"{table_name}\"");
        return Some((Code::NotInPrerequisiteState, message));
    }
    if !index.valid {
        return Some((Code::NotInPrerequisiteState, format!("index \"{name}\" is not valid")));
    }
    if !index.unique {
        return Some((wrong, format!("\"{name}\" is not a unique index")));
    }
    if index.keys.iter().any(|key| key.column.is_none()) {
        return Some((wrong, format!("index \"{name}\" contains expressions")));
    }
    if index.predicate.is_some() {
        return Some((wrong, format!("\"{name}\" is a partial index")));
    }
    let odd = index.keys.iter().position(|key| !key.plain)? + 1;
    let message =
        format!("index \"{name}\" column number {odd} does not have default sorting behavior");
    Some((wrong, message))
}

/// Whether a key demands nothing that another one does not.
fn is_redundant(kept: &IndexDraft, draft: &IndexDraft) -> bool {
    let columns = |draft: &IndexDraft| -> Vec<_> {
        draft.index.keys.iter().map(|key| (key.column, key.text.clone())).collect()
    };
    kept.index.method == draft.index.method
        && kept.index.nulls_not_distinct == draft.index.nulls_not_distinct
        && kept.index.include == draft.index.include
        && kept.index.predicate == draft.index.predicate
        && kept.enforced == draft.enforced
        && columns(kept) == columns(draft)
}

/// When a constraint is checked.
pub(super) fn enforced(constraint: &TableConstraint) -> Enforced {
    let attributes = &constraint.attributes;
    let deferred = attributes.initially_deferred == Some(true);
    Enforced {
        deferrable: attributes.deferrable.unwrap_or(deferred),
        deferred,
        operators: Vec::new(),
    }
}

impl Catalog {
    /// The primary key of a table: the constraint and its index.
    pub fn primary_key(&self, table: ObjectId) -> Option<(ObjectId, ObjectId)> {
        self.constraints(table).find_map(|(id, constraint)| match constraint.kind {
            ConstraintKind::PrimaryKey(index) => Some((id, index)),
            _ => None,
        })
    }
}
