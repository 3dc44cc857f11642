//! Literals: whether a string is a value of the type that it must have.
//!
//! The server reads every literal when it analyses a statement. Only what it certainly refuses
//! is refused here.

mod array;
mod json;
mod name;
mod time;
mod value;

pub(crate) use array::all_elements;

use super::facts::{Shape, base_type, facts, type_name};
use super::{Analyzer, Literal, Typed};
use crate::Code;
use crate::ast::TextRange;
use crate::builtin::Home;
use crate::catalog::{
    BaseType, Catalog, Hole, Label, Object, ObjectId, TypeDefinitionKind, TypeRef,
};
use crate::replay::{Outcome, Refusal};

/// What is wrong with a string: the check, and the words before its type and itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// `invalid input syntax for type integer: "a"`.
    Syntax,
    /// The same of a date or time.
    TimeSyntax,
    /// `date/time field value out of range: "2024-13-01"`.
    Field,
    /// `value "99999999999" is out of range for type integer`.
    Range,
    /// `malformed array literal: "a"`.
    Malformed(&'static str),
}

impl Analyzer<'_> {
    /// Reads a literal as a value of a type: 22P02 and its like where it is none.
    pub(super) fn literal(&mut self, value: &Typed, to: TypeRef) -> Outcome {
        let Some(Literal::String(text)) = &value.literal else { return Ok(()) };
        let base = base_type(self.catalog, to);
        if let BaseType::Own(id) = base.base
            && !base.array
            && let Some(labels) = enum_labels(self.catalog, id)
        {
            let label = self.label(labels, text, base, value.range)?;
            if let Some(label) = label {
                self.bind(value.range, Hole::Label(id, label));
            }
            return Ok(());
        }
        if name::names_object(base) {
            return self.object_name(base, text, value.range);
        }
        self.value(text, base, value.range)
    }

    /// As [`Analyzer::literal`], of a part of a literal.
    fn value(&self, text: &str, to: TypeRef, range: TextRange) -> Outcome {
        let base = base_type(self.catalog, to);
        let wrong = match facts(self.catalog, base).shape {
            Shape::Array(element) if base.array => match array::elements(text) {
                None => Some(Wrong::Malformed("array")),
                Some(array::Elements::Unread) => None,
                Some(array::Elements::Read(elements)) => {
                    let element = base_type(self.catalog, element);
                    for item in &elements {
                        self.value(item, element, range)?;
                    }
                    None
                }
            },
            Shape::Unknown | Shape::Pseudo | Shape::Array(_) | Shape::Domain(_) => None,
            Shape::Enum => {
                if let BaseType::Own(id) = base.base
                    && let Some(labels) = enum_labels(self.catalog, id)
                {
                    self.label(labels, text, base, range)?;
                }
                None
            }
            Shape::Row => {
                (!text.trim_start().starts_with('(')).then_some(Wrong::Malformed("record"))
            }
            Shape::Range(_) => {
                let start = text.trim_start().to_ascii_lowercase();
                (!start.starts_with(['[', '(']) && !start.starts_with("empty"))
                    .then_some(Wrong::Malformed("range"))
            }
            Shape::Multirange(_) => {
                (!text.trim_start().starts_with('{')).then_some(Wrong::Malformed("multirange"))
            }
            Shape::Base(_) => match base.base {
                BaseType::Known(known) if known.home == Home::Catalog => {
                    value::wrong(known.name, text, self.catalog.version().major())
                }
                _ => None,
            },
        };
        match wrong {
            Some(wrong) => self.wrong(wrong, text, base, range).stop(),
            None => Ok(()),
        }
    }

    fn wrong(&self, wrong: Wrong, text: &str, ty: TypeRef, range: TextRange) -> Refusal {
        let name = type_name(self.catalog, ty);
        let (code, message) = match wrong {
            Wrong::Syntax if matches!(name.as_str(), "json" | "jsonb") => {
                (Code::InvalidTextRepresentation, "invalid input syntax for type json".to_owned())
            }
            Wrong::Syntax => (
                Code::InvalidTextRepresentation,
                format!("invalid input syntax for type {name}: \"{text}\""),
            ),
            Wrong::TimeSyntax => (
                Code::InvalidDatetimeFormat,
                format!("invalid input syntax for type {name}: \"{text}\""),
            ),
            Wrong::Field => (
                Code::DatetimeFieldOverflow,
                format!("date/time field value out of range: \"{text}\""),
            ),
            Wrong::Range => (
                Code::NumericValueOutOfRange,
                format!("value \"{text}\" is out of range for type {name}"),
            ),
            Wrong::Malformed(what) => {
                (Code::InvalidTextRepresentation, format!("malformed {what} literal: \"{text}\""))
            }
        };
        Refusal::new(code, message).at(range)
    }

    /// The number of an enum's label; none where the type is uncertain.
    fn label(
        &self,
        labels: &[Label],
        text: &str,
        ty: TypeRef,
        range: TextRange,
    ) -> Outcome<Option<u32>> {
        let catalog = self.catalog;
        let name = type_name(catalog, ty);
        let uncertain = matches!(ty.base, BaseType::Own(id) if catalog.is_uncertain(id));
        match labels.iter().find(|it| it.name == text) {
            Some(label) if label.added_in == Some(catalog.session.transaction) && !uncertain => {
                let message = format!("unsafe use of new value \"{text}\" of enum type {name}");
                Refusal::new(Code::UnsafeNewEnumValue, message)
                    .at(range)
                    .help("new enum values must be committed before they can be used")
                    .stop()
            }
            Some(label) => Ok(Some(label.number)),
            None if uncertain => Ok(None),
            None => {
                let message = format!("invalid input value for enum {name}: \"{text}\"");
                Refusal::new(Code::InvalidTextRepresentation, message)
                    .at(range)
                    .one_of(text, labels.iter().map(|it| it.name.as_str()))
                    .stop()
            }
        }
    }
}

fn enum_labels(catalog: &Catalog, id: ObjectId) -> Option<&[Label]> {
    match &catalog.get(id)?.object {
        Object::Type(definition) => match &definition.kind {
            TypeDefinitionKind::Enum(labels) => Some(labels),
            _ => None,
        },
        _ => None,
    }
}
