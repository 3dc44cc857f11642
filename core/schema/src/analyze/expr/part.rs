//! Columns, parts of values (fields, subscripts), and values made of others (arrays, rows).

use super::Typed;
use crate::Code;
use crate::analyze::facts::{Shape, base_type, facts};
use crate::analyze::{Analyzer, CastContext, Clause, Scope, Site};
use crate::ast::{
    ColumnRef, Expr, ExprKind, Ident, Name, Sublink, SublinkKind, Subscript, TextRange, TypeName,
};
use crate::builtin::Home;
use crate::catalog::{BaseType, ColumnType, Hole, Lookup, ObjectId, TypeRef};
use crate::replay::{Outcome, Refusal};

impl Analyzer<'_> {
    pub(super) fn column(
        &mut self,
        column: &ColumnRef,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let place = match self.clause(scope) {
            Clause::Site(Site::Default) => Some("DEFAULT expression"),
            Clause::Site(Site::PartitionBound) => Some("partition bound expression"),
            _ => None,
        };
        if let Some(place) = place {
            return Refusal::new(
                Code::FeatureNotSupported,
                format!("cannot use column reference in {place}"),
            )
            .at(range)
            .stop();
        }
        if column.star {
            return Ok(Typed::new(TypeRef::UNKNOWN, range));
        }
        let found = scope.resolve(self, column, range)?;
        self.seen |= 1_u64.checked_shl(u32::try_from(found.depth).unwrap_or(63)).unwrap_or(1 << 63);
        Ok(Typed { ty: found.ty, range, literal: None })
    }

    pub(super) fn cast(
        &mut self,
        expr: &Expr,
        name: &TypeName,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let ty = self.named_type(name)?;
        let value = match &expr.kind {
            ExprKind::Array(items) => {
                let to = base_type(self.catalog, ty.ty);
                self.array(items, Some(to).filter(|it| it.array), expr.range, scope)?
            }
            _ => self.expr(expr, scope)?,
        };
        self.coerce(&value, &ty, CastContext::Explicit).map_err(|stop| match stop {
            crate::replay::Stop::Refused(refusal) if refusal.code == Code::CannotCoerce => {
                crate::replay::Stop::Refused(Box::new(refusal.at(range)))
            }
            stop => stop,
        })?;
        Ok(Typed { ty, range, literal: None })
    }

    /// The type that an expression names, bound to where it is named.
    pub(crate) fn named_type(&mut self, name: &TypeName) -> Outcome<ColumnType> {
        let ty = crate::replay::column_type(self.catalog, name)?;
        self.bind_type(ty.ty, &name.name);
        Ok(ty)
    }

    /// Binds the name of a type, if it may change.
    pub(super) fn bind_type(&mut self, ty: TypeRef, name: &Name) {
        match ty.base {
            BaseType::Own(id) => {
                let named =
                    self.catalog.get(id).is_some_and(|it| it.object.name() == name.name.text);
                if named {
                    self.bind(name.range, Hole::Object(id));
                }
            }
            BaseType::Known(known) => {
                if let Home::Extension(extension) = known.home
                    && known.name == name.name.text
                {
                    let name_ = name.name.to_string();
                    self.bind(name.range, Hole::Extension { extension, name: name_ });
                }
            }
            BaseType::Multirange(_) | BaseType::Unknown => {}
        }
    }

    pub(super) fn collate(
        &mut self,
        expr: &Expr,
        collation: &Name,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let value = self.expr(expr, scope)?;
        self.collation(collation)?;
        if value.literal.is_some() {
            return Ok(Typed::new(TypeRef::catalog("text"), range));
        }
        if let BaseType::Known(known) = base_type(self.catalog, value.ty.ty).base
            && let Some(found) = self.catalog.known_type(known)
            && !found.collatable
            && known.home == Home::Catalog
            && !matches!(found.kind, crate::builtin::TypeKind::Pseudo)
        {
            let name = self.name_of_type(value.ty.ty);
            let message = format!("collations are not supported by type {name}");
            return Refusal::new(Code::DatatypeMismatch, message).at(range).stop();
        }
        Ok(Typed { ty: value.ty, range, literal: None })
    }

    /// Refuses a collation that is certainly not there.
    pub(crate) fn collation(&mut self, name: &Name) -> Outcome {
        let catalog = self.catalog;
        let text = name.name.text.as_str();
        let builtin = catalog.builtin();
        let there = builtin.objects().collation(text).is_some()
            || builtin.collation_may_exist(text)
            || text == "default";
        let schemas = match catalog.schemas_of(name) {
            Lookup::Found(schemas) => schemas,
            Lookup::Missing | Lookup::Unknown => return Ok(()),
        };
        let space = crate::catalog::NameSpace::Other(crate::ast::ObjectKind::Collation);
        let own = schemas.iter().find_map(|schema| match schema {
            crate::catalog::SchemaRef::Own(id) => {
                catalog.named(space, Some(*id), text).first().copied()
            }
            _ => None,
        });
        if let Some(own) = own {
            self.bind(name.range, Hole::Object(own));
            return Ok(());
        }
        if there || !catalog.missing::<()>(text).is_missing() {
            return Ok(());
        }
        let message = format!(
            "collation \"{}\" for encoding \"UTF8\" does not exist",
            crate::replay::plain(name)
        );
        Refusal::new(Code::UndefinedObject, message).at(name.range).stop()
    }

    /// `ARRAY[…]`; `to` is the array type that it is cast to at once.
    pub(super) fn array(
        &mut self,
        items: &[Expr],
        to: Option<TypeRef>,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let mut values = Vec::new();
        for item in items {
            values.push(match &item.kind {
                ExprKind::Array(inner) => self.array(inner, to, item.range, scope)?,
                _ => self.expr(item, scope)?,
            });
        }
        if let Some(to) = to {
            let element = ColumnType::plain(to.element().unwrap_or(TypeRef::UNKNOWN));
            for value in values.iter().filter(|it| it.ty.ty != to) {
                self.coerce(value, &element, CastContext::Explicit)?;
            }
            return Ok(Typed::new(to, range));
        }
        if values.is_empty() {
            return Refusal::new(
                Code::IndeterminateDatatype,
                "cannot determine type of empty array",
            )
            .at(range)
            .help("write a cast, for example `ARRAY[]::integer[]`")
            .stop();
        }
        let common = self.common_type(&values, "ARRAY")?;
        Ok(Typed::new(common.array_of(), range))
    }

    pub(super) fn row(
        &mut self,
        items: &[Expr],
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        self.exprs(items, scope)?;
        Ok(Typed::new(TypeRef::catalog("record"), range))
    }

    pub(super) fn field(
        &mut self,
        expr: &Expr,
        field: &Ident,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let value = self.expr(expr, scope)?;
        let base = base_type(self.catalog, value.ty.ty);
        let BaseType::Own(id) = base.base else {
            return Ok(Typed::new(TypeRef::UNKNOWN, range));
        };
        if base.array {
            return Ok(Typed::new(TypeRef::UNKNOWN, range));
        }
        let ty = self.field_of(id, field)?;
        Ok(Typed { ty, range, literal: None })
    }

    /// The type of a field of a row type of the chain, its name bound.
    pub(crate) fn field_of(&mut self, id: ObjectId, field: &Ident) -> Outcome<ColumnType> {
        let catalog = self.catalog;
        let unknown = ColumnType::plain(TypeRef::UNKNOWN);
        let Some(relation) = catalog.relation(id) else { return Ok(unknown) };
        if let Some(column) = relation.column(&field.text) {
            self.bind(field.range, Hole::Column(id, column.number));
            return Ok(column.ty.clone());
        }
        // `row.f` may be the function `f(row)`.
        let functions = catalog.functions().any(|(_, function)| function.name == field.text);
        let known = catalog.builtin().objects().functions(&field.text).next().is_some();
        if functions || known || catalog.is_uncertain(id) {
            return Ok(unknown);
        }
        if !catalog.missing_routine::<()>(&field.text).is_missing() {
            return Ok(unknown);
        }
        let message = format!("column \"{}\" not found in data type {}", field.text, relation.name);
        Refusal::new(Code::UndefinedColumn, message)
            .at(field.range)
            .went(catalog.former_column(id, &field.text))
            .similar(&field.text, relation.columns.iter().map(|it| it.name.as_str()))
            .stop()
    }

    pub(super) fn subscript(
        &mut self,
        expr: &Expr,
        subscripts: &[Subscript],
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        let value = self.expr(expr, scope)?;
        let mut slice = false;
        let mut indexes = Vec::new();
        for subscript in subscripts {
            match subscript {
                Subscript::Index(index) => indexes.push(self.expr(index, scope)?),
                Subscript::Slice(from, to) => {
                    slice = true;
                    indexes.extend(self.exprs(from.iter().chain(to), scope)?);
                }
            }
        }
        let base = base_type(self.catalog, value.ty.ty);
        let element = match facts(self.catalog, base).shape {
            Shape::Unknown => TypeRef::UNKNOWN,
            _ if base.is("jsonb") => return Ok(Typed::new(base, range)),
            Shape::Array(element) | Shape::Base(Some(element)) => element,
            _ if matches!(base.base, BaseType::Known(it) if it.home != Home::Catalog) => {
                TypeRef::UNKNOWN
            }
            _ => {
                let name = self.name_of_type(value.ty.ty);
                let message = format!(
                    "cannot subscript type {name} because it does not support subscripting"
                );
                return Refusal::new(Code::DatatypeMismatch, message).at(value.range).stop();
            }
        };
        if !element.is_unknown() {
            let integer = TypeRef::catalog("int4");
            for index in &indexes {
                if index.literal.is_some() {
                    self.literal(index, integer)?;
                } else if !self.assignable(index.ty.ty, integer) {
                    let message = "array subscript must have type integer";
                    return Refusal::new(Code::DatatypeMismatch, message).at(index.range).stop();
                }
            }
        }
        Ok(Typed::new(if slice { base } else { element }, range))
    }

    pub(super) fn sublink_expr(
        &mut self,
        sublink: &Sublink,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        if let Some(place) = self.no_subquery(scope) {
            return Refusal::new(
                Code::FeatureNotSupported,
                format!("cannot use subquery in {place}"),
            )
            .at(range)
            .stop();
        }
        let boolean = Typed::new(TypeRef::catalog("bool"), range);
        let left = match &sublink.kind {
            SublinkKind::In { left, .. } | SublinkKind::Quantified { left, .. } => {
                Some(match &left.kind {
                    ExprKind::Row(items) => self.exprs(items, scope)?,
                    _ => vec![self.expr(left, scope)?],
                })
            }
            _ => None,
        };
        let outputs = self.subquery(&sublink.query, scope)?;
        let one = || match &outputs[..] {
            [one] => Ok(one.ty.clone()),
            _ => Refusal::new(Code::SyntaxError, "subquery must return only one column")
                .at(range)
                .stop(),
        };
        match &sublink.kind {
            SublinkKind::Exists => Ok(boolean),
            SublinkKind::Scalar => Ok(Typed { ty: one()?, range, literal: None }),
            SublinkKind::Array => Ok(Typed::new(one()?.ty.array_of(), range)),
            SublinkKind::In { .. } | SublinkKind::Quantified { .. } => {
                let left = left.unwrap_or_default();
                if left.len() != outputs.len() {
                    let many = if left.len() < outputs.len() { "many" } else { "few" };
                    let message = format!("subquery has too {many} columns");
                    return Refusal::new(Code::SyntaxError, message).at(range).stop();
                }
                let equals =
                    crate::ast::OperatorName { schema: None, symbol: "=".to_owned(), range };
                let op = match &sublink.kind {
                    SublinkKind::Quantified { op, .. } => op,
                    _ => &equals,
                };
                for (left, output) in left.iter().zip(&outputs) {
                    let right = Typed { ty: output.ty.clone(), range, literal: None };
                    self.operation(op, Some(left), &right, range)?;
                }
                Ok(boolean)
            }
        }
    }

    /// The words for a place that no query may stand in, where this is one.
    fn no_subquery(&self, scope: &Scope<'_>) -> Option<&'static str> {
        let Clause::Site(site) = self.clause(scope) else { return None };
        Some(match site {
            Site::Check | Site::DomainCheck => "check constraint",
            Site::Default | Site::ParameterDefault => "DEFAULT expression",
            Site::Generated => "column generation expression",
            Site::IndexExpression => "index expression",
            Site::IndexPredicate => "index predicate",
            Site::PartitionKey => "partition key expression",
            Site::PartitionBound => "partition bound",
            Site::TriggerWhen => "trigger WHEN condition",
            Site::Using => "transform expression",
            Site::Statistics => "statistics expression",
            Site::Policy => return None,
        })
    }
}
