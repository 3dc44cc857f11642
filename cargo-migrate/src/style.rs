//! The colours. They are taken out where no terminal reads.

use anstyle::{AnsiColor, Style};

const fn of(colour: AnsiColor) -> Style {
    colour.on_default()
}

/// The word `error`.
pub(crate) const ERROR: Style = of(AnsiColor::BrightRed).bold();
/// The word `hint`.
pub(crate) const HINT: Style = of(AnsiColor::BrightCyan).bold();
/// The word `note`.
pub(crate) const NOTE: Style = of(AnsiColor::BrightBlue).bold();
/// The id of a revision.
pub(crate) const ID: Style = of(AnsiColor::Yellow);
/// A branch label.
pub(crate) const LABEL: Style = of(AnsiColor::Cyan);
/// `(head)`.
pub(crate) const HEAD: Style = of(AnsiColor::Green);
/// `(current)`.
pub(crate) const CURRENT: Style = of(AnsiColor::BrightGreen).bold();
/// `(branchpoint)` and `(mergepoint)`.
pub(crate) const POINT: Style = of(AnsiColor::Magenta);
/// What matters less.
pub(crate) const DIM: Style = Style::new().dimmed();
