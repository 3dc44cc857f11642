//! Derives among the tokens of a macro: what it makes of them is not known here.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Ident, Token};

use super::names::{Derive, Path};

/// What stands in `derive(…)` anywhere among tokens.
pub(super) fn derives(tokens: &TokenStream) -> Vec<Path> {
    let mut found = Vec::new();
    let mut after_derive = false;
    for token in tokens.clone() {
        match &token {
            TokenTree::Group(it) if after_derive && it.delimiter() == Delimiter::Parenthesis => {
                found.extend(paths(it.stream()));
            }
            TokenTree::Group(it) => found.extend(derives(&it.stream())),
            _ => {}
        }
        after_derive = matches!(&token, TokenTree::Ident(it) if it == "derive");
    }
    found
}

/// Paths; where they are the pattern of a macro, the words in them that may be our derives.
fn paths(tokens: TokenStream) -> Vec<Path> {
    let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
    match parser.parse2(tokens.clone()) {
        Ok(paths) => paths.iter().map(Path::of).collect(),
        Err(_) => words(tokens).into_iter().map(|it| Path::of(&it.into())).collect(),
    }
}

fn words(tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(it) if Derive::named(&it.to_string()).is_some() => found.push(it),
            TokenTree::Group(it) => found.extend(words(it.stream())),
            _ => {}
        }
    }
    found
}
