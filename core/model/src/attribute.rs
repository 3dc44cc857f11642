//! The arguments of `#[table(…)]`, `#[column(…)]` and their like, as they are written.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, LitStr, Token, parenthesized, token};

/// One argument: `unique`, `name = "users"`, `index(created_at desc, where = "x > 0")`,
/// `"lower(email)"`.
#[derive(Debug)]
pub(crate) struct Argument {
    /// The word that it begins with; empty for a string alone.
    pub(crate) word: String,
    /// What stands behind `=`, or alone.
    pub(crate) value: Option<String>,
    /// What stands in parentheses.
    pub(crate) arguments: Option<Vec<Argument>>,
    /// Words behind it: `desc`, `nulls first`, an operator class.
    pub(crate) suffix: Vec<String>,
    pub(crate) span: Span,
}

impl Parse for Argument {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let span = input.span();
        let (mut word, mut value, mut arguments) = (String::new(), None, None);
        if input.peek(LitStr) {
            value = Some(literal(&input.parse()?)?);
        } else {
            word = input.call(Ident::parse_any)?.unraw().to_string();
            if input.peek(Token![=]) {
                input.parse::<Token![=]>()?;
                value = Some(literal(&input.parse()?)?);
            } else if input.peek(token::Paren) {
                let content;
                parenthesized!(content in input);
                arguments = Some(list(&content)?);
            }
        }
        let mut suffix = Vec::new();
        while input.peek(Ident::peek_any) {
            suffix.push(input.call(Ident::parse_any)?.unraw().to_string());
        }
        Ok(Self { word, value, arguments, suffix, span })
    }
}

fn list(input: ParseStream) -> syn::Result<Vec<Argument>> {
    Ok(Punctuated::<Argument, Token![,]>::parse_terminated(input)?.into_iter().collect())
}

fn literal(literal: &Lit) -> syn::Result<String> {
    Ok(match literal {
        Lit::Str(it) => it.value(),
        Lit::Bool(it) => it.value.to_string(),
        Lit::Int(it) => it.base10_digits().to_owned(),
        _ => return Err(syn::Error::new(literal.span(), "expected a string, a number or a bool")),
    })
}

/// The arguments of all attributes of one name.
pub(crate) fn arguments(attributes: &[Attribute], name: &str) -> syn::Result<Vec<Argument>> {
    let mut all = Vec::new();
    for attribute in attributes.iter().filter(|it| it.path().is_ident(name)) {
        all.extend(attribute.parse_args_with(list)?);
    }
    Ok(all)
}

impl Argument {
    /// The text behind `=`.
    pub(crate) fn text(&self) -> syn::Result<String> {
        match (&self.value, &self.arguments) {
            (Some(value), None) => Ok(value.clone()),
            _ => Err(self.error(format!("write `{} = \"…\"`", self.word))),
        }
    }

    /// What stands in its parentheses.
    pub(crate) fn list(&self) -> syn::Result<&[Self]> {
        match (&self.value, &self.arguments) {
            (None, Some(arguments)) => Ok(arguments),
            _ => Err(self.error(format!("write `{}(…)`", self.word))),
        }
    }

    /// That it stands alone.
    pub(crate) fn alone(&self) -> syn::Result<()> {
        match (&self.value, &self.arguments) {
            (None, None) => Ok(()),
            _ => Err(self.error(format!("`{}` stands alone", self.word))),
        }
    }

    pub(crate) fn error(&self, message: impl std::fmt::Display) -> syn::Error {
        syn::Error::new(self.span, message)
    }

    /// That there is no argument of this word here.
    pub(crate) fn unknown(&self, known: &[&str]) -> syn::Error {
        self.error(format!("`{}` is not known here; known are {}", self.word, known.join(", ")))
    }
}
