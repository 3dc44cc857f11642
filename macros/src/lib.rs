//! `migrations!()`: checks a chain when the crate is built, and embeds it.
//!
//! A thin shell: `pgmigrate-disk` reads the directory, `pgmigrate-schema` checks it. Use it
//! through the crate `pgmigrate`, which re-exports it.

mod expand;
mod locate;

use proc_macro::TokenStream;

/// Checks the chain of migrations in a directory, and embeds it as a `pgmigrate::Migrations`.
///
/// ```ignore
/// static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!();
/// static OTHER: pgmigrate::Migrations = pgmigrate::migrations!("db/other");
/// ```
///
/// Without an argument, the directory is `dir` under `[package.metadata.migrate]` in
/// `Cargo.toml`, and `migrations` if that says nothing. A path is relative to `Cargo.toml`.
///
/// Every finding is an error (or a warning) of its own, with the file, line and column of the
/// SQL. Cargo builds anew when a revision is edited, deleted, or added by `cargo migrate`; the
/// `build.rs` that `cargo migrate init` writes makes it notice files put there by hand, too.
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    // `local_file()` wants the real span, and so this is called before anything else.
    let source = proc_macro::Span::call_site().local_file();
    let argument = match syn::parse::<locate::Argument>(input) {
        Ok(argument) => argument,
        Err(error) => return expand::failed(&error.to_compile_error()).into(),
    };
    match locate::Chain::find(source.as_deref(), argument) {
        Ok(chain) => expand::chain(&chain).into(),
        Err(finding) => expand::findings(&pgmigrate_schema::Checked::failed(vec![*finding])).into(),
    }
}
