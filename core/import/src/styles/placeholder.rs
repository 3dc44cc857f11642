//! Holes in a file that its tool fills before it runs it.

use std::collections::BTreeMap;

use crate::{Place, Refusal};

/// What a hole looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `${name}`, anywhere.
    Braces,
    /// `${NAME}` and `$NAME`. Everything else with a `$` is refused, as the tool would change it.
    Environment,
}

/// A text with its holes filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) text: String,
    /// The holes that there is no value for.
    pub(super) refusals: Vec<Refusal>,
}

/// Puts the values of `set` into the holes of a text, in a file of which `lines_above` lines
/// come before it.
pub(super) fn fill(
    path: &str,
    lines_above: usize,
    text: &str,
    set: &BTreeMap<String, String>,
    syntax: Syntax,
) -> Filled {
    let mut filled = Filled { text: String::with_capacity(text.len()), refusals: Vec::new() };
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        let at = text.len() - rest.len() + start;
        filled.text.push_str(&rest[..start]);
        rest = &rest[start..];
        let named = rest.strip_prefix("${").and_then(|inner| inner.split_once('}'));
        let hole = match (named, syntax) {
            (Some((name, _)), _) if !name.contains('\n') => &rest[..name.len() + "${}".len()],
            (_, Syntax::Environment) => {
                let end = rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_'));
                &rest[..end.map_or(rest.len(), |end| end + 1)]
            }
            (_, Syntax::Braces) => {
                filled.text.push('$');
                rest = &rest[1..];
                continue;
            }
        };
        rest = &rest[hole.len()..];
        match set.get(hole.trim_start_matches(['$', '{']).trim_end_matches('}')) {
            Some(value) => filled.text.push_str(value),
            None => filled.refusals.push(Refusal::Placeholder {
                place: Place::of(path, lines_above, text, at),
                hole: hole.to_owned(),
            }),
        }
    }
    filled.text.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_or_named() {
        let set = BTreeMap::from([("schema".to_owned(), "app".to_owned())]);
        for (text, syntax, expected, holes) in [
            ("SET x = ${schema};", Syntax::Braces, "SET x = app;", ""),
            ("DO $$ a $$; $1 $x$", Syntax::Braces, "DO $$ a $$; $1 $x$", ""),
            ("a\n'${other}' ${schema}", Syntax::Braces, "a\n'' app", "f:2:2 ${other}"),
            ("cost ${ 5\n}", Syntax::Braces, "cost ${ 5\n}", ""),
            ("${schema} $schema", Syntax::Environment, "app app", ""),
            ("AS $body$", Syntax::Environment, "AS ", "f:1:4 $body, f:1:9 $"),
        ] {
            let filled = fill("f", 0, text, &set, syntax);
            let named = |refusal: &Refusal| match refusal {
                Refusal::Placeholder { place, hole } => format!("{place} {hole}"),
                other => panic!("{other}"),
            };
            let named: Vec<String> = filled.refusals.iter().map(named).collect();
            assert_eq!((filled.text.as_str(), named.join(", ").as_str()), (expected, holes));
        }
    }
}
