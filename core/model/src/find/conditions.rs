//! `#[cfg(…)]` and `#[cfg_attr(…)]`, in a build that is no test and of which nothing else is known.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Data, DeriveInput, Fields, Ident, Lit, LitBool, Meta, Token,
    parenthesized, token,
};

/// The attributes of an item that may be there, `cfg_attr` resolved.
#[derive(Default)]
pub(super) struct Attributes {
    /// Each with the condition of the `cfg_attr` that it came from.
    pub(super) list: Vec<(Attribute, Option<String>)>,
    /// What the `cfg`s of the item ask for.
    pub(super) conditions: Vec<String>,
}

/// Reads attributes; none where no build but a test has the item.
pub(super) fn attributes(attributes: &[Attribute]) -> syn::Result<Option<Attributes>> {
    let mut result = Attributes::default();
    for attribute in attributes {
        if !result.add(attribute.clone(), None)? {
            return Ok(None);
        }
    }
    Ok(Some(result))
}

impl Attributes {
    /// Adds an attribute; false where it takes the item away.
    fn add(&mut self, attribute: Attribute, condition: Option<&str>) -> syn::Result<bool> {
        let path = attribute.path();
        if path.is_ident("cfg") {
            let (truth, text) = attribute.parse_args_with(predicate)?;
            match (truth, condition) {
                (Some(true), _) => {}
                (Some(false), None) => return Ok(false),
                _ => self.conditions.push(text),
            }
        } else if path.is_ident("cfg_attr") {
            let (truth, text, inner) = attribute.parse_args_with(conditional)?;
            let text = both(condition, &text);
            let condition = if truth == Some(true) { condition } else { Some(&*text) };
            if truth != Some(false) {
                for meta in inner {
                    if !self.add(outer(&attribute, meta), condition)? {
                        return Ok(false);
                    }
                }
            }
        } else {
            self.list.push((attribute, condition.map(str::to_owned)));
        }
        Ok(true)
    }

    /// The attributes alone.
    fn plain(self) -> Vec<Attribute> {
        self.list.into_iter().map(|(attribute, _)| attribute).collect()
    }

    /// Whether it is a test: `#[test]`, `#[tokio::test]`.
    pub(super) fn is_test(&self) -> bool {
        self.list
            .iter()
            .any(|(it, _)| it.path().segments.last().is_some_and(|it| it.ident == "test"))
    }
}

fn both(first: Option<&str>, second: &str) -> String {
    first.map_or_else(|| second.to_owned(), |first| format!("all({first}, {second})"))
}

/// The attribute that a `cfg_attr` stands for.
fn outer(attribute: &Attribute, meta: Meta) -> Attribute {
    Attribute {
        pound_token: attribute.pound_token,
        style: AttrStyle::Outer,
        bracket_token: attribute.bracket_token,
        meta,
    }
}

/// What a condition comes to, where that is known, and its text.
fn predicate(input: ParseStream) -> syn::Result<(Option<bool>, String)> {
    let result = one(input)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(result)
}

fn one(input: ParseStream) -> syn::Result<(Option<bool>, String)> {
    if input.peek(LitBool) {
        let value = input.parse::<LitBool>()?.value;
        return Ok((Some(value), value.to_string()));
    }
    let name = input.call(Ident::parse_any)?.unraw().to_string();
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        let Lit::Str(value) = input.parse::<Lit>()? else {
            return Err(input.error("expected a string"));
        };
        return Ok((None, format!("{name} = {:?}", value.value())));
    }
    if !input.peek(token::Paren) {
        let truth = if name == "test" { Some(false) } else { None };
        return Ok((truth, name));
    }
    let content;
    parenthesized!(content in input);
    if !["all", "any", "not"].contains(&name.as_str()) {
        // `target(os = "linux")`, `version("1.90")`, and what is to come.
        let text = content.parse::<proc_macro2::TokenStream>()?;
        return Ok((None, format!("{name}({text})")));
    }
    let parts = content.parse_terminated(one, Token![,])?;
    let (truths, texts): (Vec<Option<bool>>, Vec<String>) = parts.into_iter().unzip();
    let text = format!("{name}({})", texts.join(", "));
    let truth = match name.as_str() {
        "all" => all(&truths, true),
        "any" => all(&truths, false),
        _ => truths.first().copied().flatten().map(|it| !it),
    };
    Ok((truth, text))
}

/// `all(…)` with `true`, `any(…)` with `false`: the value that each part must have.
fn all(truths: &[Option<bool>], value: bool) -> Option<bool> {
    if truths.contains(&Some(!value)) {
        Some(!value)
    } else if truths.contains(&None) {
        None
    } else {
        Some(value)
    }
}

/// What stands in `cfg_attr(…)`.
fn conditional(input: ParseStream) -> syn::Result<(Option<bool>, String, Vec<Meta>)> {
    let (truth, text) = one(input)?;
    input.parse::<Option<Token![,]>>()?;
    let metas = Punctuated::<Meta, Token![,]>::parse_terminated(input)?;
    Ok((truth, text, metas.into_iter().collect()))
}

/// Leaves of an item what the compiler leaves of it before a derive sees it: no `cfg`, no
/// `cfg_attr`, no field that only a test has.
pub(super) fn expand(input: &mut DeriveInput) -> syn::Result<()> {
    input.attrs = expanded(&input.attrs)?.unwrap_or_default();
    match &mut input.data {
        Data::Struct(data) => match &mut data.fields {
            Fields::Named(fields) => keep(&mut fields.named, |it| &mut it.attrs)?,
            Fields::Unnamed(fields) => keep(&mut fields.unnamed, |it| &mut it.attrs)?,
            Fields::Unit => {}
        },
        Data::Enum(data) => keep(&mut data.variants, |it| &mut it.attrs)?,
        Data::Union(_) => {}
    }
    Ok(())
}

fn expanded(list: &[Attribute]) -> syn::Result<Option<Vec<Attribute>>> {
    Ok(attributes(list)?.map(Attributes::plain))
}

fn keep<T>(
    parts: &mut Punctuated<T, Token![,]>,
    attributes: impl Fn(&mut T) -> &mut Vec<Attribute>,
) -> syn::Result<()> {
    let mut kept = Punctuated::new();
    for mut part in std::mem::take(parts) {
        let list = attributes(&mut part);
        if let Some(expanded) = expanded(list)? {
            *list = expanded;
            kept.push(part);
        }
    }
    *parts = kept;
    Ok(())
}

/// The paths in `derive(…)`.
pub(super) fn derives(attribute: &Attribute) -> syn::Result<Vec<syn::Path>> {
    let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
    if !attribute.path().is_ident("derive") {
        return Ok(Vec::new());
    }
    Ok(attribute.parse_args_with(parser)?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser as _;

    use super::*;

    #[test]
    fn conditions_come_to_what_no_test_has() {
        for (text, truth) in [
            ("test", Some(false)),
            ("not(test)", Some(true)),
            ("all(test, feature = \"x\")", Some(false)),
            ("any(test, feature = \"x\")", None),
            ("any()", Some(false)),
            ("all()", Some(true)),
            ("false", Some(false)),
            ("not(any(test, true))", Some(false)),
            ("target(os = \"linux\"),", None),
            ("windows", None),
        ] {
            assert_eq!(predicate.parse_str(text).unwrap().0, truth, "{text}");
        }
        assert!(predicate.parse_str("feature = 1").is_err());
    }
}
