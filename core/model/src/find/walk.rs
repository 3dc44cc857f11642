//! The way through the modules of a crate: which files they are in, and what in them may be a model.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::{Attribute, DeriveInput, Expr, Item, ItemMacro, ItemMod, Lit, Meta};

use super::Package;
use super::body;
use super::conditions::{self, Attributes};
use super::directory::{Directory, normal};
use super::generated;
use super::names::{self, Scopes};
use super::source::{Loaded, Source, Sources};
use crate::{Finding, Place};

/// A crate as it was walked through.
pub(super) struct Walk<'w, 'l> {
    package: &'w Package,
    sources: &'w mut Sources<'l>,
    pub(super) findings: &'w mut Vec<Finding>,
    pub(super) scopes: Scopes,
    pub(super) candidates: Vec<Candidate>,
    /// The files around what is read, to notice those that include themselves.
    open: Vec<PathBuf>,
    /// The files that were read, each with where its modules are: twice says no more than once.
    seen: BTreeSet<(PathBuf, Directory)>,
}

/// What has derives.
pub(super) struct Candidate {
    pub(super) kind: What,
    /// Each with the condition of its `cfg_attr`.
    pub(super) derives: Vec<(names::Path, Option<String>)>,
    pub(super) source: Rc<Source>,
    pub(super) scope: usize,
    /// The `cfg`s that it stands under.
    pub(super) conditions: Vec<String>,
}

/// What may be a model.
pub(super) enum What {
    Item(Box<DeriveInput>),
    /// In the body of a function.
    InBody(Box<DeriveInput>),
    /// Among what a macro is given, or makes.
    InMacro(Place),
}

/// Where the walk is.
#[derive(Clone)]
pub(super) struct Here {
    pub(super) source: Rc<Source>,
    directory: Directory,
    pub(super) scope: usize,
    conditions: Vec<String>,
}

impl<'w, 'l> Walk<'w, 'l> {
    pub(super) fn new(
        package: &'w Package,
        sources: &'w mut Sources<'l>,
        findings: &'w mut Vec<Finding>,
    ) -> Self {
        Self {
            package,
            sources,
            findings,
            scopes: Scopes::new(&package.name_of_pgmigrate),
            candidates: Vec::new(),
            open: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Walks through a crate from its root.
    pub(super) fn root(&mut self, path: &Path) {
        let path = normal(path);
        match self.sources.get(&path, self.findings) {
            Loaded::Read(source) => {
                let directory = Directory::beside(&path);
                self.file(Here { source, directory, scope: Scopes::ROOT, conditions: Vec::new() });
            }
            Loaded::Missing => {
                let message = "this file is not there, where the root of a crate should be";
                self.findings.push(Finding::error(Place::file(&path), message));
            }
            Loaded::Failed => {}
        }
    }

    fn file(&mut self, mut here: Here) {
        let source = Rc::clone(&here.source);
        let Some(file) = &source.file else { return };
        let Some(attributes) = self.attributes(&file.attrs, &here) else { return };
        if !self.seen.insert((source.path.clone(), here.directory.clone())) {
            return;
        }
        here.conditions.extend(attributes.conditions);
        self.open.push(source.path.clone());
        self.items(&file.items, &here);
        self.open.pop();
    }

    fn items(&mut self, items: &[Item], here: &Here) {
        for item in items {
            let Some(attributes) = self.attributes(body::attributes(item), here) else { continue };
            self.item(item, attributes, here);
        }
    }

    /// The attributes of what may be there in a build that is no test.
    pub(super) fn attributes(&mut self, list: &[Attribute], here: &Here) -> Option<Attributes> {
        conditions::attributes(list).unwrap_or_else(|error| {
            here.source.say(&error, self.findings);
            Some(Attributes::default())
        })
    }

    fn item(&mut self, item: &Item, attributes: Attributes, here: &Here) {
        match item {
            Item::Mod(item) => self.module(item, attributes, here),
            Item::Use(item) => self.scopes.import(here.scope, item),
            Item::ExternCrate(item) => {
                let uses_macros =
                    attributes.list.iter().any(|(it, _)| it.path().is_ident("macro_use"));
                self.scopes.external(here.scope, item, uses_macros);
            }
            Item::Macro(item) if is_include(item) => self.include(item, here),
            Item::Macro(item) => {
                self.generated(&item.mac.tokens, item.mac.path.segments[0].ident.span(), here);
            }
            Item::Verbatim(tokens) => {
                let span =
                    tokens.clone().into_iter().next().map_or_else(Span::call_site, |it| it.span());
                self.generated(tokens, span, here);
            }
            _ => match body::derive_input(item) {
                Some(input) => self.candidate(input, &attributes, here, What::Item),
                None if attributes.is_test() => {}
                None => body::walk(self, item, here),
            },
        }
    }

    /// Notes an item that has derives.
    pub(super) fn candidate(
        &mut self,
        mut input: DeriveInput,
        attributes: &Attributes,
        here: &Here,
        kind: fn(Box<DeriveInput>) -> What,
    ) {
        let mut derives = Vec::new();
        for (attribute, condition) in &attributes.list {
            match conditions::derives(attribute) {
                Ok(paths) => {
                    let paths = paths.iter().map(names::Path::of);
                    derives.extend(paths.map(|it| (it, condition.clone())));
                }
                Err(error) => here.source.say(&error, self.findings),
            }
        }
        if derives.is_empty() {
            return;
        }
        if let Err(error) = conditions::expand(&mut input) {
            here.source.say(&error, self.findings);
        }
        let conditions = [&here.conditions[..], &attributes.conditions].concat();
        self.push(kind(Box::new(input)), derives, conditions, here);
    }

    fn push(
        &mut self,
        kind: What,
        derives: Vec<(names::Path, Option<String>)>,
        conditions: Vec<String>,
        here: &Here,
    ) {
        let source = Rc::clone(&here.source);
        self.candidates.push(Candidate { kind, derives, source, scope: here.scope, conditions });
    }

    /// Notes a macro that is given structs with derives, or makes them.
    fn generated(&mut self, tokens: &TokenStream, span: Span, here: &Here) {
        let derives = generated::derives(tokens);
        if !derives.is_empty() {
            let derives = derives.into_iter().map(|it| (it, None)).collect();
            self.push(What::InMacro(here.source.place(span)), derives, Vec::new(), here);
        }
    }

    fn module(&mut self, item: &ItemMod, attributes: Attributes, here: &Here) {
        let name = item.ident.unraw().to_string();
        let mut paths = Vec::new();
        for (attribute, condition) in &attributes.list {
            if let Some(path) = path_of(attribute) {
                paths.push(path);
                // The first one counts; where it may not be there, the next one may.
                if condition.is_none() {
                    break;
                }
            }
        }
        let is_certain = attributes
            .list
            .iter()
            .any(|(it, condition)| condition.is_none() && path_of(it).is_some());
        let mut inner = here.clone();
        inner.conditions.extend(attributes.conditions);
        inner.scope = self.scopes.module(here.scope, &name);
        if let Some((_, items)) = &item.content {
            let explicit = paths.first().map(String::as_str);
            inner.directory = here.directory.inline(&name, explicit);
            return self.items(items, &inner);
        }
        let place = here.source.place(item.ident.span());
        let mut found = 0;
        for path in &paths {
            let (file, directory) = here.directory.explicit(path);
            if self.enter(&file, directory, &inner, &place) {
                found += 1;
            } else {
                let message =
                    format!("the file of the module `{name}`, {}, is not there", file.display());
                self.findings.push(Finding::unseen(place.clone(), message));
            }
        }
        if is_certain {
            return;
        }
        let usual = here.directory.usual(&name);
        let files = usual.clone().map(|(file, _)| file.display().to_string());
        let usual = usual.map(|(file, directory)| self.enter(&file, directory, &inner, &place));
        if usual == [true, true] {
            let message = format!("the module `{name}` has two files, {}", files.join(" and "));
            self.findings.push(Finding::error(place, message));
        } else if found == 0 && paths.is_empty() && usual == [false, false] {
            let message = format!(
                "the file of the module `{name}` is not there: neither {}",
                files.join(" nor ")
            );
            self.findings.push(Finding::unseen(place, message));
        }
    }

    /// Walks through another file; false where it is not there.
    fn enter(&mut self, file: &Path, directory: Directory, here: &Here, place: &Place) -> bool {
        if self.open.iter().any(|it| it == file) {
            let message = format!("{} is in itself by this", file.display());
            self.findings.push(Finding::error(place.clone(), message));
            return true;
        }
        match self.sources.get(file, self.findings) {
            Loaded::Missing => return false,
            Loaded::Failed => {}
            Loaded::Read(source) => self.file(Here { source, directory, ..here.clone() }),
        }
        true
    }

    fn include(&mut self, item: &ItemMacro, here: &Here) {
        let place = here.source.place(item.mac.path.segments[0].ident.span());
        let Some(path) = item.mac.parse_body().ok().and_then(|it| self.text(&it)) else {
            let message =
                "which file this includes is known to a build only; models in it are not seen";
            self.findings.push(Finding::unseen(place, message));
            return;
        };
        let folder = here.source.path.parent().unwrap_or(Path::new(""));
        let file = normal(&folder.join(path));
        if !self.enter(&file, Directory::beside(&file), here, &place) {
            let message = format!("{}, which this includes, is not there", file.display());
            self.findings.push(Finding::unseen(place, message));
        }
    }

    /// What the compiler makes of a string, of `concat!` and `env!("CARGO_MANIFEST_DIR")`.
    fn text(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Lit(it) => match &it.lit {
                Lit::Str(it) => Some(it.value()),
                Lit::Char(it) => Some(it.value().to_string()),
                Lit::Int(it) => Some(it.base10_digits().to_owned()),
                _ => None,
            },
            Expr::Group(it) => self.text(&it.expr),
            Expr::Paren(it) => self.text(&it.expr),
            Expr::Macro(it) => {
                let parser = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
                let arguments = it.mac.parse_body_with(parser).ok()?;
                let texts: Option<Vec<String>> = arguments.iter().map(|it| self.text(it)).collect();
                match it.mac.path.segments.last()?.ident.to_string().as_str() {
                    "concat" => Some(texts?.concat()),
                    "env" if texts?.first()? == "CARGO_MANIFEST_DIR" => {
                        self.package.directory.to_str().map(str::to_owned)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// The text of `#[path = "…"]`.
fn path_of(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(it) if it.path.is_ident("path") => match &it.value {
            Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// `include!`, `std::include!`, `::core::include!`.
fn is_include(item: &ItemMacro) -> bool {
    let path: Vec<String> = item.mac.path.segments.iter().map(|it| it.ident.to_string()).collect();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path[..], ["include"] | ["std" | "core", "include"])
}
