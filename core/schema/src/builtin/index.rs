//! Access methods, and the operator classes that say how they treat a type.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Objects;
use super::table::{Entry, Kind};
use super::types::{Home, TypeName};
use crate::PostgresVersion;

/// An access method of indexes or tables. What it can do says nothing for one of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of PostgreSQL's own answer")]
pub struct AccessMethod {
    /// What it is for.
    pub kind: AccessMethodKind,
    /// Whether its indexes have an order: ASC, DESC, NULLS FIRST.
    pub ordered: bool,
    /// Whether its indexes can be unique.
    pub unique: bool,
    /// Whether its indexes can have several columns.
    pub multi_column: bool,
    /// Whether it can be used by exclusion constraints.
    pub exclusion: bool,
    /// Whether its indexes can INCLUDE columns.
    pub include: bool,
}

/// What an access method is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessMethodKind {
    /// Indexes.
    Index,
    /// Tables and materialized views.
    Table,
}

/// How an access method treats a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperatorClass {
    /// The access method.
    pub method: &'static str,
    /// Its name, which is unique within the access method.
    pub name: &'static str,
    /// The type, which may be a polymorphic one such as `anyarray`. It serves types that are
    /// binary coercible to it too.
    pub data_type: TypeName<'static>,
    /// Whether it is taken where none is named.
    pub default: bool,
    /// The family that it is in, of the same access method.
    pub family: &'static str,
}

/// An operator in an operator family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// What it means to the access method: 3 is equality for `btree`.
    pub strategy: u16,
    /// Its name.
    pub operator: &'static str,
    /// The type of the left operand.
    pub left: TypeName<'static>,
    /// The type of the right operand.
    pub right: TypeName<'static>,
    /// Whether it orders the rows that are found, and does not choose them.
    pub orders: bool,
}

/// The operator classes of a method that were asked for: every key of every table asks.
type Classes = BTreeMap<(PostgresVersion, Home<'static>, String), Rc<[OperatorClass]>>;

thread_local! {
    static CLASSES: RefCell<Classes> = const { RefCell::new(BTreeMap::new()) };
}

impl AccessMethod {
    fn parse(mut entry: Entry) -> Option<Self> {
        let kind = match entry.field() {
            "i" => AccessMethodKind::Index,
            "t" => AccessMethodKind::Table,
            _ => return None,
        };
        let can = entry.field();
        Some(Self {
            kind,
            ordered: can.contains('o'),
            unique: can.contains('u'),
            multi_column: can.contains('m'),
            exclusion: can.contains('x'),
            include: can.contains('i'),
        })
    }
}

impl OperatorClass {
    fn parse(mut entry: Entry, home: Home<'static>) -> Option<Self> {
        let (method, name) = entry.key.split_once('/')?;
        Some(Self {
            method,
            name,
            data_type: TypeName::parse(entry.said()?, home),
            default: entry.field() == "d",
            family: entry.said()?,
        })
    }
}

impl Member {
    fn parse(text: &'static str, home: Home<'static>) -> Option<Self> {
        let (text, orders) = match text.strip_suffix('^') {
            Some(text) => (text, true),
            None => (text, false),
        };
        // No operator has a colon in its name, and no type of ours.
        let mut parts = text.split(':');
        Some(Self {
            strategy: parts.next()?.parse().ok()?,
            operator: parts.next()?,
            left: TypeName::parse(parts.next()?, home),
            right: TypeName::parse(parts.next()?, home),
            orders,
        })
    }
}

impl Objects {
    /// An access method.
    pub fn access_method(&self, name: &str) -> Option<AccessMethod> {
        self.table().entries(Kind::AccessMethod, name).find_map(AccessMethod::parse)
    }

    /// The names of the access methods.
    pub fn access_methods(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.table().all(Kind::AccessMethod).map(|entry| entry.key)
    }

    /// An operator class.
    pub fn operator_class(&self, method: &str, name: &str) -> Option<OperatorClass> {
        let home = self.home();
        let mut entries = self.table().entries(Kind::OperatorClass, &format!("{method}/{name}"));
        entries.find_map(|entry| OperatorClass::parse(entry, home))
    }

    /// All operator classes of an access method, by name.
    pub fn operator_classes(&self, method: &str) -> impl Iterator<Item = OperatorClass> + use<> {
        let key = (self.table().version(), self.home(), method.to_owned());
        let known = CLASSES.with_borrow(|all| all.get(&key).cloned());
        let classes = known.unwrap_or_else(|| {
            let entries = self.table().entries_under(Kind::OperatorClass, &format!("{method}/"));
            let parse = |entry| OperatorClass::parse(entry, self.home());
            let classes: Rc<[OperatorClass]> = entries.filter_map(parse).collect();
            CLASSES.with_borrow_mut(|all| all.insert(key, Rc::clone(&classes)));
            classes
        });
        (0..classes.len()).map(move |at| classes[at])
    }

    /// The default operator class for just this type. For a type without one, PostgreSQL takes the
    /// one of a type that it is binary coercible to.
    pub fn default_operator_class(
        &self,
        method: &str,
        data_type: TypeName<'_>,
    ) -> Option<OperatorClass> {
        let mut classes = self.operator_classes(method);
        classes.find(|class| class.default && class.data_type == data_type)
    }

    /// Whether there is an operator family.
    pub fn has_operator_family(&self, method: &str, name: &str) -> bool {
        let key = format!("{method}/{name}");
        self.table().entries(Kind::OperatorFamily, &key).next().is_some()
    }

    /// The operators in an operator family.
    pub fn operator_family(
        &self,
        method: &str,
        name: &str,
    ) -> impl Iterator<Item = Member> + use<> {
        let home = self.home();
        let entries = self.table().entries(Kind::OperatorFamily, &format!("{method}/{name}"));
        let members = entries.flat_map(|mut entry| entry.field().split(' '));
        members.filter_map(move |text| Member::parse(text, home))
    }
}
