//! Type names, resolved as the grammar does.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node, SyntaxToken};

use super::node::{Lower, Result, Tree};
use crate::ast::{Constant, Expr, ExprKind, IntervalFields, Name, TextRange, TypeName};

/// Whether a node is a type name.
pub(super) fn is_type(kind: K) -> bool {
    matches!(
        kind,
        K::ARRAY_TYPE
            | K::PATH_TYPE
            | K::PERCENT_TYPE
            | K::VARCHAR_TYPE
            | K::CHARACTER_TYPE
            | K::BIT_TYPE
            | K::BIT_VARYING_TYPE
            | K::DOUBLE_TYPE
            | K::TIME_TYPE
            | K::TIMESTAMP_TYPE
            | K::INTERVAL_TYPE
    )
}

impl Lower {
    /// The type of a node, which must be there.
    pub(super) fn type_in(self, node: &Node) -> Result<TypeName> {
        let ty = self.found(node, node.which(is_type))?;
        self.type_name(&ty)
    }

    /// All types directly below a node.
    pub(super) fn types(self, node: &Node) -> Result<Vec<TypeName>> {
        node.children().filter(|it| is_type(it.kind())).map(|it| self.type_name(&it)).collect()
    }

    pub(super) fn type_name(self, node: &Node) -> Result<TypeName> {
        let range = self.range(node);
        if node.kind() == K::ARRAY_TYPE {
            let mut ty = self.type_in(node)?;
            ty.array_bounds.extend(self.array_bounds(node)?);
            ty.set_of |= node.has(K::SETOF_KW);
            ty.range = range;
            return Ok(ty);
        }
        let (name, modifiers) = self.base_type(node, range)?;
        Ok(TypeName {
            name,
            modifiers,
            fields: interval_fields(node),
            set_of: node.has(K::SETOF_KW),
            percent_type: node.kind() == K::PERCENT_TYPE,
            array_bounds: self.array_bounds(node)?,
            range,
        })
    }

    /// `[3]`, `[]`, `ARRAY`.
    fn array_bounds(self, node: &Node) -> Result<Vec<Option<Expr>>> {
        let bounds =
            self.each(node, K::ARRAY_BOUND, |it, bound| Ok(it.exprs(bound)?.into_iter().next()))?;
        Ok(if bounds.is_empty() && node.has(K::ARRAY_KW) { vec![None] } else { bounds })
    }

    fn base_type(self, node: &Node, range: TextRange) -> Result<(Name, Vec<Expr>)> {
        let modifiers = match node.kid(K::ARG_LIST) {
            Some(args) => self.arg_values(&args)?,
            None => self.exprs(node)?,
        };
        let zoned = node.has(K::WITH_TIMEZONE);
        let system = |name: &str| Name::system(name, range);
        let one = || {
            let kind = ExprKind::Constant(Constant::Integer("1".to_owned()));
            vec![Expr { kind, range }]
        };
        Ok(match node.kind() {
            K::VARCHAR_TYPE => (system("varchar"), modifiers),
            K::CHARACTER_TYPE if modifiers.is_empty() => (system("bpchar"), one()),
            K::CHARACTER_TYPE => (system("bpchar"), modifiers),
            K::BIT_TYPE if modifiers.is_empty() => (system("bit"), one()),
            K::BIT_TYPE => (system("bit"), modifiers),
            K::BIT_VARYING_TYPE => (system("varbit"), modifiers),
            K::DOUBLE_TYPE => (system("float8"), modifiers),
            K::TIME_TYPE => (system(if zoned { "timetz" } else { "time" }), modifiers),
            K::TIMESTAMP_TYPE => {
                (system(if zoned { "timestamptz" } else { "timestamp" }), modifiers)
            }
            K::INTERVAL_TYPE => {
                let seconds = node.kid(K::INTERVAL_SECOND);
                let precision = seconds.map(|it| self.exprs(&it)).transpose()?;
                (system("interval"), precision.filter(|it| !it.is_empty()).unwrap_or(modifiers))
            }
            _ => return self.path_type(node, modifiers, range),
        })
    }

    /// A type by name, or by one of the keywords that stand for one.
    fn path_type(
        self,
        node: &Node,
        modifiers: Vec<Expr>,
        range: TextRange,
    ) -> Result<(Name, Vec<Expr>)> {
        let path = self.need(node, K::PATH_REF)?;
        let name = self.name(&path)?;
        let word = path.tokens().next();
        let kind = word.as_ref().map_or(K::IDENT, SyntaxToken::kind);
        if !name.qualifiers.is_empty() {
            return Ok((name, modifiers));
        }
        let system = |name: &str| Name::system(name, range);
        let takes_none = |name: &str| {
            if modifiers.is_empty() {
                Ok((system(name), Vec::new()))
            } else {
                Err(self
                    .found(node, node.kid(K::ARG_LIST))
                    .map_or_else(|error| error, |args| self.unexpected_node(&args)))
            }
        };
        match kind {
            K::INT_KW | K::INTEGER_KW => takes_none("int4"),
            K::SMALLINT_KW => takes_none("int2"),
            K::BIGINT_KW => takes_none("int8"),
            K::REAL_KW => takes_none("float4"),
            K::BOOLEAN_KW => takes_none("bool"),
            K::FLOAT_KW => {
                let single = matches!(
                    modifiers.first().map(|it| &it.kind),
                    Some(ExprKind::Constant(Constant::Integer(bits)))
                        if bits.parse::<u32>().is_ok_and(|bits| bits <= 24)
                );
                Ok((system(if single { "float4" } else { "float8" }), Vec::new()))
            }
            K::DEC_KW | K::DECIMAL_KW | K::NUMERIC_KW => Ok((system("numeric"), modifiers)),
            kind if is_column_keyword(kind) => match word {
                Some(word) => Err(self.unexpected(&word)),
                None => Err(self.missing(node)),
            },
            _ => Ok((name, modifiers)),
        }
    }
}

/// The keywords that may name a column, but no type or function (`col_name_keyword`), in every
/// supported version.
fn is_column_keyword(kind: K) -> bool {
    matches!(
        kind,
        K::BETWEEN_KW
            | K::COALESCE_KW
            | K::EXISTS_KW
            | K::EXTRACT_KW
            | K::GREATEST_KW
            | K::GROUPING_KW
            | K::INOUT_KW
            | K::LEAST_KW
            | K::NATIONAL_KW
            | K::NONE_KW
            | K::NORMALIZE_KW
            | K::NULLIF_KW
            | K::OUT_KW
            | K::OVERLAY_KW
            | K::POSITION_KW
            | K::PRECISION_KW
            | K::ROW_KW
            | K::SETOF_KW
            | K::SUBSTRING_KW
            | K::TREAT_KW
            | K::TRIM_KW
            | K::VALUES_KW
    )
}

/// The fields of an interval, from the node that names them.
pub(super) fn interval_fields(node: &Node) -> Option<IntervalFields> {
    let fields = node.any(&[
        K::INTERVAL_YEAR,
        K::INTERVAL_MONTH,
        K::INTERVAL_DAY,
        K::INTERVAL_HOUR,
        K::INTERVAL_MINUTE,
        K::INTERVAL_SECOND,
    ])?;
    let to = |from: K| fields.has(K::TO_KW) && fields.has(from);
    Some(match fields.kind() {
        K::INTERVAL_YEAR => IntervalFields::Year,
        K::INTERVAL_MONTH if to(K::YEAR_KW) => IntervalFields::YearToMonth,
        K::INTERVAL_MONTH => IntervalFields::Month,
        K::INTERVAL_DAY => IntervalFields::Day,
        K::INTERVAL_HOUR if to(K::DAY_KW) => IntervalFields::DayToHour,
        K::INTERVAL_HOUR => IntervalFields::Hour,
        K::INTERVAL_MINUTE if to(K::DAY_KW) => IntervalFields::DayToMinute,
        K::INTERVAL_MINUTE if to(K::HOUR_KW) => IntervalFields::HourToMinute,
        K::INTERVAL_MINUTE => IntervalFields::Minute,
        K::INTERVAL_SECOND if to(K::DAY_KW) => IntervalFields::DayToSecond,
        K::INTERVAL_SECOND if to(K::HOUR_KW) => IntervalFields::HourToSecond,
        K::INTERVAL_SECOND if to(K::MINUTE_KW) => IntervalFields::MinuteToSecond,
        _ => IntervalFields::Second,
    })
}
