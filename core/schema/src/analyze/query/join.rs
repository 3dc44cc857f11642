//! Joins, and the columns that they merge.

use std::rc::Rc;

use super::from::Place;
use super::source::{Merged, Namespace, Part, Source, SourceColumn, SourceColumns, Visible};
use crate::Code;
use crate::analyze::{Analyzer, Clause, Scope, Typed};
use crate::ast::{Ident, Join, JoinCondition, JoinKind, TextRange};
use crate::catalog::{Catalog, ColumnType, TypeRef};
use crate::replay::{Outcome, Refusal};

/// A column on one side of a join.
struct Side {
    ty: ColumnType,
    target: Option<(usize, Part)>,
    /// Its position among the visible columns of that side.
    at: (usize, usize),
}

impl Analyzer<'_> {
    pub(super) fn join(&mut self, join: &Join, place: Place<'_>) -> Outcome<Namespace> {
        let nullable_left = matches!(join.kind, JoinKind::Right | JoinKind::Full);
        let nullable_right = matches!(join.kind, JoinKind::Left | JoinKind::Full);
        let mut left =
            self.hidden_from_recursion(nullable_left, |it| it.range_item(&join.left, place))?;
        let mut seen = place.left.clone();
        seen.extend(left.clone());
        let mut right = self.hidden_from_recursion(nullable_right, |it| {
            it.range_item(&join.right, Place { left: &seen, ..place })
        })?;
        Self::check_names(&left, &right)?;
        let mut alias_of_using = None;
        let mut merged = Vec::new();
        if join.natural {
            let names = common_names(self.catalog, &left, &right);
            for name in names {
                let name = Ident::new(name, TextRange::default());
                merged.extend(self.merge(&name, join.kind, &mut left, &mut right, false)?);
            }
        } else if let Some(JoinCondition::Using { columns, alias }) = &join.condition {
            for (at, name) in columns.iter().enumerate() {
                if columns[..at].iter().any(|it| it.text == name.text) {
                    return Refusal::new(
                        Code::DuplicateColumn,
                        format!(
                            "column name \"{}\" appears more than once in USING clause",
                            name.text
                        ),
                    )
                    .at(name.range)
                    .stop();
                }
                merged.extend(self.merge(name, join.kind, &mut left, &mut right, true)?);
            }
            alias_of_using = alias.as_ref();
        }
        let mut names = Namespace { sources: left.sources, columns: Vec::new() };
        names.sources.extend(right.sources);
        if let Some(alias) = alias_of_using {
            let columns = merged.iter().map(|it| SourceColumn {
                name: it.name.clone(),
                ty: it.ty.clone(),
                origin: None,
            });
            let columns = SourceColumns::List(columns.collect());
            let mut source = self.source(columns, TypeRef::catalog("record"));
            source.name = Some(alias.text.clone());
            source.aliased = true;
            let more = Namespace { sources: vec![Rc::new(source)], columns: Vec::new() };
            Self::check_names(&names, &more)?;
            names.extend(more);
        }
        names.columns.extend(merged.into_iter().map(|it| Visible::Merged(Rc::new(it))));
        names.columns.extend(left.columns);
        names.columns.extend(right.columns);
        if let Some(JoinCondition::On(condition)) = &join.condition {
            let scope = Scope::of_tables(&names, place.depth, place.outer);
            let clause = self.enter(place.depth, Clause::JoinOn);
            self.boolean(condition, &scope, "JOIN/ON")?;
            self.enter(place.depth, clause);
        }
        match &join.alias {
            Some(alias) => {
                let source = self.joined(&names);
                let mut source = source;
                source.name = alias.name.as_ref().map(|it| it.text.clone());
                self.rename(&mut source, Some(alias))?;
                Ok(Namespace::of(Rc::new(source)))
            }
            None => Ok(names),
        }
    }

    /// A join under one name.
    fn joined(&mut self, names: &Namespace) -> Source {
        let mut columns = Vec::new();
        for visible in &names.columns {
            match visible {
                Visible::Merged(merged) => columns.push(SourceColumn {
                    name: merged.name.clone(),
                    ty: merged.ty.clone(),
                    origin: None,
                }),
                Visible::Source(source, hidden) => {
                    let shown = (0..source.len(self.catalog)).filter(|at| !hidden.contains(at));
                    let views = shown.filter_map(|at| source.column(self.catalog, at));
                    columns.extend(views.map(|column| SourceColumn {
                        name: column.name.to_owned(),
                        ty: column.ty.clone(),
                        origin: column.origin,
                    }));
                }
            }
        }
        let open = names.is_open(self.catalog);
        let mut source = self.source(SourceColumns::List(columns), TypeRef::catalog("record"));
        source.aliased = true;
        source.open = open;
        source
    }

    /// Takes a column out of both sides, and gives the one that stands for both. None where it is
    /// not known whether they have it.
    fn merge(
        &mut self,
        name: &Ident,
        kind: JoinKind,
        left: &mut Namespace,
        right: &mut Namespace,
        written: bool,
    ) -> Outcome<Option<Merged>> {
        let one = self.side(name, left, "left")?;
        let other = self.side(name, right, "right")?;
        let value = |side: &Option<Side>| Typed {
            ty: side.as_ref().map_or(ColumnType::plain(TypeRef::UNKNOWN), |it| it.ty.clone()),
            range: name.range,
            literal: None,
        };
        let values = [value(&one), value(&other)];
        let what = if written { "JOIN/USING" } else { "NATURAL JOIN" };
        let ty = self.common_type(&values, what)?;
        let [one_ty, other_ty] = values;
        let ty = if one_ty.ty == other_ty.ty { one_ty.ty } else { ColumnType::plain(ty) };
        let target = |side: &Option<Side>| side.as_ref().and_then(|it| it.target);
        let same = match kind {
            JoinKind::Right => target(&other),
            JoinKind::Full => None,
            JoinKind::Inner | JoinKind::Left | JoinKind::Cross => target(&one),
        };
        hide(left, one.as_ref());
        hide(right, other.as_ref());
        Ok(Some(Merged { name: name.text.clone(), ty, same, id: self.next_source() }))
    }

    fn side(&self, name: &Ident, names: &Namespace, which: &str) -> Outcome<Option<Side>> {
        let mut found = Vec::new();
        for (at, visible) in names.columns.iter().enumerate() {
            match visible {
                Visible::Merged(merged) if merged.name == name.text => found.push(Side {
                    ty: merged.ty.clone(),
                    target: Some(merged.same.unwrap_or((merged.id, Part::Column(0)))),
                    at: (at, 0),
                }),
                Visible::Merged(_) => {}
                Visible::Source(source, hidden) => {
                    let positions = source.positions(self.catalog, &name.text);
                    for position in positions.into_iter().filter(|it| !hidden.contains(it)) {
                        let column = source.column(self.catalog, position);
                        let certain =
                            column.filter(|it| !it.uncertain && !source.is_open(self.catalog));
                        let ty =
                            certain.map_or(ColumnType::plain(TypeRef::UNKNOWN), |it| it.ty.clone());
                        let target = Some((source.id, Part::Column(position)));
                        found.push(Side { ty, target, at: (at, position) });
                    }
                }
            }
        }
        if found.len() > 1 {
            return Refusal::new(
                Code::AmbiguousColumn,
                format!(
                    "common column name \"{}\" appears more than once in {which} table",
                    name.text
                ),
            )
            .at(name.range)
            .stop();
        }
        match found.pop() {
            Some(side) => Ok(Some(side)),
            None if names.is_open(self.catalog) => Ok(None),
            None => {
                let former = names
                    .sources
                    .iter()
                    .find_map(|it| self.catalog.former_column(it.relation?, &name.text));
                let candidates = names.sources.iter().flat_map(|it| it.names(self.catalog));
                Refusal::new(
                    Code::UndefinedColumn,
                    format!(
                        "column \"{}\" specified in USING clause does not exist in {which} table",
                        name.text
                    ),
                )
                .at(name.range)
                .went(former)
                .similar(&name.text, candidates)
                .stop()
            }
        }
    }
}

/// Takes a column out of those that can be named alone.
fn hide(names: &mut Namespace, side: Option<&Side>) {
    let Some(&Side { at: (at, position), .. }) = side else { return };
    match names.columns.get_mut(at) {
        Some(Visible::Source(_, hidden)) => hidden.push(position),
        Some(Visible::Merged(_)) => {
            names.columns.remove(at);
        }
        None => {}
    }
}

/// The names that `NATURAL` merges, in the order of the left side.
fn common_names(catalog: &Catalog, left: &Namespace, right: &Namespace) -> Vec<String> {
    let right: std::collections::BTreeSet<String> = visible_names(catalog, right).collect();
    visible_names(catalog, left).filter(|name| right.contains(name)).collect()
}

fn visible_names<'n>(catalog: &'n Catalog, names: &'n Namespace) -> impl Iterator<Item = String> {
    names.columns.iter().flat_map(move |visible| -> Vec<String> {
        match visible {
            Visible::Merged(merged) => vec![merged.name.clone()],
            Visible::Source(source, hidden) => {
                let shown = (0..source.len(catalog)).filter(|at| !hidden.contains(at));
                shown.filter_map(|at| Some(source.column(catalog, at)?.name.to_owned())).collect()
            }
        }
    })
}
