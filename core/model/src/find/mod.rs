//! Finds the models of a package in its sources, whether they compile or not.
//!
//! Modules are followed as rustc follows them, imports as far as they decide whose derive a
//! `Table` is. What a build alone would know (code that macros make, files that a build script
//! writes) is not seen, and where models may be there, that is said.

mod body;
mod conditions;
mod directory;
mod generated;
mod names;
mod source;
#[cfg(test)]
mod tests;
mod twins;
mod walk;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use syn::DeriveInput;

use crate::{EnumModel, Finding, Place, TableModel};
use names::{Derive, Origin};
use source::{Source, Sources};
use walk::{Candidate, Walk, What};

/// A package, as far as models are concerned.
#[derive(Debug, Clone)]
pub struct Package {
    /// The directory of its `Cargo.toml`.
    pub directory: PathBuf,
    /// The root files of its crates: `src/lib.rs`, `src/main.rs`, …
    pub roots: Vec<PathBuf>,
    /// The name by which it knows the crate `pgmigrate`.
    pub name_of_pgmigrate: String,
}

impl Package {
    /// A package that knows `pgmigrate` by that name.
    pub fn new(directory: impl Into<PathBuf>, roots: Vec<PathBuf>) -> Self {
        Self { directory: directory.into(), roots, name_of_pgmigrate: "pgmigrate".to_owned() }
    }
}

/// The models of a package.
#[derive(Debug, Clone)]
pub struct Found {
    /// The tables, by their places.
    pub tables: Vec<TableModel>,
    /// The enums, by their places.
    pub enums: Vec<EnumModel>,
    /// What is wrong, and what was not seen, by places.
    pub findings: Vec<Finding>,
    /// Every file that was read, and its text.
    pub files: BTreeMap<PathBuf, String>,
}

/// Finds all models. `load` reads a file, and gives none where there is no such file.
pub fn find<E: Display>(
    package: &Package,
    mut load: impl FnMut(&Path) -> Result<Option<String>, E>,
) -> Found {
    let mut load = |path: &Path| load(path).map_err(|error| error.to_string());
    let mut sources = Sources::new(&mut load);
    let mut findings = Vec::new();
    let mut models = Models::default();
    for root in &package.roots {
        let mut walk = Walk::new(package, &mut sources, &mut findings);
        walk.root(root);
        let Walk { scopes, candidates, .. } = walk;
        for candidate in candidates {
            models.take(candidate, &scopes, &mut findings);
        }
    }
    let Models { mut tables, mut enums } = models;
    tables.sort_by(|a, b| a.model.place.key().cmp(&b.model.place.key()));
    enums.sort_by(|a, b| a.model.place.key().cmp(&b.model.place.key()));
    // Two crates of a package may have a module in common.
    tables.dedup_by(|a, b| a.model.place == b.model.place);
    enums.dedup_by(|a, b| a.model.place == b.model.place);
    twins::say(&tables, &enums, &mut findings);
    findings.sort_by(|a, b| {
        (a.place.key(), a.kind, &a.message).cmp(&(b.place.key(), b.kind, &b.message))
    });
    findings.dedup();
    Found {
        tables: tables.into_iter().map(|it| it.model).collect(),
        enums: enums.into_iter().map(|it| it.model).collect(),
        findings,
        files: sources.texts(),
    }
}

/// A model, and the `cfg`s that it stands under.
struct Conditional<M> {
    model: M,
    conditions: Vec<String>,
}

#[derive(Default)]
struct Models {
    tables: Vec<Conditional<TableModel>>,
    enums: Vec<Conditional<EnumModel>>,
}

impl Models {
    /// Takes what has derives, if one of them is ours.
    fn take(&mut self, candidate: Candidate, scopes: &names::Scopes, findings: &mut Vec<Finding>) {
        let Candidate { kind, derives, source, scope, mut conditions } = candidate;
        let mut doubtful = None;
        for (path, condition) in derives {
            let origin = scopes.origin(scope, &path);
            match (origin, &kind) {
                (Origin::Ours(derive), What::Item(input)) => {
                    conditions.extend(condition);
                    return self.read(derive, input, conditions, &source, findings);
                }
                (Origin::Ours(derive), _) => {
                    return findings.push(unseen(&kind, derive, &source));
                }
                _ => {
                    let named = Derive::named(path.last());
                    let named = named.filter(|it| may_be_ours(*it, origin, &kind));
                    doubtful = doubtful.or(named);
                }
            }
        }
        if let Some(derive) = doubtful {
            findings.push(match &kind {
                What::Item(input) => doubt(input, derive, &source),
                What::InBody(_) | What::InMacro(_) => unseen(&kind, derive, &source),
            });
        }
    }

    fn read(
        &mut self,
        derive: Derive,
        input: &DeriveInput,
        conditions: Vec<String>,
        source: &Source,
        findings: &mut Vec<Finding>,
    ) {
        let failed = match derive {
            Derive::Table => TableModel::read(input).map(|mut model| {
                model.set_path(&source.path);
                self.tables.push(Conditional { model, conditions });
            }),
            Derive::Enum => EnumModel::read(input).map(|mut model| {
                model.set_path(&source.path);
                self.enums.push(Conditional { model, conditions });
            }),
        };
        if let Err(error) = failed {
            source.say(&error, findings);
        }
    }
}

/// Whether a derive of that name, of which nothing leads to our crate, may be ours. `Enum` is a
/// common name, `Table` is not; a path to another crate counts, unless our attributes are there.
fn may_be_ours(derive: Derive, origin: Origin, kind: &What) -> bool {
    derive == Derive::Table && origin == Origin::Open
        || matches!(kind, What::Item(it) | What::InBody(it) if has_attributes(it, derive))
}

/// Whether an item has attributes that our derive reads.
fn has_attributes(input: &DeriveInput, derive: Derive) -> bool {
    let is = |list: &[syn::Attribute], name: &str| list.iter().any(|it| it.path().is_ident(name));
    match (derive, &input.data) {
        (Derive::Table, syn::Data::Struct(data)) => {
            is(&input.attrs, "table") || data.fields.iter().any(|it| is(&it.attrs, "column"))
        }
        (Derive::Enum, syn::Data::Enum(data)) => {
            is(&input.attrs, "enumeration") || data.variants.iter().any(|it| is(&it.attrs, "label"))
        }
        _ => false,
    }
}

/// That an item may be a model.
fn doubt(input: &DeriveInput, derive: Derive, source: &Source) -> Finding {
    let name = derive.name();
    let message = format!(
        "whose derive `{name}` is, is not seen; if it is that of pgmigrate, write \
         `pgmigrate::{name}`"
    );
    Finding::unseen(source.place(input.ident.span()), message)
}

/// That a model stands where it is not seen.
fn unseen(kind: &What, derive: Derive, source: &Source) -> Finding {
    let name = derive.name();
    match kind {
        What::Item(input) | What::InBody(input) => {
            let message = format!(
                "a `{name}` in the body of a function is not seen; move it out into a module"
            );
            Finding::unseen(source.place(input.ident.span()), message)
        }
        What::InMacro(place) => {
            let message = format!(
                "what a macro makes is not seen; write a struct that derives `{name}` without it"
            );
            Finding::unseen(place.clone(), message)
        }
    }
}

/// Says which file the places of a model are in.
fn set_paths<'p>(places: impl IntoIterator<Item = &'p mut Place>, path: &Path) {
    for place in places {
        path.clone_into(&mut place.path);
    }
}

impl TableModel {
    fn set_path(&mut self, path: &Path) {
        let of_columns = self.columns.iter_mut().map(|it| &mut it.place);
        set_paths(of_columns.chain([&mut self.place]), path);
    }
}

impl EnumModel {
    fn set_path(&mut self, path: &Path) {
        let of_labels = self.labels.iter_mut().map(|it| &mut it.place);
        set_paths(of_labels.chain([&mut self.place]), path);
    }
}
