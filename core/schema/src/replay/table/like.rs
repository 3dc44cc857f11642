//! `LIKE`.
//!
//! Source: `transformTableLikeClause` and `expandTableLikeClause` in PostgreSQL's
//! `parser/parse_utilcmd.c`.

use super::{Plan, Planned, repeated};
use crate::Code;
use crate::ast::{Ident, LikeProperty, TableLike, TextRange};
use crate::catalog::{
    Column, ColumnDefault, ColumnNumber, ConstraintKind, Object, ObjectId, RelationHit,
    RelationKind, Statistics,
};
use crate::replay::column::DraftDefault;
use crate::replay::index::{Correspondence, IndexDraft};
use crate::replay::refusal::refused;
use crate::replay::{Outcome, Run};

/// A table that another one is to be like, and in what.
pub(super) struct Source {
    table: ObjectId,
    properties: Vec<LikeProperty>,
    range: TextRange,
}

impl Source {
    fn has(&self, property: LikeProperty) -> bool {
        self.properties.contains(&property)
    }
}

impl Run<'_> {
    /// Takes the columns of a table.
    pub(super) fn plan_like(&self, like: &TableLike, plan: &mut Plan<'_>) -> Outcome {
        let name = &like.relation;
        let source = match self.relation_hit(name)? {
            RelationHit::Own(id) => id,
            RelationHit::Known(known, _) => {
                for column in known.columns() {
                    let ty = self.catalog.type_of_fact(column.data_type);
                    let ty = crate::catalog::ColumnType::plain(ty);
                    let mut column_made = Column::new(ColumnNumber(0), column.name, ty, self.place);
                    column_made.not_null = column.not_null;
                    plan_column(plan, column_made, name.range)?;
                }
                return Ok(());
            }
        };
        let Some(relation) = self.catalog.relation(source) else { return Ok(()) };
        if matches!(relation.kind, RelationKind::Index(_) | RelationKind::Sequence(_)) {
            return refused(
                Code::WrongObjectType,
                format!("relation \"{}\" is invalid in LIKE clause", name.name.text),
                name.range,
            );
        }
        let source = Source { table: source, properties: properties(like), range: name.range };
        for column in &relation.columns {
            let mut made =
                Column::new(ColumnNumber(0), &column.name, column.ty.clone(), self.place);
            made.collation.clone_from(&column.collation);
            made.not_null = column.not_null;
            if source.has(LikeProperty::Storage) {
                made.storage.clone_from(&column.storage);
            }
            if source.has(LikeProperty::Compression) {
                made.compression.clone_from(&column.compression);
            }
            if source.has(LikeProperty::Comments) {
                made.comment.clone_from(&column.comment);
            }
            plan_column(plan, made, name.range)?;
        }
        plan.likes.push(source);
        Ok(())
    }

    /// Takes what speaks of columns: defaults, checks, indexes, statistics.
    pub(super) fn finish_like(&mut self, table: ObjectId, source: &Source) -> Outcome {
        self.like_defaults(table, source)?;
        if source.has(LikeProperty::Constraints) {
            self.like_checks(table, source)?;
        }
        if source.has(LikeProperty::Indexes) {
            self.like_indexes(table, source)?;
        }
        if source.has(LikeProperty::Statistics) {
            self.like_statistics(table, source);
        }
        Ok(())
    }

    fn like_defaults(&mut self, table: ObjectId, source: &Source) -> Outcome {
        let Some(relation) = self.catalog.relation(source.table) else { return Ok(()) };
        for column in relation.columns.clone() {
            let Some(number) = self
                .catalog
                .relation(table)
                .and_then(|it| it.column(&column.name))
                .map(|it| it.number)
            else {
                continue;
            };
            let columns = Correspondence { catalog: self.catalog, from: source.table, to: table };
            let default = match &column.default {
                ColumnDefault::Expression(text) if source.has(LikeProperty::Defaults) => {
                    ColumnDefault::Expression(text.clone())
                }
                ColumnDefault::Generated { expression, stored }
                    if source.has(LikeProperty::Generated) =>
                {
                    ColumnDefault::Generated {
                        expression: columns.text(expression),
                        stored: *stored,
                    }
                }
                ColumnDefault::Identity { always } if source.has(LikeProperty::Identity) => {
                    self.like_identity((table, number), source, column.number, *always)?;
                    continue;
                }
                _ => continue,
            };
            self.catalog.update_relation(table, |it| {
                if let Some(column) = it.column_mut(number) {
                    column.default = default;
                }
            });
        }
        Ok(())
    }

    /// An identity column has a sequence of its own, with the same options.
    fn like_identity(
        &mut self,
        (table, number): (ObjectId, ColumnNumber),
        source: &Source,
        from: ColumnNumber,
        always: bool,
    ) -> Outcome {
        let default = DraftDefault::Identity { always, options: &[] };
        self.give_default(table, number, default, source.range)?;
        let model = self.catalog.owned_sequence(source.table, from);
        let model = model.and_then(|id| self.catalog.relation(id)?.as_sequence().cloned());
        let (Some(model), Some(made)) = (model, self.catalog.owned_sequence(table, number)) else {
            return Ok(());
        };
        self.catalog.update_relation(made, |it| {
            if let RelationKind::Sequence(sequence) = &mut it.kind {
                let owner = sequence.owner;
                *sequence = crate::catalog::Sequence { owner, ..model };
            }
        });
        Ok(())
    }

    fn like_checks(&mut self, table: ObjectId, source: &Source) -> Outcome {
        let checks: Vec<_> = self
            .catalog
            .constraints(source.table)
            .filter(|(_, it)| matches!(it.kind, ConstraintKind::Check(_)))
            .map(|(id, _)| id)
            .collect();
        for id in checks {
            let Some((check, text)) = self.check_numbered(id) else { continue };
            let mut draft = self.inherited_check(&check, &text, table);
            (draft.local, draft.inherited, draft.validated) = (true, 0, true);
            let name = Ident::new(draft.name.clone(), source.range);
            let made = self.put_check(draft, &name)?;
            self.like_comment(id, made, source);
        }
        Ok(())
    }

    fn like_indexes(&mut self, table: ObjectId, source: &Source) -> Outcome {
        let mut indexes: Vec<ObjectId> =
            self.catalog.indexes(source.table).map(|(id, _)| id).collect();
        // As in any table, the primary key comes first.
        let primary = self.catalog.primary_key(source.table).map(|(_, index)| index);
        indexes.sort_by_key(|id| Some(*id) != primary);
        for id in indexes {
            let Some(draft) = IndexDraft::copy_of(self.catalog, id, table, source.range) else {
                continue;
            };
            let made = self.build_index(draft, false)?;
            self.like_comment(id, made.index, source);
        }
        Ok(())
    }

    fn like_statistics(&mut self, table: ObjectId, source: &Source) {
        let of_source = |id: ObjectId| match &self.catalog.get(id)?.object {
            Object::Statistics(it) if it.table == source.table => Some((id, it.clone())),
            _ => None,
        };
        let all: Vec<_> = self.catalog.dependents(source.table).filter_map(of_source).collect();
        for (id, statistics) in all {
            let Some(relation) = self.catalog.relation(table) else { return };
            let (schema, table_name) = (relation.schema, relation.name.clone());
            let columns = Correspondence { catalog: self.catalog, from: source.table, to: table };
            let numbers: Vec<ColumnNumber> =
                statistics.columns.iter().filter_map(|it| columns.column(*it)).collect();
            let text = columns.text(&statistics.text);
            let names: Vec<String> = numbers
                .iter()
                .filter_map(|it| Some(relation.column_numbered(*it)?.name.clone()))
                .collect();
            let name = crate::replay::choose_name::statistics_name(
                self.catalog,
                schema,
                &table_name,
                &names,
            );
            let draft = Statistics { schema, name, table, columns: numbers, text, ..statistics };
            let made = self.catalog.insert(Object::Statistics(draft), self.place);
            self.like_comment(id, made, source);
        }
    }

    fn like_comment(&mut self, from: ObjectId, to: ObjectId, source: &Source) {
        if source.has(LikeProperty::Comments)
            && let Some(comment) = self.catalog.get(from).and_then(|it| it.comment.clone())
        {
            self.catalog.update(to, |entry| entry.comment = Some(comment));
        }
    }
}

fn plan_column(plan: &mut Plan<'_>, column: Column, range: TextRange) -> Outcome {
    if let Some(there) = plan.columns.iter().find(|it| it.column.name == column.name) {
        let name = Ident::new(column.name, range);
        return repeated(&name, there.range, &there.column);
    }
    plan.columns.push(Planned { column, default: DraftDefault::None, range });
    Ok(())
}

/// What of a table is taken: `EXCLUDING` counts after `INCLUDING`.
fn properties(like: &TableLike) -> Vec<LikeProperty> {
    use LikeProperty as P;
    const ALL: [LikeProperty; 9] = [
        P::Comments,
        P::Compression,
        P::Constraints,
        P::Defaults,
        P::Generated,
        P::Identity,
        P::Indexes,
        P::Statistics,
        P::Storage,
    ];
    let among = |list: &[P], property: P| list.contains(&property) || list.contains(&P::All);
    ALL.into_iter()
        .filter(|it| among(&like.including, *it) && !among(&like.excluding, *it))
        .collect()
}
