//! The files of a package, each read and parsed once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use proc_macro2::Span;

use crate::{Finding, Place};

/// Reads a file: none where there is no such file.
pub(super) type Load<'l> = dyn FnMut(&Path) -> Result<Option<String>, String> + 'l;

/// A file that was read.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// What it says; none where it does not parse.
    pub(super) file: Option<syn::File>,
}

/// All files that were asked for.
pub(super) struct Sources<'l> {
    load: &'l mut Load<'l>,
    files: BTreeMap<PathBuf, Loaded>,
}

/// What came of a file.
#[derive(Clone)]
pub(super) enum Loaded {
    Missing,
    /// It cannot be read, and that was said.
    Failed,
    Read(Rc<Source>),
}

impl<'l> Sources<'l> {
    pub(super) fn new(load: &'l mut Load<'l>) -> Self {
        Self { load, files: BTreeMap::new() }
    }

    /// Reads a file. What is wrong with it is said once.
    pub(super) fn get(&mut self, path: &Path, findings: &mut Vec<Finding>) -> Loaded {
        if let Some(loaded) = self.files.get(path) {
            return loaded.clone();
        }
        let loaded = match (self.load)(path) {
            Ok(None) => Loaded::Missing,
            Ok(Some(text)) => {
                let file = syn::parse_str::<syn::File>(&blanked(&text));
                let source = Source { path: path.to_owned(), text, file: None };
                let file = file.map_err(|error| source.say(&error, findings)).ok();
                Loaded::Read(Rc::new(Source { file, ..source }))
            }
            Err(error) => {
                let message = format!("this file cannot be read: {error}");
                findings.push(Finding::error(Place::file(path), message));
                Loaded::Failed
            }
        };
        self.files.insert(path.to_owned(), loaded.clone());
        loaded
    }

    /// The texts of all files that were read.
    pub(super) fn texts(self) -> BTreeMap<PathBuf, String> {
        let text = |loaded| match loaded {
            // The last owner, as the walks are over; if not, a copy does as well.
            Loaded::Read(source) => Some(match Rc::try_unwrap(source) {
                Ok(source) => source.text,
                Err(source) => source.text.clone(),
            }),
            Loaded::Missing | Loaded::Failed => None,
        };
        self.files.into_iter().filter_map(|(path, it)| Some((path, text(it)?))).collect()
    }
}

impl Source {
    /// The place of a span of this file.
    pub(super) fn place(&self, span: Span) -> Place {
        let place = Place { path: self.path.clone(), ..Place::of(span) };
        // What is missing at the end has no span.
        if span.source_text().is_some() {
            return place;
        }
        let end = self.text.len();
        let last = self.text.lines().last().unwrap_or_default();
        let (line, column) = (self.text.lines().count().max(1), last.chars().count() + 1);
        Place { range: end..end, line, column, ..place }
    }

    /// Says what is wrong in this file.
    pub(super) fn say(&self, error: &syn::Error, findings: &mut Vec<Finding>) {
        for error in error.clone() {
            findings.push(Finding::error(self.place(error.span()), error.to_string()));
        }
    }
}

/// A text with blanks where it has a byte order mark or a line for the shell, which are no Rust;
/// all else stays where it is.
fn blanked(text: &str) -> String {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_shell = rest.strip_prefix("#!").is_some_and(|it| !it.trim_start().starts_with('['));
    let shell = if is_shell { rest.find(['\r', '\n']).unwrap_or(rest.len()) } else { 0 };
    let blanks = text.len() - rest.len() + shell;
    format!("{}{}", " ".repeat(blanks), &rest[shell..])
}
