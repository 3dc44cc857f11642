//! Where the chain of the crate that is being built lies.

use std::path::{Path, PathBuf};

use pgmigrate_disk::Config;
use pgmigrate_schema::{Code, Diagnostic, Settings};
use syn::parse::{Parse, ParseStream};

/// What stands in the parentheses of the macro: nothing, or a directory.
pub(crate) struct Argument(Option<syn::LitStr>);

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Self(None));
        }
        let directory: syn::LitStr = input.parse().map_err(|error| {
            syn::Error::new(error.span(), "expected a directory: migrations!(\"db/migrations\")")
        })?;
        input.parse::<Option<syn::Token![,]>>()?;
        if input.is_empty() {
            Ok(Self(Some(directory)))
        } else {
            Err(input.error("expected one directory"))
        }
    }
}

/// A chain's directory, and how it is to be checked.
pub(crate) struct Chain {
    /// Where it is.
    pub(crate) directory: PathBuf,
    /// How the user calls it.
    pub(crate) shown: String,
    pub(crate) settings: Settings,
    /// The file that keeps its schema, if there is to be one.
    pub(crate) schema_file: Option<PathBuf>,
    /// A file in the place where cargo lets the crate keep files between builds: there is one if
    /// the crate has a `build.rs`.
    pub(crate) cache: Option<PathBuf>,
}

impl Chain {
    /// Finds the chain from the file in which the macro is called.
    pub(crate) fn find(source: Option<&Path>, argument: Argument) -> Result<Self, Box<Diagnostic>> {
        let package = package_of(source).ok_or_else(|| {
            Box::new(Diagnostic::new(Code::BadSettings, "cargo does not say which crate this is"))
        })?;
        let config =
            Config::read(&package.join("Cargo.toml")).map_err(|error| Box::new(error.finding()))?;
        let shown = argument.0.map_or_else(|| config.dir.clone(), |lit| lit.value().into());
        let directory = package.join(&shown);
        Ok(Self {
            schema_file: config.schema_file.map(|file| file.path(&package, &directory)),
            directory,
            shown: shown.to_string_lossy().into_owned(),
            settings: config.settings,
            cache: std::env::var_os("OUT_DIR")
                .map(|dir| PathBuf::from(dir).join("pgmigrate-cache")),
        })
    }
}

/// The directory of the crate that is being built.
///
/// That is what cargo says, unless the source file lies elsewhere: trybuild compiles a test case
/// from a crate that it made itself, and the chain lies beside the case.
fn package_of(source: Option<&Path>) -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let source = source.and_then(|path| path.canonicalize().ok());
    match (cargo, source) {
        (Some(cargo), Some(source)) => {
            let inside = cargo.canonicalize().is_ok_and(|dir| source.starts_with(dir));
            let own = source.ancestors().skip(1).find(|dir| dir.join("Cargo.toml").is_file());
            match own {
                Some(own) if !inside => Some(own.to_owned()),
                _ => Some(cargo),
            }
        }
        (cargo, _) => cargo,
    }
}
