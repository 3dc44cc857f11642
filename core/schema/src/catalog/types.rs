//! Types, as columns and functions have them, and those that a chain defines.

use super::{ObjectId, Text, Word};
use crate::builtin::{Home, TypeName};
use serde::{Deserialize, Serialize};

/// A type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypeRef {
    /// The type, or that of the elements.
    pub base: BaseType,
    /// Whether it is the type of arrays of that.
    pub array: bool,
}

/// A type that is not an array of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BaseType {
    /// One that PostgreSQL or a known extension brought. Its name is never that of an array.
    Known(#[serde(with = "super::snapshot::known")] TypeName<'static>),
    /// One that the chain made: an enum, a domain, a range, a composite type, the rows of a
    /// relation.
    Own(ObjectId),
    /// The multirange type of a range type that the chain made.
    Multirange(ObjectId),
    /// One of which nothing is known.
    Unknown,
}

/// A type with what stands in its parentheses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnType {
    /// The type.
    pub ty: TypeRef,
    /// What is between the parentheses: `10,2`, or empty.
    pub modifier: String,
    /// The fields of an interval in lower case, `day to second`, or empty.
    #[serde(with = "super::snapshot::one")]
    pub fields: Word,
}

/// A type that the chain made, other than the rows of a relation and a composite type, which are
/// relations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeDefinition {
    /// The schema.
    pub schema: ObjectId,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: TypeDefinitionKind,
}

/// What a type of the chain is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeDefinitionKind {
    /// An enum, its labels in order.
    Enum(Vec<Label>),
    /// A domain; its checks are constraints.
    Domain(Domain),
    /// A range type.
    Range {
        /// The type of the bounds.
        subtype: TypeRef,
        /// The name of the multirange type.
        multirange: String,
        /// The whole list of options.
        options: Text,
    },
    /// A base type: functions give its form. Holds the whole list of options.
    Base(Text),
    /// Named, and not defined yet.
    Shell,
}

/// A label of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Names it in a [`Text`], whatever it is renamed to.
    pub number: u32,
    /// The label.
    pub name: String,
    /// The transaction that added it to a type that was there before. It cannot be used in it.
    pub added_in: Option<u32>,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// The type that it is made of.
    pub base: ColumnType,
    /// A collation other than the type's own.
    pub collation: Option<Text>,
    /// The default.
    pub default: Option<Text>,
    /// Whether null is refused.
    pub not_null: bool,
}

impl TypeRef {
    /// A type of which nothing is known.
    pub const UNKNOWN: Self = Self { base: BaseType::Unknown, array: false };

    /// A type that is not an array of another. A known one's name must not be that of an array.
    pub fn plain(base: BaseType) -> Self {
        Self { base, array: false }
    }

    /// A type of `pg_catalog`, by its name in `pg_type`: `int4`, `text`; not that of an array.
    pub fn catalog(name: &'static str) -> Self {
        Self::plain(BaseType::Known(TypeName::catalog(name)))
    }

    /// The type that the chain made under this id.
    pub fn own(id: ObjectId) -> Self {
        Self::plain(BaseType::Own(id))
    }

    /// The type of arrays of this type. Arrays of arrays are arrays.
    #[must_use]
    pub fn array_of(self) -> Self {
        Self { array: true, ..self }
    }

    /// The type of an array's elements.
    pub fn element(self) -> Option<Self> {
        self.array.then_some(Self { array: false, ..self })
    }

    /// Whether nothing is known of it.
    pub fn is_unknown(self) -> bool {
        self.base == BaseType::Unknown
    }

    /// Whether it is this type of `pg_catalog`.
    pub fn is(self, name: &str) -> bool {
        let BaseType::Known(known) = self.base else { return false };
        !self.array && known.home == Home::Catalog && known.name == name
    }
}

impl ColumnType {
    /// A type without parentheses.
    pub fn plain(ty: TypeRef) -> Self {
        Self { ty, modifier: String::new(), fields: "" }
    }
}
