//! Types, and how the facts name them.

use std::fmt;

use super::relation::{Relation, RelationKind};
use super::table::{Entry, Kind};
use super::{Objects, table::Table};

/// Where an object lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home<'a> {
    /// In the schema `pg_catalog`.
    Catalog,
    /// In the schema `information_schema`.
    InformationSchema,
    /// Where this extension was created.
    Extension(&'a str),
}

/// A type, by its name in `pg_type`: `int4`, and not `integer`; `_int4`, and not `integer[]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName<'a> {
    /// Where it lies.
    pub home: Home<'a>,
    /// Its name there.
    pub name: &'a str,
}

impl<'a> TypeName<'a> {
    /// A type of `pg_catalog`.
    pub fn catalog(name: &'a str) -> Self {
        Self { home: Home::Catalog, name }
    }

    /// A type of an extension.
    pub fn extension(extension: &'a str, name: &'a str) -> Self {
        Self { home: Home::Extension(extension), name }
    }

    /// Reads a name in the facts of `home`: `int4`, `information_schema.sql_identifier`, `+mine`,
    /// `other_extension+its`.
    pub(super) fn parse(text: &'a str, home: Home<'a>) -> Self {
        if let Some((extension, name)) = text.split_once('+') {
            let home = if extension.is_empty() { home } else { Home::Extension(extension) };
            Self { home, name }
        } else if let Some(name) = text.strip_prefix("information_schema.") {
            Self { home: Home::InformationSchema, name }
        } else {
            Self::catalog(text)
        }
    }

    /// The name as the facts of `home` write it.
    pub(super) fn written(self, home: Home<'_>) -> String {
        match self.home {
            Home::Catalog => self.name.to_owned(),
            Home::InformationSchema => format!("information_schema.{}", self.name),
            Home::Extension(_) if self.home == home => format!("+{}", self.name),
            Home::Extension(extension) => format!("{extension}+{}", self.name),
        }
    }
}

impl fmt::Display for TypeName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.home {
            Home::InformationSchema => write!(f, "information_schema.{}", self.name),
            Home::Catalog | Home::Extension(_) => f.write_str(self.name),
        }
    }
}

/// What is known of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// What sort of type it is.
    pub kind: TypeKind,
    /// The category, by its letter in `pg_type`: `N` for numbers, `S` for strings, `A` for arrays.
    pub category: char,
    /// Whether it is a preferred type of its category.
    pub preferred: bool,
    /// Whether it has an array type, which is then called `_` and its own name.
    pub has_array: bool,
    /// The type of the elements, of arrays and of the few other types that can be subscripted.
    pub element: Option<TypeName<'static>>,
    /// Whether values have a collation.
    pub collatable: bool,
    /// How columns of the type are stored unless told otherwise.
    pub storage: Storage,
    /// What may stand in parentheses behind the type; none where nothing may.
    pub modifier: Option<Modifier>,
}

/// The sort of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    /// A type of values of its own, arrays included.
    Base,
    /// The rows of a relation, or a composite type.
    Row,
    /// A domain over another type.
    Domain(TypeName<'static>),
    /// An enumeration.
    Enum,
    /// Ranges over a type.
    Range(TypeName<'static>),
    /// Multiranges of a range type.
    Multirange(TypeName<'static>),
    /// A type that a column cannot have, such as `anyelement` or `trigger`.
    Pseudo,
}

/// How large values are stored, in the words of `ALTER TABLE … SET STORAGE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// In line, as it is; the only way for types of fixed length.
    Plain,
    /// Out of line, as it is.
    External,
    /// Out of line, compressed.
    Extended,
    /// In line while it fits, compressed.
    Main,
}

/// What a type's modifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// A number of characters or bits, from 1: `varchar(20)`, `bit(8)`.
    Length,
    /// Precision and scale: `numeric(10, 2)`.
    PrecisionAndScale,
    /// Digits of the fraction of a second, from 0; more than 6 count as 6: `time(3)`.
    Precision,
    /// Fields, digits of the fraction of a second, or both: `interval day to second(3)`.
    Interval,
    /// Another, read by the function of this name.
    Other(&'static str),
}

impl Type {
    fn parse(mut entry: Entry, home: Home<'static>) -> Option<Self> {
        let (nature, traits) = (entry.field(), entry.field());
        let related = entry.said().map(|name| TypeName::parse(name, home));
        let modifier = entry.said().map(Modifier::of);
        let mut nature = nature.chars();
        let (kind, category) = (nature.next()?, nature.next()?);
        let (kind, element) = match kind {
            'b' => (TypeKind::Base, related),
            'p' => (TypeKind::Pseudo, related),
            'e' => (TypeKind::Enum, None),
            'd' => (TypeKind::Domain(related?), None),
            'r' => (TypeKind::Range(related?), None),
            'm' => (TypeKind::Multirange(related?), None),
            _ => return None,
        };
        Some(Self {
            kind,
            category,
            preferred: nature.next() == Some('!'),
            has_array: traits.contains('['),
            element,
            collatable: traits.contains('@'),
            storage: Storage::parse(traits.chars().next()?)?,
            modifier,
        })
    }

    /// The row type of a relation that has one.
    fn of_relation(relation: &Relation) -> Option<Self> {
        (relation.kind != RelationKind::Index && relation.kind != RelationKind::Sequence).then_some(
            Self {
                kind: TypeKind::Row,
                category: 'C',
                preferred: false,
                has_array: true,
                element: None,
                collatable: false,
                storage: Storage::Extended,
                modifier: None,
            },
        )
    }

    /// The type of arrays of this type.
    fn array(&self, element: TypeName<'static>) -> Self {
        Self {
            kind: TypeKind::Base,
            category: 'A',
            preferred: false,
            has_array: false,
            element: Some(element),
            storage: Storage::Extended,
            ..*self
        }
    }
}

impl Storage {
    fn parse(letter: char) -> Option<Self> {
        match letter {
            'p' => Some(Self::Plain),
            'e' => Some(Self::External),
            'x' => Some(Self::Extended),
            'm' => Some(Self::Main),
            _ => None,
        }
    }
}

impl Modifier {
    fn of(function: &'static str) -> Self {
        match function {
            "bpchartypmodin" | "varchartypmodin" | "bittypmodin" | "varbittypmodin" => Self::Length,
            "numerictypmodin" => Self::PrecisionAndScale,
            "timetypmodin" | "timetztypmodin" | "timestamptypmodin" | "timestamptztypmodin" => {
                Self::Precision
            }
            "intervaltypmodin" => Self::Interval,
            other => Self::Other(other),
        }
    }
}

/// A type that has a line of its own, or that a relation has.
fn plain(table: Table, home: Home<'static>, name: &str) -> Option<(&'static str, Type)> {
    let own = table
        .entries(Kind::Type, name)
        .find_map(|entry| Some((entry.key, Type::parse(entry, home)?)));
    own.or_else(|| {
        let relation = table.entries(Kind::Relation, name).find_map(Relation::parse_entry(home))?;
        Some((relation.name, Type::of_relation(&relation)?))
    })
}

impl Objects {
    /// A type. Arrays are found by their names in `pg_type`, such as `_int4`, and the row types of
    /// relations by the relations' names.
    pub fn type_named(&self, name: &str) -> Option<Type> {
        let (table, home) = (self.table(), self.home());
        if let Some((_, found)) = plain(table, home, name) {
            return Some(found);
        }
        let (schema, bare) = match name.strip_prefix("information_schema.") {
            Some(bare) => ("information_schema.", bare),
            None => ("", name),
        };
        let (key, element) = plain(table, home, &format!("{schema}{}", bare.strip_prefix('_')?))?;
        element.has_array.then(|| element.array(self.own(key)))
    }

    /// A type that is not one of arrays, as the facts name it.
    pub fn type_name(&self, name: &str) -> Option<TypeName<'static>> {
        plain(self.table(), self.home(), name).map(|(key, _)| self.own(key))
    }

    /// All types, by name, but for the arrays of types and for the row types of relations.
    pub fn types(&self) -> impl Iterator<Item = (TypeName<'static>, Type)> + use<> {
        let (this, home) = (*self, self.home());
        let entries = self.table().all(Kind::Type);
        entries.filter_map(move |entry| Some((this.own(entry.key), Type::parse(entry, home)?)))
    }
}
