//! The parts of an expression.

use crate::ast::{
    Expr, ExprKind, FrameBound, Over, SortBy, Sublink, SublinkKind, Subscript, Window,
};

/// Calls `visit` with each expression directly inside of another, but for queries.
pub(super) fn children<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    use ExprKind as K;
    match &expr.kind {
        K::Column(_)
        | K::Constant(_)
        | K::Param(_)
        | K::Default
        | K::SqlValue(..)
        | K::CurrentOf(_) => {}
        K::Cast { expr, .. }
        | K::Collate { expr, .. }
        | K::Is { expr, .. }
        | K::Not(expr)
        | K::Field { expr, .. }
        | K::FieldStar(expr) => visit(expr),
        K::Call(call) => {
            for arg in &call.args {
                visit(&arg.value);
            }
            sort_items(&call.order_by, visit);
            call.filter.iter().for_each(&mut *visit);
            over(call.over.as_ref(), visit);
        }
        K::Sql(call) => {
            call.args.iter().for_each(&mut *visit);
            call.filter.iter().for_each(&mut *visit);
            over(call.over.as_ref(), visit);
        }
        K::Coalesce(list)
        | K::Greatest(list)
        | K::Least(list)
        | K::Grouping(list)
        | K::Array(list)
        | K::Row(list) => list.iter().for_each(visit),
        K::NullIf(left, right)
        | K::And(left, right)
        | K::Or(left, right)
        | K::IsDistinct { left, right, .. }
        | K::Quantified { left, array: right, .. } => {
            visit(left);
            visit(right);
        }
        K::Operator { left, right, .. } => {
            if let Some(it) = left {
                visit(it);
            }
            visit(right);
        }
        K::Like { expr, pattern, escape, .. } => {
            visit(expr);
            visit(pattern);
            if let Some(it) = escape {
                visit(it);
            }
        }
        K::Between { expr, low, high, .. } => {
            visit(expr);
            visit(low);
            visit(high);
        }
        K::In { expr, list, .. } => {
            visit(expr);
            list.iter().for_each(visit);
        }
        K::Case { arg, whens, default } => {
            if let Some(it) = arg {
                visit(it);
            }
            for when in whens {
                visit(&when.condition);
                visit(&when.result);
            }
            if let Some(it) = default {
                visit(it);
            }
        }
        K::Sublink(link) => tested(link).into_iter().for_each(visit),
        K::Subscript { expr, subscripts } => {
            visit(expr);
            for subscript in subscripts {
                match subscript {
                    Subscript::Index(index) => visit(index),
                    Subscript::Slice(from, to) => from.iter().chain(to).for_each(&mut *visit),
                }
            }
        }
    }
}

/// What a query in an expression is compared with.
fn tested(link: &Sublink) -> Option<&Expr> {
    match &link.kind {
        SublinkKind::In { left, .. } | SublinkKind::Quantified { left, .. } => Some(left),
        SublinkKind::Exists | SublinkKind::Scalar | SublinkKind::Array => None,
    }
}

fn over<'e>(over: Option<&'e Over>, visit: &mut dyn FnMut(&'e Expr)) {
    if let Some(Over::Window(it)) = over {
        window(it, visit);
    }
}

/// The expressions of a window's definition.
pub(super) fn window<'e>(window: &'e Window, visit: &mut dyn FnMut(&'e Expr)) {
    window.partition_by.iter().for_each(&mut *visit);
    sort_items(&window.order_by, visit);
    let Some(frame) = &window.frame else { return };
    for bound in std::iter::once(&frame.start).chain(&frame.end) {
        if let FrameBound::Preceding(offset) | FrameBound::Following(offset) = bound {
            visit(offset);
        }
    }
}

fn sort_items<'e>(items: &'e [SortBy], visit: &mut dyn FnMut(&'e Expr)) {
    for item in items {
        visit(&item.expr);
    }
}
