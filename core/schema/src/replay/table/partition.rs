//! Partitions: the key, the bound, and what a partition has because its parent has it.
//!
//! Source: `transformPartitionSpec`, `ComputePartitionAttrs` in PostgreSQL's
//! `commands/tablecmds.c`, `transformPartitionBound` in `parser/parse_utilcmd.c`.

use crate::Code;
use crate::analyze::Site;
use crate::ast::{
    Constant, Expr, ExprKind, Ident, IndexElement, PartitionBound, PartitionBy, PartitionStrategy,
    TextRange,
};
use crate::catalog::{
    Column, ColumnDefault, ColumnNumber, ColumnType, Constraint, Hole, Object, ObjectId,
    PartitionKey, Text, TypeRef,
};
use crate::replay::index::is_partitioned;
use crate::replay::names::no_column;
use crate::replay::operator_class::operator_class;
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Refusal, Run, Stop};

/// The most columns of a partition key (`PARTITION_MAX_KEYS`).
const MAX_KEYS: usize = 32;

impl Run<'_> {
    /// `PARTITION BY`.
    pub(super) fn partition_key(&self, table: ObjectId, by: &PartitionBy) -> Outcome<PartitionKey> {
        if let Some(element) = by.elements.get(MAX_KEYS) {
            return refused(
                Code::TooManyColumns,
                format!("cannot partition using more than {MAX_KEYS} columns"),
                element.range,
            );
        }
        if by.strategy == PartitionStrategy::List
            && let Some(second) = by.elements.get(1)
        {
            return refused(
                Code::InvalidObjectDefinition,
                "cannot use \"list\" partition strategy with more than one column",
                second.range,
            );
        }
        let mut key =
            PartitionKey { strategy: by.strategy, columns: Vec::new(), text: Text::default() };
        for element in &by.elements {
            if !key.text.is_empty() {
                key.text.push(", ");
            }
            let (column, ty) = self.partition_key_part(table, element, &mut key.text)?;
            key.columns.push(column);
            if let Some(collation) = &element.collation
                && let Some(collation) = self.collation_of(collation, ty)?
            {
                key.text.push(" COLLATE ");
                key.text.append(&collation);
            }
            let method = if by.strategy == PartitionStrategy::Hash { "hash" } else { "btree" };
            let named = element.operator_class.as_ref();
            operator_class(self.catalog, method, ty, named, element.expr.range)?;
            if let Some(named) = named {
                key.text.push(&format!(" {named}"));
            }
        }
        Ok(key)
    }

    fn partition_key_part(
        &self,
        table: ObjectId,
        element: &IndexElement,
        text: &mut Text,
    ) -> Outcome<(Option<ColumnNumber>, TypeRef)> {
        if let ExprKind::Column(column) = &element.expr.kind
            && let [name] = column.fields.as_slice()
            && !column.star
        {
            let column = self.partition_column(table, name)?;
            text.push_hole(Hole::Column(table, column.number));
            return Ok((Some(column.number), column.ty.ty));
        }
        let read = self.read(table, &element.expr, Site::PartitionKey)?;
        if let ExprKind::Constant(_) = element.expr.kind {
            return refused(
                Code::InvalidObjectDefinition,
                "cannot use constant expression as partition key",
                element.range,
            );
        }
        text.push("(");
        text.append(&read.text);
        text.push(")");
        Ok((None, read.ty))
    }

    fn partition_column(&self, table: ObjectId, name: &Ident) -> Outcome<&Column> {
        let Some(relation) = self.catalog.relation(table) else { return Err(Stop::Unknown) };
        let Some(column) = relation.column(&name.text) else {
            if super::is_system_column(&name.text) {
                return refused(
                    Code::InvalidObjectDefinition,
                    format!("cannot use system column \"{}\" in partition key", name.text),
                    name.range,
                );
            }
            let message = format!("column \"{}\" named in partition key does not exist", name.text);
            return Refusal { message, ..no_column(self.catalog, table, name) }.stop();
        };
        if let ColumnDefault::Generated { .. } = column.default {
            return refused(
                Code::InvalidObjectDefinition,
                "cannot use generated column in partition key",
                name.range,
            );
        }
        Ok(column)
    }

    /// Makes a table a partition of another, of which it has the columns.
    pub(crate) fn put_into_parent(
        &mut self,
        table: ObjectId,
        parent: ObjectId,
        bound: &PartitionBound,
        name: &Ident,
    ) -> Outcome {
        let text = self.partition_bound(parent, bound, name)?;
        self.bound_is_free(parent, &text, name)?;
        self.catalog.update_relation(table, |it| {
            if let Some(table) = it.as_table_mut() {
                table.partition_of = Some((parent, text));
            }
        });
        Ok(())
    }

    /// What a partition has because its parent has it: indexes and their constraints, foreign
    /// keys, row triggers.
    pub(crate) fn partition_like_parent(
        &mut self,
        table: ObjectId,
        parent: ObjectId,
        range: TextRange,
    ) -> Outcome {
        let indexes: Vec<ObjectId> = self.catalog.indexes(parent).map(|(id, _)| id).collect();
        for index in indexes {
            self.index_on_partition(index, table, range)?;
        }
        let keys: Vec<ObjectId> = self
            .catalog
            .constraints(parent)
            .filter(|(_, it)| it.foreign_key().is_some() && !self.follows_from_another(it))
            .map(|(id, _)| id)
            .collect();
        for key in keys {
            self.foreign_key_on_partition(key, table);
        }
        self.point_to_partition(table, parent);
        self.row_triggers_of(table, parent);
        Ok(())
    }

    /// Whether it is a key to a partition, which is there because of that to the whole table.
    fn follows_from_another(&self, constraint: &Constraint) -> bool {
        let parent = constraint.foreign_key().and_then(|key| key.parent);
        let parent = parent.and_then(|id| self.foreign_key(id));
        parent.is_some_and(|(parent, _)| parent.on == constraint.on)
    }

    /// Foreign keys to the parent are ones to its partition too.
    fn point_to_partition(&mut self, table: ObjectId, parent: ObjectId) {
        let pointing: Vec<ObjectId> = self
            .catalog
            .dependents(parent)
            .filter(|id| self.foreign_key(*id).is_some_and(|(_, key)| key.table == parent))
            .collect();
        for id in pointing {
            self.foreign_key_to_partition(id, table);
        }
    }

    fn row_triggers_of(&mut self, table: ObjectId, parent: ObjectId) {
        let triggers: Vec<_> = self
            .catalog
            .dependents(parent)
            .filter_map(|id| match &self.catalog.get(id)?.object {
                Object::Trigger(it) if it.on == parent && it.for_each_row => Some((id, it.clone())),
                _ => None,
            })
            .collect();
        for (id, trigger) in triggers {
            let columns = crate::replay::index::Correspondence {
                catalog: self.catalog,
                from: parent,
                to: table,
            };
            let draft = crate::catalog::Trigger {
                on: table,
                columns: trigger.columns.iter().filter_map(|it| columns.column(*it)).collect(),
                when: trigger.when.as_ref().map(|it| columns.text(it)),
                parent: Some(id),
                ..trigger
            };
            self.catalog.insert(Object::Trigger(draft), self.place);
        }
    }

    /// The bound of a partition, from `FOR VALUES` on. It must be one for the parent's key.
    pub(crate) fn partition_bound(
        &self,
        parent: ObjectId,
        bound: &PartitionBound,
        name: &Ident,
    ) -> Outcome<Text> {
        let Some(relation) = self.catalog.relation(parent) else { return Err(Stop::Unknown) };
        let Some(key) = relation.as_table().and_then(|it| it.partition_key.as_ref()) else {
            debug_assert!(!is_partitioned(&relation.kind));
            return refused(
                Code::InvalidObjectDefinition,
                format!("table \"{}\" is not partitioned", relation.name),
                name.range,
            );
        };
        let (strategy, parts) = (key.strategy, key.columns.len());
        let invalid = |message: String| refused(Code::InvalidTableDefinition, message, name.range);
        match (bound, strategy) {
            (PartitionBound::Default, PartitionStrategy::Hash) => {
                invalid("a hash-partitioned table may not have a default partition".to_owned())
            }
            (PartitionBound::Default, _) => Ok(Text::plain("DEFAULT")),
            (PartitionBound::Hash { modulus, remainder }, PartitionStrategy::Hash) => {
                if *modulus == 0 {
                    return invalid(
                        "modulus for hash partition must be an integer value greater than zero"
                            .to_owned(),
                    );
                }
                if remainder >= modulus {
                    return invalid(
                        "remainder for hash partition must be less than modulus".to_owned(),
                    );
                }
                Ok(Text::plain(format!(
                    "FOR VALUES WITH (modulus {modulus}, remainder {remainder})"
                )))
            }
            (PartitionBound::List(values), PartitionStrategy::List) => {
                let mut text = Text::plain("FOR VALUES IN ");
                self.bound_values(parent, values, &mut text)?;
                Ok(text)
            }
            (PartitionBound::Range { from, to }, PartitionStrategy::Range) => {
                for (word, values) in [("FROM", from), ("TO", to)] {
                    if values.len() != parts {
                        return invalid(format!(
                            "{word} must specify exactly one value per partitioning column"
                        ));
                    }
                }
                let mut text = Text::plain("FOR VALUES FROM ");
                self.bound_values(parent, from, &mut text)?;
                text.push(" TO ");
                self.bound_values(parent, to, &mut text)?;
                Ok(text)
            }
            _ => {
                let name = match strategy {
                    PartitionStrategy::Range => "range",
                    PartitionStrategy::List => "list",
                    PartitionStrategy::Hash => "hash",
                };
                invalid(format!("invalid bound specification for a {name} partition"))
            }
        }
    }

    /// The values of a bound, in parentheses. Each is assigned to a part of the key.
    fn bound_values(&self, parent: ObjectId, values: &[Expr], text: &mut Text) -> Outcome {
        let Some(relation) = self.catalog.relation(parent) else { return Err(Stop::Unknown) };
        let key = relation.as_table().and_then(|it| it.partition_key.as_ref());
        let list = key.is_some_and(|it| it.strategy == PartitionStrategy::List);
        text.push("(");
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                text.push(", ");
            }
            if let Some(word) = infinite(value) {
                text.push(word);
                continue;
            }
            if !list && let ExprKind::Constant(Constant::Null) = value.kind {
                return refused(
                    Code::InvalidTableDefinition,
                    "cannot specify NULL in range bound",
                    value.range,
                );
            }
            let part = if list { 0 } else { at };
            let column = key.and_then(|it| it.columns.get(part).copied().flatten());
            let column = column.and_then(|it| relation.column_numbered(it));
            let unknown = ColumnType::plain(TypeRef::UNKNOWN);
            let (ty, called) = column.map_or((&unknown, ""), |it| (&it.ty, it.name.as_str()));
            let read = self.read_assigned(parent, value, Site::PartitionBound, ty, called)?;
            text.append(&read.text);
        }
        text.push(")");
        Ok(())
    }
}

/// `MINVALUE` and `MAXVALUE`.
fn infinite(value: &Expr) -> Option<&'static str> {
    match &value.kind {
        ExprKind::Column(column) => match column.fields.as_slice() {
            [word] if word.text == "minvalue" => Some("MINVALUE"),
            [word] if word.text == "maxvalue" => Some("MAXVALUE"),
            _ => None,
        },
        _ => None,
    }
}
