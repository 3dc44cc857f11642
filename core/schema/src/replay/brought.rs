//! What is not there because the extension that brings it is not.

use super::Refusal;
use crate::builtin::Extension;
use crate::catalog::{Catalog, NameSpace, Object};
use crate::dump::quote_ident;

impl Refusal {
    /// Adds the extension that brings what is missing, and else the name that may have been meant.
    pub(crate) fn brought_or_similar<'a>(
        self,
        catalog: &Catalog,
        word: &str,
        brings: impl Fn(&Extension) -> bool,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known = self.help.len();
        let refusal = self.brought(catalog, &format!("`{word}`"), brings);
        if refusal.help.len() > known { refusal } else { refusal.similar(word, candidates) }
    }

    /// Adds the extension that brings what is missing, if a known one does.
    pub(crate) fn brought(
        self,
        catalog: &Catalog,
        what: &str,
        brings: impl Fn(&Extension) -> bool,
    ) -> Self {
        let bringing = || catalog.builtin().extensions().filter(|it| brings(it));
        if let Some((name, schema)) = bringing().find_map(|it| Some((it.name, home(catalog, &it)?)))
        {
            return self.help(format!(
                "the extension {name} has {what} in the schema `{schema}`, which must be named, or \
                 be in the search path"
            ));
        }
        let Some(extension) = bringing().next() else { return self };
        let name = quote_ident(extension.name);
        let missing =
            extension.requires().any(|it| catalog.named(NameSpace::Extension, None, it).is_empty());
        let cascade = if missing { " CASCADE" } else { "" };
        self.help(format!(
            "{what} comes with the extension {}: `CREATE EXTENSION {name}{cascade}` in a revision",
            extension.name
        ))
        .help(format!(
            "if it is there before the chain begins, say so above the first statement: \
             `-- migrate:assume CREATE EXTENSION {name}{cascade};`"
        ))
    }
}

/// The schema that an extension of the chain lies in.
fn home<'a>(catalog: &'a Catalog, extension: &Extension) -> Option<&'a str> {
    let id = *catalog.named(NameSpace::Extension, None, extension.name).first()?;
    let Object::Extension(found) = &catalog.get(id)?.object else { return None };
    Some(catalog.get(found.schema)?.object.name())
}
