//! Enums as types: `#[derive(pgmigrate::Enum)]`.

use proc_macro2::Span;
use syn::{Data, DeriveInput};

use crate::Place;
use crate::attribute::{Argument, arguments};

/// An enum of Rust, and the type that it stands for.
#[derive(Debug, Clone)]
pub struct EnumModel {
    /// The name in Rust.
    pub ident: String,
    /// The schema; none for the default one.
    pub schema: Option<String>,
    /// The name of the type.
    pub name: String,
    /// The name that it had, in a rename.
    pub was: Option<String>,
    /// The labels, in order.
    pub labels: Vec<LabelModel>,
    /// Where it stands.
    pub place: Place,
}

/// A variant, and the label that it stands for.
#[derive(Debug, Clone)]
pub struct LabelModel {
    /// The label.
    pub name: String,
    /// The label that it was, in a rename.
    pub was: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl EnumModel {
    /// Reads an enum. What sqlx and `postgres-types` are told of its name and labels counts where
    /// nothing else is said.
    pub fn read(input: &DeriveInput) -> syn::Result<Self> {
        let Data::Enum(data) = &input.data else {
            return Err(syn::Error::new(input.ident.span(), "only an enum is a type with labels"));
        };
        let ident = input.ident.to_string();
        let mut model = Self {
            schema: None,
            name: snake_case(&ident),
            was: None,
            labels: Vec::new(),
            place: Place::of(input.ident.span()),
            ident,
        };
        let mut rename_all = None;
        for (tool, name) in [("sqlx", "type_name"), ("postgres", "name"), ("enumeration", "name")] {
            for argument in arguments(&input.attrs, tool)? {
                match argument.word.as_str() {
                    word if word == name => model.name = argument.text()?,
                    "rename_all" => rename_all = Some((argument.text()?, argument.span)),
                    "schema" if tool == "enumeration" => model.schema = Some(argument.text()?),
                    "was" if tool == "enumeration" => model.was = Some(argument.text()?),
                    _ if tool == "enumeration" => {
                        return Err(argument.unknown(&["name", "schema", "rename_all", "was"]));
                    }
                    _ => {}
                }
            }
        }
        for variant in &data.variants {
            if !variant.fields.is_empty() {
                let message = "a variant with fields is no label";
                return Err(syn::Error::new_spanned(variant, message));
            }
            let ident = variant.ident.to_string();
            let name = match &rename_all {
                Some((rule, span)) => renamed(&ident, rule, *span)?,
                None => ident,
            };
            let mut label = LabelModel { name, was: None, place: Place::of(variant.ident.span()) };
            for (tool, word) in [("sqlx", "rename"), ("postgres", "name"), ("label", "name")] {
                for argument in arguments(&variant.attrs, tool)? {
                    label.take(&argument, tool, word)?;
                }
            }
            model.labels.push(label);
        }
        Ok(model)
    }
}

impl LabelModel {
    fn take(&mut self, argument: &Argument, tool: &str, word: &str) -> syn::Result<()> {
        if argument.word == word || tool == "label" && argument.word.is_empty() {
            self.name = argument.text()?;
        } else if tool == "label" && argument.word == "was" {
            self.was = Some(argument.text()?);
        } else if tool == "label" {
            return Err(argument.unknown(&["name", "was"]));
        }
        Ok(())
    }
}

/// `UserProfile` as `user_profile`.
pub(crate) fn snake_case(name: &str) -> String {
    separated(name, '_')
}

fn separated(name: &str, separator: char) -> String {
    let mut result = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let after_lower = at > 0 && (chars[at - 1].is_lowercase() || chars[at - 1].is_numeric());
        let before_lower = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && at > 0 && (after_lower || before_lower && chars[at - 1] != '_') {
            result.push(separator);
        }
        result.extend(c.to_lowercase());
    }
    result
}

fn renamed(name: &str, rule: &str, span: Span) -> syn::Result<String> {
    let mut lower = name.chars();
    let camel = || -> String {
        lower.next().into_iter().flat_map(char::to_lowercase).chain(lower.clone()).collect()
    };
    Ok(match rule {
        "snake_case" => separated(name, '_'),
        "SCREAMING_SNAKE_CASE" => separated(name, '_').to_uppercase(),
        "kebab-case" => separated(name, '-'),
        "SCREAMING-KEBAB-CASE" => separated(name, '-').to_uppercase(),
        "lowercase" => name.to_lowercase(),
        "UPPERCASE" => name.to_uppercase(),
        "PascalCase" => name.to_owned(),
        "camelCase" => {
            let mut camel = camel;
            camel()
        }
        _ => return Err(syn::Error::new(span, format!("`{rule}` is no rule for names"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        let model = EnumModel::read(&syn::parse_str(text).unwrap()).unwrap();
        std::iter::once(model.name).chain(model.labels.into_iter().map(|it| it.name)).collect()
    }

    #[test]
    fn labels_are_named_as_the_tools_name_them() {
        assert_eq!(labels("enum UserMood { Sad, VeryHappy }"), ["user_mood", "Sad", "VeryHappy"]);
        assert_eq!(
            labels(
                "#[sqlx(type_name = \"mood\", rename_all = \"snake_case\")]\n\
                 enum M { VeryHappy, #[sqlx(rename = \"x\")] B, #[label(\"y\")] C }"
            ),
            ["mood", "very_happy", "x", "y"]
        );
        assert_eq!(
            labels("#[postgres(name = \"mood\")] enum M { #[postgres(name = \"ok\")] Ok }"),
            ["mood", "ok"]
        );
        assert_eq!(
            labels("#[enumeration(name = \"m\", rename_all = \"camelCase\")] enum M { VeryHappy }"),
            ["m", "veryHappy"]
        );
        assert_eq!(snake_case("HTTPRequestV2"), "http_request_v2");
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in ["struct S;", "enum E { A(i32) }", "#[enumeration(x = \"y\")] enum E {}"] {
            assert!(EnumModel::read(&syn::parse_str(text).unwrap()).is_err(), "{text}");
        }
    }
}
