//! Items in the bodies of functions: no models, as they have no name outside, and so they are said.

use syn::visit::{Visit, visit_block, visit_item};
use syn::{Attribute, Block, DeriveInput, Item};

use super::walk::{Here, Walk, What};

/// The item as a derive is given it.
pub(super) fn derive_input(item: &Item) -> Option<DeriveInput> {
    match item {
        Item::Struct(it) => Some(it.clone().into()),
        Item::Enum(it) => Some(it.clone().into()),
        Item::Union(it) => Some(it.clone().into()),
        _ => None,
    }
}

/// The attributes of an item.
pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

/// Notes what has derives in the bodies of an item.
pub(super) fn walk(walk: &mut Walk<'_, '_>, item: &Item, here: &Here) {
    visit_item(&mut Bodies { walk, here: here.clone() }, item);
}

struct Bodies<'b, 'w, 'l> {
    walk: &'b mut Walk<'w, 'l>,
    here: Here,
}

impl<'ast> Visit<'ast> for Bodies<'_, '_, '_> {
    fn visit_block(&mut self, block: &'ast Block) {
        let around = self.here.scope;
        self.here.scope = self.walk.scopes.body(around);
        visit_block(self, block);
        self.here.scope = around;
    }

    fn visit_item(&mut self, item: &'ast Item) {
        let Some(found) = self.walk.attributes(attributes(item), &self.here) else { return };
        match item {
            Item::Use(item) => self.walk.scopes.import(self.here.scope, item),
            _ => match derive_input(item) {
                Some(input) => self.walk.candidate(input, &found, &self.here, What::InBody),
                None if found.is_test() => {}
                None => visit_item(self, item),
            },
        }
    }
}
