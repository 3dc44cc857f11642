//! Functions in `FROM`, and the columns that they give.

use std::rc::Rc;

use super::from::Place;
use super::source::{Namespace, SourceColumn, SourceColumns};
use crate::Code;
use crate::analyze::{Analyzer, Clause, Scope};
use crate::ast::{ColumnDefinition, Expr, ExprKind, FuncCall, ParamMode, RangeFunction};
use crate::builtin::{self, Home, Mode};
use crate::catalog::{
    BaseType, ColumnType, Function, Object, ObjectId, RelationKind, TypeDefinitionKind, TypeRef,
};
use crate::replay::{Outcome, Refusal, types};

/// What a call gives, as columns.
struct Given {
    columns: Vec<SourceColumn>,
    /// Whether there may be others.
    open: bool,
    row: TypeRef,
}

impl Analyzer<'_> {
    pub(super) fn range_function(
        &mut self,
        item: &RangeFunction,
        place: Place<'_>,
    ) -> Outcome<Namespace> {
        let alias = item.alias.as_ref();
        let given_name = alias.and_then(|it| it.name.as_ref());
        let single = item.functions.len() == 1;
        let mut columns = Vec::new();
        let (mut open, mut row) = (false, None);
        for function in &item.functions {
            let definitions = match alias {
                Some(alias) if single && function.columns.is_empty() => &alias.definitions,
                _ => &function.columns,
            };
            let alias_name = given_name.filter(|_| single).map(|it| it.text.as_str());
            let given = self.call_in_from(&function.call, definitions, alias_name, place)?;
            open |= given.open;
            row = Some(given.row);
            columns.extend(given.columns);
        }
        if item.ordinality {
            let ty = ColumnType::plain(TypeRef::catalog("int8"));
            columns.push(SourceColumn { name: "ordinality".to_owned(), ty, origin: None });
        }
        let row = row.filter(|_| single && !item.ordinality);
        let row = row.unwrap_or(TypeRef::catalog("record"));
        let mut source = self.source(SourceColumns::List(columns), row);
        let first = item.functions.first().map(|it| self.column_name(&it.call));
        source.name = given_name.map(|it| it.text.clone()).or(first);
        source.aliased = true;
        source.open = open;
        self.rename(&mut source, alias)?;
        Ok(Namespace::of(Rc::new(source)))
    }

    fn call_in_from(
        &mut self,
        call: &Expr,
        definitions: &[ColumnDefinition],
        alias: Option<&str>,
        place: Place<'_>,
    ) -> Outcome<Given> {
        let scope = Scope::of_tables(place.left, place.depth, place.outer);
        let clause = self.enter(place.depth, Clause::FromFunction);
        if let ExprKind::Call(function) = &call.kind
            && is_unnest_of_many(function)
        {
            let given = self.unnest_of_many(function, &scope)?;
            self.enter(place.depth, clause);
            return Ok(given);
        }
        let before = self.calls.len();
        let value = self.expr(call, &scope)?;
        self.enter(place.depth, clause);
        if !definitions.is_empty() {
            return self.defined(definitions);
        }
        let ty = Self::settle(&value);
        let own = self.calls.get(before..).unwrap_or_default();
        let own = own.iter().find(|(_, range)| range.start == call.range.start).map(|(id, _)| *id);
        let outs = match &call.kind {
            ExprKind::Call(function) => self.out_columns(function, own, ty.ty),
            _ => Some(Vec::new()),
        };
        let name = |named: Option<String>| {
            let alias = alias.map(str::to_owned);
            named.or(alias).unwrap_or_else(|| self.column_name(call))
        };
        let scalar = |name: String, ty: ColumnType| Given {
            row: ty.ty,
            columns: vec![SourceColumn { name, ty, origin: None }],
            open: false,
        };
        if let Some((columns, open)) = self.row_columns(ty.ty) {
            return Ok(Given { columns, open, row: ty.ty });
        }
        let Some(mut outs) = outs else {
            return Ok(Given { columns: Vec::new(), open: true, row: TypeRef::UNKNOWN });
        };
        if ty.ty.is("record") && outs.is_empty() {
            return Refusal::new(
                Code::SyntaxError,
                "a column definition list is required for functions returning \"record\"",
            )
            .at(call.range)
            .stop();
        }
        match outs.len() {
            0 if ty.ty.is_unknown() => {
                // It may be a row of unknown columns, or a value.
                Ok(Given { columns: Vec::new(), open: true, row: TypeRef::UNKNOWN })
            }
            0 => Ok(scalar(name(None), ty)),
            1 => {
                let named = outs.pop().map(|it| it.name).filter(|it| !it.is_empty());
                Ok(scalar(name(named), ty))
            }
            _ => {
                for (at, out) in outs.iter_mut().enumerate() {
                    if out.name.is_empty() {
                        out.name = format!("column{}", at + 1);
                    }
                }
                Ok(Given { columns: outs, open: false, row: TypeRef::catalog("record") })
            }
        }
    }

    fn defined(&mut self, definitions: &[ColumnDefinition]) -> Outcome<Given> {
        let mut columns = Vec::new();
        for definition in definitions {
            let ty = types::column_type(self.catalog, &definition.ty)?;
            columns.push(SourceColumn { name: definition.name.text.clone(), ty, origin: None });
        }
        Ok(Given { columns, open: false, row: TypeRef::catalog("record") })
    }

    /// `unnest(a, b)`, which only exists in `FROM`.
    fn unnest_of_many(&mut self, call: &FuncCall, scope: &Scope<'_>) -> Outcome<Given> {
        let mut columns = Vec::new();
        for arg in &call.args {
            let value = self.expr(&arg.value, scope)?;
            let ty = value.ty.ty.element().unwrap_or(TypeRef::UNKNOWN);
            let ty = ColumnType { ty, ..value.ty };
            columns.push(SourceColumn { name: "unnest".to_owned(), ty, origin: None });
        }
        Ok(Given { columns, open: false, row: TypeRef::catalog("record") })
    }

    /// The columns of a row type, and whether there may be more. None of a type that is no row.
    pub(crate) fn row_columns(&self, ty: TypeRef) -> Option<(Vec<SourceColumn>, bool)> {
        if ty.array {
            return None;
        }
        match ty.base {
            BaseType::Own(id) => self.own_row_columns(id),
            BaseType::Known(name) => {
                let objects = match name.home {
                    Home::Extension(it) => self.catalog.builtin().extension(it)?.objects,
                    _ => self.catalog.builtin().objects(),
                };
                let relation = match name.home {
                    Home::InformationSchema => {
                        objects.relation(&format!("information_schema.{}", name.name))
                    }
                    _ => objects.relation(name.name),
                };
                let known = self.catalog.known_type(name)?;
                let relation = relation.filter(|_| known.kind == builtin::TypeKind::Row)?;
                let columns = relation.columns().map(|column| SourceColumn {
                    name: column.name.to_owned(),
                    ty: ColumnType::plain(self.catalog.type_of_fact(column.data_type)),
                    origin: None,
                });
                Some((columns.collect(), matches!(name.home, Home::Extension(_))))
            }
            BaseType::Multirange(_) | BaseType::Unknown => None,
        }
    }

    fn own_row_columns(&self, id: ObjectId) -> Option<(Vec<SourceColumn>, bool)> {
        match &self.catalog.get(id)?.object {
            Object::Relation(relation) if !matches!(relation.kind, RelationKind::Index(_)) => {
                let columns = relation.columns.iter().map(|column| SourceColumn {
                    name: column.name.clone(),
                    ty: column.ty.clone(),
                    origin: Some((id, column.number)),
                });
                Some((columns.collect(), self.catalog.is_uncertain(id)))
            }
            Object::Type(definition) => match &definition.kind {
                // A domain cannot be over itself.
                TypeDefinitionKind::Domain(domain) => self.row_columns(domain.base.ty),
                _ => None,
            },
            _ => None,
        }
    }

    /// The output parameters of the function that a call means. None where they are not known.
    fn out_columns(
        &self,
        call: &FuncCall,
        own: Option<ObjectId>,
        result: TypeRef,
    ) -> Option<Vec<SourceColumn>> {
        if let Some(id) = own {
            return match &self.catalog.get(id)?.object {
                Object::Function(function) => Some(out_columns_of(function)),
                _ => None,
            };
        }
        let name = call.name.name.text.as_str();
        let builtin = self.catalog.builtin().objects();
        let extensions = self.catalog.extensions().filter_map(|(_, known)| known);
        let objects = std::iter::once(builtin).chain(extensions.map(|it| it.objects));
        let fitting = objects.flat_map(|it| it.functions(name));
        let mut found: Option<Vec<SourceColumn>> = None;
        for signature in fitting.filter(|it| it.accepts(call.args.len())) {
            let outs =
                signature.arguments.iter().filter(|it| matches!(it.mode, Mode::Out | Mode::InOut));
            let outs: Vec<SourceColumn> = outs
                .map(|it| SourceColumn {
                    name: it.name.unwrap_or_default().to_owned(),
                    ty: ColumnType::plain(concrete(self.catalog.type_of_fact(it.data_type))),
                    origin: None,
                })
                .collect();
            // Several columns make a record.
            if !result.is_unknown() && result.is("record") != (outs.len() > 1) {
                continue;
            }
            match &mut found {
                None => found = Some(outs),
                Some(known) => merge(known, outs)?,
            }
        }
        if found.is_none() && !result.is_unknown() { Some(Vec::new()) } else { found }
    }
}

/// Types that differ between functions of a name are not known. None where more than that differs.
fn merge(known: &mut [SourceColumn], other: Vec<SourceColumn>) -> Option<()> {
    if known.len() != other.len() {
        return None;
    }
    for (one, other) in known.iter_mut().zip(other) {
        if one.name != other.name {
            return None;
        }
        if one.ty != other.ty {
            one.ty = ColumnType::plain(TypeRef::UNKNOWN);
        }
    }
    Some(())
}

fn out_columns_of(function: &Function) -> Vec<SourceColumn> {
    let outs =
        function.params.iter().filter(|it| matches!(it.mode, ParamMode::Out | ParamMode::InOut));
    outs.map(|it| SourceColumn {
        name: it.name.clone().unwrap_or_default(),
        ty: ColumnType { ty: concrete(it.ty.ty), ..it.ty.clone() },
        origin: None,
    })
    .collect()
}

/// A type, unless it depends on the arguments.
fn concrete(ty: TypeRef) -> TypeRef {
    match ty.base {
        BaseType::Known(name) if name.home == Home::Catalog && name.name.starts_with("any") => {
            TypeRef::UNKNOWN
        }
        _ => ty,
    }
}

fn is_unnest_of_many(call: &FuncCall) -> bool {
    call.args.len() > 1
        && call.name.name.text == "unnest"
        && call.name.qualifiers.iter().all(|it| it.text == "pg_catalog")
}
