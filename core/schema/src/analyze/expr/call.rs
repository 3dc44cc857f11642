//! Calls: functions, aggregates, window functions.

use std::rc::Rc;

use super::Typed;
use crate::Code;
use crate::analyze::function::{Arguments, Call, Routine};
use crate::analyze::{Analyzer, CastContext, Clause, Scope, Site};
use crate::ast::{FrameBound, FuncCall, Ident, Name, Over, SortBy, SortOrder, TextRange, Window};
use crate::builtin::{FunctionKind, Home, Volatility};
use crate::catalog::{ColumnType, Hole, TypeRef};
use crate::replay::{Outcome, Refusal, Stop};

/// How many calls of some kinds a query had at a moment.
#[derive(Debug, Clone, Copy)]
struct Counts {
    aggregates: usize,
    windows: usize,
    sets: usize,
}

impl Analyzer<'_> {
    pub(super) fn call(
        &mut self,
        call: &FuncCall,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome<Typed> {
        if call.name.name.text == "merge_action" && self.catalog.version().major() >= 17 {
            // A keyword of the grammar, and no function.
            return Ok(Typed::new(TypeRef::catalog("text"), range));
        }
        let before = self.counts(scope);
        let seen = std::mem::take(&mut self.seen);
        let mut args = self.exprs(call.args.iter().map(|it| &it.value), scope)?;
        for item in &call.order_by {
            let item = self.sort_by(item, scope)?;
            if call.within_group {
                args.push(item);
            }
        }
        let within = std::mem::replace(&mut self.seen, seen);
        self.seen |= within;
        if let Some(filter) = &call.filter {
            self.in_clause(scope, Clause::Filter, |it| it.boolean(filter, scope, "FILTER"))?;
        }
        if let Some(over) = &call.over {
            self.over(over, scope)?;
        }
        let names: Vec<&Ident> = call.args.iter().filter_map(|it| it.name.as_ref()).collect();
        let types: Vec<TypeRef> = args.iter().map(Typed::input).collect();
        let arguments = Arguments { types: &types, names: &names, variadic: call.variadic };
        let found = match self.find_call(&call.name, arguments, range) {
            Ok(found) => found,
            Err(stop) => match self.projection(call, &args, range) {
                Some(field) => return Ok(field),
                None => return Err(stop),
            },
        };
        let (routine, params, result) = match found {
            Call::Routine { routine, params, result } => (routine, params, result),
            Call::Unknown(ty) => {
                if let Some(level) = self.levels.get_mut(scope.depth) {
                    level.vague.push(range);
                }
                return Ok(Typed::new(ty, range));
            }
            Call::Cast(ty) => {
                self.bind_type(ty, &call.name);
                let to = ColumnType::plain(ty);
                for arg in &args {
                    self.coerce(arg, &to, CastContext::Explicit)?;
                }
                return Ok(Typed::new(ty, range));
            }
        };
        check_kind(call, &routine, range)?;
        self.convert_args(&args, &params)?;
        self.note_call(&call.name, &routine, range);
        match routine.kind {
            FunctionKind::Aggregate
            | FunctionKind::OrderedSet { .. }
            | FunctionKind::HypotheticalSet { .. }
                if call.over.is_none() =>
            {
                self.aggregate(within, before, range, scope)?;
            }
            _ if call.over.is_some() => self.window_call(before, range, scope)?,
            _ => {}
        }
        if routine.set {
            self.set_call(range, scope)?;
        }
        Ok(Typed::new(result, range))
    }

    /// `CALL`, which is for procedures only.
    pub(in crate::analyze) fn call_procedure(
        &mut self,
        call: &FuncCall,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome {
        let args = self.exprs(call.args.iter().map(|it| &it.value), scope)?;
        let names: Vec<&Ident> = call.args.iter().filter_map(|it| it.name.as_ref()).collect();
        let types: Vec<TypeRef> = args.iter().map(Typed::input).collect();
        let arguments = Arguments { types: &types, names: &names, variadic: call.variadic };
        match self.find_call(&call.name, arguments, range) {
            Ok(Call::Routine { routine, params, .. }) => {
                if routine.kind != FunctionKind::Procedure {
                    let signature = self.signature(&call.name, arguments);
                    let message = format!("{signature} is not a procedure");
                    return Refusal::new(Code::WrongObjectType, message)
                        .at(range)
                        .help("a function is called by `SELECT`")
                        .stop();
                }
                self.convert_args(&args, &params)
            }
            Ok(_) => Ok(()),
            Err(Stop::Refused(mut refusal)) => {
                refusal.message = refusal.message.replacen("function", "procedure", 1);
                Err(Stop::Refused(refusal))
            }
            Err(stop) => Err(stop),
        }
    }

    /// The result of a call that the grammar makes of something else.
    pub(super) fn plain_call(
        &mut self,
        name: &Name,
        args: &[Typed],
        range: TextRange,
    ) -> Outcome<Typed> {
        let types: Vec<TypeRef> = args.iter().map(Typed::input).collect();
        let arguments = Arguments { types: &types, names: &[], variadic: false };
        let ty = match self.find_call(name, arguments, range)? {
            Call::Routine { params, result, .. } => {
                self.convert_args(args, &params)?;
                result
            }
            Call::Cast(ty) | Call::Unknown(ty) => ty,
        };
        Ok(Typed::new(ty, range))
    }

    fn convert_args(&mut self, args: &[Typed], params: &[TypeRef]) -> Outcome {
        for (arg, param) in args.iter().zip(params) {
            if !param.is("any") {
                self.convert(arg, *param)?;
            }
        }
        Ok(())
    }

    fn note_call(&mut self, name: &Name, routine: &Rc<Routine>, range: TextRange) {
        if let Some(own) = routine.own {
            self.bind(name.range, Hole::Object(own));
            self.calls.push((own, range));
        } else if let Some(Home::Extension(extension)) = routine.home {
            let printed = name.name.to_string();
            self.bind(name.range, Hole::Extension { extension, name: printed });
        }
        if routine.volatility != Volatility::Immutable && !routine.inlined {
            self.note_mutable(range);
        }
    }

    /// `f(row)`, which may be the field `f` of the row.
    fn projection(&mut self, call: &FuncCall, args: &[Typed], range: TextRange) -> Option<Typed> {
        let [row] = args else { return None };
        let own = match row.ty.ty.base {
            crate::catalog::BaseType::Own(id) if !row.ty.ty.array => id,
            _ => return None,
        };
        let column = self.catalog.relation(own)?.column(&call.name.name.text)?;
        let (number, ty) = (column.number, column.ty.clone());
        if !call.name.qualifiers.is_empty() {
            return None;
        }
        self.bind(call.name.range, Hole::Column(own, number));
        Some(Typed { ty, range, literal: None })
    }

    fn counts(&self, scope: &Scope<'_>) -> Counts {
        let level = self.levels.get(scope.depth);
        Counts {
            aggregates: level.map_or(0, |it| it.aggregates.len()),
            windows: level.map_or(0, |it| it.windows.len()),
            sets: level.map_or(0, |it| it.sets.len()),
        }
    }

    /// A call of an aggregate whose arguments name columns of the queries in `within`.
    fn aggregate(
        &mut self,
        within: u64,
        before: Counts,
        range: TextRange,
        scope: &Scope<'_>,
    ) -> Outcome {
        // It belongs to the innermost query that a column in it comes from.
        let depth = (0..=scope.depth.min(63))
            .rev()
            .find(|depth| within & (1 << depth) != 0)
            .unwrap_or(scope.depth);
        let Some(level) = self.levels.get(depth) else { return Ok(()) };
        let refusal = |message: String| Refusal::new(Code::GroupingError, message).at(range).stop();
        if depth == scope.depth {
            if level.aggregates.len() > before.aggregates {
                return refusal("aggregate function calls cannot be nested".to_owned());
            }
            if level.windows.len() > before.windows {
                return refusal(
                    "aggregate function calls cannot contain window function calls".to_owned(),
                );
            }
            if level.sets.len() > before.sets {
                return Refusal::new(
                    Code::FeatureNotSupported,
                    "aggregate function calls cannot contain set-returning function calls",
                )
                .at(range)
                .stop();
            }
        }
        if let Some(place) = no_aggregate(level.clause) {
            return refusal(format!("aggregate functions are not allowed in {place}"));
        }
        if let Some(level) = self.levels.get_mut(depth) {
            level.aggregates.push(range);
        }
        Ok(())
    }

    fn window_call(&mut self, before: Counts, range: TextRange, scope: &Scope<'_>) -> Outcome {
        let Some(level) = self.levels.get_mut(scope.depth) else { return Ok(()) };
        let refusal =
            |message: String| Refusal::new(Code::WindowingError, message).at(range).stop();
        if level.windows.len() > before.windows {
            return refusal("window function calls cannot be nested".to_owned());
        }
        if let Some(place) = no_window(level.clause) {
            return refusal(format!("window functions are not allowed in {place}"));
        }
        level.windows.push(range);
        Ok(())
    }

    fn set_call(&mut self, range: TextRange, scope: &Scope<'_>) -> Outcome {
        let Some(level) = self.levels.get_mut(scope.depth) else { return Ok(()) };
        if let Some(place) = no_set(level.clause) {
            return Refusal::new(
                Code::FeatureNotSupported,
                format!("set-returning functions are not allowed in {place}"),
            )
            .at(range)
            .stop();
        }
        level.sets.push(range);
        Ok(())
    }

    /// How many functions that return sets were called in a query.
    pub(super) fn sets(&self, scope: &Scope<'_>) -> usize {
        self.counts(scope).sets
    }

    /// Refuses functions that return sets in what was read since.
    pub(super) fn no_sets_since(&self, before: usize, scope: &Scope<'_>, what: &str) -> Outcome {
        let sets = self.levels.get(scope.depth).and_then(|level| level.sets.get(before..));
        match sets.and_then(<[TextRange]>::first) {
            Some(range) => Refusal::new(
                Code::FeatureNotSupported,
                format!("set-returning functions are not allowed in {what}"),
            )
            .at(*range)
            .stop(),
            None => Ok(()),
        }
    }

    fn over(&mut self, over: &Over, scope: &Scope<'_>) -> Outcome {
        match over {
            Over::Name(_) => Ok(()),
            Over::Window(window) => self.own_window(window, scope),
        }
    }

    /// The expressions of a window's definition.
    pub(crate) fn own_window(&mut self, window: &Window, scope: &Scope<'_>) -> Outcome {
        self.in_clause(scope, Clause::WindowPartition, |it| {
            it.exprs(&window.partition_by, scope).map(drop)
        })?;
        self.in_clause(scope, Clause::WindowOrder, |it| {
            window.order_by.iter().try_for_each(|sort| it.sort_by(sort, scope).map(drop))
        })?;
        let Some(frame) = &window.frame else { return Ok(()) };
        self.in_clause(scope, Clause::WindowFrame, |it| {
            for bound in std::iter::once(&frame.start).chain(&frame.end) {
                if let FrameBound::Preceding(offset) | FrameBound::Following(offset) = bound {
                    it.expr(offset, scope)?;
                }
            }
            Ok(())
        })
    }

    /// An item of an `ORDER BY` that is no output column's name or number.
    pub(crate) fn sort_by(&mut self, item: &SortBy, scope: &Scope<'_>) -> Outcome<Typed> {
        let value = self.expr(&item.expr, scope)?;
        if let Some(SortOrder::Using(op)) = &item.order {
            self.find_operator(op, Some(value.input()), value.input())?;
        }
        Ok(value)
    }

    /// Says that a value depends on more than what it is made of.
    pub(crate) fn note_mutable(&mut self, range: TextRange) {
        if let Some(level) = self.levels.last_mut() {
            level.mutable.get_or_insert(range);
        }
    }
}

/// Refuses a call that has clauses which its kind of function does not take.
fn check_kind(call: &FuncCall, routine: &Routine, range: TextRange) -> Outcome {
    use FunctionKind as F;
    let name = crate::replay::plain(&call.name);
    let message = match routine.kind {
        F::Procedure => format!("{name}() is a procedure"),
        F::Aggregate if call.within_group => {
            format!("{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP")
        }
        F::OrderedSet { .. } | F::HypotheticalSet { .. } if !call.within_group => {
            format!("WITHIN GROUP is required for ordered-set aggregate {name}")
        }
        F::Window if call.over.is_none() => {
            format!("window function {name} requires an OVER clause")
        }
        F::Function if call.over.is_some() => {
            format!("OVER specified, but {name} is not a window function nor an aggregate function")
        }
        F::Function if call.star => {
            format!("{name}(*) specified, but {name} is not an aggregate function")
        }
        F::Function if call.distinct => {
            format!("DISTINCT specified, but {name} is not an aggregate function")
        }
        F::Function if call.within_group => {
            format!("WITHIN GROUP specified, but {name} is not an aggregate function")
        }
        F::Function if !call.order_by.is_empty() => {
            format!("ORDER BY specified, but {name} is not an aggregate function")
        }
        F::Function if call.filter.is_some() => {
            format!("FILTER specified, but {name} is not an aggregate function")
        }
        _ => return Ok(()),
    };
    Refusal::new(Code::WrongObjectType, message).at(range).stop()
}

fn site_words(site: Site) -> &'static str {
    match site {
        Site::Check | Site::DomainCheck => "check constraints",
        Site::Default | Site::ParameterDefault => "DEFAULT expressions",
        Site::Generated => "column generation expressions",
        Site::IndexExpression => "index expressions",
        Site::IndexPredicate => "index predicates",
        Site::PartitionKey => "partition key expressions",
        Site::PartitionBound => "partition bound",
        Site::Policy => "policy expressions",
        Site::TriggerWhen => "trigger WHEN conditions",
        Site::Using => "transform expressions",
        Site::Statistics => "statistics expressions",
    }
}

/// The words for a clause that no aggregate may stand in, where this is one.
fn no_aggregate(clause: Clause) -> Option<&'static str> {
    use Clause as C;
    Some(match clause {
        C::Site(site) => site_words(site),
        C::Where => "WHERE",
        C::JoinOn => "JOIN conditions",
        C::FromFunction => "functions in FROM",
        C::GroupBy => "GROUP BY",
        C::Limit => "LIMIT",
        C::Offset => "OFFSET",
        C::Values => "VALUES",
        C::Returning => "RETURNING",
        C::UpdateSource => "UPDATE",
        C::MergeWhen => "MERGE WHEN conditions",
        C::Filter => "FILTER",
        C::WindowFrame => "window definitions",
        C::Any
        | C::Targets
        | C::Having
        | C::OrderBy
        | C::DistinctOn
        | C::WindowPartition
        | C::WindowOrder => return None,
    })
}

/// The words for a clause that no window function may stand in, where this is one.
fn no_window(clause: Clause) -> Option<&'static str> {
    use Clause as C;
    match clause {
        C::Having => Some("HAVING"),
        C::WindowPartition | C::WindowOrder => Some("window definitions"),
        clause => no_aggregate(clause),
    }
}

/// The words for a clause that no function may stand in that returns a set, where this is one.
fn no_set(clause: Clause) -> Option<&'static str> {
    use Clause as C;
    match clause {
        C::Having => Some("HAVING"),
        // At the top of a function in FROM, and in one row of VALUES, it may.
        C::FromFunction | C::Values | C::GroupBy => None,
        clause => no_aggregate(clause),
    }
}
