//! Which operator an expression means.
//!
//! Source: PostgreSQL manual, "Type Conversion", "Operators".

use super::Analyzer;
use super::facts::{self, Operator, Shape, base_type, facts, type_name};
use super::function::{fits, select};
use super::polymorphic::{self, Bound};
use crate::Code;
use crate::ast::{ObjectKind, OperatorName, TextRange};
use crate::builtin::{Extension, Home, Volatility};
use crate::catalog::{Catalog, Lookup, SchemaRef, TypeRef};
use crate::replay::{Outcome, Refusal};

/// An operator that an expression means, with the types of its operands and of its result there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    pub(super) left: Option<TypeRef>,
    pub(super) right: TypeRef,
    pub(super) result: TypeRef,
    pub(super) volatility: Volatility,
}

impl Operation {
    /// One of which only the result is known, if that.
    fn unknown(left: Option<TypeRef>, right: TypeRef, result: TypeRef) -> Self {
        let left = left.map(|_| TypeRef::UNKNOWN);
        let _ = right;
        Self { left, right: TypeRef::UNKNOWN, result, volatility: Volatility::Immutable }
    }
}

impl Analyzer<'_> {
    /// The operator for operands of these types; the server's `unknown` may be among them.
    pub(super) fn find_operator(
        &self,
        op: &OperatorName,
        left: Option<TypeRef>,
        right: TypeRef,
    ) -> Outcome<Operation> {
        let catalog = self.catalog;
        let schemas = match &op.schema {
            None => catalog.search_path(),
            Some(schema) => match catalog.schema(&schema.text) {
                Lookup::Found(schema) => vec![schema],
                Lookup::Unknown => {
                    return Ok(Operation::unknown(left, right, TypeRef::UNKNOWN));
                }
                Lookup::Missing => return crate::replay::no_schema(catalog, schema).stop(),
            },
        };
        let args: Vec<TypeRef> = left.into_iter().chain([right]).collect();
        if let Some(found) = exact(catalog, &schemas, &op.symbol, left, right) {
            return Ok(resolved(catalog, &found, &args));
        }
        let vague = args
            .iter()
            .any(|it| matches!(facts(catalog, *it).shape, Shape::Unknown) && !it.is("unknown"));
        let mut fitting: Vec<(Vec<TypeRef>, Operator)> = Vec::new();
        for schema in &schemas {
            for_each(catalog, *schema, &op.symbol, |it| {
                if it.left.is_some() != left.is_some() {
                    return;
                }
                let params: Vec<TypeRef> = it.left.into_iter().chain([it.right]).collect();
                // Of two with the same operands, the first in the search path counts.
                if fits(catalog, &params, &args) && !fitting.iter().any(|(old, _)| *old == params) {
                    fitting.push((params, *it));
                }
            });
        }
        let best = match fitting.len() {
            0 => None,
            1 => Some(0),
            _ if vague => None,
            _ => {
                let params: Vec<&[TypeRef]> = fitting.iter().map(|(it, _)| it.as_slice()).collect();
                select(catalog, &params, &args)
            }
        };
        if let Some((_, found)) = best.and_then(|at| fitting.get(at)) {
            return Ok(resolved(catalog, found, &args));
        }
        let open = vague || !catalog.missing_routine::<()>(&op.symbol).is_missing();
        if open {
            let mut results = fitting.iter().map(|(_, it)| it.result);
            let first = results.next();
            let first = first.filter(|it| {
                polymorphic::polymorphic(*it).is_none() && results.all(|other| other == *it)
            });
            return Ok(Operation::unknown(left, right, first.unwrap_or(TypeRef::UNKNOWN)));
        }
        self.no_operator(op, left, right, fitting.is_empty()).stop()
    }

    fn no_operator(
        &self,
        op: &OperatorName,
        left: Option<TypeRef>,
        right: TypeRef,
        missing: bool,
    ) -> Refusal {
        let name = |ty| type_name(self.catalog, ty);
        let symbol = match &op.schema {
            Some(schema) => format!("{}.{}", schema.text, op.symbol),
            None => op.symbol.clone(),
        };
        let operation = match left {
            Some(left) => format!("{} {symbol} {}", name(left), name(right)),
            None => format!("{symbol} {}", name(right)),
        };
        if missing {
            let message = format!("operator does not exist: {operation}");
            let args: Vec<TypeRef> = left.into_iter().chain([right]).collect();
            let typed = args.iter().any(|it| !it.is("unknown"));
            let brings = |it: &Extension| {
                let operators =
                    facts::operators(self.catalog, Home::Extension(it.name), &op.symbol);
                typed
                    && operators.iter().any(|it| {
                        let params: Vec<TypeRef> = it.left.into_iter().chain([it.right]).collect();
                        it.left.is_some() == left.is_some() && fits(self.catalog, &params, &args)
                    })
            };
            let refusal = Refusal::new(Code::UndefinedFunction, message).at(op.range);
            let refusal = refusal.brought(self.catalog, &format!("such a `{symbol}`"), brings);
            if refusal.help.is_empty() { refusal.help("write a cast") } else { refusal }
        } else {
            let message = format!("operator is not unique: {operation}");
            Refusal::new(Code::AmbiguousFunction, message).at(op.range).help("write a cast")
        }
    }

    /// Notes what the result of an operator depends on.
    pub(super) fn note_operation(&mut self, operation: Operation, range: TextRange) {
        // `text || anything` is inlined, and then depends on how the other operand becomes text.
        let inlined = operation.volatility == Volatility::Stable && operation.result.is("text");
        if operation.volatility != Volatility::Immutable && !inlined {
            self.note_mutable(range);
        }
    }
}

/// Calls a function with every operator of a name in a schema.
fn for_each(catalog: &Catalog, schema: SchemaRef, symbol: &str, mut each: impl FnMut(&Operator)) {
    let mut home = |home| facts::operators(catalog, home, symbol).iter().for_each(&mut each);
    match schema {
        SchemaRef::Catalog => home(Home::Catalog),
        SchemaRef::InformationSchema => {}
        SchemaRef::Own(id) => {
            for extension in facts::extensions_in(catalog, id) {
                home(extension);
            }
            let own = facts::others(catalog, ObjectKind::Operator, Some(id));
            for other in own.filter(|it| it.name == symbol) {
                if let [left, Some(right), result] = other.types[..] {
                    each(&Operator {
                        left,
                        right,
                        result: result.unwrap_or(TypeRef::UNKNOWN),
                        volatility: Volatility::Immutable,
                    });
                }
            }
        }
    }
}

/// The operator for just these types, a literal taken to have the type of the other operand.
fn exact(
    catalog: &Catalog,
    schemas: &[SchemaRef],
    symbol: &str,
    left: Option<TypeRef>,
    right: TypeRef,
) -> Option<Operator> {
    let untyped = |ty: TypeRef| ty.is("unknown");
    let (left, right, guessed) = match left {
        Some(left) if untyped(left) && !untyped(right) => (Some(right), right, true),
        Some(left) if untyped(right) && !untyped(left) => (Some(left), left, true),
        _ => (left, right, false),
    };
    let find = |left: Option<TypeRef>, right: TypeRef| {
        schemas.iter().find_map(|schema| {
            let mut found = None;
            for_each(catalog, *schema, symbol, |it| {
                if found.is_none() && it.left == left && it.right == right {
                    found = Some(*it);
                }
            });
            found
        })
    };
    find(left, right).or_else(|| {
        let base = base_type(catalog, right);
        if guessed && base != right { find(Some(base), base) } else { None }
    })
}

fn resolved(catalog: &Catalog, found: &Operator, args: &[TypeRef]) -> Operation {
    let params: Vec<TypeRef> = found.left.into_iter().chain([found.right]).collect();
    let bound = polymorphic::bind(catalog, &params, args).unwrap_or_else(|_| Bound::default());
    Operation {
        left: found.left.map(|it| bound.apply(catalog, it)),
        right: bound.apply(catalog, found.right),
        result: bound.apply(catalog, found.result),
        volatility: found.volatility,
    }
}
