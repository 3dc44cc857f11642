//! Type names.

use super::{Expr, Name, TextRange};

/// A type where a statement names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    /// As the grammar resolves it: `int` is `pg_catalog.int4`, `"int"` is `int`. With
    /// `percent_type`, a column: `table.column` or `schema.table.column`.
    pub name: Name,
    /// What stands in parentheses after it. `char` is `pg_catalog.bpchar` with the modifier 1.
    pub modifiers: Vec<Expr>,
    /// The fields of an `interval`.
    pub fields: Option<IntervalFields>,
    pub set_of: bool,
    /// `name%TYPE`: the type of that column.
    pub percent_type: bool,
    /// One for each dimension of an array, with the bound where one is written. The server
    /// keeps neither their number nor the bounds.
    pub array_bounds: Vec<Option<Expr>>,
    pub range: TextRange,
}

impl TypeName {
    /// Whether it is an array type.
    pub fn is_array(&self) -> bool {
        !self.array_bounds.is_empty()
    }
}

/// The fields that an `interval` is limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalFields {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    YearToMonth,
    DayToHour,
    DayToMinute,
    DayToSecond,
    HourToMinute,
    HourToSecond,
    MinuteToSecond,
}
