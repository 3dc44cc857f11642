//! `migrations!()`: checks a chain when the crate is built, and embeds it. `Table` and `Enum`: mark
//! models, and check what their attributes say.
//!
//! A thin shell: `pgmigrate-disk` reads the directory, `pgmigrate-schema` checks it,
//! `pgmigrate-model` reads models. Use it through the crate `pgmigrate`, which re-exports it.

mod expand;
mod locate;

use pgmigrate_model::{EnumModel, TableModel};
use proc_macro::TokenStream;
use syn::DeriveInput;

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

/// Marks a struct as the model of a table.
///
/// ```ignore
/// #[derive(pgmigrate::Table)]
/// #[table(name = "users", unique(email), index(created_at))]
/// struct User {
///     #[column(primary_key, identity)]
///     id: i64,
///     email: String,
///     #[column(references = "teams(id)", on_delete = "cascade")]
///     team_id: i64,
///     #[column(default = "now()")]
///     created_at: chrono::DateTime<chrono::Utc>,
/// }
/// ```
///
/// The struct stays what it is, and other derives may stand beside this one: it adds no code. The
/// attributes are checked when the crate is built, and read from its sources by `cargo migrate`.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn table(input: TokenStream) -> TokenStream {
    checked(input, TableModel::read)
}

/// Marks an enum without fields as the model of a type with labels.
///
/// ```ignore
/// #[derive(pgmigrate::Enum)]
/// #[enumeration(name = "mood", rename_all = "snake_case")]
/// enum Mood {
///     VeryHappy,
///     #[label("so-so")]
///     Fair,
/// }
/// ```
///
/// What `#[sqlx(…)]` and `#[postgres(…)]` say of names counts here as well. It adds no code.
#[proc_macro_derive(Enum, attributes(enumeration, label))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    checked(input, EnumModel::read)
}

/// Nothing, or what is wrong with a model.
fn checked<M>(input: TokenStream, read: fn(&DeriveInput) -> syn::Result<M>) -> TokenStream {
    let model = syn::parse::<DeriveInput>(input).and_then(|input| read(&input));
    model.map_or_else(|error| error.to_compile_error().into(), |_| TokenStream::new())
}
