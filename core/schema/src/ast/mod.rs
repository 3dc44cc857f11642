//! SQL as PostgreSQL's grammar understands it: one type for each statement and for each thing
//! that statements are made of.
//!
//! The words are those of PostgreSQL's own parse nodes and of its manual. Names are folded,
//! unescaped and cut to the length that the server keeps; types carry the name that the grammar
//! gives them (`int` is `pg_catalog.int4`). Nothing here knows a catalog: a name may or may not
//! exist.
//!
//! Two trees are equal if they say the same thing, wherever in a text they stand.
#![expect(missing_docs, reason = "a field is named as the grammar names that part of a clause")]
#![expect(clippy::struct_excessive_bools, reason = "each is a flag of the grammar")]
#![expect(
    clippy::large_enum_variant,
    reason = "a statement is read once and moved rarely; a box for each would cost more to read"
)]

mod definition;
mod dml;
mod expr;
mod foreign;
mod function;
mod ident;
mod index;
mod object;
mod operator;
mod query;
mod role;
mod sequence;
mod session;
mod statement;
mod table;
mod trigger;
mod types;
mod user_type;
mod view;

pub use definition::*;
pub use dml::*;
pub use expr::*;
pub use foreign::*;
pub use function::*;
pub use ident::*;
pub use index::*;
pub use object::*;
pub use operator::*;
pub use query::*;
pub use role::*;
pub use sequence::*;
pub use session::*;
pub use statement::*;
pub use table::*;
pub use trigger::*;
pub use types::*;
pub use user_type::*;
pub use view::*;
