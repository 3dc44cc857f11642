//! Conversion of values from a type to another.
//!
//! Source: PostgreSQL manual, chapter "Type Conversion"; `CREATE CAST`.

use super::facts::{self, Facts, Shape, base_type, facts, type_name};
use super::{Analyzer, Typed};
use crate::Code;
use crate::ast::{ObjectKind, TextRange};
use crate::builtin::{CastMethod, Home, Volatility};
use crate::catalog::{BaseType, Catalog, ColumnType, ObjectId, Piece, TypeRef};
use crate::replay::{Outcome, Refusal};

pub(crate) use crate::builtin::CastContext;

/// How a value is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conversion {
    /// It stays as it is, or by a function that depends on its arguments alone.
    Immutable,
    /// By a function that depends on more.
    Mutable,
    /// By way of text.
    Text,
}

impl Analyzer<'_> {
    /// Converts a value to a type, as far as the context allows it: 42846 or 42804 where there is
    /// no cast, 22P02 and its like where a literal is no value of the type.
    pub(crate) fn coerce(
        &mut self,
        value: &Typed,
        to: &ColumnType,
        context: CastContext,
    ) -> Outcome {
        if value.literal.is_some() {
            return self.literal(value, to.ty);
        }
        match conversion(self.catalog, value.ty.ty, to.ty, context) {
            Some(conversion) => {
                self.note_conversion(conversion, value.ty.ty, value.range);
                Ok(())
            }
            None => self.cannot_cast(value.ty.ty, to.ty, value.range).stop(),
        }
    }

    /// The refusal of a cast that is not there.
    pub(super) fn cannot_cast(&self, from: TypeRef, to: TypeRef, range: TextRange) -> Refusal {
        let (from, to) = (type_name(self.catalog, from), type_name(self.catalog, to));
        Refusal::new(Code::CannotCoerce, format!("cannot cast type {from} to {to}")).at(range)
    }

    /// The type that the alternatives of `CASE`, `COALESCE`, `UNION`, `VALUES`, `ARRAY` have in
    /// common; `what` begins the refusal: `UNION`, `CASE`. The values are converted to it.
    pub(crate) fn common_type(&mut self, values: &[Typed], what: &str) -> Outcome<TypeRef> {
        let types: Vec<TypeRef> = values.iter().map(Typed::input).collect();
        let common = match self.choose(&types) {
            Ok(common) => common,
            Err((first, at)) => {
                let range = values.get(at).map_or_else(TextRange::default, |it| it.range);
                let other = types.get(at).copied().unwrap_or(TypeRef::UNKNOWN);
                let message = format!(
                    "{what} types {} and {} cannot be matched",
                    type_name(self.catalog, first),
                    type_name(self.catalog, other)
                );
                return Refusal::new(Code::DatatypeMismatch, message).at(range).stop();
            }
        };
        let to = ColumnType::plain(common);
        for value in values {
            if value.literal.is_some() {
                self.literal(value, common)?;
            } else if conversion(self.catalog, value.ty.ty, common, CastContext::Implicit).is_none()
            {
                let message = format!(
                    "{what} could not convert type {} to {}",
                    type_name(self.catalog, value.ty.ty),
                    type_name(self.catalog, common)
                );
                return Refusal::new(Code::CannotCoerce, message).at(value.range).stop();
            } else {
                self.coerce(value, &to, CastContext::Implicit)?;
            }
        }
        Ok(common)
    }

    /// The common type of some, which may be the server's `unknown`; or else the type that was
    /// chosen when one came that does not go with it, and which that was.
    fn choose(&self, types: &[TypeRef]) -> Result<TypeRef, (TypeRef, usize)> {
        choose(self.catalog, types)
    }

    /// Whether how a type is written as text depends on settings: `DateStyle` and its like.
    pub(super) fn text_is_mutable(&self, from: TypeRef) -> bool {
        let base = base_type(self.catalog, from);
        match facts(self.catalog, base).shape {
            Shape::Array(_) | Shape::Row | Shape::Enum | Shape::Range(_) | Shape::Multirange(_) => {
                true
            }
            _ => ["date", "timestamp", "timestamptz", "money", "regclass", "regtype", "regproc"]
                .iter()
                .any(|it| base.is(it)),
        }
    }

    /// Whether a value of a type can be assigned to a column of another without a cast being
    /// written.
    pub(crate) fn assignable(&self, from: TypeRef, to: TypeRef) -> bool {
        from.is("unknown") || conversion(self.catalog, from, to, CastContext::Assignment).is_some()
    }
}

/// As `select_common_type` does, with the server's `unknown` among the types.
pub(super) fn choose(catalog: &Catalog, types: &[TypeRef]) -> Result<TypeRef, (TypeRef, usize)> {
    if types.iter().any(|it| it.is_unknown()) {
        return Ok(TypeRef::UNKNOWN);
    }
    let Some(&first) = types.first() else { return Ok(TypeRef::catalog("text")) };
    if !first.is("unknown") && types.iter().all(|it| *it == first) {
        return Ok(first);
    }
    let mut chosen = base_type(catalog, first);
    let mut known = facts(catalog, chosen);
    for (at, ty) in types.iter().enumerate().skip(1) {
        let ty = base_type(catalog, *ty);
        if ty.is("unknown") || ty == chosen {
            continue;
        }
        let other = facts(catalog, ty);
        if matches!(other.shape, Shape::Unknown) {
            return Ok(TypeRef::UNKNOWN);
        }
        if chosen.is("unknown") {
            (chosen, known) = (ty, other);
        } else if other.category != known.category {
            return Err((chosen, at));
        } else if !known.preferred
            && can_coerce(catalog, chosen, ty)
            && !can_coerce(catalog, ty, chosen)
        {
            (chosen, known) = (ty, other);
        }
    }
    Ok(if chosen.is("unknown") { TypeRef::catalog("text") } else { chosen })
}

/// Whether a value is converted without being asked to. The server's `unknown` fits any type.
pub(super) fn can_coerce(catalog: &Catalog, from: TypeRef, to: TypeRef) -> bool {
    from == to
        || from.is("unknown")
        || conversion(catalog, from, to, CastContext::Implicit).is_some()
}

/// How a value is converted, if it can be in that context.
pub(super) fn conversion(
    catalog: &Catalog,
    from: TypeRef,
    to: TypeRef,
    context: CastContext,
) -> Option<Conversion> {
    if from == to || from.is_unknown() || to.is_unknown() || to.is("any") {
        return Some(Conversion::Immutable);
    }
    let (source, target) = (base_type(catalog, from), base_type(catalog, to));
    if source == target {
        return Some(Conversion::Immutable);
    }
    let (source_facts, target_facts) = (facts(catalog, source), facts(catalog, target));
    let unknown = |it: Facts| matches!(it.shape, Shape::Unknown);
    if unknown(source_facts) || unknown(target_facts) {
        return Some(Conversion::Immutable);
    }
    if let Some((least, conversion)) = cast(catalog, source, target) {
        // The contexts are in the order of what they ask for: an explicit cast asks for nothing.
        return (context <= least).then_some(conversion);
    }
    if let (Shape::Array(from), Shape::Array(to)) = (source_facts.shape, target_facts.shape)
        && target.array
    {
        if from.is("record") || to.is("record") {
            let row = |it: TypeRef| is_row(catalog, it);
            return (row(from) && to.is("record") || context == CastContext::Explicit)
                .then_some(Conversion::Immutable);
        }
        return conversion(catalog, from, to, context);
    }
    if is_row(catalog, source) && is_row(catalog, target) {
        return row_conversion(catalog, source, target);
    }
    let string = |it: Facts| it.category == 'S';
    let text = context <= CastContext::Assignment && string(target_facts)
        || context == CastContext::Explicit && string(source_facts);
    text.then_some(Conversion::Text)
}

/// Whether values of a type are rows.
pub(super) fn is_row(catalog: &Catalog, ty: TypeRef) -> bool {
    ty.is("record") || matches!(facts(catalog, ty).shape, Shape::Row)
}

fn row_conversion(catalog: &Catalog, from: TypeRef, to: TypeRef) -> Option<Conversion> {
    // A row without a type of its own is converted field by field. The fields are not known here.
    if from.is("record") || to.is("record") {
        return Some(Conversion::Immutable);
    }
    let (BaseType::Own(child), BaseType::Own(parent)) = (from.base, to.base) else { return None };
    (!from.array && !to.array && inherits(catalog, child, parent)).then_some(Conversion::Immutable)
}

/// Whether a table is a child of another, at whatever depth, or a typed one of that type.
fn inherits(catalog: &Catalog, child: ObjectId, parent: ObjectId) -> bool {
    let mut open = vec![child];
    let mut seen = Vec::new();
    while let Some(id) = open.pop() {
        if id == parent || catalog.is_uncertain(id) {
            return true;
        }
        let Some(table) = catalog.relation(id).and_then(|it| it.as_table()) else { continue };
        seen.push(id);
        let partitioned = table.partition_of.as_ref().map(|(id, _)| *id);
        let parents = table.inherits.iter().copied().chain(partitioned).chain(table.of_type);
        open.extend(parents.filter(|it| !seen.contains(it)));
    }
    false
}

/// The cast between two types that no domain is among: from where on it is done, and how.
fn cast(catalog: &Catalog, from: TypeRef, to: TypeRef) -> Option<(CastContext, Conversion)> {
    let homes = [from, to].map(|it| match it.base {
        BaseType::Known(known) => Some(known.home),
        _ => None,
    });
    let mut places = vec![Home::Catalog];
    places.extend(homes.into_iter().flatten().filter(|it| matches!(it, Home::Extension(_))));
    for home in places {
        let casts = facts::casts(catalog, home, from);
        let found = casts.iter().find(|it| match to.base {
            BaseType::Known(known) if !to.array => it.target == known,
            _ => catalog.type_of_fact(it.target) == to,
        });
        if let Some(found) = found {
            let conversion = match found.method {
                CastMethod::Binary | CastMethod::Function(Volatility::Immutable) => {
                    Conversion::Immutable
                }
                CastMethod::Function(_) => Conversion::Mutable,
                CastMethod::InputOutput => Conversion::Text,
            };
            return Some((found.context, conversion));
        }
    }
    let wanted = [Some(from), Some(to)];
    let own = facts::others(catalog, ObjectKind::Cast, None).find(|it| it.types == wanted)?;
    let sql = own.text.pieces().iter().filter_map(|piece| match piece {
        Piece::Sql(sql) => Some(sql.to_ascii_lowercase()),
        Piece::Hole(_) => None,
    });
    let words = sql.collect::<Vec<_>>().join(" ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let context = if words.contains("as implicit") {
        CastContext::Implicit
    } else if words.contains("as assignment") {
        CastContext::Assignment
    } else {
        CastContext::Explicit
    };
    Some((context, Conversion::Immutable))
}
