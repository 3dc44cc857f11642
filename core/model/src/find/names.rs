//! What a name in `derive(…)` stands for: the imports of a crate, followed as rustc follows them.

use std::collections::BTreeMap;

use syn::ext::IdentExt as _;
use syn::{ItemExternCrate, UseTree};

/// The derives that are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Derive {
    Table,
    Enum,
}

impl Derive {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "Table" => Some(Self::Table),
            "Enum" => Some(Self::Enum),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Table => "Table",
            Self::Enum => "Enum",
        }
    }
}

/// Where a name leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// To one of our derives.
    Ours(Derive),
    /// To another crate, which it names.
    Other,
    /// To nothing that is seen here; perhaps to what a glob brings from another crate.
    Open,
}

/// A path as it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path {
    /// Whether it begins with `::`.
    global: bool,
    segments: Vec<String>,
}

impl Path {
    pub(super) fn of(path: &syn::Path) -> Self {
        let segments = path.segments.iter().map(|it| it.ident.unraw().to_string()).collect();
        Self { global: path.leading_colon.is_some(), segments }
    }

    pub(super) fn last(&self) -> &str {
        self.segments.last().map_or("", String::as_str)
    }
}

/// A module, or a body, which sees what its module sees.
#[derive(Debug, Default)]
struct Scope {
    parent: Option<usize>,
    is_body: bool,
    modules: BTreeMap<String, Vec<usize>>,
    uses: BTreeMap<String, Vec<Path>>,
    globs: Vec<Path>,
}

/// The modules of a crate; the first is its root.
#[derive(Debug)]
pub(super) struct Scopes {
    /// The name of our crate.
    ours: String,
    all: Vec<Scope>,
    /// `extern crate a as b;` at the root: `b` and `a`.
    renamed: BTreeMap<String, String>,
    /// Whether the root has `#[macro_use] extern crate pgmigrate;`.
    everywhere: bool,
}

/// What a name stands for, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    Module(usize),
    Crate(String),
    Derive(Derive),
    /// Something of another crate.
    Foreign,
}

/// What names were found to stand for while one path is followed; nothing for those that are still
/// looked for, so that imports that lead in circles lead nowhere.
type Known = BTreeMap<(usize, String), Vec<Thing>>;

impl Scopes {
    pub(super) const ROOT: usize = 0;

    pub(super) fn new(ours: &str) -> Self {
        let all = vec![Scope::default()];
        Self { ours: ours.to_owned(), all, renamed: BTreeMap::new(), everywhere: false }
    }

    fn add(&mut self, parent: usize, is_body: bool) -> usize {
        self.all.push(Scope { parent: Some(parent), is_body, ..Scope::default() });
        self.all.len() - 1
    }

    /// Adds a module.
    pub(super) fn module(&mut self, parent: usize, name: &str) -> usize {
        let scope = self.add(parent, false);
        self.all[parent].modules.entry(name.to_owned()).or_default().push(scope);
        scope
    }

    /// Adds a body.
    pub(super) fn body(&mut self, parent: usize) -> usize {
        self.add(parent, true)
    }

    /// Adds what `use` imports.
    pub(super) fn import(&mut self, scope: usize, item: &syn::ItemUse) {
        let path = Path { global: item.leading_colon.is_some(), segments: Vec::new() };
        self.tree(scope, &item.tree, path);
    }

    fn tree(&mut self, scope: usize, tree: &UseTree, mut path: Path) {
        let (name, alias) = match tree {
            UseTree::Path(it) => {
                path.segments.push(it.ident.unraw().to_string());
                return self.tree(scope, &it.tree, path);
            }
            UseTree::Group(it) => {
                return it.items.iter().for_each(|it| self.tree(scope, it, path.clone()));
            }
            UseTree::Glob(_) => return self.all[scope].globs.push(path),
            UseTree::Name(it) => (&it.ident, None),
            UseTree::Rename(it) => (&it.ident, Some(&it.rename)),
        };
        // `{self}` stands for what it is in.
        if name != "self" || path.segments.is_empty() {
            path.segments.push(name.unraw().to_string());
        }
        let alias = alias.map_or_else(|| path.last().to_owned(), |it| it.unraw().to_string());
        self.all[scope].uses.entry(alias).or_default().push(path);
    }

    /// Adds what `extern crate` names.
    pub(super) fn external(&mut self, scope: usize, item: &ItemExternCrate, uses_macros: bool) {
        let name = item.ident.unraw().to_string();
        let alias = item.rename.as_ref().map_or(&item.ident, |(_, it)| it).unraw().to_string();
        if name == "self" {
            let path = Path { global: false, segments: vec!["crate".to_owned()] };
            self.all[scope].uses.entry(alias).or_default().push(path);
            return;
        }
        if scope == Self::ROOT {
            self.everywhere |= uses_macros && name == self.ours;
            self.renamed.insert(alias, name);
        } else {
            let path = Path { global: true, segments: vec![name] };
            self.all[scope].uses.entry(alias).or_default().push(path);
        }
    }

    /// Where a path leads from a scope.
    pub(super) fn origin(&self, scope: usize, path: &Path) -> Origin {
        let things = self.follow(scope, path, &mut Known::new());
        let ours = things.iter().find_map(|it| match it {
            Thing::Derive(derive) => Some(*derive),
            _ => None,
        });
        let by_macro_use = || Derive::named(path.last()).filter(|_| self.everywhere);
        match ours {
            Some(derive) => Origin::Ours(derive),
            None if things.contains(&Thing::Foreign) => Origin::Other,
            None if path.segments.len() == 1 => by_macro_use().map_or(Origin::Open, Origin::Ours),
            None => Origin::Open,
        }
    }

    fn follow(&self, scope: usize, path: &Path, known: &mut Known) -> Vec<Thing> {
        let Some((first, rest)) = path.segments.split_first() else { return Vec::new() };
        let mut things = match first.as_str() {
            _ if path.global => vec![Thing::Crate(first.clone())],
            "crate" => vec![Thing::Module(Self::ROOT)],
            "self" | "super" => self.member(&Thing::Module(self.module_of(scope)), first, known),
            _ => self.in_reach(scope, first, known),
        };
        for name in rest {
            things = things.iter().flat_map(|it| self.member(it, name, known)).collect();
        }
        things
    }

    /// What a name stands for that stands alone, or first.
    fn in_reach(&self, scope: usize, name: &str, known: &mut Known) -> Vec<Thing> {
        let found = self.within(scope, name, known);
        match self.all[scope].parent {
            _ if !found.is_empty() => found,
            // What is in reach of a body is in reach of the module around it.
            Some(parent) if self.all[scope].is_body => self.in_reach(parent, name, known),
            _ => vec![Thing::Crate(self.renamed.get(name).map_or(name, String::as_str).to_owned())],
        }
    }

    /// What a name stands for behind `thing::`.
    fn member(&self, thing: &Thing, name: &str, known: &mut Known) -> Vec<Thing> {
        match thing {
            Thing::Module(module) => match (name, self.all[*module].parent) {
                ("self", _) => vec![thing.clone()],
                ("super", Some(parent)) => vec![Thing::Module(self.module_of(parent))],
                _ => self.within(*module, name, known),
            },
            Thing::Crate(it) if *it == self.ours => {
                vec![Derive::named(name).map_or(Thing::Foreign, Thing::Derive)]
            }
            Thing::Crate(_) | Thing::Foreign => vec![Thing::Foreign],
            Thing::Derive(_) => Vec::new(),
        }
    }

    /// What a name stands for that a scope itself has: a module, an import, what a glob brings.
    fn within(&self, scope: usize, name: &str, known: &mut Known) -> Vec<Thing> {
        let key = (scope, name.to_owned());
        if let Some(things) = known.get(&key) {
            return things.clone();
        }
        known.insert(key.clone(), Vec::new());
        let here = &self.all[scope];
        let modules = here.modules.get(name).into_iter().flatten();
        let mut things: Vec<Thing> = modules.map(|it| Thing::Module(*it)).collect();
        for import in here.uses.get(name).into_iter().flatten() {
            things.extend(self.follow(scope, import, known));
        }
        for glob in &here.globs {
            for target in self.follow(scope, glob, known) {
                // What a glob brings from another crate is not known.
                let named = self.member(&target, name, known);
                things.extend(named.into_iter().filter(|it| *it != Thing::Foreign));
            }
        }
        known.insert(key, things.clone());
        things
    }

    /// The module that a scope is, or is in.
    fn module_of(&self, mut scope: usize) -> usize {
        while let (true, Some(parent)) = (self.all[scope].is_body, self.all[scope].parent) {
            scope = parent;
        }
        scope
    }
}
