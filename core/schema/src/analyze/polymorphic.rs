//! Polymorphic types: what the arguments of a call make of `anyelement` and its like.
//!
//! Source: PostgreSQL manual, "Polymorphic Types".

use super::coerce::{can_coerce, choose};
use super::facts::{Shape, base_type, facts};
use crate::catalog::{BaseType, Catalog, TypeRef};

/// What stands for the polymorphic types of a function in one call. [`TypeRef::UNKNOWN`] where
/// it cannot be known.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    element: Option<TypeRef>,
    array: Option<TypeRef>,
    range: Option<TypeRef>,
    multirange: Option<TypeRef>,
    compatible: Option<TypeRef>,
    compatible_range: Option<TypeRef>,
    compatible_multirange: Option<TypeRef>,
}

/// Why a call does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// The types do not go together.
    Types,
    /// All that could say it are literals without a type.
    Literals,
}

/// The name of a polymorphic type.
pub(super) fn polymorphic(ty: TypeRef) -> Option<&'static str> {
    let BaseType::Known(known) = ty.base else { return None };
    let any = !ty.array && known.name.starts_with("any") && known.name != "any";
    any.then_some(known.name)
}

/// The range type of which a type is the multirange type, and the other way round.
fn multirange_of(catalog: &Catalog, range: TypeRef) -> TypeRef {
    match range.base {
        BaseType::Own(id) => TypeRef::plain(BaseType::Multirange(id)),
        BaseType::Known(known) => {
            let name = match known.name {
                "int4range" => "int4multirange",
                "int8range" => "int8multirange",
                "numrange" => "nummultirange",
                "daterange" => "datemultirange",
                "tsrange" => "tsmultirange",
                "tstzrange" => "tstzmultirange",
                _ => return TypeRef::UNKNOWN,
            };
            let lookup = catalog.builtin().objects().type_name(name);
            lookup.map_or(TypeRef::UNKNOWN, |it| TypeRef::plain(BaseType::Known(it)))
        }
        BaseType::Multirange(_) | BaseType::Unknown => TypeRef::UNKNOWN,
    }
}

/// Sets what is not set; whether it was this or nothing before.
fn unify(slot: &mut Option<TypeRef>, ty: TypeRef) -> bool {
    match *slot {
        Some(before) if before.is_unknown() || ty.is_unknown() => {
            *slot = Some(TypeRef::UNKNOWN);
            true
        }
        Some(before) => before == ty,
        None => {
            *slot = Some(ty);
            true
        }
    }
}

/// Binds the polymorphic types among the parameters of a call.
pub(super) fn bind(
    catalog: &Catalog,
    params: &[TypeRef],
    args: &[TypeRef],
) -> Result<Bound, Misfit> {
    let mut bound = Bound::default();
    let mut compatible: Vec<TypeRef> = Vec::new();
    let (mut plain, mut family) = (false, false);
    let (mut no_array, mut is_enum, mut compatible_no_array) = (false, false, false);
    for (param, arg) in params.iter().zip(args) {
        let Some(name) = polymorphic(*param) else { continue };
        let base = base_type(catalog, *arg);
        let shape = facts(catalog, base).shape;
        let vague = matches!(shape, Shape::Unknown);
        let untyped = arg.is("unknown");
        let fits = match name {
            "anyelement" | "anynonarray" | "anyenum" => {
                plain = true;
                no_array |= name == "anynonarray";
                is_enum |= name == "anyenum";
                untyped || unify(&mut bound.element, *arg)
            }
            "anyarray" => {
                plain = true;
                untyped || {
                    let arg = if vague { TypeRef::UNKNOWN } else { base };
                    (vague || matches!(shape, Shape::Array(_)) || base.is("anyarray"))
                        && unify(&mut bound.array, arg)
                }
            }
            "anyrange" => {
                plain = true;
                untyped
                    || (vague || matches!(shape, Shape::Range(_))) && unify(&mut bound.range, base)
            }
            "anymultirange" => {
                plain = true;
                untyped
                    || (vague || matches!(shape, Shape::Multirange(_)))
                        && unify(&mut bound.multirange, base)
            }
            "anycompatible" | "anycompatiblenonarray" => {
                family = true;
                compatible_no_array |= name == "anycompatiblenonarray";
                compatible.push(*arg);
                true
            }
            "anycompatiblearray" => {
                family = true;
                match shape {
                    _ if untyped => true,
                    Shape::Array(element) => {
                        compatible.push(element);
                        true
                    }
                    _ if vague => {
                        compatible.push(TypeRef::UNKNOWN);
                        true
                    }
                    _ => false,
                }
            }
            "anycompatiblerange" => {
                family = true;
                match shape {
                    _ if untyped => true,
                    Shape::Range(subtype) => {
                        compatible.push(subtype);
                        unify(&mut bound.compatible_range, base)
                    }
                    _ => vague,
                }
            }
            "anycompatiblemultirange" => {
                family = true;
                match shape {
                    _ if untyped => true,
                    Shape::Multirange(_) => unify(&mut bound.compatible_multirange, base),
                    _ => vague,
                }
            }
            _ => true,
        };
        if !fits {
            return Err(Misfit::Types);
        }
    }
    if plain {
        bind_plain(catalog, &mut bound, no_array, is_enum)?;
    }
    if family {
        let common = choose(catalog, &compatible).map_err(|_| Misfit::Types)?;
        if !compatible.iter().all(|it| can_coerce(catalog, *it, common)) {
            return Err(Misfit::Types);
        }
        let array = matches!(facts(catalog, base_type(catalog, common)).shape, Shape::Array(_));
        if compatible_no_array && array {
            return Err(Misfit::Types);
        }
        bound.compatible = Some(common);
    }
    Ok(bound)
}

fn bind_plain(
    catalog: &Catalog,
    bound: &mut Bound,
    no_array: bool,
    is_enum: bool,
) -> Result<(), Misfit> {
    if let Some(multirange) = bound.multirange {
        let range = match facts(catalog, multirange).shape {
            Shape::Multirange(range) => range,
            _ => TypeRef::UNKNOWN,
        };
        if !unify(&mut bound.range, range) {
            return Err(Misfit::Types);
        }
    }
    if let Some(range) = bound.range {
        let subtype = match facts(catalog, range).shape {
            Shape::Range(subtype) => subtype,
            _ => TypeRef::UNKNOWN,
        };
        if !unify(&mut bound.element, subtype) {
            return Err(Misfit::Types);
        }
    }
    if let Some(array) = bound.array {
        let element = match facts(catalog, array).shape {
            Shape::Array(element) => element,
            _ => TypeRef::UNKNOWN,
        };
        if !unify(&mut bound.element, element) {
            return Err(Misfit::Types);
        }
    }
    let Some(element) = bound.element else { return Err(Misfit::Literals) };
    let shape = facts(catalog, base_type(catalog, element)).shape;
    if no_array && matches!(shape, Shape::Array(_)) {
        return Err(Misfit::Types);
    }
    let enumeration = matches!(facts(catalog, element).shape, Shape::Enum | Shape::Unknown);
    if is_enum && !enumeration {
        return Err(Misfit::Types);
    }
    Ok(())
}

impl Bound {
    /// What a type of the function is in the call.
    pub(super) fn apply(&self, catalog: &Catalog, ty: TypeRef) -> TypeRef {
        let Some(name) = polymorphic(ty) else { return ty };
        let multirange = |range: Option<TypeRef>| range.map(|it| multirange_of(catalog, it));
        let found = match name {
            "anyelement" | "anynonarray" | "anyenum" => self.element,
            "anyarray" => self.array.or(self.element.map(TypeRef::array_of)),
            "anyrange" => self.range,
            "anymultirange" => self.multirange.or_else(|| multirange(self.range)),
            "anycompatible" | "anycompatiblenonarray" => self.compatible,
            "anycompatiblearray" => self.compatible.map(TypeRef::array_of),
            "anycompatiblerange" => self.compatible_range,
            "anycompatiblemultirange" => {
                self.compatible_multirange.or_else(|| multirange(self.compatible_range))
            }
            _ => None,
        };
        found.unwrap_or(TypeRef::UNKNOWN)
    }
}
