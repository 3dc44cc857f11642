//! What the definition of a column asks for, in `CREATE TABLE` and in `ADD COLUMN`.
//!
//! Source: `transformColumnDefinition` in PostgreSQL's `parser/parse_utilcmd.c`.

use super::expression::is_null;
use super::refusal::refused;
use super::sequence::next_value;
use super::types::serial;
use super::{Outcome, Run, Stop};
use crate::Code;
use crate::analyze::Site;
use crate::ast::{
    ColumnConstraint, ColumnConstraintKind as Kind, ColumnDef, Expr, Ident, KeyConstraint,
    SequenceOption, TableConstraint, TableConstraintKind, TextRange,
};
use crate::builtin::Storage;
use crate::catalog::{
    BaseType, Column, ColumnDefault, ColumnNumber, ColumnType, ObjectId, Place, TypeRef,
};

/// What a column belongs to, as far as its definition may not say all things everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableSort {
    Plain,
    Typed,
    Partition,
    Foreign,
}

/// What the definition of a column asks for.
#[derive(Debug, Clone)]
pub(crate) struct ColumnDraft<'a> {
    /// The column, without a default.
    pub(crate) column: Column,
    /// Where it is declared: its name.
    pub(crate) name: &'a Ident,
    /// Its default.
    pub(crate) default: DraftDefault<'a>,
    /// The constraints on it, as those of the table that they are.
    pub(crate) constraints: Vec<TableConstraint>,
}

/// What a column shall have where a row does not say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum DraftDefault<'a> {
    #[default]
    None,
    /// The next value of a sequence that is made for it.
    Serial,
    Expression(&'a Expr),
    Identity {
        always: bool,
        options: &'a [SequenceOption],
    },
    Generated {
        expr: &'a Expr,
        stored: bool,
    },
}

impl Run<'_> {
    /// Reads a column's definition. `table` is the name of its table. Nothing is changed: the
    /// default waits for [`Run::give_default`], which needs the table with all its columns.
    pub(super) fn column_of<'d>(
        &self,
        definition: &'d ColumnDef,
        table: &str,
        sort: TableSort,
        number: ColumnNumber,
    ) -> Outcome<ColumnDraft<'d>> {
        let name = &definition.name;
        let integer = definition.ty.as_ref().and_then(serial);
        let ty = match (&definition.ty, integer) {
            (Some(ty), Some(_)) if ty.is_array() => {
                return refused(
                    Code::FeatureNotSupported,
                    "array of serial is not implemented",
                    ty.range,
                );
            }
            (Some(ty), Some(_)) if !ty.modifiers.is_empty() => {
                let integer = self.catalog.bare_type_name(integer_of(integer));
                return refused(
                    Code::SyntaxError,
                    format!("type modifier is not allowed for type \"{integer}\""),
                    ty.range,
                );
            }
            (Some(_), Some(_)) => ColumnType::plain(integer_of(integer)),
            (Some(ty), None) => {
                let found = self.column_type(ty)?;
                if ty.set_of {
                    return refused(
                        Code::InvalidTableDefinition,
                        format!("column \"{}\" cannot be declared SETOF", name.text),
                        ty.range,
                    );
                }
                found
            }
            (None, _) => ColumnType::plain(TypeRef::UNKNOWN),
        };
        self.type_fits_a_column(name, ty.ty, None)?;
        let created = Place::new(self.place.source, definition.range.range());
        let mut column = Column::new(number, name.text.clone(), ty, created);
        if let Some(collation) = &definition.collation {
            column.collation = self.collation_of(collation, column.ty.ty)?;
        }
        column.storage = self.storage(definition, column.ty.ty)?;
        column.compression = self.compression(definition, column.ty.ty)?;
        let mut clauses = Clauses::new(name, table);
        if integer.is_some() {
            clauses.default = Some(DraftDefault::Serial);
        }
        for constraint in &definition.constraints {
            check_attributes(constraint)?;
            self.refuse_by_sort(constraint, sort)?;
            clauses.add(constraint)?;
        }
        if integer.is_some() {
            clauses.not_null(name.range)?;
        }
        column.not_null = clauses.not_null;
        Ok(ColumnDraft {
            column,
            name,
            default: clauses.default.or(clauses.generation).unwrap_or_default(),
            constraints: clauses.constraints,
        })
    }

    /// Gives a column of a table the default that its definition asks for, and makes the sequence
    /// that this needs.
    pub(super) fn give_default(
        &mut self,
        table: ObjectId,
        number: ColumnNumber,
        default: DraftDefault<'_>,
        range: TextRange,
    ) -> Outcome {
        let Some(column) = self.catalog.relation(table).and_then(|it| it.column_numbered(number))
        else {
            return Err(Stop::Unknown);
        };
        let (name, ty) = (column.name.clone(), column.ty.clone());
        let default = match default {
            DraftDefault::None => return Ok(()),
            DraftDefault::Serial => {
                let sequence = self.create_owned_sequence(table, number, ty.ty, None, range)?;
                ColumnDefault::Expression(next_value(sequence))
            }
            DraftDefault::Identity { always, options } => {
                self.create_owned_sequence(table, number, ty.ty, Some(options), range)?;
                ColumnDefault::Identity { always }
            }
            DraftDefault::Expression(expr) => self.default_value(table, expr, &ty, &name)?,
            DraftDefault::Generated { expr, stored } => {
                let read = self.read_assigned(table, expr, Site::Generated, &ty, &name)?;
                ColumnDefault::Generated { expression: read.text, stored }
            }
        };
        self.catalog.update_relation(table, |it| {
            if let Some(column) = it.column_mut(number) {
                column.default = default;
            }
        });
        Ok(())
    }

    /// A default. That of null is none, but for a domain, which may have another, and for a type
    /// with something in its parentheses, as a function is called for it.
    pub(super) fn default_value(
        &self,
        table: ObjectId,
        expr: &Expr,
        ty: &ColumnType,
        column: &str,
    ) -> Outcome<ColumnDefault> {
        let read = self.read_assigned(table, expr, Site::Default, ty, column)?;
        let domain = !ty.ty.array && matches!(ty.ty.base, BaseType::Own(_));
        let called = !ty.modifier.is_empty() && !TypeRef { array: false, ..ty.ty }.is("interval");
        if is_null(expr) && !domain && !called {
            return Ok(ColumnDefault::None);
        }
        Ok(ColumnDefault::Expression(read.text))
    }

    fn refuse_by_sort(&self, constraint: &ColumnConstraint, sort: TableSort) -> Outcome {
        let (what, plural) = match (&constraint.kind, sort) {
            (Kind::Identity { .. }, TableSort::Typed) => ("identity columns", "typed tables"),
            (Kind::Generated { .. }, TableSort::Typed) => ("generated columns", "typed tables"),
            (Kind::Identity { .. }, TableSort::Partition) => ("identity columns", "partitions"),
            (Kind::Generated { .. }, TableSort::Partition)
                if self.catalog.version().major() < 16 =>
            {
                ("generated columns", "partitions")
            }
            (Kind::PrimaryKey(_), TableSort::Foreign) => {
                ("primary key constraints", "foreign tables")
            }
            (Kind::Unique { .. }, TableSort::Foreign) => ("unique constraints", "foreign tables"),
            (Kind::References(_), TableSort::Foreign) => {
                ("foreign key constraints", "foreign tables")
            }
            _ => return Ok(()),
        };
        refused(
            Code::FeatureNotSupported,
            format!("{what} are not supported on {plural}"),
            constraint.range,
        )
    }

    /// `STORAGE`.
    fn storage(&self, definition: &ColumnDef, ty: TypeRef) -> Outcome<Option<String>> {
        match &definition.storage {
            Some(storage) => self.storage_of(storage, ty),
            None => Ok(None),
        }
    }

    /// The way of storage that a word stands for; none where it is the type's own.
    pub(super) fn storage_of(&self, storage: &Ident, ty: TypeRef) -> Outcome<Option<String>> {
        let word = storage.text.to_ascii_lowercase();
        match word.as_str() {
            "default" => return Ok(None),
            "plain" => return Ok(Some(word)),
            "external" | "extended" | "main" => {}
            _ => {
                return refused(
                    Code::InvalidParameterValue,
                    format!("invalid storage type \"{}\"", storage.text),
                    storage.range,
                );
            }
        }
        if self.is_stored_plain(ty) {
            let ty = self.catalog.bare_type_name(ty);
            return refused(
                Code::FeatureNotSupported,
                format!("column data type {ty} can only have storage PLAIN"),
                storage.range,
            );
        }
        Ok(Some(word))
    }

    /// `COMPRESSION`.
    fn compression(&self, definition: &ColumnDef, ty: TypeRef) -> Outcome<Option<String>> {
        match &definition.compression {
            Some(method) => self.compression_of(method, ty),
            None => Ok(None),
        }
    }

    /// The way of compression that a word stands for; none where it is the default.
    pub(super) fn compression_of(&self, method: &Ident, ty: TypeRef) -> Outcome<Option<String>> {
        if method.text == "default" {
            return Ok(None);
        }
        if self.is_stored_plain(ty) {
            let ty = self.catalog.bare_type_name(ty);
            return refused(
                Code::FeatureNotSupported,
                format!("column data type {ty} does not support compression"),
                method.range,
            );
        }
        if !matches!(method.text.as_str(), "pglz" | "lz4") {
            return refused(
                Code::InvalidParameterValue,
                format!("invalid compression method \"{}\"", method.text),
                method.range,
            );
        }
        Ok(Some(method.text.clone()))
    }

    /// Whether values of a type are always stored as they are.
    fn is_stored_plain(&self, ty: TypeRef) -> bool {
        match super::operator_class::underlying(self.catalog, ty).base {
            BaseType::Known(known) if !ty.array => {
                self.catalog.known_type(known).is_some_and(|it| it.storage == Storage::Plain)
            }
            _ => false,
        }
    }
}

/// What the clauses of a definition say, one after the other.
struct Clauses<'a, 't> {
    column: &'a Ident,
    table: &'t str,
    not_null: bool,
    says_null: bool,
    default: Option<DraftDefault<'a>>,
    generation: Option<DraftDefault<'a>>,
    constraints: Vec<TableConstraint>,
}

impl<'a, 't> Clauses<'a, 't> {
    fn new(column: &'a Ident, table: &'t str) -> Self {
        Self {
            column,
            table,
            not_null: false,
            says_null: false,
            default: None,
            generation: None,
            constraints: Vec::new(),
        }
    }

    fn refuse<T>(&self, what: &str, range: TextRange) -> Outcome<T> {
        let (column, table) = (&self.column.text, self.table);
        refused(
            Code::SyntaxError,
            format!("{what} for column \"{column}\" of table \"{table}\""),
            range,
        )
    }

    fn not_null(&mut self, range: TextRange) -> Outcome {
        if self.says_null && !self.not_null {
            return self.refuse("conflicting NULL/NOT NULL declarations", range);
        }
        (self.says_null, self.not_null) = (true, true);
        Ok(())
    }

    fn add(&mut self, constraint: &'a ColumnConstraint) -> Outcome {
        let range = constraint.range;
        match &constraint.kind {
            Kind::NotNull => self.not_null(range)?,
            Kind::Null if self.says_null && self.not_null => {
                return self.refuse("conflicting NULL/NOT NULL declarations", range);
            }
            Kind::Null => self.says_null = true,
            Kind::Default(_) if self.default.is_some() => {
                return self.refuse("multiple default values specified", range);
            }
            Kind::Default(expr) => self.default = Some(DraftDefault::Expression(expr)),
            Kind::Identity { always, options } => {
                if matches!(self.generation, Some(DraftDefault::Identity { .. })) {
                    return self.refuse("multiple identity specifications", range);
                }
                self.not_null(range)?;
                self.both_generated(range)?;
                self.generation = Some(DraftDefault::Identity { always: *always, options });
            }
            Kind::Generated { expr, stored } => {
                if matches!(self.generation, Some(DraftDefault::Generated { .. })) {
                    return self.refuse("multiple generation clauses specified", range);
                }
                self.both_generated(range)?;
                self.generation = Some(DraftDefault::Generated { expr, stored: *stored });
            }
            Kind::Check(_) | Kind::PrimaryKey(_) | Kind::Unique { .. } | Kind::References(_) => {
                self.constraints.extend(self.of_table(constraint));
            }
        }
        if self.default.is_some() {
            match self.generation {
                Some(DraftDefault::Identity { .. }) => {
                    return self.refuse("both default and identity specified", range);
                }
                Some(_) => {
                    return self.refuse("both default and generation expression specified", range);
                }
                None => {}
            }
        }
        Ok(())
    }

    fn both_generated(&self, range: TextRange) -> Outcome {
        if self.generation.is_none() {
            return Ok(());
        }
        self.refuse("both identity and generation expression specified", range)
    }

    /// The constraint of the table that a column's constraint is.
    fn of_table(&self, constraint: &ColumnConstraint) -> Option<TableConstraint> {
        let columns = vec![self.column.clone()];
        let kind = match &constraint.kind {
            Kind::Check(expr) => TableConstraintKind::Check(expr.clone()),
            Kind::PrimaryKey(index) => TableConstraintKind::PrimaryKey(KeyConstraint {
                columns,
                without_overlaps: false,
                index: index.clone(),
            }),
            Kind::Unique { nulls_not_distinct, index } => TableConstraintKind::Unique {
                nulls_not_distinct: *nulls_not_distinct,
                key: KeyConstraint { columns, without_overlaps: false, index: index.clone() },
            },
            Kind::References(reference) => TableConstraintKind::ForeignKey {
                columns,
                period: false,
                reference: reference.clone(),
            },
            _ => return None,
        };
        Some(TableConstraint {
            name: constraint.name.clone(),
            kind,
            attributes: constraint.attributes.clone(),
            range: constraint.range,
        })
    }
}

/// What stands after a column's constraint must be able to stand there.
fn check_attributes(constraint: &ColumnConstraint) -> Outcome {
    let attributes = &constraint.attributes;
    let can_be_deferred =
        matches!(constraint.kind, Kind::PrimaryKey(_) | Kind::Unique { .. } | Kind::References(_));
    let message = if !can_be_deferred && attributes.deferrable == Some(true) {
        "misplaced DEFERRABLE clause"
    } else if !can_be_deferred && attributes.deferrable == Some(false) {
        "misplaced NOT DEFERRABLE clause"
    } else if !can_be_deferred && attributes.initially_deferred == Some(true) {
        "misplaced INITIALLY DEFERRED clause"
    } else if !can_be_deferred && attributes.initially_deferred == Some(false) {
        "misplaced INITIALLY IMMEDIATE clause"
    } else if attributes.deferrable == Some(false) && attributes.initially_deferred == Some(true) {
        "constraint declared INITIALLY DEFERRED must be DEFERRABLE"
    } else {
        return Ok(());
    };
    refused(Code::SyntaxError, message, constraint.range)
}

fn integer_of(name: Option<&'static str>) -> TypeRef {
    name.map_or(TypeRef::UNKNOWN, TypeRef::catalog)
}
