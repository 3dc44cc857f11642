//! Models: what structs and enums say of tables and types.
//!
//! A struct with `#[derive(pgmigrate::Table)]` is a table, an enum with `#[derive(pgmigrate::Enum)]`
//! a type. They are read from source text, whether it compiles or not, and become SQL: the same
//! statements that a revision could have, so that both sides of a comparison are read by one parser.
//!
//! No I/O happens here: sources come as text, and findings go as data.

mod attribute;
mod enumeration;
#[cfg(feature = "find")]
mod find;
mod key;
mod place;
mod rust_type;
mod sql;
mod table;

pub use enumeration::{EnumModel, LabelModel};
#[cfg(feature = "find")]
pub use find::{Found, Package, find};
pub use key::{ForeignKey, Index, IndexKey};
pub use place::{Finding, Kind, Place};
pub use sql::{Statement, statements};
pub use table::{ColumnModel, ColumnType, Default, TableModel};
