//! What the macro expands to: data that costs the compiler little, and the findings.

use pgmigrate_chain::index;
use pgmigrate_schema::render::{Target, finding};
use pgmigrate_schema::{Checked, Diagnostic};
use proc_macro2::TokenStream;
use quote::quote;

use crate::locate::Chain;

/// Checks a chain, and embeds it if it has no mistakes.
///
/// The expansion is one string for the whole index (ids, parents, checksums, where each
/// statement stands) and an `include_str!` a file, which is also how cargo learns of the files.
pub(crate) fn chain(chain: &Chain) -> TokenStream {
    let checked =
        match pgmigrate_disk::read(&chain.directory, &chain.shown, chain.schema_file.as_deref()) {
            Ok(directory) => {
                pgmigrate_disk::check_cached(&directory, &chain.settings, chain.cache.as_deref())
            }
            Err(error) => Checked::failed(vec![error.finding()]),
        };
    let embedded = match &checked.chain {
        Some(sound) if checked.errors().next().is_none() => {
            let index = index::encode(sound.revisions());
            let texts = sound.revisions().iter().map(|revision| {
                let path = absolute(chain, &revision.path);
                quote!(::core::include_str!(#path))
            });
            quote!(::pgmigrate::Migrations::embedded(#index, &[#(#texts),*]))
        }
        _ => nothing(),
    };
    let tracked = checked.tracked.iter().map(|path| {
        let path = absolute(chain, path);
        quote!(
            const _: &[u8] = ::core::include_bytes!(#path);
        )
    });
    let messages = checked.findings.iter().map(|it| message(it, &checked));
    quote!({ #(#messages)* #(#tracked)* #embedded })
}

/// Only findings: there is nothing to embed.
pub(crate) fn findings(checked: &Checked) -> TokenStream {
    let messages = checked.findings.iter().map(|it| message(it, checked));
    let nothing = nothing();
    quote!({ #(#messages)* #nothing })
}

/// Only an error that is a token stream already.
pub(crate) fn failed(error: &TokenStream) -> TokenStream {
    let nothing = nothing();
    quote!({ #error; #nothing })
}

/// Stands for the chain where there is an error, so that the error is the only one.
fn nothing() -> TokenStream {
    quote!(::pgmigrate::Migrations::embedded("", &[]))
}

/// A finding as an error or warning of the compiler.
///
/// A macro can warn on stable Rust in one way: by the use of something deprecated.
fn message(it: &Diagnostic, checked: &Checked) -> TokenStream {
    let text = finding(it, checked, Target::Compiler);
    if it.is_error() {
        quote!(::core::compile_error!(#text);)
    } else {
        quote!(
            const _: () = {
                #[deprecated(note = #text)]
                const MIGRATIONS: () = ();
                MIGRATIONS
            };
        )
    }
}

/// The path of a file whose finding-path is known, as `include_str!` needs it.
fn absolute(chain: &Chain, shown: &str) -> String {
    // A schema file that does not lie beside the revisions is shown by its whole path.
    if let Some(file) = chain.schema_file.as_ref().filter(|file| file.as_os_str() == shown) {
        return file.display().to_string();
    }
    let name = shown.rsplit('/').next().unwrap_or(shown);
    let directory = chain.directory.canonicalize().unwrap_or_else(|_| chain.directory.clone());
    directory.join(name).display().to_string()
}
