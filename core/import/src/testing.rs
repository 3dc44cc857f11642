//! Folders as tests write them.

use crate::{Import, Options, SourceFile, Style, import};

/// A folder, as paths and texts.
pub(crate) fn folder(files: &[(&str, &str)]) -> Vec<SourceFile> {
    let file =
        |(path, text): &(&str, &str)| SourceFile { path: (*path).into(), bytes: (*text).into() };
    files.iter().map(file).collect()
}

/// Options of 2026-11-22.
pub(crate) fn options() -> Options {
    Options { now: 1_795_305_600, ..Options::default() }
}

/// Imports a folder that is to be taken.
pub(crate) fn taken(style: Style, files: &[(&str, &str)]) -> Import {
    taken_with(style, files, &options())
}

/// As [`taken()`], with options.
pub(crate) fn taken_with(style: Style, files: &[(&str, &str)], options: &Options) -> Import {
    import(style, &folder(files), options).unwrap_or_else(|refusals| panic!("{}", lines(&refusals)))
}

/// Imports a folder that is to be refused; a line a refusal.
pub(crate) fn refused(style: Style, files: &[(&str, &str)]) -> String {
    refused_with(style, files, &options())
}

/// As [`refused()`], with options.
pub(crate) fn refused_with(style: Style, files: &[(&str, &str)], options: &Options) -> String {
    lines(&import(style, &folder(files), options).expect_err("the folder is to be refused"))
}

/// One line for each.
pub(crate) fn lines<T: ToString>(items: &[T]) -> String {
    items.iter().map(|item| item.to_string() + "\n").collect()
}
